"""The history of what is no meeting: series, rooms, appointments; for the office that sees them."""

from __future__ import annotations

import uuid

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from agencies.rules import standing
from meetings import rooms
from meetings.models import Appointment, MeetingLog, Room, Series

PER_PAGE = 50


@require_GET
def of_series(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    series = get_object_or_404(Series.objects.visible_to(request.user), public_id=public_id)
    return answer(request, series, series.title, reverse("meetings:series"), _("Loạt hội nghị"))


@require_GET
def of_room(request: HttpRequest, pk: int) -> HttpResponse:
    room = get_object_or_404(rooms.visible_to(request.user), pk=pk)
    return answer(request, room, room.name, reverse("meetings:rooms"), _("Phòng họp"))


@require_GET
def of_appointment(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """For the office and leaders of its body; a leader of another body sees the appointment alone."""
    appointment = get_object_or_404(Appointment.objects.visible_to(request.user), public_id=public_id)
    if not standing(request.user).holds(appointment.issuing_body_id):
        raise PermissionDenied(_("Lịch sử của lịch riêng chỉ dành cho văn phòng và lãnh đạo của cơ quan."))
    back = reverse("meetings:appointments")
    return answer(request, appointment, appointment.title, back, _("Lịch riêng của lãnh đạo"))


def answer(
    request: HttpRequest, subject: Series | Room | Appointment, title: str, back: str, back_label: str
) -> HttpResponse:
    page = Paginator(MeetingLog.objects.on(subject), PER_PAGE).get_page(request.GET.get("trang"))
    context = {
        "page": page,
        "entries": page.object_list,
        "title": title,
        "back": back,
        "back_label": back_label,
    }
    return render(request, "meetings/history_of.html", context)
