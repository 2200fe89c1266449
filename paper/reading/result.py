"""What reading gives: the Paper, its source, and everything a person should look at."""

from __future__ import annotations

from dataclasses import dataclass

from paper.value import Paper


class Unreadable(Exception):
    """A file that cannot be read; ``message`` is one clear Vietnamese sentence, ``code`` is stable."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


@dataclass(frozen=True, slots=True)
class Notice:
    """A warning at its place. ``line`` counts the lines of ``Reading.source`` from 0."""

    code: str
    message: str
    line: int | None = None
    path: tuple[int, ...] | None = None
    suggestion: str | None = None


@dataclass(frozen=True, slots=True)
class Damage:
    """Letters that were lost or wrong in the source, and what the Paper carries instead."""

    raw: str
    repaired: str
    line: int


@dataclass(frozen=True, slots=True)
class Leftover:
    """Words of the source that found no place in the Paper."""

    line: int
    text: str


@dataclass(frozen=True, slots=True)
class Span:
    """The source lines a clause was read from, first and last."""

    path: tuple[int, ...]
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Reading:
    """A Paper as read, with its source lines, warnings, repairs and left-over words.

    ``exact`` is True where the Paper came from the data inside a PDF whose words were found equal
    to the visible text.
    """

    paper: Paper
    source: tuple[str, ...] = ()
    warnings: tuple[Notice, ...] = ()
    damaged: tuple[Damage, ...] = ()
    leftover: tuple[Leftover, ...] = ()
    spans: tuple[Span, ...] = ()
    exact: bool = False
