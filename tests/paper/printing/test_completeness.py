"""A part that is not in the PDF is named; law 1 of the design."""

from __future__ import annotations

from dataclasses import replace

import pytest

from paper.forms import PROFILES
from paper.printing import completeness, pdf
from paper.value import Appendix, Clause, Paper, Recipient, Table


def test_a_whole_print_lacks_nothing(party: Paper, state: Paper) -> None:
    for paper in (party, state):
        assert completeness.missing(paper, pdf.render(paper)) == []


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"body": (Clause("Một việc khác.", "9."),)}, "Mục 9.: “9. Một việc khác./.”"),
        ({"recipients": (Recipient("Báo Bắc Giang"),)}, "Nơi nhận: “- Báo Bắc Giang”"),
        ({"number": 8}, "Số, ký hiệu: “Số 08-CTr/HU”"),
        ({"place": "Lục Nam"}, "Địa danh, ngày tháng: “Lục Nam, ngày 03 tháng 02 năm 2023”"),
        ({"subject": ("công tác quý I",)}, "Trích yếu: “công tác quý I”"),
        ({"appendices": (Appendix("DANH MỤC"),)}, "Phụ lục: “ DANH MỤC”"),
    ],
)
def test_a_part_that_was_not_printed_is_named(party: Paper, change: dict[str, object], named: str) -> None:
    printed = pdf.render(party)
    assert named in completeness.missing(replace(party, **change), printed)  # type: ignore[arg-type]


def test_a_clause_that_stands_twice_must_be_printed_twice(party: Paper) -> None:
    once = replace(party, body=(Clause("Họp giao ban.", "-"),), end_mark=False)
    twice = replace(once, body=once.body * 2)
    assert completeness.missing(twice, pdf.render(twice)) == []
    assert completeness.missing(twice, pdf.render(once)) == ["Mục -: “- Họp giao ban.”"]


def test_cells_of_tables_count(party: Paper) -> None:
    paper = replace(party, body=(Clause("Bảng:", table=Table((("TT", "Việc"), ("1", "Hội nghị")))),))
    other = replace(party, body=(Clause("Bảng:", table=Table((("TT", "Việc"), ("1", "Hội thảo")))),))
    assert completeness.missing(paper, pdf.render(paper)) == []
    assert "Bảng: “Hội thảo”" in completeness.missing(other, pdf.render(paper))


def test_a_print_in_an_older_form_of_the_regime_is_whole_too(party: Paper) -> None:
    printed = pdf.render(party, PROFILES["party_hd05"])
    assert completeness.missing(party, printed) == []
    assert completeness.missing(party, printed, PROFILES["party_hd36"]) != []


def test_bytes_that_are_no_pdf_are_refused(party: Paper) -> None:
    with pytest.raises(ValueError, match="không đọc được"):
        completeness.missing(party, b"%PDF-1.7 broken")
