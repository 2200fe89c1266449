"""Labels of clauses (ký hiệu đề mục): their styles, their reading and their counting.

A label is computed from a style and an ordinal, never typed (``design`` law 4). Points follow
the Vietnamese alphabet as official texts use it: a, b, c, d, đ, e, g … (NĐ 30/2020, Phụ lục I,
II.6.đ); there is no f, j, w, z and no â, ă, ê, ô, ơ, ư.
"""

from __future__ import annotations

import re
from enum import StrEnum

POINTS = "abcdđeghiklmnopqrstuvxy"
UPPER_POINTS = "ABCDĐEGHIKLMNOPQRSTUVXY"


class LabelStyle(StrEnum):
    """How a clause is labelled; the value shows the style as it stands in a text."""

    ALPHA_UPPER = "A."
    ROMAN = "I."
    ROMAN_DASH = "I-"
    DECIMAL = "1."
    DECIMAL_DASH = "1-"
    PAREN_DOT = "(1)."
    PAREN = "(1)"
    DECIMAL_PAREN = "1)"
    NESTED = "1.1."
    NESTED_BARE = "1.1"
    ALPHA = "a)"
    DASH = "-"
    PLUS = "+"
    STAR = "*"
    FOOTNOTE = "[1]"
    NONE = ""


#: From the top of a text downwards: "1." under "I." is its child, never the other way round.
ORDER: tuple[LabelStyle, ...] = (
    LabelStyle.ALPHA_UPPER,
    LabelStyle.ROMAN,
    LabelStyle.ROMAN_DASH,
    LabelStyle.DECIMAL,
    LabelStyle.DECIMAL_DASH,
    LabelStyle.PAREN_DOT,
    LabelStyle.PAREN,
    LabelStyle.DECIMAL_PAREN,
    LabelStyle.NESTED,
    LabelStyle.NESTED_BARE,
    LabelStyle.ALPHA,
    LabelStyle.DASH,
    LabelStyle.PLUS,
    LabelStyle.STAR,
)

#: Styles that carry no number.
BULLETS = frozenset({LabelStyle.DASH, LabelStyle.PLUS, LabelStyle.STAR})

_ROMAN = ((100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))


def roman(n: int) -> str:
    """Upper-case Roman numeral of 1 … 399."""
    out = ""
    for value, sign in _ROMAN:
        out += sign * (n // value)
        n %= value
    return out


def from_roman(text: str) -> int | None:
    """Value of a canonical upper-case Roman numeral, None for anything else ("IIX", "")."""
    values = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
    if not text or any(c not in values for c in text):
        return None
    total = 0
    for here, after in zip(text, [*text[1:], ""], strict=True):
        v = values[here]
        total += -v if after and values[after] > v else v
    return total if roman(total) == text else None


def _points(n: int, letters: str) -> str:
    """n-th point: a … y, then aa, ab … ."""
    size = len(letters)
    out = ""
    while n > 0:
        n, rest = divmod(n - 1, size)
        out = letters[rest] + out
    return out


def _from_points(text: str, letters: str) -> int | None:
    total = 0
    for c in text:
        if c not in letters:
            return None
        total = total * len(letters) + letters.index(c) + 1
    return total or None


def label(style: LabelStyle, ordinal: int, above: str | None = None) -> str | None:
    """The printed label of the ``ordinal``-th clause in ``style``; None for an unlabelled one.

    ``above`` is the parent's label, whose numbers a nested label repeats ("2." gives "2.1.").
    """
    match style:
        case LabelStyle.NONE:
            return None
        case LabelStyle.ALPHA_UPPER:
            return _points(ordinal, UPPER_POINTS) + "."
        case LabelStyle.ROMAN:
            return roman(ordinal) + "."
        case LabelStyle.ROMAN_DASH:
            return roman(ordinal) + "-"
        case LabelStyle.DECIMAL:
            return f"{ordinal}."
        case LabelStyle.DECIMAL_DASH:
            return f"{ordinal}-"
        case LabelStyle.PAREN_DOT:
            return f"({ordinal})."
        case LabelStyle.PAREN:
            return f"({ordinal})"
        case LabelStyle.DECIMAL_PAREN:
            return f"{ordinal})"
        case LabelStyle.NESTED | LabelStyle.NESTED_BARE:
            head = ".".join(re.findall(r"\d+", above or "")) or "1"
            return f"{head}.{ordinal}" + ("." if style is LabelStyle.NESTED else "")
        case LabelStyle.ALPHA:
            return _points(ordinal, POINTS) + ")"
        case LabelStyle.FOOTNOTE:
            return f"[{ordinal}]"
        case _:
            return style.value


_FORMS: tuple[tuple[re.Pattern[str], LabelStyle], ...] = (
    (re.compile(r"(?:\d{1,3}\.)+(\d{1,3})\."), LabelStyle.NESTED),
    (re.compile(r"(?:\d{1,3}\.)+(\d{1,3})"), LabelStyle.NESTED_BARE),
    (re.compile(r"(\d{1,3})\."), LabelStyle.DECIMAL),
    (re.compile(r"(\d{1,3})-"), LabelStyle.DECIMAL_DASH),
    (re.compile(r"\((\d{1,3})\)\."), LabelStyle.PAREN_DOT),
    (re.compile(r"\((\d{1,3})\)"), LabelStyle.PAREN),
    (re.compile(r"(\d{1,3})\)"), LabelStyle.DECIMAL_PAREN),
    (re.compile(r"\[(\d{1,3})\]"), LabelStyle.FOOTNOTE),
)


def parse_label(text: str | None) -> tuple[LabelStyle, int] | None:
    """Style and ordinal of a label without blanks ("II." gives ROMAN, 2); None where it is none.

    "I." and "V." are read as Roman numbers; a reader that knows its text to run A., B., C.
    asks :func:`as_letter`. Bullets have the ordinal 0; None gives (NONE, 0).
    """
    if text is None:
        return LabelStyle.NONE, 0
    if text in {s.value for s in BULLETS}:
        return LabelStyle(text), 0
    for form, style in _FORMS:
        if m := form.fullmatch(text):
            return style, int(m[1])
    body, end = text[:-1], text[-1:]
    if end in ".-" and (n := from_roman(body)):
        return (LabelStyle.ROMAN if end == "." else LabelStyle.ROMAN_DASH), n
    if end == "." and (n := as_letter(text)):
        return LabelStyle.ALPHA_UPPER, n
    if end == ")" and (n := _from_points(body, POINTS)):
        return LabelStyle.ALPHA, n
    return None


def as_letter(text: str) -> int | None:
    """Ordinal of an upper-case letter label ("C." gives 3), also where it could be Roman."""
    if len(text) == 2 and text.endswith("."):
        return _from_points(text[0], UPPER_POINTS)
    return None
