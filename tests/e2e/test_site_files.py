"""A file on its way: dropped, read, corrected by keyboard, accepted; and the same without script."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from documents.models import Intake
from lucngan.celery import app
from programmes.models import Programme
from tests import factories
from tests.e2e.conftest import SignIn
from tests.factories import PASSWORD, draft, month

pytestmark = pytest.mark.django_db(transaction=True)

TEXT = """ĐẢNG BỘ TỈNH BẮC NINH            ĐẢNG CỘNG SẢN VIỆT NAM
ĐẢNG ỦY XÃ TÂN SƠN
*
Số     -CTr/ĐU            Tân Sơn, ngày    tháng 11 năm 2026

CHƯƠNG TRÌNH
công tác tháng 12 năm 2026
-----
I. Nhiệm vụ trọng tâm
1. Chỉ đạo sơ kết Nghị quyết số 35-NQ/HU, ngày 31/4/2026 của Ban Thường vụ.
2. Triển khai kế hoạch năm 2027.
II. Hội nghị Ban Thường vụ: Dự kiến ngày 23/12/2026 (thứ Tư)
1. Báo cáo tình hình kinh tế - xã hội.
2. Báo cáo tiến độ dự án.
(UBND xã chuẩn bị nội dung 1, 2)

Nơi nhận:                          T/L BAN THƯỜNG VỤ
- Thường trực Tỉnh ủy (báo cáo),        CHÁNH VĂN PHÒNG
- Lưu Văn phòng Đảng ủy.

                                        Vi Văn Chung
"""


@pytest.fixture(autouse=True)
def at_once() -> Iterator[None]:
    """Reading happens in the request that brought the file."""
    app.conf.task_always_eager = True
    yield
    app.conf.task_always_eager = False


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "thang-12.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def test_a_file_becomes_a_draft(page: Page, sign_in: SignIn, file: Path) -> None:
    factories.town()
    sign_in("yen")
    page.goto("/tiep-nhan/")
    page.get_by_label("Tệp", exact=True).or_(page.locator("input[type=file]")).first.set_input_files(file)
    page.get_by_role("button", name="Đọc tệp").click()

    expect(page.get_by_role("heading", name="Bản đọc")).to_be_visible()
    page.get_by_role("link", name="Ngày 31/4/2026 không có trên lịch.").click()
    page.locator(".clause:target .edit").click()
    words = page.get_by_label("Nội dung", exact=True)
    expect(words).to_be_focused()
    words.fill("Chỉ đạo sơ kết Nghị quyết số 35-NQ/HU, ngày 30/4/2026 của Ban Thường vụ.")
    page.keyboard.press("Control+Enter")
    expect(words).to_be_hidden()
    expect(page.get_by_text("Ngày 31/4/2026 không có trên lịch.")).to_have_count(0)

    page.get_by_role("link", name="Soát xong, sang bước nhận").click()
    page.get_by_role("button", name="Nhận", exact=True).click()
    page.wait_for_url("**/soan/")
    programme = Programme.objects.get()
    assert programme.clauses.filter(text__contains="30/4/2026").count() == 1
    assert programme.period == month(12)


def test_hovering_a_clause_lights_its_lines(page: Page, sign_in: SignIn, file: Path) -> None:
    factories.town()
    sign_in("yen")
    page.goto("/tiep-nhan/")
    page.locator("input[type=file]").set_input_files(file)
    page.get_by_role("button", name="Đọc tệp").click()
    clause = page.locator(".clause").filter(has_text="Triển khai kế hoạch năm 2027.")

    clause.hover()

    lit = page.locator(".lines .lit")
    expect(lit).to_have_count(1)
    expect(lit).to_contain_text("2. Triển khai kế hoạch năm 2027.")


def test_too_large_a_file_never_travels(page: Page, sign_in: SignIn, tmp_path: Path) -> None:
    factories.town()
    sign_in("yen")
    large = tmp_path / "lon.txt"
    with large.open("wb") as stored:
        stored.truncate(60 * 1024 * 1024)
    page.goto("/tiep-nhan/")

    page.locator("input[type=file]").set_input_files(large)
    page.get_by_role("button", name="Đọc tệp").click()

    expect(page.get_by_role("alert")).to_contain_text("Tệp lớn hơn 50 MB.")
    assert Intake.objects.count() == 0


def test_without_script_everything_is_a_plain_form(page: Page, base_url: str) -> None:
    town = factories.town()
    programme = draft(town, month(11))
    assert page.context.browser
    context = page.context.browser.new_context(base_url=base_url, java_script_enabled=False, locale="vi-VN")
    plain = context.new_page()
    plain.goto("/dang-nhap/")
    plain.get_by_label("Tên đăng nhập").fill("yen")
    plain.get_by_label("Mật khẩu", exact=True).fill(PASSWORD)
    plain.get_by_role("button", name="Đăng nhập").click()

    plain.goto(f"{programme.get_absolute_url()}phan-dau/")
    plain.get_by_label("Địa danh").fill("Lục Ngạn")
    plain.get_by_label("Nơi nhận").nth(2).fill("Phòng Kinh tế")
    plain.get_by_label("Thứ tự").nth(2).fill("1")
    plain.get_by_role("button", name="Lưu").click()

    plain.goto("/tiep-nhan/")
    plain.get_by_label("Hoặc dán nội dung").fill(TEXT)
    plain.get_by_role("button", name="Đọc tệp").click()
    plain.locator("#muc-1 .edit").click()
    plain.get_by_label("Nội dung", exact=True).fill("Chỉ đạo sơ kết nghị quyết.")
    plain.get_by_role("button", name="Lưu mục này").click()
    plain.get_by_role("link", name="Soát xong, sang bước nhận").click()
    plain.get_by_role("button", name="Nhận", exact=True).click()

    programme.refresh_from_db()
    assert programme.place == "Lục Ngạn"
    assert programme.recipients.filter(text="Phòng Kinh tế").exists()
    assert Programme.objects.get(period_index=12).clauses.filter(text="Chỉ đạo sơ kết nghị quyết.").exists()
    context.close()


def test_recipients_are_ordered_by_keyboard(page: Page, sign_in: SignIn) -> None:
    town = factories.town()
    programme = draft(town, month(12))
    sign_in("yen")
    page.goto(f"{programme.get_absolute_url()}phan-dau/")

    page.get_by_role("button", name="Thêm nơi nhận").click()
    page.keyboard.type("Phòng Kinh tế")
    for _ in range(4):
        page.keyboard.press("Alt+ArrowUp")
    page.get_by_role("button", name="Bỏ dòng").nth(1).click()
    page.get_by_role("button", name="Lưu").click()
    page.wait_for_url("**/soan/")

    assert [r.text for r in programme.recipients.all()] == ["Phòng Kinh tế", "Lưu Văn phòng Đảng ủy"]
