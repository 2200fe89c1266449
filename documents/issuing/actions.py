"""What issuing and sending offer for every paper."""

from __future__ import annotations

from collections.abc import Iterator

from django.contrib.auth.models import AnonymousUser
from django.urls import reverse
from django.utils.translation import gettext as _

from agencies.models import Person
from documents import reviewing
from documents.actions import Action, provider
from documents.issuing import rules
from documents.models import Document


@provider
def of_issuing(document: Document, person: Person | AnonymousUser) -> Iterator[Action]:
    """Issue what is approved; send and take back what is issued."""
    key = [document.public_id]
    issues = rules.may_issue(person, document)
    if issues and is_ready(document):
        url = reverse("issuing:issue", args=key)
        yield Action("issue", _("Cấp số và ban hành…"), url, "check-circle", "btn-primary", order=90)
    if not document.is_in_force:
        return
    if issues:
        url = reverse("sending:log", args=key)
        yield Action("send", _("Gửi và nhận"), url, "send", lesser=True, order=22)
    if rules.may_recall(person, document):
        url = reverse("issuing:recall", args=key)
        yield Action("recall", _("Thu hồi…"), url, "ban", lesser=True, late=True, order=11)


def is_ready(document: Document) -> bool:
    """Whether the paper waits for its number: it is approved, or its kind needs nobody's approval and
    has no page of its own for that."""
    if document.state == Document.State.APPROVED:
        return True
    return document.is_draft and reviewing.waived(document) and not hasattr(document, "invitation")
