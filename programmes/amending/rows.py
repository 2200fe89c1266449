"""Meetings and agenda items follow an issued amendment, by the services of their own room."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from agencies.models import Person
from meetings import agenda, lifecycle, moving
from meetings.facts import from_data
from meetings.models import AgendaItem, Meeting
from meetings.moving import Slot
from programmes.models import AmendmentChange, Programme

Kind = AmendmentChange.Kind


def meeting_of(programme: Programme, key: str) -> Meeting | None:
    """The meeting that a clause of the programme announces."""
    return Meeting.objects.filter(section__document=programme.pk, section__public_id=key).first()


def item_of(programme: Programme, key: str) -> AgendaItem | None:
    """The agenda item of a clause of the programme."""
    rows = AgendaItem.objects.accepted().filter(meeting__section__document=programme.pk, clause_key=key)
    return rows.select_related("meeting").first()


def follow(
    programme: Programme, change: AmendmentChange, *, actor: Person, now: dt.datetime
) -> Meeting | None:
    """Do to the rows what the change says. Gives the meeting that moved or fell out, None where it is about
    an item or a text. Raises MeetingError where the meeting cannot follow."""
    if change.kind == Kind.ADD:
        _added(programme, change, actor=actor, now=now)
        return None
    meeting = meeting_of(programme, change.clause_key)
    if meeting is not None:
        return _meeting(meeting, change, actor=actor, now=now)
    item = item_of(programme, change.clause_key)
    if item is not None:
        _item(programme, item, change, actor=actor, now=now)
    return None


def _added(programme: Programme, change: AmendmentChange, *, actor: Person, now: dt.datetime) -> None:
    """An added item stands on the agenda of its meeting, known by the id of the change."""
    meeting = meeting_of(programme, change.place_parent) if change.place_parent else None
    if meeting is None:
        return
    (item,) = agenda.add(meeting, [change.after_text], actor=actor, now=now)
    AgendaItem.objects.filter(pk=item.pk).update(clause_key=change.public_id)
    if change.after_bodies:
        agenda.set_bodies([item], change.after_bodies, actor=actor, now=now)


def _meeting(meeting: Meeting, change: AmendmentChange, *, actor: Person, now: dt.datetime) -> Meeting | None:
    note = change.reason
    match change.kind:
        case Kind.POSTPONE:
            when = from_data(change.when or {})
            if when.recurrence is not None:
                return None
            slot = replace(
                Slot.of(meeting),
                on=when.date,
                tentative=when.tentative,
                part_of_day=when.part_of_day or "",
                starts_at=when.time,
                ends_at=meeting.ends_at if when.time == meeting.starts_at else None,
                note=when.unknown or "",
            )
            return moving.move(
                meeting, slot, actor=actor, now=now, seen_sequence=meeting.sequence, tell=False
            )
        case Kind.WITHDRAW:
            return lifecycle.set_state(
                meeting, Meeting.State.CANCELLED, actor=actor, now=now, note=note, tell=False
            )
        case Kind.CARRY:
            return lifecycle.set_state(
                meeting, Meeting.State.POSTPONED, actor=actor, now=now, note=note, tell=False
            )
        case _:
            return None


def _item(
    programme: Programme, item: AgendaItem, change: AmendmentChange, *, actor: Person, now: dt.datetime
) -> None:
    match change.kind:
        case Kind.EDIT:
            agenda.set_text(item, change.after_text, actor=actor, now=now)
        case Kind.BODIES:
            agenda.set_bodies([item], change.after_bodies, actor=actor, now=now)
        case Kind.WITHDRAW:
            agenda.remove([item], actor=actor, now=now)
        case Kind.CARRY:
            agenda.defer(item, actor=actor, now=now, note=change.reason)
        case Kind.POSTPONE:
            _to_another(programme, item, change, actor=actor, now=now)


def _to_another(
    programme: Programme, item: AgendaItem, change: AmendmentChange, *, actor: Person, now: dt.datetime
) -> None:
    """The item leaves its meeting and stands at the end of the other one's agenda."""
    target = meeting_of(programme, change.place_parent)
    key, bodies = item.clause_key, change.after_bodies
    agenda.remove([item], actor=actor, now=now)
    if target is None:
        return
    (made,) = agenda.add(target, [item.text], actor=actor, now=now)
    AgendaItem.objects.filter(pk=made.pk).update(clause_key=key)
    if bodies:
        agenda.set_bodies([made], bodies, actor=actor, now=now)
