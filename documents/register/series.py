"""Which series a paper belongs to."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import Q

from agencies.models import IssuingBody, Term
from documents.models import Congress, Document, Numbering, NumberSeries
from paper.value import Regime

#: The organ in the symbol of a congress's papers ("01-NQ/ĐH").
CONGRESS_SIGN = "/ĐH"


@dataclass(frozen=True, slots=True)
class SeriesKey:
    """What makes a series: its body, scope, group, and whether it is for secret papers."""

    body: IssuingBody
    scope: str
    scope_name: str
    group: str
    secret: bool


def key_of(
    body: IssuingBody, kind_code: str, day: dt.date, *, notation: str = "", secret: bool = False
) -> SeriesKey:
    """The series of a paper of this kind and day.

    State: by calendar year, grouped as the body set; secret papers apart (NĐ 30/2020, Điều 15). Party: by
    kind and term, secret papers in the same series; papers of a congress in one series (HD 36, HD 05). A
    party body without a term in the list counts by year.
    """
    if body.regime == Regime.STATE:
        return SeriesKey(body, str(day.year), f"năm {day.year}", _group(body, kind_code), secret)
    if notation.endswith(CONGRESS_SIGN) and (congress := _congress(body, day)):
        return SeriesKey(body, f"c{congress.pk}", congress.name, "*", False)
    term = _term(body, day)
    scope = f"t{term.pk}" if term else str(day.year)
    name = f"nhiệm kỳ {term.name}" if term else f"năm {day.year}"  # words of the book, in any language
    return SeriesKey(body, scope, name, kind_code, False)


def _group(body: IssuingBody, kind_code: str) -> str:
    rule = Numbering.objects.filter(issuing_body=body).first()
    if rule is None or rule.grouping == Numbering.Grouping.KIND:
        return kind_code
    if rule.grouping == Numbering.Grouping.ALL:
        return "*"
    return str(rule.groups.get(kind_code, kind_code))


def _term(body: IssuingBody, day: dt.date) -> Term | None:
    rows = Term.objects.filter(Q(until=None) | Q(until__gte=day), issuing_body=body, since__lte=day)
    return rows.order_by("-since").first()


def _congress(body: IssuingBody, day: dt.date) -> Congress | None:
    rows = Congress.objects.filter(issuing_body=body, since__lte=day, until__gte=day)
    return rows.order_by("-since").first()


def of_document(document: Document, day: dt.date) -> SeriesKey:
    """The series of this paper when it bears ``day``."""
    return key_of(
        document.issuing_body,
        document.kind_code,
        day,
        notation=document.notation,
        secret=bool(document.secrecy),
    )


def found(key: SeriesKey) -> NumberSeries | None:
    """The series as it stands, None while no number was given in it."""
    return NumberSeries.objects.filter(
        issuing_body=key.body, scope=key.scope, group=key.group, secret=key.secret
    ).first()


def series_of(key: SeriesKey) -> NumberSeries:
    """The series, made where it is the first time."""
    return NumberSeries.objects.get_or_create(
        issuing_body=key.body,
        scope=key.scope,
        group=key.group,
        secret=key.secret,
        defaults={"scope_name": key.scope_name},
    )[0]
