"""What the book shows beside the paper that is about to get a number."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext as _

from documents.models import NumberSeries, RegisterEntry
from lucngan.lib.dates import short

#: Entries that the page shows.
SHOWN = 3

State = RegisterEntry.State


@dataclass(frozen=True, slots=True)
class Book:
    """The last numbers of a series, the newest first (cancelled ones too), and those that are kept."""

    last: tuple[RegisterEntry, ...] = ()
    reserved: tuple[RegisterEntry, ...] = ()

    def warnings(self, day: dt.date) -> list[str]:
        """That the next number would bear an earlier date than one before it."""
        used = [entry for entry in self.last if entry.state == State.USED and entry.dated_on]
        later = [entry for entry in used if entry.dated_on and entry.dated_on > day]
        words = _("Số %(other)s ghi ngày %(day)s: ngày %(own)s không theo thứ tự của số.")
        return [
            words % {"other": entry, "day": short(entry.dated_on), "own": short(day)}
            for entry in later[:1]
            if entry.dated_on
        ]


def book_of(series: NumberSeries | None) -> Book:
    """The book of a series in one query; an empty one where no number was given yet."""
    if series is None:
        return Book()
    shown = Q(number__gt=series.last - SHOWN) | Q(state=State.RESERVED)
    rows = series.entries.filter(shown).select_related("series__issuing_body").order_by("-number")
    entries = list(rows)
    kept = tuple(entry for entry in reversed(entries) if entry.state == State.RESERVED)
    return Book(tuple(entries[:SHOWN]), kept)
