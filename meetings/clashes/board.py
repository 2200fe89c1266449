"""Clashes of many meetings at once, and of one while it is planned."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from django.db.models import Q

from agencies.models import Person
from agencies.rules import standing
from lucngan.lib.workdays import DAY
from meetings import kin
from meetings.clashes.events import (
    KEEP,
    LONGEST,
    OFF,
    Clash,
    Event,
    Keep,
    Key,
    Need,
    Reader,
    Spell,
    Uses,
    Window,
    against,
    find,
    uses_of,
)
from meetings.clashes.loading import (
    Details,
    Wanted,
    appointments_where,
    event_of,
    in_window,
    meetings_where,
    spelled,
)
from meetings.models import (
    Appointment,
    Attendee,
    Meeting,
    Room,
)


@dataclass(frozen=True)
class Found:
    """The clashes of a calendar, and what was learnt on the way: who is needed by what."""

    window: Window
    events: dict[Key, Event] = field(default_factory=dict)
    details: Details = field(default_factory=Details)
    clashes: dict[Key, list[Clash]] = field(default_factory=dict)

    def of(self, kind: str, pk: int) -> list[Clash]:
        return self.clashes.get((kind, pk), [])

    def needs(self, kind: str, pk: int) -> tuple[Need, ...]:
        event = self.events.get((kind, pk))
        return event.needs if event else ()

    def board(self, meeting: Meeting) -> Board:
        """Everything around one meeting of the calendar, to be asked about other times in its window."""
        return Board(meeting, self.details, list(self.events.values()), self.window)


def survey(
    meetings: Iterable[Meeting],
    appointments: Iterable[Appointment] = (),
    *,
    window: Window,
    reader: Reader | None = None,
    off: frozenset[dt.date] = frozenset(),
) -> Found:
    """Clashes of everything the reader sees in a window of days: four queries for any number. With a
    reader, hidden meetings and appointments count against those of the reader's own office."""
    live = [m for m in meetings if m.state not in OFF]
    listed = list(appointments)
    seen, kept = {m.pk for m in live}, {a.pk for a in listed}
    office = standing(reader).office_of() if reader is not None else frozenset()
    of_office = [m for m in live if m.issuing_body_id in office]
    which, rows_of = Q(pk__in=seen), Q(pk__in=kept)
    kept_here = [a.pk for a in listed if a.issuing_body_id in office]
    if of_office or kept_here:
        wanted = Wanted(
            meetings=[m.pk for m in of_office],
            appointments=kept_here,
            people=frozenset(m.chair_id for m in of_office if m.chair_id),
            rooms=frozenset(m.room_id for m in of_office if m.room_id),
        )
        which |= in_window(window) & wanted.in_meetings()
        rows_of |= wanted.in_appointments()
    rows = meetings_where(which) if seen or kept_here else []
    details = Details.load([row.pk for row in rows])
    events, taken = [], kin.own_days(rows, window)
    for row in rows:
        days = spelled(row, window, off | taken.get(row.pk, frozenset()))
        own = row.issuing_body_id in office
        events.append(event_of(row, details, days, hidden=row.pk not in seen, own=own))
    if kept or of_office:
        events += appointments_where(rows_of, window, kept, office)
    return Found(window, {event.key: event for event in events}, details, find(events))


def between(
    meetings: Iterable[Meeting],
    appointments: Iterable[Appointment] = (),
    *,
    reader: Reader | None = None,
) -> dict[int, list[Clash]]:
    """The clashes of each meeting, by its primary key, with a constant number of queries. Without a
    ``reader`` only the given rows are compared; a weekly meeting alone has no day to clash on."""
    given, kept = list(meetings), list(appointments)
    days = [m.on for m in given if m.on] + [a.on for a in kept]
    if not days:
        return {}
    window = (min(days), max(days) + LONGEST)
    found = survey(given, kept, window=window, reader=reader).clashes
    return {pk: clashes for (kind, pk), clashes in found.items() if kind == "meeting"}


@dataclass
class Board:
    """Everything that stands around one meeting in a window of days, loaded once, to be asked about
    any time in it."""

    meeting: Meeting
    details: Details
    others: list[Event]
    window: Window

    @classmethod
    def load(
        cls,
        meeting: Meeting,
        window: Window,
        *,
        attendees: Sequence[Attendee] | None = None,
        rooms: Iterable[int] = (),
        people: Iterable[int] = (),
        reader: Reader | None = None,
    ) -> Board:
        """``attendees`` stands for those that are saved (a meeting still to be made); ``rooms`` and
        ``people`` are asked about besides those of the meeting. Without a reader, the meetings of the
        same issuing body are named and others are not."""
        pk = meeting.pk or 0
        details = Details.load([pk] if pk else [])
        if attendees is not None:
            rest = [need for need in details.needs.get(pk, ()) if need[0] not in ("person", "agency")]
            details.needs[pk] = rest + [need_of(attendee) for attendee in attendees if not attendee.text]
        latest = max((s.days_after for s in details.sessions.get(pk, ())), default=0)
        window = (window[0], window[1] + DAY * latest)
        wanted = Wanted(
            people=details.ids(pk, "person") | _ids(people, meeting.chair_id),
            agencies=details.ids(pk, "agency"),
            preparing=details.ids(pk, "prepares"),
            rooms=details.ids(pk, "room") | _ids(rooms, meeting.room_id),
        )
        rows = meetings_where(in_window(window) & wanted.in_meetings() & ~Q(pk=pk))
        more = Details.load([row.pk for row in rows])
        seen = _seen(rows, meeting, reader)
        taken = kin.own_days(rows, window)
        others = [
            event_of(
                row, more, spelled(row, window, taken.get(row.pk, frozenset())), hidden=row.pk not in seen
            )
            for row in rows
        ]
        kept = _kept(meeting, window, reader)
        others += appointments_where(wanted.in_appointments(), window, kept, kept)
        return cls(meeting, details, others, window)

    def at(
        self,
        on: dt.date,
        halves: frozenset[str],
        starts_at: dt.time | None = None,
        ends_at: dt.time | None = None,
        *,
        room: Room | Keep | None = KEEP,
        chair: Person | Keep | None = KEEP,
    ) -> list[Clash]:
        """What would stand against the meeting at this time, with this room and chair."""
        plan = Meeting(pk=self.meeting.pk, title=self.meeting.title, public_id=self.meeting.public_id)
        plan.room = self.meeting.room if isinstance(room, Keep) else room
        plan.chair = self.meeting.chair if isinstance(chair, Keep) else chair
        event = event_of(plan, self.details, [(on, Spell(on, halves, starts_at, ends_at))])
        return against(event, self.uses)

    @cached_property
    def uses(self) -> Uses:
        return uses_of(self.others)


def _ids(given: Iterable[int], *more: int | None) -> frozenset[int]:
    return frozenset(given) | frozenset(pk for pk in more if pk)


def need_of(attendee: Attendee) -> tuple[str, int, str, int | None]:
    """A need of :class:`Details` from an attendee that may be unsaved."""
    session = attendee.session_id or (attendee.item.session_id if attendee.item else None)
    if attendee.person_id:
        return "person", attendee.person_id, str(attendee.person), session
    assert attendee.agency_id is not None
    return "agency", attendee.agency_id, str(attendee.agency), session


def _seen(rows: list[Meeting], meeting: Meeting, reader: Reader | None) -> set[int]:
    if reader is None:
        return {row.pk for row in rows if row.issuing_body_id == meeting.issuing_body_id}
    ids = [row.pk for row in rows]
    return set(Meeting.objects.visible_to(reader).filter(pk__in=ids).values_list("pk", flat=True))


def _kept(meeting: Meeting, window: Window, reader: Reader | None) -> frozenset[int]:
    """The appointments of the window whose title may be read."""
    if reader is None:
        rows = Appointment.objects.filter(issuing_body=meeting.issuing_body_id)
    else:
        rows = Appointment.objects.visible_to(reader)
    return frozenset(rows.filter(on__range=window).order_by().values_list("pk", flat=True))


def clashes_of(
    meeting: Meeting,
    *,
    on: dt.date,
    halves: frozenset[str],
    starts_at: dt.time | None = None,
    ends_at: dt.time | None = None,
    room_id: int | Keep | None = KEEP,
    chair_id: int | Keep | None = KEEP,
    attendees: Sequence[Attendee] | None = None,
    reader: Reader | None = None,
) -> list[Clash]:
    """What stands against a meeting at a time that is being planned; it may be unsaved. ``room_id``
    and ``chair_id`` not given: as the meeting has them; None: none."""
    rooms = [] if isinstance(room_id, Keep) or room_id is None else [room_id]
    people = [] if isinstance(chair_id, Keep) or chair_id is None else [chair_id]
    board = Board.load(meeting, (on, on), attendees=attendees, rooms=rooms, people=people, reader=reader)
    room = KEEP if room_id in (KEEP, meeting.room_id) else Room.objects.filter(pk__in=rooms).first()
    chair = KEEP if chair_id in (KEEP, meeting.chair_id) else Person.objects.filter(pk__in=people).first()
    return board.at(on, halves, starts_at, ends_at, room=room, chair=chair)
