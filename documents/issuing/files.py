"""The files of issued papers: written before the commit, removed when it fails, swept when nobody could."""

from __future__ import annotations

import contextlib
import datetime as dt
import logging
from collections.abc import Iterator

from django.core.files.storage import default_storage
from django.db import DatabaseError

from documents.models import Snapshot

#: The folder of the PDFs that were issued.
FOLDER = "issued"
#: A file without a row is left alone for so long: its transaction may still be running.
YOUNG = dt.timedelta(days=1)

_log = logging.getLogger(__name__)


@contextlib.contextmanager
def kept_or_removed() -> Iterator[list[str]]:
    """Names added to the list are removed again when the block fails, commit included.

    A commit whose answer was lost may have been made all the same: a file that a row names stays, and
    where the database does not answer the sweep decides later.
    """
    written: list[str] = []
    try:
        yield written
    except BaseException:
        for name in written:
            with contextlib.suppress(DatabaseError, OSError):
                if not Snapshot.objects.filter(pdf=name).exists():
                    default_storage.delete(name)
        raise


def sweep(now: dt.datetime) -> int:
    """Remove the files of the folder that no row names and that are older than a day; how many."""
    removed = 0
    for name in _all(FOLDER):
        if default_storage.get_modified_time(name) > now - YOUNG:
            continue
        if Snapshot.objects.filter(pdf=name).exists():
            continue
        default_storage.delete(name)
        _log.warning("Đã xóa tệp không thuộc văn bản nào: %s", name)
        removed += 1
    return removed


def _all(folder: str) -> Iterator[str]:
    if not default_storage.exists(folder):
        return
    folders, names = default_storage.listdir(folder)
    for each in folders:
        yield from _all(f"{folder}/{each}")
    for each in names:
        yield f"{folder}/{each}"
