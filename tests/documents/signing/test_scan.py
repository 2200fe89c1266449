"""Scans against the issued words: slips of the reading machine pass, changed words do not."""

from __future__ import annotations

import random
import time
from dataclasses import replace

import pytest

from documents.signing import scan
from paper.forms import profile_of
from paper.printing import completeness, pdf
from paper.value import Clause, Paper
from tests.documents.signing.conftest import PAPER

FORM = profile_of(PAPER)


def text_of(paper: Paper) -> str:
    return completeness.text(pdf.render(paper), FORM)


def test_the_same_words_agree(issued: bytes) -> None:
    found = scan.compare(PAPER, FORM, text_of(PAPER), 1)

    assert found.has_text
    assert found.differences == ()


def test_without_a_text_layer_only_that_is_said() -> None:
    found = scan.compare(PAPER, FORM, " \n ", 4)

    assert found == scan.Scan(4, has_text=False)


@pytest.mark.parametrize(
    ("old", "new", "shown"),
    [
        ("25/12/2026", "26/12/2026", ("25/12/2026", "26/12/2026")),
        ("tiến độ các", "tiến độ không các", ("", "không")),
        ("2. Báo cáo tiến độ các dự án.", "", ("2. Báo cáo tiến độ các dự án.", "")),
        ("Triển khai kế hoạch.", "Triển khai nghị quyết.", ("kế hoạch.", "nghị quyết.")),
        ("Vi Văn Chung", "Giáp Văn Sơn", ("Vi", "Giáp")),
    ],
)
def test_changed_words_are_differences(old: str, new: str, shown: tuple[str, str]) -> None:
    text = text_of(PAPER)
    assert old in text

    found = scan.compare(PAPER, FORM, text.replace(old, new), 1)

    assert (shown[0], shown[1]) in [(each.issued, each.scanned) for each in found.differences]


def test_the_place_of_a_difference_is_its_clause() -> None:
    found = scan.compare(PAPER, FORM, text_of(PAPER).replace("sơ kết", "tổng kết toàn diện"), 1)

    assert [each.place for each in found.differences] == ["Mục 1.", "Mục 1."]


def test_letters_read_badly_are_counted_not_shown() -> None:
    noisy = (
        text_of(PAPER)
        .replace("Triển khai", "Triên khaí")
        .replace("nghị quyết", "nghi quyết")
        .replace("dự án.", "dự án")
    )

    found = scan.compare(PAPER, FORM, noisy, 1)

    assert found.differences == ()
    assert found.slips > 0


def test_the_order_of_columns_does_not_matter() -> None:
    text = text_of(PAPER)
    head = "ĐẢNG CỘNG SẢN VIỆT NAM"
    assert head in text

    found = scan.compare(PAPER, FORM, text.replace(head, "") + "\n" + head, 1)

    assert found.differences == ()


def test_a_stamp_of_arrival_is_shown_as_added() -> None:
    found = scan.compare(PAPER, FORM, text_of(PAPER) + "\nCÔNG VĂN ĐẾN số 123", 1)

    assert [(each.issued, each.scanned) for each in found.differences] == [("", "CÔNG VĂN ĐẾN số 123")]


def test_a_long_paper_is_compared_in_time_that_grows_with_its_length() -> None:
    chance = random.Random(7)
    words = ["chỉ", "đạo", "triển", "khai", "kế", "hoạch", "phát", "triển", "nông", "thôn", "rà", "soát"]
    body = tuple(Clause(" ".join(chance.choices(words, k=40)) + ".", f"{n}.") for n in range(1, 300))
    paper = replace(PAPER, body=body)
    text = " ".join(word for _, part in completeness.parts(paper, FORM) for word in part.split())
    spans = []
    for n in (75, 299):
        small = replace(PAPER, body=body[:n])
        said = " ".join(word for _, part in completeness.parts(small, FORM) for word in part.split())
        start = time.perf_counter()
        assert scan.compare(small, FORM, said, n).differences == ()
        spans.append(time.perf_counter() - start)

    assert spans[1] < 12 * spans[0] + 0.5
    assert scan.compare(paper, FORM, text.replace(f" {body[150].label} ", " 9999. "), 9).differences
