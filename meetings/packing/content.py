"""What goes into a pack and what came of it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from paper.forms import Profile

#: Raised when the same content is to look otherwise: packs made before are then out of date.
LAYOUT = 1


@dataclass(frozen=True, slots=True)
class File:
    """An attached document: where its bytes lie, and where the site serves it."""

    title: str
    name: str
    path: Path
    content_type: str
    sha256: str = ""
    url: str = ""
    accepted: bool = True
    """False while the office has not accepted it: the stamp and the cover say so."""


@dataclass(frozen=True, slots=True)
class Item:
    """An item of the agenda; ``session`` opens a new part of the agenda where it changes."""

    number: int
    text: str
    bodies: str = ""
    presenter: str = ""
    minutes: int | None = None
    purpose: str = ""
    session: str = ""
    files: tuple[File, ...] = ()


def _files(item: Item) -> list[tuple[object, ...]]:
    return [(f.title, f.name, f.content_type, f.sha256, f.url, f.accepted) for f in item.files]


@dataclass(frozen=True, slots=True)
class Content:
    """A meeting, its agenda and the documents of its items."""

    title: str
    when: str
    where: str
    chair: str
    form: Profile
    superior: tuple[str, ...] = ()
    issuer: tuple[str, ...] = ()
    items: tuple[Item, ...] = ()

    @property
    def digest(self) -> str:
        """SHA-256 of everything that the pack shows: equal digests, equal packs."""
        head = (LAYOUT, self.form.code, self.superior, self.issuer)
        words = (self.title, self.when, self.where, self.chair)
        items = [
            (i.number, i.text, i.bodies, i.presenter, i.minutes, i.purpose, i.session, _files(i))
            for i in self.items
        ]
        return hashlib.sha256(repr((head, words, items)).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Problem:
    """A document that is not in the pack, or not whole, and why, as a sentence."""

    item: int
    document: int
    title: str
    reason: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Listed:
    """A document of a kind that has no pages (docx, xlsx, pptx): named, with its address."""

    item: int
    document: int
    title: str
    name: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Made:
    """What came of the making."""

    pages: int
    problems: tuple[Problem, ...]
    listed: tuple[Listed, ...]
