"""PDF files with a text layer, by ``pdftotext -layout`` of poppler (``libraries.md``).

Pictures of pages have no text and are refused with a sentence; an encrypted file too. A paper.json
attached by this house (relationship Source) is used only where the visible words are equal to it.
"""

from __future__ import annotations

import io
import logging
import shutil
import subprocess
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Any

from paper.reading import encodings
from paper.reading.docx import agreed, exactly
from paper.reading.result import Notice, Reading, Unreadable
from paper.reading.text import read_text
from paper.value import Paper

_SECONDS = 60
_SOURCE = "paper.json"
_MAX_SOURCE = 20 * 1024 * 1024
_FEW_LETTERS = 20


def read(data: bytes) -> Reading:
    """The Reading of a PDF; :class:`Unreadable` for scans, encrypted and broken files."""
    embedded = _open(data)
    text = _text(data)
    pages = text.split("\f")
    letters = sum(1 for c in text if c.isalpha())
    if letters < _FEW_LETTERS:
        raise Unreadable(
            "scanned",
            "Tệp PDF là ảnh quét, không có lớp chữ; hãy nhận dạng chữ (OCR) hoặc dùng tệp Word gốc.",
        )
    text, notices = encodings.modern(text)
    empty = [str(n) for n, page in enumerate(pages, 1) if not any(c.isalpha() for c in page)]
    if empty and empty[-1] == str(len(pages)) and not pages[-1].strip():
        empty = empty[:-1]
    if empty:
        notices.append(
            Notice("page.without-text", f"Trang {', '.join(empty)} không có lớp chữ nên không đọc được.")
        )
    reading = read_text(text)
    reading = replace(reading, warnings=(*notices, *reading.warnings))
    if embedded is None:
        return reading
    paper = agreed(embedded, lambda paper: _agrees(paper, data))
    if isinstance(paper, Notice):
        return replace(reading, warnings=(paper, *reading.warnings))
    return exactly(reading, paper)


def _agrees(paper: Paper, data: bytes) -> bool:
    from paper.printing import agreement  # printing is heavy and only needed for our own files

    return agreement.pdf(paper, data)


def _open(data: bytes) -> str | None:
    """Checks that the file opens; the attached source of the Paper, if there is one."""
    logging.getLogger("pikepdf").setLevel(logging.WARNING)  # it greets at import
    import pikepdf  # only here: most files are no PDF

    try:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            return _attached(pdf)
    except pikepdf.PasswordError as error:
        raise Unreadable("encrypted", "Tệp PDF có mật khẩu; hãy bỏ mật khẩu rồi tải lên lại.") from error
    except (pikepdf.PdfError, ValueError, OSError, RuntimeError) as error:
        raise Unreadable("broken", "Tệp PDF bị hỏng hoặc tải lên chưa đủ, không mở được.") from error


def _attached(pdf: Any) -> str | None:
    try:
        if _SOURCE not in pdf.attachments:
            return None
        spec = pdf.attachments[_SOURCE]
        if str(spec.obj.get("/AFRelationship", "")) != "/Source":
            return None
        blob: bytes = spec.get_file().read_bytes()
    except (KeyError, ValueError, RuntimeError, AttributeError):
        return None
    if len(blob) > _MAX_SOURCE:
        return None
    return bytes(blob).decode("utf-8", "replace")


def _text(data: bytes) -> str:
    program = shutil.which("pdftotext")
    if program is None:
        raise Unreadable("no-poppler", "Máy chủ chưa có poppler-utils (pdftotext) nên không đọc được PDF.")
    with tempfile.TemporaryDirectory(prefix="paper-pdf-") as folder:
        source = Path(folder) / "paper.pdf"
        source.write_bytes(data)
        try:
            done = subprocess.run(
                [program, "-layout", "-enc", "UTF-8", str(source), "-"],
                capture_output=True,
                timeout=_SECONDS,
                check=False,
            )
        except subprocess.TimeoutExpired as error:
            raise Unreadable(
                "too-slow", "Đọc tệp PDF quá lâu nên đã dừng; tệp có thể quá phức tạp."
            ) from error
    if done.returncode and not done.stdout:
        raise Unreadable("broken", "Tệp PDF bị hỏng, không lấy được chữ.")
    return done.stdout.decode("utf-8", "replace")
