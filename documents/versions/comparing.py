"""Two texts side by side, as pages and prints show them."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from documents.models import Document
from documents.versions.ends import End
from paper.difference import Difference, How, Piece, Row, difference

PARTS: dict[str, str | Promise] = {
    "head": gettext_lazy("Phần đầu"),
    "body": gettext_lazy("Nội dung"),
    "recipients": gettext_lazy("Nơi nhận"),
    "signature": gettext_lazy("Phần ký"),
    "appendices": gettext_lazy("Phụ lục"),
}
NAMES: dict[str, str | Promise] = {
    "regime": gettext_lazy("Thể thức"),
    "superior": gettext_lazy("Cơ quan cấp trên"),
    "issuer": gettext_lazy("Cơ quan ban hành"),
    "number": gettext_lazy("Số"),
    "notation": gettext_lazy("Ký hiệu"),
    "place": gettext_lazy("Địa danh"),
    "date": gettext_lazy("Ngày"),
    "urgency": gettext_lazy("Độ khẩn"),
    "kind": gettext_lazy("Tên loại"),
    "subject": gettext_lazy("Trích yếu"),
    "addressees": gettext_lazy("Kính gửi"),
    "end": gettext_lazy("Dấu kết thúc"),
    "authority": gettext_lazy("Thẩm quyền ký"),
    "position": gettext_lazy("Chức vụ"),
    "signer": gettext_lazy("Người ký"),
}
#: What became of a line: a word and an icon, never colour alone.
MARKS: dict[str, tuple[str | Promise, str]] = {
    How.ADDED: (gettext_lazy("Thêm"), "plus"),
    How.REMOVED: (gettext_lazy("Bỏ"), "minus"),
    How.MOVED: (gettext_lazy("Chuyển chỗ"), "from"),
    How.CHANGED: (gettext_lazy("Sửa"), "pencil"),
}
REGIMES: dict[str, str | Promise] = {"party": gettext_lazy("Đảng"), "state": gettext_lazy("Nhà nước")}


@dataclass(frozen=True, slots=True)
class Shown:
    """A row with its number among the changes (0 for none), its mark and its words on both sides."""

    row: Row
    number: int
    word: str
    icon: str
    name: str
    before: tuple[Piece, ...]
    after: tuple[Piece, ...]
    both: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Gap:
    """So many lines in a row that did not change, left out."""

    lines: int


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two texts of one paper, or of two papers of one kind."""

    document: Document
    other: Document
    before: End
    after: End
    found: Difference

    @property
    def titles(self) -> tuple[str, str]:
        """What stands above the two columns."""
        return tuple(  # type: ignore[return-value]
            end.label if self.other.pk == self.document.pk else f"{whose}: {end.label}"
            for whose, end in ((self.other, self.before), (self.document, self.after))
        )

    @property
    def counts(self) -> list[tuple[str, str, int]]:
        """Word, icon and number of each kind of change that there is."""
        counts = self.found.counts
        return [(str(word), icon, counts[how]) for how, (word, icon) in MARKS.items() if counts[how]]

    @property
    def total(self) -> int:
        return len(self.found.changes)


def compare(document: Document, other: Document, before: End, after: End) -> Comparison:
    """Compare two texts; clauses are known by their ids where both texts are of one paper."""
    (old, old_keys), (new, new_keys) = before.load(), after.load()
    same = document.pk == other.pk
    found = difference(
        old, new, keys_before=old_keys if same else None, keys_after=new_keys if same else None
    )
    return Comparison(document, other, before, after, found)


def chosen(ends: list[End], key: str | None, default: int) -> End | None:
    """The end of this key; the one at ``default`` where none is named, None for a name that is none."""
    if not key:
        return ends[max(default, -len(ends))] if ends else None
    return next((end for end in ends if end.key == key), None)


def shown(found: Difference, *, only_changes: bool) -> list[tuple[str, list[Shown | Gap]]]:
    """The parts with their rows; unchanged lines become gaps, and parts without changes go, where only
    changes are wanted."""
    number, parts = 0, []
    for part in found.parts:
        rows: list[Shown | Gap] = []
        for row in part.rows:
            number += row.how is not How.SAME
            if row.how is How.SAME and only_changes:
                last = rows.pop().lines if rows and isinstance(rows[-1], Gap) else 0  # type: ignore[union-attr]
                rows.append(Gap(last + 1))
            else:
                rows.append(_shown(row, number if row.how is not How.SAME else 0))
        if rows and (part.changes or not only_changes):
            parts.append((str(PARTS[part.name]), rows))
    return parts


def _shown(row: Row, number: int) -> Shown:
    word, icon = MARKS.get(row.how, ("", ""))
    words = [str(word)] if word else []
    if row.moved and row.how is not How.MOVED:
        words.append(str(MARKS[How.MOVED][0]).lower())
    pieces = row.pieces
    if row.line.name == "regime":
        pieces = tuple(Piece(p.kind, str(REGIMES.get(p.text, p.text))) for p in pieces)
    return Shown(
        row,
        number,
        ", ".join(words),
        icon,
        str(NAMES.get(row.line.name, "")),
        tuple(p for p in pieces if p.kind != "ins") if row.before else (),
        tuple(p for p in pieces if p.kind != "del") if row.after else (),
        pieces,
    )
