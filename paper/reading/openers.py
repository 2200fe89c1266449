"""Small signs that several readers share: upper case, and the words that open a text."""

from __future__ import annotations

import re

_OPENERS = re.compile(
    r"(?:Căn cứ|Thực hiện|Ngày\s|Sáng\s|Chiều\s|Trong\s|Để\s|Tại\s|Sau khi|Trên cơ sở|Nhằm|Thừa|Xét|"
    r"Vừa qua|Kính gửi|Từ ngày|Tiếp tục|"
    r"Được sự|Theo |Hôm nay|Vào ngày|Vào hồi|Nhân dịp|Phát huy|Tiếp theo|Tham dự|Thành phần|I\.|Thứ )"
)


def is_upper(text: str) -> bool:
    """Whether most letters of ``text`` are capitals."""
    letters = [c for c in text if c.isalpha()]
    return sum(c.isupper() for c in letters) >= len(letters) * 0.6


def opens_text(text: str) -> bool:
    """Whether a line opens the text below a subject ("Căn cứ …", "Ngày 11 tháng 5 …")."""
    return bool(_OPENERS.match(text))
