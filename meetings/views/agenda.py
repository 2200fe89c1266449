"""The agenda on the page of a meeting: items, their order, bodies, purpose, outcome."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Prefetch, prefetch_related_objects
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from agencies.asking import asker
from agencies.matching import Directory
from agencies.models import Agency
from agencies.rules import standing
from lucngan.lib.dates import short
from lucngan.lib.text import one_line
from meetings import agenda, agenda_lines, agenda_view, reading, rules
from meetings.agenda_view import said
from meetings.holding import MeetingError
from meetings.models import AgendaItem, Meeting, Session
from meetings.views import documents
from paper.reading.bodies import split

PANEL = "meetings/agenda/_panel.html"
#: A form names no more items than a meeting may have.
MOST = agenda.MOST


def panel(request: HttpRequest, meeting: Meeting) -> dict[str, Any]:
    """What the page of a meeting shows of it."""
    return {
        "agenda": agenda_view.of(meeting, request.user),
        "meeting": meeting,
        "mine": standing(request.user).agencies,
        "purposes": AgendaItem.Purpose.choices,
        "outcomes": AgendaItem.Outcome.choices,
        "agenda_texts": texts(),
    }


def texts() -> dict[str, str]:
    """Sentences of the script; "{n}" are its values."""
    return {
        "up": _("Nội dung {from} chuyển lên thứ {to}"),
        "down": _("Nội dung {from} chuyển xuống thứ {to}"),
        "first": _("Nội dung này đã ở đầu"),
        "last": _("Nội dung này đã ở cuối"),
        "picked": _("Đã chọn {n} nội dung"),
        "none": _("Chưa chọn nội dung nào"),
        "bodies": _("Cơ quan"),
        "failed": _("Chưa lưu được: mất kết nối. Hãy thử lại."),
        "minutes": _("{n} phút"),
        "lead": _("chủ trì"),
        "coordinate": _("phối hợp"),
        "lines": _("{n} dòng, mỗi dòng là một nội dung"),
        "edit": _("Nội dung {n}"),
        "undo": _("Hoàn tác"),
    }


def manageable(request: HttpRequest, public_id: uuid.UUID) -> Meeting:
    """The meeting among those one sees (404); its office alone changes the agenda (403)."""
    rows = Meeting.objects.visible_to(request.user).select_related(
        "issuing_body__agency", "section__document__programme", "chair", "room", "series"
    )
    meeting = get_object_or_404(rows, public_id=public_id)
    if not rules.may_manage(request.user, meeting):
        raise PermissionDenied(
            _("Chỉ chuyên viên và Chánh Văn phòng của cơ quan tổ chức sửa được chương trình họp.")
        )
    return meeting


def back(meeting: Meeting) -> HttpResponseRedirect:
    return redirect(reverse("meetings:detail", args=[meeting.public_id]) + "#noi-dung-hop")


def answer(request: HttpRequest, meeting: Meeting, do: Callable[[], str]) -> HttpResponse:
    """Do it and show the agenda with what was done, or with the sentence why not."""
    status, error = 200, ""
    sentence = ""
    try:
        sentence = do()
    except MeetingError as reason:
        status, error = 409, str(reason)
    if not _part(request):
        if error:
            messages.error(request, error)
        elif sentence:
            messages.success(request, sentence)
        return back(meeting)
    meeting = manageable(request, meeting.public_id)
    items = reading.items_for(request.user, meeting, whole=True)
    prefetch_related_objects([meeting], Prefetch("items", queryset=items), "sessions")
    context = panel(request, meeting) | documents.panel(request, meeting)
    return render(request, PANEL, context | {"said": sentence, "error": error, "part": True}, status=status)


def _part(request: HttpRequest) -> bool:
    htmx: Any = getattr(request, "htmx", None)
    return bool(htmx) and not htmx.boosted


@require_http_methods(["GET", "POST"])
def add(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """One line or many: each becomes an item. GET is the page for many, for browsers without script."""
    meeting, person, now = manageable(request, public_id), asker(request), timezone.now()
    text = request.POST.get("noi_dung", "").replace("\0", "")

    def do() -> str:
        session = _session(meeting, request.POST.get("phien", ""))
        made = agenda.add(meeting, text.splitlines(), actor=person, now=now, session=session)
        return _("Đã thêm %(items)s.") % {"items": said(len(made))}

    if request.method == "POST" and _part(request):
        return answer(request, meeting, do)
    error = ""
    if request.method == "POST":
        try:
            messages.success(request, do())
        except MeetingError as reason:
            error = str(reason)
        else:
            return back(meeting)
    context = {"meeting": meeting, "text": text, "error": error}
    return render(request, "meetings/agenda/add.html", context, status=409 if error else 200)


@require_http_methods(["GET", "POST"])
def item(request: HttpRequest, public_id: uuid.UUID, item_id: uuid.UUID) -> HttpResponse:
    """One item: the form with everything of it; POST sets what it sends."""
    meeting, person, now = manageable(request, public_id), asker(request), timezone.now()
    rows = AgendaItem.objects.filter(meeting=meeting).prefetch_related("preparing")
    here = get_object_or_404(rows, public_id=item_id)
    error = ""
    if request.method == "POST":
        try:
            values = _values(request.POST.dict(), meeting)
            changed = agenda.set_many([here], actor=person, now=now, **values)
        except MeetingError as reason:
            error = str(reason)
        else:
            sentence = _("Đã lưu nội dung.") if changed else ""
            return answer(request, meeting, lambda: sentence)
        if _part(request) and "chi_noi_dung" in request.POST:
            return answer(request, meeting, _raising(error))
    row = agenda_view.Row(
        here,
        [body for body in here.preparing.all() if body.lead],
        [body for body in here.preparing.all() if not body.lead],
    )
    context = {
        "meeting": meeting,
        "row": row,
        "error": error,
        "typed": request.POST if error else None,
        "sessions": list(meeting.sessions.all()),
        "purposes": AgendaItem.Purpose.choices,
        "may_edit": agenda.may_change(meeting),
    }
    name = "meetings/agenda/_form.html" if _part(request) else "meetings/agenda/item.html"
    return render(request, name, context | {"part": _part(request)}, status=409 if error else 200)


def _raising(sentence: str) -> Callable[[], str]:
    def do() -> str:
        raise MeetingError(sentence)

    return do


@require_POST
def do(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """One action: on the items that are ticked ("dat"), or on the one that the button names
    ("len:<id>")."""
    meeting = manageable(request, public_id)
    action, _colon, one = request.POST.get("viec", "").partition(":")
    return answer(request, meeting, lambda: _do(request, meeting, action, one))


def _do(request: HttpRequest, meeting: Meeting, action: str, one: str) -> str:
    person, now = asker(request), timezone.now()
    items = _items(meeting, [one] if one else request.POST.getlist("muc"))
    if action == "dat":
        return _set(request, meeting, items)
    if action in ("len", "xuong", "cho"):
        place = items[0].position + {"len": -1, "xuong": 1}.get(action, 0)
        if action == "cho":
            place = _number(request.POST.get("vi_tri", ""), _("Vị trí phải là số.")) or 1
        moved = agenda.move(items[0], place, actor=person, now=now)
        if moved.position == items[0].position:
            return ""
        return _("Nội dung %(old)s chuyển thành nội dung %(new)s.") % {
            "old": items[0].position,
            "new": moved.position,
        }
    if action == "thu-tu":
        agenda.reorder(meeting, [item.pk for item in items], actor=person, now=now)
        return _("Đã đổi thứ tự.")
    if action == "bo-co-quan":
        changed = agenda.set_bodies(items, [], actor=person, now=now)
        return _("Đã bỏ cơ quan chuẩn bị của %(items)s.") % {"items": said(changed)}
    if action == "go":
        gone, kept = agenda.remove(items, actor=person, now=now)
        words = _("Đã gỡ %(items)s.") % {"items": said(gone + kept)}
        if kept:
            words += " " + _("%(items)s đã có tài liệu, ý kiến nên giữ lại ở phần đề xuất.") % {
                "items": said(kept)
            }
        return words
    if action == "nhan":
        count = agenda.accept_proposal(items, actor=person, now=now)
        return _("Đã đưa %(items)s vào chương trình họp.") % {"items": said(count)}
    if action == "khong-nhan":
        agenda.decline(items, actor=person, now=now)
        return _("Đã ghi không nhận %(items)s.") % {"items": said(len(items))}
    if action == "lui":
        agenda.defer(items[0], actor=person, now=now)
        return _("Đã đưa nội dung ra khỏi chương trình họp.") + " " + _carried(meeting)
    raise MeetingError(_("Việc này không có trong danh sách."))


def _set(request: HttpRequest, meeting: Meeting, items: list[AgendaItem]) -> str:
    """Everything that the bar of many items says, in one step; what is left empty stays."""
    names = ("chu_tri", "chu_tri_id", "phoi_hop", "phut", "muc_dich", "phien", "ket_qua", "tai_lieu")
    given = {name: request.POST[name] for name in names if request.POST.get(name)}
    values = _values(given, meeting)
    if "ket_qua" in given:
        values["outcome"] = given["ket_qua"]
    if not values:
        raise MeetingError(_("Hãy chọn cơ quan, mục đích, số phút hoặc phiên cần đặt."))
    changed = agenda.set_many(items, actor=asker(request), now=timezone.now(), **values)
    return _("Đã đặt cho %(items)s.") % {"items": said(changed)} if changed else _("Không có gì thay đổi.")


@require_POST
def outcomes(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Results of the items: those that the form names ("kq-<id>", "gc-<id>"), and with "con_lai" one
    result for all that have none yet."""
    meeting, person, now = manageable(request, public_id), asker(request), timezone.now()

    def do() -> str:
        rows = {str(row.public_id): row for row in AgendaItem.objects.accepted().filter(meeting=meeting)}
        wanted: dict[AgendaItem, tuple[str, str]] = {}
        for name in request.POST:
            kind, _dash, key = name.partition("-")
            if kind not in ("kq", "gc") or not key:
                continue
            if key not in rows:
                raise MeetingError(_("Có nội dung không còn trong chương trình họp. Hãy tải lại trang."))
            row = rows[key]
            wanted[row] = (
                request.POST.get(f"kq-{key}", row.outcome),
                request.POST.get(f"gc-{key}", row.outcome_note),
            )
        rest = request.POST.get("con_lai", "")
        if rest:
            for row in rows.values():
                if not wanted.get(row, (row.outcome, ""))[0]:
                    wanted[row] = (rest, wanted.get(row, ("", row.outcome_note))[1])
        changed = agenda.set_outcomes(meeting, wanted, actor=person, now=now)
        words = _("Đã ghi kết quả %(items)s.") % {"items": said(changed)} if changed else ""
        if changed and any(outcome == AgendaItem.Outcome.POSTPONED for outcome, _note in wanted.values()):
            words += " " + _carried(meeting)
        return words

    return answer(request, meeting, do)


def _carried(meeting: Meeting) -> str:
    """Where what is postponed goes."""
    following = agenda.next_of(meeting)
    if following is not None and following.on is not None:
        return _("Nội dung lùi đã thành đề xuất của hội nghị ngày %(day)s.") % {"day": short(following.on)}
    if meeting.series_id is not None:
        return _("Nội dung lùi sẽ thành đề xuất khi lập hội nghị kỳ sau.")
    return _("Hội nghị này không thuộc loạt nào: hãy tự thêm nội dung lùi vào hội nghị khác.")


# ---------------------------------------------------------------- what forms send


def _items(meeting: Meeting, ids: list[str]) -> list[AgendaItem]:
    """The items of the meeting by their public ids, in the order that was asked."""
    try:
        keys = [uuid.UUID(each) for each in ids[:MOST]]
    except ValueError:
        raise MeetingError(_("Hãy chọn ít nhất một nội dung.")) from None
    if not keys:
        raise MeetingError(_("Hãy chọn ít nhất một nội dung."))
    rows = {
        row.public_id: row
        for row in AgendaItem.objects.filter(meeting=meeting, public_id__in=keys).select_related("meeting")
    }
    if len(rows) != len(set(keys)):
        raise MeetingError(
            _("Nội dung này không còn trong chương trình họp: người khác vừa gỡ. Hãy tải lại trang.")
        )
    return [rows[key] for key in dict.fromkeys(keys)]


def _values(sent: Mapping[str, str], meeting: Meeting) -> dict[str, Any]:
    """The values that a form sends, as ``agenda.set_many`` takes them; a field that is not there is not
    set."""
    values: dict[str, Any] = {}
    if "noi_dung" in sent:
        values["text"] = sent["noi_dung"]
    if "muc_dich" in sent:
        values["purpose"] = "" if sent["muc_dich"] == "-" else sent["muc_dich"]
    if "nguoi_bao_cao" in sent:
        values["presenter"] = sent["nguoi_bao_cao"]
    if "phut" in sent:
        values["minutes"] = _number(sent["phut"], _("Số phút phải là số."))
    if "phien" in sent:
        values["session"] = _session(meeting, sent["phien"])
    if "tai_lieu" in sent:
        values["needs_documents"] = sent["tai_lieu"] == "1"
    if "chu_tri" in sent or "phoi_hop" in sent:
        directory = Directory(timezone.localdate())
        if "chu_tri" in sent:
            name = one_line(sent["chu_tri"].replace("\0", ""))
            values["lead"] = _body(name, sent.get("chu_tri_id", ""), directory) if name else None
        if "phoi_hop" in sent:
            names = _names(sent["phoi_hop"].replace("\0", ""))
            values["coordinating"] = [agenda_lines.body_of(name, directory, lead=False) for name in names]
    return values


def _body(name: str, agency: str, directory: Directory) -> dict[str, object]:
    """A body that was picked from the list, or typed."""
    if agency.isascii() and agency.isdigit() and len(agency) < 18:
        row = Agency.objects.filter(pk=int(agency)).first()
        if row is not None and row.short_name == name:
            return {"name": name, "agency": row.pk, "lead": True}
    return agenda_lines.body_of(name, directory, lead=True)


def _names(text: str) -> list[str]:
    """Names apart: by semicolons where there are some, else as a paper lists them."""
    parts = text.split(";") if ";" in text else split(one_line(text))
    return [name for part in parts if (name := one_line(part))]


def _number(text: str, sentence: str) -> int | None:
    text = text.strip()
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) < 5):
        raise MeetingError(sentence)
    return int(text)


def _session(meeting: Meeting, text: str) -> Session | None:
    """The session by its number in the form; none for "" and "-"."""
    if text in ("", "-"):
        return None
    row = meeting.sessions.filter(pk=int(text)).first() if text.isascii() and text.isdigit() else None
    if row is None:
        raise MeetingError(_("Phiên này không còn. Hãy tải lại trang."))
    return row
