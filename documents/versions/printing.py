"""A comparison on paper."""

from __future__ import annotations

from django.utils.translation import gettext as _

from documents.versions.comparing import Comparison, Gap, Shown, shown
from paper.difference import Piece
from paper.printing import comparison as sheet


def as_pdf(comparison: Comparison, *, only_changes: bool) -> bytes:
    """A4 upright: title, what is compared with what, legend, counts, and both texts side by side. The same
    comparison gives the same bytes."""
    before, after = comparison.titles
    counts = ", ".join(f"{word.lower()} {number}" for word, _icon, number in comparison.counts)
    return sheet.render(
        sheet.Sheet(
            title=_("So sánh văn bản"),
            subject=str(comparison.document),
            before=before,
            after=after,
            counts=_("Có %(n)s chỗ thay đổi (%(counts)s).") % {"n": comparison.total, "counts": counts}
            if comparison.total
            else _("Hai bản giống nhau."),
            legend=(
                (_("chữ bị bỏ"), "del"),
                (_("chữ thêm vào"), "ins"),
            ),
            parts=tuple(
                (name, tuple(_line(row) for row in rows))
                for name, rows in shown(comparison.found, only_changes=only_changes)
            ),
        )
    )


def _line(row: Shown | Gap) -> sheet.Line:
    if isinstance(row, Gap):
        words = _("… %(n)s dòng không đổi …") % {"n": row.lines}
        return sheet.Line("", (Piece("equal", words),), (), gap=True)
    line = row.row
    return sheet.Line(
        row.word,
        _labelled(row.name, line.before.label if line.before else None, row.before),
        _labelled(row.name, line.after.label if line.after else None, row.after),
        heading=line.line.heading,
    )


def _labelled(name: str, label: str | None, pieces: tuple[Piece, ...]) -> tuple[Piece, ...]:
    if not pieces:
        return ()
    start = f"{name}: " if name else f"{label} " if label else ""
    return (Piece("equal", start), *pieces) if start else pieces
