"""What the review page shows: source and reading side by side, each warning at its place."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from django.utils.translation import gettext as _

from documents.intake.correcting import Entry, entries_of, paper_of, word_changes
from documents.models import Intake
from paper.value import Clause, Paper, Role


@dataclass
class ReadRow:
    """One clause that was read: its lines in the source, and what to look at."""

    at: int
    entry: Entry
    first: int | None
    last: int | None
    warnings: list[dict[str, Any]] = field(default_factory=list)

    @property
    def is_note(self) -> bool:
        return self.entry.note_of is not None

    @property
    def is_heading(self) -> bool:
        return self.entry.role is Role.HEADING


@dataclass
class SourceLine:
    """One line of the source: the clause it went to, and what to look at."""

    at: int
    text: str
    row: int | None = None
    warnings: list[dict[str, Any]] = field(default_factory=list)
    lost: bool = False


@dataclass
class Review:
    """A read intake, ready for the page."""

    paper: Paper
    revision: int
    exact: bool
    rows: list[ReadRow]
    source: list[SourceLine]
    warnings: list[dict[str, Any]]
    leftover: list[dict[str, Any]]
    damaged: list[dict[str, Any]]

    @property
    def undecided(self) -> int:
        """How many words without a place still need a decision."""
        return sum(1 for left in self.leftover if not left.get("choice"))


def review_of(intake: Intake) -> Review:
    """The review of an intake in state "read"."""
    result: dict[str, Any] = intake.result or {}
    paper = paper_of(intake)
    spans = {tuple(path): (first, last) for path, first, last in result["spans"]}
    rows = [
        ReadRow(n, entry, *spans.get(entry.path or (), (None, None)))
        for n, entry in enumerate(entries_of(paper))
    ]
    source = [SourceLine(n, text) for n, text in enumerate(result["source"])]
    for row in rows:
        if row.first is not None and row.last is not None:
            for line in source[row.first : row.last + 1]:
                line.row = row.at
    warnings = placed(result["warnings"], rows, source)
    left = [{**each, "at": n} for n, each in enumerate(result["leftover"])]
    for each in left:
        if not each.get("choice") and 0 <= each["line"] < len(source):
            source[each["line"]].lost = True
    damaged = [
        {**each, "at": n, "words": word_changes(each["raw"], each["repaired"])}
        for n, each in enumerate(result["damaged"])
    ]
    return Review(
        paper, result.get("revision", 0), bool(result.get("exact")), rows, source, warnings, left, damaged
    )


def placed(
    warnings: list[dict[str, Any]], rows: list[ReadRow], source: list[SourceLine]
) -> list[dict[str, Any]]:
    """Each warning put at its clause and at its line; words without a place have a list of their own."""
    by_path = {row.entry.path: row for row in rows}
    shown = []
    for warning in warnings:
        if warning["code"] == "words.unplaced":
            continue
        line = warning["line"]
        at_line = source[line] if line is not None and 0 <= line < len(source) else None
        row = by_path.get(tuple(warning["path"])) if warning["path"] is not None else None
        if row is None and at_line is not None and at_line.row is not None:
            row = rows[at_line.row]
        each = {**warning, "row": row.at if row else None}
        if warning["code"] == "letters.repaired":
            each |= {"message": _("Chữ hỏng trong tệp đã được sửa ở dòng này."), "suggestion": None}
        else:
            shown.append(each)
        if row is not None:
            row.warnings.append(each)
        if at_line is not None:
            at_line.warnings.append(each)
    return shown


def with_leftover(review: Review) -> Paper:
    """The Paper with the words that nobody decided on as last paragraphs: nothing is dropped."""
    texts = [each["text"].strip() for each in review.leftover if not each.get("choice")]
    left = tuple(Clause(text) for text in texts if text)
    return replace(review.paper, body=(*review.paper.body, *left))
