"""What a difference is: parts of a paper, each a row of lines that were kept, added, removed or moved."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

Path = tuple[int, ...]
#: Path in the printed paper → what names its clause in both papers.
Keys = Mapping[Path, str]


class How(StrEnum):
    """What became of a line."""

    SAME = "same"
    ADDED = "added"
    REMOVED = "removed"
    MOVED = "moved"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words: in both texts ("equal"), in the first alone ("del"), in the second alone ("ins")."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Line:
    """One clause, recipient or component as it stands in one of the papers.

    ``name`` says which component it is ("subject", "signer"); ``key`` what names the clause. Labels are
    shown and not compared: they are computed from the place.
    """

    text: str
    path: Path = ()
    label: str | None = None
    heading: bool = False
    name: str = ""
    key: str = ""

    @property
    def depth(self) -> int:
        return len(self.path)


@dataclass(frozen=True, slots=True)
class Row:
    """A line before and after; one of them is None where it was added or removed.

    A line that moved and was changed as well is CHANGED with ``moved``.
    """

    how: How
    before: Line | None
    after: Line | None
    pieces: tuple[Piece, ...]
    moved: bool = False

    @property
    def line(self) -> Line:
        """The line as it stands now, or as it stood."""
        line = self.after or self.before
        assert line is not None
        return line

    @property
    def relabelled(self) -> bool:
        """Whether it bears another number than before."""
        return bool(self.before and self.after and self.before.label != self.after.label)


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a paper: "head", "body", "recipients", "signature", "appendices"."""

    name: str
    rows: tuple[Row, ...]

    @property
    def changes(self) -> tuple[Row, ...]:
        return tuple(row for row in self.rows if row.how is not How.SAME)


@dataclass(frozen=True, slots=True)
class Difference:
    """Every line of both papers exactly once, in the order of the second; what was removed stands where
    it stood."""

    parts: tuple[Part, ...]

    def rows(self) -> Iterator[Row]:
        for part in self.parts:
            yield from part.rows

    def part(self, name: str) -> Part:
        return next(part for part in self.parts if part.name == name)

    @property
    def changes(self) -> tuple[Row, ...]:
        return tuple(row for row in self.rows() if row.how is not How.SAME)

    @property
    def is_empty(self) -> bool:
        return not self.changes

    @property
    def counts(self) -> dict[str, int]:
        """How many lines of each kind; one that moved and changed counts as both."""
        found = dict.fromkeys((how.value for how in How), 0)
        for row in self.rows():
            found[row.how] += 1
            if row.moved and row.how is not How.MOVED:
                found[How.MOVED] += 1
        return found
