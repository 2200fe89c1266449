"""Papers that bear a number and do not stand in the book: issued before this program kept it, with a
number that another paper has, or with a date that no calendar knows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agencies.models import Person
from audit.actions import register
from documents.models import Document, NumberSeries, RegisterEntry, SharedNumber
from documents.register.book import log
from documents.register.numbers import RegisterError, record
from documents.register.series import found, of_document
from documents.services import locked

register(**{"register.share": gettext_lazy("ghi nhận văn bản trùng số")})


@dataclass(frozen=True, slots=True)
class Stray:
    """A numbered paper outside of the book: its day, its series where there is one, and the entry that
    has its number already."""

    document: Document
    day: dt.date | None
    series: NumberSeries | None
    holder: RegisterEntry | None

    @property
    def number(self) -> str:
        """The number as the paper bears it."""
        sign = "-" if self.document.issuing_body.regime == "party" else "/"
        return f"{self.document.number:02d}{sign}{self.document.notation}"


def strays(bodies: Iterable[int]) -> list[Stray]:
    """The numbered papers of these bodies that neither stand in the book nor were settled."""
    rows = Document.objects.filter(
        issuing_body__in=bodies,
        state__in=Document.NUMBERED,
        register_entry=None,
        shared_number=None,
    )
    rows = rows.select_related("issuing_body__agency").order_by("year", "month", "day", "number", "pk")
    return [stray(document) for document in rows]


def stray(document: Document) -> Stray:
    """What keeps the paper out of the book."""
    try:
        day = document.dated_on
    except ValueError:
        day = None
    series = found(of_document(document, day)) if day else None
    holder = None
    if series is not None and document.number is not None:
        holder = RegisterEntry.objects.filter(series=series, number=document.number).first()
    return Stray(document, day, series, holder)


@transaction.atomic
def settle(document: Document, *, reason: str, actor: Person, now: dt.datetime) -> RegisterEntry:
    """Put the paper into the book: under its own number where that is free, else beside the paper that
    has the number, with the reason.

    Raises RegisterError for a paper that stands in the book, one without a day, and where two papers have
    a number and no reason is given.
    """
    row = locked(document)
    held = SharedNumber.objects.filter(document=row).exists()
    if held or not row.is_numbered or RegisterEntry.objects.filter(document=row).exists():
        raise RegisterError(_("Văn bản này đã đứng trong sổ."))
    missing = stray(row)
    if missing.day is None:
        raise RegisterError(_("Văn bản không ghi đủ ngày tháng năm nên chưa vào sổ được."))
    if missing.holder is None:
        return entered(row, actor=actor, now=now)
    if not reason:
        raise RegisterError(_("Hãy ghi vì sao hai văn bản cùng một số."))
    SharedNumber.objects.create(document=row, entry=missing.holder, reason=reason, by=actor, at=now)
    words = f"{row}: {reason}"
    log("register.share", body=row.issuing_body, actor=actor, now=now, entry=missing.holder, note=words)
    return missing.holder


def entered(document: Document, *, actor: Person, now: dt.datetime) -> RegisterEntry:
    """The paper under its own, free number."""
    entry = record(document, actor=actor, now=now)
    if entry is None:
        raise RegisterError(_("Văn bản không ghi đủ ngày tháng năm nên chưa vào sổ được."))
    log("register.enter", body=document.issuing_body, actor=actor, now=now, entry=entry)
    return entry
