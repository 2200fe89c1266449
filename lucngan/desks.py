"""Bàn làm việc: what a person has to do today, put together from the rooms by role."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from agencies.models import Agency, DayOff, IssuingBody, Membership, Person
from agencies.rules import Standing, standing
from documents import reviewing
from documents.issuing.rules import REGISTRARS
from documents.models import ClauseRemark, Decision, Delivery, Document, DocumentLog, Intake, ReviewTurn
from documents.signing import rules as signing
from lucngan import outbox
from meetings import readiness
from meetings.models import AgendaItem, Meeting, on_agenda
from meetings.readiness import Progress, Readiness
from meetings.reviewed import Awaiting, awaiting
from programmes.lists import with_progress
from programmes.models import Programme
from programmes.periods import Period
from programmes.services import identity

#: How far the desk looks ahead for meetings, in days.
AHEAD = 45

#: Meetings that are still to come.
OPEN = (Meeting.State.PLANNED, Meeting.State.INVITED)


@dataclass(frozen=True)
class Stage:
    """One line of the pipeline: a body's programme of a period, or that there is none yet."""

    body: IssuingBody
    period: Period
    programme: Any
    may_draft: bool

    @property
    def missing(self) -> int:
        """Agenda items without a preparing body."""
        return self.programme.item_count - self.programme.ready_count if self.programme else 0


@dataclass(frozen=True)
class MeetingDocuments:
    """A meeting of one's own office, and how its documents stand."""

    meeting: Meeting
    progress: Progress

    @property
    def late_bodies(self) -> list[tuple[str, list[Readiness]]]:
        """Who is late, with the items that are awaited."""
        found: dict[str, list[Readiness]] = {}
        for each in self.progress.late:
            found.setdefault(each.bodies, []).append(each)
        return list(found.items())

    @property
    def pending(self) -> int:
        """Documents that wait for the office."""
        return sum(each.pending for each in self.progress.items)


@dataclass
class Desk:
    """What the page shows; an empty part is not shown."""

    today: dt.date
    drafts: list[Any] = field(default_factory=list)
    stages: list[Stage] = field(default_factory=list)
    intakes: list[Intake] = field(default_factory=list)
    meetings: list[Meeting] = field(default_factory=list)
    items: list[Readiness] = field(default_factory=list)
    documents: list[MeetingDocuments] = field(default_factory=list)
    issued: list[Any] = field(default_factory=list)
    recent: list[DocumentLog] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)
    without_role: list[Person] = field(default_factory=list)
    latest: list[Person] = field(default_factory=list)
    to_review: list[Awaiting] = field(default_factory=list)
    turns: list[ReviewTurn] = field(default_factory=list)
    back: list[Document] = field(default_factory=list)
    approved: list[Document] = field(default_factory=list)
    received: list[Delivery] = field(default_factory=list)
    unread: int = 0

    @property
    def other_drafts(self) -> list[Any]:
        """Drafts that the pipeline does not show."""
        shown = {stage.programme.pk for stage in self.stages if stage.programme is not None}
        return [programme for programme in self.drafts if programme.pk not in shown]

    @property
    def next_draft(self) -> Any:
        """The draft to go on with: the one written in last."""
        return self.drafts[0] if self.drafts else None

    @property
    def absent(self) -> list[Stage]:
        """Periods without a programme that the person could make."""
        return [stage for stage in self.stages if stage.programme is None and stage.may_draft]

    @property
    def next_meeting(self) -> Meeting | None:
        return self.meetings[0] if self.meetings else None


@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    """The first page after signing in, made of the parts of all roles that the person holds."""
    assert isinstance(request.user, Person)
    who = standing(request.user)
    made = desk_of(request.user, who, timezone.now())
    roles = {role for role in who.bodies if who.bodies[role]}
    context = {
        "desk": made,
        "drafts_for": who.office_of("drafter", "chief"),
        "signs_for": who.office_of(*signing.SIGNERS, *signing.KEEPERS),
        "is_officer": bool(who.agencies),
        "is_registrar": "registrar" in roles,
        "is_administrator": who.is_administrator,
        "in_office": bool(roles),
        "mail_is_kept": outbox.is_kept(),
    }
    return render(request, "desk/desk.html", context)


def desk_of(person: Person, who: Standing, now: dt.datetime) -> Desk:
    """Everything for the desk of a person, with a fixed number of queries."""
    today = timezone.localdate(now)
    made = Desk(today)
    if who.office_of():
        office_parts(made, person, who)
    if who.agencies:
        made.items = own_items(person, who, now)
        received = Delivery.objects.received_by(person)
        made.unread = received.unread().count()
        made.received = list(
            received.select_related("document__issuing_body__agency").order_by("-sent_at", "-pk")[:6]
        )
    if who.office_of() or who.agencies:
        made.meetings = coming(person, today)
    if drafting := who.office_of("drafter", "chief"):
        made.documents = awaited([m for m in made.meetings if m.issuing_body_id in drafting], now)
    made.to_review = awaiting(person, today)[:5]
    if who.agencies and not who.office_of():
        issued = Programme.objects.visible_to(person).with_body().filter(state__in=Document.IN_FORCE)
        made.issued = list(issued[:6])
    made.turns = reviewing.waiting_for(person, today)[:8]
    if who.is_administrator:
        made.counts = {
            "people": Person.objects.filter(is_active=True).count(),
            "agencies": Agency.objects.valid_on(today).count(),
            "bodies": IssuingBody.objects.filter(active=True).count(),
            "days_off": DayOff.objects.filter(day__year=today.year).count(),
        }
        active = Person.objects.filter(is_active=True)
        held = Membership.objects.on(today).values("person")
        made.without_role = list(active.exclude(pk__in=held)[:8])
        made.latest = list(active.exclude(last_login=None).order_by("-last_login")[:8])
    return made


def office_parts(made: Desk, person: Person, who: Standing) -> None:
    """Drafts, pipeline, files, register and recent history of one's own bodies."""
    bodies = who.office_of()
    drafting = who.office_of("drafter", "chief")
    mine = with_progress(Programme.objects.filter(issuing_body__in=bodies).with_body())
    pipeline(made, mine, drafting, bodies)
    if numbering := who.office_of(*REGISTRARS):
        rows = Document.objects.filter(state=Document.State.APPROVED, issuing_body__in=numbering)
        made.approved = list(rows.select_related("issuing_body__agency").order_by("updated_at", "pk")[:8])
    if made.approved or not drafting or who.office_of("registrar"):
        made.issued = list(mine.filter(state__in=Document.IN_FORCE)[:6])
    if drafting:
        open_states = (Intake.State.READ, Intake.State.FAILED, Intake.State.WAITING, Intake.State.READING)
        files = Intake.objects.visible_to(person).filter(state__in=open_states).defer("result")
        made.intakes = list(files.select_related("issuing_body__agency")[:6])
        made.back = list(came_back(drafting)[:6])
    made.recent = list(DocumentLog.objects.filter(document__issuing_body__in=bodies)[:6])


def came_back(bodies: frozenset[int]) -> QuerySet[Document]:
    """Papers of the bodies that were returned, or of which somebody said something that waits."""
    turns = ReviewTurn.objects.filter(document=OuterRef("pk"), state=ReviewTurn.State.RETURNED)
    waits = Count("clause_remarks", filter=Q(clause_remarks__state=ClauseRemark.State.OPEN))
    why = Decision.objects.filter(turn__document=OuterRef("pk"), choice=Decision.Choice.RETURN)
    rows = Document.objects.filter(
        issuing_body__in=bodies, state__in=(Document.State.DRAFT, Document.State.REVIEW)
    ).annotate(
        remarks_open=waits,
        was_returned=Exists(turns),
        return_note=Subquery(why.order_by("-at", "-pk").values("note")[:1]),
    )
    here = Q(remarks_open__gt=0) | Q(state=Document.State.DRAFT, was_returned=True)
    return rows.filter(here).select_related("issuing_body__agency").order_by("-updated_at", "-pk")


def pipeline(made: Desk, mine: Any, drafting: frozenset[int], bodies: frozenset[int]) -> None:
    """This month and the next of every active body, and the drafts, the one written in last first."""
    periods = [Period.month_of(made.today), Period.month_of(made.today).next]
    rows = list(IssuingBody.objects.filter(pk__in=bodies, active=True).select_related("agency"))
    wanted = {identity(body, period): (body, period) for period in periods for body in rows}
    open_drafts = Q(state=Document.State.DRAFT, issuing_body__in=drafting)
    found = list(mine.filter(Q(identity__in=wanted) | open_drafts).order_by("-updated_at", "-pk"))
    by_identity = {programme.identity: programme for programme in found}
    made.stages = [
        Stage(body, period, by_identity.get(key), body.pk in drafting)
        for key, (body, period) in wanted.items()
    ]
    made.drafts = [p for p in found if p.is_draft and p.issuing_body_id in drafting][:8]


def coming(person: Person, today: dt.date) -> list[Meeting]:
    """The next dated meetings."""
    rows = Meeting.objects.visible_to(person).filter(
        on__range=(today, today + dt.timedelta(days=AHEAD)), state__in=OPEN
    )
    return list(
        rows.select_related("issuing_body__agency")
        .prefetch_related(on_agenda())
        .order_by("on", "starts_at", "pk")[:7]
    )


def awaited(meetings: list[Meeting], now: dt.datetime) -> list[MeetingDocuments]:
    """How the documents of these meetings stand, where any are needed."""
    items = [item for meeting in meetings for item in meeting.items.all()]
    stands = readiness.progress([meeting.pk for meeting in meetings], items, now=now)
    return [MeetingDocuments(m, stands[m.pk]) for m in meetings if stands[m.pk].needed]


def own_items(person: Person, who: Standing, now: dt.datetime) -> list[Readiness]:
    """What one's agencies prepare for meetings to come or without a day, in papers one may see: what is
    late first, then by the day on which documents are due; what is there already last."""
    today = timezone.localdate(now)
    seen = Meeting.objects.visible_to(person).exclude(on__lt=today).filter(state__in=OPEN)
    rows = AgendaItem.objects.accepted().filter(
        meeting__in=seen.order_by().values("pk"), preparing__agency__in=who.agencies
    )
    items = list(
        rows.select_related("meeting__issuing_body__agency")
        .prefetch_related("preparing")
        .order_by("meeting__on", "meeting", "position")
        .distinct()[:30]
    )
    return sorted(readiness.of(items, now=now).values(), key=urgency)


def urgency(each: Readiness) -> tuple[bool, bool, dt.date]:
    """Late, then by the day, then what waits for nobody here."""
    done = each.state in ("received", "submitted", "not_needed")
    return done, each.state != "late", each.due_on or dt.date.max
