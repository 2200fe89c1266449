"""Automatic numbering of the Word file: labels are numbering definitions, never typed text.

Every run of siblings whose labels count on ("1.", "2.", "3.") is one numbering instance with its own
start, so it goes on counting when a person inserts an item in Word. Nested numbers ("1.1.") are a
second level under their parent where they count with it. Where Word cannot count as Vietnamese
texts do (đ stands between d and e, there is no f), the run is cut: "đ)" is a fixed sign and the next
run starts at Word's own e or g.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.sax.saxutils import quoteattr

from paper.labels import BULLETS, LabelStyle, parse_label
from paper.value import Clause

_LATIN = "abcdefghijklmnopqrstuvwxyz"
#: Word's number format and the text around the number, for each style that counts by itself.
_FORMS: dict[LabelStyle, tuple[str, str]] = {
    LabelStyle.ALPHA_UPPER: ("upperLetter", "%1."),
    LabelStyle.ROMAN: ("upperRoman", "%1."),
    LabelStyle.ROMAN_DASH: ("upperRoman", "%1-"),
    LabelStyle.DECIMAL: ("decimal", "%1."),
    LabelStyle.DECIMAL_DASH: ("decimal", "%1-"),
    LabelStyle.PAREN_DOT: ("decimal", "(%1)."),
    LabelStyle.PAREN: ("decimal", "(%1)"),
    LabelStyle.DECIMAL_PAREN: ("decimal", "%1)"),
    LabelStyle.ALPHA: ("lowerLetter", "%1)"),
    LabelStyle.FOOTNOTE: ("decimal", "[%1]"),
}
_LEVELS = 9


@dataclass(frozen=True, slots=True)
class Number:
    """Where a paragraph takes its label from: numbering instance and level."""

    num: int
    level: int = 0


@dataclass(slots=True)
class _Run:
    """The siblings that count on: the instance they share and the last value it gave."""

    number: Number
    style: LabelStyle
    shape: tuple[str, str]
    value: int


@dataclass(slots=True)
class Numbering:
    """Collects definitions while the clauses are laid out, then gives the numbering part's XML."""

    indent: float
    """First line of a numbered paragraph, in millimetres: Word takes it from the numbering, not the style."""
    abstracts: dict[tuple[tuple[str, str], ...], int] = field(default_factory=dict)
    instances: list[tuple[int, int, int | None]] = field(default_factory=list)
    """Abstract definition, level and start (None: as the definition says) of each instance."""

    def labels(self, clauses: tuple[Clause, ...]) -> Iterator[tuple[tuple[int, ...], Clause, Number | None]]:
        """Every clause in reading order with its number; None where it has no label Word can hold.

        Iterative, so depth is no limit; the runs of a level live as long as their parent.
        """
        stack: list[_Level] = [_Level(clauses, (), None)]
        while stack:
            level = stack[-1]
            if level.at == len(level.clauses):
                stack.pop()
                continue
            clause, path = level.clauses[level.at], (*level.path, level.at)
            level.at += 1
            number = self._number(clause, level)
            yield path, clause, number
            if clause.children:
                stack.append(_Level(clause.children, path, (clause, number)))

    def _number(self, clause: Clause, level: _Level) -> Number | None:
        parsed = parse_label(clause.label)
        if clause.label is None or parsed is None:
            return None
        style, ordinal = parsed
        if style in BULLETS:
            return self._fixed(style.value)
        if style in (LabelStyle.NESTED, LabelStyle.NESTED_BARE):
            return self._nested(clause.label, ordinal, level)
        shape, value = _counted(style, clause.label, ordinal)
        if not shape[0]:
            return self._fixed(clause.label)
        return self._count(style, shape, value, level)

    def _count(self, style: LabelStyle, shape: tuple[str, str], value: int, level: _Level) -> Number:
        run = level.runs.get(shape)
        if run is not None and run.value + 1 == value:
            run.value = value
            return run.number
        levels = (shape, *_deeper(shape)) if style is LabelStyle.DECIMAL else (shape,)
        number = self._instance(levels, value)
        level.runs[shape] = _Run(number, style, shape, value)
        return number

    def _nested(self, label: str, ordinal: int, level: _Level) -> Number:
        """A second level of the parent's list where it counts with it, else a list of its own."""
        above = level.above
        if above is not None and above[1] is not None and above[0].label is not None:
            number = Number(above[1].num, above[1].level + 1)
            expected = f"{above[0].label}{ordinal}."
            if label == expected and ordinal == level.nested + 1 and self._may_nest(number):
                level.nested = ordinal
                return number
        head, tail = re.fullmatch(r"(.*?)\d+(\.?)", label).groups()  # type: ignore[union-attr]
        return self._count(LabelStyle.NESTED, ("decimal", f"{head}%1{tail}"), ordinal, level)

    def _may_nest(self, number: Number) -> bool:
        abstract = self.instances[number.num - 1][0]
        shapes = next(s for s, i in self.abstracts.items() if i == abstract)
        return len(shapes) > 1 and number.level < len(shapes)

    def _fixed(self, sign: str) -> Number:
        """A sign that does not count: a bullet, or a label Word has no number for."""
        shape = ("bullet", sign)
        known = self.abstracts.get((shape,))
        if known is not None:
            return Number(next(i for i, entry in enumerate(self.instances, 1) if entry[0] == known))
        return self._instance((shape,), None)

    def _instance(self, levels: tuple[tuple[str, str], ...], start: int | None) -> Number:
        abstract = self.abstracts.setdefault(levels, len(self.abstracts))
        self.instances.append((abstract, 0, start))
        return Number(len(self.instances))

    def xml(self) -> str:
        """The content of ``w:numbering``: definitions first, then instances, as the schema orders."""
        out = [_abstract(i, levels, round(self.indent * 1440 / 25.4)) for levels, i in self.abstracts.items()]
        for i, (abstract, level, start) in enumerate(self.instances, 1):
            override = (
                f'<w:lvlOverride w:ilvl="{level}"><w:startOverride w:val="{start}"/></w:lvlOverride>'
                if start is not None
                else ""
            )
            out.append(f'<w:num w:numId="{i}"><w:abstractNumId w:val="{abstract}"/>{override}</w:num>')
        return "".join(out)


@dataclass(slots=True)
class _Level:
    """Siblings under one parent while they are walked."""

    clauses: tuple[Clause, ...]
    path: tuple[int, ...]
    above: tuple[Clause, Number | None] | None
    at: int = 0
    nested: int = 0
    runs: dict[tuple[str, str], _Run] = field(default_factory=dict)


def _counted(style: LabelStyle, label: str, ordinal: int) -> tuple[tuple[str, str], int]:
    """Word's format for a label and the value it counts from; an empty format where Word cannot."""
    shape = _FORMS[style]
    if style not in (LabelStyle.ALPHA, LabelStyle.ALPHA_UPPER):
        return shape, ordinal
    letter = label[:-1].lower()
    known = len(letter) == 1 and letter in _LATIN
    return (shape, _LATIN.index(letter) + 1) if known else (("", ""), 0)


def _deeper(shape: tuple[str, str]) -> Iterator[tuple[str, str]]:
    """The levels under "1.": "1.1.", "1.1.1." …"""
    text = shape[1]
    for level in range(2, _LEVELS + 1):
        text += f"%{level}."
        yield shape[0], text


def _abstract(number: int, levels: tuple[tuple[str, str], ...], indent: int) -> str:
    kind = "multilevel" if len(levels) > 1 else "singleLevel"
    inner = "".join(_level(i, form, text, indent) for i, (form, text) in enumerate(levels))
    return (
        f'<w:abstractNum w:abstractNumId="{number}"><w:multiLevelType w:val="{kind}"/>{inner}</w:abstractNum>'
    )


def _level(level: int, form: str, text: str, indent: int) -> str:
    return (
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:suff w:val="space"/>'
        f'<w:lvlText w:val={quoteattr(text)}/><w:lvlJc w:val="left"/>'
        f'<w:pPr><w:ind w:left="0" w:firstLine="{indent}"/></w:pPr></w:lvl>'
    )
