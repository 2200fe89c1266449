"""The PDF as an archive file: PDF/A-3a, tagged, embedded fonts, its own source attached, same bytes."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pikepdf
import pytest

from paper import json as paper_json
from paper.forms import PROFILES
from paper.printing import assets, pages, pdf
from paper.value import Clause, Paper, Table


@pytest.fixture
def printed(party: Paper) -> Iterator[pikepdf.Pdf]:
    body = (*party.body, Clause("Danh mục:", "1.", table=Table((("TT", "Việc"), ("1", "Họp")))))
    with pikepdf.open(io.BytesIO(pdf.render(replace(party, body=body)))) as opened:
        yield opened


def test_it_claims_pdf_a_3a(printed: pikepdf.Pdf) -> None:
    with printed.open_metadata() as xmp:
        assert (xmp["pdfaid:part"], xmp["pdfaid:conformance"]) == ("3", "A")
    assert printed.pdf_version == "1.7"
    assert printed.Root.OutputIntents[0].S == "/GTS_PDFA1"
    assert printed.Root.OutputIntents[0].DestOutputProfile.N == 3
    assert printed.trailer.ID is not None
    assert not printed.is_encrypted


def test_it_names_language_title_and_author_alike_in_both_places(printed: pikepdf.Pdf) -> None:
    assert str(printed.Root.Lang) == "vi"
    assert str(printed.docinfo["/Title"]) == "CHƯƠNG TRÌNH công tác tháng 3 năm 2023"
    assert str(printed.docinfo["/Author"]) == "HUYỆN ỦY SƠN ĐỘNG"
    assert str(printed.docinfo["/CreationDate"]).startswith("D:20230203")
    with printed.open_metadata() as xmp:
        assert xmp["dc:title"] == str(printed.docinfo["/Title"])
        assert xmp["dc:creator"] == [str(printed.docinfo["/Author"])]
        assert xmp["xmp:CreateDate"] == "2023-02-03"


def test_it_is_tagged_with_headings_paragraphs_and_only_real_tables(printed: pikepdf.Pdf) -> None:
    assert printed.Root.MarkInfo.Marked
    tags = list(_tags(printed.Root.StructTreeRoot))
    assert {"/Document", "/H1", "/H2", "/P", "/Table", "/TH", "/TD"} <= set(tags)
    assert tags.count("/Table") == 1
    assert "/Figure" not in tags


def _tags(element: Any) -> Iterator[str]:
    todo = [element]
    while todo:
        here = todo.pop()
        if isinstance(here, pikepdf.Array):
            todo += list(here)
        elif isinstance(here, pikepdf.Dictionary) and "/K" in here:
            if "/S" in here:
                yield str(here.S)
            todo.append(here.K)


def test_every_font_is_embedded_and_can_be_read_back(printed: pikepdf.Pdf) -> None:
    fonts = [o for o in printed.objects if isinstance(o, pikepdf.Dictionary) and o.get("/Type") == "/Font"]
    whole = [font for font in fonts if font.get("/Subtype") == "/Type0"]
    assert whole
    assert {str(font.BaseFont).partition("+")[2][:5] for font in whole} == {"Tinos"}
    for font in whole:
        assert "/ToUnicode" in font
        assert "/FontFile2" in font.DescendantFonts[0].FontDescriptor


def test_it_holds_no_script_no_action_and_no_transparency_group(printed: pikepdf.Pdf) -> None:
    for thing in printed.objects:
        if isinstance(thing, pikepdf.Dictionary | pikepdf.Stream):
            assert "/JS" not in thing
            assert "/AA" not in thing
            assert "/Group" not in thing
            assert thing.get("/S") not in ("/JavaScript", "/Launch", "/URI")
    assert "/OpenAction" not in printed.Root


def test_the_paper_itself_is_attached_as_source(party: Paper) -> None:
    with pikepdf.open(io.BytesIO(pdf.render(party))) as opened:
        file = opened.Root.AF[0]
        assert file.AFRelationship == "/Source"
        assert str(file.UF) == "paper.json"
        assert file.EF.F.Subtype == "/application/json"
        assert paper_json.loads(file.EF.F.read_bytes().decode()) == party
    with pikepdf.open(io.BytesIO(pdf.render(party, source=False))) as opened:
        assert "/AF" not in opened.Root


def test_another_process_with_another_hash_seed_prints_the_same_bytes(party: Paper) -> None:
    script = (
        "import sys; from paper import json; from paper.printing import pdf, docx;"
        "p = json.loads(sys.stdin.buffer.read().decode());"
        "sys.stdout.buffer.write(pdf.render(p) + docx.render(p))"
    )
    outputs = {
        subprocess.run(
            [sys.executable, "-c", script],
            input=paper_json.dumps(party).encode(),
            capture_output=True,
            check=True,
            env={**os.environ, "PYTHONHASHSEED": seed},
        ).stdout
        for seed in ("1", "2")
    }
    assert len(outputs) == 1


def test_different_papers_have_different_identifiers(party: Paper) -> None:
    def identifier(paper: Paper) -> bytes:
        with pikepdf.open(io.BytesIO(pdf.render(paper))) as opened:
            return bytes(opened.trailer.ID[0])

    assert identifier(party) != identifier(replace(party, number=8))


def test_a_form_of_the_other_regime_is_refused(party: Paper) -> None:
    with pytest.raises(ValueError, match="không dùng được cho văn bản của Đảng"):
        pdf.render(party, PROFILES["state_nd30"])


def test_the_fetcher_serves_only_the_drawings_of_the_house() -> None:
    fetcher = assets.fetcher()
    assert fetcher.fetch("paper:brace-top.svg").read().startswith(b"<svg")
    for address in (
        "file:///etc/passwd",
        "https://example.org/a.png",
        "data:text/plain,x",
        "paper:other.svg",
    ):
        with pytest.raises(ValueError, match="tài nguyên ngoài"):
            fetcher.fetch(address)


def test_pages_become_pictures_in_order(party: Paper) -> None:
    printed = pdf.render(party)
    pictures = pages.png(printed, dpi=30)
    assert len(pictures) == pages.count(printed) == 3
    assert pages.one(printed, 2, dpi=30) == pictures[1]
    assert pages.one(printed, 4) is None
    assert all(picture.startswith(b"\x89PNG") for picture in pictures)
    with pytest.raises(ValueError, match="không vẽ được"):
        pages.png(b"no pdf")
