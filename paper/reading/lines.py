"""Source lines: cleaned, with what stands between them (blank lines, page breaks) kept as facts.

Page numbers, stamp marks (digits alone on a line) and rules of dashes are furniture: dropped from
the text and never taken as number or date (``paper-json.md``, rules for ``body``), but recorded.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from paper.value import Table

_PAGE = re.compile(
    r"(?:[-–—]\s?)?\d{1,4}(?:\s?[-–—])?|(?:trang|page)\s?\d{1,4}(?:\s?/\s?\d{1,4})?|\d{1,3}\s?/\s?\d{1,3}",
    re.I,
)
_RULE = re.compile(r"[-–—_=*~.…|\s·─━]{2,}|[*_=~—─━|]")
_ONE_DASH = re.compile(r"[-–]")


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line.

    ``text`` has no blanks at its ends, but keeps the gaps inside (columns); ``at`` is its place in
    the source; ``gap`` counts the blank lines above it; ``page`` is True below a page break;
    ``whole`` where the file itself says that the line is a whole paragraph.
    """

    text: str
    at: int
    indent: int = 0
    gap: int = 0
    page: bool = False
    whole: bool = False
    rule: bool = False
    table: Table | None = None
    label: str | None = None
    """The label that Word numbers by itself; it also opens ``text``."""
    cells: tuple[str, ...] = ()
    """The cells of a line that was split by tabs, empty ones included."""


@dataclass(slots=True)
class Furniture:
    """What was removed on purpose: page numbers, rules, fixed words of the form."""

    texts: list[str] = field(default_factory=list)

    def add(self, text: str) -> None:
        self.texts.append(text)


def is_page_number(text: str) -> bool:
    """Digits alone on a line, "- 2 -", "Trang 2/5"."""
    return bool(_PAGE.fullmatch(text))


_DAY_NAME = re.compile(r"(?:thứ\s(?:hai|ba|tư|năm|sáu|bảy|[2-7])|chủ nhật)\W*$", re.I)
_YEAR = re.compile(r"(?:19|20)\d{2}")


def _is_text(text: str, before: str | None) -> bool:
    """Figures alone on a line that are text all the same: a day below its weekday ("Thứ hai" / "21/5"),
    a year below a broken span ("giai đoạn 2021 -" / "2025")."""
    if before is None:
        return False
    day, slash, month = text.partition("/")
    if slash and day.strip().isdigit() and month.strip().isdigit():
        return bool(_DAY_NAME.search(before)) or int(day) > int(month)
    return bool(_YEAR.fullmatch(text)) and before.endswith((" -", " –", " năm"))


def is_rule(text: str) -> bool:
    """A rule of dashes, stars or underscores; a lone dash is none (it may be a lost bullet)."""
    return bool(_RULE.fullmatch(text)) and not _ONE_DASH.fullmatch(text)


def gather(source: Sequence[str], furniture: Furniture) -> list[Line]:
    """The lines of ``source`` that carry words, and its rules; page numbers go to ``furniture``."""
    out: list[Line] = []
    gap = 0
    page = False
    for at, raw in enumerate(source):
        if "\f" in raw:
            page = True
            raw = raw.replace("\f", " ")
        text = raw.strip()
        if not text:
            gap += 1
            continue
        if is_page_number(text) and not _is_text(text, out[-1].text if out else None):
            furniture.add(text)
            page = page or bool(out)
            gap += 1
            continue
        indent = len(raw.expandtabs(8)) - len(raw.expandtabs(8).lstrip())
        cells = _cells(raw)
        out.append(Line(text, at, indent, gap, page, rule=is_rule(text), cells=cells))
        gap, page = 0, False
    return out


def _cells(raw: str) -> tuple[str, ...]:
    """The cells of a line split by tabs, or by upright strokes as tables on pages are written."""
    if raw.count("\t") >= 2:
        return tuple(c.strip() for c in raw.strip("\n\r\f ").split("\t"))
    if raw.count("|") >= 2:
        bare = raw.strip()
        bare = bare[1:] if bare.startswith("|") else bare
        bare = bare[:-1] if bare.endswith("|") else bare
        return tuple(c.strip() for c in bare.split("|"))
    return ()


def tabled(lines: Sequence[Line]) -> list[Line]:
    """Runs of three and more lines of three and more cells, each as one table; rules between go."""
    out: list[Line] = []
    at = 0
    while at < len(lines):
        stop = at
        while stop < len(lines) and (len(lines[stop].cells) >= 3 or (stop > at and lines[stop].rule)):
            stop += 1
        run = [line for line in lines[at:stop] if not line.rule]
        if len(run) >= 3:
            width = max(len(line.cells) for line in run)
            rows = tuple((*line.cells, *[""] * (width - len(line.cells))) for line in run)
            text = " ".join(line.text for line in run)
            out.append(Line(text, run[0].at, run[0].indent, run[0].gap, run[0].page, table=Table(rows)))
            at = stop
        else:
            out.append(lines[at])
            at += 1
    return out
