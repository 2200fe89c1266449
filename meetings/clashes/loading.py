"""Events from rows, with a number of queries that does not depend on how many there are."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.db.models import BigIntegerField, CharField, Q, QuerySet, Value
from django.db.models.functions import Cast, Coalesce
from django.urls import reverse

from agencies.models import Person
from lucngan.lib.workdays import DAY
from meetings.clashes.days import days_of
from meetings.clashes.events import (
    LONGEST,
    OFF,
    ROLES,
    Event,
    Need,
    Spell,
    Window,
)
from meetings.models import (
    AgendaItem,
    Appointment,
    Attendee,
    ConnectingPoint,
    Meeting,
    PreparingBody,
    Session,
)


@dataclass(slots=True)
class Details:
    """What hangs on meetings, by meeting: two queries for any number of them. A need is (kind, id,
    name, session or None)."""

    needs: dict[int, list[tuple[str, int, str, int | None]]] = field(
        default_factory=lambda: defaultdict(list)
    )
    sessions: dict[int, list[Session]] = field(default_factory=lambda: defaultdict(list))

    @classmethod
    def load(cls, ids: Sequence[int]) -> Details:
        found = cls()
        if not ids:
            return found
        for meeting, pk, name, session, kind in _needs(ids):
            found.needs[meeting].append((kind, pk, name, session))
        for session in Session.objects.filter(meeting__in=ids):
            found.sessions[session.meeting_id].append(session)
        return found

    def ids(self, meeting: int, kind: str) -> frozenset[int]:
        return frozenset(need[1] for need in self.needs.get(meeting, ()) if need[0] == kind)


def _needs(ids: Sequence[int]) -> Any:
    """Who attends, what is prepared by whom, which rooms are connected: one query of
    (meeting, id, name, session, kind)."""
    asked = Attendee.objects.filter(meeting__in=ids, text="").order_by()
    session = Coalesce("session_id", "item__session_id")
    nothing = Cast(Value(None), BigIntegerField())
    people = asked.filter(person__isnull=False).annotate(at=session, kind=_said("person"))
    agencies = asked.filter(agency__isnull=False).annotate(at=session, kind=_said("agency"))
    prepares = preparing(ids).annotate(at=nothing, kind=_said("prepares"))
    rooms = ConnectingPoint.objects.filter(meeting__in=ids, room__isnull=False).order_by()
    return people.values_list("meeting_id", "person_id", "person__full_name", "at", "kind").union(
        agencies.values_list("meeting_id", "agency_id", "agency__short_name", "at", "kind"),
        prepares.values_list("item__meeting_id", "agency_id", "agency__short_name", "at", "kind"),
        rooms.annotate(at=nothing, kind=_said("room")).values_list(
            "meeting_id", "room_id", "room__name", "at", "kind"
        ),
    )


def _said(kind: str) -> Value:
    return Value(kind, output_field=CharField())


def preparing(meetings: Any) -> QuerySet[PreparingBody]:
    """Who prepares the items that stand on the agendas of these meetings."""
    gone = (AgendaItem.Outcome.WITHDRAWN, AgendaItem.Outcome.POSTPONED)
    return (
        PreparingBody.objects.filter(
            item__meeting__in=meetings, item__state=AgendaItem.State.ACCEPTED, agency__isnull=False
        )
        .exclude(item__outcome__in=gone)
        .order_by()
    )


def event_of(
    meeting: Meeting,
    details: Details,
    days: Sequence[tuple[dt.date, Spell]],
    *,
    hidden: bool = False,
    own: bool = True,
) -> Event:
    """A meeting that opens on these days, with its chair, people, bodies and rooms."""
    pk = meeting.pk or 0
    sessions = details.sessions.get(pk, [])
    by_session = {
        session.pk: tuple(Spell.of(session, day + DAY * session.days_after) for day, _s in days)
        for session in sessions
    }
    whole = tuple(spell for _d, spell in days) + tuple(s for spells in by_session.values() for s in spells)
    needs = []
    if meeting.chair_id and meeting.chair:
        needs.append(Need("person", meeting.chair_id, str(meeting.chair), "chair", whole))
    if meeting.room_id and meeting.room:
        needs.append(Need("room", meeting.room_id, str(meeting.room), "", whole))
    for kind, need, name, session in details.needs.get(pk, ()):
        spells = by_session.get(session, whole) if session else whole
        needs.append(Need(kind, need, name, ROLES.get(kind, ""), spells))
    return Event(
        key=("meeting", pk),
        title=meeting.title,
        public_id=meeting.public_id,
        url=reverse("meetings:detail", args=[meeting.public_id]),
        hidden=hidden,
        own=own,
        needs=tuple(needs),
    )


def spelled(
    meeting: Meeting, window: Window, off: frozenset[dt.date] = frozenset()
) -> list[tuple[dt.date, Spell]]:
    """The openings of a meeting that may reach into the window, its sessions of later days included."""
    early = window if meeting.weekly_on is not None else (window[0] - LONGEST, window[1])
    return [(day, Spell.of(meeting, day)) for day in days_of(meeting, early, off)]


def in_window(window: Window) -> Q:
    """Live meetings that may take a day of the window."""
    first = window[0]
    long = Session.objects.filter(days_after__gt=0).values("meeting")
    dated = Q(on__range=window) | Q(on__range=(first - LONGEST, first), pk__in=long)
    return (dated | Q(weekly_on__isnull=False)) & ~Q(state__in=OFF)


@dataclass(slots=True)
class Wanted:
    """Persons, rooms and bodies that others may hold: literal ids, and those of saved meetings."""

    meetings: Sequence[int] = ()
    people: frozenset[int] = frozenset()
    agencies: frozenset[int] = frozenset()
    preparing: frozenset[int] = frozenset()
    rooms: frozenset[int] = frozenset()
    appointments: Sequence[int] = ()

    def in_meetings(self) -> Q:
        """Meetings that need any of them: chair, attendee, room, body that prepares."""
        asked = Attendee.objects.filter(meeting__in=self.meetings).order_by()
        invited = Q(person__in=self.people) | Q(agency__in=self.agencies)
        invited |= Q(person__in=self._people()) | Q(agency__in=asked.values("agency"))
        prepares = Q(agency__in=self.preparing) | Q(agency__in=preparing(self.meetings).values("agency"))
        held = ConnectingPoint.objects.filter(room__in=self.rooms).values("meeting")
        return (
            Q(chair__in=self.people)
            | Q(chair__in=self._people())
            | Q(room__in=self.rooms)
            | Q(pk__in=held)
            | Q(pk__in=Attendee.objects.filter(invited).order_by().values("meeting"))
            | Q(pk__in=PreparingBody.objects.filter(prepares).order_by().values("item__meeting"))
        )

    def in_appointments(self) -> Q:
        return Q(people__in=self.people) | Q(people__in=self._people()) | Q(room__in=self.rooms)

    def _people(self) -> Any:
        asked = Attendee.objects.filter(meeting__in=self.meetings).order_by().values("person")
        if not self.appointments:
            return asked
        kept = Appointment.people.through.objects.filter(appointment__in=self.appointments)
        return (
            Person.objects.filter(Q(pk__in=asked) | Q(pk__in=kept.values("person"))).order_by().values("pk")
        )


def meetings_where(which: Q) -> list[Meeting]:
    return list(
        Meeting.objects.filter(which)
        .select_related("chair", "room", "series", "section__document__programme")
        .order_by("pk")
    )


def appointments_where(which: Q, window: Window, seen: Any, own: frozenset[int]) -> list[Event]:
    """Appointments as events: one query. ``seen``: a container of the ids that the reader may see."""
    rows = Appointment.objects.filter(which, on__range=window).order_by("pk")
    events: dict[int, Event] = {}
    for pk, body, on, part, start, end, title, room, room_name, person, name in rows.values_list(
        "pk",
        "issuing_body_id",
        "on",
        "part_of_day",
        "starts_at",
        "ends_at",
        "title",
        "room_id",
        "room__name",
        "people__pk",
        "people__full_name",
    ):
        spells = (Spell.of(Appointment(part_of_day=part, starts_at=start, ends_at=end), on),)
        event = events.get(pk)
        if event is None:
            event = Event(("appointment", pk), title, hidden=pk not in seen, own=body in own)
            if room:
                event = replace(event, needs=(Need("room", room, room_name, "", spells),))
        if person:
            event = replace(event, needs=(*event.needs, Need("person", person, name, "listed", spells)))
        events[pk] = event
    return list(events.values())
