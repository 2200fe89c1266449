"""Quản trị: for administrators only, in Vietnamese, behind the site's own sign-in."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from agencies.models import Membership, Person
from tests.factories import SINCE, Town
from tests.web.conftest import Enter

PAGES = [
    "",
    *(f"agencies/{m}/" for m in ("agency", "issuingbody", "person", "dayoff", "standin", "agencysuccession")),
]


@pytest.mark.parametrize("page", PAGES)
def test_pages_open_for_administrators(town: Town, enter: Enter, page: str) -> None:
    assert enter("vinh").get(f"/quan-tri/{page}").status_code == 200


@pytest.mark.parametrize("name", ["yen", "chung", "hoa", "son", "minh", "binh", "mai", "lan"])
def test_others_get_a_sentence(town: Town, enter: Enter, name: str) -> None:
    response = enter(name).get("/quan-tri/", follow=True)

    assert response.status_code == 403
    assert "Trang quản trị chỉ dành cho người giữ vai trò quản trị." in response.content.decode()


def test_a_stranger_signs_in_at_the_door(client: Client, town: Town) -> None:
    response = client.get("/quan-tri/", follow=True)

    assert response.redirect_chain[-1][0].startswith("/dang-nhap/")


def test_a_role_that_ended_yesterday_opens_nothing(town: Town, enter: Enter) -> None:
    Membership.objects.filter(person=town.vinh).update(until="2026-11-19")

    assert enter("vinh").get("/quan-tri/", follow=True).status_code == 403


def test_an_administrator_adds_a_person_with_a_role(town: Town, enter: Enter) -> None:
    client = enter("vinh")
    page = client.get("/quan-tri/agencies/person/add/").content.decode()
    inlines = re.findall(r'name="(\w+)-TOTAL_FORMS"', page)
    data = {
        "username": "hien",
        "full_name": "Bùi Thị Hiền",
        "email": "hien@example.vn",
        "usable_password": "true",
        "password1": "qua-cam-long-2027",
        "password2": "qua-cam-long-2027",
    }
    for name in inlines:
        data |= {f"{name}-TOTAL_FORMS": "0", f"{name}-INITIAL_FORMS": "0"}

    client.post("/quan-tri/agencies/person/add/", data)
    person = Person.objects.get(username="hien")
    form = client.get(f"/quan-tri/agencies/person/{person.pk}/change/")

    assert form.status_code == 200
    assert person.check_password("qua-cam-long-2027")
    Membership.objects.create(person=person, role="drafter", issuing_body=town.party, since=SINCE)
    assert enter("hien").get("/chuong-trinh/lap/").status_code == 200
