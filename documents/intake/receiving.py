"""Files and pasted texts: received, read in the background, discarded."""

from __future__ import annotations

import datetime as dt
import hashlib
from pathlib import Path, PureWindowsPath
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile, File
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from agencies.models import IssuingBody, Person
from documents.models import Intake
from lucngan.lib.text import one_line
from paper import json as paper_json
from paper.reading import Reading, Unreadable, read_file, views

#: A claim older than this was left by a worker that died; the file is read again.
LEASE = dt.timedelta(minutes=6)
#: After so many deaths the file is given up with a sentence.
ATTEMPTS = 3


class UploadError(ValueError):
    """The upload cannot be taken; the message is for the person."""


def receive(
    *,
    upload: File[bytes] | None = None,
    text: str = "",
    issuing_body: IssuingBody,
    actor: Person,
    now: dt.datetime,
    in_background: bool = True,
) -> Intake:
    """Take in a file or a pasted text and have it read in the background.

    Raises UploadError for nothing at all, an empty file or one over the limit; nothing is kept then.
    """
    from documents.tasks import read  # tasks import this module

    if upload is None and not text.strip():
        raise UploadError(_("Hãy chọn một tệp hoặc dán nội dung."))
    name = clean_name(upload.name or "") if upload is not None else _("Nội dung dán.txt")
    source: File[bytes] = upload if upload is not None else ContentFile(text.encode("utf-8"))
    if source.size == 0:
        raise UploadError(_("Tệp rỗng, không có gì để đọc."))
    if source.size > settings.UPLOAD_LIMIT:
        raise UploadError(
            _("Tệp lớn hơn %(mb)s MB. Hãy tách tệp hoặc bỏ bớt ảnh rồi tải lại.")
            % {"mb": settings.UPLOAD_LIMIT // (1024 * 1024)}
        )
    intake = Intake(
        issuing_body=issuing_body,
        name=name,
        size=source.size,
        sha256=digest(source),
        created_by=actor,
        created_at=now,
    )
    with transaction.atomic():
        intake.file.save(f"{intake.public_id}{Path(name).suffix[:8].lower()}", source, save=False)
        intake.save()
        if in_background:
            read.delay_on_commit(intake.pk)  # type: ignore[attr-defined]
    return intake


def named(text: str, name: str) -> File[bytes]:
    """A text as a file."""
    return ContentFile(text.encode("utf-8"), name=name)


def clean_name(name: str) -> str:
    """The last part of a path, on one line, at most 255 characters with its ending kept."""
    base = Path(one_line(PureWindowsPath(name).name) or "tep")
    return base.stem[: 255 - len(base.suffix)] + base.suffix


def digest(source: File[bytes]) -> str:
    total = hashlib.sha256()
    for chunk in source.chunks():
        total.update(chunk)
    source.seek(0)
    return total.hexdigest()


def read_intake(pk: int, *, now: dt.datetime) -> bool:
    """Claim a waiting file and read it. False when somebody else has it or it is done.

    At most one worker reads a file at a time: the claim is an UPDATE on state and time.
    """
    mine = Intake.objects.filter(pk=pk, state=Intake.State.WAITING)
    if mine.update(state=Intake.State.READING, claimed_at=now) != 1:
        return False
    intake = Intake.objects.get(pk=pk)
    values: dict[str, Any]
    try:
        with intake.file.open("rb") as stored:
            reading = read_file(stored.read(), intake.name)
        values = {"state": Intake.State.READ, "result": result_of(reading), "problem": ""}
    except Unreadable as error:
        values = {"state": Intake.State.FAILED, "problem": error.message}
    except FileNotFoundError:
        values = {"state": Intake.State.FAILED, "problem": _("Tệp đã mất khỏi kho. Hãy tải lại.")}
    Intake.objects.filter(pk=pk, state=Intake.State.READING, claimed_at=now).update(**values)
    return True


def result_of(reading: Reading) -> dict[str, Any]:
    """What the review page shows, as JSON."""
    return {
        "paper": paper_json.to_data(reading.paper),
        "view": views.reading_view(reading.paper, reading.damaged),
        "source": list(reading.source),
        "warnings": [
            {"code": w.code, "message": w.message, "line": w.line, "path": w.path, "suggestion": w.suggestion}
            for w in reading.warnings
        ],
        "damaged": [{"raw": d.raw, "repaired": d.repaired, "line": d.line} for d in reading.damaged],
        "leftover": [{"line": left.line, "text": left.text} for left in reading.leftover],
        "spans": [[list(s.path), s.first, s.last] for s in reading.spans],
        "exact": reading.exact,
    }


def sweep(now: dt.datetime) -> int:
    """Read what the broker lost: files that wait too long, and claims of workers that died.

    Returns how many were read. A file that killed its worker three times is given up.
    """
    stale = Intake.objects.filter(state=Intake.State.READING, claimed_at__lt=now - LEASE)
    stale.filter(attempts__gte=ATTEMPTS - 1).update(
        state=Intake.State.FAILED,
        problem=_("Đọc tệp này nhiều lần không xong. Hãy thử lưu lại tệp rồi tải lên."),
    )
    for pk, attempts in list(stale.values_list("pk", "attempts")):
        stale.filter(pk=pk).update(state=Intake.State.WAITING, attempts=attempts + 1)
    waiting = Intake.objects.filter(state=Intake.State.WAITING, created_at__lt=now - dt.timedelta(seconds=5))
    return sum(read_intake(pk, now=timezone.now()) for pk in list(waiting.values_list("pk", flat=True)))


def discard(intake: Intake, *, actor: Person, now: dt.datetime) -> bool:
    """Put a file aside, also while it is being read; an accepted one stays. True when it was done."""
    open_states = (Intake.State.WAITING, Intake.State.READING, Intake.State.READ, Intake.State.FAILED)
    mine = Intake.objects.filter(pk=intake.pk, state__in=open_states)
    return mine.update(state=Intake.State.DISCARDED) == 1
