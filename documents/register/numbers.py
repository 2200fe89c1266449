"""Drawing numbers: one at a time, in the transaction of the paper that gets it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db import models, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from agencies.models import Person
from documents.models import Document, Numbering, NumberSeries, RegisterEntry
from documents.operations import OperationError
from documents.register.series import found, of_document, series_of
from lucngan.lib.dates import short
from lucngan.lib.text import fold

State = RegisterEntry.State


class RegisterError(OperationError):
    """The book cannot take this; the text is a sentence for the registrar."""


@transaction.atomic
def draw(
    document: Document,
    *,
    day: dt.date,
    actor: Person,
    now: dt.datetime,
    reserved: RegisterEntry | None = None,
) -> RegisterEntry:
    """Give the paper its number: the next of its series, or one that was reserved there.

    Call inside the transaction that issues: what fails later gives the number back. Two at once wait
    for each other at the row of the series. Raises RegisterError where the paper has a number already
    or the reserved one is gone or of another series.
    """
    if RegisterEntry.objects.filter(document=document).exists():
        raise RegisterError(_("Văn bản này đã có số trong sổ."))
    series = series_of(of_document(document, day))
    values = columns(document, day) | {"state": State.USED, "document": document, "by": actor, "at": now}
    if reserved is not None:
        return _take(reserved, series, values)
    number = advance(series)
    return RegisterEntry.objects.create(series=series, number=number, **values)


def advance(series: NumberSeries) -> int:
    """Count the series up. The row stays locked until the transaction ends."""
    NumberSeries.objects.filter(pk=series.pk).update(last=F("last") + 1)
    return NumberSeries.objects.values_list("last", flat=True).get(pk=series.pk)


def _take(reserved: RegisterEntry, series: NumberSeries, values: dict[str, Any]) -> RegisterEntry:
    mine = RegisterEntry.objects.filter(pk=reserved.pk, series=series, state=State.RESERVED)
    if mine.update(**values) != 1:
        raise RegisterError(_("Số giữ này không còn, hoặc thuộc dãy số khác. Hãy chọn lại."))
    return RegisterEntry.objects.get(pk=reserved.pk)


def columns(document: Document, day: dt.date) -> dict[str, Any]:
    """What the book says of a paper."""
    title = f"{document.kind.capitalize()} {' '.join(document.subject.split())}".strip() or str(document)
    recipients = "; ".join(document.recipients.values_list("text", flat=True))
    rule = Numbering.objects.filter(issuing_body=document.issuing_body_id).first()
    return {
        "notation": document.notation,
        "dated_on": day,
        "title": title,
        "signer": document.signing_name or document.signing_position,
        "recipients": recipients,
        "holder": rule.holder if rule else "",
        "folded": fold(f"{document.notation} {title} {recipients}"),
    }


@dataclass(frozen=True, slots=True)
class Outlook:
    """What the series of a paper offers now; no promise."""

    number: int
    reserved: models.QuerySet[RegisterEntry]
    series: NumberSeries | None = None


def outlook(document: Document, day: dt.date) -> Outlook:
    """The number that the paper would get, and those that are kept in its series."""
    series = found(of_document(document, day))
    if series is None:
        return Outlook(1, RegisterEntry.objects.none())
    kept = RegisterEntry.objects.filter(series=series, state=State.RESERVED)
    return Outlook(series.next, kept.select_related("series__issuing_body").order_by("number"), series)


def expected(document: Document, day: dt.date) -> int:
    """The number that the paper would get now; no promise."""
    return outlook(document, day).number


@transaction.atomic
def record(document: Document, *, actor: Person | None, now: dt.datetime) -> RegisterEntry | None:
    """Enter a paper that was issued before this program was used, with the number it bears.

    A number beyond the last one moves the series on: the book then says which numbers between were never
    entered. None for a paper without number or day. Raises RegisterError where the number stands in the
    book already.
    """
    day = document.dated_on
    if document.number is None or day is None:
        return None
    series = series_of(of_document(document, day))
    if RegisterEntry.objects.filter(series=series, number=document.number).exists():
        raise RegisterError(taken(document.number))
    widen(series, document.number)
    return RegisterEntry.objects.create(
        series=series,
        number=document.number,
        state=State.USED,
        document=document,
        by=actor,
        at=now,
        **columns(document, day),
    )


def widen(series: NumberSeries, number: int) -> None:
    """Let the series reach ``number``; its first number moves down to it, or up while it is empty."""
    rows = NumberSeries.objects.filter(pk=series.pk)
    if not series.entries.exists():
        rows.update(start=number, last=number)
    else:
        rows.filter(last__lt=number).update(last=number)
        rows.filter(start__gt=number).update(start=number)


def taken(number: int) -> str:
    return _("Số %(number)s đã có văn bản khác dùng.") % {"number": f"{number:02d}"}


def warnings(document: Document, day: dt.date, number: int | None = None) -> list[str]:
    """What a registrar should see before the number is given: an earlier day with a later number, and
    the reverse (NĐ 30/2020, Điều 15.1: numbers follow the time)."""
    series = found(of_document(document, day))
    if series is None:
        return []
    number = number or series.next
    used = RegisterEntry.objects.filter(series=series, state=State.USED).select_related(
        "series__issuing_body"
    )
    later = used.filter(number__lt=number, dated_on__gt=day).order_by("-dated_on").first()
    earlier = used.filter(number__gt=number, dated_on__lt=day).order_by("dated_on").first()
    said = []
    for other in (later, earlier):
        if other is not None and other.dated_on is not None:
            words = _("Số %(other)s ghi ngày %(day)s: ngày %(own)s không theo thứ tự của số.")
            said.append(words % {"other": other, "day": short(other.dated_on), "own": short(day)})
    return said
