"""A Paper as pages on screen show it: the same words as its print, as plain values for a template."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from documents.tree import Tree
from paper.forms import Profile
from paper.forms.profile import Below, Face
from paper.printing import words
from paper.value import Clause, Paper, Role, Table, walk


@dataclass(frozen=True, slots=True)
class ScreenLine:
    """One printed paragraph with its place in the tree."""

    key: str
    text: str
    depth: int
    look: str
    table: Table | None = None
    path: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class ScreenPaper:
    """Everything that ``components/sheet.html`` shows."""

    superior: tuple[str, ...]
    issuer: tuple[str, ...]
    star: bool
    issuer_rule: bool
    title: tuple[str, ...]
    number: str
    date: str
    marks: tuple[str, ...]
    kind: str
    subject: tuple[str, ...]
    dashes: bool
    addressees: tuple[str, ...]
    lines: tuple[ScreenLine, ...]
    footnotes: tuple[ScreenLine, ...]
    recipients_word: str
    recipients_look: str
    recipients: tuple[words.Group, ...]
    recipient_lines: tuple[tuple[str, ...], ...]
    authority: tuple[str, ...]
    position: str
    position_look: str
    name: str

    @property
    def groups(self) -> list[tuple[words.Group, tuple[str, ...]]]:
        """Recipients by purpose, each with its printed lines."""
        return list(zip(self.recipients, self.recipient_lines, strict=True))


Keys = Mapping[tuple[int, ...], str]


def keys_of(paper: Paper, tree: Tree) -> Keys:
    """Path in the printed paper → "m-<clause>", so that an address can point at a clause.

    Notes on lines of their own belong to no clause, except where one was kept as it was read.
    """
    lines = iter(tree.lines())
    line = next(lines, None)
    keys = {}
    for path, clause in paper.clauses():
        if line is None:
            break
        if clause.role is Role.NOTE and line.clause.text != clause.text:
            continue
        keys[path] = f"m-{line.clause.public_id}"
        line = next(lines, None)
    return keys


def screen_paper(paper: Paper, form: Profile, keys: Keys | None = None) -> ScreenPaper:
    """The words that ``paper`` prints in the form ``form``; ``keys`` names its paragraphs."""
    text, footnotes = words.split_footnotes(paper.body)
    groups = tuple(words.groups(paper.recipients))
    return ScreenPaper(
        superior=paper.superior,
        issuer=paper.issuer,
        star=form.issuer_below is Below.ASTERISK,
        issuer_rule=form.issuer_below is Below.RULE,
        title=tuple(line for line, _ in form.title.lines) if paper.regime else (),
        number=words.number_line(paper, form) if words.has_number(paper) else "",
        date=words.date_line(paper, form) if words.has_date(paper) else "",
        marks=paper.marks,
        kind=paper.kind or "",
        subject=paper.subject,
        dashes=form.subject_below is Below.DASHES,
        addressees=paper.addressees,
        lines=screen_lines(text, form if paper.end_mark else None, keys or {}),
        footnotes=screen_lines(footnotes, None, {}),
        recipients_word=form.recipients_word,
        recipients_look=look(form.recipients_title),
        recipients=groups,
        recipient_lines=tuple(_recipient_lines(group, len(paper.recipients), form) for group in groups),
        authority=paper.signature.authority,
        position=paper.signature.position or "",
        position_look=look(form.position),
        name=paper.signature.name or "",
    )


def look(face: Face) -> str:
    """The classes that show the letters of a component as its form prints them."""
    marks = (("b", face.bold), ("i", face.italic), ("under", face.underline))
    return " ".join(name for name, on in marks if on)


def screen_lines(clauses: tuple[Clause, ...], mark: Profile | None, keys: Keys) -> tuple[ScreenLine, ...]:
    """Clauses in reading order; ``mark`` is the form whose end mark closes the last one."""
    placed = list(walk(clauses))
    last = len(placed) - 1
    return tuple(
        ScreenLine(
            key=keys.get(path, "c-" + "-".join(map(str, path))),
            text=words.with_end_mark(words.labelled(c), mark) if mark and n == last else words.labelled(c),
            depth=len(path),
            look="h" if c.role is Role.HEADING else "auto" if c.role is Role.NOTE else "p",
            table=c.table,
            path=path,
        )
        for n, (path, c) in enumerate(placed)
    )


def _recipient_lines(group: words.Group, total: int, form: Profile) -> tuple[str, ...]:
    return tuple(
        words.recipient_line(r, form, last=group.first + n == total - 1, purpose=not group.braced)
        for n, r in enumerate(group.recipients)
    )
