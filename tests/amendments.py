"""Amendments for tests: changes planned as an office plans them, notices issued through the one door."""

from __future__ import annotations

import datetime as dt
from typing import Any

from documents import lifecycle
from documents import services as documents
from documents.models import Clause, Document
from documents.papers import paper_of
from paper.printing import pdf
from programmes.amending import drafting, planning
from programmes.amending.planning import Plan
from programmes.models import AmendmentChange, AmendmentNotice, Programme
from tests.factories import NOW, Town

WHY = {
    "proposer": "Phòng Kinh tế xã Tân Sơn",
    "reason": "chưa đủ số liệu",
    "approver": "Thường trực Đảng ủy",
    "approved_on": dt.date(2026, 11, 19),
}


def key(programme: Programme, text: str) -> str:
    """The id of the clause that starts with these words."""
    return str(Clause.objects.get(document=programme.pk, text__startswith=text).public_id)


def asked(kind: str, clause: str = "", **values: Any) -> Plan:
    return Plan(kind=kind, clause=clause, **{**WHY, **values})


def planned(town: Town, programme: Programme, kind: str, clause: str = "", **values: Any) -> AmendmentChange:
    return planning.plan(programme, asked(kind, clause, **values), actor=town.yen, now=NOW)


def drawn(town: Town, programme: Programme) -> AmendmentNotice:
    return drafting.draw(programme, actor=town.yen, now=NOW)


def issued_notice(town: Town, notice: AmendmentNotice, number: int = 15) -> AmendmentNotice:
    """The notice approved and issued with a number, its snapshot kept: what leads there is not what
    these tests are about."""
    Document.objects.filter(pk=notice.pk).update(state="approved", number=number, year=2026, month=11, day=20)
    row = Document.objects.get(pk=notice.pk)
    paper = paper_of(row)
    documents.keep(row, paper, pdf.render(paper, row.form), row.form, now=NOW)
    lifecycle.set_state(row, "issued", action="document.issue", actor=town.hoa, now=NOW)
    return AmendmentNotice.objects.get(pk=notice.pk)


def amended(town: Town, programme: Programme, number: int = 15) -> AmendmentNotice:
    """What is planned, drawn and issued."""
    return issued_notice(town, drawn(town, programme), number)
