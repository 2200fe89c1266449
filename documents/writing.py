"""Writing into a paper from outside of its editor: whatever its kind asks to follow, follows.

A room above that keeps rows in step with the words of its papers (the meetings of a programme)
says here how its papers are written.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _

from agencies.models import Person
from documents.models import Clause, Document
from documents.operations import Gone, Outcome
from documents.operations.work import as_typed
from documents.services import locked, operate

Writer = Callable[..., object]
_WRITERS: dict[str, Writer] = {}


def writes(kind_code: str, writer: Writer) -> None:
    """Papers of this kind are written by ``writer(document, asked, *, actor, now)``, inside the running
    transaction, with the document locked."""
    _WRITERS[kind_code] = writer


def write(document: Document, asked: dict[str, Any], *, actor: Person, now: dt.datetime) -> object:
    """One operation on a draft that is locked in the running transaction."""
    writer: Writer = _WRITERS.get(document.kind_code) or plain
    return writer(document, asked, actor=actor, now=now)


def plain(document: Document, asked: dict[str, Any], *, actor: Person, now: dt.datetime) -> Outcome:
    return operate(document, asked, actor=actor, now=now, rewrite=as_typed)


def set_text(
    document: Document, clause: uuid.UUID, text: str, *, actor: Person, now: dt.datetime
) -> Document:
    """Give a clause of a draft another text, as one operation. Raises Gone where the clause is no more."""
    document = locked(document)
    row = Clause.objects.filter(document=document.pk, public_id=clause).first()
    if row is None:
        raise Gone(_("Mục này không còn trong văn bản."))
    asked = {
        "op": str(uuid.uuid4()),
        "kind": "text",
        "clause": str(clause),
        "version": row.version,
        "text": text,
    }
    write(document, asked, actor=actor, now=now)
    return document
