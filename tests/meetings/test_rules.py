"""Who sees a meeting: the predicate and the list agree for every person, state and way of knowing."""

from __future__ import annotations

import pytest

from agencies.models import Membership
from documents.models import Document
from documents.models.document import DocumentAgency
from meetings import rules
from meetings.models import Meeting
from tests.factories import SINCE, Town, draft, month
from tests.meetings.conftest import attends, told_meeting

OFFICE = {"yen", "chung", "hoa", "son"}


def seen(town: Town, meeting: Meeting) -> set[str]:
    """Who sees it by the list; the predicate must say the same of everybody."""
    listed = {
        name
        for name in Town.PEOPLE
        if Meeting.objects.visible_to(town.person(name)).filter(pk=meeting.pk).exists()
    }
    fresh = Meeting.objects.get(pk=meeting.pk)
    assert {name for name in Town.PEOPLE if rules.may_see(town.person(name), fresh)} == listed
    return listed


@pytest.mark.parametrize("state", Meeting.State.values)
@pytest.mark.parametrize("told", [True, False])
def test_those_concerned_see_what_was_told(town: Town, state: str, told: bool) -> None:
    meeting = told_meeting(town, state=state, tentative=False, chair=town.minh)
    attends(meeting, person=town.lan)
    if not told:
        Meeting.objects.update(announced_at=None)

    assert seen(town, meeting) == OFFICE | ({"binh", "minh", "lan"} if told else set())


@pytest.mark.parametrize("state", Document.State.values)
def test_a_paper_tells_once_it_is_issued(town: Town, state: str) -> None:
    programme = draft(town, month(12))
    Document.objects.filter(pk=programme.pk).update(state=state, number=3)
    DocumentAgency.objects.create(document=programme, agency=town.stranger)
    meeting = Meeting.objects.get()

    expected = OFFICE | ({"binh", "mai"} if state in Document.IN_FORCE else set())
    assert seen(town, meeting) == expected


def test_an_agency_that_attends_sees_it_by_its_officers(town: Town) -> None:
    meeting = told_meeting(town, items=0)
    attends(meeting, agency=town.stranger)

    assert seen(town, meeting) == OFFICE | {"mai"}


def test_who_left_sees_nothing_more(town: Town) -> None:
    meeting = told_meeting(town)
    Membership.objects.filter(person=town.binh).update(until=SINCE)

    assert "binh" not in seen(town, meeting)


@pytest.mark.parametrize("count", [1, 30])
def test_listing_costs_the_same(town: Town, count: int, django_assert_num_queries: object) -> None:
    for _ in range(count):
        told_meeting(town)
    person = town.person("binh")

    with django_assert_num_queries(2):  # type: ignore[operator]
        assert len(Meeting.objects.visible_to(person)) == count
