"""A town with a programme that waits for its number; files of one test are nobody else's."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytest_django.fixtures import Settings

from programmes.models import Programme
from tests import factories
from tests.factories import Town, month


@pytest.fixture(autouse=True)
def own_folders(settings: Settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "files"


@pytest.fixture
def town(db: None) -> Town:
    return factories.town()


@pytest.fixture
def waiting(town: Town) -> Programme:
    return factories.approved(town, month(12))
