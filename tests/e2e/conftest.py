"""The browser of the stories: Debian's Chromium, in Vietnamese, in Hanoi, seeing every mistake of a page."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client
from playwright.sync_api import BrowserContext, ConsoleMessage, Page, expect
from pytest_django.live_server_helper import LiveServer

from agencies.models import Person
from programmes.models import Programme
from tests.e2e.desk import small
from tests.e2e.sight import settled
from tests.e2e.writer import Writer
from tests.office import Office, office
from tools.machine import BROWSERS

# Playwright's synchronous interface keeps an event loop in this thread; Django's guard against
# database calls from a loop would refuse the test's own queries.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

expect.set_options(timeout=10_000)

SignIn = Callable[[Person | str], Page]


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """The distribution's browser, silent towards the network."""
    found = next((path for name in BROWSERS if (path := shutil.which(name))), None)
    assert found, "Không tìm thấy Chromium: hãy chạy make test để cài."
    quiet = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run", "--disable-sync"]
    quiet += ["--disable-background-networking", "--disable-component-update", "--disable-quic"]
    return {**browser_type_launch_args, "executable_path": found, "args": quiet}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    """A desktop of an office; stories for a phone set their own viewport."""
    return {
        **browser_context_args,
        "locale": "vi-VN",
        "timezone_id": "Asia/Ho_Chi_Minh",
        "viewport": {"width": 1366, "height": 768},
        "reduced_motion": "reduce",
    }


@pytest.fixture(scope="session")
def base_url(live_server: LiveServer) -> str:
    """Addresses in stories are paths: ``page.goto("/")``."""
    return str(live_server.url)


@pytest.fixture
def page(page: Page) -> Iterator[Page]:
    """A page whose script errors and refusals by the content policy fail the test at its end."""
    mistakes: list[str] = []

    def note(message: ConsoleMessage) -> None:
        if message.type == "error" and "Failed to load resource" not in message.text:
            mistakes.append(message.text)

    page.on("console", note)
    page.on("pageerror", lambda error: mistakes.append(str(error)))
    yield page
    assert not mistakes, "Trang có lỗi:\n" + "\n".join(mistakes)


@pytest.fixture
def sign_in(page: Page, context: BrowserContext, base_url: str) -> SignIn:
    """Give the page the session of a person (the row or its login name); returns the page."""

    def enter(person: Person | str) -> Page:
        row = Person.objects.get_by_natural_key(person) if isinstance(person, str) else person
        client = Client()
        client.force_login(row, backend="django.contrib.auth.backends.ModelBackend")
        name = settings.SESSION_COOKIE_NAME
        context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": base_url}])
        return page

    return enter


@pytest.fixture
def desk(live_server: LiveServer, transactional_db: None) -> Office:
    """The people and bodies of the editor's stories, seen by the server's threads too."""
    return office()


@pytest.fixture
def programme(desk: Office) -> Programme:
    """A draft with a small text."""
    return small(desk)


@pytest.fixture
def writer(programme: Programme, desk: Office, sign_in: SignIn) -> Writer:
    """Chị Yến with the draft open."""
    return Writer(sign_in(desk.yen)).open(programme)


@pytest.fixture
def axe() -> Callable[[Page], None]:
    """Check a page for accessibility; any violation fails with axe's own report. A part that is on its
    way is waited for: axe reads the page in many steps."""

    def check(page: Page) -> None:
        settled(page)
        results = Axe().run(page)
        assert results.violations_count == 0, results.generate_report()

    return check
