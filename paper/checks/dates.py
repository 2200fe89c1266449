"""Days: weekdays, days that do not exist, the way they are written, the period, days off."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass

from paper.checks.finding import N_, Finding, Place, Severity
from paper.checks.material import Material, Passage
from paper.checks.registry import checks
from paper.when import WEEKDAYS, date_text

_DAY = re.compile(
    r"(?<![\d/.,-])(?P<d>\d{1,2})\s?/\s?(?P<m>\d{1,2})(?:\s?/\s?(?P<y>\d{4}))?(?![\d/])(?!\s?%)|"
    r"(?<!\w)ngày\s(?P<d2>\d{1,2})\stháng\s(?P<m2>\d{1,2})(?:\snăm\s(?P<y2>\d{4}))?(?!\d)",
    re.I,
)
_NAME = r"(?P<w>thứ\s(?:hai|ba|tư|năm|sáu|bảy|[2-7])|chủ\s?nhật)(?!\w)"
_AFTER = re.compile(
    rf"\s?,?\s?\(\s?{_NAME}|,\s{_NAME}".replace("(?P<w>", "(?P<w1>", 1).replace("(?P<w>", "(?P<w2>", 1), re.I
)
_BEFORE = re.compile(rf"(?<!\w)(?<!lần\s){_NAME}\s?,?\s?\(?(?:ngày\s)?$", re.I)
_WORD_BEFORE = re.compile(r"(?:ngày|sáng|chiều|tối|đến|hạn)\s{1,2}$", re.I)
_NUMBERS = {"hai": 0, "ba": 1, "tư": 2, "năm": 3, "sáu": 4, "bảy": 5}
_WINDOW = 24


@dataclass(frozen=True, slots=True)
class _Named:
    """A day in a text, with its weekday where one stands beside it."""

    passage: Passage
    match: re.Match[str]
    day: int
    month: int
    year: int | None
    weekday: int | None = None
    said: tuple[int, int] = (0, 0)
    """Where the weekday stands."""

    @property
    def date(self) -> dt.date | None:
        try:
            return dt.date(self.year or 2024, self.month, self.day)
        except ValueError:
            return None


def named(m: Material) -> Iterator[_Named]:
    """Every day of the texts."""
    for passage in m.words:
        for match in _DAY.finditer(passage.text):
            day, month = int(match["d"] or match["d2"]), int(match["m"] or match["m2"])
            written = match["y"] or match["y2"]
            weekday, said = _weekday(passage.text, match)
            year = int(written) if written else m.year if weekday is not None else None
            yield _Named(passage, match, day, month, year, weekday, said)


def _weekday(text: str, match: re.Match[str]) -> tuple[int | None, tuple[int, int]]:
    if after := _AFTER.match(text, match.end(), match.end() + _WINDOW):
        name = "w1" if after["w1"] else "w2"
        return _number(after[name]), after.span(name)
    if before := _BEFORE.search(text, max(0, match.start() - _WINDOW), match.start()):
        return _number(before["w"]), before.span("w")
    return None, (0, 0)


def _number(name: str) -> int:
    word = name.lower().split()[-1]
    if word.isdigit():
        return int(word) - 2
    return _NUMBERS.get(word, 6)


@checks("date.weekday", N_("Thứ khớp với ngày"), Severity.REFUSE)
def weekday(m: Material) -> Iterator[Finding]:
    """E23."""
    for each in named(m):
        day = each.date
        if each.weekday is None or each.year is None or day is None or day.weekday() == each.weekday:
            continue
        start, end = each.said
        said = each.passage.text[start:end]
        right = WEEKDAYS[day.weekday()]
        yield each.passage.finding(
            N_("Ngày %(day)s là %(right)s, không phải %(said)s."),
            start,
            end,
            repair=_like(said, day.weekday()),
            day=date_text(day),
            right=right,
            said=said,
        )


def _like(said: str, weekday: int) -> str:
    """The right weekday written as the wrong one was: with a figure, with a capital."""
    right = WEEKDAYS[weekday]
    if said[-1].isdigit() and weekday < 6:
        right = f"thứ {weekday + 2}"
    return right[0].upper() + right[1:] if said[0].isupper() else right


@checks("date.impossible", N_("Ngày có trên lịch"), Severity.REFUSE)
def impossible(m: Material) -> Iterator[Finding]:
    """31/4, 30/2; a bare fraction ("15/19 xã") is none."""
    for each in named(m):
        written = bool(each.match["y"] or each.match["d2"])
        told = bool(
            _WORD_BEFORE.search(each.passage.text, max(0, each.match.start() - 8), each.match.start())
        )
        if each.date is None and (written or told) and not _counts(each):
            yield each.passage.finding(
                N_("Ngày %(day)s không có trên lịch."),
                *each.match.span(),
                day=re.sub(r"^ngày ", "", each.match[0], flags=re.I),
            )


def _counts(each: _Named) -> bool:
    """ "đến 19/19 xã": a share, not a day."""
    rest = each.passage.text[each.match.end() : each.match.end() + 14]
    return not each.match["y"] and bool(
        re.match(r"\s(?:xã|thôn|hộ|đơn vị|chỉ tiêu|tiêu chí|trường|cơ quan)", rest)
    )


@checks("date.form", N_("Ngày, tháng viết thống nhất"), Severity.HINT)
def form(m: Material) -> Iterator[Finding]:
    """A day below 10 without its zero, a month other than 1 and 2 with one (formats.md §7.1): one finding
    for the paper, at the first place, with all the others. An office that writes zeros everywhere is
    consistent and is left alone."""
    wrong = []
    strict = loose = 0
    for each in named(m):
        if not each.match["y"] or each.date is None:
            continue
        day, month = each.match["d"], each.match["m"]
        strict += month.startswith("0") and each.month > 2
        loose += not month.startswith("0") and 2 < each.month < 10
        if (each.day < 10 and len(day) == 1) or (each.month < 3 and len(month) == 1):
            wrong.append(each)
    if strict and loose:
        wrong += [
            e for e in named(m) if e.match["y"] and e.date and e.match["m"].startswith("0") and e.month > 2
        ]
    if wrong:
        yield gathered(
            [(each.passage, each.match.span(), _digits(each)) for each in sorted(wrong, key=_position)],
            N_("Viết “%(right)s” thay cho “%(said)s” (%(n)s chỗ)."),
        )


def _position(each: _Named) -> tuple[tuple[int, ...], int]:
    return each.passage.place.path, each.match.start()


def _digits(each: _Named) -> str:
    return date_text(dt.date(each.year or 2024, each.month, each.day))


def gathered(places: list[tuple[Passage, tuple[int, int], str]], message: str) -> Finding:
    """One finding for a slip that stands at several places: at the first, with the repairs of all."""
    seen = list(dict.fromkeys((p.place, span, right) for p, span, right in places))
    first, (start, end), right = places[0]
    found = first.finding(
        message, start, end, repair=right, right=right, said=first.text[start:end], n=str(len(seen))
    )
    also = [(Place(place.part, place.path, place.index, *span), words) for place, span, words in seen[1:]]
    return Finding(**{**{f: getattr(found, f) for f in found.__dataclass_fields__}, "also": tuple(also)})


@checks("date.period", N_("Ngày họp trong kỳ của chương trình"), Severity.WARN)
def period(m: Material) -> Iterator[Finding]:
    """E24: a meeting outside the period that the title names."""
    if m.span is None:
        return
    first, last = m.span
    for meeting in m.meetings:
        if meeting.date and not first <= meeting.date <= last:
            yield m.passage(meeting.path).whole(
                N_("Ngày họp %(day)s không thuộc kỳ từ %(first)s đến %(last)s."),
                day=date_text(meeting.date),
                first=date_text(first),
                last=date_text(last),
            )


@checks("date.dayoff", N_("Không họp vào ngày nghỉ"), Severity.WARN)
def dayoff(m: Material) -> Iterator[Finding]:
    """W25: weekends that are not worked, and days off."""
    for meeting in m.meetings:
        day = meeting.date
        if day is None:
            continue
        passage = m.passage(meeting.path)
        if day in m.world.off:
            yield passage.whole(
                N_("Ngày họp %(day)s là ngày nghỉ: %(name)s."), day=date_text(day), name=m.world.off[day]
            )
        elif day.weekday() >= 5 and day not in m.world.worked:
            yield passage.whole(N_("Ngày họp %(day)s là ngày nghỉ cuối tuần."), day=date_text(day))
