"""Verdicts on signatures: good, tampered, untrusted, expired; pdfsig says the same."""

from __future__ import annotations

import datetime as dt
import io
import subprocess
from pathlib import Path

import pikepdf
import pytest
import time_machine
from pyhanko.pdf_utils.generic import NumberObject, pdf_name
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

from documents.signing import outside, trust, verify
from paper.printing import pdf as printing
from tests import factories
from tests.authority import Authority
from tests.documents.signing.conftest import Sign


def pdfsig(data: bytes, folder: Path) -> list[str]:
    """What poppler says of each signature."""
    file = folder / "tep.pdf"
    file.write_bytes(data)
    done = subprocess.run(["pdfsig", str(file)], capture_output=True, text=True, check=False)
    return [
        line.split(":", 1)[1].strip() for line in done.stdout.splitlines() if "Signature Validation" in line
    ]


def tampered(data: bytes) -> bytes:
    """One byte of the first page's content changed, where both signatures cover it."""
    at = data.index(b"stream", 300) + 40
    return data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]


def written_over(data: bytes) -> bytes:
    """Another title by incremental update: what a signature says nothing about."""
    writer = IncrementalPdfFileWriter(io.BytesIO(data))
    page = writer.root["/Pages"]["/Kids"][0]
    page[pdf_name("/Rotate")] = NumberObject(180)  # type: ignore[no-untyped-call]
    writer.update_container(page)
    out = io.BytesIO()
    writer.write(out)  # type: ignore[no-untyped-call]
    return out.getvalue()


def test_a_good_file_is_sound_and_pdfsig_agrees(both: bytes, tmp_path: Path) -> None:
    report = verify.examine(both, (Authority().anchor(),))

    assert report.trusted
    assert [each.name for each in report.signatures] == ["Vi Văn Chung", "Đảng ủy xã Tân Sơn"]
    assert report.problems == ()
    assert pdfsig(both, tmp_path) == ["Signature is Valid."] * 2


def test_a_changed_byte_is_seen_and_pdfsig_agrees(both: bytes, tmp_path: Path) -> None:
    changed = tampered(both)

    report = verify.examine(changed, (Authority().anchor(),))

    assert not report.sound
    assert report.problems == (
        "Vi Văn Chung: Nội dung đã bị sửa sau khi ký.",
        "Đảng ủy xã Tân Sơn: Nội dung đã bị sửa sau khi ký.",
    )
    assert pdfsig(changed, tmp_path) == ["Digest Mismatch."] * 2


def test_an_unknown_authority_is_sound_but_not_trusted_and_pdfsig_agrees(both: bytes, tmp_path: Path) -> None:
    other = Authority(number=3, common="CA khác")

    report = verify.examine(both, (other.anchor(),))

    assert report.sound
    assert not report.trusted
    assert "danh sách tin cậy" in report.problems[0]
    assert pdfsig(both, tmp_path) == ["Signature is Valid."] * 2


def test_what_is_added_after_the_seal_is_seen(both: bytes) -> None:
    report = verify.examine(written_over(both), (Authority().anchor(),))

    assert not report.sound
    assert "ngoài chữ ký" in report.problems[0]


def test_a_certificate_that_ran_out_since_is_said(signed: Sign) -> None:
    here = Authority()
    soon = here.p12("Vi Văn Chung", 11, until=dt.datetime.now(dt.UTC) + dt.timedelta(seconds=2))
    data = signed(soon, "Vi Văn Chung").pdf
    with time_machine.travel(dt.datetime.now(dt.UTC) + dt.timedelta(days=9)):
        report = verify.examine(data, (here.anchor(),))

    assert report.sound
    assert not report.trusted
    assert "hết hạn" in report.problems[0]


def test_a_report_survives_as_data(both: bytes) -> None:
    report = verify.examine(both)

    assert verify.Report.of(report.data()) == report


@pytest.mark.parametrize("data", [b"", b"khong phai pdf", b"%PDF-1.7\nhong", b"%PDF-1.7\n" + b"x" * 5000])
def test_what_is_no_pdf_is_a_sentence(data: bytes) -> None:
    with pytest.raises(verify.Unreadable):
        verify.examine(data)


def test_an_encrypted_file_is_a_sentence(issued: bytes) -> None:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(issued)) as document:
        document.save(out, encryption=pikepdf.Encryption(owner="a", user="b"))

    with pytest.raises(verify.Unreadable, match="mật khẩu"):
        verify.examine(out.getvalue())


def test_outside_a_signed_issued_file_is_taken(issued: bytes, both: bytes) -> None:
    report = outside.examine(both, issued, (Authority().anchor(),))

    assert report.trusted


def refusals(issued: bytes, both: bytes) -> dict[str, tuple[bytes, str]]:
    other = printing.render(factories.paper(factories.month(11), number=11))
    again = io.BytesIO()
    with pikepdf.open(io.BytesIO(both)) as document:
        document.save(again)
    locked = io.BytesIO()
    with pikepdf.open(io.BytesIO(issued)) as document:
        document.save(locked, encryption=pikepdf.Encryption(owner="a", user="b"))
    return {
        "the issued file itself": (issued, "chưa ký"),
        "a changed byte": (tampered(both), "không trùng từng byte"),
        "another paper": (other, "không có chữ ký số"),
        "saved anew": (again.getvalue(), "không trùng từng byte"),
        "no signature": (written_over(issued), "không có chữ ký số mới"),
        "changed after signing": (written_over(both), "không hợp lệ"),
        "no PDF": (b"PK\x03\x04 word", "không phải PDF"),
        "locked": (locked.getvalue(), "mật khẩu"),
        "cut off": (both[: len(issued) + 5000], "hỏng|chữ ký"),
    }


@pytest.mark.parametrize(
    "case",
    [
        "the issued file itself",
        "a changed byte",
        "another paper",
        "saved anew",
        "no signature",
        "changed after signing",
        "no PDF",
        "locked",
        "cut off",
    ],
)
def test_outside_anything_else_is_refused_with_the_reason(issued: bytes, both: bytes, case: str) -> None:
    data, reason = refusals(issued, both)[case]

    with pytest.raises(outside.Refused, match=reason):
        outside.examine(data, issued)


def test_what_was_changed_before_the_outside_signature_is_refused(issued: bytes, signed: Sign) -> None:
    data = signed(Authority().p12("Vi Văn Chung", 11), "Vi Văn Chung", pdf=written_over(issued)).pdf

    assert verify.examine(data, (Authority().anchor(),)).trusted
    with pytest.raises(outside.Refused, match="thêm hoặc sửa nội dung"):
        outside.examine(data, issued, (Authority().anchor(),))


def test_only_certificates_become_anchors() -> None:
    assert trust.certificates(Authority().pem())[0].subject.native["common_name"].startswith("CA")
    for data in (
        b"",
        b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n",
        b"\x30\x03\x02\x01\x01",
    ):
        with pytest.raises(trust.BadAnchor):
            trust.certificates(data)
