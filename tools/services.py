"""Processes that live exactly as long as a block of the program that started them."""

from __future__ import annotations

import contextlib
import ctypes
import os
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import IO

from tools.machine import Stop, find_program

_LIBC = ctypes.CDLL(None)
_PR_SET_PDEATHSIG = 1


def _follow_parent() -> None:
    """In the child: be told to end when the parent is gone, even after ``kill -9``."""
    _LIBC.prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)


def start(
    command: Sequence[str], *, env: dict[str, str], output: IO[bytes], user: str | None = None
) -> subprocess.Popen[bytes]:
    """Start a process in a group of its own, so that a Ctrl-C reaches it only through us."""
    return subprocess.Popen(
        list(command),
        env=env,
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=subprocess.STDOUT,
        start_new_session=True,
        preexec_fn=_follow_parent,
        user=user,
        group=user,
        extra_groups=[] if user else None,
    )


def stop(processes: Sequence[subprocess.Popen[bytes]], patience: float = 10) -> None:
    """Ask every process to end its work and its children; then end what is left of its group."""
    for process in processes:
        process.send_signal(signal.SIGTERM)
    for process in processes:
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(patience)
    for process in processes:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def wait_until(answers: Callable[[], bool], process: subprocess.Popen[bytes], seconds: float) -> bool:
    """Ask ten times a second; False when the process ended or the time is over."""
    for _ in range(int(seconds * 10)):
        if answers():
            return True
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(0.1)
            return False
    return False


def is_listening(port: int, host: str = "127.0.0.1") -> bool:
    """Whether something accepts connections there."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        return probe.connect_ex((host, port)) == 0


def free_port() -> int:
    """A port of the loopback address that nobody uses now."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextlib.contextmanager
def private_postgres_and_redis() -> Iterator[dict[str, str]]:
    """A PostgreSQL and a Redis of this run alone, in a temporary folder; gives their addresses.

    Nothing is synced to disk: the data is gone with the run. Raises Stop when one does not start.
    """
    user = "postgres" if os.geteuid() == 0 else None
    folder = Path(tempfile.mkdtemp(prefix="lucngan-"))
    running: list[subprocess.Popen[bytes]] = []
    try:
        if user:
            shutil.chown(folder, user, user)
        with (folder / "log").open("wb") as log:
            url = _start_postgres(folder, user, log, running)
            redis = _start_redis(folder, log, running)
        yield {"DATABASE_URL": url, "REDIS_URL": redis}
    finally:
        stop(running)
        shutil.rmtree(folder, ignore_errors=True)


def _start_postgres(
    folder: Path, user: str | None, log: IO[bytes], running: list[subprocess.Popen[bytes]]
) -> str:
    initdb, server = find_program("initdb"), find_program("postgres")
    if not initdb or not server:
        raise Stop("Không tìm thấy PostgreSQL (initdb, postgres).")
    password, secret, data = secrets.token_hex(16), folder / "secret", folder / "data"
    secret.write_text(password, encoding="ascii")
    secret.chmod(0o600)
    if user:
        shutil.chown(secret, user, user)
    env = {**os.environ, "LC_ALL": "C.UTF-8", "HOME": str(folder)}
    create = [initdb, "-D", str(data), "-U", "lucngan", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"]
    create += ["--auth=scram-sha-256", f"--pwfile={secret}"]
    if start(create, env=env, output=log, user=user).wait() != 0:
        raise Stop("Không tạo được PostgreSQL tạm:\n" + (folder / "log").read_text(errors="replace"))
    port = free_port()
    options = ["listen_addresses=127.0.0.1", f"unix_socket_directories={folder}"]
    options += ["fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=60"]
    serve = [
        server,
        "-D",
        str(data),
        "-p",
        str(port),
        *(word for option in options for word in ("-c", option)),
    ]
    running.append(start(serve, env=env, output=log, user=user))
    if not wait_until(lambda: is_listening(port), running[-1], 30):
        raise Stop("PostgreSQL tạm không khởi động:\n" + (folder / "log").read_text(errors="replace"))
    return f"postgres://lucngan:{password}@127.0.0.1:{port}/postgres"


def _start_redis(folder: Path, log: IO[bytes], running: list[subprocess.Popen[bytes]]) -> str:
    port = free_port()
    serve = ["redis-server", "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]
    running.append(start([*serve, "--dir", str(folder)], env=dict(os.environ), output=log))
    if not wait_until(lambda: is_listening(port), running[-1], 10):
        raise Stop("Redis tạm không khởi động:\n" + (folder / "log").read_text(errors="replace"))
    return f"redis://127.0.0.1:{port}"
