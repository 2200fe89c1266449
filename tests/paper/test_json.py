"""The exchange form: exact both ways, deterministic, and refused with a sentence."""

from __future__ import annotations

import json

import pytest

from paper import json as paper_json
from paper.value import Clause, Paper, PartialDate, Regime, Role, Table

PAPER = Paper(
    regime=Regime.PARTY,
    number=39,
    notation="CTr/HU",
    dated=PartialDate(2023, 4, None),
    body=(
        Clause(
            "Tiêu đề", "I.", (Clause("Nội dung", "1."), Clause("", table=Table((("a", "b"),)))), Role.HEADING
        ),
    ),
)


def test_a_paper_comes_back_exactly_and_always_as_the_same_text() -> None:
    assert paper_json.loads(paper_json.dumps(PAPER)) == PAPER
    assert paper_json.dumps(PAPER) == paper_json.dumps(paper_json.loads(paper_json.dumps(PAPER)))


def test_depth_is_no_limit_for_values() -> None:
    clause = Clause("x", "1.")
    for _ in range(3_000):
        clause = Clause("x", "1.", (clause,))

    data = paper_json.to_data(Paper(body=(clause,)))
    back = paper_json.from_data(data)

    assert sum(1 for _ in back.clauses()) == 3_001


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        '{"form": "paper/2"}',
        json.dumps({**paper_json.to_data(PAPER), "number": "39"}),
        json.dumps({**paper_json.to_data(PAPER), "number": True}),
        json.dumps({**paper_json.to_data(PAPER), "regime": "church"}),
        json.dumps({**paper_json.to_data(PAPER), "extra": 1}),
        json.dumps({**paper_json.to_data(PAPER), "body": [{"text": 5}]}),
        json.dumps({**paper_json.to_data(PAPER), "body": [1]}),
        "[" * 100_000,
    ],
)
def test_anything_else_is_refused_with_a_sentence(text: str) -> None:
    with pytest.raises(ValueError, match=r"\.$"):
        paper_json.loads(text)
