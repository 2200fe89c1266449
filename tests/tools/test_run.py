"""`make run`: one address, both processes, one Ctrl-C; the whole program for real on an empty folder."""

from __future__ import annotations

import os
import signal
import socket
import stat
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from tools.machine import ROOT
from tools.services import free_port, is_listening

FOREIGN = {
    "DATABASE_URL",
    "REDIS_URL",
    "DEBUG",
    "SECRET_KEY",
    "SECRET_KEY_FILE",
    "PORT",
    "HOST",
    "ALLOWED_HOSTS",
}


class Run:
    """A started `make run` on a data folder and a port of its own."""

    def __init__(self, var: Path, port: int) -> None:
        self.var, self.port = var, port
        ours = {"VAR_DIR": str(var), "PORT": str(port), "DEMO": "0", "VENV": sys.prefix}
        env = {name: value for name, value in os.environ.items() if name not in FOREIGN} | ours
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tools.run"],
            cwd=ROOT,
            env=env,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def until(self, words: str) -> str:
        """Everything it said up to and with a line that holds the words."""
        assert self.process.stdout
        said = ""
        for line in self.process.stdout:
            said += line
            if words in line:
                return said
        raise AssertionError(f"“{words}” was never said:\n{said}")

    def rest(self) -> str:
        """What it says until it ends."""
        return self.process.communicate(timeout=40)[0]

    def children(self) -> list[int]:
        """Processes of this run, found by its data folder in their environment."""
        mark = f"VAR_DIR={self.var}".encode()
        return [pid for pid in running() if pid != self.process.pid and mark in environment(pid)]


def running() -> list[int]:
    return [int(path.name) for path in Path("/proc").iterdir() if path.name.isdecimal()]


def environment(pid: int) -> bytes:
    try:
        return Path(f"/proc/{pid}/environ").read_bytes()
    except OSError:
        return b""


@pytest.fixture
def run(tmp_path: Path) -> Iterator[Run]:
    started = Run(tmp_path / "var", free_port())
    with started.process:
        yield started
        started.process.send_signal(signal.SIGTERM)
        started.process.communicate(timeout=40)


def test_it_starts_empty_serves_the_sign_in_page_and_ctrl_c_leaves_no_process(run: Run) -> None:
    said = run.until("Nhấn Ctrl-C để dừng")

    assert f"http://localhost:{run.port}" in said
    assert "manage.py createsuperuser" in said
    with urllib.request.urlopen(f"http://localhost:{run.port}/", timeout=20) as page:
        assert page.status == 200
        assert "csrfmiddlewaretoken" in page.read().decode()
    key = run.var / "secret-key"
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    assert run.children()

    run.process.send_signal(signal.SIGINT)
    assert "Đã dừng." in run.rest()

    assert run.process.returncode == 0
    assert run.children() == []
    assert not is_listening(run.port)


def test_when_the_worker_dies_the_web_stops_too_and_says_so(run: Run) -> None:
    run.until("Nhấn Ctrl-C để dừng")
    workers = [pid for pid in run.children() if b"celery" in Path(f"/proc/{pid}/cmdline").read_bytes()]

    os.kill(min(workers), signal.SIGKILL)

    assert "Tiến trình nền đã dừng ngoài ý muốn" in run.rest()
    assert run.process.returncode == 1
    assert run.children() == []


def test_a_taken_port_gets_a_sentence_and_nothing_is_started(tmp_path: Path) -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        taken = Run(tmp_path / "var", port)

        said = taken.rest()

    assert taken.process.returncode == 1
    assert f"Cổng {port} đang có chương trình khác dùng" in said
    assert f"make run PORT={port + 1}" in said
    assert not taken.var.exists()


@pytest.mark.parametrize("port", ["0", "65536", "tám"])
def test_a_port_that_is_none_gets_a_sentence(port: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tools.run"],
        cwd=ROOT,
        env={**os.environ, "PORT": port},
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 1
    assert "PORT phải là số từ 1 đến 65535" in done.stderr
