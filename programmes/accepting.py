"""Nhận tệp: the last step of a file that was read and corrected."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from agencies.asking import asker
from documents.intake.review import Review, review_of, with_leftover
from documents.models import Intake
from documents.onscreen import screen_paper
from documents.operations import OperationError
from paper.value import Paper
from programmes import services
from programmes.forms import AcceptForm, period_value
from programmes.models import Programme
from programmes.views import taken


@require_http_methods(["GET", "POST"])
def accept(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """The form with what was read filled in; then the programme that comes of it."""
    seen = Intake.objects.visible_to(request.user).select_related("issuing_body__agency")
    intake = get_object_or_404(seen, public_id=public_id)
    if intake.state != Intake.State.READ:
        messages.warning(request, _("Tệp này đã được nhận, đã bỏ hoặc chưa đọc xong."))
        return redirect("documents:intake", public_id=public_id)
    review = review_of(intake)
    form = AcceptForm(request.POST or None, person=asker(request), initial=suggestion(intake, review.paper))
    if request.method == "POST" and form.is_valid():
        programme = accepted(request, intake, review, form)
        if programme is not None:
            messages.success(request, _("Đã nhận %(name)s.") % {"name": intake.name})
            return redirect(
                "programmes:edit" if programme.is_draft else "programmes:detail",
                public_id=programme.public_id,
            )
    profile = intake.issuing_body.profile(review.paper.dated.date or timezone.localdate())
    context = {
        "intake": intake,
        "form": form,
        "review": review,
        "archivable": why_not_archive(review) is None,
        "why_not": why_not_archive(review),
        "is_programme": review.paper.kind in (None, services.KIND),
        "paper": screen_paper(review.paper, profile),
    }
    return render(request, "programmes/accept.html", context)


def suggestion(intake: Intake, paper: Paper) -> dict[str, Any]:
    """Body as it was chosen, period as it was read; last month's paper is taken in for the next
    month that has no programme."""
    period = services.free_period(
        intake.issuing_body_id, services.suggested_period(paper, timezone.localdate())
    )
    return {
        "issuing_body": intake.issuing_body_id,
        "period": period_value(period),
        "year": period.year,
        "as_archive": "draft",
    }


def why_not_archive(review: Review) -> str | None:
    """Why the paper cannot be kept as an issued one; None when it can."""
    paper = review.paper
    if paper.number is None or paper.dated.date is None:
        return _("Chưa có đủ số và ngày của văn bản. Bổ sung ở bước soát nếu văn bản đã ban hành.")
    if review.undecided:
        return _(
            "Còn chữ chưa xếp được vào đâu. Quyết định từng chỗ ở bước soát trước khi lưu nguyên văn bản."
        )
    return None


def accepted(request: HttpRequest, intake: Intake, review: Review, form: AcceptForm) -> Programme | None:
    """The programme made of the file; None after a sentence was put at a field."""
    body, period = form.cleaned_data["issuing_body"], form.cleaned_data["whole_period"]
    as_archive = form.cleaned_data["as_archive"] == "archive"
    if as_archive and (reason := why_not_archive(review)):
        form.add_error("as_archive", reason)
        return None
    if review.paper.regime is not None and review.paper.regime != body.regime:
        form.add_error(
            "issuing_body",
            _("Văn bản này theo thể thức khác với cơ quan đã chọn. Hãy chọn đúng cơ quan ban hành."),
        )
        return None
    try:
        with transaction.atomic():
            return services.accept_intake(
                intake,
                with_leftover(review),
                issuing_body=body,
                period=period,
                as_archive=as_archive,
                actor=asker(request),
                now=timezone.now(),
            )
    except services.PeriodTaken as error:
        form.add_error("period", taken(error.existing, period))
    except OperationError as error:
        form.add_error(None, str(error))
    return None
