"""The derived words of a printed paper: number, date, end mark, lines of recipients."""

from __future__ import annotations

from dataclasses import replace

import pytest

from paper.forms import PROFILES, Profile
from paper.printing import words
from paper.value import Paper, PartialDate, Recipient

HD36, HD05, ND30 = PROFILES["party_hd36"], PROFILES["party_hd05"], PROFILES["state_nd30"]


def test_a_number_below_ten_takes_a_zero(party: Paper, state: Paper) -> None:
    assert words.number_line(party, HD36) == "Số 07-CTr/HU"
    assert words.number_line(replace(state, number=112), ND30) == "Số: 112/CTr-UBND"


def test_a_draft_leaves_the_gap_for_its_number(party: Paper, state: Paper) -> None:
    assert words.number_line(replace(party, number=None), HD36) == "Số      -CTr/HU"
    assert words.number_line(state, ND30) == "Số:           /CTr-UBND"


@pytest.mark.parametrize(
    ("dated", "line"),
    [
        (PartialDate(2023, 2, 3), "Sơn Động, ngày 03 tháng 02 năm 2023"),
        (PartialDate(2023, 3, 27), "Sơn Động, ngày 27 tháng 3 năm 2023"),
        (PartialDate(2023, 10, 9), "Sơn Động, ngày 09 tháng 10 năm 2023"),
        (PartialDate(2023, 4), "Sơn Động, ngày     tháng 4 năm 2023"),
    ],
)
def test_days_below_ten_and_months_one_and_two_take_a_zero(
    party: Paper, dated: PartialDate, line: str
) -> None:
    assert words.date_line(replace(party, dated=dated), HD36) == line


@pytest.mark.parametrize(
    ("text", "profile", "closed"),
    [
        ("thực hiện", HD36, "thực hiện./."),
        ("thực hiện.", HD36, "thực hiện./."),
        ("thực hiện", HD05, "thực hiện."),
        ("thực hiện.", HD05, "thực hiện."),
        ("thực hiện…", ND30, "thực hiện…./."),
    ],
)
def test_the_end_mark_never_doubles_a_full_stop(text: str, profile: Profile, closed: str) -> None:
    assert words.with_end_mark(text, profile) == closed


def test_recipients_end_as_their_form_asks() -> None:
    recipient = Recipient("Thường trực Tỉnh ủy", "báo cáo")
    line = words.recipient_line
    assert line(recipient, HD36, last=False, purpose=True) == "- Thường trực Tỉnh ủy (báo cáo),"
    assert line(recipient, HD05, last=False, purpose=False) == "- Thường trực Tỉnh ủy;"
    assert line(Recipient("Lưu: VT"), ND30, last=True, purpose=True) == "- Lưu: VT."


def test_only_neighbours_of_one_purpose_share_a_brace() -> None:
    a, b, c, d = (
        Recipient(n, p) for n, p in (("A", "báo cáo"), ("B", "báo cáo"), ("C", None), ("D", "báo cáo"))
    )
    groups = words.groups((a, b, c, d))
    assert [g.recipients for g in groups] == [(a, b), (c,), (d,)]
    assert [g.braced for g in groups] == [True, False, False]
