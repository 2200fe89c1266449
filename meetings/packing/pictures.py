"""Attached pictures: one page of A4 each, as the camera meant it to be seen.

A JPEG goes in as it is; others are unpacked strip by strip. Sizes are read before anything is
unpacked, so a small file of a thousand million dots is refused.
"""

from __future__ import annotations

import io
import warnings
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pikepdf
from PIL import ExifTags, Image, ImageFile, ImageOps

from meetings.packing.attached import Unusable
from meetings.packing.stamps import A4_LONG, A4_SHORT

TYPES = frozenset(("image/jpeg", "image/png", "image/webp", "image/gif", "image/tiff", "image/bmp"))
FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "TIFF", "BMP", "MPO")
#: Dots of a picture that is unpacked here, and of a photo that goes in as it is.
MAX_UNPACKED, MAX_PHOTO = 50_000_000, 178_000_000
MAX_FRAMES = 200
#: Free space around a picture, in points.
MARGIN = 28.0
_STRIP = 512
#: What a hostile or damaged picture may raise.
BROKEN = (
    OSError,
    ValueError,
    SyntaxError,
    EOFError,
    KeyError,
    TypeError,
    IndexError,
    MemoryError,
    zlib.error,
)
#: Orientation of EXIF → how the unit square of the picture lies in its box: a b c d e f of a matrix.
_TURNED = {
    1: (1, 0, 0, 1, 0, 0),
    2: (-1, 0, 0, 1, 1, 0),
    3: (-1, 0, 0, -1, 1, 1),
    4: (1, 0, 0, -1, 0, 1),
    5: (0, -1, -1, 0, 1, 1),
    6: (0, -1, 1, 0, 0, 1),
    7: (0, 1, 1, 0, 0, 0),
    8: (0, 1, -1, 0, 1, 0),
}


def add(pdf: pikepdf.Pdf, path: Path) -> int:
    """Append the picture to the file, each frame of a TIFF on a page; gives the number of pages.

    Raises Unusable for a broken picture or one that is too large to unpack; nothing is added then.
    """
    before = len(pdf.pages)
    try:
        with _strict(), _opened(path) as picture:
            if picture.format in ("JPEG", "MPO"):
                _photo(pdf, picture, path)
            else:
                for frame in _frames(picture):
                    _unpacked(pdf, frame)
    except FileNotFoundError:
        raise Unusable("Tệp đã mất khỏi kho.") from None
    except (Unusable, Image.DecompressionBombError) as error:
        _back_to(pdf, before)
        raise Unusable(str(error) if isinstance(error, Unusable) else _TOO_LARGE) from None
    except BROKEN:
        _back_to(pdf, before)
        raise Unusable("Ảnh hỏng hoặc tải lên chưa đủ nên không mở được.") from None
    return len(pdf.pages) - before


_TOO_LARGE = "Ảnh có quá nhiều điểm nên không mở được."


@contextmanager
def _strict() -> Iterator[None]:
    """A picture that ends in the middle is broken: the printer of papers, where it is loaded in this
    process, has Pillow fill the rest with grey."""
    before, ImageFile.LOAD_TRUNCATED_IMAGES = ImageFile.LOAD_TRUNCATED_IMAGES, False
    try:
        yield
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = before


def _opened(path: Path) -> Image.Image:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # our own limits hold
        return Image.open(path, formats=FORMATS)


def _back_to(pdf: pikepdf.Pdf, count: int) -> None:
    while len(pdf.pages) > count:
        del pdf.pages[-1]


def _frames(picture: Image.Image) -> Iterator[Image.Image]:
    """Every page of a TIFF; of moving pictures the first."""
    count = getattr(picture, "n_frames", 1) if picture.format == "TIFF" else 1
    if count > MAX_FRAMES:
        raise Unusable(f"Ảnh có hơn {MAX_FRAMES} trang nên không ghép.")
    for n in range(count):
        picture.seek(n)
        yield picture


def _photo(pdf: pikepdf.Pdf, picture: Image.Image, path: Path) -> None:
    """A JPEG as it is: its dots are looked at once, small, to find one that was cut off."""
    width, height = picture.size
    turned = picture.getexif().get(ExifTags.Base.Orientation, 1)
    if width * height > MAX_PHOTO:
        raise Unusable(_TOO_LARGE)
    if picture.mode not in ("L", "RGB"):
        _unpacked(pdf, picture)
        return
    mode = picture.mode
    picture.draft(mode, (max(1, width // 8), max(1, height // 8)))
    picture.load()
    image = pdf.make_stream(
        path.read_bytes(),
        Type=pikepdf.Name.XObject,
        Subtype=pikepdf.Name.Image,
        Width=width,
        Height=height,
        ColorSpace=pikepdf.Name.DeviceGray if mode == "L" else pikepdf.Name.DeviceRGB,
        BitsPerComponent=8,
        Filter=pikepdf.Name.DCTDecode,
    )
    _page(pdf, image, width, height, turned if turned in _TURNED else 1)


def _unpacked(pdf: pikepdf.Pdf, picture: Image.Image) -> None:
    width, height = picture.size
    if width * height > MAX_UNPACKED:
        raise Unusable(_TOO_LARGE)
    flat = _flat(ImageOps.exif_transpose(picture))
    width, height = flat.size
    image = pdf.make_stream(
        _deflated(flat),
        Type=pikepdf.Name.XObject,
        Subtype=pikepdf.Name.Image,
        Width=width,
        Height=height,
        ColorSpace=pikepdf.Name.DeviceGray if flat.mode in ("1", "L") else pikepdf.Name.DeviceRGB,
        BitsPerComponent=1 if flat.mode == "1" else 8,
        Filter=pikepdf.Name.FlateDecode,
    )
    _page(pdf, image, width, height, 1)


def _flat(picture: Image.Image) -> Image.Image:
    """Black and white, grey or colour, on white paper where one could see through."""
    if picture.mode in ("1", "L", "RGB") and "transparency" not in picture.info:
        return picture
    if picture.mode in ("I", "F", "I;16", "I;16B"):
        return picture.convert("L")
    if picture.mode in ("LA", "RGBA", "PA", "La", "RGBa") or "transparency" in picture.info:
        seen = picture.convert("RGBA")
        paper = Image.new("RGB", seen.size, "white")
        paper.paste(seen, mask=seen.getchannel("A"))
        return paper
    return picture.convert("RGB")


def _deflated(picture: Image.Image) -> bytes:
    machine, out = zlib.compressobj(6), io.BytesIO()
    width, height = picture.size
    for top in range(0, height, _STRIP):
        strip = picture.crop((0, top, width, min(height, top + _STRIP)))
        out.write(machine.compress(strip.tobytes()))
    out.write(machine.flush())
    return out.getvalue()


def _page(pdf: pikepdf.Pdf, image: Any, width: int, height: int, turned: int) -> None:
    """A page of A4, upright or lying as the picture is, with the picture as large as it can be seen
    well: never larger than one dot to a point."""
    seen = (height, width) if turned >= 5 else (width, height)
    page = (A4_LONG, A4_SHORT) if seen[0] > seen[1] else (A4_SHORT, A4_LONG)
    scale = min((page[0] - 2 * MARGIN) / seen[0], (page[1] - 2 * MARGIN) / seen[1], 1.0)
    w, h = seen[0] * scale, seen[1] * scale
    x, y = (page[0] - w) / 2, (page[1] - h) / 2
    a, b, c, d, e, f = _TURNED[turned]
    matrix = (a * w, b * h, c * w, d * h, x + e * w, y + f * h)
    words = " ".join(f"{value:.3f}" for value in matrix)
    sheet = pikepdf.Dictionary(
        Type=pikepdf.Name.Page,
        MediaBox=[0, 0, *page],
        Resources=pikepdf.Dictionary(XObject=pikepdf.Dictionary({"/Im0": image})),
        Contents=pdf.make_stream(f"q {words} cm /Im0 Do Q".encode()),
    )
    pdf.pages.append(pikepdf.Page(pdf.make_indirect(sheet)))
