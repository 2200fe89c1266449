"""A programme on its way through review: one agreed, one asked, one remark and one proposal."""

from __future__ import annotations

import datetime as dt

from agencies.models import Person
from documents import reviewing
from documents.models import Clause, Document
from programmes.models import Programme


def build(programme: Programme, *, now: dt.datetime) -> None:
    """Submit next month's programme of the people's committee; the chief of its office has agreed and
    proposed other words for one item, the chairman is asked."""
    document = Document.objects.get(pk=programme.pk)
    drafter, chief = (Person.objects.get(username=name) for name in ("ngocbich", "ducthang"))
    reviewing.submit(document, actor=drafter, now=now, note="Kính trình lãnh đạo xem xét.")
    first, second = Clause.objects.filter(document=document, role=Clause.Role.PARAGRAPH).order_by("pk")[:2]
    reviewing.remark(
        document, first.public_id, text="Nêu rõ đơn vị chủ trì.", proposal="", actor=chief, now=now
    )
    words = second.text.rstrip(".;") + ", báo cáo kết quả trước ngày 25."
    reviewing.remark(document, second.public_id, text="", proposal=words, actor=chief, now=now)
    reviewing.decide(document, "approve", actor=chief, now=now, note="Nhất trí trình Chủ tịch.")
