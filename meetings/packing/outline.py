"""Bookmarks (dấu trang) of a PDF: a tree of titles and the places they lead to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pikepdf

from lucngan.lib.text import one_line

#: Longer titles are cut: readers show one line.
LONGEST = 160


@dataclass(frozen=True, slots=True)
class Mark:
    """A bookmark, the place it leads to, and those below it."""

    title: str
    destination: pikepdf.Array
    below: tuple[Mark, ...] = ()


def outline(pdf: pikepdf.Pdf, marks: Sequence[Mark]) -> Any:
    """The root of the bookmarks, everything opened."""
    root = pdf.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.Outlines))
    root.Count = _hung(pdf, root, marks)
    return root


def _hung(pdf: pikepdf.Pdf, parent: Any, marks: Sequence[Mark]) -> int:
    """Hang the marks below their parent; gives how many there are, those below them too."""
    rows = [
        pdf.make_indirect(
            pikepdf.Dictionary(Title=pikepdf.String(_cut(mark.title)), Parent=parent, Dest=mark.destination)
        )
        for mark in marks
    ]
    count = len(rows)
    for n, (row, mark) in enumerate(zip(rows, marks, strict=True)):
        if n:
            row.Prev = rows[n - 1]
        if n + 1 < len(rows):
            row.Next = rows[n + 1]
        if mark.below:
            row.Count = _hung(pdf, row, mark.below)
            count += row.Count
    if rows:
        parent.First, parent.Last = rows[0], rows[-1]
    return count


def _cut(title: str) -> str:
    line = one_line(title)
    return line if len(line) <= LONGEST else f"{line[: LONGEST - 1].rstrip()}…"
