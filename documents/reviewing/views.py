"""Pages of review: submitting, deciding, remarks."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from agencies.asking import asker
from agencies.models import StandIn
from agencies.rules import standing
from documents import checking, reviewing
from documents.lifecycle import TransitionError
from documents.models import ClauseRemark, Decision, Document
from documents.operations import OperationError
from documents.reviewing.desk import desk_of
from documents.reviewing.forms import DecideForm, ReasonForm, RemarkForm, SubmitForm
from documents.reviewing.people import holders, named, open_turn, place_of
from documents.reviewing.remarks import TextChanged, may_remark, may_settle
from documents.reviewing.route import route_of
from documents.reviewing.sheet import agreed_by, lines_of
from documents.rules import may_draft_for, may_see_history


def paper_of(request: HttpRequest, public_id: uuid.UUID) -> Document:
    """The paper among those that the person may see, and those on which one decides for another; else 404."""
    rows = Document.objects.select_related("issuing_body__agency", "programme__issuing_body__agency")
    document = get_object_or_404(rows, public_id=public_id)
    if not (may_see_history(request.user, document) or stands_in(request, document)):
        get_object_or_404(Document.objects.visible_to(request.user), public_id=public_id)
        raise PermissionDenied(_("Việc duyệt là việc nội bộ của cơ quan ban hành."))
    programme = getattr(document, "programme", None)
    return programme or document


def stands_in(request: HttpRequest, document: Document) -> bool:
    """Whether the person decides on the open turn in place of somebody."""
    today = timezone.localdate()
    rows = StandIn.objects.filter(deputy=request.user.pk, since__lte=today, until__gte=today)
    if not rows.exists():
        return False
    turn = open_turn(document)
    return turn is not None and place_of(request.user, turn, today) is not None


@require_http_methods(["GET", "POST"])
def submit(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Trình duyệt: who will look at it, what the checks say; then the paper goes."""
    document = paper_of(request, public_id)
    if not may_draft_for(request.user, document.issuing_body_id):
        raise PermissionDenied(_("Chỉ chuyên viên và Chánh Văn phòng trình được văn bản."))
    if not document.is_draft:
        messages.warning(request, _("Văn bản này không còn là dự thảo."))
        return redirect(document)
    form = SubmitForm(request.POST if request.method == "POST" else None)
    now = timezone.now()
    if request.method == "POST" and form.is_valid():
        try:
            reviewing.submit(document, actor=asker(request), now=now, note=form.cleaned_data["note"])
        except OperationError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Đã trình duyệt."))
            return redirect(document)
    today = timezone.localdate(now)
    report = checking.report_of(document, today=today)
    context = {
        "document": document,
        "form": form,
        "steps": named(route_of(document.issuing_body, document.kind_code), document.issuing_body, today),
        "report": report,
        "refusing": [
            (checking.where(report.paper, each.place), checking.sentence(each)) for each in report.refusing
        ],
        "open_remarks": document.clause_remarks.filter(state=ClauseRemark.State.OPEN).count(),
    }
    return render(request, "documents/reviewing/submit.html", context, status=422 if form.errors else 200)


@require_GET
def review(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """The paper with what was said of each clause; for those whose turn it is, the bar to decide."""
    return shown(request, paper_of(request, public_id))


def shown(
    request: HttpRequest,
    document: Document,
    *,
    decide: DecideForm | None = None,
    remark: RemarkForm | None = None,
    conflict: tuple[ClauseRemark, str] | None = None,
    status: int = 200,
) -> HttpResponse:
    """The page, with what was typed where it was refused."""
    today = timezone.localdate()
    turn = open_turn(document) if document.state == Document.State.REVIEW else None
    place = place_of(request.user, turn, today) if turn else None
    decides = (
        place is not None and turn is not None and not turn.decisions.filter(person=request.user.pk).exists()
    )
    agreed = agreed_by(document, request.user.pk) if decides else None
    lines = lines_of(document, agreed)
    remarks = may_remark(asker(request), document, today)
    opened = request.GET.get("muc", "") if remark is None else str(remark.data.get("clause", ""))
    line = next((each for each in lines if str(each.key) == opened), None)
    if remarks and line is not None and remark is None:
        remark = RemarkForm(initial={"clause": line.key, "proposal": line.text})
    turns = document.turns.filter(version=turn.version if turn else document.versions.first())
    context = {
        "document": document,
        "desk": desk_of(document),
        "lines": lines,
        "turn": turn,
        "place": place,
        "form": (decide or DecideForm()) if decides else None,
        "may_remark": remarks,
        "remark": remark if remarks else None,
        "line": line,
        "settles": may_settle(asker(request), document),
        "agreed": agreed,
        "changes": sum(bool(each.changed or each.fresh) for each in lines),
        "turns": turns.select_related("person", "version")
        .prefetch_related("decisions__person", "decisions__principal")
        .order_by("position"),
        "waiting": holders(turn, today) if turn else [],
        "conflict": conflict,
        "open_remarks": sum(said.row.state == "open" for each in lines for said in each.remarks),
    }
    return render(request, "documents/reviewing/review.html", context, status=status)


@require_POST
def decide(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Đồng ý, trả lại."""
    document = paper_of(request, public_id)
    turn = open_turn(document)
    if turn is None or place_of(request.user, turn, timezone.localdate()) is None:
        if document.state != Document.State.REVIEW:
            messages.warning(request, _("Văn bản này không còn ở bước duyệt."))
            return redirect(document)
        raise PermissionDenied(_("Văn bản này không chờ ý kiến của đồng chí."))
    form = DecideForm(request.POST)
    if not form.is_valid():
        return shown(request, document, decide=form, status=422)
    try:
        reviewing.decide(
            document,
            form.cleaned_data["choice"],
            actor=asker(request),
            now=timezone.now(),
            note=form.cleaned_data["note"],
        )
    except OperationError as error:
        messages.warning(request, str(error))
        return redirect("reviewing:review", public_id=public_id)
    returned = form.cleaned_data["choice"] == Decision.Choice.RETURN
    messages.success(request, _("Đã trả lại để sửa.") if returned else _("Đã ghi ý kiến đồng ý."))
    return redirect("desk")


@require_POST
def remark(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Góp ý vào một mục."""
    document = paper_of(request, public_id)
    form = RemarkForm(request.POST)
    if not may_remark(asker(request), document, timezone.localdate()):
        raise PermissionDenied(_("Chỉ người đang duyệt góp ý được, khi văn bản đang duyệt."))
    if not form.is_valid():
        return shown(request, document, remark=form, status=422)
    values = form.cleaned_data
    try:
        reviewing.remark(
            document,
            values["clause"],
            text=values["text"],
            proposal=values["proposal"],
            actor=asker(request),
            now=timezone.now(),
        )
    except OperationError as error:
        form.add_error(None, str(error))
        return shown(request, document, remark=form, status=422)
    messages.success(request, _("Đã gửi góp ý."))
    response = redirect("reviewing:review", public_id=public_id)
    response["Location"] += f"#muc-{values['clause']}"
    return response


def remark_of(request: HttpRequest, public_id: uuid.UUID, remark_id: uuid.UUID) -> ClauseRemark:
    """A remark on the paper, for those who may take it; 403 with a sentence for other readers."""
    document = paper_of(request, public_id)
    row = get_object_or_404(
        ClauseRemark.objects.select_related("author", "document__issuing_body"),
        public_id=remark_id,
        document=document.pk,
    )
    if not may_draft_for(request.user, document.issuing_body_id):
        raise PermissionDenied(_("Chỉ chuyên viên và Chánh Văn phòng xử lý được góp ý."))
    return row


@require_POST
def settle(request: HttpRequest, public_id: uuid.UUID, remark_id: uuid.UUID, how: str) -> HttpResponse:
    """Nhận, không nhận, đã xử lý: one action each."""
    row = remark_of(request, public_id, remark_id)
    now, actor = timezone.now(), asker(request)
    try:
        match how:
            case "accept":
                reviewing.accept(row, actor=actor, now=now, over=request.POST.get("de") == "1")
            case "decline":
                reviewing.decline(row, reason=request.POST.get("reason", ""), actor=actor, now=now)
            case _:
                reviewing.settle(row, actor=actor, now=now)
    except TextChanged as changed:
        return shown(request, paper_of(request, public_id), conflict=(row, changed.now), status=409)
    except OperationError as error:
        messages.warning(request, str(error))
    else:
        said = {"accept": _("Đã nhận đề nghị sửa."), "decline": _("Đã ghi là không nhận.")}
        messages.success(request, said.get(how, _("Đã xử lý góp ý.")))
    response = redirect("reviewing:review", public_id=public_id)
    response["Location"] += f"#muc-{row.clause}"
    return response


@require_POST
def withdraw(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Rút lại để sửa."""
    document = paper_of(request, public_id)
    if not may_draft_for(request.user, document.issuing_body_id):
        raise PermissionDenied(_("Chỉ chuyên viên và Chánh Văn phòng rút lại được."))
    try:
        reviewing.withdraw(document, actor=asker(request), now=timezone.now())
    except TransitionError as error:
        messages.warning(request, str(error))
    else:
        messages.success(request, _("Đã rút lại; văn bản là dự thảo."))
    return redirect(document)


@require_http_methods(["GET", "POST"])
def reopen(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Mở lại để sửa after approval, with the reason."""
    document = paper_of(request, public_id)
    holds = standing(request.user).holds(document.issuing_body_id, "drafter", "chief", "registrar")
    if not holds:
        raise PermissionDenied(_("Chỉ văn phòng của cơ quan ban hành mở lại được."))
    if document.state != Document.State.APPROVED:
        messages.warning(request, _("Chỉ văn bản đã duyệt, chưa ban hành mới mở lại được."))
        return redirect(document)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            reviewing.reopen(
                document, reason=form.cleaned_data["reason"], actor=asker(request), now=timezone.now()
            )
        except OperationError as error:
            messages.warning(request, str(error))
        else:
            messages.success(request, _("Đã mở lại; sửa xong thì trình lại phần đã sửa."))
        return redirect(document)
    context: dict[str, Any] = {"document": document, "form": form}
    return render(request, "documents/reviewing/reopen.html", context, status=422 if form.errors else 200)
