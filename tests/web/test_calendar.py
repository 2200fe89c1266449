"""The pages of the calendar: who sees what, filters that stay, clashes with their ways out."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from agencies.models import DayOff
from meetings.models import AgendaItem, Appointment, Attendee, Meeting, PreparingBody, Room
from tests.factories import Town, issued, month
from tests.meetings.conftest import told_meeting
from tests.web.conftest import Enter

DAY = dt.date(2026, 12, 23)
HERE = "/hoi-nghi/?thang=2026-12"
#: Statements of a month, whatever is in it.
QUERIES = 12


def text(response: Any) -> str:
    return re.sub(r"\s+", " ", response.content.decode())


def cell(page: str, day: str) -> str:
    """What stands in the cell of a day of the month."""
    found = re.search(rf'data-day="{day}".*?(?=role="cell"|role="row"|class="calfoot")', page)
    assert found, day
    return found[0]


def panel(page: str) -> str:
    """The panel of the chosen day."""
    return page.partition('id="ngay"')[2].partition('class="layers"')[0]


def htmx(client: Client, address: str, target: str) -> Any:
    return client.get(address, headers={"HX-Request": "true", "HX-Target": target})


def plain(town: Town, **values: Any) -> Meeting:
    defaults: dict[str, Any] = {"items": 0, "tentative": False, "part_of_day": "afternoon"}
    return told_meeting(town, **defaults | values)


# --- who sees what --------------------------------------------------------------------------------


@pytest.mark.parametrize("address", ["/hoi-nghi/", "/hoi-nghi/tuan/", "/hoi-nghi/danh-sach/"])
def test_the_calendar_is_read_and_marked_in_the_navigation(town: Town, enter: Enter, address: str) -> None:
    page = text(enter("mai").get(address))

    assert re.search(r'href="/hoi-nghi/" aria-current="page"', page)
    assert enter("mai").post(address).status_code == 405
    assert Client().get(address).status_code == 302


@pytest.mark.parametrize(
    ("name", "told", "untold"),
    [
        ("yen", True, True),
        ("son", True, True),
        ("binh", True, False),
        ("mai", False, False),
        ("minh", False, False),
        ("lan", False, False),
    ],
)
@pytest.mark.parametrize("address", [HERE, "/hoi-nghi/tuan/?ngay=2026-12-23"])
def test_everybody_sees_their_own(
    town: Town, enter: Enter, name: str, told: bool, untold: bool, address: str
) -> None:
    told_meeting(town, title="Hội nghị đã báo")
    told_meeting(town, title="Hội nghị chưa báo", announced_at=None)

    page = text(enter(name).get(address))

    assert ("Hội nghị đã báo" in page) == told
    assert ("Hội nghị chưa báo" in page) == untold


@pytest.mark.parametrize(("name", "seen"), [("yen", True), ("son", True), ("minh", False), ("binh", False)])
def test_appointments_are_for_the_office_and_the_leader(
    town: Town, enter: Enter, name: str, seen: bool
) -> None:
    trip = Appointment.objects.create(issuing_body=town.party, on=DAY, title="Tiếp đoàn của Tỉnh ủy")
    trip.people.add(town.son)

    page = text(enter(name).get(HERE))

    assert ("Tiếp đoàn của Tỉnh ủy" in page) == seen


@pytest.mark.parametrize(("name", "seen"), [("yen", True), ("hoa", True), ("binh", False)])
def test_deadlines_are_marks_of_the_office(town: Town, enter: Enter, name: str, seen: bool) -> None:
    told_meeting(town, on=dt.date(2027, 1, 6))

    page = text(enter(name).get(HERE))

    assert ("Hết hạn đăng ký nội dung họp 06/01" in cell(page, "2026-12-22")) == seen


# --- what stands in a cell ------------------------------------------------------------------------


def test_a_cell_says_what_the_day_is(town: Town, enter: Enter) -> None:
    DayOff.objects.create(day=dt.date(2026, 12, 24), type="holiday", name="Ngày hội")
    DayOff.objects.create(day=dt.date(2026, 12, 26), type="swap_work", name="Làm bù cho ngày 24/12/2026")
    told_meeting(town, part_of_day="morning", starts_at=dt.time(7, 30))
    plain(town, title="Giao ban", on=dt.date(2026, 12, 25))

    page = text(enter("yen").get(HERE))

    tentative, solid = cell(page, "2026-12-23"), cell(page, "2026-12-25")
    assert 'class="half am"' in tentative
    assert "<b>07:30</b> Hội nghị Ban Thường vụ" in tentative
    assert "dự kiến" in tentative
    assert "ev party tent" in tentative
    assert 'class="half pm"' in solid
    assert "dự kiến" not in solid
    assert "Ngày hội" in cell(page, "2026-12-24")
    assert "Làm bù cho ngày 24/12/2026" in cell(page, "2026-12-26")
    assert '<span class="al">15</span>' in tentative
    assert "rằm tháng 11 âm lịch" in tentative
    assert ">52</a>" in page


def test_a_full_cell_leads_to_its_day(town: Town, enter: Enter) -> None:
    for n in range(7):
        plain(town, title=f"Cuộc họp {n}")

    page = text(enter("yen").get(f"{HERE}&ngay=2026-12-01"))
    day = text(enter("yen").get(f"{HERE}&ngay=2026-12-23"))

    assert "+3 nữa" in cell(page, "2026-12-23")
    assert "thang=2026-12&amp;ngay=2026-12-23#ngay" in cell(page, "2026-12-23")
    assert all(f"Cuộc họp {n}" in panel(day) for n in range(7))


def test_a_weekly_meeting_is_on_each_weekday(town: Town, enter: Enter) -> None:
    issued(town, month(12))
    Meeting.objects.update(on=None, weekly_on=0, tentative=False, title="Giao ban Thường trực")

    page = text(enter("yen").get(HERE))
    week = text(enter("yen").get("/hoi-nghi/tuan/?ngay=2026-12-09"))

    assert [day for day in (7, 14, 21, 28) if "Giao ban Thường trực" in cell(page, f"2026-12-{day:02}")] == [
        7,
        14,
        21,
        28,
    ]
    assert "Giao ban Thường trực" not in cell(page, "2026-11-30")
    assert "Giao ban Thường trực" in week


@pytest.mark.parametrize("asked", ["", "2026-13-01", "2026-02-30", "x", "2026-12-23<script>", "9999-12-31"])
@pytest.mark.parametrize("address", ["/hoi-nghi/", "/hoi-nghi/tuan/"])
def test_a_day_that_does_not_exist_is_today(town: Town, enter: Enter, address: str, asked: str) -> None:
    page = text(enter("yen").get(address, {"ngay": asked, "nguoi": asked, "phong": asked, "lop": asked}))

    assert "Thứ Sáu 20/11/2026" in page
    assert "<script>" not in panel(page)


@pytest.mark.parametrize("first", ["1900-01", "2099-12", "2100-01", "1899-12"])
def test_the_ends_of_the_calendar_hold(town: Town, enter: Enter, first: str) -> None:
    assert enter("yen").get("/hoi-nghi/", {"thang": first}).status_code == 200
    assert enter("yen").get("/hoi-nghi/tuan/", {"ngay": f"{first}-31"}).status_code == 200


# --- filters --------------------------------------------------------------------------------------


@pytest.fixture
def three(town: Town) -> dict[str, Meeting]:
    """One meeting with a chair, one with an attendee, one in a room."""
    room = Room.objects.create(name="Hội trường lớn")
    attended = plain(town, title="Họp có người dự", chair=None)
    Attendee.objects.create(meeting=attended, person=town.yen, position=1)
    return {
        "chaired": plain(town, title="Họp có chủ trì"),
        "attended": attended,
        "housed": plain(town, title="Họp trong phòng", chair=None, room=room),
    }


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("", {"chaired", "attended", "housed"}),
        ("&nguoi={son}", {"chaired"}),
        ("&nguoi={yen}", {"attended"}),
        ("&phong={room}", {"housed"}),
        ("&nguoi={son}&phong={room}", set()),
        ("&loc=1&lop={party}", {"chaired", "attended", "housed"}),
        ("&loc=1&lop={state}", set()),
        ("&loc=1", set()),
        ("&loc=1&lop={state}&lop={party}&nguoi={yen}", {"attended"}),
        ("&nguoi=x&phong=-1", {"chaired", "attended", "housed"}),
    ],
)
@pytest.mark.parametrize("address", [HERE, "/hoi-nghi/tuan/?ngay=2026-12-23"])
def test_filters(
    town: Town, enter: Enter, three: dict[str, Meeting], asked: str, expected: set[str], address: str
) -> None:
    room = three["housed"].room_id
    asked = asked.format(
        son=town.son.pk, yen=town.yen.pk, room=room, party=town.party.pk, state=town.state.pk
    )

    page = text(enter("yen").get(address + asked))

    shown = page.partition('class="calside"')[0]
    assert {name for name, meeting in three.items() if meeting.title in shown} == expected


def test_filters_stay_with_every_link(town: Town, enter: Enter, three: dict[str, Meeting]) -> None:
    kept = f"&amp;loc=1&amp;lop={town.party.pk}&amp;nguoi={town.son.pk}"

    page = text(enter("yen").get(f"{HERE}{kept.replace('&amp;', '&')}"))
    january = text(enter("yen").get(f"/hoi-nghi/?thang=2027-01{kept.replace('&amp;', '&')}"))

    assert f'href="/hoi-nghi/?thang=2027-01{kept}"' in page
    assert f'href="/hoi-nghi/?thang=2026-11{kept}"' in page
    assert f"ngay=2026-12-23{kept}#ngay" in page
    assert re.search(rf'href="/hoi-nghi/tuan/\?ngay=[\d-]+{kept}"', page)
    # a month that has nothing of the person and the body keeps them chosen
    assert f'<option value="{town.son.pk}" selected>' in january
    assert f'name="lop" value="{town.party.pk}"' in january


def test_htmx_gets_the_part_that_changes(town: Town, enter: Enter) -> None:
    told_meeting(town)
    client = enter("yen")

    whole = htmx(client, HERE, "lich")
    day = htmx(client, f"{HERE}&ngay=2026-12-23", "ngay")
    week = htmx(client, "/hoi-nghi/tuan/?ngay=2026-12-23", "lich")

    assert "<html" not in text(whole)
    assert 'role="table"' in text(whole)
    assert 'role="table"' not in text(day)
    assert "Hội nghị Ban Thường vụ" in text(day)
    assert 'class="week' in text(week)
    assert "HX-Request" in whole["Vary"]


# --- clashes --------------------------------------------------------------------------------------


def test_a_clash_is_said_once_with_its_ways_out(town: Town, enter: Enter) -> None:
    moving = told_meeting(town)
    plain(town, title="Giao ban khối nội chính")

    page = text(enter("yen").get(f"{HERE}&ngay=2026-12-23"))
    side = panel(page)

    assert cell(page, "2026-12-23").count("Trùng:") == 2
    assert "Đồng chí Giáp Văn Sơn chủ trì Giao ban khối nội chính cùng buổi chiều." in side
    assert side.count("Đồng chí Giáp Văn Sơn") == 1
    assert "Trùng buổi chiều:" in side
    move = f"/hoi-nghi/{moving.public_id}/doi-ngay/?ngay="
    assert f'href="{move}2026-12-22&amp;buoi="> Dời sang thứ Ba 22/12'.replace("> ", ">") in side
    assert f'href="{move}2026-12-23&amp;buoi=morning">Chỉ họp buổi sáng' in side
    assert f'hx-get="/hoi-nghi/{moving.public_id}/ai-duoc-bao/?ngay=2026-12-22' in side


@pytest.mark.parametrize(
    ("name", "offered"), [("yen", True), ("chung", True), ("hoa", False), ("son", False)]
)
def test_ways_out_are_for_those_who_may_move(town: Town, enter: Enter, name: str, offered: bool) -> None:
    told_meeting(town)
    plain(town, title="Giao ban khối nội chính")

    side = panel(text(enter(name).get(f"{HERE}&ngay=2026-12-23")))

    assert "Trùng buổi chiều:" in side
    assert ("Dời sang" in side) == offered
    assert ("doi-ngay/" in side) == offered


def test_a_clash_that_is_over_offers_no_way_out(town: Town, enter: Enter) -> None:
    told_meeting(town, on=dt.date(2026, 11, 18))
    plain(town, title="Giao ban khối nội chính", on=dt.date(2026, 11, 18))

    side = panel(text(enter("yen").get("/hoi-nghi/?ngay=2026-11-18")))

    assert "Trùng buổi chiều:" in side
    assert "Dời sang" not in side


def test_another_house_is_not_named(town: Town, enter: Enter) -> None:
    room = Room.objects.create(name="Phòng họp tầng 2")
    plain(town, room=room)
    Meeting.objects.create(issuing_body=town.state, title="Họp kín của UBND", on=DAY, room=room)

    ours = text(enter("yen").get(f"{HERE}&ngay=2026-12-23"))
    agency = text(enter("mai").get(f"{HERE}&ngay=2026-12-23"))

    assert "Phòng họp tầng 2: phòng đã có cuộc họp khác cùng buổi chiều." in panel(ours)
    assert "Họp kín" not in ours
    assert "phòng đã có" not in agency


def test_a_body_that_prepares_twice_is_a_warning_of_its_own(town: Town, enter: Enter) -> None:
    told_meeting(town, title="Hội nghị A", chair=None, part_of_day="morning")
    told_meeting(town, title="Hội nghị B", chair=None, part_of_day="afternoon")

    page = text(enter("yen").get(f"{HERE}&ngay=2026-12-23"))

    assert "Phòng Kinh tế còn chuẩn bị nội dung cho Hội nghị B cùng ngày." in panel(page)
    assert 'class="note soon' in panel(page)
    assert "Trùng:" not in cell(page, "2026-12-23")


# --- who would be told ----------------------------------------------------------------------------


def test_what_a_way_out_would_do_is_one_sentence(town: Town, enter: Enter) -> None:
    meeting = told_meeting(town)
    address = f"/hoi-nghi/{meeting.public_id}/ai-duoc-bao/"

    earlier = text(enter("yen").get(f"{address}?ngay=2026-12-22"))
    later = text(enter("yen").get(f"{address}?ngay=2026-12-28"))
    same = text(enter("yen").get(f"{address}?ngay=2026-12-23&buoi=morning"))

    assert "Dời sang 22/12 thì 4 hạn sớm hơn 1 ngày làm việc, 2 người nhận một thông báo." in earlier
    assert "Dời sang 28/12 thì 4 hạn muộn hơn 3 ngày làm việc, 2 người nhận một thông báo." in later
    assert "2 người nhận một thông báo." in same
    assert Meeting.objects.get().on == DAY


@pytest.mark.parametrize(
    ("name", "code", "says"),
    [
        ("yen", 200, True),
        ("hoa", 200, False),
        ("binh", 200, False),
        ("mai", 404, False),
        ("minh", 404, False),
    ],
)
def test_only_who_may_move_hears_who_would_be_told(
    town: Town, enter: Enter, name: str, code: int, says: bool
) -> None:
    meeting = told_meeting(town)

    response = enter(name).get(f"/hoi-nghi/{meeting.public_id}/ai-duoc-bao/?ngay=2026-12-22")

    assert response.status_code == code
    assert ("người nhận" in text(response)) == says


@pytest.mark.parametrize("asked", ["", "?ngay=x", "?ngay=2020-01-01", "?ngay=2026-12-22&buoi=night"])
def test_a_day_it_cannot_have_says_nothing_of_it(town: Town, enter: Enter, asked: str) -> None:
    meeting = told_meeting(town)
    address = f"/hoi-nghi/{meeting.public_id}/ai-duoc-bao/"

    response = enter("yen").get(address + asked)

    assert response.status_code == 200
    assert enter("yen").post(address).status_code == 405


# --- cost -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("count", [5, 500])
@pytest.mark.parametrize("address", [HERE, "/hoi-nghi/tuan/?ngay=2026-12-23"])
def test_any_number_of_meetings_costs_the_same(town: Town, enter: Enter, count: int, address: str) -> None:
    room = Room.objects.create(name="Phòng họp tầng 2")
    rows = [
        Meeting(
            issuing_body=town.party,
            title=f"Cuộc họp {n}",
            on=DAY if n < 3 else dt.date(2026, 12, 1 + n % 28),
            chair=town.son,
            room=room,
            documents_days=1,
            part_of_day="afternoon",
        )
        for n in range(count)
    ]
    made = Meeting.objects.bulk_create(rows)
    items = AgendaItem.objects.bulk_create(AgendaItem(meeting=m, position=1, text="Báo cáo") for m in made)
    PreparingBody.objects.bulk_create(PreparingBody(item=i, agency=town.agency, name="P") for i in items)
    Attendee.objects.bulk_create(Attendee(meeting=m, person=town.yen, position=1) for m in made)
    Appointment.objects.create(issuing_body=town.party, on=DAY, title="Đi cơ sở").people.add(town.son)
    client = enter("yen")
    client.get("/hoi-nghi/")

    with CaptureQueriesContext(connection) as counted:
        page = text(client.get(address))

    assert "Cuộc họp 0" in page
    assert len(counted) == QUERIES <= 15, [q["sql"][:80] for q in counted]


def test_the_deadline_for_documents_says_how_many_came(town: Town, enter: Enter) -> None:
    told_meeting(town)

    page = text(enter("yen").get(HERE))

    assert "Hạn tài liệu họp 23/12: đã nhận 0/3" in cell(page, "2026-12-15")


def test_late_documents_are_said_with_the_meeting(town: Town, enter: Enter) -> None:
    told_meeting(town, on=dt.date(2026, 11, 23))

    ours = text(enter("yen").get("/hoi-nghi/?ngay=2026-11-23"))
    theirs = text(enter("binh").get("/hoi-nghi/?ngay=2026-11-23"))

    assert "Tài liệu quá hạn 3" in panel(ours)
    assert "Tài liệu quá hạn" not in theirs
