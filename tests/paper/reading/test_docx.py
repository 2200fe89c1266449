"""Word files: automatic labels, layout tables, text boxes, tracked changes, embedded data."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace

from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from paper.printing import docx as printing
from paper.reading import Reading, read_file
from paper.value import Clause, Paper, Regime, Table
from tests.paper.reading import word


def read(doc: object) -> Reading:
    return read_file(word.as_bytes(doc), "van-ban.docx")


def labels(reading: Reading) -> list[tuple[int, str | None, str]]:
    return [(len(path), c.label, c.text) for path, c in reading.paper.clauses()]


def test_labels_of_automatic_numbering_are_resolved() -> None:
    doc = word.document()
    outline = word.abstract(
        0,
        word.level(0, "upperRoman", "%1."),
        word.level(1, "decimal", "%2."),
        word.level(2, "decimal", "%2.%3."),
    )
    points = word.abstract(1, word.level(0, "lowerLetter", "%1)"))
    dash = word.abstract(2, word.level(0, "bullet", "-"))
    word.numbering(
        doc, outline + points + dash + word.num(1, 0) + word.num(2, 1) + word.num(3, 2) + word.num(4, 1, 3)
    )
    word.numbered(doc, "Phần một", 1)
    word.numbered(doc, "Việc một", 1, 1)
    word.numbered(doc, "Chi tiết", 1, 2)
    word.numbered(doc, "Việc hai", 1, 1)
    word.numbered(doc, "Chi tiết", 1, 2)
    word.numbered(doc, "Phần hai", 1)
    word.numbered(doc, "Việc một", 1, 1)
    word.numbered(doc, "Điểm", 2)
    word.numbered(doc, "Điểm", 2)
    word.numbered(doc, "Gạch", 3)
    word.numbered(doc, "Điểm ba", 4)

    assert labels(read(doc)) == [
        (1, "I.", "Phần một"),
        (2, "1.", "Việc một"),
        (3, "1.1.", "Chi tiết"),
        (2, "2.", "Việc hai"),
        (3, "2.1.", "Chi tiết"),
        (1, "II.", "Phần hai"),
        (2, "1.", "Việc một"),
        (3, "a)", "Điểm"),
        (3, "b)", "Điểm"),
        (4, "-", "Gạch"),
        (3, "c)", "Điểm ba"),
    ]


def test_a_style_brings_its_list_and_a_start() -> None:
    doc = word.document()
    word.numbering(doc, word.abstract(0, word.level(0, "decimal", "(%1).", 4)) + word.num(7, 0))
    listed = doc.styles.add_style("Khoản", WD_STYLE_TYPE.PARAGRAPH)
    word.styled_numbering(doc, "Khoản", 7)
    below = doc.styles.add_style("Khoản con", WD_STYLE_TYPE.PARAGRAPH)
    below.base_style = listed
    doc.add_paragraph("Bốn", style="Khoản")
    doc.add_paragraph("Năm", style="Khoản con")
    word.numbered(doc, "Không số", 0).style = listed

    assert labels(read(doc)) == [(1, "(4).", "Bốn"), (1, "(5).", "Năm"), (2, None, "Không số")]


def test_letterhead_and_signature_tables_are_columns_and_a_data_table_stays_one() -> None:
    doc = word.document()
    head = doc.add_table(rows=1, cols=2)
    head.cell(0, 0).text = "ỦY BAN NHÂN DÂN\nXÃ YÊN LẠC\nSố: 5/TB-UBND"
    head.cell(
        0, 1
    ).text = (
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\nYên Lạc, ngày 03 tháng 4 năm 2026"
    )
    doc.add_paragraph("THÔNG BÁO")
    doc.add_paragraph("Kết luận của Chủ tịch UBND xã")
    doc.add_paragraph("1. Giao Văn phòng lập biểu sau:")
    data = doc.add_table(rows=3, cols=3)
    for i, row in enumerate((("TT", "Việc", "Hạn"), ("1", "Báo cáo", "5/4"), ("2", "Kế hoạch", ""))):
        for j, text in enumerate(row):
            data.cell(i, j).text = text
    doc.add_paragraph("2. Các thôn thực hiện./.")
    end = doc.add_table(rows=1, cols=2)
    end.cell(0, 0).text = "Nơi nhận:\n- Như trên;\n- Lưu: VT."
    end.cell(0, 1).text = "CHỦ TỊCH\n\nNguyễn Văn Tám"
    reading = read(doc)
    paper = reading.paper

    assert (paper.issuer, paper.number, paper.notation) == (("ỦY BAN NHÂN DÂN", "XÃ YÊN LẠC"), 5, "TB-UBND")
    assert paper.regime is Regime.STATE
    assert paper.body[0].children == (
        Clause("", table=Table((("TT", "Việc", "Hạn"), ("1", "Báo cáo", "5/4"), ("2", "Kế hoạch", "")))),
    )
    assert (paper.body[1].label, paper.end_mark) == ("2.", True)
    assert [r.text for r in paper.recipients] == ["Như trên", "Lưu: VT"]
    assert (paper.signature.position, paper.signature.name) == ("CHỦ TỊCH", "Nguyễn Văn Tám")
    assert reading.leftover == ()


def test_text_boxes_are_read_and_headers_are_not() -> None:
    doc = word.document()
    doc.sections[0].header.paragraphs[0].text = "Trang 2 của tệp"
    p = doc.add_paragraph("1. Nội dung chính.")
    box = (
        f"<w:r "
        f"{nsdecls('w')}><w:pict><w:txbxContent><w:p><w:r><w:t>KHẨN</w:t></w:r></w:p></w:txbxContent></w:pict></w:r>"
    )
    p._element.append(parse_xml(box))

    source = " ".join(read(doc).source)
    assert "KHẨN" in source
    assert "Trang 2" not in source


def test_tracked_changes_read_as_accepted_and_are_said() -> None:
    doc = word.document()
    p = doc.add_paragraph("1. Giữ ")
    p._element.append(
        parse_xml(f'<w:del {nsdecls("w")} w:id="1"><w:r><w:delText>cũ</w:delText></w:r></w:del>')
    )
    p._element.append(parse_xml(f'<w:ins {nsdecls("w")} w:id="2"><w:r><w:t>mới.</w:t></w:r></w:ins>'))
    reading = read(doc)

    assert reading.paper.body[0].text == "Giữ mới."
    assert "word.tracked" in [n.code for n in reading.warnings]


def test_old_fonts_are_converted_where_they_stand() -> None:
    doc = word.document()
    run = doc.add_paragraph().add_run("Uû ban nh©n d©n")
    run.font.name = ".VnTime"
    title = doc.add_paragraph().add_run("ch­¬ng tr×nh")
    title.font.name = ".VnTimeH"
    reading = read(doc)

    assert reading.source == ("Uỷ ban nhân dân", "CHƯƠNG TRÌNH")
    assert "encoding.converted" in [n.code for n in reading.warnings]


def test_footnotes_become_last_clauses_with_their_mark_in_the_text() -> None:
    doc = word.document()
    p = doc.add_paragraph("1. Theo báo cáo")
    p._element.append(parse_xml(f'<w:r {nsdecls("w")}><w:footnoteReference w:id="2"/></w:r>'))
    doc.add_paragraph("Nơi nhận:")
    doc.add_paragraph("- Lưu: VT.")
    data = _with_part(
        word.as_bytes(doc),
        "word/footnotes.xml",
        (
            f'<w:footnotes {nsdecls("w")}><w:footnote w:id="2"><w:p><w:r><w:t>Báo cáo số '
            f"5.</w:t></w:r></w:p></w:footnote></w:footnotes>"
        ),
    )

    assert labels(read_file(data, "a.docx")) == [(1, "1.", "Theo báo cáo[1]"), (1, "[1]", "Báo cáo số 5.")]


def _with_part(data: bytes, name: str, text: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for item in old.infolist():
            if item.filename != name:
                new.writestr(item, old.read(item.filename))
        new.writestr(name, text)
    return out.getvalue()


def test_embedded_data_that_differ_from_the_words_are_not_used() -> None:
    paper = Paper(
        Regime.STATE,
        issuer=("UBND XÃ A",),
        kind="THÔNG BÁO",
        body=(Clause("Giao Văn phòng theo dõi.", "1."),),
    )
    other = replace(paper, body=(Clause("Giao Công an theo dõi.", "1."),))
    with zipfile.ZipFile(io.BytesIO(printing.render(other))) as pack:
        data = pack.read("customXml/item1.xml").decode()
    reading = read_file(_with_part(printing.render(paper), "customXml/item1.xml", data), "a.docx")

    assert not reading.exact
    assert reading.paper.body[0].text == "Giao Văn phòng theo dõi."
    assert "embedded.differs" in [n.code for n in reading.warnings]
