"""Dates as the office writes them, and half-days."""

import datetime as dt

from django.utils.translation import gettext as _

#: Written with a capital on the number word (NĐ 30/2020, Phụ lục II).
WEEKDAYS = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")


def weekday(day: dt.date) -> str:
    """Name of the weekday in the reader's language ("thứ Tư")."""
    return (
        _("thứ Hai"),
        _("thứ Ba"),
        _("thứ Tư"),
        _("thứ Năm"),
        _("thứ Sáu"),
        _("thứ Bảy"),
        _("Chủ nhật"),
    )[day.weekday()]


def short(day: dt.date) -> str:
    """ "05/4/2023": the day in two figures, the month with a zero only for 1 and 2."""
    month = f"{day.month:02d}" if day.month < 3 else str(day.month)
    return f"{day.day:02d}/{month}/{day.year}"


def full(day: dt.date) -> str:
    """ "thứ Tư, 26/4/2023"."""
    return f"{weekday(day)}, {short(day)}"


def nth_weekday(year: int, month: int, weekday_number: int, nth: int) -> dt.date:
    """The ``nth`` (1 …) given weekday of a month, or the last one when there are fewer."""
    first = dt.date(year, month, 1)
    day = first + dt.timedelta(days=(weekday_number - first.weekday()) % 7 + 7 * (nth - 1))
    while day.month != month:
        day -= dt.timedelta(days=7)
    return day
