"""Who signs, who seals, who files signed copies."""

from __future__ import annotations

from agencies.models import Person
from agencies.rules import standing
from documents.models import Document, SigningKey

#: People of an office whose signature a paper may bear.
SIGNERS = ("chief", "leader")
#: Who keeps the seal and the signed copies.
KEEPERS = ("registrar", "chief")


def may_open(person: Person, document: Document) -> bool:
    """May the person open the page of signing? Those who sign or keep the papers of its body."""
    return document.is_numbered and standing(person).holds(document.issuing_body_id, *SIGNERS, *KEEPERS)


def may_sign(person: Person, document: Document) -> bool:
    """May the person sign, each with his own key and name?"""
    return standing(person).holds(document.issuing_body_id, *SIGNERS)


def may_keep(person: Person, issuing_body_id: int) -> bool:
    """May the person seal for the body, choose the manner of signing and file signed copies?"""
    return standing(person).holds(issuing_body_id, *KEEPERS)


def may_use(person: Person, key: SigningKey, document: Document) -> bool:
    """May the person use this key on this paper?"""
    if key.is_seal:
        return key.issuing_body_id == document.issuing_body_id and may_keep(person, document.issuing_body_id)
    return key.owner_id == person.pk and may_sign(person, document)
