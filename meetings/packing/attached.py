"""Attached PDF files: opened within bounds, looked through, refused with a sentence.

Nothing is decoded but what the file's own structure needs, and that within limits: a file that
unfolds to gigabytes is refused before a page of it is copied.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pikepdf
from pikepdf import settings as qpdf

#: More pages than any office sends; a tree that repeats itself is cut here.
MAX_PAGES = 3000
#: One structure of a file unfolds to no more than this.
MAX_STRUCTURE = 96 * 1024 * 1024
#: What draws one page unfolds to no more than this.
MAX_DRAWING = 64 * 1024 * 1024
#: Flate grows by 1032 at most, so what is smaller need not be measured.
_HARMLESS = MAX_DRAWING // 1040
#: Bytes of one picture, unfolded: A0 at 600 dots an inch in colour.
MAX_PICTURE = 2 * 1024**3
_PACKING = {"/FlateDecode", "/Fl", "/LZWDecode", "/LZW", "/RunLengthDecode", "/RL"}

#: qpdf's words when it had to look for the pages of a damaged file.
_REPAIRED = ("reconstruct", "file is damaged")


#: What a hostile or damaged file may raise in qpdf.
BROKEN = (
    pikepdf.PdfError,
    pikepdf.DataDecodingError,
    ValueError,
    TypeError,
    AttributeError,
    KeyError,
    OSError,
    RuntimeError,
    MemoryError,
)


TOO_LARGE = "Tệp phình ra quá lớn khi mở nên không ghép."
_OBJECTS = re.compile(rb"/(?:ObjStm|XRef)\b[^\0]{0,400}?stream\r?\n")


class Unusable(Exception):
    """The file cannot go into the pack; the message is a sentence."""


@contextmanager
def bounded() -> Iterator[None]:
    """qpdf within limits; they hold for the process, so what was before comes back."""
    before = qpdf.get_qpdf_limits()
    qpdf.set_qpdf_limits(
        flate_max_memory=MAX_STRUCTURE,
        run_length_max_memory=MAX_STRUCTURE,
        parser_max_container_size=500_000,
        parser_max_nesting=200,
        doc_max_warnings=200,
    )
    try:
        yield
    finally:
        qpdf.set_qpdf_limits(**before)  # type: ignore[arg-type]


def opened(path: Path) -> tuple[pikepdf.Pdf, str]:
    """The file and a sentence where it was damaged but pages were found ("" where it is whole).

    Raises Unusable for one with a password, a broken one, a bomb, one without pages.
    """
    try:
        source = pikepdf.open(path, suppress_warnings=True)
    except pikepdf.PasswordError:
        raise Unusable("Tệp có mật khẩu nên không ghép được.") from None
    except FileNotFoundError:
        raise Unusable("Tệp đã mất khỏi kho.") from None
    except BROKEN as error:
        raise Unusable(_why(error, path)) from None
    try:
        _look_through(source)
    except Unusable:
        source.close()
        raise
    except BROKEN as error:
        source.close()
        raise Unusable(_why(error, path)) from None
    damaged = any(sign in str(w).lower() for w in source.get_warnings() for sign in _REPAIRED)
    return source, "Tệp bị hỏng một phần; những trang còn đọc được đã ghép." if damaged else ""


def _why(error: Exception, path: Path) -> str:
    if isinstance(error, MemoryError) or _structure_unfolds(path):
        return TOO_LARGE
    return "Tệp hỏng hoặc tải lên chưa đủ nên không mở được."


def _structure_unfolds(path: Path) -> bool:
    """Whether a stream of objects made the file unreadable: qpdf says only that it found no pages."""
    data = memoryview(path.read_bytes())
    return any(unfolds_beyond(data[found.end() :], MAX_STRUCTURE) for found in _OBJECTS.finditer(data))


def _look_through(source: pikepdf.Pdf) -> None:
    count = len(source.pages)
    if count == 0:
        raise Unusable("Tệp không còn trang nào đọc được.")
    if count > MAX_PAGES:
        raise Unusable(f"Tệp có hơn {MAX_PAGES} trang nên không ghép.")
    for page in source.pages:
        if _too_heavy(page.obj):
            raise Unusable(TOO_LARGE)


def _too_heavy(page: Any) -> bool:
    """Whether what draws the page unfolds beyond all measure."""
    contents = page.get("/Contents")
    parts = contents if isinstance(contents, pikepdf.Array) else (contents,)
    if any(_bomb(part) for part in parts if isinstance(part, pikepdf.Stream)):
        return True
    resources = page.get("/Resources")
    drawn = resources.get("/XObject") if isinstance(resources, pikepdf.Dictionary) else None
    if not isinstance(drawn, pikepdf.Dictionary):
        return False
    for thing in drawn.values():
        if isinstance(thing, pikepdf.Stream):
            if thing.get("/Subtype") == "/Image":
                if _pixels(thing) > MAX_PICTURE:
                    return True
            elif _bomb(thing):
                return True
    return False


def _pixels(picture: Any) -> int:
    """Bytes of the picture when it is unfolded, at three colours."""
    try:
        return int(picture.get("/Width", 0)) * int(picture.get("/Height", 0)) * 3
    except (TypeError, ValueError):
        return 0


def _bomb(stream: Any) -> bool:
    filters = stream.get("/Filter")
    nested = isinstance(filters, pikepdf.Array)
    length = stream.get("/Length")
    if not nested and isinstance(length, int) and length <= _HARMLESS:
        return False
    names = [str(name) for name in filters] if nested else [str(filters)]
    packed = [name for name in names if name in _PACKING]
    if len(packed) > 1:
        return True
    if not packed or not isinstance(length, int) or length <= _HARMLESS:
        return False
    if len(names) > 1 or packed[0] not in ("/FlateDecode", "/Fl"):
        return length > 4 * 1024 * 1024
    return unfolds_beyond(stream.read_raw_bytes(), MAX_DRAWING)


def unfolds_beyond(packed: bytes | memoryview, limit: int) -> bool:
    """Whether Flate data unfolds to more than ``limit`` bytes; measured in pieces."""
    machine, total = zlib.decompressobj(), 0
    try:
        for at in range(0, len(packed), 65536):
            piece: bytes | memoryview = packed[at : at + 65536]
            while piece:
                total += len(machine.decompress(piece, 1024 * 1024))
                piece = machine.unconsumed_tail
                if total > limit:
                    return True
            if machine.eof:
                break
    except zlib.error:
        return False  # a broken stream draws nothing more
    return False
