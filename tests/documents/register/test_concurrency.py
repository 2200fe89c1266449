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
#: Beside them: one process for each, killed after it said so many numbers.
KILLED_AFTER = (1, 9, 25)
ENDLESS = 100 * EACH
ROOT = Path(__file__).parents[3]

#: One process: waits for a line on its input, then says each number that it committed.
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


def start(body: int, count: int, folder: Path) -> subprocess.Popen[bytes]:
    """A process whose words are read without a buffer of ours: what it said before its end is not lost."""
    env = {"DJANGO_SETTINGS_MODULE": "lucngan.settings", "SECRET_KEY": settings.SECRET_KEY, "REDIS_URL": ""}
    return subprocess.Popen(
        [sys.executable, "-c", WORKER, str(body), str(count)],
        env={**os.environ, **env, **surroundings(folder)},
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        bufsize=0,
    )


def go(process: subprocess.Popen[bytes]) -> None:
    assert process.stdin is not None
    process.stdin.write(b"go\n")


def said(process: subprocess.Popen[bytes]) -> bytes:
    assert process.stdout is not None
    return process.stdout.readline().strip()


@pytest.mark.django_db(transaction=True)
def test_eight_processes_and_killed_ones_leave_neither_gap_nor_double(tmp_path: Path) -> None:
    """Eight processes issue two hundred numbers each; among them others are killed with -9 in the middle
    of their work. What those had committed stands, nothing more, and nothing is given twice."""
    town = factories.town()
    lasting = [start(town.state.pk, EACH, tmp_path) for _ in range(PROCESSES)]
    doomed = [start(town.state.pk, ENDLESS, tmp_path) for _ in KILLED_AFTER]
    for process in lasting + doomed:
        assert said(process) == b"ready"
    for process in lasting + doomed:
        go(process)

    numbers: list[int] = []
    for process, count in zip(doomed, KILLED_AFTER, strict=True):
        numbers += [int(said(process)) for _ in range(count)]
        process.send_signal(signal.SIGKILL)
    for process in lasting + doomed:
        out, _errors = process.communicate()
        assert process.returncode == (-signal.SIGKILL if process in doomed else 0)
        numbers += [int(line) for line in out.splitlines(keepends=True) if line.endswith(b"\n")]

    booked = list(RegisterEntry.objects.order_by("number").values_list("number", flat=True))
    assert len(numbers) == len(set(numbers))
    assert booked == list(range(1, len(booked) + 1))
    assert set(numbers) <= set(booked)
    # a process that is killed between its commit and its word leaves one number that nobody said
    assert PROCESSES * EACH + sum(KILLED_AFTER) <= len(booked) <= len(numbers) + len(doomed)
    assert not Document.objects.filter(register_entry=None).exists()
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
    assert register.draw(later, day=NOW.date(), actor=town.hoa, now=NOW).number == len(booked) + 1
