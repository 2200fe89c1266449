"""Lines joined to paragraphs, each with its label.

A line break is one blank, except directly after a hyphen ("19-" + "CT/TU"); a page break is no
paragraph end (``paper-json.md``). Whether a paragraph ends at a line is decided from what this
document shows: whole lines (Word), blank lines between paragraphs, first-line indents, and else
from whether the next word would still have fitted into the column.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass

from paper.reading import marks
from paper.reading.layout import Layout, indent_starts, is_full, is_short, is_very_short, measure
from paper.reading.lines import Line
from paper.reading.marks import Mark, Rank
from paper.reading.widths import width
from paper.value import Table

_TERMINAL = ".;:!?…"
_CLOSED = re.compile(r"[.;:!?…](?:[”\"’')\]]{0,3})$|[)”\"/]$")
#: A cell of a schedule that stands on a line of its own.
_DAY_OR_HOUR = re.compile(
    r"\d{1,2}\s?(?:h|:|g|giờ)\s?(?:\d{2})?|"
    r"(?:thứ\s(?:hai|ba|tư|năm|sáu|bảy|[2-7])|chủ nhật),?\s?(?:ngày\s)?\(?\d{1,2}/\d{1,2}(?:/\d{4})?\)?:?",
    re.I,
)
#: How closing paragraphs open.
_FORMULA = re.compile(
    r"(?:Trên đây là|Thông báo này|Chương trình này|Nhận được (?:Thông báo|Công văn|Giấy mời))(?!\w)"
)
_BASIS = re.compile(r"(?:Căn cứ|Thực hiện|Theo|Xét|Tiếp theo)\s")
#: Fields that open a line of their own in invitations and schedules.
_FIELD = re.compile(
    r"(?:Sáng|Chiều|Tối|Buổi sáng|Buổi chiều|Thời gian|Địa điểm|Thành phần|Nội dung|Chủ trì|"
    r"Hình thức|Ghi chú|Lưu ý|"
    r"Thứ [^\W\d_]{2,4}|Thứ [2-7]|Chủ nhật)\s?[:,(]"
)
_NOTE_OPEN = re.compile(r"\((?:[^()]{2,200})\b(?:chuẩn bị|chủ trì|phối hợp)\b")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph of the body: its label (None for an unlabelled one), text and source lines."""

    mark: Mark | None
    text: str
    first: int
    last: int
    table: Table | None = None

    @property
    def label(self) -> str | None:
        return self.mark.label if self.mark else None


def _letters(lines: Sequence[Line]) -> bool:
    """Whether the text runs on letters: "A." opens the first item or a title, or "B." stands there too."""
    seen: set[str] = set()
    labelled = False
    for line in lines:
        m = marks.match(line.text)
        if m is None:
            continue
        if m.rank is Rank.LETTER and m.label[0] in "AB":
            seen.add(m.label[0])
            if m.label[0] == "A" and (line.text.isupper() or not labelled):
                return True
        labelled = True
    return {"A", "B"} <= seen


def join(lines: Sequence[Line], margin: int | None = None) -> list[Paragraph]:
    """The paragraphs of ``lines``, in order; every word of the lines is in them."""
    layout = measure(lines, margin)
    letters = _letters(lines)
    tight = _bullets_close(lines)
    out: list[Paragraph] = []
    run: list[Line] = []
    mark: Mark | None = None
    last: dict[str, int] = {}

    def close() -> None:
        if run:
            out.append(_made(run, mark))

    for at, line in enumerate(lines):
        if line.rule:
            continue
        below = lines[at + 1] if at + 1 < len(lines) else None
        if line.table is not None:
            close()
            last_line = line.at + len(line.table.rows) - 1 if not line.whole else line.at
            out.append(Paragraph(None, "", line.at, last_line, line.table))
            run, mark = [], None
            continue
        found = _label(line, letters, last)
        if found and run and not _opens(found, run, line, mark, last, layout, tight):
            found = None
        if found is None and run and not _ends(run, line, below, layout):
            run.append(line)
            continue
        close()
        run, mark = [line], found
        if found:
            last[found.style] = found.ordinal
    close()
    return out


def _made(run: list[Line], mark: Mark | None) -> Paragraph:
    texts = [line.text for line in run]
    if mark:
        texts[0] = texts[0][mark.length :].strip()
    return Paragraph(mark, glue(texts), run[0].at, run[-1].at)


def glue(texts: Sequence[str]) -> str:
    """Lines as one text: a blank for every break, none directly after a hyphen."""
    parts: list[str] = []
    for text in texts:
        text = " ".join(text.split())
        if not text:
            continue
        if parts and not _hyphenated(parts[-1]):
            parts.append(" ")
        parts.append(text)
    return "".join(parts)


def _hyphenated(text: str) -> bool:
    return len(text) > 1 and text[-1] == "-" and not text[-2].isspace()


def _label(line: Line, letters: bool, last: dict[str, int]) -> Mark | None:
    found = marks.match(line.text)
    if found is None or line.label is not None:
        return found
    if found.rank is Rank.LETTER and not letters:
        return None
    if letters and found.style == "I." and len(found.label) == 2:
        other = marks.as_letter(found)
        if other and last.get("A.") == other.ordinal - 1 and last.get("I.") != found.ordinal - 1:
            return other
    return found


def _opens(
    found: Mark,
    run: list[Line],
    line: Line,
    mark: Mark | None,
    last: dict[str, int],
    layout: Layout,
    tight: bool,
) -> bool:
    """Whether a label at a line's start opens a clause, or is running text broken there."""
    before = run[-1].text
    if line.whole or layout.whole or line.label is not None:
        return True
    if found.bullet and tight and mark is not None and mark.style == found.style and _bare_end(before):
        return False
    if _CLOSED.search(before[-6:]) or before.endswith(","):
        return True
    if before[-1:] == "-":
        return False
    if indent_starts(run, line, layout):
        return True
    if not is_full(run, line.text.split(None, 1)[0] + " x", layout):
        return True
    if found.bullet:
        return line.gap > layout.usual_gap
    if found.rank <= Rank.ROMAN:
        return not _wants_number(before)
    expected = last.get(found.style, 0) + 1
    if found.ordinal == expected or (found.ordinal == 1 and mark is not None and mark.style != found.style):
        return not _wants_number(before)
    return False


_WANTS_NUMBER = re.compile(
    (
        r"(?:\b(?:số|tháng|ngày|năm|quý|điểm|khoản|điều|mục|lần thứ|thứ|khóa|khoá|chương|phần|hạng|"
        r"loại|đại hội|và|từ|đến|khoảng|trên|dưới|gần|hơn|"
        r"tăng|giảm|đạt|còn|là)|[,(])$"
    ),
    re.I,
)


def _wants_number(before: str) -> bool:
    return bool(_WANTS_NUMBER.search(before[-12:]))


def _bare_end(text: str) -> bool:
    return bool(text) and text[-1].isalpha()


def _bullets_close(lines: Sequence[Line]) -> bool:
    """Whether the bulleted items of this text close with a sign (";", ",", "."), as lists do."""
    ends = closed = 0
    for before, line in itertools.pairwise(lines):
        if line.text[:1] in "-+–" and before.text[:1] in "-+–":
            ends += 1
            closed += before.text[-1:] in ".;,:"
    return ends >= 3 and closed >= ends * 0.7


def _ends(run: list[Line], line: Line, below: Line | None, layout: Layout) -> bool:
    """Whether the paragraph of ``run`` ends above the unlabelled ``line``."""
    before, text = run[-1].text, line.text
    if line.whole:
        return True
    closed = bool(_CLOSED.search(before[-6:]))
    first = text[0]
    if layout.whole:
        return closed or not first.islower() or len(before) < 60
    if before[-1] == "-" and len(before) > 1 and before[-2] != " ":
        return False
    if first.islower() or first in ",;.):%”":
        return False
    stopped = before[-1] in _TERMINAL or closed
    if (before[-1] == ";" and _BASIS.match(text)) or (stopped and _FORMULA.match(text)):
        return True
    if _DAY_OR_HOUR.fullmatch(text[:40]) or _DAY_OR_HOUR.fullmatch(before[:40]):
        return True
    if stopped and (_NOTE_OPEN.match(text) or _FIELD.match(text)):
        return True
    apart = line.gap > layout.usual_gap or (layout.separated and line.gap >= 1)
    broken = line.page or line.gap > max(2, layout.usual_gap + 1)
    room = not is_full(run, text.split(None, 1)[0], layout)
    if layout.separated and not broken:
        if line.gap >= 1:
            return stopped or room or indent_starts(run, line, layout)
        return (
            indent_starts(run, line, layout)
            or (stopped and is_short(run, layout))
            or is_very_short(run, layout)
        )
    if indent_starts(run, line, layout):
        return True
    if layout.indented and not broken:
        return room and (stopped or is_very_short(run, layout))
    if apart and not broken and room:
        return True
    if stopped:
        return room or _first_line(line, below, layout)
    return room and is_very_short(run, layout)


def _first_line(line: Line, below: Line | None, layout: Layout) -> bool:
    """Whether ``line`` was set narrower than the column, as the first line of a paragraph is.

    The next word would have fitted into a full line, yet it stands on the line below.
    """
    if below is None or below.rule or marks.match(below.text) or is_very_short([line, line], layout):
        return False
    if line.text[-1] in _TERMINAL:
        return False
    return width(line.text[:400]) + 250 + width(below.text.split(None, 1)[0]) <= layout.column * 0.99
