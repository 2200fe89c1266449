"""Moving a meeting: a form, a preview of what moves and who is told, then the move."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from agencies.asking import asker
from agencies.models import Membership, Person
from meetings import lifecycle, moving
from meetings.clashes import Clash, clashes_of
from meetings.forms.meeting import initial_of, other_half
from meetings.forms.moving import MoveForm
from meetings.holding import MeetingError
from meetings.models import Meeting
from meetings.moving import Slot, Stale
from meetings.views.planning import asked_slot, manageable, said


@dataclass(frozen=True, slots=True)
class Hearer:
    """Somebody who will be told, with the place that the person answers for."""

    name: str
    place: str


@require_http_methods(["GET", "POST"])
def move(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Đổi ngày: GET with ?ngay=2026-12-24&buoi=morning fills the form; POST previews, then saves."""
    meeting = manageable(request, public_id)
    if not (meeting.is_open or meeting.state == Meeting.State.POSTPONED):
        messages.error(request, _("Hội nghị đã họp hoặc đã hủy, không đổi ngày được."))
        return redirect("meetings:detail", public_id=public_id)
    if request.method == "GET":
        return page(request, meeting, opened(request, meeting))
    if request.POST.get("when") == MoveForm.POSTPONED and meeting.state == Meeting.State.POSTPONED:
        messages.info(request, _("Hội nghị đã được hoãn."))
        return redirect("meetings:detail", public_id=public_id)
    form = MoveForm(request.POST, meeting=meeting)
    if not form.is_valid():
        return page(request, meeting, form, status=422)
    if request.POST.get("step") == "save" and request.POST.get("previewed") == form.previewed():
        return saved(request, meeting, form)
    return previewed(request, meeting, form)


def opened(request: HttpRequest, meeting: Meeting) -> MoveForm:
    """The form as the meeting stands, with the day and half-day that the address asks for."""
    initial = initial_of(Slot.of(meeting)) | {"seen": meeting.sequence} | asked_slot(request)
    if initial["when"] == MoveForm.UNKNOWN_DAY and initial["on"]:
        initial["when"] = MoveForm.TENTATIVE
    if other_half(initial["part_of_day"], initial["starts_at"]):
        initial |= {"starts_at": None, "ends_at": None}
    return MoveForm(initial=initial, meeting=meeting)


def previewed(request: HttpRequest, meeting: Meeting, form: MoveForm, *, error: str = "") -> HttpResponse:
    """The page with what the move would do."""
    now, person = timezone.now(), asker(request)
    slot = Slot(None, note=form.cleaned_data["reason"]) if form.postpones else form.slot()
    try:
        seen = moving.preview(meeting, slot, actor=person, now=now)
    except MeetingError as reason:
        form.add_error("on" if slot.on else None, str(reason))
        return page(request, meeting, form, status=422)
    same = not form.postpones and unchanged(meeting, slot)
    told = () if same else hearers(seen.told, timezone.localdate())
    context = {
        "move": seen,
        "told": told,
        "same": same,
        "button": button(form, told),
        "error": error,
        "clashes": clashes(request, meeting, slot),
    }
    return page(request, meeting, form, status=409 if error else 200, **context)


def clashes(request: HttpRequest, meeting: Meeting, slot: Slot) -> list[Clash]:
    """What would stand against the meeting in the slot."""
    if slot.on is None:
        return []
    timed = Meeting(part_of_day=slot.part_of_day, starts_at=slot.starts_at, ends_at=slot.ends_at)
    return clashes_of(
        meeting,
        on=slot.on,
        halves=timed.halves,
        starts_at=slot.starts_at,
        ends_at=slot.ends_at,
        room_id=slot.room_id,
        reader=asker(request),
    )


def unchanged(meeting: Meeting, slot: Slot) -> bool:
    """Is the meeting there already?"""
    now = Slot.of(meeting)
    return now == (slot if slot.on is None else replace(slot, note=now.note))


def button(form: MoveForm, told: Iterable[Hearer]) -> str:
    """What the saving button says: what is done, and how many hear of it."""
    verb = _("Hoãn hội nghị") if form.postpones else _("Lưu lịch mới")
    count = len(list(told))
    if not count:
        return verb
    words = ngettext("báo %(n)s người", "báo %(n)s người", count) % {"n": count}
    return f"{verb}, {words}"


def hearers(people: Iterable[Person], today: dt.date) -> tuple[Hearer, ...]:
    """The persons with the agency that they answer for, or their position."""
    rows = Membership.objects.on(today).filter(person__in=[p.pk for p in people])
    places: dict[int, list[str]] = {}
    for row in rows.select_related("agency", "issuing_body__agency").order_by("pk"):
        agency = row.agency or (row.issuing_body.agency if row.issuing_body else None)
        if agency is not None and str(agency) not in places.setdefault(row.person_id, []):
            places[row.person_id].append(str(agency))
    found = [Hearer(str(p), ", ".join(places.get(p.pk, [])) or p.position) for p in people]
    return tuple(sorted(found, key=lambda each: (each.place, each.name)))


def saved(request: HttpRequest, meeting: Meeting, form: MoveForm) -> HttpResponse:
    """Move, and back to the page; a lost race shows the preview against what is there now."""
    now, person = timezone.now(), asker(request)
    seen = form.cleaned_data["seen"]
    try:
        if form.postpones:
            if meeting.sequence != seen:
                raise Stale(_("Người khác vừa đổi hội nghị này. Hãy xem lại rồi đổi tiếp."))
            note = form.cleaned_data["reason"]
            lifecycle.set_state(meeting, Meeting.State.POSTPONED, actor=person, now=now, note=note)
        else:
            moving.move(meeting, form.slot(), actor=person, now=now, seen_sequence=seen)
    except Stale as error:
        return again(request, public_id=meeting.public_id, error=str(error))
    except MeetingError as error:
        return previewed(request, meeting, form, error=str(error))
    messages.success(request, _("Đã hoãn hội nghị.") if form.postpones else _("Đã đổi lịch họp."))
    return redirect("meetings:detail", public_id=meeting.public_id)


def again(request: HttpRequest, *, public_id: uuid.UUID, error: str) -> HttpResponse:
    """The typed slot against the meeting as somebody else left it; the next save starts from there."""
    meeting = manageable(request, public_id)
    data = request.POST.copy()
    data["seen"] = str(meeting.sequence)
    form = MoveForm(data, meeting=meeting)
    if not form.is_valid():
        return page(request, meeting, form, status=409, error=error)
    return previewed(request, meeting, form, error=error)


def page(
    request: HttpRequest, meeting: Meeting, form: MoveForm, *, status: int = 200, **context: Any
) -> HttpResponse:
    """The form with the preview beside it; htmx gets both."""
    partial = request.htmx and not request.htmx.boosted  # type: ignore[attr-defined]
    template = "meetings/form/_move.html" if partial else "meetings/form/move.html"
    told: tuple[Hearer, ...] = ()
    shown = {"meeting": meeting, "form": form, "told": told, "when": said(meeting), "move": None, **context}
    return render(request, template, shown, status=200 if partial else status)
