"""Who signs a paper, in which order: co-signers, the person whose name is printed, the seal (decision 0014).

A refusal stands until the one who refused withdraws it, or is taken off the list of co-signers.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from agencies.models import Membership, Person
from agencies.rules import standing
from documents import history
from documents.models import CoSigner, Document, SignedCopy, SigningJob, SigningRefusal
from documents.services import locked
from documents.signing import filing, rules
from documents.signing.stage import SEAL, SIGNER, Stage, same_person, stage_of

#: Co-signers of one paper.
MOST = 4


def people(body_ids: Iterable[int], today: dt.date) -> list[Person]:
    """Those whose signature papers of these bodies may bear, by name."""
    held = Membership.objects.on(today).filter(role__in=rules.SIGNERS, issuing_body__in=body_ids)
    rows = Person.objects.filter(pk__in=held.values("person"), is_active=True)
    return list(rows.order_by("full_name", "pk"))


def is_printed(document: Document, person: Person) -> bool:
    """Whether the paper prints this person's name."""
    return bool(document.signing_name) and same_person(document.signing_name, person.full_name)


@transaction.atomic
def appoint(document: Document, persons: Sequence[Person], *, actor: Person, now: dt.datetime) -> Document:
    """Set who co-signs, in order; those who signed already stay first. Nothing happens when it is so.

    Effects: the list; one entry; a refusal of somebody who is no longer on it ends. Raises Refused for a
    paper that does not hold or that its signer signed, for people who may not sign it, for somebody twice,
    for the person whose name is printed, and for too many.
    """
    document = locked(document)
    filing.check_open(document)
    rows = list(document.cosigners.select_related("person"))
    if [row.person for row in rows] == list(persons):
        return document
    _check_list(document, rows, persons)
    done = [row for row in rows if row.signed_at]
    document.cosigners.filter(signed_at=None).delete()
    CoSigner.objects.bulk_create(
        CoSigner(document=document, person=person, position=position)
        for position, person in enumerate(persons, 1)
        if position > len(done)
    )
    names = [str(person) for person in persons]
    history.log(document, "document.cosigners", actor=actor, now=now, note=", ".join(names))
    gone = [row.person_id for row in rows if row.person not in persons]
    document.signing_refusals.filter(withdrawn_at=None, person__in=gone).update(withdrawn_at=now)
    return document


def _check_list(document: Document, rows: list[CoSigner], persons: Sequence[Person]) -> None:
    if stage_of(document).wanted != SIGNER:
        raise filing.Refused(_("“%(paper)s” đã có chữ ký của người ký.") % {"paper": document})
    if len(persons) > MOST or len({person.pk for person in persons}) != len(persons):
        raise filing.Refused(_("Mỗi người chỉ đứng một lần, nhiều nhất %(n)s người cùng ký.") % {"n": MOST})
    signed = [row.person for row in rows if row.signed_at]
    if list(persons[: len(signed)]) != signed:
        raise filing.Refused(_("Người đã ký phải giữ nguyên thứ tự ở đầu danh sách."))
    for person in persons:
        if is_printed(document, person):
            raise filing.Refused(
                _("%(name)s là người ký in trên văn bản, ký sau cùng, nên không đứng trong danh sách.")
                % {"name": person}
            )
        if not rules.may_sign(person, document):
            raise filing.Refused(_("%(name)s không ký văn bản của cơ quan này.") % {"name": person})


def is_asked(document: Document, stage: Stage, person: Person) -> bool:
    """Is it this person's turn to sign?"""
    if stage.wanted != SIGNER or not rules.may_sign(person, document):
        return False
    if stage.turn is not None:
        return stage.turn.person_id == person.pk
    return same_person(document.signing_name, person.full_name)


def may_refuse(document: Document, stage: Stage, person: Person) -> bool:
    """May the person still say no: a co-signer who has not signed, or the one whose name is printed?"""
    if not rules.may_sign(person, document) or stage.wanted != SIGNER:
        return False
    listed = any(row.person_id == person.pk and not row.signed_at for row in stage.cosigners)
    return listed or same_person(document.signing_name, person.full_name)


def standing_refusal(document: Document) -> SigningRefusal | None:
    """The refusal that keeps the paper from being signed."""
    return document.signing_refusals.filter(withdrawn_at=None).select_related("person").first()


@transaction.atomic
def refuse(document: Document, *, reason: str, actor: Person, now: dt.datetime) -> SigningRefusal:
    """Say no with a reason: nobody signs this paper until it is settled; other papers go on.

    Effects: the refusal, one entry, the paper leaves its batch. Raises Refused without a reason, where the
    paper is refused or signed already, and for who is not to sign it.
    """
    if not reason:
        raise filing.Refused(_("Hãy ghi lý do từ chối ký."))
    document = locked(document)
    filing.check_open(document)
    if standing_refusal(document) or not may_refuse(document, stage_of(document), actor):
        raise filing.Refused(_("Văn bản này đã ký xong hoặc đã bị từ chối."))
    made = SigningRefusal.objects.create(document=document, person=actor, reason=reason[:300], at=now)
    jobs = SigningJob.objects.unfinished().filter(document=document)
    jobs.update(state=SigningJob.State.REFUSED, reason=made.reason)
    history.log(document, "document.refuse-signature", actor=actor, now=now, note=made.reason)
    return made


@transaction.atomic
def withdraw(document: Document, *, actor: Person, now: dt.datetime) -> bool:
    """Take one's own refusal back; True when it was done now."""
    document = locked(document)
    mine = document.signing_refusals.filter(withdrawn_at=None, person=actor)
    if mine.update(withdrawn_at=now) != 1:
        return False
    history.log(document, "document.withdraw-refusal", actor=actor, now=now)
    return True


@dataclass(frozen=True, slots=True)
class Step:
    """One step of signing as it is shown: who, as what, how it stands ("done", "now", "refused" or "")."""

    name: str
    what: str
    state: str
    at: dt.datetime | None = None


def steps(document: Document, stage: Stage, refusal: SigningRefusal | None, *, has_seal: bool) -> list[Step]:
    """Everybody who signs, in order, and the seal."""
    refused = refusal.person if refusal else None
    found = []
    for row in stage.cosigners:
        state = _state(row.signed_at is not None, row == stage.turn, is_refused=row.person == refused)
        found.append(Step(str(row.person), _("cùng ký"), state, row.signed_at))
    printed, says_no = document.signing_name or _("Người ký"), bool(refused and is_printed(document, refused))
    state = _state(stage.wanted != SIGNER, stage.turn is None, is_refused=says_no)
    found.append(Step(printed, _("ký, có tên in trên văn bản"), state))
    if has_seal:
        state = _state(stage.complete, stage.wanted == SEAL)
        found.append(Step(_("Con dấu"), document.issuing_body.agency.name, state))
    return found


def _state(is_done: bool, is_now: bool, *, is_refused: bool = False) -> str:
    if is_done:
        return "done"
    return "refused" if is_refused else "now" if is_now else ""


def waiting_for(person: Person, today: dt.date) -> list[Document]:
    """Papers that wait for this person's signature or, where he keeps the seal, for the seal; the oldest
    first: one query and those of what it found."""
    who = standing(person, today)
    signing, keeping = who.office_of(*rules.SIGNERS), who.office_of(*rules.KEEPERS)
    if not signing | keeping:
        return []
    rows = unsigned(signing | keeping).prefetch_related("cosigners", "signed_copies")
    return [row for row in rows if _is_asked(row, person, keeping)]


def unsigned(body_ids: Iterable[int]) -> Any:
    """Papers of these bodies that are to be signed here, whose signing is not complete and not refused."""
    complete = SignedCopy.objects.filter(complete=True, state=SignedCopy.State.FILED)
    return (
        Document.objects.filter(
            issuing_body__in=body_ids,
            state__in=Document.IN_FORCE,
            signing_manner=Document.Manner.HERE,
        )
        .exclude(pk__in=complete.values("document"))
        .exclude(pk__in=SigningRefusal.objects.filter(withdrawn_at=None).values("document"))
        .select_related("issuing_body__agency")
        .order_by("updated_at", "pk")
    )


def _is_asked(document: Document, person: Person, keeping: frozenset[int]) -> bool:
    stage = stage_from(document)
    if stage.wanted == SEAL:
        return document.issuing_body_id in keeping
    return is_asked(document, stage, person)


def stage_from(document: Document) -> Stage:
    """As ``stage_of``, from rows that were fetched with the paper."""
    filed = [copy for copy in document.signed_copies.all() if copy.state == SignedCopy.State.FILED]
    newest = max(filed, key=lambda copy: copy.position or 0, default=None)
    return Stage.of(newest, document.cosigners.all())
