"""Thu hồi: an issued paper is taken back, with a reason; its number stays in the register."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from agencies.models import Person
from documents import lifecycle, register
from documents.models import Document, RegisterEntry
from documents.operations import OperationError
from documents.services import locked
from lucngan.lib.dates import short

#: The shortest reason that says something.
SHORTEST = 5


@transaction.atomic
def recall(document: Document, *, reason: str, actor: Person, now: dt.datetime) -> Document:
    """Take an issued paper back.

    Effects: state revoked; one entry with the reason; a note beside its number in the register; the
    subscribers of "document.recall" (mails that wait are stopped, the recipients are told). Raises
    OperationError and changes nothing without a reason or for a paper that is not issued.
    """
    reason = " ".join(reason.split())
    if len(reason) < SHORTEST:
        raise OperationError(_("Hãy ghi lý do thu hồi."))
    row = locked(document)
    row = lifecycle.set_state(
        row, Document.State.REVOKED, action="document.recall", actor=actor, now=now, note=reason
    )
    _note_in_book(row, reason, actor=actor, now=now)
    return row


def _note_in_book(document: Document, reason: str, *, actor: Person, now: dt.datetime) -> None:
    """The number stays in the register; its last column says what became of the paper."""
    entry = RegisterEntry.objects.filter(document=document.pk).select_related("series__issuing_body").first()
    if entry is not None:
        day = short(timezone.localdate(now))
        said = _("Thu hồi ngày %(day)s: %(why)s") % {"day": day, "why": reason}
        register.note(entry, {"note": "\n".join(filter(None, (entry.note, said)))}, actor=actor, now=now)


def reason_of(document: Document) -> str:
    """Why the paper was taken back; empty while it was not."""
    if document.state != Document.State.REVOKED:
        return ""
    notes = document.log.filter(action="document.recall").values_list("note", flat=True)
    return notes.first() or ""
