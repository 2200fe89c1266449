"""Operations that change what a clause says or is: words, role, label, bodies."""

from __future__ import annotations

from documents.models import Clause
from documents.operations.registry import handler
from documents.operations.values import bodies_of, choice, clean, list_of, start_of
from documents.operations.work import Work
from paper.labels import LabelStyle


@handler("text")
def set_text(work: Work) -> None:
    clause = work.clause()
    work.change(clause, text=work.rewrite(clause, clean(work.asked.get("text"))))


@handler("role")
def set_role(work: Work) -> None:
    clause = work.clause(version=None)
    work.change(clause, role=choice(Clause.Role, work.asked.get("role")))
    text = work.rewrite(clause, clause.text)
    if text != clause.text:
        work.change(clause, text=text)


@handler("style")
def set_style(work: Work) -> None:
    """Another label style for the clause and, with ``row``, for its neighbours of the same style."""
    clause = work.clause(version=None)
    style = choice(LabelStyle, work.asked.get("style"))
    old = clause.style
    row_of = work.tree.siblings(clause) if work.asked.get("row") and old else [clause]
    for each in row_of:
        if each.style == old:
            work.change(each, style=style, start=None)


@handler("start")
def set_start(work: Work) -> None:
    """Count on from another number (1 … 999), or follow the count again (null)."""
    start = start_of(work.asked.get("start"))
    work.change(work.clause(version=None), start=start)


@handler("bodies")
def set_bodies(work: Work) -> None:
    """The preparing bodies of one or more clauses: ``[{"name", "agency", "lead"}]``."""
    bodies = bodies_of(work.asked.get("bodies"))
    for public_id in list_of(work.asked.get("clauses")):
        work.change(work.find(public_id), bodies=bodies)
