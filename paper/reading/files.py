"""Any file to a Reading: what it is, then the reader for it."""

from __future__ import annotations

from dataclasses import replace

from paper.reading import doc, docx, encodings, pdf
from paper.reading.detect import FileType, detect
from paper.reading.result import Reading, Unreadable
from paper.reading.text import read_text


def read_file(data: bytes, name: str) -> Reading:
    """The Reading of an uploaded file: .docx, .pdf with a text layer, .doc, .rtf or plain text.

    :class:`Unreadable` with one clear sentence for everything else. ``name`` is never trusted, it
    only makes sentences clearer.
    """
    match detect(data, name):
        case FileType.DOCX:
            return docx.read(data)
        case FileType.PDF:
            return pdf.read(data)
        case FileType.DOC | FileType.RTF as kind:
            return docx.read(doc.to_docx(data, kind.value))
        case _:
            text, notices = encodings.decode(data)
            if not any(c.isalnum() for c in text[:200_000]):
                raise Unreadable("empty", "Tệp không có chữ nào để đọc.")
            reading = read_text(text)
            return replace(reading, warnings=(*notices, *reading.warnings))
