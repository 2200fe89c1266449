"""Calendar feeds (địa chỉ lịch): one's addresses, and the feed behind an address."""

from __future__ import annotations

import hashlib
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, HttpResponseNotFound
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from agencies.asking import asker
from agencies.models import Agency, IssuingBody, Person
from agencies.rules import standing
from meetings import feeds
from meetings.models import Feed

#: So often one address is answered within so many seconds; a calendar program asks a few times an hour.
OFTEN, WINDOW = 60, 600


def waiting_time(token: str, now: int) -> int:
    """Seconds until the address may be asked again; 0 where it may be asked now. Counted in windows of
    fixed beginning: not every cache keeps the end of a count that goes up."""
    key = f"feed-asked:{feeds.secret_hash(token)}:{now // WINDOW}"
    cache.add(key, 0, WINDOW)
    try:
        asked = cache.incr(key)
    except ValueError:  # a cache that forgot in between
        return 0
    return WINDOW - now % WINDOW if asked > OFTEN else 0


@login_not_required
@require_safe
def calendar(request: HttpRequest, token: str) -> HttpResponse:
    """The feed for a calendar program: no session, no cookie; 304 while nothing changed; 429 for one that
    asks without end."""
    now = timezone.now()
    if wait := waiting_time(token, int(now.timestamp())):
        return HttpResponse(status=429, headers={"Retry-After": str(wait)})
    feed = feeds.opened(token, now=now)
    if feed is None:
        return HttpResponseNotFound()
    data = feeds.calendar_of(feed, now)
    etag = f'"{hashlib.sha256(data).hexdigest()[:32]}"'
    response = HttpResponse(data, content_type="text/calendar; charset=utf-8")
    response["ETag"] = etag
    response["Content-Disposition"] = 'inline; filename="lich-hop.ics"'
    response["Cache-Control"] = "private, no-cache"
    since = unchanged_since(feed, etag, int(now.timestamp()))
    response["Last-Modified"] = http_date(since)
    answer = get_conditional_response(request, etag=etag, last_modified=since, response=response)
    return answer or response


def unchanged_since(feed: Feed, etag: str, now: int) -> int:
    """Since when the feed has given these bytes, as far as the cache remembers; a cache that forgets
    makes it younger, never older."""
    key = f"feed-since:{feed.pk}"
    known: tuple[str, int] | None = cache.get(key)
    if known is not None and known[0] == etag:
        return known[1]
    cache.set(key, (etag, now), 30 * 24 * 3600)
    return now


@require_http_methods(["GET", "POST"])
def index(request: HttpRequest) -> HttpResponse:
    """One's addresses; POST makes one, and shows its secret this once."""
    person = asker(request)
    made, problem = None, ""
    if request.method == "POST":
        try:
            made = issued(request, person)
        except feeds.FeedError as error:
            problem = str(error)
    rows = Feed.objects.filter(owner=person, revoked_at=None)
    context = {
        "rows": [
            {"feed": row, "name": feeds.name_of(row), "works": feeds.still_holds(row)}
            for row in rows.select_related("owner", "agency", "issuing_body__agency")
        ],
        "choices": choices(person),
        "chosen": request.POST.get("cua", "toi"),
        "made": made,
        "problem": problem,
    }
    response = render(request, "meetings/feeds/index.html", context, status=422 if problem else 200)
    if made:
        response["Cache-Control"] = "no-store"
    return response


def choices(person: Person) -> list[dict[str, str]]:
    """Of whom one may make an address: value and words."""
    who = standing(person)
    agencies = Agency.objects.filter(pk__in=who.agencies)
    bodies = IssuingBody.objects.filter(pk__in=who.office_of()).select_related("agency")
    return [
        {
            "value": "toi",
            "words": _("Tôi"),
            "text": _("Cuộc họp tôi chủ trì, tôi dự hoặc đơn vị tôi chuẩn bị nội dung"),
        },
        *(
            {
                "value": f"don-vi-{a.pk}",
                "words": a.name,
                "text": _("Cuộc họp đơn vị dự hoặc chuẩn bị nội dung"),
            }
            for a in agencies
        ),
        *(
            {"value": f"co-quan-{b.pk}", "words": str(b), "text": _("Mọi cuộc họp do cơ quan tổ chức")}
            for b in bodies
        ),
    ]


def issued(request: HttpRequest, person: Person) -> dict[str, Any]:
    """The new address in the two spellings that calendar programs take."""
    kind, _sep, number = request.POST.get("cua", "").rpartition("-")
    pk = int(number) if number.isascii() and number.isdigit() and len(number) < 10 else 0
    now = timezone.now()
    if kind == "don-vi":
        agency = Agency.objects.filter(pk=pk).first()
        if agency is None:
            raise feeds.FeedError(_("Hãy chọn một dòng trong danh sách."))
        feed, token = feeds.issue(person, agency=agency, now=now)
    elif kind == "co-quan":
        body = IssuingBody.objects.filter(pk=pk).select_related("agency").first()
        if body is None:
            raise feeds.FeedError(_("Hãy chọn một dòng trong danh sách."))
        feed, token = feeds.issue(person, issuing_body=body, now=now)
    elif request.POST.get("cua") == "toi":
        feed, token = feeds.issue(person, now=now)
    else:
        raise feeds.FeedError(_("Hãy chọn một dòng trong danh sách."))
    address = request.build_absolute_uri(reverse("feed", args=[token]))
    return {
        "feed": feed,
        "name": feeds.name_of(feed),
        "address": address,
        "webcal": "webcal" + address.removeprefix("https").removeprefix("http"),
    }


@require_POST
def revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """Thu hồi; a second press changes nothing more."""
    person = asker(request)
    feed = get_object_or_404(Feed, pk=pk, owner=person)
    if feeds.revoke(feed, actor=person, now=timezone.now()):
        messages.success(request, _("Đã thu hồi. Địa chỉ này không mở được nữa."))
    else:
        messages.warning(request, _("Địa chỉ này đã thu hồi trước đó."))
    return redirect("meetings:feeds")
