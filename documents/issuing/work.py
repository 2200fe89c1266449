"""Issuing: number and date are written, the paper is printed and kept for ever, in one transaction."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.db import transaction
from django.utils.translation import gettext as _

from agencies.models import Person
from documents import lifecycle, register, reviewing, secrecy
from documents.issuing import files, gates
from documents.models import Document, RegisterEntry, Snapshot
from documents.operations import OperationError
from documents.papers import paper_of
from documents.services import keep, locked, name_agencies
from paper.forms import Profile
from paper.printing import completeness, pdf
from paper.printing.pages import NoPoppler
from paper.value import Paper

#: Parts of the signature block that a paper may leave open until it is issued.
OPEN = ("signing_position", "signing_name")


@dataclass(frozen=True, slots=True)
class Choices:
    """What the registrar chose on the page: the manner of signing, words for the open parts of the
    signature block, sheets of paper by line of "Nơi nhận"."""

    manner: str = ""
    signer: Mapping[str, str] = field(default_factory=dict)
    copies: Mapping[int, int] = field(default_factory=dict)


def issue(
    document: Document,
    *,
    day: dt.date,
    actor: Person,
    now: dt.datetime,
    overrule: str = "",
    reserved: RegisterEntry | None = None,
    choices: Choices | None = None,
) -> Snapshot:
    """Give the paper its number and date, and keep what it says from now on.

    Effects, in one transaction: the next number of its series (or a reserved one); number, date, state;
    the snapshot (JSON, PDF, both hashes) after the PDF was read again and says everything; the agencies
    that may read it; one entry with what was overruled; the subscribers of "document.issue". The PDF is on
    the disk before the commit and goes again when the transaction fails. A paper of a kind whose body asks
    nobody for leave is issued from its draft.

    Raises OperationError and changes nothing: a paper that is not approved, a date that cannot be, a
    secret paper where none is allowed, a check that refuses and that nobody overrules with a reason, a
    print that lacks something. Two at once: the second finds the paper issued.
    """
    chosen = choices or Choices()
    with files.kept_or_removed() as written, transaction.atomic():
        row = _approved(document, actor=actor, now=now)
        gates.check_day(row, day, now)
        secrecy.check(row.secrecy)
        filled = _fill(row, chosen)
        row.number = register.draw(row, day=day, actor=actor, now=now, reserved=reserved).number
        row.year, row.month, row.day = day.year, day.month, day.day
        paper, profile = paper_of(row), row.form
        data = pdf.render(paper, profile)
        with _reading(paper, data, profile) as reading:
            # poppler reads the print again while this process goes on; the answer is awaited below
            overruled = gates.check_words(row, actor=actor, now=now, overrule=overrule)
            snapshot = keep(row, paper, data, profile, now=now, written=written)
            name_agencies(row)
            _check_whole(reading)
        lifecycle.set_state(
            row,
            Document.State.ISSUED,
            action="document.issue",
            actor=actor,
            now=now,
            note=overrule if overruled else "",
            changes={name: getattr(row, name) for name in ("number", "year", "month", "day", *filled)},
            number=row.number,
            sha256=snapshot.pdf_sha256,
            overruled=overruled,
            copies={str(pk): n for pk, n in chosen.copies.items()},
        )
    return snapshot


def _approved(document: Document, *, actor: Person, now: dt.datetime) -> Document:
    """The row, held; a draft of a kind without reviewers is approved on the way."""
    row = locked(document)
    if row.is_draft and reviewing.waived(row):
        lifecycle.set_state(row, Document.State.APPROVED, action="document.waive", actor=actor, now=now)
    if row.state != Document.State.APPROVED:
        raise lifecycle.TransitionError(lifecycle.refusal(row, Document.State.ISSUED))
    return row


def _fill(row: Document, chosen: Choices) -> list[str]:
    """Write what was left open into the row; what was approved stays. The names of what changed."""
    filled = [name for name in OPEN if not getattr(row, name) and chosen.signer.get(name)]
    for name in filled:
        setattr(row, name, chosen.signer[name])
    if chosen.manner and chosen.manner != row.signing_manner:
        row.signing_manner = Document.Manner(chosen.manner)
        filled.append("signing_manner")
    return filled


def _reading(paper: Paper, data: bytes, profile: Profile) -> completeness.Reading:
    """The print, being read again; raises OperationError where the machine has no reader."""
    try:
        return completeness.begin(paper, data, profile)
    except NoPoppler as reason:
        raise OperationError(str(reason)) from None


def _check_whole(reading: completeness.Reading) -> None:
    """Raises OperationError where the print lacks a part (law 1)."""
    try:
        lost = reading.missing()
    except ValueError as reason:
        raise OperationError(str(reason)) from None
    if lost:
        raise OperationError(_("Bản in thiếu: %(parts)s.") % {"parts": "; ".join(lost)})
