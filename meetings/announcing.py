"""The words of a draft programme follow the meetings that it announces.

The other way round stands in ``meetings.services.follow``; after either, rows and words agree.
"""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from agencies.models import Person
from documents import services as documents
from documents.models import Clause, Document
from documents.tree import Tree
from meetings.facts import facts_of, rewriting, when_of, year_of
from meetings.models import AgendaItem, Meeting
from meetings.services import agenda, follow
from paper import when as phrases


def mirror(meeting: Meeting, *, actor: Person, now: dt.datetime) -> None:
    """Make the clauses of the draft that announces ``meeting`` what its rows say.

    One operation of the document ("children"), so that the editor undoes it in one step and other
    windows hear of it; none where the words agree. Nothing happens where no paper announces the
    meeting or the paper is no draft: what is issued keeps what was printed. Call inside the
    transaction of the change.
    """
    document = _draft(meeting)
    if document is None:
        return
    tree = Tree.load(document.pk)
    section = next((c for c in tree.clauses.values() if c.pk == meeting.section_id), None)
    if section is None:
        return
    items = list(meeting.items.accepted().prefetch_related("preparing"))
    keys = _keys(items)
    asked = {
        "op": str(uuid.uuid4()),
        "kind": "children",
        "clause": str(section.public_id),
        "text": words(meeting, tree, section, year_of(document)),
        "gone": [str(c.public_id) for c in agenda(tree, section) if c.public_id not in keys],
        "children": [_child(item) for item in items],
    }
    outcome = documents.operate(document, asked, actor=actor, now=now, rewrite=rewriting(document))
    if outcome.changes:
        follow(document, Tree.load(document.pk), year_of(document))


def _draft(meeting: Meeting) -> Document | None:
    """The draft that announces the meeting, held until the transaction ends; None for no draft."""
    if meeting.section_id is None:
        return None
    rows = Document.objects.for_writing().select_related("issuing_body")
    document = rows.filter(clauses=meeting.section_id).first()
    return document if document and document.is_draft else None


def words(meeting: Meeting, tree: Tree, section: Clause, year: int) -> str:
    """The words of the announcing clause with the title and the time of the meeting."""
    said, text = facts_of(tree, section, year), section.text
    if said.title != meeting.title:
        text = text.replace(said.title, meeting.title, 1) if said.title in text else meeting.title
    if said.when != when_of(meeting):
        text = phrases.rephrase(text, when_of(meeting), year)
    return text


def _keys(items: list[AgendaItem]) -> set[uuid.UUID]:
    """The public ids of the items' clauses; an item that stands in no paper yet gets its own."""
    fresh = [item for item in items if item.clause_key is None]
    for item in fresh:
        item.clause_key = uuid.uuid4()
    if fresh:
        AgendaItem.objects.bulk_update(fresh, ["clause_key"])
    return {item.clause_key for item in items if item.clause_key}


def _child(item: AgendaItem) -> dict[str, Any]:
    bodies = sorted(item.preparing.all(), key=lambda body: body.position)
    return {
        "id": str(item.clause_key),
        "text": item.text,
        "bodies": [{"name": b.name, "agency": b.agency_id, "lead": b.lead} for b in bodies],
    }
