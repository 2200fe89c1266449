"""The Vietnamese lunar calendar (âm lịch), computed for the time zone of Hanoi (UTC+7).

Rules (QĐ 121-CP of 8/8/1967): a month begins on the day of its new moon; the winter solstice falls in
month 11; where thirteen months lie between two such months, the first of them without a principal
solar term (trung khí, the sun's longitude a multiple of 30°) is the leap month and takes the number of
the month before. New moons and the sun's longitude are the series of J. Meeus, "Astronomical
Algorithms", chapters 25 and 49, exact to some minutes from 1900 to 2100.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from math import floor, radians, sin

from django.utils.translation import gettext as _

#: Hours of Hanoi ahead of universal time, in days.
ZONE = 7 / 24
#: Julian day number of the day before 1/1/0001 of the proleptic calendar, as ``date.toordinal``.
JULIAN = 1721425
#: Mean length of a lunar month, and the new moon of 6/1/2000 from which they are counted (Meeus 49.1).
SYNODIC, NEW_MOON = 29.530588861, 2451550.09766


@dataclass(frozen=True, slots=True)
class LunarDay:
    """A day of the lunar calendar; ``leap`` for a day of a leap month (tháng nhuận)."""

    day: int
    month: int
    year: int
    leap: bool = False

    @property
    def short(self) -> str:
        """As calendars print it: "7", and "1/3" where a month begins ("1/2n" a leap one)."""
        if self.day != 1:
            return str(self.day)
        return f"1/{self.month}{_('n') if self.leap else ''}"

    @property
    def words(self) -> str:
        """ "mùng 7 tháng 3", "rằm tháng Giêng", "29 tháng Chạp", "20 tháng 2 nhuận"."""
        words = {"day": _day_words(self.day), "month": _month_words(self.month)}
        if self.leap:
            return _("%(day)s tháng %(month)s nhuận") % words
        return _("%(day)s tháng %(month)s") % words


def _day_words(day: int) -> str:
    if day == 15:
        return _("rằm")
    return _("mùng %(n)s") % {"n": day} if day <= 10 else str(day)


def _month_words(month: int) -> str:
    return {1: _("Giêng"), 12: _("Chạp")}.get(month, str(month))


def lunar(day: dt.date) -> LunarDay:
    """The lunar day of a day between 1900 and 2100."""
    ordinal = day.toordinal()
    year = day.year if ordinal >= _eleventh(day.year) else day.year - 1
    start = _eleventh(year)
    moon = _moon_before(ordinal)
    first = _new_moon_day(moon)
    after = moon - _moon_before(start)
    leap = _leap_after(year)
    is_leap = leap is not None and after == leap
    number = after - (1 if leap is not None and after >= leap else 0)
    month = (number + 10) % 12 + 1
    # months 11 and 12 belong to the year that is ending, the others to the next
    return LunarDay(ordinal - first + 1, month, year if number < 2 else year + 1, is_leap)


@lru_cache(maxsize=256)
def _eleventh(year: int) -> int:
    """The ordinal of the first day of month 11, in which the winter solstice of a year falls."""
    moon = _moon_before(dt.date(year, 12, 31).toordinal())
    if _term(_new_moon_day(moon)) >= 9:
        moon -= 1
    return _new_moon_day(moon)


@lru_cache(maxsize=256)
def _leap_after(year: int) -> int | None:
    """How many months after month 11 of the year the leap month comes, None for a year without one."""
    start = _moon_before(_eleventh(year))
    if _moon_before(_eleventh(year + 1)) - start < 13:
        return None
    terms = [_term(_new_moon_day(start + n)) for n in range(14)]
    return next(n for n in range(1, 13) if terms[n] == terms[n + 1])


def _moon_before(ordinal: int) -> int:
    """The number of the last new moon whose day is not after ``ordinal``."""
    moon = floor((ordinal + JULIAN - NEW_MOON) / SYNODIC) + 1
    while _new_moon_day(moon) > ordinal:
        moon -= 1
    return moon


@lru_cache(maxsize=1024)
def _new_moon_day(moon: int) -> int:
    """The ordinal of the day in Hanoi on which a new moon falls."""
    return floor(_new_moon(moon) + 0.5 + ZONE) - JULIAN


def _new_moon(k: int) -> float:
    """Julian day of new moon number ``k``, universal time (Meeus 49.1, table 49.A for new moons)."""
    t = k / 1236.85
    mean = NEW_MOON + SYNODIC * k + 0.00015437 * t**2 - 0.00000015 * t**3
    e = 1 - 0.002516 * t - 0.0000074 * t**2
    sun = radians(2.5534 + 29.1053567 * k - 0.0000014 * t**2)
    moon = radians(201.5643 + 385.81693528 * k + 0.0107582 * t**2)
    node = radians(160.7108 + 390.67050284 * k - 0.0016118 * t**2)
    rising = radians(124.7746 - 1.56375588 * k + 0.0020672 * t**2)
    return mean + _wobble(e, sun, moon, node, rising) - _delta(2000 + t * 100)


def _wobble(e: float, sun: float, moon: float, node: float, rising: float) -> float:
    """The true new moon against the mean one, in days."""
    terms = (
        (-0.40720, moon),
        (0.17241 * e, sun),
        (0.01608, 2 * moon),
        (0.01039, 2 * node),
        (0.00739 * e, moon - sun),
        (-0.00514 * e, moon + sun),
        (0.00208 * e * e, 2 * sun),
        (-0.00111, moon - 2 * node),
        (-0.00057, moon + 2 * node),
        (0.00056 * e, 2 * moon + sun),
        (-0.00042, 3 * moon),
        (0.00042 * e, sun + 2 * node),
        (0.00038 * e, sun - 2 * node),
        (-0.00024 * e, 2 * moon - sun),
        (-0.00017, rising),
    )
    return sum(size * sin(angle) for size, angle in terms)


def _delta(year: float) -> float:
    """Dynamical against universal time in days: nearly straight lines through the observed values."""
    points = ((1900, -3), (1920, 21), (1950, 29), (1970, 40), (2000, 64), (2020, 69), (2100, 100))
    for (start, low), (end, high) in pairwise(points):
        if year <= end:
            return (low + (high - low) * (year - start) / (end - start)) / 86400
    return points[-1][1] / 86400


def _term(ordinal: int) -> int:
    """Which twelfth of the sun's way (0 from the March equinox) is reached when the day begins."""
    return floor(_longitude(ordinal + JULIAN - 0.5 - ZONE) / 30) % 12


def _longitude(julian: float) -> float:
    """Apparent longitude of the sun in degrees, universal time (Meeus 25)."""
    t = (julian + 66 / 86400 - 2451545.0) / 36525
    mean = 280.46646 + 36000.76983 * t + 0.0003032 * t**2
    m = radians(357.52911 + 35999.05029 * t - 0.0001537 * t**2)
    centre = (1.914602 - 0.004817 * t) * sin(m) + (0.019993 - 0.000101 * t) * sin(2 * m)
    centre += 0.000289 * sin(3 * m)
    rising = radians(125.04 - 1934.136 * t)
    nutation = -0.00569 - 0.00478 * sin(rising)
    return (mean + centre + nutation) % 360
