"""Where things stand on the printed page, in millimetres, against the rules of each regime."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest

from paper.printing import fonts, html, pdf
from paper.value import Appendix, Clause, Paper, Recipient, Role, Signature, Table
from tests.paper.printing.conftest import SENTENCE, text
from tests.paper.printing.page import Line, find, pages


@pytest.fixture
def party_pages(party: Paper) -> list[list[Line]]:
    return pages(pdf.render(party))


@pytest.fixture
def state_pages(state: Paper) -> list[list[Line]]:
    return pages(pdf.render(state))


def test_the_text_keeps_the_margins(party_pages: list[list[Line]], state_pages: list[list[Line]]) -> None:
    for page in (*party_pages, *state_pages):
        body = [line for line in page if not line.text.isdigit()]
        assert min(line.left for line in body) == pytest.approx(30, abs=0.2)
        assert max(line.right for line in body) <= 195.3
        assert min(line.top for line in body) >= 19.8
        assert max(line.bottom for line in body) <= 277.2


def test_page_numbers_stand_centred_ten_millimetres_from_the_edge_from_page_two(
    party_pages: list[list[Line]], state_pages: list[list[Line]]
) -> None:
    for printed in (party_pages, state_pages):
        assert not [line for line in printed[0] if line.text.isdigit()]
        for n, page in enumerate(printed[1:], 2):
            number = page[0]
            assert number.text == str(n)
            assert number.top == pytest.approx(10, abs=0.3)
            assert number.middle == pytest.approx((30 + 195) / 2, abs=0.3)


def test_the_letterhead_has_two_columns_and_number_and_date_share_a_row(
    party_pages: list[list[Line]], state_pages: list[list[Line]]
) -> None:
    for printed, issuer, title in (
        (party_pages, "HUYỆN ỦY", "ĐẢNG CỘNG SẢN VIỆT NAM"),
        (state_pages, "ỦY BAN", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
    ):
        left, right = find(printed[0], issuer), find(printed[0], title)
        number, date = find(printed[0], "Số"), find(printed[0], "Sơn Động, ngày")
        assert left.right < right.left
        assert abs(number.bottom - date.bottom) < 0.6
        assert number.top > left.bottom - 0.5


def test_the_national_title_is_one_line(state_pages: list[list[Line]]) -> None:
    title = find(state_pages[0], "CỘNG HÒA")
    assert title.text == "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
    assert title.right - title.left == pytest.approx(95.1, abs=0.7)
    assert find(state_pages[0], "Độc lập").middle == pytest.approx(title.middle, abs=0.3)


def test_a_long_place_keeps_its_date_on_one_line_inside_the_page(party: Paper) -> None:
    printed = pages(pdf.render(replace(party, place="Thành phố Hồ Chí Minh")))
    line = find(printed[0], "Thành phố Hồ Chí Minh")
    assert line.text.endswith("năm 2023")
    assert line.right <= 195.3


def test_long_issuer_names_break_into_lines_of_about_one_length(party: Paper) -> None:
    name = "BAN CHỈ ĐẠO PHÒNG, CHỐNG THAM NHŨNG, LÃNG PHÍ, TIÊU CỰC TỈNH"
    printed = pages(pdf.render(replace(party, issuer=(name,))))
    first, second = (
        find(printed[0], "BAN CHỈ ĐẠO"),
        next(line for line in printed[0] if line.text.endswith("CỰC TỈNH")),
    )
    assert first.right <= 111
    assert abs((first.right - first.left) - (second.right - second.left)) < 25


@pytest.mark.parametrize(("regime", "indent", "line"), [("party", 10, 19), ("state", 12.7, 16.8)])
def test_paragraphs_are_indented_justified_and_set_in_exact_lines(
    request: pytest.FixtureRequest, regime: str, indent: float, line: float
) -> None:
    page = pages(pdf.render(request.getfixturevalue(regime)))[0]
    at = page.index(find(page, "1. Tập trung"))
    first, second, third = page[at : at + 3]
    assert first.left == pytest.approx(30 + indent, abs=0.2)
    assert (second.left, second.right) == pytest.approx((30, 195), abs=0.3)
    assert (third.top - second.top) * 72 / 25.4 == pytest.approx(line, abs=0.1)


def test_recipients_stand_beside_the_signature(party_pages: list[list[Line]]) -> None:
    page = party_pages[-1]
    recipients, authority = find(page, "Nơi nhận:"), find(page, "T/L BAN THƯỜNG VỤ")
    assert abs(recipients.bottom - authority.bottom) < 1
    assert recipients.left == pytest.approx(30, abs=0.2)
    assert authority.left > 115
    assert find(page, "Đỗ Văn Ước").middle == pytest.approx(authority.middle, abs=0.3)
    assert find(page, "Đỗ Văn Ước").top - find(page, "CHÁNH VĂN PHÒNG").bottom > 20


def test_the_purpose_stands_beside_the_middle_of_its_lines(party_pages: list[list[Line]]) -> None:
    page = party_pages[-1]
    why = find(page, "(báo cáo)")
    first, second = find(page, "- Thường trực Tỉnh ủy"), find(page, "- Văn phòng Tỉnh ủy")
    assert (why.top + why.bottom) / 2 == pytest.approx((first.top + second.bottom) / 2, abs=0.5)
    assert why.left > max(first.right, second.right)
    assert find(page, "- Các đồng chí").text.endswith("(để biết),")


@pytest.mark.parametrize("clauses", range(5, 17, 2))
def test_the_signature_never_has_a_page_of_its_own(party: Paper, clauses: int) -> None:
    printed = pages(pdf.render(replace(party, body=text(clauses, 2))))
    last = printed[-1]
    first = next(line for line in last if not line.text.isdigit())
    assert first.text != "Nơi nhận:"
    assert find(last, "T/L BAN THƯỜNG VỤ").top > first.bottom


@pytest.mark.parametrize("clauses", range(6, 16, 3))
def test_a_heading_never_ends_a_page(party: Paper, clauses: int) -> None:
    for page in pages(pdf.render(replace(party, body=text(clauses, 3))))[:-1]:
        assert not page[-1].text.startswith(("I. Nhiệm vụ", "II. Các hội nghị"))


def test_more_recipients_than_a_page_holds_are_all_printed(party: Paper) -> None:
    many = tuple(Recipient(f"Chi bộ thôn {n}") for n in range(120))
    words = [line.text for page in pages(pdf.render(replace(party, recipients=many))) for line in page]
    assert [w for w in words if w.startswith("- Chi bộ thôn")] == [
        f"- Chi bộ thôn {n}{',' if n < 119 else '.'}" for n in range(120)
    ]


def test_notes_stand_at_the_right_in_italics(party: Paper) -> None:
    body = (Clause("Báo cáo tình hình.", "1."), Clause("(UBND huyện chuẩn bị nội dung 1)", role=Role.NOTE))
    note = find(pages(pdf.render(replace(party, body=body)))[0], "(UBND huyện")
    assert note.right == pytest.approx(195, abs=0.3)
    upright = fonts.width(note.text.removesuffix("./."), 14)
    assert (note.right - note.left) * 72 / 25.4 != pytest.approx(upright, abs=1)


def test_an_appendix_counts_its_own_pages(party: Paper) -> None:
    appendix = Appendix("DANH MỤC", text(14, 4), "Phụ lục I")
    printed = pages(pdf.render(replace(party, body=text(2, 1), appendices=(appendix,))))
    assert len(printed) >= 3
    assert [page[0].text for page in printed[1:3]] == ["Phụ lục I", "2"]


def test_a_table_repeats_its_header_on_every_page(party: Paper) -> None:
    rows = (("TT", "Nội dung"), *((str(n), SENTENCE) for n in range(60)))
    body = (Clause("Danh mục nhiệm vụ:", "1.", table=Table(rows)),)
    printed = pages(pdf.render(replace(party, body=body)))
    assert len(printed) > 3
    assert all(any("Nội dung" in line.text for line in page) for page in printed[:3])


def test_footnotes_stand_after_the_signature(party: Paper) -> None:
    note = Clause("Theo Quyết định số 552-QĐ/TU.", "[1]")
    printed = pages(
        pdf.render(replace(party, body=(*text(2, 1), note), signature=Signature((), "BÍ THƯ", "Đỗ Văn Ước")))
    )
    assert find(printed[-1], "[1] Theo").top > find(printed[-1], "Đỗ Văn Ước").bottom


def test_layout_tells_where_each_clause_stands(party: Paper) -> None:
    party = replace(party, body=text(6, 12))
    data, places = pdf.layout(party)
    printed = pages(data)
    paths = [path for path, _ in party.clauses()]
    assert sorted(places) == sorted(paths)
    first = places[(0, 0)][0]
    line = find(printed[0], "1. Tập trung")
    assert first.page == 1
    assert first.top <= line.top <= line.bottom <= first.bottom
    parted = [boxes for boxes in places.values() if len(boxes) > 1]
    assert parted
    assert all(a.page + 1 == b.page for boxes in parted for a, b in pairwise(boxes))


def test_legal_bases_are_italic_in_state_papers_only(party: Paper, state: Paper) -> None:
    basis = Clause("Căn cứ Nghị quyết số 35-NQ/HU của Huyện ủy;")
    last = Clause("Căn cứ Quy chế làm việc của Ủy ban nhân dân huyện.")
    closing = Clause("Căn cứ chương trình này, các cơ quan thực hiện.")
    for paper, italic in ((party, False), (state, True)):
        page = html.html(replace(paper, body=(basis, last, *text(2, 1), closing)))
        assert page.count('basis">Căn cứ') == 2
        assert ("basis { font-size: 14pt; font-weight: normal; font-style: italic" in page) is italic


def test_urgency_is_framed_under_the_number(state: Paper) -> None:
    printed = pages(pdf.render(replace(state, urgency="KHẨN")))[0]
    mark, number = find(printed, "KHẨN"), find(printed, "Số:")
    assert mark.top > number.bottom
    assert mark.middle == pytest.approx((30 + 96) / 2, abs=1)
    assert "width: 20mm" in html.html(replace(state, urgency="KHẨN"))


def test_the_end_mark_stands_below_a_closing_table_and_the_table_by_its_title(party: Paper) -> None:
    table = Table((("TT", "Nội dung", "Thời gian"), ("1", SENTENCE, "Tháng 3")))
    for clauses in range(7, 13):
        paper = replace(party, body=(*text(clauses, 2), Clause("Bảng kê:", table=table)))
        for page in pages(pdf.render(paper)):
            if any(line.text.startswith("TT") for line in page):
                assert find(page, "Bảng kê:").bottom < find(page, "TT").top
                assert find(page, "./.").top > find(page, "TT").bottom
