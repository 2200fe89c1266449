"""When a meeting is and what it is called, read from the words of the clause that announces it.

The words are the one place where the facts stand; moving a meeting rewrites its date phrase.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import Any

from documents.models import Clause, Document
from documents.operations import Rewrite
from documents.tree import Tree
from meetings.models import Meeting
from paper.reading.titles import title_of
from paper.when import PartOfDay, Recurrence, When, find, normalise

#: What a paper writes of a meeting without a day, where nobody wrote anything else.
UNKNOWN = "lịch cụ thể sẽ thông báo sau"

#: The years of papers, as in the forms.
YEARS = range(1945, 2101)


@dataclass(frozen=True, slots=True)
class Facts:
    """What an announcing clause says of its meeting."""

    title: str
    when: When


def facts_of(tree: Tree, clause: Clause, year: int) -> Facts:
    """Title and time of a meeting; "Buổi sáng: …" under "Ngày 05/4/2023:" takes the day from above."""
    found = find(clause.text, year)
    when = found.when if found else When()
    if when.date is None and when.recurrence is None:
        above = _day_above(tree, clause, year)
        if above is not None:
            when = replace(when, date=above.date, tentative=above.tentative, unknown=None)
    return Facts(title_of(clause.text, found), when)


def _day_above(tree: Tree, clause: Clause, year: int) -> When | None:
    parent = tree.parent(clause)
    while parent is not None:
        found = find(parent.text, year)
        if found and found.when.date:
            return found.when
        parent = tree.parent(parent)
    return None


def as_data(when: When) -> dict[str, Any] | None:
    """For the browser; None where the words say nothing of the time."""
    if when == When():
        return None
    return {
        "date": when.date.isoformat() if when.date else None,
        "tentative": when.tentative,
        "part_of_day": (when.recurrence.part_of_day if when.recurrence else when.part_of_day),
        "time": when.time.strftime("%H:%M") if when.time else None,
        "weekly": when.recurrence.weekday if when.recurrence else None,
        "unknown": when.unknown,
    }


def from_data(data: dict[str, Any]) -> When:
    """From the browser. Raises ValueError for a date, time or weekday that does not exist, or a year
    in which no office of today meets."""
    part = PartOfDay(data["part_of_day"]) if data.get("part_of_day") else None
    if data.get("weekly") is not None:
        weekday = int(data["weekly"])
        if not 0 <= weekday <= 6:
            raise ValueError("weekday")
        return When(recurrence=Recurrence(weekday, part), time=_time(data))
    if data.get("date"):
        day = dt.date.fromisoformat(data["date"])
        if day.year not in YEARS:
            raise ValueError("year")
        return When(
            date=day,
            tentative=bool(data.get("tentative")),
            part_of_day=part,
            time=_time(data),
        )
    return When(unknown=str(data.get("unknown") or UNKNOWN))


def _time(data: dict[str, Any]) -> dt.time | None:
    if not data.get("time"):
        return None
    return dt.time.fromisoformat(data["time"]).replace(second=0, microsecond=0, tzinfo=None)


def when_of(meeting: Meeting) -> When:
    """The time of a meeting as its paper writes it."""
    part = PartOfDay(meeting.part_of_day) if meeting.part_of_day else None
    if meeting.weekly_on is not None:
        return When(recurrence=Recurrence(meeting.weekly_on, part), time=meeting.starts_at)
    if meeting.on is None:
        return When(unknown=meeting.schedule_note or UNKNOWN)
    return When(date=meeting.on, tentative=meeting.tentative, part_of_day=part, time=meeting.starts_at)


def year_of(document: Document) -> int:
    """The year that completes a day without one: that of a programme's period, else of the paper."""
    programme = getattr(document, "programme", None)
    return programme.period_year if programme else document.form_day.year


def rewriting(document: Document) -> Rewrite:
    """What becomes of the words of a clause before they are stored: the weekday of a meeting is put
    right."""

    def rewrite(clause: Clause, text: str) -> str:
        return normalise(text, year_of(document)) if clause.role == Clause.Role.MEETING else text

    return rewrite
