"""Stories of a meeting's page: made by keyboard, moved after a look, read on a phone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator

import pytest
import time_machine
from playwright.sync_api import Browser, Page, expect

from assignments.models import Notification
from meetings.models import Meeting, Room, Series
from tests import factories
from tests.e2e.conftest import SignIn
from tests.e2e.sight import fits, large_enough
from tests.factories import NOW, Town
from tests.meetings.conftest import attends, told_meeting

pytestmark = pytest.mark.django_db(transaction=True)

SIZES = {"desk": (1440, 900), "tablet": (1024, 768), "phone": (390, 844)}
Axe = Callable[[Page], None]


@pytest.fixture(autouse=True)
def clock() -> Iterator[None]:
    """Any Friday of November 2026: the days of the stories lie ahead of it."""
    with time_machine.travel(NOW, tick=True):
        yield


@pytest.fixture
def town(live_server: object) -> Town:
    return factories.town()


def test_a_meeting_is_made_by_keyboard_alone(page: Page, sign_in: SignIn, town: Town) -> None:
    sign_in("yen").goto("/hoi-nghi/lap/")
    key = page.keyboard

    page.get_by_label("Tên hội nghị").focus()
    key.type("Hội nghị giao ban")
    key.press("Tab")
    key.press("ArrowRight")  # Chốt một ngày
    key.press("Tab")
    page.get_by_label("Ngày", exact=True).fill("2026-12-24")
    page.get_by_label("Từ giờ").first.focus()
    key.type("07h30")
    page.get_by_label("Gửi tài liệu").focus()
    key.type("3")
    key.press("Tab")
    expect(page.locator("#truoc-khi-luu")).to_contain_text("Nhận tài liệu thứ Sáu, 18/12/2026")
    page.get_by_label("Người, cơ quan hoặc thành phần").first.focus()
    key.type("phong kinh te")
    expect(page.get_by_role("listbox")).to_contain_text("Phòng Kinh tế xã Tân Sơn")
    key.press("ArrowDown")
    key.press("Enter")
    page.get_by_role("button", name="Thêm thành phần").focus()
    key.press("Enter")
    expect(page.get_by_label("Người, cơ quan hoặc thành phần").nth(3)).to_be_focused()
    key.type("Các đồng chí ủy viên Ban Thường vụ")
    key.press("Enter")

    expect(page.get_by_role("heading", name="Hội nghị giao ban")).to_be_visible()
    meeting = Meeting.objects.get()
    assert (meeting.on, meeting.tentative) == (dt.date(2026, 12, 24), False)
    assert [(a.agency, a.text) for a in meeting.attendees.all()] == [
        (town.agency, ""),
        (None, "Các đồng chí ủy viên Ban Thường vụ"),
    ]


def test_a_clash_shows_before_anything_is_saved(page: Page, sign_in: SignIn, town: Town) -> None:
    told_meeting(town, dt.date(2026, 12, 24), part_of_day="morning")
    sign_in("yen").goto("/hoi-nghi/lap/?ngay=2026-12-24&buoi=morning")

    page.get_by_label("Tên hội nghị").fill("Họp chuyên đề")
    page.get_by_label("Người chủ trì").select_option(label="Giáp Văn Sơn")

    ahead = page.locator("#truoc-khi-luu")
    expect(ahead).to_contain_text(
        "Đồng chí Giáp Văn Sơn chủ trì Hội nghị Ban Thường vụ Đảng ủy cùng buổi sáng."
    )
    page.get_by_label("Buổi", exact=True).first.select_option("afternoon")
    expect(ahead).not_to_contain_text("Giáp Văn Sơn")
    assert Meeting.objects.count() == 1
    page.get_by_label("Buổi", exact=True).first.select_option("morning")
    page.get_by_label("Đã xem, vẫn lưu").check()
    page.get_by_label("Gửi tài liệu").fill("2")
    expect(ahead).to_contain_text("Nhận tài liệu")
    page.get_by_role("button", name="Lập hội nghị").click()
    expect(page.get_by_role("heading", name="Họp chuyên đề")).to_be_visible()
    assert Meeting.objects.count() == 2


def test_a_series_fills_the_form_without_leaving_it(page: Page, sign_in: SignIn, town: Town) -> None:

    Series.objects.create(
        issuing_body=town.party, title="Hội nghị BTV", frequency="by_rule", chair=town.son, documents_days=5
    )
    sign_in("yen").goto("/hoi-nghi/lap/")

    page.get_by_label("Thuộc loạt").select_option(label="Hội nghị BTV")

    expect(page.get_by_label("Gửi tài liệu")).to_have_value("5")
    expect(page.get_by_label("Tên hội nghị")).to_have_value("Hội nghị BTV")


def test_a_meeting_moves_after_a_look_at_what_follows(
    page: Page, sign_in: SignIn, town: Town, axe: Axe
) -> None:
    meeting = told_meeting(town)
    sign_in("yen").goto(f"/hoi-nghi/{meeting.public_id}/")
    page.get_by_role("link", name="Đổi ngày…").click()
    page.get_by_label("Ngày", exact=True).fill("2026-12-29")
    page.get_by_role("button", name="Xem trước").click()

    expect(page.get_by_role("row", name="Nhận tài liệu")).to_contain_text("thứ Hai 21/12/2026")
    expect(page.get_by_text("Trần Văn Bình")).to_be_visible()
    axe(page)
    assert not Notification.objects.exists()
    page.get_by_role("button", name="Lưu lịch mới, báo 2 người").click()

    expect(page.get_by_text("Đã đổi lịch họp.")).to_be_visible()
    assert Meeting.objects.get().on == dt.date(2026, 12, 29)
    assert Notification.objects.count() == 2


def test_the_form_works_without_script(browser: Browser, base_url: str, town: Town) -> None:
    context = browser.new_context(java_script_enabled=False, locale="vi-VN", base_url=base_url)
    page = context.new_page()
    page.goto("/dang-nhap/?next=/hoi-nghi/lap/")
    page.get_by_label("Tên đăng nhập").fill("yen")
    page.get_by_label("Mật khẩu", exact=True).fill(factories.PASSWORD)
    page.get_by_role("button", name="Đăng nhập").click()

    page.get_by_label("Tên hội nghị").fill("Hội nghị chuyên đề")
    page.get_by_label("Chưa có ngày").check()
    page.get_by_label("Người, cơ quan hoặc thành phần").first.fill("phòng kinh tế")
    page.get_by_role("button", name="Thêm thành phần").click()
    expect(page.get_by_label("Người, cơ quan hoặc thành phần").first).to_have_value("phòng kinh tế")
    page.get_by_label("Người, cơ quan hoặc thành phần").nth(1).fill("Các đồng chí ủy viên")
    page.get_by_role("button", name="Lập hội nghị").click()

    expect(page.get_by_role("heading", name="Hội nghị chuyên đề")).to_be_visible()
    meeting = Meeting.objects.get()
    assert [str(a) for a in meeting.attendees.all()] == ["Phòng Kinh tế", "Các đồng chí ủy viên"]
    context.close()


@pytest.mark.parametrize("size", SIZES)
def test_every_page_of_a_meeting_is_accessible_and_fits(
    page: Page, sign_in: SignIn, town: Town, axe: Axe, size: str
) -> None:
    meeting = told_meeting(
        town, room=Room.objects.create(name="Phòng họp tầng 2", issuing_body=town.party), starts_at="08:00"
    )
    attends(meeting, text="Các đồng chí ủy viên Ban Thường vụ")
    attends(meeting, person=town.chung, item=meeting.items.first(), part="guest")
    meeting.sessions.create(position=1, title="Khối A", part_of_day="morning")
    meeting.points.create(position=1, name="Điểm cầu xã", agency=town.agency)
    told_meeting(town, title="Họp chuyên đề", items=0)
    width, height = SIZES[size]
    page.set_viewport_size({"width": width, "height": height})
    sign_in("yen")

    for rest in ("", "sua/", "doi-ngay/?ngay=2026-12-26", "viec/cancel/", "lich-su/"):
        page.goto(f"/hoi-nghi/{meeting.public_id}/{rest}")
        fits(page)
        axe(page)
    page.goto("/hoi-nghi/lap/?ngay=2026-12-26")
    page.get_by_role("button", name="Lập hội nghị").click()
    expect(page.get_by_role("alert").first).to_be_visible()
    fits(page)
    axe(page)


def test_targets_are_large_enough_for_a_thumb(page: Page, sign_in: SignIn, town: Town) -> None:
    meeting = told_meeting(town)
    page.set_viewport_size({"width": 390, "height": 844})
    sign_in("yen").goto(f"/hoi-nghi/{meeting.public_id}/")

    for name in ("Đổi ngày…", "Chốt chính thức"):
        expect(page.locator(".mhead .btn", has_text=name)).to_be_visible()
    large_enough(page, ".mhead .btn, .mhead summary")
