"""The letterhead: titles of the wrong regime, issuer, superior, symbol, kind, subject."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lucngan.lib.text import fold
from paper.checks.finding import N_, Finding, Part, Place, Severity
from paper.checks.kinds import ABBREVIATIONS
from paper.checks.material import Material
from paper.checks.registry import checks
from paper.value import Regime

_MOTTO = ("cong hoa xa hoi chu nghia viet nam", "doc lap - tu do - hanh phuc")
_PARTY = "dang cong san viet nam"
#: "CTr/ĐU", "CTr/VPĐU".
_PARTY_SYMBOL = re.compile(r"[A-ZĐ][A-Za-zđĐ]{0,4}/[A-ZĐƯ][\wĐĐƯ.]*")
#: "CTr-UBND", "QĐ-UBND", "UBND-VX" (công văn).
_STATE_SYMBOL = re.compile(r"[A-ZĐ][A-Za-zđĐ]{0,6}(?:-[A-ZĐƯ][\wĐĐƯ&.]*)+")
_LONGEST_SUBJECT = 500


def _lines(material: Material) -> Iterator[tuple[str, Place]]:
    """Every line that a stray title may stand in: the letterhead and the first clauses."""
    for line in (*material.paper.superior, *material.paper.issuer):
        yield line, Place(Part.HEAD)
    for passage in material.body[:6]:
        yield passage.text, passage.place


@checks("head.regime", N_("Quốc hiệu, tiêu đề đúng thể thức"), Severity.REFUSE)
def regime(m: Material) -> Iterator[Finding]:
    """Quốc hiệu on a party paper, or the party's title on a State paper (E01)."""
    for line, place in _lines(m):
        said = fold(line)
        if m.paper.regime is Regime.PARTY and said.startswith(_MOTTO):
            message = N_("Văn bản của Đảng không ghi Quốc hiệu, Tiêu ngữ.")
        elif m.paper.regime is Regime.STATE and said == _PARTY:
            message = N_("Văn bản hành chính Nhà nước không ghi tiêu đề “ĐẢNG CỘNG SẢN VIỆT NAM”.")
        else:
            continue
        yield Finding("", Severity.REFUSE, place, message, {}, line)


@checks("head.issuer", N_("Có tên cơ quan ban hành"), Severity.REFUSE)
def issuer(m: Material) -> Iterator[Finding]:
    if not m.paper.issuer:
        yield m.head(N_("Chưa có tên cơ quan ban hành."))


@checks("head.superior", N_("Dòng cơ quan cấp trên đúng quy định"), Severity.WARN)
def superior(m: Material) -> Iterator[Finding]:
    """UBND and HĐND have no superior line (W04); a party body has the name of its party organisation."""
    name = fold(" ".join(m.paper.issuer))
    if (
        m.paper.regime is Regime.STATE
        and m.paper.superior
        and name.startswith(("uy ban nhan dan", "hoi dong nhan dan"))
    ):
        yield m.head(N_("UBND, HĐND không ghi cơ quan cấp trên ở đầu văn bản."))
    top = name.startswith(("tinh uy", "thanh uy", "ban chap hanh trung uong"))
    if m.paper.regime is Regime.PARTY and m.paper.issuer and not m.paper.superior and not top:
        yield m.head(N_("Chưa có tên cơ quan cấp trên trực tiếp ở đầu văn bản."))


@checks("head.symbol", N_("Số, ký hiệu đúng mẫu"), Severity.REFUSE)
def symbol(m: Material) -> Iterator[Finding]:
    """State "CTr-UBND", party "CTr/HU" (E05), and the abbreviation that belongs to the kind."""
    said = m.paper.notation
    if not said:
        yield m.head(N_("Chưa có ký hiệu văn bản."))
        return
    party = m.paper.regime is Regime.PARTY
    form = _PARTY_SYMBOL if party else _STATE_SYMBOL
    if not form.fullmatch(said):
        right = "CTr/HU" if party else "CTr-UBND"
        yield m.head(N_("Ký hiệu “%(said)s” không đúng mẫu (ví dụ: %(right)s)."), said=said, right=right)
        return
    known = ABBREVIATIONS.get(m.paper.kind or "")
    first = re.split(r"[-/]", said)[0]
    if known and first not in known:
        yield m.head(
            N_("Ký hiệu “%(said)s” không phải của loại %(kind)s (viết tắt: %(right)s)."),
            said=said,
            kind=m.paper.kind or "",
            right=known[0],
        )


@checks("head.subject", N_("Có tên loại và trích yếu"), Severity.REFUSE)
def subject(m: Material) -> Iterator[Finding]:
    """Kind and subject (E08, W09); the subject fits the field of the exchange format (PL6: 500)."""
    text = " ".join(m.paper.subject)
    if not text:
        yield m.head(N_("Chưa có trích yếu."))
    elif len(text) > _LONGEST_SUBJECT:
        yield m.head(N_("Trích yếu dài quá 500 ký tự, không gửi liên thông được."))


@checks("head.place", N_("Có địa danh"), Severity.REFUSE)
def place(m: Material) -> Iterator[Finding]:
    if not m.paper.place:
        yield m.head(N_("Chưa có địa danh."))


@checks("head.date", N_("Ngày văn bản có trên lịch"), Severity.REFUSE)
def date(m: Material) -> Iterator[Finding]:
    dated = m.paper.dated
    if dated.year and dated.month and dated.day and dated.date is None:
        day = f"{dated.day}/{dated.month}/{dated.year}"
        yield m.head(N_("Ngày %(day)s của văn bản không có trên lịch."), day=day)
