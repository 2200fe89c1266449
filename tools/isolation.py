"""A pytest plugin, loaded before Django's settings: tests never see the data of the running program.

Every process of a test run gets a folder and a Redis database of its own, and none of the
variables that configure a real installation.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

_OF_INSTALLATIONS = (
    "ALLOWED_HOSTS",
    "BEHIND_PROXY",
    "CSRF_TRUSTED_ORIGINS",
    "DEBUG",
    "EMAIL_HOST",
    "HTTPS",
    "SECRET_KEY",
    "SECRET_KEY_FILE",
    "SITE_URL",
    "TASKS_EAGER",
)


def _isolate() -> Path | None:
    """Set the environment of this process; gives the folder to remove, None in a worker."""
    for name in _OF_INSTALLATIONS:
        os.environ.pop(name, None)
    worker = os.environ.get("PYTEST_XDIST_WORKER")
    own = Path(tempfile.mkdtemp(prefix="lucngan-test-")) if worker is None else None
    folder = own or Path(os.environ["LUCNGAN_TEST_DIR"]) / str(worker)
    if own:
        os.environ["LUCNGAN_TEST_DIR"] = str(own)
    folder.mkdir(exist_ok=True)
    os.environ["VAR_DIR"] = str(folder)
    if redis := os.environ.get("REDIS_URL"):
        number = int(worker.removeprefix("gw")) + 1 if worker else 0
        os.environ["REDIS_URL"] = f"{redis.rstrip('/')}/{number}" if redis.count("/") == 2 else redis
    return own


_FOLDER = _isolate()


def pytest_unconfigure() -> None:
    """Remove the folder when the run ends."""
    if _FOLDER:
        shutil.rmtree(_FOLDER, ignore_errors=True)
