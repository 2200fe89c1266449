"""Correcting what was read from a file, clause by clause, before it becomes a document.

The Paper in ``Intake.result`` is the thing that is corrected. Printed preparing notes are kept as
they stand until somebody changes the bodies of an item or the place of one; then the notes of that
row of items are written anew.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from difflib import SequenceMatcher
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from documents.models import Intake
from documents.papers import with_note
from lucngan.lib.text import one_line
from paper import json as paper_json
from paper import notes
from paper.labels import BULLETS, LabelStyle, label, parse_label
from paper.reading import findings, views
from paper.reading.result import Leftover, Span
from paper.value import Clause, Paper, Regime, Role, walk

Path = tuple[int, ...]


class CorrectionError(ValueError):
    """The correction cannot be made; the message is for the person."""


@dataclass(slots=True)
class Entry:
    """One printed paragraph on its way: where it stood, what it says, who prepares it."""

    path: Path | None
    depth: int
    label: str | None
    role: Role
    text: str
    printed: str
    who: notes.Preparing
    clause: Clause
    note_of: int | None = None
    changed: bool = False
    children: list[Entry] = field(default_factory=list)

    @property
    def style(self) -> str:
        found = parse_label(self.label)
        return found[0].value if found else ""


def entries_of(paper: Paper) -> list[Entry]:
    """Every clause in reading order; notes on lines of their own are given to the items they name."""
    found: list[Entry] = []
    for path, clause in walk(paper.body):
        cut = notes.cut_inline(clause.text) if clause.label and clause.role is not Role.NOTE else None
        text, who = cut or (clause.text, notes.Preparing())
        found.append(Entry(path, len(path), clause.label, clause.role, text, clause.text, who, clause))
    for n, entry in enumerate(found):
        if entry.role is Role.NOTE:
            _give(n, found)
    return found


def _give(n: int, entries: list[Entry]) -> None:
    """Give a note to the items it names, where all of them stand before it in its row.

    A note that could not be written back word for word stays a paragraph that people edit.
    """
    parsed = notes.parse(entries[n].text)
    path = entries[n].path
    if parsed is None or path is None:
        return
    who, numbers = parsed
    if notes.note_text(who, numbers) != entries[n].text.rstrip(". "):
        return
    row = [e for e in entries[:n] if e.path and e.path[:-1] == path[:-1] and e.label]
    named = [e for e in row if _ordinal(e) in numbers] if numbers else row[-1:]
    if (
        not named
        or (numbers and len(named) != len(numbers))
        or any(e.who != notes.Preparing() for e in named)
    ):
        return
    for entry in named:
        entry.who = who
    entries[n].note_of = entries.index(named[-1])


def _ordinal(entry: Entry) -> int | None:
    found = parse_label(entry.label)
    return found[1] if found else None


@dataclass(frozen=True, slots=True)
class Correction:
    """What a person wrote for one clause; ``style`` None keeps the printed label."""

    text: str
    style: str
    level: int
    role: Role
    lead: tuple[str, ...] = ()
    coordinate: tuple[str, ...] = ()


def corrected(paper: Paper, at: int, asked: Correction) -> tuple[Paper, dict[Path, Path]]:
    """The Paper with the ``at``-th clause corrected, and where each old path stands now.

    Raises CorrectionError for a clause that is gone, an empty text, or a level that has nothing above it.
    """
    entries = entries_of(paper)
    if not 0 <= at < len(entries):
        raise CorrectionError(_("Mục này không còn. Hãy tải lại trang."))
    entry = entries[at]
    text = one_line(asked.text)
    if not text and entry.clause.table is None:
        raise CorrectionError(_("Hãy nhập nội dung của mục."))
    above = max((e.depth for e in entries[:at][-1:]), default=0)
    if asked.level > above + 1:
        raise CorrectionError(_("Mục này không thể thấp hơn mục liền trên quá một bậc."))
    who = notes.Preparing(asked.lead, asked.coordinate)
    moved = asked.level != entry.depth or asked.style != entry.style
    entry.changed = moved or who != entry.who
    _shift(entries, at, asked.level - entry.depth)
    if text != entry.text:
        entry.text = entry.printed = text
    entry.role, entry.who = asked.role, who
    if moved:
        entry.label = _label_of(entries, at, asked.style)
    return _assembled(paper, entries)


def _shift(entries: list[Entry], at: int, by: int) -> None:
    """Move a clause and everything under it, with its notes, ``by`` levels."""
    depth = entries[at].depth
    entries[at].depth += by
    for n in range(at + 1, len(entries)):
        if entries[n].depth <= depth and entries[n].note_of != at:
            break
        entries[n].depth += by


def _label_of(entries: list[Entry], at: int, style: str) -> str | None:
    """The label that follows the row's last one of this style."""
    depth, count, above = entries[at].depth, 0, None
    for entry in reversed(entries[:at]):
        if entry.depth < depth:
            above = entry.label
            break
        if entry.depth == depth and entry.style == style and style not in {s.value for s in BULLETS}:
            count = _ordinal(entry) or 0
            break
    return label(LabelStyle(style), count + 1, above)


def _assembled(paper: Paper, entries: list[Entry]) -> tuple[Paper, dict[Path, Path]]:
    """Entries back into a tree; notes of changed rows are written anew."""
    root: list[Entry] = []
    stack: list[tuple[int, list[Entry]]] = [(0, root)]
    for entry in entries:
        while len(stack) > 1 and stack[-1][0] >= entry.depth:
            stack.pop()
        stack[-1][1].append(entry)
        stack.append((entry.depth, entry.children))
    regime = paper.regime or Regime.PARTY
    places: dict[Path, Path] = {}
    body = tuple(_row(root, (), regime, places))
    return replace(paper, body=body), places


def _row(row: list[Entry], above: Path, regime: Regime, places: dict[Path, Path]) -> Iterable[Clause]:
    fresh = any(entry.changed for entry in row)
    written = _notes_anew(row, regime) if fresh else {}
    built: list[Clause] = []
    for entry in row:
        if fresh and entry.note_of is not None:
            continue
        here = (*above, len(built))
        if entry.path is not None:
            places[entry.path] = here
        children = tuple(_row(entry.children, here, regime, places))
        text = _printed(entry, written.get(id(entry)), fresh)
        built.append(replace(entry.clause, text=text, label=entry.label, role=entry.role, children=children))
        note = written.get(id(entry))
        if note is not None and not note.inline:
            built.append(Clause(note.text, role=Role.NOTE))
    return built


def _notes_anew(row: list[Entry], regime: Regime) -> dict[int, notes.NoteLine]:
    items = [entry for entry in row if entry.label]
    lines = notes.compute([(e.label, e.who) for e in items], notes.NoteForm(regime.value))
    return {id(items[line.after]): line for line in lines}


def _printed(entry: Entry, note: notes.NoteLine | None, fresh: bool) -> str:
    """The clause's own words, with its note inside where the form has it there."""
    if fresh:
        return with_note(entry.text, note.text) if note is not None and note.inline else entry.text
    if entry.printed == entry.clause.text:
        return entry.printed
    if entry.label and notes.cut_inline(entry.clause.text):
        return with_note(entry.text, notes.note_text(entry.who))
    return entry.text


# ---------------------------------------------------------------- in the row of the intake


def paper_of(intake: Intake) -> Paper:
    """The Paper of a read intake as it stands now."""
    return paper_json.from_data((intake.result or {})["paper"])


@transaction.atomic
def correct(intake: Intake, at: int, asked: Correction, *, revision: int) -> None:
    """Correct one clause. Raises CorrectionError; nothing is changed then."""
    row, result = _held(intake, revision)
    made, places = corrected(paper_of(row), at, asked)
    _keep(row, result, made, places)


@transaction.atomic
def correct_head(intake: Intake, values: dict[str, Any], *, revision: int) -> None:
    """Correct letterhead, number, date, title, recipients or signature block."""
    row, result = _held(intake, revision)
    _keep(row, result, replace(paper_of(row), **values), None)


@transaction.atomic
def place_leftover(intake: Intake, at: int, choice: str, *, revision: int) -> None:
    """Give words without a place one: a paragraph at the end ("append"), or none ("drop")."""
    row, result = _held(intake, revision)
    left = result["leftover"]
    if choice not in {"append", "drop"} or not 0 <= at < len(left) or left[at].get("choice"):
        raise CorrectionError(_("Mục này không còn. Hãy tải lại trang."))
    left[at]["choice"] = choice
    paper = paper_of(row)
    if choice == "append":
        paper = replace(paper, body=(*paper.body, Clause(one_line(left[at]["text"]))))
        result["spans"].append([[len(paper.body) - 1], left[at]["line"], left[at]["line"]])
    _keep(row, result, paper, None)


@transaction.atomic
def choose_letters(intake: Intake, at: int, keep_raw: bool, *, revision: int) -> None:
    """For letters that were repaired: keep the repair, or print them as the source has them."""
    row, result = _held(intake, revision)
    damaged = result["damaged"]
    if not 0 <= at < len(damaged):
        raise CorrectionError(_("Mục này không còn. Hãy tải lại trang."))
    damage = damaged[at]
    was_raw = bool(damage.get("raw_kept"))
    damage["raw_kept"] = keep_raw
    paper = paper_of(row)
    if was_raw != keep_raw:
        for raw, repaired in word_changes(damage["raw"], damage["repaired"]):
            old, new = (repaired, raw) if keep_raw else (raw, repaired)
            paper = _replaced(paper, result["spans"], damage["line"], old, new)
    _keep(row, result, paper, None)


def word_changes(raw: str, repaired: str) -> list[tuple[str, str]]:
    """The words that a repair changed, as pairs: ("Thƣờng", "Thường")."""
    before, after = raw.split(), repaired.split()
    blocks = SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
    return [(" ".join(before[a:b]), " ".join(after[c:d])) for tag, a, b, c, d in blocks if tag != "equal"]


def _replaced(paper: Paper, spans: list[Any], line: int, old: str, new: str) -> Paper:
    """The Paper with ``old`` → ``new`` once, in the clause that was read from the line."""
    paths = {tuple(path) for path, first, last in spans if first <= line <= last}

    def each(clauses: tuple[Clause, ...], above: Path) -> tuple[Clause, ...]:
        return tuple(
            replace(
                c,
                text=c.text.replace(old, new, 1) if (*above, n) in paths else c.text,
                children=each(c.children, (*above, n)),
            )
            for n, c in enumerate(clauses)
        )

    return replace(paper, body=each(paper.body, ()))


def _held(intake: Intake, revision: int) -> tuple[Intake, dict[str, Any]]:
    """The row, held, and its result. CorrectionError when it is no longer to be reviewed, or was corrected
    by somebody else.
    """
    row = Intake.objects.select_for_update().get(pk=intake.pk)
    result: dict[str, Any] = row.result or {}
    if row.state != Intake.State.READ or not result:
        raise CorrectionError(_("Tệp này không còn ở bước soát."))
    if result.get("revision", 0) != revision:
        raise CorrectionError(
            _("Người khác vừa sửa bản đọc này. Trang đã tải bản mới, hãy sửa lại chỗ vừa nhập.")
        )
    return row, result


def _keep(row: Intake, result: dict[str, Any], paper: Paper, places: dict[Path, Path] | None) -> None:
    """Write the corrected Paper with its view, spans and warnings."""
    if places is not None:
        result["spans"] = [
            [list(places[tuple(path)]), first, last]
            for path, first, last in result["spans"]
            if tuple(path) in places
        ]
    spans = [Span(tuple(path), first, last) for path, first, last in result["spans"]]
    left = [Leftover(x["line"], x["text"]) for x in result["leftover"] if not x.get("choice")]
    kept = [w for w in result["warnings"] if not w["code"].startswith(CHECKED_AGAIN)]
    result["warnings"] = kept + [
        {"code": w.code, "message": w.message, "line": w.line, "path": w.path, "suggestion": w.suggestion}
        for w in findings.find(paper, spans, left)
    ]
    result["paper"] = paper_json.to_data(paper)
    result["view"] = views.reading_view(paper, ())
    result["revision"] = result.get("revision", 0) + 1
    Intake.objects.filter(pk=row.pk, state=Intake.State.READ).update(result=result)


#: Warnings that follow from the Paper are found anew; those about the source's letters stay.
CHECKED_AGAIN = ("missing.", "date.", "weekday.", "table.", "words.", "label.", "note.")
