"""The form that holds for a paper, by regime and date, and its measures from the rules."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from itertools import pairwise

import pytest

from paper.forms import PROFILES, Profile, profile_for, profile_of
from paper.value import Clause, Paper, PartialDate, Regime


@pytest.mark.parametrize(
    ("regime", "day", "code"),
    [
        (Regime.PARTY, dt.date(2023, 3, 27), "party_hd36"),
        (Regime.PARTY, dt.date(2026, 5, 26), "party_hd36"),
        (Regime.PARTY, dt.date(2026, 5, 27), "party_hd05"),
        (Regime.PARTY, dt.date(2010, 1, 1), "party_hd36"),
        (Regime.PARTY, None, "party_hd05"),
        (Regime.STATE, dt.date(2023, 3, 27), "state_nd30"),
        (Regime.STATE, dt.date(2015, 1, 1), "state_nd30"),
        (None, None, "state_nd30"),
    ],
)
def test_the_form_follows_regime_and_day(regime: Regime | None, day: dt.date | None, code: str) -> None:
    assert profile_for(regime, day).code == code


def test_a_draft_takes_the_form_of_the_last_day_its_date_can_mean() -> None:
    assert profile_of(Paper(Regime.PARTY, dated=PartialDate(2026, 5))).code == "party_hd05"
    assert profile_of(Paper(Regime.PARTY, dated=PartialDate(2026, 4))).code == "party_hd36"
    assert profile_of(Paper(Regime.PARTY, dated=PartialDate(2025))).code == "party_hd36"


def test_a_paper_without_date_takes_the_form_of_the_day_it_reports() -> None:
    opening = Clause("Ngày 11 tháng 5 năm 2023, Thường trực Huyện ủy tổ chức giao ban.")
    assert profile_of(Paper(Regime.PARTY, body=(opening,))).code == "party_hd36"
    impossible = replace(opening, text="Ngày 31 tháng 4 năm 2023, giao ban.")
    assert profile_of(Paper(Regime.PARTY, body=(impossible,))).code == "party_hd05"


def test_forms_of_a_regime_hold_one_after_another_without_gap() -> None:
    for regime in Regime:
        known = sorted((p for p in PROFILES.values() if p.regime is regime), key=lambda p: p.valid_from)
        for old, new in pairwise(known):
            assert old.valid_to == new.valid_from - dt.timedelta(days=1)
        assert known[-1].valid_to is None


@pytest.mark.parametrize("profile", PROFILES.values(), ids=PROFILES)
def test_every_measure_lies_within_the_rules(profile: Profile) -> None:
    party = profile.regime is Regime.PARTY
    assert 20 <= profile.margin_top <= 25
    assert 30 <= profile.margin_left <= 35
    assert 15 <= profile.margin_right <= 20
    assert profile.gap >= 6
    assert (14 if party else 13) <= profile.body.size <= (15 if party else 14)
    assert profile.indent in (10, 12.7)
    if party:
        assert profile.exact_line
        assert 18 <= profile.line <= 22
    else:
        assert profile.body.size <= profile.line / 1.15 <= 1.5 * profile.body.size
        assert 1 / 3 <= profile.issuer_rule <= 1 / 2
        assert 1 / 3 <= profile.subject_rule <= 1 / 2
    assert profile.position.bold is not party
    assert profile.end_mark == ("." if profile.code == "party_hd05" else "./.")
