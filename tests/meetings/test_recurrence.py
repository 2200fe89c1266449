"""The days of a series: every kind of recurrence, days off, and what holds for all of them."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lucngan.lib.workdays import WorkCalendar
from meetings.models import Series
from meetings.recurrence import days, following, problem, slots

#: Tết 2027 as Saturday 6 to Friday 12 February, a day off on a Thursday, a Saturday worked instead.
TET = WorkCalendar(
    off=frozenset(dt.date(2027, 2, n) for n in range(8, 13)) | {dt.date(2026, 12, 24)},
    worked=frozenset({dt.date(2027, 2, 20)}),
)
TODAY = dt.date(2026, 11, 20)


def series(**values: Any) -> Series:
    return Series(**{"title": "Hội nghị", "frequency": "weekly", "weekday": 0, **values})


def on(month: int, day: int, year: int = 2026) -> dt.date:
    return dt.date(year, month, day)


def of_month(each: Series, year: int, month: int) -> list[dt.date]:
    start = dt.date(year, month, 1)
    end = (start + dt.timedelta(days=31)).replace(day=1) - dt.timedelta(days=1)
    return [day for _, day in days(each, start, end, TET)]


@pytest.mark.parametrize(
    ("values", "year", "month", "expected"),
    [
        ({"weekday": 0}, 2026, 12, [7, 14, 21, 28]),
        ({"weekday": 3}, 2026, 12, [3, 10, 17, 25, 31]),
        ({"weekday": 3, "day_off_policy": "earlier"}, 2026, 12, [3, 10, 17, 23, 31]),
        ({"weekday": 3, "day_off_policy": "skip"}, 2026, 12, [3, 10, 17, 31]),
        ({"weekday": 5, "on_days_off": True}, 2026, 12, [5, 12, 19, 26]),
        ({"frequency": "monthly_weekday", "weekday": 2, "nth": 1}, 2026, 12, [2]),
        ({"frequency": "monthly_weekday", "weekday": 2, "nth": 4}, 2026, 12, [23]),
        ({"frequency": "monthly_weekday", "weekday": 3, "nth": -1}, 2026, 12, [31]),
        ({"frequency": "monthly_weekday", "weekday": 4, "nth": -1}, 2026, 12, [25]),
        ({"frequency": "monthly_weekday", "weekday": 3, "nth": 4}, 2026, 12, [25]),
        ({"frequency": "monthly_day", "day_of_month": 15}, 2026, 12, [15]),
        ({"frequency": "monthly_day", "day_of_month": 31}, 2026, 11, [30]),
        ({"frequency": "monthly_day", "day_of_month": 31}, 2028, 2, [29]),
        ({"frequency": "quarterly", "month_of_quarter": 3, "day_of_month": 25}, 2026, 12, [25]),
        ({"frequency": "quarterly", "month_of_quarter": 2, "day_of_month": 25}, 2026, 12, []),
        ({"frequency": "quarterly", "month_of_quarter": 3, "weekday": 1, "nth": 2}, 2026, 12, [8]),
        ({"frequency": "by_rule"}, 2026, 12, []),
        ({"weekday": 0, "since": dt.date(2026, 12, 10), "until": dt.date(2026, 12, 21)}, 2026, 12, [14, 21]),
    ],
)
def test_a_month_of_every_kind_of_recurrence(
    values: dict[str, Any], year: int, month: int, expected: list[int]
) -> None:
    assert [day.day for day in of_month(series(**values), year, month)] == expected


def test_a_slot_keeps_its_month_when_its_day_is_moved_out_of_it() -> None:
    last = series(frequency="monthly_day", day_of_month=31)

    assert days(last, on(1, 1, 2027), on(1, 31, 2027), TET) == [(on(1, 31, 2027), on(2, 1, 2027))]
    assert days(last, on(2, 1, 2027), on(2, 28, 2027), TET) == [(on(2, 28, 2027), on(3, 1, 2027))]


def test_a_monday_of_tet_does_not_become_a_second_meeting_of_the_next_one() -> None:
    found = days(series(weekday=0), on(2, 1, 2027), on(2, 28, 2027), TET)

    assert [day for _, day in found] == [on(2, 1, 2027), on(2, 15, 2027), on(2, 22, 2027)]


def test_a_worked_saturday_is_a_working_day() -> None:
    found = days(series(frequency="monthly_day", day_of_month=20), on(2, 1, 2027), on(2, 28, 2027), TET)

    assert found == [(on(2, 20, 2027), on(2, 20, 2027))]


def test_nothing_is_moved_past_the_end_of_the_series() -> None:
    ends = series(weekday=3, until=on(12, 24))

    assert [day for _, day in days(ends, on(12, 1), on(12, 31), TET)] == [on(12, 3), on(12, 10), on(12, 17)]


def test_the_next_ones_begin_on_the_day_itself_and_know_of_moved_ones() -> None:
    thursdays = series(weekday=3)

    assert [day for _, day in following(thursdays, on(12, 25), 2, TET)] == [on(12, 25), on(12, 31)]
    assert following(series(until=on(11, 1)), TODAY, 3, TET) == []


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"weekday": 5}, "Thứ Bảy không phải ngày làm việc"),
        ({"weekday": 6, "day_off_policy": "skip"}, "Chủ nhật không phải ngày làm việc"),
        ({"frequency": "monthly_weekday", "weekday": 6, "nth": 1}, "Chủ nhật không phải ngày làm việc"),
        (
            {"frequency": "quarterly", "month_of_quarter": 1, "weekday": 5, "nth": 1},
            "Thứ Bảy không phải ngày làm việc",
        ),
        (
            {"weekday": 3, "day_off_policy": "skip", "since": on(12, 20), "until": on(12, 26)},
            "không có kỳ nào rơi vào ngày làm việc",
        ),
        ({"weekday": 3, "since": on(12, 1), "until": on(12, 2)}, "không có ngày nào đúng chu kỳ này"),
    ],
)
def test_a_series_that_never_meets_is_told_why(values: dict[str, Any], words: str) -> None:
    assert words in (problem(series(**values), TET, TODAY) or "")


@pytest.mark.parametrize(
    "values",
    [
        {"weekday": 5, "on_days_off": True},
        {"frequency": "by_rule", "weekday": 6},
        {"frequency": "monthly_day", "day_of_month": 31, "day_off_policy": "skip"},
        {"frequency": "quarterly", "month_of_quarter": 1, "day_of_month": 1, "weekday": 5},
    ],
)
def test_a_series_that_meets_has_no_problem(values: dict[str, Any]) -> None:
    assert problem(series(**values), TET, TODAY) is None


# ---------------------------------------------------------------- what holds for every series

DAYS = st.dates(dt.date(2026, 1, 1), dt.date(2027, 12, 31))
CALENDARS = st.builds(
    lambda off, worked: WorkCalendar(frozenset(off) - frozenset(worked), frozenset(worked)),
    st.sets(DAYS, max_size=40),
    st.sets(DAYS.filter(lambda day: day.weekday() >= 5), max_size=6),
)
WEEKDAYS, NTHS = st.integers(0, 6), st.sampled_from((1, 2, 3, 4, -1))
KINDS = st.one_of(
    st.fixed_dictionaries({"frequency": st.just("weekly"), "weekday": WEEKDAYS}),
    st.fixed_dictionaries({"frequency": st.just("monthly_weekday"), "weekday": WEEKDAYS, "nth": NTHS}),
    st.fixed_dictionaries({"frequency": st.just("monthly_day"), "day_of_month": st.integers(1, 31)}),
    st.fixed_dictionaries(
        {
            "frequency": st.just("quarterly"),
            "month_of_quarter": st.integers(1, 3),
            "weekday": WEEKDAYS,
            "nth": NTHS,
        }
    ),
    st.fixed_dictionaries(
        {
            "frequency": st.just("quarterly"),
            "month_of_quarter": st.integers(1, 3),
            "day_of_month": st.integers(1, 31),
        }
    ),
)
SERIES = st.builds(
    lambda kind, more: series(**{"weekday": None, **kind, **more}),
    KINDS,
    st.fixed_dictionaries(
        {
            "day_off_policy": st.sampled_from(("later", "earlier", "skip")),
            "on_days_off": st.booleans(),
            "since": st.none() | DAYS,
            "until": st.none() | DAYS,
        }
    ),
)


@given(SERIES, CALENDARS, DAYS, DAYS)
def test_a_day_is_a_working_day_within_the_bounds_and_every_slot_comes_once(
    each: Series, calendar: WorkCalendar, start: dt.date, end: dt.date
) -> None:
    found = days(each, start, end, calendar)

    assert each.on_days_off or all(calendar.works(day) for _, day in found)
    assert len({slot for slot, _ in found}) == len({day for _, day in found}) == len(found)
    assert found == sorted(found)
    assert all(start <= slot <= end for slot, _ in found)
    assert all((each.since or day) <= day <= (each.until or day) for _, day in found)
    assert {slot for slot, _ in found} <= set(slots(each, start, end))


@given(SERIES, CALENDARS, DAYS, DAYS, DAYS)
def test_a_range_may_be_cut_anywhere(
    each: Series, calendar: WorkCalendar, start: dt.date, cut: dt.date, end: dt.date
) -> None:
    start, cut, end = sorted((start, cut, end))
    behind = cut + dt.timedelta(days=1)

    whole = days(each, start, end, calendar)

    assert days(each, start, cut, calendar) + days(each, behind, end, calendar) == whole


@given(SERIES, CALENDARS, DAYS)
def test_a_series_without_a_problem_has_a_next_day(
    each: Series, calendar: WorkCalendar, today: dt.date
) -> None:
    if problem(each, calendar, today) is None and each.until is None:
        assert following(each, today, 1, calendar)
