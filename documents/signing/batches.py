"""Several papers signed together by several people in their order: each paper stands or falls alone.

The work is done inside the request that brought the passphrase, so that it never leaves the memory of
that request (decision 0016); every paper is a transaction of its own.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from agencies.models import IssuingBody, Person
from documents import history
from documents.models import Document, SigningBatch, SigningJob, SigningKey
from documents.operations import OperationError
from documents.signing import here, keys, rules, turns
from documents.signing.stage import SEAL, stage_of

#: Papers of one batch: signature and seal of each take as long as four or five prints (decision 0016).
MOST = 50
State = SigningJob.State


def candidates(body_ids: Iterable[int]) -> Any:
    """Issued papers of the bodies that are to be signed here and are in no open batch."""
    taken = SigningJob.objects.unfinished().values("document")
    return turns.unsigned(body_ids).exclude(pk__in=taken)


@transaction.atomic
def create(
    body: IssuingBody,
    documents: Sequence[Document],
    *,
    cosigners: Sequence[Person] = (),
    actor: Person,
    now: dt.datetime,
) -> SigningBatch:
    """Put papers before their signers together; ``cosigners`` sign each of them first, in their order,
    but for the one whose name the paper prints. A paper without a list given here keeps its own.

    Raises OperationError for none, too many, one that is in another open batch or cannot have these
    co-signers.
    """
    if not documents:
        raise OperationError(_("Hãy chọn ít nhất một văn bản."))
    if len(documents) > MOST:
        raise OperationError(_("Mỗi lô ký nhiều nhất %(n)s văn bản.") % {"n": MOST})
    batch = SigningBatch.objects.create(issuing_body=body, created_by=actor, created_at=now)
    try:
        with transaction.atomic():
            for position, document in enumerate(documents, 1):
                SigningJob.objects.create(batch=batch, document=document, position=position)
                history.log(document, "document.batch", actor=actor, now=now)
                if cosigners:
                    chosen = [each for each in cosigners if not turns.is_printed(document, each)]
                    turns.appoint(document, chosen, actor=actor, now=now)
    except IntegrityError:
        raise OperationError(_("Một văn bản vừa được đưa vào lô ký khác. Hãy tải lại trang.")) from None
    return batch


def sign_all(
    jobs: Sequence[SigningJob],
    opening: Sequence[tuple[SigningKey, keys.Secret]],
    *,
    actor: Person,
    now: dt.datetime,
) -> tuple[int, int]:
    """Sign the papers of ``jobs`` with the keys in order; how many were signed, how many were not.

    Every key is opened once, before anything is signed: a wrong passphrase (BadKey) stops all. What
    stops one paper is written on its job, and the next paper follows.
    """
    with ExitStack() as stack:
        ready = [
            (key, stack.enter_context(keys.opened(here.source_of(key), secret))) for key, secret in opening
        ]
        results = [_sign(job, ready, actor=actor, now=now) for job in jobs]
    return results.count(True), results.count(False)


def _sign(
    job: SigningJob, ready: Sequence[tuple[SigningKey, Any]], *, actor: Person, now: dt.datetime
) -> bool:
    """Every signature on one paper that is its turn; False with the reason on the job."""
    done = 0
    try:
        document = Document.objects.select_related("issuing_body__agency", "snapshot").get(pk=job.document_id)
        for key, signer in ready:
            fits = key.is_seal == (stage_of(document).wanted == SEAL)
            if not fits and (done or key != ready[-1][0]):
                continue
            if not rules.may_use(actor, key, document):
                raise OperationError(_("Khóa này không dùng được cho văn bản này."))
            stage = here.check(document, key, actor, now)
            here.sign_with(document, key, signer, stage, actor=actor, now=now)
            done += 1
    except here.NotYet as error:
        _mark(job, State.OPEN, str(error)[:300])
        return done > 0
    except (OperationError, ValueError, OSError) as error:
        told = isinstance(error, OperationError | keys.BadKey)
        reason = str(error) if told else _("Tệp của văn bản không đọc được.")
        _mark(job, State.FAILED, reason[:300])
        return False
    _mark(job, State.OPEN if stage_of(document).wanted else State.DONE, "")
    return True


def _mark(job: SigningJob, state: str, reason: str) -> None:
    SigningJob.objects.unfinished().filter(pk=job.pk).update(state=state, reason=reason)
    job.state, job.reason = state, reason


@transaction.atomic
def refuse(job: SigningJob, *, reason: str, actor: Person, now: dt.datetime) -> None:
    """Take one paper out of its batch with a reason; the others go on. Raises OperationError without a
    reason, or where the paper is signed or refused already."""
    if job.state not in (State.OPEN, State.FAILED):
        raise OperationError(_("Văn bản này đã ký xong hoặc đã bị từ chối."))
    turns.refuse(job.document, reason=reason, actor=actor, now=now)
