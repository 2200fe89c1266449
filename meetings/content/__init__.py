"""What a file is, told by its content and never by its name alone, and whether it is safe to hand on.

Taken: Word, Excel and PowerPoint without macros (.docx, .xlsx, .pptx), PDF, pictures (PNG, JPEG, WebP,
TIFF). Everything is read in small pieces and within the limits of the modules here; whatever is not
taken is refused with one sentence for the person who sent it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import PurePath
from typing import IO

from django.utils.translation import gettext as _

from meetings.content import packed, pdfs, pictures
from meetings.content.refusal import Refused

__all__ = ["ACCEPT", "ENDINGS", "INLINE", "Content", "Refused", "examine"]

OOXML = "application/vnd.openxmlformats-officedocument."


@dataclass(frozen=True, slots=True)
class Content:
    """What was found: the kind as people call it, its media type, its usual ending, its pages."""

    words: str
    content_type: str
    ending: str
    pages: int | None = None


WORD = Content("Word", OOXML + "wordprocessingml.document", ".docx")
EXCEL = Content("Excel", OOXML + "spreadsheetml.sheet", ".xlsx")
POWERPOINT = Content("PowerPoint", OOXML + "presentationml.presentation", ".pptx")
PDF = Content("PDF", "application/pdf", ".pdf")
PNG = Content("PNG", "image/png", ".png")
JPEG = Content("JPEG", "image/jpeg", ".jpg")
WEBP = Content("WebP", "image/webp", ".webp")
TIFF = Content("TIFF", "image/tiff", ".tif")

#: The kind that a name promises, by its ending.
ENDINGS: dict[str, Content] = {
    ".docx": WORD,
    ".xlsx": EXCEL,
    ".pptx": POWERPOINT,
    ".pdf": PDF,
    ".png": PNG,
    ".jpg": JPEG,
    ".jpeg": JPEG,
    ".jfif": JPEG,
    ".webp": WEBP,
    ".tif": TIFF,
    ".tiff": TIFF,
}
#: For the file field of a form.
ACCEPT = ",".join(ENDINGS)
#: Kinds that a browser shows by itself and that carry no script of this site.
INLINE = frozenset((PDF.content_type, PNG.content_type, JPEG.content_type, WEBP.content_type))

#: First bytes, and what they begin.
_STARTS: tuple[tuple[bytes, Content], ...] = (
    (b"%PDF-", PDF),
    (b"\x89PNG\r\n\x1a\n", PNG),
    (b"\xff\xd8\xff", JPEG),
    (b"II*\x00", TIFF),
    (b"MM\x00*", TIFF),
)
_MAIN_PARTS = {
    "wordprocessingml.document": WORD,
    "spreadsheetml.sheet": EXCEL,
    "presentationml.presentation": POWERPOINT,
}
_PICTURES: dict[Content, Callable[[IO[bytes]], int]] = {
    PNG: pictures.png,
    JPEG: pictures.jpeg,
    WEBP: pictures.webp,
    TIFF: pictures.tiff,
}


def examine(file: IO[bytes], name: str) -> Content:
    """What the file is. Raises :class:`Refused` with a sentence for what is not taken: an empty or
    damaged file, another kind, content that is not what the name says, macros, passwords, bombs."""
    file.seek(0)
    start = file.read(64)
    if not start:
        raise Refused(_("Tệp rỗng. Hãy chọn tệp khác."))
    found = _kind(file, start)
    _same_as_named(found, name)
    if found is PDF:
        return replace(found, pages=pdfs.pages(file))
    if found in _PICTURES:
        return replace(found, pages=_PICTURES[found](file))
    return found


def _kind(file: IO[bytes], start: bytes) -> Content:
    for signature, kind in _STARTS:
        if start.startswith(signature):
            return kind
    if start[:4] == b"RIFF" and start[8:12] == b"WEBP":
        return WEBP
    if start.startswith(b"PK\x03\x04"):
        return _packed(file)
    if start.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        raise Refused(
            _(
                "Tệp là bản Office cũ (.doc, .xls, .ppt) hoặc có mật khẩu. "
                "Hãy bỏ mật khẩu và lưu lại thành .docx, .xlsx hoặc .pptx."
            )
        )
    if start[4:8] == b"ftyp" and start[8:12] in (b"heic", b"heix", b"heif", b"mif1", b"hevc"):
        raise Refused(_("Ảnh HEIC chưa xem được trên mọi máy. Hãy chụp hoặc lưu lại thành ảnh JPEG rồi gửi."))
    raise Refused(
        _(
            "Không nhận loại tệp này. Hãy gửi Word (.docx), Excel (.xlsx), PowerPoint (.pptx), "
            "PDF hoặc ảnh (.jpg, .png, .webp, .tif)."
        )
    )


def _packed(file: IO[bytes]) -> Content:
    """Which Office file a zip is; other zips are refused."""
    main = packed.main_type(file)
    for part, kind in _MAIN_PARTS.items():
        if main == f"{OOXML}{part}.main+xml":
            return kind
    raise Refused(_("Không nhận tệp nén và mẫu văn bản. Hãy gửi tệp .docx, .xlsx hoặc .pptx, từng tệp một."))


def _same_as_named(found: Content, name: str) -> None:
    """A name without an ending says nothing; any other must say what the content is."""
    ending = PurePath(name).suffix.lower()
    if ending and ENDINGS.get(ending) is not found:
        raise Refused(
            _("Tệp tên %(ending)s nhưng nội dung là %(words)s. Hãy đổi tên hoặc tải đúng tệp.")
            % {"ending": ending[:12], "words": found.words}
        )
