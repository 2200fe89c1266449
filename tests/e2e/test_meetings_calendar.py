"""The calendar in a browser: by keyboard, on a phone, for a screen reader, on paper."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from playwright.sync_api import Browser, Page, expect

from meetings.models import Appointment, Room
from tests import factories
from tests.e2e.conftest import SignIn
from tests.e2e.sight import fits, large_enough
from tests.e2e.test_site_pages import Axe
from tests.factories import Town
from tests.meetings.conftest import told_meeting

SIZES = {"desktop": (1440, 900), "tablet": (1024, 768), "phone": (390, 844)}


@pytest.fixture
def town(live_server: object, transactional_db: None) -> Town:
    """December 2026 with a clash, a full day and a leader's appointment."""
    town = factories.town()
    room = Room.objects.create(name="Phòng họp tầng 2")
    told_meeting(town, on=dt.date(2026, 12, 23), room=room)
    told_meeting(
        town,
        on=dt.date(2026, 12, 23),
        title="Giao ban khối nội chính",
        part_of_day="afternoon",
        starts_at=dt.time(14),
        tentative=False,
        items=0,
    )
    for n in range(6):
        told_meeting(
            town,
            on=dt.date(2026, 12, 10),
            title=f"Tiếp đoàn số {n}",
            chair=None,
            items=0,
            part_of_day="morning",
        )
    trip = Appointment.objects.create(
        issuing_body=town.party, on=dt.date(2026, 12, 18), title="Đi cơ sở", part_of_day="morning"
    )
    trip.people.add(town.son)
    return town


@pytest.mark.parametrize("size", SIZES)
def test_month_and_week_fit_and_are_accessible(
    town: Town, page: Page, sign_in: SignIn, axe: Axe, size: str
) -> None:
    width, height = SIZES[size]
    page.set_viewport_size({"width": width, "height": height})
    sign_in("yen")

    for address in (
        "/hoi-nghi/?thang=2026-12&ngay=2026-12-23",
        "/hoi-nghi/?thang=2027-02",
        "/hoi-nghi/tuan/?ngay=2026-12-23",
        "/hoi-nghi/danh-sach/?thang=2026-12",
    ):
        page.goto(address)
        fits(page)
        axe(page)


def test_arrows_choose_a_day_and_enter_goes_into_it(town: Town, page: Page, sign_in: SignIn) -> None:
    sign_in("yen")
    page.goto("/hoi-nghi/?thang=2026-12&ngay=2026-12-22")
    expect(page.get_by_role("grid")).to_be_visible()
    page.locator('[data-day="2026-12-22"]').focus()

    page.keyboard.press("ArrowRight")

    expect(page.locator('[data-day="2026-12-23"]')).to_be_focused()
    expect(page.locator('[data-day="2026-12-23"]')).to_have_attribute("aria-current", "date")
    expect(page.locator("[data-day][tabindex='0']")).to_have_count(1)
    expect(page.get_by_role("gridcell", selected=True)).to_have_count(1)
    expect(page.locator("#ngay")).to_contain_text("Trùng buổi chiều:")
    expect(page).to_have_url(re.compile("ngay=2026-12-23"))

    page.keyboard.press("Enter")
    expect(page.locator("#ngay-ten")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/hoi-nghi/[0-9a-f-]{36}/"))


def test_arrows_go_on_into_the_next_month(town: Town, page: Page, sign_in: SignIn) -> None:
    sign_in("yen")
    page.goto("/hoi-nghi/?thang=2026-12&ngay=2026-12-31")
    page.locator('[data-day="2026-12-31"]').focus()

    page.keyboard.press("ArrowDown")

    expect(page.get_by_role("heading", level=1)).to_contain_text("Tháng 1 năm 2027")
    expect(page.locator('[data-day="2027-01-07"]')).to_be_focused()
    page.keyboard.press("PageUp")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Tháng 12 năm 2026")
    expect(page.locator("[data-day][aria-current]")).to_be_focused()
    page.keyboard.press("Home")
    expect(page.locator("[data-day][aria-current]")).to_have_attribute("data-day", re.compile("2026-1[12]-"))


def test_a_clash_says_who_would_be_told(town: Town, page: Page, sign_in: SignIn) -> None:
    sign_in("yen")
    page.goto("/hoi-nghi/?thang=2026-12&ngay=2026-12-23")

    expect(page.locator(".clashbox")).to_contain_text("Đồng chí Giáp Văn Sơn chủ trì Giao ban khối nội chính")
    expect(page.locator(".clashbox")).to_contain_text("2 người nhận một thông báo")
    expect(page.get_by_role("link", name="Chỉ họp buổi sáng")).to_have_attribute(
        "href", re.compile(r"/doi-ngay/\?ngay=2026-12-23&buoi=morning$")
    )


def test_layers_switch_without_leaving_the_page(town: Town, page: Page, sign_in: SignIn) -> None:
    sign_in("yen")
    page.goto("/hoi-nghi/?thang=2026-12&ngay=2026-12-23")
    expect(page.locator(".month")).to_contain_text("Hạn tài liệu họp 23/12")

    page.get_by_label("Mốc việc của Văn phòng").uncheck()

    expect(page.locator(".month")).not_to_contain_text("Hạn tài liệu họp 23/12")
    expect(page.get_by_label("Mốc việc của Văn phòng")).to_be_focused()
    page.get_by_label("Lãnh đạo, người dự").select_option(label="Giáp Văn Sơn")
    expect(page.locator(".month")).not_to_contain_text("Tiếp đoàn số 0")
    expect(page.locator(".month")).to_contain_text("Đi cơ sở")
    page.get_by_role("link", name="Tháng sau").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Tháng 1 năm 2027")
    expect(page.get_by_label("Mốc việc của Văn phòng")).not_to_be_checked()
    expect(page.get_by_label("Lãnh đạo, người dự")).to_have_value(str(town.son.pk))


def test_a_full_day_opens_with_all_of_it(town: Town, page: Page, sign_in: SignIn) -> None:
    sign_in("yen")
    page.goto("/hoi-nghi/?thang=2026-12&ngay=2026-12-01")

    page.get_by_role("link", name=re.compile(r"\+2 nữa.*thứ Năm, 10")).click()

    expect(page.locator("#ngay .slot")).to_have_count(6)
    expect(page.locator("#ngay-ten")).to_contain_text("Thứ Năm 10/12/2026")


def test_a_phone_shows_the_days_that_have_something(town: Town, page: Page, sign_in: SignIn) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    sign_in("yen")
    page.goto("/hoi-nghi/?thang=2026-12&ngay=2026-12-18")

    expect(page.locator('[data-day="2026-12-23"]')).to_be_visible()
    expect(page.locator('[data-day="2026-12-24"]')).to_be_hidden()
    large_enough(page, ".calmain a, .calmain button")
    page.locator('[data-day="2026-12-23"]').click()
    expect(page.locator("#ngay-ten")).to_be_focused()
    expect(page.locator("#ngay-ten")).to_be_in_viewport()


def test_on_paper_there_is_the_calendar_alone(town: Town, page: Page, sign_in: SignIn) -> None:
    sign_in("yen")
    page.goto("/hoi-nghi/?thang=2026-12&ngay=2026-12-23")

    page.emulate_media(media="print")

    expect(page.locator(".month")).to_be_visible()
    for hidden in (".calside", ".topbar", ".calhead nav"):
        expect(page.locator(hidden).first).to_be_hidden()


def test_without_script_everything_is_a_link_or_a_form(
    town: Town, page: Page, sign_in: SignIn, browser: Browser, base_url: str
) -> None:
    sign_in("yen")
    context = browser.new_context(java_script_enabled=False, base_url=base_url)
    context.add_cookies(page.context.cookies())  # type: ignore[arg-type]
    plain = context.new_page()
    plain.goto("/hoi-nghi/?thang=2026-12&ngay=2026-12-01")

    plain.locator('[data-day="2026-12-23"]').click()
    expect(plain.locator("#ngay")).to_contain_text("Trùng buổi chiều:")
    plain.get_by_label("Đảng ủy xã").uncheck()
    plain.get_by_role("button", name="Lọc").click()

    expect(plain.locator(".month")).not_to_contain_text("Giao ban khối nội chính")
    expect(plain.locator(".month")).to_contain_text("Đi cơ sở")
    context.close()
