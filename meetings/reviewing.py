"""What leaders say of an agenda before the meeting (lãnh đạo duyệt nội dung): private notes, shared
remarks, opinions, and changes that they ask for; the office accepts a change with one action.

Leaders of the body and the chair speak while the meeting is open; afterwards everything is read only.
A private note is its writer's alone: it is neither logged nor shown to anybody else.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agencies.models import Person
from assignments import notices
from audit import actions
from documents.operations.values import is_letter
from lucngan.lib.text import nfc
from meetings import agenda, rules
from meetings.history import log
from meetings.holding import MeetingError, held
from meetings.models import AgendaItem, ChangeRequest, Meeting, Opinion, Remark
from meetings.reviewed import spoken_q

actions.register(
    **{
        "meeting.remark": gettext_lazy("gửi ý kiến về một nội dung họp"),
        "meeting.remark_edited": gettext_lazy("sửa ý kiến về một nội dung họp"),
        "meeting.remark_removed": gettext_lazy("bỏ ý kiến về một nội dung họp"),
        "meeting.opinion": gettext_lazy("cho ý kiến về một nội dung họp"),
        "meeting.opinion_taken_back": gettext_lazy("rút ý kiến về một nội dung họp"),
        "meeting.change_asked": gettext_lazy("đề nghị đổi chương trình họp"),
        "meeting.change_withdrawn": gettext_lazy("rút đề nghị đổi chương trình họp"),
        "meeting.change_accepted": gettext_lazy("nhận đề nghị đổi chương trình họp"),
        "meeting.change_declined": gettext_lazy("không nhận đề nghị đổi chương trình họp"),
    }
)
actions.call_values(dict(Opinion.Choice.choices), "meeting.opinion", "meeting.opinion_taken_back")

#: A note or a reason is a few sentences; longer texts belong into a document.
LONGEST = 5_000
#: A whole day of talking about one item is the most that a form accepts.
MOST_MINUTES = 480

Row = TypeVar("Row", Remark, ChangeRequest)


class Outdated(MeetingError):
    """What was written without a connection comes after something newer was said."""


# Notes and remarks


@transaction.atomic
def note(
    item: AgendaItem,
    text: str,
    *,
    private: bool,
    actor: Person,
    now: dt.datetime,
    public_id: uuid.UUID | None = None,
) -> Remark:
    """Write a note for oneself, or a remark for the office and the other leaders.

    ``public_id`` is the client's: a repeat finds the first one and does nothing more. Only a remark
    is logged.
    """
    item = _speaking(actor, item)
    text = cleaned(text)
    if not text:
        raise MeetingError(_("Hãy viết ghi chú hoặc ý kiến trước khi gửi."))
    public_id = public_id or uuid.uuid4()
    if known := _known(Remark.objects.filter(public_id=public_id).first(), actor):
        return known
    remark = _make(
        Remark.objects.create,
        public_id=public_id,
        item=item,
        person=actor,
        private=private,
        text=text,
        at=now,
    )
    if not private:
        _log(item, "meeting.remark", actor, now, note=text)
    return remark


@transaction.atomic
def edit(remark: Remark, text: str, *, actor: Person, now: dt.datetime) -> Remark:
    """Change one's own note or remark; the same text again changes nothing."""
    _own(remark, actor)
    text = cleaned(text)
    if not text:
        raise MeetingError(_("Ghi chú không được trống. Muốn bỏ thì dùng nút Xóa."))
    if text == remark.text:
        return remark
    before, remark.text = remark.text, text
    remark.save(update_fields=["text"])
    if not remark.private:
        _log(remark.item, "meeting.remark_edited", actor, now, note=text, was=before)
    return remark


@transaction.atomic
def share(remark: Remark, *, actor: Person, now: dt.datetime) -> Remark:
    """Make a private note a remark that the office and the other leaders read; twice is once."""
    _own(remark, actor)
    if Remark.objects.filter(pk=remark.pk, private=True).update(private=False, at=now) == 1:
        remark.private, remark.at = False, now
        _log(remark.item, "meeting.remark", actor, now, note=remark.text)
    return remark


@transaction.atomic
def remove(remark: Remark, *, actor: Person, now: dt.datetime) -> None:
    """Remove one's own note or remark. What was shared stays in the history."""
    _own(remark, actor)
    gone, _rows = Remark.objects.filter(pk=remark.pk).delete()
    if gone and not remark.private:
        _log(remark.item, "meeting.remark_removed", actor, now, note=remark.text)


# Opinions


@transaction.atomic
def opine(
    item: AgendaItem,
    choice: str,
    *,
    actor: Person,
    now: dt.datetime,
    text: str = "",
    made_at: dt.datetime | None = None,
    remark_id: uuid.UUID | None = None,
) -> Opinion:
    """Say what one thinks of an item; the newest choice stands, the same one again does nothing.

    Effects: the opinion; a shared remark when ``text`` says more; one's own open request to defer the
    item is withdrawn, for one cannot want both. ``made_at`` is when it was chosen, for choices that
    waited for a connection: a newer one of the same person is not overwritten (:class:`Outdated`).
    """
    item = _speaking(actor, item)
    if choice not in Opinion.Choice.values:
        raise MeetingError(_("Ý kiến này không có trong danh sách."))
    old = Opinion.objects.filter(item=item, person=actor).first()
    _not_outdated(old.at if old and old.choice != choice else None, made_at)
    text = cleaned(text)
    opinion, made = Opinion.objects.get_or_create(
        item=item, person=actor, defaults={"choice": choice, "at": now}
    )
    if made or opinion.choice != choice:
        before = "" if made else opinion.choice
        opinion.choice, opinion.at = choice, now
        opinion.save(update_fields=["choice", "at"])
        _log(item, "meeting.opinion", actor, now, before=before, after=choice)
    for request in _open_requests(item, actor).filter(kind=ChangeRequest.Kind.DEFER):
        withdraw(request, actor=actor, now=now)
    if text:
        note(item, text, private=False, actor=actor, now=now, public_id=remark_id)
    return opinion


@transaction.atomic
def take_back(
    item: AgendaItem, *, actor: Person, now: dt.datetime, made_at: dt.datetime | None = None
) -> bool:
    """Have no opinion of the item again; False when there was none."""
    item = _speaking(actor, item)
    old = Opinion.objects.filter(item=item, person=actor).first()
    if old is None:
        return False
    _not_outdated(old.at, made_at)
    before = old.choice
    old.delete()
    _log(item, "meeting.opinion_taken_back", actor, now, before=before)
    return True


@transaction.atomic
def agree_to(items: Iterable[AgendaItem], *, actor: Person, now: dt.datetime) -> int:
    """Agree to those of the items that one has not spoken of yet; how many these were.

    The caller names the items that the person saw: one that came later is not agreed to.
    """
    ids = [item.pk for item in items]
    rows = AgendaItem.objects.filter(pk__in=ids).accepted().exclude(spoken_q(actor))
    left = list(rows.select_related("meeting__section__document"))
    for item in left:
        opine(item, Opinion.Choice.AGREE, actor=actor, now=now)
    return len(left)


def _not_outdated(said_at: dt.datetime | None, made_at: dt.datetime | None) -> None:
    if said_at is not None and made_at is not None and said_at > made_at:
        raise Outdated(
            _(
                "Nội dung này đã có ý kiến mới hơn của đồng chí, lúc %(at)s. "
                "Ý kiến ghi khi mất mạng không được dùng."
            )
            % {"at": timezone.localtime(said_at).strftime("%H:%M %d/%m/%Y")}
        )


# Changes that leaders ask for


@transaction.atomic
def request_change(
    item: AgendaItem,
    kind: str,
    *,
    actor: Person,
    now: dt.datetime,
    minutes: int | None = None,
    position: int | None = None,
    note: str = "",
    public_id: uuid.UUID | None = None,
) -> ChangeRequest:
    """Ask the office to defer, shorten or move an item.

    Another request of the same kind takes the place of one's open one, which stays as withdrawn;
    the same one again does nothing. Asking to defer takes back one's opinion of the item.
    """
    item = _speaking(actor, item)
    public_id = public_id or uuid.uuid4()
    if known := _known(ChangeRequest.objects.filter(public_id=public_id).first(), actor):
        return known
    values = _values(item, kind, minutes, position) | {"note": cleaned(note)}
    old = _open_requests(item, actor).filter(kind=kind).first()
    if old is not None:
        if all(getattr(old, name) == value for name, value in values.items()):
            return old
        withdraw(old, actor=actor, now=now)
    request = _make(
        ChangeRequest.objects.create,
        public_id=public_id,
        item=item,
        person=actor,
        kind=kind,
        at=now,
        **values,
    )
    if kind == ChangeRequest.Kind.DEFER:
        Opinion.objects.filter(item=item, person=actor).delete()
    _log(item, "meeting.change_asked", actor, now, note=request.note, kind=kind, **_said(request))
    return request


@transaction.atomic
def withdraw(request: ChangeRequest, *, actor: Person, now: dt.datetime) -> bool:
    """Take back one's own request while the office has not decided; False when it was taken back."""
    if request.person_id != actor.pk:
        raise PermissionDenied(_("Chỉ người đề nghị rút được đề nghị của mình."))
    _speaking(actor, request.item)
    if request.state == ChangeRequest.State.WITHDRAWN:
        return False
    _decide(request, ChangeRequest.State.WITHDRAWN, actor=actor, now=now)
    _log(request.item, "meeting.change_withdrawn", actor, now, kind=request.kind, **_said(request))
    return True


@transaction.atomic
def accept_change(request: ChangeRequest, *, actor: Person, now: dt.datetime) -> AgendaItem | None:
    """The office follows a request: the agenda changes with this one action, through
    ``meetings.agenda``, and the leader is told.

    Deferred before the meeting an item leaves this agenda and becomes a proposal of the next meeting of
    the series, which is returned; None where there is none yet (it waits), and for other requests.
    Others who asked to defer the same item have what they wanted too.
    """
    _office(request, actor)
    item = AgendaItem.objects.accepted().filter(pk=request.item_id).select_related("meeting").first()
    if item is None:
        raise MeetingError(_("Nội dung này không còn trong chương trình họp."))
    _decide(request, ChangeRequest.State.ACCEPTED, actor=actor, now=now)
    carried = None
    if request.kind == ChangeRequest.Kind.DEFER:
        same = ChangeRequest.objects.filter(item=item, kind=request.kind, state=ChangeRequest.State.OPEN)
        for other in same.select_related("person"):
            _decide(other, ChangeRequest.State.ACCEPTED, actor=actor, now=now)
            _answer(other, item, _("Văn phòng đã nhận đề nghị: %(wish)s"), now=now)
        carried = agenda.defer(item, actor=actor, now=now, note=request.note)
    elif request.kind == ChangeRequest.Kind.SHORTEN:
        agenda.set_many([item], minutes=request.minutes, actor=actor, now=now)
    elif request.position is not None:
        agenda.move(item, request.position, actor=actor, now=now)
    _log(item, "meeting.change_accepted", actor, now, note=request.note, kind=request.kind, **_said(request))
    _answer(request, item, _("Văn phòng đã nhận đề nghị: %(wish)s"), now=now)
    return carried


def _answer(request: ChangeRequest, item: AgendaItem, title: str, *, now: dt.datetime) -> None:
    """Tell the leader what the office did with a request, once."""
    notices.tell(
        [request.person],
        key=f"meeting.change:{request.public_id}:{request.state}",
        kind=f"meeting.change_{request.state}",
        title=title % {"wish": wish_of(request).lower()},
        text=f"{item.text[:200]}\n{request.decision_note}".strip(),
        url=reverse("meetings:review", args=[item.meeting.public_id]),
        now=now,
        mail=False,
    )


def wish_of(request: ChangeRequest) -> str:
    """A request in words: "Rút ngắn còn 15 phút"."""
    if request.kind == ChangeRequest.Kind.SHORTEN:
        return _("Rút ngắn còn %(n)s phút") % {"n": request.minutes}
    if request.kind == ChangeRequest.Kind.REORDER:
        return _("Đưa lên thứ %(n)s") % {"n": request.position}
    return _("Lùi sang kỳ sau")


@transaction.atomic
def decline(request: ChangeRequest, reason: str, *, actor: Person, now: dt.datetime) -> ChangeRequest:
    """The office does not follow a request, and says why."""
    _office(request, actor)
    reason = cleaned(reason)
    if not reason:
        raise MeetingError(_("Hãy ghi lý do không nhận, để lãnh đạo biết."))
    _decide(request, ChangeRequest.State.DECLINED, actor=actor, now=now, reason=reason)
    _log(
        request.item, "meeting.change_declined", actor, now, note=reason, kind=request.kind, **_said(request)
    )
    _answer(request, request.item, _("Văn phòng không nhận đề nghị: %(wish)s"), now=now)
    return request


def _values(item: AgendaItem, kind: str, minutes: int | None, position: int | None) -> dict[str, Any]:
    """What a request of this kind says, checked against the item."""
    if kind == ChangeRequest.Kind.DEFER:
        return {"minutes": None, "position": None}
    if kind == ChangeRequest.Kind.SHORTEN:
        most = item.minutes - 1 if item.minutes else MOST_MINUTES
        if most < 1:
            raise MeetingError(_("Nội dung này không rút ngắn thêm được."))
        if minutes is None or not 1 <= minutes <= most:
            raise MeetingError(_("Số phút phải từ 1 đến %(most)s.") % {"most": most})
        return {"minutes": minutes, "position": None}
    if kind == ChangeRequest.Kind.REORDER:
        last = AgendaItem.objects.filter(meeting=item.meeting_id).accepted().count()
        if position is None or not 1 <= position <= last or position == item.position:
            raise MeetingError(
                _("Thứ tự mới phải từ 1 đến %(last)s và khác thứ tự hiện nay.") % {"last": last}
            )
        return {"minutes": None, "position": position}
    raise MeetingError(_("Đề nghị này không có trong danh sách."))


def _said(request: ChangeRequest) -> dict[str, Any]:
    values = {"minutes": request.minutes, "position": request.position}
    return {name: value for name, value in values.items() if value is not None}


def _open_requests(item: AgendaItem, actor: Person) -> QuerySet[ChangeRequest]:
    return ChangeRequest.objects.filter(
        item=item, person=actor, state=ChangeRequest.State.OPEN
    ).select_related("item__meeting__section__document")


def _office(request: ChangeRequest, actor: Person) -> None:
    meeting = request.item.meeting
    if not rules.may_manage(actor, meeting):
        raise PermissionDenied(_("Chỉ Văn phòng xử lý đề nghị của lãnh đạo."))
    _still_open(held(meeting))


def _decide(request: ChangeRequest, state: str, *, actor: Person, now: dt.datetime, reason: str = "") -> None:
    """Open → decided, once."""
    changes = {"state": state, "decided_by": actor, "decided_at": now, "decision_note": reason}
    still = ChangeRequest.objects.filter(pk=request.pk, state=ChangeRequest.State.OPEN)
    if still.update(**changes) != 1:
        raise MeetingError(_("Đề nghị này vừa được xử lý. Hãy tải lại trang để xem."))
    for name, value in changes.items():
        setattr(request, name, value)


# Guards


def _speaking(actor: Person, item: AgendaItem) -> AgendaItem:
    """The item as it is now, its meeting held, for a reviewer of an open meeting; raises with a
    sentence where the person, the meeting's state or the item does not allow it."""
    if not rules.may_review(actor, item.meeting):
        raise PermissionDenied(_("Chỉ lãnh đạo và người chủ trì cho ý kiến về chương trình họp."))
    meeting = held(item.meeting)
    _still_open(meeting)
    now = AgendaItem.objects.accepted().filter(pk=item.pk, meeting=meeting).first()
    if now is None:
        raise MeetingError(_("Nội dung này không còn trong chương trình họp."))
    now.meeting = meeting
    return now


def _still_open(meeting: Meeting) -> None:
    if not meeting.is_open:
        raise MeetingError(
            _("Hội nghị ở trạng thái “%(state)s”: chỉ xem, không cho ý kiến được nữa.")
            % {"state": meeting.get_state_display()}
        )


def _own(remark: Remark, actor: Person) -> None:
    if remark.person_id != actor.pk:
        raise PermissionDenied(_("Chỉ người viết sửa hoặc bỏ được ghi chú của mình."))
    _speaking(actor, remark.item)


def cleaned(text: Any) -> str:
    """NFC text without control signs, lines kept; raises MeetingError for something far too long."""
    if not isinstance(text, str):
        raise MeetingError(_("Nội dung phải là chữ."))
    if len(text) > LONGEST:
        raise MeetingError(_("Ghi chú dài nhất 5.000 ký tự. Nội dung dài hơn nên gửi bằng tài liệu."))
    lines = nfc("".join(c for c in text.replace("\r\n", "\n") if is_letter(c))).split("\n")
    return "\n".join(" ".join(line.split()) for line in lines).strip()


def _known(row: Row | None, actor: Person) -> Row | None:
    """The row that an earlier try of the same client made, or None."""
    if row is not None and row.person_id != actor.pk:
        raise MeetingError(_("Mã của lần gửi này đã có. Hãy gửi lại."))
    return row


def _make(create: Callable[..., Row], **values: Any) -> Row:
    """A new row; the same request twice at once makes one."""
    try:
        with transaction.atomic():
            return create(**values)
    except IntegrityError:
        raise MeetingError(_("Việc này vừa được ghi từ nơi khác. Hãy tải lại trang để xem.")) from None


def _log(
    item: AgendaItem,
    action: str,
    actor: Person,
    now: dt.datetime,
    *,
    note: str = "",
    before: str = "",
    after: str = "",
    **data: Any,
) -> None:
    log(
        item.meeting,
        action,
        actor=actor,
        now=now,
        note=note,
        before=before,
        after=after,
        item=str(item.public_id),
        text=item.text[:200],
        **data,
    )
