"""What people type or paste into an agenda."""

from __future__ import annotations

import pytest

from meetings.agenda_lines import read
from paper.notes import Preparing


@pytest.mark.parametrize(
    ("line", "text"),
    [
        ("1. Báo cáo thu ngân sách", "Báo cáo thu ngân sách"),
        ("a) Báo cáo", "Báo cáo"),
        ("- Báo cáo", "Báo cáo"),
        ("–Báo cáo", "Báo cáo"),
        ("2.Báo cáo", "Báo cáo"),
        ("(3) Báo cáo", "Báo cáo"),
        ("1.1. Báo cáo", "Báo cáo"),
        ("2.5 tỷ đồng cho trường học", "2.5 tỷ đồng cho trường học"),
        ("A lô", "A lô"),
        ("30 năm đổi mới", "30 năm đổi mới"),
        ("  Báo   cáo  ", "Báo cáo"),
        ("Họp lúc 8h, gặp @", "Họp lúc 8h, gặp @"),
        ("Bàn 500p", "Bàn 500p"),
    ],
)
def test_labels_are_cut_off_and_texts_stay(line: str, text: str) -> None:
    assert [item.text for item in read([line])] == [text]


def test_bodies_minutes_and_purpose_stand_at_the_end_in_any_order() -> None:
    first, second = read(
        [
            "1. Báo cáo đầu tư công @Phòng Kinh tế @Phòng Nội vụ 20p #cho ý kiến",
            "Tờ trình #qd 15 phút @UBND xã",
        ]
    )

    assert (first.text, first.minutes, first.purpose) == ("Báo cáo đầu tư công", 20, "opinion")
    assert first.preparing == Preparing(("Phòng Kinh tế",), ("Phòng Nội vụ",))
    assert (second.text, second.minutes, second.purpose) == ("Tờ trình", 15, "decide")
    assert second.preparing == Preparing(("UBND xã",))


def test_notes_of_a_pasted_paper_give_the_bodies() -> None:
    items = read(
        [
            "1. Báo cáo A.",
            "2. Báo cáo B.",
            "(UBND xã chuẩn bị nội dung 1, 2)",
            "",
            "3. Đề án C (Phòng Nội vụ chuẩn bị).",
            "4. Việc D",
            "(Ban Tổ chức chủ trì, Văn phòng phối hợp)",
        ]
    )

    assert [(item.text, item.preparing) for item in items] == [
        ("Báo cáo A.", Preparing(("UBND xã",))),
        ("Báo cáo B.", Preparing(("UBND xã",))),
        ("Đề án C.", Preparing(("Phòng Nội vụ",))),
        ("Việc D", Preparing(("Ban Tổ chức",), ("Văn phòng",))),
    ]


def test_nothing_typed_is_no_item() -> None:
    assert read(["", "   ", "(UBND xã chuẩn bị)"]) == []
