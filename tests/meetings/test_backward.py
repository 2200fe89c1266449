"""The backward plan as it is drawn: how each day stands, what is not counted, places to scale."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from agencies.models import DayOff
from meetings.models import Meeting
from meetings.views.plan import backward
from tests.factories import Town
from tests.meetings.conftest import told_meeting

#: A Wednesday.
DAY = dt.date(2026, 12, 23)


def planned(town: Town, **values: object) -> Meeting:
    """Registration closes 5 working days before the meeting, documents 3, invitations 1."""
    leads: dict[str, object] = {"registration_days": 5, "appraisal_days": None, "documents_days": 3}
    return told_meeting(town, DAY, 3, **{**leads, "invitation_days": 1, **values})


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        (dt.date(2026, 12, 14), ["coming", "coming", "coming", "coming"]),
        (dt.date(2026, 12, 15), ["now", "coming", "coming", "coming"]),
        (dt.date(2026, 12, 22), ["done", "done", "late", "coming"]),
        (dt.date(2026, 12, 23), ["done", "done", "late", "now"]),
        (dt.date(2026, 12, 25), ["done", "done", "late", "late"]),
    ],
)
def test_each_day_stands_as_today_says(town: Town, today: dt.date, expected: list[str]) -> None:
    found = backward(planned(town), today)

    assert [(node.kind, node.on.day) for node in found.nodes] == [
        ("registration", 15),
        ("documents", 17),
        ("invitations", 21),
        ("meeting", 23),
    ]
    assert [node.state for node in found.nodes] == expected


def test_days_off_are_not_counted_and_named(town: Town) -> None:
    DayOff.objects.create(day=dt.date(2026, 12, 17), type="holiday", name="Ngày nghỉ thử")

    found = backward(planned(town), dt.date(2026, 12, 1))

    assert [node.on.day for node in found.nodes] == [14, 16, 21, 23]
    assert [(each.on.day, each.name) for each in found.skipped] == [
        (17, "Ngày nghỉ thử"),
        (19, ""),
        (20, ""),
    ]
    assert len(found.off) == 2
    assert not found.folds


def test_a_swapped_saturday_is_worked(town: Town) -> None:
    DayOff.objects.create(day=dt.date(2026, 12, 19), type="swap_work", name="Làm bù")

    found = backward(planned(town), dt.date(2026, 12, 1))

    assert [each.on.day for each in found.skipped] == [20]


def test_documents_are_late_until_all_are_there(town: Town) -> None:
    meeting, today = planned(town), dt.date(2026, 12, 21)

    lacking, complete = backward(meeting, today, (6, 9)).nodes[1], backward(meeting, today, (9, 9)).nodes[1]

    assert (lacking.state, lacking.words, lacking.counted) == ("late", "quá 2 ngày làm việc", "6/9")
    assert (complete.state, complete.words, complete.counted) == ("done", "đã nhận đủ", "9/9")


def test_invitations_are_done_when_they_went_out(town: Town) -> None:
    found = backward(planned(town, tentative=False, state="invited"), dt.date(2026, 12, 22))

    assert (found.nodes[2].state, found.nodes[2].words) == ("done", "đã mời")
    assert (found.nodes[3].state, found.nodes[3].words) == ("coming", "ngày mai")


@pytest.mark.parametrize("values", [{"on": None}, {"state": "cancelled"}, {"state": "postponed", "on": None}])
def test_without_a_day_there_is_no_plan_and_no_query(town: Town, values: dict[str, object]) -> None:
    meeting = planned(town)
    for name, value in values.items():
        setattr(meeting, name, value)

    with CaptureQueriesContext(connection) as counted:
        found = backward(meeting, dt.date(2026, 12, 1))

    assert found.nodes == []
    assert len(counted) == 0


def test_places_keep_the_order_and_stay_inside(town: Town) -> None:
    found = backward(planned(town, registration_days=60), dt.date(2026, 12, 1))

    places = [float(node.x.rstrip("%")) for node in found.nodes]
    assert places == sorted(places)
    assert 0 < places[0] < places[-1] < 100
    assert found.folds
    assert 0 < float(found.today.rstrip("%")) < 100


def test_a_day_far_ahead_leaves_today_out_of_the_drawing(town: Town) -> None:
    assert backward(planned(town), dt.date(2026, 10, 1)).today == ""
