"""What programmes offer beside what every paper offers."""

from __future__ import annotations

from collections.abc import Iterator

from django.contrib.auth.models import AnonymousUser
from django.urls import reverse
from django.utils.translation import gettext as _

from agencies.models import Person
from documents import rules
from documents.actions import Action, provider
from documents.models import Document
from programmes.models import Programme


@provider
def of_programme(document: Document, person: Person | AnonymousUser) -> Iterator[Action]:
    """Reading, writing, copying and removing; nothing for papers that are no programmes."""
    if not isinstance(document, Programme):
        return
    key = [document.public_id]
    drafts = rules.may_draft_for(person, document.issuing_body_id)
    editable = rules.may_edit(person, document)
    if editable:
        url = reverse("programmes:delete", args=key)
        yield Action("delete", _("Xóa dự thảo…"), url, "trash", lesser=True, late=True, order=10)
    yield Action("docx", _("Tải DOCX"), reverse("programmes:docx", args=key), "word", order=30, lesser=True)
    yield Action("pdf", _("Xem PDF"), reverse("programmes:pdf", args=key), "pdf", order=31)
    if drafts:
        url, words = reverse("programmes:copy", args=key), _("Lập chương trình kỳ sau")
        yield Action("copy", words, url, "copy", "btn-primary", post=True, order=95, lesser=editable)
    if editable:
        url = reverse("programmes:insert", args=key)
        yield Action("insert", _("Đưa hội nghị vào"), url, "calendar", order=50)
        url = reverse("programmes:edit", args=key)
        yield Action("edit", _("Soạn tiếp"), url, "pencil", "btn-primary", order=60)
