"""Meetings follow the draft that announces them."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import Exists, OuterRef, Q

from agencies.models import Agency
from documents.models import Clause, Document
from documents.tree import Tree
from meetings import kin
from meetings.facts import Facts, facts_of
from meetings.models import AgendaItem, Meeting, MeetingLog, PreparingBody
from paper.labels import LabelStyle


def follow(document: Document, tree: Tree, year: int) -> None:
    """Make the meetings and agenda items of a document what its clauses say.

    Effects: meetings made, changed or let go (see :func:`let_go`); items and preparing bodies
    likewise. A meeting that was told to others, or is past planning, keeps its own day: it moves by
    ``meetings.moving`` alone. Nothing is written where the rows agree already, so calling twice does
    nothing more.
    """
    loose = Q(section=None, section_key__isnull=False, issuing_body=document.issuing_body_id)
    rows = list(Meeting.objects.filter(Q(section__document=document) | loose))
    by_section = {m.section_id: m for m in rows if m.section_id}
    by_key = {m.section_key: m for m in rows}
    here: list[tuple[Meeting, Clause]] = []
    for line in tree.lines():
        clause = line.clause
        if clause.role == Clause.Role.MEETING:
            facts = facts_of(tree, clause, year)
            meeting = by_section.get(clause.pk) or by_key.get(clause.public_id) or _new(document, facts)
            _update(meeting, document, clause, facts)
            here.append((meeting, clause))
    kept = {meeting.pk for meeting, _ in here}
    let_go([m for m in rows if m.pk not in kept])
    _items(here, tree)


def _new(document: Document, facts: Facts) -> Meeting:
    """What a clause announces that no row knows of: the one that the series made of it, else a new row."""
    body = document.issuing_body_id
    return kin.row_of(body, facts) or Meeting(series=kin.series_of(body, facts))


def let_go(meetings: list[Meeting]) -> None:
    """Meetings that no clause announces any more: those that live by it alone are removed, those
    that anybody did something with stay, without a place in the paper."""
    ids = [meeting.pk for meeting in meetings]
    if not ids:
        return
    touched = Exists(MeetingLog.objects.filter(meeting=OuterRef("pk")))
    worked_on = Exists(_alive(AgendaItem.objects.filter(meeting=OuterRef("pk"))))
    rows = Meeting.objects.filter(pk__in=ids).order_by()
    rows.exclude(touched).exclude(worked_on).filter(state=Meeting.State.PLANNED).delete()
    rows.filter(section__isnull=False).update(section=None)
    AgendaItem.objects.filter(meeting__in=ids, clause__isnull=False).update(clause=None)


def own_days(document: Document) -> dict[int, dt.date | None]:
    """Clauses (primary keys) whose meeting keeps its own day, whatever the words say, with that day."""
    rows = Meeting.objects.filter(section__document=document).order_by()
    kept = rows.exclude(announced_at=None, state=Meeting.State.PLANNED)
    return {section: on for section, on in kept.values_list("section", "on") if section is not None}


def announced_by(document: Document) -> list[Meeting]:
    """The meetings that a paper announces."""
    return list(Meeting.objects.filter(section__document=document))


def _update(meeting: Meeting, document: Document, clause: Clause, facts: Facts) -> None:
    when = facts.when
    weekly = when.recurrence
    values: dict[str, Any] = {"section_id": clause.pk, "section_key": clause.public_id}
    if meeting.pk and (meeting.announced_at or meeting.state != Meeting.State.PLANNED):
        values["title"] = facts.title
    else:
        values |= {
            "issuing_body_id": document.issuing_body_id,
            "title": facts.title,
            "on": None if weekly else when.date,
            "tentative": when.tentative,
            "part_of_day": (weekly.part_of_day if weekly else when.part_of_day) or "",
            "starts_at": when.time,
            "weekly_on": weekly.weekday if weekly else None,
            "schedule_note": (when.unknown or "")[:200],
        }
        if meeting.ends_at and (when.time is None or when.time >= meeting.ends_at):
            values["ends_at"] = None
    changed = [name for name, value in values.items() if getattr(meeting, name) != value]
    for name in changed:
        setattr(meeting, name, values[name])
    if meeting.pk is None:
        meeting.save(force_insert=True)
    elif changed:
        meeting.save(update_fields=changed)


def agenda(tree: Tree, meeting: Clause) -> list[Clause]:
    """The clauses that are agenda items of a meeting: its labelled children that are no meetings."""
    return [
        c
        for c in tree.children(meeting)
        if c.style not in (LabelStyle.NONE, LabelStyle.FOOTNOTE) and c.role != Clause.Role.MEETING
    ]


def _alive(items: Any) -> Any:
    """Items that more is known of than their words: documents, remarks, people, history."""
    known = Q(carried_from__isnull=False) | ~Q(outcome="") | ~Q(purpose="") | Q(extended_to__isnull=False)
    for hanging in ("documents", "remarks", "opinions", "changes", "attendees"):
        known |= Q(**{f"{hanging}__isnull": False})
    return items.filter(known)


def _items(meetings: list[tuple[Meeting, Clause]], tree: Tree) -> None:
    wanted = {
        clause.pk: (meeting, n, clause)
        for meeting, section in meetings
        for n, clause in enumerate(agenda(tree, section), start=1)
    }
    ids = [m.pk for m, _ in meetings]
    rows = list(AgendaItem.objects.filter(meeting__in=ids).prefetch_related("preparing")) if ids else []
    by_clause = {row.clause_id: row for row in rows if row.clause_id}
    by_key = {row.clause_key: row for row in rows if row.clause_key}
    new, changed, pairs = [], [], []
    for key, (meeting, n, clause) in wanted.items():
        item = by_clause.get(key) or by_key.get(clause.public_id)
        values = {
            "meeting_id": meeting.pk,
            "clause_id": clause.pk,
            "clause_key": clause.public_id,
            "position": n,
            "text": clause.text,
            "state": AgendaItem.State.ACCEPTED,
        }
        if item is None:
            item = AgendaItem(**values)
            new.append(item)
        elif any(getattr(item, name) != value for name, value in values.items()):
            if item.meeting_id != meeting.pk:
                item.session = None
            for name, value in values.items():
                setattr(item, name, value)
            changed.append(item)
        pairs.append((item, clause))
    kept = {id(item) for item, _ in pairs}
    _drop([row for row in rows if id(row) not in kept and row.clause_key])
    fresh = {id(item) for item in new}
    AgendaItem.objects.bulk_create(new)
    if changed:
        AgendaItem.objects.bulk_update(
            changed, ["meeting", "session", "clause", "clause_key", "position", "text", "state"]
        )
    _bodies(pairs, fresh)


def _drop(items: list[AgendaItem]) -> None:
    """Items whose clause is gone leave the agenda: removed, or kept as a proposal when anything more
    than their words is known."""
    if not items:
        return
    rows = AgendaItem.objects.filter(pk__in=[item.pk for item in items]).order_by()
    alive = set(_alive(rows).values_list("pk", flat=True))
    rows.exclude(pk__in=alive).delete()
    rows.filter(pk__in=alive).update(clause=None, state=AgendaItem.State.PROPOSED)


def _forget_unknown(rows: list[PreparingBody]) -> None:
    """A body stays as it is printed when its agency was taken out of the list since."""
    ids = {row.agency_id for row in rows if row.agency_id is not None}
    known = set(Agency.objects.filter(pk__in=ids).values_list("pk", flat=True)) if ids else set()
    for row in rows:
        if row.agency_id not in known:
            row.agency_id = None


def _bodies(pairs: list[tuple[AgendaItem, Clause]], fresh: set[int]) -> None:
    stale, rows = [], []
    for item, clause in pairs:
        want = [(b["name"], b["agency"], b["lead"]) for b in clause.bodies]
        have = [] if id(item) in fresh else sorted(item.preparing.all(), key=lambda b: b.position)
        if [(b.name, b.agency_id, b.lead) for b in have] == want:
            continue
        if have:
            stale.append(item.pk)
        rows += body_rows(item, clause.bodies)
    _forget_unknown(rows)
    if stale:
        PreparingBody.objects.filter(item__in=stale).delete()
    PreparingBody.objects.bulk_create(rows)


def body_rows(item: AgendaItem, bodies: list[dict[str, Any]]) -> list[PreparingBody]:
    """Unsaved rows of ``[{"name", "agency", "lead"}]``, in order."""
    return [
        PreparingBody(item=item, name=b["name"], agency_id=b["agency"], lead=b["lead"], position=n)
        for n, b in enumerate(bodies)
    ]
