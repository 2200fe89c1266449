"""The backward plan of a meeting (kế hoạch tính lùi): its days to scale, with what is not counted."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agencies.models import DayOff
from agencies.rules import standing
from lucngan.lib.workdays import DAY, WorkCalendar, days
from meetings.milestones import REACH, Milestone, plan
from meetings.models import Meeting
from meetings.readiness import Progress

#: Working days, and the names of days off.
Known = tuple[WorkCalendar, dict[dt.date, str]]

#: The drawing keeps this much of its width free at either end, in hundredths.
MARGIN = 6.0
#: Today is drawn when it is not longer before the first day than this.
NEAR = dt.timedelta(days=10)
#: More days off than this are folded away.
FOLD = 9


@dataclass(frozen=True, slots=True)
class Node:
    """One day of the plan. ``state``: done, late, now or coming; ``words`` says it; ``x`` and ``foot``
    are places in the drawing ("26.1%"): on the axis and above its words; ``counted`` is "6/9" of the
    documents."""

    kind: str
    label: str | Promise
    on: dt.date
    state: str
    words: str
    days: int | None
    x: str
    foot: str
    counted: str = ""


@dataclass(frozen=True, slots=True)
class Skipped:
    """A day that is not counted, with the name of a holiday."""

    on: dt.date
    name: str


@dataclass(frozen=True, slots=True)
class Backward:
    """Everything that the panel shows."""

    nodes: list[Node] = field(default_factory=list)
    off: list[tuple[str, str]] = field(default_factory=list)
    today: str = ""
    done: str = ""
    skipped: list[Skipped] = field(default_factory=list)

    @property
    def folds(self) -> bool:
        """Are there too many days off to list openly?"""
        return len(self.skipped) > FOLD


def panel(
    request: HttpRequest, meeting: Meeting, progress: Progress | None = None, known: Known | None = None
) -> dict[str, Any]:
    """What the page of a meeting shows of it: the plan, for the office and those who prepare; with
    ``progress`` the office sees how many documents are there."""
    who = standing(request.user)
    prepares = any(
        body.agency_id in who.agencies for item in meeting.items.all() for body in item.preparing.all()
    )
    if not (who.holds(meeting.issuing_body_id) or prepares):
        return {"backward": None}
    received = None
    if progress is not None and who.holds(meeting.issuing_body_id):
        received = (progress.received, progress.needed)
    return {"backward": backward(meeting, timezone.localdate(), received, known)}


def backward(
    meeting: Meeting,
    today: dt.date,
    received: tuple[int, int] | None = None,
    known: Known | None = None,
) -> Backward:
    """The plan of a meeting as it stands ``today``; ``received`` counts items whose documents are there,
    and all that need some. One query unless the days are ``known``; none for a meeting without a day or
    one that was called off."""
    if meeting.on is None or meeting.state in (Meeting.State.CANCELLED, Meeting.State.POSTPONED):
        return Backward()
    calendar, names = known if known is not None else known_days(meeting.on, today)
    rows = plan(meeting, meeting.on, calendar)
    start = min([each.on for each in rows] + [meeting.on])
    if start - NEAR <= today < start:
        start = today
    scale = Scale(start, max(meeting.on, start + DAY))
    whole = [*rows, Milestone("meeting", gettext_lazy("Họp"), meeting.on, 0, ())]
    nodes = [
        _node(each, n, len(whole), meeting, today, calendar, scale, received) for n, each in enumerate(whole)
    ]
    skipped = sorted({day for each in rows for day in each.skipped})
    inside = start <= today <= scale.end
    return Backward(
        nodes,
        list(_off(scale, calendar)),
        scale.at(today) if inside else "",
        scale.at(min(max(today, start), scale.end)) if today >= start else "",
        [Skipped(day, names.get(day, "")) for day in skipped],
    )


def milestones_of(meeting: Meeting, today: dt.date) -> list[Node]:
    """The days of a plan alone, while one still plans."""
    return backward(meeting, today).nodes


def known_days(*around: dt.date) -> Known:
    """Working days and the names of days off around some days, with one query."""
    span = (min(around) - REACH, max(around) + REACH)
    rows = list(DayOff.objects.filter(day__range=span).values_list("day", "type", "name"))
    worked = frozenset(day for day, kind, _name in rows if kind == DayOff.Type.SWAP_WORK)
    names = {day: name for day, kind, name in rows if kind != DayOff.Type.SWAP_WORK}
    return WorkCalendar(off=frozenset(names), worked=worked), names


@dataclass(frozen=True, slots=True)
class Scale:
    """Days on the width of the drawing."""

    start: dt.date
    end: dt.date

    def hundredths(self, day: dt.date) -> float:
        whole = (self.end - self.start).days
        return MARGIN + (100 - 2 * MARGIN) * (day - self.start).days / whole

    def at(self, day: dt.date) -> str:
        return percent(self.hundredths(day))


def percent(value: float) -> str:
    """For an SVG attribute, in the machine's notation: "26.1%"."""
    return f"{value:.2f}%"


def _off(scale: Scale, calendar: WorkCalendar) -> Iterator[tuple[str, str]]:
    """The stretches that are not worked: left edge and width."""
    one = scale.hundredths(scale.start + DAY) - scale.hundredths(scale.start)
    for first, count in stretches(days(scale.start, scale.end), calendar):
        yield percent(scale.hundredths(first) - one / 2), percent(one * count)


def stretches(span: Iterable[dt.date], calendar: WorkCalendar) -> Iterator[tuple[dt.date, int]]:
    """Days off that follow each other: the first one and how many."""
    first, count = None, 0
    for day in span:
        if calendar.works(day):
            if first:
                yield first, count
            first, count = None, 0
        else:
            first, count = first or day, count + 1
    if first:
        yield first, count


def _node(
    each: Milestone,
    n: int,
    total: int,
    meeting: Meeting,
    today: dt.date,
    calendar: WorkCalendar,
    scale: Scale,
    received: tuple[int, int] | None,
) -> Node:
    state, words = standing_of(each, meeting, today, calendar, received)
    foot = percent(100 * (n + 0.5) / total)
    lead = each.days if each.kind != "meeting" else None
    counted = f"{received[0]}/{received[1]}" if each.kind == "documents" and received and received[1] else ""
    return Node(each.kind, each.label, each.on, state, words, lead, scale.at(each.on), foot, counted)


def standing_of(
    each: Milestone,
    meeting: Meeting,
    today: dt.date,
    calendar: WorkCalendar,
    received: tuple[int, int] | None = None,
) -> tuple[str, str]:
    """How a day stands: done, late, now or coming, and in words."""
    done, words = _done(each, meeting, received)
    if done:
        return "done", words
    if each.on == today:
        return "now", _("hôm nay")
    if each.on > today:
        return "coming", coming(today, each.on, calendar)
    if done is None:
        return "done", _("đã qua")
    late = max(counted(each.on, today, calendar), 1)
    return "late", words or _("quá %(n)s ngày làm việc") % {"n": late}


def _done(each: Milestone, meeting: Meeting, received: tuple[int, int] | None) -> tuple[bool | None, str]:
    """Was it done? None: nobody records that, only its day counts."""
    if each.kind == "meeting":
        if meeting.is_over:
            return True, _("đã họp")
        return False, _("chưa ghi nhận đã họp") if meeting.is_open else ""
    if each.kind == "invitations":
        sent = meeting.state != Meeting.State.PLANNED
        return sent, _("đã mời") if sent else ""
    if each.kind == "documents" and received is not None and received[1]:
        have, needed = received
        return have >= needed, _("đã nhận đủ") if have >= needed else ""
    return None, ""


def coming(today: dt.date, day: dt.date, calendar: WorkCalendar) -> str:
    """ "ngày mai", "còn 4 ngày làm việc"."""
    if day == today + DAY:
        return _("ngày mai")
    return _("còn %(n)s ngày làm việc") % {"n": max(counted(today, day, calendar), 1)}


def counted(after: dt.date, until: dt.date, calendar: WorkCalendar) -> int:
    """Working days after one day up to and including another."""
    return calendar.between(after, until) + calendar.works(until)
