"""Signatures on a stored print: what they keep, where they stand, how long they prove."""

from __future__ import annotations

import datetime as dt
import io
import subprocess
from pathlib import Path

import pikepdf
import pytest
from PIL import Image, ImageDraw

from documents.signing import keys, loop, place, sign, stamp, verify
from paper.forms import profile_of
from paper.printing import pages, pdf
from tests.authority import PASSPHRASE, Authority
from tests.documents.signing.conftest import PAPER, Sign
from tests.documents.signing.test_verify import pdfsig


def tsa(ca: Authority) -> str:
    return f"http://127.0.0.1:{ca.port}/tsa"


def drawing(colour: tuple[int, int, int]) -> bytes:
    image = Image.new("RGBA", (300, 150), (0, 0, 0, 0))
    ImageDraw.Draw(image).line([(20, 120), (150, 20), (280, 110)], fill=(*colour, 255), width=9)
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


def test_a_signature_is_added_behind_the_issued_bytes(issued: bytes, signed: Sign, ca: Authority) -> None:
    made = signed(ca.p12("Vi Văn Chung", 11), "Vi Văn Chung")

    assert made.pdf.startswith(issued)
    assert made.level == "B-B"
    assert verify.examine(made.pdf, (ca.anchor(),)).trusted


def test_where_a_loop_runs_already_signing_and_proving_work_too(signed: Sign, ca: Authority) -> None:
    async def inside() -> bool:
        made = signed(ca.p12("Vi Văn Chung", 11), "Vi Văn Chung")
        return verify.examine(made.pdf, (ca.anchor(),)).trusted

    assert loop.completed(inside())


def test_a_timestamp_server_gives_b_t_where_no_root_is_trusted(signed: Sign, ca: Authority) -> None:
    made = signed(ca.p12("Vi Văn Chung", 11), "Vi Văn Chung", timestamp_url=tsa(ca))

    [signature] = verify.examine(made.pdf, (ca.anchor(),)).signatures
    assert made.level == signature.level == "B-T"
    assert signature.trusted
    assert signature.stamped_at


def test_revocation_data_of_a_trusted_chain_gives_b_lt(signed: Sign, ca: Authority) -> None:
    made = signed(ca.p12("Vi Văn Chung", 11), "Vi Văn Chung", timestamp_url=tsa(ca), anchors=(ca.anchor(),))

    [signature] = verify.examine(made.pdf, (ca.anchor(),)).signatures
    assert made.level == signature.level == "B-LT"
    assert signature.trusted


def test_answers_of_ocsp_give_b_lt_that_is_proved_without_a_connection(
    signed: Sign, asked: Authority, tmp_path: Path
) -> None:
    options = {"timestamp_url": tsa(asked), "anchors": (asked.anchor(),)}
    one = signed(asked.p12("Vi Văn Chung", 11), "Vi Văn Chung", **options)
    two = signed(asked.p12("Đảng ủy", 12), "Đảng ủy", pdf=one.pdf, is_seal=True, **options)

    report = verify.examine(two.pdf, (asked.anchor(),))
    assert [each.level for each in report.signatures] == [one.level, two.level] == ["B-LT", "B-LT"]
    assert report.trusted
    with pikepdf.open(io.BytesIO(two.pdf)) as document:
        assert len(document.Root.DSS.OCSPs) >= 2
        assert not len(document.Root.DSS.get("/CRLs", []))
    assert pdfsig(two.pdf, tmp_path) == ["Signature is Valid."] * 2


def test_what_ocsp_says_is_revoked_signs_nothing(signed: Sign, asked: Authority) -> None:
    asked.revoked.append(18)

    with pytest.raises(sign.CannotSign, match="thu hồi"):
        signed(
            asked.p12("Vi Văn Chung", 18), "Vi Văn Chung", timestamp_url=tsa(asked), anchors=(asked.anchor(),)
        )


def test_without_revocation_data_b_t_remains(signed: Sign, ca: Authority) -> None:
    silent = Authority(number=2, common="CA không có danh sách thu hồi", port=1)

    made = signed(
        silent.p12("Vi Văn Chung", 11), "Vi Văn Chung", timestamp_url=tsa(ca), anchors=(silent.anchor(),)
    )

    assert made.level == "B-T"


def test_a_revoked_certificate_signs_nothing(signed: Sign, ca: Authority) -> None:
    ca.revoked.append(19)

    with pytest.raises(sign.CannotSign, match="thu hồi"):
        signed(ca.p12("Vi Văn Chung", 19), "Vi Văn Chung", timestamp_url=tsa(ca), anchors=(ca.anchor(),))


def test_a_silent_timestamp_server_stops_the_signature(signed: Sign, ca: Authority) -> None:
    with pytest.raises(sign.CannotSign, match="dấu thời gian"):
        signed(ca.p12("Vi Văn Chung", 11), "Vi Văn Chung", timestamp_url="http://127.0.0.1:1/tsa")


def test_an_expired_certificate_signs_nothing(signed: Sign, ca: Authority) -> None:
    gone = ca.p12("Vi Văn Chung", 11, until=dt.datetime(2026, 2, 1, tzinfo=dt.UTC))

    with pytest.raises(sign.CannotSign, match="01/02/2026"):
        signed(gone, "Vi Văn Chung")


@pytest.mark.parametrize(
    ("file", "passphrase"), [(b"khong phai khoa", PASSPHRASE), (None, "sai"), (b"", ""), (b"x" * 300_000, "")]
)
def test_a_key_that_does_not_open_is_a_sentence(ca: Authority, file: bytes | None, passphrase: str) -> None:
    source = keys.File(ca.p12("Vi Văn Chung", 11) if file is None else file)

    with pytest.raises(keys.BadKey) as caught, keys.opened(source, keys.Secret(passphrase)):
        pass

    assert caught.value.__cause__ is None


def test_a_secret_is_shown_nowhere() -> None:
    secret = keys.Secret("tám con vịt")

    assert repr(secret) == str(secret) == f"{secret}" == "••••"
    with pytest.raises(TypeError):
        secret.__reduce__()


def test_the_signature_stands_between_position_and_name_and_the_seal_covers_its_left_third() -> None:
    space, _pages = pdf.signature_space(PAPER)
    assert space is not None

    hand, seal = place.signature(space), place.seal(space)

    assert (hand.bottom, hand.top) == (space.bottom, space.top)
    assert hand.left + hand.right == pytest.approx(space.left + space.right)
    assert (seal.width, seal.height) == pytest.approx((36 * 72 / 25.4,) * 2)
    assert seal.left < hand.left
    assert (seal.right - hand.left) / hand.width == pytest.approx(1 / 3)


def test_a_paper_that_prints_otherwise_today_is_not_signed() -> None:
    with pytest.raises(place.NoPlace):
        place.space_of(PAPER, profile_of(PAPER), 9)


def test_co_signatures_are_not_seen_and_keep_pdf_a(
    issued: bytes, signed: Sign, ca: Authority, tmp_path: Path
) -> None:
    data = issued
    for n in (1, 2):
        wish = sign.Wish(f"CungKy{n}", None, b"", f"Người {n}", "Tân Sơn", dt.datetime.now(dt.UTC))
        source = keys.File(ca.p12(f"Người {n}", 20 + n))
        with keys.opened(source, keys.Secret(PASSPHRASE)) as signer:
            data = sign.sign(data, signer, wish, timestamp_url=tsa(ca), anchors=(ca.anchor(),)).pdf
    looks = pages.png(data, 40)
    data = signed(ca.p12("Vi Văn Chung", 11), "Vi Văn Chung", pdf=data).pdf
    data = signed(ca.p12("Đảng ủy", 12), "Đảng ủy", pdf=data, is_seal=True).pdf

    assert looks == pages.png(issued, 40)
    with pikepdf.open(io.BytesIO(data)) as document:
        check_pdf_a(document, signatures=4)
    assert verify.examine(data, (ca.anchor(),)).trusted
    assert pdfsig(data, tmp_path) == ["Signature is Valid."] * 4
    assert qpdf(data, tmp_path) == 0


def qpdf(data: bytes, folder: Path) -> int:
    """How ``qpdf --check`` ends."""
    file = folder / "ban-ky.pdf"
    file.write_bytes(data)
    return subprocess.run(["qpdf", "--check", str(file)], capture_output=True, check=False).returncode


@pytest.mark.parametrize("pictures", [(b"", b""), (drawing((20, 40, 180)), drawing((210, 20, 20)))])
def test_pdf_a_is_kept_by_signature_and_seal(
    signed: Sign, ca: Authority, pictures: tuple[bytes, bytes], tmp_path: Path
) -> None:
    options = {"timestamp_url": tsa(ca), "anchors": (ca.anchor(),)}
    one = signed(ca.p12("Vi Văn Chung", 11), "Vi Văn Chung", picture=pictures[0], **options)
    two = signed(ca.p12("Đảng ủy", 12), "Đảng ủy", pdf=one.pdf, is_seal=True, picture=pictures[1], **options)

    with pikepdf.open(io.BytesIO(two.pdf)) as document:
        check_pdf_a(document)
    assert (one.level, two.level) == ("B-LT", "B-LT")
    assert qpdf(two.pdf, tmp_path) == 0
    assert pdfsig(two.pdf, tmp_path) == ["Signature is Valid."] * 2


def check_pdf_a(document: pikepdf.Pdf, *, signatures: int = 2) -> None:
    """What PDF/A-3a asks of the parts that a signature adds."""
    with document.open_metadata() as metadata:
        assert metadata["pdfaid:part"] == "3"
        assert metadata["pdfaid:conformance"] == "A"
    assert document.Root.OutputIntents[0].S == "/GTS_PDFA1"
    assert document.Root.MarkInfo.Marked
    assert "/NeedAppearances" not in document.Root.AcroForm
    assert "/XFA" not in document.Root.AcroForm
    widgets = [a for page in document.pages for a in page.get("/Annots", []) if a.Subtype == "/Widget"]
    assert len(widgets) == signatures
    for widget in widgets:
        assert int(widget.F) & 4  # printed
        assert not int(widget.F) & (1 | 2 | 32)  # neither invisible, hidden nor without a view
        assert "/A" not in widget
        assert "/AA" not in widget
    for thing in document.objects:
        if isinstance(thing, pikepdf.Dictionary) and thing.get("/Type") == "/Font":
            check_font(thing)
        if isinstance(thing, pikepdf.Stream):
            assert thing.get("/Subtype") != "/PS"
            assert "/LZWDecode" not in str(thing.get("/Filter", ""))


def check_font(font: pikepdf.Dictionary) -> None:
    if font.Subtype == "/Type0":
        assert "/ToUnicode" in font
        return
    descriptor = font.FontDescriptor
    assert any(name in descriptor for name in ("/FontFile", "/FontFile2", "/FontFile3"))


def test_a_stamp_loads_nothing_from_outside() -> None:
    where = place.Place(0, 0, 0, 100, 60)

    page = stamp.draw(stamp.Mark(('<img src="file:///etc/passwd">',)), where)

    with pikepdf.open(io.BytesIO(page)) as document:
        assert len(document.pages) == 1
        assert document.pages[0].get_images() == {}
