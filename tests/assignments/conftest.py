"""People to tell."""

from __future__ import annotations

import pytest
from pytest_django.fixtures import Settings

from tests import factories
from tests.factories import Town


@pytest.fixture
def town(db: None, settings: Settings) -> Town:
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    return factories.town()
