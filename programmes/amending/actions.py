"""What amendments offer on a programme and on their notices, and what of them can be compared."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from django.contrib.auth.models import AnonymousUser
from django.urls import reverse
from django.utils.translation import gettext as _

from agencies.models import Person
from documents import rules
from documents.actions import Action, provider
from documents.models import Document
from documents.versions import ends
from documents.versions.ends import End, Text
from programmes.amending import drafting, texts
from programmes.amending.sheet import Sheet
from programmes.models import AmendmentNotice, Programme


def may_amend(person: Person | AnonymousUser, programme: Programme) -> bool:
    """An issued programme is amended by those who write the papers of its body."""
    return programme.is_in_force and rules.may_draft_for(person, programme.issuing_body_id)


@provider
def of_amending(document: Document, person: Person | AnonymousUser) -> Iterator[Action]:
    """Amending an issued programme; its consolidated text; the changes behind a notice."""
    if isinstance(document, Programme):
        key = [document.public_id]
        if may_amend(person, document):
            url = reverse("amending:changes", args=key)
            yield Action("amend", _("Điều chỉnh"), url, "pencil", order=35)
        if document.state == Document.State.AMENDED:
            url = reverse("amending:pdf", args=key)
            yield Action("consolidated", _("Bản hợp nhất PDF"), url, "pdf", order=32)
    elif document.kind_code == drafting.KIND_CODE and rules.may_see_history(person, document):
        notice = AmendmentNotice.objects.filter(pk=document.pk).select_related("amends").first()
        if notice is not None:
            url = reverse("amending:changes", args=[notice.amends.public_id])
            yield Action("changes", _("Các thay đổi"), url, "list", order=40)


@ends.provider
def consolidated_ends(document: Document) -> Iterable[End]:
    """The text after each notice in force."""
    if not isinstance(document, Programme):
        return
    for n, notice in enumerate(texts.issued_notices(document), start=1):
        words = _("Hợp nhất sau Thông báo số %(n)s-%(notation)s") % {
            "n": f"{notice.number:02d}",
            "notation": notice.notation,
        }
        yield End(f"hop-nhat-{n}", words, _loader(document, notice.pk))


def _loader(programme: Programme, until: int) -> Callable[[], Text]:
    def load() -> Text:
        sheet = Sheet.of(programme)
        texts.apply(sheet, [c for c in texts.in_force(programme) if (c.notice_id or 0) <= until])
        return sheet.consolidated(), sheet.keys()

    return load
