"""What a file is, told by its content and never by its name, and whether it is safe to open.

Limits: 50 MB a file; for packed files the number of entries, their unpacked size and its ratio to
the packed size (a zip bomb is refused before anything is unpacked).
"""

from __future__ import annotations

import io
import zipfile
from enum import StrEnum

from paper.reading.result import Unreadable

MAX_BYTES = 50 * 1024 * 1024
_MAX_UNPACKED = 300 * 1024 * 1024
_MAX_PART = 120 * 1024 * 1024
_MAX_RATIO = 150
_MAX_ENTRIES = 5_000


class FileType(StrEnum):
    """Kinds of files that can be read."""

    TEXT = "text"
    DOCX = "docx"
    PDF = "pdf"
    DOC = "doc"
    RTF = "rtf"


def detect(data: bytes, name: str = "") -> FileType:
    """The type of ``data``; :class:`Unreadable` with one sentence where it cannot be read.

    ``name`` only makes the sentence clearer ("a .docx that is not one").
    """
    shown = name or "Tệp"
    if len(data) > MAX_BYTES:
        raise Unreadable(
            "too-large", f"Tệp lớn hơn 50 MB ({len(data) // (1024 * 1024)} MB) nên không đọc được."
        )
    if not data.strip(b"\x00 \t\r\n\f"):
        raise Unreadable("empty", "Tệp rỗng, không có nội dung để đọc.")
    if b"%PDF-" in data[:1024]:
        return FileType.PDF
    if data.startswith(b"PK"):
        return _packed(data, shown)
    if data.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return _compound(data)
    if data.startswith(b"{\\rtf"):
        return FileType.RTF
    low = name.lower()
    if low.endswith((".docx", ".docm", ".dotx")):
        raise Unreadable("not-docx", f"“{shown}” mang đuôi .docx nhưng không phải tệp Word.")
    if low.endswith(".pdf"):
        raise Unreadable("not-pdf", f"“{shown}” mang đuôi .pdf nhưng không phải tệp PDF.")
    if low.endswith(".doc"):
        raise Unreadable("not-doc", f"“{shown}” mang đuôi .doc nhưng không phải tệp Word.")
    return FileType.TEXT


def _compound(data: bytes) -> FileType:
    """An OLE file: an old Word file, or a .docx locked with a password."""
    if "EncryptedPackage".encode("utf-16-le") in data[: 4 * 1024 * 1024]:
        raise Unreadable("encrypted", "Tệp Word có mật khẩu; hãy bỏ mật khẩu rồi tải lên lại.")
    return FileType.DOC


def _packed(data: bytes, shown: str) -> FileType:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as pack:
            entries = pack.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise Unreadable("broken", f"“{shown}” bị hỏng hoặc tải lên chưa đủ, không mở được.") from error
    if len(entries) > _MAX_ENTRIES:
        raise Unreadable("zip-bomb", "Tệp chứa quá nhiều phần bên trong nên không được mở.")
    unpacked = sum(e.file_size for e in entries)
    largest = max((e.file_size for e in entries), default=0)
    bloated = unpacked > 20 * 1024 * 1024 and unpacked > len(data) * _MAX_RATIO
    if unpacked > _MAX_UNPACKED or largest > _MAX_PART or bloated:
        raise Unreadable("zip-bomb", "Tệp nén có dung lượng giải nén bất thường nên không được mở.")
    names = {e.filename for e in entries}
    if "word/document.xml" in names:
        return FileType.DOCX
    if any(n.startswith(("xl/", "ppt/")) for n in names):
        raise Unreadable(
            "not-docx", f"“{shown}” là tệp Excel hoặc PowerPoint; chỉ đọc được Word, PDF và văn bản thuần."
        )
    if "content.xml" in names:
        return FileType.DOC
    raise Unreadable("not-docx", f"“{shown}” không phải tệp Word (.docx).")
