"""The official document (văn bản) as one immutable value.

Everything the house does with a document is a function from or to :class:`Paper`:
reading a file gives one, the database rows give one, printing takes one. A ``Paper`` holds
the *printed* words and their structure; what can be derived from them (meetings, citations,
the period of a programme) is computed by :mod:`paper.reading.views`, never stored twice.

All text is NFC, without line breaks, without blanks at either end.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum


class Regime(StrEnum):
    """Thể thức: party papers (HD 36/HD 05) or State papers (NĐ 30/2020)."""

    PARTY = "party"
    STATE = "state"


class Role(StrEnum):
    """What a clause is; its look in print follows from role and label style."""

    HEADING = "heading"
    """A title of a part ("I. Lãnh đạo, chỉ đạo …", "1. Về phát triển kinh tế"): bold."""
    PARAGRAPH = "paragraph"
    """A numbered, lettered, bulleted or unnumbered paragraph."""
    NOTE = "note"
    """A preparing note on a line of its own: "(UBND huyện chuẩn bị nội dung 1-6)"."""


@dataclass(frozen=True, slots=True)
class PartialDate:
    """The date of a paper, with the gaps of a draft: "ngày     tháng 4 năm 2023" has no day."""

    year: int | None = None
    month: int | None = None
    day: int | None = None

    @classmethod
    def of(cls, day: dt.date) -> PartialDate:
        return cls(day.year, day.month, day.day)

    @property
    def date(self) -> dt.date | None:
        """The calendar day, or None while a part is missing or no such day exists (31/4)."""
        if self.year is None or self.month is None or self.day is None:
            return None
        try:
            return dt.date(self.year, self.month, self.day)
        except ValueError:
            return None


@dataclass(frozen=True, slots=True)
class Table:
    """A table inside the text; the first ``header_rows`` rows repeat on every page."""

    rows: tuple[tuple[str, ...], ...]
    header_rows: int = 1


@dataclass(frozen=True, slots=True)
class Clause:
    """One numbered, lettered or bulleted item, or one unnumbered paragraph.

    ``label`` is as printed with blanks removed ("I.", "(1).", "a)", "-") or None;
    ``text`` never repeats it. A footnote is a last top-level clause labelled "[1]".
    """

    text: str
    label: str | None = None
    children: tuple[Clause, ...] = ()
    role: Role = Role.PARAGRAPH
    table: Table | None = None


@dataclass(frozen=True, slots=True)
class Recipient:
    """One line of "Nơi nhận", without dash and end punctuation.

    ``purpose`` is what for ("báo cáo", "để biết") or None; neighbours with the same purpose
    share one brace in print. ``mark`` is the sign that opens the line ("-" or "+").
    """

    text: str
    purpose: str | None = None
    mark: str = "-"


@dataclass(frozen=True, slots=True)
class Signature:
    """Khối ký: lines of authority ("T/L BAN THƯỜNG VỤ"), position, name."""

    authority: tuple[str, ...] = ()
    position: str | None = None
    name: str | None = None


@dataclass(frozen=True, slots=True)
class Appendix:
    """Phụ lục: printed after the signature on pages of its own."""

    title: str
    body: tuple[Clause, ...] = ()
    label: str | None = None


@dataclass(frozen=True, slots=True)
class Paper:
    """An official document. ``None`` and empty tuples mean "not there", never "guessed"."""

    regime: Regime | None = None
    superior: tuple[str, ...] = ()
    """Lines of the superior body ("ĐẢNG BỘ TỈNH BẮC GIANG")."""
    issuer: tuple[str, ...] = ()
    """Lines of the issuing body ("ỦY BAN NHÂN DÂN", "HUYỆN LỤC NGẠN")."""
    number: int | None = None
    notation: str | None = None
    """The symbol after the number, without the separator before it: "CTr/HU", "CTr-UBND"."""
    place: str | None = None
    dated: PartialDate = field(default_factory=PartialDate)
    urgency: str | None = None
    secrecy: str | None = None
    """The mark of a State secret ("MẬT", "TỐI MẬT", "TUYỆT MẬT"), printed above the urgency."""
    kind: str | None = None
    """Upper-case kind alone: "CHƯƠNG TRÌNH", "THÔNG BÁO"."""
    subject: tuple[str, ...] = ()
    """Lines of the subject (trích yếu)."""
    addressees: tuple[str, ...] = ()
    body: tuple[Clause, ...] = ()
    end_mark: bool = False
    """True where "./." closes the text."""
    recipients: tuple[Recipient, ...] = ()
    signature: Signature = field(default_factory=Signature)
    appendices: tuple[Appendix, ...] = ()

    @property
    def marks(self) -> tuple[str, ...]:
        """The framed marks below the number, in the order of printing: secrecy, then urgency."""
        return tuple(mark for mark in (self.secrecy, self.urgency) if mark)

    def clauses(self) -> Iterator[tuple[tuple[int, ...], Clause]]:
        """Every clause of the body in reading order, with its path of positions from the top."""
        return walk(self.body)


def walk(
    clauses: tuple[Clause, ...], above: tuple[int, ...] = ()
) -> Iterator[tuple[tuple[int, ...], Clause]]:
    """Clauses in reading order with their paths; iterative, so depth is never a recursion limit."""
    stack = [((*above, i), c) for i, c in reversed(list(enumerate(clauses)))]
    while stack:
        path, clause = stack.pop()
        yield path, clause
        stack += [((*path, i), c) for i, c in reversed(list(enumerate(clause.children)))]
