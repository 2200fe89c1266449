"""Files on their way in: kept on disk, and only as much of them as anybody takes."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import TemporaryFileUploadHandler


class CappedUploadHandler(TemporaryFileUploadHandler):
    """Writes a file to a temporary one, piece by piece; of a file above the largest limit of the site
    (or of files that are together more than twice that) nothing is kept, only its size is counted.

    The request is read to its end, so that the answer can be a sentence instead of a broken connection.
    Such a file has its real ``size``, no content, and ``dropped`` set.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.most = max(settings.UPLOAD_LIMIT, settings.DOCUMENT_LIMIT)
        self.kept = 0

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self.dropped = False

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        if not self.dropped and (
            start + len(raw_data) > self.most or self.kept + len(raw_data) > 2 * self.most
        ):
            self.dropped = True
            self.kept -= start
            self.file.seek(0)
            self.file.truncate()
        if not self.dropped:
            self.kept += len(raw_data)
            self.file.write(raw_data)

    def file_complete(self, file_size: int) -> UploadedFile[bytes]:
        self.file.seek(0)
        self.file.size = file_size
        self.file.dropped = self.dropped  # type: ignore[attr-defined]
        return self.file


def was_dropped(upload: object) -> bool:
    """Was the content of an uploaded file thrown away for its size?"""
    return bool(getattr(upload, "dropped", False))
