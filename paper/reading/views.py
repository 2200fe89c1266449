"""Views of a Paper: what can be derived from its words, each a pure function.

``reading_view`` puts them together as ``paper-json.md`` writes them.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from paper.reading.agenda import AgendaItem
from paper.reading.citations import Citation, citations
from paper.reading.directives import Directive, directives
from paper.reading.meeting import Meeting
from paper.reading.meetings import meetings
from paper.reading.period import Period, period
from paper.reading.result import Damage
from paper.value import Clause, Paper

__all__ = [
    "AgendaItem",
    "Citation",
    "Directive",
    "Meeting",
    "Period",
    "citations",
    "directives",
    "meetings",
    "period",
    "reading_view",
]


def reading_view(paper: Paper, damaged: Sequence[Damage] = ()) -> dict[str, Any]:
    """The structure of ``paper-json.md``: unknown or absent values are None or empty lists."""
    span = period(paper)
    view: dict[str, Any] = {
        "regime": paper.regime.value if paper.regime else None,
        "superior": " ".join(paper.superior) or None,
        "issuer": " ".join(paper.issuer) or None,
        "number": paper.number,
        "notation": paper.notation,
        "place": paper.place,
        "date": paper.dated.date.isoformat() if paper.dated.date else None,
        "kind": paper.kind,
        "subject": " ".join(paper.subject) or None,
        "addressees": list(paper.addressees),
        "period": span.data() if span else None,
        "body": _body(paper.body),
        "meetings": [_meeting(m) for m in meetings(paper)],
        "directives": [_directive(d) for d in directives(paper)],
        "citations": [_citation(c) for c in citations(paper)],
        "end_mark": paper.end_mark,
        "recipients": [{"text": r.text, "purpose": r.purpose} for r in paper.recipients],
        "signature": {
            "authority": " ".join(paper.signature.authority) or None,
            "position": paper.signature.position,
            "name": paper.signature.name,
        },
    }
    if damaged:
        view["damaged"] = [{"raw": d.raw, "repaired": d.repaired} for d in damaged]
    return view


def _body(clauses: tuple[Clause, ...]) -> list[dict[str, Any]]:
    """Clauses as dicts, without recursion; a table gives one unlabelled clause per row."""
    top: list[dict[str, Any]] = []
    stack = [(clauses, top)]
    while stack:
        some, into = stack.pop()
        for c in some:
            if c.table is not None and not c.text:
                into += [{"label": None, "text": t, "children": []} for t in _rows(c)]
                continue
            below: list[dict[str, Any]] = []
            into.append({"label": c.label, "text": c.text, "children": below})
            if c.children:
                stack.append((c.children, below))
    return top


def _rows(clause: Clause) -> list[str]:
    assert clause.table is not None
    rows = (" ".join(cell for cell in row if cell) for row in clause.table.rows)
    return [row for row in rows if row]


def _meeting(m: Meeting) -> dict[str, Any]:
    again = m.when.recurrence
    return {
        "label": m.label,
        "title": m.title,
        "date": m.when.date.isoformat() if m.when.date else None,
        "tentative": m.when.tentative,
        "part_of_day": m.when.part_of_day.value if m.when.part_of_day else None,
        "time": m.when.time.strftime("%H:%M") if m.when.time else None,
        "recurrence": {
            "weekday": again.weekday,
            "part_of_day": again.part_of_day.value if again.part_of_day else None,
        }
        if again
        else None,
        "items": [
            {
                "label": i.label,
                "text": i.text,
                "lead": list(i.preparing.lead),
                "coordinate": list(i.preparing.coordinate),
            }
            for i in m.items
        ],
    }


def _directive(d: Directive) -> dict[str, Any]:
    return {
        "label": d.label,
        "text": d.text,
        "assignees": list(d.assignees),
        "explicit": d.explicit,
        "due": d.due,
    }


def _citation(c: Citation) -> dict[str, Any]:
    return {
        "kind": c.kind,
        "number": c.number,
        "date": c.date.isoformat() if c.date else None,
        "issuer": c.issuer,
    }
