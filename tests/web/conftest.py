"""A town with two issuing bodies, on a fixed day, and its people at the door."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client
from pytest_django.fixtures import Settings

from tests import factories

Enter = Callable[[str], Client]


@pytest.fixture(autouse=True)
def clock() -> Iterator[None]:
    with time_machine.travel(factories.NOW, tick=False):
        yield


@pytest.fixture(autouse=True)
def own_folders(settings: Settings, tmp_path: Path) -> None:
    """Files and cache of one test are nobody else's."""
    settings.MEDIA_ROOT = tmp_path / "files"
    settings.CACHES = {
        "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": str(tmp_path)}
    }
    cache.clear()


@pytest.fixture
def town(db: None) -> factories.Town:
    return factories.town()


@pytest.fixture
def enter(town: factories.Town) -> Enter:
    """A browser in which the person of this name is signed in."""

    def open_door(name: str) -> Client:
        client = Client()
        client.force_login(town.person(name), backend="django.contrib.auth.backends.ModelBackend")
        return client

    return open_door
