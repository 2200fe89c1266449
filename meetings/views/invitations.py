"""Invitations (giấy mời) drawn from a meeting: panel, preview, correcting, number and issue."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from agencies.asking import asker
from documents import issuing, register
from documents.issuing import recalling, serving
from documents.onscreen import screen_paper
from documents.operations import OperationError
from documents.papers import paper_of
from documents.sending import posting
from documents.tree import Tree
from lucngan.lib.files import attachment, stem
from meetings import inviting, rules
from meetings.forms.invitations import CorrectForm, IssueForm
from meetings.holding import MeetingError
from meetings.invitation_text import Rows, invited
from meetings.models import Invitation, Meeting


def panel(request: HttpRequest, meeting: Meeting) -> dict[str, Any]:
    """What the page of a meeting shows of it: the invitations, and for the office what to do next."""
    seen = Invitation.objects.visible_to(request.user).filter(meeting=meeting)
    papers = list(seen.select_related("issuing_body", "snapshot").order_by("-created_at", "-pk"))
    manages = rules.may_manage(request.user, meeting)
    context: dict[str, Any] = {"papers": papers, "manages": manages, "count": len(papers)}
    if manages:
        context |= _next(meeting, papers)
    return {"inviting": context}


def _next(meeting: Meeting, papers: list[Invitation]) -> dict[str, Any]:
    """What the office does next: draw, draw again, replace."""
    draft = next((p for p in papers if p.is_draft), None)
    issued = next((p for p in papers if not p.is_draft), None)
    changed = inviting.stale(latest, meeting) if (latest := draft or issued) else []
    return {
        "draft": draft,
        "issued": issued,
        "changed": changed if meeting.is_open else [],
        "lacking": [] if draft else inviting.lacking(meeting, timezone.localdate()),
        "over": not meeting.is_open,
    }


def meeting_of(request: HttpRequest, public_id: uuid.UUID) -> Meeting:
    """The meeting among those that the person may see, else 404."""
    seen = Meeting.objects.visible_to(request.user)
    rows = seen.select_related("issuing_body__agency", "section__document", "chair", "room", "series")
    return get_object_or_404(rows, public_id=public_id)


def managed(request: HttpRequest, public_id: uuid.UUID) -> Meeting:
    """The meeting, 403 with a sentence for those who do not write its papers."""
    meeting = meeting_of(request, public_id)
    if not rules.may_manage(request.user, meeting):
        raise PermissionDenied(_("Chỉ chuyên viên và Chánh Văn phòng soạn được giấy mời."))
    return meeting


def paper_to(request: HttpRequest, public_id: uuid.UUID, paper_id: uuid.UUID) -> Invitation:
    """The invitation to the meeting among those that the person may see, else 404."""
    rows = Invitation.objects.visible_to(request.user).filter(meeting__public_id=public_id)
    rows = rows.select_related(
        "issuing_body__agency",
        "snapshot",
        "meeting__issuing_body__agency",
        "meeting__section__document__issuing_body",
        "meeting__chair",
        "meeting__room",
    )
    return get_object_or_404(rows, public_id=paper_id)


@require_POST
def draw(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Soạn giấy mời: a draft from the rows; the sentence of what is missing otherwise."""
    meeting = managed(request, public_id)
    try:
        invitation = inviting.draw_invitation(meeting, actor=asker(request), now=timezone.now())
    except MeetingError as error:
        messages.warning(request, str(error))
        return redirect("meetings:detail", public_id=public_id)
    messages.success(request, _("Đã soạn giấy mời từ dữ liệu hội nghị. Hãy đọc lại trước khi phát hành."))
    return redirect("meetings:invitation", public_id=public_id, paper_id=invitation.public_id)


@require_GET
def detail(request: HttpRequest, public_id: uuid.UUID, paper_id: uuid.UUID) -> HttpResponse:
    """The invitation as it prints, who is invited, and what may be done with it."""
    invitation = paper_to(request, public_id, paper_id)
    posting.opened(invitation, request.user, now=timezone.now())
    return answer(request, invitation)


def answer(
    request: HttpRequest, invitation: Invitation, form: IssueForm | None = None, status: int = 200
) -> HttpResponse:
    """The page of an invitation, with what was typed where it was refused."""
    meeting, today = invitation.meeting, timezone.localdate()
    profile = invitation.form
    changed = inviting.stale(invitation, meeting) if meeting.is_open else []
    may_issue = invitation.is_draft and inviting.may_issue(asker(request), invitation)
    outlook = register.outlook(invitation, today) if may_issue else None
    if outlook and form is None and not changed:
        form = IssueForm(initial={"day": today}, kept=outlook.reserved)
    office = issuing.may_issue_for(asker(request), invitation.issuing_body_id) or rules.may_manage(
        request.user, meeting
    )
    context = {
        "invitation": invitation,
        "meeting": meeting,
        "paper": screen_paper(serving.shown(request.user, invitation, paper_of(invitation)), profile),
        "withheld": serving.is_withheld(request.user, invitation),
        "recall_reason": recalling.reason_of(invitation),
        "profile": profile,
        "form": form if may_issue else None,
        "expected": outlook.number if outlook else None,
        "may_correct": inviting.may_correct(request.user, invitation),
        "manages": rules.may_manage(request.user, meeting),
        "people": [(a, invited(a)) for a in Rows.of(meeting).attendees],
        "changed": changed if office else [],
        "advice": inviting.advice(meeting) if invitation.is_draft and office else [],
        "newest": not invitation.is_draft
        and inviting.draft_of(meeting) is None
        and inviting.issued_of(meeting) == invitation,
    }
    return render(request, "meetings/invitations/detail.html", context, status=status)


@require_http_methods(["GET", "POST"])
def correct(request: HttpRequest, public_id: uuid.UUID, paper_id: uuid.UUID) -> HttpResponse:
    """Sửa lời: every paragraph, the subject, the recipients, the signature block of a draft."""
    invitation = paper_to(request, public_id, paper_id)
    if not rules.may_manage(request.user, invitation.meeting):
        raise PermissionDenied(_("Chỉ chuyên viên và Chánh Văn phòng sửa được giấy mời."))
    if not invitation.is_draft:
        messages.warning(request, _("Giấy mời đã phát hành không đổi nữa. Hãy soạn giấy mời thay thế."))
        return redirect("meetings:invitation", public_id=public_id, paper_id=paper_id)
    lines = list(Tree.load(invitation.pk).lines())
    form = CorrectForm(request.POST or None, invitation=invitation, lines=lines)
    if request.method == "POST" and form.is_valid() and corrected(request, invitation, form):
        return redirect("meetings:invitation", public_id=public_id, paper_id=paper_id)
    status = 422 if form.is_bound else 200
    context = {"invitation": invitation, "meeting": invitation.meeting, "form": form}
    return render(request, "meetings/invitations/correct.html", context, status=status)


def corrected(request: HttpRequest, invitation: Invitation, form: CorrectForm) -> bool:
    """Save what was typed; what is refused stands above the form."""
    try:
        changed = inviting.correct(
            invitation,
            form.texts,
            subject=form.cleaned_data["subject"],
            recipients=form.cleaned_data["recipients"],
            signature=form.signature,
            revision=form.cleaned_data["revision"],
            actor=asker(request),
            now=timezone.now(),
        )
    except OperationError as error:
        form.add_error(None, str(error))
        return False
    if changed:
        messages.success(request, _("Đã lưu lời văn của giấy mời."))
    return True


@require_POST
def redraw(request: HttpRequest, public_id: uuid.UUID, paper_id: uuid.UUID) -> HttpResponse:
    """Soạn lại theo hội nghị."""
    invitation = paper_to(request, public_id, paper_id)
    managed(request, public_id)
    try:
        inviting.redraw(invitation, actor=asker(request), now=timezone.now())
    except MeetingError as error:
        messages.warning(request, str(error))
    else:
        messages.success(request, _("Đã soạn lại giấy mời theo hội nghị hiện nay."))
    return redirect("meetings:invitation", public_id=public_id, paper_id=paper_id)


@require_POST
def discard(request: HttpRequest, public_id: uuid.UUID, paper_id: uuid.UUID) -> HttpResponse:
    """Bỏ dự thảo."""
    invitation = paper_to(request, public_id, paper_id)
    managed(request, public_id)
    try:
        inviting.discard(invitation, actor=asker(request), now=timezone.now())
    except MeetingError as error:
        messages.warning(request, str(error))
        return redirect("meetings:invitation", public_id=public_id, paper_id=paper_id)
    messages.success(request, _("Đã bỏ dự thảo giấy mời."))
    return redirect("meetings:detail", public_id=public_id)


@require_POST
def issue(request: HttpRequest, public_id: uuid.UUID, paper_id: uuid.UUID) -> HttpResponse:
    """Cấp số, ghi ngày và phát hành."""
    invitation = paper_to(request, public_id, paper_id)
    if not inviting.may_issue(asker(request), invitation):
        raise PermissionDenied(_("Chỉ văn thư và Chánh Văn phòng cấp số và phát hành."))
    if not invitation.is_draft:
        messages.warning(request, _("Giấy mời này đã phát hành."))
        return redirect("meetings:invitation", public_id=public_id, paper_id=paper_id)
    today = timezone.localdate()
    form = IssueForm(request.POST, kept=register.outlook(invitation, today).reserved)
    if not form.is_valid():
        return answer(request, invitation, form, status=422)
    try:
        invitation = inviting.issue(
            invitation,
            day=form.cleaned_data["day"],
            reserved=form.cleaned_data["reserved"],
            actor=asker(request),
            now=timezone.now(),
        )
    except (OperationError, MeetingError) as error:
        form.add_error(None, str(error))
        return answer(request, paper_to(request, public_id, paper_id), form, status=422)
    messages.success(request, _("Đã phát hành giấy mời và báo cho người được mời."))
    return redirect("meetings:invitation", public_id=public_id, paper_id=paper_id)


def served(request: HttpRequest, public_id: uuid.UUID, paper_id: uuid.UUID) -> Invitation:
    """The invitation whose file is asked for: 403 where it was taken back; its first opening is noted."""
    invitation = paper_to(request, public_id, paper_id)
    serving.check_open(request.user, invitation)
    posting.opened(invitation, request.user, now=timezone.now())
    return invitation


@require_GET
def download_pdf(request: HttpRequest, public_id: uuid.UUID, paper_id: uuid.UUID) -> HttpResponse:
    """The newest signed copy or the stored bytes of an issued invitation, a fresh print of a draft."""
    invitation = served(request, public_id, paper_id)
    return attachment(serving.pdf_of(invitation), f"{stem(str(invitation))}.pdf")


@require_GET
def download_docx(request: HttpRequest, public_id: uuid.UUID, paper_id: uuid.UUID) -> HttpResponse:
    invitation = served(request, public_id, paper_id)
    data = serving.docx_of(invitation, paper_of(invitation))
    return attachment(data, f"{stem(str(invitation))}.docx")
