"""Rooms (phòng họp): list, adding, renaming, retiring."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from agencies.asking import asker
from documents.models.document import DRAFTERS
from meetings import rooms
from meetings.forms.series import NewRoomForm, RoomForm
from meetings.models import Room
from meetings.rooms import RoomError
from meetings.views.series import office_bodies


@require_http_methods(["GET", "POST"])
def index(request: HttpRequest) -> HttpResponse:
    """Rooms of one's office and the shared ones; below them the form for another one."""
    if not office_bodies(request).exists():
        raise PermissionDenied(_("Danh mục phòng họp là việc nội bộ của văn phòng."))
    bodies = list(office_bodies(request, *DRAFTERS))
    if request.method == "POST" and not bodies:
        raise PermissionDenied(refusal())
    form = NewRoomForm(request.POST or None, bodies=bodies) if bodies else None
    if request.method == "POST" and form is not None and form.is_valid():
        try:
            room = rooms.add(
                form.cleaned_data["name"],
                issuing_body=form.body,
                seats=form.cleaned_data["seats"],
                actor=asker(request),
                now=timezone.now(),
            )
        except RoomError as error:
            form.add_error("name", str(error))
        else:
            messages.success(request, _("Đã thêm phòng “%(name)s”.") % {"name": room.name})
            return redirect("meetings:rooms")
    rows = (
        rooms.visible_to(request.user)
        .select_related("issuing_body__agency")
        .order_by("-active", "name", "pk")
    )
    lines = [{"room": room, "managed": rooms.may_manage(request.user, room)} for room in rows]
    status = 422 if form is not None and form.errors else 200
    return render(request, "meetings/rooms/list.html", {"lines": lines, "form": form}, status=status)


def refusal() -> str:
    return _("Chỉ chuyên viên và Chánh Văn phòng sửa được danh mục phòng họp.")


def managed(request: HttpRequest, pk: int) -> Room:
    """The room among those that one sees; 403 with a sentence where it is not one's own."""
    room = get_object_or_404(rooms.visible_to(request.user).select_related("issuing_body__agency"), pk=pk)
    if not rooms.may_manage(request.user, room):
        raise PermissionDenied(refusal())
    return room


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Another name, another number of seats."""
    room = managed(request, pk)
    form = RoomForm(request.POST or None, initial={"name": room.name, "seats": room.seats})
    if request.method == "POST" and form.is_valid():
        try:
            rooms.edit(
                room,
                name=form.cleaned_data["name"],
                seats=form.cleaned_data["seats"],
                actor=asker(request),
                now=timezone.now(),
            )
        except RoomError as error:
            form.add_error("name", str(error))
        else:
            messages.success(request, _("Đã lưu phòng “%(name)s”.") % {"name": form.cleaned_data["name"]})
            return redirect("meetings:rooms")
    return render(
        request, "meetings/rooms/edit.html", {"room": room, "form": form}, status=422 if form.errors else 200
    )


@require_POST
def set_active(request: HttpRequest, pk: int) -> HttpResponse:
    """Ngừng dùng or dùng lại, as the button says."""
    room = managed(request, pk)
    active = request.POST.get("dung") == "1"
    if rooms.set_active(room, active, actor=asker(request), now=timezone.now()):
        words = _("Đã dùng lại phòng “%(name)s”.") if active else _("Đã ngừng dùng phòng “%(name)s”.")
        messages.success(request, words % {"name": room.name})
    return redirect("meetings:rooms")
