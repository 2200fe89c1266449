"""Two texts word by word."""

from __future__ import annotations

import re
from difflib import SequenceMatcher

from paper.difference.value import Piece

#: A word with the blanks before it; "26/4/2023" and "12-CTr/ĐU" are one word.
_WORD = re.compile(r"\s*(?:\w+(?:[/.,:-]\w+)*|[^\w\s])|\s+")
#: Fewer letters than this between two changes are part of the change.
_ISLAND = 3


def tokens(text: str) -> list[str]:
    """The words of a text; joined they are the text again."""
    return _WORD.findall(text)


def pieces_of(before: str, after: str) -> tuple[Piece, ...]:
    """What of ``before`` stays, goes, and comes anew, in reading order.

    Long texts are compared with difflib's shortcut for frequent words, which keeps the time near the
    product of their rare words.
    """
    if before == after:
        return (Piece("equal", before),) if before else ()
    old, new = tokens(before), tokens(after)
    head = _common(old, new)
    tail = _common(old[head:][::-1], new[head:][::-1])
    middle = old[head : len(old) - tail], new[head : len(new) - tail]
    found = [("equal", "".join(old[:head]))]
    for tag, a1, a2, b1, b2 in SequenceMatcher(None, *middle).get_opcodes():
        if tag == "equal":
            found.append(("equal", "".join(middle[0][a1:a2])))
        else:
            found += [("del", "".join(middle[0][a1:a2])), ("ins", "".join(middle[1][b1:b2]))]
    found.append(("equal", "".join(old[len(old) - tail :])))
    return tuple(Piece(kind, text) for kind, text in _tidy([each for each in found if each[1]]))


def _common(one: list[str], other: list[str]) -> int:
    n = 0
    for here, there in zip(one, other, strict=False):
        if here != there:
            break
        n += 1
    return n


def _tidy(found: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Runs of changes with scraps of equal text between them become one deletion and one insertion."""
    out: list[tuple[str, str]] = []
    gone = come = ""
    for n, (kind, text) in enumerate(found):
        inner = 0 < n < len(found) - 1
        if kind == "equal" and not (inner and (gone or come) and len(text.strip()) < _ISLAND):
            out += _flushed(gone, come)
            gone = come = ""
            out.append((kind, text))
            continue
        gone += text if kind != "ins" else ""
        come += text if kind != "del" else ""
    return [*out, *_flushed(gone, come)]


def _flushed(gone: str, come: str) -> list[tuple[str, str]]:
    if gone == come:
        return [("equal", gone)] if gone else []
    return [each for each in (("del", gone), ("ins", come)) if each[1]]


def before_of(pieces: tuple[Piece, ...]) -> str:
    """The first text, read back from the pieces."""
    return "".join(piece.text for piece in pieces if piece.kind != "ins")


def after_of(pieces: tuple[Piece, ...]) -> str:
    """The second text, read back from the pieces."""
    return "".join(piece.text for piece in pieces if piece.kind != "del")
