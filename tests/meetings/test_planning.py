"""Making a meeting and changing its head: what can be, what is warned of, who is told, who saved first."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import replace
from typing import Any

import pytest

from agencies.models import DayOff
from assignments.models import Notification
from meetings.forms.fields import clock
from meetings.guests import matching, meant, people_for
from meetings.holding import MeetingError
from meetings.models import AgendaItem, Meeting, MeetingLog, Room, Series
from meetings.moving import Slot, Stale
from meetings.planning import (
    AttendeePlan,
    Plan,
    PlanError,
    PointPlan,
    SessionPlan,
    change_meeting,
    clashing,
    create_meeting,
    of_series,
    problems,
    warnings,
)
from tests.factories import NOW, AgencyFactory, Town, draft, issued, month
from tests.meetings.conftest import attends, told_meeting

DAY = dt.date(2026, 12, 23)
TODAY = NOW.date()


@pytest.mark.parametrize(
    ("words", "time"),
    [
        ("07h30", "07:30"),
        ("7g30", "07:30"),
        ("14 giờ 00", "14:00"),
        ("14 giờ", "14:00"),
        ("14:00", "14:00"),
        ("8.05", "08:05"),
        ("8 giờ 5 phút", "08:05"),
        ("1400", "14:00"),
        ("9", "09:00"),
        (" 9H15 ", "09:15"),
    ],
)
def test_clock_times_are_read_as_typed(words: str, time: str) -> None:
    assert clock(words) == dt.time.fromisoformat(time)


@pytest.mark.parametrize("words", ["25:00", "8h60", "sáng", "8 giờ kém 5", "-1", "99999", "7:5x"])
def test_what_is_no_time_is_refused(words: str) -> None:
    with pytest.raises(ValueError):
        clock(words)


def make(town: Town, slot: Slot | None = None, wanted: Plan | None = None, **values: Any) -> Meeting:
    slot = slot or Slot(DAY, tentative=True, part_of_day="morning")
    wanted = wanted or Plan("Hội nghị Ban Thường vụ")
    return create_meeting(town.party, slot, wanted, actor=town.yen, now=NOW, **values)


def test_a_meeting_is_made_with_all_its_rows(town: Town) -> None:
    wanted = Plan(
        "Hội nghị giao ban khối nội chính",
        chair_id=town.son.pk,
        documents_days=3,
        sessions=(SessionPlan("Khối A", part_of_day="morning"), SessionPlan("Khối B", 1)),
        points=(PointPlan("Điểm cầu xã", agency_id=town.agency.pk),),
        attendees=(
            AttendeePlan(town.son.pk),
            AttendeePlan(agency_id=town.agency.pk, part="guest", session=1),
            AttendeePlan(text="Các đồng chí ủy viên"),
        ),
    )

    meeting = make(town, wanted=wanted)

    meeting = Meeting.objects.get(pk=meeting.pk)
    assert (meeting.on, meeting.tentative, meeting.part_of_day) == (DAY, True, "morning")
    assert [(s.title, s.days_after) for s in meeting.sessions.all()] == [("Khối A", 0), ("Khối B", 1)]
    assert [str(a) for a in meeting.attendees.all()] == [
        "Giáp Văn Sơn",
        "Phòng Kinh tế",
        "Các đồng chí ủy viên",
    ]
    assert str(meeting.attendees.all()[1].session) == "Khối B"
    assert [p.name for p in meeting.points.all()] == ["Điểm cầu xã"]
    assert [entry.action for entry in meeting.log.all()] == ["meeting.create"]
    assert Plan.of(meeting) == replace(wanted, sessions=Plan.of(meeting).sessions)
    assert not Notification.objects.exists()


def test_the_same_form_twice_makes_one_meeting(town: Town) -> None:
    key = uuid.uuid4()

    first, second = make(town, key=key), make(town, key=key)

    assert first == second
    assert Meeting.objects.count() == 1
    assert MeetingLog.objects.count() == 1


def test_a_key_of_another_office_is_not_its_meeting(town: Town) -> None:
    key = uuid.uuid4()
    make(town, key=key)

    with pytest.raises(MeetingError):
        create_meeting(town.state, Slot(DAY), Plan("Họp UBND"), actor=town.minh, now=NOW, key=key)

    assert Meeting.objects.count() == 1


@pytest.mark.parametrize(
    ("slot", "weekly_on", "expected"),
    [
        (Slot(DAY), None, (DAY, False, None, "")),
        (
            Slot(None, note="lịch cụ thể sẽ thông báo sau"),
            None,
            (None, False, None, "lịch cụ thể sẽ thông báo sau"),
        ),
        (Slot(None, tentative=True), 0, (None, False, 0, "")),
    ],
)
def test_a_day_is_known_weekly_or_open(
    town: Town, slot: Slot, weekly_on: int | None, expected: tuple[Any, ...]
) -> None:
    meeting = make(town, slot, weekly_on=weekly_on)

    assert (meeting.on, meeting.tentative, meeting.weekly_on, meeting.schedule_note) == expected


def test_a_meeting_of_a_series_takes_the_turn_of_its_day(town: Town) -> None:
    series = Series.objects.create(issuing_body=town.party, title="Hội nghị BTV", frequency="by_rule")
    wanted = Plan("Hội nghị BTV", series.pk)

    first = make(town, wanted=wanted)

    assert first.slot == DAY
    with pytest.raises(PlanError, match="đã có hội nghị kỳ 23/12/2026"):
        make(town, wanted=wanted)


def test_a_series_gives_its_habits(town: Town) -> None:
    series = Series.objects.create(
        issuing_body=town.party,
        title="Hội nghị BTV",
        frequency="by_rule",
        chair=town.son,
        documents_days=5,
        part_of_day="afternoon",
    )
    series.attendees.create(person=town.chung)

    slot, plan = of_series(series)

    assert (slot.part_of_day, plan.chair_id, plan.documents_days) == ("afternoon", town.son.pk, 5)
    assert plan.attendees == (AttendeePlan(town.chung.pk),)


def bad(town: Town) -> dict[str, tuple[Slot, Plan, str, str]]:
    """Kind of mistake → slot, plan, the place of the sentence, a part of it."""
    theirs = Room.objects.create(name="Phòng của UBND", issuing_body=town.state)
    closed = Room.objects.create(name="Phòng cũ", issuing_body=town.party, active=False)
    gone = AgencyFactory.create(short_name="Phòng Nội vụ", name="Phòng Nội vụ", valid_to=dt.date(2025, 6, 30))
    series = Series.objects.create(issuing_body=town.state, title="UBND thường kỳ", frequency="by_rule")
    good, plan, eight = Slot(DAY), Plan("Họp"), dt.time(8)
    return {
        "no title": (good, Plan(""), "title", "tên hội nghị"),
        "end before start": (
            replace(good, starts_at=dt.time(14), ends_at=eight),
            plan,
            "ends_at",
            "sau giờ bắt đầu",
        ),
        "end is start": (replace(good, starts_at=eight, ends_at=eight), plan, "ends_at", "sau giờ bắt đầu"),
        "end alone": (replace(good, ends_at=eight), plan, "starts_at", "cần giờ bắt đầu"),
        "room of another": (replace(good, room_id=theirs.pk), plan, "room", "cơ quan khác"),
        "closed room": (replace(good, room_id=closed.pk), plan, "room", "không còn dùng"),
        "series of another": (good, Plan("Họp", series.pk), "series", "cơ quan khác"),
        "absurd lead": (good, Plan("Họp", documents_days=400), "documents_days", "60 ngày làm việc"),
        "negative lead": (good, Plan("Họp", invitation_days=-1), "invitation_days", "60 ngày làm việc"),
        "session backwards": (
            good,
            Plan("Họp", sessions=(SessionPlan("A", starts_at=dt.time(9), ends_at=eight),)),
            "ends_at",
            "sau giờ bắt đầu",
        ),
        "nameless session": (good, Plan("Họp", sessions=(SessionPlan(""),)), "title", "tên phiên"),
        "late session": (good, Plan("Họp", sessions=(SessionPlan("A", 31),)), "days_after", "30 ngày"),
        "nameless point": (good, Plan("Họp", points=(PointPlan(""),)), "name", "điểm cầu"),
        "agency gone": (
            good,
            Plan("Họp", attendees=(AttendeePlan(agency_id=gone.pk),)),
            "who",
            "đến hết ngày 30/6/2025",
        ),
        "point of an agency gone": (
            good,
            Plan("Họp", points=(PointPlan("A", agency_id=gone.pk),)),
            "agency",
            "đến hết ngày 30/6/2025",
        ),
        "twice": (
            good,
            Plan("Họp", attendees=(AttendeePlan(town.son.pk), AttendeePlan(town.son.pk))),
            "who",
            "dòng trên",
        ),
        "session that is not": (
            good,
            Plan("Họp", attendees=(AttendeePlan(town.son.pk, session=0),)),
            "scope",
            "không còn",
        ),
        "item of no meeting": (
            good,
            Plan("Họp", attendees=(AttendeePlan(town.son.pk, item_id=99),)),
            "scope",
            "không thuộc",
        ),
    }


@pytest.mark.parametrize("kind", [
    "no title", "end before start", "end is start", "end alone", "room of another", "closed room",
    "series of another", "absurd lead", "negative lead", "session backwards", "nameless session",
    "late session", "nameless point", "agency gone", "point of an agency gone", "twice",
    "session that is not", "item of no meeting",
])  # fmt: skip
def test_what_cannot_be_is_said_at_its_place(town: Town, kind: str) -> None:
    slot, plan, place, part = bad(town)[kind]

    with pytest.raises(PlanError) as refused:
        make(town, slot, plan)

    assert [(p.field, part in p.sentence) for p in refused.value.problems] == [(place, True)]
    assert not Meeting.objects.exists()
    assert not MeetingLog.objects.exists()


def test_a_body_abolished_before_the_day_does_not_meet(town: Town) -> None:
    agency = town.party.agency
    agency.valid_to = dt.date(2026, 12, 22)
    agency.save()
    row = Meeting(issuing_body=town.party)

    assert [p.field for p in problems(row, Slot(DAY), Plan("Họp"), today=TODAY)] == ["on"]
    assert not problems(row, Slot(dt.date(2026, 12, 22)), Plan("Họp"), today=TODAY)


def test_days_off_and_past_days_are_warned_of(town: Town) -> None:
    DayOff.objects.create(day=dt.date(2026, 12, 24), type="holiday", name="Ngày nghỉ thử")
    row = Meeting(issuing_body=town.party)

    def said(day: dt.date, **leads: int) -> list[tuple[str, str]]:
        found = warnings(row, Slot(day), Plan("Họp", **leads), today=TODAY)  # type: ignore[arg-type]
        return [(each.kind, each.sentence) for each in found]

    assert said(DAY) == []
    assert said(dt.date(2026, 12, 24)) == [("off", "thứ Năm, 24/12/2026 là ngày nghỉ: Ngày nghỉ thử.")]
    assert said(dt.date(2026, 12, 26)) == [("off", "thứ Bảy, 26/12/2026 là ngày nghỉ cuối tuần.")]
    assert said(dt.date(2026, 11, 19)) == [("past", "thứ Năm, 19/11/2026 đã qua.")]
    assert [kind for kind, _s in said(DAY, registration_days=2, documents_days=5)] == ["order"]


def test_clashes_are_known_while_one_plans(town: Town) -> None:
    told_meeting(town, DAY, part_of_day="morning")
    row, wanted = Meeting(issuing_body=town.party), Plan("Họp", chair_id=town.son.pk)

    found = clashing(row, Slot(DAY, part_of_day="morning"), wanted, reader=town.yen)

    assert [each.serious for each in found] == [True]
    assert "chủ trì Hội nghị Ban Thường vụ Đảng ủy" in found[0].sentence
    assert not clashing(row, Slot(DAY, part_of_day="afternoon"), wanted, reader=town.yen)
    assert not clashing(row, Slot(None), wanted, reader=town.yen)


def change(town: Town, meeting: Meeting, wanted: Plan, seen: str | None = None) -> Meeting:
    seen = Plan.of(meeting).seen if seen is None else seen
    return change_meeting(meeting, wanted, actor=town.yen, now=NOW, seen=seen)


def test_a_change_is_written_and_logged_once(town: Town) -> None:
    meeting = told_meeting(town)
    wanted = replace(Plan.of(meeting), title="Hội nghị mở rộng", documents_days=7)

    change(town, meeting, wanted)
    again = change(town, meeting, wanted)

    assert (again.title, again.documents_days, again.sequence) == ("Hội nghị mở rộng", 7, 1)
    assert [(e.action, e.note) for e in meeting.log.all()] == [
        ("meeting.change", "tên hội nghị, thời hạn gửi tài liệu")
    ]


def test_the_second_to_save_is_told_and_nothing_is_lost(town: Town) -> None:
    meeting = told_meeting(town)
    seen = Plan.of(meeting).seen
    change(town, meeting, replace(Plan.of(meeting), title="Bản của chị Yến"))

    with pytest.raises(Stale, match="Người khác vừa sửa"):
        change(town, meeting, replace(Plan.of(meeting), title="Bản của anh Chung"), seen)

    assert Meeting.objects.get().title == "Bản của chị Yến"
    assert meeting.log.count() == 1


def test_what_happens_to_the_agenda_or_the_day_is_no_other_head(town: Town) -> None:
    meeting = told_meeting(town)
    seen = Plan.of(meeting).seen
    AgendaItem.objects.create(meeting=meeting, position=9, text="Thêm")
    Meeting.objects.update(sequence=4, on=dt.date(2026, 12, 30))

    change(town, meeting, replace(Plan.of(meeting), title="Tên mới"), seen)

    assert Meeting.objects.get().title == "Tên mới"
    assert Meeting.objects.get().on == dt.date(2026, 12, 30)


def test_sessions_keep_their_items(town: Town) -> None:
    meeting = told_meeting(town)
    change(town, meeting, replace(Plan.of(meeting), sessions=(SessionPlan("Sáng"), SessionPlan("Chiều"))))
    morning, afternoon = meeting.sessions.all()
    meeting.items.update(session=afternoon)
    before = Plan.of(meeting)

    change(town, meeting, replace(before, sessions=(replace(before.sessions[1], title="Buổi chiều"),)))

    assert [(s.pk, s.title, s.position) for s in meeting.sessions.all()] == [(afternoon.pk, "Buổi chiều", 1)]
    assert set(meeting.items.values_list("session", flat=True)) == {afternoon.pk}
    assert morning.pk != afternoon.pk


@pytest.mark.parametrize("state", ["concluded", "cancelled"])
def test_what_is_over_is_not_changed(town: Town, state: str) -> None:
    meeting = told_meeting(town, tentative=False, state=state)

    with pytest.raises(MeetingError, match="không sửa được"):
        change(town, meeting, replace(Plan.of(meeting), title="Tên mới"))

    assert not meeting.log.exists()


def test_who_is_asked_anew_or_no_more_hears_of_it_once(town: Town) -> None:
    meeting = told_meeting(town, items=0)
    attends(meeting, person=town.chung)
    attends(meeting, agency=town.agency)
    wanted = replace(
        Plan.of(meeting), attendees=(AttendeePlan(agency_id=town.agency.pk), AttendeePlan(town.hoa.pk))
    )

    change(town, meeting, wanted)
    change(town, meeting, wanted)

    told = Notification.objects.order_by("person__username").values_list("person__username", "kind")
    assert list(told) == [("chung", "meeting.unasked"), ("hoa", "meeting.asked")]


def test_nobody_hears_of_a_meeting_that_was_not_told(town: Town) -> None:
    meeting = told_meeting(town, announced_at=None)

    change(town, meeting, replace(Plan.of(meeting), attendees=(AttendeePlan(town.hoa.pk),)))

    assert not Notification.objects.exists()


def test_the_draft_that_announces_it_says_the_new_title(town: Town) -> None:
    programme = draft(town, month(12))
    meeting = Meeting.objects.get()

    change(town, meeting, replace(Plan.of(meeting), title="Hội nghị Ban Thường vụ mở rộng"))

    assert programme.clauses.filter(text__startswith="Hội nghị Ban Thường vụ mở rộng: Dự kiến").exists()


def test_an_issued_programme_keeps_what_was_printed(town: Town) -> None:
    programme = issued(town, month(12))
    meeting = Meeting.objects.get()
    before = list(programme.clauses.values_list("text", flat=True))

    change(town, meeting, replace(Plan.of(meeting), title="Tên khác"))

    assert list(programme.clauses.values_list("text", flat=True)) == before
    assert Meeting.objects.get().title == "Tên khác"


def test_persons_are_found_without_marks_among_those_the_office_knows(town: Town) -> None:
    known = people_for(town.yen, TODAY)

    assert [p.username for p in matching(known, "trần văn b", 8)] == ["binh"]
    assert [p.username for p in matching(known, "tran van b", 8)] == ["binh"]
    assert town.minh in known
    assert town.lan not in known
    assert town.vinh not in known
    assert not people_for(town.binh, TODAY).exists()


def test_words_mean_whoever_bears_the_name(town: Town) -> None:
    found = meant("phòng kinh te", people=(), day=TODAY)

    assert [(each.ref, each.name) for each in found] == [(f"a{town.agency.pk}", "Phòng Kinh tế")]
    assert [each.ref for each in meant("Trần Văn Bình", people=[town.binh], day=TODAY)] == [
        f"p{town.binh.pk}"
    ]
    assert meant("Các đồng chí ủy viên", people=[town.binh], day=TODAY) == []
    assert meant("", people=[town.binh], day=TODAY) == []
