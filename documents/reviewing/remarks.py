"""Remarks on clauses, and proposals that the drafter takes or declines with one action."""

from __future__ import annotations

import datetime as dt
import uuid

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agencies.models import Person
from agencies.rules import standing
from audit.actions import register
from documents import events, history, lifecycle
from documents.models import Clause, ClauseRemark, Document
from documents.operations.values import clean
from documents.reviewing.people import open_turn, place_of
from documents.reviewing.submitting import ReviewError, close_turns, submit
from documents.services import locked
from documents.tree import Tree
from documents.writing import set_text

State = ClauseRemark.State

register(
    **{
        "document.remark": gettext_lazy("góp ý vào một mục"),
        "document.proposal_accepted": gettext_lazy("nhận chữ đề nghị sửa"),
        "document.proposal_declined": gettext_lazy("không nhận chữ đề nghị sửa"),
        "document.remark_settled": gettext_lazy("xử lý xong một góp ý"),
    }
)


class TextChanged(ReviewError):
    """The clause was written anew since the proposal was made; ``now`` is its text."""

    def __init__(self, now: str) -> None:
        super().__init__(_("Mục này đã sửa sau khi có đề nghị. Hãy xem cả hai bản rồi chọn."))
        self.now = now


def may_remark(person: Person, document: Document, today: dt.date) -> bool:
    """Those whose turn it is (stand-ins too), and the chief and the leaders of the body, while the paper is
    in review."""
    if document.state != Document.State.REVIEW:
        return False
    turn = open_turn(document)
    return standing(person).holds(document.issuing_body_id, "chief", "leader") or (
        turn is not None and place_of(person, turn, today) is not None
    )


@transaction.atomic
def remark(
    document: Document, clause: uuid.UUID, *, text: str, proposal: str, actor: Person, now: dt.datetime
) -> ClauseRemark:
    """Say something of a clause, perhaps with another text for it. Effects: the row, one entry.

    Raises ReviewError where the person may not, nothing is said, or the proposal is the text as it is.
    """
    document = locked(document)
    today = timezone.localdate(now)
    if not may_remark(actor, document, today):
        raise ReviewError(_("Chỉ người đang duyệt góp ý được, khi văn bản đang duyệt."))
    text, proposal = text.strip(), clean(proposal)
    tree = Tree.load(document.pk)
    line = next((each for each in tree.lines() if each.clause.public_id == clause), None)
    if line is None:
        raise ReviewError(_("Mục này không còn trong văn bản."))
    if proposal == line.clause.text:
        proposal = ""
    if not text and not proposal:
        raise ReviewError(_("Hãy ghi ý kiến hoặc sửa chữ của mục."))
    turn = open_turn(document)
    place = place_of(actor, turn, today) if turn else None
    row = ClauseRemark.objects.create(
        document=document,
        clause=clause,
        place=line.label or "",
        author=actor,
        principal=place.principal if place else None,
        text=text,
        base=line.clause.text,
        proposal=proposal,
        at=now,
    )
    history.log(
        document,
        "document.remark",
        actor=actor,
        acting_for=place.principal if place else None,
        now=now,
        note=text or proposal,
    )
    return row


def may_settle(person: Person, document: Document) -> bool:
    """The drafters and the chief take proposals, while the paper is written or in review."""
    going = document.state in (Document.State.DRAFT, Document.State.REVIEW)
    return going and standing(person).holds(document.issuing_body_id, "drafter", "chief")


def settled() -> str:
    return _("Góp ý này đã được xử lý.")


def _decided(row: ClauseRemark, state: str, *, actor: Person, now: dt.datetime, note: str = "") -> None:
    mine = ClauseRemark.objects.filter(pk=row.pk, state=State.OPEN)
    values = {"state": state, "decided_by": actor, "decided_at": now, "decision_note": note[:300]}
    if mine.update(**values) != 1:
        raise ReviewError(settled())
    for name, value in values.items():
        setattr(row, name, value)


@transaction.atomic
def accept(row: ClauseRemark, *, actor: Person, now: dt.datetime, over: bool = False) -> ClauseRemark:
    """Take the proposed text: one action. ``over`` writes it although the clause was changed since.

    Effects: the clause by one operation of the editor (undo and other windows know it), the row decided,
    one entry. A paper in review is submitted anew with the changed text: whoever agreed before is asked
    again for what changed. Raises TextChanged, ReviewError, and changes nothing.
    """
    document = locked(row.document)
    if not may_settle(actor, document):
        raise ReviewError(_("Chỉ chuyên viên và Chánh Văn phòng nhận được đề nghị sửa."))
    if not row.proposal:
        raise ReviewError(_("Góp ý này không đề nghị chữ khác."))
    if not ClauseRemark.objects.filter(pk=row.pk, state=State.OPEN).exists():
        raise ReviewError(settled())
    clause = Clause.objects.filter(document=document.pk, public_id=row.clause).first()
    if clause is None:
        raise ReviewError(_("Mục này không còn trong văn bản."))
    if clause.text != row.base and not over:
        raise TextChanged(clause.text)
    _decided(row, State.ACCEPTED, actor=actor, now=now)
    again = document.state == Document.State.REVIEW
    if again:
        words = _("Nhận đề nghị sửa của %(name)s") % {"name": row.author}
        lifecycle.set_state(
            document, Document.State.DRAFT, action="document.withdraw", actor=actor, now=now, note=words
        )
        close_turns(document, now=now)
    set_text(document, row.clause, row.proposal, actor=actor, now=now)
    history.log(
        document,
        "document.proposal_accepted",
        actor=actor,
        now=now,
        note=row.proposal,
        author=str(row.author),
    )
    if again:
        submit(document, actor=actor, now=now, note=words)
    events.announce("review.settled", document, actor=actor, now=now, remark=row)
    return row


@transaction.atomic
def decline(row: ClauseRemark, *, reason: str, actor: Person, now: dt.datetime) -> ClauseRemark:
    """Leave the text as it is, with the reason. Effects: the row decided, one entry."""
    document = locked(row.document)
    if not may_settle(actor, document):
        raise ReviewError(_("Chỉ chuyên viên và Chánh Văn phòng xử lý được góp ý."))
    if not reason.strip():
        raise ReviewError(_("Hãy ghi lý do không nhận."))
    _decided(row, State.DECLINED, actor=actor, now=now, note=reason.strip())
    history.log(
        document,
        "document.proposal_declined",
        actor=actor,
        now=now,
        note=reason.strip(),
        author=str(row.author),
    )
    events.announce("review.settled", document, actor=actor, now=now, remark=row)
    return row


@transaction.atomic
def settle(row: ClauseRemark, *, actor: Person, now: dt.datetime) -> ClauseRemark:
    """Mark a comment as dealt with. Effects: the row decided, one entry."""
    document = locked(row.document)
    if not may_settle(actor, document):
        raise ReviewError(_("Chỉ chuyên viên và Chánh Văn phòng xử lý được góp ý."))
    _decided(row, State.DONE, actor=actor, now=now)
    history.log(
        document, "document.remark_settled", actor=actor, now=now, note=row.text, author=str(row.author)
    )
    events.announce("review.settled", document, actor=actor, now=now, remark=row)
    return row
