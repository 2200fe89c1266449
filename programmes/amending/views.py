"""Pages of amendments: the changes of a programme, one change, what they will print, the consolidated PDF."""

from __future__ import annotations

import uuid
from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from agencies.asking import asker
from documents import rules
from documents.models import Document
from documents.onscreen import screen_paper
from documents.operations import OperationError
from documents.papers import paper_of
from documents.services import printed
from lucngan.lib.files import attachment, stem
from paper.printing import pdf
from programmes.amending import drafting, planning, reading, texts
from programmes.amending.actions import may_amend
from programmes.amending.forms import ChangeForm, ChooseForm, day_of, first_values, values_of
from programmes.amending.proposals import proposals
from programmes.amending.sheet import Node, NotThere, Sheet
from programmes.models import AmendmentChange, AmendmentNotice, Programme
from programmes.views import visible

Kind = AmendmentChange.Kind


def of_office(request: HttpRequest, public_id: uuid.UUID) -> Programme:
    """The programme for its own office and leaders; 403 with a sentence for other readers."""
    programme = visible(request, public_id)
    if not rules.may_see_history(request.user, programme):
        raise PermissionDenied(_("Thay đổi đang soạn là việc nội bộ của cơ quan ban hành."))
    return programme


def writable(request: HttpRequest, public_id: uuid.UUID) -> Programme:
    """The programme for those who may amend it; 403 with a sentence for everybody else."""
    programme = visible(request, public_id)
    if not may_amend(request.user, programme):
        raise PermissionDenied(
            _("Chỉ chuyên viên và Chánh Văn phòng điều chỉnh được, khi chương trình đã ban hành.")
        )
    return programme


@require_GET
def changes(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Điều chỉnh chương trình: what is in force, what is being written, and what to add."""
    programme = of_office(request, public_id)
    coming = texts.open_notice(programme)
    refusal = planning.refusal(programme, coming)
    sheet = texts.intended(programme) if not refusal else None
    context = {
        "programme": programme,
        "notice": coming,
        "open": texts.being_written(programme),
        "issued": texts.issued_notices(programme),
        "in_force": texts.in_force(programme),
        "refusal": refusal,
        "may_write": may_amend(request.user, programme) and not refusal,
        "form": ChooseForm(sheet=sheet) if sheet else None,
        "proposals": proposals(programme, sheet) if sheet else [],
    }
    return render(request, "programmes/amending/changes.html", context)


@require_http_methods(["GET", "POST"])
def add(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """One more change: the kind and the clause are in the address, what they need is in the form."""
    programme = writable(request, public_id)
    kind = request.GET.get("loai", "")
    if kind not in Kind.values:
        return redirect("amending:changes", public_id=public_id)
    sheet = texts.intended(programme)
    try:
        node = None if kind == Kind.ADD else sheet.find(request.GET.get("muc", ""))
    except NotThere as reason:
        messages.warning(request, str(reason))
        return redirect("amending:changes", public_id=public_id)
    last = texts.changes_of(programme).order_by("-pk").first()
    first = first_values(programme, kind, node, last) | {"on": day_of(request.GET.get("ngay"))}
    if kind == Kind.ADD and request.GET.get("muc"):
        first["place"] = f"p:{request.GET['muc']}"
    form = ChangeForm(
        request.POST or None, programme=programme, kind=kind, node=node, sheet=sheet, initial=first
    )
    if request.method == "POST" and form.is_valid():
        try:
            planning.plan(programme, form.plan(), actor=asker(request), now=timezone.now(), op=op_of(request))
        except OperationError as reason:
            form.add_error(None, str(reason))
        else:
            messages.success(request, _("Đã ghi thay đổi."))
            return redirect("amending:changes", public_id=public_id)
    return shown(request, programme, form, kind, node)


def op_of(request: HttpRequest) -> uuid.UUID | None:
    """The id that was made with the form."""
    try:
        return uuid.UUID(request.POST.get("op", ""))
    except ValueError:
        return None


def shown(
    request: HttpRequest,
    programme: Programme,
    form: ChangeForm,
    kind: str,
    node: Node | None,
    change: AmendmentChange | None = None,
) -> HttpResponse:
    context = {
        "programme": programme,
        "form": form,
        "kind": Kind(kind).label,
        "node": node,
        "change": change,
        "op": op_of(request) or uuid.uuid4(),
    }
    failed = request.method == "POST"
    return render(request, "programmes/amending/change.html", context, status=422 if failed else 200)


def of_programme(programme: Programme, change_id: uuid.UUID) -> AmendmentChange:
    return get_object_or_404(texts.changes_of(programme), public_id=change_id)


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, public_id: uuid.UUID, change_id: uuid.UUID) -> HttpResponse:
    """Sửa thay đổi: kind and clause stay; for another kind the change is removed and made anew."""
    programme = writable(request, public_id)
    change = of_programme(programme, change_id)
    sheet = texts.intended(programme, without=change)
    try:
        node = None if change.kind == Kind.ADD else sheet.find(change.clause_key)
    except NotThere as reason:
        messages.warning(request, str(reason))
        return redirect("amending:changes", public_id=public_id)
    form = ChangeForm(
        request.POST or None,
        programme=programme,
        kind=change.kind,
        node=node,
        sheet=sheet,
        initial=values_of(change),
    )
    if request.method == "POST" and form.is_valid():
        try:
            planning.edit(change, form.plan(), actor=asker(request), now=timezone.now())
        except OperationError as reason:
            form.add_error(None, str(reason))
        else:
            messages.success(request, _("Đã sửa thay đổi."))
            return redirect("amending:changes", public_id=public_id)
    return shown(request, programme, form, change.kind, node, change)


@require_POST
def remove(request: HttpRequest, public_id: uuid.UUID, change_id: uuid.UUID) -> HttpResponse:
    """Bỏ thay đổi."""
    programme = writable(request, public_id)
    return _done(
        request,
        programme,
        lambda: planning.remove(of_programme(programme, change_id), actor=asker(request), now=timezone.now()),
        _("Đã bỏ thay đổi."),
    )


@require_POST
def draw(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Soạn thông báo, and open it."""
    programme = writable(request, public_id)
    try:
        drawn = drafting.draw(programme, actor=asker(request), now=timezone.now())
    except OperationError as reason:
        messages.warning(request, str(reason))
        return redirect("amending:changes", public_id=public_id)
    messages.success(request, _("Đã soạn thông báo điều chỉnh. Hãy xem lại rồi trình duyệt."))
    return redirect(drawn)


@require_POST
def discard(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Bỏ dự thảo thông báo; the changes stay planned."""
    programme = writable(request, public_id)
    draft = texts.open_notice(programme)
    if draft is None:
        messages.warning(request, _("Không có dự thảo thông báo nào."))
        return redirect("amending:changes", public_id=public_id)
    return _done(
        request,
        programme,
        lambda: drafting.discard(draft, actor=asker(request), now=timezone.now()),
        _("Đã bỏ dự thảo thông báo. Các thay đổi vẫn còn."),
    )


def _done(request: HttpRequest, programme: Programme, act: Any, words: str) -> HttpResponse:
    try:
        act()
    except OperationError as reason:
        messages.warning(request, str(reason))
    else:
        messages.success(request, words)
    return redirect("amending:changes", public_id=programme.public_id)


@require_GET
def preview(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Xem trước: the notice as it will print, and the programme as it will read."""
    programme = of_office(request, public_id)
    rows = texts.being_written(programme)
    if not rows:
        messages.info(request, _("Chưa có thay đổi nào để xem trước."))
        return redirect("amending:changes", public_id=public_id)
    sheet = texts.intended(programme)
    which = "hop-nhat" if request.GET.get("xem") == "hop-nhat" else "thong-bao"
    try:
        paper = _screen(programme, sheet, which)
    except NotThere as reason:
        messages.warning(request, str(reason))
        return redirect("amending:changes", public_id=public_id)
    context = {"programme": programme, "paper": paper, "which": which}
    return render(request, "programmes/amending/preview.html", context)


def _screen(programme: Programme, sheet: Sheet, which: str) -> Any:
    if which == "thong-bao":
        return screen_paper(
            drafting.preview(programme, timezone.now()), programme.issuing_body.profile(timezone.localdate())
        )
    paper = screen_paper(sheet.consolidated(), programme.form)
    return replace(paper, lines=tuple(reading.marked(sheet, programme.form)))  # type: ignore[arg-type]


def _in_force(
    request: HttpRequest, public_id: uuid.UUID, notice_id: uuid.UUID
) -> tuple[Programme, AmendmentNotice]:
    """A notice in force, for everybody who may see its programme."""
    programme = visible(request, public_id)
    rows = AmendmentNotice.objects.filter(amends=programme.pk, state__in=Document.IN_FORCE)
    return programme, get_object_or_404(
        rows.select_related("issuing_body__agency", "snapshot"), public_id=notice_id
    )


@require_GET
def notice(request: HttpRequest, public_id: uuid.UUID, notice_id: uuid.UUID) -> HttpResponse:
    """Thông báo điều chỉnh as it was issued."""
    programme, row = _in_force(request, public_id, notice_id)
    context = {"programme": programme, "notice": row, "paper": screen_paper(paper_of(row), row.form)}
    return render(request, "programmes/amending/notice.html", context)


@require_GET
def notice_pdf(request: HttpRequest, public_id: uuid.UUID, notice_id: uuid.UUID) -> HttpResponse:
    """The stored bytes of an issued notice."""
    _programme, row = _in_force(request, public_id, notice_id)
    return attachment(printed(row)[1], f"{stem(str(row))}.pdf")


@require_GET
def consolidated_pdf(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Bản hợp nhất: for everybody who may see the programme, once a notice is in force."""
    programme = visible(request, public_id)
    if programme.state != Document.State.AMENDED or not texts.issued_notices(programme):
        raise Http404
    data = pdf.render(reading.printed(programme), programme.form, source=False)
    return attachment(data, f"{stem(f'bản hợp nhất {programme}')}.pdf")
