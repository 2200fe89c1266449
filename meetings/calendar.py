"""The calendar of meetings as plain data: weeks of days, each with its two halves.

Rows come in, days go out; nothing here asks the database. ``meetings.views.calendar`` loads the rows.
"""

from __future__ import annotations

import calendar as months
import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lucngan.lib import dates
from lucngan.lib.lunar import LunarDay, lunar
from lucngan.lib.workdays import DAY, WorkCalendar
from meetings.clashes import AFTERNOON, BOTH, MORNING, Clash, Found, Key, Spell, days_of, half_words
from meetings.milestones import plan
from meetings.models import Appointment, Meeting

#: So many entries of a half-day are shown in a cell of the month, the rest are one click away.
SHOWN = 2
#: Days of the backward plan that are the office's marks in a calendar, and their words.
MARKS = ("registration", "documents", "invitations")


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a day. ``look``: party, state, office (a mark), leader (an appointment)."""

    key: Key
    on: dt.date
    halves: frozenset[str]
    title: str
    look: str
    body: str = ""
    url: str = ""
    starts_at: dt.time | None = None
    ends_at: dt.time | None = None
    tentative: bool = False
    clashes: tuple[Clash, ...] = ()
    past: bool = False
    where: str = ""
    chaired_by: str = ""
    meeting: Meeting | None = None

    @property
    def kind(self) -> str:
        """ "meeting", "appointment" or "mark"."""
        return self.key[0]

    @property
    def whole(self) -> bool:
        return len(self.halves) > 1

    @property
    def clashing(self) -> bool:
        """Is somebody or a room needed twice at its time?"""
        return any(clash.serious for clash in self.clashes)

    @property
    def clock(self) -> str:
        """ "08:00", "14:00-16:30", nothing for a half-day."""
        if self.starts_at is None:
            return ""
        return f"{self.starts_at:%H:%M}" + (f"-{self.ends_at:%H:%M}" if self.ends_at else "")

    @property
    def when(self) -> str:
        """ "Buổi sáng, 08:00", "Cả ngày"."""
        half = half_words(self.halves)
        half = half[:1].upper() + half[1:]
        return f"{half}, {self.clock}" if self.clock else half

    @property
    def order(self) -> tuple[object, ...]:
        """In a day: what begins in the morning first, meetings before marks, then by the clock."""
        begins = self.starts_at or (dt.time.min if MORNING in self.halves else dt.time(12))
        return MORNING not in self.halves, self.kind == "mark", begins, not self.whole, self.title


@dataclass(frozen=True)
class Day:
    """A day of the calendar with all that is on it."""

    on: dt.date
    entries: tuple[Entry, ...] = ()
    inside: bool = True
    is_today: bool = False
    is_past: bool = False
    off: str = ""
    worked: str = ""
    works: bool = True

    @cached_property
    def lunar(self) -> LunarDay:
        return lunar(self.on)

    @property
    def number(self) -> str:
        """ "26", and "1/4" where another month begins or the grid does."""
        return str(self.on.day) if self.inside and self.on.day != 1 else f"{self.on.day}/{self.on.month}"

    @property
    def alone(self) -> Entry | None:
        """The one entry that fills both halves of the cell, where there is no other."""
        return self.entries[0] if len(self.entries) == 1 and self.entries[0].whole else None

    @property
    def all_morning(self) -> list[Entry]:
        """What the upper half of the cell holds, whole days included."""
        return [entry for entry in self.entries if MORNING in entry.halves]

    @property
    def all_afternoon(self) -> list[Entry]:
        return [entry for entry in self.entries if entry.halves == {AFTERNOON}]

    @property
    def morning(self) -> list[Entry]:
        """What is shown of it: an empty half gives its place to the other."""
        return self.all_morning[: SHOWN if self.all_afternoon else 2 * SHOWN]

    @property
    def afternoon(self) -> list[Entry]:
        return self.all_afternoon[: SHOWN if self.all_morning else 2 * SHOWN]

    @property
    def whole_day(self) -> list[Entry]:
        return [entry for entry in self.entries if entry.whole]

    @property
    def only_morning(self) -> list[Entry]:
        return [entry for entry in self.entries if entry.halves == {MORNING}]

    @property
    def more(self) -> int:
        """How many entries the cell does not show."""
        return len(self.entries) - len(self.morning) - len(self.afternoon)

    @property
    def meetings(self) -> list[Entry]:
        return [entry for entry in self.entries if entry.kind != "mark"]

    @property
    def label(self) -> str:
        """What a screen reader says of the cell: the day, its lunar day, whether it is worked, and how
        much is on it."""
        parts = [dates.full(self.on), _("%(lunar)s âm lịch") % {"lunar": self.lunar.words}]
        if self.is_today:
            parts.append(_("hôm nay"))
        if self.off:
            parts.append(_("nghỉ: %(name)s") % {"name": self.off})
        if self.worked:
            parts.append(self.worked)
        count = len(self.entries)
        parts.append(ngettext("%(n)s mục", "%(n)s mục", count) % {"n": count} if count else _("chưa có lịch"))
        if any(entry.clashing for entry in self.entries):
            parts.append(_("có trùng lịch"))
        return ", ".join(parts)


@dataclass(frozen=True)
class Week:
    """Seven days from Monday."""

    days: tuple[Day, ...]

    @property
    def number(self) -> int:
        """The number of the week in the year (ISO 8601)."""
        return self.days[0].on.isocalendar().week

    @property
    def has_whole(self) -> bool:
        return any(entry.whole for day in self.days for entry in day.entries)


@dataclass(frozen=True, slots=True)
class Almanac:
    """Which days are off or worked instead, by name, and for counting."""

    off: Mapping[dt.date, str] = field(default_factory=dict)
    worked: Mapping[dt.date, str] = field(default_factory=dict)

    @classmethod
    def of(cls, rows: Iterable[tuple[dt.date, str, str]]) -> Almanac:
        """From rows (day, type, name) of the table of days off."""
        off: dict[dt.date, str] = {}
        worked: dict[dt.date, str] = {}
        for day, kind, name in rows:
            (worked if kind == "swap_work" else off)[day] = name
        return cls(off, worked)

    @property
    def work(self) -> WorkCalendar:
        return WorkCalendar(frozenset(self.off), frozenset(self.worked))


def month_window(month: dt.date) -> tuple[dt.date, dt.date]:
    """First Monday and last Sunday of the grid of a month."""
    last = month.replace(day=months.monthrange(month.year, month.month)[1])
    return month - DAY * month.weekday(), last + DAY * (6 - last.weekday())


def week_window(day: dt.date) -> tuple[dt.date, dt.date]:
    """Monday and Sunday of the week of a day."""
    monday = day - DAY * day.weekday()
    return monday, monday + DAY * 6


def weeks(
    window: tuple[dt.date, dt.date],
    entries: Iterable[Entry],
    almanac: Almanac,
    today: dt.date,
    month: dt.date | None = None,
) -> list[Week]:
    """The days of a window, week by week; ``month`` is the one that is looked at."""
    by_day: dict[dt.date, list[Entry]] = defaultdict(list)
    for entry in entries:
        by_day[entry.on].append(entry)
    work = almanac.work
    found = [
        Day(
            on=day,
            entries=tuple(sorted(by_day[day], key=lambda entry: entry.order)),
            inside=month is None or (day.year, day.month) == (month.year, month.month),
            is_today=day == today,
            is_past=day < today,
            off=almanac.off.get(day, ""),
            worked=almanac.worked.get(day, ""),
            works=work.works(day),
        )
        for day in span(window)
    ]
    return [Week(tuple(found[at : at + 7])) for at in range(0, len(found), 7)]


def span(window: tuple[dt.date, dt.date]) -> Iterator[dt.date]:
    """Every day of a window, its last included."""
    day, last = window
    while day <= last:
        yield day
        day += DAY


def meeting_entries(
    meetings: Sequence[Meeting],
    found: Found,
    window: tuple[dt.date, dt.date],
    today: dt.date,
    off: frozenset[dt.date] = frozenset(),
    taken: Mapping[int, frozenset[dt.date]] | None = None,
) -> Iterator[Entry]:
    """The entries of meetings on the days of a window: each opening day, and the later days of its
    sessions under their own name. ``taken``: per weekly meeting the days that have a row of their own
    (``meetings.kin.own_days``)."""
    for meeting in meetings:
        clashes = found.of("meeting", meeting.pk)
        early = window if meeting.weekly_on is not None else (dt.date.min, window[1])
        own = (taken or {}).get(meeting.pk, frozenset())
        for day in days_of(meeting, early, off | own):
            spells = [(Spell.of(meeting, day), meeting.title)]
            for session in found.details.sessions.get(meeting.pk, ()):
                if session.days_after:
                    later = Spell.of(session, day + DAY * session.days_after)
                    spells.append((later, f"{meeting.title}: {session.title}"))
            for spell, title in spells:
                if window[0] <= spell.on <= window[1]:
                    yield _meeting_entry(meeting, spell, title, clashes, today)


def _meeting_entry(
    meeting: Meeting, spell: Spell, title: str, clashes: Sequence[Clash], today: dt.date
) -> Entry:
    body = meeting.issuing_body
    return Entry(
        key=("meeting", meeting.pk),
        on=spell.on,
        halves=spell.halves,
        title=title or _("Hội nghị chưa có tên"),
        look=body.regime,
        body=str(body.agency),
        url=reverse("meetings:detail", args=[meeting.public_id]),
        starts_at=spell.starts_at,
        ends_at=spell.ends_at,
        tentative=meeting.tentative,
        clashes=tuple(clash for clash in clashes if clash.on == spell.on),
        past=spell.on < today,
        where=meeting.where,
        chaired_by=meeting.chaired_by,
        meeting=meeting,
    )


def appointment_entries(
    appointments: Iterable[Appointment],
    found: Found,
    today: dt.date,
    keeps: frozenset[int] = frozenset(),
) -> Iterator[Entry]:
    """The entries of leaders' other appointments; those kept by ``keeps`` lead to their form."""
    for each in appointments:
        spell = Spell.of(each, each.on)
        clashes = [clash for clash in found.of("appointment", each.pk) if clash.on == each.on]
        people = [need.name for need in found.needs("appointment", each.pk) if need.kind == "person"]
        room = str(each.room) if each.room else ""
        yield Entry(
            key=("appointment", each.pk),
            on=each.on,
            halves=spell.halves,
            title=each.title,
            look="leader",
            body=", ".join(people),
            url=_form(each) if each.issuing_body_id in keeps else "",
            starts_at=each.starts_at,
            ends_at=each.ends_at,
            tentative=each.tentative,
            clashes=tuple(clashes),
            past=each.on < today,
            where=", ".join(part for part in (room, each.place) if part),
            chaired_by=each.chaired_by,
        )


def _form(appointment: Appointment) -> str:
    return reverse("meetings:appointment_edit", args=[appointment.public_id])


def mark_entries(
    meetings: Iterable[Meeting],
    work: WorkCalendar,
    window: tuple[dt.date, dt.date],
    today: dt.date,
    received: Mapping[int, str] | None = None,
) -> Iterator[Entry]:
    """The days that hang on meetings to come, as the office's marks; ``received`` says "đã nhận 6/9"
    where it is known."""
    for meeting in meetings:
        if not meeting.is_open:
            continue
        for milestone in plan(meeting, meeting.on, work):
            if milestone.kind in MARKS and window[0] <= milestone.on <= window[1]:
                words = _mark_words(milestone.kind, meeting, (received or {}).get(meeting.pk, ""))
                yield Entry(
                    key=("mark", meeting.pk),
                    on=milestone.on,
                    halves=BOTH,
                    title=words,
                    look="office",
                    body=meeting.title,
                    url=reverse("meetings:detail", args=[meeting.public_id]),
                    past=milestone.on < today,
                    meeting=meeting,
                )


def _mark_words(kind: str, meeting: Meeting, received: str) -> str:
    assert meeting.on is not None
    day = dates.short(meeting.on).rpartition("/")[0]
    if kind == "registration":
        return _("Hết hạn đăng ký nội dung họp %(day)s") % {"day": day}
    if kind == "invitations":
        return _("Gửi giấy mời họp %(day)s") % {"day": day}
    words = _("Hạn tài liệu họp %(day)s") % {"day": day}
    return f"{words}: {received}" if received else words


def notes(almanac: Almanac, window: tuple[dt.date, dt.date]) -> list[str]:
    """Days off and swapped days around a window in words: "nghỉ 29/4 (Giỗ Tổ Hùng Vương)"."""
    first, last = window
    words = []
    for day, name in sorted({**almanac.off, **almanac.worked}.items()):
        if first <= day <= last + DAY * 7:
            said = {"day": f"{dates.weekday(day)} {dates.short(day).rpartition('/')[0]}", "name": name}
            form = _("%(day)s: %(name)s") if day in almanac.worked else _("nghỉ %(day)s: %(name)s")
            words.append(form % said)
    return words
