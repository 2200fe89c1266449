"""The Word file: styles, automatic numbering, page field, measures; and that Word's rival opens it."""

from __future__ import annotations

import io
import shutil
import subprocess
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx.oxml.ns import qn
from docx.shared import Pt

from paper.labels import LabelStyle, label
from paper.printing import agreement, docx
from paper.printing.word_styles import Part
from paper.value import Appendix, Clause, Paper, Recipient


def opened(paper: Paper) -> Any:
    return Document(io.BytesIO(docx.render(paper)))


def test_each_part_has_a_style_of_its_own(party: Paper) -> None:
    document = opened(replace(party, urgency="KHẨN", addressees=("Ban Thường vụ",)))
    cells = [p for t in document.tables for row in t.rows for c in row.cells for p in c.paragraphs]
    by_style = {p.style.name: p.text for p in (*document.paragraphs, *cells) if p.text}
    assert by_style[Part.SUPERIOR] == "ĐẢNG BỘ TỈNH BẮC GIANG"
    assert by_style[Part.NUMBER] == "Số 07-CTr/HU"
    assert by_style[Part.DATE] == "Sơn Động, ngày 03 tháng 02 năm 2023"
    assert by_style[Part.URGENCY] == "KHẨN"
    assert by_style[Part.TO] == "Kính gửi: Ban Thường vụ"
    assert by_style[Part.SIGNER] == "Đỗ Văn Ước"
    assert by_style["VB Đề mục 1"] == "Các hội nghị"


def test_labels_are_numbering_not_text(party: Paper) -> None:
    document = opened(party)
    items = [p for p in document.paragraphs if p.style.name in (Part.TEXT, "VB Đề mục 1")]
    assert len(items) == 14
    assert all(p._p.pPr.numPr is not None for p in items)
    assert not [p for p in items if p.text.startswith(("1.", "I."))]


def test_siblings_share_a_list_and_each_parent_starts_a_new_one(party: Paper) -> None:
    document = opened(party)
    lists = [p._p.pPr.numPr.numId.val for p in document.paragraphs if p.style.name == Part.TEXT]
    assert len(set(lists[:6])) == len(set(lists[6:])) == 1
    assert lists[0] != lists[6]


def test_nested_numbers_are_a_second_level_of_their_parents_list(party: Paper) -> None:
    body = (
        Clause("Một.", "1.", (Clause("Một một.", "1.1."), Clause("Một hai.", "1.2."))),
        Clause("Hai.", "2.", (Clause("Hai một.", "2.1."),)),
    )
    document = opened(replace(party, body=body))
    numbers = [p._p.pPr.numPr for p in document.paragraphs if p.style.name == Part.TEXT]
    assert [n.ilvl.val for n in numbers] == [0, 1, 1, 0, 1]
    assert len({n.numId.val for n in numbers}) == 1


def test_letters_follow_the_vietnamese_alphabet(party: Paper) -> None:
    names = [label(LabelStyle.ALPHA, n) for n in range(1, 10)]
    paper = replace(party, body=tuple(Clause(f"Điểm {name}", name) for name in names))
    data = docx.render(paper)
    shown = [_shown(data, i) for i in range(len(names))]
    assert shown == ["a)", "b)", "c)", "d)", "đ)", "e)", "g)", "h)", "i)"]


def _shown(data: bytes, index: int) -> str:
    """The label Word shows for the index-th numbered paragraph, by the definitions in the file."""
    document = Document(io.BytesIO(data))
    numbering: Any = document.part.numbering_part.element
    items: list[Any] = [p for p in document.paragraphs if p.style is not None and p.style.name == Part.TEXT]
    counters: dict[int, int] = {}
    for i, paragraph in enumerate(items):
        num = paragraph._p.pPr.numPr.numId.val
        entry = next(n for n in numbering.findall(qn("w:num")) if n.numId == num)
        abstract = next(
            a
            for a in numbering.findall(qn("w:abstractNum"))
            if a.get(qn("w:abstractNumId")) == str(entry.abstractNumId.val)
        )
        level = abstract.find(qn("w:lvl"))
        form, text = (level.find(qn(f"w:{n}")).get(qn("w:val")) for n in ("numFmt", "lvlText"))
        start = entry.find(f".//{qn('w:startOverride')}")
        first = int(start.get(qn("w:val"))) if start is not None else 1
        counters[num] = counters[num] + 1 if num in counters else first
        if i == index:
            return str(text).replace("%1", chr(96 + counters[num])) if form == "lowerLetter" else str(text)
    raise AssertionError(index)


def test_page_measures_come_from_the_form(party: Paper) -> None:
    document = opened(party)
    section = document.sections[0]
    sides = (section.top_margin, section.right_margin, section.bottom_margin, section.left_margin)
    assert [round(side.mm) for side in sides] == [20, 15, 20, 30]
    assert section.header_distance.mm == pytest.approx(10, abs=0.1)
    text = document.styles[Part.TEXT]
    assert text.font.size == Pt(14)
    assert text.font.name == "Times New Roman"
    assert text.paragraph_format.line_spacing == Pt(19)
    assert document.styles[Part.POSITION].font.bold is False
    assert document.styles[Part.AUTHORITY].font.bold is True


def test_the_page_number_is_a_field_and_not_on_page_one(party: Paper) -> None:
    section = opened(party).sections[0]
    assert section.different_first_page_header_footer
    assert section.header._element.find(f".//{qn('w:fldSimple')}").get(qn("w:instr")).strip() == "PAGE"
    assert not "".join(p.text for p in section.first_page_header.paragraphs)


def test_an_appendix_starts_a_section_with_its_own_pages(party: Paper) -> None:
    document = opened(
        replace(party, appendices=(Appendix("DANH MỤC", (Clause("Một.", "1."),), "Phụ lục I"),) * 2)
    )
    assert len(document.sections) == 3
    starts = [s._sectPr.findall(qn("w:pgNumType")) for s in document.sections]
    assert [len(s) for s in starts] == [0, 1, 1]


def test_properties_name_title_author_and_language(party: Paper) -> None:
    core = opened(party).core_properties
    assert core.title == "CHƯƠNG TRÌNH công tác tháng 3 năm 2023"
    assert core.author == "HUYỆN ỦY SƠN ĐỘNG"
    assert core.language == "vi-VN"


def test_properties_of_paragraphs_stand_in_the_order_of_the_schema(party: Paper) -> None:
    order = [
        "pStyle",
        "keepNext",
        "widowControl",
        "numPr",
        "pBdr",
        "spacing",
        "ind",
        "jc",
        "outlineLvl",
        "sectPr",
    ]
    document = opened(replace(party, urgency="KHẨN", appendices=(Appendix("DANH MỤC"),)))
    for properties in (*document.element.iter(qn("w:pPr")), *document.styles.element.iter(qn("w:pPr"))):
        names = [child.tag.rpartition("}")[2] for child in properties]
        known = [order.index(name) for name in names if name in order]
        assert known == sorted(known), names


def test_the_archive_has_fixed_times_and_no_leftovers_of_a_template(party: Paper) -> None:
    with zipfile.ZipFile(io.BytesIO(docx.render(party))) as package:
        assert {i.date_time[0] for i in package.infolist()} == {1980}
        names = package.namelist()
    assert not [n for n in names if "thumbnail" in n or "theme" in n]
    assert docx.SOURCE_PART.lstrip("/") in names


def test_editing_in_word_is_noticed_and_saving_again_is_not(party: Paper) -> None:
    data = docx.render(party)
    document = Document(io.BytesIO(data))
    again = io.BytesIO()
    document.save(again)
    assert agreement.docx(party, again.getvalue())
    for paragraph in document.paragraphs:
        if paragraph.text == "Các hội nghị":
            paragraph.runs[0].text = "Các cuộc họp"
    edited = io.BytesIO()
    document.save(edited)
    assert not agreement.docx(party, edited.getvalue())


def libreoffice_shows_the_same_lines(party: Paper, tmp_path: Path) -> None:
    many = (*(Recipient(f"Ban {n}", "báo cáo") for n in range(3)), Recipient("Lưu Văn phòng"))
    (tmp_path / "a.docx").write_bytes(docx.render(replace(party, recipients=many)))
    home = f"-env:UserInstallation={(tmp_path / 'home').as_uri()}"
    command = [
        "soffice",
        home,
        "--headless",
        "--convert-to",
        "pdf",
        "--outdir",
        str(tmp_path),
        str(tmp_path / "a.docx"),
    ]
    subprocess.run(command, check=True, capture_output=True)
    text = subprocess.run(
        ["pdftotext", "-layout", str(tmp_path / "a.pdf"), "-"], check=True, capture_output=True
    ).stdout.decode()
    for line in ("Số 07-CTr/HU", "I. Nhiệm vụ trọng tâm", "6. Tập trung", "(báo cáo)", "CHÁNH VĂN PHÒNG"):
        assert line in text


if shutil.which("soffice"):
    # LibreOffice is no part of the set-up; where it is here, it is the second opinion.
    test_libreoffice_shows_the_same_lines = libreoffice_shows_the_same_lines
