"""The date phrase of a meeting: found, written, put right, replaced."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paper.when import PartOfDay, Recurrence, When, find, normalise, phrase, rephrase

AM, PM = PartOfDay.MORNING, PartOfDay.AFTERNOON


@pytest.mark.parametrize(
    ("text", "when"),
    [
        ("Hội nghị: Dự kiến ngày 26/4/2023 (thứ Tư)", When(dt.date(2023, 4, 26), tentative=True)),
        ("Ngày 21/4/2023 (Thứ Sáu); dự kiến các nội dung gồm:", When(dt.date(2023, 4, 21))),
        ("Họp ngày 26/4", When(dt.date(2025, 4, 26))),
        ("Họp sáng ngày 05/5/2025", When(dt.date(2025, 5, 5), part_of_day=AM)),
        ("14 giờ 00 phút, ngày 12/11/2025 (thứ Tư)", When(dt.date(2025, 11, 12), time=dt.time(14))),
        ("từ 8h30, thứ Năm, ngày 02/01/2025", When(dt.date(2025, 1, 2), time=dt.time(8, 30))),
        ("ngày 12 tháng 11 năm 2025, lúc 14h", When(dt.date(2025, 11, 12), time=dt.time(14))),
        ("Thứ 2 (11/11/2019)", When(dt.date(2019, 11, 11))),
        ("Buổi sáng: giao ban", When(part_of_day=AM)),
        ("Chiều: 14h00: họp", When(part_of_day=PM, time=dt.time(14))),
        ("07h30: giao ban", When(time=dt.time(7, 30))),
        ("giao ban chiều thứ 2 hằng tuần", When(recurrence=Recurrence(0, PM))),
        ("giao ban vào thứ Năm hàng tuần", When(recurrence=Recurrence(3))),
        ("Họp (lịch cụ thể sẽ thông báo sau)", When(unknown="lịch cụ thể sẽ thông báo sau")),
        ("Họp định kỳ theo quy định.", When(unknown="định kỳ theo quy định")),
        ("Họp ngày 31/4/2023", When(unknown="ngày 31/4/2023")),
    ],
)
def test_a_date_phrase_is_found(text: str, when: When) -> None:
    found = find(text, 2025)

    assert found is not None
    assert found.when == when


@pytest.mark.parametrize(
    "text", ["tiến độ 3/4 dự án", "Nghị quyết Đại hội XXV", "", "họp ngày 26/4", "giao ban quý I/2023"]
)
def test_what_is_no_date_is_left_alone(text: str) -> None:
    assert find(text) is None


def test_the_weekday_is_computed_and_zeros_follow_the_rule() -> None:
    assert (
        phrase(When(dt.date(2023, 2, 5), tentative=True), capital=True)
        == "Dự kiến ngày 05/02/2023 (Chủ nhật)"
    )
    assert phrase(When(recurrence=Recurrence(0, PM)), capital=False) == "chiều thứ Hai hằng tuần"


def test_a_date_phrase_is_replaced_in_its_place() -> None:
    when = When(dt.date(2023, 5, 24), tentative=True)

    assert (
        rephrase("Hội nghị BTV: Ngày 26/4/2023 (thứ Tư)", when)
        == "Hội nghị BTV: Dự kiến ngày 24/5/2023 (thứ Tư)"
    )
    assert rephrase("Hội nghị BTV.", when) == "Hội nghị BTV: Dự kiến ngày 24/5/2023 (thứ Tư)"
    assert rephrase("Hội nghị BTV: Ngày 26/4/2023 (thứ Tư)", When()) == "Hội nghị BTV"


def test_normalise_puts_weekday_and_zeros_right_and_nothing_else() -> None:
    assert normalise("Họp X: Ngày 5/4/2023 (thứ Hai); gồm:", 2023) == "Họp X: Ngày 05/4/2023 (thứ Tư); gồm:"
    assert normalise("Họp X: Ngày 05/04/2023 (Thứ 2)", 2023) == "Họp X: Ngày 05/4/2023 (Thứ 4)"
    assert normalise("Họp ngày 31/4/2023 (thứ Hai)", 2023) == "Họp ngày 31/4/2023 (thứ Hai)"


DAYS = st.dates(dt.date(2000, 1, 1), dt.date(2099, 12, 31))
PARTS = st.sampled_from([None, AM, PM])
TIMES = st.one_of(st.none(), st.builds(dt.time, st.integers(0, 23), st.integers(0, 59)))
WHENS = st.one_of(
    st.builds(When, DAYS, st.booleans(), PARTS, TIMES),
    st.builds(
        lambda t, c, r: When(None, t, None, c, r),
        st.booleans(),
        TIMES,
        st.builds(Recurrence, st.integers(0, 6), PARTS),
    ),
    st.sampled_from([When(unknown="lịch cụ thể sẽ thông báo sau"), When(unknown="có lịch cụ thể riêng")]),
)
TEXTS = st.one_of(
    st.text(max_size=40),
    st.lists(
        st.sampled_from(
            [
                "Hội nghị",
                "Ban Thường vụ",
                "dự kiến",
                "ngày",
                "26/4/2023",
                "31/4/2023",
                "(thứ Tư)",
                "sáng",
                "chiều",
                "Buổi sáng:",
                "8h00",
                "lúc",
                ":",
                ";",
                "(",
                ")",
                ",",
                ".",
                "thứ 2 hằng tuần",
                "theo quy định",
                "lịch cụ thể sẽ thông báo sau",
                "từ",
                "và",
                "10/10",
            ]
        ),
        max_size=9,
    ).map(" ".join),
)


@given(TEXTS, WHENS)
def test_what_was_written_is_found_again(text: str, when: When) -> None:
    found = find(rephrase(text, when, 2023), 2023)

    assert found is not None
    assert found.when == when


@given(TEXTS, st.one_of(st.none(), st.integers(2000, 2099)))
def test_normalise_is_idempotent_and_keeps_the_facts(text: str, year: int | None) -> None:
    once = normalise(text, year)
    before, after = find(text, year), find(once, year)

    assert normalise(once, year) == once
    assert (before and before.when) == (after and after.when)
