"""What checking offers for a paper."""

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
def of_checking(document: Document, person: Person | AnonymousUser) -> Iterator[Action]:
    """The report, for the office and the leaders, until the paper is issued."""
    if not document.is_numbered and may_see_history(person, document):
        url = reverse("checking:report", args=[document.public_id])
        yield Action("check", _("Soát lỗi"), url, "check-all", order=25)
