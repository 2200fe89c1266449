"""Every page for every role, every link that pages offer, and the look of all of them."""

from __future__ import annotations

import re
from collections import Counter
from html.parser import HTMLParser

import pytest
from django.test import Client

from meetings.models import Meeting, Room, Series
from tests import factories
from tests.factories import Town, draft, issued, month, paper
from tests.web.conftest import Enter

ALL = set(factories.Town.PEOPLE)
OFFICE = {"yen", "chung", "hoa", "son"}
DRAFTERS = {"yen", "chung"}
#: So many addresses of one page are followed: with other questions it is the same page.
SAME = 8


def pages(town: Town) -> dict[str, tuple[str, set[str]]]:
    """Page → (address, the people for whom it answers 200)."""
    a_draft, an_issued = draft(town, month(12)), issued(town, month(11))
    intake = factories.intake(town.party, town.yen, reading=paper(month(1, 2027)))
    of_draft, of_issued = Meeting.objects.order_by("-on")
    series = a_series(town)
    here, there = a_draft.get_absolute_url(), an_issued.get_absolute_url()
    return {
        "desk": ("/", ALL),
        "list": ("/chuong-trinh/", ALL),
        "create": ("/chuong-trinh/lap/", DRAFTERS | {"minh"}),
        "draft": (here, OFFICE),
        "issued": (there, OFFICE | {"binh"}),
        "details": (f"{here}phan-dau/", DRAFTERS),
        "delete": (f"{here}xoa/", DRAFTERS),
        "history": (f"{there}lich-su/", OFFICE),
        "history of a paper": (f"/van-ban/{a_draft.public_id}/lich-su/", OFFICE),
        "history of a series": (f"/hoi-nghi/loat/{series.public_id}/lich-su/", OFFICE),
        "history of a room": (f"/hoi-nghi/phong/{series.room_id}/lich-su/", OFFICE),
        "arrangements": ("/thiet-lap/", {"vinh", "chung", "hoa"}),
        "journal": ("/nhat-ky/", {"vinh", "chung", "son"}),
        "editor": (f"{here}soan/", OFFICE),
        "amendments": (f"{there}dieu-chinh/", OFFICE),
        "one amendment": (f"{there}dieu-chinh/them/?loai=add", DRAFTERS),
        "versions": (f"/van-ban/{a_draft.public_id}/phien-ban/", OFFICE),
        "comparison": (f"/van-ban/{a_draft.public_id}/so-sanh/?voi={an_issued.public_id}", OFFICE),
        "meetings": ("/hoi-nghi/", ALL),
        "week": ("/hoi-nghi/tuan/", ALL),
        "list of meetings": ("/hoi-nghi/danh-sach/", ALL),
        "meeting of a draft": (f"/hoi-nghi/{of_draft.public_id}/", OFFICE),
        "meeting of an issued": (f"/hoi-nghi/{of_issued.public_id}/", OFFICE | {"binh"}),
        "pack": (f"/hoi-nghi/{of_issued.public_id}/bo-tai-lieu/", OFFICE),
        "calendar addresses": ("/hoi-nghi/dia-chi-lich/", ALL),
        "series": ("/hoi-nghi/loat/", OFFICE | {"minh"}),
        "new series": ("/hoi-nghi/loat/lap/", DRAFTERS | {"minh"}),
        "proposals": ("/hoi-nghi/loat/de-xuat/", DRAFTERS | {"minh"}),
        "one series": (f"/hoi-nghi/loat/{series.public_id}/", DRAFTERS),
        "rooms": ("/hoi-nghi/phong/", OFFICE | {"minh"}),
        "one room": (f"/hoi-nghi/phong/{series.room_id}/", DRAFTERS),
        "meetings for a draft": (f"{here}hoi-nghi/", DRAFTERS),
        "documents of an item": (
            f"/hoi-nghi/noi-dung/{of_issued.items.all()[0].public_id}/tai-lieu/",
            OFFICE | {"binh"},
        ),
        "papers that came": ("/van-ban/nhan/", {"binh", "mai"}),
        "who got a paper": (f"/van-ban/{an_issued.public_id}/gui-nhan/", OFFICE),
        "taking back": (f"/van-ban/{an_issued.public_id}/thu-hoi/", {"chung", "son"}),
        "files": ("/tiep-nhan/", DRAFTERS | {"minh"}),
        "review": (f"/tiep-nhan/{intake.public_id}/", DRAFTERS),
        "accept": (f"/tiep-nhan/{intake.public_id}/nhan/", DRAFTERS),
        "password": ("/mat-khau/", ALL),
        "agencies": ("/co-quan/tim/?q=kinh", ALL),
        "administration": ("/quan-tri/", {"vinh"}),
    }


def a_series(town: Town) -> Series:
    """A weekly series in a room of the party body, with a day of December that no paper announces."""
    room = Room.objects.create(name="Phòng họp", issuing_body=town.party)
    return Series.objects.create(
        issuing_body=town.party, title="Giao ban Thường trực", frequency="weekly", weekday=0, room=room
    )


def test_every_page_answers_whom_it_should(town: Town, enter: Enter) -> None:
    table = pages(town)

    for name in factories.Town.PEOPLE:
        client = enter(name)
        got = {page: client.get(address).status_code for page, (address, _) in table.items()}
        expected = {page for page, (_, people) in table.items() if name in people}
        assert {page for page, code in got.items() if code == 200} == expected, name
        assert set(got.values()) <= {200, 302, 403, 404}, name


class Links(HTMLParser):
    """The addresses that a page offers, and the places it can be pointed at."""

    def __init__(self) -> None:
        super().__init__()
        self.found: set[str] = set()
        self.ids: list[str] = []
        self.labels: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {key: value or "" for key, value in attrs}
        if "id" in given:
            self.ids.append(given["id"])
        if tag == "a" and given.get("href"):
            self.found.add(given["href"])
        if tag == "form" and given.get("method", "get").lower() == "get" and given.get("action"):
            self.found.add(given["action"])


@pytest.mark.parametrize("name", ["yen", "hoa", "son", "binh", "mai", "minh", "vinh", "lan"])
def test_no_link_leads_nowhere(town: Town, enter: Enter, name: str) -> None:
    pages(town)
    client = enter(name)
    waiting, seen, kinds = ["/"], {"/"}, Counter[str]()

    while waiting and len(seen) < 150:
        address = waiting.pop()
        response = client.get(address)
        assert response.status_code in (200, 302), (address, response.status_code)
        for close_file in response._resource_closers:  # type: ignore[attr-defined]
            close_file()  # closing the answer itself would end the test's transaction
        if "text/html" not in response.get("Content-Type", "") or address.startswith("/quan-tri/"):
            continue
        for link in links_of(response.content.decode()):
            target = link.partition("#")[0]
            absolute = address.partition("?")[0] + target if target.startswith("?") else target
            if absolute and absolute.startswith("/") and absolute not in seen:
                kinds[absolute.partition("?")[0]] += 1
                if kinds[absolute.partition("?")[0]] > SAME:
                    continue  # a calendar leads to every day of every month
                seen.add(absolute)
                waiting.append(absolute)

    assert len(seen) >= 4


def links_of(page: str) -> set[str]:
    parser = Links()
    parser.feed(page)
    return parser.found


def test_jump_links_have_their_places(town: Town, enter: Enter) -> None:
    table = pages(town)
    client = enter("yen")

    for address, _people in table.values():
        response = client.get(address)
        if (
            "text/html" not in response["Content-Type"]
            or response.status_code != 200
            or "quan-tri" in address
        ):
            continue
        parser = Links()
        parser.feed(response.content.decode())
        wanted = {link[1:] for link in parser.found if link.startswith("#") and len(link) > 1}
        assert wanted <= set(parser.ids), address
        assert len(parser.ids) == len(set(parser.ids)), (
            address,
            sorted({i for i in parser.ids if parser.ids.count(i) > 1}),
        )


def test_pages_hold_nothing_inline(town: Town, enter: Enter) -> None:
    table = pages(town)
    client = enter("yen")

    for address, _people in table.values():
        if "quan-tri" in address:
            continue
        page = client.get(address).content.decode()
        assert not re.search(r"<style|\sstyle=|\son(click|change|submit|load)=|javascript:", page), address
        assert not re.search(r"<script(?![^>]*(src=|application/json))", page), address


def test_every_page_speaks_english_where_it_is_asked_to(town: Town, enter: Enter) -> None:
    pages(town)
    client: Client = enter("yen")
    client.post("/ngon-ngu/", {"language": "en", "next": "/"})

    page = client.get("/chuong-trinh/").content.decode()

    assert '<html lang="en">' in page
    assert "Work programmes" in page
