"""The command that prints the structure of a paper file."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from django.core.management import call_command

PAPER = Path(__file__).parent / "papers" / "ket-luan-tinh.txt"


def test_it_prints_the_reading_view_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("read_paper", str(PAPER))

    view = json.loads(capsys.readouterr().out)
    assert (view["number"], view["notation"], view["end_mark"]) == (87, "TB-VP", True)


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("rong.txt", b"", "rỗng"),
        ("gia.docx", b"khong phai", "không phải tệp Word"),
        ("khong-co.txt", None, "Không mở được"),
    ],
)
def test_a_file_it_cannot_read_gets_one_line_and_exit_2(
    tmp_path: Path, name: str, data: bytes | None, words: str
) -> None:
    if data is not None:
        (tmp_path / name).write_bytes(data)
    errors = io.StringIO()

    with pytest.raises(SystemExit) as stopped:
        call_command("read_paper", str(tmp_path / name), stderr=errors)

    assert stopped.value.code == 2
    assert words in errors.getvalue()
    assert errors.getvalue().strip().count("\n") == 0
