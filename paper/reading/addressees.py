"""Addressees: the lines after "Kính gửi:" of invitations and official letters."""

from __future__ import annotations

import re
from collections.abc import Sequence

from paper.reading import marks
from paper.reading.lines import Furniture, Line
from paper.reading.openers import opens_text
from paper.reading.paragraphs import glue

ADDRESS = re.compile(r"Kính gửi\s*:?", re.I)


def addressees(
    lines: Sequence[Line], at: int, known: tuple[str, ...], furniture: Furniture
) -> tuple[tuple[str, ...], int]:
    """The lines after "Kính gửi:", one entry per dash; dots alone are none."""
    if at >= len(lines) or not (m := ADDRESS.match(lines[at].text)):
        return known, at
    furniture.add(m[0])
    entries: list[list[str]] = []
    first = lines[at].text[m.end() :].strip()
    rest: list[Line] = [Line(first, lines[at].at)] if first else []
    i = at + 1
    while i < len(lines) and i < at + 60:
        line = lines[i]
        if line.rule:
            i += 1
            continue
        bullet = marks.match(line.text)
        if (bullet and bullet.bullet) or (rest and not bullet and _goes_on(rest[-1].text, line)):
            rest.append(line)
        else:
            break
        i += 1
    closed = sum(1 for r in rest if r.text[-1:] in ";,.")
    for line in rest:
        bullet = marks.match(line.text)
        text = line.text[bullet.length :].strip() if bullet and bullet.bullet else line.text
        broken = entries and closed >= 2 and entries[-1][-1][-1:].isalpha() and bullet is not None
        if bullet and bullet.bullet and broken:
            entries[-1].append(line.text)
        elif (bullet and bullet.bullet) or not entries:
            entries.append([text])
        else:
            entries[-1].append(line.text)
    done = [re.sub(r"[\s.;,:…_]+$", "", glue(e)) for e in entries]
    return (*known, *[d for d in done if d.strip("._… ")]), i


def _goes_on(before: str, line: Line) -> bool:
    """Whether an undashed line belongs to the addressee above."""
    if before[-1:] in ".:":
        return False
    if before[-1:] in ";":
        return False
    if line.text[0].islower() or before[-1:] in ",-–":
        return True
    return line.gap == 0 and len(line.text) < 50 and not opens_text(line.text)
