"""Request ids, and the header that keeps fragments and pages apart in caches."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import translation
from django.utils.cache import patch_cache_control, patch_vary_headers

from lucngan.lib import requestid

GetResponse = Callable[[HttpRequest], HttpResponse]


class RequestId:
    """Gives each request an id, found in the log, the history and the X-Request-ID header."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        token = requestid.current.set(uuid.uuid4().hex[:12])
        try:
            response = self.get_response(request)
            response["X-Request-ID"] = requestid.current.get()
            return response
        finally:
            requestid.current.reset(token)


class ChosenLanguage:
    """Vietnamese until the person chooses otherwise; what the browser is set to does not matter,
    for many an office's browser was installed in English."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        language = chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        patch_vary_headers(response, ("Cookie",))
        return response


class SignInRequired(LoginRequiredMiddleware):
    """Sends strangers to the sign-in page; a module that asked for JSON hears 401 with its address,
    so that the page can sign in again in place and keep what was typed."""

    def handle_no_permission(  # type: ignore[override]
        self, request: HttpRequest, view_func: Any
    ) -> HttpResponseBase:
        if request.headers.get("Accept", "").startswith("application/json"):
            return JsonResponse({"login": reverse("login")}, status=401)
        return super().handle_no_permission(request, view_func)


class PrivatePages:
    """What a signed-in person sees is kept by nobody on the way, and asked for anew each time; a
    view that says something else keeps its word."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.user.is_authenticated and not response.has_header("Cache-Control"):
            patch_cache_control(response, private=True, no_cache=True)
        return response


class VaryOnHtmx:
    """A cached fragment must never come back as the page."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        patch_vary_headers(response, ("HX-Request",))
        return response
