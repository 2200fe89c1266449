"""A paper that was read → clause rows: labels become styles, notes become preparing bodies."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass, field
from typing import Any

from agencies.matching import Directory
from documents import secrecy
from documents.models import Clause
from paper import notes
from paper.labels import LabelStyle, as_letter, label, parse_label
from paper.reading import read_text, views
from paper.value import Clause as PaperClause
from paper.value import Paper, Role


def head_values(paper: Paper, *, as_archive: bool) -> dict[str, Any]:
    """The fields of a document that come from the paper; a draft keeps the letterhead and number
    gap of its own body. Raises OperationError for a secret paper where none may be."""
    secrecy.check(secrecy.degree_of(paper.secrecy))
    values: dict[str, Any] = {
        "subject": "\n".join(paper.subject),
        "end_mark": paper.end_mark,
        "urgency": paper.urgency or "",
        "secrecy": secrecy.degree_of(paper.secrecy),
    }
    if paper.signature.authority or paper.signature.position:
        values |= {
            "signing_authority": "\n".join(paper.signature.authority),
            "signing_position": paper.signature.position or "",
            "signing_name": paper.signature.name or "",
        }
    if as_archive:
        values |= {
            "number": paper.number,
            "notation": paper.notation or "",
            "superior_lines": "\n".join(paper.superior),
            "letterhead_lines": "\n".join(paper.issuer),
            "place": paper.place or "",
            "kind": paper.kind or "",
        }
    if as_archive or paper.dated.year:
        values |= {"year": paper.dated.year, "month": paper.dated.month}
        values["day"] = paper.dated.day if as_archive else None
    return {k: v for k, v in values.items() if v is not None or k in ("day", "month")}


@dataclass
class Node:
    """One clause on its way to a row."""

    text: str
    style: str
    start: int | None
    role: str
    bodies: list[dict[str, Any]] = field(default_factory=list)
    table: dict[str, Any] | None = None
    children: list[Node] = field(default_factory=list)


def nodes_of(paper: Paper, directory: Directory) -> list[Node]:
    """The clauses of a paper as nodes: preparing notes taken out of the text and given to their
    items, every printed label kept (``start`` where the count would give another one)."""
    return _Builder(paper, directory).build(paper.body, ())


class _Builder:
    def __init__(self, paper: Paper, directory: Directory) -> None:
        self.meetings = {m.path for m in views.meetings(paper)}
        self.directory = directory
        self.letters = _runs_on_letters(paper)

    def build(
        self, clauses: tuple[PaperClause, ...], above: tuple[int, ...], label_above: str | None = None
    ) -> list[Node]:
        row: list[Node] = []
        counts: dict[str, int] = {}
        for n, clause in enumerate(clauses):
            path = (*above, n)
            if clause.role is Role.NOTE and self._give(clause.text, row):
                continue
            row.append(self._node(clause, path, counts, label_above))
        return row

    def _node(
        self, clause: PaperClause, path: tuple[int, ...], counts: dict[str, int], above: str | None
    ) -> Node:
        style, ordinal = self._style(clause.label, top=len(path) == 1)
        start = None
        text = clause.text
        if style is None:
            style, text = LabelStyle.NONE, f"{clause.label} {clause.text}"
        elif style is not LabelStyle.NONE and ordinal:
            expected = counts.get(style, 0) + 1
            start = ordinal if ordinal != expected else None
            counts[style] = ordinal
            if label(style, ordinal, above) != clause.label:
                style, start, text = LabelStyle.NONE, None, f"{clause.label} {clause.text}"
        bodies: list[dict[str, Any]] = []
        cut = notes.cut_inline(text) if clause.label else None
        if cut and notes.says_all(text[len(cut[0].rstrip(".;, ")) :], cut[1]):
            text, bodies = cut[0], self._bodies(cut[1])
        role = Clause.Role.MEETING if path in self.meetings else _role(clause.role)
        table = {"rows": clause.table.rows, "header_rows": clause.table.header_rows} if clause.table else None
        children = self.build(clause.children, path, clause.label)
        return Node(text, style.value, start, role, bodies, table, children)

    def _style(self, printed: str | None, *, top: bool) -> tuple[LabelStyle | None, int]:
        if printed and top and self.letters and (n := as_letter(printed)):
            return LabelStyle.ALPHA_UPPER, n
        return parse_label(printed) or (None, 0)

    def _give(self, note: str, row: list[Node]) -> bool:
        """Give a note on its own line to the items it names; False where it names none of them."""
        found = notes.parse(note)
        if found is None or not notes.says_all(note, found[0]):
            return False
        who, numbers = found
        items = [node for node in row if node.style]
        named = items[-1:]
        if numbers:
            named = [node for n, node in _ordinals(items) if n in numbers]
            if len(named) != len(numbers):
                return False
        if not named or any(node.bodies for node in named):
            return False
        for node in named:
            node.bodies = self._bodies(who)
        return True

    def _bodies(self, who: notes.Preparing) -> list[dict[str, Any]]:
        return [self._body(name, lead=True) for name in who.lead] + [
            self._body(name, lead=False) for name in who.coordinate
        ]

    def _body(self, name: str, *, lead: bool) -> dict[str, Any]:
        match = self.directory.find(name)
        return {"name": name, "agency": match.agency_id if match and match.sure else None, "lead": lead}


def _ordinals(items: list[Node]) -> list[tuple[int, Node]]:
    counts: dict[str, int] = {}
    out = []
    for node in items:
        counts[node.style] = node.start if node.start is not None else counts.get(node.style, 0) + 1
        out.append((counts[node.style], node))
    return out


def _runs_on_letters(paper: Paper) -> bool:
    """A., B., C. and not Roman: the first labelled clause of the text is "A."."""
    return next((c.label for c in paper.body if c.label), None) == "A."


def _role(role: Role) -> str:
    return Clause.Role.HEADING if role is Role.HEADING else Clause.Role.PARAGRAPH


def clause_rows(paper: Paper, directory: Directory) -> list[dict[str, Any]]:
    """Rows for ``documents.services.fill``: parents before children, each with its parent's index."""
    rows: list[dict[str, Any]] = []
    stack: list[tuple[int | None, Node]] = [(None, n) for n in reversed(nodes_of(paper, directory))]
    while stack:
        parent, node = stack.pop()
        rows.append(
            {
                "parent": parent,
                "text": node.text,
                "style": node.style,
                "start": node.start,
                "role": node.role,
                "bodies": node.bodies,
                "table": node.table,
                "origin": Clause.Origin.READ,
            }
        )
        stack += [(len(rows) - 1, child) for child in reversed(node.children)]
    return rows


def proposal(text: str, day: dt.date) -> dict[str, Any]:
    """Pasted lines as a tree for the operation "paste", with fresh ids and the reader's warnings.

    What the reader takes for letterhead, recipients or signature stays text here: nothing of a
    paste is dropped.
    """
    reading = read_text(text)
    tree = [_as_paste(node) for node in nodes_of(reading.paper, Directory(day))]
    extra = [left.text for left in reading.leftover]
    if not tree or extra or reading.paper.recipients or reading.paper.kind or reading.paper.issuer:
        tree = _line_by_line(text) if not tree else tree + _outside(reading.paper, extra)
    return {
        "clauses": tree,
        "warnings": [w.message for w in reading.warnings if w.path is not None],
        "lines": sum(1 for line in text.splitlines() if line.strip()),
    }


def _as_paste(node: Node) -> dict[str, Any]:
    return {
        "id": str(uuid.uuid4()),
        "text": node.text,
        "style": node.style,
        "start": node.start,
        "role": node.role,
        "bodies": node.bodies,
        "table": node.table,
        "children": [_as_paste(child) for child in node.children],
    }


def _plain(text: str) -> dict[str, Any]:
    return _as_paste(Node(text, "", None, Clause.Role.PARAGRAPH))


def _line_by_line(text: str) -> list[dict[str, Any]]:
    return [_plain(line.strip()) for line in text.splitlines() if line.strip()]


def _outside(paper: Paper, extra: list[str]) -> list[dict[str, Any]]:
    """Words that a whole paper would print elsewhere, as paragraphs."""
    signature = [*paper.signature.authority, paper.signature.position, paper.signature.name]
    lines = [*paper.superior, *paper.issuer, paper.kind, *paper.subject]
    lines += [*(r.text for r in paper.recipients), *signature, *extra]
    return [_plain(line) for line in lines if line]
