"""The story of an amendment: from a clause of an issued programme to its notice, and two texts compared."""

from __future__ import annotations

from collections.abc import Callable

from django.utils import timezone
from playwright.sync_api import Page, expect

from documents import versions
from documents.models import Clause, Document
from programmes.models import AmendmentNotice
from tests.e2e.conftest import SignIn
from tests.e2e.desk import small
from tests.e2e.sight import fits
from tests.office import Office

Axe = Callable[[Page], None]


def test_a_change_becomes_a_notice(desk: Office, sign_in: SignIn, axe: Axe) -> None:
    """Chị Yến withdraws an item of an issued programme, by keyboard, sees both texts, draws the notice."""
    programme = small(desk)
    Document.objects.filter(pk=programme.pk).update(state="issued", number=12, year=2026, month=10, day=30)
    page = sign_in(desk.yen)
    page.goto(programme.get_absolute_url())
    page.get_by_role("link", name="Điều chỉnh").click()
    page.get_by_label("Loại thay đổi").select_option(label="Rút")
    page.get_by_label("Mục của chương trình").select_option(label="nội dung 3, mục II: Công tác cán bộ.")
    axe(page)
    page.get_by_role("button", name="Tiếp tục").focus()
    page.keyboard.press("Enter")

    page.get_by_label("Theo đề nghị của").fill("Ban Xây dựng Đảng")
    page.get_by_label("Người, cấp đồng ý").fill("Thường trực Đảng ủy")
    page.get_by_role("button", name="Ghi thay đổi").click()
    expect(page.get_by_role("alert")).to_contain_text("Hãy ghi cơ quan đề nghị, lý do")
    expect(page.get_by_label("Theo đề nghị của")).to_have_value("Ban Xây dựng Đảng")
    axe(page)
    page.get_by_label("Lý do").fill("chưa đủ hồ sơ")
    page.get_by_role("button", name="Ghi thay đổi").click()

    page.get_by_role("link", name="Xem trước").click()
    expect(page.get_by_text("Rút nội dung “Công tác cán bộ” (nội dung 3, mục II)")).to_be_visible()
    page.get_by_role("link", name="Chương trình sau điều chỉnh").click()
    expect(page.locator("del", has_text="Công tác cán bộ.")).to_be_visible()
    axe(page)
    for width in (390, 1440):
        page.set_viewport_size({"width": width, "height": 900})
        fits(page)

    page.get_by_role("link", name="Quay lại").click()
    page.get_by_role("button", name="Soạn thông báo").click()
    expect(
        page.get_by_text("về việc điều chỉnh Chương trình công tác tháng 11 năm 2026").first
    ).to_be_visible()
    assert AmendmentNotice.objects.get().amends_id == programme.pk


def test_changes_are_walked_by_keyboard(desk: Office, sign_in: SignIn, axe: Axe) -> None:
    """F8 goes from change to change; on a phone both texts are one."""
    programme = small(desk)
    versions.keep(programme, actor=desk.yen, now=timezone.now())
    for old, new in (
        ("Tập trung thu ngân sách.", "Tập trung chi ngân sách."),
        ("Công tác cán bộ.", "Nhân sự."),
    ):
        Clause.objects.filter(document=programme.pk, text=old).update(text=new)
    page = sign_in(desk.son)
    page.goto(f"/van-ban/{programme.public_id}/so-sanh/")
    expect(page.get_by_text("2 chỗ thay đổi")).to_be_visible()
    axe(page)

    page.keyboard.press("F8")
    expect(page.locator("#t-1")).to_be_focused()
    page.keyboard.press("F8")
    expect(page.locator("#t-2")).to_be_focused()
    page.keyboard.press("Shift+F8")
    expect(page.locator("#t-1")).to_be_focused()

    page.get_by_role("link", name="Chỉ hiện thay đổi").click()
    expect(page.get_by_text("Chuẩn bị đại hội chi bộ.")).to_have_count(0)
    page.set_viewport_size({"width": 390, "height": 800})
    fits(page)
    expect(page.locator(".cmp-inline ins").first).to_be_visible()
    axe(page)
