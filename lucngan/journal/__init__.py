"""The journal (Nhật ký): the logs of every room read as one, newest first.

Each log is asked for its own first entries by its index and the answers are merged, so that a page costs the
same at a thousand entries and at ten million; a page begins where the one before it ended.
"""

from __future__ import annotations

import datetime as dt
import heapq
import itertools
from collections.abc import Iterator
from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet
from django.utils import timezone

from agencies.models import Person
from agencies.rules import standing
from audit.guards import logs
from audit.models import Entry

#: Roles that read the journal of their issuing body.
READERS = ("chief", "leader")


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked for. ``bodies``: whose entries the reader may see; None sees everything."""

    bodies: frozenset[int] | None
    since: dt.date | None = None
    until: dt.date | None = None
    person: int | None = None
    action: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """After which entry a page begins: its time, the number of its log, its key."""

    at: dt.datetime
    log: int
    pk: int

    def __str__(self) -> str:
        return f"{self.at.isoformat()}~{self.log}~{self.pk}"

    @staticmethod
    def read(text: str) -> Place | None:
        """What an address says; None for anything that is no place."""
        try:
            at, log, pk = text.split("~")
            place = Place(dt.datetime.fromisoformat(at), int(log), int(pk))
        except ValueError:
            return None
        return place if timezone.is_aware(place.at) and 0 <= place.pk < 2**63 else None


def bodies_of(person: Person | AnonymousUser) -> frozenset[int] | None:
    """Whose entries the person may read: of every body and the administration (None) for administrators,
    of their own bodies for chiefs of office and leaders, of none for others."""
    who = standing(person)
    return None if who.is_administrator else who.office_of(*READERS)


def may_read(person: Person | AnonymousUser) -> bool:
    bodies = bodies_of(person)
    return bodies is None or bool(bodies)


def page(question: Question, start: Place | None, size: int) -> tuple[list[Entry], Place | None]:
    """The next entries, and where the page after them begins (None at the end)."""
    parts = [
        [(entry, n) for entry in _narrowed(log, n, question, start)[: size + 1]]
        for n, log in enumerate(logs())
    ]
    merged = heapq.merge(*parts, key=lambda pair: (-pair[0].at.timestamp(), pair[1], -pair[0].pk))
    found = list(itertools.islice(merged, size + 1))
    if len(found) <= size:
        return [entry for entry, _n in found], None
    last, n = found[size - 1]
    return [entry for entry, _n in found[:size]], Place(last.at, n, last.pk)


def everything(question: Question, size: int = 1000) -> Iterator[Entry]:
    """All entries that answer the question, fetched some at a time."""
    start: Place | None = None
    while True:
        entries, start = page(question, start, size)
        yield from entries
        if start is None:
            return


def _narrowed(log: type[Entry], n: int, question: Question, start: Place | None) -> QuerySet[Entry]:
    """The entries of one log that answer the question and stand after ``start``, newest first."""
    rows: QuerySet[Entry] = log.objects.order_by("-at", "-pk").defer("data")
    if log.SUBJECT:
        rows = rows.select_related(log.SUBJECT)
    if question.bodies is not None:
        rows = rows.filter(issuing_body__in=question.bodies)
    if question.since:
        rows = rows.filter(at__gte=_midnight(question.since))
    if question.until:
        rows = rows.filter(at__lt=_midnight(question.until + dt.timedelta(days=1)))
    if question.person:
        rows = rows.filter(Q(actor=question.person) | Q(acting_for=question.person))
    if question.action:
        rows = rows.filter(action=question.action)
    return rows.filter(_after(n, start)) if start else rows


def _after(n: int, start: Place) -> Q:
    """What comes later in the order (time backwards, log, key backwards) than the place."""
    later = Q(at__lt=start.at)
    if n > start.log:
        return later | Q(at=start.at)
    return later | Q(at=start.at, pk__lt=start.pk) if n == start.log else later


def _midnight(day: dt.date) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time()))
