"""Submitting, withdrawing, opening again; and the turns that go on by themselves."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agencies.models import Person
from documents import checking, events, lifecycle, versions
from documents.models import Decision, Document, ReviewTurn, Version
from documents.operations import OperationError
from documents.reviewing.people import holders
from documents.reviewing.route import route_of
from documents.services import locked

State = Document.State


class ReviewError(OperationError):
    """The review cannot go on so; the text is a sentence for the person."""


def blocking(document: Document, today: dt.date) -> str:
    """Why the paper is not ready to be submitted, "" where it is."""
    found = checking.report_of(document, today=today).refusing
    if not found:
        return ""
    words = ngettext(
        "Còn %(n)s lỗi phải sửa trước khi trình: %(first)s",
        "Còn %(n)s lỗi phải sửa trước khi trình: %(first)s",
        len(found),
    )
    return words % {"n": len(found), "first": checking.sentence(found[0])}


@transaction.atomic
def submit(document: Document, *, actor: Person, now: dt.datetime, note: str = "") -> Version:
    """Trình duyệt: keep a version and open the first turn.

    Effects: state, the version, the turns of the route; those who agreed to the very same text before are
    not asked again; one entry. Raises ReviewError where a check refuses the paper or a step has nobody,
    TransitionError where it is no draft.
    """
    document = locked(document)
    today = timezone.localdate(now)
    if document.is_draft and (reason := blocking(document, today)):
        raise ReviewError(reason)
    version = versions.keep(document, actor=actor, now=now, note=note)
    lifecycle.set_state(
        document,
        State.REVIEW,
        action="document.submit",
        actor=actor,
        now=now,
        note=note,
        version=version.number,
    )
    steps = route_of(document.issuing_body, document.kind_code)
    turns = [
        ReviewTurn(
            document=document,
            version=version,
            position=n,
            role=step.role,
            person=step.person,
            needed=step.needed,
        )
        for n, step in enumerate(steps, start=1)
    ]
    for turn in turns:
        if len(holders(turn, today)) < turn.needed:
            raise ReviewError(
                _("Bước “%(step)s” cần %(n)s người nhưng chưa đủ người giữ vai trò này. Hãy báo quản trị.")
                % {"step": turn.person or turn.get_role_display(), "n": turn.needed}
            )
    ReviewTurn.objects.bulk_create(turns)
    advance(document, version, now=now)
    return version


def advance(document: Document, version: Version, *, now: dt.datetime) -> None:
    """Open the next turn of the version, pass those that have enough agreement, approve at the end."""
    for turn in version.turns.exclude(state=ReviewTurn.State.PASSED).order_by("position"):
        if turn.state == ReviewTurn.State.WAITING:
            turn.state, turn.opened_at = ReviewTurn.State.OPEN, now
            turn.save(update_fields=["state", "opened_at"])
            carry(turn, version, now)
        agreed = turn.decisions.filter(choice=Decision.Choice.APPROVE).count()
        if agreed < turn.needed:
            events.announce("review.turn", document, actor=version.by, now=now, turn=turn)
            return
        turn.state, turn.closed_at = ReviewTurn.State.PASSED, now
        turn.save(update_fields=["state", "closed_at"])
    lifecycle.set_state(
        document, State.APPROVED, action="document.approve", actor=None, now=now, version=version.number
    )


def carry(turn: ReviewTurn, version: Version, now: dt.datetime) -> None:
    """Those who agreed to the very same words in an earlier submission have said what they think."""
    people = {person.pk for person in holders(turn, timezone.localdate(now))}
    before = Decision.objects.filter(
        turn__document=turn.document_id,
        choice=Decision.Choice.APPROVE,
        sha256=version.sha256,
        person__in=people,
    ).exclude(turn__version=version)
    said = {decision.person_id: decision for decision in before.order_by("at", "pk")}
    Decision.objects.bulk_create(
        [
            Decision(
                turn=turn,
                person_id=person,
                principal_id=decision.principal_id,
                choice=Decision.Choice.APPROVE,
                note=decision.note,
                sha256=version.sha256,
                carried=True,
                at=now,
            )
            for person, decision in said.items()
        ]
    )


def close_turns(document: Document, *, now: dt.datetime, returned: ReviewTurn | None = None) -> None:
    """End the turns that are not passed: the one that returned the paper, and those it takes with it."""
    rows = ReviewTurn.objects.filter(document=document.pk)
    if returned is not None:
        rows.filter(pk=returned.pk).update(state=ReviewTurn.State.RETURNED, closed_at=now)
    left = rows.filter(state__in=(ReviewTurn.State.OPEN, ReviewTurn.State.WAITING))
    left.update(state=ReviewTurn.State.WITHDRAWN, closed_at=now)


@transaction.atomic
def withdraw(document: Document, *, actor: Person, now: dt.datetime, note: str = "") -> Document:
    """Rút lại để sửa, while it is in review. Effects: state, open turns withdrawn, one entry."""
    document = locked(document)
    lifecycle.set_state(document, State.DRAFT, action="document.withdraw", actor=actor, now=now, note=note)
    close_turns(document, now=now)
    return document


@transaction.atomic
def reopen(document: Document, *, reason: str, actor: Person, now: dt.datetime) -> Document:
    """Mở lại để sửa after it was approved: what is changed then is asked for again.

    Raises ReviewError without a reason, TransitionError where it is not approved.
    """
    if not reason.strip():
        raise ReviewError(_("Hãy ghi lý do mở lại."))
    document = locked(document)
    return lifecycle.set_state(
        document, State.DRAFT, action="document.reopen", actor=actor, now=now, note=reason.strip()
    )
