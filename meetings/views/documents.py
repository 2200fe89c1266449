"""Documents of agenda items: sent, accepted, returned, served."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Prefetch, prefetch_related_objects
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from agencies.asking import asker
from agencies.models import Agency, Person
from agencies.rules import standing
from documents.operations import OperationError
from meetings import content, filing, readiness, reading, rules, serving
from meetings.holding import MeetingError
from meetings.models import AgendaItem, ItemDocument, ItemFile, Meeting, MeetingLog, PreparingBody

#: What a service says when it cannot do what was asked.
SENTENCES = (MeetingError, OperationError, content.Refused)


@dataclass
class DocumentRow:
    """A document with the versions that the person may see, newest first."""

    document: ItemDocument
    versions: list[ItemFile]
    may_send: bool = False
    may_remove: bool = False

    @property
    def key(self) -> str:
        return str(self.document.public_id)

    @property
    def newest(self) -> ItemFile:
        return self.versions[0]

    @property
    def key_of_newest(self) -> str:
        return str(self.newest.public_id)

    @property
    def valid(self) -> ItemFile | None:
        """What the meeting reads: the newest accepted version."""
        if self.document.removed_at is not None:
            return None
        return next((v for v in self.versions if v.state == ItemFile.State.ACCEPTED), None)

    @property
    def older(self) -> list[ItemFile]:
        """Every version that is neither the newest nor the valid one."""
        return [v for v in self.versions[1:] if v != self.valid]


@dataclass
class Owing:
    """A body that still owes documents for a meeting."""

    name: str
    agency_id: int | None
    items: list[readiness.Readiness] = field(default_factory=list)
    reminded: list[dt.datetime] = field(default_factory=list)
    may_remind: bool = False

    @property
    def worst(self) -> readiness.Readiness:
        return max(self.items, key=lambda each: (each.state == "late", each.over, -each.left))


# ---------------------------------------------------------------- the page of an item


@require_http_methods(["GET", "POST"])
def item(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """The documents of one item; a POST files what was uploaded."""
    row = item_of(request, public_id)
    if request.method == "POST":
        return received(request, row)
    return shown(request, row)


def item_of(request: HttpRequest, public_id: uuid.UUID) -> AgendaItem:
    """The item among those whose documents the person may read, else 404."""
    seen = AgendaItem.objects.visible_to(request.user).select_related(
        "meeting__issuing_body__agency", "meeting__section__document"
    )
    return get_object_or_404(seen.prefetch_related("preparing__agency"), public_id=public_id)


def shown(
    request: HttpRequest,
    row: AgendaItem,
    *,
    problems: Iterable[tuple[str, str]] = (),
    typed: dict[str, str] | None = None,
    place: str = "",
    status: int = 200,
) -> HttpResponse:
    """The page, or for htmx its list alone. ``problems`` are names of files and why they were not taken,
    ``place`` says beside what they stand: a file, the extension, or the upload."""
    context = page_context(request, row)
    context |= {
        "problems": list(problems),
        "typed": typed or {},
        "place": place,
        "elsewhere": place not in places(context),
    }
    template = "meetings/documents/item.html"
    if request.htmx and not request.htmx.boosted:  # type: ignore[attr-defined]
        template = "meetings/documents/_body.html"
    return render(request, template, context, status=status)


def places(context: dict[str, Any]) -> set[str]:
    """Where on the page a sentence can stand; any other stands above the list."""
    found = {""} if context["may_upload"] else set()
    if context["may_decide"]:
        found |= {"gia-han"} | {row.key_of_newest for row in context["documents"]}
    return found | {row.key for row in context["documents"] if row.may_send or row.may_remove}


def page_context(request: HttpRequest, row: AgendaItem) -> dict[str, Any]:
    """What the page of an item shows; the same number of queries however many versions there are."""
    person, manages = request.user, rules.may_manage(request.user, row.meeting)
    may_upload = rules.may_upload(person, row)
    rows = document_rows(request, row, may_upload=may_upload, manages=manages)
    history = MeetingLog.objects.filter(meeting=row.meeting, data__item=str(row.public_id))
    return {
        "item": row,
        "meeting": row.meeting,
        "ready": readiness.of([row], now=timezone.now())[row.pk],
        "documents": [each for each in rows if each.document.removed_at is None],
        "removed": [each for each in rows if each.document.removed_at is not None],
        "may_upload": may_upload,
        "may_decide": rules.may_decide_documents(person, row),
        "manages": manages and may_upload,
        "senders": senders(request, row) if may_upload else [],
        "accept": content.ACCEPT,
        "endings": content.ACCEPT,
        "document_limit": settings.DOCUMENT_LIMIT,
        "too_large": filing.too_large(),
        "history": list(history.order_by("-at", "-pk")[:40]) if manages else [],
        "today": timezone.localdate(),
    }


def document_rows(
    request: HttpRequest, row: AgendaItem, *, may_upload: bool, manages: bool
) -> list[DocumentRow]:
    files = ItemFile.objects.visible_to(request.user).filter(document__item=row)
    agencies = standing(request.user).agencies
    found: dict[int, DocumentRow] = {}
    for file in files.select_related("document", "agency", "uploaded_by", "decided_by").order_by(
        "document__position", "document", "-version"
    ):
        each = found.setdefault(file.document_id, DocumentRow(file.document, []))
        each.versions.append(file)
    for each in found.values():
        own = any(v.agency_id in agencies for v in each.versions)
        accepted = any(v.state == ItemFile.State.ACCEPTED for v in each.versions)
        each.may_send = may_upload and each.document.removed_at is None and (manages or own)
        each.may_remove = each.may_send and (manages or not accepted)
    return list(found.values())


def senders(request: HttpRequest, row: AgendaItem) -> list[Agency | None]:
    """On whose behalf the person files documents: None is the office."""
    mine = standing(request.user).agencies
    found: list[Agency | None] = [None] if rules.may_manage(request.user, row.meeting) else []
    found += [body.agency for body in row.preparing.all() if body.agency_id in mine]
    return list(dict.fromkeys(found))


def received(request: HttpRequest, row: AgendaItem) -> HttpResponse:
    """File every upload by itself: those that cannot be taken are named, the others are kept."""
    if not (rules.may_manage(request.user, row.meeting) or rules.prepares(request.user, row)):
        raise PermissionDenied(_("Chỉ cơ quan chuẩn bị nội dung này và Văn phòng gửi được tài liệu."))
    uploads = request.FILES.getlist("upload")
    typed = {"title": request.POST.get("title", ""), "document": request.POST.get("document", "")}
    document, problems = None, []
    if typed["document"]:
        document = document_of(request, row, typed["document"])
        if len(uploads) > 1:
            problems = [("", _("Bản mới của một tài liệu chỉ là một tệp. Hãy chọn lại một tệp."))]
    if not uploads:
        problems = [("", _("Hãy chọn ít nhất một tệp."))]
    done: list[filing.Sent] = []
    for upload in () if problems else uploads:
        try:
            done.append(
                filing.submit(
                    row,
                    upload,
                    title=typed["title"] if len(uploads) == 1 else "",
                    actor=asker(request),
                    agency=sender(request, row),
                    now=timezone.now(),
                    document=document,
                )
            )
        except SENTENCES as error:
            problems.append((filing.clean_name(upload.name or ""), str(error)))
    say_sent(request, done)
    if problems:
        return shown(request, row, problems=problems, typed=typed, place=typed["document"], status=422)
    if request.htmx:  # type: ignore[attr-defined]
        return shown(request, item_of(request, row.public_id))
    return redirect("meetings:item_documents", public_id=row.public_id)


def document_of(request: HttpRequest, row: AgendaItem, public_id: str) -> ItemDocument:
    """The document of the item that gets a new version; 404 for one that the person does not see, 403
    for one that somebody else sends."""
    seen = ItemFile.objects.visible_to(request.user).filter(document__item=row)
    documents = ItemDocument.objects.filter(item=row, pk__in=seen.order_by().values("document"))
    try:
        document = get_object_or_404(documents, public_id=uuid.UUID(public_id))
    except ValueError:
        raise PermissionDenied(_("Không có tài liệu này.")) from None
    document.item = row
    if not (rules.may_manage(request.user, row.meeting) or rules.sent(request.user, document)):
        raise PermissionDenied(_("Tài liệu này do cơ quan khác gửi. Hãy gửi thành tài liệu mới."))
    return document


def sender(request: HttpRequest, row: AgendaItem) -> Agency | None:
    """Who sends: as chosen, where that is open to the person; else the first there is."""
    open_to = senders(request, row)
    chosen = request.POST.get("agency", "")
    for each in open_to:
        if chosen == (str(each.pk) if each else "van-phong"):
            return each
    return open_to[0]


def say_sent(request: HttpRequest, done: list[filing.Sent]) -> None:
    for each in done:
        name = each.file.name
        if each.added:
            messages.success(request, _("Đã gửi %(name)s.") % {"name": name})
        else:
            words = _("%(name)s giống hệt bản đã có (lần %(n)s), không gửi thêm.")
            messages.info(request, words % {"name": name, "n": each.file.version})


@require_POST
def remove(request: HttpRequest, public_id: uuid.UUID, document_id: uuid.UUID) -> HttpResponse:
    """Gỡ tài liệu."""
    row = item_of(request, public_id)
    document = document_of(request, row, str(document_id))
    if row.meeting.is_open and not rules.may_remove(request.user, document):
        raise PermissionDenied(_("Tài liệu đã được nhận, chỉ Văn phòng gỡ được."))
    return answered(
        request,
        row,
        lambda actor, now: filing.remove(document, actor=actor, now=now),
        _("Đã gỡ “%(title)s”.") % {"title": document.title},
        place=str(document.public_id),
    )


@require_POST
def extend(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Gia hạn tài liệu của một nội dung."""
    row = office_item(request, public_id)
    typed = {"to": request.POST.get("to", ""), "reason": request.POST.get("reason", "")}
    day = as_day(typed["to"])

    def do(actor: Person, now: dt.datetime) -> None:
        if day is None:
            raise MeetingError(_("Hãy chọn ngày gia hạn."))
        filing.extend(row, day, typed["reason"], actor=actor, now=now)

    return answered(request, row, do, _("Đã gia hạn tài liệu."), place="gia-han", typed=typed)


@require_POST
def needed(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Nội dung cần hay không cần tài liệu."""
    row = office_item(request, public_id)
    wanted = request.POST.get("needed") == "1"
    return answered(
        request,
        row,
        lambda actor, now: filing.set_needed(row, wanted, actor=actor, now=now),
        _("Nội dung này cần tài liệu.") if wanted else _("Nội dung này không cần tài liệu."),
        place="gia-han",
    )


def as_day(text: str) -> dt.date | None:
    """The day of "2026-11-23"; None for anything else."""
    try:
        return parse_date(text)
    except ValueError:
        return None


def office_item(request: HttpRequest, public_id: uuid.UUID) -> AgendaItem:
    row = item_of(request, public_id)
    if not rules.may_decide_documents(request.user, row):
        raise PermissionDenied(_("Chỉ Văn phòng tổ chức hội nghị làm được việc này."))
    return row


def answered(
    request: HttpRequest,
    row: AgendaItem,
    do: Callable[[Person, dt.datetime], object],
    done: str,
    *,
    place: str,
    typed: dict[str, str] | None = None,
) -> HttpResponse:
    """Do it and show the page anew; a sentence at its place, and what was typed, where it cannot be."""
    try:
        do(asker(request), timezone.now())
    except SENTENCES as error:
        return shown(request, row, problems=[("", str(error))], typed=typed, place=place, status=409)
    messages.success(request, done)
    if request.htmx:  # type: ignore[attr-defined]
        return shown(request, item_of(request, row.public_id))
    return redirect("meetings:item_documents", public_id=row.public_id)


# ---------------------------------------------------------------- one version


def file_of(request: HttpRequest, public_id: uuid.UUID) -> ItemFile:
    """The version among those that the person may read, else 404."""
    seen = ItemFile.objects.visible_to(request.user)
    return get_object_or_404(
        seen.select_related("document__item__meeting__issuing_body", "agency"), public_id=public_id
    )


@require_GET
def file(request: HttpRequest, public_id: uuid.UUID) -> HttpResponseBase:
    """The file itself; ``?tai-ve`` saves it in any case."""
    return serving.serve(request, file_of(request, public_id), as_attachment="tai-ve" in request.GET)


@require_POST
def accept(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Nhận một bản tài liệu."""
    return decided(
        request,
        public_id,
        lambda row, actor, now: filing.accept(row, actor=actor, now=now),
        _("Đã nhận “%(title)s”."),
    )


@require_POST
def return_(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Trả lại một bản tài liệu, có lý do."""
    reason = request.POST.get("reason", "")
    return decided(
        request,
        public_id,
        lambda row, actor, now: filing.return_(row, reason, actor=actor, now=now),
        _("Đã trả lại “%(title)s”."),
    )


def decided(
    request: HttpRequest,
    public_id: uuid.UUID,
    do: Callable[[ItemFile, Person, dt.datetime], object],
    done: str,
) -> HttpResponse:
    """Decide and show what is left: the panel of the meeting where it was asked from there."""
    version = file_of(request, public_id)
    row = item_of(request, version.document.item.public_id)
    if not rules.may_decide_documents(request.user, row):
        raise PermissionDenied(_("Chỉ Văn phòng tổ chức hội nghị nhận hoặc trả lại tài liệu."))
    said = done % {"title": version.document.title}
    if request.POST.get("from") == "meeting":
        return on_meeting(request, row.meeting, lambda actor, now: do(version, actor, now), said)
    return answered(
        request,
        row,
        lambda actor, now: do(version, actor, now),
        said,
        place=str(version.public_id),
        typed={"reason": request.POST.get("reason", "")},
    )


# ---------------------------------------------------------------- on the page of the meeting


def panel(request: HttpRequest, meeting: Meeting) -> dict[str, Any]:
    """What the page of a meeting shows: ``readiness`` of the items whose documents the person may read
    (by primary key, for chips), ``documents_progress`` (meter and "6/9"), and what there is to do:
    ``owing`` bodies and ``waiting_files`` for the office, ``own_items`` for a body that prepares."""
    now = timezone.now()
    manages = rules.may_manage(request.user, meeting)
    items = list(meeting.items.all())
    for each in items:
        each.meeting = meeting
    calendar = getattr(meeting, "calendar", None)  # the page knows the days off already
    seen = seen_items(request, meeting, items)
    stands = readiness.of([each for each in items if each.pk in seen], now=now, calendar=calendar)
    on_agenda = [
        stands[each.pk] for each in items if each.pk in seen and each.state == AgendaItem.State.ACCEPTED
    ]
    progress = readiness.Progress(tuple(each for each in on_agenda if each.state != "not_needed"))
    mine = standing(request.user).agencies
    return {
        "readiness": stands,
        "documents_progress": progress,
        "owing": owing(meeting, progress.items, now) if manages else [],
        "waiting_files": waiting_files(meeting)
        if manages and any(each.pending for each in progress.items)
        else [],
        "own_items": [
            each
            for each in progress.items
            if any(body.agency_id in mine for body in each.item.preparing.all())
        ],
        "manages_documents": manages,
    }


def seen_items(request: HttpRequest, meeting: Meeting, items: list[AgendaItem]) -> set[int]:
    """Items whose documents the person may read: all for the office, without asking."""
    if standing(request.user).holds(meeting.issuing_body_id):
        return {each.pk for each in items}
    visible = AgendaItem.objects.visible_to(request.user).filter(meeting=meeting)
    return set(visible.order_by().values_list("pk", flat=True))


def waiting_files(meeting: Meeting) -> list[ItemFile]:
    """Newest versions that the office has not looked at, in the order of the agenda; the items are loaded
    with the documents ``filed`` for them (``meetings.views.meeting.load``)."""
    waiting = []
    for item in meeting.items.all():
        for document in item.filed:  # type: ignore[attr-defined]
            pending = [v for v in document.versions.all() if v.state == ItemFile.State.SUBMITTED]
            for newest in pending[:1]:
                newest.document, document.item = document, item
                waiting.append(newest)
    return waiting


def owing(meeting: Meeting, items: Iterable[readiness.Readiness], now: dt.datetime) -> list[Owing]:
    """Bodies that are late or soon will be, latest first, and when they were reminded."""
    found: dict[int | str, Owing] = {}
    for each in items:
        if each.state == "late" or (each.state in ("due", "returned") and each.is_soon):
            for body in answering(each.item):
                name = body.name
                row = found.setdefault(body.agency_id or name, Owing(name, body.agency_id))
                row.items.append(each)
    log = MeetingLog.objects.filter(meeting=meeting, action="meeting.document_remind")
    for at, data in log.order_by("at").values_list("at", "data") if found else ():
        if data.get("agency") in found:
            found[data["agency"]].reminded.append(at)
    today, told = timezone.localdate(now), rules.is_told(meeting)
    for row in found.values():
        again = not row.reminded or timezone.localdate(row.reminded[-1]) != today
        row.may_remind = bool(row.agency_id) and told and again
    return sorted(
        found.values(), key=lambda row: (row.worst.state != "late", -row.worst.over, row.worst.left)
    )


def answering(item: AgendaItem) -> list[PreparingBody]:
    """Who owes the documents of an item: the lead body, all where nobody leads."""
    bodies = list(item.preparing.all())
    return [body for body in bodies if body.lead] or bodies


@require_POST
def remind(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Nhắc một cơ quan gửi tài liệu."""
    seen = Meeting.objects.visible_to(request.user).select_related("section__document")
    meeting = get_object_or_404(seen, public_id=public_id)
    if not rules.may_manage(request.user, meeting):
        raise PermissionDenied(_("Chỉ Văn phòng tổ chức hội nghị nhắc được các cơ quan."))
    pk = request.POST.get("agency", "")
    agencies = Agency.objects.filter(preparing__item__meeting=meeting).distinct()
    agency = agencies.filter(pk=int(pk)).first() if pk.isascii() and pk.isdigit() and len(pk) < 16 else None

    def do(actor: Person, now: dt.datetime) -> None:
        if agency is None:
            raise MeetingError(_("Cơ quan này không chuẩn bị nội dung nào của hội nghị."))
        filing.remind(meeting, agency, actor=actor, now=now)

    return on_meeting(request, meeting, do, _("Đã nhắc %(agency)s.") % {"agency": agency})


def on_meeting(
    request: HttpRequest, meeting: Meeting, do: Callable[[Person, dt.datetime], object], done: str
) -> HttpResponse:
    """Do it from the page of the meeting: its panel for htmx, else the page again with a message."""
    problem = ""
    try:
        do(asker(request), timezone.now())
    except SENTENCES as error:
        problem = str(error)
    if request.htmx:  # type: ignore[attr-defined]
        fresh = Meeting.objects.select_related("section__document").get(pk=meeting.pk)
        items = reading.items_for(request.user, fresh, whole=True)
        prefetch_related_objects([fresh], Prefetch("items", queryset=items))
        context = {"meeting": fresh, "problem": problem, "said": "" if problem else done}
        context |= panel(request, fresh)
        status = 409 if problem else 200
        return render(request, "meetings/documents/_panel.html", context, status=status)
    if problem:
        messages.error(request, problem)
    else:
        messages.success(request, done)
    return redirect("meetings:detail", public_id=meeting.public_id)
