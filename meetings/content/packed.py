"""Office files are zips (ECMA-376, part 2): checked before anybody opens them.

Limits: 10,000 parts, a table of contents of 1 MB, 500 MB unpacked, and 150 times the packed size
above 20 MB. Sizes are those that really come out, counted piece by piece, not those that are declared.
"""

from __future__ import annotations

import posixpath
import struct
import zipfile
import zlib
from collections.abc import Iterator
from typing import IO, Any, cast

from django.utils.translation import gettext as _
from lxml import etree

from meetings.content.refusal import Refused, bomb, damaged

MAX_PARTS = 10_000
MAX_TABLE = 1024 * 1024
MAX_UNPACKED = 500 * 1024 * 1024
MAX_RATIO = 150
#: Below this size nothing is a bomb, however well it was packed.
HARMLESS = 20 * 1024 * 1024
MAX_XML = 1024 * 1024
PIECE = 256 * 1024

_CONTENT_TYPES = "[Content_Types].xml"
_OFFICE_DOCUMENT = "/relationships/officeDocument"


class _Small:
    """A file of which no big piece is read at once: the table of contents of a zip is one piece."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self.seek, self.tell, self.seekable = file.seek, file.tell, file.seekable

    def read(self, size: int = -1) -> bytes:
        data = self._file.read(min(size, MAX_TABLE + 1) if size >= 0 else MAX_TABLE + 1)
        if len(data) > MAX_TABLE:
            raise bomb()
        return data


def main_type(file: IO[bytes]) -> str:
    """The content type of the main part of an Office file, "" for any other zip.

    Raises Refused for what is damaged, locked, a bomb, or carries macros."""
    file.seek(0, 2)
    length = file.tell()
    try:
        with zipfile.ZipFile(cast(IO[bytes], _Small(file))) as pack:
            parts = pack.infolist()
            _check_sizes(parts, length)
            if any(part.flag_bits & 1 for part in parts):
                raise Refused(_("Tệp có mật khẩu. Hãy bỏ mật khẩu rồi gửi lại."))
            for part in parts:
                _check_real_size(file, part)
            return _main_type(pack, {part.filename for part in parts})
    except (zipfile.BadZipFile, zlib.error, struct.error, etree.XMLSyntaxError, KeyError) as error:
        raise damaged() from error
    except (OSError, ValueError, NotImplementedError, EOFError) as error:
        raise error if isinstance(error, Refused) else damaged() from error


def _check_sizes(parts: list[zipfile.ZipInfo], length: int) -> None:
    """What the table of contents declares; more packed bytes than the file has means parts that share
    them."""
    unpacked = sum(part.file_size for part in parts)
    bloated = unpacked > HARMLESS and unpacked > length * MAX_RATIO
    if len(parts) > MAX_PARTS or unpacked > MAX_UNPACKED or bloated:
        raise bomb()
    if sum(part.compress_size for part in parts) > length:
        raise bomb()


def _check_real_size(file: IO[bytes], part: zipfile.ZipInfo) -> None:
    """Unpacks into nothing and counts; stops at the first byte above what is declared."""
    size = checksum = 0
    for piece in _unpacked(file, part):
        size += len(piece)
        checksum = zlib.crc32(piece, checksum)
        if size > part.file_size:
            raise bomb()
    if size != part.file_size or checksum != part.CRC:
        raise damaged()


def _unpacked(file: IO[bytes], part: zipfile.ZipInfo) -> Iterator[bytes]:
    file.seek(part.header_offset)
    head = file.read(30)
    if head[:4] != b"PK\x03\x04" or len(head) < 30:
        raise damaged()
    file.seek(sum(struct.unpack("<HH", head[26:30])), 1)
    pieces = _raw(file, part.compress_size)
    if part.compress_type == zipfile.ZIP_STORED:
        yield from pieces
    elif part.compress_type == zipfile.ZIP_DEFLATED:
        yield from _inflated(pieces)
    else:
        raise damaged()


def _raw(file: IO[bytes], left: int) -> Iterator[bytes]:
    while left:
        piece = file.read(min(left, PIECE))
        if not piece:
            raise damaged()
        left -= len(piece)
        yield piece


def _inflated(pieces: Iterator[bytes]) -> Iterator[bytes]:
    unpacker = zlib.decompressobj(-zlib.MAX_WBITS)
    for piece in pieces:
        out = unpacker.decompress(piece, PIECE)
        while out:
            yield out
            out = unpacker.decompress(unpacker.unconsumed_tail, PIECE) if not unpacker.eof else b""
    if not unpacker.eof:
        raise damaged()


def _main_type(pack: zipfile.ZipFile, names: set[str]) -> str:
    if _CONTENT_TYPES not in names or "_rels/.rels" not in names:
        return ""
    types = _xml(pack, _CONTENT_TYPES)
    declared = [element.get("ContentType", "") for element in types]
    if any("macroEnabled" in kind or "vbaProject" in kind for kind in declared) or any(
        name.lower().endswith("vbaproject.bin") for name in names
    ):
        raise Refused(
            _("Tệp có macro nên không nhận. Hãy lưu lại thành .docx, .xlsx hoặc .pptx không có macro.")
        )
    main = next(
        (
            posixpath.normpath(element.get("Target", "").lstrip("/"))
            for element in _xml(pack, "_rels/.rels")
            if element.get("Type", "").endswith(_OFFICE_DOCUMENT)
        ),
        "",
    )
    return _type_of(main, types) if main in names else ""


def _type_of(part: str, types: Any) -> str:
    """The content type of a part: its own, else that of its ending."""
    ending = part.rpartition(".")[2].lower()
    by_ending = ""
    for element in types:
        if element.get("PartName", "").lstrip("/") == part:
            return str(element.get("ContentType", ""))
        if element.get("Extension", "").lower() == ending:
            by_ending = str(element.get("ContentType", ""))
    return by_ending


def _xml(pack: zipfile.ZipFile, name: str) -> Any:
    """A small part as XML, without entities and without the network."""
    with pack.open(name) as stored:
        data = stored.read(MAX_XML + 1)
    if len(data) > MAX_XML or b"<!DOCTYPE" in data:
        raise damaged()
    return etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))
