"""How the time of an agenda spreads over its sessions, or over the halves of its day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from meetings.models import AgendaItem, Meeting, Session
from meetings.models.times import NOON, PartOfDay
from paper.notes import spread

#: The hours in which offices meet, where the meeting says nothing else.
MORNING = (dt.time(8), dt.time(11, 30))
AFTERNOON = (dt.time(14), dt.time(17))


@dataclass(slots=True)
class Part:
    """A session or half of the day: what it is called, how long it may take, and its items."""

    label: str
    limit: int | None
    items: list[AgendaItem] = field(default_factory=list)

    @property
    def minutes(self) -> int:
        return sum(item.minutes or 0 for item in self.items)

    @property
    def over(self) -> int:
        """By how many minutes it is too full; 0 where it is not."""
        return max(0, self.minutes - self.limit) if self.limit is not None else 0

    @property
    def numbers(self) -> str:
        """ "1-8"."""
        return spread([item.position for item in self.items])


def parts_of(meeting: Meeting, items: Sequence[AgendaItem], sessions: Sequence[Session]) -> list[Part]:
    """The parts of the meeting that have items, in order. Items of a session are its own; without
    sessions they fill the morning first, and what does not fit goes on to the afternoon."""
    if not any(item.minutes for item in items):
        return []
    parts = _of_sessions(items, sessions) if sessions else _of_halves(meeting, items)
    return [part for part in parts if part.items]


def _of_sessions(items: Sequence[AgendaItem], sessions: Sequence[Session]) -> list[Part]:
    parts = {session.pk: Part(str(session.title), _limit(session)) for session in sessions}
    rest = Part(_("Chưa xếp phiên"), None)
    for item in items:
        parts.get(item.session_id or 0, rest).items.append(item)
    return [*parts.values(), rest]


def _limit(session: Session) -> int:
    if session.starts_at and session.ends_at:
        return _between(session.starts_at, session.ends_at)
    windows = _windows(session.part_of_day, session.starts_at, session.ends_at)
    return sum(_between(start, end) for _half, start, end in windows)


def _of_halves(meeting: Meeting, items: Sequence[AgendaItem]) -> list[Part]:
    parts = [
        Part(_label(half, start, end), _between(start, end))
        for half, start, end in _windows(meeting.part_of_day, meeting.starts_at, meeting.ends_at)
    ]
    at = 0
    for item in items:
        part = parts[at]
        if part.items and at + 1 < len(parts) and part.minutes + (item.minutes or 0) > (part.limit or 0):
            at += 1
        parts[at].items.append(item)
    return parts


def _windows(
    part_of_day: str, starts_at: dt.time | None, ends_at: dt.time | None
) -> list[tuple[str, dt.time, dt.time]]:
    """The halves in which one meets: an all-day meeting has both unless its times say otherwise."""
    windows = []
    if part_of_day != PartOfDay.AFTERNOON and not (starts_at and starts_at >= NOON):
        start = starts_at or MORNING[0]
        end = ends_at if ends_at and ends_at <= NOON else MORNING[1]
        windows.append((PartOfDay.MORNING.value, start, max(start, end)))
    if part_of_day != PartOfDay.MORNING and not (ends_at and ends_at <= NOON):
        start = starts_at if starts_at and starts_at >= NOON else AFTERNOON[0]
        windows.append((PartOfDay.AFTERNOON.value, start, max(start, ends_at or AFTERNOON[1])))
    return windows or [(PartOfDay.MORNING.value, *MORNING)]


def _between(start: dt.time, end: dt.time) -> int:
    return max(0, (end.hour - start.hour) * 60 + end.minute - start.minute)


def _label(half: str, start: dt.time, end: dt.time) -> str:
    """ "Sáng 08:00-11:30"."""
    name = _("Sáng") if half == PartOfDay.MORNING else _("Chiều")
    return f"{name} {start:%H:%M}-{end:%H:%M}"


def words(minutes: int) -> str:
    """ "3 giờ 40 phút"."""
    hours, rest = divmod(minutes, 60)
    said = []
    if hours:
        said.append(ngettext("%(n)s giờ", "%(n)s giờ", hours) % {"n": hours})
    if rest or not hours:
        said.append(ngettext("%(n)s phút", "%(n)s phút", rest) % {"n": rest})
    return " ".join(said)
