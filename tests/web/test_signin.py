"""Signing in: tries are counted, the pause is said, the working day is remembered."""

from __future__ import annotations

import re

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from agencies.models import Person
from tests.factories import PASSWORD, Town

LOGIN = "/dang-nhap/"


def attempt(client: Client, password: str, **more: str) -> str:
    return client.post(LOGIN, {"username": "yen", "password": password, **more}).content.decode()


def test_right_password_leads_to_the_desk(client: Client, town: Town) -> None:
    response = client.post(LOGIN, {"username": "yen", "password": PASSWORD})

    assert response.status_code == 302
    assert response["Location"] == "/"


def test_wrong_password_says_how_many_tries_remain(client: Client, town: Town) -> None:
    assert "Còn 4 lần thử trước khi tạm khóa 15 phút." in attempt(client, "sai-lan-1")
    assert "Còn 3 lần thử trước khi tạm khóa 15 phút." in attempt(client, "sai-lan-2")


def test_unknown_name_gets_the_same_sentence(client: Client, town: Town) -> None:
    page = client.post(LOGIN, {"username": "khong-co", "password": "x"}).content.decode()

    assert "Mật khẩu chưa đúng. Còn 4 lần thử" in page


def test_after_five_tries_even_the_right_password_waits(client: Client, town: Town) -> None:
    for n in range(5):
        page = attempt(client, f"sai-{n}")

    assert "Tạm khóa đăng nhập" in page
    assert "Tạm khóa đăng nhập" in attempt(client, PASSWORD)
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize(("more", "at_close"), [({}, True), ({"remember": "on"}, False)])
def test_session_ends_with_the_browser_unless_remembered(
    client: Client, town: Town, more: dict[str, str], at_close: bool
) -> None:
    attempt(client, PASSWORD, **more)

    assert client.session.get_expire_at_browser_close() is at_close


def test_pages_behind_the_door_ask_for_a_sign_in(client: Client, town: Town) -> None:
    response = client.get("/chuong-trinh/")

    assert response["Location"] == f"{LOGIN}?next=/chuong-trinh/"


def test_next_never_leads_to_another_house(client: Client, town: Town) -> None:
    data = {"username": "yen", "password": PASSWORD, "next": "https://noi-khac.example/"}

    assert client.post(LOGIN, data)["Location"] == "/"


def test_signing_out_is_a_post(client: Client, town: Town) -> None:
    attempt(client, PASSWORD)

    assert client.get("/dang-xuat/").status_code == 405
    assert client.post("/dang-xuat/")["Location"] == LOGIN
    assert "_auth_user_id" not in client.session


def test_forgotten_password_is_set_anew_by_mail(client: Client, town: Town) -> None:
    client.post(reverse("password_reset"), {"email": "yen@example.vn"})

    assert [m.to for m in mail.outbox] == [["yen@example.vn"]]
    assert "Nguyễn Thị Hải Yến" in mail.outbox[0].body
    found = re.search(r"https?://[^/]+(/mat-khau/\S+)", str(mail.outbox[0].body))
    assert found
    form = client.get(found[1], follow=True).redirect_chain[-1][0]
    fresh = "qua-cam-long-2027"
    client.post(form, {"new_password1": fresh, "new_password2": fresh})
    assert Person.objects.get(username="yen").check_password(fresh)


def test_unknown_address_gets_no_mail_and_the_same_page(client: Client, town: Town) -> None:
    response = client.post(reverse("password_reset"), {"email": "khong-co@example.vn"}, follow=True)

    assert "Đã gửi thư" in response.content.decode()
    assert mail.outbox == []


def test_changing_the_password_needs_the_old_one(client: Client, town: Town) -> None:
    attempt(client, PASSWORD)
    fresh = {"new_password1": "qua-cam-long-2027", "new_password2": "qua-cam-long-2027"}

    client.post("/mat-khau/", {"old_password": "khong-dung", **fresh})
    assert Person.objects.get(username="yen").check_password(PASSWORD)
    client.post("/mat-khau/", {"old_password": PASSWORD, **fresh})
    assert Person.objects.get(username="yen").check_password("qua-cam-long-2027")


def test_language_is_chosen_before_the_door(client: Client, town: Town) -> None:
    client.post("/ngon-ngu/", {"language": "en", "next": LOGIN})

    page = client.get(LOGIN).content.decode()

    assert '<html lang="en">' in page
    assert "Sign in" in page
