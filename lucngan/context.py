"""What the frame of every page shows: whose office it is, and the way to the screens."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise, SimpleLazyObject
from django.utils.translation import gettext, gettext_lazy

from agencies.models.issuing import OFFICE
from agencies.rules import standing
from documents.models.document import DRAFTERS


@dataclass(frozen=True, slots=True)
class Screen:
    """An entry of the main navigation."""

    name: str
    label: str | Promise
    icon: str
    prefix: str
    roles: tuple[str, ...] = ()
    """Roles at an issuing body that have the screen; () is everybody."""
    agencies: bool = False
    """Only those who answer for an agency have the screen."""


SCREENS: tuple[Screen, ...] = (
    Screen("desk", gettext_lazy("Bàn làm việc"), "desk", ""),
    Screen("programmes:list", gettext_lazy("Chương trình"), "doc", "programmes:"),
    Screen("meetings:list", gettext_lazy("Hội nghị"), "calendar", "meetings:"),
    Screen("sending:inbox", gettext_lazy("Văn bản nhận"), "inbox", "sending:", agencies=True),
    Screen("register:book", gettext_lazy("Sổ văn bản"), "number", "register:", roles=OFFICE),
    Screen("documents:intake_create", gettext_lazy("Tiếp nhận tệp"), "doc-up", "documents:", roles=DRAFTERS),
)


#: Pages of one room that belong to another's entry for a reader, by the beginning of their names.
ELSEWHERE = {"programmes:accept": "documents:accept", "papers:": "programmes:papers"}


def site(request: HttpRequest) -> dict[str, Any]:
    """``nav`` (entries with address and whether it is here), ``office`` (name), ``languages``."""
    return {
        "nav": SimpleLazyObject(lambda: navigation(request)),
        "office": SimpleLazyObject(lambda: office(request)),
        "languages": settings.LANGUAGES,
        "upload_limit": settings.UPLOAD_LIMIT,
    }


def navigation(request: HttpRequest) -> list[dict[str, Any]]:
    """The screens that this person has, the current one marked."""
    match = request.resolver_match
    here = match.view_name if match else ""
    here = next((there for start, there in ELSEWHERE.items() if here.startswith(start)), here)
    who = standing(request.user)
    return [
        {
            "url": reverse(screen.name),
            "label": screen.label,
            "icon": screen.icon,
            "current": here == screen.name or (bool(screen.prefix) and here.startswith(screen.prefix)),
        }
        for screen in SCREENS
        if (not screen.roles or who.office_of(*screen.roles)) and (who.agencies or not screen.agencies)
    ]


def office(request: HttpRequest) -> str:
    """Whose desk this is: the office of an issuing body, an agency, or the administration."""
    who = standing(request.user)
    return who.home or (gettext("Quản trị hệ thống") if who.is_administrator else "")
