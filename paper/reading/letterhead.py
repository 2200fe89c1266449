"""The letterhead: lines classified by what they say, never by their order.

Extracted text brings the two columns one after the other, side by side with wide gaps, or mixed by
tabs (``formats.md`` §7.2 (7)). So every line is cut into cells, and each cell is a national title,
a number, a place and date, the name of a body, a kind, or something else.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from paper.reading import marks
from paper.reading.addressees import addressees
from paper.reading.facts import DATE, NUMBER, NUMBER_ONLY, number_in
from paper.reading.issuer import is_body_line, split_bodies
from paper.reading.lines import Furniture, Line, is_rule
from paper.reading.openers import is_upper
from paper.reading.paragraphs import glue
from paper.reading.subject import kind_and_subject, kind_line
from paper.value import PartialDate, Regime

_NATION = re.compile(r"CỘNG H[ÒO][ÀA]\s{1,3}X[ÃÁ] HỘI CHỦ NGHĨA(?:\s+VIỆT NAM)?", re.I)
_MOTTO = re.compile(r"Độc lập\s*[-–]\s*Tự do\s*[-–]\s*Hạnh phúc", re.I)
#: The national title of papers of the Youth Union; the State's and the party's stand below.
_UNION = re.compile(r"ĐOÀN (?:TNCS|THANH NIÊN CỘNG SẢN) HỒ CHÍ MINH")
_PARTY = re.compile(r"ĐẢNG CỘNG SẢN VIỆT NAM")
_SECRET = re.compile(r"(?:TUYỆT MẬT|TỐI MẬT|MẬT)$")
_URGENT = re.compile(r"(?:HỎA TỐC|HOẢ TỐC|THƯỢNG KHẨN|KHẨN)(?:\s.*)?$")
_ABOUT = re.compile(r"(?:V/v|v/v|Về việc|về việc)\b")
_STAMP = re.compile(
    r"(?:Người ký|Ký bởi|Cơ quan\s*:|Thời gian ký|Email\s*:|Ngày ký|Digitally signed|Signature|DỰ THẢO|"
    r"Dự thảo|Nơi ký|Ký ngày)"
)
_CELLS = re.compile(r"\s{3,}|\t+|\s*\|\s*")


@dataclass(slots=True)
class Head:
    """What the letterhead says, and the lines that are left for the body."""

    regime: Regime | None = None
    superior: tuple[str, ...] = ()
    issuer: tuple[str, ...] = ()
    number: int | None = None
    notation: str | None = None
    place: str | None = None
    dated: PartialDate = field(default_factory=PartialDate)
    urgency: str | None = None
    secrecy: str | None = None
    kind: str | None = None
    subject: tuple[str, ...] = ()
    addressees: tuple[str, ...] = ()
    rest: list[Line] = field(default_factory=list)
    unplaced: list[Line] = field(default_factory=list)


def read(lines: Sequence[Line], furniture: Furniture) -> Head:
    """The letterhead of ``lines``; ``rest`` starts at the first line of the body."""
    head = Head()
    kind_at = kind_line(lines)
    top = kind_at if kind_at is not None else _top_without_kind(lines)
    names: list[str] = []
    about: list[str] = []
    for line in _whole(lines[:top]):
        _cells(line, head, names, about, furniture)
    head.superior, head.issuer = split_bodies(names)
    at = top
    if kind_at is not None:
        at = _named(lines, kind_at, head)
    if about:
        head.subject = (*head.subject, glue(about)) if kind_at is None else (glue(about), *head.subject)
    at = _late_facts(lines, at, head, furniture)
    head.addressees, at = addressees(lines, at, head.addressees, furniture)
    head.rest = list(lines[at:])
    return head


_BREAKABLE = (_NATION, _MOTTO, DATE, NUMBER)


def _whole(lines: Sequence[Line]) -> list[Line]:
    """Lines of narrow columns put together: the national title, the motto, number or date broken over two."""
    out: list[Line] = []
    for line in lines:
        if out and _broken(out[-1], line):
            out[-1] = replace(out[-1], text=f"{out[-1].text} {line.text}")
        else:
            out.append(line)
    return out


def _broken(above: Line, line: Line) -> bool:
    if line.rule or above.rule or len(above.text) > 60 or len(line.text) > 60:
        return False
    joined = f"{above.text} {line.text}"
    return any(
        (m := pattern.match(joined)) is not None
        and m.end() > len(above.text) + 1
        and len(joined) - m.end() < 3
        and not pattern.search(above.text)
        and not pattern.search(line.text)
        for pattern in _BREAKABLE
    )


def _top_without_kind(lines: Sequence[Line]) -> int:
    """How many lines at the top are letterhead where no kind stands: as far as they are recognised."""
    top = 0
    for i, line in enumerate(lines[:16]):
        text = line.text
        if line.rule:
            if top == i:
                top = i + 1
            continue
        known = (
            _MOTTO.search(text)
            or _known_head(text)
            or NUMBER_ONLY.match(text)
            or _URGENT.match(text)
            or _SECRET.match(text)
            or (_ABOUT.match(text) and top)
        )
        if (
            known
            or (top == i and is_body_line(text) and i < 6)
            or (top and i == top and _about_goes_on(lines, i))
        ):
            top = i + 1
        elif text.startswith("Kính gửi") or marks.match(text):
            break
    return top if any(_known_head(line.text) for line in lines[:top]) else 0


def _named(lines: Sequence[Line], at: int, head: Head) -> int:
    head.kind, head.subject, at = kind_and_subject(lines, at)
    return at


def _about_goes_on(lines: Sequence[Line], i: int) -> bool:
    back = [line.text for line in lines[max(0, i - 3) : i]]
    return (
        any(_ABOUT.match(t) for t in back)
        and not lines[i].text.startswith("Kính gửi")
        and len(lines[i].text) < 60
    )


def _known_head(text: str) -> bool:
    return bool(_NATION.search(text) or _PARTY.search(text) or NUMBER.search(text) or _placed(text))


def _placed(text: str) -> bool:
    m = DATE.search(text[:300])
    return bool(m) and len(text) - (m.end() if m else 0) < 12


def _cells(line: Line, head: Head, names: list[str], about: list[str], furniture: Furniture) -> None:
    """One line above the kind: its fixed words to the furniture, its facts to ``head``."""
    if line.rule:
        furniture.add(line.text)
        return
    text = line.text[:600]
    for pattern in (_NATION, _MOTTO, _PARTY):
        if m := pattern.search(text):
            if pattern is not _MOTTO:
                head.regime = Regime.PARTY if pattern is _PARTY else Regime.STATE
            furniture.add(m[0])
            text = text[: m.start()] + "   " + text[m.end() :]
    if (m := DATE.search(text)) and head.place is None:
        text = _date(m, text, head, furniture)
    if (m := NUMBER.search(text)) and head.notation is None:
        text = _number(m, text, head, furniture)
    elif m := NUMBER_ONLY.match(text.strip()):
        furniture.add(m[0])
        text = ""
    for cell in _CELLS.split(text):
        if cell.strip():
            _cell(cell.strip(), line, head, names, about, furniture)
    if len(line.text) > 600:
        head.unplaced.append(Line(line.text[600:], line.at))


def _cell(
    cell: str, line: Line, head: Head, names: list[str], about: list[str], furniture: Furniture
) -> None:
    """A cell that is neither number nor date: a part of a body's name, of the subject, a mark."""
    if (cell == "VIỆT NAM" and head.regime is not None) or _UNION.fullmatch(cell) or is_rule(cell):
        furniture.add(cell)
    elif _SECRET.match(cell):
        head.secrecy = cell
    elif _URGENT.match(cell):
        head.urgency = cell
    elif _ABOUT.match(cell) or (about and not is_upper(cell)):
        about.append(cell)
    elif is_body_line(cell) or (
        is_upper(cell) and not any(c.isdigit() for c in cell) and len(cell) > 1 and not _STAMP.match(cell)
    ):
        names.append(cell.rstrip("*").strip())
    elif cell.strip("*-_. "):
        head.unplaced.append(Line(cell, line.at))


def _date(m: re.Match[str], text: str, head: Head, furniture: Furniture) -> str:
    before = _CELLS.split(m["place"])
    head.place = before[-1].strip() or None
    head.dated = PartialDate(number_in(m["y"], 4), number_in(m["m"]), number_in(m["d"]))
    furniture.add(f"ngày {m['d']} tháng {m['m']} năm {m['y']}")
    left = text[: m.start()] + m["place"][: len(m["place"]) - len(before[-1])]
    return left + "   " + text[m.end() :]


def _number(m: re.Match[str], text: str, head: Head, furniture: Furniture) -> str:
    head.number = number_in(m["n"])
    head.notation = re.sub(r"\s", "", m["symbol"]).rstrip(".")
    furniture.add("Số")
    if m["n"] and (head.number is None or str(head.number) != m["n"]):
        furniture.add(m["n"])
    if head.regime is None:
        head.regime = Regime.PARTY if m["sep"] in "-–" and "/" in head.notation else Regime.STATE
    return text[: m.start()] + "   " + text[m.end() :]


def _late_facts(lines: Sequence[Line], at: int, head: Head, furniture: Furniture) -> int:
    """Number, or place and date, that a mixed extraction brings only after the subject."""
    for i in range(at, min(at + 4, len(lines))):
        line = lines[i]
        if line.rule:
            continue
        text = line.text
        number = NUMBER.match(text) if head.notation is None else None
        date = DATE.match(text) if head.place is None and len(text) < 90 else None
        if number and number.end() > len(text) - 4:
            _number(number, text, head, furniture)
        elif date and date.end() > len(text) - 4:
            _date(date, text, head, furniture)
        else:
            break
        at = i + 1
    while at < len(lines) and lines[at].rule:
        furniture.add(lines[at].text)
        at += 1
    return at
