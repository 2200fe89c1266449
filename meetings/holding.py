"""Holding a meeting while it is changed: the paper that announces it first, then the meeting."""

from __future__ import annotations

from documents.models import Document
from meetings.models import Meeting


class MeetingError(ValueError):
    """A change of a meeting that is not possible; its text is the sentence for the user."""


def held(meeting: Meeting) -> Meeting:
    """The row as it is now, held until the transaction ends (SQLite holds the whole file).

    The editor holds the document and then writes its meetings; whoever changes a meeting keeps that
    order, so that two never wait for each other. Raises Meeting.DoesNotExist.
    """
    list(Document.objects.for_writing().filter(clauses__meeting=meeting.pk).only("pk"))
    rows = Meeting.objects.select_for_update(of=("self",))
    return rows.select_related("issuing_body__agency", "section__document").get(pk=meeting.pk)
