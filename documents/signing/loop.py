"""Running what the signing library does asynchronously."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

_T = TypeVar("_T")


def completed(work: Coroutine[Any, Any, _T]) -> _T:
    """What the work gives, or its error; in a thread of its own: the caller's may run a loop already."""
    with ThreadPoolExecutor(max_workers=1) as thread:
        return thread.submit(asyncio.run, work).result()
