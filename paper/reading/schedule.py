"""Weekly schedules that stand in a table: one row, or one half of a day, per meeting.

The header row tells the columns: the day ("Ngày", "Thứ"), the hour ("Thời gian", "Giờ"), the matter
("Nội dung"), or the halves of a day ("Sáng", "Chiều"). A day holds for the rows below it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from paper import when
from paper.value import Table
from paper.when import PartOfDay, When

_ROLES = (
    ("day", re.compile(r"(?:thứ|ngày)(?!\w)", re.I)),
    ("time", re.compile(r"(?:thời gian|giờ|thời điểm)(?!\w)", re.I)),
    ("matter", re.compile(r"(?:nội dung|công việc|hoạt động)(?!\w)", re.I)),
    ("morning", re.compile(r"(?:buổi )?sáng(?!\w)", re.I)),
    ("afternoon", re.compile(r"(?:buổi )?chiều(?!\w)", re.I)),
)


def entries(table: Table, year: int | None) -> Iterator[tuple[str, When]]:
    """The matters of a schedule with their time, in the order of the rows."""
    if not table.rows:
        return
    roles = _roles(table.rows[0])
    if not {"matter", "morning", "afternoon"} & set(roles.values()):
        return
    day = When()
    part: PartOfDay | None = None
    for row in table.rows[1:]:
        here = When()
        for i, cell in enumerate(row):
            role = roles.get(i)
            if role == "day" and (found := when.find(cell, year)):
                if found.when.date:
                    day, part = found.when, None
                elif found.when.part_of_day:
                    part = found.when.part_of_day
            elif role == "time" and (found := when.find(cell, year)):
                here = found.when
                part = here.part_of_day or part
        for i, cell in enumerate(row):
            role = roles.get(i)
            if not cell.strip() or role not in ("matter", "morning", "afternoon"):
                continue
            half = PartOfDay(role) if role != "matter" else part
            yield _entry(cell, replace(day, part_of_day=half, time=here.time), year)


def _roles(header: tuple[str, ...]) -> dict[int, str]:
    roles: dict[int, str] = {}
    for i, cell in enumerate(header):
        for role, pattern in _ROLES:
            if pattern.match(cell.strip()) and role not in roles.values():
                roles[i] = role
                break
    return roles


def _entry(cell: str, at: When, year: int | None) -> tuple[str, When]:
    """A cell that opens with its own hour ("8h00: Họp …") keeps the day of its row."""
    found = when.find(cell, year)
    if found and found.start <= 2 and (found.when.time or found.when.part_of_day) and found.when.date is None:
        at = replace(
            at, time=found.when.time or at.time, part_of_day=found.when.part_of_day or at.part_of_day
        )
        cell = cell[found.end :]
    return cell.strip(" :;,.-–"), at
