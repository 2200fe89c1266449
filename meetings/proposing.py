"""Next month's meetings, proposed from the series (đề xuất lịch hội nghị).

A proposal is computed; it becomes a tentative meeting when a person takes it. The slot is the day that the
recurrence gave before days off were avoided: it stays when the meeting moves, and there is one meeting for
each slot of a series, so that proposing twice makes nothing twice.
"""

from __future__ import annotations

import calendar as months
import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agencies import daysoff
from agencies.models import Agency, IssuingBody, Person
from audit import actions
from lucngan.lib import dates
from lucngan.lib.workdays import LONGEST_BREAK
from meetings import recurrence
from meetings.agenda import offer_postponed
from meetings.clashes import Board, Event, Need, Spell, find
from meetings.history import log
from meetings.kin import bare
from meetings.models import Attendee, Meeting, Room, Series
from meetings.rules import is_told

actions.register(
    **{
        "meeting.propose": gettext_lazy("lập lịch dự kiến từ loạt"),
        "meeting.adopt": gettext_lazy("gắn hội nghị vào loạt"),
    }
)

#: What a meeting takes over from its series.
COPIED = (
    "title",
    "part_of_day",
    "starts_at",
    "ends_at",
    "registration_days",
    "appraisal_days",
    "documents_days",
    "invitation_days",
    "place",
)
LEAD_TIMES = ("registration_days", "appraisal_days", "documents_days", "invitation_days")
AROUND = dt.timedelta(days=LONGEST_BREAK)


class ProposalError(ValueError):
    """Nothing can be proposed; the message is for the person who asked."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """One occurrence of a series.

    ``avoided`` says which day off it gave way to; ``existing`` is the meeting of this slot, ``twin`` one of
    the same name that knows no series yet (a section of the programme); ``refusal`` is why it cannot be;
    ``left_out`` names the chair, room or attendees that are no more on that day; ``clashes`` says what else
    its chair, room and attendees have at that time.
    """

    series: Series
    slot: dt.date
    on: dt.date
    avoided: str
    existing: Meeting | None
    twin: Meeting | None
    refusal: str
    left_out: tuple[str, ...]
    clashes: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """Names the proposal in a form."""
        return f"{self.series.public_id}.{self.slot.isoformat()}"

    @property
    def is_open(self) -> bool:
        """Can it be taken?"""
        return self.existing is None and not self.refusal

    def meeting(self, now: dt.datetime) -> Meeting:
        """The unsaved tentative meeting."""
        values = {name: getattr(self.series, name) for name in COPIED}
        return Meeting(
            issuing_body=self.series.issuing_body,
            series=self.series,
            slot=self.slot,
            on=self.on,
            tentative=True,
            chair=_present(self.series.chair),
            room=_in_use(self.series.room),
            changed_at=now,
            **values,
        )


def preview(
    body: IssuingBody, month: dt.date, *, today: dt.date, reader: Person | None = None
) -> list[Proposal]:
    """The proposals of the body for the month of ``month``, by day; none before ``today``. With a
    ``reader``, the clashes that this person may hear of are said.

    The same number of queries for any number of series.
    """
    first = month.replace(day=1)
    last = first.replace(day=months.monthrange(first.year, first.month)[1])
    around = (first - AROUND, last + AROUND)
    calendar, names = daysoff.calendar(*around), daysoff.names(*around)
    rows = list(active_series(body))
    taken = _taken(rows, first, last)
    twins = _twins(body, *around)
    found = []
    for series in rows:
        for slot, day in recurrence.days(series, first, last, calendar):
            existing = taken.get((series.pk, slot))
            if existing is None and day < today:
                continue
            twin = _twin(twins, series, slot, day) if existing is None else None
            found.append(_proposal(series, slot, day, names, existing, twin))
    if reader is not None:
        found = _with_clashes(body, found, reader)
    return sorted(found, key=lambda each: (each.on, each.series.starts_at or dt.time(23), each.series.pk))


def _with_clashes(body: IssuingBody, proposals: list[Proposal], reader: Person) -> list[Proposal]:
    """The proposals with what stands against them: one look at everything around all of them."""
    open_ones = [each for each in proposals if each.is_open]
    if not open_ones:
        return proposals
    plans = {each.key: each.meeting(timezone.now()) for each in open_ones}
    asked = {each.key: _attendees(plans[each.key], each) for each in open_ones}
    board = Board.load(
        Meeting(issuing_body=body),
        (min(each.on for each in open_ones), max(each.on for each in open_ones)),
        attendees=[row for rows in asked.values() for row in rows],
        rooms={plan.room_id for plan in plans.values() if plan.room_id},
        people={plan.chair_id for plan in plans.values() if plan.chair_id},
        reader=reader,
    )
    events = [_event(n, each, plans[each.key], asked[each.key]) for n, each in enumerate(open_ones, start=1)]
    same = _same(open_ones)
    found = find([*events, *(other for other in board.others if other.key not in same)])
    said = {
        each.key: tuple(dict.fromkeys(clash.sentence for clash in found.get(event.key, ())))
        for each, event in zip(open_ones, events, strict=True)
    }
    return [replace(each, clashes=said.get(each.key, ())) for each in proposals]


def _event(n: int, proposal: Proposal, plan: Meeting, asked: list[Attendee]) -> Event:
    """What an unsaved meeting needs at its time; its key is the negative of its number."""
    spells = (Spell.of(plan, proposal.on),)
    needs = [
        Need("person", each.person_id, str(each.person), "attends", spells)
        if each.person_id
        else Need("agency", each.agency_id or 0, str(each.agency), "attends", spells)
        for each in asked
    ]
    if plan.chair_id:
        needs.append(Need("person", plan.chair_id, str(plan.chair), "chair", spells))
    if plan.room_id:
        needs.append(Need("room", plan.room_id, str(plan.room), "", spells))
    return Event(key=("meeting", -n), title=plan.title, needs=tuple(needs))


def _same(proposals: list[Proposal]) -> set[tuple[str, int]]:
    """Meetings that stand for the proposals themselves: twins, and weekly clauses of their series."""
    series = {each.series.pk for each in proposals}
    weekly = Meeting.objects.filter(series__in=series, weekly_on__isnull=False).order_by()
    own = {each.twin.pk for each in proposals if each.twin} | set(weekly.values_list("pk", flat=True))
    return {("meeting", pk) for pk in own}


def active_series(body: IssuingBody) -> Iterable[Series]:
    """The series in use, with what a proposal shows and copies."""
    rows = Series.objects.filter(issuing_body=body, active=True).select_related(
        "chair", "room", "issuing_body__agency"
    )
    return rows.prefetch_related("attendees__person", "attendees__agency")


@transaction.atomic
def propose(
    body: IssuingBody,
    month: dt.date,
    *,
    actor: Person,
    now: dt.datetime,
    chosen: Collection[str] | None = None,
) -> list[Meeting]:
    """Make the proposals of a month tentative meetings; returns the new ones.

    ``chosen`` are keys of proposals, None takes all that can be made. Effects for each: the meeting with
    chair, room, times, lead times and attendees of the series, and one entry in its log; where the
    programme announces a meeting of the same name already, that one is joined to the series instead; what
    earlier meetings of the series postponed comes to the first of them as proposals for its agenda. Slots
    that have their meeting are left alone, so a second call makes nothing. Raises ProposalError, and makes
    nothing, when no occurrence can take place because the body is abolished before it.
    """
    list(Series.objects.select_for_update(of=("self",)).filter(issuing_body=body).order_by("pk"))
    asked = [p for p in preview(body, month, today=_day(now)) if chosen is None or p.key in chosen]
    refused = [p.refusal for p in asked if p.refusal]
    if refused and not any(p.is_open or p.existing for p in asked):
        raise ProposalError(refused[0])
    made = []
    _join_weekly(body, asked, actor=actor, now=now)
    for proposal in asked:
        if not proposal.is_open:
            continue
        if proposal.twin is not None:
            _adopt(proposal, proposal.twin, actor=actor, now=now)
        else:
            made.append(_make(proposal, actor=actor, now=now))
        offer_postponed(proposal.twin or made[-1], actor=actor, now=now)
    return made


def _make(proposal: Proposal, *, actor: Person, now: dt.datetime) -> Meeting:
    meeting = proposal.meeting(now)
    meeting.save(force_insert=True)
    Attendee.objects.bulk_create(_attendees(meeting, proposal))
    log(
        meeting,
        "meeting.propose",
        actor=actor,
        now=now,
        note=proposal.avoided,
        slot=proposal.slot.isoformat(),
    )
    return meeting


def _adopt(proposal: Proposal, twin: Meeting, *, actor: Person, now: dt.datetime) -> None:
    """Join a meeting of the programme to the series. Its day and words stay; what it lacks (chair, room, end,
    lead times, attendees) comes from the series, unless others were told of the meeting already."""
    values: dict[str, object] = {"series_id": proposal.series.pk, "slot": proposal.slot}
    if not is_told(twin):
        fresh = proposal.meeting(now)
        for name in ("chair_id", "room_id", "place", *LEAD_TIMES):
            if getattr(twin, name) in (None, "") and not (name == "chair_id" and twin.chair_text):
                values[name] = getattr(fresh, name)
        if twin.ends_at is None and twin.starts_at and twin.starts_at == fresh.starts_at:
            values["ends_at"] = fresh.ends_at
        if not twin.attendees.exists():
            Attendee.objects.bulk_create(_attendees(twin, proposal))
    Meeting.objects.filter(pk=twin.pk).update(changed_at=now, **values)
    log(
        twin, "meeting.adopt", actor=actor, now=now, note=str(proposal.series), slot=proposal.slot.isoformat()
    )


def _join_weekly(body: IssuingBody, asked: list[Proposal], *, actor: Person, now: dt.datetime) -> None:
    """Join the clauses "… hằng tuần" of drafts to their series, so that calendars show each day once."""
    weekly = {p.series for p in asked if p.is_open and p.series.frequency == Series.Frequency.WEEKLY}
    if not weekly:
        return
    names = {(bare(series.title), series.weekday): series for series in weekly}
    for row in Meeting.objects.filter(issuing_body=body, series=None, weekly_on__isnull=False).order_by("pk"):
        series = names.get((bare(row.title), row.weekly_on))
        if series is not None:
            Meeting.objects.filter(pk=row.pk).update(series=series)
            log(row, "meeting.adopt", actor=actor, now=now, note=str(series))


def _attendees(meeting: Meeting, proposal: Proposal) -> list[Attendee]:
    kept = [each for each in proposal.series.attendees.all() if _comes(each.person, each.agency, proposal.on)]
    return [
        Attendee(meeting=meeting, position=n, person=each.person, agency=each.agency)
        for n, each in enumerate(kept, start=1)
    ]


def _proposal(
    series: Series,
    slot: dt.date,
    day: dt.date,
    names: dict[dt.date, str],
    existing: Meeting | None,
    twin: Meeting | None,
) -> Proposal:
    return Proposal(
        series=series,
        slot=slot,
        on=day,
        avoided=avoided(slot, day, names),
        existing=existing,
        twin=twin,
        refusal=refusal(series.issuing_body, day),
        left_out=tuple(_left_out(series, day)),
    )


def refusal(body: IssuingBody, day: dt.date) -> str:
    """Why the body cannot meet on a day: it is abolished before it; "" where it can."""
    ended = body.agency.valid_to
    if ended is not None and day > ended:
        return _("%(body)s chỉ hoạt động đến hết ngày %(end)s, không lập được hội nghị ngày %(day)s.") % {
            "body": body.agency.name,
            "end": dates.short(ended),
            "day": dates.short(day),
        }
    if not body.active:
        return _("%(body)s không còn hoạt động, không lập được hội nghị mới.") % {"body": body.agency.name}
    return ""


def avoided(slot: dt.date, day: dt.date, names: dict[dt.date, str]) -> str:
    """ "24/12 là ngày nghỉ (Lễ …), chuyển sang thứ Sáu, 25/12/2026", "" where the slot is the day."""
    if slot == day:
        return ""
    why = names.get(slot) or dates.weekday(slot)
    words = {"slot": dates.short(slot), "why": why, "day": dates.full(day)}
    if day > slot:
        return _("%(slot)s là ngày nghỉ (%(why)s), chuyển sang %(day)s.") % words
    return _("%(slot)s là ngày nghỉ (%(why)s), chuyển lên %(day)s.") % words


def _left_out(series: Series, day: dt.date) -> Iterable[str]:
    if series.chair and not _present(series.chair):
        yield str(series.chair)
    if series.room and not _in_use(series.room):
        yield str(series.room)
    for each in series.attendees.all():
        if not _comes(each.person, each.agency, day):
            yield str(each)


def _comes(person: Person | None, agency: Agency | None, day: dt.date) -> bool:
    """Is the person still there, and does the agency exist on the day?"""
    if agency is not None:
        return (agency.valid_from or day) <= day <= (agency.valid_to or day)
    return person is not None and person.is_active


def _present(person: Person | None) -> Person | None:
    return person if person is not None and person.is_active else None


def _in_use(room: Room | None) -> Room | None:
    return room if room is not None and room.active else None


# ---------------------------------------------------------------- what is there already


def _taken(rows: list[Series], first: dt.date, last: dt.date) -> dict[tuple[int, dt.date], Meeting]:
    """The meetings that slots of the month have."""
    have = Meeting.objects.filter(series__in=rows, slot__range=(first, last)).select_related(
        "section__document"
    )
    return {(m.series_id, m.slot): m for m in have if m.series_id and m.slot}


def _twins(body: IssuingBody, first: dt.date, last: dt.date) -> list[Meeting]:
    """Meetings to come that know no series: those that the clauses of programmes made."""
    rows = Meeting.objects.filter(issuing_body=body, series=None, on__range=(first, last))
    to_come = Q(state__in=(Meeting.State.PLANNED, Meeting.State.INVITED))
    return list(rows.filter(to_come).select_related("section__document").order_by("on", "pk"))


def _twin(twins: list[Meeting], series: Series, slot: dt.date, day: dt.date) -> Meeting | None:
    """The meeting of the same name on the day of a weekly occurrence, or in the month of any other; it is
    taken out of ``twins``, for it can be only one occurrence."""
    name = bare(series.title)
    for twin in twins:
        assert twin.on is not None
        near = (
            twin.on == day if series.frequency == Series.Frequency.WEEKLY else _month(twin.on) == _month(slot)
        )
        if near and bare(twin.title) == name:
            twins.remove(twin)
            return twin
    return None


def _month(day: dt.date) -> tuple[int, int]:
    return day.year, day.month


def _day(now: dt.datetime) -> dt.date:
    """The office's day of a moment."""
    return timezone.localdate(now)
