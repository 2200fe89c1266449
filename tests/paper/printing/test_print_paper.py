"""``manage.py print_paper``: prints what it reads; one Vietnamese line and exit 2 where it cannot."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from django.core.management import call_command

from paper.printing import docx, pdf
from paper.reading import read_file
from paper.value import Paper


@pytest.fixture
def source(party: Paper, tmp_path: Path) -> Path:
    path = tmp_path / "chuong-trinh.docx"
    path.write_bytes(docx.render(party))
    return path


@pytest.mark.parametrize("suffix", [".pdf", ".docx", ".PDF"])
def test_a_file_is_printed_and_reads_back_the_same(source: Path, party: Paper, suffix: str) -> None:
    target = source.with_name(f"ra{suffix}")
    errors = io.StringIO()
    call_command("print_paper", str(source), output=str(target), stderr=errors)
    assert errors.getvalue() == ""
    assert read_file(target.read_bytes(), target.name).paper == party


def test_the_form_can_be_chosen(source: Path, party: Paper) -> None:
    target = source.with_name("ra.pdf")
    call_command("print_paper", str(source), output=str(target), profile="party_hd05")
    assert target.read_bytes() != pdf.render(party)


@pytest.mark.parametrize(
    ("name", "options", "sentence"),
    [
        ("khong-co.docx", {}, "Không đọc được tệp khong-co.docx."),
        ("chuong-trinh.docx", {"output": "ra.odt"}, "Tệp kết quả phải có đuôi .pdf hoặc .docx."),
        ("chuong-trinh.docx", {"profile": "la"}, "Không có mẫu thể thức “la”"),
        (
            "chuong-trinh.docx",
            {"profile": "state_nd30"},
            "Mẫu state_nd30 không dùng được cho văn bản của Đảng.",
        ),
        ("chuong-trinh.docx", {"output": "khong/co/ra.pdf"}, "Không ghi được tệp kết quả"),
    ],
)
def test_what_cannot_be_printed_gets_one_line_and_exit_two(
    source: Path, name: str, options: dict[str, str], sentence: str
) -> None:
    errors = io.StringIO()
    target = source.parent / options.get("output", "ra.pdf")
    with pytest.raises(SystemExit) as stopped:
        call_command(
            "print_paper",
            str(source.parent / name),
            output=str(target),
            profile=options.get("profile"),
            stderr=errors,
        )
    assert stopped.value.code == 2
    assert sentence in errors.getvalue()
    assert len(errors.getvalue().strip().splitlines()) == 1
    assert not target.exists()


def test_what_the_page_replaces_is_said(party: Paper, tmp_path: Path) -> None:
    source = tmp_path / "a.txt"
    source.write_text("CHƯƠNG TRÌNH\ncông tác tháng 4\n\n1. Họp giao ban 😀 tuần.\n", encoding="utf-8")
    errors = io.StringIO()
    call_command("print_paper", str(source), output=str(tmp_path / "a.pdf"), stderr=errors)
    assert "U+1F600" in errors.getvalue()
