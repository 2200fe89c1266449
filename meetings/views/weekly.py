"""The weekly schedule (lịch công tác tuần): page, PDF, DOCX."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from agencies.asking import asker
from agencies.models import IssuingBody, Person
from agencies.rules import standing
from lucngan.lib.files import attachment, stem
from meetings import weekly
from meetings.appointments import KEEPERS
from meetings.models import Appointment, Meeting
from paper.printing import docx, pdf


def bodies_of(request: HttpRequest) -> list[IssuingBody]:
    """Whose weeks the person reads: the bodies of one's own office, then those whose meetings one sees or
    that keep one's appointments."""
    mine = standing(request.user).office_of()
    met = Meeting.objects.visible_to(request.user).order_by().values("issuing_body")
    asked = Appointment.objects.filter(people=asker(request)).order_by().values("issuing_body")
    rows = IssuingBody.objects.filter(active=True).select_related("agency")
    found = list(rows.filter(pk__in=met) | rows.filter(pk__in=asked) | rows.filter(pk__in=mine))
    return sorted(found, key=lambda body: (body.pk not in mine, body.agency.short_name, body.pk))


def asked(request: HttpRequest) -> tuple[weekly.Week, list[IssuingBody], list[Person]]:
    """The week, body and leader that the address names; 404 for a body or leader one knows nothing of."""
    bodies = bodies_of(request)
    if not bodies:
        raise PermissionDenied(_("Bạn chưa thuộc cơ quan nào có lịch công tác tuần."))
    body = bodies[0]
    if name := request.GET.get("co-quan", ""):
        found = [each for each in bodies if str(each.pk) == name]
        if not found:
            raise Http404
        body = found[0]
    monday = weekly.asked_week(request.GET.get("tuan", ""), timezone.localdate())
    leaders, leader = weekly.leaders_of(body, monday), None
    if name := request.GET.get("lanh-dao", ""):
        leader = next((person for person in leaders if str(person.pk) == name), None)
        if leader is None:
            raise Http404
    return weekly.week_of(body, monday, reader=request.user, leader=leader), bodies, leaders


@require_GET
def show(request: HttpRequest) -> HttpResponse:
    """The week as a table; on a phone one card per day."""
    week, bodies, leaders = asked(request)
    context = {
        "week": week,
        "bodies": bodies,
        "leaders": leaders,
        "today": timezone.localdate(),
        "this_week": weekly.key_of(weekly.asked_week("", timezone.localdate())),
        "keeps": week.body.pk in standing(request.user).office_of(*KEEPERS),
    }
    template = "meetings/weekly/show.html"
    if request.htmx and not request.htmx.boosted:  # type: ignore[attr-defined]
        template = "meetings/weekly/_week.html"
    return render(request, template, context)


@require_GET
def download_pdf(request: HttpRequest) -> HttpResponse:
    week = asked(request)[0]
    today = timezone.localdate()
    data = pdf.render(weekly.paper_of(week, today), weekly.form_of(week.body, today))
    return attachment(data, f"{stem(f'lịch công tác tuần {week.key} {week.title}')}.pdf")


@require_GET
def download_docx(request: HttpRequest) -> HttpResponse:
    week = asked(request)[0]
    today = timezone.localdate()
    data = docx.render(weekly.paper_of(week, today), weekly.form_of(week.body, today))
    return attachment(data, f"{stem(f'lịch công tác tuần {week.key} {week.title}')}.docx")
