"""Nothing typed is lost: no network, a dead server, a closed tab, a session that is over."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import BrowserContext, Page, expect

from programmes.models import Programme
from tests.e2e.desk import printed
from tests.e2e.writer import Writer
from tests.office import Office
from tools.machine import ROOT

TASK = "Tập trung thu ngân sách."


def test_words_are_saved_when_typing_pauses_and_the_bar_says_when(
    writer: Writer, programme: Programme
) -> None:
    writer.at(TASK)
    writer.type(" Thêm.")
    expect(writer.state()).to_contain_text("Đang lưu…")
    writer.saved()
    assert printed(programme)[1] == f" 1. {TASK} Thêm."
    assert writer.stored("ops") == []
    assert writer.stored("drafts") == []


def test_without_network_changes_queue_and_go_out_when_it_is_back(
    writer: Writer, programme: Programme, context: BrowserContext
) -> None:
    context.set_offline(True)
    writer.at(TASK)
    writer.type(" Một.")
    writer.press("Enter")
    writer.type("Mục viết khi mất mạng.")
    writer.press("Alt+Shift+ArrowUp")
    expect(writer.state()).to_contain_text("Mất mạng. Đã giữ trên máy này")
    assert len(writer.stored("ops")) >= 3
    expect(writer.page.get_by_role("button", name="Thử lại")).to_be_visible()
    context.set_offline(False)
    writer.saved()
    assert printed(programme)[:4] == [
        "I. Nhiệm vụ trọng tâm",
        " 1. Mục viết khi mất mạng.",
        f" 2. {TASK} Một.",
        " 3. Chuẩn bị đại hội chi bộ.",
    ]
    assert writer.stored("ops") == []


def test_a_closed_tab_loses_nothing_and_the_next_one_sends_what_it_left(
    writer: Writer, programme: Programme, context: BrowserContext
) -> None:
    """The tab closes without network, in the middle of a word; the next window says what it sends."""
    context.set_offline(True)
    writer.at(TASK)
    writer.press("Enter")
    writer.type("Mục mới.")
    writer.page.wait_for_timeout(900)
    writer.type(" Chưa kịp lưu")
    writer.page.wait_for_timeout(500)
    writer.page.close(run_before_unload=False)
    context.set_offline(False)
    again = Writer(context.new_page()).open(programme)
    expect(again.said()).to_contain_text("Đã khôi phục")
    again.saved()
    again.see_lines(*printed(programme))
    assert " 2. Mục mới. Chưa kịp lưu" in printed(programme)
    assert again.stored("ops") == again.stored("drafts") == []


def test_the_same_operation_sent_twice_is_done_once(writer: Writer, programme: Programme, page: Page) -> None:
    """The answer is lost on the way; the operation goes out again under its id."""
    lost: list[str] = []

    def lose_first(route: object) -> None:
        if lost:
            route.continue_()  # type: ignore[attr-defined]
            return
        route.fetch()  # type: ignore[attr-defined]
        lost.append("answer")
        route.abort()  # type: ignore[attr-defined]

    page.route("**/thao-tac/", lose_first)
    writer.at(TASK)
    writer.press("Enter")
    writer.type("Một lần thôi.")
    writer.saved()
    assert lost
    assert printed(programme).count(" 2. Một lần thôi.") == 1
    assert programme.operations.filter(kind="split").count() == 1


def test_a_broken_server_is_said_with_the_place_and_tried_again(
    writer: Writer, programme: Programme, page: Page
) -> None:
    page.route("**/thao-tac/", lambda route: route.fulfill(status=500, body="x"))
    writer.at(TASK)
    writer.type(" Lỗi.")
    expect(writer.state()).to_contain_text("Chưa lưu được mục I.1, lỗi máy chủ")
    page.unroute("**/thao-tac/")
    page.get_by_role("button", name="Thử lại").click()
    writer.saved()
    assert printed(programme)[1] == f" 1. {TASK} Lỗi."


def test_after_the_session_is_over_one_signs_in_in_place_and_the_words_go_out(
    writer: Writer, programme: Programme, desk: Office, page: Page
) -> None:
    desk.yen.set_password("mat-khau-rat-dai")
    desk.yen.save()
    Session.objects.all().delete()
    writer.at(TASK)
    writer.type(" Hết phiên.")
    expect(writer.state()).to_contain_text("Phiên đã hết, bài vẫn còn đủ")
    writer.type(" Vẫn gõ tiếp.")
    page.get_by_role("button", name="Đăng nhập lại").click()
    dialog = page.get_by_role("dialog", name="Phiên làm việc đã hết")
    expect(dialog).to_contain_text("Bài viết vẫn còn đủ trên máy này")
    dialog.get_by_label("Mật khẩu").fill("sai")
    dialog.get_by_role("button", name="Đăng nhập và gửi tiếp").click()
    expect(dialog.get_by_role("alert")).to_be_visible()
    dialog.get_by_label("Mật khẩu").fill("mat-khau-rat-dai")
    dialog.get_by_role("button", name="Đăng nhập và gửi tiếp").click()
    expect(dialog).to_be_hidden()
    writer.saved()
    assert printed(programme)[1] == f" 1. {TASK} Hết phiên. Vẫn gõ tiếp."


def test_a_refused_text_gets_its_sentence_at_the_clause_and_stays(
    writer: Writer, programme: Programme, page: Page
) -> None:
    writer.at(TASK)
    page.locator("textarea.words:focus").evaluate(
        "f => { f.value = 'a'.repeat(200001); f.dispatchEvent(new InputEvent('input', {bubbles: true})) }"
    )
    expect(page.get_by_role("alert").filter(has_text="Một mục dài nhất")).to_be_visible()
    assert len(writer.texts()[1]) == 200_001
    assert printed(programme)[1] == f" 1. {TASK}"


class Server:
    """The site as a process of its own on a temporary database, so that it can be killed."""

    def __init__(self, home: Path) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = int(free.getsockname()[1])
        self.home = home
        outside = {k: v for k, v in os.environ.items() if k != "DATABASE_URL"}
        self.environment = {
            **outside,
            "VAR_DIR": str(home),
            "DEBUG": "1",
            "SECRET_KEY": "chi-dung-khi-kiem-thu-trinh-duyet",
        }
        self.process: subprocess.Popen[bytes] | None = None

    def manage(self, *words: str) -> str:
        command = [sys.executable, "manage.py", *words]
        done = subprocess.run(
            command, cwd=ROOT, env=self.environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    def start(self) -> None:
        words = [sys.executable, "manage.py", "runserver", "--noreload", str(self.port)]
        quiet = subprocess.DEVNULL
        self.process = subprocess.Popen(words, cwd=ROOT, env=self.environment, stdout=quiet, stderr=quiet)

    def kill(self) -> None:
        if self.process is not None:
            self.process.send_signal(signal.SIGKILL)
            self.process.wait()
            self.process = None


MAKE = """
from tests.e2e.desk import small
from tests.office import office
desk = office()
desk.yen.set_password("mat-khau-rat-dai")
desk.yen.save()
print(small(desk).public_id)
"""
READ = """
from programmes.models import Programme
from tests.e2e.desk import printed
print("\\n".join(printed(Programme.objects.get())))
"""


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    server = Server(tmp_path)
    server.manage("migrate", "-v0")
    yield server
    server.kill()


def test_kill_9_of_the_server_loses_no_word_that_was_on_screen_for_a_second(
    server: Server, page: Page
) -> None:
    """Typed while the server is dead, then the tab goes too; all is there after the restart."""
    key = server.manage("shell", "--no-imports", "-c", MAKE).splitlines()[-1]
    server.start()
    home = f"http://127.0.0.1:{server.port}"
    enter(page, f"{home}/dang-nhap/")
    address = f"{home}/chuong-trinh/{key}/soan/"
    page.goto(address)
    writer = Writer(page)
    expect(page.locator("html[data-editor=ready]")).to_be_attached()
    writer.at(TASK)
    server.kill()
    writer.type(" Viết khi máy chủ đã chết.")
    writer.press("Enter")
    writer.type("Chữ chưa rời ô")
    page.wait_for_timeout(1000)
    server.start()
    other = page.context.new_page()
    page.close(run_before_unload=False)
    answers(other, f"{home}/healthz")
    other.goto(address)
    again = Writer(other)
    expect(again.said()).to_contain_text("Đã khôi phục")
    again.saved()
    rows = server.manage("shell", "--no-imports", "-c", READ).splitlines()
    assert f" 1. {TASK} Viết khi máy chủ đã chết." in rows
    assert " 2. Chữ chưa rời ô" in rows
    assert again.lines() == rows


def enter(page: Page, address: str) -> None:
    answers(page, address)
    page.goto(address)
    page.locator("[name=username]").fill("yen")
    page.locator("[name=password]").fill("mat-khau-rat-dai")
    page.locator("[name=password]").press("Enter")
    page.wait_for_url(lambda url: "dang-nhap" not in url)


def answers(page: Page, address: str) -> None:
    """Wait until a started server answers."""
    for _ in range(100):
        try:
            if page.context.request.get(address).ok:
                return
        except Exception:  # noqa: BLE001 -- refused while it starts
            page.wait_for_timeout(150)
    raise AssertionError(f"{address} không trả lời")
