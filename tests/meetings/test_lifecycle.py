"""The life of a meeting: every pair of states, who may, twice, told once, logged once."""

from __future__ import annotations

import datetime as dt
import itertools

import pytest

from assignments.models import Notification, Reminder
from meetings import lifecycle
from meetings.holding import MeetingError
from meetings.lifecycle import TRANSITIONS, State
from meetings.models import AgendaItem, Meeting, MeetingLog
from tests.factories import NOW, Town
from tests.meetings.conftest import told_meeting

PAST = dt.date(2026, 11, 19)


def in_state(town: Town, state: str) -> Meeting:
    """A meeting that could go anywhere: its day has come, every item has its outcome."""
    on = None if state == "postponed" else PAST
    meeting = told_meeting(town, on=on, state=state, tentative=False)  # type: ignore[arg-type]
    AgendaItem.objects.update(outcome="approved")
    return meeting


@pytest.mark.parametrize(("before", "after"), list(itertools.product(State.values, State.values)))
def test_only_the_table_leads_from_state_to_state(town: Town, before: str, after: str) -> None:
    meeting = in_state(town, before)
    allowed = (State(before), State(after)) in TRANSITIONS

    if allowed:
        lifecycle.set_state(meeting, after, actor=town.yen, now=NOW)
    else:
        with pytest.raises(MeetingError):
            lifecycle.set_state(meeting, after, actor=town.yen, now=NOW)

    assert Meeting.objects.get().state == (after if allowed else before)
    assert MeetingLog.objects.count() == allowed


@pytest.mark.parametrize(("before", "after"), list(TRANSITIONS))
def test_a_stale_copy_does_nothing_more(town: Town, before: str, after: str) -> None:
    meeting = in_state(town, before)
    lifecycle.set_state(meeting, after, actor=town.yen, now=NOW)

    with pytest.raises(MeetingError):
        lifecycle.set_state(meeting, after, actor=town.chung, now=NOW)

    assert MeetingLog.objects.count() == 1


def test_cancelling_tells_those_concerned_once_and_ends_reminders(town: Town) -> None:
    meeting = told_meeting(town)
    lifecycle.confirm(meeting, actor=town.yen, now=NOW)
    waiting = Reminder.objects.count()

    lifecycle.set_state(meeting, State.CANCELLED, actor=town.yen, now=NOW, note="Trùng lịch cấp trên")

    told = Notification.objects.filter(kind="meeting.cancel")
    assert sorted(told.values_list("person__username", flat=True)) == ["binh", "son"]
    assert {n.text for n in told} == {"Trùng lịch cấp trên"}
    assert (waiting > 0, Reminder.objects.count()) == (True, 0)


def test_a_meeting_is_not_concluded_with_an_item_that_has_no_outcome(town: Town) -> None:
    meeting = told_meeting(town, on=PAST, state=State.HELD, tentative=False)
    AgendaItem.objects.filter(position=1).update(outcome="approved")
    AgendaItem.objects.create(meeting=meeting, position=4, text="Đề xuất.", state="proposed")

    with pytest.raises(MeetingError, match="nội dung 2, 3 chưa có kết quả"):
        lifecycle.set_state(meeting, State.CONCLUDED, actor=town.yen, now=NOW)

    AgendaItem.objects.update(outcome="approved")
    assert lifecycle.set_state(meeting, State.CONCLUDED, actor=town.yen, now=NOW).state == "concluded"


@pytest.mark.parametrize(
    ("action", "values", "sentence"),
    [
        ("invite", {"tentative": True}, "chốt ngày họp trước"),
        ("hold", {"tentative": False}, "Chưa đến ngày họp"),
        ("confirm", {"tentative": False}, "đã được chốt"),
        ("confirm", {"tentative": False, "on": None}, "chưa có ngày"),
        ("postpone", {}, "ghi lý do"),
        ("cancel", {}, "ghi lý do"),
        ("announce", {}, "đã báo"),
    ],
)
def test_what_is_missing_is_said(town: Town, action: str, values: dict[str, object], sentence: str) -> None:
    meeting = told_meeting(town, **values)  # type: ignore[arg-type]

    with pytest.raises(MeetingError, match=sentence):
        lifecycle.act(meeting, action, actor=town.yen, now=NOW)

    assert (MeetingLog.objects.count(), Notification.objects.count()) == (0, 0)


def test_announcing_lets_those_concerned_see_it(town: Town) -> None:
    meeting = told_meeting(town, announced_at=None)
    hidden = Meeting.objects.visible_to(town.person("binh")).exists()

    lifecycle.announce(meeting, actor=town.yen, now=NOW)

    assert (hidden, Meeting.objects.visible_to(town.person("binh")).exists()) == (False, True)
    assert not Meeting.objects.visible_to(town.person("mai")).exists()
    assert sorted(Notification.objects.values_list("person__username", flat=True)) == ["binh", "son"]


@pytest.mark.parametrize("name", Town.PEOPLE)
@pytest.mark.parametrize("state", State.values)
def test_only_the_office_is_offered_anything(town: Town, name: str, state: str) -> None:
    meeting = in_state(town, state)
    offered = {a.name for a in lifecycle.available_actions(meeting, town.person(name), NOW.date())}

    expected: set[str] = set()
    if name in ("yen", "chung"):
        expected = {a.removeprefix("meeting.") for (b, _), a in TRANSITIONS.items() if b == state}
    assert offered == expected


def test_what_is_offered_can_be_done(town: Town) -> None:
    done = 0
    for state in State.values:
        names = [a.name for a in lifecycle.available_actions(in_state(town, state), town.yen, NOW.date())]
        for name in names:
            Meeting.objects.all().delete()
            lifecycle.act(in_state(town, state), name, actor=town.yen, now=NOW, note="Lý do")
            done += 1
        Meeting.objects.all().delete()
    assert done == len(TRANSITIONS)
