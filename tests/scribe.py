"""Writes in a programme as the editor does: operations with client-made ids."""

from __future__ import annotations

import uuid
from typing import Any

from agencies.models import Person
from documents.models import Clause, Document
from documents.models.document import DocumentQuerySet
from documents.operations import Outcome
from documents.papers import paper_of
from documents.tree import Tree
from paper.value import Role
from programmes import editing
from programmes.models import Programme
from tests.office import NOW


class Scribe:
    """One person typing in one programme."""

    def __init__(self, programme: Programme, person: Person) -> None:
        self.programme = programme
        self.person = person

    def do(self, kind: str, op: uuid.UUID | None = None, **asked: Any) -> Outcome:
        data = {"op": str(op or uuid.uuid4()), "kind": kind, **asked}
        return editing.operate(self.mine(), data, actor=self.person, now=NOW)[1]

    def mine(self) -> DocumentQuerySet:
        """The document, to be read anew."""
        return Document.objects.filter(pk=self.programme.pk)

    def add(self, text: str, after: Clause | None = None, under: Clause | None = None, **more: Any) -> Clause:
        """A new clause behind ``after`` or as the first child of ``under``."""
        new = uuid.uuid4()
        place = (
            {"after": str(after.public_id)} if after else {"parent": str(under.public_id) if under else None}
        )
        self.do("insert", id=str(new), text=text, **place, **more)
        return self.get(new)

    def get(self, public_id: uuid.UUID) -> Clause:
        return Clause.objects.get(public_id=public_id)

    def again(self, clause: Clause) -> Clause:
        return self.get(clause.public_id)

    def first(self) -> Clause:
        return next(Tree.load(self.programme.pk).lines()).clause

    def on(self, kind: str, clause: Clause, **more: Any) -> Outcome:
        """An operation on the newest version of a clause."""
        return self.do(kind, clause=str(clause.public_id), version=self.again(clause).version, **more)

    def read(self) -> list[str]:
        """The sheet as a person sees it: indented labels and texts."""
        return [
            "  " * line.depth + f"{line.label or '·'} {line.clause.text}"
            for line in Tree.load(self.programme.pk).lines()
        ]

    def printed(self) -> list[str]:
        """The lines of the body as they print, notes included."""
        return [
            f"{c.label or '·'} {c.text}" if c.role is not Role.NOTE else c.text
            for _, c in paper_of(self.programme).clauses()
        ]
