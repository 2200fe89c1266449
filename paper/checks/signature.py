"""The signature block: prefixes of the right regime, who may sign how, titles before a name."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lucngan.lib.text import fold
from paper.checks.finding import N_, Finding, Severity
from paper.checks.material import Material
from paper.checks.registry import checks
from paper.value import Regime

_PARTY_PREFIX = re.compile(r"^(T/M|K/T|T/L)(?!\w)")
_STATE_PREFIX = re.compile(r"^(TM|KT|TL|TUQ|Q)\.")
_TITLE = re.compile(
    r"^(?:GS|PGS|TS|ThS|Th\.S|TSKH|BS|BSCK\w*|KS|CN|LS|NGƯT|NGND|Đ/c|Đồng chí|Ông|Bà|Bác sĩ|Kỹ sư|Tiến sĩ|"
    r"Thạc sĩ|Giáo sư|Phó Giáo sư|Đại tá|Thượng tá|Trung tá|Thiếu tá|Đại úy|Đại uý|Luật sư)(?:[.\s]|$)",
    re.I,
)
#: Ranks belong to the name in the armed forces (NĐ 30/2020, Phụ lục I, II.7.c).
_RANK = re.compile(r"^(?:Đại tá|Thượng tá|Trung tá|Thiếu tá|Đại úy|Đại uý|Thượng úy|Trung úy|Thiếu úy)\s")
_FORCES = ("cong an", "quan su", "bo chi huy", "ban chi huy", "bien phong")
#: Committees and councils: collective, signed T/M and never K/T (HD 36, HD 05; product rule 4).
_COLLECTIVE = re.compile(
    r"^(?:ban chap hanh|ban thuong vu|thuong truc|bi thu|pho bi thu|huyen uy|tinh uy|dang uy|thanh uy|"
    r"uy ban kiem tra|doan chu tich)"
)


@checks("sign.regime", N_("Thẩm quyền ký đúng thể thức"), Severity.REFUSE)
def regime(m: Material) -> Iterator[Finding]:
    """E31: "TM." and "TL." are the State's, "T/M" and "T/L" the party's; the party has no TUQ."""
    for line in m.paper.signature.authority:
        if m.paper.regime is Regime.PARTY and (found := _STATE_PREFIX.match(line)):
            if found[1] == "Q":
                continue
            right = {"TM": "T/M", "KT": "K/T", "TL": "T/L"}.get(found[1])
            message = (
                N_("“%(said)s” là cách ghi của Nhà nước; văn bản Đảng ghi “%(right)s”.")
                if right
                else N_("Văn bản Đảng không có hình thức ký “%(said)s”.")
            )
            yield m.signature(message, line, said=found[0], right=right or "")
        if m.paper.regime is Regime.STATE and (found := _PARTY_PREFIX.match(line)):
            right = found[1].replace("/", "") + "."
            yield m.signature(
                N_("“%(said)s” là cách ghi của Đảng; văn bản Nhà nước ghi “%(right)s”."),
                line,
                said=found[0],
                right=right,
            )


@checks("sign.deputy", N_("Không ký thay tập thể cấp ủy"), Severity.REFUSE)
def deputy(m: Material) -> Iterator[Finding]:
    """E32: a party committee is collective; its deputy secretary signs "T/M … / PHÓ BÍ THƯ"."""
    if m.paper.regime is not Regime.PARTY:
        return
    for line in m.paper.signature.authority:
        if line.startswith(("K/T", "KT.")) and _COLLECTIVE.match(fold(line[3:])):
            yield m.signature(
                N_("Cấp ủy không ký “K/T”: phó bí thư ký “T/M %(body)s”."), line, body="BAN THƯỜNG VỤ"
            )


@checks("sign.order", N_("Ký thừa lệnh có quy định cho phép"), Severity.WARN)
def by_order(m: Material) -> Iterator[Finding]:
    """E32: T/L and TL. need a rule (quy chế làm việc) that allows it (NĐ 30/2020, Điều 13.4)."""
    if m.world.by_order is None:
        return
    allowed = {fold(line) for line in m.world.by_order}
    for line in m.paper.signature.authority:
        if line.startswith(("T/L", "TL.")) and fold(line) not in allowed:
            yield m.signature(N_("Chưa có quy định cho phép ký “%(said)s”."), line, said=line)


@checks("sign.title", N_("Không ghi học hàm, học vị trước tên"), Severity.WARN)
def title(m: Material) -> Iterator[Finding]:
    """E34: no academic titles and forms of address before the name; ranks of the armed forces stay."""
    name = m.paper.signature.name or ""
    own = fold(" ".join((*m.paper.issuer, m.paper.signature.position or "")))
    if _RANK.match(name) and any(word in own for word in _FORCES):
        return
    if found := _TITLE.match(name):
        yield m.signature(N_("Không ghi “%(said)s” trước họ tên người ký."), name, said=found[0].strip())


@checks("sign.position", N_("Có chức vụ người ký"), Severity.REFUSE)
def position(m: Material) -> Iterator[Finding]:
    if not m.paper.signature.position:
        yield m.signature(N_("Chưa có chức vụ người ký."))


@checks("sign.name", N_("Có họ tên người ký"), Severity.WARN)
def name(m: Material) -> Iterator[Finding]:
    """E35."""
    if not m.paper.signature.name:
        yield m.signature(N_("Chưa có họ tên người ký."))
