"""What the deliveries of a paper say for the columns "Số lượng bản" and "Ngày chuyển"."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Min, Q, Sum
from django.utils import timezone

from documents.models import Delivery, RegisterEntry


@dataclass(frozen=True, slots=True)
class Sent:
    """Sheets on paper, and the day when the paper first left; None where nothing is known."""

    copies: int | None = None
    on: dt.date | None = None


def sent_of(entries: Iterable[RegisterEntry]) -> dict[int, Sent]:
    """Key of an entry → the two columns. What the registrar wrote stands before what deliveries say."""
    rows = list(entries)
    known = from_deliveries({row.document_id for row in rows if row.document_id})
    found = {}
    for row in rows:
        said = known.get(row.document_id or 0, Sent())
        copies = said.copies if row.copies is None else row.copies
        found[row.pk] = Sent(copies, row.sent_on or said.on)
    return found


def from_deliveries(documents: set[int]) -> dict[int, Sent]:
    """Key of a document → what its deliveries say."""
    rows = (
        Delivery.objects.filter(document__in=documents)
        .order_by()
        .values("document")
        .annotate(
            sheets=Sum(
                "copies",
                filter=Q(channel=Delivery.Channel.PAPER) & ~Q(state=Delivery.State.STOPPED),
            ),
            first=Min("sent_at", filter=Q(state=Delivery.State.SENT)),
        )
    )
    return {
        row["document"]: Sent(row["sheets"], timezone.localdate(row["first"]) if row["first"] else None)
        for row in rows
    }
