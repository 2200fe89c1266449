"""A copy of the project's tools in a folder of its own, where anybody may write."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tools.machine import ROOT


@pytest.fixture
def bare_clone() -> Iterator[Path]:
    """Makefile, tools and a lock file without packages: what a set-up needs, and quick."""
    folder = Path(tempfile.mkdtemp(prefix="lucngan-clone-"))
    shutil.copy(ROOT / "Makefile", folder)
    shutil.copytree(ROOT / "tools", folder / "tools", ignore=shutil.ignore_patterns("__pycache__"))
    (folder / "requirements").mkdir()
    for lock in ("base", "dev"):
        (folder / "requirements" / f"{lock}.txt").write_text("# no packages\n", encoding="ascii")
    for path in [folder, *folder.rglob("*")]:
        path.chmod(0o777)
    yield folder
    shutil.rmtree(folder, ignore_errors=True)
