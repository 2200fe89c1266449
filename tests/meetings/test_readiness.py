"""Readiness is computed: what is there, what waits, what is late and by how many working days."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from agencies.models import DayOff
from meetings import readiness
from meetings.models import AgendaItem, ItemDocument, ItemFile, Meeting
from tests.factories import ZONE, Town
from tests.meetings.conftest import told_meeting

#: Documents of the meeting on Wednesday 23/12/2026 are due five working days before: Tuesday 15/12.
DUE = dt.date(2026, 12, 15)


def at(day: int, hour: int = 9, minute: int = 0) -> dt.datetime:
    return dt.datetime(2026, 12, day, hour, minute, tzinfo=ZONE)


def version(
    item: AgendaItem, state: str = "submitted", *, document: ItemDocument | None = None, **values: Any
) -> ItemFile:
    """A version of a document, put there by hand."""
    if document is None:
        document = ItemDocument.objects.create(
            item=item, title="Báo cáo", position=item.documents.count() + 1
        )
    decided = values.pop("decided_at", at(10)) if state != "submitted" else None
    file = ItemFile(
        document=document,
        version=document.versions.count() + 1,
        name="bao-cao.pdf",
        content_type="application/pdf",
        size=3,
        sha256="0" * 64,
        uploaded_at=at(9),
        state=state,
        reason="Thiếu số liệu." if state == "returned" else "",
        decided_at=decided,
        **values,
    )
    file.file.save("bao-cao.pdf", ContentFile(b"abc"), save=False)
    file.save()
    return file


@pytest.fixture
def item(town: Town) -> AgendaItem:
    return told_meeting(town, items=1).items.get()


def stands(item: AgendaItem, now: dt.datetime) -> readiness.Readiness:
    row = AgendaItem.objects.select_related("meeting").prefetch_related("preparing").get(pk=item.pk)
    return readiness.of([row], now=now)[row.pk]


@pytest.mark.parametrize(
    ("now", "state", "words", "box"),
    [
        (at(1), "due", "Hạn 15/12", ""),
        (at(10), "due", "Còn 3 ngày", "s"),
        (at(11), "due", "Còn 2 ngày", "s"),
        (at(14), "due", "Hạn ngày mai", "s"),
        (at(15), "due", "Hạn hôm nay", "s"),
        (at(15, 17), "due", "Hạn hôm nay", "s"),
        (at(15, 17, 1), "late", "Quá hạn", "l"),
        (at(16), "late", "Quá 1 ngày", "l"),
        (at(18), "late", "Quá 3 ngày", "l"),
        (at(20), "late", "Quá 3 ngày", "l"),
        (at(21), "late", "Quá 4 ngày", "l"),
    ],
)
def test_a_day_is_over_when_the_office_closes(
    item: AgendaItem, now: dt.datetime, state: str, words: str, box: str
) -> None:
    found = stands(item, now)

    assert (found.state, found.words, found.box, found.due_on) == (state, words, box, DUE)


def test_days_off_are_not_counted(item: AgendaItem) -> None:
    DayOff.objects.create(day=dt.date(2026, 12, 17), type=DayOff.Type.HOLIDAY, name="Nghỉ")

    found = stands(item, at(18))

    assert (found.due_on, found.over, found.words) == (dt.date(2026, 12, 14), 3, "Quá 3 ngày")


def test_an_extension_moves_the_day(item: AgendaItem) -> None:
    item.extended_to = dt.date(2026, 12, 18)
    item.save()

    assert (stands(item, at(16)).words, stands(item, at(16)).box) == ("Gia hạn 18/12", "s")
    assert stands(item, at(18, 18)).words == "Quá hạn"
    assert stands(item, at(16)).more == "Hạn 17:00, thứ Sáu, 18/12/2026, còn 2 ngày làm việc"


STATES: list[tuple[list[list[str]], str, int]] = [
    ([["submitted"]], "submitted", 1),
    ([["accepted"]], "received", 0),
    ([["returned"]], "returned", 0),
    ([["returned", "submitted"]], "submitted", 1),
    ([["accepted", "submitted"]], "received", 1),
    ([["accepted", "returned"]], "received", 0),
    ([["accepted"], ["submitted"]], "submitted", 1),
    ([["accepted"], ["returned"]], "returned", 0),
    ([["submitted"], ["returned"]], "returned", 1),
    ([["submitted", "submitted"]], "submitted", 1),
]


@pytest.mark.parametrize(("documents", "state", "pending"), STATES)
def test_the_state_follows_from_the_versions(
    item: AgendaItem, documents: list[list[str]], state: str, pending: int
) -> None:
    for states in documents:
        document = ItemDocument.objects.create(item=item, title="Báo cáo", position=1)
        for each in states:
            version(item, each, document=document)

    found = stands(item, at(10))

    assert (found.state, found.pending) == (state, pending)


def test_what_was_returned_is_owed_again(item: AgendaItem) -> None:
    version(item, "returned")

    assert stands(item, at(10)).words == "Trả lại, hạn 15/12"
    assert (stands(item, at(17)).state, stands(item, at(17)).words) == ("late", "Trả lại, quá 2 ngày")


def test_what_was_sent_in_time_is_not_late_while_the_office_looks(item: AgendaItem) -> None:
    version(item, "submitted")

    assert stands(item, at(18)).state == "submitted"


def test_received_says_when(item: AgendaItem) -> None:
    version(item, "accepted", decided_at=at(10))

    assert stands(item, at(10)).words == "Nhận hôm nay"
    assert stands(item, at(18)).words == "Nhận 10/12"


def test_a_document_that_was_taken_off_counts_for_nothing(item: AgendaItem) -> None:
    version(item, "accepted")
    ItemDocument.objects.update(removed_at=at(11))

    assert stands(item, at(12)).state == "due"


@pytest.mark.parametrize(
    "values", [{"needs_documents": False}, {"outcome": "postponed"}, {"outcome": "withdrawn"}]
)
def test_what_needs_none_owes_none(item: AgendaItem, values: dict[str, Any]) -> None:
    AgendaItem.objects.update(**values)

    assert stands(item, at(18)).words == "Không cần"
    assert readiness.of_meetings([item.meeting_id], now=at(18))[item.meeting_id].needed == 0


@pytest.mark.parametrize("state", ["held", "concluded", "postponed", "cancelled"])
def test_nobody_is_late_for_what_is_over_or_off(item: AgendaItem, state: str) -> None:
    Meeting.objects.update(state=state, tentative=False)

    assert (stands(item, at(18)).state, stands(item, at(18)).words) == ("due", "Chưa có")


@pytest.mark.parametrize("values", [{"on": None}, {"documents_days": None}])
def test_without_a_day_nothing_is_due(item: AgendaItem, values: dict[str, Any]) -> None:
    Meeting.objects.update(**values)

    assert (stands(item, at(18)).words, stands(item, at(18)).box) == ("Chưa có", "")


def test_a_meeting_counts_what_stands_on_its_agenda(town: Town) -> None:
    meeting = told_meeting(town, items=5)
    first, second, third, fourth, _last = meeting.items.all()
    version(first, "accepted")
    version(second, "submitted")
    AgendaItem.objects.filter(pk=third.pk).update(needs_documents=False)
    AgendaItem.objects.filter(pk=fourth.pk).update(state="proposed")

    found = readiness.of_meetings([meeting], now=at(17))[meeting.pk]

    assert found.words == "đã nhận 1/3"
    assert [each.box for each in found.items] == ["y", "w", "l"]
    assert [each.item.position for each in found.late] == [5]
    assert [each.item.position for each in found.waiting] == [2]
    assert found.late[0].bodies == "Phòng Kinh tế"


def test_a_meeting_without_items_has_nothing_to_receive(town: Town) -> None:
    meeting = told_meeting(town, items=0)

    assert readiness.of_meetings([meeting.pk], now=at(17))[meeting.pk].needed == 0


@pytest.mark.parametrize(("meetings", "items"), [(1, 3), (5, 40)])
def test_readiness_costs_the_same_for_any_number(town: Town, meetings: int, items: int) -> None:
    ids = []
    for _n in range(meetings):
        meeting = told_meeting(town, items=items)
        ids.append(meeting.pk)
        version(meeting.items.all()[0], "accepted")

    with CaptureQueriesContext(connection) as counted:
        found = readiness.of_meetings(ids, now=at(17))
        assert [each.bodies for each in found[ids[0]].late]

    assert len(counted) == 4, [q["sql"][:80] for q in counted]
    assert found[ids[0]].needed == items
