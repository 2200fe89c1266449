"""Making a meeting and changing its head; what the day brings is shown while one still plans."""

from __future__ import annotations

import datetime as dt
import hashlib
import uuid
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from agencies.asking import asker
from agencies.models import IssuingBody, Person
from meetings import rules
from meetings.facts import YEARS
from meetings.forms.meeting import bodies_of, weekdays
from meetings.forms.sheet import Sheet, shown, typed
from meetings.guests import matching, people_for
from meetings.holding import MeetingError
from meetings.models import Meeting, Room, Series
from meetings.models.times import PartOfDay
from meetings.moving import Slot, Stale
from meetings.moving import in_words as in_words_of
from meetings.planning import (
    LEADS,
    NAMES,
    Plan,
    PlanError,
    Warned,
    change_meeting,
    clashing,
    create_meeting,
    of_series,
    unplanned,
    warnings,
)
from meetings.views.plan import milestones_of

#: Suggestions in one answer.
MOST = 8


@require_http_methods(["GET", "POST"])
def create(request: HttpRequest) -> HttpResponse:
    """Lập hội nghị: the form, filled from a series and a day where the address names them."""
    person = asker(request)
    only_planners(person)
    today = timezone.localdate()
    if request.method == "GET":
        head, rows = start(request, person)
        return page(request, Sheet(person, today=today, initial=head, rows=rows))
    if wants_refill(request):
        return page(request, refilled(request, person, today, None))
    if made := made_before(request):
        return redirect("meetings:detail", public_id=made.public_id)
    sheet = Sheet(person, today=today, data=request.POST)
    if not sheet.check() or not accepted(request, sheet):
        return page(request, sheet, status=422)
    try:
        meeting = create_meeting(
            IssuingBody.objects.select_related("agency").get(pk=sheet.body_id or 0),
            sheet.slot,
            sheet.plan,
            actor=person,
            now=timezone.now(),
            weekly_on=sheet.weekly_on,
            key=sheet.head.cleaned_data["key"],
        )
    except PlanError as error:
        sheet.put(error.problems)
        return page(request, sheet, status=422)
    except MeetingError as error:
        sheet.head.add_error(None, str(error))
        return page(request, sheet, status=409)
    messages.success(request, _("Đã lập hội nghị. Các cơ quan chưa thấy cho đến khi báo."))
    return redirect("meetings:detail", public_id=meeting.public_id)


def made_before(request: HttpRequest) -> Meeting | None:
    """The meeting that this form made when it was sent the first time."""
    mine = Meeting.objects.filter(issuing_body__in=bodies_of(asker(request)))
    return mine.filter(public_id=as_uuid(request.POST.get("key", ""))).first()


def only_planners(person: Person) -> None:
    """Stop everybody who plans meetings for no body, with a sentence."""
    if not bodies_of(person).exists():
        raise PermissionDenied(
            _("Chỉ chuyên viên và Chánh Văn phòng của cơ quan ban hành lập được hội nghị.")
        )


def start(request: HttpRequest, person: Person) -> tuple[dict[str, Any], dict[str, Any]]:
    """What a new form shows: "?loat=…&ngay=2026-12-24&buoi=morning&phong=3&co_quan=1"; what makes no
    sense is left out."""
    asked = request.GET
    series = chosen_series(person, asked.get("loat", ""))
    slot, plan = of_series(series) if series else (Slot(None, tentative=True), Plan(""))
    head, rows = shown(slot, plan)
    head["series"] = series.pk if series else None
    if series:
        head["issuing_body"] = series.issuing_body_id
    elif asked.get("co_quan", "").isdecimal():
        head["issuing_body"] = asked["co_quan"]
    return head | asked_slot(request), rows


def asked_slot(request: HttpRequest) -> dict[str, Any]:
    """Day, half-day and room of the address, where they exist."""
    asked = request.GET
    found: dict[str, Any] = {}
    if day := day_of(asked.get("ngay", "")):
        found["on"] = day
    if asked.get("buoi") in PartOfDay.values:
        found["part_of_day"] = asked["buoi"]
    room = asked.get("phong", "")
    if room.isdecimal() and len(room) < 10 and Room.objects.filter(pk=room, active=True).exists():
        found["room"] = int(room)
    return found


def day_of(text: str) -> dt.date | None:
    """The day of "2026-12-24"; None for anything else."""
    try:
        day = parse_date(text[:10])
    except ValueError:
        return None
    return day if day and day.year in YEARS else None


def chosen_series(person: Person, asked: str) -> Series | None:
    """A series of one's own office by its public id or its key."""
    rows = Series.objects.visible_to(person).prefetch_related("attendees")
    if asked.isdecimal() and len(asked) < 10:
        return rows.filter(pk=asked).first()
    try:
        return rows.filter(public_id=uuid.UUID(asked)).first()
    except ValueError:
        return None


def said(meeting: Meeting) -> str:
    """When a meeting is, in words: "thứ Tư, 26/4/2023, buổi sáng, 08:00 đến 11:30"."""
    if meeting.weekly_on is not None:
        day = _("%(day)s hằng tuần") % {"day": dict(weekdays())[meeting.weekly_on]}
        part = str(meeting.get_part_of_day_display()).lower() if meeting.part_of_day else ""
        start = f"{meeting.starts_at:%H:%M}" if meeting.starts_at else ""
        words = ", ".join(filter(None, (day, part, start)))
    else:
        words = in_words_of(Slot.of(meeting))
    if meeting.starts_at and meeting.ends_at:
        words = _("%(start)s đến %(end)s") % {"start": words, "end": f"{meeting.ends_at:%H:%M}"}
    return words


def wants_refill(request: HttpRequest) -> bool:
    """Was a button pressed that fills in or adds rows, and saves nothing?"""
    return "fill" in request.POST or "more" in request.POST


def refilled(request: HttpRequest, person: Person, today: dt.date, meeting: Meeting | None) -> Sheet:
    """The form as it was typed, with more rows, or with the habits of the series where nothing was typed."""
    head, rows = typed(request.POST)
    if "fill" in request.POST and (series := chosen_series(person, head.get("series", ""))):
        habits, people = shown(*of_series(series))
        empty = [name for name, value in habits.items() if not head.get(name) and value not in (None, "")]
        head |= {name: habits[name] for name in empty if name not in ("when", "on", "seen")}
        rows["attendees"] = rows["attendees"] or people["attendees"]
    more = request.POST.get("more", "")
    return Sheet(person, today=today, meeting=meeting, initial=head, rows=rows, more=more)


def page(
    request: HttpRequest, sheet: Sheet, *, status: int = 200, differences: Any = (), stale: str = ""
) -> HttpResponse:
    """The form; htmx gets the form alone."""
    partial = request.htmx and not request.htmx.boosted  # type: ignore[attr-defined]
    template = "meetings/form/_form.html" if partial else "meetings/form/form.html"
    context = {
        "sheet": sheet,
        "form": sheet.head,
        "meeting": sheet.meeting,
        "when": said(sheet.meeting) if sheet.meeting else "",
        "told": bool(sheet.meeting and rules.is_told(sheet.meeting)),
        "differences": differences,
        "stale": stale,
        "failed": status != 200,
        "ticked": request.POST.get("accept", ""),
        **looked_ahead(sheet),
    }
    return render(request, template, context, status=200 if partial and status == 422 else status)


def looked_ahead(sheet: Sheet) -> dict[str, Any]:
    """What the typed day would bring: its backward plan, warnings, clashes, and what they are accepted by."""
    if sheet.body_id is None or not sheet.head.is_bound:
        return {"warned": [], "milestones": [], "accept": ""}
    meeting = sheet.meeting or Meeting(issuing_body_id=sheet.body_id)
    warned = warned_of(sheet)
    row = unplanned(meeting, sheet.slot, sheet.plan)
    return {
        "warned": warned,
        "milestones": milestones_of(row, sheet.today),
        "accept": digest(warned),
    }


def warned_of(sheet: Sheet) -> list[Warned]:
    """Everything that deserves a second look before the sheet is saved. For a meeting that exists only
    what the change brings: its day was looked at when it was given."""
    if sheet.meeting is None:
        meeting = Meeting(issuing_body_id=sheet.body_id or 0)
        found = warnings(meeting, sheet.slot, sheet.plan, today=sheet.today)
        return found + clashing(meeting, sheet.slot, sheet.plan, reader=sheet.person)
    known = {each.sentence for each in _of_kept(sheet, sheet.meeting, Plan.of(sheet.meeting))}
    return [each for each in _of_kept(sheet, sheet.meeting, sheet.plan) if each.sentence not in known]


def _of_kept(sheet: Sheet, meeting: Meeting, plan: Plan) -> list[Warned]:
    found = warnings(meeting, Slot(None), plan, today=sheet.today)
    if meeting.is_open and meeting.on and meeting.on >= sheet.today:
        found += clashing(meeting, Slot.of(meeting), plan, reader=sheet.person)
    return found


def digest(warned: list[Warned]) -> str:
    """What a tick says that was accepted: other warnings need another tick."""
    said = "|".join(sorted(each.sentence for each in warned if each.serious))
    return hashlib.sha256(said.encode()).hexdigest()[:16] if said else ""


def accepted(request: HttpRequest, sheet: Sheet) -> bool:
    """Were the warnings of this plan accepted, or are there none?"""
    return digest(warned_of(sheet)) in ("", request.POST.get("accept", "-"))


@require_POST
def ahead(request: HttpRequest) -> HttpResponse:
    """What the typed day, room and chair would bring, while one still plans. Changes nothing."""
    person = asker(request)
    meeting = None
    if asked := request.POST.get("meeting"):
        meeting = manageable(request, as_uuid(asked))
    only_planners(person)
    sheet = Sheet(person, today=timezone.localdate(), meeting=meeting, data=request.POST)
    sheet.check()
    context = {"meeting": meeting, "ticked": request.POST.get("accept", ""), **looked_ahead(sheet)}
    return render(request, "meetings/form/_ahead.html", context)


def as_uuid(text: str) -> uuid.UUID:
    """The key, or one that nothing has."""
    try:
        return uuid.UUID(text)
    except ValueError:
        return uuid.UUID(int=0)


def manageable(request: HttpRequest, public_id: uuid.UUID) -> Meeting:
    """The meeting for those who plan it: 404 for who may not see it, 403 with a sentence for who may."""
    rows = Meeting.objects.visible_to(request.user).select_related(
        "issuing_body__agency", "section__document__programme", "room", "chair", "series"
    )
    meeting = get_object_or_404(rows, public_id=public_id)
    if not rules.may_manage(request.user, meeting):
        raise PermissionDenied(
            _("Chỉ chuyên viên và Chánh Văn phòng của cơ quan tổ chức đổi được hội nghị này.")
        )
    return meeting


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Sửa thông tin hội nghị; who saves second sees what the first one wrote and keeps the own words."""
    meeting, person = manageable(request, public_id), asker(request)
    today = timezone.localdate()
    if meeting.state in (Meeting.State.CONCLUDED, Meeting.State.CANCELLED):
        messages.error(request, _("Hội nghị đã kết thúc hoặc đã hủy, không sửa được."))
        return redirect("meetings:detail", public_id=meeting.public_id)
    if request.method == "GET":
        head, rows = shown(Slot.of(meeting), Plan.of(meeting), meeting.weekly_on)
        return page(request, Sheet(person, today=today, meeting=meeting, initial=head, rows=rows))
    if wants_refill(request):
        return page(request, refilled(request, person, today, meeting))
    sheet = Sheet(person, today=today, meeting=meeting, data=request.POST)
    if not sheet.check() or not accepted(request, sheet):
        return page(request, sheet, status=422)
    seen = sheet.head.cleaned_data["seen"]
    try:
        change_meeting(meeting, sheet.plan, actor=person, now=timezone.now(), seen=seen)
    except Stale as error:
        return second(request, sheet, str(error))
    except PlanError as error:
        sheet.put(error.problems)
        return page(request, sheet, status=422)
    except MeetingError as error:
        sheet.head.add_error(None, str(error))
        return page(request, sheet, status=422)
    messages.success(request, _("Đã lưu thông tin hội nghị."))
    return redirect("meetings:detail", public_id=meeting.public_id)


def second(request: HttpRequest, sheet: Sheet, sentence: str) -> HttpResponse:
    """Somebody else saved first: the typed words stay, what is kept stands beside them, and the next
    save starts from there."""
    assert sheet.meeting is not None
    kept = Plan.of(Meeting.objects.get(pk=sheet.meeting.pk))
    data = request.POST.copy()
    data["seen"] = kept.seen
    again = Sheet(sheet.person, today=sheet.today, meeting=sheet.meeting, data=data)
    again.check()
    return page(request, again, status=409, differences=in_words(kept, sheet.plan), stale=sentence)


def in_words(kept: Plan, wanted: Plan) -> list[tuple[str, str]]:
    """What is kept now where it differs from what was typed: name and value in words."""
    head, rows = shown(Slot(None), kept)
    said = {
        "title": kept.title,
        "series_id": str(Series.objects.filter(pk=kept.series_id or 0).first() or "–"),
        "chair_id": str(Person.objects.filter(pk=kept.chair_id or 0).first() or "–"),
        "chair_text": kept.chair_text or "–",
        "sessions": "; ".join(row["title"] for row in rows["sessions"]) or "–",
        "points": "; ".join(row["name"] for row in rows["points"]) or "–",
        "attendees": "; ".join(row["who"] for row in rows["attendees"]) or "–",
    }
    for name in LEADS:
        said[name] = "–" if head[name] is None else _("%(n)s ngày làm việc") % {"n": head[name]}
    differ = [name for name in NAMES if getattr(kept, name) != getattr(wanted, name)]
    return [(str(NAMES[name]), said[name]) for name in differ]


@require_GET
def people(request: HttpRequest) -> JsonResponse:
    """Persons whom the office may ask, by a part of the name or position, with or without marks."""
    person = asker(request)
    only_planners(person)
    words = request.GET.get("q", "").replace("\0", "")[:80]
    found = matching(people_for(person, timezone.localdate()), words, MOST) if words.strip() else []
    return JsonResponse({"people": [{"id": p.pk, "name": str(p), "full": p.position} for p in found]})
