"""Invitations (giấy mời): drawn from the rows of a meeting, corrected, drawn again, issued."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agencies.matching import Directory
from agencies.models import Person
from assignments import notices
from audit.actions import register
from documents import history as documents_history
from documents import issuing
from documents import services as documents
from documents.models import Clause, DocumentLog, RegisterEntry
from documents.operations import OperationError
from documents.rules import may_draft_for
from lucngan.lib.dates import full
from meetings import audience, history, lifecycle
from meetings.facts import rewriting
from meetings.holding import MeetingError, held
from meetings.invitation_text import (
    Change,
    Rows,
    changes,
    clauses_of,
    facts_of,
    named,
    recipients_of,
    subject_of,
)
from meetings.models import Invitation, Meeting
from paper.value import Recipient

KIND = "GIẤY MỜI"
KIND_CODE = "GM"

register(
    **{
        "meeting.invitation_drawn": gettext_lazy("soạn giấy mời"),
        "meeting.invitation_redrawn": gettext_lazy("soạn lại giấy mời theo hội nghị"),
        "meeting.invitation_discarded": gettext_lazy("bỏ dự thảo giấy mời"),
        "meeting.invitation_issued": gettext_lazy("phát hành giấy mời"),
        "document.draw": gettext_lazy("soạn từ hội nghị"),
        "document.text": gettext_lazy("sửa lời văn"),
    }
)


def may_issue(person: Person, invitation: Invitation) -> bool:
    """The registrar and the chief write number and date."""
    return issuing.may_issue_for(person, invitation.issuing_body_id)


def may_correct(person: Person | AnonymousUser, invitation: Invitation) -> bool:
    """A draft is corrected by those who write the papers of its body."""
    return invitation.is_draft and may_draft_for(person, invitation.issuing_body_id)


# ---------------------------------------------------------------- drawing


def lacking(meeting: Meeting, today: dt.date) -> list[str]:
    """What the meeting lacks to be invited to, as sentences; [] when nothing."""
    found = []
    if not meeting.is_open:
        found.append(
            _("Hội nghị đang ở trạng thái “%(state)s”, không soạn giấy mời được.")
            % {"state": meeting.get_state_display()}
        )
    if meeting.on is None:
        found.append(_("Hội nghị chưa có ngày họp. Hãy đặt ngày rồi soạn giấy mời."))
    elif meeting.tentative:
        found.append(
            _("Ngày họp %(day)s mới là dự kiến. Hãy chốt ngày rồi soạn giấy mời.") % {"day": full(meeting.on)}
        )
    elif meeting.on < today:
        found.append(_("Ngày họp %(day)s đã qua.") % {"day": full(meeting.on)})
    if not meeting.title.strip():
        found.append(_("Hội nghị chưa có tên."))
    if not meeting.attendees.exists():
        found.append(_("Chưa có thành phần dự. Hãy thêm người, cơ quan được mời."))
    return found


def advice(meeting: Meeting) -> list[str]:
    """What an invitation may lack and usually does not."""
    found = []
    if meeting.starts_at is None and not meeting.sessions.filter(starts_at__isnull=False).exists():
        found.append(_("Chưa có giờ họp: giấy mời sẽ chỉ ghi ngày."))
    if not meeting.where and not meeting.points.exists():
        found.append(_("Chưa có nơi họp: giấy mời sẽ không ghi địa điểm."))
    if not meeting.chaired_by:
        found.append(_("Chưa có người chủ trì."))
    return found


@transaction.atomic
def draw_invitation(meeting: Meeting, *, actor: Person, now: dt.datetime) -> Invitation:
    """A draft of the invitation in the form of the meeting's body, everything from the rows.

    Effects: the paper with clauses, recipients, gaps for number and date; an entry in its log with the
    facts it was drawn from, one in the meeting's. Where an invitation was issued before, this one says
    that it takes its place. Raises MeetingError and makes nothing when the meeting lacks something, or
    has a draft already.
    """
    meeting = held(meeting)
    if problems := lacking(meeting, timezone.localdate(now)):
        raise MeetingError(" ".join(problems))
    invitation = _new(meeting, actor=actor, now=now)
    try:
        with transaction.atomic():
            invitation.save(force_insert=True)
    except IntegrityError:
        raise MeetingError(_("Hội nghị này đã có dự thảo giấy mời.")) from None
    _write(invitation, meeting, actor=actor, now=now)
    history.log(meeting, "meeting.invitation_drawn", actor=actor, now=now)
    return invitation


def _new(meeting: Meeting, *, actor: Person, now: dt.datetime) -> Invitation:
    """An unsaved draft with letterhead, gaps and signature block of its body."""
    body, day = meeting.issuing_body, timezone.localdate(now)
    return Invitation(
        meeting=meeting,
        issuing_body=body,
        kind=KIND,
        kind_code=KIND_CODE,
        notation=body.notation(KIND_CODE),
        subject=subject_of(meeting),
        superior_lines=body.superior_lines,
        letterhead_lines=body.letterhead_lines,
        place=body.place,
        year=day.year,
        month=day.month,
        deciding_body=body.deciding_body,
        signing_authority=body.signing_authority,
        signing_position=body.signing_position,
        signing_name=body.signing_name,
        end_mark=body.profile(day).end_mark != ".",
        identity=_identity(meeting),
        created_by=actor,
        created_at=now,
        updated_at=now,
    )


def _identity(meeting: Meeting) -> str:
    """What may exist only once: one draft of an invitation to a meeting."""
    return f"{KIND_CODE}:{meeting.public_id}"


def _write(invitation: Invitation, meeting: Meeting, *, actor: Person, now: dt.datetime) -> None:
    """Text, recipients and the facts they come from."""
    rows = Rows.of(meeting)
    facts = facts_of(rows)
    old = issued_of(meeting)
    today = timezone.localdate(now)
    documents.fill(invitation, clauses_of(rows, facts, today, named(old) if old else ""))
    documents.set_recipients(invitation, recipients_of(rows), Directory(invitation.form_day))
    documents_history.log(invitation, "document.draw", actor=actor, now=now, facts=facts.data())


def issued_of(meeting: Meeting) -> Invitation | None:
    """The invitation in force: the last one that was issued."""
    rows = Invitation.objects.filter(meeting=meeting.pk, state=Invitation.State.ISSUED)
    return rows.select_related("issuing_body__agency").order_by("-year", "-month", "-day", "-pk").first()


def draft_of(meeting: Meeting) -> Invitation | None:
    """The draft of an invitation, None where none is being written."""
    rows = Invitation.objects.filter(meeting=meeting.pk, state=Invitation.State.DRAFT)
    return rows.select_related("issuing_body__agency").first()


def drawn_facts(invitation: Invitation) -> dict[str, Any]:
    """The facts that the invitation was drawn from, as its log keeps them."""
    entry = DocumentLog.objects.filter(document=invitation.pk, action="document.draw").order_by("-pk").first()
    return (entry.data.get("facts") or {}) if entry else {}


def stale(invitation: Invitation, meeting: Meeting) -> list[Change]:
    """What changed in the meeting since the invitation was drawn: its text says otherwise. A meeting that
    lost its day is another matter: there is nothing to invite to."""
    before = drawn_facts(invitation)
    return changes(before, facts_of(Rows.of(meeting))) if before else []


@transaction.atomic
def redraw(invitation: Invitation, *, actor: Person, now: dt.datetime) -> Invitation:
    """Write the draft anew from the meeting as it is now; the signature block stays.

    Effects: subject, clauses, recipients, revision, one entry in each log. Raises MeetingError when it
    was issued, or the meeting lacks something now.
    """
    meeting = held(invitation.meeting)
    locked = documents.locked(invitation)
    if not locked.is_draft:
        raise MeetingError(_("Giấy mời đã phát hành không đổi nữa. Hãy soạn giấy mời thay thế."))
    if problems := lacking(meeting, timezone.localdate(now)):
        raise MeetingError(" ".join(problems))
    found = [f"{change.label}: {change.before} → {change.after}" for change in stale(invitation, meeting)]
    day = timezone.localdate(now)
    values = {
        "subject": subject_of(meeting),
        "year": day.year,
        "month": day.month,
        "revision": locked.revision + 1,
        "updated_at": now,
    }
    Invitation.objects.filter(pk=invitation.pk).update(**values)
    for name, value in values.items():
        setattr(invitation, name, value)
    Clause.objects.filter(document=invitation.pk).delete()
    _write(invitation, meeting, actor=actor, now=now)
    note = "\n".join(found)
    history.log(meeting, "meeting.invitation_redrawn", actor=actor, now=now, note=note)
    return invitation


@transaction.atomic
def discard(invitation: Invitation, *, actor: Person, now: dt.datetime) -> None:
    """Remove a draft; the meeting's log keeps that it was there. Raises MeetingError when it was issued."""
    meeting = held(invitation.meeting)
    if not documents.locked(invitation).is_draft:
        raise MeetingError(_("Giấy mời đã phát hành, không bỏ được."))
    documents_history.log(invitation, "document.delete", actor=actor, now=now, before=invitation.state)
    history.log(meeting, "meeting.invitation_discarded", actor=actor, now=now)
    invitation.delete()


# ---------------------------------------------------------------- correcting


@transaction.atomic
def correct(
    invitation: Invitation,
    texts: dict[uuid.UUID, str],
    *,
    subject: str,
    recipients: list[Recipient],
    signature: dict[str, str],
    revision: int,
    actor: Person,
    now: dt.datetime,
) -> bool:
    """Put the words of the draft right: clauses by their public id (an empty one is removed), subject,
    recipients, signature block. Gives whether anything changed.

    Effects: operations of the document, details, one entry. Raises OperationError when it was changed
    since ``revision`` or is no draft, and changes nothing.
    """
    document = documents.locked(invitation)
    if not document.is_draft:
        raise documents.NotEditable(_("Giấy mời đã phát hành không đổi nữa."))
    if document.revision != revision:
        raise OperationError(_("Người khác vừa sửa giấy mời này. Hãy xem lại rồi sửa tiếp."))
    rewrite = rewriting(document)
    written = {c.public_id: c for c in Clause.objects.filter(document=document.pk)}
    for key, text in texts.items():
        clause = written.get(key)
        if clause is None or clause.text == text:
            continue
        asked: dict[str, Any] = {"op": str(uuid.uuid4()), "clause": str(key), "version": clause.version}
        asked |= {"kind": "text", "text": text} if text else {"kind": "remove"}
        documents.operate(document, asked, actor=actor, now=now, rewrite=rewrite)
    changed = document.revision != revision
    if changed:
        documents_history.log(document, "document.text", actor=actor, now=now)
    values = {"subject": subject, **signature}
    same = [Recipient(r.text, r.purpose or None, r.mark) for r in document.recipients.all()] == recipients
    if not same or any(getattr(document, name) != value for name, value in values.items()):
        documents.set_details(document, values, recipients, revision=document.revision, actor=actor, now=now)
        changed = True
    return changed


# ---------------------------------------------------------------- issuing


@transaction.atomic
def issue(
    invitation: Invitation,
    *,
    day: dt.date,
    actor: Person,
    now: dt.datetime,
    reserved: RegisterEntry | None = None,
) -> Invitation:
    """Number, date and issue the invitation, and tell those invited, once.

    Effects: the paper issued with its snapshot; a planned meeting is invited to; one entry; one notice
    to each person concerned. Raises OperationError or MeetingError and changes nothing: a date that cannot
    be, a text that no longer says what the meeting is.
    """
    meeting = held(invitation.meeting)
    if not meeting.is_open:
        raise MeetingError(
            _("Hội nghị đang ở trạng thái “%(state)s”, không phát hành giấy mời được.")
            % {"state": meeting.get_state_display()}
        )
    if stale(invitation, meeting):
        raise MeetingError(_("Hội nghị đã đổi sau khi soạn giấy mời. Hãy soạn lại rồi phát hành."))
    if meeting.on is not None and day > meeting.on:
        raise OperationError(_("Ngày giấy mời không thể sau ngày họp (%(day)s).") % {"day": full(meeting.on)})
    issuing.issue(invitation, day=day, actor=actor, now=now, reserved=reserved)
    Invitation.objects.filter(pk=invitation.pk).update(identity=None)  # another draft may follow
    invitation.refresh_from_db()
    number = invitation.number
    history.log(
        meeting, "meeting.invitation_issued", actor=actor, now=now, note=named(invitation), number=number
    )
    if meeting.state == Meeting.State.PLANNED:
        meeting = lifecycle.set_state(meeting, Meeting.State.INVITED, actor=actor, now=now)
    _tell(invitation, meeting, actor=actor, now=now)
    return invitation


def _tell(invitation: Invitation, meeting: Meeting, *, actor: Person, now: dt.datetime) -> None:
    """One notice with the paper to each person concerned but the one who issued it."""
    assert meeting.on is not None
    people = audience.of([meeting], timezone.localdate(now))[meeting.pk]
    time = f", {meeting.starts_at:%H:%M}" if meeting.starts_at else ""
    lines = [_("Thời gian: %(when)s.") % {"when": full(meeting.on) + time}]
    if meeting.where:
        lines.append(_("Nơi họp: %(place)s.") % {"place": meeting.where})
    notices.tell(
        [person for person in people if person.pk != actor.pk],
        key=f"meeting.invitation:{invitation.public_id}",
        kind="meeting.invite",
        title=_("%(paper)s: %(meeting)s") % {"paper": named(invitation), "meeting": meeting},
        text="\n".join(lines),
        url=reverse("meetings:invitation", args=[meeting.public_id, invitation.public_id]),
        now=now,
    )
