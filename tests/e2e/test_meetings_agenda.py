"""The agenda in a real browser: twenty items in a few actions, order by keys and mouse, outcomes, a phone."""

from __future__ import annotations

import datetime as dt
import re
import time
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from agencies.models import Agency
from meetings.models import AgendaItem, Meeting, MeetingLog, PreparingBody
from tests.e2e.conftest import SignIn
from tests.e2e.sight import fits, large_enough
from tests.office import Office

Axe = Callable[[Page], None]

#: Clicks and commands (Enter, paste, a choice in a list) that a 20-item agenda takes at most; typed
#: letters do not count.
MOST_ACTIONS = 40

PASTED = [
    "1. Báo cáo tình hình kinh tế - xã hội tháng 11; phương hướng, nhiệm vụ tháng 12.",
    "2. Báo cáo tiến độ các dự án trọng điểm.",
    "3. Báo cáo thu, chi ngân sách.",
    "4. Báo cáo công tác giải phóng mặt bằng.",
    "5. Tờ trình điều chỉnh kế hoạch đầu tư công.",
    "6. Tờ trình về giá đất cụ thể.",
    "7. Đề án phát triển cây ăn quả.",
    "8. Đề án bảo tồn di tích.",
    "9. Sơ kết Nghị quyết về chuyển đổi số.",
    "10. Sơ kết phong trào xây dựng nông thôn mới.",
    "11. Báo cáo công tác kiểm tra, giám sát.",
    "12. Báo cáo công tác dân vận.",
    "13. Tổng hợp ý kiến cử tri.",
    "14. Công tác cán bộ.",
    "15. Việc khen thưởng.",
    "16. Những việc giữa hai kỳ họp.",
]


def meeting_of(desk: Office, items: int = 0, **values: object) -> Meeting:
    given = {"title": "Hội nghị Ban Thường vụ", "on": dt.date(2030, 11, 20), "tentative": False, **values}
    meeting = Meeting.objects.create(issuing_body=desk.body, **given)
    for n in range(1, items + 1):
        AgendaItem.objects.create(meeting=meeting, position=n, text=f"Báo cáo số {n}")
    return meeting


def texts(meeting: Meeting) -> list[str]:
    return list(meeting.items.accepted().order_by("position").values_list("text", flat=True))


class Hand:
    """A person at the agenda who counts what the hand does: clicks and commands, not letters."""

    def __init__(self, page: Page, meeting: Meeting) -> None:
        self.page, self.actions = page, 0
        page.goto(f"/hoi-nghi/{meeting.public_id}/")
        self.panel = page.locator("#noi-dung-hop")
        self.field = page.locator("#ag-them")
        self.rows = self.panel.locator("tr.item")

    def click(self, what: Locator, **how: object) -> None:
        self.actions += 1
        what.click(**how)  # type: ignore[arg-type]

    def press(self, key: str) -> None:
        self.actions += 1
        self.page.keyboard.press(key)

    def type(self, words: str) -> None:
        self.page.keyboard.type(words)

    def paste(self, words: str) -> None:
        self.actions += 1
        self.page.keyboard.insert_text(words)

    def tick(self, first: int, last: int) -> None:
        """Items first … last: a click, and one with Shift."""
        self.click(self.box(first))
        if last > first:
            self.click(self.box(last), modifiers=["Shift"])

    def box(self, number: int) -> Locator:
        return self.rows.nth(number - 1).locator(".pick input")

    def body(self, field: str, words: str, name: str) -> None:
        """A body by a part of its name without marks, taken with Enter."""
        self.click(self.page.locator(field))
        self.type(words)
        expect(self.page.locator(".suggest [aria-selected=true] b")).to_have_text(name)
        self.press("Enter")

    def choose(self, field: str, label: str) -> None:
        self.actions += 2
        self.page.locator(field).select_option(label=label)

    def set(self, said: str) -> None:
        """Enter in a field of the bar sets what it says."""
        self.click(self.page.locator("#ag-many button[value=dat]"))
        expect(self.page.locator("#agenda-say")).to_contain_text(said)


@pytest.fixture
def bodies(desk: Office) -> dict[str, Agency]:
    names = ("Phòng Văn hóa - Xã hội", "Ủy ban Kiểm tra Đảng ủy", "Ban Xây dựng Đảng", "Văn phòng Đảng ủy")
    made = {name: Agency.objects.create(kind="party", name=name, short_name=name) for name in names}
    return made | {"Phòng Kinh tế": desk.agency, "UBND xã": desk.other.agency}


def test_an_agenda_of_twenty_items_is_made_in_three_minutes(
    desk: Office, bodies: dict[str, Agency], sign_in: SignIn
) -> None:
    meeting = meeting_of(desk)
    hand = Hand(sign_in(desk.yen), meeting)
    started = time.monotonic()

    hand.click(hand.field)
    hand.paste("\n".join(PASTED))
    hand.press("Enter")
    expect(hand.rows).to_have_count(16)
    for words in (
        "Quy chế làm việc @van phong",
        "Đề án vị trí việc làm @ban xay",
        "Kế hoạch kiểm tra năm sau @uy ban kiem",
        "Chương trình công tác tháng 12 @van phong",
    ):
        hand.type(words)
        expect(hand.page.locator(".suggest [aria-selected=true]")).to_be_visible()
        hand.press("Enter")
        hand.type("10p #quyết định")
        expect(hand.page.locator("[data-read]")).to_contain_text("10 phút")
        hand.press("Enter")
    expect(hand.rows).to_have_count(20)
    expect(hand.field).to_be_focused()

    hand.tick(1, 6)
    hand.body("#ag-chu-tri", "ubnd xa", "UBND xã")
    hand.body("#ag-phoi-hop", "kinh te", "Phòng Kinh tế")
    hand.choose("#ag-muc-dich", "Báo cáo")
    hand.click(hand.page.locator("#ag-phut"))
    hand.type("15")
    hand.set("Đã đặt cho 6 nội dung.")
    hand.tick(7, 10)
    hand.body("#ag-chu-tri", "van hoa", "Phòng Văn hóa - Xã hội")
    hand.choose("#ag-muc-dich", "Cho ý kiến")
    hand.click(hand.page.locator("#ag-phut"))
    hand.type("20")
    hand.set("Đã đặt cho 4 nội dung.")
    hand.tick(11, 16)
    hand.body("#ag-chu-tri", "xay dung", "Ban Xây dựng Đảng")
    hand.choose("#ag-muc-dich", "Báo cáo")
    hand.click(hand.page.locator("#ag-phut"))
    hand.type("5")
    hand.set("Đã đặt cho 6 nội dung.")

    assert hand.actions <= MOST_ACTIONS, hand.actions
    assert time.monotonic() - started < 180
    rows = list(meeting.items.accepted().order_by("position").prefetch_related("preparing"))
    assert [item.position for item in rows] == list(range(1, 21))
    assert [item.text for item in rows[:16]] == [re.sub(r"^\d+\. ", "", line) for line in PASTED]
    assert [item.minutes for item in rows] == [15] * 6 + [20] * 4 + [5] * 6 + [10] * 4
    assert [item.purpose for item in rows] == ["report"] * 6 + ["opinion"] * 4 + ["report"] * 6 + [
        "decide"
    ] * 4
    leads = [next(b.agency for b in item.preparing.all() if b.lead) for item in rows]
    assert leads == [
        *[bodies["UBND xã"]] * 6,
        *[bodies["Phòng Văn hóa - Xã hội"]] * 4,
        *[bodies["Ban Xây dựng Đảng"]] * 6,
        bodies["Văn phòng Đảng ủy"],
        bodies["Ban Xây dựng Đảng"],
        bodies["Ủy ban Kiểm tra Đảng ủy"],
        bodies["Văn phòng Đảng ủy"],
    ]
    with_ = PreparingBody.objects.filter(item__meeting=meeting, lead=False)
    assert {(b.item.position, b.agency) for b in with_} == {(n, bodies["Phòng Kinh tế"]) for n in range(1, 7)}
    assert MeetingLog.objects.filter(action="meeting.agenda_edit").count() == 3
    expect(hand.panel.locator("tr.band").first).to_contain_text("nội dung 1-6)")


def test_items_are_moved_by_keys_and_the_mouse(desk: Office, sign_in: SignIn) -> None:
    meeting = meeting_of(desk, items=5)
    page = sign_in(desk.yen)
    hand = Hand(page, meeting)

    hand.box(3).focus()
    page.keyboard.press("Alt+ArrowUp")
    expect(page.locator("#agenda-say")).to_contain_text("Nội dung 3 chuyển lên thứ 2")
    page.keyboard.press("Alt+ArrowUp")
    expect(page.locator("#agenda-say")).to_contain_text("Nội dung 3 chuyển lên thứ 1")
    expect(page.locator("#agenda-say button")).to_have_text("Hoàn tác")
    assert texts(meeting) == [f"Báo cáo số {n}" for n in (3, 1, 2, 4, 5)]
    expect(hand.box(1)).to_be_focused()
    assert MeetingLog.objects.filter(action="meeting.agenda_order").count() == 1

    page.locator("#agenda-say button").click()
    expect(hand.rows.nth(2).locator(".text")).to_have_text("Báo cáo số 3")
    assert texts(meeting) == [f"Báo cáo số {n}" for n in (1, 2, 3, 4, 5)]

    hand.rows.nth(4).locator(".grip").drag_to(hand.rows.nth(0), target_position={"x": 200, "y": 3})
    expect(page.locator("#agenda-say button")).to_be_visible()
    assert texts(meeting) == [f"Báo cáo số {n}" for n in (5, 1, 2, 3, 4)]

    hand.rows.nth(0).locator("summary").click()
    hand.rows.nth(0).get_by_role("button", name="Chuyển xuống").click()
    expect(hand.rows.nth(0).locator(".text")).to_have_text("Báo cáo số 1")
    assert texts(meeting)[:2] == ["Báo cáo số 1", "Báo cáo số 5"]
    expect(hand.rows.nth(1).locator("summary")).to_be_focused()


def test_words_are_changed_in_place_and_everything_in_a_sheet(
    desk: Office, sign_in: SignIn, axe: Axe
) -> None:
    meeting = meeting_of(desk, items=3)
    page = sign_in(desk.yen)
    hand = Hand(page, meeting)

    hand.box(2).focus()
    page.keyboard.press("e")
    field = hand.rows.nth(1).locator("textarea")
    field.fill("Báo cáo đã sửa")
    page.keyboard.press("Enter")
    expect(hand.rows.nth(1).locator("a.text")).to_have_text("Báo cáo đã sửa")
    expect(hand.rows.nth(1).locator("a.text")).to_be_focused()
    assert texts(meeting)[1] == "Báo cáo đã sửa"

    hand.rows.nth(1).locator("a.text").click()
    field.fill("Bỏ dở")
    page.keyboard.press("Escape")
    expect(hand.rows.nth(1).locator("a.text")).to_have_text("Báo cáo đã sửa")

    hand.rows.nth(0).locator("summary").click()
    hand.rows.nth(0).get_by_role("link", name="Sửa…").click()
    sheet = page.locator("dialog[open]")
    sheet.get_by_label("Phút").fill("nhiều")
    axe(page)
    sheet.get_by_role("button", name="Lưu nội dung").click()
    expect(sheet.get_by_role("alert")).to_contain_text("Số phút phải là số")
    sheet.get_by_label("Phút").fill("25")
    sheet.get_by_label("Chủ trì chuẩn bị").fill("phong kinh")
    expect(page.locator(".suggest [aria-selected=true] b")).to_have_text("Phòng Kinh tế")
    page.keyboard.press("Enter")
    sheet.get_by_role("button", name="Lưu nội dung").click()
    expect(sheet).to_have_count(0)
    expect(hand.rows.nth(0).locator("td.p")).to_contain_text("25")
    item = meeting.items.get(position=1)
    assert (item.minutes, item.preparing.get().agency) == (25, desk.agency)


def test_what_somebody_else_removed_is_said_and_what_one_types_stays(desk: Office, sign_in: SignIn) -> None:
    meeting = meeting_of(desk, items=3)
    page = sign_in(desk.yen)
    hand = Hand(page, meeting)
    hand.field.fill("Đang viết dở")
    AgendaItem.objects.filter(meeting=meeting, position=2).delete()

    hand.tick(1, 3)
    page.locator("#ag-phut").fill("10")
    page.locator("#ag-many button[value=dat]").click()

    expect(page.locator("#agenda-say")).to_contain_text("người khác vừa gỡ")
    expect(hand.rows).to_have_count(2)
    expect(hand.field).to_have_value("Đang viết dở")
    expect(page.locator("#ag-phut")).to_have_value("10")
    assert set(meeting.items.values_list("minutes", flat=True)) == {None}


def test_all_are_ticked_by_keys_and_removed(desk: Office, sign_in: SignIn) -> None:
    meeting = meeting_of(desk, items=4)
    page = sign_in(desk.yen)
    hand = Hand(page, meeting)

    hand.box(1).focus()
    page.keyboard.press("Space")
    page.keyboard.press("Shift+ArrowDown")
    expect(page.locator("[data-picked]")).to_have_text("Đã chọn 2 nội dung")
    page.locator("[data-pick-all]").check()
    expect(page.locator("[data-picked]")).to_have_text("Đã chọn 4 nội dung")
    page.locator("#ag-many summary").click()
    page.get_by_role("button", name="Gỡ các nội dung đã chọn").click()

    expect(hand.rows).to_have_count(0)
    expect(page.locator("#agenda-say")).to_contain_text("Đã gỡ 4 nội dung.")
    assert meeting.items.count() == 0


def test_outcomes_are_given_one_by_one_and_to_all_that_are_left(
    desk: Office, sign_in: SignIn, axe: Axe
) -> None:
    meeting = meeting_of(desk, items=3, state="held", on=dt.date(2026, 11, 2))
    page = sign_in(desk.yen)
    hand = Hand(page, meeting)
    left = page.locator("[data-left]")
    expect(left).to_have_text("còn 3 nội dung chưa có kết quả")
    axe(page)

    hand.rows.nth(1).get_by_role("radio", name="Trả lại để hoàn thiện").check()
    expect(left).to_have_text("còn 2 nội dung chưa có kết quả")
    expect(hand.rows.nth(1).get_by_role("radio", name="Trả lại để hoàn thiện")).to_be_checked()
    expect(hand.rows.nth(1).get_by_role("radio", name="Trả lại để hoàn thiện")).to_be_focused()
    hand.rows.nth(1).get_by_placeholder("Ghi chú").fill("Bổ sung số liệu")
    page.keyboard.press("Tab")
    expect(page.locator("#agenda-say")).to_contain_text("Đã ghi kết quả")
    page.get_by_role("button", name="Thông qua tất cả còn lại").click()

    expect(left).to_have_text("mọi nội dung đã có kết quả")
    rows = meeting.items.order_by("position")
    assert [(i.outcome, i.outcome_note) for i in rows] == [
        ("approved", ""),
        ("returned", "Bổ sung số liệu"),
        ("approved", ""),
    ]


@pytest.mark.parametrize("size", [(1440, 900), (1024, 768), (390, 844)])
def test_the_agenda_is_accessible_and_fits(
    desk: Office, sign_in: SignIn, axe: Axe, size: tuple[int, int]
) -> None:
    meeting = meeting_of(desk, items=4)
    AgendaItem.objects.filter(meeting=meeting).update(minutes=120, purpose="decide")
    AgendaItem.objects.create(meeting=meeting, position=5, text="Đề xuất", state="proposed")
    for item in meeting.items.accepted():
        PreparingBody.objects.create(item=item, agency=desk.agency, name="Phòng Kinh tế")
    page = sign_in(desk.yen)
    page.set_viewport_size({"width": size[0], "height": size[1]})

    hand = Hand(page, meeting)
    axe(page)
    fits(page)
    words = hand.rows.nth(0).locator("td.t").bounding_box()
    assert words
    assert words["width"] >= 200, "chữ của nội dung có đủ chỗ"

    second = hand.rows.nth(1)
    second.locator("summary").click()
    second.get_by_role("button", name="Chuyển lên").click()
    expect(hand.rows.nth(0).locator(".text")).to_have_text("Báo cáo số 2")
    if size[0] < 768:
        large_enough(page, "#noi-dung-hop :is(a.text, button, summary, select, textarea, .hit, .btn)")
        hand.rows.nth(0).locator("a.text").click()
        sheet = page.locator("dialog[open]")
        sheet.get_by_label("Phút").fill("35")
        axe(page)
        sheet.get_by_role("button", name="Lưu nội dung").click()
        expect(hand.rows.nth(0).locator("td.p")).to_contain_text("35 phút")


def test_without_script_the_same_is_done_with_plain_forms(
    desk: Office, browser: object, base_url: str, sign_in: SignIn
) -> None:
    meeting = meeting_of(desk, items=3)
    page = sign_in(desk.yen)
    cookies = page.context.cookies()
    bare = page.context.browser.new_context(java_script_enabled=False, base_url=base_url)  # type: ignore[union-attr]
    bare.add_cookies(cookies)  # type: ignore[arg-type]
    plain = bare.new_page()
    plain.goto(f"/hoi-nghi/{meeting.public_id}/")

    plain.locator("#ag-them").fill("1. Việc mới\n2. Việc nữa @Phòng Kinh tế")
    plain.get_by_role("button", name="Thêm", exact=True).click()
    plain.locator("tr.item .pick input").nth(0).check()
    plain.locator("tr.item .pick input").nth(4).check()
    plain.locator("#ag-phut").fill("20")
    plain.locator("#ag-chu-tri").fill("phong kinh te")
    plain.get_by_role("button", name="Đặt", exact=True).click()
    expect(plain.locator(".toast-line")).to_contain_text("Đã đặt cho 2 nội dung.")
    plain.locator("tr.item summary").nth(1).click()
    plain.get_by_role("button", name="Chuyển lên").first.click()

    assert texts(meeting) == ["Báo cáo số 2", "Báo cáo số 1", "Báo cáo số 3", "Việc mới", "Việc nữa"]
    assert list(meeting.items.order_by("position").values_list("minutes", flat=True)) == [
        None,
        20,
        None,
        None,
        20,
    ]
    bare.close()
