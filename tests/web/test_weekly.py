"""The weekly schedule and leaders' appointments on their pages."""

from __future__ import annotations

import datetime as dt
import re
import uuid
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from meetings.models import Appointment, MeetingLog, Room
from tests.factories import Town
from tests.meetings.conftest import attends, told_meeting
from tests.web.conftest import Enter

WEEK = "/hoi-nghi/lich-tuan/"
OWN = "/hoi-nghi/lich-rieng/"
MONDAY = dt.date(2026, 11, 23)
#: Statements of the page of a week, and of the list of appointments.
WEEK_QUERIES = 12
LIST_QUERIES = 10


def text(response: Any) -> str:
    return re.sub(r"\s+", " ", response.content.decode())


@pytest.fixture
def entries(town: Town) -> None:
    told_meeting(town, MONDAY, items=0, tentative=True, starts_at=dt.time(7, 30), place="Phòng họp số 1")
    made = Appointment.objects.create(
        issuing_body=town.party, on=MONDAY, title="Đi cơ sở", starts_at=dt.time(14), place="Thôn Trại Cháy"
    )
    made.people.add(town.son)


# ---------------------------------------------------------------- week


@pytest.mark.usefixtures("entries")
def test_a_week_shows_meetings_and_appointments_with_its_neighbours(enter: Enter) -> None:
    shown = text(enter("yen").get(WEEK, {"tuan": "2026-W48"}))

    assert "Lịch công tác tuần 48" in shown
    assert re.search(r"Hội nghị Ban Thường vụ Đảng ủy</a>\s*<span class=\"tent\">\(dự kiến\)</span>", shown)
    assert "Đi cơ sở" in shown
    assert 'href="?tuan=2026-W47"' in shown
    assert 'href="?tuan=2026-W49"' in shown
    assert "ban-in.pdf?tuan=2026-W48" in shown
    assert "Nghỉ cuối tuần" in shown


@pytest.mark.usefixtures("entries")
def test_a_leader_and_a_body_filter_the_week(town: Town, enter: Enter) -> None:
    client = enter("yen")

    mine = text(client.get(WEEK, {"tuan": "2026-W48", "lanh-dao": str(town.son.pk)}))

    assert "của đồng chí Giáp Văn Sơn" in mine
    assert client.get(WEEK, {"lanh-dao": town.yen.pk}).status_code == 404
    assert client.get(WEEK, {"lanh-dao": "x"}).status_code == 404
    assert client.get(WEEK, {"co-quan": town.state.pk}).status_code == 404
    assert client.get(WEEK, {"co-quan": "1' OR 1"}).status_code == 404
    assert "tuần 47" in text(client.get(WEEK, {"tuan": "0000-W99"}))


def test_htmx_gets_the_week_alone(town: Town, enter: Enter) -> None:
    response = enter("yen").get(WEEK, headers={"HX-Request": "true"})

    assert "<html" not in text(response)
    assert "Lịch công tác tuần" in text(response)


@pytest.mark.usefixtures("entries")
@pytest.mark.parametrize(
    ("name", "status", "sees"),
    [
        ("yen", 200, True),
        ("son", 200, True),
        ("binh", 200, False),
        ("minh", 200, False),
        ("mai", 403, False),
        ("vinh", 403, False),
    ],
)
def test_who_reads_the_week(town: Town, enter: Enter, name: str, status: int, sees: bool) -> None:
    """The office; who attends (anh Bình's body) sees the meeting and not the leader's appointments."""
    attends(told_meeting(town, MONDAY, items=0, title="Họp liên tịch"), agency=town.agency)

    response = enter(name).get(WEEK, {"tuan": "2026-W48"})

    assert response.status_code == status
    assert ("Đi cơ sở" in text(response)) == sees
    assert ("Họp liên tịch" in text(response)) == (name in ("yen", "son", "binh"))


@pytest.mark.usefixtures("entries")
def test_the_week_is_printed_both_ways(enter: Enter) -> None:
    client = enter("yen")

    pdf = client.get(f"{WEEK}ban-in.pdf", {"tuan": "2026-W48"})
    docx = client.get(f"{WEEK}ban-in.docx", {"tuan": "2026-W48"})

    assert pdf.content.startswith(b"%PDF")
    assert 'filename="lich-cong-tac-tuan-2026-w48-cua-thuong-truc' in pdf.headers["Content-Disposition"]
    assert docx.content.startswith(b"PK")
    assert client.post(f"{WEEK}ban-in.pdf").status_code == 405


@pytest.mark.parametrize("count", [3, 60])
def test_the_page_of_a_week_costs_the_same_however_full(town: Town, enter: Enter, count: int) -> None:
    for n in range(count):
        meeting = told_meeting(town, MONDAY + dt.timedelta(days=n % 5), items=0, title=f"Họp {n}")
        attends(meeting, agency=town.agency)
        made = Appointment.objects.create(issuing_body=town.party, on=MONDAY, title=f"Việc {n}")
        made.people.add(town.son)
    client = enter("yen")
    client.get(WEEK)

    with CaptureQueriesContext(connection) as counted:
        shown = text(client.get(WEEK, {"tuan": "2026-W48"}))

    assert shown.count("Việc ") == 2 * count
    assert len(counted) == WEEK_QUERIES, [q["sql"][:90] for q in counted]


# ---------------------------------------------------------------- appointments


def given(town: Town, **more: Any) -> dict[str, Any]:
    return {
        "people": [town.son.pk],
        "on": "2026-11-25",
        "starts_at": "07h30",
        "ends_at": "11:00",
        "title": "Dự hội nghị của Tỉnh ủy",
        "place": "Tỉnh ủy",
        **more,
    }


@pytest.fixture
def kept(town: Town) -> Appointment:
    made = Appointment.objects.create(issuing_body=town.party, on=MONDAY, title="Đi cơ sở")
    made.people.add(town.son)
    return made


def test_an_appointment_is_added_and_its_clash_said(town: Town, enter: Enter) -> None:
    told_meeting(town, dt.date(2026, 11, 25), items=0, starts_at=dt.time(8), tentative=False)

    shown = text(enter("yen").post(f"{OWN}them/", given(town), follow=True))

    made = Appointment.objects.get()
    assert (made.starts_at, made.ends_at, made.issuing_body) == (dt.time(7, 30), dt.time(11), town.party)
    assert "Đã thêm lịch “Dự hội nghị của Tỉnh ủy”." in shown
    assert "Đồng chí Giáp Văn Sơn chủ trì Hội nghị Ban Thường vụ Đảng ủy cùng buổi sáng." in shown
    assert MeetingLog.objects.get().action == "appointment.add"


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ({"ends_at": "07:00"}, "Giờ kết thúc phải sau giờ bắt đầu."),
        ({"starts_at": ""}, "Có giờ kết thúc thì ghi cả giờ bắt đầu."),
        ({"starts_at": "sớm"}, "Chưa hiểu giờ này"),
        ({"on": "30/2/2026"}, "Ngày này không có"),
        ({"on": ""}, "Hãy ghi ngày."),
        ({"title": ""}, "Hãy ghi nội dung."),
        ({"people": []}, "Hãy chọn ít nhất một lãnh đạo."),
        ({"part_of_day": "afternoon"}, "07:30 không thuộc buổi chiều."),
        ({"room": "999"}, "invalid-feedback"),
        ({"people": ["999"]}, "invalid-feedback"),
    ],
)
def test_what_cannot_be_is_said_at_its_place_and_stays(
    town: Town, enter: Enter, more: dict[str, Any], sentence: str
) -> None:
    response = enter("yen").post(f"{OWN}them/", given(town, **more))

    shown = text(response)
    assert (response.status_code, sentence in shown) == (422, True)
    assert 'value="Tỉnh ủy"' in shown
    assert not Appointment.objects.exists()


@pytest.mark.parametrize("name", ["hoa", "son", "binh", "vinh"])
def test_others_do_not_add(town: Town, enter: Enter, name: str) -> None:
    client = enter(name)

    assert client.get(f"{OWN}them/").status_code == 403
    assert client.post(f"{OWN}them/", given(town)).status_code == 403
    assert not Appointment.objects.exists()


@pytest.mark.parametrize(
    ("name", "status"),
    [("yen", 200), ("chung", 200), ("hoa", 403), ("son", 403), ("minh", 404), ("binh", 404), ("vinh", 404)],
)
def test_who_opens_and_removes_an_appointment(
    kept: Appointment, enter: Enter, name: str, status: int
) -> None:
    client = enter(name)

    assert client.get(f"{OWN}{kept.public_id}/").status_code == status
    assert client.get(f"{OWN}{kept.public_id}/xoa/").status_code == 405
    assert client.post(f"{OWN}{kept.public_id}/xoa/").status_code == (302 if status == 200 else status)
    assert Appointment.objects.exists() == (status != 200)
    assert MeetingLog.objects.filter(action="appointment.remove").exists() == (status == 200)


def test_an_appointment_is_changed_and_nobody_overwritten(
    town: Town, kept: Appointment, enter: Enter
) -> None:
    client, address = enter("yen"), f"{OWN}{kept.public_id}/"
    seen = client.get(address).context["seen"]
    room = Room.objects.create(name="Phòng khách", issuing_body=town.party)

    client.post(address, given(town, seen=seen, room=room.pk))
    late = client.post(address, given(town, seen=seen, title="Việc khác"))
    forged = client.post(address, given(town, seen="x"))

    kept.refresh_from_db()
    assert (kept.title, kept.room) == ("Dự hội nghị của Tỉnh ủy", room)
    assert (late.status_code, "Người khác vừa sửa" in text(late)) == (422, True)
    assert 'value="Việc khác"' in text(late)
    assert forged.status_code == 422
    assert MeetingLog.objects.filter(action="appointment.edit").count() == 1


def test_a_leader_sees_own_appointments_and_another_none(town: Town, kept: Appointment, enter: Enter) -> None:
    kept.people.add(town.lan)

    assert "Đi cơ sở" in text(enter("son").get(OWN))
    assert "Lịch riêng của tôi" in text(enter("lan").get(OWN))
    assert enter("lan").get(f"{OWN}{kept.public_id}/").status_code == 403
    assert enter("mai").get(OWN).status_code == 403
    assert enter("yen").get(f"{OWN}{uuid.uuid4()}/").status_code == 404


def test_those_that_went_by_stand_apart(town: Town, kept: Appointment, enter: Enter) -> None:
    Appointment.objects.update(on=dt.date(2026, 11, 19))
    client = enter("yen")

    assert "Đi cơ sở" not in text(client.get(OWN))
    assert "Đi cơ sở" in text(client.get(OWN, {"da-qua": "1"}))
    assert client.get(OWN, {"trang": "x", "da-qua": "<"}).status_code == 200


@pytest.mark.parametrize("count", [2, 25])
def test_the_list_costs_the_same_for_any_number(town: Town, enter: Enter, count: int) -> None:
    for n in range(count):
        made = Appointment.objects.create(
            issuing_body=town.party, on=MONDAY + dt.timedelta(days=n), title=f"Việc {n}"
        )
        made.people.add(town.son)
    client = enter("yen")
    client.get(OWN)

    with CaptureQueriesContext(connection) as counted:
        client.get(OWN)

    assert len(counted) == LIST_QUERIES, [q["sql"][:90] for q in counted]
