"""Programmes as lists show them: how much of each is ready, in one query."""

from __future__ import annotations

from django.db.models import Count, Exists, IntegerField, OuterRef, Subquery
from django.db.models.functions import Coalesce

from documents.models import Clause
from meetings.models import AgendaItem, Meeting, PreparingBody
from programmes.models import ProgrammeQuerySet


def with_progress(programmes: ProgrammeQuerySet) -> ProgrammeQuerySet:
    """Adds ``clause_count``, ``meeting_count``, ``item_count`` and ``ready_count`` (agenda items
    that have a preparing body)."""
    clauses = Clause.objects.filter(document=OuterRef("pk")).order_by().values("document")
    announced = {"section__document": OuterRef("pk")}
    held = Meeting.objects.filter(**announced).order_by().values("section__document")
    items = AgendaItem.objects.accepted().filter(meeting__section__document=OuterRef("pk")).order_by()
    ready = items.filter(Exists(PreparingBody.objects.filter(item=OuterRef("pk"))))
    document = "meeting__section__document"
    return programmes.annotate(
        clause_count=_count(clauses),
        meeting_count=_count(held),
        item_count=_count(items.values(document)),
        ready_count=_count(ready.values(document)),
    )


def _count(rows: object) -> Coalesce:
    counted = rows.annotate(n=Count("pk")).values("n")  # type: ignore[attr-defined]
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


def filtered(programmes: ProgrammeQuerySet, chosen: dict[str, object]) -> ProgrammeQuerySet:
    """The programmes of the chosen issuing body, type of period and state; empty choices choose all."""
    names = {"body": "issuing_body", "type": "period_type", "state": "state", "year": "period_year"}
    return programmes.filter(**{names[k]: v for k, v in chosen.items() if v and k in names})


def years(programmes: ProgrammeQuerySet) -> list[int]:
    """Years that have programmes, newest first."""
    return list(programmes.order_by("-period_year").values_list("period_year", flat=True).distinct())
