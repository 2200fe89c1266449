"""Whose desk it is on, since when."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from documents.models import Document, DocumentLog, ReviewTurn

State = Document.State


@dataclass(frozen=True, slots=True)
class Desk:
    """Who has the paper now (words), what for, and since when; ``who`` is "" where it lies with nobody."""

    who: str
    doing: str
    since: dt.datetime | None


def desk_of(document: Document) -> Desk:
    """The desk of one paper."""
    return desks_of([document])[document.pk]


def desks_of(documents: Iterable[Document]) -> dict[int, Desk]:
    """The desks of papers by primary key: two queries, however many they are."""
    rows = list(documents)
    keys = [row.pk for row in rows]
    turns = {
        turn.document_id: turn
        for turn in ReviewTurn.objects.filter(document__in=keys, state=ReviewTurn.State.OPEN).select_related(
            "person"
        )
    }
    steps = DocumentLog.objects.filter(document__in=keys).exclude(after="").order_by("at", "pk")
    moved = steps.values_list("document", "at", "before", "after")
    since = {key: at for key, at, before, after in moved if before != after}
    return {row.pk: _desk(row, turns.get(row.pk), since.get(row.pk)) for row in rows}


def _desk(document: Document, turn: ReviewTurn | None, since: dt.datetime | None) -> Desk:
    match document.state:
        case State.DRAFT:
            return Desk(_("Chuyên viên văn phòng"), _("đang soạn"), since or document.created_at)
        case State.REVIEW if turn is not None:
            return Desk(
                str(turn.person or turn.get_role_display()), _("đang xem, cho ý kiến"), turn.opened_at
            )
        case State.APPROVED:
            return Desk(_("Văn thư"), _("chờ cấp số, ban hành"), since)
    return Desk("", str(document.get_state_display()).lower(), since)
