"""The title of a meeting: the words that name it (``paper-json.md``, rules for ``meetings``)."""

from __future__ import annotations

import re

from paper import notes
from paper.when import Found

SCHEDULE = re.compile(
    (
        r"\s?\((?:[^()]{0,80}\b(?:lịch|thời gian|thông báo|giấy mời|theo quy (?:định|chế)|kế hoạch riêng|"
        r"dự kiến|trực tuyến theo lịch)\b[^()]{0,80})\)"
    ),
    re.I,
)


EDGE = " :;,.-–"


def title_of(text: str, found: Found | None) -> str:
    """The words that name the meeting: no date, no bracket on the schedule, no end punctuation."""
    cut = notes.cut_inline(text)
    body = cut[0] if cut else text
    if found is None or found.start >= len(body):
        return SCHEDULE.sub("", body).strip(EDGE)
    before, after = body[: found.start], body[found.end :]
    if before.rstrip().endswith("(") and ")" in after[:80]:
        before, after = before.rstrip()[:-1], after[after.index(")") + 1 :]
    head = SCHEDULE.sub("", before)
    head = re.sub(
        r"(?:\b(?:vào|trong|từ|lúc|thời gian|dự kiến|tổ chức vào|họp vào)\s?:?\s?)$",
        "",
        head.strip(EDGE + "("),
        flags=re.I,
    )
    head = head.strip(EDGE + "(")
    if not head:
        rest = SCHEDULE.sub("", after).strip(EDGE)
        return rest.strip(EDGE + ")") if rest.count("(") < rest.count(")") else rest
    tail = after.lstrip()
    if (
        tail
        and tail[0] not in ".;:,)(-–"
        and not re.match(r"(?:tại|gồm|với nội dung|nội dung|bắt đầu|đến)\b", tail)
    ):
        head = f"{head} {SCHEDULE.sub('', tail).strip(EDGE)}"
    return head
