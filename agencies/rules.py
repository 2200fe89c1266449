"""Permission primitives: which roles a person holds today, read once per request.

Every room's ``rules.py`` asks here; nobody reads memberships elsewhere.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser
from django.db.models import F
from django.utils import timezone

from agencies.models import Membership, Person
from agencies.models.issuing import OFFICE

#: Issuing bodies before agencies, the oldest first.
HOME_FIRST = (F("issuing_body").asc(nulls_last=True), F("agency").asc(nulls_last=True))


@dataclass(frozen=True, slots=True)
class Standing:
    """What a person may be on a given day.

    ``bodies`` maps each role to the ids of issuing bodies where the person holds it;
    ``agencies`` are the agencies for which the person answers as an officer. ``home`` is the name of the
    office where the person sits: the first issuing body, else the first agency.
    """

    person_id: int | None
    bodies: dict[str, frozenset[int]]
    agencies: frozenset[int]
    is_administrator: bool
    home: str = ""

    def office_of(self, *roles: str) -> frozenset[int]:
        """Ids of the issuing bodies where one of the roles is held (any office role by default)."""
        return frozenset().union(*(self.bodies.get(role, frozenset()) for role in roles or OFFICE))

    def holds(self, body_id: int, *roles: str) -> bool:
        """Does the person hold one of the roles at this issuing body?"""
        return body_id in self.office_of(*roles)


def standing(person: Person | AnonymousUser, day: dt.date | None = None) -> Standing:
    """The person's standing on ``day`` (today by default): one query, remembered on the person."""
    day = day or timezone.localdate()
    remembered: dict[dt.date, Standing] = person.__dict__.setdefault("_standing", {})
    if day not in remembered:
        remembered[day] = _standing(person, day)
    return remembered[day]


def _standing(person: Person | AnonymousUser, day: dt.date) -> Standing:
    if not isinstance(person, Person) or person.pk is None or not person.is_active:
        return Standing(None, {}, frozenset(), False)
    bodies: dict[str, set[int]] = {}
    agencies: set[int] = set()
    administrator = False
    home = ""
    rows = Membership.objects.filter(person_id=person.pk)
    for role, body, agency, since, until, office, place in rows.order_by(*HOME_FIRST).values_list(
        "role", "issuing_body_id", "agency_id", "since", "until", "issuing_body__agency__name", "agency__name"
    ):
        if day < since or (until is not None and until < day):
            continue
        home = home or office or place or ""
        if body is not None:
            bodies.setdefault(role, set()).add(body)
        elif agency is not None:
            agencies.add(agency)
        else:
            administrator = True
    held = {role: frozenset(ids) for role, ids in bodies.items()}
    return Standing(person.pk, held, frozenset(agencies), administrator, home)
