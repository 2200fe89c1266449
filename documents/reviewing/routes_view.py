"""Đường duyệt: who looks at the papers of a body, in which order."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from agencies.asking import body_set_by
from agencies.models import IssuingBody, Person
from documents.models import ReviewRoute, ReviewStep
from documents.register.forms import kinds
from documents.reviewing.forms import MOST_STEPS, StepForms
from documents.reviewing.route import route_of

#: Who sets the routes of a body, beside administrators.
SETTERS = ("chief",)


@require_http_methods(["GET", "POST"])
def routes(request: HttpRequest, pk: int) -> HttpResponse:
    """The steps for one kind of papers (or for all kinds)."""
    refusal = _("Chỉ Chánh Văn phòng và quản trị đặt được đường duyệt.")
    body = body_set_by(request, pk, *SETTERS, refusal=refusal)
    known = {"": _("Mọi loại văn bản"), **dict(kinds())}
    kind = request.GET.get("loai", "")
    kind = kind if kind in known else ""
    people = Person.objects.filter(
        memberships__issuing_body=body, memberships__role__in=("chief", "leader")
    ).distinct()
    steps = route_of(body, kind)
    initial: list[dict[str, Any]] = [
        {"role": step.role, "needed": step.needed, "person": step.person} for step in steps
    ]
    initial += [{"role": "", "needed": 1}] * (MOST_STEPS - len(initial))
    forms = StepForms(request.POST or None, initial=initial, form_kwargs={"people": people})
    if request.method == "POST" and forms.is_valid():
        save(body, kind, [form.cleaned_data for form in forms])
        messages.success(request, _("Đã lưu đường duyệt."))
        response = redirect("reviewing:routes", pk=body.pk)
        response["Location"] += f"?loai={kind}"
        return response
    context = {
        "body": body,
        "forms": forms,
        "kind": kind,
        "kinds": known.items(),
        "own": ReviewRoute.objects.filter(issuing_body=body, kind_code=kind).exists(),
    }
    return render(
        request, "documents/reviewing/routes.html", context, status=422 if request.method == "POST" else 200
    )


@transaction.atomic
def save(body: IssuingBody, kind: str, rows: list[dict[str, Any]]) -> None:
    """Replace the steps of the route. Papers in review keep the turns that they have."""
    route, _new = ReviewRoute.objects.get_or_create(issuing_body=body, kind_code=kind)
    route.steps.all().delete()
    chosen = [row for row in rows if row.get("role")]
    ReviewStep.objects.bulk_create(
        [
            ReviewStep(route=route, position=n, role=row["role"], needed=row["needed"], person=row["person"])
            for n, row in enumerate(chosen, start=1)
        ]
    )
