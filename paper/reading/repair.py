"""Letters put right, line by line, without guessing: the damages of ``formats.md`` §7.3 that map 1:1.

Ƣ/ƣ (a wrong glyph table) become Ư/ư, Ð becomes Đ between Vietnamese letters, decomposed letters
become NFC, no-break blanks become blanks, soft hyphens and zero-width signs go. Letters that were
lost are another matter: :mod:`paper.reading.lost`.
"""

from __future__ import annotations

import re
import unicodedata

_HORN = str.maketrans({"Ƣ": "Ư", "ƣ": "ư"})
_BLANKS = str.maketrans(
    dict.fromkeys(
        "\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000", " "
    )
)
_NOTHING = str.maketrans(
    dict.fromkeys(
        "\xad\u200b\u200c\u200d\u2060\ufeff\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
    )
)
_HYPHENS = str.maketrans({"\u2010": "-", "\u2011": "-", "\u2212": "-"})
_ETH = re.compile(r"Ð")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_WRONG_HORN = re.compile("[Ƣƣ]")


def tidy(line: str) -> str:
    """One line with its letters put right, all except the horn letters (which count as damage)."""
    if line.isascii():
        return _CONTROL.sub("", line) if _CONTROL.search(line) else line
    line = unicodedata.normalize("NFC", line)
    line = line.translate(_BLANKS).translate(_NOTHING).translate(_HYPHENS)
    line = _CONTROL.sub("", line)
    return _ETH.sub("Đ", line)


def wrong_horns(line: str) -> bool:
    """Whether the line has Ƣ or ƣ, which no Vietnamese word has."""
    return bool(_WRONG_HORN.search(line))


def horns(line: str) -> str:
    """The line with Ư and ư for Ƣ and ƣ."""
    return line.translate(_HORN)


def tidy_keeping_breaks(text: str) -> str:
    """Like :func:`tidy` for a paragraph that still has line and page breaks in it."""
    return "".join(tidy(part) if part not in "\n\f" else part for part in re.split("([\n\f])", text) if part)
