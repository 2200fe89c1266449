"""The pack in a browser: asked for, watched, opened; and an address for one's calendar."""

from __future__ import annotations

from collections.abc import Callable

import pikepdf
import pytest
from playwright.sync_api import BrowserContext, Page, expect

from meetings import packs
from meetings.models import Feed, Meeting, Pack
from tests import factories
from tests.e2e.conftest import SignIn
from tests.e2e.sight import fits
from tests.factories import NOW
from tests.meetings.conftest import told_meeting
from tests.meetings.test_packs import document, pdf

pytestmark = pytest.mark.django_db(transaction=True)

Axe = Callable[[Page], None]


@pytest.fixture
def meeting(live_server: object, transactional_db: None) -> Meeting:
    """A meeting with a good document and a broken one."""
    made = told_meeting(factories.town())
    first = made.items.order_by("position")[0]
    document(first, "Tờ trình", pdf(2), decided_at=NOW)
    document(first, "Báo cáo hỏng", b"%PDF-1.7 hong", decided_at=NOW)
    return made


@pytest.mark.parametrize("width", [1366, 390])
def test_a_pack_is_asked_for_watched_and_opened(
    meeting: Meeting, page: Page, sign_in: SignIn, axe: Axe, base_url: str, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 844})
    sign_in("yen")
    page.goto(f"/hoi-nghi/{meeting.public_id}/bo-tai-lieu/")
    page.get_by_role("button", name="Lập bộ tài liệu").click()
    expect(page.get_by_role("heading", name="Đang chờ tới lượt")).to_be_visible()
    expect(page.get_by_role("progressbar")).to_be_visible()
    expect(page.get_by_role("button", name="Dừng lập")).to_be_visible()
    axe(page)

    packs.make_pack(Pack.objects.get().pk, now=NOW)

    expect(page.get_by_role("heading", name="Bộ đã lập")).to_be_visible()
    expect(page.get_by_text("Tệp hỏng hoặc tải lên chưa đủ nên không mở được.")).to_be_visible()
    axe(page)
    with page.expect_download() as arriving:
        page.get_by_role("link", name="Tải về").click()
    assert arriving.value.suggested_filename == "bo-tai-lieu-hoi-nghi-ban-thuong-vu-dang-uy-2026-12-23.pdf"
    with pikepdf.open(arriving.value.path()) as opened:
        assert len(opened.pages) == 3
    fits(page)


def test_a_pack_is_stopped_by_keyboard(meeting: Meeting, page: Page, sign_in: SignIn) -> None:
    sign_in("yen")
    page.goto(f"/hoi-nghi/{meeting.public_id}/bo-tai-lieu/")
    page.get_by_role("button", name="Lập bộ tài liệu").press("Enter")
    page.get_by_role("button", name="Dừng lập").press("Enter")

    expect(page.get_by_text("Đã dừng lập bộ tài liệu.")).to_be_visible()
    expect(page.get_by_role("button", name="Lập bộ tài liệu")).to_be_visible()


@pytest.mark.parametrize("width", [1366, 390])
def test_an_address_is_made_copied_and_revoked(
    meeting: Meeting,
    page: Page,
    context: BrowserContext,
    sign_in: SignIn,
    axe: Axe,
    base_url: str,
    width: int,
) -> None:
    context.grant_permissions(["clipboard-read", "clipboard-write"], origin=base_url)
    page.set_viewport_size({"width": width, "height": 844})
    sign_in("binh")
    page.goto("/hoi-nghi/dia-chi-lich/")
    page.get_by_role("radio", name="Phòng Kinh tế xã Tân Sơn").check()
    page.get_by_role("button", name="Lập địa chỉ").click()
    page.get_by_role("button", name="Chép địa chỉ").click()
    expect(page.get_by_text("Đã chép", exact=True)).to_be_visible()
    axe(page)
    address = page.evaluate("navigator.clipboard.readText()")
    feed = page.request.get(address)
    assert feed.ok
    assert "BEGIN:VEVENT" in feed.text()
    fits(page)

    page.get_by_role("button", name="Thu hồi").click()

    expect(page.get_by_text("Địa chỉ này không mở được nữa.")).to_be_visible()
    assert page.request.get(address).status == 404
    assert Feed.objects.get().revoked_at is not None
