"""Characters that cannot be printed: found with their place, shown, never lost and never tofu.

A character without glyph in the printing font, a bidirectional control, an invisible format
character or a control character prints as its code in brackets ("[U+1F600]"), so a person sees
on paper that something stood there; the finding says where and what.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from paper.printing import fonts
from paper.value import Clause, Paper, walk


@dataclass(frozen=True, slots=True)
class Finding:
    """A character that the printed page replaces.

    ``place`` names the part of the paper in Vietnamese; ``path`` is the clause's path for a place
    in the body, else None.
    """

    code: str
    character: str
    place: str
    path: tuple[int, ...] | None
    message: str


#: More marks than this over one letter are no writing.
_MARKS = re.compile("[\u0300-\u036f]{4,}")
#: Of a run of unprintable characters so many are shown; their number follows.
_SHOWN = 8


def visible(text: str) -> str:
    """``text`` with unprintable characters replaced by their codes and odd blanks by a blank.

    A long run of them shows its first codes and how many follow.
    """
    changed = {c: shown for c in set(text) if (shown := _shown(c)) != c}
    if changed:
        blanks = {ord(c): shown for c, shown in changed.items() if shown == " "}
        text = text.translate(blanks) if blanks else text
        bad = "".join(re.escape(c) for c in changed if changed[c] != " ")
        text = re.sub(f"[{bad}]+", _codes, text) if bad else text
    return _MARKS.sub(_codes, text)


def _codes(run: re.Match[str]) -> str:
    codes = "".join(_code(c) for c in run[0][:_SHOWN])
    return codes + (f"[+{len(run[0]) - _SHOWN}]" if len(run[0]) > _SHOWN else "")


def _code(character: str) -> str:
    return f"[U+{ord(character):04X}]"


def unprintable(paper: Paper) -> list[Finding]:
    """Findings for every kind of unprintable character in every part of the paper, each once a part."""
    found: list[Finding] = []
    for place, path, text in _parts(paper):
        bad = dict.fromkeys(c for c in text if _shown(c) not in (c, " "))
        bad |= dict.fromkeys(c for run in _MARKS.findall(text) for c in run)
        found += [_finding(character, place, path) for character in bad]
    return found


@lru_cache(maxsize=4096)
def _shown(character: str) -> str:
    """What stands on paper for a character; without any fitting font (see the check) all letters pass."""
    category = unicodedata.category(character)
    known = fonts.characters()
    if category in ("Zl", "Zp") or character in "\t\n\r":
        return " "
    if category == "Zs":
        return character if character in known else " "
    if category in ("Cc", "Cf", "Cs") or (known and character not in known):
        return _code(character)
    return _code(character) if unicodedata.bidirectional(character) in _RIGHT_TO_LEFT else character


#: Letters that run from right to left would turn the order of a Vietnamese line.
_RIGHT_TO_LEFT = frozenset(("R", "AL", "AN"))
_BIDI = frozenset(("LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"))


def _finding(character: str, place: str, path: tuple[int, ...] | None) -> Finding:
    sign = f"U+{ord(character):04X}"
    if unicodedata.bidirectional(character) in _BIDI:
        code, what = "bidi", f"có dấu điều khiển chiều chữ {sign}"
    elif unicodedata.category(character) in ("Cc", "Cf", "Cs"):
        code, what = "control", f"có ký tự điều khiển không in được {sign}"
    else:
        code, what = "glyph", f"phông chữ không in được ký tự “{character}” ({sign})"
    return Finding(code, character, place, path, f"{place}: {what}; khi in hiện là [{sign}].")


def _parts(paper: Paper) -> Iterator[tuple[str, tuple[int, ...] | None, str]]:
    """Every text of a paper with the Vietnamese name of its place."""
    head = (
        ("Cơ quan chủ quản", paper.superior),
        ("Cơ quan ban hành", paper.issuer),
        ("Ký hiệu", (paper.notation or "",)),
        ("Địa danh", (paper.place or "",)),
        ("Độ mật", (paper.secrecy or "",)),
        ("Độ khẩn", (paper.urgency or "",)),
        ("Tên loại", (paper.kind or "",)),
        ("Trích yếu", paper.subject),
        ("Kính gửi", paper.addressees),
    )
    for place, lines in head:
        yield place, None, " ".join(lines)
    yield from _clauses(paper.body, "")
    for recipient in paper.recipients:
        yield "Nơi nhận", None, f"{recipient.mark} {recipient.text} {recipient.purpose or ''}"
    signature = paper.signature
    yield "Chữ ký", None, " ".join((*signature.authority, signature.position or "", signature.name or ""))
    for appendix in paper.appendices:
        yield "Phụ lục", None, f"{appendix.label or ''} {appendix.title}"
        yield from ((place, None, text) for place, _, text in _clauses(appendix.body, "Phụ lục, "))


def _clauses(body: tuple[Clause, ...], before: str) -> Iterator[tuple[str, tuple[int, ...] | None, str]]:
    for path, clause in walk(body):
        cells = " ".join(cell for row in clause.table.rows for cell in row) if clause.table else ""
        name = f"mục {clause.label}" if clause.label else "đoạn"
        where = f"{before}{name} (thứ {'.'.join(str(i + 1) for i in path)})"
        yield where[0].upper() + where[1:], path, f"{clause.label or ''} {clause.text} {cells}"
