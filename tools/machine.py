"""The machine under the project: Debian packages and the virtual environment.

Runs on a bare Python 3.11 before anything is installed: standard library only.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


class Stop(Exception):
    """The set-up cannot go on; the text is a sentence for the person at the keyboard."""


@dataclass(frozen=True)
class Need:
    """A Debian package; any of ``others`` or of ``programs`` on the PATH does as well."""

    package: str
    others: tuple[str, ...] = ()
    programs: tuple[str, ...] = field(default=())


BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")

#: What printing and reading stand on.
RUNTIME = (
    Need("libpango-1.0-0"),
    Need("libpangoft2-1.0-0"),
    Need("libharfbuzz-subset0"),
    Need("fonts-croscore", others=("fonts-liberation2",)),
    Need("poppler-utils", programs=("pdftotext",)),
)


def testing() -> tuple[Need, ...]:
    """What the tests start beside the program: a browser, PostgreSQL, Redis, a software token, and a
    second reader of PDF."""
    browser = "chromium-browser" if distribution() == "ubuntu" else "chromium"
    return (
        Need(browser, programs=BROWSERS),
        Need("postgresql", programs=("initdb",)),
        Need("redis-server", programs=("redis-server",)),
        Need("softhsm2", programs=("softhsm2-util",)),
        Need("qpdf", programs=("qpdf",)),
    )


def distribution() -> str:
    """ID of the distribution ("debian", "ubuntu"), "" where the system does not say."""
    release = Path("/etc/os-release")
    lines = release.read_text(encoding="utf-8").splitlines() if release.exists() else []
    return next((line[3:].strip('"') for line in lines if line.startswith("ID=")), "")


def find_program(name: str) -> str | None:
    """Path of a program on the PATH or in the newest PostgreSQL of Debian, None where absent."""
    if found := shutil.which(name):
        return found
    installed = sorted(
        Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), key=lambda path: int(path.parts[4].split(".")[0])
    )
    return str(installed[-1]) if installed else None


def installed(packages: Sequence[str]) -> set[str]:
    """Those of the Debian packages that are fully installed."""
    ask = ["dpkg-query", "--show", "--showformat=${Package} ${db:Status-Status}\n", *packages]
    answer = subprocess.run(ask, capture_output=True, text=True, check=False).stdout
    return {line.split()[0] for line in answer.splitlines() if line.endswith(" installed")}


def missing(needs: Sequence[Need]) -> list[str]:
    """Debian packages to install so that every need is met, in the order of the needs."""
    names = [name for need in needs for name in (need.package, *need.others)]
    there = installed(names) if shutil.which("dpkg-query") else set(names)
    return [
        need.package
        for need in needs
        if not there.intersection((need.package, *need.others))
        and not any(find_program(program) for program in need.programs)
    ]


def venv_package() -> list[str]:
    """The package that brings ``python -m venv`` where the distribution splits it off."""
    probe = [sys.executable, "-c", "import ensurepip, venv"]
    if succeeds(probe):
        return []
    return [f"python3.{sys.version_info.minor}-venv"]


def install(packages: Sequence[str]) -> None:
    """Install Debian packages as root; raises Stop with the exact command for anyone else."""
    if not packages:
        return
    command = ["apt-get", "install", "-y", *packages]
    if os.geteuid() != 0:
        raise Stop(
            "Máy còn thiếu vài gói hệ thống. Hãy chạy dòng sau rồi gọi lại lệnh vừa rồi "
            f"(chưa có gì được tạo ra):\n\n    sudo {' '.join(command)}\n"
        )
    print(f"Cài gói hệ thống: {' '.join(packages)}", flush=True)
    env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    quiet = {"env": env, "stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL}
    subprocess.run(["apt-get", "update"], check=False, **quiet)  # type: ignore[call-overload]
    command[2:2] = ["--no-install-recommends"]
    if subprocess.run(command, check=False, **quiet).returncode != 0:  # type: ignore[call-overload]
        raise Stop(f"Không cài được gói hệ thống. Hãy tự chạy: {' '.join(command)}")


class Venv:
    """The virtual environment and the memory of what was installed into it.

    ``VENV=/path`` in the environment names a ready one, which is used as it stands.
    """

    def __init__(self, root: Path = ROOT) -> None:
        self.root = root
        self.given = os.environ.get("VENV")
        self.path = Path(self.given) if self.given else root / ".venv"
        self.python = self.path / "bin" / "python"
        self.stamp = self.path / "pinned.json"

    def digest(self, lock: str) -> str:
        """Fingerprint of the lock file requirements/``lock``.txt."""
        return hashlib.sha256((self.root / "requirements" / f"{lock}.txt").read_bytes()).hexdigest()

    def pinned(self) -> dict[str, str]:
        """Lock files whose packages are in place; empty after an interrupted installation."""
        try:
            stored = json.loads(self.stamp.read_text(encoding="ascii"))
        except (OSError, ValueError):
            return {}
        return {str(lock): str(digest) for lock, digest in stored.items()}

    def works(self) -> bool:
        """Whether the interpreter inside still starts (it does not after the system's was replaced)."""
        probe = [str(self.python), "-c", ""]
        return self.python.exists() and succeeds(probe)

    def ready(self, lock: str) -> bool:
        """Whether nothing needs to be done for this lock file."""
        if self.given:
            return True
        return self.pinned().get(lock) == self.digest(lock) and self.works()

    def build(self, lock: str) -> None:
        """Install the pinned packages with their hashes; what was half-made before is made anew."""
        before = self.pinned()
        if not before or not self.works():
            shutil.rmtree(self.path, ignore_errors=True)
            run([sys.executable, "-m", "venv", str(self.path)], "Không tạo được môi trường ảo .venv.")
        self.stamp.unlink(missing_ok=True)
        print("Cài các gói Python đã ghim (chỉ lần đầu, có thể mất vài phút) …", flush=True)
        wanted = str(self.root / "requirements" / f"{lock}.txt")
        pip = [str(self.python), "-m", "pip", "-qq", "--disable-pip-version-check", "--no-input"]
        run(
            [*pip, "install", "--no-deps", "--require-hashes", "-r", wanted],
            "Không cài được các gói Python đã ghim.",
        )
        self.stamp.write_text(json.dumps(self.after(lock)), encoding="ascii")

    def after(self, lock: str) -> dict[str, str]:
        """What is in place once ``lock`` is installed: dev holds all of base."""
        locks = ("base", "dev") if lock == "dev" else ("base",)
        return {name: self.digest(name) for name in locks}


def succeeds(command: Sequence[str]) -> bool:
    """Whether a command, run silently, ends well."""
    return subprocess.run(list(command), capture_output=True, check=False).returncode == 0


def run(command: Sequence[str], failure: str) -> None:
    """Run a command to its end; raises Stop with the sentence when it fails."""
    env = {**os.environ, "PIP_ROOT_USER_ACTION": "ignore"}
    if subprocess.run(list(command), stdin=subprocess.DEVNULL, env=env, check=False).returncode != 0:
        raise Stop(failure)


@contextlib.contextmanager
def alone(root: Path) -> Iterator[None]:
    """Two set-ups of one folder wait for each other."""
    handle = os.open(root, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def ensure(lock: str, root: Path = ROOT) -> Venv:
    """Everything the lock file's purpose needs ("base" to run, "dev" to test): checks, then creates.

    Raises Stop with a sentence, and then nothing was created.
    """
    venv = Venv(root)
    needs = RUNTIME if lock == "base" else (*RUNTIME, *testing())
    with alone(root):
        ready = venv.ready(lock)
        install([*missing(needs), *([] if ready else venv_package())])
        if not ready:
            venv.build(lock)
        if (root / "locale").exists():
            run([str(venv.python), "-m", "tools.translations"], "Không biên dịch được bản dịch.")
    return venv
