"""Whom an office can ask to its meetings, and who is meant by the words that somebody typed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from agencies.models import Agency, IssuingBody, Membership, Person
from agencies.models.issuing import OFFICE
from agencies.rules import standing
from lucngan.lib.text import fold, one_line


def people_for(person: Person, today: dt.date) -> QuerySet[Person]:
    """Persons whom the person's offices know: those with a role at issuing bodies of the same place,
    and the officers of agencies. Nobody for a person without an office."""
    places = IssuingBody.objects.filter(pk__in=standing(person).office_of()).order_by().values("place")
    held = Membership.objects.on(today).filter(
        Q(issuing_body__place__in=places) | Q(role=Membership.Role.OFFICER)
    )
    if not standing(person).office_of():
        return Person.objects.none()
    return Person.objects.filter(is_active=True, pk__in=held.order_by().values("person"))


def office_of(body_id: int, today: dt.date) -> QuerySet[Person]:
    """The people with a role at an issuing body: any of them may chair its meetings."""
    held = Membership.objects.on(today).filter(issuing_body=body_id, role__in=OFFICE)
    return Person.objects.filter(is_active=True, pk__in=held.order_by().values("person"))


def matching(people: QuerySet[Person], words: str, most: int) -> list[Person]:
    """Persons whose name or position contains the words, marks and case ignored; those whose name has
    a word that begins so come first."""
    needle = fold(words)
    found = [p for p in people.order_by("full_name", "pk") if needle in fold(f"{p.full_name} {p.position}")]
    found.sort(key=lambda p: f" {needle}" not in f" {fold(p.full_name)}")
    return found[:most]


@dataclass(frozen=True, slots=True)
class Meant:
    """A person or an agency behind some words; ``ref`` is "p12" or "a7"."""

    ref: str
    name: str
    more: str


def meant(words: str, *, people: Iterable[Person], day: dt.date) -> list[Meant]:
    """Everybody whose full name, and every agency whose name or alias, is what the words say. An agency
    that is no more on ``day`` counts where no other bears the name."""
    needle = fold(words)
    if not needle:
        return []
    found = [Meant(f"p{p.pk}", str(p), p.position) for p in people if needle in _names_of(p)]
    rows = Agency.objects.filter(Q(folded__contains=needle) | Q(aliases__folded=needle)).distinct()
    named = [a for a in rows.prefetch_related("aliases") if needle in _names_of_agency(a)]
    alive = [a for a in named if (a.valid_from or day) <= day <= (a.valid_to or day)]
    return found + [Meant(f"a{a.pk}", str(a), a.name) for a in alive or named]


def _names_of(person: Person) -> set[str]:
    return {fold(str(person)), fold(f"{person} ({person.position})"), fold(f"{person}, {person.position}")}


def _names_of_agency(agency: Agency) -> set[str]:
    return {fold(agency.name), fold(agency.short_name), *(alias.folded for alias in agency.aliases.all())}


def says(words: str, named: Any) -> bool:
    """Do the words still name this person or agency?"""
    if isinstance(named, Person):
        return fold(one_line(words)) in _names_of(named)
    return fold(one_line(words)) in _names_of_agency(named)
