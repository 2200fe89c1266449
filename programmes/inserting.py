"""Đưa hội nghị vào chương trình: planned meetings become sections of a draft.

One "paste" of the document, so that the editor undoes it in one step and other windows hear of it. The new
clauses get their ids here, and the rows are given the same keys before ``meetings.services.follow`` runs: it
attaches the rows that are there instead of making new ones.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Prefetch, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agencies.models import Person
from audit import actions
from documents import services as documents
from documents.models import Clause, Document, Operation
from documents.operations import OperationError
from documents.services import NotEditable
from documents.tree import Tree, child_style, last
from meetings.facts import UNKNOWN, when_of
from meetings.history import log
from meetings.kin import bare
from meetings.models import AgendaItem, Meeting, Series
from paper import when as phrases
from paper.labels import LabelStyle
from paper.reading.titles import EDGE, title_of
from programmes import editing
from programmes.models import Programme

actions.register(**{"meeting.placed": gettext_lazy("đưa hội nghị vào chương trình")})


@dataclass(frozen=True, slots=True)
class Candidate:
    """What one section would announce: a meeting, or a weekly series as one line.

    ``words`` is the clause as it will print; ``twin`` the section that says the same already.
    """

    key: str
    meeting: Meeting
    words: str
    items: tuple[AgendaItem, ...]
    rows: tuple[Meeting, ...]
    twin: Meeting | None

    @property
    def is_weekly(self) -> bool:
        return self.meeting.weekly_on is not None

    @property
    def suggested(self) -> bool:
        """Ticked at first: it has its day, and no section says the same."""
        return self.twin is None and (self.meeting.on is not None or self.is_weekly)


def candidates(programme: Programme) -> list[Candidate]:
    """Meetings of the body within the period, still to come, that no paper announces; those without a
    day last. Several rows of a weekly series are one line, and none where a section announces the series.

    Three queries for any number of meetings.
    """
    period = programme.period
    rows = Meeting.objects.filter(
        Q(on__range=(period.start, period.end)) | Q(on=None),
        issuing_body=programme.issuing_body_id,
        section=None,
        state__in=(Meeting.State.PLANNED, Meeting.State.INVITED),
    ).exclude(title="")
    items = AgendaItem.objects.accepted().order_by("position", "pk").prefetch_related("preparing")
    rows = rows.select_related("series", "room").prefetch_related(Prefetch("items", items, to_attr="agenda"))
    placed = list(Meeting.objects.filter(section__document=programme.pk))
    found = [
        _candidate(meeting, group, placed, period.year)
        for meeting, group in _lines(list(rows.order_by("on", "starts_at", "pk")), placed)
    ]
    return sorted(found, key=lambda each: (each.is_weekly, each.meeting.on is None))


def _lines(rows: list[Meeting], placed: list[Meeting]) -> Iterable[tuple[Meeting, tuple[Meeting, ...]]]:
    """Each meeting, with the rows that it stands for; rows of a weekly series drawn together."""
    weekly: dict[int, list[Meeting]] = {}
    for row in rows:
        if row.series and row.series.frequency == Series.Frequency.WEEKLY and row.on:
            weekly.setdefault(row.series.pk, []).append(row)
    announced = {m.series_id for m in placed if m.weekly_on is not None}
    names = {(bare(m.title), m.weekly_on) for m in placed if m.weekly_on is not None}
    drawn: set[int] = set()
    for row in rows:
        group = weekly.get(row.series_id or 0, [])
        if row not in group or row.series is None:
            yield row, (row,)
        elif row.series.pk in announced or (bare(row.series.title), row.series.weekday) in names:
            continue
        elif len(group) == 1:
            yield row, (row,)
        elif row.series.pk not in drawn:
            drawn.add(row.series.pk)
            yield _weekly(row.series), tuple(group)


def _weekly(series: Series) -> Meeting:
    """The unsaved row of a section "… chiều thứ Hai hằng tuần". Chair, room and attendees stand with the
    dated rows: they are the meetings that take place."""
    meeting = Meeting(
        issuing_body_id=series.issuing_body_id,
        series=series,
        title=series.title,
        weekly_on=series.weekday,
        part_of_day=series.part_of_day,
        starts_at=series.starts_at,
    )
    meeting.agenda = []  # type: ignore[attr-defined]
    return meeting


def _candidate(meeting: Meeting, group: tuple[Meeting, ...], placed: list[Meeting], year: int) -> Candidate:
    name = bare(meeting.title)
    same_day = (m for m in placed if m.on is not None and m.on == meeting.on)
    weekly = meeting.weekly_on is not None and meeting.pk is None
    return Candidate(
        key=f"loat-{meeting.series.public_id}" if weekly and meeting.series else str(meeting.public_id),
        meeting=meeting,
        words=phrases.rephrase(meeting.title, said(meeting), year),
        items=tuple(meeting.agenda),  # type: ignore[attr-defined]
        rows=group,
        twin=next((m for m in same_day if bare(m.title) == name), None),
    )


def said(meeting: Meeting) -> phrases.When:
    """The time as the clause says it; a note that papers do not use ("chờ ý kiến Thường trực") becomes
    "lịch cụ thể sẽ thông báo sau"."""
    when = when_of(meeting)
    if when.unknown is not None:
        found = phrases.find(f"({when.unknown})")
        if found is None or found.when != when:
            return phrases.When(unknown=UNKNOWN)
    return when


def insert(
    programme: Programme, chosen: Collection[str], *, op: uuid.UUID, actor: Person, now: dt.datetime
) -> list[uuid.UUID]:
    """Make the chosen meetings sections of the draft, with their accepted items; returns the public ids of
    the new sections in order.

    Effects: one operation "paste" behind the last section of a meeting (or behind the last numbered part);
    the rows attached to their clauses; one log entry for each meeting. Nothing happens for an ``op`` that
    was done before or when nothing that was chosen is still to be placed. Raises OperationError
    (NotEditable) and changes nothing.
    """
    with transaction.atomic():
        document = documents.locked(programme)
        if not document.is_draft:
            raise NotEditable(_("Văn bản này không còn là dự thảo, không sửa được."))
        if Operation.objects.filter(document=document, op_id=op).exists():
            return []
        wanted = [each for each in candidates(programme) if each.key in chosen]
        if not wanted:
            return []
        tree = Tree.load(document.pk)
        spot = Spot.of(tree, list(document.issuing_body.label_styles))
        clauses = [_clause(each, op, spot, programme.period_year) for each in wanted]
        _give_keys(wanted, clauses)
        asked = {"op": str(op), "kind": "paste", "clauses": clauses, **spot.asked}
        editing.operate(Document.objects.filter(pk=document.pk), asked, actor=actor, now=now)
        for each in wanted:
            log(each.meeting, "meeting.placed", actor=actor, now=now, note=str(programme))
        return [uuid.UUID(clause["id"]) for clause in clauses]


@dataclass(frozen=True, slots=True)
class Spot:
    """Where new sections go, and in which label styles they and their items stand."""

    after: Clause | None
    style: str
    item_style: str

    @classmethod
    def of(cls, tree: Tree, scheme: list[str]) -> Spot:
        """Behind the last section of a meeting that stands by itself (not under "Ngày 05/4/2023:"); where
        there is none, behind the last numbered part, so that a closing paragraph stays last."""
        meetings = [line.clause for line in tree.lines() if line.clause.role == Clause.Role.MEETING]
        if meetings:
            after = _outermost(tree, meetings[-1])
            inside = next((s for m in reversed(meetings) for s in _styles(tree, m)), None)
            return cls(after, after.style, inside or child_style(tree, after, scheme))
        numbered = [c for c in tree.children(None) if c.style not in (LabelStyle.NONE, LabelStyle.FOOTNOTE)]
        above = last(numbered)
        style = above.style if above else (scheme[0] if scheme else LabelStyle.ROMAN)
        at = scheme.index(style) + 1 if style in scheme else 0
        inside = scheme[at] if 0 < at < len(scheme) else LabelStyle.DECIMAL
        return cls(above, style, inside)

    @property
    def asked(self) -> dict[str, Any]:
        """The place as an operation names it."""
        return {"after": str(self.after.public_id)} if self.after else {"parent": None}


def _outermost(tree: Tree, clause: Clause) -> Clause:
    """The clause, or what stands above it and names the day or the meeting that it is a part of."""
    parent = tree.parent(clause)
    while parent is not None and (parent.role == Clause.Role.MEETING or phrases.find(parent.text)):
        clause, parent = parent, tree.parent(parent)
    return clause


def _styles(tree: Tree, meeting: Clause) -> Iterable[str]:
    return (c.style for c in tree.children(meeting) if c.style not in (LabelStyle.NONE, LabelStyle.FOOTNOTE))


def _clause(each: Candidate, op: uuid.UUID, spot: Spot, year: int) -> dict[str, Any]:
    """A section as "paste" takes it; its id and those of its items follow from the operation's.

    Raises OperationError where the words would give the meeting another time or name: a title that holds a
    date.
    """
    found = phrases.find(each.words, year)
    title = title_of(each.words, found)
    if found is None or found.when != said(each.meeting) or title != each.meeting.title.strip(EDGE):
        raise OperationError(
            _("Tên “%(title)s” có lẫn ngày giờ, không ghép được vào chương trình. Sửa tên hội nghị trước.")
            % {"title": each.meeting.title}
        )
    return {
        "id": str(uuid.uuid5(op, each.key)),
        "text": each.words,
        "style": spot.style,
        "role": Clause.Role.MEETING.value,
        "children": [_item(item, op, spot.item_style) for item in each.items],
    }


def _item(item: AgendaItem, op: uuid.UUID, style: str) -> dict[str, Any]:
    bodies = sorted(item.preparing.all(), key=lambda body: body.position)
    return {
        "id": str(uuid.uuid5(op, str(item.public_id))),
        "text": item.text,
        "style": style,
        "role": Clause.Role.PARAGRAPH.value,
        "bodies": [{"name": b.name, "agency": b.agency_id, "lead": b.lead} for b in bodies],
    }


def _give_keys(wanted: list[Candidate], clauses: list[dict[str, Any]]) -> None:
    """The rows know their clauses before these are written."""
    items = []
    for each, clause in zip(wanted, clauses, strict=True):
        each.meeting.section_key = uuid.UUID(clause["id"])
        if each.meeting.pk is None:
            each.meeting.save(force_insert=True)
        else:
            each.meeting.save(update_fields=["section_key"])
        for item, child in zip(each.items, clause["children"], strict=True):
            item.clause_key = uuid.UUID(child["id"])
            items.append(item)
    AgendaItem.objects.bulk_update(items, ["clause_key"])
