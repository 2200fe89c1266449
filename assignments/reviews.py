"""Notices on reviews: one's turn came, a paper came back, was approved, a proposal was dealt with."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from agencies.models import Membership, Person
from assignments import notices
from documents.models import ClauseRemark, Document, ReviewTurn, Version
from documents.reviewing.people import places


def _tell(
    people: Iterable[Person | None],
    document: Document,
    now: dt.datetime,
    *,
    key: str,
    kind: str,
    title: str,
    text: str = "",
) -> None:
    notices.tell(
        [person for person in people if person is not None],
        key=key,
        kind=kind,
        title=title,
        text="" if document.secrecy else text,
        url=reverse("reviewing:review", args=[document.public_id]),
        now=now,
    )


def _name(document: Document) -> str:
    return _("một văn bản mật") if document.secrecy else str(document)


def _submitter(document: Document) -> Person | None:
    """Who submitted the paper last."""
    version = Version.objects.filter(document=document.pk).select_related("by").order_by("-number").first()
    return version.by if version else document.created_by


def turn_came(
    document: Document, *, actor: Person | None, now: dt.datetime, turn: ReviewTurn, **_data: Any
) -> None:
    """Tell those who decide on the turn, and who stands in for one of them; who has spoken is not told."""
    spoken = set(turn.decisions.values_list("person", flat=True))
    people = [
        place.person for place in places(turn, timezone.localdate(now)) if place.person.pk not in spoken
    ]
    title = _("Chờ đồng chí duyệt: %(paper)s") % {"paper": _name(document)}
    _tell(people, document, now, key=f"review.turn:{turn.pk}", kind="review.turn", title=title)


def returned(
    document: Document, *, actor: Person | None, now: dt.datetime, note: str = "", **_data: Any
) -> None:
    """Tell who submitted the paper that it came back, and why."""
    title = _("Trả lại để sửa: %(paper)s") % {"paper": _name(document)}
    key = f"review.return:{document.public_id}:{now.timestamp():.0f}"
    _tell([_submitter(document)], document, now, key=key, kind="review.return", title=title, text=note)


def approved(document: Document, *, actor: Person | None, now: dt.datetime, **_data: Any) -> None:
    """Tell who submitted the paper, and the registrars, who number it now."""
    held = Membership.objects.on(timezone.localdate(now)).filter(
        role=Membership.Role.REGISTRAR, issuing_body=document.issuing_body_id
    )
    people = [_submitter(document), *(row.person for row in held.select_related("person"))]
    title = _("Đã duyệt, chờ cấp số: %(paper)s") % {"paper": _name(document)}
    key = f"review.approve:{document.public_id}:{now.timestamp():.0f}"
    _tell(people, document, now, key=key, kind="review.approve", title=title)


def settled(
    document: Document, *, actor: Person | None, now: dt.datetime, remark: ClauseRemark, **_data: Any
) -> None:
    """Tell who made a remark what became of it."""
    title = _("Góp ý của đồng chí: %(what)s") % {"what": str(remark.get_state_display()).lower()}
    key = f"review.settled:{remark.public_id}"
    text = remark.decision_note or remark.text
    _tell([remark.author], document, now, key=key, kind="review.settled", title=title, text=text)
