"""`make lint`: every check of the code, each with its own line; a failure does not hide the next.

`make format` (``--fix``) rewrites what can be rewritten.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tools.machine import ROOT, Venv

#: A site as it is deployed; the check must find nothing to warn about.
PRODUCTION = {
    "DEBUG": "0",
    "HTTPS": "1",
    "BEHIND_PROXY": "1",
    "ALLOWED_HOSTS": "chuongtrinh.example.vn",
    "SITE_URL": "https://chuongtrinh.example.vn",
    "DATABASE_URL": "postgres://lucngan:lucngan@127.0.0.1:5432/lucngan",
    "REDIS_URL": "redis://127.0.0.1:6379/0",
    "SECRET_KEY": "chi-de-soat-cau-hinh-" + "0123456789abcdefghijklmnopqrstuvwxyz" * 2,
}


@dataclass(frozen=True)
class Check:
    """One command, what must be in its environment, and the file it reads from standard input."""

    name: str
    command: Sequence[str]
    env: dict[str, str] = field(default_factory=dict)
    source: Path | None = None


def templates() -> list[str]:
    """The project's own templates."""
    return [str(path) for path in sorted(ROOT.glob("templates/**/*.html"))]


def scripts() -> list[Path]:
    """The project's own JavaScript modules."""
    return sorted(path for path in ROOT.glob("static/**/*.js") if not path.name.endswith(".min.js"))


def checks(venv: Venv) -> Iterator[Check]:
    """Every check, cheap ones first."""
    tool = venv.path / "bin"
    python = str(venv.python)
    yield Check("ruff", [str(tool / "ruff"), "check", "--quiet", "."])
    yield Check("ruff format", [str(tool / "ruff"), "format", "--check", "--quiet", "."])
    yield Check("djade", [str(tool / "djade"), "--target-version", "5.2", "--check", *templates()])
    yield Check("ranh giới phòng", [str(tool / "lint-imports")])
    yield Check("mẫu trang", [python, "-m", "tools.templates_check"])
    for script in scripts() if shutil.which("node") else []:
        yield Check(str(script.relative_to(ROOT)), ["node", "--input-type=module", "--check"], source=script)
    yield Check("migrations", [python, "manage.py", "makemigrations", "--check", "--dry-run"])
    deploy = [python, "-W", "error", "manage.py", "check", "--deploy", "--fail-level", "WARNING"]
    yield Check("triển khai", deploy, PRODUCTION)
    yield Check("mypy", [str(tool / "mypy"), "--no-error-summary", "."])


def passes(check: Check, var: str) -> bool:
    """Run one check and print one line, with the check's own words when it failed."""
    started = time.monotonic()
    env = {**os.environ, "VAR_DIR": var, "DEBUG": "1", **check.env}
    given = check.source.read_text(encoding="utf-8") if check.source else ""
    done = subprocess.run(
        list(check.command), cwd=ROOT, env=env, input=given, capture_output=True, text=True, check=False
    )
    good = done.returncode == 0
    print(f"{'✓' if good else '✗'} {check.name} ({time.monotonic() - started:.1f} giây)", flush=True)
    if not good:
        print(done.stdout + done.stderr, flush=True)
    return good


def fix(venv: Venv) -> int:
    """Rewrite what the tools can mend by themselves."""
    tool = venv.path / "bin"
    commands = (
        [tool / "ruff", "check", "--fix", "--quiet", "."],
        [tool / "ruff", "format", "--quiet", "."],
        [tool / "djade", "--target-version", "5.2", *templates()],
    )
    for command in commands:
        subprocess.run([str(word) for word in command], cwd=ROOT, check=False)
    return 0


def main() -> int:
    """Exit code 0 when every check passed."""
    venv = Venv()
    if "--fix" in sys.argv[1:]:
        return fix(venv)
    if scripts() and not shutil.which("node"):
        print("! Không có node: cú pháp JavaScript chưa được soát (cài gói nodejs để soát).")
    with tempfile.TemporaryDirectory(prefix="lucngan-lint-") as var:
        failed = [check.name for check in checks(venv) if not passes(check, var)]
    print(f"Chưa đạt: {', '.join(failed)}" if failed else "Đạt mọi mục.")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
