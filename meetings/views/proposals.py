"""Đề xuất lịch tháng sau: what the series give, seen before it is made."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from agencies.asking import asker
from documents.models.document import DRAFTERS
from meetings import proposing
from meetings.proposing import ProposalError
from meetings.views.listing import asked_month, shifted
from meetings.views.series import chosen_body, next_month, office_bodies


@require_http_methods(["GET", "POST"])
def propose(request: HttpRequest) -> HttpResponse:
    """The days of a month with what they avoid, ticked; one button makes them tentative meetings."""
    body = chosen_body(request)
    today = timezone.localdate()
    month = asked_month(request.GET["thang"]) if request.GET.get("thang") else next_month(today)
    chosen = request.POST.getlist("ky")[:400]
    context: dict[str, Any] = {}
    proposals = proposing.preview(body, month, today=today, reader=asker(request))
    if request.method == "POST" and not chosen:
        context["error"] = _("Chưa chọn kỳ nào. Đánh dấu các kỳ cần lập.")
    elif request.method == "POST":
        try:
            made = proposing.propose(body, month, actor=asker(request), now=timezone.now(), chosen=chosen)
        except ProposalError as error:
            context["error"] = str(error)
        else:
            say(request, len(made), sum(p.twin is not None for p in proposals if p.key in chosen), month)
            return redirect(f"{reverse('meetings:list')}?thang={month:%Y-%m}")
    context |= {
        "body": body,
        "bodies": list(office_bodies(request, *DRAFTERS)),
        "month": month,
        "previous": shifted(month, -1) if month > today.replace(day=1) else None,
        "following": shifted(month, 1),
        "proposals": proposals,
        "chosen": chosen if request.method == "POST" else [p.key for p in proposals if p.is_open],
        "open": sum(p.is_open for p in proposals),
    }
    status = 422 if "error" in context else 200
    return render(request, "meetings/series/propose.html", context, status=status)


def say(request: HttpRequest, made: int, joined: int, month: Any) -> None:
    """What was made and what was joined to its series, or that nothing was new."""
    words = {"n": made, "joined": joined, "month": f"{month.month}/{month.year}"}
    if made:
        sentence = ngettext(
            "Đã lập %(n)s hội nghị dự kiến tháng %(month)s.",
            "Đã lập %(n)s hội nghị dự kiến tháng %(month)s.",
            made,
        )
        messages.success(request, sentence % words)
    if joined:
        sentence = ngettext(
            "Đã gắn %(joined)s hội nghị có sẵn vào loạt.",
            "Đã gắn %(joined)s hội nghị có sẵn vào loạt.",
            joined,
        )
        messages.success(request, sentence % words)
    if not made and not joined:
        messages.info(request, _("Không có hội nghị nào mới: các kỳ đã chọn đều có hội nghị."))
