"""The weekly schedule (lịch công tác tuần) of leaders: from meetings and their other appointments.

Everything is derived from rows; the printed table is a :class:`paper.value.Paper` like any other.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from django.contrib.auth.models import AnonymousUser
from django.db.models import Prefetch, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from agencies import daysoff
from agencies.models import IssuingBody, Membership, Person
from documents.papers import lines_of
from lucngan.lib.dates import WEEKDAYS, short
from lucngan.lib.workdays import DAY, WorkCalendar
from meetings.clashes import days_of
from meetings.facts import YEARS
from meetings.invitation_text import clock, filing_line, invited, is_party
from meetings.kin import own_days
from meetings.models import Appointment, Attendee, Meeting
from meetings.models.times import PartOfDay, Timed
from paper.forms import Profile
from paper.value import Clause, Paper, PartialDate, Recipient, Regime, Signature, Table

KIND_CODE = "LCT"
MORNING, AFTERNOON = PartOfDay.MORNING.value, PartOfDay.AFTERNOON.value
HALVES = ((MORNING, _("Sáng")), (AFTERNOON, _("Chiều")))
#: The halves as they are printed, in Vietnamese whatever the reader's language.
PRINTED = {MORNING: "Sáng", AFTERNOON: "Chiều"}
#: A session is at most so many days behind the opening of its meeting.
LATEST_SESSION = 31

HEADER = ("Ngày", "Thời gian", "Nội dung", "Chủ trì", "Thành phần", "Địa điểm")


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the schedule, in printed words."""

    on: dt.date
    half: str
    starts_at: dt.time | None
    time: str
    title: str
    chair: str
    attendees: str
    place: str
    tentative: bool
    url: str
    people: frozenset[int]

    @property
    def order(self) -> tuple[dt.time, str]:
        return self.starts_at or dt.time.min, self.title

    @property
    def content(self) -> str:
        """Nội dung as it is printed."""
        return f"{self.title} (dự kiến)" if self.tentative else self.title


@dataclass(slots=True)
class Half:
    """Half a day with its entries."""

    key: str
    label: str
    entries: list[Entry] = field(default_factory=list)


@dataclass(slots=True)
class Day:
    """A day of the week; ``off`` names a day off, "" for a working day."""

    on: dt.date
    off: str
    halves: list[Half]

    @property
    def name(self) -> str:
        """ "Thứ Hai, ngày 23/11/2026"."""
        word = WEEKDAYS[self.on.weekday()]
        return f"{word[0].upper()}{word[1:]}, ngày {short(self.on)}"

    @property
    def is_empty(self) -> bool:
        return not any(half.entries for half in self.halves)

    @property
    def rows(self) -> int:
        """Lines of the table that the day takes: an empty half takes one."""
        return sum(max(len(half.entries), 1) for half in self.halves)


@dataclass(slots=True)
class Week:
    """Monday to Sunday of the leaders of one body, or of one leader."""

    monday: dt.date
    body: IssuingBody
    leader: Person | None
    days: list[Day]

    @property
    def sunday(self) -> dt.date:
        return self.monday + 6 * DAY

    @property
    def number(self) -> int:
        return self.monday.isocalendar().week

    @property
    def key(self) -> str:
        """ "2026-W48", as a browser writes a week."""
        return key_of(self.monday)

    @property
    def previous(self) -> str:
        return key_of(self.monday - 7 * DAY)

    @property
    def following(self) -> str:
        return key_of(self.monday + 7 * DAY)

    @property
    def entries(self) -> int:
        return sum(len(half.entries) for day in self.days for half in day.halves)

    @property
    def title(self) -> str:
        """Whose schedule it is, as offices head it."""
        if self.leader is not None:
            position = f", {self.leader.position}" if self.leader.position else ""
            return f"của đồng chí {self.leader}{position}"
        who = "Thường trực" if is_party(self.body) else "lãnh đạo"
        return f"của {who} {self.body.agency.name}"

    @property
    def span(self) -> str:
        """ "Tuần 48: từ ngày 23/11 đến ngày 29/11/2026"."""
        first = short(self.monday)
        if self.monday.year == self.sunday.year:
            first = first.rpartition("/")[0]
        return f"Tuần {self.number:02d}: từ ngày {first} đến ngày {short(self.sunday)}"


def key_of(monday: dt.date) -> str:
    year, week, _day = monday.isocalendar()
    return f"{year}-W{week:02d}"


def asked_week(text: str, today: dt.date) -> dt.date:
    """The Monday of "2026-W48"; of this week for anything else."""
    found = re.fullmatch(r"(\d{4})-W(\d{2})", text)
    if found and int(found[1]) in YEARS:
        try:
            return dt.date.fromisocalendar(int(found[1]), int(found[2]), 1)
        except ValueError:
            pass
    return today - today.weekday() * DAY


def leaders_of(body: IssuingBody, day: dt.date) -> list[Person]:
    """Who leads the body on the day: those whose schedule it is."""
    here = Membership.objects.on(day).filter(issuing_body=body, role=Membership.Role.LEADER)
    return list(Person.objects.filter(pk__in=here.order_by().values("person")).order_by("full_name", "pk"))


def week_of(
    body: IssuingBody, monday: dt.date, *, reader: Person | AnonymousUser, leader: Person | None = None
) -> Week:
    """What the reader sees of a body's week: its meetings that are not cancelled, appointments of its
    leaders. The same number of queries however full it is."""
    last = monday + 6 * DAY
    calendar, off = daysoff.calendar(monday, last), daysoff.names(monday, last)
    entries = [*_meetings(body, (monday, last), reader, frozenset(off)), *_appointments(body, monday, reader)]
    days = []
    for n in range(7):
        on = monday + n * DAY
        halves = [Half(key, str(label)) for key, label in HALVES]
        for half in halves:
            mine = [e for e in entries if e.on == on and e.half == half.key]
            mine = [e for e in mine if leader is None or leader.pk in e.people]
            half.entries = sorted(mine, key=lambda e: e.order)
        days.append(Day(on, _off(on, calendar, off), halves))
    return Week(monday, body, leader, days)


def _off(on: dt.date, calendar: WorkCalendar, names: dict[dt.date, str]) -> str:
    """ "Nghỉ: Ngày Văn hóa Việt Nam", "Nghỉ cuối tuần", "" for a working day."""
    if calendar.works(on):
        return ""
    return f"Nghỉ: {names[on]}" if on in names else "Nghỉ cuối tuần"


# ---------------------------------------------------------------- entries


def _meetings(
    body: IssuingBody,
    window: tuple[dt.date, dt.date],
    reader: Person | AnonymousUser,
    off: frozenset[dt.date],
) -> Iterator[Entry]:
    first, last = window
    around = (first - LATEST_SESSION * DAY, last)
    rows = Meeting.objects.visible_to(reader).filter(
        Q(on__range=around) | Q(weekly_on__isnull=False), issuing_body=body
    )
    rows = rows.exclude(state__in=(Meeting.State.POSTPONED, Meeting.State.CANCELLED))
    rows = rows.select_related("chair", "room", "series", "section__document__programme")
    attendees = Attendee.objects.filter(item=None).select_related("person", "agency")
    loaded = rows.prefetch_related("sessions", "points", Prefetch("attendees", attendees))
    taken = own_days(loaded, around, reader)
    for meeting in loaded:
        for day in days_of(meeting, around, off | taken.get(meeting.pk, frozenset())):
            yield from _of_meeting(meeting, day, window)


def _of_meeting(meeting: Meeting, day: dt.date, window: tuple[dt.date, dt.date]) -> Iterator[Entry]:
    """The meeting on one of its days: each session at its own time, or the whole of it."""
    first, last = window
    people = list(meeting.attendees.all())
    sessions = list(meeting.sessions.all())
    parts: list[tuple[Timed, str, dt.date, list[Attendee]]] = [
        (
            session,
            f"{meeting.title} - {session.title}",
            day + session.days_after * DAY,
            [a for a in people if a.session_id in (None, session.pk)],
        )
        for session in sessions
    ] or [(meeting, meeting.title, day, people)]
    for timed, title, on, asked in parts:
        if first <= on <= last:
            base = Entry(
                on=on,
                half="",
                starts_at=timed.starts_at,
                time="",
                title=title,
                chair=_chair(meeting),
                attendees="; ".join(invited(a) for a in asked),
                place=_place(meeting),
                tentative=meeting.tentative,
                url=reverse("meetings:detail", args=[meeting.public_id]),
                people=frozenset(
                    pk for pk in (meeting.chair_id, *(a.person_id for a in asked)) if pk is not None
                ),
            )
            yield from _in_halves(base, timed)


def _chair(meeting: Meeting) -> str:
    return meeting.chair_text or (f"Đ/c {meeting.chair}" if meeting.chair else "")


def _place(meeting: Meeting) -> str:
    points = ", ".join(point.name for point in meeting.points.all())
    online = f"trực tuyến: {points}" if points else ""
    return "; ".join(part for part in (meeting.where, online) if part)


def _appointments(body: IssuingBody, monday: dt.date, reader: Person | AnonymousUser) -> Iterator[Entry]:
    week = (monday, monday + 6 * DAY)
    seen = Appointment.objects.visible_to(reader).order_by().values("pk")
    rows = Appointment.objects.filter(pk__in=seen, issuing_body=body, on__range=week)
    for each in rows.select_related("room").prefetch_related("people"):
        people = list(each.people.all())
        names = ", ".join(f"Đ/c {person}" for person in people)
        place = ", ".join(part for part in (str(each.room) if each.room else "", each.place) if part)
        base = Entry(
            on=each.on,
            half="",
            starts_at=each.starts_at,
            time="",
            title=each.title,
            chair=each.chaired_by,
            attendees="; ".join(part for part in (names, each.attendees_text) if part),
            place=place,
            tentative=each.tentative,
            url=reverse("meetings:appointments") + f"#lich-{each.public_id}",
            people=frozenset(person.pk for person in people),
        )
        yield from _in_halves(base, each)


def _in_halves(base: Entry, timed: Timed) -> Iterator[Entry]:
    """The entry under each half-day that it takes; in the second one it goes on."""
    halves = [half for half, _label in HALVES if half in timed.halves]
    for n, half in enumerate(halves):
        goes_on = n > 0
        yield replace(
            base,
            half=half,
            starts_at=None if goes_on else base.starts_at,
            time="" if goes_on else _time(timed, whole=len(halves) > 1),
            title=f"{base.title} (tiếp)" if goes_on else base.title,
            attendees="" if goes_on else base.attendees,
        )


def _time(timed: Timed, *, whole: bool) -> str:
    if timed.starts_at and timed.ends_at:
        return f"{clock(timed.starts_at)} đến {clock(timed.ends_at)}"
    if timed.starts_at:
        return clock(timed.starts_at)
    return "cả ngày" if whole else ""


# ---------------------------------------------------------------- print


def paper_of(week: Week, today: dt.date) -> Paper:
    """The schedule as offices post it: one table under the letterhead, number and day left open."""
    body = week.body
    return Paper(
        regime=Regime(body.regime),
        superior=lines_of(body.superior_lines),
        issuer=lines_of(body.letterhead_lines),
        notation=body.notation(KIND_CODE),
        place=body.place or None,
        dated=PartialDate(today.year, today.month),
        kind="LỊCH CÔNG TÁC TUẦN",
        subject=(week.title, f"({week.span})"),
        body=(Clause("", table=Table((HEADER, *_rows(week.days)))),),
        recipients=(
            Recipient("Các đồng chí lãnh đạo"),
            Recipient("Các cơ quan, đơn vị có tên trong lịch"),
            filing_line(body),
        ),
        signature=Signature(
            lines_of(body.signing_authority), body.signing_position or None, body.signing_name or None
        ),
    )


def form_of(body: IssuingBody, today: dt.date) -> Profile:
    """The body's form on a lying page, the days joined over their lines."""
    return replace(body.profile(today).turned(), joined=True)


def _rows(days: Iterable[Day]) -> Iterator[tuple[str, ...]]:
    for day in days:
        if day.off and day.is_empty:
            yield (day.name, "", day.off, "", "", "")
            continue
        name = f"{day.name} ({day.off[0].lower()}{day.off[1:]})" if day.off else day.name
        for half in day.halves:
            for n, entry in enumerate(half.entries):
                label = PRINTED[half.key] if not n else ""
                when = ", ".join(part for part in (label, entry.time) if part)
                yield (name, when, entry.content, entry.chair, entry.attendees, entry.place)
                name = ""
            if not half.entries:
                yield (name, PRINTED[half.key], "", "", "", "")
                name = ""
