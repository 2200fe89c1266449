"""What a form profile (mẫu thể thức) is: every measure of the printed page as plain data.

A profile holds what the rules of one regime say at one time; the printers (:mod:`paper.printing`)
know how to draw, never how large. Lengths are millimetres, sizes of letters points.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from enum import StrEnum

from paper.value import Regime


@dataclass(frozen=True, slots=True)
class Face:
    """The look of one component's letters."""

    size: float
    bold: bool = False
    italic: bool = False
    underline: bool = False


class Below(StrEnum):
    """What is drawn below a component."""

    NOTHING = ""
    RULE = "rule"
    """A solid rule of a share of the text's length, centred."""
    ASTERISK = "*"
    DASHES = "-----"


@dataclass(frozen=True, slots=True)
class Title:
    """The lines at the top right (Quốc hiệu and Tiêu ngữ, or the party title); the last carries the rule."""

    lines: tuple[tuple[str, Face], ...]
    rule: float = 1.0
    """Length of the rule below the last line, as a share of its text."""


@dataclass(frozen=True, slots=True)
class NumberForm:
    """How number and symbol are written: "Số: 15/QĐ-BNV" or "Số 39-CTr/HU"."""

    word: str
    separator: str
    gap: int
    """Blanks that stand for the number of a draft."""
    face: Face


@dataclass(frozen=True, slots=True)
class DateForm:
    """How place and date are written; the gaps are blanks for the parts a draft leaves open."""

    face: Face
    day_gap: int
    month_gap: int
    year_gap: int


@dataclass(frozen=True, slots=True)
class Profile:
    """The printed form of one regime during one time.

    ``valid_to`` is the last day the form holds, None while it is in force.
    """

    code: str
    name: str
    regime: Regime
    valid_from: dt.date
    valid_to: dt.date | None

    margin_top: float
    margin_right: float
    margin_bottom: float
    margin_left: float
    page_number: Face
    page_number_from_edge: float

    letterhead_left: float
    """Width of the left column of the letterhead; the right one takes the rest."""
    letterhead_line: float
    """Height of a line in the letterhead's names, in points."""
    title: Title
    superior: Face
    issuer: Face
    issuer_below: Below
    issuer_rule: float
    number: NumberForm
    date: DateForm
    urgency: Face
    urgency_colour: str
    urgency_frame: tuple[tuple[str, float], ...]
    """Width of the frame of each urgency mark; another mark's frame is as wide as its text."""
    urgency_height: float
    kind: Face
    subject: Face
    subject_below: Below
    subject_rule: float
    subject_of_letter: Face
    """The subject of a paper without kind (công văn), which stands under the number."""
    addressees_word: str
    addressees: Face

    body: Face
    line: float
    """Height of a line of the text, in points."""
    exact_line: bool
    """True where the rule asks for "exactly" so many points."""
    indent: float
    gap: float
    """Space between two paragraphs, in points."""
    basis: Face
    """A legal basis ("Căn cứ …;") before the text."""
    note: Face
    end_mark: str

    recipients_width: float
    """Width of the column of recipients; the signature block takes the rest."""
    recipients_word: str
    recipients_title: Face
    recipients: Face
    recipient_end: str
    recipients_last_end: str
    authority: Face
    position: Face
    signer: Face
    signature_space: float
    """Space for signature and seal between position and name, in millimetres."""
    appendix_label: Face
    appendix_title: Face
    footnote: Face

    page_width: float = 210
    page_height: float = 297
    """A4 upright; :meth:`turned` gives it lying."""
    joined: bool = False
    """True where an empty cell in the first column of a table belongs to the one above: no line between
    them, as offices write the days of a weekly schedule."""

    @property
    def text_width(self) -> float:
        """The width between the margins."""
        return self.page_width - self.margin_left - self.margin_right

    def turned(self) -> Profile:
        """The same form on a page that lies (NĐ 30/2020, Phụ lục I, I.2: for tables that are not split
        off into an appendix): letterhead and closing columns keep their shares of the width."""
        room = self.page_height - self.margin_left - self.margin_right
        share = room / self.text_width
        return replace(
            self,
            page_width=self.page_height,
            page_height=self.page_width,
            letterhead_left=self.letterhead_left * share,
            recipients_width=self.recipients_width * share,
        )
