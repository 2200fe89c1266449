"""Rooms and series of meetings of the living commune: what its two offices hold time after time."""

from __future__ import annotations

import datetime as dt
from typing import Any

from agencies.models import Agency, IssuingBody, Person
from meetings.models import Room, Series, SeriesAttendee

#: body: the room of its usual meetings (None for a shared one) and its name.
ROOMS = (("du-xa", "Phòng họp tầng 2 trụ sở Đảng ủy", 30), (None, "Hội trường xã", 200))

#: body, title, its days and times, chair, room, persons, agencies by their short names.
SERIES: tuple[tuple[str, str, dict[str, Any], str, str, tuple[str, ...], tuple[str, ...]], ...] = (
    (
        "du-xa",
        "Hội nghị Ban Thường vụ Đảng ủy",
        {
            "frequency": "monthly_weekday",
            "weekday": 2,
            "nth": 4,
            "starts_at": dt.time(7, 30),
            "ends_at": dt.time(11, 30),
            "registration_days": 10,
            "appraisal_days": 7,
            "documents_days": 5,
            "invitation_days": 3,
        },
        "quangson",
        "Phòng họp tầng 2 trụ sở Đảng ủy",
        ("quangson", "vanthinh", "vanchung"),
        ("Ủy ban Kiểm tra Đảng ủy", "Ban Xây dựng Đảng", "Ủy ban MTTQ Việt Nam xã"),
    ),
    (
        "du-xa",
        "Giao ban Thường trực Đảng ủy",
        {"frequency": "weekly", "weekday": 0, "part_of_day": "afternoon", "starts_at": dt.time(14)},
        "quangson",
        "Phòng họp tầng 2 trụ sở Đảng ủy",
        ("quangson", "vanthinh", "vanchung"),
        (),
    ),
    (
        "du-xa",
        "Giao ban khối nội chính",
        {
            "frequency": "monthly_weekday",
            "weekday": 1,
            "nth": 1,
            "part_of_day": "morning",
            "documents_days": 2,
            "invitation_days": 2,
        },
        "quangson",
        "Phòng họp tầng 2 trụ sở Đảng ủy",
        ("vanchung",),
        ("Công an xã", "Ban Chỉ huy Quân sự xã", "Ủy ban Kiểm tra Đảng ủy"),
    ),
    (
        "du-xa",
        "Đồng chí Bí thư Đảng ủy tiếp công dân",
        {"frequency": "monthly_weekday", "weekday": 3, "nth": 2, "part_of_day": "morning"},
        "quangson",
        "Hội trường xã",
        ("quangson", "vanchung"),
        ("Trung tâm Phục vụ hành chính công",),
    ),
    (
        "ub-xa",
        "Phiên họp UBND xã thường kỳ",
        {
            "frequency": "monthly_weekday",
            "weekday": 4,
            "nth": 3,
            "starts_at": dt.time(8),
            "ends_at": dt.time(11, 30),
            "registration_days": 7,
            "appraisal_days": 5,
            "documents_days": 3,
            "invitation_days": 3,
        },
        "vanthinh",
        "Hội trường xã",
        ("vanthinh", "ducthang"),
        ("Phòng Kinh tế", "Phòng Văn hóa - Xã hội", "Trung tâm Phục vụ hành chính công", "Công an xã"),
    ),
    (
        "ub-xa",
        "Chủ tịch và các Phó Chủ tịch UBND xã giao ban",
        {"frequency": "weekly", "weekday": 3, "part_of_day": "afternoon"},
        "vanthinh",
        "",
        ("vanthinh", "ducthang"),
        (),
    ),
)


def build(bodies: dict[str, IssuingBody]) -> None:
    """Write the rooms, and the series with their attendees. Do it before the programmes are read: a clause
    "chiều thứ Hai hằng tuần" then knows its series."""
    rooms = {
        name: Room.objects.create(issuing_body=bodies[body] if body else None, name=name, seats=seats)
        for body, name, seats in ROOMS
    }
    people = {person.username: person for person in Person.objects.all()}
    agencies = {agency.short_name: agency for agency in Agency.objects.filter(valid_to=None)}
    for body, title, days, chair, room, asked, present in SERIES:
        series = Series.objects.create(
            issuing_body=bodies[body], title=title, chair=people[chair], room=rooms.get(room), **days
        )
        SeriesAttendee.objects.bulk_create(
            [SeriesAttendee(series=series, person=people[name]) for name in asked]
            + [SeriesAttendee(series=series, agency=agencies[name]) for name in present]
        )
