"""Recipients (Nơi nhận): entries, their purposes, the filing line.

``paper-json.md``: a line without dash continues the entry above; "+" opens an entry; a purpose set
off by a wide gap (a brace in print) holds for its line and the lines directly above it without
one; the filing line ("Lưu …") is the last recipient.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from paper.reading import marks
from paper.reading.paragraphs import glue
from paper.value import Recipient


@dataclass(frozen=True, slots=True)
class Cell:
    """A piece of a line between wide gaps."""

    text: str
    at: int
    offset: int
    column: int
    opens_list: bool = False


@dataclass(slots=True)
class _Entry:
    parts: list[str]
    mark: str
    purpose: str | None = None
    braced: str | None = None
    inside: bool = False
    """Whether a brace is printed beside it."""


_PURPOSE = re.compile(
    r"\(\s*((?:để\s)?(?:b/c|b/cáo|báo cáo|bc|biết|thực hiện|t/h|th|p/h|phối hợp|chỉ đạo|theo dõi|t/d|giám "
    r"sát|tổng hợp|triển khai|"
    r"đăng tải|đưa tin|tham dự|dự|chuẩn bị|đôn đốc|thi hành|kiểm tra|xin ý kiến|hướng "
    r"dẫn)(?![\w/])[^()]{0,50})\s*\)",
    re.I,
)
_LOOSE = re.compile(
    (
        r"(?:[}⎬]\s*)?\(?((?:để\s)?(?:b/c|báo cáo|biết|thực hiện|t/h|p/h|phối hợp|chỉ đạo|theo dõi|theo "
        r"dõi, chỉ đạo)(?![\w/])[^()]{0,30}?)\)?\s*[;,.]?"
    ),
    re.I,
)
_BRACE = re.compile(r"\s*[{}⎧⎨⎩⎫⎬⎭]\s*")
_FILING = re.compile(r"(?:[-–+*]\s*)?Lưu(?!\w)")
_END = re.compile(r"[\s.;,|}⎬⎫⎭]+$")


def is_filing(text: str) -> bool:
    """Whether a line is the filing line ("- Lưu: VT.", "Lưu Văn phòng Huyện ủy")."""
    return bool(_FILING.match(text))


def is_beside(text: str) -> bool:
    """Whether a piece to the right of the list is a brace or a purpose that belongs to it."""
    return bool(_BRACE.search(text) or _LOOSE.fullmatch(text))


def open_entry(left: Sequence[Cell]) -> bool:
    """Whether the last line of the list lacks its end sign, so that it goes on."""
    return bool(left) and left[-1].text[-1:] not in ";.,)"


def goes_on(left: Sequence[Cell], cell: Cell) -> bool:
    """Whether an upper-case cell goes on with an entry ("- Văn phòng" / "UBND, HĐND huyện;")."""
    return open_entry(left) and cell.column == 0 and cell.text[-1:] in ";,."


def read(cells: Sequence[Cell]) -> tuple[tuple[Recipient, ...], list[Cell]]:
    """The recipients in order, and the cells that are none."""
    cells, braced = _braces(cells)
    dashed = any((m := marks.match(c.text)) and m.bullet for c in cells)
    entries: list[_Entry] = []
    lost: list[Cell] = []
    for cell in cells:
        text = cell.text
        m = marks.match(text)
        bullet = m if m and m.bullet else None
        apart = cell.column > 0 or cell.offset > 16
        if apart and bullet is None and entries and (p := _LOOSE.fullmatch(text)):
            entries[-1].braced = p[1].strip()
            continue
        if bullet:
            entries.append(_Entry([text[bullet.length :].strip()], bullet.label, inside=cell.at in braced))
        elif entries and (dashed or entries[-1].parts[-1][-1:] not in ";.,"):
            _continue(entries[-1], text)
        elif not dashed:
            entries.append(_Entry([text], "-"))
        else:
            lost.append(cell)
    for entry in entries:
        _take_purpose(entry)
    _spread(entries)
    done = [(_END.sub("", glue(e.parts)), e) for e in entries]
    return tuple(Recipient(t, e.purpose, e.mark) for t, e in done if t), lost


def _continue(entry: _Entry, text: str) -> None:
    entry.parts.append(text)


def _take_purpose(entry: _Entry) -> None:
    """The purpose in a bracket at the end of an entry goes out of its text; other brackets stay."""
    text = _END.sub("", glue(entry.parts))
    if text.endswith(")") and (at := text.rfind("(")) > 0 and (m := _PURPOSE.fullmatch(text[at:])):
        entry.purpose = m[1].strip()
        text = text[:at].rstrip(" ;,")
    entry.parts = [text]


def _braces(cells: Sequence[Cell]) -> tuple[list[Cell], set[int]]:
    """The cells without the braces that are drawn by characters, and the lines that stand beside one."""
    if not any(_BRACE.search(c.text) for c in cells):
        return list(cells), set()
    braced = {c.at for c in cells if _BRACE.search(c.text)}
    bare = [replace(c, text=_BRACE.sub(" ", c.text).strip()) for c in cells]
    return [c for c in bare if c.text], braced


def _fill(entries: list[_Entry], at: int) -> None:
    """A drawn brace gives its purpose to all the lines beside it, above and below."""
    for step in (-1, 1):
        j = at + step
        while 0 <= j < len(entries) and entries[j].inside and entries[j].braced is None:
            entries[j].purpose = entries[j].purpose or entries[at].braced
            j += step


def _spread(entries: list[_Entry]) -> None:
    """A braced purpose holds for its own line and the lines directly above it without one."""
    for i, entry in enumerate(entries):
        if entry.braced is None:
            continue
        entry.purpose = entry.purpose or entry.braced
        if entry.inside:
            _fill(entries, i)
            continue
        j = i - 1
        while j >= 0 and entries[j].purpose is None and entries[j].braced is None:
            entries[j].purpose = entry.braced
            j -= 1
