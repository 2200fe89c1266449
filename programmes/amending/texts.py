"""Which changes are in force, which are being written, and the texts that they make."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from documents.models import Document
from documents.tree import Tree
from programmes.amending.sheet import NotThere, Sheet
from programmes.models import AmendmentChange, AmendmentNotice, Programme


def changes_of(programme: Programme) -> QuerySet[AmendmentChange]:
    """All changes, in the order in which they come into force."""
    rows = AmendmentChange.objects.filter(programme=programme.pk)
    return rows.select_related("notice__issuing_body__agency", "programme").order_by(
        "notice_id", "position", "pk"
    )


def in_force(programme: Programme) -> list[AmendmentChange]:
    """The changes of issued notices."""
    return list(changes_of(programme).filter(notice__state__in=Document.IN_FORCE))


def being_written(programme: Programme) -> list[AmendmentChange]:
    """The changes that are planned, or stand in a notice that was not issued yet."""
    open_ones = Q(notice=None) | Q(notice__state__in=("draft", "review", "approved"))
    return list(changes_of(programme).filter(open_ones).order_by("position", "pk"))


def open_notice(programme: Programme) -> AmendmentNotice | None:
    """The notice on its way, None where there is none."""
    rows = AmendmentNotice.objects.filter(amends=programme.pk).exclude(state__in=Document.NUMBERED)
    return rows.select_related("issuing_body__agency").first()


def issued_notices(programme: Programme) -> list[AmendmentNotice]:
    """The notices in force, the oldest first."""
    rows = AmendmentNotice.objects.filter(amends=programme.pk, state__in=Document.IN_FORCE)
    return list(rows.select_related("issuing_body__agency").order_by("pk"))


def consolidated(programme: Programme, tree: Tree | None = None) -> Sheet:
    """The programme as it is in force now."""
    sheet = Sheet.of(programme, tree)
    apply(sheet, in_force(programme))
    return sheet


def intended(programme: Programme, without: AmendmentChange | None = None) -> Sheet:
    """The programme as it will be with the changes being written; ``without`` leaves one of them out."""
    sheet = consolidated(programme)
    apply(sheet, [c for c in being_written(programme) if without is None or c.pk != without.pk])
    return sheet


def apply(sheet: Sheet, changes: list[AmendmentChange]) -> None:
    """Apply changes in order; one whose clause is gone (an earlier notice was recalled) does nothing."""
    for change in changes:
        try:
            sheet.apply(change)
        except NotThere:
            continue
