"""A small office for tests: one party body, one State body, and people with names."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from agencies.models import Agency, IssuingBody, Membership, Person

SINCE = dt.date(2020, 1, 1)
NOW = dt.datetime(2026, 10, 20, 9, 30, tzinfo=dt.timezone(dt.timedelta(hours=7)))


@dataclass(frozen=True)
class Office:
    """Chị Yến drafts, anh Chung leads the office, chị Hoa keeps the register, anh Sơn leads; anh
    Bình answers for an agency, chị Mai for another that must see nothing."""

    body: IssuingBody
    other: IssuingBody
    yen: Person
    chung: Person
    hoa: Person
    son: Person
    binh: Person
    mai: Person
    agency: Agency
    stranger: Agency


def person(username: str, name: str) -> Person:
    return Person.objects.create(username=username, full_name=name, email=f"{username}@example.vn")


def office() -> Office:
    """Everything above, saved."""
    committee = Agency.objects.create(kind="party", name="Đảng ủy xã Tân Sơn", short_name="Đảng ủy xã")
    council = Agency.objects.create(kind="state", name="Ủy ban nhân dân xã Tân Sơn", short_name="UBND xã")
    agency = Agency.objects.create(kind="state", name="Phòng Kinh tế xã Tân Sơn", short_name="Phòng Kinh tế")
    stranger = Agency.objects.create(
        kind="front", name="Hội Nông dân xã Tân Sơn", short_name="Hội Nông dân xã"
    )
    body = IssuingBody.objects.create(
        agency=committee,
        regime="party",
        superior_lines="ĐẢNG BỘ TỈNH BẮC NINH",
        letterhead_lines="ĐẢNG ỦY XÃ TÂN SƠN",
        symbol="ĐU",
        place="Tân Sơn",
        signing_authority="T/L BAN THƯỜNG VỤ",
        signing_position="CHÁNH VĂN PHÒNG",
        default_recipients=[
            {"text": "Thường trực Tỉnh ủy", "purpose": "báo cáo"},
            {"text": "Lưu Văn phòng Đảng ủy"},
        ],
    )
    other = IssuingBody.objects.create(
        agency=council,
        regime="state",
        letterhead_lines="ỦY BAN NHÂN DÂN\nXÃ TÂN SƠN",
        symbol="UBND",
        place="Tân Sơn",
        signing_authority="TL. CHỦ TỊCH",
        signing_position="CHÁNH VĂN PHÒNG",
        subject_phrase="của UBND xã",
    )
    people = {
        "yen": person("yen", "Nguyễn Thị Hải Yến"),
        "chung": person("chung", "Vi Văn Chung"),
        "hoa": person("hoa", "Lê Thị Hoa"),
        "son": person("son", "Giáp Văn Sơn"),
        "binh": person("binh", "Trần Văn Bình"),
        "mai": person("mai", "Hoàng Thị Mai"),
    }
    for key, role in (("yen", "drafter"), ("chung", "chief"), ("hoa", "registrar"), ("son", "leader")):
        Membership.objects.create(person=people[key], role=role, issuing_body=body, since=SINCE)
    Membership.objects.create(person=people["binh"], role="officer", agency=agency, since=SINCE)
    Membership.objects.create(person=people["mai"], role="officer", agency=stranger, since=SINCE)
    return Office(body=body, other=other, agency=agency, stranger=stranger, **people)
