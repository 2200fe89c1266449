"""Word's automatic numbering: the labels that are not in the text.

Resolves ``w:numPr`` direct and by paragraph style (with the styles it is based on), list styles
(``numStyleLink``), ``lvlText``, ``start``, ``startOverride``, level overrides and restarts, as
ECMA-376 Part 1, 17.9 says.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from paper.labels import roman

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_SYMBOLS = {
    "\uf0b7": "•",
    "\uf02d": "-",
    "\uf0a7": "▪",
    "\uf0d8": "➢",
    "\uf0fc": "✓",
    "\uf076": "❖",
    "\uf02b": "+",
    "\uf0be": "-",
    "o": "○",
    "\uf06f": "□",
    "\u2212": "-",
}


@dataclass(slots=True)
class _Level:
    form: str = "decimal"
    text: str = ""
    start: int = 1
    restart: int | None = None
    legal: bool = False


@dataclass(slots=True)
class _List:
    abstract: str
    overrides: dict[int, int] = field(default_factory=dict)
    levels: dict[int, _Level] = field(default_factory=dict)


class Numbering:
    """Counts through a document: :meth:`label` once per paragraph, in order."""

    def __init__(self, numbering: Any, styles: Any) -> None:
        self._abstracts: dict[str, dict[int, _Level]] = {}
        self._lists: dict[str, _List] = {}
        self._styles: dict[str, tuple[str | None, str | None, int | None]] = {}
        self._counters: dict[str, dict[int, int]] = {}
        self._begun: set[tuple[str, int]] = set()
        if styles is not None:
            self._read_styles(styles)
        if numbering is not None:
            self._read(numbering)

    def _read_styles(self, styles: Any) -> None:
        for style in styles.iter(f"{W}style"):
            name = style.get(f"{W}styleId")
            based = style.find(f"{W}basedOn")
            numbers = style.find(f"{W}pPr/{W}numPr")
            num, level = _num_and_level(numbers)
            if name:
                self._styles[name] = (based.get(f"{W}val") if based is not None else None, num, level)

    def _read(self, numbering: Any) -> None:
        links: dict[str, str] = {}
        for abstract in numbering.iter(f"{W}abstractNum"):
            key = abstract.get(f"{W}abstractNumId")
            link = abstract.find(f"{W}numStyleLink")
            if link is not None:
                links[key] = link.get(f"{W}val")
            self._abstracts[key] = {
                _number(lvl.get(f"{W}ilvl")): _level(lvl) for lvl in abstract.iter(f"{W}lvl")
            }
        for num in numbering.iter(f"{W}num"):
            key = num.get(f"{W}numId")
            target = num.find(f"{W}abstractNumId")
            if key is None or target is None:
                continue
            made = _List(target.get(f"{W}val"))
            for override in num.iter(f"{W}lvlOverride"):
                at = _number(override.get(f"{W}ilvl"))
                start = override.find(f"{W}startOverride")
                if start is not None:
                    made.overrides[at] = _number(start.get(f"{W}val"), 1)
                own = override.find(f"{W}lvl")
                if own is not None:
                    made.levels[at] = _level(own)
            self._lists[key] = made
        for key, style in links.items():
            linked = self._styles.get(style, (None, None, None))[1]
            if linked and linked in self._lists:
                self._abstracts[key] = self._abstracts.get(self._lists[linked].abstract, {})

    def of_style(self, style: str | None) -> tuple[str | None, int | None]:
        """The list and level a paragraph style brings, through the styles it is based on."""
        num: str | None = None
        level: int | None = None
        seen: set[str] = set()
        while style and style not in seen and style in self._styles:
            seen.add(style)
            based, here, at = self._styles[style]
            num = num if num is not None else here
            level = level if level is not None else at
            style = based
        return num, level

    def label(self, properties: Any) -> str | None:
        """The label of a paragraph with these ``w:pPr``; None where it has none. Counts on."""
        style = properties.find(f"{W}pStyle") if properties is not None else None
        num, level = self.of_style(style.get(f"{W}val") if style is not None else None)
        if properties is not None and (direct := properties.find(f"{W}numPr")) is not None:
            own, at = _num_and_level(direct)
            num = own if own is not None else num
            level = at if at is not None else level
        if num is None or num == "0" or num not in self._lists:
            return None
        return self._count(num, level or 0)

    def _count(self, num: str, level: int) -> str | None:
        here = self._lists[num]
        levels = {**self._abstracts.get(here.abstract, {}), **here.levels}
        if level not in levels:
            return None
        counters = self._counters.setdefault(here.abstract, {})
        for at, start in here.overrides.items():
            if at <= level and (num, at) not in self._begun:
                self._begun.add((num, at))
                counters.pop(at, None)
                levels[at].start, levels[at].start = start, start
        if level in counters:
            counters[level] += 1
        else:
            counters[level] = here.overrides.get(level, levels[level].start)
        for at in range(level):
            counters.setdefault(at, here.overrides.get(at, levels[at].start if at in levels else 1))
        for at in [a for a in counters if a > level]:
            restart = levels[at].restart if at in levels else None
            if restart is None or (restart and level < restart):
                del counters[at]
        return _shown(levels, counters, level)


def _number(text: str | None, default: int = 0) -> int:
    try:
        return int(text) if text is not None else default
    except ValueError:
        return default


def _num_and_level(numbers: Any) -> tuple[str | None, int | None]:
    if numbers is None:
        return None, None
    num, level = numbers.find(f"{W}numId"), numbers.find(f"{W}ilvl")
    return (
        num.get(f"{W}val") if num is not None else None,
        _number(level.get(f"{W}val")) if level is not None else None,
    )


def _level(element: Any) -> _Level:
    def value(name: str) -> str | None:
        found = element.find(f"{W}{name}")
        return found.get(f"{W}val") if found is not None else None

    legal = element.find(f"{W}isLgl")
    restart = value("lvlRestart")
    return _Level(
        value("numFmt") or "decimal",
        value("lvlText") or "",
        _number(value("start"), 1),
        _number(restart) if restart is not None else None,
        legal is not None and legal.get(f"{W}val") not in ("0", "false"),
    )


def _shown(levels: dict[int, _Level], counters: dict[int, int], level: int) -> str | None:
    here = levels[level]
    if here.form == "bullet":
        sign = "".join(_SYMBOLS.get(c, c) for c in here.text).strip()
        return sign or None
    if here.form == "none" and "%" not in here.text:
        return here.text.strip() or None

    def number(m: re.Match[str]) -> str:
        at = int(m[1]) - 1
        form = "decimal" if here.legal else levels[at].form if at in levels else "decimal"
        return formatted(counters.get(at, 1), form)

    return re.sub(r"%([1-9])", number, here.text).strip() or None


def formatted(value: int, form: str) -> str:
    """A number in one of Word's formats."""
    if form == "upperRoman":
        return roman(value) if 0 < value < 400 else str(value)
    if form == "lowerRoman":
        return roman(value).lower() if 0 < value < 400 else str(value)
    if form in ("upperLetter", "lowerLetter"):
        letter = chr(ord("A") + (value - 1) % 26) * ((value - 1) // 26 + 1) if 0 < value < 260 else str(value)
        return letter if form == "upperLetter" else letter.lower()
    if form == "decimalZero":
        return f"{value:02d}"
    return "" if form == "none" else str(value)
