"""Old Word files (.doc, .rtf, .odt) through LibreOffice where it is installed."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path

from paper.reading.result import Unreadable

_SECONDS = 90


def to_docx(data: bytes, ending: str) -> bytes:
    """The bytes of ``data`` as .docx; :class:`Unreadable` without LibreOffice or where it fails."""
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if office is None:
        raise Unreadable(
            "doc-without-libreoffice",
            (
                "Tệp Word đời cũ (.doc) cần LibreOffice trên máy chủ để đọc; hãy lưu lại thành .docx rồi "
                "tải lên."
            ),
        )
    with tempfile.TemporaryDirectory(prefix="paper-doc-") as folder:
        source = Path(folder) / f"paper.{ending}"
        source.write_bytes(data)
        command = [
            office,
            f"-env:UserInstallation=file://{folder}/profile",
            "--headless",
            "--convert-to",
            "docx",
            "--outdir",
            folder,
            str(source),
        ]
        try:
            subprocess.run(command, capture_output=True, timeout=_SECONDS, check=True)
            return (Path(folder) / "paper.docx").read_bytes()
        except (subprocess.SubprocessError, OSError) as error:
            raise Unreadable(
                "doc-unreadable", "LibreOffice không đọc được tệp Word này; tệp có thể bị hỏng."
            ) from error
