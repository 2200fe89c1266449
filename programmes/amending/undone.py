"""What follows when an amendment notice is recalled, in its transaction: the text in force is computed
without it at once; what it did to meetings was done by people's leave and is set right by people."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from agencies.models import Membership, Person
from assignments import notices
from documents import history
from documents.models import Document
from documents.models.document import DRAFTERS
from documents.sending.mailing import named
from meetings.models import Meeting
from programmes.amending import rows, texts
from programmes.models import AmendmentChange, AmendmentNotice, Programme


def recalled(document: Document, *, actor: Person, now: dt.datetime, **_data: Any) -> None:
    """Subscribed to "document.recall"; nothing for papers that are no amendment notices.

    Effects: one entry on the programme that names the notice; each meeting that followed the notice is named
    in one notice to those who draft for the body, the actor too, since it waits for them.
    """
    notice = AmendmentNotice.objects.filter(pk=document.pk).select_related("amends").first()
    if notice is None:
        return
    programme = Programme.objects.with_body().get(pk=notice.amends_id)
    note = f"{document.kind.capitalize()} số {document.number:02d}-{document.notation}"
    key = str(document.public_id)
    history.log(programme, "programme.notice_recalled", actor=actor, now=now, note=note, notice=key)
    changes = texts.changes_of(programme).filter(notice=notice.pk)
    met = {meeting.pk: meeting for c in changes if (meeting := _followed(programme, c)) is not None}
    if met:
        _tell(programme, document, list(met.values()), now=now)


def _followed(programme: Programme, change: AmendmentChange) -> Meeting | None:
    """The meeting, or the meeting of the item, that a change is about."""
    if change.kind == AmendmentChange.Kind.ADD:
        return rows.meeting_of(programme, change.place_parent) if change.place_parent else None
    meeting = rows.meeting_of(programme, change.clause_key)
    if meeting is not None:
        return meeting
    item = rows.item_of(programme, change.clause_key)
    return item.meeting if item else None


def _tell(programme: Programme, notice: Document, met: list[Meeting], *, now: dt.datetime) -> None:
    held = Membership.objects.on(timezone.localdate(now)).filter(
        issuing_body=programme.issuing_body_id, role__in=DRAFTERS
    )
    lines = [_("Hãy sửa lại cho khớp với chương trình đang có hiệu lực:"), *(f"– {m}" for m in met)]
    secret = bool(programme.secrecy or notice.secrecy)
    notices.tell(
        Person.objects.filter(is_active=True, pk__in=held.order_by().values("person")),
        key=f"programme.notice_recalled:{notice.public_id}",
        kind="programme.notice_recalled",
        title=_("Lịch họp còn theo %(paper)s đã thu hồi") % {"paper": named(notice)},
        text="" if secret else "\n".join(lines),
        url=programme.get_absolute_url(),
        now=now,
        mail=not secret,
    )
