"""Pages of a PDF as pictures, by poppler's pdftoppm."""

from __future__ import annotations

import io
import shutil
import subprocess
import tempfile
from pathlib import Path


class NoPoppler(RuntimeError):
    """pdftoppm is not installed."""


def count(pdf: bytes) -> int:
    """How many pages the PDF has."""
    import pikepdf  # only here; a drawing needs none of it

    with pikepdf.open(io.BytesIO(pdf)) as document:
        return len(document.pages)


def one(pdf: bytes, number: int, dpi: int = 110) -> bytes | None:
    """Page ``number`` (from 1) as PNG, None where there is no such page. Errors as :func:`png`."""
    if not 1 <= number <= count(pdf):
        return None
    return _draw(pdf, dpi, ["-f", str(number), "-l", str(number)])[0]


def png(pdf: bytes, dpi: int = 110) -> list[bytes]:
    """One PNG per page. Raises NoPoppler without poppler-utils, ValueError for bytes that are no PDF."""
    return _draw(pdf, dpi, [])


def _draw(pdf: bytes, dpi: int, pages: list[str]) -> list[bytes]:
    program = shutil.which("pdftoppm")
    if program is None:
        raise NoPoppler("Máy chưa có poppler-utils nên không vẽ được trang PDF thành ảnh.")
    with tempfile.TemporaryDirectory() as folder:
        stem = Path(folder) / "page"
        words = [program, "-r", str(dpi), "-png", *pages, "-", str(stem)]
        done = subprocess.run(words, input=pdf, capture_output=True, check=False)
        files = sorted(Path(folder).glob("page*.png"), key=lambda f: int(f.stem.rsplit("-", 1)[1]))
        if done.returncode or not files:
            raise ValueError("Tệp PDF không vẽ được thành ảnh.")
        return [file.read_bytes() for file in files]
