"""Who may see, send, decide and read documents: one table of roles, states and ways of knowing; the
predicates and the lists agree on all of it."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product

import pytest

from agencies.models import Person
from documents.models import Document
from documents.models.document import DocumentAgency
from meetings import rules
from meetings.models import AgendaItem, ItemFile, Meeting, PreparingBody, Session
from tests.factories import AgencyFactory, MembershipFactory, PersonFactory, Town, draft, month
from tests.meetings.conftest import attends, told_meeting
from tests.meetings.test_readiness import version

DRAFTERS = {"drafter", "chief"}
OFFICE = DRAFTERS | {"registrar", "leader"}
PREPARING = {"lead body", "coordinating body"}
ASKED = {
    "attendee",
    "attending body",
    "attendee of the session",
    "asked for this item",
    "body asked for this item",
}
ELSEWHERE = {"attendee of another session", "asked for another item", "body of another item"}
OUTSIDE = {"other body", "recipient", "other office", "administrator", "nobody", "closed account"}
EVERYBODY = OFFICE | PREPARING | ASKED | ELSEWHERE | OUTSIDE | {"chair"}
OPEN = ("planned", "invited", "postponed")


@dataclass(frozen=True)
class Hall:
    """A meeting with one item and a person for every role."""

    item: AgendaItem
    people: dict[str, Person]

    def person(self, role: str) -> Person:
        return self.people[role]

    def row(self) -> AgendaItem:
        return AgendaItem.objects.select_related("meeting__section__document").get(pk=self.item.pk)


@pytest.fixture
def hall(town: Town) -> Hall:
    meeting = told_meeting(town, items=2, chair=town.minh, tentative=False)
    item, other = meeting.items.all()
    here, there = (Session.objects.create(meeting=meeting, position=n, title=f"Phiên {n}") for n in (1, 2))
    AgendaItem.objects.filter(pk=item.pk).update(session=here)
    AgendaItem.objects.filter(pk=other.pk).update(session=there)
    people = {
        "drafter": town.yen,
        "chief": town.chung,
        "registrar": town.hoa,
        "leader": town.son,
        "chair": town.minh,
        "lead body": town.binh,
        "administrator": town.vinh,
        "nobody": town.lan,
        "other body": town.mai,
    }
    for role in EVERYBODY - set(people):
        people[role] = PersonFactory.create(full_name=role[:80])
    agencies = {}
    for role in (
        "coordinating body",
        "attending body",
        "body asked for this item",
        "body of another item",
        "recipient",
    ):
        agencies[role] = AgencyFactory.create()
        MembershipFactory.create(person=people[role], role="officer", agency=agencies[role])
    MembershipFactory.create(person=people["other office"], role="chief", issuing_body=town.state)
    PreparingBody.objects.create(item=item, agency=agencies["coordinating body"], name="Phối hợp", lead=False)
    PreparingBody.objects.filter(item=other).update(agency=agencies["body of another item"])
    attends(meeting, person=people["attendee"])
    attends(meeting, agency=agencies["attending body"])
    attends(meeting, person=people["attendee of the session"], session=here)
    attends(meeting, person=people["attendee of another session"], session=there)
    attends(meeting, person=people["asked for this item"], item=item)
    attends(meeting, agency=agencies["body asked for this item"], item=item)
    attends(meeting, person=people["asked for another item"], item=other)
    attends(meeting, person=people["closed account"])
    Person.objects.filter(pk=people["closed account"].pk).update(is_active=False)
    programme = draft(town, month(10))
    Document.objects.filter(pk=programme.pk).update(state="issued", number=3)
    DocumentAgency.objects.create(document=programme, agency=agencies["recipient"])
    announcing = programme.clauses.get(meeting__isnull=False)
    Meeting.objects.filter(section=announcing).update(section=None)
    Meeting.objects.filter(pk=meeting.pk).update(section=announcing)
    return Hall(item, {role: Person.objects.get(pk=person.pk) for role, person in people.items()})


def put(hall: Hall, *, state: str = "planned", told: str = "told", item: str = "accepted") -> AgendaItem:
    Meeting.objects.filter(pk=hall.item.meeting_id).update(state=state)
    if told != "told":
        Meeting.objects.update(announced_at=None)
    if told == "untold":
        Document.objects.update(state="draft", number=None)
    AgendaItem.objects.filter(pk=hall.item.pk).update(state=item)
    return hall.row()


def by_predicate(hall: Hall, ask: object) -> set[str]:
    return {role for role in EVERYBODY if ask(hall.person(role), hall.row())}  # type: ignore[operator]


@pytest.mark.parametrize("told", ["told", "by paper", "untold"])
def test_who_sees_the_documents_of_an_item(hall: Hall, told: str) -> None:
    for state, item in product(Meeting.State.values, AgendaItem.State.values):
        row = put(hall, state=state, told=told, item=item)

        expected = set(OFFICE)
        if told != "untold":
            expected |= PREPARING | {"chair"} | (ASKED if item == "accepted" else set())

        listed = {
            role
            for role in EVERYBODY
            if AgendaItem.objects.visible_to(hall.person(role)).filter(pk=row.pk).exists()
        }
        assert (state, item, listed) == (state, item, expected)
        assert (state, item, by_predicate(hall, rules.may_see_item)) == (state, item, expected)


@pytest.mark.parametrize("told", ["told", "by paper", "untold"])
def test_who_sends_and_who_decides(hall: Hall, told: str) -> None:
    for state in Meeting.State.values:
        put(hall, state=state, told=told)

        sends = DRAFTERS | (PREPARING if told != "untold" else set()) if state in OPEN else set()

        assert (state, by_predicate(hall, rules.may_upload)) == (state, sends)
        assert by_predicate(hall, rules.may_decide_documents) == DRAFTERS


#: Which versions there are → which of them others than office and sender read.
READS: dict[str, tuple[list[str], set[int]]] = {
    "waiting": (["submitted"], set()),
    "returned": (["returned"], set()),
    "accepted": (["accepted"], {1}),
    "newer waits": (["accepted", "submitted"], {1}),
    "newer returned": (["accepted", "returned"], {1}),
    "superseded": (["accepted", "accepted"], {2}),
    "superseded and waiting": (["accepted", "accepted", "submitted"], {2}),
}


@pytest.mark.parametrize(("told", "removed"), [("told", False), ("told", True), ("untold", False)])
def test_who_reads_which_version(hall: Hall, town: Town, told: str, removed: bool) -> None:
    for what in READS:
        ItemFile.objects.all().delete()
        check_readers(hall, town, what, told, removed)


def check_readers(hall: Hall, town: Town, what: str, told: str, removed: bool) -> None:
    row = put(hall, told=told)
    states, valid = READS[what]
    document = version(row, states[0], agency=town.agency).document
    for state in states[1:]:
        version(row, state, document=document, agency=town.agency)
    if removed:
        document.removed_at = row.meeting.changed_at
        document.save()
        valid = set()
    everything = set(range(1, len(states) + 1))

    for role in EVERYBODY:
        known = told == "told" and role in PREPARING | ASKED | {"chair"}
        expected = (
            everything if role in OFFICE or (known and role == "lead body") else valid if known else set()
        )
        person = hall.person(role)
        listed = set(ItemFile.objects.visible_to(person).values_list("version", flat=True))
        rows = ItemFile.objects.select_related("document__item__meeting__section__document")
        told_one_by_one = {file.version for file in rows if rules.may_see_file(person, file)}
        assert (what, role, listed) == (what, role, expected)
        assert (what, role, told_one_by_one) == (what, role, expected)


@pytest.mark.parametrize("accepted", [False, True])
def test_who_sends_a_newer_version_and_takes_a_document_off(hall: Hall, town: Town, accepted: bool) -> None:
    row = put(hall)
    document = version(row, "accepted" if accepted else "submitted", agency=town.agency).document
    fresh = type(document).objects.select_related("item__meeting__section__document")

    sends = {role for role in EVERYBODY if rules.may_send_version(hall.person(role), fresh.get())}
    removes = {role for role in EVERYBODY if rules.may_remove(hall.person(role), fresh.get())}

    assert sends == DRAFTERS | {"lead body"}
    assert removes == DRAFTERS | (set() if accepted else {"lead body"})


def test_a_recipient_of_the_programme_sees_the_meeting_and_no_document(hall: Hall) -> None:
    put(hall, told="by paper")

    assert rules.may_see(hall.person("recipient"), hall.row().meeting)
    assert not rules.may_see_item(hall.person("recipient"), hall.row())


def test_a_role_that_is_over_opens_nothing(hall: Hall, town: Town) -> None:
    town.binh.memberships.update(until="2021-01-01")
    hall.people["lead body"] = town.person("binh")

    assert not rules.may_see_item(hall.person("lead body"), hall.row())
    assert not AgendaItem.objects.visible_to(hall.person("lead body")).exists()
