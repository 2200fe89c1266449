"""The books of the commune's two offices: papers made elsewhere, a number kept, a number cancelled."""

from __future__ import annotations

import datetime as dt
from functools import partial

from agencies.models import IssuingBody, Person
from documents import register

HOLDER = "Văn thư cơ quan"
#: body, its registrar, kind, who signs, who receives, two papers, what a number is kept for.
BOOKS = (
    (
        "ub-xa",
        "kimoanh",
        "TB",
        "Chu Văn Thịnh",
        "Các phòng, cơ quan thuộc UBND xã; các thôn, tổ dân phố",
        (
            "Thông báo lịch tiếp công dân của Chủ tịch UBND xã",
            "Thông báo kết luận của Chủ tịch UBND xã tại phiên họp thường kỳ",
        ),
        "Thông báo kết luận kiểm tra công tác phòng cháy, chữa cháy; chờ Chủ tịch ký",
    ),
    (
        "du-xa",
        "lananh",
        "TB",
        "Giáp Quang Sơn",
        "Các chi bộ, đảng bộ trực thuộc; Ủy ban MTTQ Việt Nam xã",
        (
            "Thông báo lịch tiếp công dân của Bí thư Đảng ủy",
            "Thông báo kết luận Hội nghị Ban Thường vụ Đảng ủy",
        ),
        "Thông báo kết luận giao ban khối nội chính; chờ Bí thư ký",
    ),
)
DRAFTED = "Thông báo nội dung cuộc họp"
CANCELLED = "Dự thảo được ghép vào thông báo kết luận, không ban hành riêng"


def build(bodies: dict[str, IssuingBody], today: dt.date, now: dt.datetime) -> None:
    """In each book: a paper, a cancelled number, a paper, a number that is kept."""
    first = max(today - dt.timedelta(days=9), dt.date(today.year, 1, 1))
    for key, username, kind, signer, recipients, titles, kept_for in BOOKS:
        body, actor = bodies[key], Person.objects.get(username=username)
        wrote = partial(register.enter, body, kind, number=None, signer=signer, recipients=recipients)
        keep = partial(register.reserve, body, kind, actor=actor, now=now)
        old = wrote(day=first, title=titles[0], actor=actor, now=now)
        filled = {"holder": HOLDER, "copies": 18, "sent_on": first, "received_by": "Bưu điện xã"}
        register.note(old, filled, actor=actor, now=now)
        register.cancel(keep(day=first, reason=DRAFTED), reason=CANCELLED, actor=actor, now=now)
        new = wrote(day=today, title=titles[1], actor=actor, now=now)
        register.note(new, {"holder": HOLDER}, actor=actor, now=now)
        keep(day=today, reason=kept_for)
