"""Every check: what it must find, and what looks alike and is right."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from paper.checks import CHECKS, Body, Finding, Known, Severity, World, check
from paper.value import Clause, Paper, PartialDate, Recipient, Regime, Role, Signature

TODAY = dt.date(2026, 10, 20)
WORLD = World(
    today=TODAY,
    bodies=(
        Body("Phòng Kinh tế", ("Phòng Kinh tế xã Tân Sơn",)),
        Body("Văn phòng Đảng ủy", ("VP Đảng ủy",)),
        Body("UBND huyện", (), None, dt.date(2025, 6, 30)),
    ),
    off={dt.date(2026, 11, 24): "Ngày Văn hóa Việt Nam"},
    worked=frozenset({dt.date(2026, 11, 14)}),
    known=(Known("Kế hoạch", "85-KH/ĐU", dt.date(2026, 3, 9)),),
    by_order=frozenset({"T/L BAN THƯỜNG VỤ", "TL. CHỦ TỊCH"}),
)

PARTY = Paper(
    regime=Regime.PARTY,
    superior=("ĐẢNG BỘ TỈNH BẮC NINH",),
    issuer=("ĐẢNG ỦY XÃ TÂN SƠN",),
    notation="CTr/ĐU",
    place="Tân Sơn",
    dated=PartialDate(2026, 10),
    kind="CHƯƠNG TRÌNH",
    subject=("công tác tháng 11 năm 2026",),
    body=(Clause("Triển khai nhiệm vụ.", "1."),),
    end_mark=True,
    recipients=(Recipient("Thường trực Tỉnh ủy", "báo cáo"), Recipient("Lưu Văn phòng Đảng ủy")),
    signature=Signature(("T/L BAN THƯỜNG VỤ",), "CHÁNH VĂN PHÒNG", "Vi Văn Chung"),
)
STATE = replace(
    PARTY,
    regime=Regime.STATE,
    superior=(),
    issuer=("ỦY BAN NHÂN DÂN", "XÃ TÂN SƠN"),
    notation="CTr-UBND",
    recipients=(Recipient("Văn phòng UBND tỉnh", "báo cáo"), Recipient("Lưu: VT")),
    signature=Signature(("TL. CHỦ TỊCH",), "CHÁNH VĂN PHÒNG", "Hoàng Đức Thắng"),
)


def found(paper: Paper, code: str, world: World = WORLD) -> list[Finding]:
    return [each for each in check(paper, world) if each.code == code]


def saying(*texts: str, paper: Paper = PARTY) -> Paper:
    """The paper with these texts as its items."""
    return replace(paper, body=tuple(Clause(text, f"{n}.") for n, text in enumerate(texts, start=1)))


def repaired(text: str, finding: Finding) -> str:
    """The text of a clause with every repair that concerns it."""
    for place, put in sorted(finding.repairs, key=lambda each: -each[0].start):
        text = text[: place.start] + put + text[place.end :]
    return text


def meeting(heading: str, *items: Clause) -> Paper:
    """A programme with one meeting."""
    return replace(PARTY, body=(Clause(heading, "I.", items, Role.HEADING),))


@pytest.mark.parametrize("paper", [PARTY, STATE], ids=["party", "state"])
def test_a_paper_in_order_has_no_finding(paper: Paper) -> None:
    assert check(paper, WORLD) == ()


# ---------------------------------------------------------------- words: code, wrong, put right

SLIPS = [
    ("date.weekday", "Họp ngày 26/11/2026 (thứ Tư).", "Họp ngày 26/11/2026 (thứ Năm)."),
    ("date.weekday", "Họp Thứ Sáu, ngày 26/11/2026.", "Họp Thứ Năm, ngày 26/11/2026."),
    ("date.weekday", "Họp ngày 26/11/2026 (thứ 4).", "Họp ngày 26/11/2026 (thứ 5)."),
    ("date.weekday", "Họp ngày 26 tháng 11 năm 2026 (Chủ nhật).", "Họp ngày 26 tháng 11 năm 2026 (Thứ Năm)."),
    ("date.form", "Từ 5/11/2026 và 06/11/2026.", "Từ 05/11/2026 và 06/11/2026."),
    ("citation.issuer", "Theo Kế hoạch số 85-KH/TU ngày 09/3/2026 của Ban Thường vụ Đảng ủy xã.",
     "Theo Kế hoạch số 85-KH/ĐU ngày 09/3/2026 của Ban Thường vụ Đảng ủy xã."),
    ("citation.spaces", "Sơ kết Đề án số 01- ĐA/HU, ngày 29/6/2021 của Ban Thường vụ Huyện ủy.",
     "Sơ kết Đề án số 01-ĐA/HU, ngày 29/6/2021 của Ban Thường vụ Huyện ủy."),
    ("words.doubled", "Kiểm tra công tác công tác dân vận.", "Kiểm tra công tác dân vận."),
    ("words.doubled", "Chỉ đạo các các cơ quan.", "Chỉ đạo các cơ quan."),
    ("words.doubled", "Ban Thường vụ Ban Thường vụ họp.", "Ban Thường vụ họp."),
    ("space.sign", "Phòng , chống tham nhũng.", "Phòng, chống tham nhũng."),
    ("space.sign", "Các xã,phường.", "Các xã, phường."),
    ("sign.doubled", "Các xã,, phường.", "Các xã, phường."),
    ("dash.spaces", "Kinh tế- xã hội giai đoạn 2020- 2025.", "Kinh tế - xã hội giai đoạn 2020-2025."),
    ("letters.foreign", "Thƣờng trực Đảng ủy.", "Thường trực Đảng ủy."),
    ("letters.foreign", "Nghị định của Chính phủ, NÐ.", "Nghị định của Chính phủ, NĐ."),
    ("letters.decomposed", "Thu\u031bờng trực.", "Thường trực."),
    ("spelling.tone", "Đảng ủy, Huyện ủy và Tỉnh uỷ; hòa giải.", "Đảng ủy, Huyện ủy và Tỉnh ủy; hòa giải."),
    ("spelling.quy", "Trong quý I, quý II và quí III.", "Trong quý I, quý II và quý III."),
    ("spelling.hang", "Họp hằng tuần, hằng tháng, hàng quý.", "Họp hằng tuần, hằng tháng, hằng quý."),
    ("end.mark", "Tổ chức thực hiện./. Báo cáo kết quả.", "Tổ chức thực hiện. Báo cáo kết quả."),
]  # fmt: skip


@pytest.mark.parametrize(("code", "wrong", "right"), SLIPS)
def test_a_slip_is_found_at_its_place_and_put_right(code: str, wrong: str, right: str) -> None:
    """The text stands second, so that the place is told apart from the first."""
    (slip,) = found(saying("Việc thứ nhất.", wrong), code)

    assert slip.place.path == (1,)
    assert repaired(wrong, slip) == right
    assert found(saying("Việc thứ nhất.", right), code) == []


SEEN = [
    ("date.impossible", "Hoàn thành trước ngày 31/4/2026."),
    ("date.impossible", "Họp ngày 30 tháng 2."),
    ("citation.kind", "Theo Kế hoạch số 85-NQ/ĐU ngày 09/3/2026 của Đảng ủy."),
    ("citation.incomplete", "Thực hiện Quyết định số 552-QĐ/TU."),
    ("citation.incomplete", "Thực hiện Kết luận số 21-KL/TW ngày 25/10/2021."),
    ("citation.dates", "Kế hoạch số 85-KH/ĐU ngày 10/3/2026 của Đảng ủy."),
    ("citation.dates", "Kế hoạch số 9-KH/ĐU ngày 01/3/2026; Kế hoạch số 9-KH/ĐU ngày 02/3/2026."),
    ("citation.future", "Theo Nghị quyết số 9-NQ/ĐU ngày 21/12/2026 của Đảng ủy."),
    ("quote.unbalanced", "Phong trào “Toàn dân đoàn kết năm 2026."),
    ("quote.unbalanced", "Phong trào (đợt 1 năm 2026."),
    ("quote.unbalanced", 'Phong trào "Toàn dân đoàn kết.'),
    ("letters.damaged", "Thường tr\ufffdc họp."),
    ("letters.damaged", "Côn  t c củ  UBND hu  n th n  4"),
    ("abbreviation.unexplained", "Kiểm tra QLVH tại xã."),
]


@pytest.mark.parametrize(("code", "text"), SEEN)
def test_what_only_a_person_can_mend_is_found(code: str, text: str) -> None:
    slips = found(saying(text), code)

    assert [each.place.path for each in slips] == [(0,)]
    assert slips[0].repair is None


ALIKE = [
    ("date.weekday", "Họp ngày 26/11/2026 (thứ Năm), chiều thứ Hai hằng tuần."),
    ("date.weekday", "Nghị quyết Hội nghị lần thứ ba, ngày 26/11/2026."),
    ("date.impossible", "Có 30/32 xã hoàn thành; tỷ lệ 31/4; đạt 19/19 tiêu chí."),
    ("date.form", "Ngày 05/4/2026, ngày 12/02/2026, Nghị định 5/2020."),
    ("date.form", "Ngày 05/04/2026 và ngày 06/05/2026."),
    ("citation.issuer", "Kế hoạch số 85-KH/HU ngày 09/3/2023 của Ban Thường vụ Huyện ủy."),
    ("citation.issuer", "Công văn số 12-CV/BTCTU ngày 09/3/2023 của Ban Tổ chức Tỉnh ủy."),
    ("citation.issuer", "Báo cáo số 12-BC/VPĐU ngày 09/3/2023 của Văn phòng Đảng ủy."),
    ("citation.kind", "Quy định số 99-QĐ/TW ngày 27/02/2023 của Ban Bí thư."),
    ("citation.future", "Nghị quyết số 9-NQ/ĐU ngày 19/10/2026 của Đảng ủy."),
    ("citation.incomplete", "Kế hoạch số 8-KH/ĐU ngày 09/3/2026 của Đảng ủy; thực hiện Kế hoạch số 8-KH/ĐU."),
    ("citation.incomplete", "Luật số 72/2025/QH15 và Nghị quyết 233."),
    ("words.doubled", "Luôn luôn, ngày ngày, dần dần, đời đời; thường thường, nơi nơi, người người."),
    ("words.doubled", "Xử lý vi phạm pháp luật; quy định định kỳ; tổ chức chức năng; thể hiện hiện trạng."),
    ("words.doubled", "Đại hội Hội Nông dân; đơn vị trong xã, xã hội; từng bước từng bước."),
    ("words.doubled", "Các xã, các phường; công tác, công tác dân vận; 10 10."),
    ("quote.unbalanced", "a) Việc thứ nhất; b) việc thứ hai (đợt 1); 1) một; “Toàn dân”."),
    ("space.sign", "Lúc 07:30, đạt 1,5%; Nghị quyết 05-NQ/TW; … và v.v., https://vi.du/a,b."),
    ("sign.doubled", "Ngày sinh nhật Bác (19/5),… và ba chấm...; hết."),
    ("dash.spaces", "Kinh tế - xã hội, 2020-2025, CT-XH, Công ty A - B."),
    ("letters.foreign", "Ứng dụng AI, Đảng ủy, Москва."),
    ("letters.damaged", "a) Thực hiện tốt công tác dân vận; b) kiểm tra."),
    ("spelling.tone", "Đảng ủy, quý I, quỹ, thủy lợi, khoản, hoàn, toàn, khuỷu."),
    ("spelling.hang", "Hằng tháng; hàng hóa, ngân hàng, hàng ngàn."),
    ("abbreviation.unexplained", "UBND, HĐND, MTTQ; quản lý văn hóa (QLVH); kiểm tra QLVH, khóa XIII."),
    ("abbreviation.unexplained", "Nghị quyết số 9-NQ/BCSĐ; ĐẢNG CỘNG SẢN VIỆT NAM."),
]  # fmt: skip


@pytest.mark.parametrize(("code", "text"), ALIKE)
def test_what_looks_alike_and_is_right_is_left_alone(code: str, text: str) -> None:
    assert found(saying(text), code) == []


# ---------------------------------------------------------------- meetings, items, numbering


def test_a_meeting_outside_the_period_is_found() -> None:
    assert len(found(meeting("Hội nghị Ban Thường vụ: Ngày 01/12/2026"), "date.period")) == 1
    assert found(meeting("Hội nghị Ban Thường vụ: Ngày 26/11/2026"), "date.period") == []


@pytest.mark.parametrize(
    ("day", "count"), [("24/11/2026", 1), ("21/11/2026", 1), ("14/11/2026", 0), ("26/11/2026", 0)]
)
def test_a_meeting_on_a_day_off_is_found_but_not_on_a_worked_saturday(day: str, count: int) -> None:
    assert len(found(meeting(f"Hội nghị Ban Thường vụ: Ngày {day}"), "date.dayoff")) == count


def test_a_note_that_names_items_which_are_not_there_is_found() -> None:
    items = (Clause("Báo cáo.", "1."), Clause("(Phòng Kinh tế chuẩn bị nội dung 1-3)", role=Role.NOTE))
    (slip,) = found(meeting("Hội nghị Ban Thường vụ: Ngày 26/11/2026", *items), "note.unknown")

    assert (slip.severity, slip.facts["numbers"]) == (Severity.REFUSE, "2, 3")


def test_an_item_that_two_bodies_prepare_is_found() -> None:
    items = (
        Clause("Báo cáo.", "1."),
        Clause("(Phòng Kinh tế chuẩn bị nội dung 1)", role=Role.NOTE),
        Clause("Đề án.", "2."),
        Clause("(Văn phòng Đảng ủy chuẩn bị nội dung 1, 2)", role=Role.NOTE),
    )
    assert len(found(meeting("Hội nghị Ban Thường vụ: Ngày 26/11/2026", *items), "note.twice")) == 1


@pytest.mark.parametrize(("text", "count"), [("Đề án.", 1), ("Các nội dung khác trình theo quy định.", 0)])
def test_an_item_without_a_body_is_found_where_others_have_one(text: str, count: int) -> None:
    items = (
        Clause("Báo cáo.", "1."),
        Clause("(Phòng Kinh tế chuẩn bị)", role=Role.NOTE),
        Clause(text, "2."),
    )
    paper = meeting("Hội nghị Ban Thường vụ: Ngày 26/11/2026", *items)

    assert [each.place.path for each in found(paper, "item.unassigned")] == [(0, 2)] * count


@pytest.mark.parametrize(
    ("labels", "code", "paths"),
    [
        (("1.", "3."), "label.order", [(1,)]),
        (("1.", "1."), "label.order", [(1,)]),
        (("a)", "b)", "c)", "d)", "đ)", "e)", "g)"), "label.order", []),
        (("a)", "b)", "c)", "d)", "e)"), "label.order", [(4,)]),
        (("A.", "B.", "C.", "D.", "Đ."), "label.order", []),
        (("I.", "II-", "III."), "label.mixed", [(1,)]),
        (("1.", "2)", "3."), "label.mixed", [(1,)]),
        (("1.", "-", "2."), "label.mixed", []),
        (("I.", "II.", "III.", "IV.", "V."), "label.mixed", []),
    ],
)
def test_numbering(labels: tuple[str, ...], code: str, paths: list[tuple[int, ...]]) -> None:
    paper = replace(PARTY, body=tuple(Clause("Việc.", label) for label in labels))

    assert [each.place.path for each in found(paper, code)] == paths


# ---------------------------------------------------------------- head, bodies, recipients, signature

HEADS = [
    ("head.regime", replace(PARTY, superior=("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",)), 1),
    ("head.regime", replace(STATE, superior=("ĐẢNG CỘNG SẢN VIỆT NAM",)), 1),
    ("head.issuer", replace(PARTY, issuer=()), 1),
    ("head.superior", replace(STATE, superior=("ỦY BAN NHÂN DÂN TỈNH BẮC NINH",)), 1),
    ("head.superior", replace(PARTY, superior=()), 1),
    ("head.superior", replace(PARTY, superior=(), issuer=("TỈNH ỦY BẮC NINH",)), 0),
    ("head.symbol", replace(PARTY, notation="CTr-ĐU"), 1),
    ("head.symbol", replace(STATE, notation="CTr/UBND"), 1),
    ("head.symbol", replace(PARTY, notation="TB/ĐU"), 1),
    ("head.symbol", replace(PARTY, notation=None), 1),
    ("head.symbol", replace(STATE, kind="QUY ĐỊNH", notation="QyĐ-UBND"), 0),
    ("head.subject", replace(PARTY, subject=()), 1),
    ("head.subject", replace(PARTY, subject=("công tác " * 60,)), 1),
    ("head.place", replace(PARTY, place=None), 1),
    ("head.date", replace(PARTY, dated=PartialDate(2026, 2, 30)), 1),
    ("recipients.missing", replace(PARTY, recipients=()), 1),
    ("recipients.filing", replace(PARTY, recipients=PARTY.recipients[:1]), 1),
    ("recipients.filing", replace(PARTY, recipients=(Recipient("Lưu: VT"),)), 1),
    ("recipients.filing", replace(STATE, recipients=(Recipient("Lưu Văn phòng"),)), 1),
    ("end.mark", replace(STATE, end_mark=False), 1),
    ("sign.regime", replace(PARTY, signature=Signature(("TL. BAN THƯỜNG VỤ",), "CHÁNH VĂN PHÒNG", "A")), 1),
    ("sign.regime", replace(PARTY, signature=Signature(("TUQ. BAN THƯỜNG VỤ",), "CHÁNH VĂN PHÒNG", "A")), 1),
    ("sign.regime", replace(STATE, signature=Signature(("T/M ỦY BAN NHÂN DÂN",), "CHỦ TỊCH", "A")), 1),
    ("sign.deputy", replace(PARTY, signature=Signature(("K/T BÍ THƯ",), "PHÓ BÍ THƯ", "A")), 1),
    ("sign.deputy", replace(PARTY, signature=Signature(("K/T CHÁNH VĂN PHÒNG",), "PHÓ CHÁNH", "A")), 0),
    ("sign.order", replace(PARTY, signature=Signature(("T/L BAN CHẤP HÀNH",), "CHÁNH VĂN PHÒNG", "A")), 1),
    ("sign.title", replace(PARTY, signature=Signature((), "BÍ THƯ", "TS. Nguyễn Văn A")), 1),
    ("sign.title", replace(PARTY, signature=Signature((), "BÍ THƯ", "Đ/c Nguyễn Văn A")), 1),
    ("sign.title", replace(PARTY, signature=Signature((), "BÍ THƯ", "Tống Sĩ Bằng")), 0),
    ("sign.title", replace(STATE, issuer=("CÔNG AN",), signature=Signature((), "TRƯỞNG", "Trung tá Lê")), 0),
    ("sign.position", replace(PARTY, signature=Signature((), None, "A")), 1),
    ("sign.name", replace(PARTY, signature=Signature((), "BÍ THƯ", None)), 1),
]  # fmt: skip


@pytest.mark.parametrize(("code", "paper", "count"), HEADS)
def test_letterhead_recipients_and_signature(code: str, paper: Paper, count: int) -> None:
    assert len(found(paper, code)) == count


def prepared_by(name: str, *recipients: str) -> Paper:
    items = (Clause("Báo cáo.", "1."), Clause(f"({name} chuẩn bị)", role=Role.NOTE))
    paper = meeting("Hội nghị Ban Thường vụ: Ngày 26/11/2026", *items)
    return replace(paper, recipients=(*map(Recipient, recipients), Recipient("Lưu Văn phòng Đảng ủy")))


@pytest.mark.parametrize(
    ("name", "recipients", "count"),
    [
        ("Phòng Kinh tế", (), 1),
        ("Phòng Kinh tế", ("Phòng Kinh tế xã Tân Sơn",), 0),
        ("Phòng Kinh tế", ("Các cơ quan, đơn vị thuộc UBND xã",), 0),
        ("Hội Nông dân xã", ("Các phòng, ban thuộc UBND xã",), 1),
        ("Hội Nông dân xã", ("Ủy ban MTTQ và các tổ chức chính trị - xã hội xã",), 0),
        ("Thường trực Đảng ủy", (), 0),
    ],
)
def test_a_body_with_work_is_among_the_recipients(name: str, recipients: tuple[str, ...], count: int) -> None:
    assert len(found(prepared_by(name, *recipients), "body.recipient")) == count


@pytest.mark.parametrize(
    ("text", "purpose", "count"),
    [
        ("Trung tâm Y tế xã", "để thực hiện", 1),
        ("Trung tâm Y tế xã", "để biết", 0),
        ("Các phòng, ban", "thực hiện", 0),
    ],
)
def test_a_recipient_that_is_to_act_has_something_to_do(text: str, purpose: str, count: int) -> None:
    paper = replace(PARTY, recipients=(Recipient(text, purpose), *PARTY.recipients))

    assert len(found(paper, "recipient.unnamed")) == count


def test_an_abolished_body_is_refused_after_its_last_day_only() -> None:
    old = replace(prepared_by("UBND huyện", "UBND huyện"), dated=PartialDate(2023, 3, 27))

    assert len(found(prepared_by("UBND huyện", "UBND huyện"), "body.abolished")) == 1
    assert found(old, "body.abolished") == []


def test_the_nearest_official_name_is_offered() -> None:
    (slip,) = found(prepared_by("Phòng Kinh tê", "Các phòng, ban"), "body.unofficial")

    assert slip.facts["right"] == "Phòng Kinh tế"
    assert found(prepared_by("VP Đảng ủy", "Các cơ quan"), "body.unofficial") == []
    assert found(prepared_by("Trạm Khí tượng", "Các cơ quan"), "body.unofficial") == []


# ---------------------------------------------------------------- the library as a whole


def test_every_check_is_tried_above() -> None:
    tried = {row[0] for table in (SLIPS, SEEN, HEADS) for row in table}
    tried |= {"date.period", "date.dayoff", "note.unknown", "note.twice", "item.unassigned", "label.order"}
    tried |= {"label.mixed", "body.recipient", "recipient.unnamed", "body.abolished", "body.unofficial"}

    assert set(CHECKS) - tried == {"letters.unprintable"}


def test_a_sign_that_no_font_has_is_found() -> None:
    assert len(found(saying("Hoàn thành \U0001f600."), "letters.unprintable")) == 1


def test_an_empty_world_asks_for_nothing_it_cannot_know() -> None:
    paper = prepared_by("UBND huyện", "UBND huyện")

    assert found(paper, "body.abolished", World()) == []
    assert found(paper, "body.unofficial", World()) == []
    assert found(PARTY, "sign.order", World()) == []


def test_a_check_that_is_turned_off_is_silent() -> None:
    paper = saying("Kiểm tra công tác công tác dân vận.")

    assert "words.doubled" not in {each.code for each in check(paper, WORLD, without={"words.doubled"})}


def test_a_finding_keeps_its_fingerprint_when_its_clause_moves_and_loses_it_when_the_words_change() -> None:
    slip = "Kiểm tra công tác công tác dân vận."
    (here,) = found(saying(slip), "words.doubled")
    (there,) = found(saying("Một.", "Hai.", slip), "words.doubled")
    (other,) = found(saying("Kiểm tra các các xã."), "words.doubled")

    assert here.fingerprint == there.fingerprint != other.fingerprint


def test_an_empty_paper_is_checked() -> None:
    assert {"head.issuer", "recipients.missing"} <= {each.code for each in check(Paper())}
