"""Form profiles of both regimes as dated data, and the choice of the one that holds.

A new rule is a new profile with its own days, never a change of an old one: a paper of 2023
prints in 2030 as it was printed in 2023.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re

from paper.forms.party import PARTY_HD05, PARTY_HD36
from paper.forms.profile import Below, DateForm, Face, NumberForm, Profile, Title
from paper.forms.state import STATE_ND30
from paper.value import Paper, PartialDate, Regime

__all__ = [
    "PROFILES",
    "Below",
    "DateForm",
    "Face",
    "NumberForm",
    "Profile",
    "Title",
    "forms_of",
    "profile_for",
    "profile_of",
]

PROFILES: dict[str, Profile] = {p.code: p for p in (PARTY_HD36, PARTY_HD05, STATE_ND30)}

_SPOKEN = re.compile(r"[Nn]gày\s+(\d{1,2})\s+tháng\s+(\d{1,2})\s+năm\s+(\d{4})")


def profile_for(regime: Regime | None, day: dt.date | None) -> Profile:
    """The profile of ``regime`` that holds on ``day``.

    A day before the first rule takes the first; no day takes the rule now in force (the newest, so
    that the same paper gives the same bytes on any day). A paper without regime takes the State form.
    """
    known = sorted(
        (p for p in PROFILES.values() if p.regime is (regime or Regime.STATE)), key=lambda p: p.valid_from
    )
    if day is None:
        return known[-1]
    return [p for p in known if p.valid_from <= day][-1] if day >= known[0].valid_from else known[0]


def profile_of(paper: Paper) -> Profile:
    """The profile a paper prints in: by its regime and its date, as far as the date is known.

    A paper without any date that opens with the day it reports ("Ngày 11 tháng 5 năm 2023, …") is
    taken to be of that day.
    """
    return profile_for(paper.regime, _last_day(paper.dated) or _reported_day(paper))


def forms_of(paper: Paper) -> list[Profile]:
    """Every form the paper may have been printed in, the likeliest first."""
    likely = profile_of(paper)
    return [likely, *(p for p in PROFILES.values() if p.regime is likely.regime and p is not likely)]


def _last_day(dated: PartialDate) -> dt.date | None:
    """The last day a partial date can mean, None without a year."""
    if dated.year is None or not 1 <= dated.year <= 9999:
        return None
    month = dated.month if dated.month and 1 <= dated.month <= 12 else 12
    return dated.date or dt.date(dated.year, month, calendar.monthrange(dated.year, month)[1])


def _reported_day(paper: Paper) -> dt.date | None:
    opening = paper.body[0].text if paper.body else ""
    if found := _SPOKEN.search(opening[:400]):
        day, month, year = (int(part) for part in found.groups())
        return PartialDate(year, month, day).date
    return None
