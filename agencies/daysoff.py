"""Seeding the calendar of days off (ngày nghỉ lễ, nghỉ bù, hoán đổi)."""

from __future__ import annotations

import datetime as dt
import re

from agencies.models import DayOff
from lucngan.lib.workdays import WorkCalendar


def seed(years: range) -> int:
    """Write the public holidays of the years where the table has nothing for the day yet.

    Known to the package ``holidays``: Tết, make-up and swapped days up to the current year's
    notice. Returns how many days were added; rows that an office edited stay as they are.
    """
    import holidays  # takes a moment; only seeding needs it

    known = holidays.country_holidays("VN", years=list(years), language="vi")
    have = set(DayOff.objects.values_list("day", flat=True))
    found: dict[dt.date, tuple[str, str]] = {}
    for day, name in sorted(known.items()):
        found[day] = (kind_of(name), name)
        if worked := worked_instead(name):
            found[worked] = (DayOff.Type.SWAP_WORK, f"Làm bù cho ngày {day:%d/%m/%Y}")
    rows = [
        DayOff(day=day, type=type_, name=name[:120])
        for day, (type_, name) in found.items()
        if day not in have
    ]
    DayOff.objects.bulk_create(rows)
    return len(rows)


def kind_of(name: str) -> str:
    """The type of a day by its name in the package: "(nghỉ bù)", "Ngày nghỉ (thay cho ngày …)"."""
    if worked_instead(name):
        return DayOff.Type.SWAP_OFF
    if "nghỉ bù" in name.lower():
        return DayOff.Type.MAKE_UP
    return DayOff.Type.HOLIDAY


def worked_instead(name: str) -> dt.date | None:
    """The Saturday that is worked for a swapped day off, None for any other day."""
    m = re.search(r"thay cho ngày (\d\d)/(\d\d)/(\d{4})", name)
    return dt.date(int(m[3]), int(m[2]), int(m[1])) if m else None


def off_days(start: dt.date, end: dt.date) -> set[dt.date]:
    """Weekdays off in the range."""
    return set(names(start, end))


def names(start: dt.date, end: dt.date) -> dict[dt.date, str]:
    """Days off in the range with their names, for warnings."""
    rows = DayOff.objects.filter(day__range=(start, end)).exclude(type=DayOff.Type.SWAP_WORK)
    return dict(rows.values_list("day", "name"))


def calendar(start: dt.date, end: dt.date) -> WorkCalendar:
    """The working days around a range, for counting: one query. Lead times reach back from ``start``,
    so give a range wide enough for what is counted."""
    rows = list(DayOff.objects.filter(day__range=(start, end)).values_list("day", "type"))
    return WorkCalendar(
        off=frozenset(day for day, kind in rows if kind != DayOff.Type.SWAP_WORK),
        worked=frozenset(day for day, kind in rows if kind == DayOff.Type.SWAP_WORK),
    )
