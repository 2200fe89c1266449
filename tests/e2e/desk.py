"""What the editor's stories share: an office, a draft with a small text, and how the rows read."""

from __future__ import annotations

from typing import Any

from documents import services as documents
from documents.tree import Tree
from meetings import services as meetings
from programmes import services
from programmes.models import Programme
from programmes.periods import Period, PeriodType
from tests.office import NOW, Office

NOVEMBER = Period(2026, PeriodType.MONTH, 11)


def empty(desk: Office) -> Programme:
    """A new draft: one empty part."""
    return services.create_programme(issuing_body=desk.body, period=NOVEMBER, actor=desk.yen, now=NOW)


def small(desk: Office) -> Programme:
    """Two parts: two tasks; a meeting with three items, the first two prepared by one body."""
    programme = empty(desk)
    programme.clauses.all().delete()
    body = [{"name": "Phòng Kinh tế", "agency": desk.agency.pk, "lead": True}]
    documents.fill(
        programme,
        [
            row(None, "Nhiệm vụ trọng tâm", "I.", "heading"),
            row(0, "Tập trung thu ngân sách.", "1."),
            row(0, "Chuẩn bị đại hội chi bộ.", "1."),
            row(None, "Hội nghị Ban Thường vụ: Dự kiến ngày 26/11/2026 (thứ Năm)", "I.", "meeting"),
            row(3, "Báo cáo kinh tế - xã hội.", "1.", bodies=body),
            row(3, "Báo cáo đầu tư công.", "1.", bodies=body),
            row(3, "Công tác cán bộ.", "1."),
        ],
    )
    meetings.follow(programme, Tree.load(programme.pk), 2026)
    return programme


def row(
    parent: int | None, text: str, style: str, role: str = "paragraph", bodies: list[Any] | None = None
) -> dict[str, Any]:
    return {"parent": parent, "text": text, "style": style, "role": role, "bodies": bodies or []}


def printed(programme: Programme) -> list[str]:
    """The lines as the rows have them: level, label, text."""
    return [
        " " * line.depth + " ".join(filter(None, (line.label, line.clause.text)))
        for line in Tree.load(programme.pk).lines()
    ]
