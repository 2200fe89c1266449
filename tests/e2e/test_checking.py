"""Proofreading in the editor: findings follow the typing, one click repairs, a reason keeps."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

from documents.models import DocumentLog, Silence
from programmes.models import Programme
from tests.e2e.writer import Writer

TASK = "Tập trung thu ngân sách."


def test_findings_follow_the_typing_and_one_click_repairs(
    writer: Writer, programme: Programme, page: Page, axe: Callable[[Page], None]
) -> None:
    page.get_by_role("tab", name="Soát lỗi").click()
    whole = page.get_by_role("region", name="Cả văn bản")
    expect(whole).to_contain_text("Đã đạt")
    writer.at(TASK)
    writer.type(" Kiểm tra công tác công tác dân vận.")
    card = whole.get_by_role("article").filter(has_text="công tác công tác")
    expect(card).to_have_count(1)
    axe(page)
    card.get_by_role("button", name="Sửa").click()
    expect(card).to_have_count(0)
    expect(writer.fields.first).to_be_visible()
    assert programme.clauses.filter(text__endswith=" Kiểm tra công tác dân vận.").count() == 1


def test_what_is_kept_needs_a_reason_and_is_logged(writer: Writer, programme: Programme, page: Page) -> None:
    page.get_by_role("tab", name="Soát lỗi").click()
    whole = page.get_by_role("region", name="Cả văn bản")
    writer.at(TASK)
    writer.type(" Kiểm tra công tác công tác dân vận.")
    card = whole.get_by_role("article").filter(has_text="công tác công tác")
    card.get_by_text("Giữ nguyên…").click()
    card.get_by_label("Lý do giữ nguyên").fill("trích nguyên văn")
    card.get_by_role("button", name="Giữ nguyên", exact=True).click()
    expect(card).to_have_count(0)
    assert Silence.objects.get(document=programme).reason == "trích nguyên văn"
    assert DocumentLog.objects.filter(document=programme, action="document.silence").count() == 1
