"""Operations of the editor on a programme; its meetings follow in the same transaction."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from agencies.models import Person
from documents import services as documents
from documents.models import Clause, Document
from documents.models.document import DocumentQuerySet
from documents.operations import OperationError, Outcome, as_uuid, repeated
from documents.tree import Tree
from meetings import services as meetings
from meetings.facts import from_data, rewriting, year_of
from paper import when as phrases

#: All that most operations ask of the document's row; the rest is read where it is needed.
HEAD = ("state", "revision", "issuing_body")

Done = tuple[Document, Outcome, Tree | None]


def operate(mine: DocumentQuerySet, asked: dict[str, Any], *, actor: Person, now: dt.datetime) -> Done:
    """One operation, once per client-made id; kind "schedule" moves a meeting.

    ``mine`` holds the one document, restricted to what the person may write; its programme is asked
    for only where a meeting is concerned. Returns the document as it is now, what was done, and the
    tree where the operation moved something. Raises Document.DoesNotExist, or OperationError
    (Conflict, Gone, NotEditable) and changes nothing.
    """
    try:
        with transaction.atomic():
            document = mine.for_writing().only(*HEAD).get()
            return document, *write(document, _as_words(document, asked), actor=actor, now=now)
    except (IntegrityError, OperationError):
        document = mine.get()
        done = repeated(document, asked)
        if done is None:
            raise
        return document, done, Tree.load(document.pk)


def write(
    document: Document, asked: dict[str, Any], *, actor: Person, now: dt.datetime
) -> tuple[Outcome, Tree | None]:
    """The operation and what follows of it, on a document that is locked in the running transaction."""
    outcome = documents.operate(document, asked, actor=actor, now=now, rewrite=rewriting(document))
    if not outcome.changes:
        return outcome, None
    clauses = outcome.clauses.values()
    only_words = not outcome.structural and asked.get("kind") == "text"
    if only_words and all(c.role != Clause.Role.MEETING for c in clauses):
        return outcome, None
    tree = Tree.load(document.pk)
    meetings.follow(document, tree, year_of(document))
    return outcome, tree


def _as_words(document: Document, asked: dict[str, Any]) -> dict[str, Any]:
    """A new time of a meeting as what it is: new words of its clause. Other kinds stay as they are.

    Raises OperationError for a clause that is no meeting or a date that does not exist.
    """
    if asked.get("kind") != "schedule":
        return asked
    named = as_uuid(asked.get("clause"))
    clause = Clause.objects.filter(document_id=document.pk, public_id=named).first()
    if clause is None or clause.role != Clause.Role.MEETING:
        raise OperationError(_("Mục này không phải hội nghị."))
    try:
        when = from_data(asked.get("when") or {})
    except (AttributeError, TypeError, ValueError, OverflowError):
        raise OperationError(_("Ngày hoặc giờ không có thật. Hãy kiểm tra lại.")) from None
    text = phrases.rephrase(clause.text, when, year_of(document))
    return {**asked, "kind": "text", "text": text}
