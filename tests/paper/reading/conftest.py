"""Invented papers of several offices, read once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from paper.reading import Reading, read_text

PAPERS = Path(__file__).parent / "papers"


@pytest.fixture(scope="session")
def reading() -> Callable[[str], Reading]:
    """The Reading of one of the papers beside this file, by its name."""
    known: dict[str, Reading] = {}

    def read(name: str) -> Reading:
        if name not in known:
            known[name] = read_text((PAPERS / f"{name}.txt").read_text(encoding="utf-8"))
        return known[name]

    return read
