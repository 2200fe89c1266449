"""A paper as the checks look at it: its texts with their places, and views computed once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from paper.checks.finding import Finding, Part, Place, Severity
from paper.checks.world import World
from paper.forms import profile_of
from paper.forms.profile import Profile
from paper.reading import citations as cited
from paper.reading.meeting import Meeting, year_of
from paper.reading.meetings import meetings
from paper.reading.period import period
from paper.value import Clause, Paper, Role

#: Until the registry writes the severity of the check.
_UNSET = Severity.HINT


@dataclass(frozen=True, slots=True)
class Passage:
    """One text of the paper: a subject line, a clause, a line of the recipients."""

    text: str
    place: Place
    clause: Clause | None = None

    def at(self, start: int, end: int) -> Place:
        """A stretch of this text as a place."""
        return Place(self.place.part, self.place.path, self.place.index, start, end)

    def finding(
        self, message: str, start: int, end: int, *, repair: str | None = None, **facts: str
    ) -> Finding:
        """A finding on a stretch of this text; the registry adds code and severity."""
        return Finding("", _UNSET, self.at(start, end), message, facts, self.text[start:end], repair)

    def whole(self, message: str, **facts: str) -> Finding:
        """A finding on the whole of this text."""
        return Finding("", _UNSET, self.place, message, facts, self.text[:120])


@dataclass(frozen=True)
class Material:
    """The paper, the world, and what several checks ask for."""

    paper: Paper
    world: World

    @cached_property
    def body(self) -> tuple[Passage, ...]:
        """The clauses in reading order."""
        return tuple(
            Passage(clause.text, Place(Part.BODY, path), clause) for path, clause in self.paper.clauses()
        )

    @cached_property
    def words(self) -> tuple[Passage, ...]:
        """Subject, clauses and cells of tables: everything that is written as sentences. Preparing notes
        are computed and are left out."""
        lines = [Passage(line, Place(Part.SUBJECT, index=n)) for n, line in enumerate(self.paper.subject)]
        lines += [each for each in self.body if each.clause and each.clause.role is not Role.NOTE]
        return tuple(lines)

    @cached_property
    def recipients(self) -> tuple[Passage, ...]:
        return tuple(
            Passage(each.text, Place(Part.RECIPIENTS, index=n))
            for n, each in enumerate(self.paper.recipients)
        )

    @cached_property
    def year(self) -> int | None:
        """The year that completes a day without one."""
        if self.world.period:
            return self.world.period[0].year
        return year_of(self.paper)

    @cached_property
    def day(self) -> dt.date | None:
        """The day of the paper, else today."""
        return self.paper.dated.date or self.world.today

    @cached_property
    def span(self) -> tuple[dt.date, dt.date] | None:
        """First and last day of the period: as told, else as the title says."""
        if self.world.period:
            return self.world.period
        found = period(self.paper)
        if found is None:
            return None
        if found.start and found.end:
            return found.start, found.end
        if found.year is None:
            return None
        first, months = _months(found.month, found.quarter)
        last = first + months - 1
        end = dt.date(found.year + last // 12, last % 12 + 1, 1) - dt.timedelta(days=1)
        return dt.date(found.year, first, 1), end

    @cached_property
    def meetings(self) -> tuple[Meeting, ...]:
        return tuple(meetings(self.paper))

    @cached_property
    def citations(self) -> tuple[tuple[Passage, cited.Citation], ...]:
        """Every cited paper with the text that cites it."""
        return tuple((passage, each) for passage in self.words for each in cited.in_text(passage.text))

    @cached_property
    def profile(self) -> Profile:
        return profile_of(self.paper)

    def passage(self, path: tuple[int, ...]) -> Passage:
        """The clause at ``path``; the first one for a meeting that the whole paper is about."""
        return self._by_path.get(path) or self.body[0]

    @cached_property
    def _by_path(self) -> dict[tuple[int, ...], Passage]:
        return {passage.place.path: passage for passage in self.body}

    def head(self, message: str, **facts: str) -> Finding:
        """A finding on the letterhead."""
        return Finding("", _UNSET, Place(Part.HEAD), message, facts)

    def signature(self, message: str, quote: str = "", **facts: str) -> Finding:
        """A finding on the signature block."""
        return Finding("", _UNSET, Place(Part.SIGNATURE), message, facts, quote)


def _months(month: int | None, quarter: int | None) -> tuple[int, int]:
    """First month and number of months of a month, a quarter or a year."""
    if month:
        return month, 1
    if quarter:
        return quarter * 3 - 2, 3
    return 1, 12


def rows(material: Material) -> Iterator[tuple[tuple[int, ...], list[Passage]]]:
    """The clauses by their parents: siblings in order."""
    found: dict[tuple[int, ...], list[Passage]] = {}
    for passage in material.body:
        found.setdefault(passage.place.path[:-1], []).append(passage)
    yield from found.items()
