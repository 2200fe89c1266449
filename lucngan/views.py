"""Pages that look across the rooms: sign-in, health; the desks are in ``lucngan.desks``."""

from __future__ import annotations

import uuid
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import LoginView, LogoutView
from django.core.cache import cache
from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from kombu.exceptions import OperationalError

from lucngan import tasks
from lucngan.celery import app
from lucngan.forms import SignInForm

#: A tick comes every 30 seconds; four missing ones mean that the worker or its clock stands still.
TICK_LIMIT = 120


class SignIn(LoginView):
    """Đăng nhập. A person who is signed in already goes to the desk."""

    authentication_form = SignInForm
    redirect_authenticated_user = True

    def form_valid(self, form: SignInForm) -> HttpResponse:  # type: ignore[override]
        response = super().form_valid(form)
        remember = form.cleaned_data["remember"]
        self.request.session.set_expiry(settings.SESSION_COOKIE_AGE if remember else 0)
        return response


class SignOut(LogoutView):
    """Đăng xuất. The browser's memory of pages is dropped; what it stored for reading without a connection
    is deleted by the page (static/js/tablet/leave.js). Not "storage": that would take the words which
    the editor keeps until they are sent."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = super().post(request, *args, **kwargs)
        response["Clear-Site-Data"] = '"cache"'
        return response


@login_not_required
@require_safe
@never_cache
def healthz(request: HttpRequest) -> HttpResponse:
    """The process answers; nothing else is asked."""
    return HttpResponse("ok\n", content_type="text/plain; charset=utf-8")


@login_not_required
@require_safe
@never_cache
def readyz(request: HttpRequest) -> JsonResponse:
    """Database, cache, broker and the last tick of the worker: 200 when all are well, else 503."""
    parts = {
        "database": database_answers(),
        "cache": cache_keeps(),
        "broker": broker_answers(),
        "beat": beat_ticks(),
    }
    ready = all(parts.values())
    return JsonResponse({"ready": ready, **parts}, status=200 if ready else 503)


def database_answers() -> bool:
    from django.db import Error

    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            return bool(cursor.fetchone() == (1,))
    except Error:
        return False


def cache_keeps() -> bool:
    key, value = f"readyz-{uuid.uuid4()}", uuid.uuid4().hex
    try:
        cache.set(key, value, 10)
        return bool(cache.get(key) == value)
    except (OSError, ConnectionError):
        return False


def broker_answers() -> bool:
    try:
        with app.connection_for_write() as broker:
            broker.ensure_connection(max_retries=1, timeout=2)
        return True
    except (OSError, OperationalError):
        return False


def beat_ticks() -> bool:
    """Whether the worker's clock ticked lately."""
    last = tasks.last_tick()
    return last is not None and (timezone.now() - last).total_seconds() < TICK_LIMIT
