"""The reading view of an amended programme: the text in force with the original visible in it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from django.urls import reverse
from django.utils.translation import gettext as _

from documents.tree import Tree
from paper.difference import Piece, pieces_of
from paper.forms import Profile
from paper.printing import words
from paper.value import Clause, Paper, Role, Signature
from programmes.amending import texts, wording
from programmes.amending.sheet import Node, Sheet
from programmes.models import AmendmentChange, AmendmentNotice, Programme

Kind = AmendmentChange.Kind

#: What the address says: the issued text, or the text in force.
ORIGINAL, CONSOLIDATED = "goc", "hop-nhat"


@dataclass(frozen=True, slots=True)
class Badge:
    """What became of a clause, and by which notice."""

    words: str
    url: str


@dataclass(frozen=True, slots=True)
class MarkedLine:
    """One paragraph with what was taken out and put in."""

    key: str
    label: str
    pieces: tuple[Piece, ...]
    depth: int
    look: str
    badges: tuple[Badge, ...]
    template: str = "programmes/amending/_line.html"


@dataclass(frozen=True, slots=True)
class Reading:
    """The notices in force, the lines to show, and which text they are."""

    notices: tuple[AmendmentNotice, ...]
    lines: tuple[MarkedLine, ...]
    which: str

    @property
    def shows_consolidated(self) -> bool:
        return self.which == CONSOLIDATED


def reading_of(programme: Programme, tree: Tree, asked: str | None) -> Reading | None:
    """What the page of an amended programme shows beside the original; None where nothing is in force."""
    notices = texts.issued_notices(programme)
    if not notices:
        return None
    if asked == ORIGINAL:
        return Reading(tuple(notices), (), ORIGINAL)
    sheet = texts.consolidated(programme, tree)
    return Reading(tuple(notices), tuple(marked(sheet, programme.form)), CONSOLIDATED)


def marked(sheet: Sheet, form: Profile) -> Iterator[MarkedLine]:
    """Every line, in force or not, with its marks; the end mark closes the last one in force."""
    last = list(sheet.walk(gone=False))[-1:] if sheet.paper.end_mark else []
    for n, node in enumerate(sheet.walk()):
        key = f"m-{node.key}" if node.key and not node.gone else f"x-{n}"
        said = pieces(node)
        if node in last and said and node.table is None:
            said = (*said[:-1], replace(said[-1], text=words.with_end_mark(said[-1].text, form)))
        yield MarkedLine(
            key,
            node.label or "",
            said,
            len(list(node.up())) + 1,
            "h" if node.role is Role.HEADING else "auto" if node.role is Role.NOTE else "p",
            tuple(badge(change) for change in dict.fromkeys(node.marks)) if not node.is_note else (),
        )


def pieces(node: Node) -> tuple[Piece, ...]:
    """The words of a line: struck out where it is gone, marked where it was added or changed."""
    if node.gone:
        return (Piece("del", node.original or node.printed),)
    if node.original is None:
        return (Piece("ins", node.printed),)
    return pieces_of(node.original, node.printed)


def badge(change: AmendmentChange) -> Badge:
    """ "Lùi sang 30/11/2026 theo Thông báo số 15-TB/ĐU"."""
    what = {
        Kind.ADD: _("Bổ sung"),
        Kind.EDIT: _("Điều chỉnh"),
        Kind.POSTPONE: _("Lùi"),
        Kind.CARRY: _("Chuyển sang %(period)s") % {"period": change.to_period},
        Kind.WITHDRAW: _("Rút"),
        Kind.BODIES: _("Đổi cơ quan chuẩn bị"),
    }[Kind(change.kind)]
    notice = change.notice
    if notice is None or not notice.is_numbered:
        return Badge(_("%(what)s (đang soạn)") % {"what": what}, "")
    return Badge(
        _("%(what)s theo Thông báo số %(n)s-%(notation)s")
        % {"what": what, "n": f"{notice.number:02d}", "notation": notice.notation},
        reverse("amending:notice", args=[change.programme.public_id, notice.public_id]),
    )


def printed(programme: Programme) -> Paper:
    """The consolidated text for print. It says at once that it is no original, bears neither recipients nor
    signature, keeps the numbers of what was withdrawn, and names the notice of every change in a footnote."""
    sheet = texts.consolidated(programme)
    notices = texts.issued_notices(programme)
    footnotes: list[str] = []
    body = _footnoted(sheet.roots, footnotes)
    opening = Clause(_preamble(programme, notices))
    notes = tuple(Clause(text, f"[{n}]") for n, text in enumerate(footnotes, start=1))
    return replace(
        sheet.paper,
        subject=(*sheet.paper.subject, "BẢN HỢP NHẤT - KHÔNG PHẢI BẢN GỐC"),
        body=(opening, *body, *notes),
        recipients=(),
        signature=Signature(),
        end_mark=False,
    )


def _preamble(programme: Programme, notices: list[AmendmentNotice]) -> str:
    named = wording.listed(cited_notice(programme, notice) for notice in notices)
    return (
        f"Bản hợp nhất để tra cứu, không thay thế văn bản gốc: {wording.cited(programme)}, được điều chỉnh, "
        f"bổ sung bởi {named}."
    )


def cited_notice(programme: Programme, notice: AmendmentNotice) -> str:
    """ "Thông báo số 15-TB/ĐU, ngày 20/11/2026"."""
    return wording.cited_paper("Thông báo", notice, party=wording.is_party(programme))


def _footnoted(nodes: list[Node], footnotes: list[str]) -> tuple[Clause, ...]:
    made = []
    for node in nodes:
        if node.gone and node.is_note:
            continue
        if node.gone:
            if node.gone in node.marks:
                footnotes.append(_footnote(node, node.gone))
                made.append(Clause(f"(đã {_verb(node.gone)}) [{len(footnotes)}]", node.label))
            continue
        text = node.printed
        for change in node.marks if not node.is_note else ():
            footnotes.append(_footnote(node, change))
            text = f"{text} [{len(footnotes)}]"
        children = _footnoted(node.children, footnotes)
        made.append(Clause(text, node.label, children, node.role, node.table))
    return tuple(made)


def _verb(change: AmendmentChange) -> str:
    return {
        Kind.ADD: "bổ sung",
        Kind.EDIT: "điều chỉnh",
        Kind.POSTPONE: "lùi",
        Kind.CARRY: "chuyển kỳ",
        Kind.WITHDRAW: "rút",
        Kind.BODIES: "đổi cơ quan chuẩn bị",
    }[Kind(change.kind)]


def _footnote(node: Node, change: AmendmentChange) -> str:
    was = f" Bản gốc: “{node.original}”" if node.original and change.kind != Kind.BODIES else ""
    by = cited_notice(change.programme, change.notice) if change.notice else ""
    return f"Nội dung này được {_verb(change)} theo {by}.{was}"
