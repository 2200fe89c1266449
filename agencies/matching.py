"""Names on paper → agencies (so khớp tên cơ quan)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from difflib import SequenceMatcher

from agencies.models import Agency, AgencyAlias
from lucngan.lib.text import fold


@dataclass(frozen=True, slots=True)
class Match:
    """An agency for a name; ``sure`` is False where only the spelling comes near."""

    agency_id: int
    short_name: str
    sure: bool


class Directory:
    """The names that hold on a day, read in two queries and asked any number of times."""

    def __init__(self, day: dt.date) -> None:
        agencies = dict(Agency.objects.valid_on(day).values_list("pk", "short_name"))
        self._names = agencies
        self._exact: dict[str, int] = {}
        for pk, text in Agency.objects.valid_on(day).values_list("pk", "name"):
            self._exact.setdefault(fold(text), pk)
        for pk, folded in AgencyAlias.objects.values_list("agency_id", "folded"):
            if pk in agencies:
                self._exact.setdefault(folded, pk)
        for pk, short in agencies.items():
            self._exact[fold(short)] = pk

    def find(self, name: str) -> Match | None:
        """The agency of this name; tone placement and case do not matter, one slip is forgiven."""
        folded = fold(name)
        if pk := self._exact.get(folded):
            return Match(pk, self._names[pk], sure=True)
        best, score = None, 0.92
        for known, pk in self._exact.items():
            if abs(len(known) - len(folded)) > 3:
                continue
            ratio = SequenceMatcher(None, known, folded, autojunk=False).ratio()
            if ratio >= score:
                best, score = pk, ratio
        return Match(best, self._names[best], sure=False) if best else None
