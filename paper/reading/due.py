"""Deadlines inside a directive (``paper-json.md``, rules for ``directives``).

One calendar day gives its date; other limits stay as printed; of several the last of the clause
counts. Words without a limit, occasions and editions give none.
"""

from __future__ import annotations

import datetime as dt
import re
from bisect import bisect_right

from paper.reading.citations import in_text

_LIMIT = (
    r"(?:trước|chậm nhất|muộn nhất|chậm nhất là|thời hạn|hạn|xong|đến hết|hết|đến|vào|trong|sáng|chiều|"
    r"tối|giờ|h\d{0,2}|hoàn thành|"
    r"lúc|từ|là|tổ chức|báo cáo|phút|gửi|kể từ)"
)
_DAY = re.compile(
    r"(?<![\d/])(?:(?P<d>\d{1,2})\s?[/.]\s?(?P<m>\d{1,2})(?:\s?[/.]\s?(?P<y>\d{4}))?(?![\d/])|(?P<d3>\d{1,2})-(?P<m3>\d{1,2})-(?P<y3>\d{4})(?!\d)|"
    r"(?P<d2>\d{1,2})\s{1,2}tháng\s{1,2}(?P<m2>\d{1,2})(?:\s{1,2}năm\s{1,2}(?P<y2>\d{4}))?)"
)
_BEFORE = re.compile(
    (
        rf"(?:giờ|\dh)\s?\d{{0,2}}\s?(?:phút)?\s?,?\s?(?:ngày\s{{0,2}})$|(?<!\w){_LIMIT}\s?(?:(?:là|vào|"
        rf"buổi|của)\s)?(?:ngày\s{{0,2}})?$|(?<!\w){_LIMIT}\s(?:thứ\s\w+,?\s)?\(?ngày\s{{0,2}}$"
    ),
    re.I,
)
_NOT_BEFORE = re.compile(
    (
        r"(?:đợt|kỷ niệm|dịp|phiên họp|cuộc họp|hội nghị|kỳ họp|họp|lễ|nhân|tại|sau|từ|của|quốc tế|ký|ban "
        r"hành|kể từ|\(|nghỉ lễ)\s(?:ngày\s{0,2})?$"
    ),
    re.I,
)
_UNIT = (
    r"(?:tháng\s\d{1,2}|quý\s(?:IV|III|II|I|[1-4])|tuần\s(?:đầu|cuối|thứ\s\w{1,4})(?:\scủa)?\stháng\s\d{1,2}|"
    r"tuần\s(?:này|tới|sau|\d{1,2})|tháng này|tháng tới|quý này|năm\s\d{4}|"
    r"6 tháng (?:đầu|cuối) năm(?:\s\d{4})?)(?:\s?/\s?\d{4}|,?\snăm\s\d{4})?"
)
_FREE = re.compile(
    r"(?:trước ngày\s\d{1,2}\s(?:hằng|hàng)\s(?:tháng|quý|năm)"
    rf"|(?:chậm nhất (?:là )?|muộn nhất (?:là )?)?(?:trong|trước|đến hết|hết|đến cuối|trước cuối|cuối|"
    rf"đầu)\s{_UNIT}"
    r"|trong\s(?:vòng|thời hạn)\s\d{1,3}\s(?:ngày|giờ|tháng|tuần)(?:\slàm việc)?(?:,?\skể từ[^.;,)]{0,60})?"
    r"|(?:định kỳ\s)?(?:(?:sáng|chiều)\s)?(?:thứ\s\w{1,4}\s|ngày\s\d{1,2}\s)?(?:hằng|hàng|"
    r"mỗi)\s(?:tuần|tháng|quý|năm|ngày)"
    r"|định kỳ\s(?:\d{1,2}\s(?:ngày|tuần|tháng)(?:/lần|\smột lần)?|(?:tuần|tháng|quý|năm)(?!\s\d))"
    r"|(?:trước|chậm nhất|sau)\s\d{1,2}\s(?:ngày|giờ(?!\s?\d|,?\sngày))(?:\slàm việc)?"
    r"(?:\s(?:trước|so với|kể từ)[^.;,)]{0,60})?)(?!\w)",
    re.I,
)


def due(text: str, year: int | None = None) -> str | None:
    """ISO day or the printed limit of a clause; ``year`` completes "trước ngày 20/11"."""
    if not any(c.isdigit() for c in text) and not re.search(
        r"(?:hằng|hàng|mỗi|định kỳ|này|tới)\s?", text, re.I
    ):
        return None
    cited = [(c.start, c.end) for c in in_text(text)]
    starts = [s for s, _ in cited]

    def covered(at: int) -> bool:
        i = bisect_right(starts, at) - 1
        return i >= 0 and at < cited[i][1]

    found: list[tuple[int, str]] = []
    for m in _DAY.finditer(text):
        if covered(m.start()):
            continue
        if (day := _day(text, m, year)) is not None:
            found.append((m.start(), day))
    for f in _FREE.finditer(text):
        if covered(f.start()):
            continue
        if _limits(text, f):
            found.append((f.start(), f[0].strip()))
    return max(found)[1] if found else None


def _day(text: str, m: re.Match[str], year: int | None) -> str | None:
    before = text[max(0, m.start() - 40) : m.start()]
    written = m["y"] or m["y2"] or m["y3"]
    if not _BEFORE.search(before):
        return None
    if _NOT_BEFORE.search(before) and not re.search(r"(?:trước|chậm nhất|muộn nhất)", before, re.I):
        return None
    if not written and not re.search(r"(?:ngày|trước|chậm nhất|muộn nhất)\s{0,2}$", before, re.I):
        return None
    full = int(written) if written else year
    if full is None:
        return None
    try:
        return dt.date(full, int(m["m"] or m["m2"] or m["m3"]), int(m["d"] or m["d2"] or m["d3"])).isoformat()
    except ValueError:
        return None


_TARGET = re.compile(
    (
        r"(?:xong|hoàn thành|chậm nhất|muộn nhất|báo cáo|trình|ban hành|thực hiện|triển khai|khởi công|"
        r"giải quyết|gửi|khắc phục|dứt điểm|tổ chức|phê duyệt|xử lý|thông qua|bàn giao|hoàn thiện|đưa vào)"
    ),
    re.I,
)


_ALWAYS = ("trước", "chậm", "muộn", "đến", "định kỳ", "trong vòng", "trong thời hạn")
_REPEATED = re.compile(
    (
        r"(?:báo cáo|định kỳ|kiểm tra|tổng hợp|rà soát|giao ban|họp|cập nhật|đánh giá|công bố|gửi|tổ "
        r"chức)[^.;]{0,90}$"
    ),
    re.I,
)
_REPEATS = re.compile(r",?\s(?:báo cáo|tổng hợp|kiểm tra|rà soát|gửi|họp|tổ chức)")
_NAMED = re.compile(
    (
        r"(?:nhiệm vụ|công tác|hoạt động|tình hình|chương trình|kế hoạch|trọng tâm|chỉ tiêu|nội dung|diễn "
        r"ra|đã [\w\s]{1,20})\s$"
    ),
    re.I,
)


def _limits(text: str, m: re.Match[str]) -> bool:
    """Whether the words set a limit, not only name a time ("nhiệm vụ trong tháng 12 năm 2025")."""
    word = m[0].lower()
    if word.startswith(_ALWAYS):
        return True
    low = max(0, m.start() - 300)
    start = max(text.rfind(". ", low, m.start()), text.rfind(";", low, m.start()), low - 1) + 1
    before = text[start : m.start()]
    if word.startswith(("hằng", "hàng", "mỗi", "thứ", "sáng", "chiều", "ngày")):
        return bool(_REPEATED.search(before) or _REPEATS.match(text, m.end()))
    if word.startswith("trong") and not word.startswith("trong năm"):
        return not _NAMED.search(before[-40:]) and bool(before.strip())
    return bool(_TARGET.search(before))
