"""Loading the demonstration: once, on an empty database."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from agencies import daysoff
from agencies.models import IssuingBody, Person
from documents import services as documents
from documents.intake import receiving
from documents.models import Document, Intake
from lucngan.demo import (
    amending,
    appointments,
    commune,
    deliveries,
    habits,
    numbers,
    people,
    reviewing,
    signing,
    sittings,
)
from paper import json as paper_json
from programmes import services
from programmes.models import Programme
from programmes.periods import Period

PAPERS = Path(__file__).parent / "papers"


def is_empty() -> bool:
    """May the demonstration be loaded? Only where nobody is registered yet."""
    return not Person.objects.exists()


@transaction.atomic
def load(today: dt.date, now: dt.datetime) -> dict[str, int]:
    """People, days off, the archive of 2023 and the living office; returns counts by what."""
    bodies = people.build()
    daysoff.seed(range(2023, today.year + 2))
    habits.build(bodies)
    made = [archive_of_april_2023(bodies, now), *living(bodies, today, now)]
    notice_of_may_2023(bodies, now)
    around = (today - dt.timedelta(days=7), today + dt.timedelta(days=28))
    appointments.build(bodies, today, now, frozenset(daysoff.off_days(*around)))
    sittings.build(bodies, today, now)
    for programmes in made[1:]:
        deliveries.build(programmes, now)
    signing.build(bodies, now)
    numbers.build(bodies, today, now)
    amending.build(made[1][0], made[1][1], actor=person("thuha"), now=now)
    reviewing.build(made[2][2], now=now)
    return {"people": Person.objects.count(), "programmes": sum(len(m) for m in made)}


def person(username: str) -> Person:
    return Person.objects.get(username=username)


def through_the_importer(name: str, text: str, body: IssuingBody, actor: Person, now: dt.datetime) -> Intake:
    """What an upload does, waiting for the reading instead of leaving it to the worker."""
    intake = receiving.receive(
        upload=receiving.named(text, name), issuing_body=body, actor=actor, now=now, in_background=False
    )
    receiving.read_intake(intake.pk, now=now)
    intake.refresh_from_db()
    return intake


def accept(
    intake: Intake, *, as_archive: bool, actor: Person, now: dt.datetime, period: Period | None = None
) -> Programme:
    """Accept a reading as it is, for the period that its title names."""
    paper = paper_json.from_data((intake.result or {})["paper"])
    period = period or services.period_of(paper)
    if period is None:
        raise ValueError(f"{intake.name}: trích yếu không nói kỳ nào")
    return services.accept_intake(
        intake,
        paper,
        issuing_body=intake.issuing_body,
        period=period,
        as_archive=as_archive,
        actor=actor,
        now=now,
    )


def archive_of_april_2023(bodies: dict[str, IssuingBody], now: dt.datetime) -> list[Programme]:
    """The two programmes of April 2023: the party's was issued, the other is a draft with gaps."""
    made = []
    for name, key, username, issued in (
        ("huyen-uy-luc-ngan-2023-04.txt", "hu-luc-ngan", "haiyen", True),
        ("ubnd-luc-ngan-2023-04.txt", "ub-luc-ngan", "minhduc", False),
    ):
        actor = person(username)
        text = (PAPERS / name).read_text(encoding="utf-8")
        intake = through_the_importer(name, text, bodies[key], actor, now)
        made.append(accept(intake, as_archive=issued, actor=actor, now=now))
    return made


def notice_of_may_2023(bodies: dict[str, IssuingBody], now: dt.datetime) -> Document:
    """A notice of directives that came without letterhead: a draft of the office it belongs to."""
    actor, name = person("haiyen"), "thong-bao-huyen-uy-2023-05.txt"
    text = (PAPERS / name).read_text(encoding="utf-8")
    intake = through_the_importer(name, text, bodies["hu-tan-yen"], actor, now)
    paper = paper_json.from_data((intake.result or {})["paper"])
    return documents.accept_intake(
        intake, paper, issuing_body=intake.issuing_body, as_archive=False, actor=actor, now=now
    )


def living(bodies: dict[str, IssuingBody], today: dt.date, now: dt.datetime) -> list[list[Programme]]:
    """Last and this month issued, next month in the making, for both bodies of the commune."""
    this = Period.month_of(today)
    off = frozenset(daysoff.off_days(this.previous.start, this.next.end))
    made = []
    for key, username, write in (("du-xa", "thuha", commune.party), ("ub-xa", "ngocbich", commune.state)):
        actor, rows = person(username), []
        for period, number in ((this.previous, 11), (this, 12), (this.next, None)):
            text = write(period, off, number)
            name = services.file_stem(period) + f"-{key}.txt"
            intake = through_the_importer(name, text, bodies[key], actor, now)
            rows.append(accept(intake, as_archive=number is not None, actor=actor, now=now, period=period))
        made.append(rows)
    return made


def now_and_today() -> tuple[dt.datetime, dt.date]:
    return timezone.now(), timezone.localdate()
