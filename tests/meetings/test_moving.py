"""Moving a meeting: days, words, reminders and notices in one transaction; told once."""

from __future__ import annotations

import contextlib
import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from agencies.models import DayOff, Person
from assignments import reminding
from assignments.models import Notification, Reminder
from meetings import lifecycle, moving, reminders
from meetings.holding import MeetingError
from meetings.milestones import calendar_for, plan
from meetings.models import Attendee, Meeting, MeetingLog
from meetings.moving import Slot
from tests import factories
from tests.factories import NOW, Town
from tests.meetings.conftest import attends, told_meeting

DAY = dt.date(2026, 12, 23)


def move(meeting: Meeting, town: Town, on: dt.date | None, **values: object) -> Meeting:
    slot = Slot(on, **{"tentative": True, **values})  # type: ignore[arg-type]
    return moving.move(meeting, slot, actor=town.yen, now=NOW, seen_sequence=meeting.sequence)


def people_told(kind: str = "meeting.move") -> list[str]:
    return sorted(Notification.objects.filter(kind=kind).values_list("person__username", flat=True))


def test_everybody_concerned_hears_of_it_once_and_nobody_else(town: Town) -> None:
    meeting = told_meeting(town)
    attends(meeting, person=town.hoa)
    attends(meeting, text="Các đồng chí ủy viên Ban Thường vụ")

    moved = move(meeting, town, dt.date(2026, 12, 24))
    moving.move(meeting, Slot.of(moved), actor=town.yen, now=NOW, seen_sequence=moved.sequence)

    assert people_told() == ["binh", "hoa", "son"]
    assert MeetingLog.objects.filter(action="meeting.move").count() == 1
    notice = Notification.objects.get(person=town.binh)
    assert notice.text.splitlines() == [
        "Chuyển từ thứ Tư, 23/12/2026 sang thứ Năm, 24/12/2026.",
        "Hạn gửi tài liệu: thứ Tư, 16/12/2026.",
    ]
    assert notice.url == f"/hoi-nghi/{meeting.public_id}/"


def test_an_untold_meeting_moves_in_silence(town: Town) -> None:
    meeting = told_meeting(town, announced_at=None)

    move(meeting, town, dt.date(2026, 12, 24))

    assert (people_told(), Reminder.objects.count()) == ([], 0)
    assert Meeting.objects.get().on == dt.date(2026, 12, 24)


def test_the_preview_says_what_the_move_then_does(town: Town) -> None:
    DayOff.objects.create(day=dt.date(2026, 12, 21), name="Nghỉ")
    meeting = told_meeting(town)
    attends(meeting, agency=town.stranger)
    slot = Slot(dt.date(2026, 12, 26))

    shown = moving.preview(meeting, slot, actor=town.yen, now=NOW)
    moving.move(meeting, slot, actor=town.yen, now=NOW, seen_sequence=0)

    assert sorted(p.username for p in shown.told) == people_told() == ["binh", "mai", "son"]
    calendar = calendar_for(meeting.on, slot.on)
    after = {m.kind: m.on for m in plan(meeting, slot.on, calendar)}
    assert {c.kind: c.new for c in shown.changes if c.kind != "meeting"} == after
    assert after["invitations"] == dt.date(2026, 12, 22)
    assert "ngày nghỉ cuối tuần" in shown.warnings[0]


def test_a_second_window_is_told_so_and_changes_nothing(town: Town) -> None:
    meeting = told_meeting(town)
    move(meeting, town, dt.date(2026, 12, 24))

    with pytest.raises(moving.Stale):
        moving.move(meeting, Slot(dt.date(2026, 12, 25)), actor=town.chung, now=NOW, seen_sequence=0)

    assert Meeting.objects.get().on == dt.date(2026, 12, 24)
    assert people_told() == ["binh", "son"]


@pytest.mark.parametrize(
    ("state", "slot", "sentence"),
    [
        ("held", Slot(dt.date(2026, 12, 24)), "đã họp"),
        ("cancelled", Slot(dt.date(2026, 12, 24)), "đã họp hoặc đã hủy"),
        ("planned", Slot(dt.date(2026, 11, 19)), "đã qua"),
        (
            "planned",
            Slot(DAY, starts_at=dt.time(9), ends_at=dt.time(8)),
            "Giờ kết thúc phải sau giờ bắt đầu",
        ),
        ("planned", Slot(DAY, room_id=999), "không có trong danh sách"),
    ],
)
def test_what_cannot_be_is_refused_with_a_sentence(town: Town, state: str, slot: Slot, sentence: str) -> None:
    meeting = told_meeting(town, state=state, tentative=False)

    with pytest.raises(MeetingError, match=sentence):
        moving.move(meeting, slot, actor=town.yen, now=NOW, seen_sequence=0)

    again = Meeting.objects.get()
    assert (again.on, again.sequence, MeetingLog.objects.count(), people_told()) == (DAY, 0, 0, [])


def test_a_body_that_is_abolished_before_the_day_is_named(town: Town) -> None:
    meeting = told_meeting(town)
    agency = town.party.agency
    agency.valid_to = dt.date(2026, 12, 22)
    agency.save()

    with pytest.raises(MeetingError, match="chỉ hoạt động đến hết ngày 22/12/2026"):
        move(meeting, town, dt.date(2026, 12, 24))


def test_an_extension_that_lost_its_sense_ends(town: Town) -> None:
    meeting = told_meeting(town)
    first, second, _third = meeting.items.all()
    type(first).objects.filter(pk=first.pk).update(extended_to=dt.date(2026, 12, 22))
    type(first).objects.filter(pk=second.pk).update(extended_to=dt.date(2026, 12, 21))

    move(meeting, town, dt.date(2026, 12, 22))

    assert [i.extended_to for i in meeting.items.all()] == [None, dt.date(2026, 12, 21), None]


def test_postponed_and_planned_again(town: Town) -> None:
    meeting = told_meeting(town)

    off = lifecycle.set_state(meeting, "postponed", actor=town.yen, now=NOW, note="Trùng lịch Tỉnh ủy")
    reminded_off = Reminder.objects.count()
    back = move(off, town, dt.date(2026, 12, 30))

    assert (off.on, reminded_off) == (None, 0)
    assert (back.state, back.on) == ("planned", dt.date(2026, 12, 30))
    assert people_told("meeting.postpone") == ["binh", "son"]
    assert Reminder.objects.count() > 0


class AnySequenceOfMoves(TestCase):
    """However a meeting was moved about, what hangs on it is what a fresh computation gives."""

    def setUp(self) -> None:
        self.town = factories.town()
        DayOff.objects.create(day=dt.date(2026, 12, 24), name="Nghỉ")
        self.meeting = told_meeting(self.town)
        attends(self.meeting, person=self.town.hoa)
        reminders.refresh([self.meeting], now=NOW)

    @settings(max_examples=25)
    @given(
        st.lists(
            st.tuples(
                st.dates(dt.date(2026, 11, 21), dt.date(2027, 2, 28)) | st.none(),
                st.sampled_from(["move", "postpone", "confirm", "people", "tick"]),
                st.integers(0, 40),
            ),
            min_size=1,
            max_size=8,
        )
    )
    def test_reminders_are_fresh(self, steps: list[tuple[dt.date | None, str, int]]) -> None:
        now = NOW
        for on, what, days in steps:
            now += dt.timedelta(hours=days)
            meeting = Meeting.objects.get(pk=self.meeting.pk)
            with contextlib.suppress(MeetingError):
                self.step(meeting, what, on, now)
            reminding.send_due(now)
        meeting = Meeting.objects.get(pk=self.meeting.pk)
        fresh = reminders.wanted([meeting], now=now)
        given_before = {(r.kind, r.person_id, r.due_on) for r in Reminder.objects.exclude(state="scheduled")}
        ahead = {
            (w.kind, w.person_id, w.due_on, w.send_at, w.title)
            for w in fresh
            if w.send_at > now and (w.kind, w.person_id, w.due_on) not in given_before
        }
        scheduled = Reminder.objects.filter(state="scheduled")
        assert {(r.kind, r.person_id, r.due_on, r.send_at, r.title) for r in scheduled} == ahead
        assert not scheduled.filter(send_at__lte=now).exists()
        assert not scheduled.filter(due_on__lt=now.date()).exists()
        sent = Notification.objects.filter(kind__startswith="reminder.")
        assert sent.count() == len(set(sent.values_list("person", "key")))

    def step(self, meeting: Meeting, what: str, on: dt.date | None, now: dt.datetime) -> None:
        if what == "move":
            moving.move(meeting, Slot(on), actor=self.town.yen, now=now, seen_sequence=meeting.sequence)
        elif what == "postpone":
            lifecycle.set_state(meeting, "postponed", actor=self.town.yen, now=now)
        elif what == "confirm":
            lifecycle.confirm(meeting, actor=self.town.yen, now=now)
        elif what == "people":
            gone, _rows = Attendee.objects.filter(meeting=meeting, person=self.town.hoa).delete()
            if not gone:
                attends(meeting, person=self.town.hoa)
            reminders.refresh([meeting], now=now)


def test_a_reminder_comes_on_the_working_day_before_once(town: Town) -> None:
    meeting = told_meeting(town)
    reminders.refresh([meeting], now=NOW)
    eve = dt.datetime(2026, 12, 22, 8, 0, tzinfo=NOW.tzinfo)

    reminding.send_due(eve - dt.timedelta(minutes=1))
    of_meeting = Notification.objects.filter(kind="reminder.meeting")
    early = of_meeting.count()
    due = reminding.send_due(eve)
    again = reminding.send_due(eve + dt.timedelta(minutes=1))

    assert (early, due, again) == (0, 2, 0)
    assert sorted(of_meeting.values_list("person__username", flat=True)) == ["binh", "son"]


def test_what_was_not_given_for_a_day_is_missed(town: Town) -> None:
    meeting = told_meeting(town)
    reminders.refresh([meeting], now=NOW)

    reminding.send_due(dt.datetime(2027, 1, 5, 8, tzinfo=NOW.tzinfo))

    assert set(Reminder.objects.values_list("state", flat=True)) == {"missed"}
    assert not Notification.objects.exists()


def test_refreshing_twice_writes_nothing(town: Town) -> None:
    meeting = told_meeting(town)
    reminders.refresh([meeting], now=NOW)
    rows = list(Reminder.objects.values())

    reminders.refresh([meeting], now=NOW)

    assert list(Reminder.objects.values()) == rows
    assert {p.username for p in Person.objects.filter(reminders__isnull=False)} == {
        "binh",
        "son",
        "yen",
        "chung",
    }


def test_before_seven_in_hanoi_it_is_still_that_day(town: Town) -> None:
    early = dt.datetime(2026, 12, 22, 23, 30, tzinfo=dt.UTC)  # 06:30 of the 23rd here
    meeting = told_meeting(town, on=dt.date(2026, 12, 30))

    with pytest.raises(MeetingError, match="đã qua"):
        moving.move(meeting, Slot(dt.date(2026, 12, 22)), actor=town.yen, now=early, seen_sequence=0)

    moved = moving.move(meeting, Slot(DAY), actor=town.yen, now=early, seen_sequence=0)
    assert moved.on == DAY
