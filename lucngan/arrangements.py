"""Thiết lập của cơ quan: the way to the pages where a body sets how it numbers, reviews and checks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from agencies.asking import asker, bodies_set_by
from agencies.models import IssuingBody, Person
from agencies.rules import standing
from documents.checking import views as checking
from documents.register import settings as register
from documents.reviewing import routes_view as reviewing


@dataclass(frozen=True, slots=True)
class Arrangement:
    """A page where something of a body is set, and the roles at the body that set it."""

    name: str
    label: str | Promise
    says: str | Promise
    icon: str
    roles: tuple[str, ...]


ARRANGEMENTS = (
    Arrangement(
        "register:numbering",
        gettext_lazy("Cách đánh số"),
        gettext_lazy("Dãy số theo loại văn bản, số bắt đầu, nơi giữ bản lưu."),
        "number",
        register.SETTERS,
    ),
    Arrangement(
        "reviewing:routes",
        gettext_lazy("Đường duyệt"),
        gettext_lazy("Ai duyệt văn bản, theo thứ tự nào, cho từng loại văn bản."),
        "person-check",
        reviewing.SETTERS,
    ),
    Arrangement(
        "checking:habits",
        gettext_lazy("Phép soát"),
        gettext_lazy("Tắt phép soát lỗi không hợp với cơ quan, hoặc bật lại."),
        "check-circle",
        checking.SETTERS,
    ),
)


def may_arrange(person: Person | AnonymousUser) -> bool:
    """Whether there is anything that the person sets for a body."""
    who = standing(person)
    return who.is_administrator or bool(
        who.office_of(*(role for each in ARRANGEMENTS for role in each.roles))
    )


def links(body: IssuingBody, person: Person) -> Iterable[dict[str, Any]]:
    """The pages of the body that this person may use."""
    who = standing(person)
    for each in ARRANGEMENTS:
        if who.is_administrator or who.holds(body.pk, *each.roles):
            yield {
                "url": reverse(each.name, args=[body.pk]),
                "label": each.label,
                "says": each.says,
                "icon": each.icon,
            }


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """Every body whose ways one sets, with its pages."""
    person = asker(request)
    if not may_arrange(person):
        raise PermissionDenied(_("Chỉ văn thư, Chánh Văn phòng và quản trị thiết lập cho cơ quan."))
    roles = {role for each in ARRANGEMENTS for role in each.roles}
    bodies = [(body, list(links(body, person))) for body in bodies_set_by(person, *roles)]
    return render(request, "desk/arrangements.html", {"bodies": bodies})
