"""The Vietnamese lunar calendar against known days, and its own rules over two centuries."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lucngan.lib.lunar import LunarDay, lunar

YEARS = st.dates(dt.date(1901, 1, 1), dt.date(2099, 12, 30))


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (dt.date(1968, 1, 29), (1, 1, 1968)),  # Hanoi kept Tết a day before Saigon
        (dt.date(1985, 1, 21), (1, 1, 1985)),  # a month before Beijing
        (dt.date(2007, 2, 17), (1, 1, 2007)),  # a day before Beijing
        (dt.date(2023, 1, 22), (1, 1, 2023)),
        (dt.date(2024, 2, 10), (1, 1, 2024)),
        (dt.date(2025, 1, 29), (1, 1, 2025)),
        (dt.date(2026, 2, 17), (1, 1, 2026)),
        (dt.date(2030, 2, 2), (1, 1, 2030)),
        (dt.date(2023, 1, 21), (30, 12, 2022)),
        (dt.date(2025, 1, 28), (29, 12, 2024)),
        (dt.date(2023, 4, 29), (10, 3, 2023)),  # Giỗ Tổ Hùng Vương
        (dt.date(2024, 4, 18), (10, 3, 2024)),
        (dt.date(2025, 4, 7), (10, 3, 2025)),
        (dt.date(2026, 4, 26), (10, 3, 2026)),
        (dt.date(2023, 4, 26), (7, 3, 2023)),
        (dt.date(2023, 9, 29), (15, 8, 2023)),
        (dt.date(2033, 12, 21), (30, 11, 2033)),
        (dt.date(2034, 2, 19), (1, 1, 2034)),
    ],
)
def test_known_days(day: dt.date, expected: tuple[int, int, int]) -> None:
    assert lunar(day) == LunarDay(*expected)


@pytest.mark.parametrize(
    ("first", "month", "year", "after"),
    [
        (dt.date(2020, 5, 23), 4, 2020, dt.date(2020, 6, 21)),
        (dt.date(2023, 3, 22), 2, 2023, dt.date(2023, 4, 20)),
        (dt.date(2025, 7, 25), 6, 2025, dt.date(2025, 8, 23)),
        (dt.date(2033, 12, 22), 11, 2033, dt.date(2034, 1, 20)),
    ],
)
def test_leap_months(first: dt.date, month: int, year: int, after: dt.date) -> None:
    assert lunar(first) == LunarDay(1, month, year, leap=True)
    assert lunar(after - dt.timedelta(1)).leap
    assert lunar(after) == LunarDay(1, month % 12 + 1, year)


@given(YEARS)
def test_days_follow_each_other(day: dt.date) -> None:
    here, following = lunar(day), lunar(day + dt.timedelta(1))

    if following.day != 1:
        assert following == LunarDay(here.day + 1, here.month, here.year, here.leap)
    else:
        assert here.day in (29, 30)
        assert following.month == (here.month if following.leap else here.month % 12 + 1)
        assert following.year == here.year + (following.month == 1 and not following.leap)


@pytest.mark.parametrize("year", range(1901, 2100))
def test_tet_falls_between_20_january_and_21_february(year: int) -> None:
    days = [dt.date(year, 1, 20) + dt.timedelta(n) for n in range(33)]

    assert [lunar(day).day for day in days if lunar(day).month == 1 and not lunar(day).leap][:1] == [1]


@pytest.mark.parametrize(
    ("day", "short", "words"),
    [
        (LunarDay(7, 3, 2023), "7", "mùng 7 tháng 3"),
        (LunarDay(1, 3, 2023), "1/3", "mùng 1 tháng 3"),
        (LunarDay(15, 1, 2023), "15", "rằm tháng Giêng"),
        (LunarDay(23, 12, 2022), "23", "23 tháng Chạp"),
        (LunarDay(1, 2, 2023, leap=True), "1/2n", "mùng 1 tháng 2 nhuận"),
    ],
)
def test_as_calendars_print_it(day: LunarDay, short: str, words: str) -> None:
    assert (day.short, day.words) == (short, words)
