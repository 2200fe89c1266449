"""A process that is killed while it issues leaves the approved paper or the issued one, never half."""

from __future__ import annotations

import datetime as dt
import hashlib
import multiprocessing
import os
import signal
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.db import connection, connections
from django.db.backends.base.base import BaseDatabaseWrapper

from agencies.models import Person
from documents import history, issuing, lifecycle, register, services
from documents.issuing import files, gates, work
from documents.models import Delivery, Document, RegisterEntry, Snapshot
from documents.operations import OperationError
from documents.papers import paper_of
from paper import json as paper_json
from paper.printing import completeness, pdf
from programmes.models import Programme
from tests import factories
from tests.factories import NOW, Town, month

pytestmark = pytest.mark.django_db(transaction=True)

FORK = multiprocessing.get_context("fork")
DAY = NOW.date()
#: (where it is killed, owner of the function, its name, before or after the function): every step of an
#: issue from the first look at the row to the commit, in order.
STEPS: tuple[tuple[str, Any, str, str], ...] = (
    ("before the row is held", work, "locked", "before"),
    ("after the row is held", work, "locked", "after"),
    ("after the day was checked", gates, "check_day", "after"),
    ("after the number was drawn", register, "draw", "after"),
    ("after the PDF was made", pdf, "render", "after"),
    ("after the words were checked", gates, "check_words", "after"),
    ("before the file is settled", services, "settle", "before"),
    ("after the file is settled", services, "settle", "after"),
    ("after the snapshot is written", Snapshot, "save", "after"),
    ("after the agencies are named", work, "name_agencies", "after"),
    ("after the PDF was read again", completeness.Reading, "missing", "after"),
    ("after the state is changed", history, "log", "before"),
    ("after the entry is written", history, "log", "after"),
    ("after the deliveries are written", lifecycle, "set_state", "after"),
    ("before the commit", BaseDatabaseWrapper, "_commit", "before"),
)


@pytest.fixture
def town(transactional_db: None) -> Town:
    return factories.town()


@pytest.fixture
def waiting(town: Town) -> Programme:
    return factories.approved(town, month(12))


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def deadly(owner: Any, name: str, when: str) -> None:
    """From now on this process ends at the function."""
    real = getattr(owner, name)

    def wrapped(*args: Any, **kwargs: Any) -> Any:
        if when == "before":
            die()
        answer = real(*args, **kwargs)
        die()
        return answer

    setattr(owner, name, wrapped)


def half_written() -> None:
    """From now on this process ends in the middle of a file."""

    def chunks(self: ContentFile[bytes], chunk_size: int | None = None) -> Iterator[bytes]:
        data = self.read()
        yield data[: len(data) // 2]
        die()

    ContentFile.chunks = chunks  # type: ignore[method-assign,assignment]


def issue(pk: int, who: str, prepare: Callable[[], object]) -> None:
    """What the other process does; exit code 3 says that the paper was refused."""
    connections.close_all()
    prepare()
    actor = Person.objects.get(username=who)
    try:
        issuing.issue(Document.objects.get(pk=pk), day=DAY, actor=actor, now=NOW)
    except OperationError:
        os._exit(3)
    os._exit(0)


def killed(pk: int, prepare: Callable[[], object]) -> None:
    """Issue in a process of its own that is killed on the way."""
    connections.close_all()
    child = FORK.Process(target=issue, args=(pk, "hoa", prepare))
    child.start()
    child.join(60)
    assert child.exitcode == -signal.SIGKILL


def stored() -> list[str]:
    root = Path(settings.MEDIA_ROOT)
    return sorted(str(path.relative_to(root)) for path in root.rglob("*.pdf"))


def assert_untouched(pk: int, where: str) -> None:
    row = Document.objects.get(pk=pk)
    assert (row.state, row.number, row.year, row.day) == ("approved", None, None, None), where
    assert not Snapshot.objects.exists(), where
    assert not RegisterEntry.objects.exists(), where
    assert not Delivery.objects.exists(), where
    assert not row.named_agencies.exists(), where
    assert not row.log.filter(action="document.issue").exists(), where


def assert_whole(pk: int) -> None:
    row = Document.objects.get(pk=pk)
    snapshot = row.snapshot
    with snapshot.pdf.open("rb") as file:
        assert hashlib.sha256(file.read()).hexdigest() == snapshot.pdf_sha256
    assert (row.state, row.number, row.dated_on) == ("issued", 1, DAY)
    assert paper_json.loads(snapshot.paper) == paper_of(row)
    assert RegisterEntry.objects.get().document_id == pk
    assert row.log.filter(action="document.issue").count() == 1
    assert row.deliveries.exists()


def test_killed_at_any_step_the_paper_is_as_it_was(waiting: Programme, town: Town) -> None:
    for where, owner, name, when in STEPS:
        killed(waiting.pk, lambda owner=owner, name=name, when=when: deadly(owner, name, when))  # type: ignore[misc]
        assert_untouched(waiting.pk, where)
    killed(waiting.pk, half_written)
    assert_untouched(waiting.pk, "in the middle of the file")

    assert stored()
    issuing.issue(waiting, day=DAY, actor=town.hoa, now=NOW)
    files.sweep(dt.datetime.now(dt.UTC) + dt.timedelta(days=2))

    assert_whole(waiting.pk)
    assert stored() == [Snapshot.objects.get().pdf.name]


def test_killed_right_after_the_commit_the_paper_is_issued(waiting: Programme, town: Town) -> None:
    def after_the_issue() -> None:
        real = BaseDatabaseWrapper._commit  # type: ignore[attr-defined]

        def commit(self: BaseDatabaseWrapper) -> None:
            real(self)
            if Document.objects.filter(pk=waiting.pk, state="issued").exists():
                die()

        BaseDatabaseWrapper._commit = commit  # type: ignore[attr-defined]

    killed(waiting.pk, after_the_issue)

    assert_whole(waiting.pk)


def test_two_registrars_at_once_issue_once(waiting: Programme, town: Town) -> None:
    together = FORK.Barrier(2)
    connections.close_all()
    people = [FORK.Process(target=issue, args=(waiting.pk, who, together.wait)) for who in ("hoa", "chung")]
    for each in people:
        each.start()
    for each in people:
        each.join(60)

    assert sorted(each.exitcode or 0 for each in people) == [0, 3]
    connection.ensure_connection()
    assert_whole(waiting.pk)
    assert len(stored()) == 1
