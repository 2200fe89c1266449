"""Who may see and do what with a document; ``DocumentQuerySet.visible_to`` is the list form."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser

from agencies.models import Person
from agencies.rules import standing
from documents.models.document import DRAFTERS, Document, DocumentAgency, Recipient


def may_see(person: Person | AnonymousUser, document: Document) -> bool:
    """Office and leaders of the issuing body; recipients and named bodies once it is issued."""
    who = standing(person)
    if who.holds(document.issuing_body_id):
        return True
    if not who.agencies or not document.is_numbered:
        return False
    return (
        Recipient.objects.filter(document=document, agency__in=who.agencies).exists()
        or DocumentAgency.objects.filter(document=document, agency__in=who.agencies).exists()
    )


def may_draft_for(person: Person | AnonymousUser, issuing_body_id: int) -> bool:
    """May the person write papers of this issuing body?"""
    return standing(person).holds(issuing_body_id, *DRAFTERS)


def may_see_history(person: Person | AnonymousUser, document: Document) -> bool:
    """How a paper was written is the concern of its own office and leaders, not of its recipients."""
    return standing(person).holds(document.issuing_body_id)


def may_edit(person: Person | AnonymousUser, document: Document) -> bool:
    """A draft is edited by the drafters and the chief of its office."""
    return document.is_draft and may_draft_for(person, document.issuing_body_id)
