"""Cited papers: symbol against issuer and kind, form, dates that contradict each other."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from paper.checks.finding import N_, Finding, Severity
from paper.checks.kinds import ABBREVIATIONS, ISSUERS, issuer_symbol, symbol_of
from paper.checks.material import Material, Passage
from paper.checks.registry import checks
from paper.reading.citations import Citation
from paper.when import date_text

#: Laws are cited by kind and name.
_BY_NAME = ("luật", "bộ luật", "pháp lệnh", "lệnh", "hợp đồng", "giấy phép")


def _number_at(passage: Passage, each: Citation) -> tuple[int, int, str] | None:
    """Where the number with its symbol stands in the text, and how it is written there."""
    loose = r"\s?".join(re.escape(c) for c in each.number)
    found = re.search(loose, passage.text[each.start : each.end])
    if found is None:
        return None
    return each.start + found.start(), each.start + found.end(), found[0]


@checks("citation.issuer", N_("Ký hiệu văn bản trích dẫn khớp cơ quan ban hành"), Severity.REFUSE)
def issuer(m: Material) -> Iterator[Finding]:
    """E21: "Kế hoạch số 85-KH/TU … của Ban Thường vụ Huyện ủy"."""
    for passage, each in m.citations:
        symbol = symbol_of(each.number)
        right = issuer_symbol(each.issuer or "")
        if symbol not in ISSUERS or right is None or right == symbol:
            continue
        at = _number_at(passage, each)
        if at is None:
            continue
        start, end, written = at
        put = each.number[: -len(symbol)] + right
        yield passage.finding(
            N_("%(said)s của %(issuer)s: ký hiệu không khớp cơ quan ban hành (đúng ra là %(right)s)."),
            start,
            end,
            repair=put,
            said=written,
            issuer=each.issuer or "",
            right=right,
        )


@checks("citation.kind", N_("Tên loại khớp ký hiệu văn bản trích dẫn"), Severity.WARN)
def kind(m: Material) -> Iterator[Finding]:
    """ "Kế hoạch số 85-NQ/HU": the abbreviation belongs to another kind."""
    known = {short for forms in ABBREVIATIONS.values() for short in forms}
    for passage, each in m.citations:
        forms = ABBREVIATIONS.get(each.kind.upper())
        parts = re.split(r"[/-]", each.number)[1:]
        wrong = [part for part in parts if part in known]
        if not forms or not wrong or any(part in forms for part in parts):
            continue
        at = _number_at(passage, each)
        if at:
            yield passage.finding(
                N_("%(kind)s mang ký hiệu “%(said)s” của loại khác (viết tắt đúng: %(right)s)."),
                at[0],
                at[1],
                kind=each.kind,
                said=wrong[0],
                right=forms[0],
            )


@checks("citation.spaces", N_("Số, ký hiệu viết liền"), Severity.WARN)
def spaces(m: Material) -> Iterator[Finding]:
    """ "01- ĐA/HU" (E05)."""
    for passage, each in m.citations:
        at = _number_at(passage, each)
        if at and " " in at[2]:
            yield passage.finding(
                N_("Số, ký hiệu “%(said)s” có khoảng trắng thừa."),
                at[0],
                at[1],
                repair=each.number,
                said=at[2],
            )


@checks("citation.incomplete", N_("Trích dẫn lần đầu có ngày và cơ quan ban hành"), Severity.HINT)
def incomplete(m: Material) -> Iterator[Finding]:
    """E19: at first mention a paper is cited with its date and issuer (NĐ 30/2020, Phụ lục I, II.6.b)."""
    seen: set[str] = set()
    for passage, each in m.citations:
        if not symbol_of(each.number) or each.kind.lower() in _BY_NAME or each.number in seen:
            continue
        seen.add(each.number)
        if each.date is None and not _short_date(passage, each):
            lacks = N_("%(said)s được nhắc lần đầu nhưng chưa ghi ngày ban hành.")
        elif each.issuer is None and not re.search(r"/\d{4}/", each.number):
            lacks = N_("%(said)s được nhắc lần đầu nhưng chưa ghi cơ quan ban hành.")
        else:
            continue
        yield passage.finding(lacks, each.start, each.end, said=f"{each.kind} số {each.number}")


def _short_date(passage: Passage, each: Citation) -> bool:
    """A date without a year, or one that is on no calendar, is still a date (another check sees to it)."""
    return bool(re.search(r"ngày\s\d", passage.text[each.start : each.end + 8]))


@checks("citation.dates", N_("Một văn bản chỉ có một ngày"), Severity.WARN)
def dates(m: Material) -> Iterator[Finding]:
    """The same paper cited with different dates, here or against the register and earlier papers."""
    known: dict[tuple[str, str], dt.date] = {}
    for passage, each in m.citations:
        if each.date is None or not symbol_of(each.number):
            continue
        key = (each.kind.lower(), each.number)
        before = known.get(key) or _registered(m, each)
        if before and before != each.date:
            yield passage.finding(
                N_("%(said)s ở đây ghi ngày %(here)s, chỗ khác ghi ngày %(there)s."),
                each.start,
                each.end,
                said=f"{each.kind} số {each.number}",
                here=date_text(each.date),
                there=date_text(before),
            )
        known.setdefault(key, each.date)


def _registered(m: Material, each: Citation) -> dt.date | None:
    """The date that one's own register or earlier papers give, where they agree among themselves and
    the number means one paper only (party numbers begin anew with each term)."""
    found = {
        known.date
        for known in m.world.known_by_number.get(each.number, ())
        if known.kind.lower() == each.kind.lower() and known.date
    }
    return found.pop() if len(found) == 1 else None


@checks("citation.future", N_("Văn bản trích dẫn đã ban hành"), Severity.REFUSE)
def future(m: Material) -> Iterator[Finding]:
    """A cited paper that is younger than the paper itself."""
    if m.day is None:
        return
    for passage, each in m.citations:
        if each.date and each.date > m.day:
            yield passage.finding(
                N_("%(said)s ghi ngày %(day)s, sau ngày của văn bản này (%(own)s)."),
                each.start,
                each.end,
                said=f"{each.kind} số {each.number}",
                day=date_text(each.date),
                own=date_text(m.day),
            )
