"""Signed copies: kept beside the issued file, never in its place."""

from __future__ import annotations

import datetime as dt
import hashlib
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile, File
from django.db import transaction
from django.utils.translation import gettext as _

from agencies.models import Person
from documents import events, history
from documents.models import CoSigner, Document, SignedCopy, SigningJob, TrustAnchor
from documents.operations import OperationError
from documents.papers import paper_of
from documents.services import locked
from documents.signing import current_pdf, latest, outside, scan, trust, verify
from documents.signing.stage import OutOfOrder, Reach, Roles, read_outside, warnings
from paper.printing import completeness

Kind, State = SignedCopy.Kind, SignedCopy.State
Manner = Document.Manner


class Refused(OperationError):
    """The paper cannot be signed, or the copy not be taken; the text is the reason."""


def anchors() -> verify.Anchors:
    """The certificates that the administration trusts."""
    rows = TrustAnchor.objects.filter(active=True).values_list("pem", flat=True)
    return tuple(each for row in rows for each in trust.certificates(row.encode()))


def check_open(document: Document) -> None:
    """Signed is what was issued and holds. Raises Refused."""
    if not document.is_in_force:
        raise Refused(
            _("Văn bản đang ở trạng thái “%(state)s” nên không ký được.")
            % {"state": document.get_state_display()}
        )


@transaction.atomic
def choose_manner(document: Document, manner: str, *, actor: Person, now: dt.datetime) -> Document:
    """Set how the paper is signed; nothing happens when it is so already.

    Raises Refused for a paper that is not issued or already has a signed copy.
    """
    document = locked(document)
    check_open(document)
    if document.signing_manner == manner:
        return document
    if latest(document) is not None:
        raise Refused(_("Văn bản đã có bản ký nên không đổi cách ký nữa."))
    before, document.signing_manner = document.signing_manner, manner
    document.updated_at = now
    document.save(update_fields=["signing_manner", "updated_at"])
    history.log(document, "document.manner", actor=actor, now=now, before=before, after=manner)
    return document


def content(upload: File[bytes]) -> bytes:
    """The bytes of an upload. Raises Refused for nothing and for too much."""
    if not upload.size:
        raise Refused(_("Tệp rỗng."))
    if upload.size > settings.UPLOAD_LIMIT:
        limit = settings.UPLOAD_LIMIT // (1024 * 1024)
        raise Refused(_("Tệp lớn hơn %(mb)s MB nên không nhận.") % {"mb": limit})
    return bytes(upload.read())


def take_outside(document: Document, data: bytes, *, actor: Person, now: dt.datetime) -> SignedCopy:
    """File what was signed with another tool; where something needs a look, keep it pending.

    Raises Refused with the reason for anything but the issued file with sound signatures added.
    """
    check_open(document)
    _check_manner(document, Manner.OUTSIDE, Manner.HERE)
    before = latest(document)
    try:
        report = outside.examine(data, current_pdf(document), anchors())
    except outside.Refused as error:
        raise Refused(str(error)) from error
    roles = Roles.of(document.issuing_body)
    if roles.out_of_order(report.signatures):
        raise Refused(_("Con dấu của cơ quan đứng trước chữ ký của người ký. Người ký phải ký trước."))
    try:
        reach, reading = read_outside(document.cosigners.select_related("person"), before, report, roles)
    except OutOfOrder as error:
        raise Refused(str(error)) from error
    facts = {**report.data(), "warnings": warnings(document, report, reading.others)}
    if facts["warnings"]:
        return hold(document, data, Kind.OUTSIDE, facts, reach=reach, actor=actor, now=now)
    return keep(
        document, data, Kind.OUTSIDE, facts, action="document.file-signed",
        reach=reach, before=before, actor=actor, now=now,
    )  # fmt: skip


def take_scan(document: Document, data: bytes, *, actor: Person, now: dt.datetime) -> SignedCopy:
    """Compare a scan with what was issued and keep it pending until its differences were seen."""
    check_open(document)
    _check_manner(document, Manner.PAPER)
    try:
        count, text = scan.pages_of(data), completeness.text(data, document.form)
    except ValueError as error:
        raise Refused(str(error)) from error
    found = scan.compare(paper_of(document), document.form, text, count)
    reach = Reach(has_signer=True, complete=True)
    return hold(document, data, Kind.SCAN, found.data(), reach=reach, actor=actor, now=now)


def _check_manner(document: Document, *manners: str) -> None:
    if document.signing_manner not in manners:
        raise Refused(
            _("Cách ký của văn bản này là “%(manner)s”.") % {"manner": document.get_signing_manner_display()}
        )


def hold(
    document: Document, data: bytes, kind: str, report: dict[str, Any], *, reach: Reach,
    actor: Person, now: dt.datetime,
) -> SignedCopy:  # fmt: skip
    """Keep a copy until somebody looked at it; an earlier one that waited is put aside."""
    copy = _new(document, data, kind, report, reach=reach, actor=actor, now=now)
    with _stored(copy, data), transaction.atomic():
        check_open(locked(document))
        waiting = SignedCopy.objects.filter(document=document, state=State.PENDING)
        waiting.update(state=State.DISCARDED)
        copy.state = State.PENDING
        copy.save(force_insert=True)
        history.log(document, "document.upload-signed", actor=actor, now=now, sha256=copy.sha256)
    return copy


def keep(
    document: Document, data: bytes, kind: str, report: dict[str, Any], *, action: str, reach: Reach,
    before: SignedCopy | None, actor: Person, now: dt.datetime,
) -> SignedCopy:  # fmt: skip
    """File a copy that follows ``before``. Raises Refused where another was filed meanwhile."""
    copy = _new(document, data, kind, report, reach=reach, actor=actor, now=now)
    with _stored(copy, data), transaction.atomic():
        _file(copy, before, action, actor=actor, now=now)
    return copy


@transaction.atomic
def confirm(copy: SignedCopy, *, note: str, actor: Person, now: dt.datetime) -> SignedCopy:
    """File a pending copy after a look; what was not in order needs a reason. Raises Refused."""
    document = locked(copy.document)
    copy = SignedCopy.objects.select_related("document").get(pk=copy.pk)
    if copy.state != State.PENDING:
        raise Refused(_("Bản này đã được lưu hoặc đã bỏ."))
    if needs_reason(copy) and not note:
        raise Refused(_("Hãy ghi lý do vẫn lưu bản này."))
    before = latest(document)
    if copy.kind == Kind.OUTSIDE and not _follows(copy, document):
        raise Refused(_("Đã có bản ký khác trong lúc chờ. Hãy tải lại bản ký tiếp theo bản đó."))
    copy.note = note
    action = "document.file-scan" if copy.kind == Kind.SCAN else "document.file-signed"
    _file(copy, before, action, actor=actor, now=now)
    return copy


def needs_reason(copy: SignedCopy) -> bool:
    """Whether something in the copy is not in order."""
    report = copy.report
    return bool(report.get("warnings") or report.get("differences") or report.get("has_text") is False)


def _follows(copy: SignedCopy, document: Document) -> bool:
    with copy.file.open("rb") as stored:
        return bytes(stored.read()).startswith(current_pdf(document))


@transaction.atomic
def discard(copy: SignedCopy, *, actor: Person, now: dt.datetime) -> bool:
    """Put a pending copy aside; True when it was done now."""
    mine = SignedCopy.objects.filter(pk=copy.pk, state=State.PENDING)
    if mine.update(state=State.DISCARDED) != 1:
        return False
    history.log(copy.document, "document.discard-signed", actor=actor, now=now, sha256=copy.sha256)
    return True


def _new(
    document: Document, data: bytes, kind: str, report: dict[str, Any], *, reach: Reach,
    actor: Person, now: dt.datetime,
) -> SignedCopy:  # fmt: skip
    return SignedCopy(
        document_id=document.pk,
        kind=kind,
        sha256=hashlib.sha256(data).hexdigest(),
        size=len(data),
        report={**report, "cosigners": list(reach.cosigners)} if reach.cosigners else report,
        has_signer=reach.has_signer,
        complete=reach.complete,
        by=actor,
        at=now,
    )


class _stored:  # noqa: N801  used as a word of a with statement
    """The file is written before the rows; it goes again when they are not written."""

    def __init__(self, copy: SignedCopy, data: bytes) -> None:
        self.copy, self.data = copy, data

    def __enter__(self) -> None:
        self.copy.file.save(f"{self.copy.public_id}.pdf", ContentFile(self.data), save=False)

    def __exit__(self, kind: type[BaseException] | None, *rest: object) -> None:
        if kind is not None:
            self.copy.file.delete(save=False)


def _file(
    copy: SignedCopy, before: SignedCopy | None, action: str, *, actor: Person, now: dt.datetime
) -> None:
    document = locked(copy.document)
    check_open(document)
    newest = latest(document)
    if newest != before:
        raise Refused(_("Người khác vừa ký hoặc lưu bản ký của văn bản này. Hãy tải lại trang."))
    if newest is not None and (newest.kind == Kind.SCAN) != (copy.kind == Kind.SCAN):
        raise Refused(_("Văn bản đã có bản ký theo cách khác."))
    if copy.kind != Kind.SCAN:
        _take_turns(copy, document, now)
    copy.position = newest.position + 1 if newest is not None and newest.position else 1
    copy.state, copy.by, copy.at = State.FILED, actor, now
    copy.save()
    history.log(document, action, actor=actor, now=now, note=copy.note, sha256=copy.sha256)
    if copy.complete and not (newest is not None and newest.complete):
        SigningJob.objects.unfinished().filter(document=document).update(
            state=SigningJob.State.DONE, reason=""
        )
        events.announce("signed", document, actor=actor, now=now, copy=copy)


def _take_turns(copy: SignedCopy, document: Document, now: dt.datetime) -> None:
    """The co-signers of the copy have signed. Raises Refused where the list changed meanwhile."""
    ids = copy.report.get("cosigners", ())
    waiting = CoSigner.objects.filter(document=document, signed_at=None)
    if waiting.filter(pk__in=ids).update(signed_at=now) != len(ids):
        raise Refused(_("Danh sách người cùng ký vừa thay đổi. Hãy tải lại trang."))
    if copy.has_signer and waiting.exists():
        raise Refused(_("Còn người cùng ký chưa ký. Hãy tải lại trang."))
