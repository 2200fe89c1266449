"""What changed in the commune's programmes after they were issued: last month's notice went out, this
month's is being written."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils.timezone import localdate

from agencies.models import Membership, Person
from documents import issuing, reviewing
from documents.models import Clause, Decision, Document
from documents.reviewing.people import holders, open_turn
from meetings.models import Meeting
from programmes.amending import drafting, planning
from programmes.amending.planning import Plan
from programmes.models import AmendmentNotice, Programme


def build(last: Programme, this: Programme, *, actor: Person, now: dt.datetime) -> None:
    """Through the services that the office uses."""
    today = localdate(now)
    task = clause(last, "Nâng cao chất lượng hoạt động")
    plan(
        last,
        "edit",
        actor,
        now,
        clause=str(task.public_id),
        text=f"{task.text} Tổ chức tập huấn sử dụng chữ ký số cho cán bộ, công chức xã.",
        proposer="Trung tâm Phục vụ hành chính công",
        reason="thực hiện chỉ đạo mới của Tỉnh ủy",
    )
    issue(drafting.draw(last, actor=actor, now=now), actor=actor, today=today, now=now)
    meeting = Meeting.objects.filter(
        section__document=this.pk, title__startswith="Hội nghị Ban Thường vụ"
    ).get()
    assert meeting.section is not None
    plan(
        this,
        "add",
        actor,
        now,
        parent=str(meeting.section.public_id),
        text="Báo cáo kết quả phòng, chống thiên tai và khắc phục hậu quả mưa lũ.",
        bodies=[body_of("UBND xã")],
        proposer="UBND xã",
        reason="yêu cầu báo cáo đột xuất của Thường trực Tỉnh ủy",
    )
    plan(
        this,
        "carry",
        actor,
        now,
        clause=str(clause(this, "Sơ kết thực hiện Nghị quyết số 03").public_id),
        to_period=f"Chương trình công tác {this.period.next.words}",
        proposer="Ban Xây dựng Đảng",
        reason="chưa tổng hợp xong số liệu của các chi bộ",
    )
    drafting.draw(this, actor=actor, now=now)


def clause(programme: Programme, words: str) -> Clause:
    return Clause.objects.get(document=programme.pk, text__startswith=words)


def body_of(name: str) -> dict[str, Any]:
    """A preparing body as the programmes name it, with its agency."""
    rows = Clause.objects.exclude(bodies=[]).order_by("-pk").values_list("bodies", flat=True)
    return next(b for bodies in rows for b in bodies if b["name"] == name and b["lead"])


def plan(programme: Programme, kind: str, actor: Person, now: dt.datetime, **values: Any) -> None:
    asked = Plan(kind=kind, approver="Thường trực Đảng ủy", approved_on=localdate(now), **values)
    planning.plan(programme, asked, actor=actor, now=now)


def issue(notice: AmendmentNotice, *, actor: Person, today: dt.date, now: dt.datetime) -> None:
    """Through review and the register, as every paper."""
    reviewing.submit(notice, actor=actor, now=now)
    document = Document.objects.get(pk=notice.pk)
    while (turn := open_turn(document)) is not None:
        reviewing.decide(document, Decision.Choice.APPROVE, actor=holders(turn, today)[0], now=now)
    registrar = Membership.objects.on(today).get(
        role=Membership.Role.REGISTRAR, issuing_body=notice.issuing_body_id
    )
    issuing.issue(document, day=today, actor=registrar.person, now=now)
