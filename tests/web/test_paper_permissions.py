"""Outsiders at every address of papers and of the register, in every state: role × state × action.

Who may not see a paper hears 404, who may see it and not do a thing hears 403 with a sentence, a stranger
is sent to the sign-in, a way of asking that there is none of is 405; nothing is changed by any of them.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.apps import apps
from django.test import Client
from django.urls import get_resolver

from documents.models import ClauseRemark, Document, NumberSeries, RegisterEntry
from programmes.models import Programme
from tests.factories import NOW, Town, draft, in_state, issued, month
from tests.web.conftest import Enter

State = Document.State
OFFICE = frozenset({"yen", "chung", "hoa", "son"})
KEEPERS = frozenset({"chung", "hoa"})
ANSWERABLE = frozenset({"chung", "son"})
DRAFTERS = frozenset({"yen", "chung"})
SIGNING = frozenset({"chung", "hoa", "son"})
#: No turn of a review is open, no key and no batch is there: nobody is asked, everybody is refused.
NOBODY = frozenset[str]()
EVERYBODY = frozenset(Town.PEOPLE)
#: Stand for all who see the paper in its state, and for those of them who read its text: of a paper that
#: was taken back others see the first lines alone.
SEES, READS = frozenset({"sees"}), frozenset({"reads"})
PREFIXES = ("van-ban/", "so-van-ban/", "chuong-trinh/<uuid:public_id>/dieu-chinh/")
REFUSAL = "Vai trò hiện nay của đồng chí không có quyền làm việc này."


@dataclass(frozen=True)
class Row:
    """Who may ask with GET and with POST; None where that way is not answered (405). ``seen``: who knows
    of a thing that is no paper; the others hear 404."""

    get: frozenset[str] | None
    post: frozenset[str] | None = None
    seen: frozenset[str] = OFFICE


#: Addresses of one paper: what they do is done to a paper that the asker must see.
OF_A_PAPER = {
    "papers:detail": Row(SEES),
    "papers:history": Row(OFFICE),
    "papers:pdf": Row(READS),
    "papers:docx": Row(READS),
    "checking:report": Row(OFFICE),
    "checking:findings": Row(OFFICE),
    "checking:mend": Row(None, DRAFTERS),
    "checking:keep": Row(None, OFFICE),
    "checking:unkeep": Row(None, OFFICE),
    "reviewing:submit": Row(DRAFTERS, DRAFTERS),
    "reviewing:review": Row(OFFICE),
    "reviewing:decide": Row(None, OFFICE),
    "reviewing:withdraw": Row(None, DRAFTERS),
    "reviewing:reopen": Row(OFFICE - {"son"}, OFFICE - {"son"}),
    "reviewing:remark": Row(None, ANSWERABLE),
    "reviewing:accept": Row(None, DRAFTERS),
    "reviewing:decline": Row(None, DRAFTERS),
    "reviewing:settle": Row(None, DRAFTERS),
    "versions:list": Row(OFFICE),
    "versions:compare": Row(OFFICE),
    "versions:pdf": Row(OFFICE),
    "amending:changes": Row(OFFICE),
    "amending:add": Row(DRAFTERS, DRAFTERS),
    "amending:preview": Row(OFFICE),
    "amending:notice": Row(SEES),
    "amending:notice_pdf": Row(SEES),
    "amending:draw": Row(None, DRAFTERS),
    "amending:discard": Row(None, DRAFTERS),
    "amending:edit": Row(DRAFTERS, DRAFTERS),
    "amending:remove": Row(None, DRAFTERS),
    "issuing:issue": Row(KEEPERS, KEEPERS),
    "issuing:recall": Row(ANSWERABLE, ANSWERABLE),
    "signing:paper": Row(SIGNING),
    "signing:manner": Row(None, KEEPERS),
    "signing:sign": Row(None, SIGNING),
    "signing:cosigners": Row(None, KEEPERS),
    "signing:refuse_paper": Row(None, ANSWERABLE),
    "signing:withdraw": Row(None, ANSWERABLE),
    "signing:upload": Row(None, KEEPERS),
    "signing:confirm": Row(None, KEEPERS),
    "signing:discard": Row(None, KEEPERS),
    "signing:copy": Row(SIGNING),
    "signing:signed_file": Row(READS),
    "sending:send": Row(None, KEEPERS),
    "sending:log": Row(OFFICE),
    "sending:resend": Row(None, KEEPERS),
    "sending:hand_over": Row(None, KEEPERS),
    "sending:edxml": Row(READS),
}
#: Steps that need nothing to be filled in: an empty form takes them.
WITHOUT_WORDS = ("reviewing:withdraw", "reviewing:submit")
#: A programme has addresses of its own for these.
OF_NO_PROGRAMME = ("papers:pdf", "papers:docx")
#: Addresses of no paper: who may, and the others hear 403.
OF_THE_OFFICE = {
    "papers:list": Row(EVERYBODY),
    "signing:question": Row(EVERYBODY, EVERYBODY),
    "signing:keys": Row(SIGNING, SIGNING),
    "signing:batches": Row(SIGNING, KEEPERS),
    "sending:inbox": Row(frozenset({"binh", "mai"})),
    "register:book": Row(OFFICE | {"minh"}),
    "register:reserve": Row(KEEPERS, KEEPERS),
    "register:enter": Row(KEEPERS, KEEPERS),
}
#: Addresses of a thing that only its office sees: the others hear 404.
OF_A_THING = {
    "papers:accept": Row(None, DRAFTERS, seen=DRAFTERS),
    "register:entry": Row(OFFICE, KEEPERS),
    "register:cancel": Row(None, KEEPERS),
    "register:put_in": Row(None, KEEPERS),
    "register:volume": Row(OFFICE),
    "register:pdf": Row(OFFICE),
    "register:xlsx": Row(OFFICE),
    "register:numbering": Row(KEEPERS | {"vinh"}, KEEPERS | {"vinh"}),
    "checking:habits": Row(frozenset({"chung", "vinh"}), frozenset({"chung", "vinh"})),
    "reviewing:routes": Row(frozenset({"chung", "vinh"}), frozenset({"chung", "vinh"})),
    "signing:retire_key": Row(None, NOBODY),
    "signing:batch": Row(NOBODY, NOBODY),
    "signing:refuse": Row(None, NOBODY),
}


def routes() -> dict[str, str]:
    """Every address under the prefixes: name → pattern."""

    def walk(patterns: Any, prefix: str, space: str) -> Iterator[tuple[str, str]]:
        for each in patterns:
            route = prefix + str(each.pattern)
            if hasattr(each, "url_patterns"):
                yield from walk(each.url_patterns, route, each.namespace or space)
            elif route.startswith(PREFIXES):
                yield f"{space}:{each.name}", route

    return dict(walk(get_resolver().url_patterns, "", ""))


ROUTES = routes()


def test_every_address_stands_in_the_table() -> None:
    assert set(ROUTES) == {*OF_A_PAPER, *OF_THE_OFFICE, *OF_A_THING}


def address(name: str, **values: object) -> str:
    found = "/" + ROUTES[name]
    values = {
        "copy_id": uuid.uuid4(),
        "remark_id": uuid.uuid4(),
        "change_id": uuid.uuid4(),
        "notice_id": uuid.uuid4(),
        "job_id": 1,
        "pk": 1,
        **values,
    }
    for kind in ("uuid", "int"):
        for key, value in values.items():
            found = found.replace(f"<{kind}:{key}>", str(value))
    assert "<" not in found, found
    return found


def everything() -> dict[str, list[dict[str, Any]]]:
    """All rows of the house, as they are now; that somebody looked is no change."""
    looked = {"opened_at", "first_opened_at", "last_used_at", "last_login"}
    rooms = ("agencies", "audit", "documents", "assignments", "meetings", "programmes")
    return {
        model._meta.label: [
            {name: value for name, value in row.items() if name not in looked}
            for row in model._default_manager.order_by("pk").values()
        ]
        for room in rooms
        for model in apps.get_app_config(room).get_models()
    }


def paper_in(town: Town, state: str) -> Programme:
    """A programme of the party body; Phòng Kinh tế is named in it."""
    if state in Document.NUMBERED:
        return in_state(issued(town, month(11)), state)
    return in_state(draft(town, month(12)), state)


def seers(state: str) -> frozenset[str]:
    return OFFICE | {"binh"} if state in Document.NUMBERED else OFFICE


def allowed(may: frozenset[str] | None, state: str) -> frozenset[str]:
    """The people of a cell of the table."""
    if may is SEES:
        return seers(state)
    if may is READS:
        return OFFICE if state == State.REVOKED else seers(state)
    return may or frozenset()


@pytest.fixture
def clients(enter: Enter) -> dict[str, Client]:
    """Everybody at the door, each with a browser."""
    return {person: enter(person) for person in Town.PEOPLE}


def ways(row: Row) -> tuple[tuple[str, frozenset[str] | None], ...]:
    return ("get", row.get), ("post", row.post)


@pytest.mark.parametrize("state", State.values)
def test_papers(town: Town, clients: dict[str, Client], state: str) -> None:
    paper = paper_in(town, state)
    clause = paper.clauses.order_by("pk").first()
    assert clause
    remark = ClauseRemark.objects.create(
        document=paper, clause=clause.public_id, author=town.son, text="Nêu rõ.", base=clause.text, at=NOW
    )
    before = everything()

    for name, row in OF_A_PAPER.items():
        place = address(name, public_id=paper.public_id, remark_id=remark.public_id)
        for person, client in clients.items():
            for method, may in ways(row):
                if person in allowed(may, state):
                    continue
                response, who = getattr(client, method)(place), f"{person} {method} {place}"
                if person not in seers(state):
                    assert response.status_code in ((404, 405) if may is None else (404,)), who
                elif may is None:
                    assert response.status_code == 405, who
                elif name in OF_NO_PROGRAMME:
                    assert response.status_code == 404, who
                else:
                    refused(response, who)
        assert everything() == before, name


def refused(response: Any, who: str) -> None:
    """403 with a sentence of its own."""
    assert response.status_code == 403, who
    assert REFUSAL not in response.content.decode(), f"{who}: không có câu riêng"


@pytest.mark.parametrize("state", State.values)
def test_those_who_may_get_an_answer(town: Town, clients: dict[str, Client], state: str) -> None:
    """The page, or where the state does not allow it a sentence; never a mistake of the program."""
    paper = paper_in(town, state)

    for name, row in OF_A_PAPER.items():
        for person in allowed(row.get, state):
            response = clients[person].get(address(name, public_id=paper.public_id))
            assert response.status_code in (200, 302, 403, 404), f"{person} {name}"
            if response.status_code == 403:
                refused(response, f"{person} {name}")
            if name in ("papers:history", "versions:list"):
                assert response.status_code == 200, f"{person} {name}"
    assert Document.objects.get(pk=paper.pk).state == state


@pytest.mark.parametrize("state", State.values)
def test_an_empty_form_changes_no_paper(town: Town, clients: dict[str, Client], state: str) -> None:
    paper = paper_in(town, state)

    for name, row in OF_A_PAPER.items():
        if name in WITHOUT_WORDS:
            continue
        for person in allowed(row.post, state):
            response = clients[person].post(address(name, public_id=paper.public_id))
            assert response.status_code < 500, f"{person} {name}"
            now = Document.objects.get(pk=paper.pk)
            assert (now.state, now.number) == (state, paper.number), f"{person} {name}"


def test_pages_of_the_office(town: Town, clients: dict[str, Client]) -> None:
    before = everything()

    for name, row in OF_THE_OFFICE.items():
        place = address(name)
        for person, client in clients.items():
            for method, may in ways(row):
                response, who = getattr(client, method)(place), f"{person} {method} {place}"
                if may is None:
                    assert response.status_code == 405, who
                elif person in may:
                    assert response.status_code in (200, 302, 422), who
                else:
                    refused(response, who)
        assert everything() == before, name


def test_things_of_an_office(town: Town, clients: dict[str, Client]) -> None:
    issued(town, month(11))
    draft(town, month(12))
    before = everything()

    for name, row in OF_A_THING.items():
        place = address(name, **subject(town, name))
        for person, client in clients.items():
            for method, may in ways(row):
                who = f"{person} {method} {place}"
                if person in (may or ()):
                    if method == "get":
                        assert client.get(place).status_code in (200, 302), who
                    continue
                response = getattr(client, method)(place)
                if may and person in row.seen:
                    refused(response, who)
                else:
                    assert response.status_code in ((404, 405) if may is None else (404,)), who
        assert everything() == before, name


def subject(town: Town, name: str) -> dict[str, object]:
    """What the address is about, of the party body; nothing real where there is none yet."""
    if name in ("register:entry", "register:cancel"):
        return {"pk": RegisterEntry.objects.get().pk}
    if name == "register:put_in":
        return {"public_id": Document.objects.get(state=State.ISSUED).public_id}
    if name in ("register:volume", "register:pdf", "register:xlsx"):
        return {"pk": NumberSeries.objects.get().pk}
    if name in ("register:numbering", "checking:habits", "reviewing:routes"):
        return {"pk": town.party.pk}
    if name == "papers:accept":
        from documents.models import Intake

        row = Intake.objects.order_by("-pk").first()
        assert row
        return {"public_id": row.public_id}
    return {"public_id": uuid.uuid4()}


def test_strangers_go_to_the_sign_in(town: Town) -> None:
    paper = paper_in(town, State.ISSUED)
    before, stranger = everything(), Client()

    for name in ROUTES:
        for method in ("get", "post"):
            for known in (paper.public_id, uuid.uuid4()):
                response = getattr(stranger, method)(address(name, public_id=known))
                assert response.status_code == 302, name
                assert response.headers["Location"].startswith("/dang-nhap/"), name

    assert everything() == before


@pytest.mark.parametrize("person", ["chung", "vinh"])
def test_what_there_is_not_is_not_found(town: Town, enter: Enter, person: str) -> None:
    client = enter(person)

    for name in (*OF_A_PAPER, *OF_A_THING):
        place = address(name, public_id=uuid.uuid4(), pk=10**9)
        for method, may in ways({**OF_A_PAPER, **OF_A_THING}[name]):
            response = getattr(client, method)(place)
            assert response.status_code in ((404, 405) if may is None else (404,)), f"{person} {place}"
