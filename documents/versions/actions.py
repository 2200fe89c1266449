"""What versions offer on every paper."""

from __future__ import annotations

from collections.abc import Iterator

from django.contrib.auth.models import AnonymousUser
from django.urls import reverse
from django.utils.translation import gettext as _

from agencies.models import Person
from documents.actions import Action, provider
from documents.models import Document
from documents.rules import may_see_history


@provider
def of_versions(document: Document, person: Person | AnonymousUser) -> Iterator[Action]:
    """Comparing is the office's and its leaders'."""
    if may_see_history(person, document):
        url = reverse("versions:list", args=[document.public_id])
        yield Action("compare", _("Phiên bản, so sánh"), url, "split", lesser=True, order=21)
