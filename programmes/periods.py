"""Periods of programmes (kỳ): month, quarter, half-year, year, and their wording."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from paper.labels import roman


class PeriodType(models.TextChoices):
    MONTH = "month", gettext_lazy("Tháng")
    QUARTER = "quarter", gettext_lazy("Quý")
    HALF = "half", gettext_lazy("6 tháng")
    YEAR = "year", gettext_lazy("Năm")


#: How many there are in a year.
COUNT = {PeriodType.MONTH: 12, PeriodType.QUARTER: 4, PeriodType.HALF: 2, PeriodType.YEAR: 1}


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """A period of a year: ``index`` runs from 1 (tháng 1, quý I, 6 tháng đầu, the year itself)."""

    year: int
    type: PeriodType
    index: int = 1

    def __post_init__(self) -> None:
        if not 1 <= self.index <= COUNT[self.type]:
            raise ValueError(_("Kỳ này không có trong năm."))

    @classmethod
    def of_reading(cls, found: dict[str, Any]) -> Period | None:
        """The period of the reading view of a paper, None where it is none of a programme."""
        match found:
            case {"type": "month", "year": int(year), "month": int(month)} if 1 <= month <= 12:
                return cls(year, PeriodType.MONTH, month)
            case {"type": "quarter", "year": int(year), "quarter": int(quarter)} if 1 <= quarter <= 4:
                return cls(year, PeriodType.QUARTER, quarter)
            case {"type": "year", "year": int(year)}:
                return cls(year, PeriodType.YEAR)
        return None

    @property
    def _months(self) -> int:
        return 12 // COUNT[self.type]

    @property
    def start(self) -> dt.date:
        return dt.date(self.year, (self.index - 1) * self._months + 1, 1)

    @property
    def end(self) -> dt.date:
        return self.next.start - dt.timedelta(days=1)

    @property
    def next(self) -> Period:
        if self.index < COUNT[self.type]:
            return Period(self.year, self.type, self.index + 1)
        return Period(self.year + 1, self.type, 1)

    @property
    def previous(self) -> Period:
        if self.index > 1:
            return Period(self.year, self.type, self.index - 1)
        return Period(self.year - 1, self.type, COUNT[self.type])

    @property
    def words(self) -> str:
        """As a title of a paper writes it, always Vietnamese: "tháng 4 năm 2023", "quý II năm 2026"."""
        match self.type:
            case PeriodType.MONTH:
                return f"tháng {self.index} năm {self.year}"
            case PeriodType.QUARTER:
                return f"quý {roman(self.index)} năm {self.year}"
            case PeriodType.HALF:
                return f"6 tháng {'đầu' if self.index == 1 else 'cuối'} năm {self.year}"
            case _:
                return f"năm {self.year}"

    @property
    def label(self) -> str:
        """As the screens write it: "Tháng 4/2023", "Quý II/2026"."""
        match self.type:
            case PeriodType.MONTH:
                return _("Tháng %(n)s/%(year)s") % {"n": self.index, "year": self.year}
            case PeriodType.QUARTER:
                return _("Quý %(n)s/%(year)s") % {"n": roman(self.index), "year": self.year}
            case PeriodType.HALF if self.index == 1:
                return _("6 tháng đầu năm %(year)s") % {"year": self.year}
            case PeriodType.HALF:
                return _("6 tháng cuối năm %(year)s") % {"year": self.year}
            case _:
                return _("Năm %(year)s") % {"year": self.year}

    @property
    def key(self) -> str:
        return f"{self.year}-{self.type[0].upper()}{self.index:02d}"

    @classmethod
    def month_of(cls, day: dt.date) -> Period:
        return cls(day.year, PeriodType.MONTH, day.month)
