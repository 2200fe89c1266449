"""Feeds read back by a parser that is not the one that wrote them (vobject)."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from typing import Any

import pytest
import vobject  # type: ignore[import-untyped]
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from agencies.models import DayOff, Membership, Person
from lucngan.lib.text import one_line
from meetings import feeds, lifecycle, moving
from meetings.models import AgendaItem, Attendee, ConnectingPoint, Feed, Meeting, MeetingLog, Room, Session
from tests import factories
from tests.factories import NOW, Town, draft, issued, month
from tests.meetings.conftest import attends, told_meeting

DAY = dt.date(2026, 12, 23)
HANOI = dt.timedelta(hours=7)


def feed_of(person: Person, **of: Any) -> Feed:
    """A feed of the person with nothing remembered of an earlier standing."""
    made, _token = feeds.issue(Person.objects.get(pk=person.pk), now=NOW, **of)
    return Feed.objects.select_related("owner", "agency", "issuing_body__agency").get(pk=made.pk)


def written(feed: Feed, now: dt.datetime = NOW) -> bytes:
    again = Feed.objects.select_related("owner", "agency", "issuing_body__agency").get(pk=feed.pk)
    return feeds.calendar_of(again, now)


def read(feed: Feed, now: dt.datetime = NOW) -> list[Any]:
    """The events as vobject reads them."""
    return events(written(feed, now))


def events(data: bytes) -> list[Any]:
    calendar = vobject.readOne(data.decode())
    return list(getattr(calendar, "vevent_list", []))


def one(feed: Feed) -> Any:
    (event,) = read(feed)
    return event


def clock(value: dt.datetime) -> str:
    assert value.utcoffset() == HANOI
    return value.strftime("%Y-%m-%d %H:%M")


def test_every_property_is_read_back(town: Town) -> None:
    room = Room.objects.create(name="Phòng họp tầng 2; nhà A, dãy B", issuing_body=town.party)
    meeting = told_meeting(
        town,
        title="Hội nghị Ban Thường vụ, mở rộng; \\ “phiên cuối năm”",
        starts_at=dt.time(7, 30),
        ends_at=dt.time(11),
        room=room,
        place="Trụ sở Đảng ủy",
        sequence=4,
    )
    Session.objects.create(meeting=meeting, position=1, title="Khối Đảng", starts_at=dt.time(7, 30))
    ConnectingPoint.objects.create(meeting=meeting, position=1, name="Điểm cầu UBND xã")
    AgendaItem.objects.filter(position=2).update(
        text="Báo cáo thu, chi; dự toán\nnăm 2027 " + "rất dài " * 30
    )

    event = one(feed_of(town.son))

    assert event.uid.value == f"{meeting.public_id}@{feeds.DOMAIN}"
    assert event.summary.value == "Hội nghị Ban Thường vụ, mở rộng; \\ “phiên cuối năm” (dự kiến)"
    assert event.location.value == "Phòng họp tầng 2; nhà A, dãy B, Trụ sở Đảng ủy"
    assert (clock(event.dtstart.value), clock(event.dtend.value)) == ("2026-12-23 07:30", "2026-12-23 11:00")
    assert event.dtstart.params.get("X-VOBJ-ORIGINAL-TZID", event.dtstart.params.get("TZID")) == [
        "Asia/Ho_Chi_Minh"
    ]
    assert (event.status.value, event.sequence.value, event.transp.value) == ("TENTATIVE", "4", "OPAQUE")
    changed = meeting.changed_at.astimezone(dt.UTC).replace(microsecond=0)
    assert (event.dtstamp.value, event.last_modified.value) == (changed, changed)
    assert event.url.value == f"http://localhost:8000/hoi-nghi/{meeting.public_id}/"
    assert event.description.value.split("\n") == [
        "Cơ quan tổ chức: Đảng ủy xã Tân Sơn",
        "Chủ trì: Giáp Văn Sơn",
        "Phiên Khối Đảng: thứ Tư, 23/12/2026, 07:30",
        "Điểm cầu: Điểm cầu UBND xã",
        "Nội dung:",
        "1. Báo cáo số 1.",
        "2. Báo cáo thu, chi; dự toán năm 2027 " + ("rất dài " * 30).strip(),
        "3. Báo cáo số 3.",
    ]


def test_lines_are_folded_and_end_as_the_standard_says(town: Town) -> None:
    told_meeting(town, title="Hội nghị " * 40)

    lines = written(feed_of(town.son)).split(b"\r\n")

    assert lines[-1] == b""
    assert max(len(line) for line in lines) <= 75
    assert not any(b"\n" in line for line in lines)


def test_the_head_names_the_calendar_and_its_zone(town: Town) -> None:
    told_meeting(town, starts_at=dt.time(8))

    calendar = vobject.readOne(written(feed_of(town.binh, agency=town.agency)).decode())

    assert calendar.x_wr_calname.value == "Lịch họp Phòng Kinh tế"
    assert calendar.method.value == "PUBLISH"
    assert calendar.vtimezone.tzid.value == "Asia/Ho_Chi_Minh"
    assert calendar.vtimezone.tzinfo.utcoffset(NOW.replace(tzinfo=None)) == HANOI
    assert b"REFRESH-INTERVAL;VALUE=DURATION:PT1H" in written(Feed.objects.get())


def test_equal_rows_give_equal_bytes(town: Town) -> None:
    feed = feed_of(town.son)
    told_meeting(town)

    assert written(feed) == written(feed, NOW + dt.timedelta(hours=3))


@pytest.mark.parametrize(
    ("values", "start", "end"),
    [
        ({"part_of_day": "morning"}, "2026-12-23 08:00", "2026-12-23 11:30"),
        ({"part_of_day": "afternoon"}, "2026-12-23 14:00", "2026-12-23 17:00"),
        ({"starts_at": dt.time(7, 30)}, "2026-12-23 07:30", "2026-12-23 11:30"),
        ({"starts_at": dt.time(14)}, "2026-12-23 14:00", "2026-12-23 17:00"),
        ({"starts_at": dt.time(19)}, "2026-12-23 19:00", "2026-12-23 21:00"),
        ({"starts_at": dt.time(23)}, "2026-12-23 23:00", "2026-12-23 23:59"),
        ({"starts_at": dt.time(11, 45), "part_of_day": "morning"}, "2026-12-23 11:45", "2026-12-23 13:45"),
        ({"starts_at": dt.time(8), "ends_at": dt.time(16)}, "2026-12-23 08:00", "2026-12-23 16:00"),
    ],
)
def test_halves_and_hours(town: Town, values: dict[str, Any], start: str, end: str) -> None:
    told_meeting(town, **values)

    event = one(feed_of(town.son))

    assert (clock(event.dtstart.value), clock(event.dtend.value)) == (start, end)


def test_a_day_without_hours_claims_none(town: Town) -> None:
    told_meeting(town)

    event = one(feed_of(town.son))

    assert (event.dtstart.value, event.dtend.value) == (DAY, DAY + dt.timedelta(days=1))


def test_sessions_on_later_days_make_it_several_days(town: Town) -> None:
    meeting = told_meeting(town, starts_at=dt.time(8))
    Session.objects.create(meeting=meeting, position=1, title="Ngày hai", days_after=1, part_of_day="morning")

    event = one(feed_of(town.son))

    assert (event.dtstart.value, event.dtend.value) == (DAY, DAY + dt.timedelta(days=2))
    assert "Phiên Ngày hai: thứ Năm, 24/12/2026, buổi sáng" in event.description.value


def test_confirming_moving_and_cancelling_raise_the_sequence_under_one_uid(town: Town) -> None:
    meeting, feed = told_meeting(town), feed_of(town.son)
    seen = [one(feed)]
    lifecycle.confirm(meeting, actor=town.yen, now=NOW)
    seen.append(one(feed))
    slot = moving.Slot(on=DAY + dt.timedelta(days=1))
    row = Meeting.objects.get()
    moving.move(row, slot, actor=town.yen, now=NOW, seen_sequence=row.sequence)
    seen.append(one(feed))
    lifecycle.set_state(Meeting.objects.get(), "cancelled", actor=town.yen, now=NOW)
    seen.append(one(feed))

    assert len({event.uid.value for event in seen}) == 1
    assert [event.status.value for event in seen][:2] == ["TENTATIVE", "CONFIRMED"]
    assert seen[3].status.value == "CANCELLED"
    assert seen[3].summary.value.startswith("Hủy: ")
    sequences = [int(event.sequence.value) for event in seen]
    assert sequences == sorted(set(sequences))
    assert seen[2].dtstart.value == DAY + dt.timedelta(days=1)


def test_a_postponed_meeting_is_cancelled_on_the_day_it_had(town: Town) -> None:
    meeting, feed = told_meeting(town, part_of_day="morning"), feed_of(town.son)

    lifecycle.set_state(meeting, "postponed", actor=town.yen, now=NOW)

    event = one(feed)
    assert (event.status.value, clock(event.dtstart.value)) == ("CANCELLED", "2026-12-23 08:00")
    assert event.summary.value == "Hoãn: Hội nghị Ban Thường vụ Đảng ủy"


def test_what_was_called_off_is_told_for_half_a_year(town: Town) -> None:
    meeting, feed = told_meeting(town), feed_of(town.son)
    lifecycle.set_state(meeting, "cancelled", actor=town.yen, now=NOW)

    assert len(read(feed, NOW + dt.timedelta(days=179))) == 1
    assert read(feed, NOW + dt.timedelta(days=181)) == []


def test_an_untold_meeting_that_is_called_off_says_nothing(town: Town) -> None:
    told_meeting(town, announced_at=None, state="cancelled")

    assert read(feed_of(town.son)) == []


@pytest.mark.parametrize(("days", "shown"), [(-61, 0), (-60, 1), (0, 1), (400, 1), (401, 0)])
def test_the_window(town: Town, days: int, shown: int) -> None:
    told_meeting(town, on=NOW.date() + dt.timedelta(days=days))

    assert len(read(feed_of(town.son))) == shown


def test_a_weekly_meeting_repeats_within_the_period_of_its_programme(town: Town) -> None:
    issued(town, month(12))
    Meeting.objects.update(on=None, tentative=False, weekly_on=0, part_of_day="afternoon", chair=town.son)
    DayOff.objects.create(day=dt.date(2026, 12, 14), name="Nghỉ bù")

    event = one(feed_of(town.son))

    days = [clock(day.replace(tzinfo=event.dtstart.value.tzinfo)) for day in event.getrruleset(addRDate=True)]
    assert days == ["2026-12-07 14:00", "2026-12-21 14:00", "2026-12-28 14:00"]


def test_a_weekly_meeting_without_a_programme_goes_on(town: Town) -> None:
    told_meeting(town, on=None, tentative=False, weekly_on=4)  # type: ignore[arg-type]

    event = one(feed_of(town.son))

    assert event.rrule.value == "FREQ=WEEKLY"
    assert event.dtstart.value == dt.date(2026, 11, 20)


def test_meetings_without_a_day_stay_out(town: Town) -> None:
    meeting = told_meeting(town, schedule_note="lịch cụ thể sẽ thông báo sau")
    Meeting.objects.filter(pk=meeting.pk).update(on=None, tentative=False)

    assert read(feed_of(town.son)) == []


#: Person → titles in the feed of their own meetings, of `several`.
OWN = {
    "son": {"chủ trì"},
    "binh": {"chủ trì", "chuẩn bị"},
    "mai": {"dự"},
    "lan": {"dự"},
    "minh": set(),
    "yen": set(),
    "vinh": set(),
}


def several(town: Town) -> None:
    """One that anh Sơn chairs and anh Bình's agency prepares; one of another chair; one that chị Lan and
    chị Mai's agency attend; one that nobody was told of."""
    told_meeting(town, title="chủ trì", tentative=False)
    told_meeting(town, title="chuẩn bị", tentative=False, chair=None)
    third = told_meeting(town, title="dự", tentative=False, chair=None, items=0)
    attends(third, person=town.lan)
    attends(third, agency=town.stranger)
    untold = told_meeting(town, title="chưa báo", tentative=False, chair=None, announced_at=None)
    attends(untold, person=town.lan)


@pytest.mark.parametrize("name", list(OWN))
def test_a_persons_feed_holds_what_concerns_the_person(town: Town, name: str) -> None:
    several(town)

    assert {event.summary.value for event in read(feed_of(town.person(name)))} == OWN[name]


def test_feeds_of_an_agency_and_of_a_body(town: Town) -> None:
    several(town)

    def titles(feed: Feed) -> set[str]:
        return {event.summary.value for event in read(feed)}

    assert titles(feed_of(town.mai, agency=town.stranger)) == {"dự"}
    assert titles(feed_of(town.binh, agency=town.agency)) == {"chủ trì", "chuẩn bị"}
    assert titles(feed_of(town.hoa, issuing_body=town.party)) == {"chủ trì", "chuẩn bị", "dự", "chưa báo"}
    assert titles(feed_of(town.minh, issuing_body=town.state)) == set()


def test_a_draft_is_in_the_feed_of_its_office_alone(town: Town) -> None:
    draft(town, month(12))

    assert len(read(feed_of(town.yen, issuing_body=town.party))) == 1
    assert read(feed_of(town.binh, agency=town.agency)) == []


def test_only_items_that_the_owner_may_see_are_named(town: Town) -> None:
    meeting = told_meeting(town)
    Attendee.objects.create(meeting=meeting, position=1, person=town.lan, item=meeting.items.get(position=2))

    event = one(feed_of(town.lan))

    assert event.description.value.split("\n")[-2:] == ["Nội dung:", "2. Báo cáo số 2."]


def test_the_secret_is_kept_as_its_hash_alone(town: Town) -> None:
    feed, token = feeds.issue(town.son, now=NOW)

    assert len(token) >= 43
    assert re.fullmatch(r"[\w-]+", token)
    assert feed.token_sha256 == hashlib.sha256(token.encode()).hexdigest()
    assert token not in str(Feed.objects.values().get())


def test_an_address_opens_until_it_is_revoked(town: Town) -> None:
    feed, token = feeds.issue(town.son, now=NOW)

    assert feeds.opened(token, now=NOW) == feed
    assert feeds.opened(token + "x", now=NOW) is None
    assert feeds.revoke(feed, actor=town.son, now=NOW)
    assert not feeds.revoke(feed, actor=town.son, now=NOW)
    assert feeds.opened(token, now=NOW) is None


def test_making_and_revoking_are_each_written_down_once(town: Town) -> None:
    feed, token = feeds.issue(town.hoa, issuing_body=town.party, now=NOW)
    later = NOW + dt.timedelta(hours=1)
    for _time in range(2):
        feeds.revoke(feed, actor=town.hoa, now=later)

    entries = MeetingLog.objects.on(feed).order_by("pk")

    assert [(entry.action, entry.actor_id, entry.at, entry.issuing_body_id) for entry in entries] == [
        ("feed.make", town.hoa.pk, NOW, town.party.pk),
        ("feed.revoke", town.hoa.pk, later, town.party.pk),
    ]
    assert {entry.subject for entry in entries} == {feeds.name_of(feed)}
    kept = str(list(MeetingLog.objects.values()))
    assert token not in kept
    assert feed.token_sha256 not in kept


def test_an_address_that_is_refused_leaves_no_entry(town: Town) -> None:
    with pytest.raises(feeds.FeedError):
        feeds.issue(town.binh, issuing_body=town.party, now=NOW)

    assert not MeetingLog.objects.exists()


def test_who_left_or_changed_the_role_sees_nothing(town: Town) -> None:
    _own, mine = feeds.issue(town.binh, now=NOW)
    _agency, ours = feeds.issue(town.binh, agency=town.agency, now=NOW)
    _body, theirs = feeds.issue(town.hoa, issuing_body=town.party, now=NOW)

    Membership.objects.filter(person__in=(town.binh, town.hoa)).delete()
    assert [feeds.opened(token, now=NOW) is None for token in (mine, ours, theirs)] == [False, True, True]
    Person.objects.filter(pk=town.binh.pk).update(is_active=False)
    assert feeds.opened(mine, now=NOW) is None


def test_nobody_makes_an_address_of_somebody_elses_office(town: Town) -> None:
    for values in ({"agency": town.stranger}, {"issuing_body": town.party}):
        with pytest.raises(feeds.FeedError):
            feeds.issue(town.binh, **values, now=NOW)

    assert not Feed.objects.exists()


def test_addresses_are_limited(town: Town) -> None:
    for _ in range(feeds.LIMIT):
        last, _token = feeds.issue(town.lan, now=NOW)

    with pytest.raises(feeds.FeedError, match="thu hồi"):
        feeds.issue(town.lan, now=NOW)
    feeds.revoke(last, actor=town.lan, now=NOW)
    feeds.issue(town.lan, now=NOW)


def test_a_use_is_written_down_every_ten_minutes_at_most(town: Town) -> None:
    feed, token = feeds.issue(town.son, now=NOW)
    used = []
    for minutes in (0, 9, 11):
        feeds.opened(token, now=NOW + dt.timedelta(minutes=minutes))
        used.append(Feed.objects.get(pk=feed.pk).last_used_at)

    assert used == [NOW, NOW, NOW + dt.timedelta(minutes=11)]


def test_a_feed_costs_the_same_with_5_and_300_meetings(town: Town) -> None:
    feed, counts = feed_of(town.son), []
    for count in (5, 295):
        for n in range(count):
            meeting = told_meeting(town, on=DAY + dt.timedelta(days=n % 90), items=1)
            Session.objects.create(meeting=meeting, position=1, title="Sáng", part_of_day="morning")
        Meeting.objects.filter(pk=meeting.pk).update(state="postponed", on=None, tentative=False)
        with CaptureQueriesContext(connection) as counted:
            data = written(feed)
        counts.append(len(counted))

    assert data.count(b"BEGIN:VEVENT") == 298
    assert counts == [FEED_QUERIES, FEED_QUERIES]


#: The feed, standing, meetings, their sessions, points and items, lost days, days off.
FEED_QUERIES = 8

words = st.text(
    st.characters(
        min_codepoint=0x20, max_codepoint=0x1EF9, exclude_categories=("Cc", "Cs", "Cn", "Zl", "Zp")
    ),
    min_size=1,
    max_size=60,
).filter(lambda text: bool(text.strip()))


class TestAnyMeeting(TestCase):
    """Whatever a meeting says, the other parser reads the same."""

    @settings(max_examples=30, deadline=None)
    @given(
        title=words,
        place=words,
        text=words,
        on=st.dates(NOW.date() - dt.timedelta(days=60), NOW.date() + dt.timedelta(days=400)),
        start=st.none() | st.times(max_value=dt.time(23)),
        part=st.sampled_from(["", "morning", "afternoon"]),
        tentative=st.booleans(),
    )
    def test_is_read_back(
        self,
        title: str,
        place: str,
        text: str,
        on: dt.date,
        start: dt.time | None,
        part: str,
        tentative: bool,
    ) -> None:
        town = factories.town()
        start = start.replace(second=0, microsecond=0) if start else None
        meeting = told_meeting(
            town,
            title=title,
            place=place,
            on=on,
            starts_at=start,
            part_of_day=part,
            tentative=tentative,
            items=0,
        )
        AgendaItem.objects.create(meeting=meeting, position=1, text=text)

        event = one(feed_of(town.son))

        plain = one_line(title)
        assert event.summary.value == (f"{plain} (dự kiến)" if tentative else plain)
        assert event.location.value == one_line(place)
        assert event.description.value.endswith(f"1. {one_line(text)}".rstrip())
        value = event.dtstart.value
        assert (value.date() if isinstance(value, dt.datetime) else value) == on
        if start:
            assert value.time() == start
        assert event.dtend.value > value
        assert event.status.value == ("TENTATIVE" if tentative else "CONFIRMED")
