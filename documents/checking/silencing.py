"""Letting a finding be, and turning a check off: always a named person with a reason."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agencies.models import IssuingBody, Person
from agencies.rules import standing
from audit.actions import register
from audit.models import AdministrationLog
from documents import history
from documents.models import DisabledCheck, Document, Silence
from documents.operations import OperationError
from paper.checks import CHECKS, Finding, Severity

register(
    **{
        "document.silence": gettext_lazy("giữ nguyên một chỗ khi soát lỗi"),
        "document.unsilence": gettext_lazy("bỏ giữ nguyên một chỗ khi soát lỗi"),
        "check.off": gettext_lazy("tắt một phép soát của cơ quan"),
        "check.on": gettext_lazy("bật lại một phép soát của cơ quan"),
    }
)

#: Who lets a warning or a hint be, and who a refusal.
OFFICE = ("drafter", "chief", "leader")
HEADS = ("chief", "leader")


class CheckingError(OperationError):
    """The finding cannot be let be; the text is a sentence for the person."""


def may_silence(person: Person, body_id: int, severity: str) -> bool:
    """A refusal is let be by the chief or a leader alone."""
    return standing(person).holds(body_id, *(HEADS if severity == Severity.REFUSE else OFFICE))


@transaction.atomic
def silence(document: Document, finding: Finding, *, reason: str, actor: Person, now: dt.datetime) -> Silence:
    """Let a finding be. Effects: the row, one entry. A second time changes nothing and logs nothing.

    Raises CheckingError without a reason, or where the person may not.
    """
    if not reason.strip():
        raise CheckingError(_("Hãy ghi lý do giữ nguyên."))
    if not may_silence(actor, document.issuing_body_id, finding.severity):
        raise CheckingError(_("Chỉ Chánh Văn phòng và lãnh đạo được cho qua lỗi mà phép soát từ chối."))
    row, new = Silence.objects.get_or_create(
        document=document,
        fingerprint=finding.fingerprint,
        defaults={"code": finding.code, "reason": reason.strip()[:300], "by": actor, "at": now},
    )
    if new:
        said = f"{finding.text} {reason.strip()}"
        history.log(document, "document.silence", actor=actor, now=now, note=said, code=finding.code)
    return row


@transaction.atomic
def unsilence(row: Silence, *, actor: Person, now: dt.datetime) -> bool:
    """Ask again. Gives False, and logs nothing, where it is gone already."""
    if Silence.objects.filter(pk=row.pk).delete()[0] == 0:
        return False
    history.log(row.document, "document.unsilence", actor=actor, now=now, note=row.reason, code=row.code)
    return True


@transaction.atomic
def turn_off(body: IssuingBody, code: str, *, reason: str, actor: Person, now: dt.datetime) -> DisabledCheck:
    """Turn a check off for the papers of a body; the row keeps who, when and why. One entry, also where
    it is asked for twice."""
    if code not in CHECKS:
        raise CheckingError(_("Không có phép soát này."))
    if not reason.strip():
        raise CheckingError(_("Hãy ghi lý do tắt phép soát."))
    row, is_new = DisabledCheck.objects.get_or_create(
        issuing_body=body, code=code, defaults={"reason": reason.strip()[:300], "by": actor, "at": now}
    )
    if is_new:
        log(body, "check.off", code, actor=actor, now=now, note=row.reason)
    return row


@transaction.atomic
def turn_on(body: IssuingBody, code: str, *, actor: Person, now: dt.datetime) -> bool:
    """Turn a check on again; False, and nothing logged, where it was on."""
    if DisabledCheck.objects.filter(issuing_body=body, code=code).delete()[0] == 0:
        return False
    log(body, "check.on", code, actor=actor, now=now)
    return True


def log(
    body: IssuingBody, action: str, code: str, *, actor: Person, now: dt.datetime, note: str = ""
) -> None:
    named = f"{body}: {code}"
    AdministrationLog.objects.append(
        body, action, actor=actor, now=now, issuing_body=body, named=named, note=note
    )
