"""The findings on real papers, each reviewed by eye: true slips, and no false alarm among them."""

from __future__ import annotations

import datetime as dt
import io
import json
from pathlib import Path

import pytest
from django.core.management import call_command

from paper.checks import World, check
from paper.reading import read_text

DEMO = Path(__file__).parents[3] / "lucngan" / "demo" / "papers"
OTHERS = Path(__file__).parents[1] / "reading" / "papers"
TODAY = dt.date(2026, 11, 20)

#: "01- ĐA/HU" twice, "kinh tế- xã hội" and "Huyện uỷ" beside the usual way, "công tác công tác"; a name
#: that was a picture; a notice without letterhead, one quote that nobody closed.
REVIEWED = {
    "huyen-uy-luc-ngan-2023-04.txt": [
        "dash.spaces",
        "citation.spaces",
        "citation.spaces",
        "sign.name",
        "spelling.tone",
    ],
    "ubnd-luc-ngan-2023-04.txt": ["words.doubled", "citation.spaces", "citation.spaces"],
    "thong-bao-huyen-uy-2023-05.txt": [
        "head.issuer",
        "head.symbol",
        "head.place",
        "citation.incomplete",
        "quote.unbalanced",
        "sign.name",
    ],
}


@pytest.mark.parametrize("name", REVIEWED)
def test_the_papers_of_2023_have_the_findings_that_were_reviewed(name: str) -> None:
    paper = read_text((DEMO / name).read_text("utf-8")).paper

    assert [each.code for each in check(paper, World(today=TODAY))] == REVIEWED[name]


#: What a reader of these papers would agree with; anything else is a false alarm.
TRUE_OF_OTHERS = {
    "chuong-trinh-xa.txt": {"item.unassigned"},
    "giay-moi-huyen-uy.txt": {"body.recipient", "end.mark"},
    "ket-luan-tinh-uy.txt": {"citation.incomplete", "end.mark", "recipient.unnamed"},
    "lich-tuan.txt": {"end.mark"},
    "lich-tuan-bang.txt": {
        "head.symbol",
        "head.place",
        "end.mark",
        "recipients.missing",
        "sign.position",
        "sign.name",
    },
    "thong-bao-du-an.txt": {"citation.incomplete"},
    "thong-bao-hdnd.txt": {"citation.incomplete"},
    "thong-bao-xa.txt": {"citation.incomplete", "end.mark"},
}


@pytest.mark.parametrize("path", sorted(OTHERS.glob("*.txt")), ids=lambda path: path.stem)
def test_papers_of_other_offices_have_no_false_alarm(path: Path) -> None:
    paper = read_text(path.read_text("utf-8")).paper

    assert {each.code for each in check(paper, World(today=TODAY))} == TRUE_OF_OTHERS.get(path.name, set())


def proofread(*arguments: str) -> tuple[int, str, str]:
    out, errors, code = io.StringIO(), io.StringIO(), 0
    try:
        call_command("proofread", *arguments, stdout=out, stderr=errors)
    except SystemExit as stopped:
        code = int(stopped.code or 0)
    return code, out.getvalue(), errors.getvalue()


def test_the_command_tells_each_finding_with_its_place() -> None:
    code, out, _errors = proofread(str(DEMO / "huyen-uy-luc-ngan-2023-04.txt"))

    assert code == 0
    assert "cảnh báo  mục IV.4: Số, ký hiệu “01- ĐA/HU” có khoảng trắng thừa. [citation.spaces]" in out


def test_the_command_gives_json_and_says_by_its_code_that_something_is_refused() -> None:
    code, out, _errors = proofread(str(DEMO / "thong-bao-huyen-uy-2023-05.txt"), "--json")

    found = json.loads(out)
    assert code == 1
    assert [each["code"] for each in found] == REVIEWED["thong-bao-huyen-uy-2023-05.txt"]
    assert set(found[0]) == {"code", "severity", "place", "message", "quote", "repairs"}


def test_the_command_says_in_one_line_that_it_cannot_read_a_file(tmp_path: Path) -> None:
    (tmp_path / "rong.docx").write_bytes(b"khong phai")

    code, _out, errors = proofread(str(tmp_path / "rong.docx"))

    assert code == 2
    assert errors.strip().count("\n") == 0
    assert proofread(str(tmp_path / "khong-co.txt"))[0] == 2
