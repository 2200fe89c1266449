"""What surrounds every request."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.urls import reverse

from agencies.models import Person
from lucngan.middleware import PrivatePages

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("cookie", "header", "language"),
    [(None, "en-US,en;q=0.9", "vi"), ("en", "vi", "en"), ("fr", "fr", "vi"), (None, "", "vi")],
)
def test_the_language_is_vietnamese_until_chosen(cookie: str | None, header: str, language: str) -> None:
    client = Client()
    if cookie:
        client.cookies[settings.LANGUAGE_COOKIE_NAME] = cookie

    response = client.get(reverse("login"), headers={"accept-language": header})

    assert response["Content-Language"] == language
    assert f'<html lang="{language}"' in response.content.decode()


def test_every_answer_carries_an_id_of_its_own() -> None:
    first, second = (Client().get(reverse("login"))["X-Request-ID"] for _ in range(2))

    assert len(first) == 12
    assert first != second


def test_fragments_and_pages_are_kept_apart_by_caches() -> None:
    assert "HX-Request" in Client().get(reverse("login"))["Vary"]


def test_the_page_allows_no_inline_script_or_style() -> None:
    policy = Client().get(reverse("login"))["Content-Security-Policy"]

    rules = dict(part.strip().split(" ", 1) for part in policy.split(";"))
    assert (rules["script-src"], rules["style-src"], rules["object-src"]) == ("'self'", "'self'", "'none'")


def test_pages_of_a_person_are_kept_by_nobody(rf: RequestFactory) -> None:
    request = rf.get("/")
    request.user = Person(username="yen")
    kept = HttpResponse(headers={"Cache-Control": "private, max-age=600"})

    assert PrivatePages(lambda _request: HttpResponse())(request)["Cache-Control"] == "private, no-cache"
    assert PrivatePages(lambda _request: kept)(request)["Cache-Control"] == "private, max-age=600"
    request.user = AnonymousUser()
    assert "Cache-Control" not in PrivatePages(lambda _request: HttpResponse())(request).headers
