"""Kind (tên loại) and subject (trích yếu): where they stand, and where the subject ends.

The kind is its name alone; words after it on the same line open the subject (``paper-json.md``).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from paper.reading import marks
from paper.reading.addressees import ADDRESS
from paper.reading.facts import DATE, NUMBER
from paper.reading.lines import Line
from paper.reading.openers import is_upper, opens_text

KINDS = (
    "CHƯƠNG TRÌNH|THÔNG BÁO|BÁO CÁO|GIẤY MỜI|LỊCH CÔNG TÁC|LỊCH LÀM VIỆC|LỊCH TIẾP CÔNG DÂN|LỊCH HỌP|"
    "LỊCH|KẾ HOẠCH|"
    "NGHỊ QUYẾT|QUYẾT ĐỊNH|CHỈ THỊ|KẾT LUẬN|TỜ TRÌNH|CÔNG ĐIỆN|HƯỚNG DẪN|ĐỀ ÁN|BIÊN BẢN|QUY ĐỊNH|QUY CHẾ|"
    "PHƯƠNG ÁN|DỰ ÁN|THÔNG CÁO|THÔNG TRI|PHIẾU TRÌNH|PHIẾU CHUYỂN|PHIẾU GỬI|GIẤY GIỚI THIỆU|GIẤY TRIỆU "
    "TẬP|THƯ MỜI|CÔNG VĂN"
)


_KIND = re.compile(rf"({KINDS})(?![^\W\d_])(?=\s|$|[:.,(-])")


_SENTENCE = re.compile(r"(?:Căn cứ|Thực hiện|Sau khi|Trên cơ sở|Nhằm|Trong|Để|Xét|Vừa qua|Ngày|Sáng|Chiều)\s")
_HEADS_A_DAY = re.compile(r"[*\s]*(?:THỨ\s(?:HAI|BA|TƯ|NĂM|SÁU|BẢY|[2-7])|CHỦ NHẬT)(?!\w).{0,40}\d", re.I)
_HEADS_A_COLUMN = re.compile(
    r"(?:STT|TT|Thứ|Ngày|Buổi|Thời gian|Thứ,? ngày|Ngày,? tháng|Giờ|Nội dung(?: công việc)?)", re.I
)
_HEAD_LINES = 45


def kind_line(lines: Sequence[Line]) -> int | None:
    """Position of the line that opens with a kind in upper case, None where there is none."""
    for i, line in enumerate(lines[:_HEAD_LINES]):
        if line.rule:
            continue
        if line.text.startswith(("Nơi nhận", "Kính gửi")) and i > 3:
            return None
        m = _KIND.match(line.text)
        if m and is_upper(line.text[: m.end() + 12]):
            return i
        if marks.match(line.text) and line.text[:1] not in "*":
            return None
    return None


def kind_and_subject(lines: Sequence[Line], at: int) -> tuple[str, tuple[str, ...], int]:
    """Kind and subject from line ``at`` on, and the position after them."""
    text = lines[at].text
    m = _KIND.match(text)
    assert m is not None
    subject: list[str] = []
    rest = text[m.end() :].strip(" :*")
    if rest:
        subject.append(" ".join(rest.split()))
    at += 1
    limit = at + 9
    while at < len(lines) and at < limit:
        line = lines[at]
        if line.rule:
            if subject or not _subject_line(lines, at + 1, subject):
                at += 1
                break
            at += 1
            continue
        if not _subject_line(lines, at, subject):
            break
        subject.append(" ".join(line.text.split()))
        at += 1
    return " ".join(m[1].split()), tuple(subject), at


def _subject_line(lines: Sequence[Line], at: int, subject: list[str]) -> bool:
    if at >= len(lines):
        return False
    line = lines[at]
    text = line.text
    if (
        line.table is not None
        or len(line.cells) >= 3
        or ADDRESS.match(text)
        or DATE.match(text)
        or NUMBER.match(text)
    ):
        return False
    if (found := marks.match(text)) and not found.bullet:
        return False
    if _HEADS_A_DAY.match(text) or _HEADS_A_COLUMN.fullmatch(text):
        return False
    if text.startswith("("):
        return bool(subject) and len(text) < 140
    if subject and _SENTENCE.match(text) and all(is_upper(t) for t in subject):
        return False
    if is_upper(text) and len(text) < 200:
        return True
    if found is not None:
        return False
    if all(is_upper(t) for t in subject):
        return len(text) < 300 and not (text.endswith((":", ";")) or _body_like(text))
    if subject[-1].endswith((".", ":", ";")):
        return False
    if text[0].islower():
        return len(text) < 200 or line.whole is False
    if opens_text(text) or text.endswith((":", ";")) or len(text) > 130:
        return False
    return line.gap <= max(1, lines[at - 1].gap + 1) and not text.endswith(".") and _room(lines, at)


def _room(lines: Sequence[Line], at: int) -> bool:
    """A subject goes on with a capital only where the line above was broken inside a name."""
    before, text = lines[at - 1].text, lines[at].text
    if before.endswith((",", "-", "–")) or re.search(
        r"(?:của|và|tại|về|với|cho|thuộc|đồng chí|ông|bà)$", before
    ):
        return True
    after = lines[at + 1] if at + 1 < len(lines) else None
    return after is not None and after.rule and len(text) < 100


def _body_like(text: str) -> bool:
    return opens_text(text) and (len(text) > 60 or text.endswith((".", ";", ":")))
