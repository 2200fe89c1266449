"""What every test shares: hypothesis profiles, times that say their zone, the choice of data tests."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.conf import settings
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis

from tools import translations

_SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large]
hypothesis.register_profile("default", max_examples=40, deadline=None, suppress_health_check=_SLOW)
hypothesis.register_profile("ci", parent=hypothesis.get_profile("default"), derandomize=True, print_blob=True)
hypothesis.register_profile("long", parent=hypothesis.get_profile("default"), max_examples=2000)
hypothesis.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci" if os.environ.get("CI") else "default"))

# `time_machine.travel(dt.datetime(2023, 4, 26))` without a zone is a mistake here: the office's
# day is Hanoi's, the machine's may be another.
time_machine.naive_mode = time_machine.NaiveMode.ERROR

translations.compile_all()


@pytest.fixture(scope="session")
def token(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """A token of SoftHSM with the key of anh Chung; one for the whole run, for its module knows one."""
    from tests import softhsm  # half a second of the signing library, for these tests alone

    with softhsm.plugged_in(tmp_path_factory.mktemp("token")) as made:
        yield made


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> None:
    """SQLite in a file of this process, as in real life: in memory, the threads of a browser story
    would share one connection and end each other's transactions."""
    default = settings.DATABASES["default"]
    if default["ENGINE"].endswith("sqlite3"):
        default.setdefault("TEST", {})["NAME"] = str(Path(settings.VAR_DIR) / "test.sqlite3")


def pytest_addoption(parser: pytest.Parser) -> None:
    """``--data-only``: the tests that touch the database, without the browser's."""
    parser.addoption("--data-only", action="store_true", help="chỉ các kiểm thử chạm dữ liệu")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Keep what ``--data-only`` asks for."""
    if not config.getoption("--data-only"):
        return
    chosen = [item for item in items if touches_data(item)]
    config.hook.pytest_deselected(items=[item for item in items if not touches_data(item)])
    items[:] = chosen


def touches_data(item: pytest.Item) -> bool:
    """Whether a test uses the database and no browser."""
    fixtures = set(getattr(item, "fixturenames", ()))
    uses_data = bool(item.get_closest_marker("django_db")) or bool(fixtures & {"db", "transactional_db"})
    return uses_data and "playwright" not in fixtures
