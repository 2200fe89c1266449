"""Settings from the environment; a wrong value stops the start with a sentence."""

import os
import secrets
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

_TRUE = {"1", "true", "yes", "on"}
_FALSE = {"0", "false", "no", "off", ""}


class EnvError(ValueError):
    """A variable of the environment is missing or cannot be understood."""


def env_str(name: str, default: str = "") -> str:
    """Text of the variable, or of the file that NAME_FILE points at (secrets of containers)."""
    if path := os.environ.get(f"{name}_FILE"):
        return Path(path).read_text(encoding="utf-8").strip()
    return os.environ.get(name, default)


def env_bool(name: str, default: bool) -> bool:
    """1/true/yes/on or 0/false/no/off; raises EnvError for anything else."""
    value = os.environ.get(name)
    if value is None:
        return default
    if value.lower() in _TRUE:
        return True
    if value.lower() in _FALSE:
        return False
    raise EnvError(f"{name} phải là 1 hoặc 0, không phải {value!r}")


def env_int(name: str, default: int) -> int:
    """A whole number; raises EnvError for anything else."""
    value = os.environ.get(name, "")
    if not value:
        return default
    try:
        return int(value)
    except ValueError:
        raise EnvError(f"{name} phải là số nguyên, không phải {value!r}") from None


def env_list(name: str, default: str = "") -> list[str]:
    """Parts between commas, blanks removed."""
    return [part.strip() for part in env_str(name, default).split(",") if part.strip()]


def secret_key(var: Path, *, embedded: bool) -> str:
    """SECRET_KEY of the environment, else the key of this machine in VAR/secret-key.

    On one machine (``embedded``) the first start makes that key, readable by its owner alone. An
    office with several processes names its own: raises EnvError where it did not.
    """
    if key := env_str("SECRET_KEY"):
        return key
    stored = var / "secret-key"
    if not stored.exists():
        if not embedded:
            raise EnvError("Chưa có SECRET_KEY. Đặt biến SECRET_KEY hoặc SECRET_KEY_FILE.")
        _make_key(stored)
    return stored.read_text(encoding="ascii").strip()


def _make_key(stored: Path) -> None:
    """Write a new key, whole or not at all; whoever comes second keeps the first."""
    stored.parent.mkdir(parents=True, exist_ok=True)
    draft = stored.with_name(f"{stored.name}.{os.getpid()}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(secrets.token_urlsafe(48))
    with suppress(FileExistsError):
        os.link(draft, stored)
    draft.unlink()


def database(url: str, sqlite: Path) -> dict[str, Any]:
    """Django's database entry for postgres://user:pass@host:port/name, or SQLite when empty.

    SQLite runs in WAL mode with IMMEDIATE transactions, so that two writers queue and never
    fail half-way.
    """
    if not url:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": sqlite,
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
            },
        }
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"}:
        raise EnvError(f"DATABASE_URL phải bắt đầu bằng postgres://, không phải {parts.scheme}://")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }
