"""What signing offers on the page of every paper."""

from __future__ import annotations

from collections.abc import Iterator

from django.contrib.auth.models import AnonymousUser
from django.urls import reverse
from django.utils.translation import gettext as _

from agencies.models import Person
from documents.actions import Action, provider
from documents.models import Document
from documents.signing import latest, rules


@provider
def signing(document: Document, person: Person | AnonymousUser) -> Iterator[Action]:
    """The page of signing for those who sign and keep; the signed copy for everybody else who sees it."""
    if not document.is_numbered or not isinstance(person, Person):
        return
    if rules.may_open(person, document):
        url = reverse("signing:paper", args=[document.public_id])
        yield Action("sign", _("Ký, đóng dấu"), url, "key", order=60)
    elif latest(document) is not None:
        url = reverse("signing:signed_file", args=[document.public_id])
        yield Action("signed_copy", _("Bản ký"), url, "pdf", order=60)
