"""Cách đánh số: how a body numbers, and where an empty series begins."""

from __future__ import annotations

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from agencies.asking import asker, body_set_by
from agencies.models import IssuingBody
from documents.models import Numbering, NumberSeries
from documents.register import book
from documents.register.forms import NumberingForm, StartForm
from documents.register.numbers import RegisterError
from documents.register.series import key_of, series_of

#: Who sets how a body numbers, beside administrators.
SETTERS = ("registrar", "chief")


@require_http_methods(["GET", "POST"])
def numbering(request: HttpRequest, pk: int) -> HttpResponse:
    """The grouping of a State body, the place of file copies, and first numbers of series."""
    refusal = _("Chỉ văn thư, Chánh Văn phòng và quản trị đặt được cách đánh số.")
    body = body_set_by(request, pk, *SETTERS, refusal=refusal)
    rule = Numbering.objects.filter(issuing_body=body).first() or Numbering(issuing_body=body)
    sends_start = request.method == "POST" and "first" in request.POST
    form = NumberingForm(
        request.POST if request.method == "POST" and not sends_start else None,
        initial={"grouping": rule.grouping, "groups": shown(rule), "holder": rule.holder},
    )
    start = StartForm(request.POST if sends_start else None)
    if sends_start and start.is_valid() and started(request, body, start):
        return redirect("register:numbering", pk=body.pk)
    if form.is_bound and form.is_valid():
        save(request, rule, form)
        return redirect("register:numbering", pk=body.pk)
    rows = NumberSeries.objects.filter(issuing_body=body)
    context = {
        "body": body,
        "form": form,
        "start": start,
        "rows": rows,
        "readable": set(rows.visible_to(request.user).values_list("pk", flat=True)),
        "party": body.regime == "party",
    }
    status = 422 if form.errors or start.errors else 200
    return render(request, "documents/register/numbering.html", context, status=status)


def shown(rule: Numbering) -> str:
    """The groups as the form writes them."""
    names: dict[str, list[str]] = {}
    for code, name in rule.groups.items():
        names.setdefault(name, []).append(code)
    return "\n".join(f"{name}: {', '.join(codes)}" for name, codes in names.items())


@transaction.atomic
def save(request: HttpRequest, rule: Numbering, form: NumberingForm) -> None:
    """Write the rule; papers numbered before keep their numbers."""
    values = form.cleaned_data
    rule.grouping, rule.groups, rule.holder = values["grouping"], values["groups"], values["holder"]
    rule.save()
    book.log(
        "register.numbering",
        body=rule.issuing_body,
        actor=asker(request),
        now=timezone.now(),
        note=str(rule.get_grouping_display()),
    )
    messages.success(request, _("Đã lưu cách đánh số."))


def started(request: HttpRequest, body: IssuingBody, form: StartForm) -> bool:
    """Set the first number of the series of this year or term; False after the reason was put on the form."""
    now = timezone.now()
    try:
        with transaction.atomic():
            series = series_of(key_of(body, form.cleaned_data["kind"], timezone.localdate(now)))
            book.set_start(series, form.cleaned_data["first"], actor=asker(request), now=now)
    except RegisterError as error:
        form.add_error("first", str(error))
        return False
    messages.success(request, _("%(series)s sẽ bắt đầu từ số %(n)s.") % {"series": series, "n": series.start})
    return True
