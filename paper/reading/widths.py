"""How wide a line of text is, in the proportions of Times, to tell a full line from a short one.

A line that ends because the column was full could not have taken the next word; a line that ends
a paragraph mostly could. Advance widths are those of the Times family in 1/1000 em, grouped.
"""

from __future__ import annotations

import unicodedata

_GROUPS = {
    "ijltI'|.,;:!/ \t()[]-fr‘’": 300,
    "aceszgyvxkbdhnopqu0123456789$*#?_“”Jđ": 490,
    "ABCDEFGHKLNOPQRSTUVXYZĐ&": 690,
    "mMwW%…—": 830,
}
_WIDTH: dict[str, int] = {}
for _letters, _w in _GROUPS.items():
    for _c in _letters:
        _WIDTH[_c] = _w
_WIDTH |= {
    "i": 278, "j": 278, "l": 278, "t": 278, " ": 250, ".": 250, ",": 250, "f": 333, "r": 333,
    "a": 444, "c": 444, "e": 444, "z": 444, "s": 389, "m": 778, "w": 722, "I": 333, "-": 333,
    "(": 333, ")": 333, "S": 556, "P": 556, "F": 556, "M": 889, "W": 944, "…": 1000, "—": 1000,
}  # fmt: skip


def width(text: str) -> int:
    """Width of ``text`` in 1/1000 em."""
    total = 0
    for c in text:
        w = _WIDTH.get(c)
        if w is None:
            base = unicodedata.normalize("NFD", c)[0]
            w = _WIDTH.get(base, 500)
            _WIDTH[c] = w
        total += w
    return total
