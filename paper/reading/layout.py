"""How a text is set: column width, indents, blank lines between paragraphs, whole lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from paper.reading.lines import Line
from paper.reading.widths import width


@dataclass(frozen=True, slots=True)
class Layout:
    """What a text shows of its setting, measured on its lines."""

    column: int
    whole: bool
    separated: bool
    usual_gap: int
    indented: bool
    base: int


def measure(lines: Sequence[Line], margin: int | None = None) -> Layout:
    """The setting of ``lines``: column width, whole-line paragraphs, separating blanks, indents.

    ``margin`` is the left margin of the whole text, where letterhead and recipients show one.
    """
    texts = [line for line in lines if not line.rule and line.table is None]
    if not texts:
        return Layout(0, False, False, 0, False, 0)
    widths = sorted(width(line.text[:400]) for line in texts)
    lengths = sorted(len(line.text) for line in texts)
    column = widths[min(len(widths) - 1, int(len(widths) * 0.96))]
    long_lines = lengths[int(len(lengths) * 0.9)] > 150 or lengths[-1] > 260
    gaps = [line.gap for line in texts[1:] if not line.page]
    none = sum(1 for g in gaps if g == 0)
    separated = bool(gaps) and len(gaps) >= 3 and 0.25 <= none / len(gaps) < 1
    usual = 0
    if gaps and none < len(gaps) * 0.25:
        usual = sorted(gaps)[len(gaps) // 2]
    elif separated:
        usual = 1
    indents = sorted(line.indent for line in texts)
    base = indents[int(len(indents) * 0.3)]
    if margin is not None and (indents[0] <= margin + 1 or indents[0] >= margin + 3):
        base = margin
    set_in = [i for i in indents if i >= base + 3]
    alike = sum(1 for i in set_in if abs(i - set_in[len(set_in) // 2]) <= 1) if set_in else 0
    indented = len(set_in) >= 2 and alike >= len(set_in) * 0.5 and not long_lines
    return Layout(column, long_lines, separated, usual, indented, base)


def indent_starts(run: list[Line], line: Line, layout: Layout) -> bool:
    """Whether ``line`` is set in as first lines are here; a hanging list is set in below its first line."""
    if not layout.indented or line.indent < layout.base + 3:
        return False
    return line.indent <= run[0].indent + 1 if len(run) == 1 else line.indent > run[-1].indent + 2


def _available(run: list[Line], layout: Layout) -> int:
    """The width a line of this paragraph had: less on the first line, which is indented."""
    return int(layout.column * (0.925 if len(run) == 1 else 1.0))


def is_full(run: list[Line], word: str, layout: Layout) -> bool:
    """Whether ``word`` would not have fitted behind the last line of ``run``."""
    return width(run[-1].text[:400]) + 250 + width(word[:40]) > _available(run, layout) * 0.975


def is_short(run: list[Line], layout: Layout) -> bool:
    return width(run[-1].text[:400]) < _available(run, layout) * 0.9


def is_very_short(run: list[Line], layout: Layout) -> bool:
    return width(run[-1].text[:400]) < _available(run, layout) * 0.78
