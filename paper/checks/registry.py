"""The register of checks: each family enters its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from paper.checks.finding import Finding, Severity
from paper.checks.material import Material

Find = Callable[[Material], Iterator[Finding]]


@dataclass(frozen=True, slots=True)
class Check:
    """One check: its code, what it makes sure of (a Vietnamese phrase), and how much it weighs."""

    code: str
    name: str
    severity: Severity
    find: Find


CHECKS: dict[str, Check] = {}


def checks(code: str, name: str, severity: Severity) -> Callable[[Find], Find]:
    """Registers a function as a check; the findings that it gives take its code and severity."""

    def add(find: Find) -> Find:
        CHECKS[code] = Check(code, name, severity, find)
        return find

    return add
