"""The sheet: a document's clauses as the editor shows them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from agencies import daysoff
from documents.models import Clause
from documents.papers import Note, notes_of
from documents.tree import Line, Tree
from meetings.facts import as_data, facts_of
from meetings.services import own_days
from paper.value import Regime
from programmes import findings
from programmes.models import Programme


@dataclass
class Sheet:
    """All lines of a document in order, with labels, notes and meeting facts computed."""

    tree: Tree
    lines: list[Line]
    notes: dict[int, Note]
    year: int
    findings: dict[int, list[findings.Finding]] = field(default_factory=dict)

    @classmethod
    def of(cls, programme: Programme, tree: Tree | None = None) -> Sheet:
        """One query for the clauses (none where the tree is given), one for the days off, one for the
        meetings that were told."""
        tree = tree or Tree.load(programme.pk)
        lines = list(tree.lines())
        period = programme.period
        off = daysoff.names(period.previous.start, period.next.end)
        return cls(
            tree,
            lines,
            notes_of(lines, Regime(programme.issuing_body.regime)),
            period.year,
            findings.of_sheet(tree, lines, period, off, own_days(programme)),
        )

    def data(self) -> list[dict[str, Any]]:
        """Every line, for the page."""
        ids = {c.pk: str(c.public_id) for c in self.tree.clauses.values()}
        return [self.line(line, ids) for line in self.lines]

    def some(self, public_ids: set[str]) -> list[dict[str, Any]]:
        """The named lines in order."""
        ids = {c.pk: str(c.public_id) for c in self.tree.clauses.values()}
        return [self.line(each, ids) for each in self.lines if str(each.clause.public_id) in public_ids]

    def line(self, line: Line, ids: dict[int, str]) -> dict[str, Any]:
        clause = line.clause
        note = self.notes.get(clause.pk)
        meeting = clause.role == Clause.Role.MEETING
        return {
            "id": str(clause.public_id),
            "parent": ids.get(clause.parent_id) if clause.parent_id else None,
            "depth": line.depth,
            "label": line.label,
            "role": clause.role,
            "style": clause.style,
            "start": clause.start,
            "text": clause.text,
            "version": clause.version,
            "origin": clause.origin,
            "bodies": clause.bodies,
            "note": note_data(note),
            "when": as_data(facts_of(self.tree, clause, self.year).when) if meeting else None,
            "table": clause.table,
            "findings": self.findings.get(clause.pk, []),
        }

    def skeleton(self) -> list[list[Any]]:
        """The order, depth, label and note of every line, for an answer after a structural change."""
        ids = {c.pk: str(c.public_id) for c in self.tree.clauses.values()}
        return [
            [
                str(line.clause.public_id),
                ids.get(line.clause.parent_id) if line.clause.parent_id else None,
                line.depth,
                line.label,
                note_data(self.notes.get(line.clause.pk)),
            ]
            for line in self.lines
        ]


def note_data(note: Note | None) -> dict[str, Any] | None:
    return {"text": note.text, "inline": note.inline} if note else None


def plain_line(clause: Clause) -> dict[str, Any]:
    """A changed clause without its place: enough for an answer that moves nothing."""
    return {
        "id": str(clause.public_id),
        "text": clause.text,
        "version": clause.version,
        "role": clause.role,
        "style": clause.style,
        "start": clause.start,
        "bodies": clause.bodies,
        "findings": findings.of_words(clause.text),
    }
