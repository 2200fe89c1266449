"""One meeting: its page, made of the panels of the room's nouns, its steps and its history."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef, Prefetch, prefetch_related_objects
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from agencies.asking import asker
from agencies.rules import standing
from documents import rules as documents_rules
from documents.tree import Tree
from meetings import audience, lifecycle, reading, rules
from meetings.clashes import clashes_of, ways_out
from meetings.holding import MeetingError
from meetings.lifecycle import Action
from meetings.milestones import calendar_for
from meetings.models import Attendee, ConnectingPoint, Meeting, Session
from meetings.views import agenda, documents, invitations, packs, plan, review
from meetings.views.planning import manageable, said

#: What each noun shows on the page: its context, taken together. Keys are told apart by their noun.
PANELS: tuple[Callable[[HttpRequest, Meeting], dict[str, Any]], ...] = (
    agenda.panel,
    documents.panel,
    invitations.panel,
    packs.panel,
    review.panel,
)

#: Steps that lead on, in the order of a meeting's life: the first that is possible is the main one.
#: Inviting has its own panel, where the paper is written.
ONWARD = ("confirm", "announce", "hold", "conclude")
#: Entries of the history shown beside the agenda, and those on one page of it.
RECENT, PER_PAGE = 5, 50

DONE: dict[str, str | Promise] = {
    "confirm": gettext_lazy("Đã chốt ngày họp."),
    "announce": gettext_lazy("Đã báo người dự và các cơ quan chuẩn bị."),
    "invite": gettext_lazy("Đã ghi nhận gửi giấy mời."),
    "hold": gettext_lazy("Đã ghi nhận hội nghị đã họp."),
    "conclude": gettext_lazy("Đã kết thúc hội nghị."),
    "reopen": gettext_lazy("Đã mở lại để sửa kết quả."),
    "postpone": gettext_lazy("Đã hoãn hội nghị."),
    "cancel": gettext_lazy("Đã hủy hội nghị."),
}


@dataclass
class People:
    """Who comes, by part, for the aside and the head."""

    members: list[Attendee] = field(default_factory=list)
    guests: list[Attendee] = field(default_factory=list)
    secretaries: list[Attendee] = field(default_factory=list)

    @property
    def count(self) -> int:
        return len(self.members) + len(self.guests) + len(self.secretaries)

    @classmethod
    def of(cls, meeting: Meeting) -> People:
        made = cls()
        parts = {"member": made.members, "guest": made.guests, "secretary": made.secretaries}
        for attendee in meeting.attendees.all():
            parts[attendee.part].append(attendee)
        return made


@require_GET
def detail(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """One meeting: its day and plan, agenda, people; for its office also what to do and what was done."""
    meeting = visible(request, public_id)
    whole = reading.reads_whole(request.user, meeting)
    load(request, meeting, whole=whole)
    office = standing(request.user).holds(meeting.issuing_body_id)
    context = page(request, meeting) | {"whole": whole, "in_office": office}
    known = plan.known_days(meeting.on or context["today"], context["today"])
    meeting.calendar = known[0]  # type: ignore[attr-defined]  # panels count on it
    for panel in PANELS:
        context |= panel(request, meeting)
    context |= plan.panel(request, meeting, context.get("documents_progress"), known)
    return render(request, "meetings/detail.html", context)


def visible(request: HttpRequest, public_id: uuid.UUID) -> Meeting:
    """The meeting among those that the person may see, else 404."""
    rows = Meeting.objects.visible_to(request.user).select_related(
        "issuing_body__agency", "section__document__programme", "chair", "room", "series"
    )
    rows = rows.annotate(
        has_sessions=Exists(Session.objects.filter(meeting=OuterRef("pk"))),
        has_points=Exists(ConnectingPoint.objects.filter(meeting=OuterRef("pk"))),
    )
    return get_object_or_404(rows, public_id=public_id)


def load(request: HttpRequest, meeting: Meeting, *, whole: bool) -> None:
    """Put on the meeting what its page shows: the items that the person reads with the documents ``filed``
    for them, who attends; sessions and points where there are some."""
    row: Any = meeting
    items = reading.items_for(request.user, meeting, whole=whole)
    people = Attendee.objects.select_related("person", "agency", "session", "item").order_by("position", "pk")
    wanted: list[Any] = [Prefetch("items", queryset=items), Prefetch("attendees", queryset=people)]
    sessions, points = Session.objects.all(), ConnectingPoint.objects.select_related("room", "agency")
    wanted.append(Prefetch("sessions", queryset=sessions if row.has_sessions else sessions.none()))
    wanted.append(Prefetch("points", queryset=points if row.has_points else points.none()))
    prefetch_related_objects([meeting], *wanted)


def page(request: HttpRequest, meeting: Meeting) -> dict[str, Any]:
    """What the head and the aside show."""
    bodies = [body for item in meeting.items.all() for body in item.preparing.all()]
    document = meeting.section.document if meeting.section else None
    actions = lifecycle.available_actions(meeting, request.user, timezone.localdate())
    mine = standing(request.user).agencies
    return {
        "meeting": meeting,
        "when": said(meeting),
        "points": list(meeting.points.all()),
        "preparing_count": len({body.agency_id or body.name for body in bodies}),
        "mine": mine,
        "people": People.of(meeting),
        "asked_whole": asked_whole(request, meeting),
        "told": rules.is_told(meeting),
        "programme": getattr(document, "programme", None),
        "section_label": section_label(meeting) if document else None,
        "may_manage": rules.may_manage(request.user, meeting),
        "may_move": meeting.is_open or meeting.state == Meeting.State.POSTPONED,
        "may_edit": meeting.state not in (Meeting.State.CONCLUDED, Meeting.State.CANCELLED),
        "today": timezone.localdate(),
        "editable": document is not None and documents_rules.may_edit(request.user, document),
        "main_action": main_action(actions),
        "other_actions": [action for action in actions if action is not main_action(actions)],
    }


def main_action(actions: list[Action]) -> Action | None:
    """The step that leads on from here."""
    named = {action.name: action for action in actions}
    return next((named[name] for name in ONWARD if name in named), None)


def asked_whole(request: HttpRequest, meeting: Meeting) -> bool:
    """Is the person of the office, chairing or attending the whole meeting, or preparing for it? Who is
    asked for one item or session alone does not read who else comes."""
    who = standing(request.user)
    if who.holds(meeting.issuing_body_id) or meeting.chair_id == who.person_id:
        return True
    return any(
        a.item_id is None
        and a.session_id is None
        and (a.person_id == who.person_id or a.agency_id in who.agencies)
        for a in meeting.attendees.all()
    )


def section_label(meeting: Meeting) -> str | None:
    """The printed label of the clause that announces the meeting ("IV"); None where it is a dash."""
    assert meeting.section is not None
    lines = Tree.load(meeting.section.document_id).lines()
    label = next((line.label for line in lines if line.clause.pk == meeting.section_id), None)
    name = (label or "").strip(".-+ ")
    return name or None


@require_GET
def clashes(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """What stands against the meeting on its day, with ways out, for its office; asked for by the page."""
    meeting, today = visible(request, public_id), timezone.localdate()
    if not standing(request.user).holds(meeting.issuing_body_id):
        raise PermissionDenied(_("Chỉ văn phòng và lãnh đạo của cơ quan tổ chức xem được lịch trùng."))
    found, ways = [], []
    if meeting.on is not None and meeting.is_open and meeting.on >= today:
        found = clashes_of(
            meeting,
            on=meeting.on,
            halves=meeting.halves,
            starts_at=meeting.starts_at,
            ends_at=meeting.ends_at,
            reader=asker(request),
        )
        if any(clash.serious for clash in found) and rules.may_manage(request.user, meeting):
            ways = ways_out(meeting, meeting.on, calendar_for(meeting.on), today=today, reader=asker(request))
    context = {"meeting": meeting, "clashes": found, "ways": ways}
    return render(request, "meetings/_clashes.html", context)


@require_http_methods(["GET", "POST"])
def act(request: HttpRequest, public_id: uuid.UUID, action: str) -> HttpResponse:
    """One step of a meeting's life. GET asks for the reason and says what follows; POST does it."""
    if action not in DONE:
        raise Http404
    meeting, person, now = manageable(request, public_id), asker(request), timezone.now()
    offered = {a.name: a for a in lifecycle.available_actions(meeting, person, timezone.localdate())}
    if action not in offered:
        messages.error(request, refusal(meeting))
        return redirect("meetings:detail", public_id=public_id)
    note = request.POST.get("note", "").replace("\0", "")[:2000]
    error = ""
    if request.method == "POST":
        try:
            lifecycle.act(meeting, action, actor=person, now=now, note=note)
        except MeetingError as reason:
            error = str(reason)
        else:
            messages.success(request, str(DONE[action]))
            return redirect("meetings:detail", public_id=public_id)
    return asking(request, meeting, offered[action], note=note, error=error)


def refusal(meeting: Meeting) -> str:
    """Why a step is not possible: how the meeting stands."""
    state = meeting.get_state_display()
    return _("Hội nghị đang ở trạng thái “%(state)s”, không làm việc này được.") % {"state": state}


def asking(request: HttpRequest, meeting: Meeting, action: Action, *, note: str, error: str) -> HttpResponse:
    """The page before a step that has consequences for others."""
    who = audience.of([meeting], timezone.localdate())[meeting.pk] if action.ask else []
    context = {
        "when": said(meeting),
        "meeting": meeting,
        "action": action,
        "note": note,
        "error": error,
        "told": who,
    }
    return render(request, "meetings/act.html", context, status=409 if error else 200)


@require_GET
def history(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Everything that was done with the meeting, for its office."""
    meeting = visible(request, public_id)
    if not standing(request.user).holds(meeting.issuing_body_id):
        raise PermissionDenied(_("Chỉ văn phòng và lãnh đạo của cơ quan tổ chức xem được lịch sử hội nghị."))
    if request.htmx and not request.htmx.boosted:  # type: ignore[attr-defined]
        return render(request, "components/history.html", {"entries": meeting.log.all()[:RECENT]})
    page = Paginator(meeting.log.all(), PER_PAGE).get_page(request.GET.get("trang"))
    return render(
        request, "meetings/history.html", {"meeting": meeting, "page": page, "entries": page.object_list}
    )
