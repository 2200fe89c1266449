"""Preparing notes, computed and read."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paper import notes
from paper.notes import NoteForm, NoteLine, Preparing, compute, cut_inline, parse, spread

HALL, HOME, UBND = Preparing(("Phòng Kinh tế",)), Preparing(("Phòng Nội vụ",)), Preparing(("UBND huyện",))


def items(*who: Preparing) -> list[tuple[str | None, Preparing]]:
    return [(f"{i}.", w) for i, w in enumerate(who, 1)]


def test_a_party_note_stands_on_its_own_line_and_names_the_run() -> None:
    assert compute(items(*[UBND] * 6, HOME), NoteForm.PARTY) == [
        NoteLine(5, "(UBND huyện chuẩn bị nội dung 1-6)", inline=False),
        NoteLine(6, "(Phòng Nội vụ chuẩn bị)", inline=False),
    ]


def test_a_state_note_stands_inside_one_item_and_below_a_run() -> None:
    assert compute(items(HOME, HALL, HALL, Preparing()), NoteForm.STATE) == [
        NoteLine(0, "(Phòng Nội vụ chuẩn bị)", inline=True),
        NoteLine(2, "(Phòng Kinh tế chuẩn bị nội dung 2, 3).", inline=False),
    ]


def test_coordination_has_its_own_words() -> None:
    who = Preparing(("Văn phòng",), ("Phòng Nội vụ",))

    assert compute(items(who), NoteForm.STATE)[0].text == "(Văn phòng chủ trì, Phòng Nội vụ phối hợp)"
    assert compute(items(who, who, who), NoteForm.PARTY)[0].text == (
        "(Văn phòng chủ trì, Phòng Nội vụ phối hợp chuẩn bị nội dung 1-3)"
    )


def test_items_without_numbers_never_share_a_note() -> None:
    assert len(compute([("-", UBND), ("-", UBND)], NoteForm.PARTY)) == 2


@pytest.mark.parametrize(
    ("numbers", "text"), [([2, 3], "2, 3"), ([3, 4, 5], "3-5"), ([1, 4, 5, 6], "1, 4-6"), ([], "")]
)
def test_numbers_are_spread_as_the_office_writes_them(numbers: list[int], text: str) -> None:
    assert spread(numbers) == text


@pytest.mark.parametrize(
    ("text", "lead", "coordinate", "numbers"),
    [
        ("(UBND huyện chuẩn bị nội dung 1-6)", ["UBND huyện"], [], [1, 2, 3, 4, 5, 6]),
        ("(Phòng Kinh tế và Hạ tầng chuẩn bị nội dung 2, 3).", ["Phòng Kinh tế và Hạ tầng"], [], [2, 3]),
        ("(Phòng Văn hóa, Thể thao và Du lịch chuẩn bị)", ["Phòng Văn hóa, Thể thao và Du lịch"], [], []),
        (
            "(Văn phòng HĐND và UBND huyện chủ trì, Phòng Nội vụ phối hợp)",
            ["Văn phòng HĐND và UBND huyện"],
            ["Phòng Nội vụ"],
            [],
        ),
        ("(Sở Tài chính chủ trì, phối hợp với Sở Xây dựng chuẩn bị)", ["Sở Tài chính"], ["Sở Xây dựng"], []),
        ("(Ban Tổ chức, Ban Dân vận chuẩn bị nội dung 4 và 5)", ["Ban Tổ chức", "Ban Dân vận"], [], [4, 5]),
    ],
)
def test_a_note_is_read(text: str, lead: list[str], coordinate: list[str], numbers: list[int]) -> None:
    assert parse(text) == (Preparing(tuple(lead), tuple(coordinate)), numbers)


@pytest.mark.parametrize(
    "text", ["(theo Quyết định số 552-QĐ/TU)", "UBND huyện chuẩn bị", "(30/4)", "()", "(chuẩn bị)"]
)
def test_other_brackets_are_no_notes(text: str) -> None:
    assert parse(text) is None


def test_an_inline_note_leaves_the_full_stop_behind() -> None:
    cut = cut_inline("Báo cáo tháng 5 năm 2023 (Phòng Tài chính - KH chuẩn bị).")

    assert cut == ("Báo cáo tháng 5 năm 2023.", Preparing(("Phòng Tài chính - KH",)))


NAMES = st.sampled_from(["UBND huyện", "Phòng Nội vụ", "Ban Dân vận Huyện ủy", "Phòng Kinh tế và Hạ tầng"])
WHO = st.builds(
    lambda a, b: Preparing((a,), (b,) if b and b != a else ()), NAMES, st.one_of(st.none(), NAMES)
)


@given(st.lists(WHO, min_size=1, max_size=9), st.sampled_from(NoteForm))
def test_computed_notes_are_read_as_the_bodies_they_came_from(who: list[Preparing], form: NoteForm) -> None:
    back: dict[int, Preparing] = {}
    for line in compute(items(*who), form):
        found = parse(line.text)
        assert found is not None
        for n in found[1] or [line.after + 1]:
            back[n] = found[0]

    assert back == dict(enumerate(who, 1))


@pytest.mark.parametrize(
    ("text", "lead"),
    [
        ("(Ban Xây dựng Đảng chuẩn bị nội dung 3)", ("Ban Xây dựng Đảng",)),
        ("(Sở Xây dựng chuẩn bị)", ("Sở Xây dựng",)),
        ("(Phòng Nội vụ tham mưu, chuẩn bị)", ("Phòng Nội vụ",)),
    ],
)
def test_a_name_keeps_its_verbs(text: str, lead: tuple[str, ...]) -> None:
    found = notes.parse(text)

    assert found is not None
    assert found[0].lead == lead


@pytest.mark.parametrize(
    ("text", "all_of_it"),
    [
        ("(UBND xã chuẩn bị nội dung 1-3)", True),
        ("(Phòng A chủ trì, Phòng B phối hợp)", True),
        ("(Phòng Nội vụ chuẩn bị bằng văn bản)", False),
    ],
)
def test_a_note_that_says_more_is_known(text: str, all_of_it: bool) -> None:
    found = notes.parse(text)

    assert found is not None
    assert notes.says_all(text, found[0]) is all_of_it
