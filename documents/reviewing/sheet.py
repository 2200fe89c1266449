"""The paper as reviewers see it: each clause with what was said of it and what changed since they agreed."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field

from documents.models import ClauseRemark, Decision, Document, Version
from documents.tree import Tree
from paper import json as paper_json
from paper.difference.value import Piece
from paper.difference.words import pieces_of


@dataclass(frozen=True, slots=True)
class Said:
    """A remark with the difference that it proposes, and whether the clause was written anew since."""

    row: ClauseRemark
    pieces: tuple[Piece, ...] = ()
    stale: bool = False


@dataclass(slots=True)
class ReviewLine:
    """One clause: its words, what was said of it, and how it differs from what this person agreed to."""

    key: uuid.UUID
    label: str
    text: str
    depth: int
    heading: bool
    remarks: list[Said] = field(default_factory=list)
    changed: tuple[Piece, ...] = ()
    fresh: bool = False


def lines_of(document: Document, agreed: Version | None) -> list[ReviewLine]:
    """The clauses in order. ``agreed`` is the version that the reader agreed to before: what is new or
    changed against it is marked. Three queries."""
    remarks: dict[uuid.UUID, list[ClauseRemark]] = {}
    rows = ClauseRemark.objects.filter(document=document.pk).select_related(
        "author", "principal", "decided_by"
    )
    for row in rows:
        remarks.setdefault(row.clause, []).append(row)
    before = texts_of(agreed) if agreed else {}
    found = []
    for line in Tree.load(document.pk).lines():
        clause = line.clause
        key, old = clause.public_id, before.get(str(clause.public_id))
        differs = agreed is not None and old is not None and old != clause.text
        found.append(
            ReviewLine(
                key,
                line.label or "",
                clause.text,
                line.depth,
                clause.role != clause.Role.PARAGRAPH,
                [said(row, clause.text) for row in remarks.get(key, ())],
                pieces_of(old or "", clause.text) if differs else (),
                agreed is not None and old is None,
            )
        )
    return found


def said(row: ClauseRemark, now: str) -> Said:
    pieces = pieces_of(row.base, row.proposal) if row.proposal else ()
    return Said(row, pieces, bool(row.proposal) and row.state == ClauseRemark.State.OPEN and row.base != now)


def texts_of(version: Version) -> dict[str, str]:
    """The words of each clause of a version, by its public id."""
    paper = paper_json.loads(version.paper)
    clauses = {".".join(map(str, path)): clause.text for path, clause in paper.clauses()}
    return {key: clauses[path] for path, key in version.keys.items() if path in clauses}


def agreed_by(document: Document, person_id: int | None) -> Version | None:
    """The last version that the person agreed to, None for nobody's and where it is the present one."""
    decision = (
        Decision.objects.filter(
            turn__document=document.pk, person=person_id, choice=Decision.Choice.APPROVE, carried=False
        )
        .select_related("turn__version")
        .order_by("-at", "-pk")
        .first()
    )
    if decision is None or decision.turn.version.revision == document.revision:
        return None
    return decision.turn.version
