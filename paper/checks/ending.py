"""The end of the text and the filing line."""

from __future__ import annotations

from collections.abc import Iterator

from lucngan.lib.text import fold
from paper.checks.finding import N_, Finding, Severity
from paper.checks.material import Material
from paper.checks.registry import checks
from paper.printing.words import split_footnotes
from paper.value import Regime


@checks("end.mark", N_("Dấu kết thúc “./.”"), Severity.WARN)
def mark(m: Material) -> Iterator[Finding]:
    """W27: missing where the form ends so, or typed into the text."""
    text, _footnotes = split_footnotes(m.paper.body)
    if not text:
        return
    last = m.body[-1]
    for passage in m.body:
        at = passage.text.find("./.")
        if at >= 0:
            yield passage.finding(
                N_("Dấu “./.” gõ trong câu; chương trình tự in dấu kết thúc."),
                at,
                at + 3,
                repair="" if passage.text.endswith("./.") and passage is last else ".",
            )
    if not m.paper.end_mark and m.profile.end_mark == "./.":
        yield last.whole(N_("Thiếu dấu kết thúc “./.” ở cuối văn bản."))


@checks("recipients.missing", N_("Có Nơi nhận"), Severity.REFUSE)
def missing(m: Material) -> Iterator[Finding]:
    """E36."""
    if not m.paper.recipients:
        yield m.signature(N_("Chưa có Nơi nhận."))


@checks("recipients.filing", N_("Dòng lưu ở cuối Nơi nhận"), Severity.REFUSE)
def filing(m: Material) -> Iterator[Finding]:
    """E36: the last line files the paper: "Lưu: VT, …" (State), "Lưu Văn phòng …" (party)."""
    if not m.recipients:
        return
    last = m.recipients[-1]
    said = fold(last.text)
    if not said.startswith("luu"):
        yield last.whole(N_("Dòng cuối của Nơi nhận phải là dòng lưu."))
    elif m.paper.regime is Regime.STATE and not said.startswith("luu:"):
        yield last.whole(N_("Dòng lưu của văn bản Nhà nước viết “Lưu: VT, …”."))
    elif m.paper.regime is Regime.PARTY and said.startswith("luu: vt"):
        yield last.whole(N_("Dòng lưu của văn bản Đảng viết “Lưu Văn phòng …”, không viết “Lưu: VT”."))
