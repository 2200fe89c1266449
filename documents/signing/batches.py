"""Several papers signed together: each stands or falls alone.

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
from documents.signing import here, keys, rules
from documents.signing.stage import stage_of

#: Papers of one batch: about a third of a second each for signature and seal.
MOST = 50
State = SigningJob.State


def candidates(body_ids: Iterable[int]) -> Any:
    """Issued papers of the bodies that are to be signed here and are in no open batch."""
    taken = SigningJob.objects.filter(state__in=(State.OPEN, State.FAILED)).values("document")
    return (
        Document.objects.filter(
            issuing_body__in=body_ids,
            state__in=Document.IN_FORCE,
            signing_manner=Document.Manner.HERE,
        )
        .exclude(pk__in=taken)
        .exclude(signed_copies__complete=True, signed_copies__state="filed")
        .select_related("issuing_body__agency")
    )


@transaction.atomic
def create(
    body: IssuingBody, documents: Sequence[Document], *, actor: Person, now: dt.datetime
) -> SigningBatch:
    """Put papers before their signers together. Raises OperationError for none, too many, or one that is
    in another open batch."""
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
            wanted = stage_of(document).wanted
            if done and (wanted == "seal") != key.is_seal:
                break
            if not rules.may_use(actor, key, document):
                raise OperationError(_("Khóa này không dùng được cho văn bản này."))
            stage = here.check(document, key, actor)
            here.sign_with(document, key, signer, stage, actor=actor, now=now)
            done += 1
    except (OperationError, ValueError, OSError) as error:
        told = isinstance(error, OperationError | keys.BadKey)
        reason = str(error) if told else _("Tệp của văn bản không đọc được.")
        _mark(job, State.FAILED, reason[:300])
        return False
    _mark(job, State.OPEN if stage_of(document).wanted else State.DONE, "")
    return True


def _mark(job: SigningJob, state: str, reason: str) -> None:
    open_ones = SigningJob.objects.filter(pk=job.pk, state__in=(State.OPEN, State.FAILED))
    open_ones.update(state=state, reason=reason)
    job.state, job.reason = state, reason


@transaction.atomic
def refuse(job: SigningJob, *, reason: str, actor: Person, now: dt.datetime) -> None:
    """Take one paper out of its batch with a reason; the others go on. Raises OperationError without a
    reason, or where the paper is signed or refused already."""
    if not reason:
        raise OperationError(_("Hãy ghi lý do từ chối ký."))
    mine = SigningJob.objects.filter(pk=job.pk, state__in=(State.OPEN, State.FAILED))
    if mine.update(state=State.REFUSED, reason=reason[:300]) != 1:
        raise OperationError(_("Văn bản này đã ký xong hoặc đã bị từ chối."))
    history.log(job.document, "document.refuse-signature", actor=actor, now=now, note=reason)
