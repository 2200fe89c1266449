"""A draft with a small text to work on."""

from __future__ import annotations

import pytest

from programmes import services
from programmes.models import Programme
from programmes.periods import Period, PeriodType
from tests.office import NOW, Office, office


@pytest.fixture
def desk(db: None) -> Office:
    return office()


@pytest.fixture
def programme(desk: Office) -> Programme:
    period = Period(2026, PeriodType.MONTH, 11)
    return services.create_programme(issuing_body=desk.body, period=period, actor=desk.yen, now=NOW)
