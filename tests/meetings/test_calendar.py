"""The calendar as plain data: weeks, days, halves, and what stands where."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agencies.models import DayOff
from meetings import calendar
from meetings.calendar import Almanac, Day, Entry, month_window, weeks
from meetings.clashes import AFTERNOON, BOTH, MORNING, survey
from meetings.models import Meeting, Session
from tests.factories import Town, issued, month
from tests.meetings.conftest import told_meeting

DAY = dt.date(2026, 12, 23)
AM, PM = frozenset((MORNING,)), frozenset((AFTERNOON,))
TODAY = dt.date(2026, 11, 20)


def entry(halves: frozenset[str], title: str = "Họp", **values: Any) -> Entry:
    given: dict[str, Any] = {"key": ("meeting", 1), "on": DAY, "look": "party"}
    return Entry(halves=halves, title=title, **given | values)


@given(st.dates(dt.date(1900, 1, 1), dt.date(2099, 12, 1)).map(lambda day: day.replace(day=1)))
def test_a_month_is_whole_weeks_from_monday(first: dt.date) -> None:
    grid = weeks(month_window(first), (), Almanac(), TODAY, first)

    days = [day for week in grid for day in week.days]
    assert [day.on - days[0].on for day in days] == [dt.timedelta(n) for n in range(len(days))]
    assert {week.days[0].on.weekday() for week in grid} == {0}
    inside = [day.on for day in days if day.inside]
    assert inside[0] == first
    assert (inside[-1] + dt.timedelta(1)).day == 1
    assert 4 <= len(grid) <= 6


def test_weeks_are_numbered_as_the_year_counts_them() -> None:
    grid = weeks(month_window(dt.date(2023, 4, 1)), (), Almanac(), TODAY, dt.date(2023, 4, 1))

    assert [week.number for week in grid] == [13, 14, 15, 16, 17]
    assert [day.number for day in grid[0].days] == ["27/3", "28/3", "29/3", "30/3", "31/3", "1/4", "2"]
    assert [day.lunar.short for day in grid[3].days] == ["27", "28", "29", "1/3", "2", "3", "4"]


@pytest.mark.parametrize(
    ("halves", "morning", "afternoon", "more"),
    [
        ([AM], 1, 0, 0),
        ([PM], 0, 1, 0),
        ([BOTH, PM], 1, 1, 0),
        ([AM] * 4, 4, 0, 0),
        ([AM] * 5, 4, 0, 1),
        ([PM] * 7, 0, 4, 3),
        ([AM] * 3 + [PM] * 4, 2, 2, 3),
    ],
)
def test_a_full_cell_says_how_many_more(
    halves: list[frozenset[str]], morning: int, afternoon: int, more: int
) -> None:
    day = Day(DAY, tuple(entry(each) for each in halves))

    assert (len(day.morning), len(day.afternoon), day.more) == (morning, afternoon, more)


def test_one_entry_of_the_whole_day_fills_the_cell() -> None:
    assert Day(DAY, (entry(BOTH),)).alone == entry(BOTH)
    assert Day(DAY, (entry(AM),)).alone is None
    assert Day(DAY, (entry(BOTH), entry(PM))).alone is None


def test_a_day_is_in_the_order_of_the_clock() -> None:
    entries = [
        entry(PM, "4", starts_at=dt.time(14)),
        entry(PM, "3"),
        entry(AM, "2", starts_at=dt.time(8)),
        entry(BOTH, "2m", key=("mark", 1)),
        entry(BOTH, "1"),
    ]

    [week] = weeks(calendar.week_window(DAY), entries, Almanac(), TODAY)

    assert [each.title for each in week.days[2].entries] == ["1", "2", "2m", "3", "4"]
    assert [each.title for each in week.days[2].only_morning] == ["2"]


@pytest.mark.parametrize(
    ("shown", "when"),
    [
        (entry(BOTH), "Cả ngày"),
        (entry(AM, starts_at=dt.time(7, 30)), "Buổi sáng, 07:30"),
        (entry(PM, starts_at=dt.time(14), ends_at=dt.time(16, 30)), "Buổi chiều, 14:00-16:30"),
    ],
)
def test_the_time_of_an_entry_in_words(shown: Entry, when: str) -> None:
    assert shown.when == when


def test_a_screen_reader_hears_the_day_and_what_it_is() -> None:
    day = Day(dt.date(2023, 4, 29), off="Giỗ Tổ Hùng Vương", works=False)
    full = Day(DAY, (entry(AM), entry(PM)), is_today=True)
    swapped = Day(dt.date(2024, 5, 4), worked="Làm bù cho ngày 29/04/2024")

    assert day.label == ("thứ Bảy, 29/4/2023, mùng 10 tháng 3 âm lịch, nghỉ: Giỗ Tổ Hùng Vương, chưa có lịch")
    assert full.label == "thứ Tư, 23/12/2026, rằm tháng 11 âm lịch, hôm nay, 2 mục"
    assert "Làm bù cho ngày 29/04/2024" in swapped.label


def test_days_off_and_swapped_days_are_told_apart() -> None:
    almanac = Almanac.of(
        [
            (dt.date(2024, 4, 29), DayOff.Type.SWAP_OFF, "Nghỉ hoán đổi"),
            (dt.date(2024, 5, 4), DayOff.Type.SWAP_WORK, "Làm bù cho ngày 29/04/2024"),
        ]
    )

    [week, after] = weeks((dt.date(2024, 4, 29), dt.date(2024, 5, 12)), (), almanac, TODAY)

    assert [day.works for day in week.days] == [False, True, True, True, True, True, False]
    assert (week.days[0].off, week.days[5].worked) == ("Nghỉ hoán đổi", "Làm bù cho ngày 29/04/2024")
    assert not any(day.off or day.worked for day in after.days)
    assert calendar.notes(almanac, (dt.date(2024, 4, 29), dt.date(2024, 5, 5))) == [
        "nghỉ thứ Hai 29/4: Nghỉ hoán đổi",
        "thứ Bảy 04/5: Làm bù cho ngày 29/04/2024",
    ]


def shown(
    meetings: list[Meeting], first: dt.date, off: frozenset[dt.date] = frozenset()
) -> list[tuple[dt.date, str]]:
    window = month_window(first)
    found = survey(meetings, window=window, off=off)
    entries = calendar.meeting_entries(meetings, found, window, TODAY, off)
    return [(each.on, each.title) for each in entries]


def test_a_weekly_meeting_is_on_each_such_weekday_of_its_programme_but_days_off(town: Town) -> None:
    issued(town, month(12))
    Meeting.objects.update(on=None, weekly_on=3, tentative=False, title="Giao ban")
    rows = list(Meeting.objects.select_related("section__document__programme", "issuing_body__agency"))
    off = frozenset({dt.date(2026, 12, 31)})

    december = [day for day, _title in shown(rows, dt.date(2026, 12, 1), off)]

    assert december == [dt.date(2026, 12, n) for n in (3, 10, 17, 24)]
    assert shown(rows, dt.date(2027, 2, 1)) == []


def test_later_sessions_stand_on_their_own_days(town: Town) -> None:
    meeting = told_meeting(town, on=dt.date(2026, 12, 31), title="Đại hội")
    Session.objects.create(meeting=meeting, position=1, title="Khai mạc", part_of_day="morning")
    Session.objects.create(meeting=meeting, position=2, title="Bế mạc", days_after=5, part_of_day="morning")

    assert shown([meeting], dt.date(2026, 12, 1)) == [(dt.date(2026, 12, 31), "Đại hội")]
    assert shown([meeting], dt.date(2027, 1, 1))[-1] == (dt.date(2027, 1, 5), "Đại hội: Bế mạc")


def test_marks_are_the_days_that_hang_on_a_meeting(town: Town) -> None:
    meeting = told_meeting(town)
    window = month_window(dt.date(2026, 12, 1))

    marks = list(calendar.mark_entries([meeting], Almanac().work, window, TODAY, {meeting.pk: "đã nhận 6/9"}))

    assert [(each.on, each.title) for each in marks] == [
        (dt.date(2026, 12, 8), "Hết hạn đăng ký nội dung họp 23/12"),
        (dt.date(2026, 12, 15), "Hạn tài liệu họp 23/12: đã nhận 6/9"),
        (dt.date(2026, 12, 17), "Gửi giấy mời họp 23/12"),
    ]
    meeting.state = "concluded"
    assert list(calendar.mark_entries([meeting], Almanac().work, window, TODAY)) == []
