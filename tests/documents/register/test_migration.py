"""Papers of before the register: what the migration enters, what it leaves for the registrar."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Any

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from documents.models import Document, NumberSeries, RegisterEntry
from documents.register.strays import strays
from tests import factories
from tests.factories import NOW, Town

pytestmark = pytest.mark.django_db(transaction=True)

BEFORE = [("documents", "0003_registers_versions_reviews_silences")]
AFTER = [("documents", "0004_issued_papers_stand_in_the_register")]
DAY = dt.date(2026, 11, 20)
Leaves = Sequence[tuple[str, str]]


def migrate(targets: Sequence[tuple[str, str]]) -> None:
    """Bring the database there."""
    MigrationExecutor(connection).migrate(list(targets))


@pytest.fixture
def newest() -> Iterator[Leaves]:
    """The leaves of every room; the database is there again after the test."""
    leaves = MigrationExecutor(connection).loader.graph.leaf_nodes()
    yield leaves
    migrate(leaves)


def old_paper(town: Town, number: int, subject: str, body: str = "state", **values: object) -> Document:
    """An issued paper that stands in no register."""
    day = values.pop("dated", DAY)
    assert isinstance(day, dt.date)
    issuing = town.state if body == "state" else town.party
    said: dict[str, Any] = {"year": day.year, "month": day.month, "day": day.day, **values}
    return Document.objects.create(
        issuing_body=issuing,
        kind_code="TB",
        kind="THÔNG BÁO",
        subject=subject,
        number=number,
        notation=issuing.notation("TB"),
        state="issued",
        created_at=NOW,
        updated_at=NOW,
        **said,
    )


def test_old_papers_are_entered_and_none_is_lost_on_the_way(newest: Leaves) -> None:
    town = factories.town()
    first = old_paper(town, 7, "thứ nhất", dated=DAY - dt.timedelta(days=1))
    second = old_paper(town, 7, "thứ hai")
    secret = old_paper(town, 7, "mật", secrecy="mat")
    marked = old_paper(town, 8, "mật từ trước", urgency="TỐI MẬT")
    party_secret = old_paper(town, 3, "mật của Đảng", "party", secrecy="mat")
    no_day = old_paper(town, 9, "ngày không có", month=2, day=30)

    migrate(BEFORE)
    migrate(AFTER)
    migrate(BEFORE)
    migrate(newest)  # a second time over what it entered the first time

    books = {
        (entry.series.issuing_body_id, entry.series.secret, entry.number): entry.document_id
        for entry in RegisterEntry.objects.select_related("series")
    }
    assert books == {
        (town.state.pk, False, 7): first.pk,
        (town.state.pk, True, 7): secret.pk,
        (town.state.pk, True, 8): marked.pk,
        (town.party.pk, False, 3): party_secret.pk,
    }
    marked.refresh_from_db()
    assert marked.secrecy == "toi_mat"
    assert [(s.start, s.last) for s in NumberSeries.objects.filter(secret=True)] == [(7, 8)]
    left = {each.document.pk: each.holder for each in strays([town.state.pk, town.party.pk])}
    assert left == {second.pk: RegisterEntry.objects.get(document=first), no_day.pk: None}
