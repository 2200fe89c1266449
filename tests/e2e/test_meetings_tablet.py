"""A leader reviews an agenda on a tablet, with a network and without one."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable
from typing import Any

import pikepdf
import pytest
from django.conf import settings
from django.contrib.sessions.models import Session as SignedIn
from django.core.files.base import ContentFile
from django.utils import timezone
from playwright.sync_api import Browser, BrowserContext, Page, expect

from meetings.models import ChangeRequest, ItemFile, Meeting, MeetingLog, Opinion, Remark
from tests import factories
from tests.assembly import Assembly, assembly
from tests.e2e.conftest import SignIn
from tests.e2e.sight import fits, large_enough
from tests.factories import PASSWORD, MembershipFactory, Town

pytestmark = pytest.mark.django_db(transaction=True)

SIZES = {"landscape": (1024, 768), "portrait": (820, 1180), "phone": (390, 844)}
Axe = Callable[[Page], None]


@pytest.fixture
def town(live_server: Any) -> Town:
    return factories.town()


@pytest.fixture
def made(town: Town) -> Assembly:
    """A meeting in three weeks, nothing said of it yet; its first document is a real PDF."""
    made = assembly(town, on=timezone.localdate() + dt.timedelta(days=21))
    for rows in (Remark, Opinion, ChangeRequest):
        rows.objects.all().delete()
    ItemFile.objects.filter(state=ItemFile.State.RETURNED).update(
        state=ItemFile.State.SUBMITTED, reason="", decided_by=None, decided_at=None
    )
    data = pdf()
    for file in ItemFile.objects.all():
        file.file.save("bao-cao.pdf", ContentFile(data), save=False)
        file.size = len(data)
        file.save()
    return made


def pdf() -> bytes:
    made, out = pikepdf.new(), io.BytesIO()
    made.add_blank_page()
    made.save(out)
    return out.getvalue()


def home(made: Assembly) -> str:
    return f"/hoi-nghi/{made.meeting.public_id}/duyet/"


def tablet(page: Page, made: Assembly, size: str = "landscape") -> Page:
    width, height = SIZES[size]
    page.set_viewport_size({"width": width, "height": height})
    page.goto(home(made))
    return page


def stored(page: Page) -> Page:
    """Waits until everything can be read without a connection."""
    expect(page.locator("#offline")).to_have_text("Đọc được khi mất mạng")
    return page


def heading(page: Page) -> Any:
    return page.get_by_role("heading", level=2)


#: What a finger touches.
TARGETS = "a:not(.skip), button, summary, textarea, input:not([type=hidden])"


def is_tall(page: Page, name: str, least: int) -> None:
    """The button of that name on the open item is at least so high. Found and measured in one step,
    again until it holds: the page may renew the item between the two."""
    page.wait_for_function(
        """([name, least]) => [...document.querySelectorAll(".item:not([hidden]) .act *")]
        .filter((node) => !node.children.length && node.textContent.trim() === name)
        .some((node) => node.closest("button, summary").getBoundingClientRect().height >= least)""",
        arg=[name, least],
    )


@pytest.mark.parametrize("size", ["landscape", "portrait"])
def test_a_leader_speaks_of_every_item(
    page: Page, sign_in: SignIn, axe: Axe, town: Town, made: Assembly, size: str
) -> None:
    sign_in("son")
    tablet(page, made, size)
    expect(page.get_by_text("Đã cho ý kiến 0/4")).to_be_visible()
    fits(page)
    axe(page)
    large_enough(page, TARGETS, 48)
    for name in ("Đồng ý", "Yêu cầu sửa", "Lùi sang kỳ sau"):
        is_tall(page, name, 60)

    page.get_by_role("button", name="Đồng ý", exact=True).click()
    expect(heading(page)).to_have_text("Báo cáo tình hình thực hiện nhiệm vụ số 2.")
    page.get_by_label("Ghi chú, ý kiến về nội dung 2").fill("Nêu rõ diện tích.")
    page.get_by_role("button", name="Ghi cho tôi").click()
    expect(page.get_by_text("Chỉ tôi xem")).to_be_visible()
    page.locator("summary", has_text="Yêu cầu sửa").locator("visible=true").click()
    page.get_by_role("textbox", name="Cần sửa gì").fill("Rà lại số liệu.")
    axe(page)
    page.get_by_role("button", name="Gửi yêu cầu sửa").click()
    expect(heading(page)).to_have_text("Báo cáo tình hình thực hiện nhiệm vụ số 3.")
    page.locator("summary", has_text="Đồng ý 2 nội dung còn lại…").click()
    page.get_by_role("button", name="Đồng ý 2 nội dung", exact=True).click()

    expect(page.get_by_text("Đã đồng ý 2 nội dung.")).to_be_visible()
    expect(page.get_by_text("Đã cho ý kiến 4/4")).to_be_visible()
    expect(page.get_by_text("đã yêu cầu sửa", exact=True)).to_be_visible()
    expect(page.locator("#offline")).to_have_text("Đọc được khi mất mạng")
    said = Opinion.objects.order_by("item__position").values_list("choice", flat=True)
    assert list(said) == ["agree", "revise", "agree", "agree"]
    notes = Remark.objects.order_by("pk").values_list("text", "private")
    assert list(notes) == [("Nêu rõ diện tích.", True), ("Rà lại số liệu.", False)]


def test_a_phone_shows_the_list_and_then_one_item(
    page: Page, sign_in: SignIn, axe: Axe, made: Assembly
) -> None:
    sign_in("son")
    tablet(page, made, "phone")
    fits(page)
    axe(page)
    expect(heading(page)).to_be_hidden()

    page.get_by_role("link", name="nhiệm vụ số 3.").click()

    expect(heading(page)).to_have_text("Báo cáo tình hình thực hiện nhiệm vụ số 3.")
    fits(page)
    axe(page)
    large_enough(page, TARGETS, 44)
    page.get_by_role("link", name="Danh sách nội dung").click()
    expect(page.get_by_role("link", name="nhiệm vụ số 1.")).to_be_visible()


def test_keys_go_through_the_agenda(page: Page, sign_in: SignIn, made: Assembly) -> None:
    sign_in("son")
    tablet(page, made)
    number = page.locator(".item:not([hidden])")

    for key, at in (("j", "2"), ("ArrowRight", "3"), ("k", "2"), ("ArrowLeft", "1"), ("k", "1")):
        page.keyboard.press(key)
        expect(number).to_have_attribute("data-number", at)
    page.get_by_label("Ghi chú, ý kiến về nội dung 1").fill("jk")
    expect(number).to_have_attribute("data-number", "1")
    page.go_back()
    expect(number).to_have_attribute("data-number", "2")


def test_a_request_to_wait_is_accepted_with_one_click_and_kept(
    page: Page, sign_in: SignIn, axe: Axe, town: Town, made: Assembly
) -> None:
    following = Meeting.objects.create(
        issuing_body=town.party,
        title="Hội nghị kỳ sau",
        series=made.series,
        on=timezone.localdate() + dt.timedelta(days=50),
    )
    sign_in("son")
    tablet(page, made)
    page.locator("summary", has_text="Lùi sang kỳ sau").locator("visible=true").click()
    page.get_by_role("textbox", name="Lý do").fill("Chờ thẩm định.")
    page.get_by_role("button", name="Đề nghị lùi sang kỳ sau").click()
    expect(page.get_by_text("đề nghị lùi").first).to_be_visible()
    expect(page.get_by_text("Đã cho ý kiến 1/4")).to_be_visible()
    expect(page.get_by_text("Đã gửi đề nghị tới Văn phòng.")).to_be_visible()

    sign_in("yen")
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto(f"/hoi-nghi/{made.meeting.public_id}/")
    axe(page)
    page.get_by_role("button", name="Nhận, nội dung 1: Lùi sang kỳ sau").click()

    expect(page.get_by_text("nội dung thành đề xuất của kỳ họp sau")).to_be_visible()
    page.get_by_text("Đã xử lý 1 đề nghị").click()
    expect(page.locator("#duyet").get_by_text("Chờ thẩm định.")).to_be_visible()
    assert following.items.get().carried_from == made.item
    assert ChangeRequest.objects.get().state == "accepted"
    actions = set(MeetingLog.objects.filter(meeting=made.meeting).values_list("action", flat=True))
    assert {"meeting.change_asked", "meeting.change_accepted", "meeting.agenda_defer"} <= actions


def test_once_opened_it_is_read_and_written_without_a_connection(
    page: Page, sign_in: SignIn, context: BrowserContext, made: Assembly
) -> None:
    sign_in("son")
    stored(tablet(page, made))
    context.set_offline(True)

    page.reload()
    expect(page.get_by_text("Mất mạng. Đang đọc bản lưu lúc")).to_be_visible()
    page.get_by_role("link", name="nhiệm vụ số 3.").click()
    expect(heading(page)).to_have_text("Báo cáo tình hình thực hiện nhiệm vụ số 3.")
    page.reload()
    expect(heading(page)).to_have_text("Báo cáo tình hình thực hiện nhiệm vụ số 3.")
    page.get_by_label("Ghi chú, ý kiến về nội dung 3").fill("Ghi khi mất mạng.")
    page.get_by_role("button", name="Gửi Văn phòng").click()
    page.get_by_role("button", name="Đồng ý", exact=True).click()
    expect(page.get_by_text("2 việc chờ gửi")).to_be_visible()
    page.get_by_role("link", name="nhiệm vụ số 1.").click()
    page.get_by_role("link", name="Báo cáo 1").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Báo cáo 1")
    read = "async () => (await (await fetch(document.querySelector('iframe').src)).text()).slice(0, 5)"
    assert page.evaluate(read) == "%PDF-"
    page.goto("/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Hội nghị chờ ý kiến")
    expect(page.get_by_text("Mất mạng. Các hội nghị đã mở trước đó")).to_be_visible()
    assert not Opinion.objects.exists()

    page.get_by_role("link", name="Hội nghị Ban Thường vụ Đảng ủy", exact=True).click()
    expect(page.get_by_text("Đã cho ý kiến 1/4")).to_be_visible()
    context.set_offline(False)

    expect(page.get_by_text("Đã gửi 2 việc ghi khi mất mạng.")).to_be_visible()
    expect(page.locator("#net")).to_be_hidden()
    assert (Opinion.objects.get().item.position, Remark.objects.get().text) == (3, "Ghi khi mất mạng.")
    page.reload()
    stored(page)
    assert (Opinion.objects.count(), Remark.objects.count()) == (1, 1)


def test_what_is_lacking_is_said(page: Page, sign_in: SignIn, made: Assembly) -> None:
    file = ItemFile.objects.order_by("pk").first()
    assert file
    file.file.delete(save=False)
    sign_in("son")

    tablet(page, made)

    expect(page.locator("#offline")).to_have_text("Thiếu 1 tài liệu")


def test_signing_out_leaves_nothing_and_keeps_the_editor_s_words(
    page: Page, sign_in: SignIn, context: BrowserContext, made: Assembly
) -> None:
    sign_in("son")
    stored(tablet(page, made))
    assert page.evaluate("caches.keys()") != []
    page.evaluate(
        """() => new Promise((resolve) => {
        const request = indexedDB.open("lucngan-editor-test", 1);
        request.onupgradeneeded = () => request.result.createObjectStore("ops");
        request.onsuccess = () => { request.result.close(); resolve(); };
        })"""
    )

    page.goto("/")
    page.get_by_label("Tài khoản Giáp Văn Sơn").click()
    page.get_by_role("button", name="Đăng xuất").click()

    expect(page.get_by_label("Tên đăng nhập")).to_be_visible()
    assert page.evaluate("caches.keys()") == []
    names = page.evaluate("async () => (await indexedDB.databases()).map(({ name }) => name)")
    assert "lucngan-editor-test" in names
    context.set_offline(True)
    assert not reachable(page, home(made))


def reachable(page: Page, address: str) -> bool:
    """Whether the browser shows anything at an address without a connection."""
    from playwright.sync_api import Error

    try:
        page.goto(address)
    except Error:
        return False
    return True


def test_another_person_never_sees_what_the_first_one_stored(
    page: Page, sign_in: SignIn, context: BrowserContext, town: Town, made: Assembly
) -> None:
    MembershipFactory.create(person=town.lan, role="leader", issuing_body=town.party)
    sign_in("son")
    tablet(page, made)
    page.get_by_label("Ghi chú, ý kiến về nội dung 1").fill("Riêng của anh Sơn.")
    page.get_by_role("button", name="Ghi cho tôi").click()
    expect(page.get_by_text("Chỉ tôi xem")).to_be_visible()
    stored(page)
    first = page.evaluate("caches.keys()")

    sign_in("lan")
    page.goto("/")
    expect(page.get_by_label("Tài khoản Đỗ Thị Lan")).to_be_visible()
    page.wait_for_function("async () => (await caches.keys()).length === 0")
    stored(tablet(page, made))
    context.set_offline(True)
    page.reload()

    expect(page.get_by_text("Mất mạng. Đang đọc bản lưu")).to_be_visible()
    assert "Riêng của anh Sơn" not in page.content()
    assert page.evaluate("caches.keys()") != first


def test_an_ended_session_says_so_and_keeps_the_words(
    page: Page, sign_in: SignIn, town: Town, made: Assembly
) -> None:
    sign_in("son")
    stored(tablet(page, made))
    SignedIn.objects.all().delete()
    page.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    page.get_by_label("Ghi chú, ý kiến về nội dung 1").fill("Viết lúc hết phiên.")
    page.get_by_role("button", name="Gửi Văn phòng").click()

    expect(page.get_by_text("Phiên đăng nhập đã hết. 1 việc chưa gửi được giữ trên máy này.")).to_be_visible()
    page.get_by_role("link", name="Đăng nhập lại").click()
    expect(page.get_by_text("Trên máy này còn ý kiến chưa gửi được")).to_be_visible()
    page.get_by_label("Tên đăng nhập").fill("son")
    page.get_by_label("Mật khẩu", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Đăng nhập").click()

    expect(page.get_by_text("Tôi, gửi Văn phòng")).to_be_visible()
    assert Remark.objects.get().text == "Viết lúc hết phiên."


def test_a_page_without_script_does_it_too(
    browser: Browser, sign_in: SignIn, base_url: str, context: BrowserContext, made: Assembly
) -> None:
    sign_in("son")
    plain = browser.new_context(
        java_script_enabled=False, base_url=base_url, viewport={"width": 1024, "height": 768}
    )
    plain.add_cookies(context.cookies())  # type: ignore[arg-type]
    page = plain.new_page()
    page.goto(home(made))

    page.get_by_role("button", name="Đồng ý", exact=True).click()
    expect(page.get_by_text("Đã cho ý kiến 1/4")).to_be_visible()
    page.locator("summary", has_text="Lùi sang kỳ sau").locator("visible=true").click()
    page.get_by_role("button", name="Đề nghị lùi sang kỳ sau").click()
    expect(page.get_by_text("Đã cho ý kiến 2/4")).to_be_visible()
    page.get_by_role("link", name="nhiệm vụ số 4.").click()
    expect(page.get_by_role("heading", level=2)).to_have_text("Báo cáo tình hình thực hiện nhiệm vụ số 4.")
    plain.close()
    assert (Opinion.objects.count(), ChangeRequest.objects.count()) == (1, 1)
