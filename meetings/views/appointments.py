"""Leaders' other appointments (lịch riêng): list, adding, changing, removing."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from django.contrib import messages
from django.core import signing
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from agencies.asking import asker
from agencies.models import IssuingBody
from agencies.rules import standing
from meetings import appointments
from meetings.appointments import KEEPERS, AppointmentError, Values
from meetings.forms.appointments import AppointmentForm, initial_of
from meetings.models import Appointment
from meetings.views.series import chosen_body, office_bodies

#: Appointments on one page of the list.
PER_PAGE = 30


def refusal() -> str:
    return _("Chỉ chuyên viên và Chánh Văn phòng ghi được lịch riêng của lãnh đạo.")


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """Coming appointments, the nearest first; those that went by with "?da-qua=1"."""
    today = timezone.localdate()
    past = request.GET.get("da-qua") == "1"
    seen = Appointment.objects.filter(
        pk__in=Appointment.objects.visible_to(request.user).order_by().values("pk")
    )
    who = standing(request.user)
    if not who.office_of() and not seen.exists():
        raise PermissionDenied(_("Lịch riêng của lãnh đạo là việc nội bộ của văn phòng."))
    rows = seen.filter(on__lt=today).order_by("-on", "-pk") if past else seen.filter(on__gte=today)
    full = rows.select_related("issuing_body__agency", "room").prefetch_related("people")
    page = Paginator(full, PER_PAGE).get_page(request.GET.get("trang"))
    listed = list(page.object_list)
    clashes = appointments.clashes_of([a for a in listed if a.on >= today], request.user)
    keeps = who.office_of(*KEEPERS)
    context = {
        "page": page,
        "past": past,
        "lines": [
            {
                "appointment": each,
                "seen": each.issuing_body_id in who.office_of(),
                "kept": each.issuing_body_id in keeps,
                "people": list(each.people.all()),
                "clashes": clashes.get(each.pk, []),
            }
            for each in listed
        ],
        "bodies": list(office_bodies(request, *KEEPERS)),
        "in_office": bool(who.office_of()),
        "query": "da-qua=1&" if past else "",
    }
    return render(request, "meetings/appointments/list.html", context)


@require_http_methods(["GET", "POST"])
def create(request: HttpRequest) -> HttpResponse:
    """Thêm lịch riêng of the leaders of one body."""
    if not standing(request.user).office_of(*KEEPERS):
        raise PermissionDenied(refusal())
    body, today = chosen_body(request), timezone.localdate()
    day = request.GET.get("ngay", "")
    form = AppointmentForm(request.POST or None, body=body, today=today, initial={"on": day_of(day) or today})
    if request.method == "POST" and form.is_valid():
        try:
            made = appointments.add(
                body,
                form.values,
                list(form.cleaned_data["people"]),
                actor=asker(request),
                now=timezone.now(),
            )
        except AppointmentError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Đã thêm lịch “%(title)s”.") % {"title": made.title})
            warn(request, made)
            return redirect("meetings:appointments")
    return answer(request, form, body, None)


def day_of(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return None


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Sửa lịch riêng; what somebody else changed meanwhile is not overwritten."""
    appointment = kept(request, public_id)
    body, today = appointment.issuing_body, timezone.localdate()
    form = AppointmentForm(
        request.POST or None,
        body=body,
        today=today,
        appointment=appointment,
        initial=initial_of(appointment),
    )
    if request.method == "POST" and form.is_valid():
        try:
            appointments.edit(
                appointment,
                form.values,
                list(form.cleaned_data["people"]),
                seen=seen_by(request, appointment),
                actor=asker(request),
                now=timezone.now(),
            )
        except AppointmentError as error:
            form.add_error(None, str(error))
        else:
            appointment.refresh_from_db()
            messages.success(request, _("Đã lưu lịch “%(title)s”.") % {"title": appointment.title})
            warn(request, appointment)
            return redirect("meetings:appointments")
    return answer(request, form, body, appointment)


#: What the form saw travels with it, signed, so that nobody else's change is overwritten.
SALT = "meetings.appointments"


def stamp(appointment: Appointment) -> str:
    return signing.dumps([str(value) for value in _plain(Values.of(appointment))], salt=SALT, compress=True)


def _plain(values: Values) -> list[Any]:
    return [getattr(values, name) for name in Values.__slots__]


def seen_by(request: HttpRequest, appointment: Appointment) -> Values:
    """What the appointment says now where that is what the form saw; raises AppointmentError else."""
    now = Values.of(appointment)
    try:
        seen = signing.loads(request.POST.get("seen", ""), salt=SALT)
    except signing.BadSignature:
        seen = None
    if seen != [str(value) for value in _plain(now)]:
        raise AppointmentError(_("Người khác vừa sửa hoặc xóa lịch này. Hãy tải lại trang rồi sửa tiếp."))
    return now


@require_POST
def remove(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Xóa lịch riêng."""
    appointment = kept(request, public_id)
    if appointments.remove(appointment, actor=asker(request), now=timezone.now()):
        messages.success(request, _("Đã xóa lịch “%(title)s”.") % {"title": appointment.title})
    return redirect("meetings:appointments")


def kept(request: HttpRequest, public_id: uuid.UUID) -> Appointment:
    """The appointment among those that one sees; 403 with a sentence where one does not keep it."""
    seen = Appointment.objects.visible_to(request.user).order_by().values("pk")
    rows = Appointment.objects.filter(pk__in=seen).select_related("issuing_body__agency", "room")
    appointment = get_object_or_404(rows, public_id=public_id)
    if not appointments.may_keep(request.user, appointment):
        raise PermissionDenied(refusal())
    return appointment


def warn(request: HttpRequest, appointment: Appointment) -> None:
    """Say what stands against it; the office decides."""
    for clash in appointments.clashes_of([appointment], request.user).get(appointment.pk, []):
        messages.warning(request, clash.sentence)


def answer(
    request: HttpRequest, form: AppointmentForm, body: IssuingBody, appointment: Appointment | None
) -> HttpResponse:
    context = {
        "form": form,
        "body": body,
        "appointment": appointment,
        "seen": request.POST.get("seen") or (stamp(appointment) if appointment else ""),
        "bodies": [] if appointment else list(office_bodies(request, *KEEPERS)),
    }
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "meetings/appointments/form.html", context, status=status)
