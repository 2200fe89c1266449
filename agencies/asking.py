"""Who asks: the person behind a request that came through the door."""

from __future__ import annotations

from django.http import HttpRequest

from agencies.models import Person


def asker(request: HttpRequest) -> Person:
    """The signed-in person; the door lets nobody else into the rooms."""
    assert isinstance(request.user, Person)
    return request.user
