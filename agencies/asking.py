"""Who asks: the person behind a request that came through the door, and the body whose ways are set."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from agencies.models import IssuingBody, Person
from agencies.rules import standing


def asker(request: HttpRequest) -> Person:
    """The signed-in person; the door lets nobody else into the rooms."""
    assert isinstance(request.user, Person)
    return request.user


def bodies_set_by(person: Person, *roles: str) -> QuerySet[IssuingBody]:
    """The issuing bodies whose ways (numbers, routes, checks) the person may set: those where one of the
    roles is held; an administrator's are all."""
    bodies = IssuingBody.objects.select_related("agency")
    who = standing(person)
    return bodies if who.is_administrator else bodies.filter(pk__in=who.office_of(*roles))


def body_set_by(request: HttpRequest, pk: int, *roles: str, refusal: str) -> IssuingBody:
    """The body of a page where its ways are set. 404 for those outside of its office, 403 with the
    sentence ``refusal`` for those of its office who hold none of the roles."""
    person = asker(request)
    body = get_object_or_404(bodies_set_by(person), pk=pk)
    who = standing(person)
    if not who.is_administrator and not who.holds(pk, *roles):
        raise PermissionDenied(refusal)
    return body
