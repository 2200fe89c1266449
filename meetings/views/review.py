"""The leader's review of an agenda on a tablet, the office's view of it, and the worker that keeps it
for reading without a connection."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_POST, require_safe

from agencies.asking import asker
from lucngan.lib import dates
from meetings import milestones, reviewed, reviewing, rules
from meetings.holding import MeetingError
from meetings.models import AgendaItem, ChangeRequest, ItemFile, Meeting, Opinion, Remark

#: The worker's script; served from the root, so that it may answer for every page.
WORKER = Path(settings.BASE_DIR) / "static" / "js" / "tablet" / "worker.js"


# The leader's pages


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """Hội nghị chờ ý kiến: the meetings that the person reviews, next first."""
    found = reviewed.reviewable(asker(request), timezone.localdate())
    return render(request, "meetings/review/index.html", {"reviews": found})


@require_GET
def agenda(request: HttpRequest, public_id: uuid.UUID, item_id: uuid.UUID | None = None) -> HttpResponse:
    """The agenda with one item open: the one asked for, else the first that waits for an opinion."""
    return _page(request, _meeting(request, public_id), item_id)


@require_GET
def reader(request: HttpRequest, public_id: uuid.UUID, file_id: uuid.UUID) -> HttpResponse:
    """One document to read: a PDF in the browser's own viewer, a picture as it is."""
    meeting = _meeting(request, public_id)
    seen = ItemFile.objects.visible_to(request.user)
    rows = seen.filter(document__item__meeting=meeting, document__removed_at=None)
    file = get_object_or_404(rows.select_related("document__item__meeting"), public_id=file_id)
    doc = reviewed.Doc(file.document, file)
    return render(request, "meetings/review/reader.html", {"meeting": meeting, "doc": doc})


def _page(
    request: HttpRequest,
    meeting: Meeting,
    item_id: uuid.UUID | None = None,
    *,
    error: str = "",
    status: int = 200,
) -> HttpResponse:
    person, now = asker(request), timezone.now()
    items = list(reviewed.page_items(meeting, person))
    calendar = milestones.calendar_for(meeting.on, *(item.extended_to for item in items))
    rows = reviewed.rows_of(items, person, now=now, calendar=calendar)
    left = [row for row in rows if not row.said]
    asked = next((row for row in rows if row.item.public_id == item_id), None)
    if item_id is not None and asked is None:
        raise Http404
    config = {
        "person": _key(request),
        "base": reverse("meetings:review", args=[meeting.public_id]),
        "list": reverse("meetings:reviews"),
        "looks": [static("js/tablet/index.js")],
        "worker": reverse("worker"),
        "login": reverse("login"),
        "made": timezone.localtime().strftime("%H:%M %d/%m/%Y"),
        "until": meeting.on.isoformat() if meeting.on else None,
        "files": [_keep(meeting, doc) for row in rows for doc in row.docs],
    }
    context = {
        "meeting": meeting,
        "rows": rows,
        "current": asked or next(iter(left), None) or next(iter(rows), None),
        "asked": asked is not None,
        "left": left,
        "spoken": len(rows) - len(left),
        "due": reviewed.opinions_due(meeting, timezone.localdate(now), calendar),
        "open": meeting.is_open,
        "config": config,
        "said_choices": ("agree", "revise", "defer", "none"),
        "texts": _texts(),
        "error": error,
        "typed": request.POST.get("text", "") if error else "",
    }
    return render(request, "meetings/review/page.html", context, status=status)


def _keep(meeting: Meeting, doc: reviewed.Doc) -> dict[str, str]:
    """What the browser stores of a document."""
    kept = {"url": reverse("meetings:file", args=[doc.file.public_id])}
    if doc.way != "file":
        kept["page"] = reverse("meetings:review_reader", args=[meeting.public_id, doc.file.public_id])
    return kept


def _texts() -> dict[str, str]:
    """The sentences of the page's script."""
    return {
        "offline": _("Mất mạng. Đang đọc bản lưu lúc {made}."),
        "waiting": _("{n} việc chờ gửi, gửi khi có mạng."),
        "session": _("Phiên đăng nhập đã hết."),
        "kept": _("{n} việc chưa gửi được giữ trên máy này."),
        "signIn": _("Đăng nhập lại"),
        "stranger": _("Trang này mở từ lúc người khác đăng nhập. Hãy tải lại trang."),
        "reload": _("Tải lại trang"),
        "sent": _("Đã gửi {n} việc ghi khi mất mạng."),
        "queued": _("Mất mạng: đã giữ trên máy, gửi khi có mạng."),
        "broken": _("Máy chủ chưa trả lời; việc vừa làm được giữ trên máy và gửi lại."),
        "refused": _("Không gửi được:"),
        "dismiss": _("Bỏ"),
        "storing": _("Đang tải {have}/{all} tài liệu…"),
        "storingPage": _("Đang lưu để đọc khi mất mạng…"),
        "stored": _("Đọc được khi mất mạng"),
        "lacking": _("Thiếu {n} tài liệu"),
        "notStored": _("Chưa đọc được khi mất mạng"),
        "onlineOnly": _("Chỉ đọc khi có mạng"),
        "noteWaiting": _("Chờ gửi"),
        "spoken": _("Đã cho ý kiến {n}/{all}"),
        "left": _("còn {n}"),
        "allSaid": _("đã xong"),
        "last": _("Đã cho ý kiến cả {n} nội dung."),
    }


def _key(request: HttpRequest) -> str:
    return reviewed.offline_key(asker(request))


# What the leader does


def writes(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """POST alone, and only for the person who wrote it: what waited in a browser never goes out under
    the name of who signed in after them."""

    @require_POST
    @wraps(view)
    def guarded(request: HttpRequest, **kwargs: uuid.UUID) -> HttpResponse:
        wrote = request.POST.get("person")
        if wrote and wrote != _key(request):
            sentence = _("Trang này mở từ lúc người khác đăng nhập. Hãy tải lại trang; chưa có gì được ghi.")
            if _wants_json(request):
                return JsonResponse({"error": sentence, "stranger": True}, status=403)
            raise PermissionDenied(sentence)
        return view(request, **kwargs)

    return guarded


@sensitive_post_parameters("text")
@writes
def note(request: HttpRequest, public_id: uuid.UUID, item_id: uuid.UUID) -> HttpResponse:
    """Write a private note, or a remark for the office and the other leaders."""
    item = _item(request, public_id, item_id)
    private = request.POST.get("private") != "0"

    def do() -> str:
        reviewing.note(
            item,
            request.POST.get("text", ""),
            private=private,
            actor=asker(request),
            now=timezone.now(),
            public_id=_uuid(request.POST.get("op")),
        )
        return _("Đã lưu ghi chú, chỉ đồng chí xem được.") if private else _("Đã gửi ý kiến tới Văn phòng.")

    return _done(request, item.meeting, item, do)


@sensitive_post_parameters("text")
@writes
def own_note(request: HttpRequest, public_id: uuid.UUID, remark_id: uuid.UUID) -> HttpResponse:
    """Edit, share or remove one's own note; one that is gone already needs no removing."""
    meeting, person = _meeting(request, public_id), asker(request)
    rows = Remark.objects.filter(reviewed.readable(person), item__meeting=meeting)
    what = request.POST.get("do", "edit")
    remark = rows.filter(public_id=remark_id).select_related("item__meeting__section__document").first()
    if remark is None and what == "remove" and not Remark.objects.filter(public_id=remark_id).exists():
        return _done(request, meeting, None, lambda: _("Đã bỏ ghi chú."))
    if remark is None:
        raise Http404
    return _done(request, meeting, remark.item, lambda: _change_note(request, remark, what))


def _change_note(request: HttpRequest, remark: Remark, what: str) -> str:
    actor, now = asker(request), timezone.now()
    if what == "remove":
        reviewing.remove(remark, actor=actor, now=now)
        return _("Đã bỏ ghi chú.")
    if what == "share":
        reviewing.share(remark, actor=actor, now=now)
        return _("Đã gửi ý kiến tới Văn phòng.")
    reviewing.edit(remark, request.POST.get("text", ""), actor=actor, now=now)
    return _("Đã sửa ghi chú.")


@writes
def opine(request: HttpRequest, public_id: uuid.UUID, item_id: uuid.UUID) -> HttpResponse:
    """Agree, ask for a revision, or take one's opinion back."""
    item = _item(request, public_id, item_id)
    choice = request.POST.get("choice", "")
    actor, now, made_at = asker(request), timezone.now(), _moment(request.POST.get("made"))

    def do() -> str:
        if choice == "none":
            reviewing.take_back(item, actor=actor, now=now, made_at=made_at)
            return _("Đã rút ý kiến về nội dung %(n)s.") % {"n": item.position}
        reviewing.opine(
            item,
            choice,
            actor=actor,
            now=now,
            text=request.POST.get("text", ""),
            made_at=made_at,
            remark_id=_uuid(request.POST.get("op")),
        )
        if choice == Opinion.Choice.AGREE:
            return _("Đã đồng ý nội dung %(n)s.") % {"n": item.position}
        return _("Đã yêu cầu sửa nội dung %(n)s.") % {"n": item.position}

    return _done(request, item.meeting, item, do, onward=choice != "none")


@writes
def agree_to_rest(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Agree to the items that the page named and that have no opinion yet."""
    meeting = _meeting(request, public_id)
    asked = [found for found in map(_uuid, request.POST.getlist("item")) if found]

    def do() -> str:
        if not meeting.is_open:
            raise MeetingError(_("Hội nghị không còn chờ họp: chỉ xem, không cho ý kiến được nữa."))
        items = AgendaItem.objects.filter(meeting=meeting, public_id__in=asked)
        done = reviewing.agree_to(items, actor=asker(request), now=timezone.now())
        return ngettext("Đã đồng ý %(n)s nội dung.", "Đã đồng ý %(n)s nội dung.", done) % {"n": done}

    return _done(request, meeting, None, do)


@writes
def ask(request: HttpRequest, public_id: uuid.UUID, item_id: uuid.UUID) -> HttpResponse:
    """Ask the office to defer, shorten or move the item."""
    item = _item(request, public_id, item_id)
    kind = request.POST.get("kind", "")

    def do() -> str:
        reviewing.request_change(
            item,
            kind,
            actor=asker(request),
            now=timezone.now(),
            minutes=_number(request.POST.get("minutes")),
            position=_number(request.POST.get("position")),
            note=request.POST.get("text", ""),
            public_id=_uuid(request.POST.get("op")),
        )
        return _("Đã gửi đề nghị tới Văn phòng.")

    return _done(request, item.meeting, item, do, onward=kind == ChangeRequest.Kind.DEFER)


@writes
def withdraw(request: HttpRequest, public_id: uuid.UUID, request_id: uuid.UUID) -> HttpResponse:
    """Take one's own request back."""
    meeting = _meeting(request, public_id)
    change = _change(meeting, request_id)

    def do() -> str:
        reviewing.withdraw(change, actor=asker(request), now=timezone.now())
        return _("Đã rút đề nghị.")

    return _done(request, meeting, change.item, do)


def _done(
    request: HttpRequest,
    meeting: Meeting,
    item: AgendaItem | None,
    do: Callable[[], str],
    *,
    onward: bool = False,
) -> HttpResponse:
    """Do it and answer: JSON for the page's script, otherwise the page again, at the next item that
    waits for an opinion when ``onward``. What cannot be done is said at its place."""
    try:
        said = do()
    except MeetingError as error:
        if _wants_json(request):
            return JsonResponse({"error": str(error)}, status=422)
        return _page(request, meeting, item.public_id if item else None, error=str(error), status=422)
    except PermissionDenied as error:
        if _wants_json(request):
            return JsonResponse({"error": str(error)}, status=403)
        raise
    if _wants_json(request):
        return JsonResponse({"said": said})
    messages.success(request, said)
    if item is None or onward:
        return redirect("meetings:review", public_id=meeting.public_id)
    return redirect("meetings:review_item", public_id=meeting.public_id, item_id=item.public_id)


def _wants_json(request: HttpRequest) -> bool:
    return request.headers.get("Accept", "").startswith("application/json")


# The office


def panel(request: HttpRequest, meeting: Meeting) -> dict[str, Any]:
    """What the page of a meeting shows of it: the leaders' word for the office, the way in for leaders."""
    person = asker(request)
    context: dict[str, Any] = {"may_review": rules.may_review(person, meeting)}
    if rules.may_manage(person, meeting):
        context["review"] = reviewed.view_of(meeting, timezone.localdate())
    return context


@require_POST
def accept(request: HttpRequest, public_id: uuid.UUID, request_id: uuid.UUID) -> HttpResponse:
    """The office accepts a request: the agenda changes with this one action."""
    meeting = get_object_or_404(Meeting.objects.visible_to(request.user), public_id=public_id)
    change = _change(meeting, request_id)

    def do() -> str:
        carried = reviewing.accept_change(change, actor=asker(request), now=timezone.now())
        if carried is not None:
            on = dates.full(carried.meeting.on) if carried.meeting.on else _("chưa có ngày")
            return _("Đã nhận: nội dung thành đề xuất của kỳ họp sau (%(on)s).") % {"on": on}
        if change.kind == ChangeRequest.Kind.DEFER:
            return _("Đã nhận: nội dung rời chương trình, chờ kỳ họp sau của loạt.")
        return _("Đã nhận: %(wish)s.") % {"wish": reviewing.wish_of(change).lower()}

    return _decided(request, meeting, do)


@require_POST
def decline(request: HttpRequest, public_id: uuid.UUID, request_id: uuid.UUID) -> HttpResponse:
    """The office does not follow a request and says why."""
    meeting = get_object_or_404(Meeting.objects.visible_to(request.user), public_id=public_id)
    change = _change(meeting, request_id)
    reason = request.POST.get("reason", "")

    def do() -> str:
        reviewing.decline(change, reason, actor=asker(request), now=timezone.now())
        return _("Đã trả lời không nhận đề nghị.")

    return _decided(request, meeting, do)


def _decided(request: HttpRequest, meeting: Meeting, do: Callable[[], str]) -> HttpResponse:
    try:
        messages.success(request, do())
    except MeetingError as error:
        messages.error(request, str(error))
    return redirect(reverse("meetings:detail", args=[meeting.public_id]) + "#duyet")


# The worker


@login_not_required
@require_safe
def worker(request: HttpRequest) -> HttpResponse:
    """The worker's script, asked for anew each time so that a new version takes over at once."""
    response = HttpResponse(WORKER.read_bytes(), content_type="text/javascript; charset=utf-8")
    response["Service-Worker-Allowed"] = "/"
    response["Cache-Control"] = "no-cache"
    response["X-Content-Type-Options"] = "nosniff"
    return response


# Looking up


def _meeting(request: HttpRequest, public_id: uuid.UUID) -> Meeting:
    """A meeting that the person reviews; 404 for one that is not to be seen, 403 with a sentence for
    one that others review."""
    seen = Meeting.objects.visible_to(request.user).select_related(
        "issuing_body__agency", "section__document", "chair", "room"
    )
    meeting = get_object_or_404(seen, public_id=public_id)
    if not rules.may_review(request.user, meeting):
        raise PermissionDenied(_("Trang này dành cho lãnh đạo và người chủ trì cho ý kiến trước hội nghị."))
    return meeting


def _item(request: HttpRequest, public_id: uuid.UUID, item_id: uuid.UUID) -> AgendaItem:
    meeting = _meeting(request, public_id)
    item = get_object_or_404(AgendaItem.objects.filter(meeting=meeting), public_id=item_id)
    item.meeting = meeting
    return item


def _change(meeting: Meeting, request_id: uuid.UUID) -> ChangeRequest:
    rows = ChangeRequest.objects.filter(item__meeting=meeting).select_related(
        "item__meeting__section__document", "person"
    )
    return get_object_or_404(rows, public_id=request_id)


# What a form says


def _uuid(text: str | None) -> uuid.UUID | None:
    try:
        return uuid.UUID(text or "")
    except ValueError:
        return None


def _number(text: str | None) -> int | None:
    text = (text or "").strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else None


def _moment(text: str | None) -> dt.datetime | None:
    """A client's milliseconds since 1970, never in the future."""
    text = text or ""
    if not (text.isascii() and text.isdigit()) or len(text) > 13:
        return None
    return min(dt.datetime.fromtimestamp(int(text) / 1000, dt.UTC), timezone.now())
