"""The exchange package: well-formed, complete, and the PDF comes out of it unchanged."""

from __future__ import annotations

import base64
import datetime as dt
import io
import zipfile
from dataclasses import replace
from typing import Any

import pytest
from lxml import etree

from documents.sending.edxml import NAMESPACE, Organ, is_identifier, package
from paper.value import Paper
from tests.factories import ZONE, month, paper

AT = dt.datetime(2026, 11, 20, 9, 30, tzinfo=ZONE)
PDF = b"%PDF-1.7 noi dung"


def made(value: Paper | None = None, **values: Any) -> Any:
    given: dict[str, Any] = {
        "sender": Organ("Đảng ủy xã Tân Sơn", "A17.05.12"),
        "receivers": [Organ("Phòng Kinh tế xã Tân Sơn", "H05.34"), Organ("Thường trực Tỉnh ủy")],
        "document_id": "6a1d",
        "file_name": "chuong-trinh.pdf",
        "pages": 4,
        "at": AT,
    }
    data = package(value or paper(month(12), number=9), PDF, **(given | values))
    return etree.fromstring(data)


def texts(root: Any, path: str) -> list[str]:
    return [
        each.text for each in root.iterfind(".//" + "/".join(f"{{{NAMESPACE}}}{n}" for n in path.split("/")))
    ]


@pytest.mark.parametrize(
    ("path", "values"),
    [
        ("From/OrganId", ["A17.05.12"]),
        ("From/OrganName", ["Đảng ủy xã Tân Sơn"]),
        ("To/OrganName", ["Phòng Kinh tế xã Tân Sơn", "Thường trực Tỉnh ủy"]),
        ("To/OrganId", ["H05.34"]),
        ("Code/CodeNumber", ["09"]),
        ("Code/CodeNotation", ["CTr/ĐU"]),
        ("PromulgationInfo/PromulgationDate", ["2026/11/29"]),
        ("PromulgationInfo/Place", ["Tân Sơn"]),
        ("DocumentType/TypeName", ["Chương trình"]),
        ("MessageHeader/Subject", ["công tác tháng 12 năm 2026"]),
        ("SignerInfo/FullName", ["Vi Văn Chung"]),
        ("SignerInfo/Position", ["CHÁNH VĂN PHÒNG"]),
        ("OtherInfo/PageAmount", ["4"]),
        ("OtherInfo/Priority", ["0"]),
        ("TraceHeader/Timestamp", ["2026/11/20 09:30:00"]),
        ("Bussiness/BussinessDocType", ["0"]),
        ("Reference/ContentId", ["cid:6a1d"]),
        ("Attachment/ContentId", ["cid:6a1d"]),
    ],
)
def test_the_header_says_what_the_paper_says(path: str, values: list[str]) -> None:
    assert texts(made(), path) == values


def test_the_pdf_comes_out_as_it_went_in() -> None:
    [encoded] = texts(made(), "Attachment/ContentTransferEncoded")

    with zipfile.ZipFile(io.BytesIO(base64.b64decode(encoded, validate=True))) as archive:
        assert archive.namelist() == ["chuong-trinh.pdf"]
        assert archive.read("chuong-trinh.pdf") == PDF


def test_the_same_paper_gives_the_same_bytes() -> None:
    assert etree.tostring(made()) == etree.tostring(made())


def test_urgency_is_the_priority() -> None:
    urgent = replace(paper(month(12), number=9), urgency="HỎA TỐC")

    assert texts(made(urgent), "OtherInfo/Priority") == ["3"]


def test_long_and_strange_words_neither_break_nor_overflow() -> None:
    strange = replace(paper(month(12), number=9), subject=("<&>\x0b" + "a" * 600,))

    [subject] = texts(made(strange), "MessageHeader/Subject")

    assert subject == "<&>" + "a" * 497


def test_a_paper_without_number_is_not_packed() -> None:
    with pytest.raises(ValueError, match="số và ngày"):
        made(paper(month(12)))


@pytest.mark.parametrize(
    ("text", "good"),
    [
        ("H56", True),
        ("H56.12.34", True),
        ("G09.A1", True),
        ("000.00.12.H56", True),
        ("Z12.1", False),
        ("H5", False),
        ("", False),
        ("H56." + "1" * 40, False),
        ("H56.12\n", False),
    ],
)
def test_identifiers_of_both_ways(text: str, good: bool) -> None:
    assert is_identifier(text) is good
