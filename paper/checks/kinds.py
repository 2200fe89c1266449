"""Kinds of papers, their abbreviations, and whose papers bear which symbol."""

from __future__ import annotations

import re

from lucngan.lib.text import fold

#: Kind → abbreviations (NĐ 30/2020, Phụ lục III; QĐ 399-QĐ/TW and HD 05-HD/VPTW for the party).
ABBREVIATIONS: dict[str, tuple[str, ...]] = {
    "NGHỊ QUYẾT": ("NQ",),
    "QUYẾT ĐỊNH": ("QĐ",),
    "QUY ĐỊNH": ("QyĐ", "QĐ"),
    "CHỈ THỊ": ("CT",),
    "KẾT LUẬN": ("KL",),
    "QUY CHẾ": ("QC",),
    "THÔNG TRI": ("TT",),
    "HƯỚNG DẪN": ("HD",),
    "THÔNG BÁO": ("TB",),
    "BÁO CÁO": ("BC",),
    "KẾ HOẠCH": ("KH",),
    "CHƯƠNG TRÌNH": ("CTr",),
    "ĐỀ ÁN": ("ĐA",),
    "PHƯƠNG ÁN": ("PA",),
    "TỜ TRÌNH": ("TTr",),
    "BIÊN BẢN": ("BB",),
    "GIẤY MỜI": ("GM",),
    "CÔNG ĐIỆN": ("CĐ",),
    "THÔNG CÁO": ("TC",),
}

#: The last part of a symbol → words of its issuer's name, folded. A body of a higher committee bears a
#: compound ("BTCTU"), which says no more here.
ISSUERS: dict[str, tuple[str, ...]] = {
    "TW": ("trung uong", "bo chinh tri", "ban bi thu", "tong bi thu"),
    "TU": ("tinh uy", "thanh uy", "dang bo tinh", "dang bo thanh pho"),
    "HU": ("huyen uy", "dang bo huyen"),
    "QU": ("quan uy",),
    "ĐU": ("dang uy", "dang bo xa", "dang bo phuong", "dang bo dac khu", "dang bo cac co quan"),
    "UBND": ("ubnd", "uy ban nhan dan", "chu tich ubnd", "chu tich uy ban nhan dan"),
    "HĐND": ("hdnd", "hoi dong nhan dan"),
    "CP": ("chinh phu",),
    "TTg": ("thu tuong",),
    "QH": ("quoc hoi",),
}


def symbol_of(number: str) -> str:
    """The end of a number, which names who issues: "HU" of "85-KH/HU", "UBND" of "12/KH-UBND"."""
    return re.split(r"[/-]", number)[-1] if re.search(r"[/-]", number) else ""


def issuer_symbol(issuer: str) -> str | None:
    """The symbol that papers of this issuer bear, where its name says so without doubt: the committee or
    council itself, not an office or a board of it."""
    said = fold(issuer)
    said = re.sub(r"^(?:ban thuong vu|ban chap hanh|thuong truc|bch|btv|chu tich|pho chu tich)\s+", "", said)
    for symbol, names in ISSUERS.items():
        if said.startswith(names):
            return symbol
    return None
