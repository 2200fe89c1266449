"""Are the documents of a meeting there? Always computed, never stored.

An item has its documents when every document of it that was not taken off has an accepted version,
and there is at least one. What is owed is owed until the close of the last working day for it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, TypedDict

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lucngan.lib.dates import full, short
from lucngan.lib.workdays import DAY, WorkCalendar, days
from meetings.milestones import calendar_for, due_on
from meetings.models import AgendaItem, ItemFile, Meeting

#: A day's documents are awaited until the office closes.
CLOSE = dt.time(17)
#: What is due within so many working days is marked.
SOON = 3

#: Items that left the agenda owe nothing.
GONE = (AgendaItem.Outcome.POSTPONED, AgendaItem.Outcome.WITHDRAWN)


def close_of(day: dt.date) -> dt.datetime:
    """Until when documents of this day are in time."""
    return timezone.make_aware(dt.datetime.combine(day, CLOSE))


@dataclass(frozen=True, slots=True)
class Readiness:
    """How the documents of one item stand. ``state``: not_needed, received, submitted (the office has to
    look), returned, late, due. ``left`` and ``over`` are working days; ``pending`` versions wait for the
    office, also beside an accepted one; ``returned`` is true while something is to be sent again."""

    item: AgendaItem
    state: str
    due_on: dt.date | None = None
    extended: bool = False
    received_on: dt.date | None = None
    left: int = 0
    over: int = 0
    pending: int = 0
    returned: bool = False
    today: dt.date = dt.date.min

    @property
    def look(self) -> str:
        """The name of the chip's look (``lucngan.templatetags.ui.LOOKS``, kind "documents")."""
        if self.state == "due" and not self.is_soon:
            return "later"
        return self.state

    @property
    def box(self) -> str:
        """The class of its box in the meter: filled, hatched, dashed, waiting or hollow."""
        if self.state == "due":
            return "s" if self.is_soon else ""
        return {"received": "y", "late": "l", "submitted": "w", "returned": "s"}.get(self.state, "")

    @property
    def is_soon(self) -> bool:
        return self.due_on is not None and (self.extended or self.left <= SOON)

    @property
    def words(self) -> str:
        """The words of the chip: "Nhận 17/4", "Quá 2 ngày", "Gia hạn 20/4", "Hạn hôm nay"."""
        if self.state == "not_needed":
            return _("Không cần")
        if self.state == "received":
            today = self.received_on == self.today
            return _("Nhận hôm nay") if today else _("Nhận %(day)s") % {"day": _day(self.received_on)}
        if self.state == "submitted":
            return _("Chờ xem")
        if self.state == "late":
            late = _late(self.over)
            return _("Trả lại, %(late)s") % {"late": late[:1].lower() + late[1:]} if self.returned else late
        if self.state == "returned":
            return _("Trả lại, hạn %(day)s") % {"day": _day(self.due_on)} if self.due_on else _("Trả lại")
        return self._due_words()

    def _due_words(self) -> str:
        if self.due_on is None:
            return _("Chưa có")
        if self.extended:
            return _("Gia hạn %(day)s") % {"day": _day(self.due_on)}
        if self.due_on <= self.today:
            return _("Hạn hôm nay")
        if self.due_on == self.today + DAY:
            return _("Hạn ngày mai")
        if self.left <= SOON:
            return ngettext("Còn %(n)s ngày", "Còn %(n)s ngày", self.left) % {"n": self.left}
        return _("Hạn %(day)s") % {"day": _day(self.due_on)}

    @property
    def more(self) -> str:
        """One line on what is still to come: until when, and how many working days that is."""
        if self.due_on is None or self.state in ("received", "not_needed"):
            return ""
        until = _("Hạn 17:00, %(day)s") % {"day": full(self.due_on)}
        if self.state == "late":
            return until + ngettext(
                ", đã quá %(n)s ngày làm việc", ", đã quá %(n)s ngày làm việc", self.over
            ) % {"n": self.over}
        if not self.left:
            return until
        return until + ngettext(", còn %(n)s ngày làm việc", ", còn %(n)s ngày làm việc", self.left) % {
            "n": self.left
        }

    @property
    def bodies(self) -> str:
        """Who leads its preparation, in words; whoever coordinates where nobody leads."""
        rows = list(self.item.preparing.all())
        return ", ".join(row.name for row in rows if row.lead) or ", ".join(row.name for row in rows)


@dataclass(frozen=True, slots=True)
class Progress:
    """How the documents of one meeting stand, in the order of its agenda; items that need none are
    left out."""

    items: tuple[Readiness, ...] = field(default=())

    @property
    def received(self) -> int:
        return sum(1 for each in self.items if each.state == "received")

    @property
    def needed(self) -> int:
        return len(self.items)

    @property
    def late(self) -> list[Readiness]:
        return [each for each in self.items if each.state == "late"]

    @property
    def waiting(self) -> list[Readiness]:
        """Items of which something waits for the office."""
        return [each for each in self.items if each.pending]

    @property
    def words(self) -> str:
        """ "đã nhận 6/9"."""
        return _("đã nhận %(have)s/%(all)s") % {"have": self.received, "all": self.needed}


class _Version(TypedDict):
    document_id: int
    document__item_id: int
    version: int
    state: str
    decided_at: dt.datetime | None


def of(
    items: Iterable[AgendaItem], *, now: dt.datetime, calendar: WorkCalendar | None = None
) -> dict[int, Readiness]:
    """How the documents of each item stand, by primary key. The items have their ``meeting`` loaded.
    One query, and one for the days off unless a calendar is given."""
    rows = list(items)
    if calendar is None:
        calendar = calendar_for(*(row.meeting.on for row in rows), *(row.extended_to for row in rows))
    versions = _versions(rows)
    dues: dict[int, dt.date | None] = {}
    found = {}
    for row in rows:
        if row.meeting_id not in dues:
            dues[row.meeting_id] = _due(row.meeting, calendar)
        found[row.pk] = _readiness(row, versions.get(row.pk, {}), dues[row.meeting_id], calendar, now)
    return found


def of_meetings(
    meetings: Sequence[Meeting | int], *, now: dt.datetime, calendar: WorkCalendar | None = None
) -> dict[int, Progress]:
    """How the documents of each meeting stand, by primary key, for rows or their keys: the same number
    of queries for any number of meetings and items."""
    ids = [m.pk if isinstance(m, Meeting) else m for m in meetings]
    items = (
        AgendaItem.objects.accepted()
        .filter(meeting__in=ids)
        .select_related("meeting")
        .prefetch_related("preparing")
        .order_by("meeting", "position", "pk")
    )
    return progress(ids, items, now=now, calendar=calendar)


def progress(
    ids: Iterable[int],
    items: Iterable[AgendaItem],
    *,
    now: dt.datetime,
    calendar: WorkCalendar | None = None,
) -> dict[int, Progress]:
    """The same of items that are loaded already, with ``meeting`` and ``preparing``."""
    rows = [row for row in items if row.state == AgendaItem.State.ACCEPTED]
    by_meeting: dict[int, list[Readiness]] = {pk: [] for pk in ids}
    stands = of(rows, now=now, calendar=calendar)
    for row in rows:
        each = stands[row.pk]
        if each.state != "not_needed" and row.meeting_id in by_meeting:
            by_meeting[row.meeting_id].append(each)
    return {pk: Progress(tuple(found)) for pk, found in by_meeting.items()}


def _versions(items: list[AgendaItem]) -> dict[int, dict[int, list[_Version]]]:
    """Per item and document the versions, newest first; what was taken off is left out."""
    if not items:
        return {}
    if all(hasattr(item, "filed") for item in items):
        return {item.pk: _filed(item) for item in items}
    rows = ItemFile.objects.filter(
        document__item__in=[item.pk for item in items], document__removed_at=None
    ).order_by("document", "-version")
    found: dict[int, dict[int, list[_Version]]] = {}
    for row in rows.values("document_id", "document__item_id", "version", "state", "decided_at"):
        documents = found.setdefault(row["document__item_id"], {})
        documents.setdefault(row["document_id"], []).append(row)
    return found


def _filed(item: Any) -> dict[int, list[_Version]]:
    """The versions of documents that were loaded with the item as ``filed``."""
    return {
        document.pk: [
            {
                "document_id": document.pk,
                "document__item_id": item.pk,
                "version": each.version,
                "state": each.state,
                "decided_at": each.decided_at,
            }
            for each in document.versions.all()
        ]
        for document in item.filed
        if document.versions.all()
    }


def _due(meeting: Meeting, calendar: WorkCalendar) -> dt.date | None:
    """The day until which the meeting awaits documents; none once it is over or off."""
    return due_on(meeting, meeting.on, "documents", calendar) if meeting.is_open else None


def _readiness(
    item: AgendaItem,
    documents: dict[int, list[_Version]],
    due: dt.date | None,
    calendar: WorkCalendar,
    now: dt.datetime,
) -> Readiness:
    today = timezone.localdate(now)
    if not item.needs_documents or item.outcome in GONE:
        return Readiness(item, "not_needed", today=today)
    newest = [versions[0]["state"] for versions in documents.values()]
    pending = newest.count(ItemFile.State.SUBMITTED)
    accepted = [
        next((v for v in versions if v["state"] == ItemFile.State.ACCEPTED), None)
        for versions in documents.values()
    ]
    if documents and None not in accepted:
        at = max(v["decided_at"] for v in accepted if v and v["decided_at"])
        return Readiness(item, "received", received_on=timezone.localdate(at), pending=pending, today=today)
    lacking = [state for state, valid in zip(newest, accepted, strict=True) if valid is None]
    returned = ItemFile.State.RETURNED in lacking
    extended = bool(item.meeting.is_open and item.extended_to)
    day = item.extended_to if extended else due
    state = "returned" if returned else "submitted" if lacking else "due"
    if state != "submitted" and day is not None and now > close_of(day):
        state = "late"
    return Readiness(
        item,
        state,
        due_on=day,
        extended=extended,
        left=_working(today, day, calendar) if day else 0,
        over=_working(day, today, calendar) if day else 0,
        pending=pending,
        returned=returned,
        today=today,
    )


def _working(after: dt.date, until: dt.date, calendar: WorkCalendar) -> int:
    """Working days after one day up to and with another; 0 where that is earlier."""
    return sum(calendar.works(day) for day in days(after + DAY, until + DAY))


def _day(day: dt.date | None) -> str:
    """ "26/4"."""
    return short(day).rpartition("/")[0] if day else ""


def _late(over: int) -> str:
    if not over:
        return _("Quá hạn")
    return ngettext("Quá %(n)s ngày", "Quá %(n)s ngày", over) % {"n": over}
