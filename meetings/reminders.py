"""Reminders of what hangs on meetings, computed afresh whenever anything of them changes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.timezone import localdate, make_aware
from django.utils.translation import gettext as _

from agencies.models import Membership, Person
from assignments import reminding
from assignments.reminding import Wanted
from documents.models.document import DRAFTERS
from lucngan.lib.dates import full
from lucngan.lib.workdays import WorkCalendar
from meetings import audience
from meetings.milestones import calendar_for, due_on
from meetings.models import AgendaItem, ItemDocument, ItemFile, Meeting, PreparingBody

#: When reminders come on their day.
HOUR = dt.time(8)
#: How many full working days lie between a reminder and its day: none, it comes the working day before.
AHEAD = 0


def source(meeting: Meeting) -> str:
    """What the reminders of a meeting hang on."""
    return f"meeting:{meeting.public_id}"


def refresh(meetings: Sequence[Meeting], *, now: dt.datetime) -> None:
    """Make the reminders of these meetings what their days say; call inside the transaction of every
    change of day, lead times, people, bodies, documents or state. Calling twice does nothing more."""
    reminding.agree([source(meeting) for meeting in meetings], wanted(meetings, now=now), now=now)


def wanted(meetings: Sequence[Meeting], *, now: dt.datetime) -> list[Wanted]:
    """What people are to be reminded of: the office of invitations to send, bodies of documents that
    are still owed, everybody concerned of the meeting itself. Nothing of a meeting without a day, one
    that is over or off, or one that was not told."""
    today = localdate(now)
    here = [m for m in meetings if m.is_open and m.on is not None and m.on >= today]
    if not here:
        return []
    calendar = calendar_for(*(m.on for m in here))
    told = audience.told(here)
    people, owing = audience.of(here, today), _owing(here)
    officers = audience.officers_of({a for rows in owing.values() for a, _ in rows}, today)
    offices = _offices(here, today)
    found: list[Wanted] = []
    for meeting in here:
        if meeting.pk not in told:
            continue
        found += _of_meeting(meeting, people[meeting.pk], calendar)
        found += _of_documents(meeting, owing.get(meeting.pk, []), officers, calendar)
        found += _of_invitations(meeting, offices.get(meeting.issuing_body_id, set()), calendar)
    return found


def _remind(
    meeting: Meeting, kind: str, person: int, due: dt.date, calendar: WorkCalendar, title: str
) -> Wanted:
    send_at = make_aware(dt.datetime.combine(calendar.before(due, AHEAD), HOUR))
    url = reverse("meetings:detail", args=[meeting.public_id])
    return Wanted(source(meeting), kind, person, due, send_at, title, url=url)


def _of_meeting(meeting: Meeting, people: list[Person], calendar: WorkCalendar) -> list[Wanted]:
    assert meeting.on is not None
    title = _("Họp %(day)s: %(meeting)s") % {"day": full(meeting.on), "meeting": meeting}
    return [_remind(meeting, "meeting", p.pk, meeting.on, calendar, title) for p in people]


def _of_documents(
    meeting: Meeting,
    owing: list[tuple[int, dt.date | None]],
    officers: dict[int, set[int]],
    calendar: WorkCalendar,
) -> list[Wanted]:
    """One reminder per officer: of the earliest day among the items that still lack documents."""
    due = due_on(meeting, meeting.on, "documents", calendar)
    days: dict[int, dt.date] = {}
    for agency, extended in owing:
        day = extended or due
        for person in officers.get(agency, ()) if day else ():
            assert day is not None
            days[person] = min(day, days.get(person, day))
    return [
        _remind(
            meeting,
            "documents",
            person,
            day,
            calendar,
            _("Hạn gửi tài liệu %(day)s: %(meeting)s") % {"day": full(day), "meeting": meeting},
        )
        for person, day in sorted(days.items())
    ]


def _of_invitations(meeting: Meeting, office: set[int], calendar: WorkCalendar) -> list[Wanted]:
    due = due_on(meeting, meeting.on, "invitations", calendar)
    if due is None or meeting.state == Meeting.State.INVITED:
        return []
    title = _("Hạn gửi giấy mời %(day)s: %(meeting)s") % {"day": full(due), "meeting": meeting}
    return [_remind(meeting, "invitations", person, due, calendar, title) for person in sorted(office)]


def _owing(meetings: list[Meeting]) -> dict[int, list[tuple[int, dt.date | None]]]:
    """Per meeting the agencies that lead an item of which a document was not accepted or none is there
    (as ``meetings.readiness`` counts), with the item's own day."""
    valid = ItemFile.objects.filter(document=OuterRef("pk"), state=ItemFile.State.ACCEPTED)
    live = ItemDocument.objects.filter(item=OuterRef("pk"), removed_at=None)
    lacking = AgendaItem.objects.filter(
        ~Exists(live) | Exists(live.filter(~Exists(valid))),
        meeting__in=meetings,
        needs_documents=True,
        state=AgendaItem.State.ACCEPTED,
    )
    rows = PreparingBody.objects.filter(item__in=lacking, lead=True, agency__isnull=False).order_by()
    found: dict[int, list[tuple[int, dt.date | None]]] = {}
    for meeting, agency, extended in rows.values_list("item__meeting_id", "agency_id", "item__extended_to"):
        found.setdefault(meeting, []).append((agency, extended))
    return found


def _offices(meetings: list[Meeting], today: dt.date) -> dict[int, set[int]]:
    """Per issuing body the persons who write its papers."""
    bodies = {meeting.issuing_body_id for meeting in meetings}
    rows = Membership.objects.on(today).filter(issuing_body__in=bodies, role__in=DRAFTERS).order_by()
    found: dict[int, set[int]] = {}
    for body, person in rows.values_list("issuing_body_id", "person_id"):
        if body is not None:
            found.setdefault(body, set()).add(person)
    return found
