"""Real files for tests, and dangerous ones, made by hand."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib

import docx
import pikepdf

MAIN = "application/vnd.openxmlformats-officedocument."
MACRO = "application/vnd.ms-word.document.macroEnabled.main+xml"


def word(text: str = "Báo cáo tình hình kinh tế - xã hội") -> bytes:
    out = io.BytesIO()
    document = docx.Document()
    document.add_paragraph(text)
    document.save(out)
    return out.getvalue()


def office(main: str, kind: str, extra: dict[str, bytes] | None = None) -> bytes:
    """The smallest Office file: its types, its relations, its main part."""
    types = (
        '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        f'<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/{main}" ContentType="{kind}"/></Types>'
    )
    relations = (
        '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/'
        f'officeDocument" Target="{main}"/></Relationships>'
    )
    parts = {"[Content_Types].xml": types.encode(), "_rels/.rels": relations.encode(), main: b"<x/>"}
    return zipped({**parts, **(extra or {})})


def excel(extra: dict[str, bytes] | None = None) -> bytes:
    return office("xl/workbook.xml", MAIN + "spreadsheetml.sheet.main+xml", extra)


def powerpoint() -> bytes:
    return office("ppt/presentation.xml", MAIN + "presentationml.presentation.main+xml")


def with_macros() -> bytes:
    return office("word/document.xml", MACRO, {"word/vbaProject.bin": b"\xd0\xcf"})


def zipped(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as pack:
        for name, data in parts.items():
            pack.writestr(name, data)
    return out.getvalue()


def lying(declared: int, real: int) -> bytes:
    """An Excel file with a part that says it is small and unpacks to something else."""
    data = bytearray(excel({"xl/big.bin": b"\x00" * real}))
    right, wrong = struct.pack("<I", real), struct.pack("<I", declared)
    at = data.rfind(b"xl/big.bin") - 46 + 24
    assert data[at : at + 4] == right
    data[at : at + 4] = wrong
    return bytes(data)


def pdf(pages: int = 1, *, text: bytes = b"", password: str | None = None) -> bytes:
    out = io.BytesIO()
    with pikepdf.new() as made:
        for _ in range(pages):
            page = made.add_blank_page(page_size=(595, 842))
            if text:
                page.contents_add(made.make_stream(text))
        lock = pikepdf.Encryption(user=password, owner="chu") if password is not None else None
        made.save(out, encryption=lock or False)
    return out.getvalue()


def pdf_with(stream: bytes, *packings: str, **entries: object) -> bytes:
    """A page beside a stream that is kept as it is and says that it is packed so."""
    out = io.BytesIO()
    with pikepdf.new() as made:
        made.add_blank_page(page_size=(595, 842))
        names = [pikepdf.Name(f"/{name}") for name in packings]
        thing = pikepdf.Stream(made, b"")
        thing.write(stream, filter=pikepdf.Array(names) if len(names) > 1 else names[0])
        for name, value in entries.items():
            thing[f"/{name}"] = value
        made.Root.Mau = made.make_indirect(thing)
        made.save(out, stream_decode_level=pikepdf.StreamDecodeLevel.none, compress_streams=False)
    return out.getvalue()


def pdf_without_end(levels: int = 12) -> bytes:
    """A page tree in which every branch holds the one below ten times."""
    objects = ["<</Type/Catalog/Pages 2 0 R>>"]
    for n in range(levels):
        kids = f"{n + 3} 0 R " * 10
        objects.append(f"<</Type/Pages/Count 1/Kids[{kids}]>>")
    objects.append("<</Type/Page/MediaBox[0 0 595 842]>>")
    return assembled(objects)


def assembled(objects: list[str]) -> bytes:
    """A PDF of the objects 1, 2, 3 … as they are written."""
    out, places = b"%PDF-1.7\n", []
    for n, body in enumerate(objects, start=1):
        places.append(len(out))
        out += f"{n} 0 obj\n{body}\nendobj\n".encode()
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    size = len(objects) + 1
    trailer = f"trailer\n<</Size {size}/Root 1 0 R>>\nstartxref\n{len(out)}\n%%EOF\n"
    return out + f"xref\n0 {size}\n0000000000 65535 f \n{table}{trailer}".encode()


def png(width: int = 8, height: int = 6, *, truncated: bool = False) -> bytes:
    rows = (b"\x00" + b"\xff" * 3 * width) * height if width * height < 10_000_000 else b"\x00"
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows))
    whole = b"\x89PNG\r\n\x1a\n" + body + chunk(b"IEND", b"")
    return whole[:-20] if truncated else whole


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def jpeg(width: int = 8, height: int = 6, *, end: bytes = b"\xff\xd9") -> bytes:
    """Head, frame and scan of a JPEG; the scan's data mean nothing."""
    frame = struct.pack(">BHHB", 8, height, width, 1) + b"\x01\x11\x00"
    return (
        b"\xff\xd8\xff\xe0" + struct.pack(">H", 16) + b"JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00"
        b"\xff\xc0" + struct.pack(">H", len(frame) + 2) + frame + b"\xff\xda\x00\x08\x01\x01\x00\x00\x3f\x00"
        b"\x12\x34\x56" + end
    )


def webp(width: int = 8, height: int = 6) -> bytes:
    data = b"VP8X" + struct.pack("<I", 10) + b"\x00" * 4
    data += (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")
    return b"RIFF" + struct.pack("<I", len(data) + 4) + b"WEBP" + data


def tiff(*sizes: tuple[int, int], loop: bool = False) -> bytes:
    out, at = b"II*\x00" + struct.pack("<I", 8), 8
    for n, (width, height) in enumerate(sizes):
        last = n == len(sizes) - 1
        following = at + 2 + 24 + 4 if not last else (8 if loop else 0)
        out += struct.pack("<H", 2) + struct.pack("<HHII", 256, 4, 1, width)
        out += struct.pack("<HHII", 257, 4, 1, height) + struct.pack("<I", following)
        at += 30
    return out
