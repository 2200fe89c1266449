"""Random papers that could lie on an office's table: both regimes, every label style, drafts with gaps.

``papers()`` gives anything a Paper can hold; ``plain_papers()`` leaves out what the bare text of a
page cannot tell (tables, appendices, footnotes), so that a reader without the attached data must
find every clause.
"""

from __future__ import annotations

from dataclasses import replace

from hypothesis import strategies as st

from paper.forms import profile_of
from paper.labels import BULLETS, LabelStyle, label
from paper.value import (
    Appendix,
    Clause,
    Paper,
    PartialDate,
    Recipient,
    Regime,
    Role,
    Signature,
    Table,
)

_TEXT = """
tăng cường chỉ đạo công tác tuyên truyền vận động Nhân dân thực hiện quy hoạch xây dựng nông thôn mới bảo đảm
tiến độ giải ngân vốn đầu tư công rà soát đất đai khoáng sản môi trường y tế giáo dục an ninh trật tự
phòng chống thiên tai cải cách hành chính chuyển đổi số vải thiều hợp tác xã giám sát thanh tra kiểm tra
quý kỳ họp chuyên đề sơ kết nghị quyết kế hoạch báo cáo tình hình phát triển kinh tế văn hóa xã hội
"""
WORDS = tuple(_TEXT.split())
PLACES = ("Lục Ngạn", "Lục Nam", "Sơn Động", "Hiệp Hoà", "Tân Yên", "Thành phố Hồ Chí Minh")
NAMES = ("Vương Mạnh Chung", "Nguyễn Thị Bích Ngọc", "Đỗ Văn Ước", "Lê Quý Đôn")
BODIES = (
    "Thường trực Huyện ủy",
    "Văn phòng Huyện ủy",
    "Các chi bộ trực thuộc",
    "Ủy ban MTTQ huyện",
    "UBND các xã",
)
PURPOSES = (None, None, "báo cáo", "để biết", "thực hiện")

#: The label styles of a text from the top down; a draw takes a part of one of them.
LADDERS = (
    (LabelStyle.ALPHA_UPPER, LabelStyle.ROMAN, LabelStyle.DECIMAL, LabelStyle.NESTED, LabelStyle.ALPHA),
    (LabelStyle.ROMAN, LabelStyle.DECIMAL, LabelStyle.ALPHA, LabelStyle.DASH, LabelStyle.PLUS),
    (LabelStyle.ROMAN_DASH, LabelStyle.DECIMAL_DASH, LabelStyle.PAREN_DOT, LabelStyle.DASH),
    (LabelStyle.DECIMAL, LabelStyle.NESTED, LabelStyle.DASH, LabelStyle.PLUS),
    (LabelStyle.ROMAN, LabelStyle.PAREN, LabelStyle.DECIMAL_PAREN, LabelStyle.STAR),
    (LabelStyle.DECIMAL, LabelStyle.NESTED_BARE, LabelStyle.ALPHA),
    (LabelStyle.ROMAN, LabelStyle.DASH),
)

CLOSING = "Các cơ quan, đơn vị căn cứ nội dung chương trình, chủ động triển khai thực hiện"


@st.composite
def phrases(draw: st.DrawFn, least: int = 4, most: int = 30) -> str:
    """Some words with a capital at the start and no sign at the end."""
    chosen = draw(st.lists(st.sampled_from(WORDS), min_size=least, max_size=most))
    text = " ".join(chosen)
    return text[0].upper() + text[1:]


def sentences(most: int = 40) -> st.SearchStrategy[str]:
    return phrases(5, most).map(lambda text: text + ".")


@st.composite
def clause_trees(
    draw: st.DrawFn, ladder: tuple[LabelStyle, ...], above: str | None = None
) -> tuple[Clause, ...]:
    """Siblings of one style in order, each with lead-in paragraphs and children of the next style."""
    style, rest = ladder[0], ladder[1:]
    # One "A." alone could be a name's initial; a text that is lettered at the top has at least two.
    least = 2 if style is LabelStyle.ALPHA_UPPER else 1
    out = []
    for n in range(1, draw(st.integers(least, 6 if style is LabelStyle.ALPHA else 3)) + 1):
        name = label(style, n, above)
        children: tuple[Clause, ...] = ()
        deeper: bool = draw(st.booleans())
        if rest and deeper:
            # A bullet is one paragraph; what follows it unlabelled belongs to the item above.
            lead = draw(st.lists(sentences(60), max_size=0 if style in BULLETS else 1))
            children = (*(Clause(t) for t in lead), *draw(clause_trees(rest, name)))
        heading = bool(children) and draw(st.booleans())
        text = draw(phrases(4, 8)) if heading else draw(sentences())
        out.append(Clause(text, name, children, Role.HEADING if heading else Role.PARAGRAPH))
    return tuple(out)


@st.composite
def bodies(draw: st.DrawFn) -> tuple[Clause, ...]:
    """An opening, a tree of clauses, a closing; every part but one may be missing."""
    ladder = draw(st.sampled_from(LADDERS))
    start = draw(st.integers(0, min(1, len(ladder) - 1))) if ladder[0] is LabelStyle.ALPHA_UPPER else 0
    opening = tuple(Clause(t) for t in draw(st.lists(sentences(60), max_size=2)))
    closing = (Clause(CLOSING),) if draw(st.booleans()) else ()
    return (*opening, *draw(clause_trees(ladder[start:])), *closing)


def tables() -> st.SearchStrategy[Table]:
    def rows(columns: int) -> st.SearchStrategy[tuple[tuple[str, ...], ...]]:
        row = st.tuples(*[phrases(1, 6)] * columns)
        return st.lists(row, min_size=1, max_size=5).map(tuple)

    return st.builds(Table, rows=st.integers(1, 4).flatmap(rows), header_rows=st.integers(0, 1))


def dates() -> st.SearchStrategy[PartialDate]:
    years = st.integers(2018, 2030)
    whole = st.builds(PartialDate, years, st.integers(1, 12), st.integers(1, 28))
    return st.one_of(
        whole,
        st.builds(PartialDate, years, st.integers(1, 12)),
        st.builds(PartialDate, years),
        st.just(PartialDate()),
    )


@st.composite
def recipients(draw: st.DrawFn, regime: Regime) -> tuple[Recipient, ...]:
    """Bodies with or without purpose, and the filing line of the regime at the end."""
    names = draw(st.lists(st.sampled_from(BODIES), max_size=5, unique=True))
    listed = tuple(Recipient(name, draw(st.sampled_from(PURPOSES))) for name in names)
    return (*listed, Recipient("Lưu Văn phòng Huyện ủy" if regime is Regime.PARTY else "Lưu: VT"))


@st.composite
def signatures(draw: st.DrawFn, regime: Regime) -> Signature:
    sign = "T/L BAN THƯỜNG VỤ" if regime is Regime.PARTY else "TL. CHỦ TỊCH"
    authority = (sign,) if draw(st.booleans()) else ()
    return Signature(authority, "CHÁNH VĂN PHÒNG", draw(st.one_of(st.none(), st.sampled_from(NAMES))))


@st.composite
def plain_papers(draw: st.DrawFn) -> Paper:
    """A paper with letterhead, text, recipients and signature; what a bare page can tell again."""
    regime = draw(st.sampled_from(Regime))
    party = regime is Regime.PARTY
    paper = Paper(
        regime=regime,
        superior=("ĐẢNG BỘ TỈNH BẮC GIANG",) if party else (),
        issuer=("HUYỆN ỦY LỤC NGẠN",) if party else ("ỦY BAN NHÂN DÂN", "HUYỆN LỤC NGẠN"),
        number=draw(st.one_of(st.none(), st.integers(1, 1200))),
        notation="CTr/HU" if party else "CTr-UBND",
        place=draw(st.sampled_from(PLACES)),
        dated=draw(dates()),
        kind="CHƯƠNG TRÌNH",
        subject=(f"Công tác tháng {draw(st.integers(1, 12))} năm 2023",),
        body=draw(bodies()),
        recipients=draw(recipients(regime)),
        signature=draw(signatures(regime)),
    )
    if profile_of(paper).end_mark == "./." and draw(st.booleans()):
        # On a page "… thực hiện./." hides whether a full stop stood before the mark: offices write none.
        return replace(paper, body=_without_last_stop(paper.body), end_mark=True)
    return paper


def _without_last_stop(body: tuple[Clause, ...]) -> tuple[Clause, ...]:
    last = body[-1]
    if last.children:
        last = replace(last, children=_without_last_stop(last.children))
    else:
        last = replace(last, text=last.text.removesuffix("."))
    return (*body[:-1], last)


@st.composite
def papers(draw: st.DrawFn) -> Paper:
    """Anything a paper can hold: also tables, notes, footnotes, appendices, urgency, no letterhead."""
    paper = draw(plain_papers())
    extra: tuple[Clause, ...] = ()
    if draw(st.booleans()):
        extra = (Clause("(UBND huyện chuẩn bị nội dung 1, 2)", role=Role.NOTE),)
    if draw(st.booleans()):
        extra = (*extra, Clause(draw(phrases()) + ":", table=draw(tables())))
    notes = tuple(Clause(draw(sentences()), f"[{i}]") for i in range(1, draw(st.integers(0, 2)) + 1))
    appendix = st.builds(
        Appendix, title=phrases(2, 8).map(str.upper), body=bodies(), label=st.just("Phụ lục I")
    )
    paper = replace(
        paper,
        body=(*paper.body, *extra, *notes),
        addressees=tuple(draw(st.lists(st.sampled_from(BODIES), max_size=3, unique=True))),
        urgency=draw(st.sampled_from((None, "KHẨN", "HỎA TỐC"))),
        secrecy=draw(st.sampled_from((None, None, "MẬT", "TUYỆT MẬT"))),
        subject=draw(st.lists(phrases(3, 20), max_size=3).map(tuple)),
        kind=draw(st.sampled_from(("CHƯƠNG TRÌNH", "THÔNG BÁO", None))),
        appendices=tuple(draw(st.lists(appendix, max_size=2))),
        end_mark=draw(st.booleans()),
    )
    if draw(st.integers(0, 9)) == 0:
        paper = replace(
            paper,
            superior=(),
            issuer=(),
            number=None,
            notation=None,
            place=None,
            dated=PartialDate(),
            urgency=None,
            secrecy=None,
        )
    return paper
