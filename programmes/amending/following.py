"""What follows when an amendment notice is issued, in its transaction: the programme is amended, its
meetings move, and those concerned are told once."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from agencies.models import Person
from assignments import notices
from documents import history, lifecycle
from documents.models import Document
from documents.models.document import DocumentAgency
from documents.operations import OperationError
from documents.sending import plan
from documents.services import locked
from meetings import audience
from meetings.holding import MeetingError
from meetings.models import Meeting
from programmes.amending import rows, texts, wording
from programmes.models import AmendmentChange, AmendmentNotice, Programme

State = Document.State


def issued(document: Document, *, actor: Person, now: dt.datetime, **_data: Any) -> None:
    """Subscribed to "document.issue"; nothing for papers that are no amendment notices.

    Effects: the programme is amended (or amended again) with one entry; meetings and agenda items follow
    where they can; new preparing bodies see the programme; one notice to each person concerned who does not
    get the paper itself. Raises OperationError, and the issue fails with it, for a programme that
    was recalled.
    """
    notice = AmendmentNotice.objects.filter(pk=document.pk).select_related("amends").first()
    if notice is None:
        return
    programme = Programme.objects.with_body().get(pk=notice.amends_id)
    programme.state = locked(programme).state
    AmendmentNotice.objects.filter(pk=notice.pk).update(identity=None)
    _amend(programme, document, actor=actor, now=now)
    changes = list(texts.changes_of(programme).filter(notice=notice.pk).order_by("position", "pk"))
    met = _meetings(programme, changes, actor=actor, now=now)
    _let_see(programme, changes)
    _tell(programme, document, changes, met, actor=actor, now=now)


def _amend(programme: Programme, notice: Document, *, actor: Person, now: dt.datetime) -> None:
    note = f"{notice.kind.capitalize()} số {notice.number:02d}-{notice.notation}"
    key = str(notice.public_id)
    if programme.state == State.ISSUED:
        lifecycle.set_state(
            programme, State.AMENDED, action="document.amend", actor=actor, now=now, note=note, notice=key
        )
    elif programme.state == State.AMENDED:
        history.log(
            programme,
            "document.amend",
            actor=actor,
            now=now,
            note=note,
            before=State.AMENDED,
            after=State.AMENDED,
            notice=key,
        )
    else:
        raise OperationError(
            _("Chương trình đang ở trạng thái “%(state)s”, không ban hành thông báo điều chỉnh được.")
            % {"state": programme.get_state_display()}
        )


def _meetings(
    programme: Programme, changes: list[AmendmentChange], *, actor: Person, now: dt.datetime
) -> list[Meeting]:
    """Let meetings and agenda follow; what cannot (a meeting that was held) is logged, not refused: the
    notice stands as it was decided. Returns the meetings that changed their day or fell out."""
    met = []
    for change in changes:
        try:
            with transaction.atomic():
                meeting = rows.follow(programme, change, actor=actor, now=now)
        except MeetingError as reason:
            history.log(
                programme, "programme.meeting_behind", actor=actor, now=now, note=f"{change}: {reason}"[:500]
            )
        else:
            met += [meeting] if meeting is not None else []
    return met


def _let_see(programme: Programme, changes: list[AmendmentChange]) -> None:
    """Who is named anew sees the programme; its page shows the notice to all who see the programme."""
    named = {pk for change in changes for pk in change.agencies}
    rows = [DocumentAgency(document_id=programme.pk, agency_id=pk) for pk in named]
    DocumentAgency.objects.bulk_create(rows, ignore_conflicts=True)


def _tell(
    programme: Programme,
    notice: Document,
    changes: list[AmendmentChange],
    met: list[Meeting],
    *,
    actor: Person,
    now: dt.datetime,
) -> None:
    """One notice to each person whom a change concerns: who answers for a body that leads or coordinates
    before or after, and who comes to a meeting that moved. Each reads the lines that concern him or her.
    Who gets the paper itself is told by its sending, and not here a second time."""
    today = timezone.localdate(now)
    receiving = set(plan.receiving(notice))
    wanted = {pk for change in changes for pk in change.agencies} - receiving
    officers = audience.officers_of(wanted | receiving, today)
    told = {actor.pk} | {person for pk in receiving for person in officers.get(pk, ())}
    lines: dict[int, list[str]] = {}
    for change in changes:
        concerned = {person for pk in change.agencies & wanted for person in officers.get(pk, ())}
        for person in concerned:
            lines.setdefault(person, []).append(short_words(change))
    for meeting, people in zip(met, audience.of(met, today).values(), strict=True) if met else ():
        for each in people:
            lines.setdefault(each.pk, []).append(_("Thay đổi lịch: %(meeting)s.") % {"meeting": meeting})
    known = Person.objects.in_bulk(lines)
    secret = bool(programme.secrecy or notice.secrecy)
    for pk, said in lines.items():
        if pk not in told:
            notices.tell(
                [known[pk]],
                key=f"programme.amend:{notice.public_id}",
                kind="programme.amend",
                title=_("Điều chỉnh %(programme)s") % {"programme": str(programme)},
                text="" if secret else "\n".join(dict.fromkeys(said)),
                url=programme.get_absolute_url(),
                now=now,
                mail=not secret,
            )


def short_words(change: AmendmentChange) -> str:
    """A change on one line: "Rút: Báo cáo tiến độ các dự án."."""
    text = change.before_text or change.after_text
    if change.kind == AmendmentChange.Kind.BODIES:
        names = wording.named(change.after_bodies)
        return f"{change.get_kind_display()}: {text} ({names})"
    return f"{change.get_kind_display()}: {text}"
