"""The site in a real browser: every page is accessible and fits, at a desk and on a phone."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from meetings.models import Meeting
from tests import factories
from tests.assembly import assembly
from tests.e2e.conftest import SignIn
from tests.e2e.sight import fits
from tests.factories import PASSWORD, draft, issued, month, paper

pytestmark = pytest.mark.django_db(transaction=True)

SIZES = {"desk": (1440, 900), "tablet": (1024, 768), "phone": (390, 844)}
Axe = Callable[[Page], None]


@pytest.mark.parametrize("size", SIZES)
def test_every_page_is_accessible_and_fits(page: Page, sign_in: SignIn, axe: Axe, size: str) -> None:
    town = factories.town()
    a_draft, an_issued = draft(town, month(12)), issued(town, month(11))
    left = [{"line": 1, "text": "Lời lạc"}]
    warning = {
        "code": "label.gap",
        "message": "Thiếu đề mục trước “4.”.",
        "line": 0,
        "path": [0],
        "suggestion": None,
    }
    intake = factories.intake(
        town.party,
        town.yen,
        reading=paper(month(1, 2027)),
        source=["I. Nhiệm vụ trọng tâm", "Lời lạc"],
        spans=[[[0], 0, 0]],
        leftover=left,
        warnings=[warning],
    )
    meeting = Meeting.objects.order_by("on").first()
    assert meeting
    width, height = SIZES[size]
    page.set_viewport_size({"width": width, "height": height})
    sign_in("yen")

    for address in (
        "/",
        "/chuong-trinh/",
        "/chuong-trinh/?loai=year",
        "/chuong-trinh/lap/",
        a_draft.get_absolute_url(),
        an_issued.get_absolute_url(),
        f"{a_draft.get_absolute_url()}phan-dau/",
        f"{a_draft.get_absolute_url()}xoa/",
        f"/van-ban/{a_draft.public_id}/lich-su/",
        "/tiep-nhan/",
        f"/tiep-nhan/{intake.public_id}/",
        f"/tiep-nhan/{intake.public_id}/?muc=1",
        f"/tiep-nhan/{intake.public_id}/?muc=dau",
        f"/tiep-nhan/{intake.public_id}/nhan/",
        "/hoi-nghi/?thang=2026-12",
        f"/hoi-nghi/{meeting.public_id}/",
        f"{a_draft.get_absolute_url()}hoi-nghi/",
        "/hoi-nghi/loat/",
        "/hoi-nghi/loat/lap/",
        "/hoi-nghi/phong/",
        "/mat-khau/",
        "/khong-co/",
    ):
        page.goto(address)
        fits(page)
        axe(page)


@pytest.mark.parametrize("size", SIZES)
def test_every_page_of_a_full_meeting_is_accessible_and_fits(
    page: Page, sign_in: SignIn, axe: Axe, size: str
) -> None:
    made = assembly(factories.town())
    here = f"/hoi-nghi/{made.meeting.public_id}/"
    width, height = SIZES[size]
    page.set_viewport_size({"width": width, "height": height})
    visits = {
        "yen": (
            "/",
            here,
            f"{here}sua/",
            f"{here}doi-ngay/?ngay=2026-12-24",
            f"{here}lich-su/",
            f"{here}bo-tai-lieu/",
            f"/hoi-nghi/noi-dung/{made.item.public_id}/tai-lieu/",
            "/hoi-nghi/?thang=2026-12&ngay=2026-12-23",
            "/hoi-nghi/tuan/?ngay=2026-12-23",
            "/hoi-nghi/danh-sach/?thang=2026-12",
            "/hoi-nghi/lap/",
            "/hoi-nghi/lich-tuan/?tuan=2026-W52",
            "/hoi-nghi/lich-rieng/",
            f"/hoi-nghi/lich-rieng/{made.appointment.public_id}/",
            "/hoi-nghi/dia-chi-lich/",
            f"/hoi-nghi/loat/{made.series.public_id}/",
            "/thong-bao/",
        ),
        "son": ("/", here, f"{here}duyet/", f"{here}duyet/{made.item.public_id}/", "/hoi-nghi/duyet/"),
        "binh": ("/", here, f"/hoi-nghi/noi-dung/{made.item.public_id}/tai-lieu/"),
        "lan": (here,),
    }

    for name, addresses in visits.items():
        sign_in(name)
        for address in addresses:
            page.goto(address)
            fits(page)
            axe(page)


@pytest.mark.parametrize("size", SIZES)
def test_the_door_is_accessible_and_fits(page: Page, axe: Axe, size: str) -> None:
    factories.town()
    width, height = SIZES[size]
    page.set_viewport_size({"width": width, "height": height})

    for address in ("/dang-nhap/", "/mat-khau/quen/"):
        page.goto(address)
        fits(page)
        axe(page)


@pytest.mark.parametrize("name", ["son", "hoa", "binh", "vinh", "lan"])
def test_every_desk_is_accessible(page: Page, sign_in: SignIn, axe: Axe, name: str) -> None:
    town = factories.town()
    draft(town, month(12))
    issued(town, month(11))
    sign_in(name)

    page.goto("/")

    axe(page)
    fits(page)


def test_signing_in_counts_tries_and_shows_the_password(page: Page, axe: Axe) -> None:
    factories.town()
    page.goto("/dang-nhap/")
    page.get_by_label("Tên đăng nhập").fill("yen")
    page.get_by_label("Mật khẩu", exact=True).fill("khong-dung")
    page.get_by_role("button", name="Đăng nhập").click()

    expect(page.get_by_role("alert")).to_contain_text("Còn 4 lần thử trước khi tạm khóa 15 phút.")
    axe(page)
    page.get_by_label("Mật khẩu", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Hiện mật khẩu").click()
    expect(page.get_by_label("Mật khẩu", exact=True)).to_have_attribute("type", "text")
    page.keyboard.press("Enter")

    page.get_by_role("button", name="Đăng nhập").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("/20")


def test_the_menu_opens_and_closes_by_keyboard(page: Page, sign_in: SignIn, axe: Axe) -> None:
    factories.town()
    sign_in("yen")
    page.goto("/")
    menu = page.get_by_label("Tài khoản Nguyễn Thị Hải Yến")

    menu.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Đăng xuất")).to_be_visible()
    axe(page)
    page.keyboard.press("Escape")

    expect(page.get_by_role("button", name="Đăng xuất")).to_be_hidden()
    expect(menu).to_be_focused()


def test_filters_answer_at_once_and_keep_their_address(page: Page, sign_in: SignIn) -> None:
    town = factories.town()
    draft(town, month(12))
    issued(town, month(11))
    sign_in("yen")
    page.goto("/chuong-trinh/")

    page.get_by_label("Trạng thái").select_option("issued")

    expect(page.get_by_role("link", name="Tháng 12/2026", exact=True)).to_be_hidden()
    expect(page.get_by_role("link", name="Tháng 11/2026", exact=True)).to_be_visible()
    assert "trang_thai=issued" in page.url
