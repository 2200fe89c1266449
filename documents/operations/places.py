"""Operations that move clauses, everything under them along."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from documents.models import Clause
from documents.operations.errors import OperationError
from documents.operations.registry import handler
from documents.operations.work import Work
from documents.tree import child_style, last


@handler("indent")
def indent(work: Work) -> None:
    """One level down: under the sibling above, in the label style of that place."""
    clause = work.clause(version=None)
    above = work.tree.neighbour(clause, -1)
    if above is None:
        raise OperationError(_("Mục đầu của một phần không xuống bậc được."))
    style = child_style(work.tree, above, work.scheme())
    position = work.place(above, last(work.tree.children(above)))
    work.change(
        clause, parent=above, position=position, style=style, start=None, role=_moved_role(clause, above)
    )


@handler("outdent")
def outdent(work: Work) -> None:
    """One level up: behind its parent, in the parent's label style."""
    clause = work.clause(version=None)
    parent = work.tree.parent(clause)
    if parent is None:
        raise OperationError(_("Mục này đã ở bậc cao nhất."))
    above = work.tree.parent(parent)
    position = work.place(above, parent)
    role = parent.role if parent.role == Clause.Role.HEADING else clause.role
    work.change(clause, parent=above, position=position, style=parent.style, start=None, role=role)


def _moved_role(clause: Clause, parent: Clause | None) -> str:
    """A heading that moves under something else becomes plain; a meeting stays a meeting."""
    if clause.role == Clause.Role.HEADING and parent is not None:
        return Clause.Role.PARAGRAPH
    return clause.role


@handler("move")
def move(work: Work) -> None:
    """The clause with everything under it to another place: ``parent`` and ``after`` there."""
    clause = work.clause(version=None)
    after = work.optional("after")
    parent = work.tree.parent(after) if after else work.optional("parent")
    _move(work, clause, parent, after)


@handler("up")
def move_up(work: Work) -> None:
    """Before the sibling above; from the first place to the end of the part above."""
    clause = work.clause(version=None)
    above = work.tree.neighbour(clause, -1)
    parent = work.tree.parent(clause)
    if above is not None:
        _move(work, clause, parent, work.tree.neighbour(above, -1))
        return
    uncle = work.tree.neighbour(parent, -1) if parent else None
    if uncle is None:
        raise OperationError(_("Mục này đã ở đầu."))
    _move(work, clause, uncle, last(work.tree.children(uncle)))


@handler("down")
def move_down(work: Work) -> None:
    """Behind the sibling below; from the last place to the start of the part below."""
    clause = work.clause(version=None)
    below = work.tree.neighbour(clause, 1)
    parent = work.tree.parent(clause)
    if below is not None:
        _move(work, clause, parent, below)
        return
    uncle = work.tree.neighbour(parent, 1) if parent else None
    if uncle is None:
        raise OperationError(_("Mục này đã ở cuối."))
    _move(work, clause, uncle, None)


def _move(work: Work, clause: Clause, parent: Clause | None, after: Clause | None) -> None:
    inside = work.tree.subtree(clause)
    if parent in inside or after in inside:
        raise OperationError(_("Không dời được một mục vào bên trong chính nó."))
    position = work.place(parent, after)
    same = clause.parent_id == (parent.pk if parent else None)
    values: dict[str, Any] = {"position": position}
    if not same:
        values |= {"parent": parent, "role": _moved_role(clause, parent), "start": None}
        if clause.style:
            values["style"] = child_style(work.tree, parent, work.scheme())
    work.change(clause, **values)
