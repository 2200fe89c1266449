"""The left column of a letterhead: superior and issuing body from the lines of names.

``paper-json.md``: with a superior of the same column the lower body is the issuer; a name broken
over two lines ("ỦY BAN NHÂN DÂN" / "HUYỆN LỤC NGẠN") is one issuer and has no superior.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

_HEAD = re.compile(
    r"(?:ỦY BAN|UỶ BAN|UBND|UBMTTQ|UB MTTQ|HĐND|HỘI ĐỒNG|ĐẢNG BỘ|ĐẢNG ỦY|ĐẢNG UỶ|HUYỆN ỦY|HUYỆN UỶ|"
    r"TỈNH ỦY|TỈNH UỶ|THÀNH ỦY|THÀNH UỶ|"
    r"QUẬN ỦY|QUẬN UỶ|THỊ ỦY|THỊ UỶ|BAN|SỞ|BỘ|CỤC|TỔNG CỤC|CHI CỤC|VĂN PHÒNG|PHÒNG|TRUNG TÂM|VIỆN|"
    r"TRƯỜNG|HỌC VIỆN|CÔNG AN|HỘI|LIÊN ĐOÀN|"
    r"ĐOÀN|MẶT TRẬN|TÒA ÁN|TOÀ ÁN|THANH TRA|KHO BẠC|NGÂN HÀNG|TẬP ĐOÀN|TỔNG CÔNG TY|CÔNG TY|CHI BỘ|"
    r"THƯỜNG TRỰC|TỔ|CHÍNH PHỦ|THỦ TƯỚNG|"
    r"QUỐC HỘI|BẢO HIỂM|THUẾ|HẢI QUAN|BCH|BTV|BCĐ|THÀNH ĐOÀN|TỈNH ĐOÀN|HUYỆN ĐOÀN|QUÂN KHU|BỆNH VIỆN|TRẠM|"
    r"ĐÀI|BÁO|ỦY BAN MTTQ|LIÊN MINH|CÔNG ĐOÀN|HẠT|ĐỘI|NHÀ)(?!\w)"
)
_PLACE = re.compile(
    r"(?:TỈNH|THÀNH PHỐ|TP\.?|HUYỆN|QUẬN|THỊ XÃ|XÃ|PHƯỜNG|THỊ TRẤN|ĐẶC KHU|TRUNG ƯƠNG|KHU|THÔN|VÀ|CỦA|"
    r"CẤP|KHÓA|KHOÁ|LẦN)(?!\w)"
)
_PARTY_BODY = re.compile(r"(?:HUYỆN|TỈNH|THÀNH|QUẬN|THỊ|ĐẢNG) [ỦU][YỶ]")
_GENERIC = re.compile(
    r"(?:ỦY BAN NHÂN DÂN|UỶ BAN NHÂN DÂN|UBND|HỘI ĐỒNG NHÂN DÂN|HĐND|ĐẢNG ỦY|ĐẢNG UỶ|ĐẢNG BỘ|ỦY BAN "
    r"MẶT TRẬN TỔ QUỐC(?: VIỆT NAM)?|"
    r"UỶ BAN MẶT TRẬN TỔ QUỐC(?: VIỆT NAM)?|BAN CHẤP HÀNH|ỦY BAN KIỂM TRA|CÔNG AN|HỘI NÔNG DÂN|LIÊN "
    r"ĐOÀN LAO ĐỘNG|ĐOÀN ĐẠI BIỂU QUỐC HỘI|BAN CHỈ ĐẠO|"
    r"(?:HỘI ĐỒNG NHÂN DÂN|HĐND)\s?[-–]\s?(?:ỦY|UỶ) BAN NHÂN DÂN)"
)


def is_body_line(text: str) -> bool:
    """Whether a cell is (a part of) the name of a body: upper case, opening with a word for one."""
    letters = [c for c in text if c.isalpha()]
    if not letters or sum(c.isupper() for c in letters) < len(letters) * 0.9 or len(text) > 90:
        return False
    return bool(_HEAD.match(text) or (_PLACE.match(text)))


def split_bodies(names: Sequence[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Lines of the superior and lines of the issuer."""
    groups: list[list[str]] = []
    for name in names:
        if groups and _continues(groups[-1], name):
            groups[-1].append(name)
        else:
            groups.append([name])
    if not groups:
        return (), ()
    above = [line for g in groups[:-1] for line in g]
    return tuple(above), tuple(groups[-1])


def _continues(group: list[str], name: str) -> bool:
    last = group[-1]
    if last.endswith((",", "-", "–", " VÀ", " CỦA", "&")) or name.startswith(
        ("VÀ ", "- ", "– ", "CỦA ", "& ")
    ):
        return True
    if _PLACE.match(name) and not _PARTY_BODY.match(name):
        return True
    if _GENERIC.fullmatch(" ".join(group)) and not _HEAD.match(name):
        return True
    return not _HEAD.match(name) and not _PARTY_BODY.match(name)
