"""Rows → Paper: what a document prints, with its labels and preparing notes computed."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from documents import secrecy
from documents.models import Clause, Document, Recipient
from documents.tree import Line, Tree
from paper import json as paper_json
from paper import notes
from paper.labels import BULLETS, LabelStyle
from paper.value import Clause as PaperClause
from paper.value import Paper, PartialDate, Regime, Role, Signature, Table
from paper.value import Recipient as PaperRecipient

#: Meeting headings in these styles are titles of parts and print bold; bulleted ones do not.
TITLE_STYLES = frozenset({LabelStyle.ALPHA_UPPER, LabelStyle.ROMAN, LabelStyle.ROMAN_DASH})


def paper_of(document: Document, tree: Tree | None = None) -> Paper:
    """The Paper of a document: an issued one from its snapshot, a draft from its rows."""
    snapshot = getattr(document, "snapshot", None)
    if snapshot is not None:
        return paper_json.loads(snapshot.paper)
    tree = tree or Tree.load(document.pk)
    return replace(
        head(document),
        body=body(tree, Regime(document.issuing_body.regime)),
        recipients=tuple(recipient(r) for r in document.recipients.all()),
    )


def head(document: Document) -> Paper:
    """Letterhead, title and signature block alone."""
    return Paper(
        regime=Regime(document.issuing_body.regime),
        superior=lines_of(document.superior_lines),
        issuer=lines_of(document.letterhead_lines),
        number=document.number,
        notation=document.notation or None,
        place=document.place or None,
        dated=PartialDate(document.year, document.month, document.day),
        urgency=document.urgency or None,
        secrecy=secrecy.mark_of(document),
        kind=document.kind or None,
        subject=lines_of(document.subject),
        end_mark=document.end_mark,
        signature=Signature(
            lines_of(document.signing_authority),
            document.signing_position or None,
            document.signing_name or None,
        ),
    )


def lines_of(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def recipient(row: Recipient) -> PaperRecipient:
    return PaperRecipient(row.text, row.purpose or None, row.mark)


@dataclass(frozen=True, slots=True)
class Note:
    """A preparing note that stands behind a clause: on a line of its own, or inside its text."""

    text: str
    inline: bool


def preparing(bodies: Iterable[dict[str, Any]]) -> notes.Preparing:
    """The bodies of a clause as the note writer takes them."""
    rows = list(bodies)
    return notes.Preparing(
        lead=tuple(b["name"] for b in rows if b["lead"]),
        coordinate=tuple(b["name"] for b in rows if not b["lead"]),
    )


def notes_of(lines: list[Line], regime: Regime) -> dict[int, Note]:
    """The computed notes of a whole document by primary key of the clause they stand behind."""
    found: dict[int, Note] = {}
    groups: dict[int | None, list[Line]] = {}
    for line in lines:
        if line.clause.style and line.clause.style not in BULLETS:
            groups.setdefault(line.clause.parent_id, []).append(line)
    form = notes.NoteForm(regime)
    for group in groups.values():
        if any(line.clause.bodies for line in group):
            items = [(line.label, preparing(line.clause.bodies)) for line in group]
            for note in notes.compute(items, form):
                found[group[note.after].clause.pk] = Note(note.text, note.inline)
    return found


def body(tree: Tree, regime: Regime) -> tuple[PaperClause, ...]:
    """The clauses of a document as they print."""
    lines = list(tree.lines())
    written = notes_of(lines, regime)
    built: dict[int | None, list[PaperClause]] = {}
    for line in reversed(lines):
        clause = line.clause
        children = tuple(reversed(built.pop(clause.pk, [])))
        note = written.get(clause.pk)
        row = built.setdefault(clause.parent_id, [])
        if note and not note.inline:
            row.append(PaperClause(note.text, role=Role.NOTE))
        text = with_note(clause.text, note.text) if note and note.inline else clause.text
        row.append(PaperClause(text, line.label, children, role_of(clause, children), table_of(clause)))
    return tuple(reversed(built.get(None, [])))


def with_note(text: str, note: str) -> str:
    """The item with its note before the full stop: "Báo cáo … (Phòng Nội vụ chuẩn bị)."."""
    text = text.rstrip()
    end = re.search(r"[.;]$", text)
    if end:
        return f"{text[:-1].rstrip()} {note.rstrip('.')}{end[0]}"
    return f"{text} {note.rstrip('.')}"


def role_of(clause: Clause, children: tuple[PaperClause, ...]) -> Role:
    """A meeting is a title where it opens a part or heads an agenda; a bulleted one never is."""
    if clause.role == Clause.Role.HEADING:
        return Role.HEADING
    agenda = bool(clause.style) and clause.style not in BULLETS and any(c.label for c in children)
    if clause.role == Clause.Role.MEETING and (clause.style in TITLE_STYLES or agenda):
        return Role.HEADING
    return Role.PARAGRAPH


def table_of(clause: Clause) -> Table | None:
    if not clause.table:
        return None
    return Table(
        tuple(tuple(cell for cell in row) for row in clause.table["rows"]), clause.table["header_rows"]
    )
