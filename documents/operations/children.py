"""One operation that makes the clauses under a clause what a list says: an agenda set elsewhere."""

from __future__ import annotations

from documents.models import Clause
from documents.operations.registry import handler
from documents.operations.values import as_uuid, bodies_of, clean, list_of
from documents.operations.work import Work
from documents.tree import child_style


@handler("children")
def children(work: Work) -> None:
    """``{"clause", "text", "gone": [ids], "children": [{"id", "text", "bodies"}]}``.

    The clause takes the words (null: keeps its own); ``gone`` are removed with what hangs under them;
    the listed children stand in the order given, new ones behind the one before them. What else hangs
    under the clause keeps its place.
    """
    above = work.find(work.asked.get("clause"))
    if work.asked.get("text") is not None:
        words = work.rewrite(above, clean(work.asked["text"]))
        if words != above.text:
            work.change(above, text=words)
    for public_id in list_of(work.asked.get("gone")):
        work.remove(work.find(public_id))
    wanted = list_of(work.asked.get("children"))
    ids = [as_uuid(each["id"]) for each in wanted]
    known = [work.tree.clauses[i] for i in ids if i in work.tree.clauses]
    for clause, position in zip(known, sorted(c.position for c in known), strict=True):
        if clause.position != position:
            work.change(clause, position=position)
    after: Clause | None = None
    for public_id, each in zip(ids, wanted, strict=True):
        text, bodies = clean(each.get("text", "")), bodies_of(each.get("bodies"))
        here = work.tree.clauses.get(public_id)
        if here is None:
            here = work.create(
                public_id,
                above,
                work.place(above, after),
                text=text,
                bodies=bodies,
                style=child_style(work.tree, above, work.scheme()),
                role=Clause.Role.PARAGRAPH,
            )
        elif (here.text, here.bodies) != (text, bodies):
            work.change(here, text=text, bodies=bodies)
        after = here
