"""Other appointments of the commune's leaders, this week and the next, relative to the first start."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from agencies.models import IssuingBody, Person
from lucngan.lib.workdays import DAY, WorkCalendar
from meetings import appointments
from meetings.appointments import Values


@dataclass(frozen=True)
class Plan:
    """One appointment: whose (login name), on which day of which week from now (0 this, 1 the next)."""

    leader: str
    week: int
    weekday: int
    part: str
    start: dt.time | None
    end: dt.time | None
    title: str
    chair: str
    with_whom: str
    place: str
    tentative: bool = False


MORNING, AFTERNOON = "morning", "afternoon"

PLANS = (
    Plan(
        "quangson", 0, 1, MORNING, dt.time(8), dt.time(11), "Dự hội nghị giao ban bí thư đảng ủy xã, phường",
        "Thường trực Tỉnh ủy", "Chánh Văn phòng Đảng ủy", "Hội trường Tỉnh ủy",
    ),
    Plan(
        "quangson", 0, 3, AFTERNOON, dt.time(14), None, "Kiểm tra tiến độ đường trục xã, làm việc với thôn",
        "Đ/c Giáp Quang Sơn", "Lãnh đạo UBND xã, Phòng Kinh tế", "Thôn Tân Thành",
    ),
    Plan(
        "quangson", 1, 2, MORNING, dt.time(7, 30), None, "Dự sinh hoạt chi bộ nơi cư trú",
        "Bí thư chi bộ", "", "Nhà văn hóa thôn Trại Cháy", tentative=True,
    ),
    Plan(
        "quangson", 1, 4, "", None, None, "Dự lớp bồi dưỡng cán bộ chủ chốt cấp xã",
        "Trường Chính trị tỉnh", "", "Trường Chính trị tỉnh",
    ),
    Plan(
        "vanthinh", 0, 2, MORNING, dt.time(8), dt.time(10), "Họp trực tuyến với UBND tỉnh về đầu tư công",
        "Lãnh đạo UBND tỉnh", "Phòng Kinh tế", "Điểm cầu UBND xã",
    ),
    Plan(
        "vanthinh", 0, 4, AFTERNOON, dt.time(14), dt.time(16), "Tiếp đoàn doanh nghiệp thu mua vải thiều",
        "Đ/c Chu Văn Thịnh", "Phòng Kinh tế, Hội Nông dân xã", "Phòng tiếp khách UBND xã",
    ),
    Plan(
        "vanthinh", 1, 1, MORNING, dt.time(8), None, "Đối thoại với Nhân dân về giải phóng mặt bằng",
        "Đ/c Chu Văn Thịnh", "Ban Chỉ huy Quân sự xã, Công an xã", "Nhà văn hóa thôn Nam Sơn",
    ),
)  # fmt: skip

#: Whose office keeps whose appointments: leader → (key of the body, login name of the drafter).
KEPT_BY = {"quangson": ("du-xa", "thuha"), "vanthinh": ("ub-xa", "ngocbich")}


def build(bodies: dict[str, IssuingBody], today: dt.date, now: dt.datetime, off: frozenset[dt.date]) -> int:
    """Write the appointments down as the offices would; one that would fall on a day off comes the next
    working day. Returns how many."""
    monday, calendar = today - today.weekday() * DAY, WorkCalendar(off=off)
    people = {person.username: person for person in Person.objects.filter(username__in=_names())}
    for plan in PLANS:
        key, drafter = KEPT_BY[plan.leader]
        values = Values(
            on=calendar.nearest(monday + (7 * plan.week + plan.weekday) * DAY, 1),
            title=plan.title,
            part_of_day="" if plan.start else plan.part,
            starts_at=plan.start,
            ends_at=plan.end,
            chaired_by=plan.chair,
            attendees_text=plan.with_whom,
            place=plan.place,
            tentative=plan.tentative,
        )
        appointments.add(bodies[key], values, [people[plan.leader]], actor=people[drafter], now=now)
    return len(PLANS)


def _names() -> set[str]:
    return {*KEPT_BY, *(drafter for _key, drafter in KEPT_BY.values())}
