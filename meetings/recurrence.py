"""The days of a series of meetings: what its recurrence gives, and what becomes of days off.

Pure: rows and a calendar in, days out. A *slot* (kỳ) is the day that the recurrence itself gives, before
the policy for days off; it names the occurrence for good, whatever day the meeting takes in the end, and
it decides to which month the occurrence belongs.
"""

from __future__ import annotations

import calendar as months
import datetime as dt
from collections.abc import Iterator

from django.utils.translation import gettext as _

from lucngan.lib import dates
from lucngan.lib.workdays import DAY, LONGEST_BREAK, WorkCalendar
from meetings.models.series import Series

Frequency = Series.Frequency
Policy = Series.DayOffPolicy

#: How far a day may be from its slot.
AROUND = dt.timedelta(days=LONGEST_BREAK)
#: How far ahead :func:`problem` looks for a working day.
TWO_YEARS = dt.timedelta(days=731)
WEEK = dt.timedelta(days=7)


def days(
    series: Series, start: dt.date, end: dt.date, calendar: WorkCalendar
) -> list[tuple[dt.date, dt.date]]:
    """``(slot, day)`` of every occurrence whose slot lies in ``start`` … ``end``, both included.

    A day is a working day unless the series meets on days off too. It may lie outside the range when
    the slot is a day off. An occurrence that would be moved onto or past another slot of the series
    is left out (a Monday of Tết does not become a second meeting of the next Monday), and so is one whose
    day lies outside ``since`` … ``until``. Asking for two neighbouring ranges gives what asking for both
    at once gives.
    """
    first = max(start, series.since) if series.since else start
    last = min(end, series.until) if series.until else end
    found = []
    for slot in slots(series, first, last):
        day = moved(series, slot, calendar)
        if day is not None and _within(series, day):
            found.append((slot, day))
    return found


def slots(series: Series, start: dt.date, end: dt.date) -> Iterator[dt.date]:
    """The days that the recurrence gives in ``start`` … ``end``, days off or not."""
    if series.frequency == Frequency.WEEKLY:
        day = start + dt.timedelta(days=(_number(series.weekday) - start.weekday()) % 7)
        while day <= end:
            yield day
            day += WEEK
    elif series.frequency != Frequency.BY_RULE:
        year, month = start.year, start.month
        while (year, month) <= (end.year, end.month):
            day_of = _in_month(series, year, month)
            if day_of is not None and start <= day_of <= end:
                yield day_of
            year, month = (year, month + 1) if month < 12 else (year + 1, 1)


def moved(series: Series, slot: dt.date, calendar: WorkCalendar) -> dt.date | None:
    """The day of the meeting of a slot; None where the occurrence falls out."""
    if series.on_days_off or calendar.works(slot):
        return slot
    if series.day_off_policy == Policy.SKIP:
        return None
    later = series.day_off_policy == Policy.LATER
    try:
        day = calendar.nearest(slot, 1 if later else -1)
    except ValueError:
        return None
    between = slots(series, slot + DAY, day) if later else slots(series, day, slot - DAY)
    return None if any(between) else day


def following(
    series: Series, after: dt.date, count: int, calendar: WorkCalendar
) -> list[tuple[dt.date, dt.date]]:
    """The next ``count`` occurrences on ``after`` or later, fewer where two years have no more."""
    found = days(series, after - AROUND, after + TWO_YEARS, calendar)
    return [each for each in found if each[1] >= after][:count]


def problem(series: Series, calendar: WorkCalendar, today: dt.date) -> str | None:
    """Why the series never meets, in one sentence; None for one that does or that has no fixed days."""
    if series.frequency == Frequency.BY_RULE:
        return None
    if series.weekday in (5, 6) and not series.on_days_off and _by_weekday(series):
        return _(
            "%(weekday)s không phải ngày làm việc nên loạt này không có kỳ nào. Chọn thứ khác, hoặc đánh dấu "
            "“họp cả ngày nghỉ”."
        ) % {"weekday": _name(series.weekday)}
    start = max(today, series.since) if series.since else today
    end = min(start + TWO_YEARS, series.until) if series.until else start + TWO_YEARS
    if days(series, start, end, calendar):
        return None
    if not any(slots(series, start, end)):
        return _(
            "Trong thời gian áp dụng không có ngày nào đúng chu kỳ này. Sửa chu kỳ hoặc thời gian áp dụng."
        )
    return _(
        "Trong hai năm tới không có kỳ nào rơi vào ngày làm việc. Chọn ngày khác, hoặc cách xử lý khác khi "
        "gặp ngày nghỉ."
    )


def _in_month(series: Series, year: int, month: int) -> dt.date | None:
    """The one day of a month; none in the other months of a quarter."""
    if series.frequency == Frequency.QUARTERLY and (month - 1) % 3 + 1 != series.month_of_quarter:
        return None
    if _by_weekday(series):
        # the "fifth" weekday is the last one where there are four
        nth = 5 if series.nth == -1 else _number(series.nth)
        return dates.nth_weekday(year, month, _number(series.weekday), nth)
    last = months.monthrange(year, month)[1]
    return dt.date(year, month, min(_number(series.day_of_month), last))


def _by_weekday(series: Series) -> bool:
    """Does the recurrence name a weekday, not a day of the month?"""
    if series.frequency == Frequency.QUARTERLY:
        return series.day_of_month is None
    return series.frequency in (Frequency.WEEKLY, Frequency.MONTHLY_WEEKDAY)


def _within(series: Series, day: dt.date) -> bool:
    return (series.since is None or day >= series.since) and (series.until is None or day <= series.until)


def _name(weekday: int) -> str:
    """ "Thứ Bảy", as a sentence begins."""
    name = dates.weekday(dt.date(2024, 1, 1) + dt.timedelta(days=weekday))
    return name[0].upper() + name[1:]


def _number(value: int | None) -> int:
    """A field that the database promises for this frequency."""
    assert value is not None
    return value
