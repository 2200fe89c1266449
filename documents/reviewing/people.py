"""Whose turn it is: those who hold the role, or the named person, and their stand-ins of the day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, OuterRef, Q

from agencies.models import IssuingBody, Membership, Person, StandIn
from documents.models import Document, ReviewTurn
from documents.reviewing.route import Step


@dataclass(frozen=True, slots=True)
class Place:
    """In which place a person decides: one's own, or that of ``principal``."""

    person: Person
    principal: Person | None = None
    manner: str = ""


def holders(turn: ReviewTurn, today: dt.date) -> list[Person]:
    """The people who decide on the turn in their own right."""
    if turn.person is not None:
        return [turn.person]
    held = Membership.objects.on(today).filter(
        role=turn.role, issuing_body=turn.document.issuing_body_id, person__is_active=True
    )
    return [row.person for row in held.select_related("person").order_by("person__full_name", "pk")]


def named(steps: Iterable[Step], body: IssuingBody, today: dt.date) -> list[tuple[Step, list[str]]]:
    """Each step of a route with the names of those who hold its role today, in one query; no name is added
    to a step that names its person."""
    held: dict[str, list[str]] = {}
    rows = Membership.objects.on(today).filter(issuing_body=body, person__is_active=True)
    for role, name in rows.order_by("person__full_name").values_list("role", "person__full_name"):
        held.setdefault(role, []).append(name)
    return [(step, [] if step.person else held.get(step.role, [])) for step in steps]


def places(turn: ReviewTurn, today: dt.date) -> list[Place]:
    """Everybody who may decide on the turn today: the holders first, then who stands in for one of them."""
    own = holders(turn, today)
    found = [Place(person) for person in own]
    rows = StandIn.objects.filter(principal__in=own, since__lte=today, until__gte=today)
    rows = rows.filter(deputy__is_active=True).select_related("deputy", "principal").order_by("since", "pk")
    there = {person.pk for person in own}
    for row in rows:
        if row.deputy_id not in there:
            there.add(row.deputy_id)
            found.append(Place(row.deputy, row.principal, row.manner))
    return found


def place_of(person: Person | AnonymousUser, turn: ReviewTurn, today: dt.date) -> Place | None:
    """The place in which the person may decide on the turn, None for nobody's."""
    return next((place for place in places(turn, today) if place.person.pk == person.pk), None)


def open_turn(document: Document) -> ReviewTurn | None:
    """The turn that is open now."""
    rows = ReviewTurn.objects.filter(document=document.pk, state=ReviewTurn.State.OPEN)
    return rows.select_related("person", "version", "document__issuing_body").first()


def waiting_for(person: Person, today: dt.date) -> list[ReviewTurn]:
    """The open turns on which the person may decide and has not, the oldest first: one query."""
    stood_in = StandIn.objects.filter(deputy=person, since__lte=today, until__gte=today)
    people = Person.objects.filter(Q(pk=person.pk) | Q(pk__in=stood_in.values("principal")))
    held = Membership.objects.on(today).filter(
        person__in=people, role=OuterRef("role"), issuing_body=OuterRef("document__issuing_body")
    )
    mine = Q(person__in=people) | Q(person=None) & Exists(held)
    rows = ReviewTurn.objects.filter(mine, state=ReviewTurn.State.OPEN)
    rows = rows.exclude(decisions__person=person)
    return list(rows.select_related("document__issuing_body__agency", "person").order_by("opened_at", "pk"))
