"""The history of a paper as a page, for its own office and leaders: every step, and who wrote when."""

from __future__ import annotations

import uuid
from collections.abc import Iterator

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Count, Max
from django.db.models.functions import TruncDate
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from agencies.models import Person
from documents.actions import Action, provider
from documents.models import Document
from documents.rules import may_see_history

#: Entries on one page, and those shown beside the paper.
PER_PAGE, RECENT = 50, 8
#: Days of writing on the page, the newest.
DAYS = 60


@provider
def of_history(document: Document, person: Person | AnonymousUser) -> Iterator[Action]:
    """The way to the history of every paper of one's own office."""
    if may_see_history(person, document):
        url = reverse("papers:history", args=[document.public_id])
        yield Action("history", _("Lịch sử"), url, "history", lesser=True, order=20)


@require_GET
def history(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Every step of the paper, the newest first; for htmx the last ones alone."""
    seen = Document.objects.visible_to(request.user).select_related("issuing_body__agency")
    document = get_object_or_404(seen, public_id=public_id)
    if not may_see_history(request.user, document):
        raise PermissionDenied(
            _("Chỉ văn phòng và lãnh đạo của cơ quan ban hành xem được lịch sử soạn thảo.")
        )
    if request.htmx:  # type: ignore[attr-defined]
        return render(request, "components/history.html", {"entries": document.log.all()[:RECENT]})
    written = (
        document.operations.exclude(kind="details")
        .annotate(day=TruncDate("at"))
        .values("day", "actor__full_name")
        .annotate(n=Count("pk"), last=Max("at"))
        .order_by("-day", "actor__full_name")
    )
    page = Paginator(document.log.all(), PER_PAGE).get_page(request.GET.get("trang"))
    context = {"document": document, "page": page, "entries": page.object_list, "written": written[:DAYS]}
    return render(request, "documents/history.html", context)
