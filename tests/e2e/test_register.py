"""Chị Hoa keeps the book: a number is kept, a paper entered, a number cancelled, the columns filled, the
volume printed; on the desk and on a phone, without a barrier."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

from documents.models import RegisterEntry
from tests.e2e.conftest import SignIn
from tests.e2e.sight import fits, large_enough
from tests.office import Office

SMALLEST = {"width": 390, "height": 844}
BOOK = "/so-van-ban/"


def reserved(page: Page, reason: str) -> None:
    page.goto(BOOK)
    page.get_by_role("link", name="Giữ số").click()
    page.get_by_label("Loại văn bản").select_option("TB")
    page.get_by_label("Giữ cho việc gì").fill(reason)
    page.get_by_role("button", name="Giữ số kế tiếp").click()
    expect(page.get_by_text("Đã vào sổ số")).to_be_visible()


def test_the_book_is_kept(desk: Office, sign_in: SignIn, axe: Callable[[Page], None]) -> None:
    page = sign_in(desk.hoa)
    page.goto(BOOK)
    expect(page.get_by_text("Sổ chưa có số nào")).to_be_visible()
    axe(page)

    page.get_by_role("link", name="Giữ số").click()
    axe(page)
    page.get_by_label("Loại văn bản").select_option("TB")
    page.get_by_role("button", name="Giữ số kế tiếp").click()
    expect(page.get_by_label("Giữ cho việc gì")).to_have_attribute("aria-invalid", "true")
    axe(page)
    reserved(page, "Thông báo kết luận, chờ ký")

    page.goto(BOOK)
    page.get_by_role("link", name="Vào sổ", exact=True).click()
    axe(page)
    page.get_by_label("Loại văn bản").select_option("TB")
    page.get_by_label("Số", exact=True).fill("4")
    page.get_by_label("Tên loại và trích yếu").fill("Thông báo lịch tiếp công dân")
    page.get_by_label("Người ký").fill("Giáp Văn Sơn")
    page.get_by_role("button", name="Vào sổ").click()
    expect(page.get_by_role("heading", name="04-TB/")).to_be_visible()
    axe(page)
    page.get_by_label("Số lượng bản").fill("12")
    page.get_by_label("Ký nhận").fill("Bưu điện xã")
    page.get_by_role("button", name="Ghi sổ").click()
    expect(page.get_by_label("Số lượng bản")).to_have_value("12")

    page.goto(BOOK)
    expect(page.get_by_text("Khuyết 2 số chưa vào sổ: 02-03")).to_be_visible()
    expect(page.get_by_role("row", name="02-03")).to_contain_text("Khuyết")
    axe(page)
    page.get_by_role("link", name="01-TB/").click()
    page.get_by_label("Lý do hủy số").fill("Không ban hành")
    page.get_by_role("button", name="Hủy số").click()
    expect(page.get_by_text("số vẫn ở trong sổ").first).to_be_visible()
    axe(page)
    page.goto(BOOK)
    expect(page.get_by_role("row", name="01-TB/")).to_contain_text("Lý do hủy: Không ban hành")

    page.get_by_role("link", name="In sổ…").click()
    axe(page)
    page.get_by_label("Đến số").fill("9")
    page.get_by_role("button", name="Mở bản in PDF").click()
    expect(page.get_by_text("Sổ này có từ số 01 đến số 04.")).to_be_visible()
    axe(page)
    page.get_by_label("Đến số").fill("4")
    with page.expect_download() as download:
        page.get_by_role("button", name="Tải Excel").click()
    assert download.value.suggested_filename.endswith(".xlsx")


def test_ways_of_the_office_are_found_from_the_menu(
    desk: Office, sign_in: SignIn, axe: Callable[[Page], None]
) -> None:
    page = sign_in(desk.hoa)
    page.goto("/")
    page.get_by_label("Tài khoản Lê Thị Hoa").click()
    page.get_by_role("link", name="Thiết lập của cơ quan").click()
    axe(page)
    page.get_by_role("link", name="Cách đánh số").click()
    page.get_by_label("Loại văn bản").select_option("TB")
    page.get_by_label("Bắt đầu từ số").fill("41")
    page.get_by_role("button", name="Đặt số bắt đầu").click()
    expect(page.get_by_text("sẽ bắt đầu từ số 41")).to_be_visible()
    axe(page)


def test_the_book_on_a_phone(desk: Office, sign_in: SignIn, axe: Callable[[Page], None]) -> None:
    page = sign_in(desk.hoa)
    page.set_viewport_size(SMALLEST)  # type: ignore[arg-type]
    for reason in ("Thông báo kết luận hội nghị, chờ đồng chí Bí thư ký", "Kế hoạch"):
        reserved(page, reason)
    number = RegisterEntry.objects.order_by("number")[0]

    for place in (
        BOOK,
        f"{BOOK}giu-so/",
        f"{BOOK}vao-so/",
        f"{BOOK}so/{number.pk}/",
        f"{BOOK}day-so/{number.series_id}/in/",
        f"{BOOK}danh-so/{number.series.issuing_body_id}/",
        "/thiet-lap/",
    ):
        page.goto(place)
        fits(page)
        if page.locator("main button").count():
            large_enough(page, "main button.btn")
        axe(page)
