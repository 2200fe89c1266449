"""Bodies, agencies and people of the demonstration. The people are invented."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from agencies.models import (
    Agency,
    AgencyAlias,
    AgencySuccession,
    IssuingBody,
    Membership,
    Person,
    Term,
)

#: Every demonstration account has this password; printed at the start, for trying out only.
PASSWORD = "lucngan-dung-thu"  # noqa: S105  shown to everybody, for trying out only
TWO_TIER = dt.date(2025, 7, 1)
PARTY_STYLES = ["I.", "1.", "a)", "-", "+"]
STATE_STYLES = ["I.", "1.", "1.1.", "a)", "-"]


@dataclass(frozen=True)
class Account:
    """One demonstration account."""

    username: str
    name: str
    position: str
    role: str
    place: str
    """Key of the issuing body or agency below; empty for the administrator."""


ACCOUNTS = (
    Account("thuha", "Nguyễn Thị Thu Hà", "Chuyên viên Văn phòng Đảng ủy", "drafter", "du-xa"),
    Account("vanchung", "Vi Văn Chung", "Chánh Văn phòng Đảng ủy", "chief", "du-xa"),
    Account("lananh", "Trần Lan Anh", "Văn thư Văn phòng Đảng ủy", "registrar", "du-xa"),
    Account("quangson", "Giáp Quang Sơn", "Bí thư Đảng ủy xã", "leader", "du-xa"),
    Account("thanhhuong", "Bùi Thanh Hương", "Phó Bí thư Đảng ủy xã", "leader", "du-xa"),
    Account("ngocbich", "Lê Ngọc Bích", "Chuyên viên Văn phòng HĐND và UBND xã", "drafter", "ub-xa"),
    Account("ngocbich", "Lê Ngọc Bích", "", "officer", "ub-xa"),
    Account("ducthang", "Hoàng Đức Thắng", "Chánh Văn phòng HĐND và UBND xã", "chief", "ub-xa"),
    Account("kimoanh", "Trịnh Kim Oanh", "Văn thư Văn phòng HĐND và UBND xã", "registrar", "ub-xa"),
    Account("vanthinh", "Chu Văn Thịnh", "Chủ tịch UBND xã", "leader", "ub-xa"),
    Account("kinhte", "Phạm Minh Tuấn", "Đầu mối Phòng Kinh tế xã", "officer", "kinh-te"),
    Account("vanhoa", "Đặng Thu Trang", "Đầu mối Phòng Văn hóa - Xã hội xã", "officer", "van-hoa"),
    Account(
        "haiyen",
        "Nguyễn Thị Hải Yến",
        "Chuyên viên Văn phòng Huyện ủy (lưu trữ 2023)",
        "drafter",
        "hu-luc-ngan",
    ),
    Account("haiyen", "Nguyễn Thị Hải Yến", "", "drafter", "hu-tan-yen"),
    Account(
        "minhduc",
        "Lương Minh Đức",
        "Chuyên viên Văn phòng UBND huyện (lưu trữ 2023)",
        "drafter",
        "ub-luc-ngan",
    ),
    Account("quantri", "Ngô Thế Vinh", "Quản trị hệ thống", "administrator", ""),
)

#: key: (kind, full name, short name, aliases)
COMMUNE = {
    "du-xa": ("party", "Đảng ủy xã Lục Ngạn", "Đảng ủy xã", ["Đảng uỷ xã Lục Ngạn", "Đảng uỷ xã"]),
    "ub-xa": ("state", "Ủy ban nhân dân xã Lục Ngạn", "UBND xã", ["UBND xã Lục Ngạn"]),
    "vp-du": (
        "party",
        "Văn phòng Đảng ủy xã Lục Ngạn",
        "Văn phòng Đảng ủy",
        ["Văn phòng Đảng uỷ", "VP Đảng ủy"],
    ),
    "ubkt": ("party", "Ủy ban Kiểm tra Đảng ủy xã Lục Ngạn", "Ủy ban Kiểm tra Đảng ủy", ["UBKT Đảng ủy"]),
    "bxd": ("party", "Ban Xây dựng Đảng xã Lục Ngạn", "Ban Xây dựng Đảng", ["Ban XDĐ"]),
    "vp-ub": (
        "state",
        "Văn phòng Hội đồng nhân dân và Ủy ban nhân dân xã Lục Ngạn",
        "Văn phòng HĐND và UBND xã",
        ["Văn phòng HĐND&UBND xã", "VP HĐND và UBND xã"],
    ),
    "kinh-te": ("state", "Phòng Kinh tế xã Lục Ngạn", "Phòng Kinh tế", ["Phòng Kinh tế xã"]),
    "van-hoa": ("state", "Phòng Văn hóa - Xã hội xã Lục Ngạn", "Phòng Văn hóa - Xã hội", ["Phòng VH-XH"]),
    "hcc": (
        "state",
        "Trung tâm Phục vụ hành chính công xã Lục Ngạn",
        "Trung tâm Phục vụ hành chính công",
        ["TT PVHCC"],
    ),
    "cong-an": ("justice", "Công an xã Lục Ngạn", "Công an xã", []),
    "quan-su": ("justice", "Ban Chỉ huy Quân sự xã Lục Ngạn", "Ban Chỉ huy Quân sự xã", ["BCHQS xã"]),
    "mttq": (
        "front",
        "Ủy ban Mặt trận Tổ quốc Việt Nam xã Lục Ngạn",
        "Ủy ban MTTQ Việt Nam xã",
        ["UB MTTQ xã", "Ủy ban MTTQ xã"],
    ),
    "nong-dan": ("front", "Hội Nông dân xã Lục Ngạn", "Hội Nông dân xã", []),
}

DISTRICT = {
    "hu-luc-ngan": ("party", "Huyện ủy Lục Ngạn", "Huyện ủy", ["Huyện uỷ Lục Ngạn"]),
    "ub-luc-ngan": ("state", "Ủy ban nhân dân huyện Lục Ngạn", "UBND huyện", ["UBND huyện Lục Ngạn"]),
    "nd-huyen": ("front", "Hội Nông dân huyện Lục Ngạn", "Hội Nông dân huyện", []),
    "dan-van": ("party", "Ban Dân vận Huyện ủy Lục Ngạn", "Ban Dân vận Huyện ủy", []),
    "vp-hu": ("party", "Văn phòng Huyện ủy Lục Ngạn", "Văn phòng Huyện ủy", []),
    "vp-ub-huyen": (
        "state",
        "Văn phòng Hội đồng nhân dân và Ủy ban nhân dân huyện Lục Ngạn",
        "Văn phòng HĐND và UBND huyện",
        ["Văn phòng HĐND&UBND huyện"],
    ),
    "tckh": (
        "state",
        "Phòng Tài chính - Kế hoạch huyện Lục Ngạn",
        "Phòng Tài chính - KH",
        ["Phòng TC-KH", "Phòng Tài chính - Kế hoạch"],
    ),
    "kt-ht": (
        "state",
        "Phòng Kinh tế và Hạ tầng huyện Lục Ngạn",
        "Phòng Kinh tế và Hạ tầng",
        ["Phòng KT&HT"],
    ),
    "nn": (
        "state",
        "Phòng Nông nghiệp và Phát triển nông thôn huyện Lục Ngạn",
        "Phòng Nông nghiệp và PTNT",
        [],
    ),
    "noi-vu": ("state", "Phòng Nội vụ huyện Lục Ngạn", "Phòng Nội vụ", []),
    "hu-tan-yen": ("party", "Huyện ủy Tân Yên", "Huyện ủy Tân Yên", []),
}


def build() -> dict[str, IssuingBody]:
    """Agencies, issuing bodies, terms and people; returns the issuing bodies by key."""
    agencies = _agencies()
    bodies = _bodies(agencies)
    for account in ACCOUNTS:
        _account(account, bodies, agencies)
    return bodies


def _agencies() -> dict[str, Agency]:
    made: dict[str, Agency] = {}
    for group, since, until in ((COMMUNE, TWO_TIER, None), (DISTRICT, None, dt.date(2025, 6, 30))):
        for key, (kind, name, short, aliases) in group.items():
            made[key] = Agency.objects.create(
                kind=kind, name=name, short_name=short, valid_from=since, valid_to=until
            )
            for text in aliases:
                AgencyAlias.objects.create(agency=made[key], text=text)
    for old, new in (("hu-luc-ngan", "du-xa"), ("ub-luc-ngan", "ub-xa")):
        AgencySuccession.objects.create(
            old=made[old], new=made[new], type="abolished", on=TWO_TIER, act="Nghị quyết số 203/2025/QH15"
        )
    return made


def _bodies(agencies: dict[str, Agency]) -> dict[str, IssuingBody]:
    party = {"regime": "party", "label_styles": PARTY_STYLES, "signing_position": "CHÁNH VĂN PHÒNG"}
    state = {"regime": "state", "label_styles": STATE_STYLES, "signing_position": "CHÁNH VĂN PHÒNG"}
    by_committee = {"deciding_body": "Ban Thường vụ", "signing_authority": "T/L BAN THƯỜNG VỤ"}
    by_chair = {"deciding_body": "Ủy ban nhân dân", "signing_authority": "TL. CHỦ TỊCH"}
    rows: dict[str, dict[str, Any]] = {
        "du-xa": {
            **party,
            **by_committee,
            "superior_lines": "ĐẢNG BỘ TỈNH BẮC NINH",
            "letterhead_lines": "ĐẢNG ỦY XÃ LỤC NGẠN",
            "symbol": "ĐU",
            "place": "Lục Ngạn",
            "signing_name": "Vi Văn Chung",
            "default_recipients": _recipients(
                ("Thường trực Tỉnh ủy", "báo cáo"),
                ("Văn phòng Tỉnh ủy", "báo cáo"),
                ("Các đồng chí ủy viên Ban Chấp hành Đảng bộ xã", ""),
                ("Thường trực HĐND, lãnh đạo UBND xã", ""),
                ("Ủy ban MTTQ Việt Nam xã", ""),
                ("Các cơ quan tham mưu, giúp việc Đảng ủy", ""),
                ("Các chi bộ, đảng bộ trực thuộc", ""),
                ("Lưu Văn phòng Đảng ủy", ""),
            ),
        },
        "ub-xa": {
            **state,
            **by_chair,
            "letterhead_lines": "ỦY BAN NHÂN DÂN\nXÃ LỤC NGẠN",
            "symbol": "UBND",
            "place": "Lục Ngạn",
            "subject_phrase": "của UBND xã",
            "signing_name": "Hoàng Đức Thắng",
            "default_recipients": _recipients(
                ("Văn phòng UBND tỉnh", "báo cáo"),
                ("Thường trực Đảng ủy, Thường trực HĐND xã", "báo cáo"),
                ("Chủ tịch, các Phó Chủ tịch UBND xã", ""),
                ("Ủy ban MTTQ Việt Nam xã", ""),
                ("Các cơ quan, đơn vị thuộc UBND xã", ""),
                ("Trưởng các thôn, tổ dân phố", ""),
                ("Lưu: VT", ""),
            ),
        },
        "hu-luc-ngan": {
            **party,
            **by_committee,
            "superior_lines": "ĐẢNG BỘ TỈNH BẮC GIANG",
            "letterhead_lines": "HUYỆN ỦY LỤC NGẠN",
            "symbol": "HU",
            "place": "Lục Ngạn",
            "active": False,
        },
        "hu-tan-yen": {
            **party,
            **by_committee,
            "superior_lines": "ĐẢNG BỘ TỈNH BẮC GIANG",
            "letterhead_lines": "HUYỆN ỦY TÂN YÊN",
            "symbol": "HU",
            "place": "Tân Yên",
            "active": False,
        },
        "ub-luc-ngan": {
            **state,
            **by_chair,
            "letterhead_lines": "ỦY BAN NHÂN DÂN\nHUYỆN LỤC NGẠN",
            "symbol": "UBND",
            "place": "Lục Ngạn",
            "subject_phrase": "của UBND huyện",
            "active": False,
        },
    }
    made = {key: IssuingBody.objects.create(agency=agencies[key], **values) for key, values in rows.items()}
    Term.objects.create(issuing_body=made["du-xa"], name="2025-2030", since=dt.date(2025, 7, 1))
    Term.objects.create(
        issuing_body=made["hu-luc-ngan"],
        name="2020-2025",
        since=dt.date(2020, 8, 1),
        until=dt.date(2025, 6, 30),
    )
    return made


def _recipients(*rows: tuple[str, str]) -> list[dict[str, str]]:
    return [{"text": text, "purpose": purpose} for text, purpose in rows]


def _account(account: Account, bodies: dict[str, IssuingBody], agencies: dict[str, Agency]) -> None:
    person, new = Person.objects.get_or_create(
        username=account.username,
        defaults={
            "full_name": account.name,
            "position": account.position,
            "email": f"{account.username}@lucngan.example",
            "is_staff": account.role == "administrator",
            "is_superuser": account.role == "administrator",
        },
    )
    if new:
        person.set_password(PASSWORD)
        person.save(update_fields=["password"])
    Membership.objects.create(
        person=person,
        role=account.role,
        issuing_body=bodies.get(account.place) if account.role != "officer" else None,
        agency=agencies[account.place] if account.role == "officer" else None,
        since=dt.date(2020, 1, 1) if account.place in DISTRICT else TWO_TIER,
    )
