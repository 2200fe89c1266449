"""Which rows mean one meeting: the section of a programme, and what the series made before it.

A clause typed, pasted or copied into a draft names its meeting in words alone. Where the series made that
very meeting already (same body, name and day), the clause announces that row instead of a new one.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable

from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, OuterRef

from agencies.models import Person
from lucngan.lib.text import fold
from meetings.facts import Facts
from meetings.models import AgendaItem, Meeting, Series

#: "tháng 12/2026", "quý IV năm 2026" at the end of a folded title.
_PERIOD = re.compile(r"\s(?:thang|quy)\s(?:\d{1,2}|[ivx]+)(?:\s?/\s?\d{4}|\snam\s\d{4})?$")


def bare(title: str) -> str:
    """A title for comparing: "Phiên họp UBND xã thường kỳ tháng 12/2026" is "phien hop ubnd xa thuong ky"."""
    return _PERIOD.sub("", fold(title))


def row_of(issuing_body_id: int, facts: Facts) -> Meeting | None:
    """The meeting that a series made of what a new clause announces: same name, same day, in no paper yet,
    without an agenda of its own."""
    if facts.when.date is None:
        return None
    items = AgendaItem.objects.accepted().filter(meeting=OuterRef("pk"))
    rows = Meeting.objects.filter(
        ~Exists(items),
        issuing_body=issuing_body_id,
        series__isnull=False,
        section=None,
        on=facts.when.date,
        state__in=(Meeting.State.PLANNED, Meeting.State.INVITED),
    )
    name = bare(facts.title)
    return next((row for row in rows.order_by("pk") if bare(row.title) == name), None)


def series_of(issuing_body_id: int, facts: Facts) -> Series | None:
    """The weekly series that a new clause announces as a whole ("… chiều thứ Hai hằng tuần")."""
    weekly = facts.when.recurrence
    if weekly is None:
        return None
    rows = Series.objects.filter(
        issuing_body=issuing_body_id, active=True, frequency=Series.Frequency.WEEKLY, weekday=weekly.weekday
    )
    name = bare(facts.title)
    return next((each for each in rows.order_by("pk") if bare(each.title) == name), None)


def own_days(
    meetings: Iterable[Meeting], window: tuple[dt.date, dt.date], reader: Person | AnonymousUser | None = None
) -> dict[int, frozenset[dt.date]]:
    """The days of weekly meetings (by their primary key) that have a row of their own in the window: one
    query, none where no weekly meeting has a series. With a ``reader``, rows that one may not see do not
    count.

    A weekly row ("hằng tuần") stands for the other days only: like an exception to a recurrence (RFC 5545,
    RECURRENCE-ID), the dated row of the series takes the place of its slot, wherever it was moved to and
    also when it was called off.
    """
    weekly = {m.pk: m.series_id for m in meetings if m.weekly_on is not None and m.series_id is not None}
    if not weekly:
        return {}
    rows = Meeting.objects.all() if reader is None else Meeting.objects.visible_to(reader)
    rows = rows.filter(series__in=set(weekly.values()), slot__range=window).order_by()
    slots: dict[int | None, set[dt.date]] = {}
    for series, slot in rows.values_list("series_id", "slot"):
        if slot is not None:
            slots.setdefault(series, set()).add(slot)
    return {pk: frozenset(slots[series]) for pk, series in weekly.items() if series in slots}
