"""Thiết lập của cơ quan: who finds the way to what a body sets, and that every way leads there."""

from __future__ import annotations

import re

import pytest

from tests.factories import MembershipFactory, Town
from tests.web.conftest import Enter

HERE = "/thiet-lap/"
MENU = f'href="{HERE}"'


def addresses(town: Town, *names: str) -> set[str]:
    known = {"numbers": "so-van-ban/danh-so", "routes": "van-ban/duong-duyet", "checks": "van-ban/phep-soat"}
    return {f"/{known[name]}/{town.party.pk}/" for name in names}


@pytest.mark.parametrize(
    ("name", "pages"), [("hoa", ("numbers",)), ("chung", ("numbers", "routes", "checks"))]
)
def test_each_finds_what_he_or_she_sets(enter: Enter, town: Town, name: str, pages: tuple[str, ...]) -> None:
    client = enter(name)

    assert MENU in client.get("/").content.decode()
    answer = client.get(HERE).content.decode()
    links = set(re.findall(r'href="(/(?:so-van-ban|van-ban)/[a-z-]+/\d+/)"', answer))

    assert links == addresses(town, *pages)
    assert all(MENU in client.get(link).content.decode() for link in links)


def test_an_administrator_finds_those_of_every_body(enter: Enter, town: Town) -> None:
    answer = enter("vinh").get(HERE).content.decode()

    assert addresses(town, "numbers", "routes", "checks") <= set(re.findall(r'href="([^"]+)"', answer))
    assert f"/so-van-ban/danh-so/{town.state.pk}/" in answer


def test_who_sets_for_two_bodies_finds_both_each_with_his_own(enter: Enter, town: Town) -> None:
    MembershipFactory.create(person=town.chung, role="registrar", issuing_body=town.state)

    answer = enter("chung").get(HERE).content.decode()

    assert addresses(town, "routes") < set(re.findall(r'href="([^"]+)"', answer))
    assert f"/so-van-ban/danh-so/{town.state.pk}/" in answer
    assert f"/van-ban/duong-duyet/{town.state.pk}/" not in answer


@pytest.mark.parametrize("name", ["yen", "son", "minh", "binh", "mai", "lan"])
def test_others_find_none(enter: Enter, town: Town, name: str) -> None:
    client = enter(name)

    assert MENU not in client.get("/").content.decode()
    assert client.get(HERE).status_code == 403
