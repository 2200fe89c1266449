"""Looking up agencies by a part of their name."""

from __future__ import annotations

from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_GET

from agencies.models import Agency
from lucngan.lib.text import fold

#: Suggestions in one answer.
MOST = 12


@require_GET
def search(request: HttpRequest) -> JsonResponse:
    """Agencies of today whose name or alias contains ``q``, those that begin with it first."""
    words = request.GET.get("q", "").replace("\0", "")[:80]
    found = Agency.objects.valid_on(timezone.localdate())
    if words.strip():
        found = found.matching(words)
    rows = list(found.order_by("short_name", "pk")[: MOST * 4])
    needle = fold(words)
    rows.sort(key=lambda agency: not fold(agency.short_name).startswith(needle))
    agencies = [{"id": a.pk, "name": a.short_name, "full": a.name} for a in rows[:MOST]]
    return JsonResponse({"agencies": agencies})
