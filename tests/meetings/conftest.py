"""Meetings of tests: one that stands in a draft, one that was told, by hand."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from pytest_django.fixtures import Settings

from meetings.models import AgendaItem, Attendee, Meeting, PreparingBody
from tests import factories
from tests.factories import NOW, Town


@pytest.fixture(autouse=True)
def own_folders(settings: Settings, tmp_path: Path) -> None:
    """Files of one test are nobody else's."""
    settings.MEDIA_ROOT = tmp_path / "files"


@pytest.fixture
def town(db: None) -> Town:
    return factories.town()


def told_meeting(
    town: Town, on: dt.date = dt.date(2026, 12, 23), items: int = 3, **values: object
) -> Meeting:
    """A meeting of the party body that those concerned know of: anh Sơn chairs, anh Bình's agency
    prepares every item, chị Mai's agency attends none of it."""
    defaults: dict[str, object] = {
        "title": "Hội nghị Ban Thường vụ Đảng ủy",
        "tentative": True,
        "chair": town.son,
        "registration_days": 10,
        "appraisal_days": 7,
        "documents_days": 5,
        "invitation_days": 3,
        "announced_at": NOW,
    }
    meeting = Meeting.objects.create(issuing_body=town.party, on=on, **{**defaults, **values})
    for n in range(1, items + 1):
        item = AgendaItem.objects.create(meeting=meeting, position=n, text=f"Báo cáo số {n}.")
        PreparingBody.objects.create(item=item, agency=town.agency, name="Phòng Kinh tế")
    return meeting


def attends(meeting: Meeting, **who: object) -> Attendee:
    return Attendee.objects.create(meeting=meeting, position=meeting.attendees.count() + 1, **who)
