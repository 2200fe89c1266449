"""`make test`: the one test command. Sets up, then runs two stages and sums up.

1. Everything on SQLite: unit, property and browser tests.
2. Everything that touches data once more, on a private PostgreSQL and Redis of this run.
"""

from __future__ import annotations

import os
import shlex
import signal
import subprocess
import sys
import time

from tools import machine
from tools.services import private_postgres_and_redis

_NO_TESTS = 5


def pytest(venv: machine.Venv, title: str, options: list[str], env: dict[str, str]) -> int:
    """Run one stage; pytest prints its own closing line. Gives pytest's exit code."""
    print(f"\n═══ {title} ═══", flush=True)
    started = time.monotonic()
    jobs = ["-n", os.environ.get("JOBS", "2"), "--dist", "worksteal"]
    command = [str(venv.python), "-m", "pytest", "-q", *jobs, *options]
    code = subprocess.run(command, cwd=machine.ROOT, env={**os.environ, **env}, check=False).returncode
    print(f"({title}: {time.monotonic() - started:.0f} giây)", flush=True)
    return code


def main() -> int:
    """Exit code 0 when every chosen test passed in both stages and at least one ran."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    chosen = [*shlex.split(os.environ.get("ARGS", "")), *sys.argv[1:]]
    try:
        venv = machine.ensure("dev")
        codes = [pytest(venv, "SQLite: đơn vị, tính chất, trình duyệt", chosen, {})]
        with private_postgres_and_redis() as addresses:
            data = ["--data-only", *chosen]
            codes.append(pytest(venv, "PostgreSQL và Redis: mọi thứ chạm tới dữ liệu", data, addresses))
    except machine.Stop as reason:
        print(reason, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    ran = [code for code in codes if code != _NO_TESTS]
    return max(ran) if ran else _NO_TESTS


if __name__ == "__main__":
    sys.exit(main())
