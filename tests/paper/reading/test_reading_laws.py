"""Nothing is lost: what was printed reads back, and every word of any text finds its place."""

from __future__ import annotations

import re
from collections import Counter

from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from paper.printing import docx, pdf
from paper.reading import read_file, read_text
from paper.reading.views import reading_view
from paper.value import Paper
from tests.paper.strategies import papers, plain_papers

#: A paper of many parts takes minutes to shrink and is readable as it is.
PHASES = (Phase.explicit, Phase.reuse, Phase.generate)
few = settings(max_examples=12, phases=PHASES)
some = settings(max_examples=25, phases=PHASES)
WORD = re.compile(r"[^\W_]+")


def outline(paper: Paper) -> list[tuple[tuple[int, ...], str | None, str]]:
    """Path, label and words of every clause; a full stop before the end mark "./." is not printed twice."""
    return [(path, clause.label, clause.text.rstrip(".")) for path, clause in paper.clauses()]


@given(papers())
@few
def test_a_docx_of_this_house_reads_back_exactly(paper: Paper) -> None:
    reading = read_file(docx.render(paper), "a.docx")

    assert reading.exact
    assert reading.paper == paper


@given(papers())
@few
def test_a_pdf_of_this_house_reads_back_exactly(paper: Paper) -> None:
    reading = read_file(pdf.render(paper), "a.pdf")

    assert reading.exact
    assert reading.paper == paper


@given(plain_papers())
@some
def test_the_visible_text_of_a_docx_gives_every_clause_and_label(paper: Paper) -> None:
    reading = read_file(docx.render(paper, source=False), "a.docx")

    assert not reading.exact
    assert outline(reading.paper) == outline(paper)


@given(plain_papers())
@some
def test_the_visible_text_of_a_pdf_gives_every_label_and_word(paper: Paper) -> None:
    """Where a page ends with a full line nothing shows whether its paragraph ends there too, so an
    unlabelled paragraph may come with the item above it; labels and words are all there in order."""
    reading = read_file(pdf.render(paper, source=False), "a.pdf")

    assert items(reading.paper) == items(paper)


def items(paper: Paper) -> list[tuple[str | None, str]]:
    """Every labelled clause with the unlabelled paragraphs that follow it."""
    out: list[tuple[str | None, str]] = [(None, "")]
    for _, label, text in outline(paper):
        words = text.replace(".", "")
        if label is None:
            out[-1] = (out[-1][0], f"{out[-1][1]} {words}".strip())
        else:
            out.append((label, words))
    return out


FRAGMENTS = st.sampled_from(
    [
        "I. ",
        "1. ",
        "1.1. ",
        "a) ",
        "- ",
        "+ ",
        "(i) ",
        "Kính gửi: ",
        "Nơi nhận:",
        "./.",
        "TL. CHỦ TỊCH",
        "Số: 12/TB-UBND",
        "Số 3-CTr/HU",
        "THÔNG BÁO",
        "GIẤY MỜI",
        "CHƯƠNG TRÌNH",
        "ỦY BAN NHÂN DÂN",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Hà Nội, ngày 05 tháng 4 năm 2023",
        "-----",
        "12",
        "\x0c",
        "\t",
        "   ",
        "(UBND huyện chuẩn bị nội dung 1-6)",
        "Giao Sở Xây dựng ",
        "trước ngày 31/4/2025",
        "Nghị quyết số 35-NQ/HU, ngày 01/4/2021 của ",
        "Thứ Hai, ngày 10/11/2025",
        "chiều thứ 2 hằng tuần",
        "[1] ",
        "PHỤ LỤC",
        "Lưu: VT.",
        "Ƣ",
        "t c b  n",
        "́",
        "\u200b",
        "“",
    ]
)
TEXTS = st.lists(st.one_of(FRAGMENTS, st.text(max_size=12), st.just("\n")), max_size=60).map("".join)


@given(TEXTS)
@settings(max_examples=200)
def test_any_text_is_read_and_no_word_is_lost(text: str) -> None:
    reading = read_text(text)

    reading_view(reading.paper, reading.damaged)
    given_words = Counter(w for line in reading.source for w in WORD.findall(line))
    assert not given_words - _kept(reading.paper) - _left(reading.leftover) - _furniture(given_words)


def _kept(paper: Paper) -> Counter[str]:
    from paper.reading.text import strings

    return Counter(w for s in strings(paper) for w in WORD.findall(s))


def _left(leftover: tuple[object, ...]) -> Counter[str]:
    return Counter(w for x in leftover for w in WORD.findall(x.text))  # type: ignore[attr-defined]


def _furniture(words: Counter[str]) -> Counter[str]:
    """Fixed words of the form and page numbers, which a reader may take away."""
    fixed = {
        "CỘNG",
        "HÒA",
        "XÃ",
        "HỘI",
        "CHỦ",
        "NGHĨA",
        "VIỆT",
        "NAM",
        "ĐẢNG",
        "SẢN",
        "Độc",
        "lập",
        "Tự",
        "do",
        "Hạnh",
        "phúc",
        "Số",
        "ngày",
        "tháng",
        "năm",
        "Nơi",
        "nhận",
        "Kính",
        "gửi",
    }
    return Counter({w: n for w, n in words.items() if w in fixed or w.isdigit()})
