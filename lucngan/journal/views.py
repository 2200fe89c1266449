"""Nhật ký: what was done across the rooms, for administrators, chiefs of office and leaders."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from agencies.asking import asker
from agencies.models import IssuingBody
from agencies.rules import standing
from lucngan.journal import Place, Question, bodies_of, everything, exporting, may_read, page, taking
from lucngan.journal.forms import JournalForm
from lucngan.lib.files import TYPES

PER_PAGE = 50


def asked(request: HttpRequest) -> JournalForm:
    """The filters of the address, within what the person may read; 403 with a sentence for others."""
    if not may_read(request.user):
        raise PermissionDenied(_("Nhật ký chỉ dành cho quản trị, Chánh Văn phòng và lãnh đạo."))
    return JournalForm(request.GET, bodies=bodies_of(request.user))


def body_names() -> dict[int, str]:
    return {body.pk: body.agency.short_name for body in IssuingBody.objects.select_related("agency")}


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """A page of entries; a wrong filter shows its mistake and no entry."""
    form = asked(request)
    question = form.question()
    start = Place.read(request.GET.get("sau", ""))
    entries, following = page(question, start, PER_PAGE) if question else ([], None)
    names = body_names()
    context = {
        "form": form,
        "entries": [(entry, names.get(entry.issuing_body_id or 0, "")) for entry in entries],
        "following": following,
        "is_first": start is None,
        "linked": standing(request.user).office_of(),
        "narrowed": any(request.GET.get(name) for name in form.fields),
    }
    return render(request, "journal/journal.html", context)


def exported(request: HttpRequest) -> Question | HttpResponse:
    """The question of an export, or the way back to the page that shows what is wrong with it."""
    question = asked(request).question()
    return question or redirect(f"{reverse('journal')}?{request.GET.urlencode()}")


@require_GET
def export_csv(request: HttpRequest) -> HttpResponseBase:
    question = exported(request)
    if not isinstance(question, Question):
        return question
    entries = taking.begun(everything(question))
    taking.record(question, _("Tệp CSV"), actor=asker(request), now=timezone.now())
    lines = exporting.lines_of_csv(entries, body_names())
    response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{file_name("csv")}"'
    return response


@require_GET
def export_excel(request: HttpRequest) -> HttpResponseBase:
    question = exported(request)
    if not isinstance(question, Question):
        return question
    try:
        file = exporting.workbook(everything(question), body_names())
    except exporting.TooMuchError as error:
        messages.error(request, str(error))
        return redirect(f"{reverse('journal')}?{request.GET.urlencode()}")
    taking.record(question, _("Tệp Excel"), actor=asker(request), now=timezone.now())
    return FileResponse(file, as_attachment=True, filename=file_name("xlsx"), content_type=TYPES["xlsx"])


def file_name(ending: str) -> str:
    return f"nhat-ky-{timezone.localdate().isoformat()}.{ending}"
