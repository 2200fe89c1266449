"""Writing what an operation changed: rows, versions, the operation itself, the new revision."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass
from typing import Any

from agencies.models import Person
from documents.models import Clause, Document, Operation
from documents.operations.values import as_uuid
from documents.operations.work import Work
from documents.tree import FIELDS, Tree


@dataclass(frozen=True)
class Outcome:
    """What an operation did. ``repeated`` is True when the same id had been done before."""

    revision: int
    changes: list[dict[str, Any]]
    structural: bool
    clauses: dict[uuid.UUID, Clause]
    repeated: bool = False


def repeated(document: Document, asked: dict[str, Any]) -> Outcome | None:
    """The outcome of an operation that was done before under the same id, else None."""
    done = Operation.objects.filter(document=document, op_id=as_uuid(asked.get("op"))).first()
    if done is None:
        return None
    tree = Tree.load(document.pk)
    ids = [as_uuid(change["id"]) for change in done.changes]
    here = {i: tree.clauses[i] for i in ids if i in tree.clauses}
    return Outcome(document.revision, done.changes, True, here, repeated=True)


def write(work: Work) -> None:
    old = []
    for key, clause in work.touched.items():
        before = work.before[key]
        if before is None:
            continue
        if before["text"] != clause.text:
            clause.version += 1  # a neighbour that moves aside is no reason for a conflict
        old.append(clause)
    if len(old) == 1 and not work.structural:
        only = old[0]
        Clause.objects.filter(pk=only.pk).update(text=only.text, bodies=only.bodies, version=only.version)
    elif old:
        Clause.objects.bulk_update(old, [*FIELDS, "parent", "version"])
    if work.removed:
        Clause.objects.filter(pk__in=[c.pk for c in work.removed.values()]).delete()


def record(
    work: Work, op_id: uuid.UUID, kind: str, changes: list[dict[str, Any]], actor: Person, now: dt.datetime
) -> Outcome:
    document = work.document
    document.revision += 1
    document.updated_at = now
    Operation.objects.create(
        document=document,
        revision=document.revision,
        op_id=op_id,
        kind=kind,
        actor=actor,
        at=now,
        changes=changes,
        undoes=work.undoes,
    )
    Document.objects.filter(pk=document.pk).update(revision=document.revision, updated_at=now)
    return Outcome(document.revision, changes, work.structural, dict(work.touched))
