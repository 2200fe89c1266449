"""Taking the journal away as a file is itself written down: who took which days and which entries."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from itertools import chain, islice

from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agencies.models import IssuingBody, Person
from audit import actions
from audit.models import AdministrationLog, Entry
from lucngan.journal import Question

actions.register(**{"journal.export": gettext_lazy("tải nhật ký về máy")})


def begun(entries: Iterable[Entry]) -> Iterator[Entry]:
    """The entries, with the first of them fetched now: what is written from here on is not among them."""
    waiting = iter(entries)
    return chain(list(islice(waiting, 1)), waiting)


@transaction.atomic
def record(question: Question, kind: str, *, actor: Person, now: dt.datetime) -> None:
    """One entry for each body whose journal was taken; one of no body, which administrators read, where it
    was everybody's. ``kind``: what file it is, in words."""
    bodies: list[IssuingBody | None] = [None]
    if question.bodies is not None:
        bodies = list(IssuingBody.objects.filter(pk__in=question.bodies).order_by("pk"))
    for body in bodies:
        AdministrationLog.objects.append(
            actor,
            "journal.export",
            actor=actor,
            now=now,
            named=period(question),
            issuing_body=body,
            note="\n".join((kind, *narrowings(question))),
            data={
                "since": question.since.isoformat() if question.since else "",
                "until": question.until.isoformat() if question.until else "",
                "person": question.person,
                "action": question.action,
            },
        )


def period(question: Question) -> str:
    """The days that were taken, in words."""
    words = {"since": _day(question.since), "until": _day(question.until)}
    if question.since and question.until:
        return _("từ %(since)s đến hết %(until)s") % words
    if question.since:
        return _("từ %(since)s") % words
    return _("đến hết %(until)s") % words if question.until else _("mọi ngày")


def narrowings(question: Question) -> Iterator[str]:
    """What else the file was narrowed to."""
    if question.person:
        yield _("Chỉ người: %(name)s") % {"name": Person.objects.get(pk=question.person)}
    if question.action:
        yield _("Chỉ việc: %(name)s") % {"name": actions.sentence(question.action)}


def _day(day: dt.date | None) -> str:
    return date_format(day, "d/m/Y") if day else ""
