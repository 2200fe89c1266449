"""Pasting from Word: read by the same reader as files, shown first, taken as one step."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Locator, Page, expect

from programmes.models import Programme
from tests.e2e.conftest import SignIn
from tests.e2e.desk import empty, printed
from tests.e2e.writer import Writer
from tests.office import Office

TASK = "Tập trung thu ngân sách."
WORD = "1. Rà soát quy hoạch đất.\n2. Kiểm tra công vụ.\n- Tại các phòng;\n- Tại các thôn.\n3. Sơ kết quý."
PASTE = """([plain, html]) => {
    const data = new DataTransfer();
    data.setData("text/plain", plain);
    if (html) data.setData("text/html", html);
    const how = {clipboardData: data, bubbles: true, cancelable: true};
    document.activeElement.dispatchEvent(new ClipboardEvent("paste", how));
}"""


def paste(writer: Writer, plain: str, html: str = "") -> Locator:
    writer.page.evaluate(PASTE, [plain, html])
    return writer.page.locator(".proposal")


def test_several_lines_are_proposed_with_their_labels_and_taken_as_one_step(
    writer: Writer, programme: Programme, axe: Callable[[Page], None]
) -> None:
    writer.at(TASK)
    panel = paste(writer, WORD)
    expect(panel).to_contain_text("Đoạn dán đọc được thành 5 mục")
    expect(panel.locator("li .no")).to_have_text(["2.", "3.", "-", "-", "4."])
    before = printed(programme)
    assert programme.operations.count() == 0, "nothing changes before it is taken"
    axe(writer.page)
    writer.press("Control+Enter")
    writer.saved()
    assert printed(programme)[1:8] == [
        f" 1. {TASK}",
        " 2. Rà soát quy hoạch đất.",
        " 3. Kiểm tra công vụ.",
        "  - Tại các phòng;",
        "  - Tại các thôn.",
        " 4. Sơ kết quý.",
        " 5. Chuẩn bị đại hội chi bộ.",
    ]
    writer.see_lines(*printed(programme))
    writer.stands_in("Sơ kết quý.")
    writer.press("Control+z")
    writer.see_lines(*before)
    writer.saved()
    assert printed(programme) == before


def test_an_empty_clause_gives_way_to_sections_pasted_into_it(writer: Writer, programme: Programme) -> None:
    writer.at(TASK)
    writer.press("Enter")
    panel = paste(writer, "II. Công tác tổ chức\n1. Chuẩn bị nhân sự.\n2. Rà soát quy hoạch.")
    expect(panel).to_be_visible()
    writer.press("Control+Enter")
    writer.saved()

    assert "II. Công tác tổ chức" in printed(programme)
    assert not [line for line in printed(programme) if line.strip() in ("1.", "2.", "3.")]
    writer.see_lines(*printed(programme))


def test_a_proposal_can_be_dropped_or_pasted_as_one_paragraph(writer: Writer, programme: Programme) -> None:
    writer.at(TASK)
    panel = paste(writer, WORD)
    expect(panel).to_be_visible()
    writer.press("Escape")
    expect(panel).to_be_hidden()
    writer.stands_in(TASK)
    panel = paste(writer, " Dòng một\nDòng hai")
    panel.get_by_role("button", name="Dán thành một đoạn").click()
    writer.saved()
    assert printed(programme)[1] == f" 1. {TASK}Dòng một Dòng hai"


def test_a_single_line_is_an_ordinary_paste(writer: Writer) -> None:
    writer.at(TASK)
    panel = paste(writer, "một dòng\r\n")
    writer.stands_in(f"{TASK}một dòng")
    expect(panel).to_be_hidden()


def test_words_automatic_numbering_is_read_from_its_html(writer: Writer, programme: Programme) -> None:
    """Word leaves automatic numbers out of the plain text; its HTML has them as ignored markup."""
    item = (
        '<p class=MsoListParagraph style="mso-list:l0 level1 lfo1">'
        '<span style="mso-list:Ignore">{0}<span>&nbsp;&nbsp; </span></span>{1}</p>'
    )
    html = "".join(
        item.format(label, text)
        for label, text in (("1.", "Việc thứ nhất."), ("2.", "Việc thứ hai."), ("·", "Chi tiết."))
    )
    writer.at(TASK)
    panel = paste(writer, "Việc thứ nhất.\r\nViệc thứ hai.\r\nChi tiết.\r\n", html)
    expect(panel).to_contain_text("Việc thứ hai.")
    expect(panel.locator("li .no")).to_have_text(["2.", "3.", "-"])
    panel.get_by_role("button", name="Nhận").click()
    writer.saved()
    assert printed(programme)[2:5] == [" 2. Việc thứ nhất.", " 3. Việc thứ hai.", "  - Chi tiết."]


def test_a_whole_programme_pasted_into_a_new_draft_keeps_its_parts(
    desk: Office, sign_in: SignIn, programme: Programme
) -> None:
    programme.delete()
    draft = empty(desk)
    writer = Writer(sign_in(desk.yen)).open(draft)
    text = (
        "I. Nhiệm vụ trọng tâm\n1. Thu ngân sách.\n2. Xây dựng nông thôn mới.\n"
        "II. Hội nghị Ban Thường vụ: Dự kiến ngày 26/11/2026 (thứ Năm)\n"
        "1. Báo cáo kinh tế.\n2. Báo cáo đầu tư.\n"
        "(Phòng Kinh tế chuẩn bị nội dung 1, 2)"
    )
    panel = paste(writer, text)
    expect(panel).to_be_visible()
    writer.press("Control+Enter")
    writer.saved()
    assert printed(draft) == [
        "I. Nhiệm vụ trọng tâm",
        " 1. Thu ngân sách.",
        " 2. Xây dựng nông thôn mới.",
        "II. Hội nghị Ban Thường vụ: Dự kiến ngày 26/11/2026 (thứ Năm)",
        " 1. Báo cáo kinh tế.",
        " 2. Báo cáo đầu tư.",
    ]
    writer.see_lines(*printed(draft))
    expect(writer.notes).to_have_text(["(Phòng Kinh tế chuẩn bị nội dung 1, 2)"])
