"""A scan of the paper that was signed by hand: do its words say what was issued, clause by clause?

A scan is read by a machine, so small slips of letters are counted and let through; numbers, words that
are missing or added, and other words are differences that a person must see.
"""

from __future__ import annotations

import io
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from difflib import SequenceMatcher
from html import unescape
from typing import Any

from django.utils.translation import gettext as _

from lucngan.lib.text import fold
from paper.forms import Profile
from paper.printing import completeness
from paper.printing.glyphs import visible
from paper.printing.html import html
from paper.value import Paper

#: Below this likeness two pieces of text are different words, not one word read badly.
_LIKE = 0.75
#: Words of one comparison; longer papers are compared in pieces of this size.
_PIECE = 800
_SHOWN = 200
_TAG = re.compile(r"<[^>]*>")


@dataclass(frozen=True, slots=True)
class Difference:
    """One place: what was issued and what the scan says there ("" where it says nothing)."""

    place: str
    issued: str
    scanned: str


@dataclass(frozen=True, slots=True)
class Scan:
    """The comparison. Without a text layer nothing could be compared, and that is all it says."""

    pages: int
    has_text: bool
    differences: tuple[Difference, ...] = ()
    slips: int = 0
    parts: int = 0

    def data(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def of(cls, data: dict[str, Any]) -> Scan:
        rows = tuple(Difference(**row) for row in data.get("differences", ()))
        return cls(**{**data, "differences": rows})


def compare(paper: Paper, form: Profile, scanned: str, pages: int) -> Scan:
    """Compare the text layer of a scan with the issued paper."""
    words = _words(scanned)
    if sum(len(word) for word in words) < 20:
        return Scan(pages, has_text=False)
    parts = list(completeness.parts(paper, form))
    comparison = _Comparison(parts, _fixed(paper, form, parts, pages))
    comparison.run(words)
    return Scan(pages, True, tuple(comparison.found()), comparison.slips, len(parts))


def pages_of(pdf: bytes) -> int:
    """How many pages the scan has. Raises ValueError with a sentence for what is no PDF, or a locked one.

    Scanners write files that are not quite right, so nothing more is asked of them.
    """
    import pikepdf

    if b"%PDF-" not in pdf[:1024]:
        raise ValueError(_("Tệp này không phải PDF."))
    try:
        with pikepdf.open(io.BytesIO(pdf)) as document:
            return len(document.pages)
    except pikepdf.PasswordError as error:
        raise ValueError(_("Tệp PDF bị khóa bằng mật khẩu nên không đọc được.")) from error
    except pikepdf.PdfError as error:
        raise ValueError(_("Tệp PDF hỏng, không đọc được.")) from error


def _fixed(paper: Paper, form: Profile, parts: list[tuple[str, str]], pages: int) -> Counter[str]:
    """The words that every paper of the form prints besides its own, and its page numbers."""
    printed = unescape(_TAG.sub(" ", html(paper, form).partition("</head>")[2]))
    own = Counter(_key(word) for __, text in parts for word in _words(visible(text)))
    rest = Counter(map(_key, _words(printed))) - own
    return rest + Counter(str(number) for number in range(2, pages + 1))


def _words(text: str) -> list[str]:
    return unicodedata.normalize("NFC", text).split()


@dataclass
class _Gap:
    """A run of words that do not agree."""

    part: int
    issued: list[str]
    scanned: list[str]


@dataclass
class _Comparison:
    """Aligns the words of both texts and sorts out what is only a slip of the reading machine."""

    parts: list[tuple[str, str]]
    fixed: Counter[str]
    gaps: list[_Gap] = field(default_factory=list)
    slips: int = 0

    def run(self, scanned: list[str]) -> None:
        issued = [(n, word) for n, (__, text) in enumerate(self.parts) for word in _words(visible(text))]
        for ours, theirs in _pieces([word for __, word in issued], scanned):
            self._piece(issued[ours], scanned[theirs])
        self._settle_moved()

    def _piece(self, issued: list[tuple[int, str]], scanned: list[str]) -> None:
        left, right = [_key(word) for _, word in issued], [_key(word) for word in scanned]
        for kind, a, b, c, d in SequenceMatcher(None, left, right, autojunk=False).get_opcodes():
            if kind == "equal":
                self.slips += sum(issued[a + i][1] != scanned[c + i] for i in range(b - a))
            else:
                part = issued[min(a, len(issued) - 1)][0] if issued else len(self.parts) - 1
                self._gap(_Gap(part, [word for __, word in issued[a:b]], scanned[c:d]))

    def _gap(self, gap: _Gap) -> None:
        ours, theirs = _squeezed(gap.issued), _squeezed(gap.scanned)
        if ours == theirs or _is_slip(ours, theirs):
            self.slips += 1
        else:
            self.gaps.append(gap)

    def _settle_moved(self) -> None:
        """Columns are read in another order by another machine: what is missing here and stands there
        as an addition was not changed."""
        spare = Counter(word for gap in self.gaps if not gap.issued for word in map(_key, gap.scanned))
        moved = self.fixed.copy()
        kept = []
        for gap in self.gaps:
            need = Counter(map(_key, gap.issued))
            if gap.issued and not gap.scanned and not need - spare:
                spare -= need
                moved += need
            else:
                kept.append(gap)
        self.gaps = [rest for gap in kept if (rest := _without(gap, moved)) is not None]

    def found(self) -> Iterator[Difference]:
        for gap in self.gaps:
            yield Difference(self.parts[gap.part][0], _shown(gap.issued), _shown(gap.scanned))


def _without(gap: _Gap, moved: Counter[str]) -> _Gap | None:
    """An addition less the words that moved there; None when nothing is left of it."""
    if gap.issued:
        return gap
    rest = []
    for word in gap.scanned:
        if moved[_key(word)]:
            moved[_key(word)] -= 1
        else:
            rest.append(word)
    return _Gap(gap.part, [], rest) if rest and not _is_slip("", _squeezed(rest)) else None


def _pieces(issued: list[str], scanned: list[str]) -> Iterator[tuple[slice, slice]]:
    """Both texts in pieces that begin at the same words, so that a long paper costs no more a page."""
    a = c = 0
    while len(issued) - a > _PIECE:
        b, d = _meeting(issued, scanned, a, c)
        yield slice(a, b), slice(c, d)
        a, c = b, d
    yield slice(a, None), slice(c, None)


def _meeting(issued: list[str], scanned: list[str], a: int, c: int) -> tuple[int, int]:
    """Near the end of a piece: a run of eight words that stands in both texts."""
    there = {tuple(map(_key, scanned[i : i + 8])): i for i in range(c, min(len(scanned), c + 2 * _PIECE))}
    for b in range(a + _PIECE, a + _PIECE // 2, -1):
        d = there.get(tuple(map(_key, issued[b : b + 8])))
        if d is not None:
            return b, d
    return a + _PIECE, min(len(scanned), c + _PIECE)


def _key(word: str) -> str:
    """A word as compared: without marks, case and punctuation, but with every digit."""
    return re.sub(r"[^\w]", "", fold(word)) or word


def _squeezed(words: list[str]) -> str:
    return re.sub(r"[^\w]", "", fold("".join(words)))


def _is_slip(ours: str, theirs: str) -> bool:
    """Letters read badly: the same digits and nearly the same letters; or specks that are no word."""
    if _digits(ours) != _digits(theirs):
        return False
    if not ours or not theirs:
        return len(ours + theirs) < 3
    return SequenceMatcher(None, ours, theirs, autojunk=False).ratio() >= _LIKE


def _digits(text: str) -> str:
    return "".join(c for c in text if c.isdigit())


def _shown(words: list[str]) -> str:
    text = " ".join(words)
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"
