"""Who sees what: the predicate and the list agree for every role and state."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from agencies.models import Membership
from documents import rules
from documents.models import Document, Recipient
from documents.models.document import DocumentAgency
from programmes.models import Programme
from tests.office import Office

ISSUED = ("issued", "amended", "revoked")
OFFICE = ("yen", "chung", "hoa", "son")


def put(programme: Programme, state: str) -> Document:
    Document.objects.filter(pk=programme.pk).update(state=state, number=1)
    return Document.objects.get(pk=programme.pk)


@pytest.mark.parametrize("state", [s.value for s in Document.State])
@pytest.mark.parametrize("who", [*OFFICE, "binh", "mai"])
@pytest.mark.parametrize("addressed", [False, True])
@pytest.mark.parametrize("named", [False, True])
def test_list_and_predicate_agree(
    programme: Programme, desk: Office, state: str, who: str, addressed: bool, named: bool
) -> None:
    document, person = put(programme, state), getattr(desk, who)
    if addressed:
        Recipient.objects.create(document=document, position=9, text="Phòng Kinh tế", agency=desk.agency)
    if named:
        DocumentAgency.objects.create(document=document, agency=desk.agency)

    expected = who in OFFICE or (who == "binh" and state in ISSUED and (addressed or named))

    assert rules.may_see(person, document) is expected
    assert Document.objects.visible_to(person).filter(pk=document.pk).exists() is expected
    assert Programme.objects.visible_to(person).filter(pk=document.pk).exists() is expected


@pytest.mark.parametrize("state", [s.value for s in Document.State])
@pytest.mark.parametrize("who", [*OFFICE, "binh", "mai"])
def test_only_a_draft_is_edited_and_only_by_its_drafters(
    programme: Programme, desk: Office, state: str, who: str
) -> None:
    document = put(programme, state)

    assert rules.may_edit(getattr(desk, who), document) is (state == "draft" and who in ("yen", "chung"))


def test_a_role_that_is_over_opens_nothing(programme: Programme, desk: Office) -> None:
    Membership.objects.filter(person=desk.yen).update(until=dt.date(2021, 1, 1))

    assert rules.may_see(desk.yen, programme) is False
    assert not Programme.objects.visible_to(desk.yen).exists()


def test_a_role_at_another_body_opens_nothing_here(programme: Programme, desk: Office) -> None:
    Membership.objects.filter(person=desk.yen).update(issuing_body=desk.other)

    assert rules.may_see(desk.yen, programme) is False
    assert not Programme.objects.visible_to(desk.yen).exists()


def test_an_account_that_is_closed_opens_nothing(programme: Programme, desk: Office) -> None:
    desk.yen.is_active = False

    assert rules.may_see(desk.yen, programme) is False


def test_the_standing_is_asked_once_per_person(
    programme: Programme, desk: Office, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(1):
        assert rules.may_see(desk.yen, programme)
        assert rules.may_edit(desk.yen, programme)
        assert rules.may_draft_for(desk.yen, programme.issuing_body_id)


@pytest.mark.parametrize("who", [*OFFICE, "binh", "mai"])
def test_how_a_paper_was_written_is_seen_by_its_office_only(
    programme: Programme, desk: Office, who: str
) -> None:
    document = put(programme, "issued")
    DocumentAgency.objects.create(document=document, agency=desk.agency)

    assert rules.may_see_history(getattr(desk, who), document) is (who in OFFICE)
