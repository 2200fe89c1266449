"""Running the checks over a paper. Importing a family enters its checks, in the order of the catalogue."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import replace

from paper.checks import (  # noqa: F401
    abbreviations,
    bodies,
    citations,
    dates,
    doubled,
    ending,
    head,
    items,
    labels,
    letters,
    punctuation,
    signature,
    spelling,
)
from paper.checks.finding import Finding
from paper.checks.material import Material
from paper.checks.registry import CHECKS
from paper.checks.world import World
from paper.value import Paper


def check(paper: Paper, world: World | None = None, *, without: Container[str] = ()) -> tuple[Finding, ...]:
    """All findings on a paper, in the order of its parts; ``without`` are codes that are turned off."""
    material = Material(paper, world or World())
    found = [
        replace(finding, code=each.code, severity=each.severity)
        for each in CHECKS.values()
        if each.code not in without
        for finding in each.find(material)
    ]
    return tuple(sorted(found, key=_order))


_PARTS = ("head", "subject", "body", "signature", "recipients")


def _order(finding: Finding) -> tuple[int, tuple[int, ...], int, int]:
    place = finding.place
    return _PARTS.index(place.part), place.path, place.index, place.start
