"""No log of the house can be changed: neither through its model, nor by SQL."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from audit import guards
from audit.models import AppendOnlyError, Entry
from tests import factories

LOGS = guards.logs()


def table(log: type[Entry]) -> str:
    return log._meta.db_table


@pytest.fixture
def entry(request: pytest.FixtureRequest, db: None) -> Entry:
    """One entry in the log that the test asks for."""
    town = factories.town()
    made: Entry = request.param.objects.append(
        town.agency, "administration.change", actor=town.vinh, now=timezone.now(), note="Như đã ghi."
    )
    return made


def test_every_room_that_has_a_log_is_tried() -> None:
    assert {"administrationlog", "documentlog", "meetinglog"} <= {log._meta.model_name for log in LOGS}


@pytest.mark.parametrize("entry", LOGS, indirect=True, ids=table)
def test_the_model_refuses(entry: Entry) -> None:
    rows = type(entry).objects.all()
    entry.note = "Khác."
    attempts: list[Callable[[], object]] = [
        entry.save,
        entry.delete,
        rows.delete,
        lambda: rows.update(note="Khác."),
        lambda: rows.bulk_update([entry], ["note"]),
    ]

    for attempt in attempts:
        with pytest.raises(AppendOnlyError), transaction.atomic():
            attempt()

    assert rows.get().note == "Như đã ghi."


@pytest.mark.parametrize("entry", LOGS, indirect=True, ids=table)
@pytest.mark.parametrize("sql", ["UPDATE {} SET note = 'Khác.'", "DELETE FROM {}", "TRUNCATE {}"])
def test_the_database_refuses(entry: Entry, sql: str) -> None:
    if sql.startswith("TRUNCATE") and connection.vendor != "postgresql":
        pytest.skip("SQLite không có TRUNCATE")

    with pytest.raises(IntegrityError, match="chỉ ghi thêm"), transaction.atomic():
        execute(sql.format(table(type(entry))))

    assert type(entry).objects.get().note == "Như đã ghi."


def execute(sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql)


@pytest.mark.django_db(transaction=True)
def test_flush_empties_the_logs_and_closes_them_again() -> None:
    town = factories.town()
    for log in LOGS:
        log.objects.append(town.agency, "administration.add", actor=None, now=timezone.now())

    call_command("flush", interactive=False, verbosity=0, inhibit_post_migrate=True)

    for log in LOGS:
        assert not log.objects.exists()
        agency = factories.AgencyFactory.create()
        log.objects.append(agency, "administration.add", actor=None, now=timezone.now())
        with pytest.raises(IntegrityError):
            execute(f"DELETE FROM {table(log)}")  # noqa: S608  a name of our own


@pytest.mark.django_db(transaction=True)
def test_closing_and_opening_may_be_repeated() -> None:
    town = factories.town()
    LOGS[0].objects.append(town.agency, "administration.add", actor=None, now=timezone.now())
    delete = f"DELETE FROM {table(LOGS[0])}"  # noqa: S608  a name of our own

    for _time in range(2):
        guards.open_up(connection, LOGS)
    execute(delete)
    for _time in range(2):
        guards.close(connection, LOGS)
    LOGS[0].objects.append(town.agency, "administration.add", actor=None, now=timezone.now())

    with pytest.raises(IntegrityError):
        execute(delete)
    assert LOGS[0].objects.count() == 1


def test_another_kind_of_database_is_left_alone() -> None:
    assert guards.closing("mysql", "x") == guards.opening("mysql", "x") == []
