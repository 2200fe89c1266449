"""A meeting with everything fits the promises of the database, on both databases."""

from __future__ import annotations

from meetings.models import Meeting
from tests.assembly import assembly
from tests.factories import Town


def test_everything_holds_together(town: Town) -> None:
    made = assembly(town)

    assert Meeting.objects.visible_to(town.person("lan")).get() == made.meeting
    assert made.meeting.halves == {"morning", "afternoon"}
