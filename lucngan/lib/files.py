"""Files on their way to a browser."""

import contextlib
import os
from pathlib import Path

from django.core.files.storage import Storage
from django.http import HttpResponse

from lucngan.lib.text import fold

TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def stem(words: str) -> str:
    """An ASCII name for a file: "Chương trình tháng 4" gives "chuong-trinh-thang-4"."""
    flat = "".join(c if c.isascii() and c.isalnum() else " " for c in fold(words))
    return "-".join(flat.split())[:80] or "van-ban"


def attachment(data: bytes, name: str) -> HttpResponse:
    """A PDF opens in the browser, others are saved; never sniffed as something else."""
    ending = name.rsplit(".", 1)[-1]
    response = HttpResponse(data, content_type=TYPES[ending])
    way = "inline" if ending == "pdf" else "attachment"
    response["Content-Disposition"] = f'{way}; filename="{name}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


def settle(storage: Storage, name: str) -> None:
    """Have a stored file on the disk before the row that names it: a power cut takes neither alone."""
    with contextlib.suppress(NotImplementedError):
        path = Path(storage.path(name))
        for each in (path, path.parent):
            handle = os.open(each, os.O_RDONLY)
            try:
                os.fsync(handle)
            finally:
                os.close(handle)
