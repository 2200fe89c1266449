"""Bytes to text: Unicode forms, Windows-1258, TCVN3 and VNI."""

from __future__ import annotations

import unicodedata

import pytest

from paper.reading import read_file
from paper.reading.codepages import from_tcvn3, from_vni
from paper.reading.encodings import decode

TEXT = "CHƯƠNG TRÌNH công tác tháng 4 năm 2023 của Ủy ban nhân dân huyện: thực hiện các nội dung"


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_unicode_forms_are_told_apart(codec: str) -> None:
    assert decode(TEXT.encode(codec)) == (TEXT, [])


def test_windows_1258_is_read_and_said() -> None:
    data = b"".join(_cp1258(c) for c in TEXT)
    text, notices = decode(data)

    assert text == TEXT
    assert [n.code for n in notices] == ["encoding.converted"]


def _cp1258(c: str) -> bytes:
    """One letter in Windows-1258: a base letter it knows, then its tone."""
    try:
        return c.encode("cp1258")
    except UnicodeEncodeError:
        parts = unicodedata.normalize("NFD", c)
        tones = [p for p in parts if p in "\u0300\u0301\u0303\u0309\u0323"]
        base = unicodedata.normalize("NFC", "".join(p for p in parts if p not in tones))
        return base.encode("cp1258") + "".join(tones).encode("cp1258")


def test_tcvn3_is_converted_from_bytes_and_from_pasted_letters() -> None:
    old = "Uû ban nh©n d©n huyÖn thùc hiÖn c¸c néi dung c«ng t¸c cña th¸ng; ®¬n vÞ vµ c¬ quan"
    new = "Uỷ ban nhân dân huyện thực hiện các nội dung công tác của tháng; đơn vị và cơ quan"

    assert from_tcvn3(old) == new
    for data in (old.encode("latin-1"), old.encode("utf-8")):
        text, notices = decode(data)
        assert text == new
        assert "TCVN3" in notices[0].message


def test_vni_is_converted() -> None:
    old = "UÛy ban nhaân daân huyeän thöïc hieän caùc noäi dung coâng taùc cuûa thaùng, ñôn vò vaø cô quan"
    new = "Ủy ban nhân dân huyện thực hiện các nội dung công tác của tháng, đơn vị và cơ quan"

    assert from_vni(old) == new
    text, notices = decode(old.encode("latin-1"))
    assert text == new
    assert "VNI" in notices[0].message


def test_the_notice_of_a_conversion_stands_first_in_the_reading() -> None:
    reading = read_file("Uû ban nh©n d©n huyÖn thùc hiÖn c¸c néi dung c«ng t¸c".encode("latin-1"), "cu.txt")

    assert reading.warnings[0].code == "encoding.converted"
