"""Around the sheet: outline, inspector, schedule, drawer, preview, narrow screens, access for everybody."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from meetings.models import Meeting
from programmes.models import Programme
from tests.e2e.conftest import SignIn
from tests.e2e.desk import printed
from tests.e2e.sight import fits
from tests.e2e.writer import Writer
from tests.office import Office

TASK = "Tập trung thu ngân sách."
MEETING = "Hội nghị Ban Thường vụ: Dự kiến ngày 26/11/2026 (thứ Năm)"
ITEMS = ["Báo cáo kinh tế - xã hội.", "Báo cáo đầu tư công.", "Công tác cán bộ."]


def test_bodies_of_an_item_are_chosen_in_the_inspector_and_the_note_follows(
    writer: Writer, programme: Programme, page: Page
) -> None:
    expect(writer.notes).to_have_text(["(Phòng Kinh tế chuẩn bị nội dung 1, 2)"])
    writer.at(ITEMS[2])
    writer.press("Alt+1")
    writer.type("phong kinh")
    page.get_by_role("option", name="Phòng Kinh tế").click()
    expect(page.locator("#lines .auto-line button")).to_have_text("(Phòng Kinh tế chuẩn bị nội dung 1-3)")
    page.get_by_label("Phối hợp").fill("Tổ công tác 06")
    expect(page.get_by_role("option", name="Tổ công tác 06")).to_contain_text("không có trong danh mục")
    writer.press("Enter")
    writer.saved()
    bodies = programme.clauses.get(text=ITEMS[2]).bodies
    assert [(b["name"], b["lead"], b["agency"] is None) for b in bodies] == [
        ("Phòng Kinh tế", True, False),
        ("Tổ công tác 06", False, True),
    ]
    page.get_by_role("button", name="Bỏ Tổ công tác 06").click()
    writer.saved()
    assert len(programme.clauses.get(text=ITEMS[2]).bodies) == 1


def test_the_derived_line_leads_to_the_assignment(writer: Writer, page: Page) -> None:
    page.get_by_role("button", name="(Phòng Kinh tế chuẩn bị nội dung 1, 2)").click()
    expect(page.locator("#pick-lead")).to_be_focused()
    expect(page.locator("#panel-1")).to_contain_text("Mục II.2")


def test_several_items_get_their_bodies_at_once(writer: Writer, programme: Programme, page: Page) -> None:
    page.get_by_role("treeitem", name=ITEMS[0]).click()
    page.get_by_role("treeitem", name=ITEMS[1]).click(modifiers=["Control"])
    page.get_by_role("treeitem", name=ITEMS[2]).focus()
    writer.press("Space")
    expect(page.locator("#panel-1")).to_contain_text("Đã chọn 3 mục")
    page.get_by_label("Cơ quan chuẩn bị (chủ trì)").fill("nong dan")
    page.get_by_role("option", name="Hội Nông dân xã").click()
    expect(page.locator("#lines .auto-line button")).to_have_text("(Hội Nông dân xã chuẩn bị nội dung 1-3)")
    writer.saved()
    assert programme.operations.filter(kind="bodies").count() == 1


def test_a_meeting_moves_in_its_panel_and_the_words_follow(
    writer: Writer, programme: Programme, page: Page
) -> None:
    writer.at(MEETING)
    day = page.get_by_label("Ngày họp")
    expect(day).to_have_value("26/11/2026")
    expect(page.locator("#when-day")).to_have_text("thứ Năm")
    day.fill("2/12")
    writer.press("Tab")
    expect(page.locator("#when-day")).to_contain_text("Ngoài kỳ Tháng 11/2026")
    page.get_by_label("Buổi", exact=True).select_option("morning")
    page.get_by_label("Giờ").fill("07:30")
    writer.press("Tab")
    page.get_by_text("Chính thức").click()
    writer.saved()
    meeting = Meeting.objects.get(section__document=programme)
    assert (str(meeting.on), meeting.tentative, meeting.part_of_day, str(meeting.starts_at)) == (
        "2026-12-02",
        False,
        "morning",
        "07:30:00",
    )
    expect(page.locator("#lines textarea").nth(3)).to_have_value(printed(programme)[3].removeprefix("II. "))
    page.get_by_text("Hằng tuần", exact=True).click()
    page.get_by_label("Hằng tuần vào").select_option("0")
    writer.saved()
    assert Meeting.objects.get(section__document=programme).weekly_on == 0
    assert "thứ Hai hằng tuần" in printed(programme)[3]


def test_a_clause_becomes_a_meeting_by_button_and_by_key(
    writer: Writer, programme: Programme, page: Page
) -> None:
    writer.at("Nhiệm vụ trọng tâm")
    button = page.get_by_role("button", name="Là hội nghị")
    expect(button).to_have_attribute("aria-pressed", "false")
    button.click()
    expect(button).to_have_attribute("aria-pressed", "true")
    expect(page.get_by_role("group", name="Lịch họp")).to_be_visible()
    writer.saved()
    assert Meeting.objects.filter(section__document=programme).count() == 2
    writer.at("Nhiệm vụ trọng tâm")
    writer.press("Alt+h")
    writer.saved()
    assert Meeting.objects.filter(section__document=programme).count() == 1


def test_the_outline_folds_filters_and_moves_by_keyboard(
    writer: Writer, programme: Programme, page: Page
) -> None:
    tree = page.get_by_role("tree")
    first = tree.get_by_role("treeitem", name="Nhiệm vụ trọng tâm")
    first.focus()
    writer.press("ArrowLeft")
    expect(first).to_have_attribute("aria-expanded", "false")
    expect(tree.get_by_role("treeitem")).to_have_count(5)
    writer.press("Alt+Shift+ArrowDown")
    writer.saved()
    assert printed(programme)[0] == f"I. {MEETING}"
    expect(first).to_be_focused()
    page.get_by_role("button", name="Xem 1 mục thiếu").click()
    expect(tree.get_by_role("treeitem")).to_have_count(2)
    page.get_by_role("button", name="Xem tất cả").click()
    expect(tree.get_by_role("treeitem")).to_have_count(5)
    writer.press("Alt+0", "Home", "Enter")
    writer.stands_in(MEETING)


def test_a_clause_is_dragged_by_its_grip(writer: Writer, programme: Programme, page: Page) -> None:
    rows = page.locator("#lines .line")
    rows.nth(6).hover()
    rows.nth(6).locator(".grip").drag_to(rows.nth(1), target_position={"x": 200, "y": 3})
    writer.saved()
    assert printed(programme)[1] == f" 1. {ITEMS[2]}"
    writer.see_lines(*printed(programme))


def test_everything_keys_do_is_in_the_menu_of_a_clause(
    writer: Writer, programme: Programme, page: Page
) -> None:
    writer.at(TASK)
    page.locator("#row-menu-button").click()
    menu = page.get_by_role("menu", name="Lệnh của mục")
    expect(menu.get_by_role("menuitemradio", name="1. 2. 3.")).to_have_attribute("aria-checked", "true")
    menu.get_by_role("menuitem", name="Dời xuống").click()
    writer.saved()
    assert printed(programme)[2] == f" 2. {TASK}"
    writer.stands_in(TASK)
    page.locator("#row-menu-button").click()
    menu.get_by_role("menuitemradio", name="a) b) c)").click()
    writer.saved()
    assert printed(programme)[2] == f" b) {TASK}"
    page.locator("#row-menu-button").click()
    writer.press("Escape")
    expect(menu).to_be_hidden()
    writer.stands_in(TASK)


def test_findings_are_cards_that_lead_to_their_clause(writer: Writer, page: Page) -> None:
    page.get_by_role("tab", name="Soát lỗi").click()
    cards = page.locator("#panel-2 article").filter(has_text="chưa có cơ quan chuẩn bị")
    expect(cards).to_have_count(1)
    cards.get_by_role("button", name="Mục II.3").click()
    writer.stands_in(ITEMS[2])
    writer.at(TASK, 0)
    writer.press("F8")
    writer.stands_in(ITEMS[2])


def test_the_history_tab_says_what_happened(writer: Writer, page: Page) -> None:
    writer.at(TASK)
    writer.type(" Sửa.")
    writer.saved()
    writer.press("Alt+3")
    expect(page.locator("#panel-3")).to_contain_text("Nguyễn Thị Hải Yến")


def test_the_first_and_last_parts_are_edited_in_a_drawer(
    writer: Writer, programme: Programme, page: Page
) -> None:
    writer.at(TASK)
    drawer = page.get_by_role("dialog", name="Phần đầu, nơi nhận, người ký")
    page.get_by_role("link", name="Phần đầu văn bản", exact=True).click()
    expect(drawer.locator("[name=subject]")).to_be_focused()
    writer.press("Escape")
    expect(drawer).to_be_hidden()
    page.get_by_role("link", name="Nơi nhận, người ký").first.click()
    drawer = page.get_by_role("dialog", name="Phần đầu, nơi nhận, người ký")
    expect(drawer).to_be_visible()
    drawer.locator("[name=signing_name]").fill("Vi Văn Chung")
    drawer.get_by_role("button", name="Lưu", exact=True).click()
    expect(drawer).to_be_hidden()
    expect(page.locator(".vb-end .sign")).to_contain_text("Vi Văn Chung")
    programme.refresh_from_db()
    assert programme.signing_name == "Vi Văn Chung"
    writer.at(TASK)
    writer.type(" Vẫn viết tiếp được.")
    writer.saved()
    assert printed(programme)[1] == f" 1. {TASK} Vẫn viết tiếp được."


def test_the_real_pdf_stands_beside_the_text_and_follows_it(
    writer: Writer, programme: Programme, page: Page
) -> None:
    writer.at(ITEMS[1])
    writer.press("Alt+p")
    pane = page.get_by_role("region", name="Bản in", exact=True)
    expect(pane).to_contain_text("7/7 mục có trong PDF")
    expect(pane.locator("img").first).to_have_js_property("naturalWidth", 910)
    expect(pane.locator(".sync:visible")).to_have_count(1)
    before = pane.locator("img").first.get_attribute("src")
    writer.type(" Thêm chữ để in lại.")
    expect(pane.locator("img").first).not_to_have_attribute("src", before or "", timeout=15_000)
    writer.stands_in(f"{ITEMS[1]} Thêm chữ để in lại.")
    pane.get_by_role("button", name="Phóng to").click()
    writer.press("Alt+p")
    expect(pane).to_be_hidden()


@pytest.mark.parametrize(("width", "height"), [(1440, 900), (1024, 768), (390, 844)])
def test_the_editor_has_no_accessibility_violation(
    writer: Writer, page: Page, axe: Callable[[Page], None], width: int, height: int
) -> None:
    page.set_viewport_size({"width": width, "height": height})
    writer.at(ITEMS[2])
    axe(page)
    if width < 768:
        return
    writer.press("Alt+1")
    writer.type("phong")
    expect(page.get_by_role("listbox")).to_be_visible()
    axe(page)
    writer.press("Escape", "Escape", "Alt+2")
    axe(page)
    page.locator("textarea.words").first.focus()
    writer.press("Alt+p")
    expect(page.get_by_role("region", name="Bản in", exact=True)).to_contain_text("7/7")
    axe(page)
    writer.press("Control+/")
    axe(page)


def test_at_1024_the_outline_is_a_rail_and_the_inspector_a_drawer(writer: Writer, page: Page) -> None:
    page.set_viewport_size({"width": 1024, "height": 768})
    rail = page.get_by_role("navigation", name="Mục lục thu gọn")
    expect(rail).to_be_visible()
    expect(page.locator("#inspector")).to_be_hidden()
    writer.at(TASK)
    writer.press("Alt+i")
    expect(page.locator("#inspector")).to_be_visible()
    writer.press("Escape")
    expect(page.locator("#inspector")).to_be_hidden()
    writer.stands_in(TASK)
    rail.get_by_role("button", name="Đến phần II.").click()
    writer.stands_in(MEETING)
    rail.get_by_role("button", name="Mở mục lục").click()
    expect(page.get_by_role("tree")).to_be_visible()


def test_a_phone_reads_and_corrects_single_clauses(writer: Writer, programme: Programme, page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    expect(page.get_by_text("Màn hình nhỏ: đọc và sửa chữ từng mục.")).to_be_visible()
    fits(page)
    writer.at(TASK)
    writer.type(" Sửa trên điện thoại.")
    writer.saved()
    assert printed(programme)[1] == f" 1. {TASK} Sửa trên điện thoại."
    writer.press("Enter")
    assert len(writer.texts()) == 7, "structure is changed on a computer"


def test_without_script_the_sheet_can_be_read(
    programme: Programme, desk: Office, page: Page, sign_in: SignIn
) -> None:
    sign_in(desk.yen)
    page.route("**/static/js/**", lambda route: route.abort())
    page.goto(f"/chuong-trinh/{programme.public_id}/soan/")
    expect(page.locator("#lines")).to_contain_text("1. Báo cáo kinh tế - xã hội.")
    expect(page.locator("#lines")).to_contain_text("(Phòng Kinh tế chuẩn bị nội dung 1, 2)")


def test_a_part_is_dragged_in_the_outline_with_everything_under_it(
    writer: Writer, programme: Programme, page: Page
) -> None:
    tree = page.get_by_role("tree")
    meeting = tree.get_by_role("treeitem", name="Hội nghị Ban Thường vụ")
    meeting.drag_to(
        tree.get_by_role("treeitem", name="Nhiệm vụ trọng tâm"), target_position={"x": 90, "y": 3}
    )
    writer.saved()
    assert printed(programme)[:4] == [f"I. {MEETING}", *(f" {n}. {text}" for n, text in enumerate(ITEMS, 1))]
    writer.see_lines(*printed(programme))


def test_a_wrong_weekday_is_marked_and_mended_on_one_press(
    writer: Writer, programme: Programme, page: Page
) -> None:
    writer.at(TASK)
    writer.type(" Hạn ngày 26/11/2026 (thứ Hai).")
    writer.saved()
    writer.press("Alt+2")
    card = page.get_by_role("article", name="Cần xem ở mục I.1")
    expect(card.locator("del")).to_contain_text("Hai")
    expect(card.locator("ins")).to_contain_text("Năm")
    card.get_by_role("button", name="Sửa theo đề xuất").click()
    writer.saved()
    assert printed(programme)[1] == f" 1. {TASK} Hạn ngày 26/11/2026 (thứ Năm)."
    expect(card).to_be_hidden()


def test_every_sentence_of_the_editor_can_be_read_in_both_languages(
    writer: Writer, programme: Programme, page: Page, base_url: str
) -> None:
    read = "JSON.parse(document.getElementById('editor-texts').textContent)"
    vietnamese = page.evaluate(read)
    page.context.add_cookies([{"name": "django_language", "value": "en", "url": base_url}])
    writer.open(programme)
    english = page.evaluate(read)
    assert english.keys() == vietnamese.keys()
    assert [name for name, words in english.items() if "&" in words or not words] == []
    same = {name for name in english if english[name] == vietnamese[name]}
    assert same <= {"dateHint", "saved"}, same
    expect(page.locator("#saved-words")).to_have_text(english["savedNone"])
