"""Writes on documents that touch more than one row."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
import uuid
from collections.abc import Iterable
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext as _

from agencies.matching import Directory
from agencies.models import Agency, IssuingBody, Person
from documents import history, lifecycle, operations, register
from documents.intake import fromfile
from documents.models import Clause, Document, Intake, Operation, Recipient, Snapshot
from documents.models.clause import STEP
from documents.models.document import DocumentAgency
from documents.operations import Outcome
from documents.papers import paper_of
from lucngan.lib.files import settle
from lucngan.lib.text import fold, one_line
from paper import json as paper_json
from paper.forms import Profile, profile_of
from paper.printing import pdf
from paper.value import Paper
from paper.value import Recipient as PaperRecipient


class NotEditable(operations.OperationError):
    """The document is no longer a draft."""


def locked(document: Document) -> Document:
    """The row as it is now, held until the transaction ends (SQLite holds the whole file)."""
    return Document.objects.for_writing().select_related("issuing_body__agency").get(pk=document.pk)


def operate(
    document: Document,
    asked: dict[str, Any],
    *,
    actor: Person,
    now: dt.datetime,
    rewrite: operations.Rewrite,
) -> Outcome:
    """One operation of the editor on a document that is locked in the running transaction.

    Raises OperationError (Conflict, Gone, NotEditable), or IntegrityError when the same id was done
    at the same moment; the caller's transaction ends then.
    """
    if not document.is_draft:
        raise NotEditable(_("Văn bản này không còn là dự thảo, không sửa được."))
    if asked.get("kind") == "undo":
        return operations.undo(document, asked.get("op"), actor=actor, now=now)
    if asked.get("kind") == "redo":
        return operations.redo(document, asked.get("op"), actor=actor, now=now)
    return operations.apply(document, asked, actor=actor, now=now, rewrite=rewrite)


def fill(document: Document, rows: Iterable[dict[str, Any]]) -> None:
    """Write the first text of a new document; ``rows`` are the clause rows in reading order, each
    with ``parent`` (index into the rows, or None). Parents are written before children."""
    written: list[Clause] = []
    counts: dict[int | None, int] = {}
    for values in rows:
        parent_at = values.pop("parent")
        counts[parent_at] = counts.get(parent_at, 0) + 1
        clause = Clause(
            document=document,
            parent=written[parent_at] if parent_at is not None else None,
            position=counts[parent_at] * STEP,
            **values,
        )
        clause.save(force_insert=True)
        written.append(clause)


def set_recipients(document: Document, recipients: Iterable[PaperRecipient], directory: Directory) -> None:
    """Replace the recipients; names that are known agencies are linked to them."""
    document.recipients.all().delete()
    rows = []
    for n, each in enumerate(recipients, start=1):
        match = directory.find(each.text)
        rows.append(
            Recipient(
                document=document,
                position=n,
                text=one_line(each.text)[:300],
                purpose=(each.purpose or "")[:60],
                mark=each.mark,
                agency_id=match.agency_id if match and match.sure else None,
            )
        )
    Recipient.objects.bulk_create(rows)


def claim(intake: Intake) -> None:
    """Mark a reading as accepted, once. Raises OperationError when it was accepted or put aside."""
    mine = Intake.objects.filter(pk=intake.pk, state=Intake.State.READ)
    if mine.update(state=Intake.State.ACCEPTED) != 1:
        raise operations.OperationError(_("Tệp này đã được nhận hoặc đã bỏ."))


#: Kinds and their abbreviations (NĐ 30/2020, Phụ lục III; HD 05-HD/VPTW).
KIND_CODES = {
    "CHƯƠNG TRÌNH": "CTr",
    "THÔNG BÁO": "TB",
    "BÁO CÁO": "BC",
    "KẾ HOẠCH": "KH",
    "GIẤY MỜI": "GM",
    "KẾT LUẬN": "KL",
    "NGHỊ QUYẾT": "NQ",
    "QUYẾT ĐỊNH": "QĐ",
    "CHỈ THỊ": "CT",
    "HƯỚNG DẪN": "HD",
    "TỜ TRÌNH": "TTr",
    "ĐỀ ÁN": "ĐA",
}


@transaction.atomic
def accept_intake(
    intake: Intake,
    paper: Paper,
    *,
    issuing_body: IssuingBody,
    as_archive: bool,
    actor: Person | None,
    now: dt.datetime,
) -> Document:
    """Make a document of a paper that was read and is no programme (a notice, a report).

    Effects as for a programme: document, clauses, recipients, intake accepted, log.
    Raises OperationError when the reading was accepted before.
    """
    claim(intake)
    code = KIND_CODES.get(paper.kind or "", "VB")
    document = Document(
        issuing_body=issuing_body,
        kind=paper.kind or "",
        kind_code=code,
        notation=paper.notation or issuing_body.notation(code),
        superior_lines=issuing_body.superior_lines,
        letterhead_lines=issuing_body.letterhead_lines,
        place=issuing_body.place,
        created_by=actor,
        created_at=now,
        updated_at=now,
    )
    for name, value in fromfile.head_values(paper, as_archive=as_archive).items():
        setattr(document, name, value)
    if paper.regime == issuing_body.regime:
        document.form_profile = profile_of(paper).code
    document.save(force_insert=True)
    directory = Directory(document.form_day)
    fill(document, fromfile.clause_rows(paper, directory))
    set_recipients(document, paper.recipients, directory)
    Intake.objects.filter(pk=intake.pk).update(document=document)
    history.log(document, "document.accept", actor=actor, now=now, note=intake.name)
    if as_archive:
        archive(document, paper, actor=actor, now=now)
    return document


@transaction.atomic
def archive(document: Document, paper: Paper, *, actor: Person | None, now: dt.datetime) -> Snapshot:
    """Keep a paper that was issued before this program was used, exactly as it was read.

    Effects: state issued, the snapshot (JSON, PDF, both hashes), the named agencies, its number in the
    register, one entry. Raises OperationError where that number stands there already.
    """
    profile = document.form
    snapshot = keep(document, paper, pdf.render(paper, profile), profile, now=now)
    name_agencies(document)
    lifecycle.set_state(document, Document.State.ISSUED, action="document.archive", actor=actor, now=now)
    register.record(document, actor=actor, now=now)
    return snapshot


def keep(
    document: Document,
    paper: Paper,
    data: bytes,
    profile: Profile,
    *,
    now: dt.datetime,
    written: list[str] | None = None,
) -> Snapshot:
    """Store what was issued: the paper, its PDF and the SHA-256 of both. The name of the file goes into
    ``written`` before the row that names it is there."""
    text = paper_json.dumps(paper)
    snapshot = Snapshot(
        document=document,
        paper=text,
        paper_sha256=hashlib.sha256(text.encode()).hexdigest(),
        pdf_sha256=hashlib.sha256(data).hexdigest(),
        profile=profile.code,
        at=now,
    )
    snapshot.pdf.save(f"{document.public_id}.pdf", ContentFile(data), save=False)
    name = str(snapshot.pdf.name)
    if written is not None:
        written.append(name)
    settle(snapshot.pdf.storage, name)
    snapshot.save()
    return snapshot


def name_agencies(document: Document) -> None:
    """Write down which agencies the paper names, as preparing bodies, as recipients or in its words:
    they may read it."""
    rows = list(document.clauses.values_list("text", "bodies"))
    ids = {body["agency"] for _text, bodies in rows for body in bodies}
    ids |= set(document.recipients.values_list("agency", flat=True))
    ids |= mentioned(" ".join(text for text, _bodies in rows), document.form_day)
    named = Agency.objects.filter(pk__in=ids - {None})
    DocumentAgency.objects.bulk_create(
        [DocumentAgency(document=document, agency=agency) for agency in named], ignore_conflicts=True
    )


#: Letters of a name that can be looked for in a text; shorter ones stand in other words too.
SHORTEST_NAME = 8


def mentioned(text: str, day: dt.date) -> set[int]:
    """The agencies whose full or short name stands in the text; of two names at one place the longer."""
    names: dict[str, int] = {}
    for pk, name, short in (
        Agency.objects.valid_on(day).order_by("pk").values_list("pk", "name", "short_name")
    ):
        names.setdefault(fold(name), pk)
        names.setdefault(fold(short), pk)
    names = {name: pk for name, pk in names.items() if len(name) >= SHORTEST_NAME}
    if not names:
        return set()
    longest_first = sorted(names, key=len, reverse=True)
    pattern = re.compile(rf"\b(?:{'|'.join(map(re.escape, longest_first))})\b")
    return {names[found] for found in pattern.findall(fold(text))}


@transaction.atomic
def set_details(
    document: Document,
    values: dict[str, Any],
    recipients: Iterable[PaperRecipient],
    *,
    revision: int,
    actor: Person,
    now: dt.datetime,
) -> Document:
    """Change letterhead, title, recipients and signature block of a draft.

    Raises Conflict-like OperationError when the document was changed in these parts since
    ``revision``, NotEditable when it is no draft. Logs once.
    """
    document = locked(document)
    if not document.is_draft:
        raise NotEditable(_("Văn bản này không còn là dự thảo, không sửa được."))
    since = document.log.filter(action="document.details", data__revision__gt=revision).exists()
    if since:
        raise operations.OperationError(_("Người khác vừa sửa phần này. Hãy tải lại trang rồi sửa tiếp."))
    document.revision += 1
    document.updated_at = now
    for name, value in values.items():
        setattr(document, name, value)
    document.save(update_fields=[*values, "revision", "updated_at"])
    set_recipients(document, recipients, Directory(document.form_day))
    Operation.objects.create(
        document=document, revision=document.revision, op_id=uuid.uuid4(), kind="details", actor=actor, at=now
    )
    history.log(document, "document.details", actor=actor, now=now, revision=document.revision)
    return document


def printed(document: Document) -> tuple[Paper, bytes]:
    """The paper and its PDF: the stored bytes of an issued document, a fresh print of a draft."""
    paper = paper_of(document)
    snapshot = getattr(document, "snapshot", None)
    if snapshot is not None:
        with snapshot.pdf.open("rb") as stored:
            return paper, stored.read()
    return paper, pdf.render(paper, document.form)
