"""Leaders' other appointments: kept by the office, nothing half-saved, nobody overwritten."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from meetings import appointments
from meetings.appointments import AppointmentError, Values
from meetings.models import Appointment, MeetingLog
from tests.factories import NOW, Town
from tests.meetings.conftest import told_meeting

DAY = dt.date(2026, 11, 25)
VALUES = Values(on=DAY, title="Dự hội nghị của Tỉnh ủy", starts_at=dt.time(8), ends_at=dt.time(11))
#: Statements of the clashes of any number of appointments.
QUERIES = 7


def kept(town: Town, values: Values = VALUES) -> Appointment:
    return appointments.add(town.party, values, [town.son], actor=town.yen, now=NOW)


def actions() -> list[str]:
    return list(MeetingLog.objects.order_by("pk").values_list("action", flat=True))


def test_an_appointment_is_for_one_or_more_leaders_and_logged_once(town: Town) -> None:
    made = appointments.add(town.party, VALUES, [town.son, town.chung], actor=town.yen, now=NOW)

    assert Values.of(made) == VALUES
    assert set(made.people.all()) == {town.son, town.chung}
    entry = MeetingLog.objects.get()
    assert (entry.action, entry.subject) == (
        "appointment.add",
        "thứ Tư, 25/11/2026: Dự hội nghị của Tỉnh ủy",
    )


@pytest.mark.parametrize(
    ("values", "people", "sentence"),
    [
        (replace(VALUES, ends_at=dt.time(8)), True, "Giờ kết thúc phải sau giờ bắt đầu"),
        (replace(VALUES, starts_at=None), True, "ghi cả giờ bắt đầu"),
        (replace(VALUES, title=""), True, "ghi nội dung"),
        (VALUES, False, "ít nhất một lãnh đạo"),
    ],
)
def test_what_cannot_be_is_said_and_not_saved(
    town: Town, values: Values, people: bool, sentence: str
) -> None:
    with pytest.raises(AppointmentError, match=sentence):
        appointments.add(town.party, values, [town.son] if people else [], actor=town.yen, now=NOW)

    assert not Appointment.objects.exists()
    assert not MeetingLog.objects.exists()


def test_a_change_is_logged_once_and_the_same_again_not_at_all(town: Town) -> None:
    made = kept(town)
    moved = replace(VALUES, on=dt.date(2026, 11, 26))

    first = appointments.edit(made, moved, [town.son], seen=VALUES, actor=town.yen, now=NOW)
    again = appointments.edit(made, moved, [town.son], seen=moved, actor=town.yen, now=NOW)

    assert (first, again) == (True, False)
    assert Appointment.objects.get().on == dt.date(2026, 11, 26)
    assert actions() == ["appointment.add", "appointment.edit"]


def test_a_change_of_people_alone_is_a_change(town: Town) -> None:
    made = kept(town)

    assert appointments.edit(made, VALUES, [town.chung], seen=VALUES, actor=town.yen, now=NOW)
    assert list(made.people.all()) == [town.chung]


def test_what_somebody_else_changed_meanwhile_is_not_overwritten(town: Town) -> None:
    made = kept(town)
    Appointment.objects.update(title="Đi cơ sở")

    with pytest.raises(AppointmentError, match="Người khác vừa sửa"):
        appointments.edit(made, replace(VALUES, place="A"), [town.son], seen=VALUES, actor=town.yen, now=NOW)

    assert Appointment.objects.get().title == "Đi cơ sở"
    assert actions() == ["appointment.add"]


def test_removing_twice_logs_once(town: Town) -> None:
    made = kept(town)

    assert appointments.remove(made, actor=town.yen, now=NOW)
    assert not appointments.remove(made, actor=town.yen, now=NOW)
    assert actions() == ["appointment.add", "appointment.remove"]


@pytest.mark.parametrize(
    ("name", "sees"),
    [("yen", True), ("hoa", True), ("son", True), ("minh", False), ("binh", False), ("vinh", False)],
)
def test_the_office_and_the_leader_see_it(town: Town, name: str, sees: bool) -> None:
    kept(town)

    assert Appointment.objects.visible_to(town.person(name)).exists() == sees


def test_a_clash_with_a_meeting_is_said(town: Town) -> None:
    made = kept(town)
    told_meeting(town, DAY, items=0, starts_at=dt.time(9), tentative=False)

    (clash,) = appointments.clashes_of([made], town.person("yen"))[made.pk]

    assert clash.sentence == ("Đồng chí Giáp Văn Sơn chủ trì Hội nghị Ban Thường vụ Đảng ủy cùng buổi sáng.")


@pytest.mark.parametrize("count", [2, 20])
def test_clashes_cost_the_same_for_any_number(town: Town, count: int) -> None:
    made = [kept(town, replace(VALUES, on=DAY + dt.timedelta(days=n))) for n in range(count)]
    for n in range(count // 2):
        told_meeting(town, DAY + dt.timedelta(days=n), items=1, tentative=False)
    reader = town.person("yen")

    with CaptureQueriesContext(connection) as counted:
        appointments.clashes_of(made, reader)

    assert len(counted) == QUERIES, [q["sql"][:90] for q in counted]
