"""What a file is by its content; what is dangerous is refused quickly, with a sentence."""

from __future__ import annotations

import contextlib
import io
import resource
import struct
import time
import tracemalloc
import zlib
from collections.abc import Callable

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from meetings.content import ENDINGS, Refused, examine
from meetings.content import packed as packed_module
from tests.meetings import files

DAMAGED = "Tệp bị hỏng hoặc tải chưa đủ"
BOMB = "Tệp giải nén ra lớn bất thường"
UNKNOWN = "Không nhận loại tệp này"
OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 504

TAKEN: dict[str, tuple[Callable[[], bytes], str, int | None]] = {
    "bao-cao.docx": (
        files.word,
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        None,
    ),
    "bang.xlsx": (files.excel, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", None),
    "trinh-chieu.pptx": (
        files.powerpoint,
        "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        None,
    ),
    "to-trinh.pdf": (lambda: files.pdf(3), "application/pdf", 3),
    "anh.png": (files.png, "image/png", 1),
    "anh.jpg": (files.jpeg, "image/jpeg", 1),
    "ANH.JPEG": (lambda: files.jpeg(end=b"\xff\xd9" + b"video" * 99), "image/jpeg", 1),
    "anh.webp": (files.webp, "image/webp", 1),
    "quet.tif": (lambda: files.tiff((10, 20), (30, 40)), "image/tiff", 2),
    "không đuôi": (files.jpeg, "image/jpeg", 1),
}


def sentence(data: bytes, name: str) -> str:
    with pytest.raises(Refused) as caught:
        examine(io.BytesIO(data), name)
    return str(caught.value)


@pytest.mark.parametrize("name", TAKEN)
def test_every_kind_is_known_by_its_content(name: str) -> None:
    made, content_type, pages = TAKEN[name]

    found = examine(io.BytesIO(made()), name)

    assert (found.content_type, found.pages) == (content_type, pages)


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("rong.docx", b"", "Tệp rỗng."),
        ("chuong-trinh.exe", b"MZ" + b"\x00" * 200, UNKNOWN),
        ("chuong-trinh.pdf", b"\x7fELF" + b"\x00" * 200, UNKNOWN),
        ("trang.html", b"<!doctype html><script>1</script>", UNKNOWN),
        ("hinh.svg", b'<svg xmlns="http://www.w3.org/2000/svg"/>', UNKNOWN),
        ("anh.gif", b"GIF89a" + b"\x00" * 30, UNKNOWN),
        ("chu.txt", "Chữ".encode(), UNKNOWN),
        ("goi.rar", b"Rar!\x1a\x07\x00", UNKNOWN),
        ("trang.pdf", b"<html>%PDF-1.7 %%EOF", UNKNOWN),
        ("goi.zip", files.zipped({"a.txt": b"a"}), "Không nhận tệp nén"),
        ("cu.doc", OLD, "Tệp là bản Office cũ"),
        ("co-mat-khau.docx", OLD, "hoặc có mật khẩu"),
        ("anh.heic", b"\x00\x00\x00\x18ftypheic" + b"\x00" * 20, "Ảnh HEIC"),
        ("macro.docm", files.with_macros(), "Tệp có macro"),
        ("macro.docx", files.with_macros(), "Tệp có macro"),
        ("bang.xlsx", files.excel({"xl/vbaProject.bin": b"x"}), "Tệp có macro"),
        (
            "mau.dotx",
            files.office("word/document.xml", files.MAIN + "wordprocessingml.template.main+xml"),
            "mẫu",
        ),
    ],
)
def test_what_is_not_taken_gets_one_sentence(name: str, data: bytes, words: str) -> None:
    assert words in sentence(data, name)


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("bao-cao.docx", files.pdf(), "Tệp tên .docx nhưng nội dung là PDF."),
        ("bao-cao.pdf", files.word(), "Tệp tên .pdf nhưng nội dung là Word."),
        ("bao-cao.docx", files.excel(), "Tệp tên .docx nhưng nội dung là Excel."),
        ("anh.png", files.jpeg(), "Tệp tên .png nhưng nội dung là JPEG."),
        ("virus.pdf.exe", files.pdf(), "Tệp tên .exe nhưng nội dung là PDF."),
        ("trang.html", files.png(), "Tệp tên .html nhưng nội dung là PNG."),
    ],
)
def test_content_that_is_not_its_name_is_refused(name: str, data: bytes, words: str) -> None:
    assert sentence(data, name) == f"{words} Hãy đổi tên hoặc tải đúng tệp."


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.docx", files.word()[:3000]),
        ("a.docx", files.word()[:-1]),
        ("a.xlsx", files.excel()[:60] + b"\x00\x00\x00" + files.excel()[63:]),
        ("a.pdf", files.pdf(3)[:-200]),
        ("a.pdf", b"%PDF-1.7\nkhong co gi\n%%EOF"),
        ("a.pdf", files.assembled(["<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Count 0/Kids[]>>"])),
        ("a.png", files.png(truncated=True)),
        ("a.png", files.png(0, 5)),
        ("a.jpg", files.jpeg(end=b"")),
        ("a.jpg", files.jpeg()[:24]),
        ("a.webp", files.webp()[:25]),
        ("a.tif", files.tiff((10, 10))[:20]),
        ("a.tif", files.tiff((10, 10), (10, 10), loop=True)),
        ("a.tif", b"II*\x00\x00\x00\x00\x00"),
    ],
)
def test_what_is_damaged_is_said_to_be(name: str, data: bytes) -> None:
    assert DAMAGED in sentence(data, name)


def test_a_document_type_declaration_never_reaches_the_parser() -> None:
    bad = b'<!DOCTYPE x [<!ENTITY a "aaaa">]><Types>&a;</Types>'
    data = files.zipped({"[Content_Types].xml": bad, "_rels/.rels": b"<x/>"})

    assert DAMAGED in sentence(data, "a.docx")


def test_a_pdf_with_a_password_is_refused_and_one_that_opens_is_not() -> None:
    assert "Tệp PDF có mật khẩu" in sentence(files.pdf(password="mat"), "a.pdf")
    assert examine(io.BytesIO(files.pdf(2, password="")), "a.pdf").pages == 2


# ---------------------------------------------------------------- bombs


def deep(size: int) -> bytes:
    return zlib.compress(b"\x00" * size, 9)


def big_table() -> bytes:
    """A zip whose table of contents is larger than any document's."""
    return files.zipped({f"{n:06d}" + "x" * 180: b"" for n in range(5000)})


BOMBS: dict[str, tuple[str, Callable[[], bytes]]] = {
    "a zip that says what it unpacks to": ("a.xlsx", lambda: files.excel({"xl/a": b"\x00" * 60_000_000})),
    "a zip that lies about it": ("a.xlsx", lambda: files.lying(1000, 30_000_000)),
    "a table of contents without end": ("a.docx", big_table),
    "a stream packed twice": (
        "a.pdf",
        lambda: files.pdf_with(zlib.compress(deep(10**7)), "FlateDecode", "FlateDecode"),
    ),
    "a stream packed deeply": ("a.pdf", lambda: files.pdf_with(deep(200_000_000), "FlateDecode")),
    "an absurd picture in a pdf": (
        "a.pdf",
        lambda: files.pdf_with(
            deep(100), "FlateDecode", Subtype=pikepdf.Name.Image, Width=90_000, Height=90_000
        ),
    ),
}


@pytest.mark.parametrize("what", BOMBS)
def test_a_bomb_is_refused_in_little_time_and_memory(what: str) -> None:
    name, make = BOMBS[what]
    data = make()
    tracemalloc.start()
    started = time.process_time()

    said = sentence(data, name)

    spent = time.process_time() - started
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert BOMB in said
    assert spent < 5
    assert peak < 24 * 1024 * 1024


def test_a_page_tree_without_end_is_cut_short() -> None:
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime

    assert DAMAGED in sentence(files.pdf_without_end(), "a.pdf")

    assert resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before < 5


def test_more_pages_than_anybody_reads_are_refused() -> None:
    kids = "".join(f"{n + 3} 0 R " for n in range(5_001))
    page = "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>"
    tree = f"<</Type/Pages/Count 5001/Kids[{kids}]>>"
    data = files.assembled(["<</Type/Catalog/Pages 2 0 R>>", tree, *[page] * 5_001])

    assert "quá 5.000 trang" in sentence(data, "a.pdf")


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.png", files.png(100_000, 100_000)),
        ("a.png", files.png(40_000, 10)),
        ("a.jpg", files.jpeg(20_000, 20_000)),
        ("a.webp", files.webp(16_000, 16_000)),
        ("a.tif", files.tiff((10, 10), (1_000_000, 1_000_000))),
    ],
)
def test_a_picture_with_absurdly_many_dots_is_refused(name: str, data: bytes) -> None:
    assert "điểm là quá lớn" in sentence(data, name)


def test_time_grows_with_the_size_and_no_faster() -> None:
    def spent(size: int) -> float:
        noise = zlib.compress(bytes(range(256)) * 64) * (size // 400)
        data = files.excel({"xl/a.bin": noise[:size]})
        best = 9.0
        for _ in range(3):
            started = time.process_time()
            examine(io.BytesIO(data), "a.xlsx")
            best = min(best, time.process_time() - started)
        return best

    small, large = spent(2_000_000), spent(16_000_000)

    assert large < small * 8 * 3 + 0.05


@given(st.binary(max_size=400), st.sampled_from(sorted(ENDINGS)))
def test_garbage_is_refused_and_never_breaks(data: bytes, ending: str) -> None:
    with pytest.raises(Refused):
        examine(io.BytesIO(data), f"a{ending}")


SEEDS = {
    ".docx": files.excel(),
    ".png": files.png(),
    ".jpg": files.jpeg(),
    ".webp": files.webp(),
    ".tif": files.tiff((9, 9), (8, 8)),
}


@given(st.sampled_from(sorted(SEEDS)), st.integers(4, 10_000), st.binary(min_size=1, max_size=4))
def test_a_few_wrong_bytes_give_a_sentence_or_the_kind(ending: str, at: int, wrong: bytes) -> None:
    seed = SEEDS[ending]
    at %= len(seed)
    data = seed[:at] + wrong + seed[at + len(wrong) :]
    name = "a.xlsx" if ending == ".docx" else f"a{ending}"

    with contextlib.suppress(Refused):
        found = examine(io.BytesIO(data), name)
        assert found.content_type == ENDINGS["." + name.partition(".")[2]].content_type


def test_shared_parts_do_not_multiply_the_work() -> None:
    """Many entries of the table that point at the same packed bytes are refused by their sum."""
    data = files.excel({f"xl/{n:04d}": b"" for n in range(900)} | {"xl/big": bytes(range(256)) * 4000})
    table = data.index(b"PK\x01\x02")
    entry = data.index(b"xl/big", table) - 46
    sizes, place = data[entry + 16 : entry + 28], data[entry + 42 : entry + 46]
    broken, at = bytearray(data), table
    while broken[at : at + 4] == b"PK\x01\x02":
        name = broken[at + 46 : at + 46 + struct.unpack_from("<H", broken, at + 28)[0]]
        if name.startswith(b"xl/0"):
            broken[at + 10 : at + 12] = data[entry + 10 : entry + 12]
            broken[at + 16 : at + 28], broken[at + 42 : at + 46] = sizes, place
        at += 46 + len(name)

    assert BOMB in sentence(bytes(broken), "a.xlsx")
    assert packed_module.MAX_PARTS > 900
