"""Lengths of text that CSS cannot know: how wide a block is once its lines are broken.

A brace stands beside the lines it holds, so the block of these lines must be exactly as wide as
its longest broken line; and a long name over several lines looks well when its lines are about
equally long. Both are answered with the advance widths of the printing font.
"""

from __future__ import annotations

from collections.abc import Sequence

from paper.forms import Face
from paper.printing import fonts

POINT = 72 / 25.4
"""Points in a millimetre."""

#: A cell up to this length in mm ("Thời gian", "Tháng 3") should stand on one line.
_SHORT = 24.0


def length(text: str, face: Face) -> float:
    """Length of a text on one line, in millimetres."""
    return fonts.width(text, face.size, bold=face.bold, italic=face.italic) / POINT


def lines(text: str, face: Face, limit: float, hanging: float = 0) -> list[str]:
    """``text`` broken at blanks so that no line is longer than ``limit`` mm where a word allows it.

    Lines after the first begin ``hanging`` mm further right.
    """
    out: list[str] = []
    here, used = "", 0.0
    blank = length(" ", face)
    for word in text.split():
        size = length(word, face)
        if here and used + blank + size > limit:
            out.append(here)
            here, used = word, hanging + size
        else:
            here, used = (f"{here} {word}", used + blank + size) if here else (word, size)
    return [*out, here] if here else out


def block_width(texts: Sequence[str], face: Face, limit: float, hanging: float = 0) -> float:
    """The narrowest width in mm, at most ``limit``, that needs no more lines than ``limit`` does."""
    full = sum(len(lines(t, face, limit, hanging)) for t in texts)
    low, high = min(limit, limit / 3), limit
    while high - low > 0.2:
        middle = (low + high) / 2
        fits = sum(len(lines(t, face, middle, hanging)) for t in texts) <= full
        low, high = (low, middle) if fits else (middle, high)
    longest = max(
        (
            length(line, face) + (hanging if i else 0)
            for t in texts
            for i, line in enumerate(lines(t, face, high, hanging))
        ),
        default=limit,
    )
    return min(limit, longest + 0.3)


def balanced(text: str, face: Face, limit: float) -> list[str]:
    """``text`` in as few lines as ``limit`` mm allows, the lines about equally long."""
    return lines(text, face, block_width([text], face, limit))


def columns(rows: Sequence[Sequence[str]], face: Face, room: float, padding: float = 4.0) -> list[float]:
    """Widths in mm of a table's columns that fill ``room``.

    Each column first gets what its longest word or a short cell needs, then its share of the rest
    by the length of its longest cell. Known widths let the page engine set a table in the time of
    plain text.
    """
    count = max((len(row) for row in rows), default=0)
    if not count:
        return []
    cells = [[row[i] for row in rows if i < len(row)] for i in range(count)]
    words = [max((length(word, face) for cell in col for word in cell.split()), default=0) for col in cells]
    whole = [max((length(cell, face) for cell in col), default=0) for col in cells]
    short = [max(word, min(all_of_it, _SHORT)) for word, all_of_it in zip(words, whole, strict=True)]
    least = [min(size + padding, room / count) for size in short]
    wanted = [max(all_of_it + padding - low, 0.1) for all_of_it, low in zip(whole, least, strict=True)]
    rest = room - sum(least)
    return [low + rest * want / sum(wanted) for low, want in zip(least, wanted, strict=True)]
