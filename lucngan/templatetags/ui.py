"""Small words of the interface: icons, status chips, dates. Built into every template."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django import template
from django.db.models import Model
from django.templatetags.static import static
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext, gettext_lazy

from agencies.rules import standing
from lucngan import arrangements, journal
from lucngan.lib import dates
from meetings import reviewed

register = template.Library()


@dataclass(frozen=True, slots=True)
class Look:
    """How a status is shown: words, icon and tint; never colour alone."""

    words: str | Promise
    icon: str
    tint: str = ""


#: Model label and state → look. The one place where a status gets its appearance.
LOOKS: dict[tuple[str, str], Look] = {
    ("document", "draft"): Look(gettext_lazy("Dự thảo"), "pencil", "wait"),
    ("document", "review"): Look(gettext_lazy("Đang duyệt"), "person-check", "wait"),
    ("document", "approved"): Look(gettext_lazy("Đã duyệt"), "check", "done"),
    ("document", "issued"): Look(gettext_lazy("Đã ban hành"), "lock"),
    ("document", "amended"): Look(gettext_lazy("Đã điều chỉnh"), "history", "from"),
    ("document", "revoked"): Look(gettext_lazy("Đã thu hồi"), "ban"),
    ("intake", "waiting"): Look(gettext_lazy("Chờ đọc"), "hourglass", "wait"),
    ("intake", "reading"): Look(gettext_lazy("Đang đọc"), "refresh", "wait"),
    ("intake", "read"): Look(gettext_lazy("Đã đọc, chờ soát"), "eye", "soon"),
    ("intake", "failed"): Look(gettext_lazy("Không đọc được"), "alert", "late"),
    ("intake", "accepted"): Look(gettext_lazy("Đã nhận"), "check", "done"),
    ("intake", "discarded"): Look(gettext_lazy("Đã bỏ"), "ban"),
    ("meeting", "tentative"): Look(gettext_lazy("Dự kiến"), "circle-dashed", "none"),
    ("meeting", "confirmed"): Look(gettext_lazy("Chính thức"), "check", "done"),
    ("meeting", "weekly"): Look(gettext_lazy("Hằng tuần"), "refresh"),
    ("meeting", "undated"): Look(gettext_lazy("Chưa có ngày"), "circle-dashed", "none"),
    ("meeting", "invited"): Look(gettext_lazy("Đã mời"), "mail", "done"),
    ("meeting", "held"): Look(gettext_lazy("Đã họp"), "check", "done"),
    ("meeting", "concluded"): Look(gettext_lazy("Đã kết thúc"), "lock"),
    ("meeting", "postponed"): Look(gettext_lazy("Hoãn"), "history", "soon"),
    ("meeting", "cancelled"): Look(gettext_lazy("Đã hủy"), "ban"),
    ("file", "submitted"): Look(gettext_lazy("Chờ Văn phòng xem"), "person-check", "wait"),
    ("file", "accepted"): Look(gettext_lazy("Đã nhận"), "check", "done"),
    ("file", "returned"): Look(gettext_lazy("Trả lại"), "undo", "late"),
    ("outcome", "approved"): Look(gettext_lazy("Thông qua"), "check", "done"),
    ("outcome", "postponed"): Look(gettext_lazy("Lùi sang kỳ sau"), "history", "from"),
    ("outcome", "withdrawn"): Look(gettext_lazy("Rút khỏi chương trình"), "ban"),
    ("outcome", "returned"): Look(gettext_lazy("Trả lại để hoàn thiện"), "undo", "soon"),
    ("item", "proposed"): Look(gettext_lazy("Đề xuất"), "circle-dashed", "from"),
    ("pack", "waiting"): Look(gettext_lazy("Chờ làm"), "hourglass", "wait"),
    ("pack", "making"): Look(gettext_lazy("Đang làm"), "refresh", "wait"),
    ("pack", "made"): Look(gettext_lazy("Đã xong"), "check", "done"),
    ("pack", "failed"): Look(gettext_lazy("Không làm được"), "alert", "late"),
    ("pack", "cancelled"): Look(gettext_lazy("Đã dừng"), "ban"),
    ("opinion", "agree"): Look(gettext_lazy("Đã đồng ý"), "check", "done"),
    ("opinion", "revise"): Look(gettext_lazy("Đã yêu cầu sửa"), "pencil", "soon"),
    ("request", "open"): Look(gettext_lazy("Chờ Văn phòng"), "person-check", "wait"),
    ("request", "accepted"): Look(gettext_lazy("Đã nhận"), "check", "done"),
    ("request", "declined"): Look(gettext_lazy("Không nhận"), "ban"),
    ("request", "withdrawn"): Look(gettext_lazy("Đã rút"), "undo"),
    ("documents", "not_needed"): Look(gettext_lazy("Không cần"), "minus"),
    ("documents", "received"): Look(gettext_lazy("Đã nhận"), "check", "done"),
    ("documents", "submitted"): Look(gettext_lazy("Chờ Văn phòng xem"), "person-check", "wait"),
    ("documents", "returned"): Look(gettext_lazy("Trả lại"), "undo", "soon"),
    ("documents", "late"): Look(gettext_lazy("Quá hạn"), "alert", "late"),
    ("documents", "due"): Look(gettext_lazy("Sắp đến hạn"), "hourglass", "soon"),
    ("documents", "later"): Look(gettext_lazy("Chưa đến hạn"), "circle-dashed", "none"),
    ("turn", "waiting"): Look(gettext_lazy("Chưa đến lượt"), "circle-dashed", "none"),
    ("turn", "open"): Look(gettext_lazy("Đang duyệt"), "person-check", "wait"),
    ("turn", "passed"): Look(gettext_lazy("Đã duyệt"), "check", "done"),
    ("turn", "returned"): Look(gettext_lazy("Đã trả lại"), "undo", "soon"),
    ("turn", "withdrawn"): Look(gettext_lazy("Đã rút"), "undo"),
    ("remark", "open"): Look(gettext_lazy("Chờ chuyên viên"), "person-check", "wait"),
    ("remark", "accepted"): Look(gettext_lazy("Đã nhận"), "check", "done"),
    ("remark", "declined"): Look(gettext_lazy("Không nhận"), "ban"),
    ("remark", "done"): Look(gettext_lazy("Đã xử lý"), "check", "done"),
    ("delivery", "waiting"): Look(gettext_lazy("Chờ gửi"), "hourglass", "wait"),
    ("delivery", "sending"): Look(gettext_lazy("Đang gửi"), "refresh", "wait"),
    ("delivery", "sent"): Look(gettext_lazy("Đã gửi"), "check", "done"),
    ("delivery", "failed"): Look(gettext_lazy("Không gửi được"), "alert", "late"),
    ("delivery", "stopped"): Look(gettext_lazy("Không gửi nữa"), "ban"),
    ("registerentry", "used"): Look(gettext_lazy("Đã dùng"), "check", "done"),
    ("registerentry", "reserved"): Look(gettext_lazy("Giữ số"), "lock", "wait"),
    ("registerentry", "cancelled"): Look(gettext_lazy("Đã hủy số"), "ban"),
    ("registerentry", "missing"): Look(gettext_lazy("Khuyết"), "warning", "soon"),
    ("word", "late"): Look(gettext_lazy("Quá hạn"), "alert", "late"),
    ("word", "soon"): Look(gettext_lazy("Cần xem"), "warning", "soon"),
    ("word", "done"): Look(gettext_lazy("Đã đủ"), "check", "done"),
    ("word", "missing"): Look(gettext_lazy("Chưa có"), "circle-dashed", "none"),
}
_ALIASES = {
    "programme": "document",
    "invitation": "document",
    "itemfile": "file",
    "changerequest": "request",
    "reviewturn": "turn",
    "clauseremark": "remark",
}


@register.simple_tag
def icon(name: str, words: str = "") -> SafeString:
    """An icon of the sprite, hidden from readers unless it has words: ``{% icon "plus" %}``."""
    if words:
        return format_html(
            '<svg class="ico" role="img" aria-label="{}"><use href="{}#{}"></use></svg>',
            words,
            static("icons.svg"),
            name,
        )
    return format_html(
        '<svg class="ico" aria-hidden="true" focusable="false"><use href="{}#{}"></use></svg>',
        static("icons.svg"),
        name,
    )


@register.simple_tag
def status(what: Any, words: str = "", kind: str = "") -> SafeString:
    """The status chip of a row, or of a state by name: ``{% status "late" "Quá 2 ngày" %}``."""
    key = look_key(what, kind)
    look = LOOKS[key]
    tint = f" st-{look.tint}" if look.tint else ""
    return format_html('<span class="st{}">{}{}</span>', tint, icon(look.icon), words or str(look.words))


def look_key(what: Any, kind: str = "") -> tuple[str, str]:
    """Where the look of a row or a state name is found; raises KeyError later for an unknown one."""
    if not isinstance(what, Model):
        return kind or "word", str(what)
    name = type(what).__name__.lower()
    if name == "meeting":
        return "meeting", meeting_state(what)
    return _ALIASES.get(name, name), what.state  # type: ignore[attr-defined]


def meeting_state(meeting: Any) -> str:
    """How a meeting stands: its state once it left planning, else weekly, undated, tentative or confirmed."""
    if meeting.state != "planned":
        return str(meeting.state)
    if meeting.weekly_on is not None:
        return "weekly"
    if meeting.on is None:
        return "undated"
    return "tentative" if meeting.tentative else "confirmed"


@register.filter
def full_date(day: dt.date | None) -> str:
    """ "thứ Tư, 26/4/2023", or nothing."""
    return dates.full(day) if day else ""


@register.filter
def short_date(day: dt.date | None) -> str:
    """ "26/4/2023", or nothing."""
    return dates.short(day) if day else ""


@register.filter
def day_month(day: dt.date | None) -> str:
    """ "26/4", or nothing."""
    return dates.short(day).rpartition("/")[0] if day else ""


@register.filter
def weekday(day: dt.date | None) -> str:
    """ "thứ Tư", or nothing."""
    return dates.weekday(day) if day else ""


@register.filter
def weekday_name(number: int | None) -> str:
    """The name of a weekday by its number, 0 for Monday."""
    return "" if number is None else dates.weekday(dt.date(2024, 1, 1) + dt.timedelta(days=number))


@register.filter
def moment(at: dt.datetime | None) -> str:
    """ "09:20" today, "09:20 ngày 18/4" this year, with the year otherwise."""
    if at is None:
        return ""
    here = timezone.localtime(at)
    today = timezone.localdate()
    clock = f"{here:%H:%M}"
    if here.date() == today:
        return clock
    day = dates.short(here.date())
    if here.year == today.year:
        day = day.rpartition("/")[0]
    return gettext("%(clock)s ngày %(day)s") % {"clock": clock, "day": day}


@register.filter
def file_size(size: int) -> str:
    """Bytes as people say them, with a decimal comma: "1,4 MB"."""
    if size < 1024:
        return gettext("%(n)s byte") % {"n": size}
    value, unit = (size / 1024, "KB") if size < 1024 * 1024 else (size / 1024 / 1024, "MB")
    return f"{value:.1f}".rstrip("0").rstrip(".").replace(".", gettext(",")) + f" {unit}"


@register.filter
def tint(person_id: int | None) -> str:
    """The class of a person's round badge, the same on every page."""
    return f"a{(person_id or 0) % 3 + 1}"


@register.filter
def join_names(names: Sequence[str]) -> str:
    """Names with commas."""
    return ", ".join(str(name) for name in names)


@register.filter
def get(mapping: dict[Any, Any], key: Any) -> Any:
    """The value of a key, None where there is none."""
    return mapping.get(key)


@register.filter
def times(number: int) -> range:
    """So many turns of a loop."""
    return range(number)


@register.filter
def prepared(items: Any) -> int:
    """How many agenda items have a preparing body; ``items`` with ``preparing`` prefetched."""
    return sum(1 for item in items if item.preparing.all())


@register.filter
def administers(person: Any) -> bool:
    """Whether the person holds the role of administrator today."""
    return standing(person).is_administrator


@register.filter
def reads_journal(person: Any) -> bool:
    """Whether the person may read the journal of a body or of all of them."""
    return journal.may_read(person)


@register.filter
def arranges(person: Any) -> bool:
    """Whether the person sets anything for a body."""
    return arrangements.may_arrange(person)


@register.filter
def offline_key(person: Any) -> str:
    """Names what a browser stores for this person."""
    return reviewed.offline_key(person)


@register.filter
def uncap(words: str) -> str:
    """ "Tháng 12/2026" inside a sentence: "tháng 12/2026"."""
    return words[:1].lower() + words[1:]


@register.filter
def lesser(actions: Iterable[Any]) -> list[Any]:
    """Those for the menu behind a bar, what takes something away last."""
    return sorted((action for action in actions if action.lesser), key=lambda action: action.late)
