"""Number and symbol, place and date: the printed facts of a letterhead, with the gaps of a draft."""

from __future__ import annotations

import re

_BLANK = r"[\s._…]{0,60}"


DATE = re.compile(
    rf"(?P<place>[^\W\d_][^,;:\t\d]{{0,60}}(?:\d{{1,2}})?),?\s{{0,4}}ngày{_BLANK}(?P<d>\d{{0,2}}){_BLANK}tháng{_BLANK}(?P<m>\d{{0,2}}){_BLANK}năm{_BLANK}(?P<y>\d{{0,4}})",
)


_SYMBOL = r"(?:[A-ZĐƯ]|[a-zđ]{2,6}-(?=[a-zđ]))(?:[\wĐđ.&]|\s?[-/]\s?(?=[A-ZĐƯ\d]))*"


NUMBER = re.compile(
    rf"(?<![^\W_])Số\s*:?{_BLANK}(?P<n>\d{{0,6}}){_BLANK}(?P<sep>[-–/])\s*(?P<symbol>{_SYMBOL})"
)


NUMBER_ONLY = re.compile(rf"Số\s*:?{_BLANK}(?P<n>\d{{0,6}}){_BLANK}$")


def number_in(text: str | None, digits: int = 1) -> int | None:
    """The number a gap holds, None for an empty one or for fewer digits than ``digits``."""
    return int(text) if text and len(text) >= digits and int(text) > 0 else None
