"""Texts that try to be more than text, and characters that no font shows."""

from __future__ import annotations

import io
import logging
from dataclasses import replace

import pikepdf
import pytest

from paper.forms import profile_of
from paper.printing import completeness, docx, fonts, glyphs, pdf
from paper.value import Clause, Paper, Recipient, Signature

MARKUP = (
    "<script>alert(1)</script><style>*{display:none}</style></p></body>&amp;&#65;"
    '<img src="file:///etc/passwd"><link rel=attachment href=file:///etc/passwd>'
    '<a href="https://example.org">x</a> url(file:///etc/passwd) }} @import "x"; <!-- --> ]]>'
)


def everywhere(paper: Paper, words: str) -> Paper:
    """``words`` in every part of a paper that holds words."""
    return replace(
        paper,
        superior=(words,),
        issuer=(words,),
        notation=words,
        place=words,
        kind=words,
        subject=(words,),
        urgency=words,
        addressees=(words, words),
        body=(Clause(words, "1.", (Clause(words),)),),
        recipients=(Recipient(words, words), Recipient(words, words), Recipient(words)),
        signature=Signature((words,), words, words),
    )


def test_markup_in_every_part_prints_as_text_and_loads_nothing(
    party: Paper, caplog: pytest.LogCaptureFixture
) -> None:
    paper = everywhere(party, MARKUP)
    with caplog.at_level(logging.WARNING):
        printed = pdf.render(paper, source=False)
    assert completeness.missing(paper, printed) == []
    assert not [r for r in caplog.records if "fetch" in r.message.lower() or "load" in r.message.lower()]
    with pikepdf.open(io.BytesIO(printed)) as opened:
        assert "/Names" not in opened.Root or "/EmbeddedFiles" not in opened.Root.Names
        assert not [p for p in opened.pages if "/Annots" in p]


def test_an_endless_word_is_printed_whole(party: Paper) -> None:
    paper = replace(party, body=(Clause("x" * 100_000, "1."), Clause("Sau đó.", "2.")))
    assert completeness.missing(paper, pdf.render(paper)) == []


@pytest.mark.parametrize(
    ("character", "code"),
    [
        ("\u202e", "bidi"),
        ("\u2067", "bidi"),
        ("\x07", "control"),
        ("\u200b", "control"),
        ("😀", "glyph"),
        ("中", "glyph"),
    ],
)
def test_what_no_font_shows_is_found_and_printed_as_its_code(party: Paper, character: str, code: str) -> None:
    paper = replace(party, body=(Clause(f"Họp {character}giao ban.", "1."),))
    findings = glyphs.unprintable(paper)
    assert [(f.code, f.character, f.path) for f in findings] == [(code, character, (0,))]
    assert f"U+{ord(character):04X}" in findings[0].message
    printed = pdf.render(paper)
    words = completeness.text(printed, profile_of(paper))
    assert f"Họp [U+{ord(character):04X}]giao ban" in words
    assert completeness.missing(paper, printed) == []


def test_long_runs_of_what_no_font_shows_are_counted_not_spelled(party: Paper) -> None:
    for run in ("😀" * 50_000, "\u200b" * 50_000, "a" + "\u0301" * 50_000, "שלום" * 10_000):
        paper = replace(party, body=(Clause(f"Họp {run} giao ban.", "1."),))
        assert glyphs.unprintable(paper)
        assert "[+" in glyphs.visible(run)
        assert completeness.missing(paper, pdf.render(paper)) == []


def test_words_held_together_by_unbreakable_blanks_are_printed_whole(party: Paper) -> None:
    paper = replace(party, body=(Clause("a\u00a0" * 20_000 + "a", "1."),))
    assert completeness.missing(paper, pdf.render(paper)) == []


def test_findings_name_the_part_outside_the_body(party: Paper) -> None:
    paper = replace(party, signature=replace(party.signature, name="Đỗ 中 Ước"), place="Sơn\u202eĐộng")
    assert {f.place for f in glyphs.unprintable(paper)} == {"Chữ ký", "Địa danh"}
    assert all(f.path is None for f in glyphs.unprintable(paper))


def test_no_finding_for_all_letters_and_signs_of_office_texts(party: Paper) -> None:
    letters = "".join(sorted(fonts.VIETNAMESE)) + "“”‘’–—…§°%/&@€½²\u00a0"
    paper = replace(party, body=(Clause(letters),))
    assert glyphs.unprintable(paper) == []
    assert completeness.missing(paper, pdf.render(paper)) == []


def test_control_characters_do_not_break_the_word_file(party: Paper) -> None:
    data = docx.render(everywhere(party, "a\x00b\x0b\ud800\ufffe<w:t>]]>"))
    assert data == docx.render(everywhere(party, "a\x00b\x0b\ud800\ufffe<w:t>]]>"))
    from docx import Document

    assert "a[U+0000]b[U+000B][U+D800][U+FFFE]<w:t>]]>" in [
        p.text for p in Document(io.BytesIO(data)).paragraphs
    ]


def test_deep_nesting_prints(party: Paper) -> None:
    clause = Clause("Mức cuối.")
    for depth in range(120):
        clause = Clause(f"Mức {depth}.", "-", (clause,))
    paper = replace(party, body=(clause,))
    assert completeness.missing(paper, pdf.render(paper)) == []
    assert docx.render(paper)
