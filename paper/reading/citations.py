"""Cited documents: kind, number, date and issuer (``paper-json.md``, rules for ``citations``).

Pattern of ``formats.md`` §7.2 (1): KIND "số" N [sep] SYMBOL [","] ["ngày" d/m/yyyy] ["của" issuer].
Documents named by their title alone are none; numbers stay as printed, blanks taken out.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from paper.reading.bodies import name_end, opens_body
from paper.value import Paper

KINDS = (
    "Nghị quyết|Quyết định|Chỉ thị|Kết luận|Quy định|Quy chế|Hướng dẫn|Thông báo|Thông tri|Thông cáo|"
    "Báo cáo|Kế hoạch|"
    "Chương trình|Đề án|Tờ trình|Công văn|Văn bản|Công điện|Nghị định|Thông tư|Luật|Bộ luật|Pháp lệnh|"
    "Lệnh|Giấy mời|"
    "Phương án|Dự án|Biên bản|Hợp đồng|Phiếu chuyển|Phiếu trình|Phiếu báo|Phiếu lấy ý kiến|Điều lệ|"
    "Giấy phép|Thư|Tuyên bố|Phiếu gửi|Quy trình"
)
_SIGN = r"(?:[A-ZĐƯ][\wĐđ&.]*\w|[A-ZĐƯ]|\d{4}|QĐi)"
_SYMBOL = rf"(?:\s?[-/–]\s?(?=[A-ZĐƯ\d])(?!\d{{1,3}}(?!\d)){_SIGN}){{1,5}}"
_NUMBER = rf"(?P<n>\d{{1,6}}[A-Za-z]?)(?P<symbol>{_SYMBOL})?"
_WITH_SO = re.compile(
    (
        rf"(?<!\w)(?P<kind>{KINDS})(?!\w)(?P<more>(?:\s(?:[^\s.;:()\d,]{{1,12}}|"
        rf"\([^()\d]{{1,24}}\))){{0,6}}?)\s{{1,2}}số\s?:?\s{{0,2}}{_NUMBER}"
    ),
    re.I,
)
_WITHOUT_SO = re.compile(
    rf"(?<!\w)(?P<kind>{KINDS})\s(?P<n>\d{{1,5}}[A-Za-z]?)(?P<symbol>{_SYMBOL})?(?![\w%/,.-]*\d)"
)
_NEXT = re.compile(rf"\s?(?:,|;|và|hoặc)\s?(?:và\s)?(?:số\s)?(?P<n>\d{{1,6}}[A-Za-z]?)(?P<symbol>{_SYMBOL})")
_NEXT_SO = re.compile(r"\s?(?:,|;|và|hoặc)\s?(?:và\s)?số\s(?P<n>\d{1,6}[A-Za-z]?)(?P<symbol>)(?![\w/-])")
_DATE = re.compile(
    (
        r"\s?,?\s?\(?(?:ký |ban hành |được ban hành "
        r")?ngày\s{1,2}(?:(\d{1,2})\s?[/.-]\s?(\d{1,2})\s?[/.-]\s?(\d{4})|"
        r"(\d{1,2})\stháng\s(\d{1,2}),?\snăm\s(\d{4}))\)?"
    ),
    re.I,
)
_SHORT_DATE = re.compile(r"\s?,?\s?ngày\s{1,2}\d{1,2}\s?[/.-]\s?\d{1,2}(?![\d/])", re.I)
_OF = re.compile(r"\s?,?\s?\(?của\s{1,2}")
_PROPOSER = re.compile(
    r"(?:đề xuất|đề nghị|báo cáo|kiến nghị|ý kiến|tham mưu|trình|tham mưu, đề xuất|báo cáo, đề xuất) "
    r"của\s([^.;:()]{3,160}?)\s(?:tại|theo|trong)(?: các)?\s$"
)
_COORDINATE = re.compile(r"\s?(?:,|;|và|,\s?và|;\s?và|hoặc|cùng)\s?(?:các\s|số\s)?")
_UNITS = re.compile(
    r"\s(?:tháng|năm|ngày|tuần|quý|quí|%|tỷ|triệu|giai|đồng|lần|nội dung|chỉ tiêu|cuộc|khâu|nhiệm vụ|"
    r"điểm|mục|người|xã|huyện|vụ|phòng|căn|mặt|nghìn|ha|km|đơn vị|hồ sơ|giờ|phút|đợt|dự án|công trình|"
    r"cơ quan|trường hợp)(?!\w)"
)


@dataclass(frozen=True, slots=True)
class Citation:
    """One cited document, as printed."""

    kind: str
    number: str
    date: dt.date | None
    issuer: str | None
    start: int
    end: int
    own: bool = True
    """Whether the issuer stands behind this very citation."""


def citations(paper: Paper) -> list[Citation]:
    """Every cited document of subject and body, in order, repeats included."""
    out: list[Citation] = []
    for text in (" ".join(paper.subject), *_texts(paper)):
        out += in_text(text)
    return out


def _texts(paper: Paper) -> Iterator[str]:
    for _, clause in paper.clauses():
        yield clause.text
        if clause.table is not None:
            yield from (cell for row in clause.table.rows for cell in row)


def in_text(text: str) -> list[Citation]:
    """The cited documents of one text, with their places in it."""
    found: list[Citation] = []
    at = 0
    matches = sorted(
        [*_WITH_SO.finditer(text), *_WITHOUT_SO.finditer(text)], key=lambda m: (m.start(), -m.end())
    )
    for m in matches:
        if m.start() < at:
            continue
        first = _made(text, m, _kind(m))
        if first is None:
            continue
        found.append(first)
        at = first.end
        while n := (_NEXT.match(text, at, at + 80) or _NEXT_SO.match(text, at, at + 40)):
            if re.match(r"\s(?:tháng|năm|ngày|%)", text[n.end() : n.end() + 7]):
                break
            more = _made(text, n, first.kind)
            if more is None:
                break
            found.append(replace(more, start=n.start("n")))
            at = more.end
    return _shared(text, found)


_LATER_KIND = re.compile(rf"(?<!\w)(?:{KINDS})(?!\w)")


def _kind(m: re.Match[str]) -> str:
    """The kind nearest to the number: "Báo cáo sơ kết |Đề án| số 01"."""
    more = m.groupdict().get("more") or ""
    later = list(_LATER_KIND.finditer(more))
    if later and not (m["kind"].lower() == "thông báo" and later[-1][0].lower() == "kết luận"):
        return later[-1][0]
    return str(m["kind"])


def _made(text: str, m: re.Match[str], kind: str) -> Citation | None:
    symbol = re.sub(r"\s", "", m["symbol"] or "").rstrip(".")
    with_so = (
        "số" in text[m.start() : m.start("n")].lower().split()
        or "số:" in text[m.start() : m.start("n")].lower()
    )
    if (
        not symbol
        and not with_so
        and (
            _UNITS.match(text, m.end())
            or kind[0].islower()
            or kind in ("Luật", "Báo cáo", "Chương trình", "Kế hoạch", "Dự án")
        )
    ):
        return None
    end = m.end()
    if symbol and text[m.start("symbol") : m.end()].endswith("."):
        end -= 1
    date, end = _dated(text, end)
    issuer, end = _issuer(text, end)
    own = issuer is not None
    if issuer is None and (p := _PROPOSER.search(text[max(0, m.start() - 190) : m.start()])):
        issuer, own = _clean(p[1]), True
    return Citation(kind, m["n"] + symbol, date, issuer, m.start(), end, own)


def _dated(text: str, end: int) -> tuple[dt.date | None, int]:
    m = _DATE.match(text, end, end + 60)
    if m is None:
        short = _SHORT_DATE.match(text, end, end + 40)
        return None, short.end() if short else end
    d, mo, y = (int(x) for x in (m[1] or m[4], m[2] or m[5], m[3] or m[6]))
    try:
        return dt.date(y, mo, d), m.end()
    except ValueError:
        return None, m.end()


def _issuer(text: str, end: int) -> tuple[str | None, int]:
    m = _OF.match(text, end, end + 12)
    if m is None:
        return None, end
    stop = name_end(text, m.end())
    name = _clean(text[m.end() : stop])
    if not name or not (opens_body(text, m.end()) or name[0].isupper()):
        return None, end
    return name, stop


def _clean(name: str) -> str:
    return name.strip(" ,;.")


def _alike(joint: str, here: Citation, after: Citation) -> bool:
    """Across a semicolon only documents of one series have their issuer in common ("…-NQ/TU; …-CT/TU")."""
    if ";" not in joint:
        return True
    return _series(here) == _series(after)


def _series(citation: Citation) -> str:
    """The end of the symbol, which names who issues: "TU" of "35-NQ/TU"."""
    return re.split(r"[/-]", citation.number)[-1]


def _shared(text: str, found: list[Citation]) -> list[Citation]:
    """One issuer after several coordinated documents holds for all of them."""
    out = list(found)
    for i in range(len(out) - 2, -1, -1):
        here, after = out[i], out[i + 1]
        if (
            here.issuer is None
            and after.issuer is not None
            and _COORDINATE.fullmatch(joint := text[here.end : after.start])
            and _alike(joint, here, after)
        ):
            out[i] = replace(here, issuer=after.issuer)
    return out
