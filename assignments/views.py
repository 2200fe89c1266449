"""Thông báo: one's own notices, and the small number at the bell."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from agencies.asking import asker
from assignments import notices
from assignments.models import Notification

#: Notices on a page.
SHOWN = 30


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """The notices of the person, the newest first; ``?chua-doc=1`` keeps the unread ones."""
    rows = Notification.objects.visible_to(asker(request))
    unread_only = request.GET.get("chua-doc") == "1"
    page = Paginator(rows.unread() if unread_only else rows, SHOWN).get_page(request.GET.get("trang"))
    context = {"page": page, "unread_only": unread_only, "unread": rows.unread().count()}
    return render(request, "notices/list.html", context)


@require_safe
def bell(request: HttpRequest) -> HttpResponse:
    """The number of unread notices beside the bell; the page asks for it again and again."""
    count = Notification.objects.visible_to(asker(request)).unread().count()
    return render(request, "notices/_count.html", {"count": count})


@require_POST
def read_all(request: HttpRequest) -> HttpResponse:
    """Mark everything as read."""
    notices.read(asker(request), now=timezone.now())
    return redirect("notices:list")


@require_POST
def open_one(request: HttpRequest, pk: int) -> HttpResponse:
    """Mark one notice as read and go to what it speaks of."""
    person = asker(request)
    notice = get_object_or_404(Notification.objects.visible_to(person), pk=pk)
    notices.read(person, now=timezone.now(), only=notice.pk)
    return HttpResponseRedirect(notice.url) if notice.url.startswith("/") else redirect("notices:list")
