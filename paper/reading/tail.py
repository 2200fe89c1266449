"""The end of a paper: recipients beside the signature, then footnotes and appendices.

Extracted text brings "Nơi nhận" and the signature one after the other, or side by side with wide
gaps or tabs; so the lines are cut into cells and every cell is told by what it says.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from paper.reading import marks, recipients, signature
from paper.reading.lines import Furniture, Line
from paper.reading.recipients import Cell
from paper.reading.structure import cut_end_mark
from paper.value import Recipient, Signature

_TO = re.compile(r"(?:[*_]{0,2})Nơi nhận\s*:?[*_]{0,2}", re.I)
_FOOTNOTE = re.compile(r"\[\d{1,3}\]")
_APPENDIX = re.compile(r"(?:PHỤ LỤC|Phụ lục|PHỤ BIỂU|Phụ biểu|BIỂU SỐ|DANH SÁCH|DANH MỤC)(?!\w)")
_GAP = re.compile(r"\s{3,}|\t+|\s*\|\s*")


@dataclass(slots=True)
class Tail:
    """What stands below the text."""

    start: int
    recipients: tuple[Recipient, ...] = ()
    signature: Signature = field(default_factory=Signature)
    footnotes: list[Line] = field(default_factory=list)
    appendix: list[Line] = field(default_factory=list)
    unplaced: list[Line] = field(default_factory=list)


def read(lines: Sequence[Line], furniture: Furniture) -> Tail:
    """The tail of ``lines``; the body is ``lines[:tail.start]``."""
    start = _start(lines)
    tail = Tail(start)
    if start >= len(lines):
        return tail
    stop = _stop(lines, start, tail)
    cells = _cells(lines[start:stop], furniture)
    left, right = _columns(cells)
    tail.signature, rest = signature.read(right)
    tail.recipients, lost = recipients.read(left)
    tail.unplaced = [Line(c.text, c.at) for c in sorted([*rest, *lost], key=lambda c: c.at)]
    return tail


def _start(lines: Sequence[Line]) -> int:
    """The first line of the tail: "Nơi nhận", or an authority line that ends the text."""
    found = len(lines)
    for i in range(len(lines) - 1, -1, -1):
        if _TO.match(lines[i].text) or (
            len(lines[i].text) < 160 and re.search(r"\s{3}Nơi nhận\s*:", lines[i].text)
        ):
            found = i
            break
    ended = [i for i, line in enumerate(lines) if cut_end_mark(line.text) is not None]
    low = (ended[-1] + 1) if ended and ended[-1] < found else max(0, min(found, len(lines)) - 14)
    for i in range(low, min(found, len(lines))):
        if signature.opens(lines[i].text) and all(_tail_like(x.text) for x in lines[i : min(found, i + 12)]):
            return i
    return found


def _tail_like(text: str) -> bool:
    """Whether a line may stand between the authority and "Nơi nhận": upper case, a name, a stamp."""
    return len(text) < 110 and not (text.endswith((";", ":")) and len(text) > 50)


def _stop(lines: Sequence[Line], start: int, tail: Tail) -> int:
    """Where footnotes or an appendix begin; they are put into ``tail``."""
    for i in range(start, len(lines)):
        text = lines[i].text
        if _FOOTNOTE.match(text):
            tail.footnotes = list(lines[i:])
            _split_appendix(tail)
            return i
        if i > start + 1 and _APPENDIX.match(text) and (len(text) < 60 or text.isupper()):
            tail.appendix = list(lines[i:])
            return i
    return len(lines)


def _split_appendix(tail: Tail) -> None:
    for i, line in enumerate(tail.footnotes):
        if _APPENDIX.match(line.text) and (len(line.text) < 60 or line.text.isupper()):
            tail.appendix = tail.footnotes[i:]
            tail.footnotes = tail.footnotes[:i]
            return


def _cells(lines: Sequence[Line], furniture: Furniture) -> list[Cell]:
    out: list[Cell] = []
    for line in lines:
        if line.rule:
            furniture.add(line.text)
            continue
        at = 0
        pieces: list[tuple[int, str]] = []
        for m in _GAP.finditer(line.text):
            pieces.append((at, line.text[at : m.start()]))
            at = m.end()
        pieces.append((at, line.text[at:]))
        for n, (where, piece) in enumerate(p for p in pieces if p[1].strip()):
            text = piece.strip()
            if m2 := _TO.match(text):
                furniture.add(m2[0])
                out.append(Cell("", line.at, line.indent + where, n, opens_list=True))
                text = text[m2.end() :].strip()
                if not text:
                    continue
            if out and signature.is_sign(out[-1].text) and signature.is_part(text, begun=True):
                out[-1] = replace(out[-1], text=f"{out[-1].text} {text}")
                continue
            out.append(Cell(text, line.at, line.indent + where, n))
    return out


def _columns(cells: Sequence[Cell]) -> tuple[list[Cell], list[Cell]]:
    """Cells of the recipients and cells of the signature.

    A signature cell is upper case, or a stamp, or a name below the authority; everything else
    after "Nơi nhận" belongs to the list while the list is open.
    """
    left: list[Cell] = []
    right: list[Cell] = []
    listing = False
    signing = False
    filed = False
    for cell in cells:
        if cell.opens_list:
            listing, filed = True, False
            continue
        bullet = marks.match(cell.text)
        dashed = bullet is not None and bullet.bullet
        if signature.is_part(cell.text, begun=signing) and not (
            listing and not filed and recipients.goes_on(left, cell)
        ):
            signing = True
            right.append(cell)
        elif listing and not filed and cell.column > 0 and recipients.is_beside(cell.text):
            left.append(cell)
        elif (
            listing
            and (dashed or not signing or cell.column == 0)
            and not (filed and not dashed and signature.looks_like_name(cell.text))
        ):
            if (
                signing
                and not dashed
                and left
                and cell.column == 0
                and signature.looks_like_name(cell.text)
                and not recipients.open_entry(left)
            ):
                right.append(cell)
                continue
            left.append(cell)
            filed = filed or recipients.is_filing(cell.text)
        else:
            right.append(cell)
    return left, right
