"""Which line of one paper is which line of the other, and which of them moved."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Sequence
from itertools import pairwise

from paper.difference.value import Line

#: Lines that share less than this of their words are two different lines.
ALIKE = 0.5
#: A pair of neighbouring words that stands in more lines than this tells nothing.
_COMMON = 12

Match = dict[int, int]


def align(before: Sequence[Line], after: Sequence[Line]) -> Match:
    """Position in ``before`` → position in ``after`` of the same line.

    By key where both have one; what is left by the same words (those that stand once, then those behind
    the same neighbour, under the same parent, anywhere), then by like words.
    """
    found: Match = {}
    by_key = {line.key: n for n, line in enumerate(after) if line.key}
    for n, line in enumerate(before):
        if line.key and line.key in by_key:
            found[n] = by_key[line.key]
    _by_words(before, after, found, once=True)
    for where in (neighbours, parents, None):
        _by_words(before, after, found, where=where)
    _by_likeness(before, after, found)
    return found


def neighbours(lines: Sequence[Line]) -> list[int | None]:
    """The position of the line before each under the same parent."""
    at = {line.path: n for n, line in enumerate(lines)}
    return [at.get((*line.path[:-1], line.path[-1] - 1)) if line.path else None for line in lines]


def parents(lines: Sequence[Line]) -> list[int | None]:
    """The position of the line that each stands under."""
    at = {line.path: n for n, line in enumerate(lines)}
    return [at.get(line.path[:-1]) if len(line.path) > 1 else None for line in lines]


def _by_words(
    before: Sequence[Line],
    after: Sequence[Line],
    found: Match,
    *,
    where: Callable[[Sequence[Line]], list[int | None]] | None = None,
    once: bool = False,
) -> None:
    """Pair lines of the same words in order: those at the same place (as ``where`` says), or those whose
    words stand ``once`` in both papers."""
    here, there = (where(before), where(after)) if where else ([None] * len(before), [None] * len(after))
    taken = set(found.values())
    free: dict[Hashable, list[int]] = defaultdict(list)
    for m in range(len(after) - 1, -1, -1):
        if m not in taken:
            free[after[m].name, after[m].text, there[m]].append(m)
    times = Counter((line.name, line.text) for line in before)
    for n, line in enumerate(before):
        place = here[n]
        image = found.get(place) if place is not None else None
        if n in found or (place is not None and image is None):
            continue
        rows = free.get((line.name, line.text, image))
        if rows and not (once and (len(rows) > 1 or times[line.name, line.text] > 1)):
            found[n] = rows.pop()


def _by_likeness(before: Sequence[Line], after: Sequence[Line], found: Match) -> None:
    """Pair what is left by the words that two lines share; only lines with a rare pair of neighbouring
    words in common are ever compared, so that the cost grows with the text and not with its square."""
    taken = set(found.values())
    left = [n for n in range(len(before)) if n not in found]
    bags = {n: _grams(after[n].text) for n in range(len(after)) if n not in taken}
    index: dict[str, list[int]] = defaultdict(list)
    for n, bag in bags.items():
        for gram in bag:
            index[gram].append(n)
    scored: list[tuple[float, int, int, int]] = []
    for n in left:
        bag = _grams(before[n].text)
        met = {m for gram in bag if len(index[gram]) <= _COMMON for m in index[gram]}
        scored += [
            (-score, abs(n - m), n, m)
            for m in met
            if before[n].name == after[m].name and (score := _share(bag, bags[m])) >= ALIKE
        ]
    for _score, _far, n, m in sorted(scored):
        if n not in found and m not in taken:
            found[n] = m
            taken.add(m)


def _grams(text: str) -> Counter[str]:
    """Words and pairs of neighbouring words. A one-word line is compared by its word."""
    words = re.findall(r"\w+", text.casefold())
    pairs = [f"{one} {two}" for one, two in pairwise(words)]
    return Counter(pairs or words)


def _share(one: Counter[str], other: Counter[str]) -> float:
    """Dice's measure: 1 for the same, 0 for nothing in common."""
    total = one.total() + other.total()
    return 2 * (one & other).total() / total if total else 0.0


def moved(before: Sequence[Line], after: Sequence[Line], match: Match) -> set[int]:
    """The matched lines (positions in ``before``) that stand under another line now, or in another order
    among their neighbours: the fewest that explain the new order. What moves along with its parent did
    not move by itself."""
    over, under = parents(before), parents(after)
    found: set[int] = set()
    groups: dict[int | None, list[int]] = defaultdict(list)
    for n, m in match.items():
        above = over[n]
        image = match.get(above) if above is not None else None
        if (above is None) != (under[m] is None) or image != under[m]:
            found.add(n)
        else:
            groups[above].append(n)
    for row in groups.values():
        row.sort()
        kept = _rising([match[n] for n in row])
        found |= {n for at, n in enumerate(row) if at not in kept}
    return found


def _rising(row: list[int]) -> set[int]:
    """Positions of a longest rising sequence in ``row``."""
    tops: list[int] = []
    at: list[int] = []
    back: list[int] = []
    for n, value in enumerate(row):
        place = bisect_left(tops, value)
        tops[place:] = [value, *tops[place + 1 :]]
        at[place:] = [n, *at[place + 1 :]]
        back.append(at[place - 1] if place else -1)
    kept: set[int] = set()
    n = at[-1] if at else -1
    while n >= 0:
        kept.add(n)
        n = back[n]
    return kept
