"""Many processes at once, some of them killed: the numbers are 1 … n without gap and without double."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from documents import register
from documents.models import Document, NumberSeries, RegisterEntry
from tests import factories
from tests.factories import NOW

PROCESSES, EACH = 8, 200
ROOT = Path(__file__).parents[3]

#: One process: says each number that it committed; waits for a line on its input before each draw when it
#: is to be killed in between.
WORKER = """
import sys, datetime as dt
import django
django.setup()
from django.db import transaction
from django.utils import timezone
from agencies.models import IssuingBody, Person
from documents import register
from documents.models import Document
body = IssuingBody.objects.get(pk=int(sys.argv[1]))
person = Person.objects.get(username="hoa")
now = timezone.now()
print("ready", flush=True)
sys.stdin.readline()
for n in range(int(sys.argv[2])):
    with transaction.atomic():
        document = Document.objects.create(issuing_body=body, kind_code="CTr", kind="CHƯƠNG TRÌNH",
            subject=f"{n}", notation="CTr-UBND", created_at=now, updated_at=now)
        entry = register.draw(document, day=dt.date(2026, 11, 20), actor=person, now=now)
    print(entry.number, flush=True)
"""


def surroundings(folder: Path) -> dict[str, str]:
    """What leads another process to the database of this test: an address, or for SQLite a folder whose
    database is a link to its file."""
    database = connection.settings_dict
    if connection.vendor == "sqlite":
        link = folder / "db.sqlite3"
        if not link.exists():
            link.symlink_to(database["NAME"])
        return {"DATABASE_URL": "", "VAR_DIR": str(folder)}
    user, server = f"{database['USER']}:{database['PASSWORD']}", f"{database['HOST']}:{database['PORT']}"
    return {"DATABASE_URL": f"postgres://{user}@{server}/{database['NAME']}", "VAR_DIR": str(folder)}


def start(body: int, count: int, folder: Path) -> subprocess.Popen[str]:
    env = {"DJANGO_SETTINGS_MODULE": "lucngan.settings", "SECRET_KEY": settings.SECRET_KEY, "REDIS_URL": ""}
    return subprocess.Popen(
        [sys.executable, "-c", WORKER, str(body), str(count)],
        env={**os.environ, **env, **surroundings(folder)},
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def go(process: subprocess.Popen[str]) -> None:
    assert process.stdin is not None
    process.stdin.write("go\n")
    process.stdin.flush()


def said(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return process.stdout.readline().strip()


@pytest.mark.django_db(transaction=True)
def test_eight_processes_draw_without_gap_or_double(tmp_path: Path) -> None:
    town = factories.town()
    running = [start(town.state.pk, EACH, tmp_path) for _ in range(PROCESSES)]
    for process in running:
        assert said(process) == "ready"
    for process in running:
        go(process)

    numbers: list[int] = []
    for process in running:
        out, _errors = process.communicate()
        assert process.returncode == 0
        numbers += [int(line) for line in out.split()]

    whole = list(range(1, PROCESSES * EACH + 1))
    assert sorted(numbers) == whole
    assert list(RegisterEntry.objects.order_by("number").values_list("number", flat=True)) == whole
    assert register.proof(NumberSeries.objects.get()).whole


@pytest.mark.django_db(transaction=True)
def test_processes_that_are_killed_leave_no_gap(tmp_path: Path) -> None:
    """Half of them are killed with -9 while they draw; what they had committed stands, nothing more."""
    town = factories.town()
    running = [start(town.state.pk, EACH, tmp_path) for _ in range(PROCESSES // 2)]
    for process in running:
        assert said(process) == "ready"
    for process in running:
        go(process)
    for process in running[::2]:
        for _ in range(5):
            said(process)
        process.send_signal(signal.SIGKILL)
    for process in running:
        process.communicate()

    numbers = list(RegisterEntry.objects.order_by("number").values_list("number", flat=True))
    assert numbers == list(range(1, len(numbers) + 1))
    assert len(numbers) >= EACH * (PROCESSES // 4)
    assert Document.objects.filter(register_entry=None).count() == 0
    assert register.proof(NumberSeries.objects.get()).whole
    later = Document.objects.create(
        issuing_body=town.state,
        kind_code="CTr",
        kind="CHƯƠNG TRÌNH",
        subject="sau",
        notation="CTr-UBND",
        created_at=NOW,
        updated_at=NOW,
    )
    assert register.draw(later, day=NOW.date(), actor=town.hoa, now=NOW).number == len(numbers) + 1
