"""The queue of files without a service: Celery's filesystem transport, whose messages appear only when whole.

Kombu's own writes a message under the name that the reader looks for, and makes its table of queues empty
before it fills it: a reader that comes in between finds nothing to parse, and the worker ends with all its
work. Here a file takes its name when it is written, and the table has a lock.
"""

from __future__ import annotations

import contextlib
import fcntl
import json
import logging
import time
import uuid
from collections.abc import Iterator
from pathlib import Path
from queue import Empty
from typing import Any

from kombu.transport import TRANSPORT_ALIASES, filesystem
from kombu.utils.json import dumps, loads

logger = logging.getLogger(__name__)

#: The scheme of its address: ``files://localhost``.
SCHEME = "files"


class Channel(filesystem.Channel):
    """Messages are files in one folder, the oldest first."""

    def _put(self, queue: str, payload: Any, **_: Any) -> None:  # type: ignore[override]  # as its bases do
        stem = f"{time.time_ns()}_{uuid.uuid4()}"
        folder = Path(self.data_folder_out)
        unfinished = folder / f"{stem}.part"
        unfinished.write_bytes(dumps(payload).encode())
        unfinished.rename(folder / f"{stem}.{queue}.msg")

    def _get(self, queue: str, timeout: float | None = None) -> Any:
        for path in sorted(Path(self.data_folder_in).iterdir()):
            if path.name.partition(".")[2] == f"{queue}.msg" and (words := taken(path)) is not None:
                try:
                    return loads(words)
                except json.JSONDecodeError:
                    logger.warning("Lời nhắn %s không đọc được nên bị bỏ qua.", path.name)
        raise Empty

    def get_table(self, exchange: str) -> Any:
        """Who listens to an exchange."""
        with self._alone():
            return super().get_table(exchange)

    def _queue_bind(self, *words: Any, **named: Any) -> None:
        with self._alone():
            super()._queue_bind(*words, **named)

    @contextlib.contextmanager
    def _alone(self) -> Iterator[None]:
        folder = Path(self.control_folder)
        folder.mkdir(parents=True, exist_ok=True)
        with (folder / "lock").open("w", encoding="ascii") as handle:
            fcntl.flock(handle, fcntl.LOCK_EX)
            yield


class Transport(filesystem.Transport):
    """The same transport on such channels."""

    Channel = Channel


def taken(path: Path) -> str | None:
    """The words of a message that is now ours alone; None where another reader was faster."""
    own = path.with_suffix(".taken")
    try:
        path.rename(own)
    except FileNotFoundError:
        return None
    words = own.read_text(encoding="utf-8")
    own.unlink()
    return words


def register() -> None:
    """Make the scheme known to Celery."""
    TRANSPORT_ALIASES[SCHEME] = f"{__name__}:Transport"
