"""Agreeing and returning."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agencies.models import Person
from audit.actions import register
from documents import history, lifecycle
from documents.models import Decision, Document, ReviewTurn
from documents.reviewing.block import take_place
from documents.reviewing.people import Place, open_turn, place_of
from documents.reviewing.submitting import ReviewError, advance, close_turns
from documents.services import locked

register(**{"document.agree": gettext_lazy("đồng ý")})


@transaction.atomic
def decide(document: Document, choice: str, *, actor: Person, now: dt.datetime, note: str = "") -> Decision:
    """What the person says on the open turn, in the own place or in that of whom one stands in for.

    Agreeing: the decision, one entry; with enough of them the next turn opens, or the paper is approved.
    Where the one who signs is stood in for, the signature block changes. Returning: a reason, the paper is
    a draft again, the other turns end. Raises ReviewError where nobody waits for this person, the person or
    the one stood in for has spoken, or a return has no reason; nothing is changed then.
    """
    document = locked(document)
    turn = open_turn(document)
    place = place_of(actor, turn, timezone.localdate(now)) if turn else None
    if turn is None or place is None:
        raise ReviewError(_("Văn bản này không chờ ý kiến của đồng chí."))
    note = note.strip()
    if choice == Decision.Choice.RETURN and not note:
        raise ReviewError(_("Hãy ghi lý do trả lại."))
    if spoken(turn, place):
        raise ReviewError(_("Ý kiến ở lượt này đã được ghi."))
    decision = Decision.objects.create(
        turn=turn,
        person=actor,
        principal=place.principal,
        choice=choice,
        note=note,
        sha256=turn.version.sha256,
        at=now,
    )
    if choice == Decision.Choice.RETURN:
        give_back(document, turn, place, note, now)
    else:
        log(document, place, note, now)
        take_place(document, place)
        advance(document, turn.version, now=now)
    return decision


def spoken(turn: ReviewTurn, place: Place) -> bool:
    """Whether the person, or whoever shares the place, has spoken on the turn."""
    who = {place.person.pk, place.principal.pk if place.principal else place.person.pk}
    return turn.decisions.filter(Q(person__in=who) | Q(principal__in=who)).exists()


def give_back(document: Document, turn: ReviewTurn, place: Place, note: str, now: dt.datetime) -> None:
    close_turns(document, now=now, returned=turn)
    lifecycle.set_state(
        document,
        Document.State.DRAFT,
        action="document.return",
        actor=place.person,
        now=now,
        note=note,
        acting_for=place.principal,
    )


def log(document: Document, place: Place, note: str, now: dt.datetime) -> None:
    history.log(
        document,
        "document.agree",
        actor=place.person,
        now=now,
        note=note,
        before=document.state,
        after=document.state,
        acting_for=place.principal,
    )
