"""A meeting as a paper announces it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from paper.reading.agenda import AgendaItem
from paper.reading.period import period
from paper.value import Paper
from paper.when import PartOfDay, Recurrence, When


@dataclass(frozen=True, slots=True)
class Meeting:
    """A meeting as the text announces it; ``path`` leads to the clause that does."""

    label: str | None
    title: str
    when: When
    items: tuple[AgendaItem, ...]
    path: tuple[int, ...]

    @property
    def date(self) -> dt.date | None:
        return self.when.date

    @property
    def part_of_day(self) -> PartOfDay | None:
        return self.when.part_of_day

    @property
    def recurrence(self) -> Recurrence | None:
        return self.when.recurrence


def year_of(paper: Paper) -> int | None:
    """The year that completes a day without one: of the period, else of the paper's date."""
    if p := period(paper):
        return p.year or (p.start.year if p.start else None)
    return paper.dated.year
