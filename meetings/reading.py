"""What of a meeting's agenda a person reads on its page."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser
from django.db.models import Prefetch

from agencies.models import Person
from agencies.rules import standing
from documents import rules as documents
from meetings.models import AgendaItem, ItemDocument, ItemFile, Meeting
from meetings.models.agenda import AgendaItemQuerySet


def reads_whole(person: Person | AnonymousUser, meeting: Meeting) -> bool:
    """Does the person read the whole agenda? The office, its proposals too, and who may read the issued
    paper that announces it; others read what ``AgendaItem.objects.visible_to`` gives them."""
    if standing(person).holds(meeting.issuing_body_id):
        return True
    return meeting.section is not None and documents.may_see(person, meeting.section.document)


def items_for(person: Person | AnonymousUser, meeting: Meeting, *, whole: bool) -> AgendaItemQuerySet:
    """The items that the page shows the person, in their order, loaded with session, bodies and the
    documents ``filed`` for them with all their versions."""
    rows = AgendaItem.objects.all() if whole else AgendaItem.objects.visible_to(person)
    versions = Prefetch("versions", ItemFile.objects.select_related("agency"))
    filed = ItemDocument.objects.filter(removed_at=None).prefetch_related(versions)
    rows = rows.filter(meeting=meeting).order_by("position", "pk").select_related("session")
    rows = rows.prefetch_related("preparing", Prefetch("documents", filed, to_attr="filed"))
    return rows if standing(person).holds(meeting.issuing_body_id) else rows.accepted()
