"""Background work of the site: the clock that readyz sees, and the sweep of files."""

from __future__ import annotations

import datetime as dt

from celery import shared_task
from django.core.cache import cache
from django.utils import timezone

from lucngan import housekeeping

KEY = "beat-tick"


@shared_task(ignore_result=True)
def tick() -> None:
    """Write down that beat and a worker are alive; runs every 30 seconds."""
    cache.set(KEY, timezone.now(), 3600)


def last_tick() -> dt.datetime | None:
    """When the worker last ticked, None when it never did (or the cache does not answer)."""
    try:
        found: dt.datetime | None = cache.get(KEY)
    except OSError:
        return None
    return found


@shared_task(time_limit=3600, soft_time_limit=3500)
def sweep_files() -> None:
    """Delete files that no row knows; runs every night."""
    housekeeping.sweep_files(timezone.now())
