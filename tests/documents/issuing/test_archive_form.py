"""What is issued is PDF/A-3a: fonts inside, tagged, Vietnamese, its data attached; qpdf finds nothing."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pikepdf
import pytest

from documents import issuing
from programmes.models import Programme
from tests.factories import NOW, Town


@pytest.fixture
def issued(waiting: Programme, town: Town, tmp_path: Path) -> Path:
    snapshot = issuing.issue(waiting, day=NOW.date(), actor=town.hoa, now=NOW)
    path = tmp_path / "ban-hanh.pdf"
    with snapshot.pdf.open("rb") as file:
        path.write_bytes(file.read())
    return path


def test_the_file_claims_pdf_a_3a_and_keeps_it(issued: Path, waiting: Programme) -> None:
    with pikepdf.open(issued) as pdf:
        claims = pdf.open_metadata()
        assert (claims["pdfaid:part"], claims["pdfaid:conformance"]) == ("3", "A")
        root = pdf.Root
        assert root.MarkInfo.Marked
        assert "/StructTreeRoot" in root
        assert str(root.Lang).startswith("vi")
        assert root.OutputIntents[0].S == "/GTS_PDFA1"
        assert not pdf.is_encrypted
        assert "/JavaScript" not in root.get("/Names", {})
        fonts = [font for page in pdf.pages for font in page.Resources.Font.values()]
        for font in fonts:
            below = font.DescendantFonts[0] if "/DescendantFonts" in font else font
            assert {"/FontFile", "/FontFile2", "/FontFile3"} & set(below.FontDescriptor.keys())
            assert "/ToUnicode" in font
        attached = pdf.attachments["paper.json"]
        assert str(attached.obj.AFRelationship) == "/Source"
        assert root.AF[0] == attached.obj
        said = json.loads(attached.get_file().read_bytes())
    assert (said["number"], said["notation"]) == (1, "CTr/ĐU")


def test_qpdf_finds_nothing_wrong(issued: Path) -> None:
    done = subprocess.run(["qpdf", "--check", str(issued)], capture_output=True, check=False)

    assert done.returncode == 0, done.stderr.decode()
    assert b"No syntax or stream encoding errors found" in done.stdout
