"""Whole papers of other offices: every sentence of the specification has one that shows it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from paper.reading import Reading
from paper.reading.views import reading_view

Read = Callable[[str], Reading]


def view(read: Read, name: str) -> dict[str, Any]:
    reading = read(name)
    return reading_view(reading.paper, reading.damaged)


def flat(body: list[dict[str, Any]], depth: int = 0) -> list[tuple[int, str | None, str]]:
    out: list[tuple[int, str | None, str]] = []
    for c in body:
        out += [(depth, c["label"], c["text"]), *flat(c["children"], depth + 1)]
    return out


def rows(body: list[dict[str, Any]], words: int = 3) -> list[str]:
    """Depth, label and first words of every clause, one line each."""
    return [f"{'  ' * d}{label or '·'} {' '.join(text.split()[:words])}" for d, label, text in flat(body)]


# ------------------------------------------------------------------ letterhead


@pytest.mark.parametrize(
    ("name", "facts"),
    [
        (
            "giay-moi-hop",
            ("state", None, "ỦY BAN NHÂN DÂN TỈNH SƠN THỦY", 512, "GM-UBND", "Sơn Thủy", "2025-11-06"),
        ),
        (
            "ket-luan-tinh",
            ("state", "UBND TỈNH SƠN THỦY", "VĂN PHÒNG", 87, "TB-VP", "Sơn Thủy", "2025-11-18"),
        ),
        (
            "chuong-trinh-quy",
            ("party", "ĐẢNG BỘ TỈNH SƠN THỦY", "ĐẢNG ỦY XÃ ĐỒNG MỎ", 15, "CTr/ĐU", "Đồng Mỏ", "2025-09-28"),
        ),
        (
            "thong-bao-chinh-phu",
            ("state", None, "VĂN PHÒNG CHÍNH PHỦ", 731, "TB-VPCP", "Hà Nội", "2025-11-03"),
        ),
        (
            "chuong-trinh-xa",
            ("state", None, "ỦY BAN NHÂN DÂN XÃ YÊN LẠC", 7, "CTr-UBND", "Yên Lạc", "2026-01-02"),
        ),
        (
            "cong-van",
            ("state", "UBND TỈNH SƠN THỦY", "SỞ XÂY DỰNG", 1820, "SXD-QLĐT", "Sơn Thủy", "2025-11-03"),
        ),
    ],
)
def test_the_letterhead_is_read_in_any_layout(reading: Read, name: str, facts: tuple[object, ...]) -> None:
    v = view(reading, name)

    assert (
        tuple(v[k] for k in ("regime", "superior", "issuer", "number", "notation", "place", "date")) == facts
    )


def test_gaps_of_a_draft_stay_gaps_and_a_stamp_is_no_number(reading: Read) -> None:
    v = view(reading, "thong-bao-xa")

    assert (v["number"], v["notation"], v["place"], v["date"]) == (None, "TB/VPĐU", "Hà Khê", None)


def test_the_kind_is_its_name_alone_and_the_rest_opens_the_subject(reading: Read) -> None:
    kinds = {
        n: (v["kind"], v["subject"])
        for n in ("giay-moi-hop", "ket-luan-tinh-uy", "lich-tuan")
        if (v := view(reading, n))
    }

    assert kinds == {
        "giay-moi-hop": ("GIẤY MỜI", "HỌP Về tiến độ đầu tư hạ tầng các cụm công nghiệp trên địa bàn tỉnh"),
        "ket-luan-tinh-uy": (
            "THÔNG BÁO",
            "KẾT LUẬN CỦA BAN THƯỜNG VỤ TỈNH ỦY về công tác y tế 9 tháng đầu năm 2025",
        ),
        "lich-tuan": (
            "LỊCH CÔNG TÁC",
            "TUẦN của Thường trực HĐND, lãnh đạo UBND phường (Từ ngày 10/11/2025 đến ngày 16/11/2025)",
        ),
    }


def test_addressees_lose_dash_and_end_sign_and_a_broken_name_is_one(reading: Read) -> None:
    assert view(reading, "giay-moi-hop")["addressees"] == [
        "Các Sở: Công Thương, Tài chính, Xây dựng",
        "Ủy ban nhân dân các xã: Đồng Mỏ, Tân Phú, Yên Lạc",
        "Công ty cổ phần Đầu tư hạ tầng Công nghiệp - Năng lượng Hồng Hà",
        "Hiệp hội Doanh nghiệp tỉnh",
    ]
    assert view(reading, "cong-van")["addressees"] == ["Ủy ban nhân dân các xã, phường"]


@pytest.mark.parametrize(
    ("name", "period"),
    [
        ("chuong-trinh-quy", {"type": "quarter", "year": 2025, "quarter": 4}),
        ("chuong-trinh-xa", {"type": "month", "year": 2026, "month": 1}),
        ("lich-tuan", {"type": "week", "start": "2025-11-10", "end": "2025-11-16"}),
        ("lich-tuan-bang", {"type": "week", "start": "2025-11-10", "end": "2025-11-16"}),
        ("ket-luan-tinh-uy", None),
        ("giay-moi-hop", None),
    ],
)
def test_the_period_comes_from_kind_and_subject(reading: Read, name: str, period: object) -> None:
    assert view(reading, name)["period"] == period


# ------------------------------------------------------------------ body


def test_an_invitation_keeps_lists_under_the_paragraphs_that_announce_them(reading: Read) -> None:
    assert rows(view(reading, "giay-moi-hop")["body"]) == [
        "· Thực hiện Chương",
        "1. Thời gian, hình",
        "  - Thời gian: 14",
        "  - Hình thức: Trực",
        "2. Địa điểm, thành",
        "  2.1. Tại điểm cầu",
        "    · Chủ trì cuộc",
        "      - Đồng chí Lê",
        "    · Thành phần:",
        "      - Lãnh đạo các",
        "      - Lãnh đạo Hiệp",
        "    · Địa điểm: Phòng",
        "  2.2. Tại điểm cầu",
        "    - Chủ tịch Ủy",
        "3. Công tác chuẩn",
        "  - Sở Công Thương:",
        "  - Giao Văn phòng",
        "  - Ủy ban nhân",
        "· Ủy ban nhân",
    ]


def test_a_notice_closes_at_the_top_and_its_footnote_comes_last(reading: Read) -> None:
    body = view(reading, "ket-luan-tinh")["body"]

    assert [c["label"] for c in body] == [None, None, "I.", "II.", None, None, "[1]"]
    assert "cụm công nghiệp[1]." in body[0]["text"]
    assert body[-1]["text"].startswith("Theo Báo cáo số 214/BC-SCT")
    assert [c["label"] for c in body[3]["children"]] == [None, "1.", "2.", "3.", "4."]
    assert "(i) Phân cấp" in body[3]["children"][1]["children"][2]["text"]


def test_a_quarterly_programme_of_bullets_nests_them_in_their_order(reading: Read) -> None:
    labels = [f"{'>' * d}{label or '·'}" for d, label, _ in flat(view(reading, "chuong-trinh-quy")["body"])]

    assert " ".join(labels) == "· I- >- >- >- II- >- >>+ >>+ >- III- >- >- ·"


def test_the_paragraph_of_a_last_title_belongs_to_it(reading: Read) -> None:
    body = view(reading, "chuong-trinh-xa")["body"]

    assert [c["label"] for c in body] == [None, "I.", "II.", "III.", None]
    assert body[3]["children"][0]["text"].startswith("Các phòng, đơn vị chủ động")


# ------------------------------------------------------------------ meetings


def test_a_programme_gives_its_meetings_with_agenda_and_bodies(reading: Read) -> None:
    found = view(reading, "chuong-trinh-xa")["meetings"]

    assert [
        (m["label"], m["title"], m["date"], m["tentative"], m["part_of_day"], m["time"]) for m in found
    ] == [
        ("1.", "Phiên họp UBND xã thường kỳ tháng 01", "2026-01-26", True, None, "08:00"),
        ("2.", "Hội nghị triển khai công tác quân sự địa phương", "2026-01-15", False, "morning", None),
        ("3.", "Họp giao ban lãnh đạo UBND xã", None, False, None, None),
        ("4.", "Đối thoại với doanh nghiệp", None, False, None, None),
    ]
    assert found[2]["recurrence"] == {"weekday": 0, "part_of_day": "morning"}
    assert [(i["lead"], i["coordinate"]) for i in found[0]["items"]] == [
        (["Văn phòng HĐND và UBND"], []),
        (["Phòng Kinh tế"], ["Văn phòng HĐND và UBND"]),
        ([], []),
    ]


def test_an_invitation_convenes_what_stands_after_to_chuc(reading: Read) -> None:
    (m,) = view(reading, "giay-moi-hop")["meetings"]

    assert (m["title"], m["date"], m["time"], m["part_of_day"]) == (
        "họp rà soát tiến độ đầu tư hạ tầng các cụm công nghiệp trên địa bàn tỉnh",
        "2025-11-12",
        "14:00",
        None,
    )


def test_a_notice_reports_and_convenes_nothing(reading: Read) -> None:
    for name in ("ket-luan-tinh", "ket-luan-tinh-uy", "thong-bao-chinh-phu", "thong-bao-xa"):
        assert view(reading, name)["meetings"] == []


def test_a_weekly_schedule_gives_the_entries_that_are_meetings(reading: Read) -> None:
    def facts(name: str) -> list[tuple[object, ...]]:
        return [(m["title"], m["date"], m["part_of_day"], m["time"]) for m in view(reading, name)["meetings"]]

    assert facts("lich-tuan") == [
        ("Giao ban Thường trực Đảng ủy, HĐND, UBND phường tại Phòng họp A", "2025-11-10", "morning", "07:30"),
        ("Họp Hội đồng nghĩa vụ quân sự phường", "2025-11-11", "morning", "08:00"),
        ("Tiếp công dân định kỳ", "2025-11-11", "afternoon", None),
    ]
    assert facts("lich-tuan-bang") == [
        ("Giao ban lãnh đạo UBND huyện", "2025-11-10", None, "07:30"),
        ("Họp Hội đồng thi đua - khen thưởng", "2025-11-11", None, "08:00"),
    ]


def test_a_schedule_without_a_year_takes_it_from_the_papers_date(reading: Read) -> None:
    v = view(reading, "lich-tuan-30")

    assert v["period"] is None
    assert [(m["title"], m["date"], m["part_of_day"], m["time"]) for m in v["meetings"]] == [
        ("Chủ tịch UBND tỉnh chủ trì họp giao ban Thường trực UBND tỉnh", "2025-07-21", None, "07:30"),
        ("Chủ tịch UBND tỉnh dự Hội nghị trực tuyến với Chính phủ", "2025-07-22", "morning", None),
    ]


def test_an_invitation_without_to_chuc_is_named_by_its_subject(reading: Read) -> None:
    v = view(reading, "giay-moi-huyen-uy")

    assert [(m["title"], m["date"], m["time"]) for m in v["meetings"]] == [
        ("hội nghị Ban Thường vụ Huyện ủy tháng 4 năm 2024", "2024-04-18", "07:30")
    ]
    assert v["directives"] == []
    assert v["addressees"][1] == "Đồng chí Trưởng Phòng Tài chính - Kế hoạch huyện"


# ------------------------------------------------------------------ directives


def orders(read: Read, name: str) -> list[tuple[object, ...]]:
    return [(d["label"], d["assignees"], d["due"]) for d in view(read, name)["directives"]]


def test_orders_of_a_provincial_notice(reading: Read) -> None:
    assert orders(reading, "ket-luan-tinh") == [
        ("II.1.a", ["Sở Công Thương"], "2025-12-15"),
        ("II.1.b", ["Sở Công Thương"], "Định kỳ hằng quý"),
        ("II.1.c", ["Sở Công Thương"], "trong tháng 12 năm 2025"),
        ("II.2", ["Sở Tài chính"], None),
        ("II.2", ["Sở Tài chính"], None),
        ("II.3", ["Ban Quản lý các khu công nghiệp"], "trong Quý I năm 2026"),
        ("II.4.1", ["Ủy ban nhân dân các xã, phường"], None),
        ("II.4.2", ["Chủ tịch Ủy ban nhân dân xã Đồng Mỏ"], "2025-11-30"),
        (None, ["Thủ trưởng các cơ quan, đơn vị"], None),
    ]


def test_orders_of_a_ministry_level_notice(reading: Read) -> None:
    assert orders(reading, "thong-bao-chinh-phu") == [
        ("2", ["Bộ Xây dựng"], "2025-11-20"),
        ("3", ["các Bộ: Tài chính, Tư pháp và Ủy ban nhân dân các thành phố: Hà Nội, Hồ Chí Minh"], None),
        ("4", ["Ủy ban Kinh tế và Tài chính của Quốc hội"], None),
        (
            "5",
            ["các Tập đoàn: Điện lực Việt Nam, Công nghiệp - Viễn thông Quân đội"],
            "trong tháng 12 năm 2025",
        ),
        ("6", ["Văn phòng Chính phủ"], None),
    ]


def test_bodies_of_a_lead_in_hold_where_nothing_nearer_names_one(reading: Read) -> None:
    found = orders(reading, "thong-bao-xa")

    assert found[0] == ("I.1", ["Đảng ủy UBND phường", "Công an phường", "Ban Chỉ huy Quân sự phường"], None)
    assert found[1] == ("I.2", ["Ban Xây dựng Đảng"], "2025-12-05")
    assert ("II.1" not in [f[0] for f in found]) is True
    assert found[3] == (
        "II.3",
        ["Thuế cơ sở 3", "Phòng Kinh tế, Hạ tầng và Đô thị phường"],
        "chậm nhất trong tháng 12/2025",
    )
    assert [d["due"] for d in view(reading, "thong-bao-xa")["directives"] if "đợt" in d["text"]] == [None]


def test_orders_name_bodies_by_subject_heading_and_group(reading: Read) -> None:
    assert orders(reading, "thong-bao-hdnd") == [
        ("2.1", ["Các Ban Hội đồng nhân dân thành phố"], None),
        ("2.2", ["Văn phòng"], "2025-08-25"),
        ("3", ["Ban Đô thị"], "2025-08-30"),
        ("3", ["Ban Đô thị"], None),
        ("4", ["Ban Pháp chế"], "trong Quý III/2025"),
        ("5", ["Đoàn ĐBQH", "HĐND thành phố", "UBND thành phố"], None),
    ]
    assert orders(reading, "thong-bao-du-an") == [
        ("II.1", ["Ban Quản lý dự án đầu tư xây dựng tỉnh"], "2025-12-19"),
        ("II.1", ["UBND các huyện: Tam Thanh, Lương Sơn"], "2025-12-31"),
        ("II.1", ["Sở Nông nghiệp và Môi trường"], None),
        ("II.2.a", ["Sở Xây dựng"], "trong tuần đầu tháng 12/2025"),
        ("II.2.b", ["Nhà thầu"], None),
        ("II.3", ["các sở, ban, ngành", "UBND các huyện, thành phố"], "trước ngày 25 hằng tháng"),
    ]


def test_praise_and_closing_formulas_order_nothing(reading: Read) -> None:
    assert [f[0] for f in orders(reading, "ket-luan-tinh-uy")] == ["2.1", "2.2", "2.3", "3"]


def test_the_preparing_tasks_of_an_invitation_are_orders(reading: Read) -> None:
    assert orders(reading, "giay-moi-hop") == [
        ("3", ["Sở Công Thương"], "2025-11-10"),
        ("3", ["Văn phòng Ủy ban nhân dân tỉnh"], None),
        ("3", ["Ủy ban nhân dân các xã"], None),
    ]


# ------------------------------------------------------------------ citations, recipients, signature


def test_coordinated_citations_share_one_issuer_and_a_proposer_counts(reading: Read) -> None:
    def cited(name: str) -> list[tuple[object, ...]]:
        return [(c["kind"], c["number"], c["date"], c["issuer"]) for c in view(reading, name)["citations"]]

    assert cited("ket-luan-tinh-uy") == [
        ("Nghị quyết", "57-NQ/TW", None, "Bộ Chính trị"),
        ("Nghị quyết", "72-NQ/TW", None, "Bộ Chính trị"),
        ("Kết luận", "149-KL/TW", "2025-04-10", None),
    ]
    assert cited("thong-bao-xa") == [
        ("Nghị quyết", "66", None, "Bộ Chính trị"),
        ("Kết luận", "210", None, "Bộ Chính trị"),
        ("Tờ trình", "88/TTr-KTHTĐT", None, "Phòng Kinh tế, Hạ tầng và Đô thị phường"),
        ("Báo cáo", "45", None, None),
    ]
    assert ("Luật", "95/2025/QH15", None, None) in cited("thong-bao-chinh-phu")


def test_a_braced_purpose_holds_upwards_and_other_brackets_stay(reading: Read) -> None:
    assert [(r["text"], r["purpose"]) for r in view(reading, "ket-luan-tinh-uy")["recipients"]] == [
        ("Văn phòng Trung ương Đảng", "để báo cáo"),
        ("Đảng ủy UBND tỉnh", "thực hiện"),
        ("Các ban đảng Tỉnh ủy", "thực hiện"),
        ("Các đồng chí Tỉnh ủy viên", None),
        ("Lưu Văn phòng Tỉnh ủy", None),
    ]
    last = view(reading, "thong-bao-chinh-phu")["recipients"]
    assert (last[0]["text"], last[0]["purpose"]) == ("Thủ tướng, các Phó Thủ tướng CP", "để b/c")
    assert last[2]["text"].endswith("PL, TGĐ Cổng TTĐT")
    assert (last[3]["text"], last[3]["purpose"]) == ("Lưu: VT, CN (2b). (T.Q.Hùng)", None)


@pytest.mark.parametrize(
    ("name", "signature"),
    [
        ("giay-moi-hop", ("TL. CHỦ TỊCH KT. CHÁNH VĂN PHÒNG", "PHÓ CHÁNH VĂN PHÒNG", "Trần Thu Hà")),
        ("thong-bao-chinh-phu", ("KT. BỘ TRƯỞNG, CHỦ NHIỆM", "PHÓ CHỦ NHIỆM", "Phạm Đình Sách")),
        ("ket-luan-tinh", (None, "CHÁNH VĂN PHÒNG", "Đỗ Quang Vinh")),
        (
            "ket-luan-tinh-uy",
            ("T/L BAN THƯỜNG VỤ K/T CHÁNH VĂN PHÒNG", "PHÓ CHÁNH VĂN PHÒNG", "Lò Văn Thắng"),
        ),
        ("chuong-trinh-quy", ("T/M BAN THƯỜNG VỤ", "PHÓ BÍ THƯ", "Hoàng Thị Mai")),
        ("chuong-trinh-xa", ("TM. ỦY BAN NHÂN DÂN KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "Nguyễn Thị Thu Hằng")),
        ("thong-bao-xa", (None, "CHÁNH VĂN PHÒNG", "Bùi Thị Kim Oanh")),
    ],
)
def test_the_signature_block_is_read(reading: Read, name: str, signature: tuple[object, ...]) -> None:
    v = view(reading, name)["signature"]

    assert (v["authority"], v["position"], v["name"]) == signature


def test_nothing_is_left_over_but_the_stamp(reading: Read) -> None:
    names = ["giay-moi-hop", "ket-luan-tinh", "ket-luan-tinh-uy", "thong-bao-chinh-phu", "chuong-trinh-quy"]
    names += ["chuong-trinh-xa", "lich-tuan", "lich-tuan-bang", "cong-van"]

    assert [x for n in names for x in reading(n).leftover] == []
    assert [x.text for x in reading("thong-bao-xa").leftover] == ["(Đã ký)"]
