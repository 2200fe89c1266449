"""Bad files get one clear sentence; types are told by content, never by name."""

from __future__ import annotations

import io
import os
import shutil
import zipfile

import pikepdf
import pytest

from paper import json as paper_json
from paper.printing import pdf as printing
from paper.reading import Unreadable, doc, read_file
from paper.reading.detect import MAX_BYTES, FileType, detect
from paper.value import Clause, Paper, Recipient, Regime

PAPER = Paper(
    Regime.STATE,
    issuer=("UBND XÃ A",),
    kind="THÔNG BÁO",
    subject=("Kết luận giao ban",),
    body=(Clause("Giao Văn phòng theo dõi việc thực hiện.", "1."), Clause("Các thôn báo cáo.", "2.")),
    recipients=(Recipient("Lưu: VT"),),
)


def packed(**parts: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as pack:
        for name, data in parts.items():
            pack.writestr(name.replace("__", "/"), data)
    return out.getvalue()


def bomb() -> bytes:
    return packed(**{"word__document.xml": b"0" * 90_000_000})


@pytest.mark.parametrize(
    ("data", "name", "code"),
    [
        (b"", "a.txt", "empty"),
        (b" \r\n\x00", "a.txt", "empty"),
        (b"x" * (MAX_BYTES + 1), "a.txt", "too-large"),
        (b"xin chao", "a.docx", "not-docx"),
        (b"xin chao", "a.pdf", "not-pdf"),
        (b"xin chao", "a.doc", "not-doc"),
        (b"PK\x03\x04 hong", "a.docx", "broken"),
        (packed(**{"xl__workbook.xml": b"<a/>"}), "a.docx", "not-docx"),
        (packed(**{"x.txt": b"a"}), "a.docx", "not-docx"),
        (packed(**{"word__document.xml": b"<w"}), "a.docx", "broken"),
        (packed(**{"word__document.xml": b"<w/>"}), "a.docx", "broken"),
        (bomb(), "a.docx", "zip-bomb"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "a.docx", "encrypted"),
        (b"%PDF-1.7\nhong", "a.pdf", "broken"),
        (b"\x00\x01\x02\x03" * 400, "a.txt", "binary"),
        (b"...---...", "a.txt", "empty"),
    ],
)
def test_a_bad_file_gets_one_sentence(data: bytes, name: str, code: str) -> None:
    with pytest.raises(Unreadable) as caught:
        read_file(data, name)

    assert caught.value.code == code
    assert caught.value.message.endswith(".")
    assert "\n" not in caught.value.message


def test_noise_never_passes_for_text() -> None:
    for _ in range(20):
        with pytest.raises(Unreadable):
            read_file(os.urandom(4_000), "a.txt")


def test_the_name_is_never_trusted() -> None:
    assert detect(printing.render(PAPER), "a.txt") is FileType.PDF
    assert detect(b"1. Noi dung", "la.xyz") is FileType.TEXT


def test_a_truncated_pdf_and_an_encrypted_one_are_told_apart() -> None:
    whole = printing.render(PAPER, source=False)
    locked = io.BytesIO()
    with pikepdf.open(io.BytesIO(whole)) as pdf:
        pdf.save(locked, encryption=pikepdf.Encryption(user="mat", owner="khau"))

    with pytest.raises(Unreadable) as caught:
        read_file(locked.getvalue(), "a.pdf")
    assert caught.value.code == "encrypted"


def test_a_scan_without_text_is_refused() -> None:
    out = io.BytesIO()
    pdf = pikepdf.new()
    pdf.add_blank_page()
    pdf.save(out)

    with pytest.raises(Unreadable) as caught:
        read_file(out.getvalue(), "quet.pdf")
    assert caught.value.code == "scanned"


def attached(pdf: pikepdf.Pdf, data: bytes, relationship: pikepdf.Name) -> pikepdf.AttachedFileSpec:
    spec = pikepdf.AttachedFileSpec(
        pdf,
        data,
        filename="paper.json",
        mime_type="application/json",
        creation_date="",
        mod_date="",
        description="",
    )
    spec.obj.AFRelationship = relationship
    return spec


def test_attached_data_of_another_text_are_not_used() -> None:
    other = Paper(Regime.STATE, kind="THÔNG BÁO", body=(Clause("Khác hẳn.", "1."),))
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(printing.render(PAPER, source=False))) as pdf:
        spec = attached(pdf, paper_json.dumps(other).encode(), pikepdf.Name.Source)
        pdf.attachments["paper.json"] = spec
        pdf.save(out)
    reading = read_file(out.getvalue(), "a.pdf")

    assert not reading.exact
    assert reading.paper.body == PAPER.body
    assert reading.warnings[0].code == "embedded.differs"


def test_an_attachment_without_the_source_relationship_is_ignored() -> None:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(printing.render(PAPER, source=False))) as pdf:
        pdf.attachments["paper.json"] = attached(pdf, b"{}", pikepdf.Name.Data)
        pdf.save(out)

    assert "embedded.unreadable" not in [n.code for n in read_file(out.getvalue(), "a.pdf").warnings]


def test_an_old_word_file_without_libreoffice_gets_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    if shutil.which("soffice") or shutil.which("libreoffice"):
        monkeypatch.setenv("PATH", "")

    with pytest.raises(Unreadable, match="LibreOffice"):
        doc.to_docx(b"\xd0\xcf\x11\xe0", "doc")
