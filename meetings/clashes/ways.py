"""Ways out of a clash (lối ra): other days, other halves."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from lucngan.lib import dates
from lucngan.lib.workdays import DAY, WorkCalendar
from meetings.clashes.board import Board
from meetings.clashes.events import (
    AFTERNOON,
    MORNING,
    REACH,
    Clash,
    Reader,
    half_words,
)
from meetings.models import (
    Meeting,
)


@dataclass(frozen=True, slots=True)
class WayOut:
    """A time without a clash: a day, a half-day ("" for the whole day), and words for a button."""

    on: dt.date
    part: str
    words: str


def free_days(
    meeting: Meeting,
    around: dt.date,
    calendar: WorkCalendar,
    *,
    today: dt.date | None = None,
    count: int = 3,
    reader: Reader | None = None,
) -> list[dt.date]:
    """Up to ``count`` working days nearest to ``around``, after ``today``, on which the meeting would
    clash with nothing at its usual time; nearest first, the earlier of two first."""
    board = Board.load(meeting, (around - DAY * REACH, around + DAY * REACH), reader=reader)
    return list(_free(board, around, calendar, today, count))


def _free(
    board: Board, around: dt.date, calendar: WorkCalendar, today: dt.date | None, count: int
) -> Iterator[dt.date]:
    meeting, (first, last) = board.meeting, board.window
    for distance in range(1, REACH + 1):
        for day in (around - DAY * distance, around + DAY * distance):
            if not count or not calendar.works(day) or not first <= day <= last:
                continue
            if today is not None and day <= today:
                continue
            if _clear(board.at(day, meeting.halves, meeting.starts_at, meeting.ends_at)):
                count -= 1
                yield day


def _clear(clashes: list[Clash]) -> bool:
    """Nothing serious: a body that prepares for two meetings may well do so."""
    return not any(clash.serious for clash in clashes)


def ways_out(
    meeting: Meeting,
    on: dt.date,
    calendar: WorkCalendar,
    *,
    today: dt.date | None = None,
    count: int = 3,
    reader: Reader | None = None,
    board: Board | None = None,
) -> list[WayOut]:
    """Up to ``count`` times without a clash: first the nearest day, then the other or only half of
    the same day, then further days. ``board``: what stands around, where it is loaded already."""
    board = board or Board.load(meeting, (on - DAY * REACH, on + DAY * REACH), reader=reader)
    days = [
        WayOut(day, meeting.part_of_day, _("Dời sang %(day)s") % {"day": _day_words(day)})
        for day in _free(board, on, calendar, today, count)
    ]
    form = _("Chỉ họp %(half)s") if len(meeting.halves) > 1 else _("Chuyển sang %(half)s")
    halves = [
        WayOut(on, half, form % {"half": half_words(frozenset((half,)))})
        for half in (MORNING, AFTERNOON)
        if meeting.halves != {half} and (today is None or on >= today)
        if _clear(board.at(on, frozenset((half,))))
    ]
    return (days[:1] + halves + days[1:])[:count]


def _day_words(day: dt.date) -> str:
    """ "thứ Ba 25/4"."""
    return f"{dates.weekday(day)} {dates.short(day).rpartition('/')[0]}"
