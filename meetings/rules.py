"""Who may see and do what with a meeting; ``visible_to`` on the querysets is the list form."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser
from django.db import models

from agencies.models import Person
from agencies.rules import standing
from documents import rules as documents
from documents.models.document import DRAFTERS
from meetings.models import AgendaItem, Attendee, ItemDocument, ItemFile, Meeting, PreparingBody


def is_told(meeting: Meeting) -> bool:
    """Do those concerned know of the meeting: it was told to them, or an issued paper announces it?"""
    section = meeting.section
    return meeting.announced_at is not None or (section is not None and section.document.is_in_force)


def may_see(person: Person | AnonymousUser, meeting: Meeting) -> bool:
    """The office and leaders of its body; readers of the issued paper that announces it; once told,
    its chair, those who attend, and those who prepare."""
    who = standing(person)
    if who.holds(meeting.issuing_body_id):
        return True
    if who.person_id is None:
        return False
    section = meeting.section
    if section is not None and section.document.is_in_force and documents.may_see(person, section.document):
        return True
    return is_told(meeting) and (
        meeting.chair_id == who.person_id
        or _asked(person, meeting).exists()
        or PreparingBody.objects.filter(item__meeting=meeting, agency__in=who.agencies).exists()
    )


def may_manage(person: Person | AnonymousUser, meeting: Meeting) -> bool:
    """Plan, move, invite, run: the drafters and the chief of the meeting's office."""
    return may_manage_for(person, meeting.issuing_body_id)


def may_manage_for(person: Person | AnonymousUser, issuing_body_id: int) -> bool:
    return standing(person).holds(issuing_body_id, *DRAFTERS)


def may_see_item(person: Person | AnonymousUser, item: AgendaItem) -> bool:
    """May read the documents of the item; ``AgendaItem.objects.visible_to`` says who may."""
    who, meeting = standing(person), item.meeting
    if who.holds(meeting.issuing_body_id):
        return True
    if who.person_id is None or not is_told(meeting):
        return False
    if meeting.chair_id == who.person_id or prepares(person, item):
        return True
    if item.state != AgendaItem.State.ACCEPTED:
        return False
    for attendee in _asked(person, meeting):
        if attendee.item_id == item.pk:
            return True
        if attendee.item_id is None and attendee.session_id in (None, item.session_id):
            return True
    return False


def prepares(person: Person | AnonymousUser, item: AgendaItem) -> bool:
    """Is the person an officer of a body that prepares the item, leading or coordinating?"""
    agencies = standing(person).agencies
    return bool(agencies) and item.preparing.filter(agency__in=agencies).exists()


def may_upload(person: Person | AnonymousUser, item: AgendaItem) -> bool:
    """Send documents for the item: its preparing bodies once the meeting is told, and the office;
    nobody when the meeting is over or off."""
    meeting = item.meeting
    if not meeting.is_open and meeting.state != Meeting.State.POSTPONED:
        return False
    return may_manage(person, meeting) or (is_told(meeting) and prepares(person, item))


def may_send_version(person: Person | AnonymousUser, document: ItemDocument) -> bool:
    """Send a newer version: the office, and an agency that sent one of them before."""
    if not may_upload(person, document.item):
        return False
    return may_manage(person, document.item.meeting) or sent(person, document)


def may_remove(person: Person | AnonymousUser, document: ItemDocument) -> bool:
    """Take a document off: the office; the agency that sent it while nothing of it was accepted."""
    if not may_send_version(person, document):
        return False
    accepted = document.versions.filter(state=ItemFile.State.ACCEPTED)
    return may_manage(person, document.item.meeting) or not accepted.exists()


def sent(person: Person | AnonymousUser, document: ItemDocument) -> bool:
    """Does the person answer for an agency that sent a version of the document?"""
    agencies = standing(person).agencies
    return bool(agencies) and document.versions.filter(agency__in=agencies).exists()


def may_see_file(person: Person | AnonymousUser, file: ItemFile) -> bool:
    """May read this version; ``ItemFile.objects.visible_to`` says who may."""
    who, item = standing(person), file.document.item
    if not may_see_item(person, item):
        return False
    if who.holds(item.meeting.issuing_body_id) or file.agency_id in who.agencies:
        return True
    return file.document.removed_at is None and file == file.document.versions.valid().first()


def may_decide_documents(person: Person | AnonymousUser, item: AgendaItem) -> bool:
    """Accept or return what was sent: the office."""
    return may_manage(person, item.meeting)


def may_review(person: Person | AnonymousUser, meeting: Meeting) -> bool:
    """Note, remark, agree, ask for changes: leaders of the body and the chair."""
    who = standing(person)
    if who.holds(meeting.issuing_body_id, "leader"):
        return True
    return who.person_id is not None and meeting.chair_id == who.person_id and is_told(meeting)


def _asked(person: Person | AnonymousUser, meeting: Meeting) -> models.QuerySet[Attendee]:
    who = standing(person)
    return Attendee.objects.filter(
        models.Q(person=who.person_id) | models.Q(agency__in=who.agencies), meeting=meeting
    )
