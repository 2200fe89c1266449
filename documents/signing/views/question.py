"""Verification of any PDF: the upload is read and forgotten."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from documents.models import Document
from documents.signing import filing, question, verify
from documents.signing.forms import UploadForm


@require_http_methods(["GET", "POST"])
def verification(request: HttpRequest) -> HttpResponse:
    """Issued here? Unchanged or not? Who signed? For everybody who is signed in."""
    form = UploadForm(request.POST or None, request.FILES or None)
    answer, page = None, None
    if request.method == "POST" and form.is_valid():
        try:
            answer = question.ask(filing.content(form.cleaned_data["upload"]))
        except (verify.Unreadable, filing.Refused) as error:
            form.add_error("upload", str(error))
    elif request.method == "POST":
        form.errors["upload"] = form.error_class([_("Hãy chọn một tệp PDF.")])
    if answer and answer.document:
        page = Document.objects.visible_to(request.user).filter(pk=answer.document.pk).first()
    context = {"form": form, "answer": answer, "page": page}
    return render(request, "documents/signing/question.html", context, status=422 if form.errors else 200)
