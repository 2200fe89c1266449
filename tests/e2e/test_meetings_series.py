"""From the habit to the paper: a series made by keyboard, next month proposed, put into the draft."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from documents.tree import Tree
from lucngan.lib.dates import WEEKDAYS, nth_weekday, short
from meetings.models import Meeting, Series
from meetings.views.series import next_month
from tests import factories
from tests.e2e.conftest import SignIn
from tests.factories import draft, month

pytestmark = pytest.mark.django_db(transaction=True)

Axe = Callable[[Page], None]


def tab_to(page: Page, words: str) -> None:
    """Tab until the control with this accessible name has the focus, as a person without a mouse does."""
    for _ in range(80):
        page.keyboard.press("Tab")
        name = page.evaluate(
            "() => { const e = document.activeElement;"
            " return ((e.labels && e.labels[0] && e.labels[0].innerText) || e.innerText || '').trim(); }"
        )
        if name == words:
            return
    raise AssertionError(f"Không tới được {words!r} bằng phím Tab.")


def choose(page: Page, words: str) -> None:
    """Go down the focused list to the option that begins so."""
    for _ in range(12):
        if page.evaluate("() => document.activeElement.selectedOptions[0].text").startswith(words):
            return
        page.keyboard.press("ArrowDown")
    raise AssertionError(f"Không có {words!r} trong danh sách.")


def test_a_series_becomes_next_months_meeting_and_a_section_of_the_draft(
    page: Page, sign_in: SignIn, axe: Axe
) -> None:
    town = factories.town()
    first = next_month(timezone.localdate())
    programme = draft(town, month(first.month, first.year))
    Meeting.objects.all().delete()
    programme.clauses.filter(role="meeting").delete()
    day = nth_weekday(first.year, first.month, 2, 2)
    sign_in("yen")

    page.goto("/hoi-nghi/loat/")
    tab_to(page, "Lập loạt")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Lập loạt hội nghị")
    expect(page.get_by_label("Tuần trong tháng")).to_be_hidden()
    axe(page)
    tab_to(page, "Tên hội nghị")
    page.keyboard.type("Hội nghị Ban Chấp hành")
    tab_to(page, "Chu kỳ")
    choose(page, "Hằng tháng, theo thứ")
    tab_to(page, "Vào thứ")
    choose(page, "Thứ Tư")
    tab_to(page, "Tuần trong tháng")
    choose(page, "Tuần thứ hai")
    tab_to(page, "Bắt đầu lúc")
    page.keyboard.type("07h30")
    tab_to(page, "Gửi tài liệu")
    page.keyboard.type("3")
    tab_to(page, "Vi Văn Chung")
    page.keyboard.press("Space")
    expect(page.locator("#cac-ky")).to_contain_text(f"{WEEKDAYS[2]}, {short(day)}")
    expect(page.locator("#cac-ky")).to_contain_text("Nhận tài liệu")
    tab_to(page, "Lập loạt")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("Đã lập loạt “Hội nghị Ban Chấp hành”.")

    tab_to(page, f"Đề xuất lịch tháng {first.month}/{first.year}")
    page.keyboard.press("Enter")
    expect(page.get_by_role("checkbox", name="Hội nghị Ban Chấp hành")).to_be_checked()
    axe(page)
    tab_to(page, "Lập lịch dự kiến")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("Đã lập 1 hội nghị dự kiến")

    page.goto(programme.get_absolute_url())
    tab_to(page, "Đưa hội nghị vào")
    page.keyboard.press("Enter")
    words = f"Hội nghị Ban Chấp hành: Dự kiến 07 giờ 30 ngày {short(day)} (thứ Tư)"
    expect(page.get_by_role("checkbox", name=words)).to_be_checked()
    axe(page)
    tab_to(page, "Đưa vào chương trình")
    page.keyboard.press("Enter")
    expect(page.locator("#lines")).to_contain_text(words)

    row = Meeting.objects.get()
    assert row.section is not None
    assert (row.series, row.on, row.starts_at, row.tentative) == (
        Series.objects.get(),
        day,
        dt.time(7, 30),
        True,
    )
    assert [str(each) for each in row.attendees.all()] == ["Vi Văn Chung"]
    assert words in [line.clause.text for line in Tree.load(programme.pk).lines()]


def test_without_script_the_form_shows_the_next_days_too(
    page: Page, sign_in: SignIn, browser: object, base_url: str
) -> None:
    factories.town()
    sign_in("yen")
    context = page.context.browser.new_context(java_script_enabled=False, base_url=base_url)  # type: ignore[union-attr]
    context.add_cookies(page.context.cookies())  # type: ignore[arg-type]
    plain = context.new_page()

    plain.goto("/hoi-nghi/loat/lap/")
    expect(plain.get_by_label("Tháng của quý")).to_be_visible()
    plain.get_by_label("Tên hội nghị").fill("Giao ban")
    plain.get_by_label("Vào thứ").select_option("Thứ Bảy")
    plain.get_by_role("button", name="Xem các kỳ tới").click()

    expect(plain.locator("#cac-ky")).to_contain_text("Thứ Bảy không phải ngày làm việc")
    plain.get_by_label("Vào thứ").select_option("Thứ Hai")
    plain.get_by_role("button", name="Xem các kỳ tới").click()
    expect(plain.locator("#cac-ky li")).to_have_count(3)
    assert not Series.objects.exists()
    context.close()
