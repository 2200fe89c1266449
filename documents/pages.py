"""Other papers of the office (notices, reports): list, reading, print, acceptance from a file."""

from __future__ import annotations

import uuid
from collections.abc import Iterator

from django.contrib import messages
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from agencies.models import Person
from documents import services
from documents.actions import Action, available_actions, provider
from documents.intake.review import review_of, with_leftover
from documents.issuing import recalling, serving
from documents.models import Document, Intake
from documents.onscreen import screen_paper
from documents.operations import OperationError
from documents.papers import paper_of
from documents.reviewing.desk import desk_of
from documents.rules import may_draft_for, may_see_history
from documents.sending import posting
from lucngan.lib.files import attachment, stem

#: Rows on one page of the list.
PER_PAGE = 20


def other_papers(request: HttpRequest, public_id: uuid.UUID) -> Document:
    """The paper among those that the person may see, else 404."""
    seen = Document.objects.visible_to(request.user).select_related("issuing_body__agency", "snapshot")
    return get_object_or_404(seen, public_id=public_id, programme=None)


@provider
def of_paper(document: Document, person: Person | AnonymousUser) -> Iterator[Action]:
    """The print of every paper; programmes have addresses of their own."""
    if type(document) is Document:
        key = [document.public_id]
        yield Action("docx", _("Tải DOCX"), reverse("papers:docx", args=key), "word", order=30, lesser=True)
        yield Action("pdf", _("Xem PDF"), reverse("papers:pdf", args=key), "pdf", order=31)


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """Papers that are no programmes, the newest first."""
    seen = Document.objects.visible_to(request.user).filter(programme=None)
    page = Paginator(seen.select_related("issuing_body__agency"), PER_PAGE).get_page(request.GET.get("trang"))
    return render(request, "documents/list.html", {"page": page})


@require_GET
def detail(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """The paper as it prints, with what may be done now; a programme is shown on its own page."""
    seen = Document.objects.visible_to(request.user).select_related("issuing_body__agency", "snapshot")
    document = get_object_or_404(seen.select_related("programme"), public_id=public_id)
    if hasattr(document, "programme"):
        return redirect(document.programme)
    posting.opened(document, request.user, now=timezone.now())
    profile = document.form
    sees_history = may_see_history(request.user, document)
    context = {
        "document": document,
        "paper": screen_paper(serving.shown(request.user, document, paper_of(document)), profile),
        "withheld": serving.is_withheld(request.user, document),
        "recall_reason": recalling.reason_of(document),
        "profile": profile,
        "actions": available_actions(document, request.user),
        "sees_history": sees_history,
        "desk": desk_of(document) if sees_history else None,
    }
    return render(request, "documents/detail.html", context)


def served(request: HttpRequest, public_id: uuid.UUID) -> Document:
    """The paper whose file is asked for: 403 where it was taken back; its first opening is noted."""
    document = other_papers(request, public_id)
    serving.check_open(request.user, document)
    posting.opened(document, request.user, now=timezone.now())
    return document


@require_GET
def download_pdf(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    document = served(request, public_id)
    return attachment(serving.pdf_of(document), f"{stem(str(document))}.pdf")


@require_GET
def download_docx(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    document = served(request, public_id)
    return attachment(serving.docx_of(document, paper_of(document)), f"{stem(str(document))}.docx")


@require_POST
def accept(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Keep a file that was read as a paper of its own kind: as issued where it has number and date,
    else as a draft with its gaps."""
    intakes = Intake.objects.visible_to(request.user).select_related("issuing_body__agency")
    intake = get_object_or_404(intakes, public_id=public_id)
    if not may_draft_for(request.user, intake.issuing_body_id):
        raise PermissionDenied(_("Chỉ chuyên viên và Chánh Văn phòng của cơ quan ban hành nhận được tệp."))
    if intake.state != Intake.State.READ or intake.result is None:
        messages.warning(request, _("Tệp này đã được nhận, đã bỏ hoặc chưa đọc xong."))
        return redirect("documents:intake", public_id=public_id)
    review = review_of(intake)
    paper = with_leftover(review)
    issued = paper.number is not None and paper.dated.date is not None and not review.undecided
    try:
        document = services.accept_intake(
            intake,
            paper,
            issuing_body=intake.issuing_body,
            as_archive=issued,
            actor=request.user,  # type: ignore[arg-type]
            now=timezone.now(),
        )
    except OperationError as error:
        messages.warning(request, str(error))
        return redirect("documents:intake", public_id=public_id)
    messages.success(request, _("Đã nhận %(name)s.") % {"name": intake.name})
    return redirect("papers:detail", public_id=document.public_id)
