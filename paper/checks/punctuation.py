"""Quotes, brackets, blanks around signs, dashes, signs typed twice."""

from __future__ import annotations

import re
from collections.abc import Iterator

from paper.checks.dates import gathered
from paper.checks.finding import N_, Finding, Severity
from paper.checks.material import Material, Passage
from paper.checks.registry import checks

_PAIRS = {"“": "”", "(": ")", "[": "]"}
_CLOSING = {close: opening for opening, close in _PAIRS.items()}
#: "a)", "1)" and "đ)" inside a text open a point, they close no bracket.
_POINT = re.compile(r"(?<![\w(])(?:[a-zđ]|\d{1,2})\)")
_BEFORE = re.compile(r"(?<=[^\W_]) (?=[,;:?!)]|\.(?!\d|\.))")
_AFTER = re.compile(r"(?<=[^\W\d_][,;:])(?=[^\W\d_])|(?<=\() (?=\w)")
_TWICE = re.compile(r"([,;:])\s?\1|(?<![.…])\.\.(?!\.)(?!/)|,\.|;\.")
_YEARS = re.compile(r"(?<!\d)(\d{4})(?:\s?[-–] | [-–]\s?)(\d{4})(?!\d)")
_LOOSE = re.compile(r"(?<=[^\W\d_]{2})(?:- | -)(?=[^\W\d_]{2})")
_ADDRESS = re.compile(r"https?://|www\.|\w@\w")


@checks("quote.unbalanced", N_("Ngoặc kép, ngoặc đơn đủ cặp"), Severity.WARN)
def unbalanced(m: Material) -> Iterator[Finding]:
    """W28: an opening sign without its closing one in the same clause, and the reverse."""
    for passage in m.words:
        yield from _unpaired(passage)
        if passage.text.count('"') % 2:
            at = passage.text.rindex('"')
            yield passage.finding(N_("Dấu ngoặc kép chưa đủ cặp."), at, at + 1)


def _unpaired(passage: Passage) -> Iterator[Finding]:
    points = {match.end() - 1 for match in _POINT.finditer(passage.text)}
    open_: list[tuple[str, int]] = []
    for at, sign in enumerate(passage.text):
        if sign in _PAIRS:
            open_.append((sign, at))
        elif sign in _CLOSING:
            if open_ and open_[-1][0] == _CLOSING[sign]:
                open_.pop()
            elif at not in points:
                yield passage.finding(N_("Dấu “%(sign)s” không có dấu mở."), at, at + 1, sign=sign)
    for sign, at in open_:
        yield passage.finding(N_("Dấu “%(sign)s” không có dấu đóng."), at, at + 1, sign=sign)


@checks("space.sign", N_("Khoảng trắng quanh dấu câu"), Severity.HINT)
def around_signs(m: Material) -> Iterator[Finding]:
    """W29: a blank before a comma, none after it."""
    for passage in m.words:
        if _ADDRESS.search(passage.text):
            continue
        for match in _BEFORE.finditer(passage.text):
            sign = passage.text[match.end()]
            yield passage.finding(
                N_("Thừa khoảng trắng trước dấu “%(sign)s”."),
                match.start(),
                match.end() + 1,
                repair=sign,
                sign=sign,
            )
        for match in _AFTER.finditer(passage.text):
            start = match.start() - 1
            sign = passage.text[start]
            put = f"{sign} " if match.start() == match.end() else sign
            message = (
                N_("Thiếu khoảng trắng sau dấu “%(sign)s”.")
                if match.start() == match.end()
                else N_("Thừa khoảng trắng sau dấu “%(sign)s”.")
            )
            yield passage.finding(message, start, match.end(), repair=put, sign=sign)


@checks("sign.doubled", N_("Không lặp dấu câu"), Severity.WARN)
def twice(m: Material) -> Iterator[Finding]:
    """ ",," and ".." (an ellipsis and "./." are none)."""
    for passage in m.words:
        for match in _TWICE.finditer(passage.text):
            yield passage.finding(
                N_("Dấu câu lặp: “%(said)s”."), *match.span(), repair=match[0][-1], said=match[0]
            )


@checks("dash.spaces", N_("Dấu gạch nối viết thống nhất"), Severity.HINT)
def dashes(m: Material) -> Iterator[Finding]:
    """ "kinh tế- xã hội" beside "kinh tế - xã hội", "2020- 2025": one finding for the paper."""
    places: list[tuple[Passage, tuple[int, int], str]] = []
    cited: dict[int, list[tuple[int, int]]] = {}
    for passage, each in m.citations:
        cited.setdefault(id(passage), []).append((each.start, each.end))
    for passage in m.words:
        taken = cited.get(id(passage), [])
        places += [
            (passage, match.span(), " - ")
            for match in _LOOSE.finditer(passage.text)
            if not any(start <= match.start() < end for start, end in taken)
        ]
        places += [
            (passage, match.span(), f"{match[1]}-{match[2]}") for match in _YEARS.finditer(passage.text)
        ]
    if places:
        yield gathered(places, N_("Dấu gạch nối thiếu hoặc thừa khoảng trắng (%(n)s chỗ)."))
