"""What review offers for a paper."""

from __future__ import annotations

from collections.abc import Iterator

from django.contrib.auth.models import AnonymousUser
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from agencies.models import Person
from agencies.rules import standing
from documents.actions import Action, provider
from documents.models import Document
from documents.reviewing.people import open_turn, place_of
from documents.reviewing.route import waived
from documents.rules import may_draft_for

State = Document.State
#: Who looks at a review without being asked: the office and the leaders of the body.
READERS = ("drafter", "chief", "leader", "registrar")


@provider
def of_review(document: Document, person: Person | AnonymousUser) -> Iterator[Action]:
    """Submit a draft, decide, withdraw, open again."""
    key = [document.public_id]
    drafts = may_draft_for(person, document.issuing_body_id)
    if document.state == State.DRAFT and drafts and not waived(document):
        url = reverse("reviewing:submit", args=key)
        yield Action("submit", _("Trình duyệt"), url, "send", order=55)
    if document.state == State.REVIEW:
        url = reverse("reviewing:review", args=key)
        turn = open_turn(document)
        if turn is not None and place_of(person, turn, timezone.localdate()) is not None:
            yield Action("decide", _("Duyệt"), url, "person-check", "btn-primary", order=90)
        elif standing(person).holds(document.issuing_body_id, *READERS):
            yield Action("review", _("Xem việc duyệt"), url, "message", order=60)
        if drafts:
            url = reverse("reviewing:withdraw", args=key)
            yield Action("withdraw", _("Rút lại để sửa"), url, "undo", post=True, order=55)
    if document.state == State.APPROVED and drafts:
        url = reverse("reviewing:reopen", args=key)
        yield Action("reopen", _("Mở lại để sửa…"), url, "undo", order=55)
