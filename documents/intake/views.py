"""Tiếp nhận tệp: upload or paste, progress, review side by side, correction."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from agencies.asking import asker
from agencies.models import IssuingBody
from agencies.rules import standing
from documents.intake import correcting, receiving
from documents.intake.forms import ClauseForm, HeadForm, IntakeForm
from documents.intake.review import Review, review_of
from documents.models import Intake

#: Files on one page of the list.
PER_PAGE = 20


def intake_of(request: HttpRequest, public_id: uuid.UUID) -> Intake:
    """The file among those of the bodies that the person drafts for, else 404."""
    seen = Intake.objects.visible_to(request.user).select_related(
        "issuing_body__agency", "document__programme"
    )
    return get_object_or_404(seen, public_id=public_id)


@require_http_methods(["GET", "POST"])
def intake_create(request: HttpRequest) -> HttpResponse:
    """Upload or paste; below, the files of one's bodies with their states."""
    ids = standing(request.user).office_of("drafter", "chief")
    if not ids:
        raise PermissionDenied(
            _("Chỉ chuyên viên và Chánh Văn phòng của cơ quan ban hành tiếp nhận được tệp.")
        )
    bodies = IssuingBody.objects.filter(pk__in=ids).select_related("agency")
    form = IntakeForm(
        request.POST or None,
        request.FILES or None,
        bodies=bodies,
        initial={"issuing_body": request.GET.get("co-quan")},
    )
    if request.method == "POST" and form.is_valid() and (intake := received(request, form)):
        return redirect("documents:intake", public_id=intake.public_id)
    seen = Intake.objects.visible_to(request.user).select_related("issuing_body__agency", "created_by")
    page = Paginator(seen.defer("result"), PER_PAGE).get_page(request.GET.get("trang"))
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "documents/intake_create.html", {"form": form, "page": page}, status=status)


def received(request: HttpRequest, form: IntakeForm) -> Intake | None:
    """Take the file in; None after the reason was put on the form."""
    try:
        return receiving.receive(
            upload=form.cleaned_data["upload"],
            text=form.cleaned_data["text"],
            issuing_body=form.cleaned_data["issuing_body"],
            actor=asker(request),
            now=timezone.now(),
        )
    except receiving.UploadError as error:
        form.add_error("upload", str(error))
        return None


@require_http_methods(["GET", "POST"])
def intake(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Progress while a file is read; then its review, where a POST corrects one thing."""
    row = intake_of(request, public_id)
    if row.state != Intake.State.READ:
        if request.method == "POST":
            messages.warning(request, _("Tệp này không còn ở bước soát."))
            return redirect("documents:intake", public_id=public_id)
        return render(request, "documents/intake_state.html", {"intake": row})
    if request.method == "POST":
        return corrected(request, row)
    return shown(request, row, request.GET.get("muc", ""))


def shown(
    request: HttpRequest, row: Intake, opened: str, form: Any = None, status: int = 200
) -> HttpResponse:
    """The review page with one place open for correction ("dau" for the head, else its number)."""
    review = review_of(row)
    number = as_number(opened)
    editing = number if 0 <= number < len(review.rows) else None
    context = {
        "intake": row,
        "review": review,
        "editing": editing,
        "editing_head": opened == "dau",
        "form": form or form_for(review, editing, opened),
    }
    template = "documents/review.html"
    if request.htmx and not request.htmx.boosted:  # type: ignore[attr-defined]
        template = "documents/_review_body.html"
    return render(request, template, context, status=200 if request.htmx else status)  # type: ignore[attr-defined]


def form_for(review: Review, editing: int | None, opened: str) -> Any:
    """The form of the open place, filled with what was read; None when nothing is open."""
    if opened == "dau":
        return HeadForm(initial=HeadForm.initial_of(review.paper))
    if editing is None:
        return None
    entry = review.rows[editing].entry
    return ClauseForm(
        initial={
            "text": entry.text,
            "style": entry.style,
            "level": entry.depth,
            "role": entry.role.value,
            "lead": "; ".join(entry.who.lead),
            "coordinate": "; ".join(entry.who.coordinate),
        }
    )


def corrected(request: HttpRequest, row: Intake) -> HttpResponse:
    """One correction; what was typed stays on the page when it cannot be taken."""
    place, revision = request.POST.get("muc", ""), as_number(request.POST.get("revision"))
    form, write = correction_of(request, row, place, revision)
    if form is not None and not form.is_valid():
        return shown(request, row, place, form, 422)
    try:
        write()
    except correcting.CorrectionError as error:
        if form is None:
            messages.warning(request, str(error))
        else:
            form.add_error(None, str(error))
            return shown(
                request,
                Intake.objects.select_related("issuing_body__agency").get(pk=row.pk),
                place,
                form,
                422,
            )
    if request.htmx:  # type: ignore[attr-defined]
        return shown(request, Intake.objects.select_related("issuing_body__agency").get(pk=row.pk), "")
    response = redirect("documents:intake", public_id=row.public_id)
    response["Location"] += f"#muc-{place}"
    return response


def correction_of(
    request: HttpRequest, row: Intake, place: str, revision: int
) -> tuple[Any, Callable[[], None]]:
    """The form of what was sent (None for a mere choice), and the service that writes it."""
    kind, _sep, number = place.partition("-")
    if place == "dau":
        head = HeadForm(request.POST)
        return head, lambda: correcting.correct_head(row, head.values(), revision=revision)
    if kind == "sot":
        choice = request.POST.get("choice", "")
        return None, lambda: correcting.place_leftover(row, as_number(number), choice, revision=revision)
    if kind == "chu":
        raw = request.POST.get("choice") == "raw"
        return None, lambda: correcting.choose_letters(row, as_number(number), raw, revision=revision)
    clause = ClauseForm(request.POST)
    return clause, lambda: correcting.correct(row, as_number(place), clause.correction(), revision=revision)


def as_number(text: str | None) -> int:
    """A number from outside; -1 for anything else."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 9 else -1


@require_GET
def intake_status(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """The progress part for htmx; once the reading is over, the page is loaded anew."""
    row = intake_of(request, public_id)
    response = render(request, "documents/_progress.html", {"intake": row})
    if row.state not in (Intake.State.WAITING, Intake.State.READING):
        response["HX-Redirect"] = request.build_absolute_uri(request.path.removesuffix("trang-thai/"))
    return response


@require_GET
def intake_file(request: HttpRequest, public_id: uuid.UUID) -> FileResponse:
    """The file as it was received."""
    row = intake_of(request, public_id)
    try:
        stored = row.file.open("rb")
    except FileNotFoundError:
        raise Http404 from None
    response = FileResponse(stored, as_attachment=True, filename=row.name)
    response["X-Content-Type-Options"] = "nosniff"
    return response


@require_POST
def intake_discard(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Bỏ tệp, also while it is being read; a second press changes nothing more."""
    row = intake_of(request, public_id)
    if receiving.discard(row, actor=asker(request), now=timezone.now()):
        messages.success(request, _("Đã bỏ tệp %(name)s.") % {"name": row.name})
    else:
        messages.warning(request, _("Tệp này đã được nhận hoặc đã bỏ."))
    return redirect("documents:intake_create")
