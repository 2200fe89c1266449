"""Next month's meetings out of the series: made once, around days off, with what the series knows."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from agencies.models import Agency, DayOff, Person
from meetings import feeds
from meetings.calendar import meeting_entries
from meetings.clashes import survey
from meetings.kin import own_days
from meetings.models import AgendaItem, Meeting, MeetingLog, Room, Series, SeriesAttendee
from meetings.proposing import Proposal, ProposalError, preview, propose
from tests.factories import NOW, Town, draft, issued, month

DECEMBER = dt.date(2026, 12, 1)
TODAY = NOW.date()
#: Statements of a preview, whatever is in it.
PREVIEW_QUERIES = 13


def series(here: Town, **values: Any) -> Series:
    return Series.objects.create(
        **{
            "issuing_body": here.party,
            "title": "Giao ban Thường trực Đảng ủy",
            "frequency": "weekly",
            "weekday": 0,
            "part_of_day": "afternoon",
            **values,
        }
    )


def committee(here: Town, **values: Any) -> Series:
    return series(
        here,
        **{
            "title": "Hội nghị Ban Thường vụ Đảng ủy",
            "frequency": "monthly_weekday",
            "weekday": 3,
            "nth": 4,
            "part_of_day": "",
            "starts_at": dt.time(7, 30),
            "ends_at": dt.time(11),
            "chair": here.son,
            "registration_days": 10,
            "documents_days": 3,
            "place": "Trụ sở Đảng ủy",
            **values,
        },
    )


def day(n: int) -> dt.date:
    return DECEMBER.replace(day=n)


def test_a_meeting_takes_everything_from_its_series(town: Town) -> None:
    room = Room.objects.create(name="Phòng họp tầng 2", issuing_body=town.party)
    of = committee(town, room=room)
    SeriesAttendee.objects.create(series=of, person=town.chung)
    SeriesAttendee.objects.create(series=of, agency=town.agency)

    (made,) = propose(town.party, DECEMBER, actor=town.yen, now=NOW)

    made.refresh_from_db()
    assert (made.series, made.slot, made.on, made.tentative) == (of, day(24), day(24), True)
    assert (made.title, made.chair, made.room, made.place) == (of.title, town.son, room, "Trụ sở Đảng ủy")
    assert (made.starts_at, made.ends_at, made.part_of_day) == (dt.time(7, 30), dt.time(11), "")
    assert (made.registration_days, made.documents_days, made.invitation_days) == (10, 3, None)
    assert [str(a) for a in made.attendees.all()] == [str(town.chung), "Phòng Kinh tế"]
    assert (made.state, made.announced_at, made.section) == ("planned", None, None)
    entry = MeetingLog.objects.get()
    assert (entry.action, entry.meeting_id, entry.actor) == ("meeting.propose", made.pk, town.yen)


def test_a_weekly_series_makes_one_row_for_each_week_and_a_second_call_nothing(town: Town) -> None:
    series(town)

    first = propose(town.party, DECEMBER, actor=town.yen, now=NOW)
    second = propose(town.party, DECEMBER, actor=town.yen, now=NOW)

    assert [m.on for m in first] == [day(7), day(14), day(21), day(28)]
    assert second == []
    assert Meeting.objects.count() == MeetingLog.objects.count() == 4


def test_a_day_off_is_avoided_and_said_and_the_slot_stays(town: Town) -> None:
    DayOff.objects.create(day=day(24), name="Ngày nghỉ thử")
    committee(town)

    (shown,) = preview(town.party, DECEMBER, today=TODAY)
    (made,) = propose(town.party, DECEMBER, actor=town.yen, now=NOW)

    assert shown.avoided == "24/12/2026 là ngày nghỉ (Ngày nghỉ thử), chuyển sang thứ Sáu, 25/12/2026."
    assert (made.slot, made.on) == (day(24), day(25))
    Meeting.objects.update(on=day(29))
    assert propose(town.party, DECEMBER, actor=town.yen, now=NOW) == []


def test_only_what_was_chosen_is_made(town: Town) -> None:
    series(town)
    keys = [p.key for p in preview(town.party, DECEMBER, today=TODAY)]

    made = propose(town.party, DECEMBER, actor=town.yen, now=NOW, chosen=[keys[1], "x", f"{keys[0]}9"])

    assert [m.on for m in made] == [day(14)]


def test_days_that_are_past_are_not_proposed(town: Town) -> None:
    series(town)

    assert [p.on.day for p in preview(town.party, TODAY, today=TODAY)] == [23, 30]


def test_a_body_that_is_abolished_before_the_day_is_refused_with_a_sentence(town: Town) -> None:
    series(town)
    Agency.objects.filter(pk=town.party.agency_id).update(valid_to=day(15))

    made = propose(town.party, DECEMBER, actor=town.yen, now=NOW)

    assert [m.on for m in made] == [day(7), day(14)]
    later = dt.date(2027, 1, 1)
    with pytest.raises(ProposalError, match=r"chỉ hoạt động đến hết ngày 15/12/2026"):
        propose(town.party, later, actor=town.yen, now=NOW)
    assert Meeting.objects.count() == 2


def test_who_and_what_is_no_more_is_left_out_and_named(town: Town) -> None:
    room = Room.objects.create(name="Hội trường", active=False)
    of = committee(town, room=room)
    SeriesAttendee.objects.create(series=of, agency=town.agency)
    SeriesAttendee.objects.create(series=of, agency=town.stranger)
    SeriesAttendee.objects.create(series=of, person=town.chung)
    Agency.objects.filter(pk=town.stranger.pk).update(valid_to=day(20))
    Person.objects.filter(username__in=("son", "chung")).update(is_active=False)

    (shown,) = preview(town.party, DECEMBER, today=TODAY)
    (made,) = propose(town.party, DECEMBER, actor=town.yen, now=NOW)

    assert shown.left_out == ("Giáp Văn Sơn", "Hội trường", "Hội Nông dân xã", "Vi Văn Chung")
    assert (made.chair, made.room) == (None, None)
    assert [str(a) for a in made.attendees.all()] == ["Phòng Kinh tế"]


def test_series_that_are_off_or_of_others_propose_nothing(town: Town) -> None:
    series(town, active=False)
    series(town, issuing_body=town.state)

    assert preview(town.party, DECEMBER, today=TODAY) == []


def test_a_meeting_of_the_programme_is_joined_to_the_series_and_not_doubled(town: Town) -> None:
    draft(town, month(12))
    of = committee(town)
    SeriesAttendee.objects.create(series=of, person=town.chung)

    assert propose(town.party, DECEMBER, actor=town.yen, now=NOW) == []
    propose(town.party, DECEMBER, actor=town.yen, now=NOW)

    meeting = Meeting.objects.get()
    assert (meeting.series, meeting.slot, meeting.on) == (of, day(24), day(25))
    assert (meeting.chair, meeting.documents_days, meeting.starts_at) == (town.son, 3, None)
    assert [str(a) for a in meeting.attendees.all()] == [str(town.chung)]
    assert [e.action for e in MeetingLog.objects.all()] == ["meeting.adopt"]


def test_a_meeting_that_others_know_of_is_joined_but_not_changed(town: Town) -> None:
    issued(town, month(12))
    of = committee(town)
    SeriesAttendee.objects.create(series=of, person=town.chung)

    propose(town.party, DECEMBER, actor=town.yen, now=NOW)

    meeting = Meeting.objects.get()
    assert (meeting.series, meeting.chair, meeting.documents_days) == (of, None, None)
    assert not meeting.attendees.exists()


def test_titles_with_their_month_are_the_same_meeting(town: Town) -> None:
    Meeting.objects.create(
        issuing_body=town.party, title="Hội nghị Ban thường vụ Đảng uỷ tháng 12 năm 2026", on=day(10)
    )
    committee(town)

    (shown,) = preview(town.party, DECEMBER, today=TODAY)

    assert shown.twin is not None


@pytest.mark.parametrize("count", [1, 12])
def test_a_preview_costs_the_same_however_many_series(town: Town, count: int) -> None:
    for n in range(count):
        of = committee(town, title=f"Hội nghị {n}")
        SeriesAttendee.objects.create(series=of, person=town.chung)
        SeriesAttendee.objects.create(series=of, agency=town.agency)
    propose(town.party, DECEMBER, actor=town.yen, now=NOW, chosen=())

    with CaptureQueriesContext(connection) as counted:
        shown: list[Proposal] = preview(town.party, DECEMBER, today=TODAY, reader=town.yen)

    assert len(shown) == count
    assert len(counted) == PREVIEW_QUERIES, [q["sql"][:80] for q in counted]


def test_a_weekly_clause_of_the_programme_is_joined_to_its_series(town: Town) -> None:
    weekly = Meeting.objects.create(
        issuing_body=town.party, title="Giao ban Thường trực Đảng uỷ", weekly_on=0, part_of_day="afternoon"
    )
    other = Meeting.objects.create(issuing_body=town.party, title="Giao ban Thường trực Đảng ủy", weekly_on=1)
    of = series(town)

    propose(town.party, DECEMBER, actor=town.yen, now=NOW)
    propose(town.party, DECEMBER, actor=town.yen, now=NOW)

    weekly.refresh_from_db()
    other.refresh_from_db()
    assert (weekly.series, weekly.slot, other.series) == (of, None, None)
    assert MeetingLog.objects.filter(action="meeting.adopt").count() == 1


def test_a_proposal_says_what_its_chair_and_room_have_already(town: Town) -> None:
    room = Room.objects.create(name="Hội trường")
    committee(town, room=room)
    Meeting.objects.create(issuing_body=town.party, title="Hội nghị tổng kết", on=day(24), chair=town.son)
    Meeting.objects.create(issuing_body=town.state, title="Họp riêng", on=day(24), room=room)
    committee(town, title="Hội nghị thứ hai", room=None)

    shown = {p.series.title: p.clashes for p in preview(town.party, DECEMBER, today=TODAY, reader=town.yen)}

    first = " ".join(shown["Hội nghị Ban Thường vụ Đảng ủy"])
    assert "Hội nghị tổng kết" in first
    assert "Hội nghị thứ hai" in first
    assert "Hội trường" in first
    assert "Họp riêng" not in first
    assert preview(town.party, DECEMBER, today=TODAY)[0].clashes == ()


def test_a_proposal_does_not_clash_with_what_stands_for_it(town: Town) -> None:
    draft(town, month(12))
    committee(town)
    of = series(town, chair=town.son)
    Meeting.objects.create(issuing_body=town.party, title=of.title, weekly_on=0, series=of, chair=town.son)
    Meeting.objects.filter(series=None).update(chair=town.son)

    shown = preview(town.party, DECEMBER, today=TODAY, reader=town.yen)

    assert len(shown) == 5
    assert all(p.clashes == () for p in shown)


def test_what_was_postponed_comes_to_the_first_meeting_as_a_proposal(town: Town) -> None:
    of = series(town)
    before = Meeting.objects.create(
        issuing_body=town.party, series=of, slot=TODAY, on=TODAY, title=of.title, state="concluded"
    )
    late = AgendaItem.objects.create(meeting=before, position=1, text="Báo cáo.", outcome="postponed")

    first, *others = propose(town.party, DECEMBER, actor=town.yen, now=NOW)

    assert [(item.text, item.state, item.carried_from) for item in first.items.all()] == [
        ("Báo cáo.", "proposed", late)
    ]
    assert not any(meeting.items.exists() for meeting in others)


def test_what_was_postponed_comes_to_a_meeting_of_the_programme_too(town: Town) -> None:
    draft(town, month(12))
    of = committee(town)
    before = Meeting.objects.create(
        issuing_body=town.party, series=of, slot=TODAY, on=TODAY, title=of.title, state="concluded"
    )
    AgendaItem.objects.create(meeting=before, position=1, text="Báo cáo lùi.", outcome="postponed")

    propose(town.party, DECEMBER, actor=town.yen, now=NOW)

    joined = Meeting.objects.get(on=day(25))
    assert list(joined.items.filter(state="proposed").values_list("text", flat=True)) == ["Báo cáo lùi."]


def test_a_weekly_clause_stands_for_the_days_without_a_row_of_their_own(town: Town) -> None:
    of = series(town)
    clause = Meeting.objects.create(issuing_body=town.party, title=of.title, weekly_on=0, series=of)
    propose(town.party, DECEMBER, actor=town.yen, now=NOW)
    Meeting.objects.filter(slot=day(14)).update(on=day(15))
    Meeting.objects.filter(slot=day(21)).update(state="cancelled")
    Meeting.objects.filter(slot=day(28)).delete()
    window = (DECEMBER, day(31))
    everything = list(Meeting.objects.exclude(state="cancelled"))

    taken = own_days(everything, window)

    assert taken == {clause.pk: {day(7), day(14), day(21)}}
    found = survey(everything, window=window, reader=town.yen)
    drawn = [
        (entry.on.day, entry.key[1] == clause.pk)
        for entry in meeting_entries(everything, found, window, TODAY, frozenset(), taken)
    ]
    assert sorted(drawn) == [(7, False), (15, False), (28, True)]
    assert own_days(everything, window, town.mai) == {}
    assert found.clashes == {}


def test_a_feed_holds_each_day_of_a_weekly_series_once(town: Town) -> None:
    of = series(town)
    Meeting.objects.create(
        issuing_body=town.party, title=of.title, weekly_on=0, series=of, part_of_day="afternoon"
    )
    propose(town.party, DECEMBER, actor=town.yen, now=NOW, chosen=[f"{of.public_id}.2026-12-14"])
    feed, _token = feeds.issue(town.yen, issuing_body=town.party, now=NOW)

    calendar = feeds.calendar_of(feed, NOW).decode()

    assert calendar.count("BEGIN:VEVENT") == 2
    assert [line[-15:-7] for line in calendar.splitlines() if line.startswith("EXDATE")].count(
        "20261214"
    ) == 1
