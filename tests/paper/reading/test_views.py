"""Single rules of the views on small papers."""

from __future__ import annotations

import pytest

from paper.reading import bodies
from paper.reading.citations import in_text
from paper.reading.due import due
from paper.reading.period import period
from paper.value import Paper


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Sở Tài chính, Sở Xây dựng và UBND tỉnh", ["Sở Tài chính", "Sở Xây dựng", "UBND tỉnh"]),
        ("các sở, ban, ngành", ["các sở, ban, ngành"]),
        ("UBND các xã, phường", ["UBND các xã, phường"]),
        ("Văn phòng HĐND và UBND huyện", ["Văn phòng HĐND và UBND huyện"]),
        (
            "Sở Văn hóa, Thể thao và Du lịch, Công an tỉnh",
            ["Sở Văn hóa, Thể thao và Du lịch", "Công an tỉnh"],
        ),
        ("các Tập đoàn: Điện lực, Dầu khí", ["các Tập đoàn: Điện lực, Dầu khí"]),
        ("Phòng Lao động - Thương binh và Xã hội huyện", ["Phòng Lao động - Thương binh và Xã hội huyện"]),
    ],
)
def test_lists_of_bodies_are_split_only_between_bodies(text: str, names: list[str]) -> None:
    assert list(bodies.split(text)) == names


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Sở Công Thương chủ trì, phối hợp với Sở Tài chính", "Sở Công Thương"),
        ("Ban Bí thư về cờ Đảng", "Ban Bí thư"),
        ("Ban Thường vụ Tỉnh ủy đảm bảo có kết quả", "Ban Thường vụ Tỉnh ủy"),
        ("Ban Chấp hành Trung ương Đảng khóa XIII. Tăng cường", "Ban Chấp hành Trung ương Đảng khóa XIII"),
        ("Ủy ban kiểm tra Huyện ủy kiểm tra việc", "Ủy ban kiểm tra Huyện ủy"),
        ("Bộ trưởng Bộ Xây dựng khẩn trương", "Bộ trưởng Bộ Xây dựng"),
        ("Hội đồng nhân dân tỉnh.", "Hội đồng nhân dân tỉnh"),
        ("Bộ Chính trị và Kết luận số 5", "Bộ Chính trị"),
    ],
)
def test_a_name_ends_at_a_verb_or_a_function_word(text: str, name: str) -> None:
    assert text[: bodies.name_end(text, 0)] == name


@pytest.mark.parametrize(
    ("text", "limit"),
    [
        ("hoàn thành trước ngày 15/12/2025.", "2025-12-15"),
        ("gửi về Sở chậm nhất ngày 05 tháng 01 năm 2026", "2026-01-05"),
        ("báo cáo trước 17 giờ 00 ngày 30/11/2025", "2025-11-30"),
        ("tổ chức vào sáng ngày 20/11", "2025-11-20"),
        ("xong trước ngày 10/11/2025, báo cáo trước ngày 20/11/2025", "2025-11-20"),
        ("hoàn thành trong tháng 12 năm 2025", "trong tháng 12 năm 2025"),
        ("trình trong Quý I năm 2026", "trong Quý I năm 2026"),
        ("Định kỳ hằng quý báo cáo", "Định kỳ hằng quý"),
        ("hoàn thành trước ngày 31/4/2025", None),
        ("Khẩn trương triển khai theo kế hoạch", None),
        ("tổ chức Lễ trao tặng Huy hiệu Đảng đợt 19/5/2023", None),
        ("tài liệu phiên họp định kỳ tháng 8/2026", None),
        ("nhân kỷ niệm ngày Quốc tế thiếu nhi 01/6/2023", None),
        ("theo Quyết định số 15/QĐ-UBND ngày 15/12/2025 của UBND tỉnh", None),
        ("nhiệm vụ trọng tâm năm 2025", None),
    ],
)
def test_a_deadline_is_a_day_or_the_printed_limit(text: str, limit: str | None) -> None:
    assert due(text, 2025) == limit


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        (
            "Nghị quyết số 35-NQ/HU, ngày 01/4/2021 của Ban Thường vụ Huyện ủy về",
            [("Nghị quyết", "35-NQ/HU", "2021-04-01", "Ban Thường vụ Huyện ủy")],
        ),
        ("Đề án số 01- ĐA/HU, ngày 29/6/2021", [("Đề án", "01-ĐA/HU", "2021-06-29", None)]),
        ("Báo cáo sơ kết Đề án số 02-ĐA/HU", [("Đề án", "02-ĐA/HU", None, None)]),
        ("theo Nghị quyết 233 và các quy hoạch", [("Nghị quyết", "233", None, None)]),
        ("Nghị định số 32/2024/NĐ-CP ngày 15/3/2024", [("Nghị định", "32/2024/NĐ-CP", "2024-03-15", None)]),
        (
            "Kế hoạch số 85-KH/TU ngày 1 tháng 2 năm 2023 của Ban Thường vụ Huyện ủy",
            [("Kế hoạch", "85-KH/TU", "2023-02-01", "Ban Thường vụ Huyện ủy")],
        ),
        ("Nghị quyết Đại hội XXV, Luật Đất đai, Quy chế làm việc", []),
        ("Kế hoạch 6 tháng cuối năm, Báo cáo 9 tháng", []),
        (
            "theo đề xuất của Phòng Nội vụ tại Tờ trình số 157. Giao",
            [("Tờ trình", "157", None, "Phòng Nội vụ")],
        ),
    ],
)
def test_citations_have_a_number_a_date_and_an_issuer(text: str, facts: list[tuple[object, ...]]) -> None:
    assert [(c.kind, c.number, c.date and c.date.isoformat(), c.issuer) for c in in_text(text)] == facts


@pytest.mark.parametrize(
    ("kind", "subject", "data"),
    [
        ("CHƯƠNG TRÌNH", "công tác tháng 4 năm 2023", {"type": "month", "year": 2023, "month": 4}),
        ("CHƯƠNG TRÌNH", "Công tác tháng 12/2025", {"type": "month", "year": 2025, "month": 12}),
        ("CHƯƠNG TRÌNH", "Công tác quí IV/2023", {"type": "quarter", "year": 2023, "quarter": 4}),
        ("CHƯƠNG TRÌNH", "làm việc năm 2024", {"type": "year", "year": 2024}),
        (
            "LỊCH CÔNG TÁC",
            "TUẦN 46 (từ ngày 11/11 đến ngày 17/11/2019)",
            {"type": "week", "start": "2019-11-11", "end": "2019-11-17"},
        ),
        ("LỊCH CÔNG TÁC", "tuần thứ 30 năm 2025", None),
        ("CHƯƠNG TRÌNH", "công tác 6 tháng cuối năm 2025", None),
        ("THÔNG BÁO", "kết luận tại cuộc họp ngày 05 tháng 11 năm 2025", None),
        (None, "", None),
    ],
)
def test_periods(kind: str | None, subject: str, data: object) -> None:
    found = period(Paper(kind=kind, subject=(subject,)))

    assert (found.data() if found else None) == data
