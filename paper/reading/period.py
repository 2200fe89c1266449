"""The period of a programme, from kind and subject alone (``paper-json.md``)."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from paper.value import Paper

_NUMBER_WORDS = {
    "giêng": 1, "một": 1, "hai": 2, "ba": 3, "tư": 4, "năm": 5, "sáu": 6, "bảy": 7, "tám": 8, "chín": 9,
    "mười": 10, "mười một": 11, "mười hai": 12, "chạp": 12,
}  # fmt: skip
_MONTH = re.compile(
    r"(?<!\d )\btháng\s{1,3}(?P<m>\d{1,2}|mười một|mười hai|mười|giêng|một|hai|ba|tư|năm(?=\s+năm)|sáu|"
    r"bảy|tám|chín|chạp)"
    r"(?:\s*[/-]\s*|,?\s{1,3}năm\s{1,3})(?P<y>\d{4})",
    re.I,
)
_QUARTER = re.compile(
    r"\bqu[ýí]\s{1,3}(?P<q>IV|III|II|I|[1-4])(?:\s*[/-]\s*|,?\s{1,3}năm\s{1,3})(?P<y>\d{4})", re.I
)
_HALF = re.compile(r"\b(?:6|06|sáu|9|09|chín) tháng\b(?: (?:đầu|cuối))?", re.I)
_YEAR = re.compile(r"(?:\bnăm\s{1,3}|^)(?P<y>(?:19|20)\d{2})(?!\d|\s?[-–/]\s?\d)", re.I)
_DAY = (
    r"(?:ngày\s{1,3})?(?P<d%d>\d{1,2})(?:\s?[/.-]\s?(?P<m%d>\d{1,2})(?:\s?[/.-]\s?(?P<y%d>\d{4}))?|"
    r"\s{1,3}tháng\s{1,3}(?P<n%d>\d{1,2})(?:\s{1,3}năm\s{1,3}(?P<z%d>\d{4}))?)?"
)
_WEEK = re.compile(
    r"(?:từ\s{1,3}|\(|:\s{0,2})?"
    + (_DAY % ((1,) * 5))
    + r"\s{0,3}(?:đến hết|đến|-|–|tới)\s{0,3}"
    + (_DAY % ((2,) * 5)),
    re.I,
)
_PROGRAMME = re.compile(r"CHƯƠNG TRÌNH|KẾ HOẠCH|LỊCH|BÁO CÁO")


@dataclass(frozen=True, slots=True)
class Period:
    """A month, a quarter, a year, or the days of a week."""

    type: str
    year: int | None = None
    month: int | None = None
    quarter: int | None = None
    start: dt.date | None = None
    end: dt.date | None = None

    def data(self) -> dict[str, object]:
        """As ``paper-json.md`` writes it."""
        if self.type == "week":
            assert self.start
            assert self.end
            return {"type": "week", "start": self.start.isoformat(), "end": self.end.isoformat()}
        out: dict[str, object] = {"type": self.type, "year": self.year}
        if self.month:
            out["month"] = self.month
        if self.quarter:
            out["quarter"] = self.quarter
        return out


def period(paper: Paper) -> Period | None:
    """The period that kind and subject name, or None ("tuần thứ 30" without dates gives none)."""
    text = " ".join(f"{paper.kind or ''} {' '.join(paper.subject)}".split())[:1_000]
    if week := _week(text):
        return week
    if re.search(r"\btuần\b", text, re.I):
        return None
    if m := _MONTH.search(text):
        word = m["m"].lower()
        month = int(word) if word.isdigit() else _NUMBER_WORDS[word]
        if 1 <= month <= 12 and not re.search(r"ngày\s+\d{1,2}\s+$", text[: m.start()]):
            return Period("month", int(m["y"]), month)
    if m := _QUARTER.search(text):
        quarter = m["q"].upper()
        number = int(quarter) if quarter.isdigit() else len(quarter) if quarter != "IV" else 4
        return Period("quarter", int(m["y"]), quarter=number)
    if _HALF.search(text) or re.search(r"ngày\s+\d|\d/\d", text):
        return None
    if (m := _YEAR.search(text)) and paper.kind and _PROGRAMME.match(paper.kind):
        return Period("year", int(m["y"]))
    return None


def _week(text: str) -> Period | None:
    """ "từ ngày 11/11/2019 đến ngày 17/11/2019", also with month and year only at the end."""
    for m in _WEEK.finditer(text):
        year2 = m["y2"] or m["z2"]
        month2 = m["m2"] or m["n2"]
        if not month2 or not year2:
            continue
        month1 = m["m1"] or m["n1"] or month2
        year1 = m["y1"] or m["z1"] or year2
        try:
            start = dt.date(int(year1), int(month1), int(m["d1"]))
            end = dt.date(int(year2), int(month2), int(m["d2"]))
        except ValueError:
            continue
        if start > end and not (m["y1"] or m["z1"]):
            start = start.replace(year=start.year - 1)
        if dt.timedelta(0) < end - start <= dt.timedelta(days=13):
            return Period("week", start=start, end=end)
    return None
