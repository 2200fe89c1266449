"""What the checks must know of the world, as a plain value."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from lucngan.lib.text import fold


@dataclass(frozen=True, slots=True)
class Body:
    """A body (cơ quan, đơn vị): the name that papers print, every accepted way of writing it, and the
    days on which it exists (None: open)."""

    name: str
    names: tuple[str, ...] = ()
    since: dt.date | None = None
    until: dt.date | None = None

    def exists_on(self, day: dt.date) -> bool:
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


@dataclass(frozen=True, slots=True)
class Known:
    """A paper known from the register or from earlier papers: "85-KH/HU" of 09/3/2023."""

    kind: str
    number: str
    date: dt.date | None


@dataclass(frozen=True)
class World:
    """Everything is optional: what is not given is not known.

    ``today`` stands for the date of a paper that has none yet. ``period`` are the first and the last
    day of a programme's period. ``by_order`` are the authority lines that the rules of the body allow
    ("T/L BAN THƯỜNG VỤ"); None where nobody said.
    """

    bodies: tuple[Body, ...] = ()
    off: Mapping[dt.date, str] = field(default_factory=dict)
    worked: frozenset[dt.date] = frozenset()
    today: dt.date | None = None
    period: tuple[dt.date, dt.date] | None = None
    known: tuple[Known, ...] = ()
    by_order: frozenset[str] | None = None

    @cached_property
    def by_name(self) -> dict[str, tuple[Body, ...]]:
        """Bodies by every way of writing their names, folded."""
        found: dict[str, tuple[Body, ...]] = {}
        for body in self.bodies:
            for name in {fold(each) for each in (body.name, *body.names)}:
                found[name] = (*found.get(name, ()), body)
        return found

    @cached_property
    def known_by_number(self) -> dict[str, tuple[Known, ...]]:
        found: dict[str, tuple[Known, ...]] = {}
        for each in self.known:
            found[each.number] = (*found.get(each.number, ()), each)
        return found
