"""What the checks must know of the world, from the database."""

from __future__ import annotations

import datetime as dt

from django.db.models import Q

from agencies.models import Agency, AgencyAlias, AgencyName, DayOff
from documents.models import Document, RegisterEntry
from paper.checks import Body, Known, World

#: Days off are asked for around the paper's own time.
AROUND = dt.timedelta(days=400)
#: So many papers of one's own are known at most; the newest ones.
MOST_KNOWN = 3000


def world_of(document: Document, today: dt.date) -> World:
    """Bodies with their names by date, days off, the papers of one's own register. Four queries."""
    day = document.dated_on or today
    off = DayOff.objects.filter(day__range=(day - AROUND, day + AROUND))
    days = list(off.values_list("day", "type", "name"))
    return World(
        bodies=bodies(),
        off={when: name for when, kind, name in days if kind != DayOff.Type.SWAP_WORK},
        worked=frozenset(when for when, kind, _name in days if kind == DayOff.Type.SWAP_WORK),
        today=today,
        period=period_of(document),
        known=known(document),
        by_order=by_order(document),
    )


def bodies() -> tuple[Body, ...]:
    """Every agency with each way of writing its name. Two queries."""
    aliases = AgencyAlias.objects.order_by().values_list("agency", "text")
    former = AgencyName.objects.order_by().values_list("agency", "name")
    others: dict[int, list[str]] = {}
    for agency, words in aliases.union(former, all=True):
        others.setdefault(agency, []).append(words)
    rows = Agency.objects.order_by("pk").values_list("pk", "short_name", "name", "valid_from", "valid_to")
    return tuple(
        Body(short, (name, *sorted(others.get(pk, ()))), since, until)
        for pk, short, name, since, until in rows
    )


def period_of(document: Document) -> tuple[dt.date, dt.date] | None:
    """The period of a programme (kỳ), by duck typing: this room knows no programmes."""
    period = getattr(document, "period", None)
    return (period.start, period.end) if period else None


def known(document: Document) -> tuple[Known, ...]:
    """The papers that stand in the registers of the same body."""
    rows = RegisterEntry.objects.filter(
        ~Q(notation=""), series__issuing_body=document.issuing_body_id, dated_on__isnull=False
    ).exclude(document=document.pk)
    sign = "-" if document.issuing_body.regime == "party" else "/"
    return tuple(
        Known(title.split(" ")[0], f"{number:02d}{sign}{notation}", dated)
        for number, notation, dated, title in rows.order_by("-pk").values_list(
            "number", "notation", "dated_on", "title"
        )[:MOST_KNOWN]
    )


def by_order(document: Document) -> frozenset[str] | None:
    """The authority line that the body set for papers signed by order, None where it set none."""
    line = document.issuing_body.signing_authority
    return frozenset(line.splitlines()) if line else None
