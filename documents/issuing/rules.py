"""Who numbers and issues, who overrules a refusal, who takes an issued paper back."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser

from agencies.models import Person
from agencies.rules import standing
from documents.models import Document

#: Who writes number and date, and sends: the registrar, and the chief of the office.
REGISTRARS = ("registrar", "chief")
#: Who answers for issuing against a check, and who takes a paper back.
ANSWERABLE = ("chief", "leader")


def may_issue_for(person: Person | AnonymousUser, body_id: int) -> bool:
    """May the person number, issue and send papers of this body?"""
    return standing(person).holds(body_id, *REGISTRARS)


def may_overrule_for(person: Person | AnonymousUser, body_id: int) -> bool:
    """May the person let papers of this body go that a check refuses?"""
    return standing(person).holds(body_id, *ANSWERABLE)


def may_issue(person: Person | AnonymousUser, document: Document) -> bool:
    """May the person number, issue and send the paper?"""
    return may_issue_for(person, document.issuing_body_id)


def may_overrule(person: Person | AnonymousUser, document: Document) -> bool:
    """May the person let the paper go that a check refuses?"""
    return may_overrule_for(person, document.issuing_body_id)


def may_recall(person: Person | AnonymousUser, document: Document) -> bool:
    """May the person take an issued paper back?"""
    return standing(person).holds(document.issuing_body_id, *ANSWERABLE)


def is_ours(person: Person | AnonymousUser, document: Document) -> bool:
    """Does the person work for the body that issues the paper, or lead it?"""
    return standing(person).holds(document.issuing_body_id)
