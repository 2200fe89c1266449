"""Văn bản nhận for agencies; gửi and the log of it for the office; the package for exchange."""

from __future__ import annotations

import uuid
from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from agencies.asking import asker
from agencies.rules import standing
from documents.issuing import rules, serving
from documents.models import Delivery, Document
from documents.operations import OperationError
from documents.papers import paper_of
from documents.sending import packing, posting
from lucngan.lib.files import stem

#: Rows on one page of the inbox.
PER_PAGE = 20


@require_GET
def inbox(request: HttpRequest) -> HttpResponse:
    """Văn bản nhận: what came to one's agencies, the newest first; ``?chua-doc=1`` keeps the unread."""
    if not standing(request.user).agencies:
        raise PermissionDenied(_("Văn bản nhận dành cho đầu mối của các đơn vị."))
    received = Delivery.objects.received_by(request.user)
    unread_only = request.GET.get("chua-doc") == "1"
    rows = (received.unread() if unread_only else received).select_related(
        "document__issuing_body__agency", "document__programme", "agency", "opened_by"
    )
    page = Paginator(rows.order_by("-sent_at", "-pk"), PER_PAGE).get_page(request.GET.get("trang"))
    context = {"page": page, "unread_only": unread_only, "unread": received.unread().count()}
    return render(request, "documents/sending/inbox.html", context)


def visible(request: HttpRequest, public_id: uuid.UUID) -> Document:
    """The paper among those that the person may see, else 404."""
    seen = Document.objects.visible_to(request.user).select_related("issuing_body__agency", "snapshot")
    return get_object_or_404(seen, public_id=public_id)


def office_paper(request: HttpRequest, public_id: uuid.UUID) -> Document:
    """The paper for those who send it, else 403 with a sentence."""
    document = visible(request, public_id)
    if not rules.may_issue(request.user, document):
        raise PermissionDenied(_("Chỉ văn thư và Chánh Văn phòng gửi văn bản."))
    return document


@require_POST
def send(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Gửi ngay."""
    document = office_paper(request, public_id)
    try:
        n = posting.send(document, actor=asker(request), now=timezone.now())
    except OperationError as error:
        messages.warning(request, str(error))
    else:
        messages.success(request, _("Đã gửi %(n)s nơi nhận.") % {"n": n})
    return redirect("sending:log", public_id=public_id)


@require_GET
def log(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Gửi và nhận: every delivery of the paper, for its own office."""
    document = visible(request, public_id)
    if not rules.is_ours(request.user, document):
        raise PermissionDenied(_("Chỉ văn phòng và lãnh đạo của cơ quan ban hành xem được phần này."))
    context = {
        "document": document,
        "deliveries": posting.log_of(document),
        "may_send": rules.may_issue(request.user, document) and document.is_in_force,
        "is_issued": document.is_numbered,
    }
    return render(request, "documents/sending/log.html", context)


@require_POST
def resend(request: HttpRequest, public_id: uuid.UUID, pk: int) -> HttpResponse:
    """Gửi lại one mail."""
    return _with_one(request, public_id, pk, posting.resend, _("Đã đưa thư vào hàng chờ gửi."))


@require_POST
def hand_over(request: HttpRequest, public_id: uuid.UUID, pk: int) -> HttpResponse:
    """Đã chuyển bản giấy."""
    return _with_one(request, public_id, pk, posting.hand_over, _("Đã ghi là đã chuyển bản giấy."))


def _with_one(
    request: HttpRequest, public_id: uuid.UUID, pk: int, work: Callable[..., None], done: str
) -> HttpResponse:
    document = office_paper(request, public_id)
    delivery = get_object_or_404(document.deliveries.select_related("document", "person", "agency"), pk=pk)
    try:
        work(delivery, actor=asker(request), now=timezone.now())
    except OperationError as error:
        messages.warning(request, str(error))
    else:
        messages.success(request, done)
    return redirect("sending:log", public_id=public_id)


@require_GET
def edxml(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """The exchange package of an issued paper, for its own office; 404 for others and for drafts."""
    document = office_paper(request, public_id)
    if not document.is_in_force:
        messages.warning(request, _("Chỉ đóng gói được văn bản đã ban hành và còn hiệu lực."))
        return redirect(document)
    paper = paper_of(document)
    data = packing.package_of(document, paper, serving.pdf_of(document), now=timezone.now())
    response = HttpResponse(data, content_type="application/xml")
    response["Content-Disposition"] = f'attachment; filename="{stem(str(document))}.edxml"'
    response["X-Content-Type-Options"] = "nosniff"
    return response
