"""The days on which a meeting is held."""

from __future__ import annotations

import datetime as dt

from lucngan.lib.workdays import DAY
from meetings.clashes.events import (
    Window,
)
from meetings.models import (
    Meeting,
)


def period_of(meeting: Meeting) -> tuple[dt.date, dt.date]:
    """First and last day on which a weekly meeting is held: the period of the programme that
    announces it, else those of its series, else always. Load
    ``section__document__programme`` and ``series`` with it."""
    section = meeting.section
    programme = getattr(section.document, "programme", None) if section else None
    if programme is not None:
        return programme.period.start, programme.period.end
    series = meeting.series
    first = series.since if series and series.since else dt.date.min
    return first, series.until if series and series.until else dt.date.max


def days_of(meeting: Meeting, window: Window, off: frozenset[dt.date] = frozenset()) -> list[dt.date]:
    """The days of the window on which a meeting opens: its day, or every such weekday of its period
    that is not a day off."""
    first, last = window
    if meeting.weekly_on is None:
        return [meeting.on] if meeting.on and first <= meeting.on <= last else []
    start, end = period_of(meeting)
    start, end = max(first, start), min(last, end)
    day = start + DAY * ((meeting.weekly_on - start.weekday()) % 7) if start <= end else start
    found = []
    while day <= end:
        if day not in off:
            found.append(day)
        day += DAY * 7
    return found
