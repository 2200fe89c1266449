"""Packs from values: real files, broken ones, bombs; read back with pikepdf and poppler."""

from __future__ import annotations

import datetime as dt
import re
import subprocess
import zlib
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from PIL import Image

from meetings.packing import Content, File, Item, Made, Stopped, make, making
from meetings.packing.attached import unfolds_beyond
from paper.forms import profile_for
from paper.value import Regime

FORM = profile_for(Regime.PARTY, dt.date(2026, 11, 1))
A4 = (0, 0, 595.276, 841.89)
Sheet = Callable[..., Path]


@pytest.fixture
def sheet(tmp_path: Path) -> Sheet:
    """Makes a PDF in which each page says its words near each of its four edges."""

    def write(
        name: str = "bao-cao.pdf",
        pages: int = 1,
        box: Sequence[float] = A4,
        crop: Sequence[float] | None = None,
        rotate: int = 0,
        contents: bytes | None = None,
        **saving: Any,
    ) -> Path:
        pdf = pikepdf.new()
        font = pikepdf.Dictionary(
            Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Courier
        )
        x0, y0, x1, y1 = crop or box
        for n in range(1, pages + 1):
            words = b"BT /F1 10 Tf 1 0 0 1 %f %f Tm (duoi %d) Tj 1 0 0 1 %f %f Tm (tren %d) Tj ET" % (
                *(x0 + 2, y0 + 2, n),
                *(x1 - 60, y1 - 10, n),
            )
            page = pikepdf.Dictionary(
                Type=pikepdf.Name.Page,
                MediaBox=list(box),
                Resources=pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font)),
                Contents=pdf.make_stream(contents if contents is not None else words),
            )
            if crop:
                page.CropBox = pikepdf.Array(list(crop))
            if rotate:
                page.Rotate = rotate
            pdf.pages.append(pikepdf.Page(pdf.make_indirect(page)))
        pdf.save(tmp_path / name, **saving)
        return tmp_path / name

    return write


def of(path: Path, title: str = "Báo cáo", kind: str = "application/pdf", **more: Any) -> File:
    return File(
        title, path.name, path, kind, sha256=path.name, url=f"https://vp.example.vn/{path.name}", **more
    )


def content(*items: Sequence[File], **more: Any) -> Content:
    rows = tuple(Item(n, f"Nội dung họp thứ {n}", files=tuple(files)) for n, files in enumerate(items, 1))
    values = {
        "title": "Hội nghị Ban Thường vụ",
        "when": "thứ Tư, 18/11/2026",
        "where": "Phòng A",
        "chair": "anh Sơn",
    }
    return Content(**{**values, **more}, form=FORM, issuer=("ĐẢNG ỦY XÃ TÂN SƠN",), items=rows)


def packed(given: Content, tmp_path: Path, name: str = "pack.pdf") -> tuple[Made, Path]:
    return make(given, tmp_path / name), tmp_path / name


def text(path: Path, page: int, *, clean: bool = True) -> str:
    command = ["pdftotext", "-f", str(page), "-l", str(page), "-layout", str(path), "-"]
    done = subprocess.run(command, capture_output=True, check=True)
    assert not (clean and done.stderr), done.stderr
    return re.sub(r"\s+", " ", done.stdout.decode())


def places(path: Path, page: int, *, turned: bool = False) -> dict[str, tuple[float, float, float, float]]:
    """Where each word stands as the page is seen: left, top, right, bottom in shares of the page."""
    command = ["pdftotext", "-f", str(page), "-l", str(page), "-bbox", "-cropbox", str(path), "-"]
    said = subprocess.run(command, capture_output=True, check=True).stdout.decode()
    size = re.search(r'<page width="([\d.]+)" height="([\d.]+)"', said)
    assert size
    w, h = float(size[1]), float(size[2])
    w, h = (h, w) if turned else (w, h)  # poppler turns the words and not the page
    words = re.findall(r'<word xMin="(.*?)" yMin="(.*?)" xMax="(.*?)" yMax="(.*?)">(.*?)</word>', said)
    return {t: (float(a) / w, float(b) / h, float(c) / w, float(d) / h) for a, b, c, d, t in words}


def titles(path: Path) -> list[tuple[str, list[str]]]:
    with pikepdf.open(path) as pdf, pdf.open_outline() as outline:
        return [(row.title, [child.title for child in row.children]) for row in outline.root]


def leads_to(path: Path) -> dict[str, int]:
    """Bookmark → page it opens."""
    with pikepdf.open(path) as pdf, pdf.open_outline() as outline:
        number = {page.obj.objgen: n for n, page in enumerate(pdf.pages, 1)}
        rows = [row for top in outline.root for row in (top, *top.children)]
        places: list[tuple[str, Any]] = [(row.title, row.destination) for row in rows]
        return {title: number[place[0].objgen] for title, place in places}


def test_cover_documents_stamps_and_bookmarks(sheet: Sheet, tmp_path: Path) -> None:
    first, second = sheet("a.pdf", 2), sheet("b.pdf", 3)
    given = content(
        [of(first, "Tờ trình về đất đai"), of(second, "Dự thảo nghị quyết")], [of(first, "Phụ lục")]
    )

    made, path = packed(given, tmp_path)

    assert (made.pages, made.problems, made.listed) == (8, (), ())
    cover = text(path, 1)
    assert "ĐẢNG CỘNG SẢN VIỆT NAM" in cover
    assert "Hội nghị Ban Thường vụ Thời gian: thứ Tư, 18/11/2026" in cover
    assert re.search(r"1\. Tờ trình về đất đai \W*2 2\. Dự thảo nghị quyết \W*4 ", cover)
    assert [text(path, n).rpartition("Nội dung")[2].strip() for n in (2, 3, 4, 7)] == [
        "1, tài liệu 1 · trang 2/8",
        "1, tài liệu 1 · trang 3/8",
        "1, tài liệu 2 · trang 4/8",
        "2, tài liệu 1 · trang 7/8",
    ]
    assert titles(path) == [
        ("Chương trình hội nghị", []),
        (
            "Nội dung 1: Nội dung họp thứ 1",
            ["Tài liệu 1: Tờ trình về đất đai", "Tài liệu 2: Dự thảo nghị quyết"],
        ),
        ("Nội dung 2: Nội dung họp thứ 2", ["Tài liệu 1: Phụ lục"]),
    ]
    assert leads_to(path)["Tài liệu 2: Dự thảo nghị quyết"] == 4
    assert leads_to(path)["Nội dung 2: Nội dung họp thứ 2"] == 7


def test_the_lines_of_the_cover_open_their_pages(sheet: Sheet, tmp_path: Path) -> None:
    _made, path = packed(content([of(sheet("a.pdf", 2))], [of(sheet("b.pdf", 1))]), tmp_path)

    with pikepdf.open(path) as pdf:
        number = {page.obj.objgen: n for n, page in enumerate(pdf.pages, 1)}
        notes: Any = pdf.pages[0].obj.Annots
        opened = [number[note.Dest[0].objgen] for note in notes]

    assert opened == [2, 2, 4, 4]


@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
@pytest.mark.parametrize(
    ("box", "crop"),
    [
        (A4, None),
        ((0, 0, 1190.55, 841.89), None),
        ((0, 0, 841.89, 1190.55), None),
        ((-100, -50, 495, 792), None),
        ((0, 0, 700, 900), (50, 60, 645, 860)),
        ((0, 0, 200, 300), None),
        ((0, 0, 2400, 3300), None),
    ],
    ids=["A4", "A3 nằm", "A3 đứng", "gốc lệch", "khung cắt", "nhỏ", "A0"],
)
def test_a_stamp_is_below_everything_however_the_page_lies(
    sheet: Sheet, tmp_path: Path, box: Sequence[float], crop: Sequence[float] | None, rotate: int
) -> None:
    source = sheet(box=box, crop=crop, rotate=rotate)

    _made, path = packed(content([of(source)]), tmp_path)

    found = places(path, 2, turned=rotate in (90, 270))
    stamp = found.pop("2/2")
    assert 0.9 < stamp[1] < stamp[3] < 1, "at the lower edge as seen"
    assert 0.5 < stamp[0] < stamp[2] < 1, "at the right, and upright"
    assert 0.01 < stamp[2] - stamp[0] < 0.1
    words = {name: place for name, place in found.items() if name in ("duoi", "tren")}
    assert len(words) == 2
    assert all(place[3] <= stamp[1] + 0.001 and place[1] >= -0.01 for place in words.values()), (words, stamp)
    with pikepdf.open(path) as pdf:
        assert [round(float(v), 2) for v in pdf.pages[1].mediabox] == [round(float(v), 2) for v in box]


def test_links_on_a_page_move_with_it_and_nothing_in_it_runs(sheet: Sheet, tmp_path: Path) -> None:
    source = sheet()
    with pikepdf.open(source, allow_overwriting_input=True) as pdf:
        rect = [100, 100, 200, 120]
        web = pikepdf.Dictionary(S=pikepdf.Name.URI, URI=pikepdf.String("https://example.vn"))
        script = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String("app.alert(1)"))
        rows = [
            pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, Rect=rect, A=web),
            pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, Rect=rect, A=script),
            pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.FileAttachment, Rect=rect),
        ]
        pdf.pages[0].obj.Annots = pikepdf.Array(rows)
        pdf.pages[0].obj.AA = pikepdf.Dictionary(O=script)
        pdf.save()

    _made, path = packed(content([of(source)]), tmp_path)

    with pikepdf.open(path) as pdf:
        page: Any = pdf.pages[1].obj
        kept = [(str(note.Subtype), str(note.get("/A", {}).get("/S"))) for note in page.Annots]
        moved = [round(float(v)) for v in page.Annots[0].Rect]
    assert kept == [("/Link", "/URI"), ("/Link", "None")]
    assert moved == [106, 123, 203, 142]
    assert "/AA" not in page
    assert b"app.alert" not in path.read_bytes()


def test_a_page_that_leaves_its_state_open_still_has_its_stamp(sheet: Sheet, tmp_path: Path) -> None:
    open_ended = sheet("mo.pdf", contents=b"q q q 5 0 0 5 900 900 cm BT /F1 10 Tf (xa) Tj ET")
    too_closed = sheet("dong.pdf", contents=b"Q Q Q BT /F1 10 Tf 50 400 Td (gan) Tj ET")

    _made, path = packed(content([of(open_ended), of(too_closed)]), tmp_path)

    assert "tài liệu 1 · trang 2/3" in text(path, 2)
    assert "tài liệu 2 · trang 3/3" in text(path, 3, clean=False)
    assert places(path, 2)["2/3"][1] == pytest.approx(places(path, 3)["3/3"][1])


def bomb_of_structure(path: Path) -> None:
    """A file whose objects lie in a stream that unfolds to 400 MB."""
    machine = zlib.compressobj(9)
    tree = b"<</Type/Pages/Count 1/Kids[5 0 R]>>"
    packed_objects = machine.compress((b"4 0 " + b" " * 96) + tree)
    for _ in range(400):
        packed_objects += machine.compress(b" " * 1024 * 1024)
    packed_objects += machine.flush()
    parts = [
        b"1 0 obj\n<</Type/Catalog/Pages 4 0 R>>\nendobj\n",
        b"2 0 obj\n<</Type/ObjStm/N 1/First 100/Filter/FlateDecode/Length %d>>\nstream\n"
        % len(packed_objects)
        + packed_objects
        + b"\nendstream\nendobj\n",
        b"5 0 obj\n<</Type/Page/Parent 4 0 R/MediaBox[0 0 595 842]>>\nendobj\n",
    ]
    data = b"%PDF-1.5\n"
    starts = []
    for part in parts:
        starts.append(len(data))
        data += part
    rows = b"".join(
        kind.to_bytes(1) + a.to_bytes(4) + b.to_bytes(2)
        for kind, a, b in [
            *(
                (0, 0, 0),
                (1, starts[0], 0),
                (1, starts[1], 0),
                (1, len(data), 0),
                (2, 2, 0),
                (1, starts[2], 0),
            ),
        ]
    )
    start = len(data)
    data += b"3 0 obj\n<</Type/XRef/Size 6/W[1 4 2]/Root 1 0 R/Length %d>>\nstream\n" % len(rows)
    data += rows + b"\nendstream\nendobj\nstartxref\n%d\n%%%%EOF\n" % start
    path.write_bytes(data)


def bad_files(sheet: Sheet, tmp_path: Path) -> dict[str, tuple[Path, str]]:
    """Name → (a file that cannot go in, a word of the reason)."""
    good = sheet("nguon.pdf", 3).read_bytes()
    made = {
        "hong.pdf": (b"%PDF-1.7\n%broken", "hỏng"),
        "rong.pdf": (b"", "hỏng"),
        "cut.pdf": (good[:300], "hỏng"),
        "anh-hong.jpg": (b"\xff\xd8\xff\xe0 no picture", "hỏng"),
    }
    out = {}
    for name, (data, word) in made.items():
        (tmp_path / name).write_bytes(data)
        out[name] = (tmp_path / name, word)
    locked = pikepdf.Encryption(owner="chu", user="mat-khau")
    out["khoa.pdf"] = (sheet("khoa.pdf", encryption=locked), "mật khẩu")
    bomb_of_structure(tmp_path / "bom-cau-truc.pdf")
    out["bom-cau-truc.pdf"] = (tmp_path / "bom-cau-truc.pdf", "quá lớn")
    drawing = b" " * (80 * 1024 * 1024)
    out["bom-trang.pdf"] = (sheet("bom-trang.pdf", contents=drawing), "quá lớn")
    nested = sheet("bom-long.pdf")
    with pikepdf.open(nested, allow_overwriting_input=True) as pdf:
        twice = zlib.compress(zlib.compress(b" " * 1_000_000))
        flate = pikepdf.Name.FlateDecode
        pdf.pages[0].obj.Contents = pikepdf.Stream(pdf, twice, Filter=[flate, flate])
        pdf.save(stream_decode_level=pikepdf.StreamDecodeLevel.none, compress_streams=False)
    out["bom-long.pdf"] = (nested, "quá lớn")
    photo = tmp_path / "anh.jpg"
    Image.effect_noise((400, 300), 50).save(photo)
    (tmp_path / "anh-cut.jpg").write_bytes(photo.read_bytes()[:4000])
    out["anh-cut.jpg"] = (tmp_path / "anh-cut.jpg", "hỏng")
    Image.new("1", (12000, 12000)).save(tmp_path / "anh-bom.png")
    out["anh-bom.png"] = (tmp_path / "anh-bom.png", "quá nhiều điểm")
    out["mat.pdf"] = (tmp_path / "mat.pdf", "mất khỏi kho")
    return out


@pytest.fixture
def printer_loaded() -> None:
    """A worker that has printed papers: the printer changes how forgiving Pillow is."""
    import weasyprint.images  # noqa: F401


@pytest.mark.usefixtures("printer_loaded")
def test_what_cannot_go_in_is_named_and_does_not_stop_the_pack(sheet: Sheet, tmp_path: Path) -> None:
    kinds = {".jpg": "image/jpeg", ".png": "image/png", ".pdf": "application/pdf"}
    bad = bad_files(sheet, tmp_path)
    files = [of(path, f"Tài liệu {name}", kinds[path.suffix]) for name, (path, _word) in bad.items()]
    good = of(sheet("tot.pdf", 2), "Tài liệu tốt")

    made, path = packed(content([*files, good]), tmp_path)

    reasons = {problem.title: problem.reason for problem in made.problems}
    assert set(reasons) == {f"Tài liệu {name}" for name in bad}
    assert {name: word in reasons[f"Tài liệu {name}"] for name, (_p, word) in bad.items()} == dict.fromkeys(
        bad, True
    )
    assert all(problem.reason.endswith(".") for problem in made.problems)
    cover = " ".join(text(path, n) for n in range(1, made.pages - 1))
    assert f"{len(bad)} tài liệu không ghép được" in cover
    assert all(f"Tài liệu {name}" in cover for name in bad)
    assert "Tệp có mật khẩu nên không ghép được." in cover
    assert f"tài liệu {len(bad) + 1} · trang {made.pages}/{made.pages}" in text(path, made.pages)
    assert leads_to(path)["Tài liệu 1: Tài liệu hong.pdf (không ghép được)"] == 1


def test_a_file_locked_against_changes_alone_goes_in(sheet: Sheet, tmp_path: Path) -> None:
    open_to_readers = sheet("chi-doc.pdf", 2, encryption=pikepdf.Encryption(owner="chu", user=""))

    made, path = packed(content([of(open_to_readers)]), tmp_path)

    assert (made.pages, made.problems) == (3, ())
    assert "tren 2" in text(path, 3)


def test_a_truncated_file_gives_the_pages_it_still_has_and_says_so(sheet: Sheet, tmp_path: Path) -> None:
    whole = sheet("dai.pdf", 6, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    short = tmp_path / "cut.pdf"
    short.write_bytes(whole.read_bytes()[: whole.read_bytes().rindex(b"xref")])

    made, path = packed(content([of(short, "Báo cáo dài")]), tmp_path)

    assert [problem.reason for problem in made.problems] == [
        "Tệp bị hỏng một phần; những trang còn đọc được đã ghép."
    ]
    assert made.pages == 7
    assert "Báo cáo dài" in text(path, 1)


#: What to put in place of what in a whole file.
STRANGE = {
    "độ dài sai": (rb"/Length ", b"/Length 9"),
    "độ dài âm": (rb"/Length \d+", b"/Length -5"),
    "luồng không hết": (rb"endstream", b"endstrexx"),
    "trang không có": (rb"/Kids \[", b"/Kids [ null 99 0 R (x) "),
    "nội dung lạ": (rb"/Contents (\d+) 0 R", rb"/Contents [ 3 0 R null (x) 99 0 R \1 0 R]"),
    "nội dung là chữ": (rb"/Contents \d+ 0 R", b"/Contents (abc)"),
    "khung lạ": (rb"/MediaBox \[[^\]]*\]", b"/MediaBox [ (a) 0 null 5 ]"),
    "khung cắt ở ngoài": (rb"/Resources <<", b"/Rotate 45 /CropBox [ 1000 1000 2000 2000 ] /Resources <<"),
    "tài nguyên không có": (rb"/Resources <<", b"/Resources 77 0 R /Old <<"),
    "ghi chú lạ": (
        rb"/Resources <<",
        b"/Rotate (x) /Annots [ 1 (x) << /Subtype /Link /Rect [ a ] /InkList [ [1] 2 ] >> ] /Resources <<",
    ),
}


@pytest.mark.parametrize("name", list(STRANGE))
def test_strange_files_neither_stop_the_pack_nor_spoil_the_next(
    sheet: Sheet, tmp_path: Path, name: str
) -> None:
    raw = {"compress_streams": False, "object_stream_mode": pikepdf.ObjectStreamMode.disable}
    source = sheet("la.pdf", 2, **raw)
    old, new = STRANGE[name]
    source.write_bytes(re.sub(old, new, source.read_bytes()))

    made, path = packed(content([of(source, "Lạ"), of(sheet("tot.pdf"), "Tốt")]), tmp_path)

    assert made.pages == 4
    assert f"tài liệu 2 · trang {made.pages}/{made.pages}" in text(path, made.pages)


def test_writing_each_file_anew_first_gives_the_same_pages(sheet: Sheet, tmp_path: Path) -> None:
    """The way taken when the file as a whole could not be written."""
    locked = sheet("khoa-sua.pdf", 2, encryption=pikepdf.Encryption(owner="chu", user=""))
    broken = tmp_path / "hong.pdf"
    broken.write_bytes(b"%PDF-1.7")
    given = content([of(locked), of(broken)], [of(sheet("tot.pdf", 3))])
    (tmp_path / "rieng").mkdir()

    usual, first = packed(given, tmp_path, "1.pdf")
    careful = making._made(
        given, tmp_path / "2.pdf", lambda done, total, step: True, careful=tmp_path / "rieng"
    )

    assert careful == usual
    assert [text(tmp_path / "2.pdf", n) for n in range(1, 7)] == [text(first, n) for n in range(1, 7)]


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_photo_is_seen_as_it_was_taken(tmp_path: Path, orientation: int) -> None:
    """The left upper corner of what one should see is red, the right upper one is green."""
    seen = Image.new("RGB", (400, 200), "white")
    seen.paste("red", (0, 0, 100, 50))
    seen.paste("green", (300, 0, 400, 50))
    back = {2: 0, 3: 3, 4: 1, 5: 5, 6: 2, 7: 6, 8: 4}  # Pillow's numbers of the way back
    stored = seen.transpose(Image.Transpose(back[orientation])) if orientation > 1 else seen
    exif = Image.Exif()
    exif[0x112] = orientation
    stored.save(tmp_path / "anh.jpg", exif=exif, quality=95)

    made, path = packed(content([of(tmp_path / "anh.jpg", "Ảnh", "image/jpeg")]), tmp_path)

    subprocess.run(["pdftoppm", "-f", "2", "-r", "72", "-png", path, tmp_path / "trang"], check=True)
    page = Image.open(tmp_path / "trang-2.png").convert("RGB")
    assert made.pages == 2
    assert page.width > page.height, "a lying picture lies"
    box = page.point(lambda v: 255 if v < 100 else 0).getbbox()
    assert box
    reds = [
        (x, y)
        for x in range(0, page.width, 4)
        for y in range(0, page.height, 4)
        if near(page, x, y, (255, 0, 0))
    ]
    greens = [
        (x, y)
        for x in range(0, page.width, 4)
        for y in range(0, page.height, 4)
        if near(page, x, y, (0, 128, 0))
    ]
    assert reds
    assert greens
    middle = page.width / 2
    assert max(x for x, _y in reds) < middle < min(x for x, _y in greens)
    assert max(y for _x, y in (*reds, *greens)) < page.height / 2


def near(page: Image.Image, x: int, y: int, colour: tuple[int, int, int]) -> bool:
    dot: Any = page.getpixel((x, y))
    return all(abs(a - b) < 40 for a, b in zip(dot, colour, strict=True))


@pytest.mark.parametrize(
    ("mode", "name", "kind"),
    [
        ("RGBA", "a.png", "image/png"),
        ("P", "a.gif", "image/gif"),
        ("L", "a.png", "image/png"),
        ("1", "a.png", "image/png"),
        ("I;16", "a.png", "image/png"),
        ("CMYK", "a.jpg", "image/jpeg"),
        ("RGB", "a.webp", "image/webp"),
        ("RGB", "a.bmp", "image/bmp"),
    ],
)
def test_every_kind_of_picture_becomes_a_page(tmp_path: Path, mode: str, name: str, kind: str) -> None:
    Image.new(mode, (60, 90)).save(tmp_path / name)

    made, path = packed(content([of(tmp_path / name, "Ảnh", kind)]), tmp_path)

    assert (made.pages, made.problems) == (2, ())
    with pikepdf.open(path) as pdf:
        assert float(pdf.pages[1].mediabox[3]) > float(pdf.pages[1].mediabox[2]), "an upright picture stands"
    assert "trang 2/2" in text(path, 2)


def test_a_tiff_of_many_pages_gives_them_all(tmp_path: Path) -> None:
    sheets = [Image.new("1", (100, 150)) for _ in range(3)]
    sheets[0].save(tmp_path / "quet.tiff", save_all=True, append_images=sheets[1:])

    made, _path = packed(content([of(tmp_path / "quet.tiff", "Bản quét", "image/tiff")]), tmp_path)

    assert made.pages == 4


def test_other_kinds_are_listed_with_their_address(tmp_path: Path) -> None:
    sheet = of(tmp_path / "so-lieu.xlsx", "Bảng số liệu", "application/vnd.ms-excel", accepted=False)

    made, path = packed(content([sheet]), tmp_path)

    assert [(row.title, row.name, row.url) for row in made.listed] == [
        ("Bảng số liệu", "so-lieu.xlsx", "https://vp.example.vn/so-lieu.xlsx")
    ]
    assert "Bảng số liệu Chưa được Văn phòng nhận. Mở trên hệ thống: so-lieu.xlsx" in text(path, 1)
    with pikepdf.open(path) as pdf:
        notes: Any = pdf.pages[0].obj.Annots
        assert {str(note.A.URI) for note in notes} == {"https://vp.example.vn/so-lieu.xlsx"}


def test_what_the_office_has_not_accepted_says_so_on_each_page(sheet: Sheet, tmp_path: Path) -> None:
    _made, path = packed(content([of(sheet(), accepted=False)]), tmp_path)

    assert "Nội dung 1, tài liệu 1 (chưa được Văn phòng nhận) · trang 2/2" in text(path, 2)


def test_equal_contents_give_equal_bytes_and_others_another_id(sheet: Sheet, tmp_path: Path) -> None:
    given = content([of(sheet("a.pdf", 2))])
    changed = content([of(sheet("a.pdf", 2))], where="Phòng B")

    paths = [packed(each, tmp_path, f"{n}.pdf")[1] for n, each in enumerate((given, given, changed))]

    first, second, third = (path.read_bytes() for path in paths)
    assert first == second
    ids = [re.search(rb"/ID \[<(.*?)>", data) for data in (first, third)]
    assert len({found[1] for found in ids if found}) == 2


def test_the_making_stops_between_documents(sheet: Sheet, tmp_path: Path) -> None:
    told: list[tuple[int, int, str]] = []

    def progress(done: int, total: int, step: str) -> bool:
        told.append((done, total, step))
        return done < 2

    with pytest.raises(Stopped):
        make(content([of(sheet("a.pdf")) for _ in range(5)]), tmp_path / "pack.pdf", progress)

    assert told == [(0, 5, "Báo cáo"), (1, 5, "Báo cáo"), (2, 5, "Báo cáo")]
    assert not (tmp_path / "pack.pdf").exists()


def test_a_long_agenda_goes_over_several_pages_and_strange_words_stay_on_the_sheet(tmp_path: Path) -> None:
    long = "Báo cáo tình hình thực hiện nhiệm vụ phát triển kinh tế - xã hội " * 6
    items = tuple(
        Item(
            n,
            long if n % 3 else "x" * 400 + "\u202e\U0001f600",
            bodies="UBND xã " * 20,
            session=f"Phiên {n // 20}",
        )
        for n in range(1, 61)
    )
    given = Content("Hội nghị", "", "", "", FORM, items=items)

    made, path = packed(given, tmp_path)

    assert made.pages > 5
    for page in range(1, made.pages + 1):
        assert all(0 <= x0 <= x1 <= 1 and y1 <= 1 for x0, _y0, x1, y1 in places(path, page).values())
    assert "[U+202E]" in "".join(text(path, n) for n in range(1, made.pages + 1))


def test_a_meeting_without_items_has_its_cover(tmp_path: Path) -> None:
    made, path = packed(content(), tmp_path)

    assert made.pages == 1
    assert "Hội nghị chưa có nội dung." in text(path, 1)


def test_the_limits_of_the_pdf_engine_come_back(sheet: Sheet, tmp_path: Path) -> None:
    before = pikepdf.settings.get_qpdf_limits()

    packed(content([of(sheet())]), tmp_path)

    assert pikepdf.settings.get_qpdf_limits() == before


def test_growth_is_measured_without_keeping_it() -> None:
    assert unfolds_beyond(zlib.compress(b" " * 5_000_000), 4_000_000)
    assert not unfolds_beyond(zlib.compress(b" " * 3_000_000), 4_000_000)
    assert not unfolds_beyond(b"no flate at all", 10)
