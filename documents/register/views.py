"""Pages of the register: the book, one number, reserving, entering, printing."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from agencies.asking import asker
from agencies.models import IssuingBody
from agencies.rules import standing
from documents.models import Document, NumberSeries, RegisterEntry
from documents.register import book, printing
from documents.register.forms import CancelForm, EnterForm, FilterForm, NoteForm, ReserveForm, VolumeForm
from documents.register.numbers import RegisterError
from documents.register.sent import from_deliveries
from documents.register.strays import settle, strays
from lucngan.lib.files import stem

#: Rows on one page of the book.
PER_PAGE = 50
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def entries(series: NumberSeries, chosen: dict[str, Any]) -> Any:
    """The rows of a book that the filter asks for, the newest number first."""
    rows = RegisterEntry.objects.filter(series=series).select_related("series__issuing_body", "document")
    rows = rows.prefetch_related("shared__document")
    if chosen.get("q"):
        rows = rows.matching(chosen["q"])
    if chosen.get("tinh_trang"):
        rows = rows.filter(state=chosen["tinh_trang"])
    return rows.order_by("-number")


def chosen_series(request: HttpRequest) -> tuple[FilterForm, NumberSeries | None]:
    """The filter, and the book that it chooses: the one that was written in last where none is named."""
    seen = NumberSeries.objects.visible_to(request.user).select_related("issuing_body__agency")
    form = FilterForm(request.GET)
    form.fields["so"].queryset = seen  # type: ignore[attr-defined]
    valid = form.is_valid()
    series = form.cleaned_data.get("so") if valid else None
    if series is None:
        newest = RegisterEntry.objects.visible_to(request.user).order_by("-at", "-pk").values("series")[:1]
        series = seen.filter(pk__in=newest).first() or seen.first()
    return form, series


def keeper(request: HttpRequest) -> Any:
    """The bodies whose book one keeps; 403 with a sentence for everybody else."""
    ids = standing(request.user).office_of("registrar", "chief")
    if not ids:
        raise PermissionDenied(_("Chỉ văn thư và Chánh Văn phòng ghi được sổ văn bản."))
    return IssuingBody.objects.filter(pk__in=ids).select_related("agency")


def lines(rows: Any, proof: book.Proof, *, gaps: bool) -> list[dict[str, Any]]:
    """The rows of the page, each with the numbers that are missing right above and right below it."""
    above = {gap.first - 1: gap for gap in proof.gaps} if gaps else {}
    below = {gap.last + 1: gap for gap in proof.gaps} if gaps else {}
    shown: set[book.Gap] = set()
    found = []
    for entry in rows:
        before, after = above.get(entry.number), below.get(entry.number)
        found.append({"entry": entry, "above": None if before in shown else before, "below": after})
        shown |= {gap for gap in (before, after) if gap}
    return found


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """The book, with the proof that no number is missing."""
    if not standing(request.user).office_of():
        raise PermissionDenied(_("Sổ văn bản là việc nội bộ của văn phòng."))
    form, series = chosen_series(request)
    page = proof = None
    rows: list[dict[str, Any]] = []
    if series is not None:
        chosen = form.cleaned_data if form.is_valid() else {}
        page = Paginator(entries(series, chosen), PER_PAGE).get_page(request.GET.get("trang"))
        proof = book.proof(series)
        rows = lines(page, proof, gaps=not chosen.get("q") and not chosen.get("tinh_trang"))
    keeps = standing(request.user).office_of("registrar", "chief")
    context = {
        "rows": rows,
        "strays": strays(keeps) if keeps else [],
        "form": form,
        "series": series,
        "all_series": NumberSeries.objects.visible_to(request.user).select_related("issuing_body__agency"),
        "page": page,
        "proof": proof,
        "keeps": series is not None and book.may_keep(asker(request), series.issuing_body_id),
        "may_write": bool(keeps),
    }
    return render(request, "documents/register/book.html", context)


def series_seen(request: HttpRequest, pk: int) -> NumberSeries:
    """The book among those of one's offices, else 404."""
    seen = NumberSeries.objects.visible_to(request.user).select_related("issuing_body__agency")
    return get_object_or_404(seen, pk=pk)


@require_GET
def volume(request: HttpRequest, pk: int) -> HttpResponse:
    """In sổ: which numbers stand in the volume, and which volume it is."""
    series = series_seen(request, pk)
    return render(
        request, "documents/register/volume.html", {"series": series, "form": VolumeForm(series=series)}
    )


@require_GET
def download(request: HttpRequest, pk: int, ending: str) -> HttpResponse:
    """The book as PDF or spreadsheet: from its first number to its last, or the volume that is asked for."""
    series = series_seen(request, pk)
    form = VolumeForm(request.GET or {}, series=series)
    if not form.is_valid():
        return render(request, "documents/register/volume.html", {"series": series, "form": form}, status=422)
    part = form.part()
    name = f"so-van-ban-{stem(str(series))}.{ending}"
    if ending == "pdf":
        data, content = printing.as_pdf(series, part), "application/pdf"
    else:
        data, content = printing.as_xlsx(series, part), XLSX
    response = HttpResponse(data, content_type=content)
    way = "inline" if ending == "pdf" else "attachment"
    response["Content-Disposition"] = f'{way}; filename="{name}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


@require_http_methods(["POST"])
def put_in(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Vào sổ một văn bản cũ: under its own number, or beside the paper that has the number."""
    papers = Document.objects.filter(issuing_body__in=standing(request.user).office_of())
    document = get_object_or_404(papers, public_id=public_id)
    if not book.may_keep(asker(request), document.issuing_body_id):
        raise PermissionDenied(_("Chỉ văn thư và Chánh Văn phòng ghi được sổ văn bản."))
    reason = request.POST.get("reason", "").replace("\0", "").strip()[:300]
    try:
        entry = settle(document, reason=reason, actor=asker(request), now=timezone.now())
    except RegisterError as error:
        messages.warning(request, str(error))
        return redirect("register:book")
    messages.success(request, _("Đã ghi sổ số %(number)s.") % {"number": entry})
    return redirect("register:entry", pk=entry.pk)


def entry_of(request: HttpRequest, pk: int) -> RegisterEntry:
    """The number among those of one's offices, else 404."""
    seen = RegisterEntry.objects.visible_to(request.user)
    return get_object_or_404(seen.select_related("series__issuing_body__agency", "document", "by"), pk=pk)


def kept(request: HttpRequest, pk: int) -> RegisterEntry:
    """The number in a book that one keeps, 403 with a sentence otherwise."""
    entry = entry_of(request, pk)
    if not book.may_keep(asker(request), entry.series.issuing_body_id):
        raise PermissionDenied(_("Chỉ văn thư và Chánh Văn phòng ghi được sổ văn bản."))
    return entry


@require_http_methods(["GET", "POST"])
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One number: its columns, its history; the registrar fills the columns that come later."""
    entry = kept(request, pk) if request.method == "POST" else entry_of(request, pk)
    keeps = book.may_keep(asker(request), entry.series.issuing_body_id)
    initial = {name: getattr(entry, name) for name in book.LATER}
    sent = from_deliveries({entry.document_id} if entry.document_id else set()).get(entry.document_id or 0)
    form = NoteForm(request.POST or None, initial=initial, sent=sent)
    if request.method == "POST" and form.is_valid():
        if book.note(entry, form.cleaned_data, actor=asker(request), now=timezone.now()):
            messages.success(request, _("Đã ghi sổ số %(number)s.") % {"number": entry})
        return redirect("register:entry", pk=entry.pk)
    context = {
        "entry": entry,
        "sent": sent,
        "form": form if keeps else None,
        "cancel": CancelForm() if keeps and not entry.document_id and entry.state != "cancelled" else None,
        "entries": entry.log.all()[:50],
    }
    return render(request, "documents/register/entry.html", context, status=422 if form.errors else 200)


@require_http_methods(["POST"])
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Hủy số."""
    entry = kept(request, pk)
    form = CancelForm(request.POST)
    if not form.is_valid():
        context = {"entry": entry, "form": None, "cancel": form, "entries": entry.log.all()[:50]}
        return render(request, "documents/register/entry.html", context, status=422)
    try:
        book.cancel(entry, reason=form.cleaned_data["reason"], actor=asker(request), now=timezone.now())
    except RegisterError as error:
        messages.warning(request, str(error))
    else:
        messages.success(request, _("Đã hủy số %(number)s; số vẫn ở trong sổ.") % {"number": entry})
    return redirect("register:entry", pk=entry.pk)


def written(request: HttpRequest, form_class: Any, template: str, write: Any) -> HttpResponse:
    """A page with one form for one of the bodies whose book one keeps; then the number it made."""
    bodies = keeper(request)
    body = (
        bodies.filter(pk=request.POST.get("co-quan") or request.GET.get("co-quan")).first()
        if ((request.POST.get("co-quan") or request.GET.get("co-quan") or "").isdigit())
        else bodies.first()
    )
    if body is None:
        raise PermissionDenied(_("Chỉ văn thư và Chánh Văn phòng ghi được sổ văn bản."))
    form = form_class(request.POST or None, initial={"day": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        try:
            entry = write(body, form.cleaned_data, asker(request))
        except RegisterError as error:
            form.add_error("number" if "number" in form.fields else None, str(error))
        else:
            messages.success(request, _("Đã vào sổ số %(number)s.") % {"number": entry})
            return redirect("register:entry", pk=entry.pk)
    context = {"form": form, "body": body, "bodies": bodies}
    return render(request, template, context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def reserve(request: HttpRequest) -> HttpResponse:
    """Giữ số cho một văn bản sẽ làm."""

    def write(body: IssuingBody, values: dict[str, Any], actor: Any) -> RegisterEntry:
        return book.reserve(
            body, values["kind"], day=values["day"], reason=values["reason"], actor=actor, now=timezone.now()
        )

    return written(request, ReserveForm, "documents/register/reserve.html", write)


@require_http_methods(["GET", "POST"])
def enter(request: HttpRequest) -> HttpResponse:
    """Vào sổ một văn bản làm ngoài chương trình."""

    def write(body: IssuingBody, values: dict[str, Any], actor: Any) -> RegisterEntry:
        values = dict(values)
        return book.enter(body, values.pop("kind"), actor=actor, now=timezone.now(), **values)

    return written(request, EnterForm, "documents/register/enter.html", write)
