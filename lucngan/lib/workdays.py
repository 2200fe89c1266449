"""Working days: counted over weekends, days off and swapped days."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

DAY = dt.timedelta(days=1)

#: No chain of days off is longer than this; a calendar that says otherwise is wrong.
LONGEST_BREAK = 60


@dataclass(frozen=True, slots=True)
class WorkCalendar:
    """Which days are worked. ``off``: weekdays off; ``worked``: weekend days worked instead."""

    off: frozenset[dt.date] = frozenset()
    worked: frozenset[dt.date] = frozenset()

    def works(self, day: dt.date) -> bool:
        """Is ``day`` a working day?"""
        return day in self.worked or (day.weekday() < 5 and day not in self.off)

    def before(self, day: dt.date, count: int) -> dt.date:
        """The latest working day with ``count`` full working days between it and ``day``.

        "Ít nhất 03 ngày làm việc trước ngày họp" is ``before(day, 3)``: neither end is counted.
        """
        at, left = day - DAY, count
        for _ in range((count + 1) * LONGEST_BREAK):
            if self.works(at):
                if not left:
                    return at
                left -= 1
            at -= DAY
        raise ValueError("no working day")

    def nearest(self, day: dt.date, step: int) -> dt.date:
        """``day``, or the next working day after it (``step`` 1) or before it (-1)."""
        for _ in range(LONGEST_BREAK):
            if self.works(day):
                return day
            day += DAY * step
        raise ValueError("no working day")

    def between(self, start: dt.date, end: dt.date) -> int:
        """Working days strictly between two days; negative when ``end`` is before ``start``."""
        if end < start:
            return -self.between(end, start)
        return sum(self.works(day) for day in days(start + DAY, end))

    def skipped(self, start: dt.date, end: dt.date) -> list[dt.date]:
        """The days strictly between two days that are not worked."""
        return [day for day in days(start + DAY, end) if not self.works(day)]


def days(start: dt.date, end: dt.date) -> Iterator[dt.date]:
    """Every day from ``start`` up to, not including, ``end``."""
    while start < end:
        yield start
        start += DAY
