"""Moving a meeting: everything that hangs on its day moves with it, and those concerned hear of it once."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agencies import daysoff
from agencies.models import Person
from assignments import notices
from audit.actions import register
from lucngan.lib.dates import full, short
from lucngan.lib.workdays import WorkCalendar
from meetings import announcing, audience, history, reminders
from meetings.holding import MeetingError, held
from meetings.milestones import Milestone, calendar_for, due_on, plan
from meetings.models import AgendaItem, Meeting, Room

register(**{"meeting.move": gettext_lazy("đổi ngày, giờ hoặc nơi họp")})


class Stale(MeetingError):
    """The meeting was changed since the page was opened."""


@dataclass(frozen=True, slots=True)
class Slot:
    """A day and place for a meeting. Without ``on`` the day is not known yet, ``note`` says so."""

    on: dt.date | None
    tentative: bool = False
    part_of_day: str = ""
    starts_at: dt.time | None = None
    ends_at: dt.time | None = None
    room_id: int | None = None
    place: str = ""
    note: str = ""

    @classmethod
    def of(cls, meeting: Meeting) -> Slot:
        """Where the meeting stands now."""
        return cls(
            meeting.on,
            meeting.tentative,
            meeting.part_of_day,
            meeting.starts_at,
            meeting.ends_at,
            meeting.room_id,
            meeting.place,
            meeting.schedule_note,
        )


@dataclass(frozen=True, slots=True)
class Change:
    """One day that hangs on the meeting, before and after; ``is_past`` when the new one has gone by."""

    kind: str
    label: str | Promise
    old: dt.date | None
    new: dt.date | None
    is_past: bool


@dataclass(frozen=True, slots=True)
class Move:
    """What a move would do: shown before it is saved."""

    slot: Slot
    changes: tuple[Change, ...]
    told: tuple[Person, ...]
    warnings: tuple[str, ...]
    extensions: tuple[AgendaItem, ...]


def preview(meeting: Meeting, slot: Slot, *, actor: Person, now: dt.datetime) -> Move:
    """Which days would move, which extensions would end, who would be told. Changes nothing.
    Raises MeetingError for a slot that cannot be."""
    slot = checked(meeting, slot, now)
    calendar = calendar_for(meeting.on, slot.on)
    return Move(
        slot,
        tuple(_changes(meeting, slot, calendar, localdate(now))),
        tuple(p for p in audience.of([meeting], localdate(now))[meeting.pk] if p.pk != actor.pk),
        tuple(_warnings(meeting, slot, calendar)),
        tuple(_ending(meeting, slot, calendar)),
    )


@transaction.atomic
def move(
    meeting: Meeting, slot: Slot, *, actor: Person, now: dt.datetime, seen_sequence: int, tell: bool = True
) -> Meeting:
    """Give the meeting another day, time or place; all that hangs on it follows in this transaction.
    Without ``tell`` the caller tells those concerned, together with what else changed.

    Effects: the row with its sequence raised; a postponed meeting is planned again, an invited one
    stays invited only on a certain day; extensions that lost their sense end; the words of a draft that
    announces it; reminders; one log entry; one notice to each person concerned but the actor.
    Nothing happens when the slot is where the meeting stands. Raises Stale when it was changed since
    ``seen_sequence``, MeetingError for a slot that cannot be.
    """
    meeting = held(meeting)
    if Slot.of(meeting) == replace(slot, note=slot.note if slot.on is None else meeting.schedule_note):
        return meeting
    if meeting.sequence != seen_sequence:
        raise Stale(_("Người khác vừa đổi hội nghị này. Hãy xem lại rồi đổi tiếp."))
    slot = checked(meeting, slot, now)
    before = Slot.of(meeting)
    ending = [item.pk for item in _ending(meeting, slot, calendar_for(slot.on))]
    values = _values(meeting, slot) | {"sequence": meeting.sequence + 1, "changed_at": now}
    for name, value in values.items():
        setattr(meeting, name, value)
    meeting.save(update_fields=list(values))
    AgendaItem.objects.filter(pk__in=ending).update(extended_to=None)
    history.log(
        meeting,
        "meeting.move",
        actor=actor,
        now=now,
        note=_sentence(before, Slot.of(meeting)),
        **_days(before, slot),
    )
    announcing.mirror(meeting, actor=actor, now=now)
    reminders.refresh([meeting], now=now)
    if tell:
        _tell(meeting, before, actor=actor, now=now)
    return meeting


def checked(meeting: Meeting, slot: Slot, now: dt.datetime) -> Slot:
    """The slot, or MeetingError with the sentence why it cannot be."""
    if not (meeting.is_open or meeting.state == Meeting.State.POSTPONED):
        raise MeetingError(_("Hội nghị đã họp hoặc đã hủy, không đổi ngày được."))
    if slot.starts_at and slot.ends_at and slot.ends_at <= slot.starts_at:
        raise MeetingError(_("Giờ kết thúc phải sau giờ bắt đầu."))
    if slot.on is None:
        return replace(slot, tentative=False)
    if slot.on < localdate(now):
        raise MeetingError(_("Ngày %(day)s đã qua.") % {"day": short(slot.on)})
    agency = meeting.issuing_body.agency
    if agency.valid_to and slot.on > agency.valid_to:
        raise MeetingError(
            _("%(agency)s chỉ hoạt động đến hết ngày %(day)s.")
            % {"agency": agency.name, "day": short(agency.valid_to)}
        )
    if slot.room_id and not rooms_for(meeting).filter(pk=slot.room_id).exists():
        raise MeetingError(_("Phòng họp này không có trong danh sách."))
    return slot


def rooms_for(meeting: Meeting) -> Any:
    """The rooms that a meeting can take: those of its body and the shared ones, and the one it has."""
    usable = Q(active=True) & (Q(issuing_body=meeting.issuing_body_id) | Q(issuing_body=None))
    return Room.objects.filter(usable | Q(pk=meeting.room_id))


def _values(meeting: Meeting, slot: Slot) -> dict[str, Any]:
    values: dict[str, Any] = {
        "on": slot.on,
        "tentative": slot.tentative,
        "part_of_day": slot.part_of_day,
        "starts_at": slot.starts_at,
        "ends_at": slot.ends_at,
        "room_id": slot.room_id,
        "place": slot.place,
        "schedule_note": slot.note[:200] if slot.on is None else "",
        "weekly_on": None,
    }
    certain = slot.on is not None and not slot.tentative
    if meeting.state == Meeting.State.POSTPONED and slot.on is not None:
        values["state"] = Meeting.State.PLANNED
    if meeting.state == Meeting.State.INVITED and not certain:
        values["state"] = Meeting.State.PLANNED
    return values


def _changes(meeting: Meeting, slot: Slot, calendar: WorkCalendar, today: dt.date) -> list[Change]:
    old = {each.kind: each for each in plan(meeting, meeting.on, calendar)}
    new = {each.kind: each for each in plan(meeting, slot.on, calendar)}
    rows = [*old.values(), *(each for kind, each in new.items() if kind not in old)]
    found = [_change(each, old.get(each.kind), new.get(each.kind), today) for each in rows]
    day = Change("meeting", gettext_lazy("Họp"), meeting.on, slot.on, False)
    return [*sorted(found, key=lambda c: c.new or c.old or today), day]


def _change(each: Milestone, old: Milestone | None, new: Milestone | None, today: dt.date) -> Change:
    return Change(
        each.kind,
        each.label,
        old.on if old else None,
        new.on if new else None,
        bool(new and new.is_past(today)),
    )


def _warnings(meeting: Meeting, slot: Slot, calendar: WorkCalendar) -> list[str]:
    """What deserves a second look and does not forbid."""
    if slot.on is None:
        return []
    found = []
    if not calendar.works(slot.on):
        name = daysoff.names(slot.on, slot.on).get(slot.on)
        found.append(
            _("%(day)s là ngày nghỉ: %(name)s.") % {"day": full(slot.on), "name": name}
            if name
            else _("%(day)s là ngày nghỉ cuối tuần.") % {"day": full(slot.on)}
        )
    agencies = [a.agency for a in meeting.attendees.select_related("agency") if a.agency]
    found += [
        _("%(agency)s chỉ hoạt động đến hết ngày %(day)s.") % {"agency": a.name, "day": short(a.valid_to)}
        for a in agencies
        if a.valid_to and slot.on > a.valid_to
    ]
    return found


def _ending(meeting: Meeting, slot: Slot, calendar: WorkCalendar) -> list[AgendaItem]:
    """Items whose extension has no sense on the new day: not behind the new day for documents, or
    not before the meeting."""
    items = meeting.items.filter(extended_to__isnull=False)
    due = due_on(meeting, slot.on, "documents", calendar)
    return [
        item
        for item in items
        if item.extended_to
        and (slot.on is None or item.extended_to >= slot.on or (due is not None and item.extended_to <= due))
    ]


def _days(before: Slot, after: Slot) -> dict[str, Any]:
    return {
        "before_on": before.on.isoformat() if before.on else "",
        "after_on": after.on.isoformat() if after.on else "",
    }


def _sentence(before: Slot, after: Slot) -> str:
    """What changed, in words."""
    found = []
    if (before.on, before.part_of_day, before.starts_at) != (after.on, after.part_of_day, after.starts_at):
        found.append(_("chuyển từ %(old)s sang %(new)s") % {"old": in_words(before), "new": in_words(after)})
    elif before.tentative != after.tentative:
        found.append(_("ngày họp là dự kiến") if after.tentative else _("ngày họp là chính thức"))
    if (before.room_id, before.place) != (after.room_id, after.place):
        found.append(_("đổi nơi họp"))
    return "; ".join(found) or _("đổi giờ kết thúc")


def in_words(slot: Slot) -> str:
    """ "thứ Tư, 26/4/2023, buổi sáng, 08:00"."""
    if slot.on is None:
        return slot.note or _("chưa có ngày")
    parts = [full(slot.on)]
    if slot.part_of_day:
        parts.append(str(Meeting.PartOfDay(slot.part_of_day).label).lower())
    if slot.starts_at:
        parts.append(f"{slot.starts_at:%H:%M}")
    return ", ".join(parts)


def _tell(meeting: Meeting, before: Slot, *, actor: Person, now: dt.datetime) -> None:
    people = audience.of([meeting], localdate(now))[meeting.pk]
    lines = [_sentence(before, Slot.of(meeting)) + "."]
    if meeting.where:
        lines.append(_("Nơi họp: %(place)s.") % {"place": meeting.where})
    calendar = calendar_for(meeting.on)
    if due := due_on(meeting, meeting.on, "documents", calendar):
        lines.append(_("Hạn gửi tài liệu: %(day)s.") % {"day": full(due)})
    text = "\n".join(line[:1].upper() + line[1:] for line in lines)
    notices.tell(
        [person for person in people if person.pk != actor.pk],
        key=f"meeting.move:{meeting.public_id}:{meeting.sequence}",
        kind="meeting.move",
        title=_("Đổi lịch: %(meeting)s") % {"meeting": meeting},
        text=text,
        url=reverse("meetings:detail", args=[meeting.public_id]),
        now=now,
    )
