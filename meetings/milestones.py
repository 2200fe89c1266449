"""The backward plan of a meeting (kế hoạch tính lùi): days that hang on its day, always computed.

Registration closes → appraisal → documents due → invitations go out → meeting.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from agencies import daysoff
from lucngan.lib.workdays import WorkCalendar
from meetings.models.times import LeadTimes

#: Kinds of days before a meeting, in the order in which they come, with the field of their lead time.
KINDS: tuple[tuple[str, str | Promise, str], ...] = (
    ("registration", _("Chốt đăng ký"), "registration_days"),
    ("appraisal", _("Thẩm định nội dung"), "appraisal_days"),
    ("documents", _("Nhận tài liệu"), "documents_days"),
    ("invitations", _("Gửi giấy mời"), "invitation_days"),
)

#: A year back holds every lead time that a form accepts.
REACH = dt.timedelta(days=400)


@dataclass(frozen=True, slots=True)
class Milestone:
    """One day of the plan. ``days`` is its lead time in working days, ``skipped`` the days between it
    and the meeting that are not counted."""

    kind: str
    label: str | Promise
    on: dt.date
    days: int
    skipped: tuple[dt.date, ...]

    def is_past(self, today: dt.date) -> bool:
        return self.on < today


def calendar_for(*days: dt.date | None) -> WorkCalendar:
    """The working days that plans of meetings on these days need: one query for all of them."""
    known = [day for day in days if day is not None]
    if not known:
        return WorkCalendar()
    return daysoff.calendar(min(known) - REACH, max(known) + REACH)


def plan(lead: LeadTimes, on: dt.date | None, calendar: WorkCalendar) -> list[Milestone]:
    """The days that hang on a meeting of ``on`` with these lead times, earliest first; none for a
    meeting without a day. Equal days keep the order of the trade."""
    if on is None:
        return []
    found = []
    for kind, label, name in KINDS:
        days = getattr(lead, name)
        if days is not None:
            due = calendar.before(on, days)
            found.append(Milestone(kind, label, due, days, tuple(calendar.skipped(due, on))))
    return sorted(found, key=lambda each: each.on)


def due_on(lead: LeadTimes, on: dt.date | None, kind: str, calendar: WorkCalendar) -> dt.date | None:
    """The day of one kind, None where the meeting has no day or no such lead time."""
    return next((each.on for each in plan(lead, on, calendar) if each.kind == kind), None)
