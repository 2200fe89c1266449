"""Ban hành, thu hồi: each a page that spells out the consequence, and works without script."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from agencies.asking import asker
from documents import checking, register, reviewing
from documents.issuing import recalling, rules, work
from documents.issuing.book import book_of
from documents.issuing.forms import IssueForm, RecallForm, initial, sheets
from documents.models import Document
from documents.onscreen import screen_paper
from documents.operations import OperationError
from documents.papers import paper_of
from documents.sending import plan
from paper.printing import words
from paper.value import PartialDate


def visible(request: HttpRequest, public_id: uuid.UUID, *more: Prefetch[str]) -> Document:
    """The paper among those that the person may see, else 404."""
    seen = Document.objects.visible_to(request.user).select_related("issuing_body__agency", "snapshot")
    return get_object_or_404(seen.prefetch_related(*more), public_id=public_id)


@require_http_methods(["GET", "POST"])
def issue(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Cấp số và ban hành: what will be printed beside what is decided here; then the issue."""
    document = visible(request, public_id, plan.with_officers(timezone.localdate()))
    if not rules.may_issue(request.user, document):
        raise PermissionDenied(_("Chỉ văn thư và Chánh Văn phòng cấp số và ban hành."))
    if document.is_numbered:
        messages.warning(request, _("Văn bản này đã ban hành."))
        return redirect(document)
    if document.state != Document.State.APPROVED and not reviewing.waived(document):
        messages.warning(request, _("Văn bản chưa được duyệt nên chưa cấp số được."))
        return redirect(document)
    start = initial(document, timezone.localdate())
    outlook = register.outlook(document, start["day"])
    book = book_of(outlook.series)
    lines = plan.lines(document)
    form = IssueForm(
        request.POST or None, document=document, lines=lines, reserved=book.reserved, initial=start
    )
    if request.method == "POST" and form.is_valid() and (answer := issued(request, document, form)):
        return answer
    day = form.cleaned_data.get("day") if form.is_bound else None
    day = day or start["day"]
    context = page(request, document, form, outlook.number, day) | {
        "lines": [(line, form[sheets(line.recipient)]) for line in lines],
        "entries": book.last,
        "warnings": book.warnings(day),
    }
    return render(request, "documents/issuing/issue.html", context, status=422 if form.is_bound else 200)


def issued(request: HttpRequest, document: Document, form: IssueForm) -> HttpResponse | None:
    """Issue by a valid form; None after the reason was put on the form."""
    try:
        snapshot = work.issue(
            document,
            day=form.cleaned_data["day"],
            actor=asker(request),
            now=timezone.now(),
            overrule=form.cleaned_data["overrule"],
            reserved=form.cleaned_data.get("reserved"),
            choices=form.choices,
        )
    except OperationError as error:
        form.add_error(None, str(error))
        return None
    paper = paper_of(snapshot.document)
    number = words.number_line(paper, snapshot.document.form).partition(" ")[2]
    messages.success(request, _("Đã ban hành văn bản số %(number)s.") % {"number": number})
    return redirect(document)


def page(
    request: HttpRequest, document: Document, form: IssueForm, number: int, day: dt.date
) -> dict[str, Any]:
    """The paper as it will print, what the checks say, and what was left open."""
    report = checking.report_of(document, today=timezone.localdate())
    dated = replace(report.paper, number=number, dated=PartialDate.of(day))
    profile = document.form
    return {
        "document": document,
        "form": form,
        "day": day,
        "number": words.number_line(dated, profile).partition(" ")[2],
        "bare_number": f"{number:02d}",
        "paper": screen_paper(dated, profile),
        "report": report,
        "said": [(each, checking.sentence(each)) for each in report.findings],
        "may_overrule": rules.may_overrule(request.user, document),
        "open_fields": [form[name] for name in work.OPEN if name in form.fields],
    }


@require_http_methods(["GET", "POST"])
def recall(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Thu hồi: who has the paper and what they will see; then, with a reason, the recall."""
    document = visible(request, public_id)
    if not rules.may_recall(request.user, document):
        raise PermissionDenied(_("Chỉ Chánh Văn phòng và lãnh đạo thu hồi được văn bản."))
    if not document.is_in_force:
        messages.warning(request, _("Chỉ thu hồi được văn bản đã ban hành và còn hiệu lực."))
        return redirect(document)
    form = RecallForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and recalled(request, document, form):
        return redirect(document)
    desks = document.deliveries.filter(channel="desk").select_related("agency", "opened_by")
    context = {"document": document, "form": form, "desks": list(desks.order_by("agency__short_name"))}
    return render(request, "documents/issuing/recall.html", context, status=422 if form.is_bound else 200)


def recalled(request: HttpRequest, document: Document, form: RecallForm) -> bool:
    """Take the paper back by a valid form; False after the reason was put on the form."""
    try:
        recalling.recall(
            document, reason=form.cleaned_data["reason"], actor=asker(request), now=timezone.now()
        )
    except OperationError as error:
        form.add_error("reason", str(error))
        return False
    messages.success(request, _("Đã thu hồi văn bản và báo nơi nhận."))
    return True
