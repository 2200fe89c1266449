"""Operations that make, cut, join and remove clauses."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from documents.models import Clause
from documents.operations.errors import Conflict, OperationError
from documents.operations.registry import handler
from documents.operations.values import as_uuid, bodies_of, choice, clean, list_of, start_of, table_of
from documents.operations.work import Work
from documents.tree import Tree, child_style, last
from paper.labels import LabelStyle

#: More clauses than this in one paste are a paper of their own: it is taken in as a file.
MOST_PASTED = 1_000


@handler("insert")
def insert(work: Work) -> None:
    """A new clause behind ``after``, or as the first child of ``parent`` (of the document for null)."""
    after = work.optional("after")
    parent = work.tree.parent(after) if after else work.optional("parent")
    style = work.asked.get("style")
    if style is None:
        style = after.style if after else child_style(work.tree, parent, work.scheme())
    role = work.asked.get("role") or (after.role if after else _role_under(parent))
    work.create(
        as_uuid(work.asked.get("id")),
        parent,
        work.place(parent, after),
        text=clean(work.asked.get("text", "")),
        style=choice(LabelStyle, style),
        role=choice(Clause.Role, role),
    )


def _role_under(parent: Clause | None) -> str:
    return Clause.Role.HEADING if parent is None else Clause.Role.PARAGRAPH


@handler("split")
def split(work: Work) -> None:
    """Cut a clause in two at the caret.

    With clauses under it, a cut at the end opens their first place; a cut inside gives them to
    the second half.
    """
    clause = work.clause()
    first, second = clean(work.asked.get("before")), clean(work.asked.get("after"))
    children = work.tree.children(clause)
    new_id = as_uuid(work.asked.get("id"))
    if first != clause.text:
        work.change(clause, text=first)
    if children and not second:
        work.create(
            new_id, clause, work.place(clause, None), text="", style=children[0].style, role=children[0].role
        )
        return
    parent = work.tree.parent(clause)
    new = work.create(
        new_id, parent, work.place(parent, clause), text=second, style=clause.style, role=clause.role
    )
    for child in children:
        work.change(child, parent=new)


@handler("join")
def join(work: Work) -> None:
    """Join a clause with the one above it in reading order; what hangs under it stays below."""
    clause = work.clause()
    above = _above(work.tree, clause)
    if above is None:
        raise OperationError(_("Đây là mục đầu tiên, không có mục nào ở trên để nối."))
    if work.asked.get("above_version") not in (None, above.version):
        raise Conflict(above)
    orphans = work.tree.children(clause)
    after = clause if above.pk == clause.parent_id else last(work.tree.children(above))
    for child in orphans:
        position = work.place(above, after)
        work.change(child, parent=above, position=position)
        after = child
    work.change(
        above,
        text=clean(f"{above.text} {clean(work.asked.get('text', clause.text))}"),
        bodies=above.bodies or clause.bodies,
    )
    work.remove(clause)


def _above(tree: Tree, clause: Clause) -> Clause | None:
    before = None
    for line in tree.lines():
        if line.clause.pk == clause.pk:
            return before
        before = line.clause
    return None


@handler("paste")
def paste(work: Work) -> None:
    """Several clauses with their own children behind ``after``, as one step.

    ``clauses``: ``[{"id", "text", "style", "role", "bodies", "start", "table", "children": […]}]``.
    """
    pasted = 0
    after = work.optional("after")
    parent = work.tree.parent(after) if after else work.optional("parent")
    queue: list[tuple[Clause | None, Clause | None, list[Any]]] = [
        (parent, after, list_of(work.asked.get("clauses")))
    ]
    while queue:
        parent, after, row_of = queue.pop()
        pasted += len(row_of)
        if pasted > MOST_PASTED:
            raise OperationError(_("Một lần dán nhận nhiều nhất 1.000 mục. Hãy tiếp nhận bằng tệp."))
        for each in row_of:
            if not isinstance(each, dict):
                raise OperationError(_("Giá trị không có trong danh sách."))
            after = work.create(
                as_uuid(each.get("id")),
                parent,
                work.place(parent, after),
                text=clean(each.get("text", "")),
                style=choice(LabelStyle, each.get("style") or ""),
                role=choice(Clause.Role, each.get("role") or "paragraph"),
                bodies=bodies_of(each.get("bodies")),
                start=start_of(each.get("start")),
                table=table_of(each.get("table")),
                origin=choice(Clause.Origin, work.asked.get("origin") or "pasted"),
            )
            if each.get("children"):
                queue.append((after, None, list_of(each["children"])))


@handler("remove")
def remove(work: Work) -> None:
    work.remove(work.clause())
