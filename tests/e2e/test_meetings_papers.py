"""Stories of a meeting's papers: the invitation from the rows to its number, the leaders' week."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from meetings.models import AgendaItem, Appointment, Attendee, Invitation, Meeting
from tests.e2e.conftest import SignIn
from tests.e2e.sight import fits, large_enough
from tests.office import Office

Axe = Callable[[Page], None]


def workday(ahead: int) -> dt.date:
    """A Wednesday at least so many days from now."""
    day = timezone.localdate() + dt.timedelta(days=ahead)
    return day + dt.timedelta(days=(2 - day.weekday()) % 7)


@pytest.fixture
def meeting(desk: Office) -> Meeting:
    made = Meeting.objects.create(
        issuing_body=desk.body,
        title="Hội nghị Ban Thường vụ Đảng ủy",
        on=workday(14),
        starts_at=dt.time(7, 30),
        place="Phòng họp số 1",
        chair=desk.son,
        announced_at=timezone.now(),
    )
    AgendaItem.objects.create(meeting=made, position=1, text="Báo cáo tình hình kinh tế - xã hội.")
    Attendee.objects.create(meeting=made, position=1, text="Các đồng chí Ủy viên Ban Thường vụ")
    Attendee.objects.create(meeting=made, position=2, agency=desk.agency)
    return made


def test_an_invitation_from_the_meeting_to_its_number(
    meeting: Meeting, desk: Office, sign_in: SignIn, axe: Axe
) -> None:
    """Chị Yến draws and corrects it with the keyboard; chị Hoa writes the number; it stays as it is."""
    page = sign_in(desk.yen)
    page.goto(f"/hoi-nghi/{meeting.public_id}/")
    page.get_by_role("button", name="Soạn giấy mời").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Kính mời:")).to_be_visible()
    expect(page.get_by_text("1. Thời gian: 07 giờ 30")).to_be_visible()
    axe(page)

    page.get_by_role("link", name="Sửa lời").click()
    page.get_by_label("Trích yếu").fill("dự Hội nghị Ban Thường vụ tháng này")
    axe(page)
    page.keyboard.press("Enter")
    expect(page.get_by_role("article").get_by_text("dự Hội nghị Ban Thường vụ tháng này")).to_be_visible()

    page = sign_in(desk.hoa)
    page.goto(f"/hoi-nghi/{meeting.public_id}/giay-moi/{Invitation.objects.get().public_id}/")
    expect(page.get_by_text("Số kế tiếp trong sổ: 01-GM/ĐU")).to_be_visible()
    page.get_by_label("Ngày văn bản").fill("2001-01-01")
    page.get_by_role("button", name="Cấp số và phát hành").click()
    expect(page.get_by_role("alert").first).to_be_visible()
    page.get_by_label("Ngày văn bản").fill(timezone.localdate().isoformat())
    page.get_by_role("button", name="Cấp số và phát hành").click()
    expect(page.get_by_role("article").get_by_text("Số 01-GM/ĐU")).to_be_visible()
    expect(page.get_by_role("button", name="Cấp số và phát hành")).to_have_count(0)
    axe(page)
    meeting.refresh_from_db()
    assert meeting.state == "invited"


def test_the_week_on_a_phone_is_cards_and_an_appointment_is_added(
    meeting: Meeting, desk: Office, sign_in: SignIn, axe: Axe
) -> None:
    page = sign_in(desk.yen)
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto("/hoi-nghi/lich-rieng/them/")
    page.get_by_label("Nội dung").fill("Dự hội nghị của Tỉnh ủy")
    page.get_by_label("Giáp Văn Sơn").check()
    page.get_by_label("Ngày").fill(workday(14).isoformat())
    page.get_by_label("Bắt đầu lúc").fill("14 giờ")
    axe(page)
    page.get_by_role("button", name="Thêm lịch").click()
    expect(page.get_by_text("Đã thêm lịch")).to_be_visible()
    axe(page)
    assert Appointment.objects.get().starts_at == dt.time(14)

    year, week, _day = workday(14).isocalendar()
    page.goto(f"/hoi-nghi/lich-tuan/?tuan={year}-W{week:02d}")
    expect(page.get_by_role("link", name="Hội nghị Ban Thường vụ Đảng ủy")).to_be_visible()
    expect(page.get_by_role("link", name="Dự hội nghị của Tỉnh ủy")).to_be_visible()
    fits(page)
    large_enough(page, "main a:not(.crumb a), main button, main select")
    axe(page)
    page.set_viewport_size({"width": 1024, "height": 768})
    axe(page)
