"""Hội nghị as a list: by month."""

from __future__ import annotations

import calendar
import datetime as dt
import re

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from meetings.models import Meeting, MeetingQuerySet, on_agenda


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """The meetings of a month: dated ones, weekly ones, and those without a day yet."""
    month = asked_month(request.GET.get("thang", ""))
    seen = Meeting.objects.visible_to(request.user)
    rows = list(full(seen.filter(in_month(month))).order_by("on", "starts_at", "pk"))
    context = {
        "month": month,
        "previous": shifted(month, -1),
        "following": shifted(month, 1),
        "dated": [m for m in rows if m.on],
        "weekly": [m for m in rows if m.weekly_on is not None],
        "undated": [m for m in rows if not m.on and m.weekly_on is None],
        "today": timezone.localdate(),
    }
    template = "meetings/list.html"
    if request.htmx and not request.htmx.boosted:  # type: ignore[attr-defined]
        template = "meetings/_month.html"
    return render(request, template, context)


def asked_month(text: str) -> dt.date:
    """The first day of "2026-11"; of this month for anything else."""
    found = re.fullmatch(r"((?:19|20)\d\d)-(0[1-9]|1[0-2])", text)
    if found:
        return dt.date(int(found[1]), int(found[2]), 1)
    return timezone.localdate().replace(day=1)


def shifted(month: dt.date, by: int) -> dt.date:
    """The first day of the month ``by`` months away."""
    at = month.year * 12 + month.month - 1 + by
    return dt.date(at // 12, at % 12 + 1, 1)


def in_month(month: dt.date) -> Q:
    """Meetings on a day of the month; those without a day where their programme covers the month,
    or where no programme announces them."""
    last = month.replace(day=calendar.monthrange(month.year, month.month)[1])
    programme = "section__document__programme__"
    covers = Q()
    for kind, size in (("month", 1), ("quarter", 3), ("half", 6), ("year", 12)):
        covers |= Q(
            **{f"{programme}period_type": kind, f"{programme}period_index": (month.month - 1) // size + 1}
        )
    covers &= Q(**{f"{programme}period_year": month.year})
    loose = Q(on=None, weekly_on=None, section=None, state__in=("planned", "postponed"))
    return Q(on__range=(month, last)) | Q(on=None) & covers | loose


def full(meetings: MeetingQuerySet) -> MeetingQuerySet:
    """Loads what lists and pages show: body, programme, items and their preparing bodies."""
    return meetings.select_related("issuing_body__agency", "section__document__programme").prefetch_related(
        on_agenda()
    )
