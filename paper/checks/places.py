"""Places in words: "mục IV.4", "nơi nhận 3"."""

from __future__ import annotations

from paper.checks.finding import Part, Place
from paper.value import Clause, Paper


def mark_of(paper: Paper, path: tuple[int, ...]) -> str:
    """The printed labels on the way to a clause: "IV.4", "I.2.a"; "" where none has a label."""
    marks: list[str] = []
    row: tuple[Clause, ...] = paper.body
    for at in path:
        if at >= len(row):
            break
        clause = row[at]
        mark = (clause.label or "").strip("().-[]")
        if mark:
            marks.append(mark.rsplit(".", 1)[-1] if marks else mark)
        row = clause.children
    return ".".join(marks)


def words_of(paper: Paper, place: Place) -> str:
    """A place in Vietnamese."""
    match place.part:
        case Part.BODY:
            mark = mark_of(paper, place.path)
            return f"mục {mark}" if mark else f"đoạn {place.path[0] + 1}" if place.path else "toàn văn bản"
        case Part.RECIPIENTS:
            return f"nơi nhận {place.index + 1}"
        case Part.SUBJECT:
            return "trích yếu"
        case Part.SIGNATURE:
            return "khối ký"
    return "phần đầu"
