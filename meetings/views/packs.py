"""Meeting packs (bộ tài liệu họp): asked for, followed, fetched."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST, require_safe

from agencies.asking import asker
from meetings import packs
from meetings.models import AgendaItem, Meeting, Pack


def panel(request: HttpRequest, meeting: Meeting) -> dict[str, Any]:
    """What the page of a meeting shows of it: nothing for those whom the pack is not for."""
    if not packs.may_fetch(request.user, meeting):
        return {"pack": None}
    return {"pack": facts(request, meeting, meeting.items.all())}


def facts(
    request: HttpRequest, meeting: Meeting, items: Iterable[AgendaItem] | None = None
) -> dict[str, Any]:
    """The newest pack, the one in the making, how the last making ended, and what one may do; ``items``
    as for ``packs.content_of``."""
    rows = list(meeting.packs.select_related("requested_by").order_by("-requested_at", "-pk")[:20])
    made = next((row for row in rows if row.state == Pack.State.MADE and row.file), None)
    running = next((row for row in rows if row.state in packs.OPEN), None)
    last = rows[0] if rows else None
    return {
        "made": made,
        "running": running,
        "failed": last if last is not None and last.state == Pack.State.FAILED else None,
        "stopped": last if last is not None and last.state == Pack.State.CANCELLED else None,
        "stale": made is not None and made.contents != packs.content_of(meeting, items).digest,
        "problems": here(made.problems if made else []),
        "listed": here(made.listed if made else []),
        "may_request": packs.may_request(request.user, meeting),
    }


def here(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The rows with addresses of this site as paths: the pack itself needs them whole."""
    return [{**row, "url": row.get("url", "").removeprefix(settings.SITE_URL)} for row in rows]


def meeting_of(request: HttpRequest, public_id: uuid.UUID) -> Meeting:
    """The meeting where the person may have its pack, else 404."""
    seen = Meeting.objects.visible_to(request.user).select_related(
        "issuing_body__agency", "room", "chair", "section__document"
    )
    meeting = get_object_or_404(seen, public_id=public_id)
    if not packs.may_fetch(request.user, meeting):
        raise Http404
    return meeting


def managed(request: HttpRequest, public_id: uuid.UUID) -> Meeting:
    """The meeting where the person may have a pack made: 404 for outsiders, else 403 with a sentence."""
    meeting = meeting_of(request, public_id)
    if not packs.may_request(request.user, meeting):
        raise PermissionDenied(_("Bộ tài liệu do Văn phòng lập; bạn tải được bộ đã lập xong."))
    return meeting


@require_GET
def detail(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """How far the pack is; what it holds, what could not be put in, the way to the file."""
    meeting = meeting_of(request, public_id)
    return render(
        request, "meetings/packs/detail.html", {"meeting": meeting, "pack": facts(request, meeting)}
    )


@require_GET
def progress(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """The progress part for htmx; once the making is over, the page is loaded anew."""
    meeting = meeting_of(request, public_id)
    running = Pack.objects.filter(meeting=meeting, state__in=packs.OPEN).first()
    if running is None and request.htmx:  # type: ignore[attr-defined]
        response = HttpResponse()
        response["HX-Redirect"] = reverse("meetings:pack", args=[public_id])
        return response
    if running is None:
        return redirect("meetings:pack", public_id=public_id)
    return render(request, "meetings/packs/_progress.html", {"meeting": meeting, "running": running})


@require_POST
def make(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Have a pack made; where the newest one holds what is there now, it is offered at once."""
    meeting = managed(request, public_id)
    pack = packs.request(meeting, actor=asker(request), now=timezone.now())
    if pack.state == Pack.State.MADE and pack.file and pack.requested_at < timezone.now():
        messages.info(request, _("Tài liệu chưa đổi từ lần lập trước: bộ đã lập vẫn dùng được."))
    return redirect("meetings:pack", public_id=public_id)


@require_POST
def stop(request: HttpRequest, public_id: uuid.UUID, pack_id: uuid.UUID) -> HttpResponse:
    """Dừng lập, also while it is being made; a second press changes nothing more."""
    meeting = managed(request, public_id)
    pack = get_object_or_404(Pack.objects.select_related("meeting"), meeting=meeting, public_id=pack_id)
    if packs.cancel(pack, actor=asker(request), now=timezone.now()):
        messages.success(request, _("Đã dừng lập bộ tài liệu."))
    else:
        messages.warning(request, _("Bộ tài liệu này đã lập xong hoặc đã dừng trước đó."))
    return redirect("meetings:pack", public_id=public_id)


@require_safe
def file(request: HttpRequest, public_id: uuid.UUID) -> FileResponse:
    """The newest pack, shown by the browser; "?tai" asks for it as a download."""
    meeting = meeting_of(request, public_id)
    pack = packs.newest(meeting)
    if pack is None:
        raise Http404
    try:
        stored = pack.file.open("rb")
    except FileNotFoundError:
        raise Http404 from None
    response = FileResponse(
        stored,
        as_attachment="tai" in request.GET,
        filename=packs.file_name(meeting),
        content_type="application/pdf",
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-cache"
    return response
