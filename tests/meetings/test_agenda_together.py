"""Two people at one agenda at once: nobody waits for ever, nobody's item is lost."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest
from django.db import connection

from meetings import agenda
from meetings.holding import MeetingError
from meetings.models import AgendaItem, Meeting
from tests import factories
from tests.factories import NOW, draft, month

ROUNDS = 6


@pytest.mark.django_db(transaction=True)
def test_adding_and_reordering_at_once() -> None:
    town = factories.town()
    draft(town, month(12))
    meeting = Meeting.objects.get()
    unexpected: list[BaseException] = []

    def add(n: int) -> None:
        agenda.add(meeting, [f"Việc {n}a", f"Việc {n}b"], actor=town.yen, now=NOW)

    def reorder(n: int) -> None:
        ids = list(meeting.items.accepted().order_by("-position").values_list("pk", flat=True))
        agenda.reorder(meeting, ids, actor=town.chung, now=NOW)

    def again_and_again(act: Callable[[int], None]) -> None:
        try:
            for n in range(ROUNDS):
                try:
                    act(n)
                except MeetingError:
                    continue  # an item that is not there any more: the sentence says so
        except BaseException as reason:  # noqa: BLE001  told by the main thread
            unexpected.append(reason)
        finally:
            connection.close()

    threads = [threading.Thread(target=again_and_again, args=(act,)) for act in (add, reorder)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert unexpected == []
    rows = list(AgendaItem.objects.accepted().filter(meeting=meeting).order_by("position"))
    assert [row.position for row in rows] == list(range(1, len(rows) + 1))
    texts = {row.text for row in rows}
    assert {f"Việc {n}{letter}" for n in range(ROUNDS) for letter in "ab"} <= texts
    assert len(rows) == 3 + 2 * ROUNDS
