"""Every page of a meeting with everything: who gets it, nothing inline, nothing private, no dead link."""

from __future__ import annotations

import re

from django.test import Client

from tests import factories
from tests.assembly import Assembly, assembly
from tests.factories import Town
from tests.web.conftest import Enter

OFFICE = {"yen", "chung", "hoa", "son"}
DRAFTERS = {"yen", "chung"}
ALL = set(factories.Town.PEOPLE)
#: Those who know of the meeting: its chair leads the body, Bình prepares, Mai coordinates, Minh attends,
#: Lan is asked for one item.
TOLD = OFFICE | {"binh", "mai", "minh", "lan"}


def pages(made: Assembly) -> dict[str, tuple[str, set[str]]]:
    """Page → (address, the people for whom it answers 200)."""
    here = f"/hoi-nghi/{made.meeting.public_id}/"
    return {
        "meeting": (here, TOLD),
        "edit": (f"{here}sua/", DRAFTERS),
        "move": (f"{here}doi-ngay/?ngay=2026-12-24", DRAFTERS),
        "history": (f"{here}lich-su/", OFFICE),
        "review": (f"{here}duyet/", {"son"}),
        "review of an item": (f"{here}duyet/{made.item.public_id}/", {"son"}),
        "pack": (f"{here}bo-tai-lieu/", OFFICE | {"minh"}),
        "documents": (f"/hoi-nghi/noi-dung/{made.item.public_id}/tai-lieu/", OFFICE | {"binh", "minh"}),
        "file": (f"/hoi-nghi/tai-lieu/{made.file.public_id}/", OFFICE | {"binh", "minh"}),
        "month": ("/hoi-nghi/?thang=2026-12", ALL),
        "week": ("/hoi-nghi/tuan/?ngay=2026-12-23", ALL),
        "list": ("/hoi-nghi/danh-sach/?thang=2026-12", ALL),
        "create": ("/hoi-nghi/lap/", DRAFTERS | {"minh"}),
        "weekly schedule": ("/hoi-nghi/lich-tuan/?tuan=2026-W52", TOLD),
        "appointments": ("/hoi-nghi/lich-rieng/", OFFICE | {"minh"}),
        "one appointment": (f"/hoi-nghi/lich-rieng/{made.appointment.public_id}/", DRAFTERS),
        "addresses": ("/hoi-nghi/dia-chi-lich/", ALL),
        "reviews": ("/hoi-nghi/duyet/", ALL),
        "series": (f"/hoi-nghi/loat/{made.series.public_id}/", DRAFTERS),
        "notices": ("/thong-bao/", ALL),
    }


def asked(client: Client, address: str) -> tuple[int, str]:
    """Status and text of a page; of a file that is served only its beginning."""
    answer = client.get(address)
    return answer.status_code, answer.getvalue().decode(errors="replace")


def test_every_page_answers_whom_it_should(town: Town, enter: Enter) -> None:
    table = pages(assembly(town))

    for name in Town.PEOPLE:
        got = {page: asked(enter(name), address)[0] for page, (address, _) in table.items()}
        expected = {page for page, (_, people) in table.items() if name in people}
        assert {page for page, code in got.items() if code == 200} == expected, name
        assert set(got.values()) <= {200, 403, 404}, name


def test_a_private_note_is_on_no_page_of_anybody_else(town: Town, enter: Enter) -> None:
    table = pages(assembly(town))

    for name in Town.PEOPLE:
        client = enter(name)
        for page, (address, _) in table.items():
            shown = "Cần nêu rõ diện tích." in asked(client, address)[1]
            assert not shown or name == "son", (name, page)


def test_pages_hold_nothing_inline_and_every_jump_has_its_end(town: Town, enter: Enter) -> None:
    table = pages(assembly(town))
    client = enter("yen")

    for name, (address, _people) in table.items():
        page = asked(client, address)[1]
        assert not re.search(r"<style|\sstyle=|\son(click|change|submit|load)=|javascript:", page), name
        assert not re.search(r"<script(?![^>]*(src=|application/json))", page), name
        ids = re.findall(r'\sid="([^"]+)"', page)
        assert len(ids) == len(set(ids)), (name, sorted({i for i in ids if ids.count(i) > 1}))


def test_every_page_speaks_english_where_it_is_asked_to(town: Town, enter: Enter) -> None:
    table = pages(assembly(town))
    client = enter("yen")
    client.post("/ngon-ngu/", {"language": "en", "next": "/"})

    for name, (address, people) in table.items():
        if "yen" in people and name != "file":
            assert '<html lang="en"' in asked(client, address)[1], name
