"""`make setup`: checks first, creates afterwards, and mends what was interrupted."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ORDINARY_USER = "nobody" if os.geteuid() == 0 else None


def set_up(
    clone: Path, *, path: Path | None = None, user: str | None = None
) -> subprocess.CompletedProcess[str]:
    env = {name: value for name, value in os.environ.items() if name not in {"VENV", "PYTHONPATH"}}
    env["PATH"] = f"{path}:{env['PATH']}" if path else env["PATH"]
    # The tests' own interpreter may lie where only root may go.
    python = shutil.which("python3", path=f"/usr/local/bin:{os.defpath}") if user else None
    return subprocess.run(
        [python or sys.executable, "-m", "tools.setup"],
        cwd=clone,
        env=env,
        user=user,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def bare_debian(bare_clone: Path) -> Path:
    """Programs of a Debian on which none of our packages is installed."""
    folder = bare_clone / "bin"
    folder.mkdir(mode=0o755)
    for name in ("dpkg-query", "pdftotext"):
        (folder / name).write_text("#!/bin/sh\nexit 1\n", encoding="ascii")
        (folder / name).chmod(0o755 if name == "dpkg-query" else 0o644)
    return folder


def test_an_ordinary_user_gets_the_exact_command_and_nothing_is_created(
    bare_clone: Path, bare_debian: Path
) -> None:
    before = sorted(path.name for path in bare_clone.iterdir())

    done = set_up(bare_clone, path=bare_debian, user=ORDINARY_USER)

    assert done.returncode == 1
    line = next(line.strip() for line in done.stderr.splitlines() if "apt-get" in line)
    assert line.startswith("sudo apt-get install -y libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 ")
    assert "fonts-croscore" in line
    assert sorted(path.name for path in bare_clone.iterdir()) == before


def test_a_second_setup_keeps_the_environment_and_an_interrupted_one_is_built_anew(bare_clone: Path) -> None:
    assert set_up(bare_clone).returncode == 0
    stray = bare_clone / ".venv" / "stray"
    stray.touch()

    assert set_up(bare_clone).returncode == 0
    assert stray.exists(), "unchanged packages must not be installed again"

    (bare_clone / ".venv" / "pinned.json").unlink()
    assert set_up(bare_clone).returncode == 0
    assert not stray.exists(), "what an interrupted set-up left must not be trusted"


def test_changed_packages_are_installed_and_remembered(bare_clone: Path) -> None:
    assert set_up(bare_clone).returncode == 0
    stamp = bare_clone / ".venv" / "pinned.json"
    before = stamp.read_text(encoding="ascii")
    (bare_clone / "requirements" / "base.txt").write_text("# other packages\n", encoding="ascii")

    assert set_up(bare_clone).returncode == 0

    assert stamp.read_text(encoding="ascii") != before


def test_a_package_without_its_hash_is_refused(bare_clone: Path) -> None:
    (bare_clone / "requirements" / "base.txt").write_text("six==1.17.0\n", encoding="ascii")

    done = set_up(bare_clone)

    assert done.returncode == 1
    assert "Không cài được các gói Python đã ghim." in done.stderr
    assert not (bare_clone / ".venv" / "pinned.json").exists()


def test_make_says_which_python_is_missing(bare_clone: Path) -> None:
    done = subprocess.run(
        ["make", "setup", "PYTHON="], cwd=bare_clone, capture_output=True, text=True, check=False
    )

    assert done.returncode != 0
    assert "Cần Python 3.11 trở lên" in done.stderr
