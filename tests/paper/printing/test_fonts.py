"""The font of papers: every Vietnamese letter in four styles, or a sentence that says what to install."""

from __future__ import annotations

import pytest

from paper.forms import Face
from paper.printing import fonts, measure


def test_vietnamese_has_one_hundred_and_forty_six_letters() -> None:
    assert len(fonts.VIETNAMESE) == 146
    assert set("ăâđêôơưẶỮỵ") <= fonts.VIETNAMESE


def test_the_installed_font_has_them_all() -> None:
    assert fonts.problem() is None
    assert fonts.characters() >= fonts.VIETNAMESE


def test_lengths_are_those_of_times(party: object) -> None:
    assert measure.length("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", Face(13, bold=True)) == pytest.approx(
        95.7, abs=0.7
    )
    assert measure.length("Độc lập - Tự do - Hạnh phúc", Face(14, bold=True)) == pytest.approx(60.5, abs=0.3)
    assert measure.length("ĐẢNG CỘNG SẢN VIỆT NAM", Face(15, bold=True)) == pytest.approx(72.9, abs=0.3)


def test_lines_break_at_blanks_and_a_block_is_as_wide_as_its_longest_line() -> None:
    face, text = Face(12), "Các ban, cơ quan, đơn vị thuộc Huyện ủy, HĐND, UBND huyện"
    broken = measure.lines(text, face, 60)
    assert " ".join(broken) == text
    assert all(measure.length(line, face) <= 60 for line in broken)
    width = measure.block_width([text], face, 60)
    assert len(measure.lines(text, face, width)) == len(broken)
    assert width < 60


def test_columns_fill_the_room_and_hold_their_longest_word() -> None:
    face = Face(14)
    widths = measure.columns((("TT", "Nội dung"), ("1", "một việc dài " * 20)), face, 165)
    assert sum(widths) == pytest.approx(165)
    assert widths[0] > measure.length("TT", face)
    assert widths[1] > widths[0]
