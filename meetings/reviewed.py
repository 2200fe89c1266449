"""What has been said of an agenda: the leader's page, the office's view of it, meetings that await an
opinion. ``meetings.reviewing`` is the writing side."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import (
    Count,
    Exists,
    F,
    IntegerField,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Subquery,
    prefetch_related_objects,
)
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.crypto import salted_hmac

from agencies.models import Membership, Person
from agencies.rules import standing
from lucngan.lib.workdays import WorkCalendar
from meetings import milestones, readiness
from meetings.models import AgendaItem, ChangeRequest, ItemDocument, ItemFile, Meeting, Opinion, Remark
from meetings.models.meeting import told_q
from meetings.readiness import Readiness
from paper.notes import spread

#: Meetings still to come.
OPEN = (Meeting.State.PLANNED, Meeting.State.INVITED)
#: Opinions are wanted by the end of the working day.
CLOSE = dt.time(17)
#: How a file is read: the browser shows these itself, everything else is downloaded.
SHOWN = {"application/pdf": "pdf", "image/png": "image", "image/jpeg": "image", "image/webp": "image"}


def offline_key(person: Person) -> str:
    """Names what a browser keeps for this person, and tells nobody who it is."""
    return salted_hmac("meetings.reviewing.offline", str(person.pk)).hexdigest()[:20]


def opinions_due(meeting: Meeting, today: dt.date, calendar: WorkCalendar) -> dt.datetime | None:
    """Until when opinions are wanted: the close of the day on which invitations go out, for then the
    agenda must stand; once that day is past (or where there is none), of the last working day before
    the meeting. None for a meeting without a day."""
    if meeting.on is None:
        return None
    on = milestones.due_on(meeting, meeting.on, "invitations", calendar)
    if on is None or on < today:
        on = calendar.before(meeting.on, 0)
    return dt.datetime.combine(on, CLOSE, timezone.get_current_timezone())


def may_review_q(person: Person) -> Q:
    """The list form of ``rules.may_review``."""
    who = standing(person)
    return Q(issuing_body__in=who.office_of("leader")) | told_q() & Q(chair=who.person_id)


@dataclass(frozen=True, slots=True)
class Awaiting:
    """A meeting with agenda items that a leader has not spoken of yet."""

    meeting: Meeting
    total: int
    left: int
    due: dt.datetime | None

    @property
    def done(self) -> int:
        return self.total - self.left


def reviewable(person: Person, today: dt.date) -> list[Awaiting]:
    """Open meetings to come that the person reviews, next first: two queries."""
    items = AgendaItem.objects.filter(meeting=OuterRef("pk")).accepted().order_by().values("meeting")
    rows = Meeting.objects.filter(may_review_q(person), state__in=OPEN).exclude(on__lt=today)
    found: list[Any] = list(
        rows.select_related("issuing_body__agency")
        .annotate(total=_count(items), left=_count(items.exclude(spoken_q(person))))
        .filter(total__gt=0)
        .order_by(F("on").asc(nulls_last=True), "starts_at", "pk")[:50]
    )
    calendar = milestones.calendar_for(*(meeting.on for meeting in found))
    return [
        Awaiting(meeting, meeting.total, meeting.left, opinions_due(meeting, today, calendar))
        for meeting in found
    ]


def awaiting(person: Person, today: dt.date) -> list[Awaiting]:
    """Those of them with something left to say."""
    return [each for each in reviewable(person, today) if each.left]


def _count(items: QuerySet[AgendaItem, Any]) -> Any:
    counted = items.annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


def spoken_q(person: Person) -> Q:
    """Items of which the person has said what becomes of them: agreed, to be revised, or to wait."""
    opinion = Opinion.objects.filter(item=OuterRef("pk"), person=person)
    defer = ChangeRequest.objects.filter(
        item=OuterRef("pk"),
        person=person,
        kind=ChangeRequest.Kind.DEFER,
        state=ChangeRequest.State.OPEN,
    )
    return Q(Exists(opinion)) | Q(Exists(defer))


def reviewers(meeting: Meeting, today: dt.date) -> list[Person]:
    """Who is asked for an opinion: the leaders of the body today, and the chair."""
    leads = Membership.objects.on(today).filter(role="leader", issuing_body=meeting.issuing_body_id)
    who = Q(pk__in=leads.order_by().values("person"))
    if meeting.chair_id:
        who |= Q(pk=meeting.chair_id)
    return list(Person.objects.filter(who, is_active=True).order_by("pk"))


def readable(person: Person) -> Q:
    """Remarks that a reviewer or the office reads: shared ones, and one's own."""
    return Q(private=False) | Q(person=person)


# The leader's page


@dataclass(frozen=True, slots=True)
class Doc:
    """A document of an item with the version that counts."""

    document: ItemDocument
    file: ItemFile

    @property
    def way(self) -> str:
        """ "pdf", "image", or "file" for what is downloaded."""
        return SHOWN.get(self.file.content_type, "file")


@dataclass(slots=True)
class Row:
    """One agenda item on the page of one leader."""

    item: AgendaItem
    lead: list[str]
    coordinate: list[str]
    docs: list[Doc]
    remarks: list[Remark]
    opinion: Opinion | None
    requests: list[ChangeRequest]
    mine: dict[str, ChangeRequest] = field(default_factory=dict)
    readiness: Readiness | None = None

    @property
    def said(self) -> str:
        """What becomes of the item by this leader's word: agree, revise, defer, or "" so far."""
        if self.opinion is not None:
            return self.opinion.choice
        return "defer" if ChangeRequest.Kind.DEFER in self.mine else ""


def page_items(meeting: Meeting, person: Person) -> QuerySet[AgendaItem]:
    """The agenda with everything that the page shows of it, in one query for each kind of row."""
    versions = ItemFile.objects.exclude(state=ItemFile.State.RETURNED)
    if not standing(person).holds(meeting.issuing_body_id):
        versions = versions.filter(state=ItemFile.State.ACCEPTED)
    # "accepted" before "submitted": what waits for the office is read only where nothing else is there
    versions = versions.order_by("document", "state", "-version")
    documents = ItemDocument.objects.filter(removed_at=None).order_by("position", "pk")
    remarks = Remark.objects.filter(readable(person)).select_related("person")
    asked = ChangeRequest.objects.exclude(state=ChangeRequest.State.WITHDRAWN).select_related("person")
    return (
        meeting.items.accepted()
        .select_related("session")
        .order_by("position", "pk")
        .prefetch_related(
            "preparing",
            Prefetch("documents", documents, to_attr="shown_documents"),
            Prefetch("shown_documents__versions", versions, to_attr="shown_versions"),
            Prefetch("remarks", remarks, to_attr="shown_remarks"),
            Prefetch("opinions", Opinion.objects.filter(person=person), to_attr="own_opinions"),
            Prefetch("changes", asked, to_attr="shown_changes"),
        )
    )


def rows_of(items: Sequence[Any], person: Person, *, now: dt.datetime, calendar: WorkCalendar) -> list[Row]:
    """The rows of the page of items loaded by :func:`page_items`: one query more."""
    stands = readiness.of(items, now=now, calendar=calendar)
    rows = [_row(item, person) for item in items]
    for row in rows:
        row.readiness = stands[row.item.pk]
    return rows


def _row(item: Any, person: Person) -> Row:
    bodies = list(item.preparing.all())
    own = [each for each in item.shown_changes if each.person_id == person.pk]
    return Row(
        item=item,
        lead=[body.name for body in bodies if body.lead],
        coordinate=[body.name for body in bodies if not body.lead],
        docs=[Doc(each, each.shown_versions[0]) for each in item.shown_documents if each.shown_versions],
        remarks=item.shown_remarks,
        opinion=next(iter(item.own_opinions), None),
        requests=item.shown_changes,
        mine={each.kind: each for each in own if each.state == ChangeRequest.State.OPEN},
    )


# The office's view


@dataclass(slots=True)
class Heard:
    """What the office hears of one agenda item; private notes are no part of it."""

    item: AgendaItem
    agreed: list[str]
    revise: list[str]
    remarks: list[Remark]


@dataclass(frozen=True, slots=True)
class View:
    """What the office sees of the leaders' review of a meeting."""

    asked: list[ChangeRequest]
    decided: list[ChangeRequest]
    items: list[Heard]
    people: int

    @property
    def spoken(self) -> bool:
        """Has anybody said anything of any item?"""
        return any(each.agreed or each.revise or each.remarks for each in self.items)

    @property
    def agreed(self) -> list[tuple[list[str], str]]:
        """Items of which nothing but agreement was heard, by who agreed: (names, "1-6, 9")."""
        groups: dict[tuple[str, ...], list[int]] = {}
        for each in self.items:
            if each.agreed and not each.revise and not each.remarks:
                groups.setdefault(tuple(each.agreed), []).append(each.item.position)
        return [(list(names), spread(numbers)) for names, numbers in groups.items()]

    @property
    def more(self) -> list[Heard]:
        """Items of which more was said, each for itself."""
        return [each for each in self.items if each.revise or each.remarks]


def view_of(meeting: Meeting, today: dt.date) -> View:
    """Open requests oldest first, decided ones newest first, and what was said of each item."""
    shared = Remark.objects.filter(private=False).select_related("person")
    items = [item for item in meeting.items.all() if item.state == AgendaItem.State.ACCEPTED]
    items.sort(key=lambda item: (item.position, item.pk))
    prefetch_related_objects(
        items,
        Prefetch("opinions", Opinion.objects.select_related("person")),
        Prefetch("remarks", shared, to_attr="shared_remarks"),
    )
    requests = list(
        ChangeRequest.objects.filter(item__meeting=meeting)
        .exclude(state=ChangeRequest.State.WITHDRAWN)
        .select_related("item", "person", "decided_by")
        .order_by("at", "pk")
    )
    heard = [_heard(item) for item in items]
    shown = {each.item.pk for each in heard}
    return View(
        asked=[r for r in requests if r.state == ChangeRequest.State.OPEN and r.item_id in shown],
        decided=[r for r in reversed(requests) if r.state != ChangeRequest.State.OPEN],
        items=heard,
        people=len(reviewers(meeting, today)),
    )


def _heard(item: Any) -> Heard:
    said = list(item.opinions.all())
    return Heard(
        item=item,
        agreed=[str(each.person) for each in said if each.choice == Opinion.Choice.AGREE],
        revise=[str(each.person) for each in said if each.choice == Opinion.Choice.REVISE],
        remarks=item.shared_remarks,
    )
