"""The laws of a paper, on random papers: nothing is lost, and the same paper gives the same bytes."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import Phase, given, settings

from paper import json as paper_json
from paper.printing import agreement, completeness, docx, pdf
from paper.reading import read_file
from paper.value import Paper
from tests.paper.strategies import papers

#: A print takes a tenth of a second, so these draw fewer papers than the rest and do not shrink them.
few = settings(max_examples=10, phases=(Phase.explicit, Phase.reuse, Phase.generate))


@given(papers())
def test_json_gives_the_same_paper_back(paper: Paper) -> None:
    assert paper_json.loads(paper_json.dumps(paper)) == paper


@given(papers())
@few
def test_a_pdf_holds_every_part_of_its_paper(paper: Paper) -> None:
    assert completeness.missing(paper, pdf.render(paper)) == []


@given(papers())
@few
def test_pdf_and_docx_agree_with_their_paper_and_with_no_other(paper: Paper) -> None:
    printed, word = pdf.render(paper), docx.render(paper)
    assert agreement.pdf(paper, printed)
    assert agreement.docx(paper, word)
    other = _changed(paper)
    assert not agreement.pdf(other, printed)
    assert not agreement.docx(other, word)


@given(papers())
@few
def test_the_same_paper_gives_the_same_bytes(paper: Paper) -> None:
    assert pdf.render(paper) == pdf.render(paper)
    assert docx.render(paper) == docx.render(paper)


@given(papers())
@few
def test_reading_a_printed_file_gives_the_same_paper_exactly(paper: Paper) -> None:
    for name, data in (("a.docx", docx.render(paper)), ("a.pdf", pdf.render(paper))):
        reading = read_file(data, name)
        assert reading.paper == paper
        assert reading.exact


def _changed(paper: Paper) -> Paper:
    """The paper with one word more in its last clause."""
    last = paper.body[-1]
    return replace(paper, body=(*paper.body[:-1], replace(last, text=last.text + " thêm")))
