"""Error pages in the site's look, and what a machine asks for."""

from __future__ import annotations

import re

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client, RequestFactory

from lucngan import errors, tasks
from tests.factories import Town
from tests.web.conftest import Enter


def test_unknown_address_has_a_way_back_and_a_request_id(enter: Enter) -> None:
    response = enter("yen").get("/khong-co-trang-nay/")
    page = response.content.decode()

    assert response.status_code == 404
    assert "Không có trang này" in page
    assert 'href="/"' in page
    assert re.search(r"<code>([0-9a-f]{12})</code>", page)
    assert response["X-Request-ID"] in page


def test_page_for_server_errors_needs_no_database() -> None:
    response = errors.server_error(RequestFactory().get("/"))

    assert response.status_code == 500
    assert "Máy chủ gặp lỗi" in response.content.decode()


def test_refusal_shows_its_sentence() -> None:
    response = errors.permission_denied(RequestFactory().get("/"), PermissionDenied("Chỉ xóa được dự thảo."))

    assert response.status_code == 403
    assert "Chỉ xóa được dự thảo." in response.content.decode()


def test_bad_request_is_a_page() -> None:
    response = errors.bad_request(RequestFactory().get("/"), ValueError("x"))

    assert response.status_code == 400
    assert "Yêu cầu không đọc được" in response.content.decode()


def test_form_without_its_token_is_refused_in_words(town: Town) -> None:
    client = Client(enforce_csrf_checks=True)

    response = client.post("/dang-nhap/", {"username": "yen", "password": "x"})

    assert response.status_code == 403
    assert "Trang đã mở quá lâu" in response.content.decode()


def test_healthz_answers_without_a_sign_in(client: Client) -> None:
    assert client.get("/healthz").content == b"ok\n"


@pytest.mark.django_db
def test_readyz_says_what_is_missing_until_the_worker_ticks(client: Client) -> None:
    before = client.get("/readyz")
    tasks.tick()
    after = client.get("/readyz")

    assert (before.status_code, before.json()["beat"], before.json()["database"]) == (503, False, True)
    assert (after.status_code, after.json()["ready"]) == (200, True)


def test_pages_carry_the_content_policy(client: Client, town: Town) -> None:
    policy = client.get("/dang-nhap/")["Content-Security-Policy"]

    assert "script-src 'self'" in policy
    assert "unsafe" not in policy
