"""Chị Hoa issues an approved programme; anh Bình finds it on his desk; anh Chung takes it back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.fixtures import Settings

from documents.models import Document, Recipient
from programmes.models import Programme
from tests.e2e.conftest import SignIn
from tests.office import Office

SMALLEST = {"width": 390, "height": 844}


@pytest.fixture(autouse=True)
def own_files(settings: Settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "files"


@pytest.fixture
def waiting(programme: Programme, desk: Office) -> Programme:
    """Approved, addressed to the agency of anh Bình, the signer's name left open."""
    Recipient.objects.create(document=programme, position=0, text=desk.agency.name, agency=desk.agency)
    Document.objects.filter(pk=programme.pk).update(state="approved")
    return programme


def test_number_issue_receive_take_back(
    waiting: Programme, desk: Office, sign_in: SignIn, axe: Callable[[Page], None]
) -> None:
    page = sign_in(desk.chung)
    page.goto(waiting.get_absolute_url())
    page.get_by_role("link", name="Cấp số và ban hành…").click()
    expect(page.get_by_role("heading", name="Số và ngày")).to_be_visible()
    axe(page)
    page.get_by_label("Họ và tên").fill("Vi Văn Chung")
    page.get_by_label("Ký tay").check()
    if page.get_by_label("Lý do vẫn ban hành").count():
        page.get_by_label("Lý do vẫn ban hành").fill("Đã soát.")
    page.get_by_role("button", name="Cấp số 01").click()
    expect(page.get_by_text("Đã ban hành văn bản số 01-CTr/ĐU.")).to_be_visible()
    axe(page)
    page.get_by_label("Việc khác với văn bản này").click()
    page.get_by_role("link", name="Gửi và nhận").click()
    expect(page.get_by_role("row", name="Phòng Kinh tế")).to_have_count(2)
    axe(page)

    page = sign_in(desk.binh)
    page.goto("/")
    page.get_by_role("link", name="Văn bản nhận").first.click()
    expect(page.get_by_text("1 văn bản chưa mở.")).to_be_visible()
    axe(page)
    page.get_by_role("link", name="CHƯƠNG TRÌNH công tác tháng").click()
    expect(page.get_by_text("Tập trung thu ngân sách.")).to_be_visible()
    page.goto("/van-ban/nhan/")
    expect(page.get_by_text("Không có văn bản chưa mở.")).to_be_visible()

    page = sign_in(desk.chung)
    page.goto(waiting.get_absolute_url())
    page.get_by_label("Việc khác với văn bản này").click()
    page.get_by_role("link", name="Thu hồi…").click()
    axe(page)
    page.get_by_label("Lý do thu hồi").fill("Sai căn cứ pháp lý.")
    page.get_by_role("button", name="Thu hồi văn bản").click()
    expect(page.get_by_text("Đã thu hồi văn bản và báo nơi nhận.")).to_be_visible()

    page = sign_in(desk.binh)
    page.goto(waiting.get_absolute_url())
    expect(page.get_by_text("Sai căn cứ pháp lý.")).to_be_visible()
    expect(page.get_by_text("Tập trung thu ngân sách.")).to_have_count(0)
    axe(page)


def test_issuing_on_a_phone_without_script(
    waiting: Programme, desk: Office, browser: Browser, sign_in: SignIn, base_url: str
) -> None:
    cookies = sign_in(desk.chung).context.cookies()
    context = browser.new_context(java_script_enabled=False, viewport=SMALLEST, base_url=base_url)  # type: ignore[arg-type]
    context.add_cookies(cookies)  # type: ignore[arg-type]
    page = context.new_page()

    page.goto(f"/van-ban/{waiting.public_id}/ban-hanh/")
    assert page.locator("html").evaluate("e => e.scrollWidth") <= SMALLEST["width"]
    page.get_by_label("Họ và tên").fill("Vi Văn Chung")
    if page.get_by_label("Lý do vẫn ban hành").count():
        page.get_by_label("Lý do vẫn ban hành").fill("Đã soát.")
    page.get_by_role("button", name="Cấp số 01").click()

    expect(page.get_by_text("Đã ban hành văn bản số 01-CTr/ĐU.")).to_be_visible()
    context.close()
