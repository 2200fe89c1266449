"""Documents of an item: sent from a phone, returned with a reason, sent again, accepted; the meter moves."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from meetings.models import AgendaItem, ItemFile
from tests import factories
from tests.e2e.conftest import SignIn
from tests.e2e.sight import fits
from tests.factories import PASSWORD, Town
from tests.meetings import files
from tests.meetings.conftest import told_meeting

pytestmark = pytest.mark.django_db(transaction=True)

PHONE = {"width": 390, "height": 844}
DESK = {"width": 1366, "height": 768}


@pytest.fixture
def town(transactional_db: None) -> Town:
    return factories.town()


@pytest.fixture
def item(town: Town) -> AgendaItem:
    meeting = told_meeting(town, timezone.localdate() + dt.timedelta(days=40), announced_at=timezone.now())
    return meeting.items.all()[0]


@pytest.fixture
def papers(tmp_path: Path) -> dict[str, Path]:
    made = {
        "Báo cáo quý IV.pdf": files.pdf(3),
        "Ảnh hiện trường.jpg": files.jpeg(),
        "Báo cáo sửa.pdf": files.pdf(4),
        "giả.docx": files.pdf(9),
    }
    for name, data in made.items():
        (tmp_path / name).write_bytes(data)
    return {name: tmp_path / name for name in made}


def page_of(item: AgendaItem) -> str:
    return f"/hoi-nghi/noi-dung/{item.public_id}/tai-lieu/"


def test_a_document_goes_from_a_phone_to_the_meeting(
    page: Page,
    sign_in: SignIn,
    axe: Callable[[Page], None],
    town: Town,
    item: AgendaItem,
    papers: dict[str, Path],
) -> None:
    sign_in("binh")
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    page.goto("/")
    page.get_by_role("link", name="Tài liệu nội dung 1").click()
    page.locator("#tep-moi").set_input_files([papers["Báo cáo quý IV.pdf"], papers["Ảnh hiện trường.jpg"]])
    expect(page.locator(".chosen li")).to_have_count(2)
    page.get_by_role("button", name="Gửi", exact=True).click()

    expect(page.locator(".docrow")).to_have_count(2)
    expect(page.get_by_role("status").filter(has_text="Đã gửi Báo cáo quý IV.pdf.")).to_be_visible()
    expect(page.get_by_role("heading", name="Ảnh hiện trường")).to_be_visible()
    axe(page)
    fits(page)

    sign_in("yen")
    page.set_viewport_size(DESK)  # type: ignore[arg-type]
    page.goto(f"/hoi-nghi/{item.meeting.public_id}/")
    panel = page.locator("#can-xu-ly")
    expect(panel.locator(".docmeter")).to_contain_text("0/3")
    panel.get_by_role("button", name="Nhận Ảnh hiện trường").click()
    expect(panel.get_by_role("status")).to_contain_text("Đã nhận “Ảnh hiện trường”.")
    panel.get_by_role("link", name="Trả lại Báo cáo quý IV").click()
    report = page.locator(".docrow").filter(has=page.get_by_role("heading", name="Báo cáo quý IV"))
    report.get_by_text("Trả lại…").click()
    report.get_by_role("button", name="Trả lại").click()
    expect(page.get_by_role("alert")).to_contain_text("Hãy ghi lý do trả lại")
    report.get_by_label("Lý do trả lại").fill("Thiếu chữ ký của Trưởng phòng.")
    report.get_by_role("button", name="Trả lại").click()
    expect(report.get_by_text("Thiếu chữ ký của Trưởng phòng.")).to_be_visible()
    axe(page)

    sign_in("binh")
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    page.goto(page_of(item))
    report.get_by_text("Gửi bản mới…").click()
    report.locator("input[type=file]").first.set_input_files(papers["Báo cáo sửa.pdf"])
    report.get_by_role("button", name="Gửi bản mới").click()
    expect(report.get_by_text("Lần 2, ")).to_be_visible()

    sign_in("yen")
    page.set_viewport_size(DESK)  # type: ignore[arg-type]
    page.goto(page_of(item))
    report.get_by_role("button", name="Nhận").click()
    expect(report.get_by_text("Bản đang dùng")).to_be_visible()
    page.goto(f"/hoi-nghi/{item.meeting.public_id}/")
    expect(panel.locator(".docmeter")).to_contain_text("1/3")
    states = ItemFile.objects.order_by("document", "version").values_list("version", "state")
    assert sorted(states) == [(1, "accepted"), (1, "returned"), (2, "accepted")]


def test_what_cannot_be_taken_is_named_and_the_rest_is_sent(
    page: Page, sign_in: SignIn, item: AgendaItem, papers: dict[str, Path], tmp_path: Path
) -> None:
    large, other = tmp_path / "lớn.pdf", tmp_path / "phim.mp4"
    with large.open("wb") as stored:
        stored.truncate(101 * 1024 * 1024)
    other.write_bytes(b"x")
    sign_in("binh")
    page.goto(page_of(item))

    page.locator("#tep-moi").set_input_files([large, other, papers["giả.docx"], papers["Báo cáo quý IV.pdf"]])
    expect(page.locator(".chosen .bad")).to_have_count(2)
    page.get_by_role("button", name="Gửi", exact=True).click()

    problems = page.locator("form:has(#tep-moi) [data-problems]")
    expect(page.locator(".docrow")).to_have_count(1)
    expect(problems).to_contain_text("lớn.pdf: Tệp lớn hơn 100 MB.")
    expect(problems).to_contain_text("phim.mp4: Không nhận loại tệp này.")
    expect(problems).to_contain_text("giả.docx: Tệp tên .docx nhưng nội dung là PDF.")
    assert ItemFile.objects.count() == 1


def test_a_lost_connection_says_so_and_nothing_is_half_sent(
    page: Page, sign_in: SignIn, item: AgendaItem, papers: dict[str, Path]
) -> None:
    sign_in("binh")
    page.goto(page_of(item))
    page.route("**/tai-lieu/", lambda route: route.abort())

    page.locator("#tep-moi").set_input_files(papers["Báo cáo quý IV.pdf"])
    page.get_by_role("button", name="Gửi", exact=True).click()

    expect(page.locator("form:has(#tep-moi) [data-problems]")).to_contain_text("Chưa gửi được. Kiểm tra mạng")
    assert ItemFile.objects.count() == 0


def test_without_script_it_is_a_plain_form(
    page: Page, base_url: str, item: AgendaItem, papers: dict[str, Path]
) -> None:
    assert page.context.browser
    context = page.context.browser.new_context(base_url=base_url, java_script_enabled=False, locale="vi-VN")
    plain = context.new_page()
    plain.goto("/dang-nhap/")
    plain.get_by_label("Tên đăng nhập").fill("binh")
    plain.get_by_label("Mật khẩu", exact=True).fill(PASSWORD)
    plain.get_by_role("button", name="Đăng nhập").click()

    plain.goto(page_of(item))
    plain.get_by_label("Chọn tệp").set_input_files([papers["Báo cáo quý IV.pdf"], papers["giả.docx"]])
    plain.get_by_role("button", name="Gửi", exact=True).click()

    expect(plain.get_by_role("alert")).to_contain_text("giả.docx: Tệp tên .docx nhưng nội dung là PDF.")
    expect(plain.get_by_role("heading", name="Báo cáo quý IV")).to_be_visible()
    context.close()


def test_a_pdf_opens_in_the_browser_by_keyboard(
    page: Page, sign_in: SignIn, town: Town, item: AgendaItem, papers: dict[str, Path]
) -> None:
    sign_in("yen")
    page.goto(page_of(item))
    page.locator("#tep-moi").set_input_files(papers["Báo cáo quý IV.pdf"])
    page.get_by_label("Tên tài liệu").press("Enter")
    link = page.get_by_role("link", name="Báo cáo quý IV.pdf", exact=True)
    expect(link).to_be_visible()

    answer = page.request.get(str(link.get_attribute("href")))

    assert answer.headers["content-disposition"].startswith("inline")
    assert answer.body().startswith(b"%PDF-")
