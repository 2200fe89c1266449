"""The editor writes the words while somebody moves the meeting: nobody waits for ever, nothing is lost."""

from __future__ import annotations

import datetime as dt
import threading
import uuid
from collections.abc import Callable

import pytest
from django.db import connection

from documents.models import Clause, Document
from documents.operations import OperationError
from documents.tree import Tree
from meetings import moving
from meetings.facts import facts_of
from meetings.holding import MeetingError
from meetings.models import Meeting
from meetings.moving import Slot
from programmes import editing
from tests import factories
from tests.factories import NOW, draft, month

ROUNDS = 8


@pytest.mark.django_db(transaction=True)
def test_writing_and_moving_at_once() -> None:
    town = factories.town()
    programme = draft(town, month(12))
    meeting = Meeting.objects.get()
    unexpected: list[BaseException] = []

    def write(n: int) -> None:
        clause = Clause.objects.get(document=programme, role="meeting")
        asked = {"op": str(uuid.uuid4()), "kind": "text", "clause": str(clause.public_id)}
        words = f"Hội nghị lần {n}: Dự kiến ngày {10 + n}/12/2026"
        mine = Document.objects.filter(pk=programme.pk)
        editing.operate(mine, {**asked, "version": clause.version, "text": words}, actor=town.yen, now=NOW)

    def move(n: int) -> None:
        here = Meeting.objects.get(pk=meeting.pk)
        slot = Slot(dt.date(2026, 12, 10 + n), tentative=True, place=f"Nơi {n}")
        moving.move(here, slot, actor=town.chung, now=NOW, seen_sequence=here.sequence)

    def again_and_again(act: Callable[[int], None]) -> None:
        try:
            for n in range(1, ROUNDS + 1):
                try:
                    act(n)
                except (OperationError, MeetingError):
                    continue  # somebody was faster and the sentence says so
        except BaseException as reason:  # noqa: BLE001  told by the main thread
            unexpected.append(reason)
        finally:
            connection.close()

    threads = [threading.Thread(target=again_and_again, args=(act,)) for act in (write, move)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert unexpected == []
    meeting.refresh_from_db()
    tree = Tree.load(programme.pk)
    section = next(c for c in tree.clauses.values() if c.role == "meeting")
    said = facts_of(tree, section, 2026)
    assert (said.title, said.when.date) == (meeting.title, meeting.on)
    assert meeting.sequence > 0
