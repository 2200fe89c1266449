"""Paragraphs nested into clauses.

Nesting follows the order of label styles in this document; an unlabelled paragraph continues the
numbered item above it; a bullet is the child of an unlabelled paragraph only where it directly
follows one that ends with ":" (``paper-json.md``, rules for ``body``).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from paper import notes, when
from paper.reading.closing import is_closing
from paper.reading.marks import Mark, Rank
from paper.reading.paragraphs import Paragraph
from paper.value import Clause, Role, Table

Path = tuple[int, ...]
_COLON_LEVEL = int(Rank.BULLET) * 1000 - 1


@dataclass(slots=True)
class Node:
    """A clause while it is being built."""

    mark: Mark | None
    text: str
    first: int
    last: int
    table: Table | None = None
    role: Role = Role.PARAGRAPH
    children: list[Node] = field(default_factory=list)


@dataclass(slots=True)
class _Open:
    """An item that may still take children."""

    level: int
    node: Node
    siblings: list[Node]


def nest(paragraphs: Sequence[Paragraph]) -> list[Node]:
    """The top-level nodes of a body."""
    levels = _levels(paragraphs)
    coming = _coming(paragraphs, levels)
    closing = _closing_from(paragraphs)
    top: list[Node] = []
    stack: list[_Open] = []
    for i, p in enumerate(paragraphs):
        node = Node(p.mark, p.text, p.first, p.last, p.table)
        if p.mark is not None:
            level = levels[p.mark.style]
            while stack and stack[-1].level >= level:
                stack.pop()
            home = stack[-1].node.children if stack else top
            home.append(node)
            stack.append(_Open(level, node, home))
        elif i >= closing:
            stack.clear()
            top.append(node)
            if p.text.endswith(":"):
                stack.append(_Open(_COLON_LEVEL, node, top))
        elif is_note(p.text):
            node.role = Role.NOTE
            _note_home(stack, top).append(node)
        else:
            _unlabelled(node, stack, top, coming[i])
    _give_roles(top)
    return top


def is_note(text: str) -> bool:
    """Whether a paragraph is a preparing note on a line of its own."""
    return text.startswith("(") and notes.parse(text) is not None


_DAY = re.compile(
    r"(?:thứ\s(?:hai|ba|tư|năm|sáu|bảy|[2-7])|chủ nhật),?\s?(?:ngày\s)?\(?\d{1,2}/\d{1,2}(?:/\d{4})?\)?\s?:?",
    re.I,
)
_HALF_DAY = re.compile(r"(?:(?:Buổi )?(?:sáng|chiều|tối)|(?:Sáng|Chiều|Tối)|Cả ngày)\s?:")


def _is_day(text: str) -> bool:
    """A line that is only a day heads what follows ("Thứ Ba, ngày 11/11/2025")."""
    if _DAY.fullmatch(text[:60]):
        return True
    found = when.find(text) if len(text) < 60 else None
    return (
        found is not None
        and found.when.date is not None
        and not (text[: found.start] + text[found.end :]).strip(" :.,()")
    )


def _coming(paragraphs: Sequence[Paragraph], levels: dict[str, int]) -> list[int]:
    """For every paragraph the level of the next label after it (-1 where none comes)."""
    out = [-1] * len(paragraphs)
    level = -1
    for i in range(len(paragraphs) - 1, -1, -1):
        out[i] = level
        if (mark := paragraphs[i].mark) is not None:
            level = levels[mark.style]
    return out


def _unlabelled(node: Node, stack: list[_Open], top: list[Node], coming: int) -> None:
    if _is_day(node.text) or _HALF_DAY.match(node.text):
        while stack and stack[-1].level >= _COLON_LEVEL:
            stack.pop()
    while stack and stack[-1].level >= _COLON_LEVEL and not _keeps(stack, coming):
        stack.pop()
    home = stack[-1].node.children if stack else top
    home.append(node)
    if node.text.endswith(":") and node.table is None:
        if stack and stack[-1].level >= _COLON_LEVEL:
            return
        stack.append(_Open(_COLON_LEVEL, node, home))


def _keeps(stack: list[_Open], coming: int) -> bool:
    """A bullet takes an unlabelled paragraph where it announces one, where a smaller bullet follows
    below, or where no number stands above."""
    here = stack[-1]
    if here.level == _COLON_LEVEL:
        return False
    if here.node.text.endswith(":") and not here.node.children:
        return True
    if coming > here.level:
        return True
    return all(o.level > _COLON_LEVEL for o in stack)


def _note_home(stack: list[_Open], top: list[Node]) -> list[Node]:
    if not stack:
        return top
    numbered = [o for o in stack if o.level < _COLON_LEVEL]
    here = numbered[-1] if numbered else stack[-1]
    mark = here.node.mark
    if mark is not None and (mark.rank <= Rank.ROMAN or _schedules(here.node)):
        bullets = [o for o in stack if o.level > _COLON_LEVEL]
        return bullets[0].siblings if bullets else here.node.children
    return here.siblings


_MEETING = re.compile(r"(?:hội nghị|họp|phiên họp|cuộc họp|kỳ họp|giao ban|lần)(?!\w)", re.I)


def _schedules(node: Node) -> bool:
    """Whether a numbered item announces a meeting, so that the bullets below are its agenda."""
    if not node.children or node.children[-1].mark is None or len(node.text) > 200:
        return False
    found = when.find(node.text, 2000)
    return bool(_MEETING.match(node.text)) or (
        found is not None and found.start == 0 and found.when.date is not None
    )


def _levels(paragraphs: Sequence[Paragraph]) -> dict[str, int]:
    """A level for every label style: by rank, and within a rank by first appearance."""
    levels: dict[str, int] = {}
    for p in paragraphs:
        if p.mark and p.mark.style not in levels:
            rank = p.mark.rank
            same = sum(1 for v in levels.values() if v // 1000 == rank)
            depth = p.mark.style.count("x") * 100 if rank is Rank.NESTED else 0
            if rank in (Rank.ROMAN, Rank.LETTER, Rank.NESTED):
                same = 0
            levels[p.mark.style] = int(rank) * 1000 + depth + same
    return levels


def _closing_from(paragraphs: Sequence[Paragraph]) -> int:
    """Position of the first closing paragraph after the last item; past the end where there is none."""
    last = max((i for i, p in enumerate(paragraphs) if p.mark is not None and not p.mark.bullet), default=-1)
    bullets = max((i for i, p in enumerate(paragraphs) if p.mark is not None), default=-1)
    start = _after_list(paragraphs, last, bullets)
    if bullets < 0:
        return 0
    if start == bullets and _wants_text(paragraphs[start].text) and start + 1 < len(paragraphs):
        start += 0 if paragraphs[start + 1].text.startswith("Trên đây") else 1
    for i in range(start + 1, len(paragraphs)):
        p = paragraphs[i]
        if p.mark is None and not is_note(p.text) and is_closing(p.text, final=i == len(paragraphs) - 1):
            return i
    return len(paragraphs)


def _wants_text(title: str) -> bool:
    """A last title that has no items takes the paragraph below it: "III. TỔ CHỨC THỰC HIỆN"."""
    return title.isupper() or bool(re.match(r"(?:công tác )?tổ chức thực hiện\W*$", title, re.I))


def _after_list(paragraphs: Sequence[Paragraph], last: int, bullets: int) -> int:
    """The last labelled paragraph; bullets under a closing ":" paragraph do not hide it."""
    at = bullets
    while at > last and paragraphs[at].mark is not None:
        at -= 1
    if (
        last < at < bullets
        and paragraphs[at].text.endswith(":")
        and is_closing(paragraphs[at].text, final=False)
    ):
        return at - 1
    return bullets


_SHORT = 160


def _give_roles(top: list[Node]) -> None:
    stack = list(top)
    while stack:
        node = stack.pop()
        stack += node.children
        if node.mark is None or node.role is not Role.PARAGRAPH:
            continue
        if node.mark.rank <= Rank.ROMAN or (node.mark.rank <= Rank.NESTED and _titles(node)):
            node.role = Role.HEADING


def _titles(node: Node) -> bool:
    """ "1. Về phát triển kinh tế": a short text without full stop over children."""
    text = node.text
    if not text or not node.children:
        return False
    if text.isupper():
        return True
    if len(text) > _SHORT or text[-1] in ".;,…":
        return False
    labelled = any(c.mark is not None for c in node.children)
    return labelled or len(text) <= 110


def clauses(top: Sequence[Node]) -> tuple[tuple[Clause, ...], list[tuple[Path, int, int]]]:
    """The nodes as clauses, with the source lines of each; without recursion."""
    order: list[tuple[Path, Node]] = []
    stack: list[tuple[Path, Node]] = [((i,), n) for i, n in reversed(list(enumerate(top)))]
    while stack:
        path, node = stack.pop()
        order.append((path, node))
        stack += [((*path, i), n) for i, n in reversed(list(enumerate(node.children)))]
    made: dict[int, Clause] = {}
    for _, node in reversed(order):
        children = tuple(made.pop(id(n)) for n in node.children)
        label = node.mark.label if node.mark else None
        made[id(node)] = Clause(node.text, label, children, node.role, node.table)
    spans = [(path, node.first, node.last) for path, node in order]
    return tuple(made[id(n)] for n in top), spans


_END = re.compile(r"\s{0,3}(?:\.\s?/\s?\.|\./|/\.)\s{0,3}[”\"]?\s{0,3}$")


def cut_end_mark(text: str) -> str | None:
    """``text`` without "./." at its end (also ". /." and "./"), or None where it has none."""
    m = _END.search(text, max(0, len(text) - 16))
    return text[: m.start()].rstrip() if m else None
