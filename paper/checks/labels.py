"""Numbering: gaps, repeats, two styles in one row."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from paper.checks.finding import N_, Finding, Severity
from paper.checks.material import Material, Passage, rows
from paper.checks.registry import checks
from paper.labels import BULLETS, LabelStyle, as_letter, label, parse_label

_PLAIN = BULLETS | {LabelStyle.NONE, LabelStyle.FOOTNOTE}


def _row(siblings: list[Passage]) -> list[tuple[Passage, LabelStyle, int]]:
    """The numbered ones of a row. "I." and "V." count as letters where the row runs on letters."""
    found = []
    for each in siblings:
        parsed = parse_label(each.clause.label) if each.clause else None
        if parsed and parsed[0] not in _PLAIN:
            found.append((each, *parsed))
    letters = sum(style is LabelStyle.ALPHA_UPPER for _e, style, _n in found)
    if letters * 2 <= len(found):
        return found
    return [
        (each, LabelStyle.ALPHA_UPPER, n)
        if style is LabelStyle.ROMAN and each.clause and (n := as_letter(each.clause.label or "") or 0)
        else (each, style, number)
        for each, style, number in found
    ]


@checks("label.order", N_("Số thứ tự liền mạch"), Severity.REFUSE)
def order(m: Material) -> Iterator[Finding]:
    """E17, E18: among neighbours of one style the numbers go up by one. A row of points under a paragraph
    without label may begin anew."""
    for _path, siblings in rows(m):
        last: dict[LabelStyle, int] = {}
        for each, style, number in _row(siblings):
            expected = last.get(style, 0) + 1
            anew = number == 1 and style in (LabelStyle.ALPHA, LabelStyle.DECIMAL_PAREN, LabelStyle.PAREN)
            if number != expected and not anew:
                assert each.clause is not None
                said = each.clause.label or ""
                message = (
                    N_("Đề mục “%(said)s” lặp lại hoặc quay lui.")
                    if number < expected
                    else N_("Thiếu đề mục trước “%(said)s” (đang chờ “%(right)s”).")
                )
                yield each.whole(message, said=said, right=label(style, expected) or "")
            last[style] = number


@checks("label.mixed", N_("Một kiểu đánh số trong một cấp"), Severity.WARN)
def mixed(m: Material) -> Iterator[Finding]:
    """Two styles among neighbours ("I." and "I-", "1." and "1)")."""
    for _path, siblings in rows(m):
        found = _row(siblings)
        styles = Counter(style for _each, style, _number in found)
        if len(styles) < 2:
            continue
        usual = styles.most_common(1)[0][0]
        for each, style, _number in found:
            if style is not usual:
                said = each.clause.label if each.clause else ""
                yield each.whole(
                    N_("Đề mục “%(said)s” khác kiểu với các mục cùng cấp (%(right)s)."),
                    said=said or "",
                    right=usual.value,
                )
                break
