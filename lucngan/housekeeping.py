"""Files that no row knows: left where a process died between storing a file and committing its row."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import PurePosixPath

from django.apps import apps
from django.core.files.storage import Storage
from django.db.models import FileField, Model

#: A file younger than this may belong to a row that is about to be committed.
GRACE = dt.timedelta(days=2)
#: Names asked for at a time.
SOME = 400


def kept() -> dict[str, list[tuple[type[Model], FileField]]]:
    """Every field that holds files, by the folder under which its files stand ("meetings", "issued"). Fields
    may share a folder; a field that names its files by a function has no folder that could be swept."""
    found: dict[str, list[tuple[type[Model], FileField]]] = {}
    for model in apps.get_models():
        for field in model._meta.local_fields:  # noqa: SLF001  Django's own name for it
            if isinstance(field, FileField) and isinstance(field.upload_to, str) and field.upload_to:
                found.setdefault(PurePosixPath(field.upload_to).parts[0], []).append((model, field))
    return found


def sweep_files(now: dt.datetime) -> int:
    """Delete what is older than the grace and known to no row; gives how many were deleted."""
    return sum(_sweep(root, fields, now) for root, fields in kept().items())


def _sweep(root: str, fields: list[tuple[type[Model], FileField]], now: dt.datetime) -> int:
    storage = fields[0][1].storage
    old = [name for name in _files(storage, root) if storage.get_modified_time(name) < now - GRACE]
    orphans = [name for part in _parts(old) for name in sorted(set(part) - _known(fields, part))]
    for name in orphans:
        storage.delete(name)
    return len(orphans)


def _known(fields: list[tuple[type[Model], FileField]], names: list[str]) -> set[str]:
    known: set[str] = set()
    for model, field in fields:
        rows = model._default_manager.filter(**{f"{field.name}__in": names}).order_by()  # noqa: SLF001  the same
        known.update(rows.values_list(field.name, flat=True))
    return known


def _parts(names: list[str]) -> Iterator[list[str]]:
    for start in range(0, len(names), SOME):
        yield names[start : start + SOME]


def _files(storage: Storage, folder: str) -> Iterator[str]:
    """The names of all files below a folder; none where it is not there yet."""
    try:
        folders, files = storage.listdir(folder)
    except FileNotFoundError:
        return
    yield from (f"{folder}/{name}" for name in files)
    for name in folders:
        yield from _files(storage, f"{folder}/{name}")
