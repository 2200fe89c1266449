"""Pictures of signatures and seals: transparent PNG, blue for a person, red for a seal."""

from __future__ import annotations

import io
import warnings

from django.utils.translation import gettext as _
from PIL import Image, ImageStat

#: Bytes of an upload, and pixels of the longer side that are kept (600 dots per inch of a seal).
LARGEST, LONGEST = 3_000_000, 900
#: Above this an ink counts as visible, and a difference of channels as a colour.
_INK, _COLOUR = 32, 12


class BadPicture(ValueError):
    """The picture cannot be used; the text is a sentence for the person."""


def prepared(data: bytes, *, is_seal: bool) -> bytes:
    """The picture as the stamp takes it. Raises BadPicture for no PNG, no transparency, another ink."""
    image = _opened(data)
    alpha = image.getchannel("A")
    lowest, __ = alpha.getextrema()
    if isinstance(lowest, tuple) or lowest > _INK:
        raise BadPicture(_("Ảnh phải có nền trong suốt (PNG)."))
    box = alpha.point(lambda value: 255 if value > _INK else 0).getbbox()
    if box is None:
        raise BadPicture(_("Ảnh này không có nét nào."))
    image = image.crop(box)
    _check_ink(image, is_seal=is_seal)
    image.thumbnail((LONGEST, LONGEST))
    out = io.BytesIO()
    image.save(out, "PNG", optimize=True)
    return out.getvalue()


def _opened(data: bytes) -> Image.Image:
    if len(data) > LARGEST:
        raise BadPicture(_("Ảnh lớn hơn 3 MB."))
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            image = Image.open(io.BytesIO(data), formats=["PNG"])
            return image.convert("RGBA")
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError, Warning) as error:
        raise BadPicture(_("Tệp này không phải ảnh PNG đọc được.")) from error


def _check_ink(image: Image.Image, *, is_seal: bool) -> None:
    ink = image.getchannel("A").point(lambda value: 255 if value > _INK else 0)
    red, __, blue = ImageStat.Stat(image.convert("RGB"), ink).mean
    if is_seal and red - blue < _COLOUR:
        raise BadPicture(_("Ảnh con dấu phải có màu đỏ."))
    if not is_seal and blue - red < _COLOUR:
        raise BadPicture(_("Ảnh chữ ký phải có màu xanh."))
