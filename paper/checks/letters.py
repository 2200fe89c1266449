"""Letters: decomposed ones, look-alikes of other scripts, what a damaged file left behind."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from paper.checks.finding import N_, Finding, Severity
from paper.checks.material import Material
from paper.checks.registry import checks
from paper.printing import glyphs
from paper.reading import lost

_MARKS = re.compile(r"\w[\u0300-\u036f]+")
#: Letters that look Vietnamese and are not, with those that are meant.
LOOKALIKES = {
    "Ƣ": "Ư",
    "ƣ": "ư",
    "Ð": "Đ",
    "ð": "đ",
    "Ɖ": "Đ",
    "\u0430": "a",
    "\u0435": "e",
    "\u043e": "o",
    "\u0440": "p",
    "\u0441": "c",
    "\u0445": "x",
    "\u0443": "y",
    "\u0410": "A",
    "\u0412": "B",
    "\u0415": "E",
    "\u041a": "K",
    "\u041c": "M",
    "\u041d": "H",
    "\u041e": "O",
    "\u0420": "P",
    "\u0421": "C",
    "\u0422": "T",
    "\u0425": "X",
    "\u0391": "A",
    "\u0392": "B",
    "\u0395": "E",
    "\u0397": "H",
    "\u039a": "K",
    "\u039c": "M",
    "\u039d": "N",
    "\u039f": "O",
    "\u03bf": "o",
}
_LOOKALIKE = re.compile("[" + "".join(LOOKALIKES) + "]")
_WORD = re.compile(r"\S+")
_BROKEN = re.compile(r"[\ufffd\ue000-\uf8ff]")


@checks("letters.decomposed", N_("Chữ theo Unicode dựng sẵn"), Severity.WARN)
def decomposed(m: Material) -> Iterator[Finding]:
    """W30: marks that stand apart from their letters (TCVN 6909:2001 is precomposed in practice)."""
    for passage in (*m.words, *m.recipients):
        for match in _MARKS.finditer(passage.text):
            put = unicodedata.normalize("NFC", match[0])
            yield passage.finding(
                N_("Chữ “%(said)s” viết bằng dấu rời (Unicode tổ hợp)."),
                *match.span(),
                repair=put,
                said=match[0],
            )


@checks("letters.foreign", N_("Không có chữ lạ giống chữ Việt"), Severity.REFUSE)
def foreign(m: Material) -> Iterator[Finding]:
    """W30: one finding for each word that holds such letters."""
    for passage in (*m.words, *m.recipients):
        for word in _WORD.finditer(passage.text):
            if not _LOOKALIKE.search(word[0]) or _is_foreign(word[0]):
                continue
            put = _LOOKALIKE.sub(lambda c: LOOKALIKES[c[0]], word[0])
            yield passage.finding(
                N_("“%(said)s” có chữ lạ, đúng ra là “%(right)s”."),
                *word.span(),
                repair=put,
                said=word[0],
                right=put,
            )


def _is_foreign(word: str) -> bool:
    """A word all of whose letters are of another script is a foreign word, not a slip."""
    letters = [c for c in word if c.isalpha()]
    return all(unicodedata.name(c, "").startswith(("CYRILLIC", "GREEK")) for c in letters)


@checks("letters.damaged", N_("Không có chữ hỏng"), Severity.WARN)
def damaged(m: Material) -> Iterator[Finding]:
    """What a damaged file left: signs for unknown letters, syllables that lost letters."""
    for passage in m.words:
        if broken := _BROKEN.search(passage.text):
            yield passage.finding(N_("Có ký tự hỏng, không đọc được."), *broken.span())
        elif lost.suspicious(passage.text):
            yield passage.whole(N_("Câu này có vẻ bị mất chữ khi đọc từ tệp."))


@checks("letters.unprintable", N_("Mọi ký tự in được"), Severity.WARN)
def unprintable(m: Material) -> Iterator[Finding]:
    """Signs that the font of official papers lacks."""
    for passage in m.words:
        if passage.text.isascii() or glyphs.visible(passage.text) == passage.text:
            continue
        yield passage.whole(N_("Có ký tự không in được."))
