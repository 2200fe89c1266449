"""The agenda of a meeting (chương trình họp): items, their order, bodies, purpose, time and outcome.

Whoever changes it holds the paper and the meeting (``meetings.holding``), so that two people who add
and reorder at once lose nothing; positions of what stands on the agenda are 1 … n, proposals follow.
Every change ends with the words of the draft that announces the meeting and with the reminders.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from types import EllipsisType
from typing import Any

from django.db import transaction
from django.db.models import Q, prefetch_related_objects
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from agencies.matching import Directory
from agencies.models import Person
from audit import actions
from documents.operations import OperationError
from documents.operations.values import bodies_of, clean
from meetings import agenda_lines, announcing, reminders
from meetings.agenda_lines import MOST_MINUTES
from meetings.history import log
from meetings.holding import MeetingError, held
from meetings.models import AgendaItem, Meeting, PreparingBody, Session
from meetings.services import body_rows
from paper.notes import spread

State, Outcome, Purpose = AgendaItem.State, AgendaItem.Outcome, AgendaItem.Purpose

actions.register(
    **{
        "meeting.agenda_add": gettext_lazy("thêm nội dung họp"),
        "meeting.agenda_edit": gettext_lazy("sửa nội dung họp"),
        "meeting.agenda_order": gettext_lazy("đổi thứ tự nội dung họp"),
        "meeting.agenda_remove": gettext_lazy("gỡ nội dung họp"),
        "meeting.agenda_accept": gettext_lazy("đưa nội dung đề xuất vào chương trình họp"),
        "meeting.agenda_decline": gettext_lazy("không đưa nội dung đề xuất vào chương trình họp"),
        "meeting.agenda_defer": gettext_lazy("lùi nội dung họp sang kỳ sau"),
        "meeting.agenda_carry": gettext_lazy("nhận nội dung lùi từ kỳ trước làm đề xuất"),
        "meeting.outcome": gettext_lazy("ghi kết quả nội dung họp"),
    }
)
actions.call_values(dict(AgendaItem.Outcome.choices), "meeting.outcome")

#: States in which the agenda may change.
EDITABLE = (Meeting.State.PLANNED, Meeting.State.INVITED, Meeting.State.POSTPONED, Meeting.State.HELD)
#: No meeting of an office has more items than this.
MOST = 300
#: A value that stays as it is.
Keep = EllipsisType

#: Where the next meeting of a series is looked for.
OPEN = (Meeting.State.PLANNED, Meeting.State.INVITED)
#: Rows that say how an item stands beside its words: it is kept when it leaves the agenda.
HANGING = ("documents", "remarks", "opinions", "changes", "attendees", "carried_to")


def may_change(meeting: Meeting) -> bool:
    """Is the agenda still open: the meeting is not concluded or cancelled?"""
    return meeting.state in EDITABLE


# ---------------------------------------------------------------- items


@transaction.atomic
def add(
    meeting: Meeting,
    texts: Iterable[str],
    *,
    actor: Person,
    now: dt.datetime,
    session: Session | None = None,
) -> list[AgendaItem]:
    """New items at the end of the agenda, one per line (see ``meetings.agenda_lines``).

    Effects: rows with their bodies, one log entry, the words of the draft. Raises MeetingError for no
    text, or far too much.
    """
    meeting = _held(meeting)
    typed = agenda_lines.read(_clean(text) for text in texts)
    if not typed:
        raise MeetingError(_("Hãy viết nội dung trước khi thêm."))
    rows = _agenda(meeting)
    if len(rows) + len(typed) > MOST:
        raise MeetingError(_("Một hội nghị có nhiều nhất %(most)s nội dung.") % {"most": MOST})
    if session is not None and session.meeting_id != meeting.pk:
        raise MeetingError(_("Phiên này không thuộc hội nghị. Hãy tải lại trang."))
    made = [
        AgendaItem(
            meeting=meeting,
            position=n,
            text=each.text,
            minutes=each.minutes,
            purpose=each.purpose,
            session=session,
        )
        for n, each in enumerate(typed, start=len(rows) + 1)
    ]
    AgendaItem.objects.bulk_create(made)
    if any(each.preparing.lead or each.preparing.coordinate for each in typed):
        directory = Directory(timezone.localdate(now))
        PreparingBody.objects.bulk_create(
            body
            for item, each in zip(made, typed, strict=True)
            for body in body_rows(item, _distinct(agenda_lines.bodies_of(each.preparing, directory)))
        )
    note = "; ".join(item.text[:120] for item in made[:5])
    log(meeting, "meeting.agenda_add", actor=actor, now=now, note=note, count=len(made))
    _finish(meeting, actor=actor, now=now)
    return made


def set_text(item: AgendaItem, text: str, *, actor: Person, now: dt.datetime) -> AgendaItem:
    """Other words; the same words again change nothing. Raises MeetingError for none."""
    set_many([item], text=text, actor=actor, now=now)
    return AgendaItem.objects.get(pk=item.pk)


def set_bodies(
    items: Sequence[AgendaItem], bodies: list[dict[str, Any]], *, actor: Person, now: dt.datetime
) -> int:
    """Who prepares the items: ``[{"name", "agency": id or None, "lead"}]``, one lead at most."""
    return set_many(items, bodies=bodies, actor=actor, now=now)


@transaction.atomic
def set_many(
    items: Sequence[AgendaItem],
    *,
    actor: Person,
    now: dt.datetime,
    text: str | Keep = ...,
    purpose: str | Keep = ...,
    presenter: str | Keep = ...,
    minutes: int | Keep | None = ...,
    session: Session | Keep | None = ...,
    needs_documents: bool | Keep = ...,
    bodies: list[dict[str, Any]] | Keep = ...,
    lead: dict[str, Any] | Keep | None = ...,
    coordinating: list[dict[str, Any]] | Keep = ...,
    outcome: str | Keep = ...,
) -> int:
    """Set values of any number of items of one meeting at once; what is not said stays.

    ``bodies`` sets all who prepare, ``lead`` and ``coordinating`` one part of them. Returns how many
    items changed; one log entry when any did. Raises MeetingError for a value that is not possible and
    for an item that is gone; nothing is changed then.
    """
    meeting, rows = _held_items(items)
    asked = {
        "text": text,
        "purpose": purpose,
        "presenter": presenter,
        "minutes": minutes,
        "session": session,
        "needs_documents": needs_documents,
    }
    values = {name: _value(name, value, meeting) for name, value in asked.items() if value is not ...}
    changed = _set_values(rows, values)
    changed |= _set_preparing(rows, bodies, lead, coordinating)
    if "session" in values and changed:
        _by_session(meeting)
    before = {item.pk for item in rows if item.outcome != outcome} if outcome is not ... else set()
    if before:
        assert not isinstance(outcome, EllipsisType)
        _outcomes(meeting, {item: (outcome, item.outcome_note) for item in rows}, actor=actor, now=now)
    if changed:
        names = sorted(name for name, value in asked.items() if value is not ...)
        names += ["bodies"] if (bodies, lead, coordinating) != (..., ..., ...) else []
        here = [item for item in rows if item.pk in changed]
        log(meeting, "meeting.agenda_edit", actor=actor, now=now, note=numbers_of(here), fields=names)
        _finish(meeting, actor=actor, now=now)
    return len(changed | before)


@transaction.atomic
def remove(items: Sequence[AgendaItem], *, actor: Person, now: dt.datetime) -> tuple[int, int]:
    """Take items off the agenda (or off the proposals). Those with documents, remarks, opinions,
    requests, guests or a past stay as proposals; the others are gone. Returns (gone, kept)."""
    meeting, rows = _held_items(items)
    hanging = Q(carried_from__isnull=False) | ~Q(outcome="")
    for name in HANGING:
        hanging |= Q(**{f"{name}__isnull": False})
    ids = [item.pk for item in rows]
    kept = set(AgendaItem.objects.filter(hanging, pk__in=ids).order_by().values_list("pk", flat=True))
    refused = [item for item in rows if item.pk in kept and item.state == State.PROPOSED]
    if refused:
        raise MeetingError(
            _("Đề xuất này có tài liệu, ý kiến hoặc lịch sử, không xóa được. Hãy chọn “Không nhận”.")
        )
    texts = "; ".join(item.text[:120] for item in rows[:5])
    AgendaItem.objects.filter(pk__in=kept).update(state=State.PROPOSED, **_OFF)
    AgendaItem.objects.filter(pk__in=set(ids) - kept).delete()
    log(meeting, "meeting.agenda_remove", actor=actor, now=now, note=texts, count=len(rows))
    _finish(meeting, actor=actor, now=now)
    return len(ids) - len(kept), len(kept)


#: An item that leaves the agenda leaves the paper too.
_OFF: dict[str, Any] = {"clause": None, "clause_key": None}


# ---------------------------------------------------------------- order


@transaction.atomic
def move(item: AgendaItem, to_position: int, *, actor: Person, now: dt.datetime) -> AgendaItem:
    """Put an item to another place (1 … n, further is the end); among the items of another session it
    becomes one of them. To where it stands already: nothing happens."""
    meeting, rows = _held_items([item])
    agenda = _agenda(meeting)
    order = [each.pk for each in agenda]
    here = rows[0]
    if here.pk not in order:
        raise MeetingError(_gone())
    old, new = order.index(here.pk), max(1, min(to_position, len(order))) - 1
    if old == new:
        return here
    if here.session_id != agenda[new].session_id:
        AgendaItem.objects.filter(pk=here.pk).update(session=agenda[new].session_id)
    order.insert(new, order.pop(old))
    _number(meeting, order)
    log(meeting, "meeting.agenda_order", actor=actor, now=now, before=str(old + 1), after=str(new + 1))
    _finish(meeting, actor=actor, now=now)
    return AgendaItem.objects.get(pk=here.pk)


@transaction.atomic
def reorder(meeting: Meeting, ids: Sequence[int], *, actor: Person, now: dt.datetime) -> bool:
    """The listed items (primary keys) in this order, in the places that they take together; items that
    the list does not know, for somebody just added them, keep theirs. False where nothing moved."""
    meeting = _held(meeting)
    order = [each.pk for each in _agenda(meeting)]
    if len(set(ids)) != len(ids) or not set(ids) <= set(order):
        raise MeetingError(_gone())
    wanted, listed = iter(ids), set(ids)
    new = [next(wanted) if pk in listed else pk for pk in order]
    if new == order:
        return False
    _number(meeting, new)
    log(meeting, "meeting.agenda_order", actor=actor, now=now, count=len(ids))
    _finish(meeting, actor=actor, now=now)
    return True


# ---------------------------------------------------------------- proposals


@transaction.atomic
def accept_proposal(items: Sequence[AgendaItem], *, actor: Person, now: dt.datetime) -> int:
    """Proposals stand on the agenda, at its end; what stands there already stays. Returns how many."""
    meeting, rows = _held_items(items)
    fresh = [item for item in rows if item.state == State.PROPOSED]
    if not fresh:
        return 0
    ids = [item.pk for item in fresh]
    order = [each.pk for each in _agenda(meeting)] + ids
    AgendaItem.objects.filter(pk__in=ids).update(state=State.ACCEPTED, outcome="", outcome_note="")
    _untouched(ids).delete()
    _number(meeting, order)
    note = "; ".join(item.text[:120] for item in fresh[:5])
    log(meeting, "meeting.agenda_accept", actor=actor, now=now, note=note, count=len(ids))
    _finish(meeting, actor=actor, now=now)
    return len(ids)


@transaction.atomic
def decline(items: Sequence[AgendaItem], *, actor: Person, now: dt.datetime) -> int:
    """Proposals that this meeting does not take: they stay in its history and are not offered again."""
    meeting, rows = _held_items(items)
    if any(item.state != State.PROPOSED for item in rows):
        raise MeetingError(_("Nội dung này đã vào chương trình họp. Hãy tải lại trang để xem."))
    fresh = [item for item in rows if not item.outcome]
    if not fresh:
        return 0
    AgendaItem.objects.filter(pk__in=[item.pk for item in fresh]).update(outcome=Outcome.WITHDRAWN)
    note = "; ".join(item.text[:120] for item in fresh[:5])
    log(meeting, "meeting.agenda_decline", actor=actor, now=now, note=note, count=len(fresh))
    _finish(meeting, actor=actor, now=now)
    return len(fresh)


@transaction.atomic
def offer_postponed(meeting: Meeting, *, actor: Person | None, now: dt.datetime) -> list[AgendaItem]:
    """What earlier meetings of the series postponed and no meeting took since becomes a proposal of this
    one, with its bodies and its past; calling twice makes nothing more. Returns the new proposals."""
    meeting = held(meeting)
    if meeting.series_id is None or not meeting.is_open:
        return []
    earlier = Q(meeting__on__lt=meeting.on) if meeting.on else Q(meeting__on__isnull=False)
    waiting = AgendaItem.objects.filter(
        earlier | Q(meeting__on=None), meeting__series=meeting.series_id, outcome=Outcome.POSTPONED
    ).exclude(meeting=meeting.pk)
    rows = waiting.order_by("meeting__on", "position", "pk").prefetch_related("carried_to__meeting")
    sources = [item for item in rows if not _taken(item, meeting)]
    return _offer(sources, meeting, actor=actor, now=now)


@transaction.atomic
def defer(item: AgendaItem, *, actor: Person, now: dt.datetime, note: str = "") -> AgendaItem | None:
    """Take an item off a meeting that was not held yet and offer it to the next one of the series, if
    there is one: its proposal is returned. The item stays with this meeting's proposals as postponed."""
    meeting, rows = _held_items([item])
    here = rows[0]
    if here.outcome == Outcome.POSTPONED:
        return here.carried_to.first()
    if meeting.is_over:
        raise MeetingError(_("Hội nghị đã họp: hãy ghi kết quả “Lùi sang kỳ sau” cho nội dung này."))
    AgendaItem.objects.filter(pk=here.pk).update(
        state=State.PROPOSED, outcome=Outcome.POSTPONED, outcome_note=_clean(note), **_OFF
    )
    log(meeting, "meeting.agenda_defer", actor=actor, now=now, note=here.text[:300])
    _finish(meeting, actor=actor, now=now)
    following = next_of(meeting)
    if following is None:
        return None
    offered = _offer([AgendaItem.objects.get(pk=here.pk)], held(following), actor=actor, now=now)
    return offered[0] if offered else None


def next_of(meeting: Meeting) -> Meeting | None:
    """The next meeting of the series that is still to come; None where there is none yet."""
    if meeting.series_id is None:
        return None
    day = meeting.on or meeting.slot
    later = Meeting.objects.filter(series=meeting.series_id, state__in=OPEN, on__isnull=False)
    later = later.exclude(pk=meeting.pk)
    return (later.filter(on__gt=day) if day else later).order_by("on", "pk").first()


def histories(items: Iterable[AgendaItem]) -> dict[int, list[AgendaItem]]:
    """Where carried items come from, newest first, by primary key: one query per step into the past,
    however many items. The sources have their ``meeting`` loaded."""
    chains: dict[int, list[AgendaItem]] = {item.pk: [] for item in items if item.carried_from_id}
    ends = {item.pk: item.carried_from_id for item in items if item.carried_from_id}
    while ends:
        rows = AgendaItem.objects.filter(pk__in=set(ends.values())).select_related("meeting").order_by()
        found = {row.pk: row for row in rows}
        further: dict[int, int] = {}
        for start, source in ends.items():
            row = found.get(source or 0)
            if row is None or row in chains[start]:
                continue
            chains[start].append(row)
            if row.carried_from_id:
                further[start] = row.carried_from_id
        ends = further
    return chains


def history(item: AgendaItem) -> list[AgendaItem]:
    """The items that this one was carried from, newest first."""
    return histories([item]).get(item.pk, [])


# ---------------------------------------------------------------- outcomes


@transaction.atomic
def set_outcomes(
    meeting: Meeting,
    wanted: Mapping[AgendaItem, tuple[str, str]],
    *,
    actor: Person,
    now: dt.datetime,
) -> int:
    """Outcome and note of any number of items of a held meeting, one log entry for each that changes.

    Postponed items are offered to the next meeting of the series at once; an offer that nobody took
    is withdrawn when the outcome changes. Returns how many changed. Raises MeetingError before the
    meeting was held and after it was concluded.
    """
    if not wanted:
        return 0
    meeting, rows = _held_items(list(wanted))
    asked = {item.pk: value for item, value in wanted.items()}
    changed = _outcomes(meeting, {item: asked[item.pk] for item in rows}, actor=actor, now=now)
    if changed:
        Meeting.objects.filter(pk=meeting.pk).update(changed_at=now)
    return changed


def _outcomes(
    meeting: Meeting, wanted: dict[AgendaItem, tuple[str, str]], *, actor: Person, now: dt.datetime
) -> int:
    if meeting.state != Meeting.State.HELD:
        raise MeetingError(
            _("Kết quả được ghi sau khi hội nghị đã họp. Hội nghị đang ở trạng thái “%(state)s”.")
            % {"state": meeting.get_state_display()}
        )
    changed: list[tuple[AgendaItem, str]] = []
    for item, (outcome, note) in wanted.items():
        if outcome and outcome not in Outcome.values:
            raise MeetingError(_("Kết quả này không có trong danh sách."))
        if item.state != State.ACCEPTED:
            raise MeetingError(_("Nội dung này không còn trong chương trình họp. Hãy tải lại trang."))
        words = _clean(note)
        if (item.outcome, item.outcome_note) != (outcome, words):
            changed.append((item, item.outcome))
            item.outcome, item.outcome_note = outcome, words
    AgendaItem.objects.bulk_update([item for item, _was in changed], ["outcome", "outcome_note"])
    _log_outcomes(meeting, changed, actor=actor, now=now)
    postponed = [item for item, _was in changed if item.outcome == Outcome.POSTPONED]
    _untouched([item.pk for item, _was in changed if item.outcome != Outcome.POSTPONED]).delete()
    following = next_of(meeting) if postponed else None
    if following is not None:
        following = held(following)
        prefetch_related_objects(postponed, "carried_to__meeting")
        _offer([i for i in postponed if not _taken(i, following)], following, actor=actor, now=now)
    return len(changed)


def _log_outcomes(
    meeting: Meeting, changed: list[tuple[AgendaItem, str]], *, actor: Person, now: dt.datetime
) -> None:
    """One entry per outcome that was given: several items with one outcome are one entry."""
    groups: dict[str, list[AgendaItem]] = {}
    for item, _was in changed:
        groups.setdefault(item.outcome, []).append(item)
    for outcome, items in groups.items():
        what = str(Outcome(outcome).label) if outcome else _("chưa có kết quả")
        note = f"{numbers_of(items)}: {what}"
        if len(items) == 1 and items[0].outcome_note:
            note += f" ({items[0].outcome_note})"
        was = changed[0][1] if len(changed) == 1 else ""
        log(meeting, "meeting.outcome", actor=actor, now=now, note=note, before=was, after=outcome)


def numbers_of(items: Iterable[AgendaItem]) -> str:
    """ "nội dung 1-6, 9"."""
    return _("nội dung %(n)s") % {"n": spread(sorted(item.position for item in items))}


# ---------------------------------------------------------------- inside


def _gone() -> str:
    return _("Nội dung này không còn trong chương trình họp: người khác vừa gỡ. Hãy tải lại trang.")


def _held(meeting: Meeting) -> Meeting:
    """The meeting as it is now, held; raises MeetingError where its agenda is closed."""
    try:
        meeting = held(meeting)
    except Meeting.DoesNotExist:
        raise MeetingError(_("Hội nghị này không còn.")) from None
    if not may_change(meeting):
        raise MeetingError(
            _("Hội nghị đang ở trạng thái “%(state)s”, chương trình họp không đổi được nữa.")
            % {"state": meeting.get_state_display()}
        )
    return meeting


def _held_items(items: Sequence[AgendaItem]) -> tuple[Meeting, list[AgendaItem]]:
    """The meeting of the items, held, and the items as they are now, in their order."""
    if not items:
        raise MeetingError(_("Hãy chọn ít nhất một nội dung."))
    meeting = _held(items[0].meeting)
    ids = {item.pk for item in items}
    rows = list(
        AgendaItem.objects.filter(meeting=meeting, pk__in=ids)
        .order_by("position", "pk")
        .prefetch_related("preparing")
    )
    if len(rows) != len(ids):
        raise MeetingError(_gone())
    for row in rows:
        row.meeting = meeting
    return meeting, rows


def _agenda(meeting: Meeting) -> list[AgendaItem]:
    return list(AgendaItem.objects.accepted().filter(meeting=meeting).order_by("position", "pk"))


def _number(meeting: Meeting, order: Sequence[int]) -> None:
    """Positions 1 … n of the agenda in this order (primary keys), proposals behind it."""
    rows = {row.pk: row for row in AgendaItem.objects.filter(meeting=meeting).order_by("position", "pk")}
    rest = [pk for pk in rows if pk not in set(order)]
    changed = []
    for n, pk in enumerate([*order, *rest], start=1):
        if rows[pk].position != n:
            rows[pk].position = n
            changed.append(rows[pk])
    AgendaItem.objects.bulk_update(changed, ["position"])


def _by_session(meeting: Meeting) -> None:
    """Items stand in the order of their sessions; those without one come last."""
    places = {s.pk: s.position for s in meeting.sessions.all()}
    rows = _agenda(meeting)
    rows.sort(key=lambda row: places.get(row.session_id or 0, MOST))
    _number(meeting, [row.pk for row in rows])


def _finish(meeting: Meeting, *, actor: Person, now: dt.datetime) -> None:
    """What every change of an agenda ends with: numbers without gaps, the words of the draft, reminders."""
    _number(meeting, [row.pk for row in _agenda(meeting)])
    Meeting.objects.filter(pk=meeting.pk).update(changed_at=now)
    announcing.mirror(meeting, actor=actor, now=now)
    reminders.refresh([meeting], now=now)


def _clean(text: Any) -> str:
    try:
        return clean(text)
    except OperationError as error:
        raise MeetingError(str(error)) from None


def _value(name: str, value: Any, meeting: Meeting) -> Any:
    """A value as the row takes it; raises MeetingError for one that is not possible."""
    if name == "text":
        value = _clean(value)
        if not value:
            raise MeetingError(_("Nội dung không được trống. Muốn bỏ thì dùng “Gỡ”."))
    elif name == "purpose":
        if value and value not in Purpose.values:
            raise MeetingError(_("Mục đích này không có trong danh sách."))
    elif name == "presenter":
        value = _clean(value)
        if len(value) > 200:
            raise MeetingError(_("Tên người báo cáo dài nhất 200 ký tự."))
    elif name == "minutes":
        if value is not None and not 1 <= value <= MOST_MINUTES:
            raise MeetingError(_("Số phút phải từ 1 đến %(most)s.") % {"most": MOST_MINUTES})
    elif name == "session" and value is not None and value.meeting_id != meeting.pk:
        raise MeetingError(_("Phiên này không thuộc hội nghị. Hãy tải lại trang."))
    return value


def _set_values(rows: list[AgendaItem], values: dict[str, Any]) -> set[int]:
    changed = set()
    for row in rows:
        for name, value in values.items():
            if getattr(row, name) != value:
                setattr(row, name, value)
                changed.add(row.pk)
    if changed:
        AgendaItem.objects.bulk_update([row for row in rows if row.pk in changed], list(values))
    return changed


def _set_preparing(
    rows: list[AgendaItem],
    bodies: list[dict[str, Any]] | Keep,
    lead: dict[str, Any] | Keep | None,
    coordinating: list[dict[str, Any]] | Keep,
) -> set[int]:
    if (bodies, lead, coordinating) == (..., ..., ...):
        return set()
    stale: set[int] = set()
    fresh: list[PreparingBody] = []
    checked: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        have = [
            {"name": b.name, "agency": b.agency_id, "lead": b.lead}
            for b in sorted(row.preparing.all(), key=lambda b: b.position)
        ]
        want = _wanted(have, bodies, lead, coordinating)
        key = repr(want)
        if key not in checked:
            checked[key] = _bodies(want)
        if checked[key] != have:
            stale.add(row.pk)
            fresh += body_rows(row, checked[key])
    PreparingBody.objects.filter(item__in=stale).delete()
    PreparingBody.objects.bulk_create(fresh)
    return stale


def _wanted(
    have: list[dict[str, Any]],
    bodies: list[dict[str, Any]] | Keep,
    lead: dict[str, Any] | Keep | None,
    coordinating: list[dict[str, Any]] | Keep,
) -> list[dict[str, Any]]:
    """All who prepare an item after the change."""
    if not isinstance(bodies, EllipsisType):
        return bodies
    first = [b for b in have if b["lead"]]
    others = [b for b in have if not b["lead"]]
    if not isinstance(lead, EllipsisType):
        first = [{**lead, "lead": True}] if lead else []
    if not isinstance(coordinating, EllipsisType):
        others = [{**body, "lead": False} for body in coordinating]
    return first + others


def _bodies(asked: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Bodies that the rows take; raises MeetingError for two leads, for an agency that is not there."""
    try:
        bodies = _distinct(bodies_of(asked))
    except OperationError as error:
        raise MeetingError(str(error)) from None
    if sum(body["lead"] for body in bodies) > 1:
        raise MeetingError(_("Mỗi nội dung chỉ có một cơ quan chủ trì; các cơ quan khác phối hợp."))
    return bodies


def _distinct(bodies: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Each body once; who leads does not coordinate too."""
    found: dict[object, dict[str, Any]] = {}
    for body in sorted(bodies, key=lambda body: not body["lead"]):
        found.setdefault(body["agency"] or body["name"].lower(), body)
    return list(found.values())


def _untouched(sources: Iterable[int]) -> Any:
    """Offers made of these items that nobody took or refused yet."""
    return AgendaItem.objects.filter(carried_from__in=list(sources), state=State.PROPOSED, outcome="")


def _taken(item: AgendaItem, meeting: Meeting) -> bool:
    """Was the postponed item carried to some meeting where it still lives, or was it refused there?
    An offer that a meeting never took goes on to the next one."""
    return any(
        (carried.state == State.ACCEPTED and carried.meeting.state != Meeting.State.CANCELLED)
        or carried.outcome == Outcome.WITHDRAWN
        or carried.outcome == Outcome.POSTPONED
        or carried.meeting.is_open
        or carried.meeting_id == meeting.pk
        for carried in item.carried_to.all()
    )


def _offer(
    sources: list[AgendaItem], meeting: Meeting, *, actor: Person | None, now: dt.datetime
) -> list[AgendaItem]:
    """Proposals of the meeting, one per source that it does not have yet."""
    have = set(
        AgendaItem.objects.filter(meeting=meeting, carried_from__in=sources)
        .order_by()
        .values_list("carried_from", flat=True)
    )
    sources = [item for item in sources if item.pk not in have]
    if not sources:
        return []
    last = AgendaItem.objects.filter(meeting=meeting).order_by().count()
    made = [
        AgendaItem(
            meeting=meeting,
            position=last + n,
            text=item.text,
            state=State.PROPOSED,
            purpose=item.purpose,
            presenter=item.presenter,
            minutes=item.minutes,
            needs_documents=item.needs_documents,
            carried_from=item,
        )
        for n, item in enumerate(sources, start=1)
    ]
    AgendaItem.objects.bulk_create(made)
    bodies: dict[int, list[dict[str, Any]]] = {}
    for body in PreparingBody.objects.filter(item__in=sources).order_by("item", "position"):
        row = {"name": body.name, "agency": body.agency_id, "lead": body.lead}
        bodies.setdefault(body.item_id, []).append(row)
    PreparingBody.objects.bulk_create(
        row
        for item, source in zip(made, sources, strict=True)
        for row in body_rows(item, bodies.get(source.pk, []))
    )
    words = ngettext("%(n)s nội dung", "%(n)s nội dung", len(made)) % {"n": len(made)}
    log(meeting, "meeting.agenda_carry", actor=actor, now=now, note=words, count=len(made))
    return made
