"""The consolidated text of a programme: the issued paper with the changes applied, in memory.

The paper as it was printed is the start; only what a change touches is written anew, everything else stays
letter for letter. Labels are frozen by issuing: what is withdrawn leaves its number empty, what is added
takes the next one, or "2a." behind "2.".
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from django.utils.translation import gettext as _

from documents.models import Clause
from documents.operations import OperationError
from documents.papers import paper_of, preparing, with_note
from documents.tree import Tree
from documents.versions import keys_of
from documents.versions.ends import paths
from paper import notes
from paper.difference import Path
from paper.labels import BULLETS, LabelStyle, label, parse_label
from paper.value import Clause as PaperClause
from paper.value import Paper, Regime, Role, Table
from programmes.models import AmendmentChange, Programme

Kind = AmendmentChange.Kind


class NotThere(OperationError):
    """The clause that a change is about is not in the programme, or no longer."""


@dataclass(eq=False)
class Node:
    """One clause. ``text`` are its own words, ``printed`` those with a note inside; ``original`` is what
    was printed, None where it was added. ``gone`` is the change that took it out."""

    text: str
    printed: str
    label: str | None
    role: Role = Role.PARAGRAPH
    style: str = ""
    bodies: list[dict[str, Any]] = field(default_factory=list)
    table: Table | None = None
    key: str = ""
    original: str | None = None
    is_meeting: bool = False
    parent: Node | None = None
    children: list[Node] = field(default_factory=list)
    gone: AmendmentChange | None = None
    marks: list[AmendmentChange] = field(default_factory=list)

    @property
    def is_note(self) -> bool:
        return self.role is Role.NOTE and not self.key

    def up(self) -> Iterator[Node]:
        """What it stands under, the nearest first."""
        here = self.parent
        while here is not None:
            yield here
            here = here.parent


@dataclass
class Sheet:
    """A paper that changes are applied to."""

    paper: Paper
    roots: list[Node]
    keyed: dict[str, Node]
    scheme: list[str]

    @classmethod
    def of(cls, programme: Programme, tree: Tree | None = None) -> Sheet:
        """The programme as it was issued."""
        tree = tree or Tree.load(programme.pk)
        paper = paper_of(programme, tree)
        keys = paths(keys_of(paper, tree))
        rows = {str(key): row for key, row in tree.clauses.items()}
        sheet = cls(paper, [], {}, list(programme.issuing_body.label_styles))
        made: dict[Path, Node] = {}
        for path, clause in paper.clauses():
            node = _node(clause, keys.get(path, ""), rows)
            node.parent = made.get(path[:-1])
            sheet.siblings(node.parent).append(node)
            made[path] = node
            if node.key:
                sheet.keyed[node.key] = node
        return sheet

    def siblings(self, parent: Node | None) -> list[Node]:
        return parent.children if parent else self.roots

    def walk(self, *, gone: bool = True) -> Iterator[Node]:
        """Every clause in reading order; without ``gone`` only those in force."""
        stack = list(reversed(self.roots))
        while stack:
            node = stack.pop()
            if node.gone and not gone:
                continue
            yield node
            stack += reversed(node.children)

    def find(self, key: str) -> Node:
        """The clause in force with this id. Raises NotThere with a sentence."""
        node = self.keyed.get(key)
        if node is None:
            raise NotThere(_("Mục này không có trong chương trình."))
        if node.gone:
            raise NotThere(gone_sentence(node.gone))
        return node

    def body(self) -> tuple[PaperClause, ...]:
        """The clauses in force."""
        return _clauses(self.roots)

    def consolidated(self) -> Paper:
        """The paper with the text in force; what it is called and who signed it stay."""
        return replace(self.paper, body=self.body())

    def keys(self) -> dict[Path, str]:
        """Path in :meth:`consolidated` → id of the clause."""
        found: dict[Path, str] = {}
        stack: list[tuple[list[Node], Path]] = [(self.roots, ())]
        while stack:
            nodes, above = stack.pop()
            for n, node in enumerate(node for node in nodes if not node.gone):
                if node.key:
                    found[(*above, n)] = node.key
                stack.append((node.children, (*above, n)))
        return found

    # ------------------------------------------------------------ applying

    def apply(self, change: AmendmentChange) -> Node:
        """Apply one change; returns the clause it is about. Raises NotThere and changes nothing."""
        if change.kind == Kind.ADD:
            return self._add(change)
        node = self.find(change.clause_key)
        if change.kind == Kind.POSTPONE and change.place_parent:
            return self._move(node, self.find(change.place_parent), change)
        node.marks.append(change)
        if change.kind in (Kind.WITHDRAW, Kind.CARRY):
            self._take_out(node, change)
        elif change.kind == Kind.BODIES:
            node.bodies = change.after_bodies
        else:
            node.text = node.printed = change.after_text
        self._note(node.parent, change)
        return node

    def _add(self, change: AmendmentChange) -> Node:
        parent = self.find(change.place_parent) if change.place_parent else None
        after = self.find(change.place_after) if change.place_after else None
        node = Node(
            change.after_text,
            change.after_text,
            None,
            key=str(change.public_id),
            bodies=change.after_bodies,
            marks=[change],
        )
        self._place(node, parent, after)
        self.keyed[node.key] = node
        self._note(parent, change)
        return node

    def _move(self, node: Node, target: Node, change: AmendmentChange) -> Node:
        """An agenda item goes to another meeting: its place stays as what was printed."""
        here = replace(node, children=[], original=None, marks=[*node.marks, change], parent=None)
        self._take_out(node, change)
        self._note(node.parent, change)
        self._place(here, target, None)
        self.keyed[here.key] = here
        self._note(target, change)
        return here

    def _take_out(self, node: Node, change: AmendmentChange) -> None:
        stack = [node]
        while stack:
            here = stack.pop()
            here.gone = here.gone or change
            stack += here.children

    def _place(self, node: Node, parent: Node | None, after: Node | None) -> None:
        row = self.siblings(parent)
        labelled = [n for n in row if n.label and not n.is_note]
        last = labelled[-1] if labelled else None
        before = after or last
        node.parent = parent
        if before is None:
            node.style = self._style_under(parent)
            node.label = label(LabelStyle(node.style), 1, parent.label if parent else None)
            row.insert(len(row) if parent else 0, node)
            return
        node.style, node.role = before.style, before.role if parent is None else Role.PARAGRAPH
        taken = {n.label for n in row}
        is_last = before is last or before not in labelled
        node.label = _next(before.label, parent) if is_last else _between(before.label, taken)
        at = row.index(before) + 1
        while at < len(row) and row[at].is_note:
            at += 1
        row.insert(at, node)

    def _style_under(self, parent: Node | None) -> str:
        depth = len([parent, *parent.up()]) if parent else 0
        styles = [style for style in self.scheme if style] or [LabelStyle.DASH]
        return styles[min(depth, len(styles) - 1)]

    def _note(self, parent: Node | None, change: AmendmentChange) -> None:
        """Write the preparing notes among the children of ``parent`` anew."""
        row = self.siblings(parent)
        items = [n for n in row if not n.is_note and not n.gone and n.style and n.style not in BULLETS]
        if not any(item.bodies for item in items) and not any(n.is_note for n in row):
            return
        regime = self.paper.regime or Regime.PARTY
        wanted: dict[int, notes.NoteLine] = {}
        pairs = [(item.label, preparing(item.bodies)) for item in items]
        for note in notes.compute(pairs, notes.NoteForm(regime)):
            wanted[id(items[note.after])] = note
        for item in items:
            own = wanted.get(id(item))
            item.printed = with_note(item.text, own.text) if own and own.inline else item.text
        self.siblings(parent)[:] = list(_with_notes(row, wanted, parent, change))


def _node(clause: PaperClause, key: str, rows: dict[str, Clause]) -> Node:
    row = rows.get(key)
    return Node(
        row.text if row else clause.text,
        clause.text,
        clause.label,
        clause.role,
        row.style if row else "",
        list(row.bodies) if row else [],
        clause.table,
        key,
        clause.text,
        bool(row and row.role == Clause.Role.MEETING),
    )


def _clauses(nodes: list[Node]) -> tuple[PaperClause, ...]:
    return tuple(
        PaperClause(n.printed, n.label, _clauses(n.children), n.role, n.table) for n in nodes if not n.gone
    )


def _with_notes(
    row: list[Node], wanted: dict[int, notes.NoteLine], parent: Node | None, change: AmendmentChange
) -> Iterator[Node]:
    """The children with the wanted notes: an old note that still holds stays, one that does not is gone."""
    left = {key: note for key, note in wanted.items() if not note.inline}
    last: Node | None = None
    for n, node in enumerate(row):
        if node.is_note:
            note = left.get(id(last)) if last else None
            if node.original is None:
                continue
            if note and note.text == node.text:
                node.gone = None
                left.pop(id(last))
            else:
                node.gone = node.gone or change
            yield node
            continue
        if last is not None and id(last) in left and not _note_follows(row, n, left[id(last)]):
            yield _note_node(left.pop(id(last)), parent, change)
        yield node
        if not node.gone:
            last = node
    if last is not None and id(last) in left:
        yield _note_node(left.pop(id(last)), parent, change)


def _note_follows(row: list[Node], at: int, note: notes.NoteLine) -> bool:
    """Whether the printed note with these words still stands behind lines that are gone from ``at`` on."""
    for node in row[at:]:
        if node.is_note and node.original is not None:
            return node.text == note.text
        if not node.gone:
            return False
    return False


def _note_node(note: notes.NoteLine, parent: Node | None, change: AmendmentChange) -> Node:
    return Node(note.text, note.text, None, Role.NOTE, parent=parent, marks=[change])


def _next(before: str | None, parent: Node | None) -> str | None:
    """The label behind the last one: "4." behind "3.", "3." behind "2a."."""
    found = parse_label(before)
    if found is None and before:
        return _next("".join(c for c in before[:-2]) + before[-1], parent)
    style, ordinal = found or (LabelStyle.NONE, 0)
    return label(style, ordinal + 1, parent.label if parent else None)


def _between(before: str | None, taken: set[str | None]) -> str | None:
    """ "2a." behind "2.", "2b." where that is taken; bullets stay bullets."""
    if before is None or before in {s.value for s in BULLETS}:
        return before
    stem = before.rstrip(".)-")
    end = before[len(stem) :]
    for letter in "abcdđeghiklmnopqrstuvxy":
        if (made := f"{stem}{letter}{end}") not in taken:
            return made
    return before


def gone_sentence(change: AmendmentChange) -> str:
    """Why a clause can no longer be changed."""
    verb = {Kind.CARRY: _("chuyển kỳ"), Kind.POSTPONE: _("lùi")}.get(Kind(change.kind), _("rút"))
    notice = change.notice
    if notice is not None and notice.is_numbered:
        return _("Nội dung này đã được %(verb)s theo Thông báo số %(n)s-%(notation)s.") % {
            "verb": verb,
            "n": f"{notice.number:02d}",
            "notation": notice.notation,
        }
    return _("Nội dung này đã có một thay đổi đang soạn: %(verb)s.") % {"verb": verb}
