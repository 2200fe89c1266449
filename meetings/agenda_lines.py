"""Lines that people type or paste into an agenda, made into items.

"3. Báo cáo đầu tư công @Phòng Kinh tế @Phòng Nội vụ 20p #cho ý kiến" is one item: the label is cut off,
the first body leads and the others coordinate. Notes pasted from a paper, on a line of their own
("(UBND huyện chuẩn bị nội dung 1-6)") or behind a text, give the bodies of the items that they name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from agencies.matching import Directory
from lucngan.lib.text import fold, one_line
from meetings.models import AgendaItem
from paper import notes
from paper.labels import LabelStyle, parse_label
from paper.notes import Preparing

#: The longest time that an item may take: a whole day of work.
MOST_MINUTES = 480

#: "1. Báo cáo", "2.Báo cáo", "–Báo cáo".
_LABELS = tuple(
    re.compile(form)
    for form in (r"(\S{1,9})\s+(?=\S)", r"(\(?\d{1,3}[.)\-])(?=[^\W\d])", r"([-–+•*])(?=[^\W\d])")
)
_MINUTES = re.compile(r"(?:^|\s)\(?(\d{1,3})\s?(?:p|ph|phút|')\)?\.?\s*$", re.I)
_BODY = re.compile(r"(?:^|\s)@([^@#]{2,200}?)\s*$")
_PURPOSE = re.compile(r"(?:^|\s)#([^@#]{2,20}?)\s*$")
_PURPOSES = {
    "bao cao": AgendaItem.Purpose.REPORT,
    "bc": AgendaItem.Purpose.REPORT,
    "cho y kien": AgendaItem.Purpose.OPINION,
    "yk": AgendaItem.Purpose.OPINION,
    "quyet dinh": AgendaItem.Purpose.DECIDE,
    "qd": AgendaItem.Purpose.DECIDE,
}


@dataclass(slots=True)
class Typed:
    """One item as it was typed: bodies by their names."""

    text: str
    preparing: Preparing = field(default_factory=Preparing)
    minutes: int | None = None
    purpose: str = ""
    number: int | None = None


def read(lines: Iterable[str]) -> list[Typed]:
    """The items of the lines, in order; empty lines and preparing notes are no items."""
    items: list[Typed] = []
    for line in lines:
        text = one_line(line)
        if not text:
            continue
        note = notes.parse(text)
        if note is not None and items:
            _give(items, *note)
        elif note is None:
            item = _item(text)
            if item.text:
                items.append(item)
    return items


def _give(items: list[Typed], who: Preparing, numbers: list[int]) -> None:
    """The bodies of a note to the items that it names, to the one above where it names none."""
    named = [item for item in items if item.number in numbers] if numbers else items[-1:]
    for item in named:
        item.preparing = who


def _item(line: str) -> Typed:
    number, text = _cut_label(line)
    item = Typed(text, number=number)
    bodies: list[str] = []
    while True:
        if found := _MINUTES.search(item.text):
            minutes = int(found[1])
            if item.minutes is not None or not 1 <= minutes <= MOST_MINUTES:
                break
            item.minutes = minutes
        elif found := _PURPOSE.search(item.text):
            purpose = _PURPOSES.get(fold(found[1]))
            if purpose is None or item.purpose:
                break
            item.purpose = purpose
        elif found := _BODY.search(item.text):
            bodies.insert(0, found[1].strip(" ,;."))
        else:
            break
        item.text = item.text[: found.start()].rstrip()
    if bodies:
        item.preparing = Preparing(tuple(bodies[:1]), tuple(bodies[1:]))
    elif cut := notes.cut_inline(item.text):
        item.text, item.preparing = cut
    return item


def _cut_label(line: str) -> tuple[int | None, str]:
    """Number and rest of "1. Báo cáo", "a) Báo cáo", "- Báo cáo"; a line without a label as it is."""
    for form in _LABELS:
        found = form.match(line)
        read_as = parse_label("-" if found[1] in "–•*" else found[1]) if found else None
        if found and read_as and read_as[0] is not LabelStyle.NESTED_BARE:
            return read_as[1] or None, line[found.end() :].strip()
    return None, line


def bodies_of(preparing: Preparing, directory: Directory) -> list[dict[str, object]]:
    """The bodies of names as rows take them; a name that the directory surely knows gets its agency."""
    rows: list[dict[str, object]] = []
    seen: set[str] = set()
    for lead, names in ((True, preparing.lead), (False, preparing.coordinate)):
        for name in names:
            row = body_of(name, directory, lead=lead and not rows)
            if row["name"] and fold(str(row["name"])) not in seen:
                seen.add(fold(str(row["name"])))
                rows.append(row)
    return rows


def body_of(name: str, directory: Directory, *, lead: bool) -> dict[str, object]:
    """ "phong kinh te" gives the agency and its name on paper; an unknown name stays as typed."""
    name = one_line(name)[:200]
    match = directory.find(name)
    if match is not None and match.sure:
        exact = fold(match.short_name) == fold(name)
        return {"name": match.short_name if exact else name, "agency": match.agency_id, "lead": lead}
    return {"name": name, "agency": None, "lead": lead}
