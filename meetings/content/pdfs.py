"""PDF files are looked into by a process of their own, with little memory and time: a PDF can unpack
to anything, and only trying tells. See :mod:`meetings.content.pdf_process` for what it looks at."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import IO, Any

from django.utils.translation import gettext as _

from meetings.content.refusal import Refused, bomb, damaged

MAX_PAGES = 5_000
SECONDS = 60
PIECE = 1024 * 1024
#: How far from the end a PDF says that it is whole (ISO 32000-1, annex H, note 18: 1,024 bytes).
TAIL = 4096


def pages(file: IO[bytes]) -> int:
    """How many pages the PDF has. Raises Refused for what is cut off, damaged, locked or a bomb."""
    file.seek(0, 2)
    file.seek(max(0, file.tell() - TAIL))
    if b"%%EOF" not in file.read():
        raise damaged()
    found = _asked(file)
    if "pages" in found:
        return int(found["pages"])
    if found.get("refused") == "locked":
        raise Refused(_("Tệp PDF có mật khẩu, người dự họp không mở được. Hãy bỏ mật khẩu rồi gửi lại."))
    if found.get("refused") == "pages":
        raise Refused(
            _("Tệp PDF có quá %(n)s trang. Hãy tách thành nhiều tệp rồi gửi lại.")
            % {"n": f"{MAX_PAGES:,}".replace(",", ".")}
        )
    if found.get("refused") == "damaged":
        raise damaged()
    raise bomb()


def _asked(file: IO[bytes]) -> dict[str, Any]:
    """What the process says; nothing when it was ended for taking too much."""
    with tempfile.NamedTemporaryFile(suffix=".pdf") as copy:
        file.seek(0)
        while piece := file.read(PIECE):
            copy.write(piece)
        copy.flush()
        program = Path(__file__).with_name("pdf_process.py")
        command = [sys.executable, "-I", str(program), copy.name, str(MAX_PAGES)]
        try:
            run = subprocess.run(command, capture_output=True, timeout=SECONDS, check=False)
        except subprocess.TimeoutExpired:
            return {}
    try:
        found: dict[str, Any] = json.loads(run.stdout)
    except ValueError:
        return {}
    return found
