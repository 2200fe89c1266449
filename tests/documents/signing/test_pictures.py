"""Pictures of signatures and seals."""

from __future__ import annotations

import io

import pytest
from PIL import Image, ImageDraw

from documents.signing import pictures


def picture(
    colour: tuple[int, int, int], *, back: tuple[int, int, int, int] = (0, 0, 0, 0), kind: str = "PNG"
) -> bytes:
    image = Image.new("RGBA", (400, 200), back)
    ImageDraw.Draw(image).ellipse([100, 50, 180, 130], outline=(*colour, 255), width=6)
    out = io.BytesIO()
    (image if kind == "PNG" else image.convert("RGB")).save(out, kind)
    return out.getvalue()


def test_a_blue_signature_and_a_red_seal_are_cut_to_their_ink() -> None:
    for colour, is_seal in (((20, 40, 180), False), ((215, 20, 26), True)):
        made = Image.open(io.BytesIO(pictures.prepared(picture(colour), is_seal=is_seal)))

        assert made.size == (81, 81)
        assert made.mode == "RGBA"


@pytest.mark.parametrize(
    ("data", "is_seal", "reason"),
    [
        (picture((215, 20, 26)), False, "màu xanh"),
        (picture((20, 40, 180)), True, "màu đỏ"),
        (picture((0, 0, 0)), False, "màu xanh"),
        (picture((20, 40, 180), back=(255, 255, 255, 255)), False, "trong suốt"),
        (picture((20, 40, 180), kind="JPEG"), False, "PNG"),
        (b"", False, "PNG"),
        (b"\x89PNG\r\n\x1a\n" + b"x" * 50, False, "PNG"),
        (b"x" * 3_000_001, False, "3 MB"),
    ],
)
def test_other_pictures_are_refused_with_the_reason(data: bytes, is_seal: bool, reason: str) -> None:
    with pytest.raises(pictures.BadPicture, match=reason):
        pictures.prepared(data, is_seal=is_seal)


def test_a_picture_without_ink_is_refused() -> None:
    out = io.BytesIO()
    Image.new("RGBA", (20, 20), (0, 0, 0, 0)).save(out, "PNG")

    with pytest.raises(pictures.BadPicture, match="nét"):
        pictures.prepared(out.getvalue(), is_seal=False)
