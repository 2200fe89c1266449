"""Who hears of a meeting's changes: those whom it concerns and who know of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from agencies.models import Membership, Person
from meetings.models import Attendee, Meeting, PreparingBody
from meetings.models.meeting import told_q


def of(meetings: Sequence[Meeting], today: dt.date) -> dict[int, list[Person]]:
    """Per meeting (its primary key): chair, persons who attend, officers of the agencies that attend
    or prepare; nobody for a meeting that was not told. Four queries for any number of meetings."""
    ids = [meeting.pk for meeting in meetings]
    known_of = told(meetings)
    people: dict[int, set[int]] = {
        m.pk: {m.chair_id} if m.chair_id else set() for m in meetings if m.pk in known_of
    }
    agencies: dict[int, set[int]] = {pk: set() for pk in known_of}
    rows = Attendee.objects.filter(meeting__in=known_of).order_by()
    for meeting, person, agency in rows.values_list("meeting_id", "person_id", "agency_id"):
        if person is not None:
            people[meeting].add(person)
        if agency is not None:
            agencies[meeting].add(agency)
    prepares = PreparingBody.objects.filter(item__meeting__in=known_of, agency__isnull=False).order_by()
    for meeting, agency in prepares.values_list("item__meeting_id", "agency_id"):
        agencies[meeting].add(agency)
    officers = officers_of({agency for group in agencies.values() for agency in group}, today)
    for meeting, group in agencies.items():
        people[meeting] |= {person for agency in group for person in officers.get(agency, ())}
    known = Person.objects.in_bulk({person for group in people.values() for person in group})
    return {
        pk: sorted((known[i] for i in people.get(pk, ()) if known[i].is_active), key=lambda p: p.pk)
        for pk in ids
    }


def told(meetings: Sequence[Meeting]) -> set[int]:
    """Which of the meetings (primary keys) those concerned know of."""
    ids = [meeting.pk for meeting in meetings]
    return set(Meeting.objects.filter(told_q(), pk__in=ids).order_by().values_list("pk", flat=True))


def officers_of(agencies: set[int], today: dt.date) -> dict[int, set[int]]:
    """Ids of the persons who answer for each agency today."""
    found: dict[int, set[int]] = {}
    rows = Membership.objects.on(today).filter(agency__in=agencies, role=Membership.Role.OFFICER).order_by()
    for agency, person in rows.values_list("agency_id", "person_id"):
        found.setdefault(agency, set()).add(person)
    return found
