"""Settings from the environment."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from lucngan.lib import env


@pytest.fixture(autouse=True)
def nothing_set(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("SECRET_KEY", "SECRET_KEY_FILE", "HTTPS", "SIZE"):
        monkeypatch.delenv(name, raising=False)


def test_one_machine_makes_its_key_once_and_keeps_it_to_itself(tmp_path: Path) -> None:
    first = env.secret_key(tmp_path / "var", embedded=True)

    assert env.secret_key(tmp_path / "var", embedded=True) == first
    assert len(first) >= 50
    assert stat.S_IMODE((tmp_path / "var" / "secret-key").stat().st_mode) == 0o600


def test_an_office_must_name_its_key(tmp_path: Path) -> None:
    with pytest.raises(env.EnvError, match="SECRET_KEY"):
        env.secret_key(tmp_path, embedded=False)

    assert list(tmp_path.iterdir()) == []


def test_a_secret_comes_from_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "key").write_text("bí-mật\n", encoding="utf-8")
    monkeypatch.setenv("SECRET_KEY_FILE", str(tmp_path / "key"))

    assert env.secret_key(tmp_path, embedded=False) == "bí-mật"


@pytest.mark.parametrize(
    ("value", "meant"), [("1", True), ("yes", True), ("0", False), ("", False), ("off", False)]
)
def test_yes_and_no(monkeypatch: pytest.MonkeyPatch, value: str, meant: bool) -> None:
    monkeypatch.setenv("HTTPS", value)

    assert env.env_bool("HTTPS", not meant) is meant


@pytest.mark.parametrize(("name", "value"), [("HTTPS", "maybe"), ("SIZE", "ten")])
def test_a_value_that_cannot_be_understood_stops_the_start(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(name, value)
    read = env.env_bool if name == "HTTPS" else env.env_int

    with pytest.raises(env.EnvError, match=value):
        read(name, 1)  # type: ignore[arg-type]


def test_a_database_address_is_taken_apart(tmp_path: Path) -> None:
    found = env.database("postgres://van%40phong:mat%2Fkhau@db:5433/luc", tmp_path)

    assert (found["USER"], found["PASSWORD"], found["HOST"], found["PORT"], found["NAME"]) == (
        "van@phong",
        "mat/khau",
        "db",
        "5433",
        "luc",
    )
    with pytest.raises(env.EnvError, match="mysql"):
        env.database("mysql://a/b", tmp_path)
