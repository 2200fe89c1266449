"""The site with one address more: the cheapest view that saves anything, for `make bench` to compare with."""

from __future__ import annotations

import json

from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import include, path

from documents.models import Clause


@transaction.atomic
def bare_update(request: HttpRequest) -> HttpResponse:
    """Update one row by its key and say so; behind the same middleware and sign-in as every page."""
    asked = json.loads(request.body)
    changed = Clause.objects.filter(public_id=asked["clause"]).update(text=asked["text"])
    return JsonResponse({"changed": changed, "person": request.user.pk})


urlpatterns = [path("bench/", bare_update, name="bare_update"), path("", include("lucngan.urls"))]
