"""Clashes: who and what is needed twice at one time, by table, by law, and as the office sees it."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from lucngan.lib.workdays import WorkCalendar
from meetings import clashes
from meetings.clashes import AFTERNOON, BOTH, MORNING, Event, Need, Spell, find
from meetings.models import Appointment, Attendee, ConnectingPoint, Meeting, Room, Session
from tests.factories import Town, issued, month
from tests.meetings.conftest import attends, told_meeting

DAY = dt.date(2026, 12, 23)
AM, PM = frozenset((MORNING,)), frozenset((AFTERNOON,))


def at(hour: int, minute: int = 0) -> dt.time:
    return dt.time(hour, minute)


# --- times ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("a", "b", "shared"),
    [
        ((AM,), (AM,), AM),
        ((AM,), (PM,), frozenset()),
        ((BOTH,), (PM,), PM),
        ((BOTH,), (BOTH,), BOTH),
        ((AM, at(8), at(9)), (AM, at(9), at(10)), frozenset()),
        ((AM, at(8), at(9, 1)), (AM, at(9), at(10)), AM),
        ((AM, at(8), at(9)), (AM,), AM),
        ((AM, at(8)), (AM, at(10)), AM),
        ((AM, at(8)), (PM, at(14)), frozenset()),
        ((PM, at(13, 30)), (PM, at(15), at(16)), PM),
        ((PM, at(15), at(16)), (PM, at(13, 30), at(14, 30)), frozenset()),
        ((BOTH, at(8), at(17)), (PM, at(16), at(18)), PM),
        ((BOTH, at(8)), (PM, at(16), at(18)), PM),
    ],
)
def test_two_times_share_a_half_day_or_nothing(
    a: tuple[Any, ...], b: tuple[Any, ...], shared: frozenset[str]
) -> None:
    first, second = Spell(DAY, *a), Spell(DAY, *b)

    assert first.shared(second) == second.shared(first) == shared
    assert Spell(DAY + dt.timedelta(1), *a).shared(second) == frozenset()


# --- laws -----------------------------------------------------------------------------------------

_times = st.one_of(
    st.just((None, None)),
    st.tuples(st.integers(6, 18), st.integers(1, 4)).map(lambda p: (at(p[0]), at(p[0] + p[1]))),
    st.integers(6, 18).map(lambda hour: (at(hour), None)),
)
_spells = st.builds(
    lambda day, halves, times: Spell(DAY + dt.timedelta(day), halves, *times),
    st.integers(0, 2),
    st.sampled_from([AM, PM, BOTH]),
    _times,
)
_needs = st.builds(
    lambda what, pk, spells: Need(what[0], pk, f"số {pk}", what[1], tuple(spells)),
    st.sampled_from(
        [("person", "chair"), ("person", "attends"), ("room", ""), ("agency", "attends"), ("prepares",) * 2]
    ),
    st.integers(1, 3),
    st.lists(_spells, min_size=1, max_size=2),
)
_events = st.lists(st.lists(_needs, max_size=4), max_size=6).map(
    lambda all_: [Event(("meeting", n), f"Hội nghị {n}", needs=tuple(needs)) for n, needs in enumerate(all_)]
)


@given(_events)
def test_a_clash_is_seen_from_both_sides(events: list[Event]) -> None:
    found = find(events)
    seen = {(key, clash.with_key, clash.on, clash.who) for key, own in found.items() for clash in own}

    assert seen == {(there, here, on, who) for here, there, on, who in seen}
    assert all(here != there for here, there, _on, _who in seen)


@given(_events, st.integers(0, 5))
def test_away_from_everybody_there_is_no_clash(events: list[Event], which: int) -> None:
    if which >= len(events):
        return
    moved = events[which]
    far = dt.timedelta(400)
    needs = tuple(
        Need(n.kind, n.pk, n.name, n.role, tuple(Spell(s.on + far, s.halves) for s in n.spells))
        for n in moved.needs
    )
    rest = [event for event in events if event.key != moved.key]

    found = find([*rest, Event(moved.key, moved.title, needs=needs)])

    assert moved.key not in found
    assert found == find(rest)


@given(_events)
def test_what_is_hidden_is_never_named(events: list[Event]) -> None:
    secret = [Event(e.key, "Bí mật", hidden=e.key[1] % 2 == 1, needs=e.needs) for e in events]

    for key, own in find(secret).items():
        assert key[1] % 2 == 0
        for clash in own:
            hidden = clash.with_key[1] % 2 == 1
            assert ("Bí mật" not in clash.sentence) if hidden else ("Bí mật" in clash.sentence)
            assert (clash.with_title == "") == hidden


# --- rows -----------------------------------------------------------------------------------------


@pytest.fixture
def room(db: None) -> Room:
    return Room.objects.create(name="Phòng họp tầng 2")


def plain(town: Town, **values: Any) -> Meeting:
    """A meeting of the afternoon that nobody is asked to, but for what the test says."""
    defaults = {"title": "Hội nghị giao ban", "chair": None, "part_of_day": "afternoon", "items": 0}
    return told_meeting(town, **{"on": DAY, **defaults, **values})


def of(meeting: Meeting, **values: Any) -> list[clashes.Clash]:
    return clashes.clashes_of(
        meeting, **{"on": meeting.on, "halves": meeting.halves, "starts_at": meeting.starts_at, **values}
    )


def chaired(town: Town, room: Room) -> tuple[Meeting, Meeting, str, str]:
    one, two = plain(town, title="Hội nghị A", chair=town.son), plain(town, chair=town.son)
    return one, two, "chair", "Đồng chí Giáp Văn Sơn chủ trì Hội nghị giao ban cùng buổi chiều."


def chair_attends(town: Town, room: Room) -> tuple[Meeting, Meeting, str, str]:
    one, two = plain(town, title="Hội nghị A", chair=town.son), plain(town)
    attends(two, person=town.son)
    return one, two, "chair", "Đồng chí Giáp Văn Sơn dự Hội nghị giao ban cùng buổi chiều."


def person_attends(town: Town, room: Room) -> tuple[Meeting, Meeting, str, str]:
    one, two = plain(town, title="Hội nghị A"), plain(town, chair=town.son)
    attends(one, person=town.son)
    return one, two, "attendee", "Đồng chí Giáp Văn Sơn chủ trì Hội nghị giao ban cùng buổi chiều."


def agency_attends(town: Town, room: Room) -> tuple[Meeting, Meeting, str, str]:
    one, two = plain(town, title="Hội nghị A"), plain(town, part_of_day="")
    attends(one, agency=town.agency)
    attends(two, agency=town.agency)
    return one, two, "attendee", "Phòng Kinh tế dự Hội nghị giao ban cùng buổi chiều."


def one_room(town: Town, room: Room) -> tuple[Meeting, Meeting, str, str]:
    one, two = plain(town, title="Hội nghị A", room=room), plain(town, room=room)
    return one, two, "room", "Phòng họp tầng 2 đã có Hội nghị giao ban cùng buổi chiều."


def room_of_a_point(town: Town, room: Room) -> tuple[Meeting, Meeting, str, str]:
    one, two = plain(town, title="Hội nghị A", room=room), plain(town)
    ConnectingPoint.objects.create(meeting=two, position=1, name="Điểm cầu xã", room=room)
    return one, two, "room", "Phòng họp tầng 2 đã có Hội nghị giao ban cùng buổi chiều."


def one_preparing(town: Town, room: Room) -> tuple[Meeting, Meeting, str, str]:
    one, two = plain(town, title="Hội nghị A", items=2), plain(town, items=2, part_of_day="morning")
    return one, two, "body", "Phòng Kinh tế còn chuẩn bị nội dung cho Hội nghị giao ban cùng ngày."


@pytest.mark.parametrize(
    "two_meetings",
    [chaired, chair_attends, person_attends, agency_attends, one_room, room_of_a_point, one_preparing],
)
def test_what_is_needed_twice_is_said_in_one_sentence(two_meetings: Any, town: Town, room: Room) -> None:
    one, two, kind, sentence = two_meetings(town, room)

    [clash] = of(one)

    assert (clash.kind, clash.sentence) == (kind, sentence)
    assert clash.with_id == two.public_id
    assert str(two.public_id) in clash.with_url
    assert clash.serious == (kind != "body" and not sentence.startswith("Phòng Kinh tế"))
    assert [c.with_id for c in of(two)] == [one.public_id]
    assert clashes.between([one, two])[one.pk] == [clash]


@pytest.mark.parametrize("state", ["postponed", "cancelled"])
def test_what_is_off_takes_nobodys_time(state: str, town: Town, room: Room) -> None:
    one, two, *_rest = chaired(town, room)
    Meeting.objects.filter(pk=two.pk).update(state=state)
    two.refresh_from_db()

    assert of(one) == []
    assert clashes.between([one, two]) == {}


def test_an_appointment_of_a_leader_counts(town: Town) -> None:
    one = plain(town, chair=town.son)
    trip = Appointment.objects.create(
        issuing_body=town.party, on=DAY, title="Họp trực tuyến với Tỉnh ủy", part_of_day="afternoon"
    )
    trip.people.add(town.son)

    [clash] = of(one)

    assert clash.kind == "appointment"
    assert clash.sentence == "Đồng chí Giáp Văn Sơn có lịch Họp trực tuyến với Tỉnh ủy cùng buổi chiều."
    assert clashes.between([one], [trip])[one.pk] == [clash]
    assert of(one, halves=AM) == []


def test_planning_asks_about_another_day_room_and_chair(town: Town, room: Room) -> None:
    one, two = plain(town, on=DAY - dt.timedelta(1)), plain(town, chair=town.son, room=room)

    assert of(one) == []
    assert of(one, on=two.on) == []
    assert [c.kind for c in of(one, on=two.on, room_id=room.pk)] == ["room"]
    assert [c.kind for c in of(one, on=two.on, chair_id=town.son.pk)] == ["chair"]
    assert of(two, on=one.on) == []


def test_a_meeting_still_to_be_made_is_asked_about_with_its_people(town: Town) -> None:
    plain(town, chair=town.son)
    new = Meeting(issuing_body=town.party, title="Họp báo")
    asked = [Attendee(meeting=new, person=town.son, position=1)]

    [clash] = clashes.clashes_of(new, on=DAY, halves=BOTH, attendees=asked)

    assert (clash.kind, clash.who) == ("attendee", "Giáp Văn Sơn")


def test_a_weekly_meeting_counts_on_its_weekday_in_the_period_of_its_programme(town: Town) -> None:
    issued(town, month(12))
    Meeting.objects.update(on=None, weekly_on=0, part_of_day="afternoon", tentative=False, chair=town.son)
    one = plain(town, chair=town.son)

    def on(day: dt.date) -> list[str]:
        return [clash.kind for clash in of(one, on=day)]

    assert on(dt.date(2026, 12, 21)) == ["chair"]
    assert on(dt.date(2026, 12, 22)) == []
    assert on(dt.date(2027, 1, 4)) == []


def test_sessions_take_their_own_days_and_people(town: Town) -> None:
    one, two = plain(town, part_of_day="morning"), plain(town, on=DAY + dt.timedelta(1), chair=town.son)
    late = Session.objects.create(
        meeting=one, position=2, title="Phiên bế mạc", days_after=1, part_of_day="afternoon"
    )
    attends(one, person=town.son, session=late)

    [clash] = of(one)

    assert (clash.kind, clash.on) == ("attendee", two.on)
    assert of(one, on=DAY - dt.timedelta(1)) == []


def test_the_meeting_of_another_house_is_told_of_without_its_name(town: Town, room: Room) -> None:
    one = plain(town, chair=town.son, room=room)
    Meeting.objects.create(issuing_body=town.state, title="Họp kín", on=DAY, chair=town.son, room=room)
    expected = [
        ("chair", "Đồng chí Giáp Văn Sơn đã có lịch khác cùng buổi chiều."),
        ("room", "Phòng họp tầng 2: phòng đã có cuộc họp khác cùng buổi chiều."),
    ]

    planning = of(one, reader=town.yen)
    calendar = clashes.between([one], reader=town.yen)[one.pk]

    assert [(c.kind, c.sentence) for c in planning] == expected
    assert [(c.kind, c.sentence) for c in calendar] == expected
    assert {(c.with_id, c.with_url, c.with_title) for c in planning + calendar} == {(None, "", "")}
    assert clashes.between([one], reader=town.binh) == {}
    assert "Họp kín" in of(one, reader=town.minh)[0].sentence


@pytest.mark.parametrize("count", [3, 40])
def test_any_number_of_meetings_costs_the_same(town: Town, room: Room, count: int) -> None:
    meetings = [plain(town, chair=town.son, room=room, items=1) for _ in range(count)]
    for meeting in meetings:
        attends(meeting, person=town.yen)
        attends(meeting, agency=town.agency)
    reader = town.person("yen")

    with CaptureQueriesContext(connection) as counted:
        found = clashes.between(meetings, reader=reader)

    assert len(found[meetings[0].pk]) == 5 * (count - 1)
    assert len(counted) == 5, [q["sql"][:80] for q in counted]


# --- ways out -------------------------------------------------------------------------------------


def test_the_nearest_days_without_a_clash_are_working_days_to_come(town: Town) -> None:
    one = plain(town, on=DAY, chair=town.son)
    plain(town, chair=town.son)
    plain(town, on=DAY - dt.timedelta(1), chair=town.son)
    holiday = WorkCalendar(off=frozenset({dt.date(2026, 12, 25)}))

    free = clashes.free_days(one, DAY, holiday, today=dt.date(2026, 12, 20))

    assert free == [dt.date(2026, 12, 24), dt.date(2026, 12, 21), dt.date(2026, 12, 28)]
    assert all(of(one, on=day) == [] for day in free)


def test_ways_out_name_the_day_and_the_half_day(town: Town) -> None:
    one = plain(town, part_of_day="", chair=town.son)
    plain(town, chair=town.son)

    found = clashes.ways_out(one, DAY, WorkCalendar(), today=dt.date(2026, 12, 1))

    assert [(way.on, way.part, way.words) for way in found] == [
        (dt.date(2026, 12, 22), "", "Dời sang thứ Ba 22/12"),
        (DAY, "morning", "Chỉ họp buổi sáng"),
        (dt.date(2026, 12, 24), "", "Dời sang thứ Năm 24/12"),
    ]


def test_a_half_day_may_change_to_the_other_half(town: Town) -> None:
    one = plain(town, chair=town.son)
    plain(town, chair=town.son)

    words = [way.words for way in clashes.ways_out(one, DAY, WorkCalendar(), today=DAY)]

    assert "Chuyển sang buổi sáng" in words
    assert not any("22/12" in each or "21/12" in each for each in words)
