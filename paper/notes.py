"""Preparing notes (ghi chú chuẩn bị), both ways: computed from the bodies, and read from a text.

Wording from ``formats.md`` §7.2 (4): "(UBND huyện chuẩn bị nội dung 1-6)" on a line of its own in
Party papers, "(Phòng Nội vụ chuẩn bị)." before the item's full stop in State papers, "(A chủ trì,
B phối hợp)" with coordination. They are computed, never typed (law 4 of the design).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from paper.reading.bodies import split


class NoteForm(StrEnum):
    """How a regime prints preparing notes."""

    PARTY = "party"
    """Always on a line of its own, without a full stop."""
    STATE = "state"
    """One item: inside the item, before its full stop; a run of items: on a line of its own."""


@dataclass(frozen=True, slots=True)
class Preparing:
    """Who prepares an item: the leading and the coordinating bodies, by their printed names."""

    lead: tuple[str, ...] = ()
    coordinate: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NoteLine:
    """A note: after the item at position ``after``, inside it (``inline``) or on the next line."""

    after: int
    text: str
    inline: bool


def compute(items: Sequence[tuple[str | None, Preparing]], form: NoteForm) -> list[NoteLine]:
    """The notes of a meeting's items, given in order with their labels.

    Neighbours with the same bodies form one run with one note; items without bodies have none.
    A run without numbers to name (unlabelled or bulleted items) gets one note per item.
    """
    notes: list[NoteLine] = []
    start = 0
    while start < len(items):
        who = items[start][1]
        stop = start + 1
        numbers = [_number(items[start][0])]
        while stop < len(items) and items[stop][1] == who and numbers[-1] is not None:
            after = _number(items[stop][0])
            if after != numbers[-1] + 1:
                break
            numbers.append(after)
            stop += 1
        if who.lead or who.coordinate:
            known = [n for n in numbers if n is not None]
            notes.append(_line(stop - 1, who, known if stop - start > 1 else [], form))
        start = stop
    return notes


def _number(label: str | None) -> int | None:
    m = re.search(r"(\d+)\D*$", label or "")
    return int(m[1]) if m else None


def _line(after: int, who: Preparing, numbers: list[int], form: NoteForm) -> NoteLine:
    inline = form is NoteForm.STATE and not numbers
    text = note_text(who, numbers)
    own_line_stop = form is NoteForm.STATE and not inline
    return NoteLine(after, text + ("." if own_line_stop else ""), inline)


def note_text(who: Preparing, numbers: Sequence[int] = ()) -> str:
    """ "(A chuẩn bị)", "(A chuẩn bị nội dung 1-6)", "(A chủ trì, B phối hợp chuẩn bị nội dung 2, 3)"."""
    lead, others = _names(who.lead), _names(who.coordinate)
    if lead and others:
        words = f"{lead} chủ trì, {others} phối hợp"
        return f"({words} chuẩn bị nội dung {spread(numbers)})" if numbers else f"({words})"
    if others:
        words = f"{others} phối hợp chuẩn bị"
    else:
        words = f"{lead} chuẩn bị"
    return f"({words} nội dung {spread(numbers)})" if numbers else f"({words})"


def _names(names: Sequence[str]) -> str:
    return ", ".join(names)


def spread(numbers: Sequence[int]) -> str:
    """ "2, 3" for two neighbours, "3-5" for three and more, "1, 4-6" for both."""
    parts: list[str] = []
    run: list[int] = []
    for n in [*numbers, None]:
        if run and n == run[-1] + 1:
            run.append(n)
            continue
        if len(run) >= 3:
            parts.append(f"{run[0]}-{run[-1]}")
        else:
            parts += [str(r) for r in run]
        run = [] if n is None else [n]
    return ", ".join(parts)


_NUMBERS = r"(?P<list>\d{1,3}(?:\s?(?:[-–,;]|đến|và)\s?\d{1,3}){0,40})"
_SCOPE = re.compile(
    r"\s*(?:(?:các\s)?(?:nội dung|mục|phần|ý|báo cáo)(?:\s(?:số|thứ))?|từ nội dung)\s+(?:số\s)?"
    + _NUMBERS
    + r"\s*$",
    re.I,
)
_LEAD = re.compile(r"^(?P<lead>.{1,200}?)\s+chủ trì\b", re.I)
_WITH = re.compile(
    r"\bphối hợp(?:\s(?:với|cùng))?\s+(?P<with>.{1,300}?)(?:\s+chuẩn bị|\s+tham mưu|\s+thực hiện|$)", re.I
)
_BEFORE_WITH = re.compile(r"(?:^|[,;]\s*)(?P<with>[^;]{1,300}?)\s+(?:cùng\s)?phối hợp\b", re.I)
_PREPARES = re.compile(r"\s+chuẩn bị(?=\s|,|$)", re.I)
#: What a body does besides preparing: "(Phòng Nội vụ tham mưu, chuẩn bị)"; a name has a capital.
_ALSO = re.compile(r"\s+(?:tham mưu|xây dựng|dự thảo)(?:,|\s+và)?$")
#: The words of a note that are neither names nor numbers.
_PLAIN = frozenset(
    re.findall(r"\w+", "do giao phân công chuẩn bị chủ trì phối hợp với cùng và nội dung các mục số từ đến")
)
_SIGN = re.compile(r"\b(?:chuẩn bị|chủ trì|phối hợp)\b", re.I)


def parse(text: str) -> tuple[Preparing, list[int]] | None:
    """The bodies and the item numbers of a note; None where ``text`` is no preparing note.

    ``text`` is one bracket, with or without a full stop after it. Numbers are empty where the
    note holds for the item directly above.
    """
    inner = text.strip().rstrip(".;, ")
    if not (inner.startswith("(") and inner.endswith(")")) or len(inner) > 600:
        return None
    inner = inner[1:-1].strip()
    if "(" in inner or not _SIGN.search(inner):
        return None
    numbers: list[int] = []
    if m := _SCOPE.search(inner):
        numbers = _read_numbers(m["list"])
        inner = inner[: m.start()].rstrip(" ,")
    who = _read_bodies(inner)
    return (who, numbers) if who else None


def _read_numbers(text: str) -> list[int]:
    out: list[int] = []
    for part in re.split(r"\s?(?:[,;]|và)\s?", text):
        ends = [int(n) for n in re.findall(r"\d+", part)]
        if len(ends) == 2 and ends[0] <= ends[1] <= ends[0] + 200:
            out += range(ends[0], ends[1] + 1)
        else:
            out += ends
    return list(dict.fromkeys(out))


def _read_bodies(inner: str) -> Preparing | None:
    inner = re.sub(r"^(?:do|giao|phân công)\s+", "", inner, flags=re.I)
    if m := _LEAD.match(inner):
        rest = inner[m.end() :].strip(" ,;")
        return Preparing(_list(m["lead"]), _coordinating(rest))
    if m := re.search(r"\bphối hợp\b", inner, flags=re.I):
        before = inner[: m.start()].strip(" ,;")
        after = _WITH.search(inner)
        if after and before:
            return Preparing(_list(_trim(before)), _list(after["with"]))
        if before:
            return Preparing((), _list(before))
        return None
    m2 = _PREPARES.search(inner)
    if m2 is None:
        return None
    lead = _ALSO.sub("", inner[: m2.start()]).strip(" ,;")
    return Preparing(_list(lead)) if lead else None


def _trim(text: str) -> str:
    return re.split(r"\s+chuẩn bị\b", text, maxsplit=1)[0].rstrip(" ,;")


def _coordinating(rest: str) -> tuple[str, ...]:
    rest = re.sub(r"^(?:chuẩn bị|tham mưu)\b[ ,;]*", "", rest, flags=re.I)
    if re.match(r"(?:và\s)?phối hợp\b", rest, flags=re.I):
        m = _WITH.search(rest)
        return _list(m["with"]) if m else ()
    m = _BEFORE_WITH.search(rest)
    return _list(m["with"]) if m else ()


def _list(text: str) -> tuple[str, ...]:
    return split(text)


_INLINE = re.compile(r"\s*\((?P<note>[^()]{3,400})\)\s*(?P<end>[.;,]?)\s*$")


def cut_inline(text: str) -> tuple[str, Preparing] | None:
    """An item's text without the preparing note at its end, and who prepares; None without one.

    "… năm 2023 (Phòng Nội vụ chuẩn bị)." gives "… năm 2023.": the full stop stays.
    """
    m = _INLINE.search(text, max(0, len(text) - 420))
    if m is None:
        return None
    found = parse(f"({m['note']})")
    if found is None or found[1]:
        return None
    return text[: m.start()].rstrip() + m["end"], found[0]


def says_all(text: str, who: Preparing) -> bool:
    """Whether the bodies hold every word of the note, so that writing it anew loses nothing."""
    named = set(re.findall(r"\w+", " ".join((*who.lead, *who.coordinate)).lower()))
    words = re.findall(r"[^\W\d]+", text.lower())
    return all(word in named or word in _PLAIN for word in words)
