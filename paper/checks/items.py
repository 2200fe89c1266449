"""Agenda items and the notes that say who prepares them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from paper import notes
from paper.checks.finding import N_, Finding, Severity
from paper.checks.material import Material, rows
from paper.checks.registry import checks
from paper.value import Role

#: What stands at the end of an agenda for whatever comes: nobody prepares it.
_OTHERS = re.compile(r"(?:(?:các|một số) )?(?:nội dung|việc|vấn đề) (?:khác|phát sinh)", re.I)


def _number(label: str | None) -> int | None:
    found = re.search(r"(\d+)\D*$", label or "")
    return int(found[1]) if found else None


@checks("note.unknown", N_("Ghi chú chuẩn bị nêu đúng nội dung"), Severity.REFUSE)
def unknown(m: Material) -> Iterator[Finding]:
    """E26: a range names items that do not stand beside the note."""
    for _path, siblings in rows(m):
        beside = {n for each in siblings if each.clause and (n := _number(each.clause.label))}
        for each in siblings:
            if each.clause is None or each.clause.role is not Role.NOTE:
                continue
            found = notes.parse(each.text)
            missing = [n for n in (found[1] if found else []) if n not in beside]
            if missing:
                yield each.whole(
                    N_("Ghi chú chuẩn bị nêu nội dung %(numbers)s không có trong mục này."),
                    numbers=", ".join(map(str, missing)),
                )


@checks("note.twice", N_("Mỗi nội dung một cơ quan chủ trì"), Severity.WARN)
def twice(m: Material) -> Iterator[Finding]:
    """Two notes give one item to different bodies (rule 5: exactly one lead)."""
    for _path, siblings in rows(m):
        given: dict[int, tuple[str, ...]] = {}
        for each in siblings:
            found = notes.parse(each.text) if each.clause and each.clause.role is Role.NOTE else None
            for n in found[1] if found else []:
                lead = found[0].lead if found else ()
                if n in given and given[n] != lead:
                    yield each.whole(
                        N_("Nội dung %(n)s được giao hai lần: %(one)s và %(two)s."),
                        n=str(n),
                        one=", ".join(given[n]),
                        two=", ".join(lead),
                    )
                given.setdefault(n, lead)


@checks("item.unassigned", N_("Nội dung họp có cơ quan chuẩn bị"), Severity.WARN)
def unassigned(m: Material) -> Iterator[Finding]:
    """E26: an item without a body in a meeting whose other items have one."""
    for meeting in m.meetings:
        if not any(item.preparing.lead for item in meeting.items):
            continue
        for item in meeting.items:
            if not item.preparing.lead and not _OTHERS.match(item.text):
                yield m.passage(item.path).whole(N_("Nội dung họp chưa có cơ quan chuẩn bị."))
