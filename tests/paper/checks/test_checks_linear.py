"""Checking a text twice as long takes about twice as long, whatever it holds."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable

import pytest

from paper.checks import check
from paper.value import Clause, Paper, Recipient, Regime

SHAPES: dict[str, Callable[[int], str]] = {
    "brackets": lambda n: "(“" * (n // 2),
    "doubled": lambda n: "các " * (n // 4),
    "days": lambda n: "thứ Tư, ngày 1/1/2026 (thứ Ba) " * (n // 31),
    "citations": lambda n: "Nghị quyết số 1- NQ/HU ngày 1/1/2026 của Tỉnh ủy, " * (n // 50),
    "tones": lambda n: "uỷ ủy " * (n // 6),
    "signs": lambda n: " ,, ..- " * (n // 8),
    "one word": lambda n: "a" * n,
    "capitals": lambda n: "XYZ abc " * (n // 8),
    "blanks": lambda n: "x" + " " * n,
}


def seconds(text: str) -> float:
    """Processor time of the better of two runs."""
    paper = Paper(
        regime=Regime.PARTY, body=(Clause(text, "1."), Clause("Hết.", "2.")), recipients=(Recipient("Lưu"),)
    )
    best = float("inf")
    gc.collect()
    for _ in range(2):
        start = time.process_time()
        check(paper)
        best = min(best, time.process_time() - start)
    return best


@pytest.mark.parametrize("shape", SHAPES)
def test_time_grows_with_length(shape: str) -> None:
    """Four times the text takes no more than ten times the time (a quadratic walk takes sixteen)."""
    short, long = seconds(SHAPES[shape](5_000)), seconds(SHAPES[shape](20_000))

    assert long <= max(10 * short, 0.2), (short, long)
