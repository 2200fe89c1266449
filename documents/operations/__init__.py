"""The one door through which the text of a document changes (thao tác soạn thảo).

An operation is data that the client made: a kind, a client-made id (a repeat does nothing
twice), the clause, and the version it started from. A handler turns it into changed rows;
:func:`apply` writes them, the operation and the new revision in one transaction.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils.translation import gettext as _

from agencies.models import Person
from documents.models import Clause, Document
from documents.operations import children, meanings, places, shape  # they register their handlers
from documents.operations.errors import Conflict, Gone, OperationError
from documents.operations.record import Outcome, record, repeated, write
from documents.operations.registry import HANDLERS
from documents.operations.undo import redo, undo
from documents.operations.values import as_uuid
from documents.operations.work import Rewrite, Work, as_typed
from documents.tree import Tree

__all__ = [
    "Conflict",
    "Gone",
    "OperationError",
    "Outcome",
    "Rewrite",
    "apply",
    "as_uuid",
    "children",
    "meanings",
    "places",
    "redo",
    "repeated",
    "shape",
    "undo",
]


def apply(
    document: Document,
    asked: dict[str, Any],
    *,
    actor: Person,
    now: dt.datetime,
    rewrite: Rewrite = as_typed,
) -> Outcome:
    """Do one operation. Call inside ``transaction.atomic`` with the document's row locked.

    Effects: the changed rows with their versions raised, one Operation, the document's revision
    and time. Nothing happens when the id was done before, or when nothing would change.
    Raises OperationError (Conflict, Gone) and changes nothing.
    """
    op_id = as_uuid(asked.get("op"))
    kind = asked.get("kind")
    if not isinstance(kind, str) or kind not in HANDLERS:
        raise OperationError(_("Không có thao tác này."))
    work = Work(document, asked, rewrite)
    if kind == "text":
        work.loaded = Tree.of(_only(document, asked))
    HANDLERS[kind](work)
    work.refuse_depth()
    changes = work.changes()
    if not changes:
        return Outcome(document.revision, [], False, {})
    write(work)
    return record(work, op_id, kind, changes, actor, now)


def _only(document: Document, asked: dict[str, Any]) -> list[Clause]:
    """For the commonest operation: the one clause alone."""
    named = Clause.objects.filter(document_id=document.pk, public_id=as_uuid(asked.get("clause"))).order_by()
    return list(named)
