"""Papers that the printing tests share; made up, in the manner of a district's office."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from paper.value import Clause, Paper, PartialDate, Recipient, Regime, Role, Signature

SENTENCE = (
    "Tập trung chỉ đạo rà soát tiến độ các dự án trọng điểm, kịp thời tháo gỡ khó khăn cho doanh nghiệp và "
    "Nhân dân trên địa bàn, báo cáo kết quả tại hội nghị thường kỳ. "
)


def text(clauses: int = 12, sentences: int = 3) -> tuple[Clause, ...]:
    """Two parts with numbered paragraphs under each."""
    items = tuple(Clause((SENTENCE * sentences).strip(), f"{n}.") for n in range(1, clauses + 1))
    half = len(items) // 2
    return (
        Clause("Nhiệm vụ trọng tâm", "I.", items[:half], Role.HEADING),
        Clause(
            "Các hội nghị",
            "II.",
            tuple(replace(c, label=f"{n}.") for n, c in enumerate(items[half:], 1)),
            Role.HEADING,
        ),
    )


@pytest.fixture
def party() -> Paper:
    """A programme of a party committee of 2023 (form of HD 36)."""
    return Paper(
        regime=Regime.PARTY,
        superior=("ĐẢNG BỘ TỈNH BẮC GIANG",),
        issuer=("HUYỆN ỦY SƠN ĐỘNG",),
        number=7,
        notation="CTr/HU",
        place="Sơn Động",
        dated=PartialDate.of(dt.date(2023, 2, 3)),
        kind="CHƯƠNG TRÌNH",
        subject=("công tác tháng 3 năm 2023",),
        body=text(),
        end_mark=True,
        recipients=(
            Recipient("Thường trực Tỉnh ủy", "báo cáo"),
            Recipient("Văn phòng Tỉnh ủy", "báo cáo"),
            Recipient("Các đồng chí ở tỉnh theo dõi huyện", "để biết"),
            Recipient("Lưu Văn phòng Huyện ủy"),
        ),
        signature=Signature(("T/L BAN THƯỜNG VỤ",), "CHÁNH VĂN PHÒNG", "Đỗ Văn Ước"),
    )


@pytest.fixture
def state(party: Paper) -> Paper:
    """A draft programme of a people's committee (form of NĐ 30)."""
    return replace(
        party,
        regime=Regime.STATE,
        superior=(),
        issuer=("ỦY BAN NHÂN DÂN", "HUYỆN SƠN ĐỘNG"),
        number=None,
        notation="CTr-UBND",
        dated=PartialDate(2023),
        recipients=(Recipient("TT Huyện ủy"), Recipient("Phòng KG-VX", mark="+"), Recipient("Lưu: VT")),
        signature=Signature(("TL. CHỦ TỊCH",), "CHÁNH VĂN PHÒNG", "Đỗ Văn Ước"),
    )
