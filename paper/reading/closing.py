"""Closing paragraphs: those that speak to all bodies, or are the formula of a notice or invitation.

``paper-json.md``: "Các cơ quan, đơn vị căn cứ …", "… Ủy ban nhân dân tỉnh yêu cầu …", "Trên đây là
…", "Văn phòng Chính phủ trân trọng thông báo", "… kính mời …" are top-level clauses at the end.
"""

from __future__ import annotations

import re

_ALL = (
    r"(?:các|toàn thể|tất cả)\s(?:sở|ban|ngành|cơ quan|đơn vị|địa phương|đồng chí|phòng|xã|phường|bộ|cấp|"
    r"chi bộ|đảng bộ|thành viên|tổ chức|chi, đảng bộ|đại biểu|đảng ủy|đảng uỷ|UBND)"
)
_OPENERS = re.compile(
    rf"(?:{_ALL}|(?:yêu cầu|đề nghị|giao|mời|kính mời|kính đề nghị|rất mong)\s(?:quý\s)?{_ALL}|trên "
    rf"đây là|căn cứ (?:chương trình|nội dung|thông báo|kết luận|ý kiến|lịch|kế hoạch)|"
    r"nhận được (?:thông báo|giấy mời|văn bản|chương trình)|(?:thừa lệnh|thừa uỷ quyền|thừa ủy quyền)|"
    r"(?:thông báo|chương trình|lịch|kế hoạch|kết luận|giấy mời|văn bản|công văn) này|rất mong|trân "
    r"trọng|xin trân trọng|kính mời|"
    r"ngoài (?:các nội dung|những nội dung|chương trình|lịch)|(?:trong )?quá trình (?:triển khai |tổ "
    r"chức )?thực hiện|trong quá trình|nếu có (?:vướng mắc|thay đổi|điều chỉnh)|"
    r"lưu ý|ghi chú|đề nghị (?:đại biểu|quý)|sự có mặt|giấy mời này)(?!\w)",
    re.I,
)
_INSIDE = re.compile(
    r"(?:trân trọng |xin |kính )?thông báo (?:để|đến|tới|kết luận|ý kiến)|(?:trân trọng )(?:thông báo|"
    r"kính mời)|kính mời|"
    rf"(?:yêu cầu|đề nghị)(?: thủ trưởng| lãnh đạo)? {_ALL}|{_ALL}[^.]{{0,80}}\b(?:biết|thực hiện|"
    rf"triển khai)\b",
    re.I,
)
_DEMAND = re.compile(
    (
        rf"(?:UBND|Ủy ban nhân dân|Uỷ ban nhân dân|Thường trực|Ban Thường vụ|Chủ tịch|Huyện ủy|Tỉnh ủy|"
        rf"Đảng ủy|Bộ)[^.;:]{{0,60}}\s(?:yêu cầu|đề nghị)\s(?:(?:thủ trưởng|lãnh đạo|bí thư|chủ "
        rf"tịch)\s)?{_ALL}"
    ),
    re.I,
)
_FORMAL = re.compile(
    r"(?:Văn phòng|VP|UBND|Ủy ban|Uỷ ban|Thường trực|Ban|Huyện|Tỉnh|Đảng|Thành|Bộ|Sở)\b[^.;:]{0,120}"
    r"\b(?:trân trọng|thông báo|xin thông báo|yêu cầu|kính mời|đề nghị các)(?!\w)"
)


def is_closing(text: str, *, final: bool) -> bool:
    """Whether an unlabelled paragraph after the last item closes the paper.

    ``final`` is True for the very last paragraph, where a softer sign is enough.
    """
    head = text[:400]
    if _OPENERS.match(head):
        return True
    if _DEMAND.search(head):
        return True
    if _FORMAL.match(head) and not head.endswith(":"):
        return True
    return (
        final
        and bool(_INSIDE.search(head))
        and not head.startswith(("Nhất trí", "Thống nhất", "Đồng ý", "Giao "))
    )
