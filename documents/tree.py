"""The clauses of one document as a tree in memory: order, labels, places for new rows."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from documents.models.clause import STEP, Clause
from paper.labels import BULLETS, LabelStyle, label

#: The fields of a clause that operations change and undo.
FIELDS = ("position", "role", "style", "start", "text", "bodies", "table", "origin")


@dataclass(slots=True)
class Line:
    """One clause at its place, with the label that is printed."""

    clause: Clause
    depth: int
    label: str | None
    ordinal: int


@dataclass
class Tree:
    """All clauses of a document, read in one query."""

    clauses: dict[uuid.UUID, Clause] = field(default_factory=dict)
    _children: dict[int | None, list[Clause]] | None = None

    @classmethod
    def load(cls, document_id: int) -> Tree:
        return cls.of(Clause.objects.filter(document_id=document_id))

    @classmethod
    def of(cls, clauses: Iterable[Clause]) -> Tree:
        return cls({c.public_id: c for c in clauses})

    def children(self, parent: Clause | None) -> list[Clause]:
        """The direct children in order; of the document itself for None."""
        if self._children is None:
            self._children = {}
            for clause in sorted(self.clauses.values(), key=lambda c: (c.position, c.pk)):
                self._children.setdefault(clause.parent_id, []).append(clause)
        return self._children.get(parent.pk if parent else None, [])

    def parent(self, clause: Clause) -> Clause | None:
        if clause.parent_id is None:
            return None
        return next(c for c in self.clauses.values() if c.pk == clause.parent_id)

    def siblings(self, clause: Clause) -> list[Clause]:
        return self.children(self.parent(clause))

    def neighbour(self, clause: Clause, step: int) -> Clause | None:
        """The sibling ``step`` places away, None beyond the ends."""
        row = self.siblings(clause)
        at = row.index(clause) + step
        return row[at] if 0 <= at < len(row) else None

    def subtree(self, clause: Clause) -> list[Clause]:
        """The clause and everything under it, parents first."""
        found, queue = [], [clause]
        while queue:
            here = queue.pop()
            found.append(here)
            queue += reversed(self.children(here))
        return found

    def lines(self) -> Iterator[Line]:
        """Every clause in reading order with depth and label."""
        stack: list[Line] = list(reversed(self._numbered(None, None, 0)))
        while stack:
            line = stack.pop()
            yield line
            stack += reversed(self._numbered(line.clause, line.label, line.depth + 1))

    def _numbered(self, parent: Clause | None, above: str | None, depth: int) -> list[Line]:
        """Siblings with their labels: each style counts for itself, ``start`` sets its count."""
        counts: dict[str, int] = {}
        row = []
        for clause in self.children(parent):
            style = LabelStyle(clause.style)
            n = clause.start if clause.start is not None else counts.get(style, 0) + 1
            counts[style] = n
            row.append(Line(clause, depth, label(style, n, above), n))
        return row

    def changed(self) -> None:
        """Forget the order after rows were moved."""
        self._children = None

    def gap(self, parent: Clause | None, after: Clause | None) -> int | None:
        """A free position behind ``after`` (before the first for None), None when there is no room."""
        row = self.children(parent)
        at = row.index(after) + 1 if after else 0
        low = row[at - 1].position if at else None
        high = row[at].position if at < len(row) else None
        if low is None and high is None:
            return STEP
        if low is None:
            return high - STEP if high is not None else STEP
        if high is None:
            return low + STEP
        return (low + high) // 2 if high - low > 1 else None


def last(row: list[Clause]) -> Clause | None:
    """The last of a row, None of an empty one."""
    return row[-1] if row else None


def child_style(tree: Tree, parent: Clause | None, scheme: list[str]) -> str:
    """The label style that a new child of ``parent`` takes: that of its last labelled child, else
    that of the cousins, else the next one of the document's scheme."""
    for clause in reversed(tree.children(parent)):
        if clause.style:
            return clause.style
    if parent is None:
        return scheme[0] if scheme else LabelStyle.ROMAN
    for uncle in tree.siblings(parent):
        for cousin in tree.children(uncle):
            if cousin.style:
                return cousin.style
    if parent.style in scheme and scheme.index(parent.style) + 1 < len(scheme):
        return scheme[scheme.index(parent.style) + 1]
    if parent.style in BULLETS:
        return LabelStyle.PLUS
    return LabelStyle.DASH if parent.style else ""


def row(clause: Clause, parent: uuid.UUID | None) -> dict[str, Any]:
    """What an operation stores of a clause."""
    return {"parent": str(parent) if parent else None, **{name: getattr(clause, name) for name in FIELDS}}
