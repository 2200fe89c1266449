"""Labels at the start of a line: which signs may open a clause, and how they rank.

Styles are those of ``formats.md`` §1.3, §2.3 and §7.2 (8): "I." "I-" "A." "1." "1-" "(1)." "1.1."
"a)" … "đ)" "-" "+", with the rarer "1/", "I/", "a.", "II.1." and other bullets. "(i)", "Thứ nhất"
and "a, b" are text. Labels are kept as printed, blanks removed (``paper-json.md``).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import IntEnum

from paper.labels import POINTS, UPPER_POINTS, from_roman


class Rank(IntEnum):
    """From the top of a text downwards; the middle ranks are put in the order of each document."""

    LETTER = 0
    ROMAN = 1
    DECIMAL = 2
    NESTED = 3
    POINT = 4
    BULLET = 5


@dataclass(frozen=True, slots=True)
class Mark:
    """A label as printed, its style as a key, its rank and its ordinal (0 for bullets)."""

    label: str
    style: str
    rank: Rank
    ordinal: int
    length: int
    """How many characters of the line it takes."""

    @property
    def bullet(self) -> bool:
        return self.rank is Rank.BULLET


_CAPITAL = "[A-ZÀÁÂÃÈÉÊÌÍÒÓÔÕÙÚÝĂĐĨŨƠƯ" + "".join(chr(c) for c in range(0x1EA0, 0x1EFA, 2)) + "]"
_OPEN = rf"(?=\s|$|{_CAPITAL}[^.\s]|[“\"(])"
_FORMS: tuple[tuple[re.Pattern[str], str, Rank], ...] = (
    (re.compile(r"([IVX]{1,5})\.(\d{1,2})(\.\d{1,2}){0,3}\.?(?=\s|$)"), "I.1.", Rank.NESTED),
    (re.compile(rf"(\d{{1,2}})(?:\.\d{{1,2}}){{0,3}}\.(\d{{1,2}})\.{_OPEN}"), "1.1.", Rank.NESTED),
    (
        re.compile(rf"(\d{{1,2}})(?:\.\d{{1,2}}){{0,3}}\.(\d{{1,2}})(?=\s+(?:{_CAPITAL}|[“\"]))"),
        "1.1",
        Rank.NESTED,
    ),
    (
        re.compile(rf"(\d{{1,2}})(?:\.\d{{1,2}}){{0,3}}\.(\d{{1,2}})\s?[-–](?=\s*{_CAPITAL})"),
        "1.1-",
        Rank.NESTED,
    ),
    (re.compile(rf"(\d{{1,3}})\s?\.{_OPEN}"), "1.", Rank.DECIMAL),
    (re.compile(rf"(\d{{1,2}})\s?[-–](?=\s*{_CAPITAL})"), "1-", Rank.DECIMAL),
    (re.compile(r"(\d{1,2})/(?=\s)"), "1/", Rank.DECIMAL),
    (re.compile(r"\((\d{1,2})\)\."), "(1).", Rank.POINT),
    (re.compile(r"\((\d{1,2})\)(?=\s|[^\W\d_])"), "(1)", Rank.POINT),
    (re.compile(rf"(\d{{1,2}})\){_OPEN}"), "1)", Rank.POINT),
    (re.compile(rf"([IVXLC]{{1,8}})\s?\.{_OPEN}"), "I.", Rank.ROMAN),
    (re.compile(rf"([IVXLC]{{1,8}})\s?[-–](?=\s*{_CAPITAL})"), "I-", Rank.ROMAN),
    (re.compile(r"([IVXLC]{1,8})/(?=\s)"), "I/", Rank.ROMAN),
    (re.compile(rf"([A-HK-UXYĐ])\s?\.{_OPEN}"), "A.", Rank.LETTER),
    (re.compile(rf"([A-HK-UXYĐ])\s?[-–](?=\s+{_CAPITAL})"), "A-", Rank.LETTER),
    (re.compile(r"([a-eg-ik-vxyđ])\)(?=\s|[^\W\d_])"), "a)", Rank.POINT),
    (re.compile(rf"([a-eg-ik-vxyđ])\.(?=\s+{_CAPITAL})"), "a.", Rank.POINT),
    (re.compile(rf"([a-eg-ik-vxyđ])[-–](?=\s+{_CAPITAL})"), "a-", Rank.POINT),
)
_BULLET = re.compile(r"([-–—+*•●▪■◦○❖➢✓])(?=\s|[^\W\d_]|[“\"(\d])")
_BULLET_STYLES = {"–": "-", "—": "-", "•": "•", "●": "•", "▪": "•", "■": "•"}


def match(text: str) -> Mark | None:
    """The label that ``text`` opens with, if it can be one."""
    first = text[:1]
    if first.isdigit() or first == "(" or first.isalpha():
        if first.isalpha() and not _quick(text):
            return None
        for form, style, rank in _FORMS:
            if (m := form.match(text)) and (made := _made(m, style, rank)) is not None:
                return made
        return None
    if m := _BULLET.match(text):
        return Mark(m[1], _BULLET_STYLES.get(m[1], m[1]), Rank.BULLET, 0, m.end())
    return None


def _quick(text: str) -> bool:
    """A letter can open a label only where a sign follows it soon."""
    return any(c in ".)-–/" for c in text[1:9])


def _made(m: re.Match[str], style: str, rank: Rank) -> Mark | None:
    label = re.sub(r"\s", "", m[0])
    if rank is Rank.NESTED:
        numbers = [int(n) for n in re.findall(r"\d+", label)]
        if 0 in numbers:
            return None
        return Mark(label, style + "x" * (len(numbers) - 2), rank, numbers[-1], m.end())
    if style.startswith("I"):
        value = from_roman(m[1])
        if value is None or value > 40:
            letter = _letter(m[1])
            if letter is None or style != "I.":
                return None
            return Mark(label, "A.", Rank.LETTER, letter, m.end())
        return Mark(label, style, rank, value, m.end())
    if rank is Rank.LETTER:
        value = _letter(m[1])
        return Mark(label, style, rank, value, m.end()) if value else None
    if style.startswith("a"):
        return Mark(label, style, rank, POINTS.index(m[1]) + 1, m.end())
    ordinal = int(m[1])
    return Mark(label, style, rank, ordinal, m.end()) if 0 < ordinal <= 200 else None


def _letter(text: str) -> int | None:
    return UPPER_POINTS.index(text) + 1 if len(text) == 1 and text in UPPER_POINTS else None


def as_letter(mark: Mark) -> Mark | None:
    """A Roman "I." or "V." read as the letter of a text that runs on letters."""
    letter = _letter(mark.label[:-1])
    if letter is None:
        return None
    return Mark(mark.label, "A.", Rank.LETTER, letter, mark.length)
