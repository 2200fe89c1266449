"""Planning changes: each is checked against the text in force and the changes being written."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from agencies.matching import Directory
from agencies.models import Person
from documents import history
from documents.models import Document
from documents.operations import OperationError
from documents.services import locked
from lucngan.lib.dates import short
from meetings.facts import as_data, from_data
from paper import when as phrases
from programmes.amending import drafting, texts
from programmes.amending.sheet import Node, Sheet
from programmes.models import AmendmentChange, AmendmentNotice, Programme

Kind = AmendmentChange.Kind
#: A notice changes a few lines; more than this is a new programme.
MOST = 60


@dataclass(frozen=True)
class Plan:
    """What a person asks for. Fields that a kind does not need are left empty."""

    kind: str
    clause: str = ""
    text: str = ""
    bodies: list[dict[str, Any]] = field(default_factory=list)
    parent: str = ""
    after: str = ""
    when: dict[str, Any] | None = None
    to_period: str = ""
    proposer: str = ""
    reason: str = ""
    approver: str = ""
    approved_on: dt.date | None = None
    document_ref: str = ""


@transaction.atomic
def plan(
    programme: Programme, asked: Plan, *, actor: Person, now: dt.datetime, op: uuid.UUID | None = None
) -> AmendmentChange:
    """Plan one more change; it joins the draft of the notice where there is one.

    ``op`` is made with the form: sending it twice does nothing twice. Effects: the row, the words of the
    draft notice, one entry. Raises OperationError with a sentence and changes nothing.
    """
    notice = _writable(programme)
    known = AmendmentChange.objects.filter(public_id=op, programme=programme.pk).first() if op else None
    if known is not None:
        return known
    last = AmendmentChange.objects.filter(programme=programme.pk).aggregate(top=Max("position"))["top"] or 0
    if len(texts.being_written(programme)) >= MOST:
        raise OperationError(_("Một thông báo có nhiều nhất %(n)s thay đổi.") % {"n": MOST})
    change = AmendmentChange(
        public_id=op or uuid.uuid4(),
        programme=programme,
        notice=notice,
        position=last + 1,
        created_by=actor,
        created_at=now,
    )
    _fill(change, asked, texts.intended(programme), now)
    change.save(force_insert=True)
    history.log(programme, "programme.change_planned", actor=actor, now=now, note=str(change)[:300])
    drafting.follow(programme, now=now)
    return change


@transaction.atomic
def edit(change: AmendmentChange, asked: Plan, *, actor: Person, now: dt.datetime) -> AmendmentChange:
    """Put a change right while its notice is no more than a draft. The same again changes nothing."""
    programme = change.programme
    _writable(programme)
    row = _open(change)
    before = _state(row)
    _fill(row, asked, texts.intended(programme, without=row), now)
    if _state(row) == before:
        return row
    row.save()
    history.log(programme, "programme.change_edited", actor=actor, now=now, note=str(row)[:300])
    drafting.follow(programme, now=now)
    return row


@transaction.atomic
def remove(change: AmendmentChange, *, actor: Person, now: dt.datetime) -> None:
    """Drop a change while its notice is no more than a draft."""
    programme = change.programme
    _writable(programme)
    row = _open(change)
    needed = AmendmentChange.objects.filter(programme=programme.pk, clause_key=str(row.public_id))
    if row.kind == Kind.ADD and needed.exists():
        raise OperationError(
            _("Một thay đổi khác nói về nội dung được bổ sung này. Hãy bỏ thay đổi đó trước.")
        )
    if row.notice is not None and row.notice.changes.count() == 1:
        raise OperationError(
            _("Đây là thay đổi cuối cùng của thông báo. Muốn thôi điều chỉnh thì bỏ cả dự thảo thông báo.")
        )
    history.log(programme, "programme.change_removed", actor=actor, now=now, note=str(row)[:300])
    row.delete()
    drafting.follow(programme, now=now)


def refusal(programme: Programme, notice: AmendmentNotice | None) -> str:
    """Why nothing can be planned now, as a sentence; "" when it can."""
    if not programme.is_in_force:
        return _("Chương trình đang ở trạng thái “%(state)s”: chỉ điều chỉnh chương trình đã ban hành.") % {
            "state": programme.get_state_display()
        }
    if notice is not None and not notice.is_draft:
        return _(
            "Thông báo điều chỉnh đang ở trạng thái “%(state)s”. Hãy rút về để sửa, hoặc chờ ban hành xong."
        ) % {"state": notice.get_state_display()}
    return ""


def _writable(programme: Programme) -> AmendmentNotice | None:
    """The draft that changes go into (None: none yet), the programme held until the transaction ends."""
    programme.state = locked(programme).state
    notice = texts.open_notice(programme)
    if notice is not None:
        notice.state = locked(notice).state
    if sentence := refusal(programme, notice):
        raise OperationError(sentence)
    return notice


def _open(change: AmendmentChange) -> AmendmentChange:
    """The row as it is now, still open."""
    rows = AmendmentChange.objects.filter(pk=change.pk).select_related("notice", "programme")
    row = rows.first()
    if row is None:
        raise OperationError(_("Thay đổi này không còn. Hãy tải lại trang."))
    if row.notice is not None and row.notice.state != Document.State.DRAFT:
        raise OperationError(_("Thay đổi này đã vào thông báo được trình hoặc ban hành, không sửa được."))
    return row


def _state(change: AmendmentChange) -> dict[str, Any]:
    return {name: value for name, value in vars(change).items() if not name.startswith("_")}


def _fill(change: AmendmentChange, asked: Plan, sheet: Sheet, now: dt.datetime) -> None:
    """Write what is asked into the row, checked against the text that it will change."""
    for name in ("proposer", "reason", "approver", "document_ref"):
        setattr(change, name, getattr(asked, name).strip())
    if not (change.proposer and change.reason and change.approver and asked.approved_on):
        raise OperationError(_("Hãy ghi cơ quan đề nghị, lý do, người đồng ý và ngày đồng ý."))
    if asked.approved_on > timezone.localdate(now):
        raise OperationError(_("Ngày đồng ý không thể sau hôm nay."))
    change.approved_on = asked.approved_on
    match = Directory(timezone.localdate(now)).find(change.proposer)
    change.proposer_agency_id = match.agency_id if match and match.sure else None
    change.kind = asked.kind
    change.clause_key = change.place_parent = change.place_after = change.to_period = ""
    change.before_text = change.after_text = ""
    change.before_bodies, change.after_bodies, change.when = [], [], None
    if asked.kind == Kind.ADD:
        _added(change, asked, sheet)
        return
    node = sheet.find(asked.clause)
    change.clause_key = node.key
    change.before_text = change.after_text = node.text
    change.before_bodies = change.after_bodies = node.bodies
    _CHECKS[Kind(asked.kind)](change, asked, node, sheet, now)


def _added(change: AmendmentChange, asked: Plan, sheet: Sheet) -> None:
    if not asked.text:
        raise OperationError(_("Hãy ghi nội dung bổ sung."))
    parent = sheet.find(asked.parent) if asked.parent else None
    after = sheet.find(asked.after) if asked.after else None
    if after is not None and after.parent is not parent:
        raise OperationError(_("Mục đứng trước phải nằm trong cùng mục trên. Hãy chọn lại chỗ đặt."))
    change.after_text, change.after_bodies = asked.text, asked.bodies
    change.place_parent, change.place_after = asked.parent, asked.after


def _edited(change: AmendmentChange, asked: Plan, node: Node, _sheet: Sheet, _now: dt.datetime) -> None:
    if not asked.text:
        raise OperationError(_("Hãy ghi lời mới. Muốn bỏ nội dung thì chọn “Rút”."))
    if asked.text == node.text:
        raise OperationError(_("Lời mới giống lời cũ: chưa có gì thay đổi."))
    if node.table is not None:
        raise OperationError(_("Mục này có bảng: hãy bổ sung một mục mới và rút mục này."))
    change.after_text = asked.text


def _postponed(change: AmendmentChange, asked: Plan, node: Node, sheet: Sheet, now: dt.datetime) -> None:
    if not node.is_meeting:
        _to_another(change, asked, node, sheet)
        return
    try:
        when = from_data(asked.when or {})
    except (AttributeError, KeyError, TypeError, ValueError, OverflowError):
        raise OperationError(_("Ngày hoặc giờ không có thật. Hãy kiểm tra lại.")) from None
    if when.date is None and when.recurrence is None and not asked.when:
        raise OperationError(_("Hãy chọn ngày mới của hội nghị."))
    if when.date is not None and when.date < timezone.localdate(now):
        raise OperationError(_("Ngày %(day)s đã qua.") % {"day": short(when.date)})
    year = change.programme.period_year
    text, found = phrases.rephrase(node.text, when, year), phrases.find(node.text, year)
    if text == node.text or (found is not None and found.when == when):
        raise OperationError(_("Hội nghị đã ở ngày này: chưa có gì thay đổi."))
    change.after_text, change.when = text, as_data(when)


def _to_another(change: AmendmentChange, asked: Plan, node: Node, sheet: Sheet) -> None:
    if node.parent is None or not node.parent.is_meeting:
        raise OperationError(
            _("Chỉ lùi được hội nghị hoặc nội dung của một hội nghị. Việc khác thì chọn “Chuyển kỳ”.")
        )
    target = sheet.find(asked.parent) if asked.parent else None
    if target is None or not target.is_meeting:
        raise OperationError(_("Hãy chọn hội nghị sẽ xem xét nội dung này."))
    if target is node.parent:
        raise OperationError(_("Nội dung này đang ở hội nghị đó: chưa có gì thay đổi."))
    change.place_parent = target.key


def _carried(change: AmendmentChange, asked: Plan, _node: Node, _sheet: Sheet, _now: dt.datetime) -> None:
    if not asked.to_period.strip():
        raise OperationError(_("Hãy ghi kỳ sẽ chuyển sang."))
    change.to_period = asked.to_period.strip()[:60]


def _withdrawn(change: AmendmentChange, _asked: Plan, _node: Node, _sheet: Sheet, _now: dt.datetime) -> None:
    change.after_text, change.after_bodies = "", []


def _reassigned(change: AmendmentChange, asked: Plan, node: Node, _sheet: Sheet, _now: dt.datetime) -> None:
    if not any(body["lead"] for body in asked.bodies):
        raise OperationError(_("Hãy ghi cơ quan chủ trì mới."))
    if asked.bodies == node.bodies:
        raise OperationError(_("Cơ quan chuẩn bị không đổi: chưa có gì thay đổi."))
    change.after_bodies = asked.bodies


_CHECKS = {
    Kind.EDIT: _edited,
    Kind.POSTPONE: _postponed,
    Kind.CARRY: _carried,
    Kind.WITHDRAW: _withdrawn,
    Kind.BODIES: _reassigned,
}
