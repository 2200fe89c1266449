"""A finding: what is wrong, where, and what would put it right."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum


class Severity(StrEnum):
    """How much a finding weighs."""

    REFUSE = "refuse"
    """Từ chối: a registrar sends the paper back."""
    WARN = "warn"
    """Cảnh báo: most likely a slip; somebody should look."""
    HINT = "hint"
    """Gợi ý: lawful, yet better otherwise."""


class Part(StrEnum):
    """The part of a paper that a place lies in."""

    HEAD = "head"
    SUBJECT = "subject"
    BODY = "body"
    RECIPIENTS = "recipients"
    SIGNATURE = "signature"


@dataclass(frozen=True, slots=True)
class Place:
    """Where: a part, in the body the path of the clause, among the recipients the position of the line;
    ``start`` and ``end`` count letters of the text of that place (0, 0: the whole of it)."""

    part: Part
    path: tuple[int, ...] = ()
    index: int = 0
    start: int = 0
    end: int = 0


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding. ``message`` is a template filled by ``facts``, so that it can be told in another
    language; ``repair`` takes the place of the letters at ``place`` (and of those at ``also``, each with
    its own text, when one slip stands at many places)."""

    code: str
    severity: Severity
    place: Place
    message: str
    facts: dict[str, str] = field(default_factory=dict)
    quote: str = ""
    repair: str | None = None
    also: tuple[tuple[Place, str], ...] = ()

    @property
    def text(self) -> str:
        """The sentence in Vietnamese."""
        return self.message % self.facts if self.facts else self.message

    @property
    def repairs(self) -> tuple[tuple[Place, str], ...]:
        """Every place with the letters that belong there; () where no repair is safe."""
        return ((self.place, self.repair), *self.also) if self.repair is not None else ()

    @property
    def fingerprint(self) -> str:
        """What the finding is about, whatever its place: it stays when clauses move and goes when the
        words change."""
        said = "\x1f".join((self.code, self.quote, *(self.facts[key] for key in sorted(self.facts))))
        return hashlib.sha256(said.encode()).hexdigest()[:32]


def N_(message: str) -> str:  # noqa: N802  the name by which collectors of messages know it
    """Marks a template for translation; the rooms above translate it when they show it."""
    return message


def worst(findings: Iterable[Finding]) -> Severity | None:
    """The heaviest severity among the findings."""
    found = {finding.severity for finding in findings}
    return next((severity for severity in Severity if severity in found), None)
