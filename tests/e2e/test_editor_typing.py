"""Stories of typing: clauses by keyboard, numbers at once, everything saved by itself."""

from __future__ import annotations

import datetime as dt

import pytest
from playwright.sync_api import Page, Route, expect

from documents import services as documents
from documents.models import Clause
from documents.tree import Tree
from programmes import services
from programmes.models import Programme
from programmes.periods import Period, PeriodType
from tests.e2e.conftest import SignIn
from tests.e2e.writer import Writer
from tests.office import NOW, Office


@pytest.fixture
def programme(desk: Office) -> Programme:
    """A new draft: one empty part."""
    period = Period(2026, PeriodType.MONTH, 11)
    return services.create_programme(issuing_body=desk.body, period=period, actor=desk.yen, now=NOW)


def printed(programme: Programme) -> list[str]:
    """The lines as the rows have them: level, label, text."""
    return [
        " " * line.depth + " ".join(filter(None, (line.label, line.clause.text)))
        for line in Tree.load(programme.pk).lines()
    ]


def test_a_programme_of_five_parts_and_nine_items_is_composed_from_the_keyboard_alone(
    writer: Writer, programme: Programme
) -> None:
    """No mouse, from the open page to the last save: parts, tasks, a meeting, its day, agenda, bodies."""
    writer.stands_in("")
    writer.type("Nhiệm vụ trọng tâm")
    writer.press("Enter", "Tab")
    writer.type("Tập trung thu ngân sách.")
    writer.press("Enter")
    writer.type("Chuẩn bị đại hội chi bộ.")
    writer.press("Enter", "Shift+Tab")
    writer.type("Hội nghị Ban Thường vụ")
    writer.press("Alt+h", "End", "Enter")
    for n in range(1, 10):
        writer.type(f"Báo cáo số {n}.")
        if n < 9:
            writer.press("Enter")
    writer.press("Enter", "Enter")
    for n, name in enumerate(("Công tác kiểm tra", "Công tác dân vận", "Tổ chức thực hiện")):
        if n:
            writer.press("Enter")
        writer.type(name)
    writer.saved()
    items = [f" {n}. Báo cáo số {n}." for n in range(1, 10)]
    wanted = ["I. Nhiệm vụ trọng tâm", " 1. Tập trung thu ngân sách.", " 2. Chuẩn bị đại hội chi bộ."]
    wanted += ["II. Hội nghị Ban Thường vụ", *items]
    wanted += ["III. Công tác kiểm tra", "IV. Công tác dân vận", "V. Tổ chức thực hiện"]
    writer.see_lines(*wanted)
    assert printed(programme) == wanted
    roles = [line.clause.role for line in Tree.load(programme.pk).lines() if line.depth == 0]
    assert roles == ["heading", "meeting", "heading", "heading", "heading"]

    for _ in range(12):
        writer.press("Control+ArrowUp")
    writer.stands_in("Hội nghị Ban Thường vụ")
    writer.press("Alt+1")
    expect(writer.page.locator("#when-none")).to_be_focused()
    writer.press("ArrowRight")
    expect(writer.page.locator("#when-tentative")).to_be_checked()
    writer.press("Tab")
    expect(writer.page.locator("#when-date")).to_be_focused()
    writer.type("31/4")
    writer.press("Tab")
    expect(writer.page.locator("#when-day")).to_have_text("Không có ngày này. Viết như 26/4 hoặc 26/4/2023.")
    writer.page.locator("#when-date").focus()
    writer.press("Control+a")
    writer.type("26/11")
    writer.press("Escape")
    expect(writer.page.locator("textarea.words:focus")).to_have_value(
        "Hội nghị Ban Thường vụ: Dự kiến ngày 26/11/2026 (thứ Năm)"
    )
    writer.press("Control+ArrowDown", "Alt+1")
    expect(writer.page.locator("#pick-lead")).to_be_focused()
    writer.type("kinh te")
    expect(writer.page.locator("#suggest [role=option]").first).to_contain_text("Phòng Kinh tế")
    writer.press("Enter")
    expect(writer.page.locator("#panel-1 .body-chip")).to_contain_text("Phòng Kinh tế")
    writer.saved()
    expect(writer.notes).to_have_text(["(Phòng Kinh tế chuẩn bị)"])
    meeting = Clause.objects.get(document=programme, role="meeting").meeting
    assert meeting.on == dt.date(2026, 11, 26)
    assert meeting.items.count() == 9


def test_enter_cuts_a_clause_at_the_caret_and_backspace_joins_it_again(
    writer: Writer, programme: Programme
) -> None:
    writer.type("Thu ngân sách và chi đầu tư")
    writer.at("Thu ngân sách và chi đầu tư", len("Thu ngân sách"))
    writer.press("Enter")
    writer.see_lines("I. Thu ngân sách", "II. và chi đầu tư")
    writer.stands_in("và chi đầu tư")
    assert writer.caret() == 0
    writer.press("Backspace")
    writer.see_lines("I. Thu ngân sách và chi đầu tư")
    assert writer.caret() == len("Thu ngân sách ")
    writer.saved()
    assert printed(programme) == ["I. Thu ngân sách và chi đầu tư"]


def slowly(route: Route) -> None:
    """Each answer takes its time."""
    answer = route.fetch()
    route.fulfill(response=answer)


def test_typing_goes_on_while_the_clause_is_still_on_its_way(
    writer: Writer, programme: Programme, page: Page
) -> None:
    """Ten clauses typed without waiting for one answer; the server is slow."""

    def slowly(route: Route) -> None:
        page.wait_for_timeout(60)
        route.continue_()

    page.route("**/thao-tac/", slowly)
    for n in range(10):
        writer.type(f"Phần {n}")
        if n < 9:
            writer.press("Enter")
    writer.saved()
    assert printed(programme) == [
        f"{label} Phần {n}"
        for n, label in enumerate(["I.", "II.", "III.", "IV.", "V.", "VI.", "VII.", "VIII.", "IX.", "X."])
    ]


def test_levels_follow_tab_at_the_start_and_alt_arrows_anywhere(writer: Writer) -> None:
    writer.type("Một")
    writer.press("Enter")
    writer.type("Hai")
    writer.press("Tab")
    assert writer.focused() != "Hai", "Tab inside the words leaves the field"
    writer.at("Hai", 1)
    writer.press("Alt+ArrowRight")
    writer.see_lines("I. Một", " 1. Hai")
    writer.stands_in("Hai", 1)
    writer.at("Hai", 0)
    writer.press("Shift+Tab")
    writer.see_lines("I. Một", "II. Hai")
    writer.press("Tab")
    writer.see_lines("I. Một", " 1. Hai")
    writer.press("Tab")
    expect(writer.said()).to_have_text("Mục đầu của một phần không xuống bậc được.")
    writer.press("Escape", "Tab")
    assert writer.focused() != "Hai", "Esc then Tab leaves even at the start"


def test_a_move_takes_everything_under_it_along_and_undo_brings_it_back(
    writer: Writer, programme: Programme
) -> None:
    for text, keys in (
        ("A", ["Enter", "Tab"]),
        ("a một", ["Enter", "Shift+Tab"]),
        ("B", ["Enter", "Tab"]),
        ("b một", []),
    ):
        writer.type(text)
        writer.press(*keys)
    writer.see_lines("I. A", " 1. a một", "II. B", " 1. b một")
    writer.at("B", 1)
    writer.press("Alt+ArrowUp")
    writer.see_lines("I. B", " 1. b một", "II. A", " 1. a một")
    writer.stands_in("B")
    writer.press("Control+z")
    writer.see_lines("I. A", " 1. a một", "II. B", " 1. b một")
    writer.press("Control+y")
    writer.see_lines("I. B", " 1. b một", "II. A", " 1. a một")
    writer.saved()
    assert printed(programme) == ["I. B", " 1. b một", "II. A", " 1. a một"]


def test_undo_inside_unsaved_words_is_the_browsers_own(writer: Writer, programme: Programme) -> None:
    writer.type("Chữ đầu")
    writer.saved()
    writer.type("X")
    writer.press("Control+z")
    assert writer.focused() != "Chữ đầuX"
    writer.saved()
    assert "undo" not in programme.operations.values_list("kind", flat=True)


def test_an_empty_clause_leaves_with_backspace_and_delete_joins_the_next(writer: Writer) -> None:
    writer.type("Một")
    writer.press("Enter", "Backspace")
    writer.see_lines("I. Một")
    writer.stands_in("Một", 3)
    writer.press("Enter")
    writer.type("Hai")
    writer.at("Một")
    writer.press("Delete")
    writer.see_lines("I. Một Hai")
    assert writer.caret() == 4


def test_shift_enter_and_pasted_line_breaks_make_no_second_line(writer: Writer) -> None:
    writer.type("Một")
    writer.press("Shift+Enter")
    writer.type("dòng")
    writer.see_texts(["Mộtdòng"])


def test_arrows_walk_over_the_clauses_in_the_same_column(writer: Writer) -> None:
    writer.type("Phần thứ nhất")
    writer.press("Enter")
    writer.type("Phần thứ hai")
    writer.at("Phần thứ hai", 5)
    writer.press("ArrowUp")
    writer.stands_in("Phần thứ nhất")
    assert 3 <= writer.caret() <= 7
    writer.press("ArrowDown")
    writer.stands_in("Phần thứ hai")


def test_arrows_stay_inside_a_long_clause_until_its_last_line(writer: Writer) -> None:
    long = "Tăng cường công tác tuyên truyền, nắm tình hình, định hướng dư luận xã hội " * 3
    writer.type(long.strip())
    writer.press("Enter")
    writer.type("Sau")
    writer.at(long.strip(), 3)
    writer.press("ArrowDown")
    writer.stands_in(long.strip())
    for _ in range(6):
        writer.press("ArrowDown")
    writer.stands_in("Sau")


def test_vietnamese_is_composed_without_being_saved_or_cut_in_between(
    writer: Writer, programme: Programme, page: Page
) -> None:
    """Telex by the browser's composition; Enter inside it belongs to the input method."""
    client = page.context.new_cdp_session(page)
    for step in ("u", "uỷ", "ủy"):
        client.send(
            "Input.imeSetComposition", {"text": step, "selectionStart": len(step), "selectionEnd": len(step)}
        )
    page.wait_for_timeout(900)
    assert programme.operations.count() == 0, "nothing is saved while the word is being composed"
    page.locator("textarea.words").evaluate(
        "f => f.dispatchEvent(new KeyboardEvent('keydown', {key: 'Enter', bubbles: true, isComposing: true}))"
    )
    assert len(writer.texts()) == 1
    client.send("Input.insertText", {"text": "Ủy"})
    writer.type(" ban nhân dân xã")
    writer.saved()
    assert printed(programme) == ["I. Ủy ban nhân dân xã"]


def test_an_answer_that_arrives_during_composition_leaves_the_field_alone(
    writer: Writer, programme: Programme, page: Page
) -> None:
    client = page.context.new_cdp_session(page)
    held: list[Route] = []
    page.route("**/thao-tac/", lambda route: held.append(route))
    writer.type("Thu ngân sách ")
    page.wait_for_timeout(800)
    for step in ("d", "đ", "đủ"):
        at = {"selectionStart": len(step), "selectionEnd": len(step)}
        client.send("Input.imeSetComposition", {"text": step, **at})
    held.pop(0).continue_()
    page.unroute("**/thao-tac/")
    page.wait_for_timeout(500)
    client.send("Input.insertText", {"text": "đủ"})
    writer.type(" và đúng")
    writer.saved()
    assert printed(programme) == ["I. Thu ngân sách đủ và đúng"]


def test_keys_have_a_table_and_findings_are_walked_with_f8(writer: Writer, page: Page) -> None:
    writer.type("Một")
    writer.press("Enter", "Control+ArrowUp", "Control+/")
    expect(page.get_by_role("dialog", name="Bảng phím")).to_be_visible()
    writer.press("Escape")
    expect(page.locator("#keys-dialog")).to_be_hidden()
    writer.stands_in("Một")
    writer.press("F8")
    writer.stands_in("")


def test_label_styles_and_the_first_number_change_the_whole_row(
    writer: Writer, programme: Programme, page: Page
) -> None:
    for n, text in enumerate(("A", "B", "C")):
        if n:
            writer.press("Enter")
        writer.type(text)
    writer.press("Alt+1")
    page.get_by_label("Kiểu đánh số").select_option("A.")
    writer.see_lines("A. A", "B. B", "C. C")
    page.get_by_label("Bắt đầu từ số").fill("7")
    writer.press("Enter", "Escape")
    writer.see_lines("A. A", "B. B", "G. C")
    writer.saved()
    assert printed(programme) == ["A. A", "B. B", "G. C"]


def test_the_at_sign_names_a_body_in_the_text(writer: Writer, page: Page) -> None:
    writer.type("Giao @nong")
    expect(page.locator("#suggest [role=option]")).to_contain_text("Hội Nông dân xã")
    writer.press("Enter")
    writer.type(" chuẩn bị")
    writer.see_texts(["Giao Hội Nông dân xã chuẩn bị"])


def test_documents_of_other_people_are_read_only(programme: Programme, desk: Office, sign_in: SignIn) -> None:
    documents.fill(programme, [{"parent": None, "text": "Phần xem", "style": "I.", "role": "heading"}])
    writer = Writer(sign_in(desk.son)).open(programme)
    expect(writer.state()).to_contain_text("Chỉ xem")
    writer.at("Phần xem")
    writer.press("X")
    writer.press("Enter", "Alt+Shift+ArrowUp", "Tab")
    expect(writer.page.get_by_label("Kiểu đánh số")).to_be_disabled()
    expect(writer.page.get_by_role("link", name="Sửa phần đầu văn bản")).to_have_count(0)
    writer.see_texts(["", "Phần xem"])


def test_a_day_is_put_right_when_the_heading_is_left_not_under_the_hand(
    writer: Writer, programme: Programme
) -> None:
    writer.type("Họp")
    writer.press("Alt+h")
    writer.type(": ngày 5/11")
    writer.saved()
    writer.stands_in("Họp: ngày 5/11")
    writer.type("/2026")
    writer.saved()
    writer.press("Enter")
    writer.see_lines("I. Họp: ngày 05/11/2026", " 1.")
    writer.saved()
    assert printed(programme)[0] == "I. Họp: ngày 05/11/2026"
