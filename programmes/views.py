"""Pages of programmes: list, making one, reading, first and last parts, removal."""

from __future__ import annotations

import uuid
from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from agencies.asking import asker
from agencies.models import IssuingBody
from agencies.rules import standing
from documents import services as documents
from documents.actions import available_actions, may
from documents.issuing import recalling, serving
from documents.onscreen import keys_of, screen_paper
from documents.operations import OperationError
from documents.papers import paper_of
from documents.reviewing.desk import desk_of
from documents.rules import may_see_history
from documents.sending import posting
from documents.tree import Tree
from meetings.models import Meeting, on_agenda
from programmes import services
from programmes.amending.reading import reading_of
from programmes.forms import CreateForm, DetailsForm, FilterForm, Recipients, drafting_bodies, period_value
from programmes.lists import filtered, with_progress
from programmes.models import Programme
from programmes.periods import Period

#: Rows on one page of the list.
PER_PAGE = 20


def visible(request: HttpRequest, public_id: uuid.UUID) -> Programme:
    """The programme among those that the person may see, else 404."""
    programmes = Programme.objects.visible_to(request.user).with_body().select_related("snapshot")
    return get_object_or_404(programmes, public_id=public_id)


def guarded(request: HttpRequest, public_id: uuid.UUID, action: str, refusal: str) -> Programme:
    """The programme for an action; 403 with the sentence where it is not among the person's actions."""
    programme = visible(request, public_id)
    if not may(action, programme, request.user):
        raise PermissionDenied(refusal)
    return programme


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """Programmes by period, newest first; htmx asks for the rows alone at the same address."""
    seen = Programme.objects.visible_to(request.user)
    bodies = IssuingBody.objects.filter(pk__in=seen.order_by().values("issuing_body")).select_related(
        "agency"
    )
    form = FilterForm(request.GET, bodies=bodies)
    chosen = form.chosen()
    rows = with_progress(filtered(seen, chosen).with_body())
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("trang"))
    drafts = standing(request.user).office_of("drafter", "chief")
    context = {"page": page, "form": form, "narrowed": any(chosen.values()), "drafts_for": drafts}
    template = "programmes/list.html"
    if request.htmx and not request.htmx.boosted:  # type: ignore[attr-defined]
        template = "programmes/_list_rows.html"
    return render(request, template, context)


@require_http_methods(["GET", "POST"])
def create(request: HttpRequest) -> HttpResponse:
    """Lập chương trình: a period that has its programme gets a sentence with the way to it."""
    bodies = drafting_bodies(asker(request))
    first = bodies.first()
    if first is None:
        raise PermissionDenied(
            _("Chỉ chuyên viên và Chánh Văn phòng của cơ quan ban hành lập được chương trình.")
        )
    form = CreateForm(request.POST or None, person=asker(request), initial=suggestion(request, first))
    if request.method == "POST" and form.is_valid() and (answer := made(request, form)):
        return answer
    return render(request, "programmes/create.html", {"form": form})


def suggestion(request: HttpRequest, body: IssuingBody) -> dict[str, Any]:
    """What the form shows first: the address's choices, else the next month without a programme."""
    period = services.free_period(body, Period.month_of(timezone.localdate()).next)
    return {
        "issuing_body": request.GET.get("co-quan") or body.pk,
        "period": request.GET.get("ky") or period_value(period),
        "year": request.GET.get("nam") or period.year,
        "start": request.GET.get("tu") or "empty",
    }


def made(request: HttpRequest, form: CreateForm) -> HttpResponse | None:
    """Make the programme of a valid form; None after a sentence was put at a field."""
    body, period = form.cleaned_data["issuing_body"], form.cleaned_data["whole_period"]
    existing = Programme.objects.filter(identity=services.identity(body, period)).first()
    if existing is not None:
        form.add_error("period", taken(existing, period))
        return None
    match form.cleaned_data["start"]:
        case "file":
            return redirect_to_intake(body)
        case "copy":
            programme = copied(request, form, body, period)
        case _:
            programme = new(request, form, body, period)
    if programme is None:
        return None
    messages.success(request, _("Đã lập dự thảo %(period)s.") % {"period": programme.period.label})
    return redirect("programmes:edit", public_id=programme.public_id)


def redirect_to_intake(body: IssuingBody) -> HttpResponse:
    response = redirect("documents:intake_create")
    response["Location"] += f"?co-quan={body.pk}"
    return response


def new(request: HttpRequest, form: CreateForm, body: IssuingBody, period: Period) -> Programme | None:
    try:
        return services.create_programme(
            issuing_body=body, period=period, actor=asker(request), now=timezone.now()
        )
    except services.PeriodTaken as error:
        form.add_error("period", taken(error.existing, period))
        return None


def copied(request: HttpRequest, form: CreateForm, body: IssuingBody, period: Period) -> Programme | None:
    before = period.previous
    source = Programme.objects.with_body().filter(identity=services.identity(body, before)).first()
    if source is None:
        form.add_error(
            "start",
            _("Chưa có chương trình %(period)s để chép. Chọn bản trống hoặc tiếp nhận tệp.")
            % {"period": before.words},
        )
        return None
    try:
        return services.copy_programme(source, period=period, actor=asker(request), now=timezone.now())
    except services.PeriodTaken as error:
        form.add_error("period", taken(error.existing, period))
        return None


def taken(existing: Programme | None, period: Period) -> Any:
    """One sentence with a link to the programme that has the period."""
    sentence = _("Đã có chương trình công tác %(period)s.") % {"period": period.words}
    if existing is None:
        return sentence
    return format_html(
        '{} <a href="{}">{}</a>', sentence, existing.get_absolute_url(), _("Mở chương trình đó")
    )


@require_GET
def detail(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Reading view: the sheet as it prints, its meetings, recipients, and what may be done now."""
    programme = visible(request, public_id)
    tree = Tree.load(programme.pk)
    paper = serving.shown(request.user, programme, paper_of(programme, tree))
    posting.opened(programme, request.user, now=timezone.now())
    profile = programme.form
    held = Meeting.objects.filter(section__document=programme).prefetch_related(on_agenda())
    amended = reading_of(programme, tree, request.GET.get("ban")) if programme.is_numbered else None
    shown = screen_paper(paper, profile, keys_of(paper, tree))
    if amended and amended.shows_consolidated:
        shown = replace(shown, lines=amended.lines)  # type: ignore[arg-type]
    sees_history = may_see_history(request.user, programme)
    context = {
        "programme": programme,
        "paper": shown,
        "amended": amended,
        "profile": profile,
        "withheld": serving.is_withheld(request.user, programme),
        "recall_reason": recalling.reason_of(programme),
        "meetings": held.order_by("on", "section__position", "pk"),
        "actions": available_actions(programme, request.user),
        "sees_history": sees_history,
        "desk": desk_of(programme) if sees_history else None,
    }
    return render(request, "programmes/detail.html", context)


@require_http_methods(["GET", "POST"])
def details(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Phần đầu, nơi nhận, người ký: in the editor's drawer by htmx, or a page of its own."""
    refusal = _("Chỉ chuyên viên và Chánh Văn phòng sửa được, khi văn bản còn là dự thảo.")
    programme = guarded(request, public_id, "edit", refusal)
    rows = [{"text": r.text, "purpose": r.purpose, "mark": r.mark} for r in programme.recipients.all()]
    form = DetailsForm(request.POST or None, instance=programme, initial={"revision": programme.revision})
    recipients = Recipients(request.POST or None, prefix="noi-nhan", initial=rows)
    if (
        request.method == "POST"
        and form.is_valid() & recipients.is_valid()
        and saved(request, programme, form, recipients)
    ):
        return after_details(request, programme)
    partial = request.htmx and not request.htmx.boosted  # type: ignore[attr-defined]
    template = "programmes/_details_form.html" if partial else "programmes/details.html"
    failed = request.method == "POST"
    context = {"programme": programme, "form": form, "recipients": recipients, "drawer": bool(partial)}
    return render(request, template, context, status=422 if failed and not partial else 200)


def saved(request: HttpRequest, programme: Programme, form: DetailsForm, recipients: Any) -> bool:
    """Write both forms; False after the reason was put on the form (what was typed stays)."""
    try:
        documents.set_details(
            programme,
            form.values(),
            recipients.recipients(),
            revision=form.cleaned_data["revision"],
            actor=asker(request),
            now=timezone.now(),
        )
    except OperationError as error:
        form.add_error(None, str(error))
        return False
    return True


def after_details(request: HttpRequest, programme: Programme) -> HttpResponse:
    """Back to the editor; from its drawer, the editor loads itself anew."""
    messages.success(request, _("Đã lưu phần đầu, nơi nhận, người ký."))
    response = redirect("programmes:edit", public_id=programme.public_id)
    if not request.htmx or request.htmx.boosted:  # type: ignore[attr-defined]
        return response
    return HttpResponse(
        status=204, headers={"HX-Redirect": response["Location"], "HX-Trigger": "details-saved"}
    )


@require_POST
def copy(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Lập chương trình kỳ sau; where there is one already, open that one and say so."""
    refusal = _("Chỉ chuyên viên và Chánh Văn phòng của cơ quan ban hành lập được chương trình kỳ sau.")
    programme = guarded(request, public_id, "copy", refusal)
    period = programme.period.next
    try:
        made = services.copy_programme(programme, period=period, actor=asker(request), now=timezone.now())
    except services.PeriodTaken as error:
        messages.warning(request, str(error))
        return redirect(error.existing or programme)
    messages.success(request, _("Đã lập dự thảo %(period)s từ kỳ trước.") % {"period": made.period.label})
    return redirect("programmes:edit", public_id=made.public_id)


@require_http_methods(["GET", "POST"])
def delete(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Xóa dự thảo: a page that spells out what goes, then the removal."""
    programme = guarded(request, public_id, "delete", _("Chỉ xóa được dự thảo do cơ quan mình soạn."))
    if request.method == "GET":
        counted = with_progress(Programme.objects.filter(pk=programme.pk)).get()
        return render(request, "programmes/delete.html", {"programme": programme, "counted": counted})
    label = programme.period.label
    try:
        services.delete_draft(programme, actor=asker(request), now=timezone.now())
    except OperationError as error:
        messages.error(request, str(error))
        return redirect(programme)
    messages.success(request, _("Đã xóa dự thảo %(period)s.") % {"period": label})
    return redirect("programmes:list")
