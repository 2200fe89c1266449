"""Địa chỉ lịch: made once shown, opened without a session, revoked; its secret reaches no log."""

from __future__ import annotations

import datetime as dt
import logging
import re
from typing import Any

import pytest
import time_machine
from django.test import Client

from agencies.models import Membership
from lucngan.lib import secretpaths
from meetings import feeds
from meetings.models import Feed, Meeting
from meetings.views import feeds as feed_views
from tests.factories import NOW, Town
from tests.meetings.conftest import told_meeting
from tests.web.conftest import Enter

PAGE = "/hoi-nghi/dia-chi-lich/"


def text(response: Any) -> str:
    return re.sub(r"\s+", " ", response.content.decode())


def make(client: Client, of: str = "toi") -> str:
    """The path of a new address, as the page shows it."""
    found = re.search(
        r'value="http://testserver(/lich/[\w-]+\.ics)"', client.post(PAGE, {"cua": of}).content.decode()
    )
    assert found
    return found[1]


def test_an_address_is_made_shown_once_and_opens_without_a_session(town: Town, enter: Enter) -> None:
    told_meeting(town)
    client = enter("son")

    page = client.post(PAGE, {"cua": "toi"})
    found = re.search(r"/lich/([\w-]+)\.ics", page.content.decode())
    assert found
    answer = Client().get(found[0])

    assert page["Cache-Control"] == "no-store"
    assert f"webcal://testserver{found[0]}" in page.content.decode()
    assert found[1] not in client.get(PAGE).content.decode()
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    assert answer["Cache-Control"] == "private, no-cache"
    assert not answer.cookies
    assert b"BEGIN:VEVENT" in answer.content


def test_a_program_that_has_it_hears_304_until_something_changes(town: Town, enter: Enter) -> None:
    told_meeting(town)
    path = make(enter("son"))
    first = Client().get(path)
    with time_machine.travel(NOW + dt.timedelta(hours=2), tick=False):
        same = Client().get(path, headers={"If-None-Match": first["ETag"]})
        since = Client().get(path, headers={"If-Modified-Since": first["Last-Modified"]})
        Meeting.objects.update(title="Tên khác")
        changed = Client().get(path, headers={"If-None-Match": first["ETag"]})
        newer = Client().get(path, headers={"If-Modified-Since": first["Last-Modified"]})

    assert [answer.status_code for answer in (first, same, since, changed, newer)] == [
        200,
        304,
        304,
        200,
        200,
    ]
    assert same.content == b""


def test_head_gives_the_head(town: Town, enter: Enter) -> None:
    path = make(enter("son"))

    assert Client().head(path).status_code == 200
    assert Client().post(path).status_code == 405


def test_a_revoked_address_answers_404_without_a_word(town: Town, enter: Enter) -> None:
    client = enter("son")
    path = make(client)
    feed = Feed.objects.get()

    first = text(client.post(f"{PAGE}{feed.pk}/thu-hoi/", follow=True))
    second = text(client.post(f"{PAGE}{feed.pk}/thu-hoi/", follow=True))
    gone = Client().get(path)

    assert "Đã thu hồi." in first
    assert "đã thu hồi trước đó" in second
    assert (gone.status_code, gone.content) == (404, b"")
    assert Client().get("/lich/khong-co.ics").content == b""


def test_nobody_revokes_the_address_of_another(town: Town, enter: Enter) -> None:
    feed, _token = feeds.issue(town.son, now=NOW)

    assert enter("yen").post(f"{PAGE}{feed.pk}/thu-hoi/").status_code == 404
    assert enter("son").get(f"{PAGE}{feed.pk}/thu-hoi/").status_code == 405
    assert Feed.objects.get().revoked_at is None


def test_one_chooses_among_oneself_ones_agencies_and_ones_bodies(town: Town, enter: Enter) -> None:
    def offered(name: str) -> list[str]:
        return re.findall(r'name="cua" value="(.*?)"', enter(name).get(PAGE).content.decode())

    assert offered("lan") == ["toi"]
    assert offered("binh") == ["toi", f"don-vi-{town.agency.pk}"]
    assert offered("hoa") == ["toi", f"co-quan-{town.party.pk}"]
    make(enter("binh"), f"don-vi-{town.agency.pk}")
    make(enter("hoa"), f"co-quan-{town.party.pk}")
    assert list(Feed.objects.order_by("pk").values_list("agency", "issuing_body")) == [
        (town.agency.pk, None),
        (None, town.party.pk),
    ]


@pytest.mark.parametrize(
    "of", ["", "x", "toi-1", "don-vi-", "don-vi-999", "co-quan-99999999999", "co-quan-²"]
)
def test_what_is_not_in_the_list_makes_nothing(town: Town, enter: Enter, of: str) -> None:
    page = enter("binh").post(PAGE, {"cua": of})

    assert page.status_code == 422
    assert "Hãy chọn một dòng trong danh sách." in text(page)
    assert not Feed.objects.exists()


def test_the_office_of_others_makes_nothing(town: Town, enter: Enter) -> None:
    page = enter("binh").post(PAGE, {"cua": f"co-quan-{town.party.pk}"})

    assert page.status_code == 422
    assert "Bạn không còn vai trò ở cơ quan này." in text(page)


def test_an_address_whose_role_is_gone_says_so(town: Town, enter: Enter) -> None:
    client = enter("binh")
    path = make(client, f"don-vi-{town.agency.pk}")
    Membership.objects.filter(person=town.binh).delete()

    assert "Hết vai trò" in text(enter("binh").get(PAGE))
    assert Client().get(path).status_code == 404


def test_a_stranger_is_sent_to_the_door(town: Town) -> None:
    assert Client().get(PAGE)["Location"].startswith("/dang-nhap/")


def test_the_secret_reaches_no_log(town: Town, caplog: pytest.LogCaptureFixture) -> None:
    caplog.handler.addFilter(secretpaths.Filter())
    with caplog.at_level(logging.DEBUG):
        Client().get("/lich/bi-mat-cua-toi.ics")
        logging.getLogger("x").warning("GET %s?a=1 from %s", "/lich/bi-mat-cua-toi.ics", "10.0.0.1")

    assert "/lich/…" in caplog.text
    assert "bi-mat-cua-toi" not in caplog.text


def test_every_line_of_the_log_goes_through_the_filter(settings: Any) -> None:
    assert all("secrets" in handler["filters"] for handler in settings.LOGGING["handlers"].values())


def test_a_program_that_asks_without_end_waits_for_the_next_window(town: Town, enter: Enter) -> None:
    mine, other = make(enter("son")), make(enter("binh"))
    answers = [Client().get(mine).status_code for _time in range(feed_views.OFTEN)]

    refused = Client().get(mine)

    assert set(answers) == {200}
    assert (refused.status_code, refused.content) == (429, b"")
    assert 0 < int(refused["Retry-After"]) <= feed_views.WINDOW
    assert Client().get(other).status_code == 200
    with time_machine.travel(NOW + dt.timedelta(seconds=int(refused["Retry-After"])), tick=False):
        assert Client().get(mine).status_code == 200
