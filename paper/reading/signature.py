"""The signature block: authority, position, name.

``paper-json.md``: authority holds all the lines with T/M, T/L, K/T, TM., TL., KT., TUQ., Q., joined
by one blank; position and name follow. Signs per regime: ``formats.md`` §1.4 and §2.7.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from paper.reading.recipients import Cell
from paper.value import Signature

_AUTHORITY = re.compile(r"(?:T/M|T/L|K/T|T/U|TM\.?|TL\.?|KT\.?|TUQ\.?|Q\.|TM/|KT/)(?=[\s.]|[A-ZĐ]|$)\.?")
_STAMP = re.compile(
    r"\(?(?:Đã ký|đã ký|ĐÃ KÝ|Ký tên|ký tên|Signed|Đã ký và đóng dấu|Ký, ghi rõ họ tên|Ký, đóng dấu|"
    r"Chữ ký|Ký số)[^)]{0,30}\)?\.?"
)
_POSITION = re.compile(
    r"(?:PHÓ|CHÁNH|CHỦ|BÍ|GIÁM|TỔNG|TRƯỞNG|THỨ|BỘ|CỤC|VIỆN|HIỆU|THỦ|THƯỜNG|ỦY VIÊN|UỶ VIÊN|ĐẠI|THIẾU|"
    r"THƯỢNG|TRUNG TƯỚNG|VỤ|CHI CỤC|THỐNG|KẾ|QUYỀN|ĐỘI|HẠT|TỔ|BAN|PCT|CT|VĂN)(?!\w)"
)
_RANK = re.compile(
    (
        r"(?:Đại tá|Thượng tá|Trung tá|Thiếu tá|Thiếu tướng|Trung tướng|Đại tướng|Thượng tướng|TS\.?|"
        r"ThS\.?|PGS\.?|GS\.?|BS\.?|Bs\.?|KS\.?)\s"
    ),
    re.I,
)
_NAME = re.compile(r"[^\W\d_a-z][^\W\d_]*(?:\s[^\W\d_][^\W\d_]*){1,5}")


def opens(text: str) -> bool:
    """Whether a line opens a signature block: an authority in upper case."""
    m = _AUTHORITY.match(text.lstrip())
    return bool(m) and _upper(text) and len(text) < 120


def _upper(text: str) -> bool:
    letters = [c for c in text if c.isalpha()]
    return len(letters) > 2 and sum(c.isupper() for c in letters) >= len(letters) * 0.9


def is_part(text: str, *, begun: bool) -> bool:
    """Whether a cell belongs to the signature rather than to the recipients."""
    if opens(text) or _STAMP.fullmatch(text):
        return True
    if _upper(text) and text[-1:] not in ";" and (begun or _POSITION.match(text)):
        return not text.startswith(("-", "+", "–"))
    return False


def is_sign(text: str) -> bool:
    """An authority's sign alone on its line ("TM." over "ỦY BAN NHÂN DÂN")."""
    return bool(_AUTHORITY.fullmatch(text.strip()))


def looks_like_name(text: str) -> bool:
    """ "Vương Mạnh Chung", "Đại tá Nguyễn Văn Bình": two to six capitalised words, no signs."""
    bare = _RANK.sub("", text.strip())
    words = bare.split()
    if not 2 <= len(words) <= 6 or not _NAME.fullmatch(bare):
        return False
    return all(w[0].isupper() for w in words) and not re.match(
        r"(?:UBND|HĐND|Lưu|Ban|Sở|Văn phòng|Phòng)\b", bare
    )


def read(cells: Sequence[Cell]) -> tuple[Signature, list[Cell]]:
    """Authority, position and name, and the cells that are none of them (stamps)."""
    authority: list[str] = []
    position: list[str] = []
    name: str | None = None
    rest: list[Cell] = []
    open_authority = False
    for cell in cells:
        text = cell.text.strip()
        if opens(text) or (open_authority and _upper(text)):
            authority.append(text)
            open_authority = text.endswith((",", "-", "VÀ"))
        elif _STAMP.fullmatch(text):
            rest.append(cell)
        elif (
            _upper(text)
            and name is None
            and not (position and looks_like_name(text.title()) and _is_upper_name(text))
        ):
            if authority and not position and not _POSITION.match(text):
                authority.append(text)
            else:
                position.append(text)
        elif name is None and (authority or position) and (looks_like_name(text) or _is_upper_name(text)):
            name = text
        else:
            rest.append(cell)
    return Signature(tuple(authority), " ".join(position) or None, name), rest


_SURNAMES = (
    "NGUYỄN|TRẦN|LÊ|PHẠM|HOÀNG|HUỲNH|PHAN|VŨ|VÕ|ĐẶNG|BÙI|ĐỖ|HỒ|NGÔ|DƯƠNG|LÝ|VƯƠNG|ĐINH|TRỊNH|ĐOÀN|LÂM|MAI|"
    "CAO|TẠ|HÀ|LƯƠNG|LƯU|TRƯƠNG|THÂN|GIÁP|NÔNG|TÔ|CHU|ĐÀO|QUÁCH|LÒ"
)
_UPPER_NAME = re.compile(rf"(?:{_SURNAMES})(?:\s[^\W\d_]{{1,7}}){{1,4}}")


def _is_upper_name(text: str) -> bool:
    return bool(_UPPER_NAME.fullmatch(text))
