"""The date phrase of a meeting inside a text: finding, writing, putting right.

Wording from ``formats.md`` §7.1 and §7.2 (2, 3): "Dự kiến ngày 26/4/2023 (thứ Tư)", "Buổi sáng",
"chiều thứ Hai hằng tuần", "lịch cụ thể sẽ thông báo sau"; leading zeros for days below 10 and the
months 1 and 2 only (``product.md``, rule 3). "Dự kiến" makes a meeting tentative only where it
belongs to the date; half a day comes from "sáng"/"chiều", never from the hour (``paper-json.md``).
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from enum import StrEnum


class PartOfDay(StrEnum):
    """Half a day."""

    MORNING = "morning"
    AFTERNOON = "afternoon"


@dataclass(frozen=True, slots=True)
class Recurrence:
    """Weekly on one weekday (0 = Monday), perhaps on one half of it."""

    weekday: int
    part_of_day: PartOfDay | None = None


@dataclass(frozen=True, slots=True)
class When:
    """When a meeting is: a day, a weekly day, a wording without a day (``unknown``), or nothing.

    ``unknown`` also holds a date that is on no calendar ("ngày 31/4/2023"), so that it can be
    shown and replaced.
    """

    date: dt.date | None = None
    tentative: bool = False
    part_of_day: PartOfDay | None = None
    time: dt.time | None = None
    recurrence: Recurrence | None = None
    unknown: str | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """A date phrase and its place: ``text[start:end]``."""

    when: When
    start: int
    end: int


WEEKDAYS = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")
_DAYS = {
    "hai": 0, "2": 0, "ba": 1, "3": 1, "tư": 2, "4": 2, "năm": 3, "5": 3,
    "sáu": 4, "6": 4, "bảy": 5, "bẩy": 5, "7": 5,
}  # fmt: skip

_WEEKDAY = r"(?:thứ\s?(?P<{0}>hai|ba|tư|năm|sáu|bảy|bẩy|[2-7])\b|(?P<{0}s>chủ\s?nhật|CN\b))"
_DATE = re.compile(
    r"(?<!\d)(?:(?P<word>\bngày)\s{0,3})?"
    r"(?:(?P<d>\d{1,2})\s?[/.-]\s?(?P<m>\d{1,2})(?:\s?[/.-]\s?(?P<y>\d{4}))?(?![\d/])"
    r"|(?P<d2>\d{1,2})\s{1,3}tháng\s{1,3}(?P<m2>\d{1,2})(?:\s{1,3}năm\s{1,3}(?P<y2>\d{4}))?)",
    re.I,
)
_WEEKLY = re.compile(
    r"(?:(?:buổi\s)?(?P<part>sáng|chiều)\s)?(?:ngày\s)?"
    + _WEEKDAY.format("w")
    + r",?\s(?:hằng|hàng|mỗi)\s(?:tuần)",
    re.I,
)
_UNKNOWN = re.compile(
    r"(?P<body>\b(?:UBND|Thường trực|Văn phòng|Ban|Huyện ủy|Tỉnh ủy|Đảng ủy)\b[^,;:().\d]{0,40}\s)?"
    r"(?:\bsẽ\s)?(?:\bcó\s)?(?:\b(?:lịch|thời gian|thông báo|giấy mời|văn bản|chương trình)\b"
    r"(?:\s(?:họp|làm việc|tổ chức|cụ thể))?\s"
    r"(?:cụ thể\s)?(?:riêng|(?:sẽ\s)?(?:có\s)?(?:được\s)?thông báo(?:\s(?:sau|riêng|cụ thể))?|sau|cụ "
    r"thể)(?:\ssau|\sriêng)?)"
    r"|\bđịnh kỳ theo (?:quy định|quy chế)(?: làm việc)?|\btheo (?:quy định|quy chế làm "
    r"việc)(?=\s{0,3}[.;)]?\s{0,3}$)"
    r"|\btheo lịch (?:của|công tác)\s[^,;:().\d]{0,40}",
    re.I,
)
_LEFT_DAY = re.compile(r"(?:\(?" + _WEEKDAY.format("l") + r"\)?\s?,?\s{0,2}(?:\()?)$", re.I)
_LEFT_PART = re.compile(r"\b(?:buổi\s)?(sáng|chiều)(?:\s?,)?\s{0,2}$", re.I)
_CLOCK = (
    r"(?P<h>\d{1,2})(?:\s?(?:giờ|g|h)(?![^\W\d_])|:(?=\d\d))\s?(?P<min>\d{2}(?!\d))?\s?(?:phút(?!\w)|['’])?"
)
_START = re.compile(
    r"\s{0,3}(?P<dk>dự kiến\s)?(?:"
    r"(?:buổi\s(?P<a>sáng|chiều)|(?P<b>sáng|chiều)(?=\s?[:,(]|\s?-\s))(?:\s?[:,(-]?\s?(?:-\s)?(?:(?:từ|lúc)\s)?"
    + _CLOCK.replace("P<", "P<a_")
    + r"\)?)?"
    r"|(?:(?:từ|lúc|vào hồi|hồi|vào lúc)\s)?"
    + _CLOCK.replace("P<", "P<b_")
    + r"(?:,?\s(?:buổi\s)?(?P<c>sáng|chiều)(?!\w))?(?=\s?[:,;.-]|\s|$))",
    re.I,
)
_LEFT_CLOCK = re.compile(r"(?:\b(?:từ|lúc|vào hồi|hồi|vào lúc)\s)?(?<!\d)" + _CLOCK + r"\s?,?\s{0,2}$", re.I)
_LEFT_TENTATIVE = re.compile(
    r"\bdự kiến(?:\s?:)?(?:\s(?:vào|trong|tổ chức|họp|thời gian))?(?:\s\d{1,2})?\s{0,2}$", re.I
)
_RIGHT_DAY = re.compile(r"\s{0,2},?\s?(\(\s?)?" + _WEEKDAY.format("r") + r"(?(1)\s?\))", re.I)
_RIGHT_BOTH = re.compile(r"\s?,?\s?\((?:buổi\s)?(sáng|chiều),?\s" + _WEEKDAY.format("r") + r"\s?\)", re.I)
_LEFT_LIST = re.compile(
    r"\bngày\s(\d{1,2})(?:\s?(?:,|và|-|–|đến)\s?(?:ngày\s)?\d{1,2}){0,4}\s?(?:,|và|-|–|đến)\s?$", re.I
)
_RIGHT_LIST = re.compile(r"(?:\s?(?:,|;|và)\s?(?:ngày\s)?\d{1,2}/\d{1,2}(?:/\d{4})?(?![\d/])){1,6}", re.I)
_VAGUE = re.compile(
    r"\bdự kiến\s(?:(?:vào|trong|tổ chức|khoảng)\s){0,3}(?:(?:đầu|giữa|cuối|trung tuần|thượng tuần|"
    r"hạ tuần)\s)?"
    r"(?:tháng\s\d{1,2}|quý\s(?:IV|III|II|I|[1-4]))(?:\s?/\s?\d{4}|\snăm\s\d{4})?(?!\s?[/\d])",
    re.I,
)
_RIGHT_PART = re.compile(r"\s?,?\s?\(?\b(?:vào\s)?(?:buổi\s)?(sáng|chiều)\b\)?(?!\s(?:thứ|ngày))", re.I)
_RIGHT_CLOCK = re.compile(
    r"\s?[,:]?\s?\(?(?:từ|lúc|vào hồi|hồi|vào lúc|bắt đầu từ)\s" + _CLOCK + r"\)?", re.I
)
_WINDOW = 48


def find(text: str, year: int | None = None) -> Found | None:
    """The first date phrase of ``text``, or None.

    ``year`` completes "ngày 26/4"; without it such a day is not taken for one. Linear: every
    pattern looks at a bounded window around a day, a weekday or a wording.
    """
    best: Found | None = None
    for m in _DATE.finditer(text):
        if found := _dated(text, m, year):
            best = found
            break
    others = [_weekly(text), _unknown(text)]
    if (opening := _opening(text)) and not (best and best.start <= opening.end + 3):
        others.append(opening)
    for found in others:
        if found and (best is None or found.start < best.start):
            best = found
    return best or _vague(text)


def _vague(text: str) -> Found | None:
    """A month or a quarter that is only intended: "dự kiến cuối tháng 12/2024"."""
    m = _VAGUE.search(text)
    return Found(When(unknown=m[0][0].lower() + m[0][1:], tentative=True), m.start(), m.end()) if m else None


def _opening(text: str) -> Found | None:
    """Half a day and an hour that open a text: "Buổi sáng: …", "Chiều: 14h00: …", "07h30: …"."""
    m = _START.match(text)
    if m is None:
        return None
    word = m["a"] or m["b"] or m["c"]
    name = "a_" if m["a_h"] else "b_"
    time = _time(m[name + "h"], m[name + "min"]) if m[name + "h"] else None
    if time is None and (word is None or m[name + "h"]):
        return None
    when = When(None, bool(m["dk"]), _part(word) if word else None, time)
    return Found(when, _lead(m), m.end())


def _lead(m: re.Match[str]) -> int:
    return len(m[0]) - len(m[0].lstrip())


def _part(word: str) -> PartOfDay:
    return PartOfDay.MORNING if word.lower() == "sáng" else PartOfDay.AFTERNOON


def _weekday(m: re.Match[str], name: str) -> int | None:
    if word := m[name]:
        return _DAYS[word.lower()]
    return 6 if m[name + "s"] else None


def _clock(m: re.Match[str]) -> dt.time | None:
    return _time(m["h"], m["min"])


def _time(hours: str, minutes: str | None) -> dt.time | None:
    hour, minute = int(hours), int(minutes or 0)
    return dt.time(hour, minute) if hour < 24 and minute < 60 else None


def _dated(text: str, m: re.Match[str], year: int | None) -> Found | None:
    """The phrase around one "d/m/yyyy", or None where it is a fraction, a list or a part of a name."""
    day, month = int(m["d"] or m["d2"]), int(m["m"] or m["m2"])
    written = m["y"] or m["y2"]
    start, end, tentative, part, time, left_day = _leftwards(text, m.start())
    near = bool(m["word"]) or left_day or part is not None or tentative
    if not near and not written:
        return None
    full = int(written) if written else year
    if full is None:
        return None
    left = _LEFT_LIST.search(text, max(0, m.start() - _WINDOW), m.start())
    if left and int(left[1]) < day:
        day, near = int(left[1]), True
        start, _, tentative, part, time, _ = _leftwards(text, left.start())
    if both := _RIGHT_BOTH.match(text, m.end(), m.end() + _WINDOW):
        part, end = part or _part(both[1]), both.end()
    elif weekday := _RIGHT_DAY.match(text, m.end(), m.end() + _WINDOW):
        end = weekday.end()
    else:
        end = m.end()
    if part is None and (p := _RIGHT_PART.match(text, end, end + _WINDOW)):
        part, end = _part(p[1]), p.end()
    if time is None and (c := _RIGHT_CLOCK.match(text, end, end + _WINDOW)) and (t := _clock(c)):
        time, end = t, c.end()
    if more := _RIGHT_LIST.match(text, end, end + 2 * _WINDOW):
        end = more.end()
    try:
        date = dt.date(full, month, day)
    except ValueError:
        if not near:
            return None
        return Found(When(unknown=text[start:end]), start, end)
    return Found(When(date, tentative, part, time), start, end)


def _leftwards(text: str, start: int) -> tuple[int, int, bool, PartOfDay | None, dt.time | None, bool]:
    """What stands directly before a date and belongs to it: weekday, half a day, hour, "Dự kiến"."""
    part: PartOfDay | None = None
    time: dt.time | None = None
    day = False
    tentative = False
    for _ in range(4):
        window = text[max(0, start - _WINDOW) : start]
        shift = start - len(window)
        if not day and (m := _LEFT_DAY.search(window)):
            day, start = True, shift + m.start()
        elif part is None and (m := _LEFT_PART.search(window)):
            part, start = _part(m[1]), shift + m.start()
        elif time is None and (m := _LEFT_CLOCK.search(window)) and (t := _clock(m)):
            time, start = t, shift + m.start()
        elif m := _LEFT_TENTATIVE.search(window):
            tentative, start = True, shift + m.start()
            break
        else:
            break
    return start, start, tentative, part, time, day


def _weekly(text: str) -> Found | None:
    m = _WEEKLY.search(text)
    if m is None:
        return None
    weekday = _weekday(m, "w")
    assert weekday is not None
    part = _part(m["part"]) if m["part"] else None
    start, tentative, time = m.start(), False, None
    window = text[max(0, start - _WINDOW) : start]
    if (c := _LEFT_CLOCK.search(window)) and (time := _clock(c)):
        start = start - len(window) + c.start()
        window = text[max(0, start - _WINDOW) : start]
    if t := _LEFT_TENTATIVE.search(window):
        start, tentative = start - len(window) + t.start(), True
    return Found(When(None, tentative, None, time, Recurrence(weekday, part)), start, m.end())


def _unknown(text: str) -> Found | None:
    m = _UNKNOWN.search(text)
    if m is None:
        return None
    words = m[0] if m["body"] else m[0][0].lower() + m[0][1:]
    return Found(When(unknown=words), m.start(), m.end())


# ------------------------------------------------------------------ writing


def date_text(day: dt.date) -> str:
    """ "05/4/2023", "12/02/2023": zeros before days below 10 and before the months 1 and 2."""
    return f"{day.day:02d}/{_month(day.month)}/{day.year}"


def _month(month: int) -> str:
    return f"{month:02d}" if month <= 2 else str(month)


def phrase(when: When, *, capital: bool) -> str:
    """The office's wording of ``when``; the weekday is always computed; "" for an empty one."""
    words: list[str] = []
    if when.unknown is not None:
        return _cased(when.unknown, capital=capital) if when.unknown else ""
    if when.tentative:
        words.append("dự kiến")
    if when.time is not None:
        words.append(f"{when.time.hour:02d} giờ {when.time.minute:02d}")
    if when.date is not None:
        if when.part_of_day:
            words.append(_half(when.part_of_day))
        words.append(f"ngày {date_text(when.date)} ({WEEKDAYS[when.date.weekday()]})")
    elif when.recurrence is not None:
        if when.recurrence.part_of_day:
            words.append(_half(when.recurrence.part_of_day))
        words.append(f"{WEEKDAYS[when.recurrence.weekday]} hằng tuần")
    elif when.part_of_day is not None:
        words.append(f"buổi {_half(when.part_of_day)}")
    return _cased(" ".join(words), capital=capital)


def _half(part: PartOfDay) -> str:
    return "sáng" if part is PartOfDay.MORNING else "chiều"


def _cased(text: str, *, capital: bool) -> str:
    return text[:1].upper() + text[1:] if capital else text


def rephrase(text: str, when: When, year: int | None = None) -> str:
    """``text`` with its date phrase replaced by the one of ``when``, or with one appended.

    An empty ``when`` takes the phrase out. What :func:`find` reads from the answer is ``when``
    again: where the words around would change its sense, another joint is chosen.
    """
    found = find(text, year)
    if found is None:
        return _appended(text, when)
    before, after = text[: found.start], text[found.end :]
    if when == When():
        return _without(before, after)
    opens = not before.strip() or before.rstrip().endswith((":", "."))
    for new in (phrase(when, capital=opens), phrase(when, capital=not opens)):
        answer = before + new + after
        again = find(answer, year)
        if again and again.when == when:
            return answer
    return _appended(_without(before, after), when)


def _without(before: str, after: str) -> str:
    head = before.rstrip()
    tail = after.lstrip()
    if head.endswith("(") and tail.startswith(")"):
        head, tail = head[:-1].rstrip(), tail[1:].lstrip()
    if not tail or tail[0] in ".;,:)":
        return head.rstrip(" :,;") + tail if tail else head.rstrip(" :,;")
    return f"{head} {tail}" if head else tail


def _appended(text: str, when: When) -> str:
    if when == When():
        return text
    head = text.rstrip(" .:;,")
    if not head:
        return phrase(when, capital=True)
    if when.unknown is not None:
        joints = [f"{head} ({when.unknown})", f"{head}: {when.unknown}"]
    elif when.recurrence is not None:
        joints = [f"{head} {phrase(when, capital=False)}", f"{head}: {phrase(when, capital=True)}"]
    elif when.date is None:
        joints = [f"{phrase(when, capital=True)}: {head}"]
    else:
        joints = [f"{head}: {phrase(when, capital=True)}", f"{head} ({phrase(when, capital=False)})"]
    joints.append(f"{head} - thời gian họp: {phrase(when, capital=False)}")
    for answer in joints:
        found = find(answer)
        if found and found.when == when:
            return answer
    return f"{phrase(when, capital=True)}: {head}"


def normalise(text: str, year: int | None = None) -> str:
    """``text`` with the weekday and the leading zeros of its date phrase put right; else unchanged.

    Idempotent. A day that is on no calendar stays as it is (a finding says so).
    """
    found = find(text, year)
    if found is None or found.when.date is None:
        return text
    day = found.when.date
    span = text[found.start : found.end]
    span = _DATE.sub(lambda m: _digits(m, day), span, count=1)
    span = _ANY_DAY.sub(lambda m: _right_day(m, day), span)
    return text[: found.start] + span + text[found.end :]


_ANY_DAY = re.compile(_WEEKDAY.format("n"), re.I)


def _digits(m: re.Match[str], day: dt.date) -> str:
    word = f"{m['word']} " if m["word"] else ""
    if m["d2"]:
        tail = f" năm {day.year}" if m["y2"] else ""
        return f"{word}{day.day:02d} tháng {_month(day.month)}{tail}"
    tail = f"/{day.year}" if m["y"] else ""
    return f"{word}{day.day:02d}/{_month(day.month)}{tail}"


def _right_day(m: re.Match[str], day: dt.date) -> str:
    if _weekday(m, "n") == day.weekday():
        return m[0]
    name = WEEKDAYS[day.weekday()]
    if m["n"] and m["n"].isdigit() and day.weekday() < 6:
        name = f"thứ {day.weekday() + 2}"
    return name[0].upper() + name[1:] if m[0][0].isupper() else name
