"""The words of a printed paper that follow from its values and the form profile.

HTML, DOCX and the completeness check take them from here, so all three say the same.
"""

from __future__ import annotations

from dataclasses import dataclass

from paper.forms import Profile
from paper.labels import LabelStyle, parse_label
from paper.value import Clause, Paper, PartialDate, Recipient

#: A full stop that the end mark would double is written once: "… thực hiện." gives "… thực hiện./.".
_STOP = "."


def two(number: int) -> str:
    """A number or day with the leading zero that NĐ 30 and HD 36 ask for below 10."""
    return f"{number:02d}"


def month(number: int) -> str:
    """Months 1 and 2 take a leading zero, the others do not (NĐ 30, Phụ lục I, II.4b)."""
    return two(number) if number < 3 else str(number)


def has_number(paper: Paper) -> bool:
    """True where the paper has a line for its number: it has one, or an issuer who will give it."""
    return paper.number is not None or paper.notation is not None or bool(paper.issuer)


def number_line(paper: Paper, profile: Profile) -> str:
    """ "Số 39-CTr/HU", "Số: 15/QĐ-BNV"; blanks instead of the number of a draft."""
    form = profile.number
    if paper.number is None:
        return f"{form.word}{' ' * form.gap}{form.separator}{paper.notation or ''}"
    return f"{form.word} {two(paper.number)}{form.separator}{paper.notation or ''}"


def has_date(paper: Paper) -> bool:
    """True where the paper has a line for place and date."""
    return paper.place is not None or paper.dated != PartialDate() or bool(paper.issuer)


def date_line(paper: Paper, profile: Profile) -> str:
    """ "Lục Ngạn, ngày 05 tháng 4 năm 2023"; blanks for the parts a draft leaves open."""
    form, dated = profile.date, paper.dated
    day = f" {two(dated.day)} " if dated.day is not None else " " * form.day_gap
    in_month = f" {month(dated.month)} " if dated.month is not None else " " * form.month_gap
    year = f" {dated.year}" if dated.year is not None else " " * form.year_gap
    place = f"{paper.place}, " if paper.place else ""
    return f"{place}ngày{day}tháng{in_month}năm{year}"


def with_end_mark(text: str, profile: Profile) -> str:
    """``text`` closed by the profile's end mark, a full stop never doubled."""
    mark = profile.end_mark
    if text.endswith(mark):
        return text
    if mark.startswith(_STOP) and text.endswith(_STOP):
        return text + mark[len(_STOP) :]
    return text + mark


def mark_after_table(profile: Profile) -> str:
    """The end mark on a line of its own, below a table; a lone full stop is left out."""
    return "" if profile.end_mark == _STOP else profile.end_mark


def recipient_line(recipient: Recipient, profile: Profile, *, last: bool, purpose: bool) -> str:
    """One line of "Nơi nhận" with its sign, its purpose in brackets where asked, and its end sign."""
    end = profile.recipients_last_end if last else profile.recipient_end
    text = f"{recipient.mark} {recipient.text}".strip()
    if purpose and recipient.purpose is not None:
        text += f" ({recipient.purpose})"
    return text if not last and text.endswith(":") else text + end


@dataclass(frozen=True, slots=True)
class Group:
    """Neighbouring recipients of one purpose; two and more share a brace."""

    recipients: tuple[Recipient, ...]
    first: int

    @property
    def braced(self) -> bool:
        return len(self.recipients) > 1 and self.recipients[0].purpose is not None

    @property
    def purpose(self) -> str | None:
        return self.recipients[0].purpose


def groups(recipients: tuple[Recipient, ...]) -> list[Group]:
    """Recipients in order; neighbours with the same purpose form one group."""
    out: list[Group] = []
    for i, recipient in enumerate(recipients):
        if out and recipient.purpose is not None and out[-1].purpose == recipient.purpose:
            out[-1] = Group((*out[-1].recipients, recipient), out[-1].first)
        else:
            out.append(Group((recipient,), i))
    return out


def split_footnotes(body: tuple[Clause, ...]) -> tuple[tuple[Clause, ...], tuple[Clause, ...]]:
    """The text and the footnotes at its end, which print after the signature."""
    cut = len(body)
    while cut and _is_footnote(body[cut - 1]):
        cut -= 1
    return body[:cut], body[cut:]


def _is_footnote(clause: Clause) -> bool:
    style = parse_label(clause.label)
    return style is not None and style[0] is LabelStyle.FOOTNOTE


def bases(body: tuple[Clause, ...]) -> frozenset[int]:
    """Positions of the legal bases: "Căn cứ …;" above the first label, and "Căn cứ …." right after one."""
    found: set[int] = set()
    for i, clause in enumerate(body):
        if clause.label is not None:
            break
        ends = (";", ".") if i - 1 in found else (";",)
        if clause.text.startswith("Căn cứ ") and clause.text.endswith(ends):
            found.add(i)
    return frozenset(found)


def labelled(clause: Clause) -> str:
    """Label and text of a clause as printed."""
    return f"{clause.label} {clause.text}".strip() if clause.label else clause.text


def title(paper: Paper) -> str:
    """The title of the paper for the properties of its files: kind and subject."""
    return " ".join(part for part in (paper.kind, *paper.subject) if part) or "Văn bản"


def author(paper: Paper) -> str:
    """The author for the properties of its files: the issuing body."""
    return " ".join(paper.issuer)
