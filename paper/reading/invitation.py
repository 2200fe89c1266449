"""The one meeting that an invitation convenes."""

from __future__ import annotations

import re

from paper import when
from paper.reading.agenda import AgendaItem, agenda
from paper.reading.meeting import Meeting, year_of
from paper.reading.titles import EDGE, title_of
from paper.value import Paper
from paper.when import When

_ORGANISE = re.compile(r"(?<!\w)(?:tổ chức|triệu tập)\s+(?!(?:của|và)\b)")


#: The line of the State form (NĐ 30/2020, Phụ lục III): "Tới dự Phiên họp …".
_ATTEND = re.compile(r"(?:Tới|Đến) dự:?\s+")


_FOLLOWS = re.compile(
    r"[,;.]?\s*(?:cụ thể )?(?:như sau|cụ thể|với (?:các )?nội dung|chi tiết)\b.*$|\s*:\s*$", re.I | re.S
)


_TIME = re.compile(r"(?:\S{1,3}\s)?(?:thời gian|thời điểm)\b", re.I)


_AGENDA = re.compile(r"(?:nội dung|chương trình)\b", re.I)


def invitation(paper: Paper) -> list[Meeting]:
    """The one meeting an invitation convenes: named after "tổ chức", dated under "Thời gian"."""
    year = year_of(paper)
    title: str | None = None
    label: str | None = None
    path: tuple[int, ...] = ()
    at: When | None = None
    fallback: When | None = None
    items: list[AgendaItem] = []
    announced = _announced(paper)
    for p, clause in paper.clauses():
        if title is None and (m := announced.get(p) if announced else _ORGANISE.search(clause.text)):
            title = _named(clause.text[m.end() :], year)
            label, path = clause.label, p
        found = when.find(clause.text, year)
        if at is None and found and _TIME.match(clause.text):
            at = found.when
        elif (
            fallback is None
            and found
            and (found.when.date or found.when.time)
            and len(p) <= 2
            and title is not None
        ):
            fallback = found.when
        if not items and clause.children and _AGENDA.match(clause.text):
            items = agenda(clause, p)
    if title is None:
        title = (
            re.sub(
                r"^(?:v/v\s|về việc\s)?(?:mời\s)?(?:(?:tham )?dự\s)?", "", " ".join(paper.subject), flags=re.I
            )
            or None
        )
    if title is None:
        return []
    return [Meeting(label, title, at or fallback or When(), tuple(items), path)]


def _announced(paper: Paper) -> dict[tuple[int, ...], re.Match[str]]:
    """The sentence that names the meeting where it stands by itself: "Tới dự …", "… tổ chức …, cụ thể
    như sau:". Those invited ("Các tổ chức chính trị - xã hội") and items do not name it."""
    tops = [(p, c.text) for p, c in paper.clauses() if len(p) == 1 and c.label is None]
    for path, text in tops:
        if m := _ATTEND.match(text):
            return {path: m}
    for path, text in tops:
        if text.endswith("như sau:") and (m := _ORGANISE.search(text)):
            return {path: m}
    return {}


def _named(text: str, year: int | None) -> str:
    sentence = re.split(r"(?<=[^\d\sA-ZĐ])\.(?:\s|$)|;", text, maxsplit=1)[0]
    sentence = _FOLLOWS.sub("", sentence)
    found = when.find(sentence, year)
    if found:
        sentence = title_of(sentence, found)
    return re.sub(r"\s(?:vào|lúc)$", "", sentence.strip(EDGE))
