"""Pages of versions: the list, and two texts side by side, on screen and as PDF."""

from __future__ import annotations

import uuid

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from documents.models import Document
from documents.rules import may_see_history
from documents.versions import printing
from documents.versions.comparing import Comparison, chosen, compare, shown
from documents.versions.ends import End, ends_of
from lucngan.lib.files import attachment, stem

#: So many other papers are offered for comparing.
OTHERS = 24


def seen(request: HttpRequest, public_id: uuid.UUID) -> Document:
    """The paper; 404 where the person may not see it, 403 with a sentence for its recipients."""
    rows = Document.objects.visible_to(request.user).select_related(
        "issuing_body__agency", "snapshot", "programme"
    )
    document = get_object_or_404(rows, public_id=public_id)
    if not may_see_history(request.user, document):
        raise PermissionDenied(_("Các phiên bản của văn bản là việc nội bộ của cơ quan ban hành."))
    programme = getattr(document, "programme", None)
    return programme or document


def others(request: HttpRequest, document: Document) -> list[Document]:
    """Papers of the same body and kind, the newest first."""
    rows = Document.objects.visible_to(request.user).exclude(pk=document.pk)
    same = rows.filter(issuing_body=document.issuing_body_id, kind_code=document.kind_code)
    return list(same.select_related("programme").order_by("-year", "-month", "-day", "-pk")[:OTHERS])


@require_GET
def index(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Phiên bản: what was submitted, by whom, when, why; two of them are chosen to be compared."""
    document = seen(request, public_id)
    ends = ends_of(document)
    context = {
        "document": document,
        "ends": list(reversed(_with_previous(ends))),
        "choices": ends,
        "others": others(request, document),
    }
    return render(request, "documents/versions/list.html", context)


def _with_previous(ends: list[End]) -> list[tuple[End, End | None]]:
    return [(end, ends[n - 1] if n else None) for n, end in enumerate(ends)]


@require_GET
def compared(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """So sánh: side by side where there is room, inline on a phone."""
    comparison, document, other = _comparison(request, public_id)
    only = request.GET.get("chi") == "1"
    context = {
        "document": document,
        "other": other,
        "comparison": comparison,
        "parts": shown(comparison.found, only_changes=only) if comparison else [],
        "only": only,
        "before_ends": ends_of(other),
        "after_ends": ends_of(document),
        "others": others(request, document),
    }
    return render(request, "documents/versions/compare.html", context)


@require_GET
def printed(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """The comparison as PDF."""
    comparison, document, _other = _comparison(request, public_id)
    if comparison is None:
        raise Http404
    data = printing.as_pdf(comparison, only_changes=request.GET.get("chi") == "1")
    return attachment(data, f"{stem(f'so sánh {document}')}.pdf")


def _comparison(request: HttpRequest, public_id: uuid.UUID) -> tuple[Comparison | None, Document, Document]:
    """What is asked for: ``tu`` and ``den`` name texts of this paper; with ``voi``, ``tu`` names one of
    that other paper of the same body and kind. None where there is nothing to compare with."""
    document = seen(request, public_id)
    other = document
    if request.GET.get("voi"):
        other = _other(request, document)
    same = other.pk == document.pk
    after = chosen(ends_of(document), request.GET.get("den"), -1)
    before = chosen(ends_of(other), request.GET.get("tu"), -2 if same else -1)
    if after is None or before is None:
        raise Http404
    if same and len(ends_of(document)) < 2:
        return None, document, other
    return compare(document, other, before, after), document, other


def _other(request: HttpRequest, document: Document) -> Document:
    try:
        public_id = uuid.UUID(request.GET["voi"])
    except ValueError:
        raise Http404 from None
    other = seen(request, public_id)
    if (other.issuing_body_id, other.kind_code) != (document.issuing_body_id, document.kind_code):
        raise Http404
    return other
