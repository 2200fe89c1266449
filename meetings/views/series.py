"""Series of meetings (loạt hội nghị): list, making one, changing it, switching it off."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from agencies import daysoff
from agencies.asking import asker
from agencies.models import IssuingBody
from agencies.rules import standing
from documents.models.document import DRAFTERS
from meetings import recurrence, rules
from meetings import series as services
from meetings.forms.series import SeriesForm, initial_of
from meetings.milestones import calendar_for, plan
from meetings.models import Series
from meetings.proposing import avoided
from meetings.series import SeriesError, rhythm, stamp

#: How many of the next meetings a form shows.
SHOWN = 3


def office_bodies(request: HttpRequest, *roles: str) -> QuerySet[IssuingBody]:
    """The issuing bodies where the person holds one of the roles (any of the office by default)."""
    ids = standing(request.user).office_of(*roles)
    return IssuingBody.objects.filter(pk__in=ids).select_related("agency")


def chosen_body(request: HttpRequest) -> IssuingBody:
    """The body that the address names among those the person drafts for; the first of them for none.

    404 for a body one knows nothing of, 403 for one where one does not draft.
    """
    drafted = office_bodies(request, *DRAFTERS)
    asked = request.GET.get("co-quan", "")
    if asked:
        if not asked.isdecimal() or len(asked) > 9:
            raise Http404
        body = drafted.filter(pk=asked).first()
        if body is None:
            get_object_or_404(office_bodies(request), pk=asked)
    else:
        body = drafted.first()
    if body is None:
        raise PermissionDenied(_("Chỉ chuyên viên và Chánh Văn phòng lập và sửa được loạt hội nghị."))
    return body


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """The series of one's office, by body, with their next day."""
    bodies = list(office_bodies(request))
    if not bodies:
        raise PermissionDenied(_("Loạt hội nghị là việc nội bộ của văn phòng."))
    today = timezone.localdate()
    rows = Series.objects.visible_to(request.user).select_related("chair", "room", "issuing_body")
    rows = rows.annotate(attendee_count=Count("attendees")).order_by("-active", "title", "pk")
    calendar = calendar_for(today, today + recurrence.TWO_YEARS)
    groups: dict[int, list[dict[str, Any]]] = {body.pk: [] for body in bodies}
    for series in rows:
        days = recurrence.following(series, today, 1, calendar) if series.active else []
        line = {"series": series, "rhythm": rhythm(series), "next": days[0][1] if days else None}
        groups[series.issuing_body_id].append(line)
    drafts = standing(request.user).office_of(*DRAFTERS)
    context = {
        "groups": [(body, groups[body.pk], body.pk in drafts) for body in bodies],
        "next_month": next_month(today),
        "drafts": bool(drafts),
    }
    return render(request, "meetings/series/list.html", context)


def next_month(day: dt.date) -> dt.date:
    return (day.replace(day=1) + dt.timedelta(days=31)).replace(day=1)


@require_http_methods(["GET", "POST"])
def create(request: HttpRequest) -> HttpResponse:
    """Lập loạt hội nghị: the form of one body; "Xem các kỳ tới" computes without saving."""
    body = chosen_body(request)
    today = timezone.localdate()
    first = {"frequency": Series.Frequency.WEEKLY, "day_off_policy": Series.DayOffPolicy.LATER}
    form = SeriesForm(request.POST or None, body=body, today=today, initial=first)
    if request.method == "POST" and "xem" not in request.POST and form.is_valid():
        try:
            made = services.create(
                body,
                form.values(),
                people=form.cleaned_data["people"],
                agencies=form.cleaned_data["agencies"],
                actor=asker(request),
                now=timezone.now(),
            )
        except SeriesError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Đã lập loạt “%(title)s”.") % {"title": made.title})
            return redirect("meetings:series")
    return answer(request, form, body, None)


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Sửa loạt hội nghị; meetings that were made of it stay as they are."""
    series = managed(request, public_id)
    body, today = series.issuing_body, timezone.localdate()
    initial = {**initial_of(series), "seen": stamp(series)}
    form = SeriesForm(request.POST or None, body=body, today=today, series=series, initial=initial)
    if request.method == "POST" and "xem" not in request.POST and form.is_valid():
        try:
            services.edit(
                series,
                form.values(),
                people=form.cleaned_data["people"],
                agencies=form.cleaned_data["agencies"],
                seen=form.cleaned_data["seen"],
                actor=asker(request),
                now=timezone.now(),
            )
        except SeriesError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Đã lưu loạt “%(title)s”.") % {"title": form.cleaned_data["title"]})
            return redirect("meetings:series")
    return answer(request, form, body, series)


def managed(request: HttpRequest, public_id: uuid.UUID) -> Series:
    """The series among those of one's office; 403 with a sentence where one does not draft."""
    rows = Series.objects.visible_to(request.user).select_related("issuing_body__agency", "chair", "room")
    series = get_object_or_404(rows, public_id=public_id)
    if not rules.may_manage_for(request.user, series.issuing_body_id):
        raise PermissionDenied(_("Chỉ chuyên viên và Chánh Văn phòng lập và sửa được loạt hội nghị."))
    return series


def answer(request: HttpRequest, form: SeriesForm, body: IssuingBody, series: Series | None) -> HttpResponse:
    """The page of the form, or for htmx the next days alone."""
    asked = request.method == "POST"
    context: dict[str, Any] = {"form": form, "body": body, "series": series}
    if asked:
        context |= effect_of_form(form)
    elif series is not None:
        context |= effect(series, timezone.localdate())
    if request.htmx and not request.htmx.boosted and "xem" in request.POST:  # type: ignore[attr-defined]
        return render(request, "meetings/series/_effect.html", context)
    if series is not None:
        context["meetings"] = series.meetings.count()
    return render(request, "meetings/series/form.html", context, status=422 if asked and form.errors else 200)


def effect_of_form(form: SeriesForm) -> dict[str, Any]:
    """What the typed series would do; whatever else is missing does not matter."""
    form.is_valid()
    if not form.fixes_days():
        return {"sentence": "; ".join(str(e) for e in form.errors.get("frequency", []))}
    return effect(form.series(), form.today)


def effect(series: Series, today: dt.date) -> dict[str, Any]:
    """The next days with what they avoid, and the days that hang on the first of them."""
    if series.frequency == Series.Frequency.BY_RULE:
        return {"sentence": _("Loạt này không có lịch cố định: lập từng hội nghị khi có lịch.")}
    start = max(today, series.since) if series.since else today
    calendar = calendar_for(today, start + recurrence.TWO_YEARS)
    if sentence := recurrence.problem(series, calendar, today):
        return {"sentence": sentence}
    days = recurrence.following(series, start, SHOWN, calendar)
    names = daysoff.names(start - recurrence.AROUND, start + recurrence.TWO_YEARS)
    return {
        "days": [{"on": on, "avoided": avoided(slot, on, names)} for slot, on in days],
        "plan": plan(series, days[0][1], calendar) if days else [],
    }


@require_POST
def act(request: HttpRequest, public_id: uuid.UUID, action: str) -> HttpResponse:
    """Ngừng dùng, dùng lại, xóa."""
    series = managed(request, public_id)
    actor, now = asker(request), timezone.now()
    words = {"title": series.title}
    match action:
        case "ngung":
            if services.set_active(series, False, actor=actor, now=now):
                messages.success(request, _("Đã ngừng loạt “%(title)s”. Hội nghị đã lập vẫn giữ.") % words)
        case "dung-lai":
            if services.set_active(series, True, actor=actor, now=now):
                messages.success(request, _("Đã dùng lại loạt “%(title)s”.") % words)
        case "xoa":
            try:
                services.remove(series, actor=actor, now=now)
            except SeriesError as error:
                messages.error(request, str(error))
            else:
                messages.success(request, _("Đã xóa loạt “%(title)s”.") % words)
        case _:
            raise Http404
    return redirect("meetings:series")
