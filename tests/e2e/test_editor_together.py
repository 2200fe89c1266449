"""Two people in one document: changes arrive, nobody is overwritten, a real conflict shows both texts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, expect

from programmes.models import Programme
from tests.e2e.conftest import SignIn
from tests.e2e.desk import printed
from tests.e2e.writer import Writer
from tests.office import Office

TASK = "Tập trung thu ngân sách."
SECOND = "Chuẩn bị đại hội chi bộ."
Enter = Callable[[Any], Writer]


@pytest.fixture
def yen(programme: Programme, desk: Office, sign_in: SignIn) -> Writer:
    return Writer(sign_in(desk.yen)).open(programme)


@pytest.fixture
def chung(
    programme: Programme, desk: Office, browser: Browser, browser_context_args: dict[str, Any], base_url: str
) -> Iterator[Writer]:
    """Another person at another machine."""
    context: BrowserContext = browser.new_context(**browser_context_args)
    client = Client()
    client.force_login(desk.chung, backend="django.contrib.auth.backends.ModelBackend")
    name = settings.SESSION_COOKIE_NAME
    context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": base_url}])
    yield Writer(context.new_page()).open(programme)
    context.close()


def test_changes_of_one_arrive_at_the_other_without_moving_the_caret(
    yen: Writer, chung: Writer, programme: Programme
) -> None:
    chung.at(SECOND, 7)
    yen.at(TASK)
    yen.type(" Sửa.")
    yen.press("Enter")
    yen.type("Mục của chị Yến.")
    yen.saved()
    chung.see_lines(*printed(programme))
    chung.stands_in(SECOND, 7)
    chung.type("XX")
    chung.saved()
    yen.see_lines(*printed(programme))
    yen.stands_in("Mục của chị Yến.")


def test_one_sees_who_else_is_here_and_where_they_write(yen: Writer, chung: Writer) -> None:
    chung.at(SECOND)
    expect(yen.page.locator("#people .ava")).to_have_attribute("aria-label", "Vi Văn Chung đang sửa mục I.2")
    expect(yen.page.locator(".line .who")).to_contain_text("Vi Văn Chung đang sửa")


def test_a_moved_clause_is_no_conflict_for_the_one_who_writes_in_it(
    yen: Writer, chung: Writer, programme: Programme
) -> None:
    chung.page.route("**/thay-doi/**", lambda route: route.abort())
    yen.at(TASK)
    yen.press("Alt+Shift+ArrowDown")
    yen.saved()
    chung.at(TASK)
    chung.type(" Viết tiếp.")
    chung.saved()
    assert printed(programme)[2] == f" 2. {TASK} Viết tiếp."


def both_write(yen: Writer, chung: Writer) -> None:
    """Chung's words meet Yến's: his window had not heard of hers."""
    chung.page.route("**/thay-doi/**", lambda route: route.abort())
    yen.at(TASK)
    yen.type(" Của Yến.")
    yen.saved()
    chung.at(TASK)
    chung.type(" Của Chung.")
    expect(chung.page.get_by_role("group", name="Người khác vừa sửa mục này")).to_be_visible()


def test_a_conflict_shows_both_texts_and_mine_can_be_kept(
    yen: Writer, chung: Writer, programme: Programme, axe: Callable[[Page], None]
) -> None:
    both_write(yen, chung)
    panel = chung.page.get_by_role("group", name="Người khác vừa sửa mục này")
    expect(panel.locator("ins")).to_have_text(["Chung.", "Yến."])
    expect(chung.state()).to_contain_text("Mục I.1 chưa lưu, cần chọn bản giữ lại")
    assert printed(programme)[1] == f" 1. {TASK} Của Yến."
    axe(chung.page)
    panel.get_by_role("button", name="Giữ bản của tôi").click()
    expect(panel).to_be_hidden()
    chung.saved()
    assert printed(programme)[1] == f" 1. {TASK} Của Chung."
    chung.stands_in(f"{TASK} Của Chung.")
    assert chung.stored("saved") == []


def test_in_a_conflict_the_other_text_can_be_taken(yen: Writer, chung: Writer, programme: Programme) -> None:
    both_write(yen, chung)
    chung.page.get_by_role("button", name="Lấy bản kia").click()
    chung.stands_in(f"{TASK} Của Yến.")
    chung.type(" Tiếp.")
    chung.saved()
    assert printed(programme)[1] == f" 1. {TASK} Của Yến. Tiếp."


def test_in_a_conflict_both_can_be_merged_by_hand(yen: Writer, chung: Writer, programme: Programme) -> None:
    both_write(yen, chung)
    chung.page.get_by_role("button", name="Ghép rồi lưu").click()
    merge = chung.page.get_by_label("Nội dung ghép từ hai bản")
    expect(merge).to_be_focused()
    expect(merge).to_have_value(f"{TASK} Của Yến. Chung.")
    merge.fill(f"{TASK} Của Yến và Chung.")
    chung.page.get_by_role("button", name="Lưu bản ghép").click()
    chung.saved()
    assert printed(programme)[1] == f" 1. {TASK} Của Yến và Chung."


def test_an_open_conflict_survives_a_reload(yen: Writer, chung: Writer, programme: Programme) -> None:
    both_write(yen, chung)
    chung.open(programme)
    panel = chung.page.get_by_role("group", name="Người khác vừa sửa mục này")
    expect(panel.locator("ins").first).to_have_text("Chung.")
    panel.get_by_role("button", name="Giữ bản của tôi").click()
    chung.saved()
    assert printed(programme)[1] == f" 1. {TASK} Của Chung."


def test_words_left_by_a_closed_tab_never_overwrite_newer_ones(
    yen: Writer, chung: Writer, programme: Programme
) -> None:
    chung.page.context.set_offline(True)
    chung.at(TASK)
    chung.type(" Của Chung.")
    chung.page.wait_for_timeout(900)
    chung.page.close(run_before_unload=False)
    yen.at(TASK)
    yen.type(" Của Yến.")
    yen.saved()
    context = chung.page.context
    context.set_offline(False)
    again = Writer(context.new_page()).open(programme)
    panel = again.page.get_by_role("group", name="Người khác vừa sửa mục này")
    expect(panel.locator("ins").first).to_have_text("Chung.")
    assert printed(programme)[1] == f" 1. {TASK} Của Yến."


def test_words_for_a_clause_that_somebody_removed_are_shown_to_be_kept(
    yen: Writer, chung: Writer, programme: Programme
) -> None:
    chung.page.route("**/thay-doi/**", lambda route: route.abort())
    menu_remove(yen, TASK)
    chung.at(TASK)
    chung.type(" Không được mất.")
    chung.page.unroute("**/thay-doi/**")
    note = chung.page.get_by_role("alert").filter(has_text="Mục này đã bị người khác xóa")
    expect(note).to_contain_text(f"{TASK} Không được mất.")
    chung.see_lines(*printed(programme))
    chung.at(SECOND)
    note.get_by_role("button", name="Thêm lại thành mục mới").click()
    chung.saved()
    assert f" 2. {TASK} Không được mất." in printed(programme)
    expect(note).to_be_hidden()


def menu_remove(writer: Writer, text: str) -> None:
    writer.at(text)
    writer.page.locator("#row-menu-button").click()
    writer.page.get_by_role("menuitem", name="Xóa mục").click()
    writer.saved()


def test_undo_takes_back_only_ones_own_last_step(yen: Writer, chung: Writer, programme: Programme) -> None:
    yen.at(TASK)
    yen.press("Alt+Shift+ArrowDown")
    yen.saved()
    chung.see_lines(*printed(programme))
    chung.at("Công tác cán bộ.")
    chung.type(" Sửa.")
    chung.saved()
    yen.see_lines(*printed(programme))
    yen.at(TASK)
    yen.press("Control+z")
    yen.saved()
    yen.see_lines(*printed(programme))
    assert printed(programme)[1] == f" 1. {TASK}"
    assert printed(programme)[-1] == " 3. Công tác cán bộ. Sửa."


def test_a_paper_that_is_no_draft_any_more_says_so(yen: Writer, programme: Programme, page: Page) -> None:
    Programme.objects.filter(pk=programme.pk).update(state="review")
    yen.at(TASK)
    yen.type(" Muộn.")
    expect(yen.state()).to_contain_text("không còn là dự thảo")
    assert len(yen.stored("ops")) == 1, "the words stay in the browser's store"
    yen.open(programme)
    kept = page.get_by_role("alert").filter(has_text="Văn bản không còn sửa được")
    expect(kept).to_contain_text(f"{TASK} Muộn.")
    kept.get_by_role("button", name="Bỏ").click()
    expect(kept).to_be_hidden()
    assert yen.stored("ops") == []


def test_a_second_window_leaves_the_words_of_the_first_alone(yen: Writer, programme: Programme) -> None:
    """Two tabs of one person share the browser's store, not each other's unsent words."""
    yen.page.route("**/thao-tac/", lambda route: route.abort())
    yen.at(TASK)
    yen.type(" Trong tab một.")
    expect(yen.state()).to_contain_text("Mất mạng")
    second = Writer(yen.page.context.new_page()).open(programme)
    assert second.texts()[1] == TASK
    yen.page.unroute("**/thao-tac/")
    yen.saved()
    second.see_lines(*printed(programme))
    assert printed(programme)[1] == f" 1. {TASK} Trong tab một."
