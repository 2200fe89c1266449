"""What the editor marks while a programme is written: few, certain, each at its clause."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from documents.models import Clause
from documents.tree import Line, Tree
from lucngan.lib.dates import full
from meetings.facts import facts_of
from meetings.services import agenda
from paper import when as phrases
from paper.printing import glyphs
from paper.reading.findings import find
from paper.value import Clause as PaperClause
from paper.value import Paper
from programmes.periods import Period

Finding = dict[str, Any]

#: Notices of the reader that are certain enough for the margin of the editor.
ERRORS = frozenset({"date.impossible", "weekday.wrong"})


def sentence(code: str, message: str) -> str:
    """The reader's Vietnamese sentence, or the general one in the person's other language."""
    if (get_language() or "vi").startswith("vi"):
        return message
    general = {
        "date.impossible": _("Ngày này không có trên lịch."),
        "weekday.wrong": _("Thứ không khớp với ngày."),
        "glyph.missing": _("Có ký tự không in được."),
    }
    return general.get(code, message)


def finding(code: str, message: str, *, severity: str = "warn", suggestion: str | None = None) -> Finding:
    return {"code": code, "message": message, "severity": severity, "suggestion": suggestion}


def of_words(text: str) -> list[Finding]:
    """What the words of one clause show by themselves: days that do not exist, wrong weekdays,
    characters that cannot be printed."""
    one = Paper(body=(PaperClause(text),))
    found = [
        finding(n.code, sentence(n.code, n.message), severity="error", suggestion=n.suggestion)
        for n in find(one, (), ())
        if n.path is not None and n.code in ERRORS
    ]
    if glyphs.visible(text) != text:
        found += [
            finding("glyph.missing", sentence("glyph.missing", g.message)) for g in glyphs.unprintable(one)
        ]
    return found


def of_sheet(
    tree: Tree,
    lines: Iterable[Line],
    period: Period,
    off: dict[dt.date, str],
    own_days: dict[int, dt.date | None],
) -> dict[int, list[Finding]]:
    """All findings by primary key of their clause; ``off`` names the days off around the period,
    ``own_days`` are the days of meetings that were told to others."""
    found: dict[int, list[Finding]] = {}
    items: set[int] = set()
    for line in lines:
        clause = line.clause
        here = of_words(clause.text)
        if clause.role == Clause.Role.MEETING:
            here += of_meeting(tree, clause, period, off)
            if clause.pk in own_days:
                here += of_told(tree, clause, period, own_days[clause.pk])
            items |= {item.pk for item in agenda(tree, clause)}
        elif clause.role == Clause.Role.HEADING and announces(clause.text, period):
            here.append(
                finding("meeting.unmarked", _("Đề mục này có lịch họp nhưng chưa được đặt là hội nghị."))
            )
        if clause.pk in items and not any(b["lead"] for b in clause.bodies):
            here.append(finding("body.missing", _("Chưa có cơ quan chuẩn bị."), severity="info"))
        if clause.start is not None:
            here.append(finding("label.start", _("Số thứ tự không nối tiếp mục trước."), severity="warn"))
        if here:
            found[clause.pk] = here
    return found


def announces(text: str, period: Period) -> bool:
    """A heading with a day of the period or a weekly day: most likely a meeting typed by hand."""
    found = phrases.find(text, period.year)
    if found is None:
        return False
    day = found.when.date
    return found.when.recurrence is not None or (day is not None and period.start <= day <= period.end)


def of_meeting(tree: Tree, clause: Clause, period: Period, off: dict[dt.date, str]) -> list[Finding]:
    """A meeting outside the period, on a weekend or on a day off."""
    day = facts_of(tree, clause, period.year).when.date
    if day is None:
        return []
    found = []
    if not period.start <= day <= period.end:
        found.append(
            finding(
                "date.outside",
                _("Ngày %(day)s không thuộc %(period)s.") % {"day": full(day), "period": period.words},
            )
        )
    if day in off:
        found.append(
            finding("date.off", _("%(day)s là ngày nghỉ: %(name)s.") % {"day": full(day), "name": off[day]})
        )
    elif day.weekday() >= 5:
        found.append(finding("date.weekend", _("%(day)s là ngày nghỉ cuối tuần.") % {"day": full(day)}))
    return found


def of_told(tree: Tree, clause: Clause, period: Period, on: dt.date | None) -> list[Finding]:
    """Words that name another day than the one which those concerned were told."""
    if facts_of(tree, clause, period.year).when.date == on:
        return []
    told = full(on) if on else _("chưa có ngày")
    sentence = _("Hội nghị này đã báo cho các cơ quan: %(day)s. Đổi ngày ở trang hội nghị.")
    return [finding("meeting.told", sentence % {"day": told})]
