"""Taking operations back, and doing them again."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from django.utils.translation import gettext as _

from agencies.models import Person
from documents.models import Document, Operation
from documents.operations.errors import OperationError
from documents.operations.record import Outcome, record, write
from documents.operations.values import as_uuid
from documents.operations.work import Work
from documents.tree import row


def undo(document: Document, op_id: Any, *, actor: Person, now: dt.datetime) -> Outcome:
    """Take back the actor's last operation that still stands. Raises OperationError when there is
    none, or when somebody has changed the same words since."""
    last = (
        Operation.objects.filter(document=document, actor=actor, undone=False)
        .exclude(kind__in=("undo", "redo", "details"))
        .order_by("-revision")
        .first()
    )
    if last is None:
        raise OperationError(_("Không còn thao tác nào để hoàn tác."))
    return _take_back(document, last, "undo", op_id, actor, now)


def redo(document: Document, op_id: Any, *, actor: Person, now: dt.datetime) -> Outcome:
    """Do again what the actor's last undo took back, unless something was done since."""
    latest = (
        Operation.objects.filter(document=document, actor=actor).exclude(kind="redo").order_by("-revision")
    )
    last = next((o for o in latest.filter(undone=False)[:1]), None)
    if last is None or last.kind != "undo":
        raise OperationError(_("Không có thao tác nào để làm lại."))
    outcome = _take_back(document, last, "redo", op_id, actor, now)
    assert last.undoes_id is not None  # an undo names what it undid
    Operation.objects.filter(pk=last.undoes_id).update(undone=False)
    return outcome


def _take_back(
    document: Document, done: Operation, kind: str, op_id: Any, actor: Person, now: dt.datetime
) -> Outcome:
    work = Work(document, {}, undoes=done)
    for change in _parents_first(done.changes):
        _revert(work, change)
    changes = work.changes()
    write(work)
    Operation.objects.filter(pk=done.pk).update(undone=True)
    return record(work, as_uuid(op_id), kind, changes, actor, now)


def _parents_first(changes: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Rows to bring back, parents before children; then changed rows; then rows to take out."""
    gone = {c["id"]: c for c in changes if c["after"] is None}

    def depth(change: dict[str, Any]) -> int:
        n, up = 0, change["before"]["parent"]
        while up in gone:
            n, up = n + 1, gone[up]["before"]["parent"]
        return n

    changed = [c for c in changes if c["before"] is not None and c["after"] is not None]
    made = [c for c in changes if c["before"] is None]
    return [*sorted(gone.values(), key=depth), *changed, *reversed(made)]


def _revert(work: Work, change: dict[str, Any]) -> None:
    key = as_uuid(change["id"])
    before, after = change["before"], change["after"]
    here = work.tree.clauses.get(key)
    if after is None:
        parent = work.find(before["parent"]) if before["parent"] else None
        values = {k: v for k, v in before.items() if k not in ("parent", "position")}
        work.create(key, parent, before["position"], **values)
        return
    if here is None:
        raise OperationError(_("Mục này đã bị xóa sau đó, không hoàn tác được."))
    if before is None:
        if here.text != after["text"] or any(
            c.public_id not in _made(work) for c in work.tree.children(here)
        ):
            raise OperationError(_("Mục này đã được sửa sau đó, không hoàn tác được."))
        work.remove(here)
        return
    now = row(here, work.parent_id(here))
    values = {name: before[name] for name in before if before[name] != after[name]}
    if any(now[name] != after[name] for name in values if name != "position"):
        raise OperationError(_("Mục này đã được sửa sau đó, không hoàn tác được."))
    if "parent" in values:
        values["parent"] = work.find(before["parent"]) if before["parent"] else None
    work.change(here, **values)


def _made(work: Work) -> set[uuid.UUID]:
    done = work.undoes.changes if work.undoes else []
    return {as_uuid(c["id"]) for c in done if c["before"] is None}
