"""Processes end with the block, and with the process, that started them."""

from __future__ import annotations

import os
import select
import signal
import subprocess
import sys
from pathlib import Path

import psycopg2
import pytest
import redis

from tools.services import is_listening, private_postgres_and_redis, start, stop, wait_until

HOLDER = """
import os, subprocess, sys
from tools.services import start
child = start(["sleep", "600"], env=dict(os.environ), output=sys.stderr.buffer)
print(child.pid, flush=True)
sys.stdin.read()
"""

DEAF = "trap '' TERM; echo deaf; while :; do sleep 1; done"


def test_postgres_and_redis_serve_this_run_and_are_gone_after_it() -> None:
    with private_postgres_and_redis() as addresses:
        connection = psycopg2.connect(addresses["DATABASE_URL"])
        port = connection.info.port
        connection.close()
        client = redis.Redis.from_url(addresses["REDIS_URL"])
        assert client.ping()
        client.close()
        assert is_listening(port)

    assert not is_listening(port)


def test_a_database_of_this_run_asks_for_its_password() -> None:
    with private_postgres_and_redis() as addresses:
        stranger = addresses["DATABASE_URL"].replace("lucngan:", "lucngan:x")
        with pytest.raises(psycopg2.OperationalError):
            psycopg2.connect(stranger)


def test_a_child_ends_even_when_its_parent_is_killed() -> None:
    parent = subprocess.Popen(
        [sys.executable, "-c", HOLDER], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    with parent:
        assert parent.stdout
        child = int(parent.stdout.readline())
        watch = os.pidfd_open(child)
        parent.kill()
        assert select.select([watch], [], [], 10)[0], "the child outlived its parent"
        os.close(watch)


def test_a_process_that_ignores_the_request_is_ended_anyway(tmp_path: Path) -> None:
    with (tmp_path / "log").open("wb") as log:
        stubborn = start(
            ["sh", "-c", DEAF],
            env=dict(os.environ),
            output=log,
        )
        assert wait_until(lambda: (tmp_path / "log").stat().st_size > 0, stubborn, 10)
        stop([stubborn], patience=0.5)

    assert stubborn.returncode == -signal.SIGKILL


def test_waiting_ends_when_the_process_does(tmp_path: Path) -> None:
    with (tmp_path / "log").open("wb") as log:
        process = start(["false"], env=dict(os.environ), output=log)

        assert not wait_until(lambda: False, process, 30)
