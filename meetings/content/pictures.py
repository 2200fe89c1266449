"""Pictures: their sizes are read from their heads, nothing is unpacked.

Limits: 120 million dots a picture, 30,000 on a side; 500 pages of a TIFF.
"""

from __future__ import annotations

import struct
from typing import IO

from django.utils.translation import gettext as _

from meetings.content.refusal import Refused, damaged

MAX_DOTS = 120_000_000
MAX_SIDE = 30_000
MAX_PAGES = 500
#: Pieces of one picture (chunks, segments); real ones have at most a few thousand.
MAX_PIECES = 50_000
PIECE = 256 * 1024

#: Start-of-frame markers of JPEG (ITU-T T.81, table B.1); C4, C8 and CC are something else.
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}


def check(width: int, height: int) -> None:
    """Raises Refused for a picture without dots or with absurdly many."""
    if not width or not height:
        raise damaged()
    if width * height > MAX_DOTS or max(width, height) > MAX_SIDE:
        raise Refused(
            _("Ảnh %(width)s × %(height)s điểm là quá lớn. Hãy thu nhỏ ảnh rồi gửi lại.")
            % {"width": width, "height": height}
        )


def png(file: IO[bytes]) -> int:
    """Checks a PNG from its first chunk to its last (RFC 2083). Returns 1, its pages."""
    file.seek(8)
    for n in range(MAX_PIECES):
        length, kind = struct.unpack(">I4s", _exactly(file, 8))
        if n == 0:
            if kind != b"IHDR" or length != 13:
                raise damaged()
            check(*struct.unpack(">II", _exactly(file, 8)))
            length -= 8
        if kind == b"IEND":
            _exactly(file, 4)
            return 1
        file.seek(length + 4, 1)
    raise damaged()


def jpeg(file: IO[bytes]) -> int:
    """Checks a JPEG up to its end mark; what phones append behind it stays. Returns 1, its pages."""
    file.seek(2)
    seen = False
    for _n in range(MAX_PIECES):
        mark = _exactly(file, 1)
        if mark != b"\xff":
            raise damaged()
        while mark == b"\xff":
            mark = _exactly(file, 1)
        if mark[0] == 0xDA:
            break
        (length,) = struct.unpack(">H", _exactly(file, 2))
        if length < 2:
            raise damaged()
        if mark[0] in _FRAMES:
            _depth, height, width = struct.unpack(">BHH", _exactly(file, 5))
            check(width, height)
            seen, length = True, length - 5
        file.seek(length - 2, 1)
    if not seen or not _ends(file):
        raise damaged()
    return 1


def _ends(file: IO[bytes]) -> bool:
    """Is there an end-of-image mark in what follows?"""
    last = b""
    while piece := file.read(PIECE):
        if b"\xff\xd9" in last + piece:
            return True
        last = piece[-1:]
    return False


def webp(file: IO[bytes]) -> int:
    """Checks a WebP (RFC 9649). Returns 1, its pages."""
    file.seek(0, 2)
    length = file.tell()
    file.seek(0)
    head = _exactly(file, 30)
    if struct.unpack("<I", head[4:8])[0] + 8 > length:
        raise damaged()
    kind, data = head[12:16], head[20:]
    if kind == b"VP8X":
        width, height = (int.from_bytes(data[at : at + 3], "little") + 1 for at in (4, 7))
    elif kind == b"VP8L" and data[0] == 0x2F:
        bits = int.from_bytes(data[1:5], "little")
        width, height = (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    elif kind == b"VP8 " and data[3:6] == b"\x9d\x01\x2a":
        width, height = (side & 0x3FFF for side in struct.unpack("<HH", data[6:10]))
    else:
        raise damaged()
    check(width, height)
    return 1


def tiff(file: IO[bytes]) -> int:
    """Checks every page of a TIFF (TIFF 6.0, section 2). Returns how many there are."""
    file.seek(0)
    order = "<" if _exactly(file, 4).startswith(b"II") else ">"
    at, pages = struct.unpack(f"{order}I", _exactly(file, 4))[0], 0
    seen: set[int] = set()
    while at:
        if at in seen or pages >= MAX_PAGES:
            raise damaged()
        seen.add(at)
        file.seek(at)
        sizes, at = _tiff_page(file, order)
        check(sizes.get(256, 0), sizes.get(257, 0))
        pages += 1
    if not pages:
        raise damaged()
    return pages


def _tiff_page(file: IO[bytes], order: str) -> tuple[dict[int, int], int]:
    """The numbers of one directory by their tags, and where the next one is."""
    (count,) = struct.unpack(f"{order}H", _exactly(file, 2))
    entries = _exactly(file, count * 12)
    sizes = {}
    for n in range(count):
        tag, kind = struct.unpack_from(f"{order}HH", entries, n * 12)
        if tag in (256, 257):
            sizes[tag] = struct.unpack_from(f"{order}{'H' if kind == 3 else 'I'}", entries, n * 12 + 8)[0]
    return sizes, struct.unpack(f"{order}I", _exactly(file, 4))[0]


def _exactly(file: IO[bytes], size: int) -> bytes:
    data = file.read(size)
    if len(data) != size:
        raise damaged()
    return data
