"""Papers as other offices write them: each text is invented, each habit was met on a real paper."""

from __future__ import annotations

from paper.reading import lost, read_text
from paper.reading.views import reading_view


def view(text: str) -> dict[str, object]:
    reading = read_text(text)
    return reading_view(reading.paper, reading.damaged)


def outline(clauses: list[dict[str, object]]) -> list[object]:
    """Labels and texts, nested as the body is."""
    return [(c["label"], c["text"], *outline(c["children"])) for c in clauses]  # type: ignore[arg-type]


NOTICE = """ĐẢNG BỘ TỈNH SÔNG MAI          ĐẢNG CỘNG SẢN VIỆT NAM
ĐẢNG ỦY XÃ BẾN TÁU
*                              Bến Táu, ngày 04 tháng 11 năm 2025
Số 31-TB/ĐU

THÔNG BÁO
Kết luận của Thường trực Đảng ủy tại hội nghị giao ban
-----
Ngày 03/11/2025, Thường trực Đảng ủy họp giao ban và kết luận như sau:
{body}
Nơi nhận:
- Các chi bộ,
- Lưu Văn phòng Đảng ủy.
T/L BAN THƯỜNG VỤ
CHÁNH VĂN PHÒNG

Lò Văn Pín
"""


def notice(body: str) -> dict[str, object]:
    return view(NOTICE.format(body=body))


def orders(body: str) -> list[tuple[object, object, object]]:
    found = notice(body)["directives"]
    assert isinstance(found, list)
    return [(d["label"], d["assignees"], d["due"]) for d in found]


# ------------------------------------------------------------------ letters


def test_abbreviations_units_and_foreign_words_are_no_lost_letters() -> None:
    reading = read_text(
        "LỊCH CÔNG TÁC\nTừ ngày 10/11/2025 đến ngày 16/11/2025\n"
        "Thứ 2 (10/11/2025)  08h00  Đ/c : Hà - CT HĐND; Đ/c: Quý - PCT UBND  tuyến dài 5 km, rộng 7 m\n"
        "Kiểm tra mô hình tưới online, 12 kg phân bón; điểm c, điểm d khoản 2\n"
    )

    assert reading.damaged == ()
    assert not [n for n in reading.warnings if n.code.startswith("letters")]


# ------------------------------------------------------------------ letterhead


def test_a_letterhead_of_narrow_columns_is_put_together() -> None:
    got = view(
        "ỦY BAN NHÂN DÂN\nTỈNH SÔNG MAI\n-------\n|\nCỘNG HÒA XÃ HỘI\nCHỦ NGHĨA VIỆT NAM\n"
        "Độc lập - Tự do - Hạnh phúc\n---------------\n|\nSố:\n27/KH-UBND\n|\nSông Mai, ngày 09\n"
        "tháng 6 năm 2025\n|\nKẾ HOẠCH\nPHÒNG, CHỐNG CHÁY RỪNG GIAI ĐOẠN 2025 -\n2027\nThực hiện Chỉ\n"
        "thị số 12/CT-TTg ngày 02/5/2025 của Thủ tướng Chính phủ, Ủy ban nhân dân tỉnh ban hành\n"
        "Kế hoạch như sau:\n1. Tuần tra thường xuyên.\n2. Trực gác mùa khô./.\nNơi nhận:\n- Bộ NN&MT;\n"
        "- Lưu: VT, NN.\n|\nTM.\nỦY BAN NHÂN DÂN\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\n(Đã ký)\nTriệu Kim Sơn\n|\n"
    )

    assert (got["issuer"], got["superior"]) == ("ỦY BAN NHÂN DÂN TỈNH SÔNG MAI", None)
    assert (got["number"], got["notation"], got["place"], got["date"]) == (
        27,
        "KH-UBND",
        "Sông Mai",
        "2025-06-09",
    )
    assert got["subject"] == "PHÒNG, CHỐNG CHÁY RỪNG GIAI ĐOẠN 2025 - 2027"
    assert got["signature"] == {
        "authority": "TM. ỦY BAN NHÂN DÂN KT. CHỦ TỊCH",
        "position": "PHÓ CHỦ TỊCH",
        "name": "Triệu Kim Sơn",
    }


# ------------------------------------------------------------------ body


def test_numbers_with_a_dash_nest_below_their_heading() -> None:
    got = notice(
        "1- Nhiệm vụ\n1.1- Giữ vững an ninh.\n1.2- Thu ngân sách.\n2- Tổ chức thực hiện\n2.1- Họp chi bộ."
    )

    assert outline(got["body"])[1:] == [  # type: ignore[arg-type]
        ("1-", "Nhiệm vụ", ("1.1-", "Giữ vững an ninh."), ("1.2-", "Thu ngân sách.")),
        ("2-", "Tổ chức thực hiện", ("2.1-", "Họp chi bộ.")),
    ]


def test_a_day_below_its_weekday_is_no_page_number() -> None:
    reading = read_text(
        "LỊCH LÀM VIỆC\nTuần 21 năm 2025\n\nThứ hai\n\n26/5\n\nHọp ban.\n\nThứ ba\n\n27/5\n\nĐi cơ sở.\n"
    )

    assert "26/5" in " ".join(c.text for _, c in reading.paper.clauses())


def test_each_basis_of_a_paper_is_a_paragraph_of_its_own() -> None:
    got = notice(
        "Căn cứ Quy chế làm việc của Ban Chấp hành Đảng bộ xã khóa XXII, nhiệm kỳ 2025 - 2030 đã ban hành;\n"
        "Thực hiện Kế hoạch số 15-KH/ĐU, ngày 20/9/2025 của Ban Thường vụ Đảng ủy xã về tuyên truyền;\n"
        "1. Rà soát hộ nghèo."
    )

    texts = [str(c["text"])[:9] for c in got["body"]]  # type: ignore[attr-defined]
    assert texts[1:3] == ["Căn cứ Qu", "Thực hiện"]


def test_a_table_drawn_with_strokes_is_a_table_and_its_citations_count() -> None:
    got = view(
        "LỊCH CÔNG TÁC TUẦN\nTừ ngày 10/11/2025 đến ngày 16/11/2025\n\n"
        "| Ngày | Giờ | Nội dung | Địa điểm |\n|---|---|---|---|\n"
        "| Thứ 2 (10/11/2025) | 08h00 | Họp Ban quản lý chợ | Phòng 2 |\n"
        "| | 14h00 | Giao ban theo Kế hoạch số 18/KH-UBND | Phòng 1 |\n| | | | |\n"
        "| Thứ 3 (11/11/2025) | 07h30 | Tiếp công dân định kỳ | Trụ sở |\n"
    )

    assert got["subject"] == "TUẦN Từ ngày 10/11/2025 đến ngày 16/11/2025"
    found = [(m["title"], m["date"], m["time"]) for m in got["meetings"]]  # type: ignore[attr-defined]
    assert found == [
        ("Họp Ban quản lý chợ", "2025-11-10", "08:00"),
        ("Giao ban theo Kế hoạch số 18/KH-UBND", "2025-11-10", "14:00"),
        ("Tiếp công dân định kỳ", "2025-11-11", "07:30"),
    ]
    assert [c["number"] for c in got["citations"]] == ["18/KH-UBND"]  # type: ignore[attr-defined]


# ------------------------------------------------------------------ recipients


def test_a_brace_drawn_with_signs_gives_its_purpose_to_the_lines_beside_it() -> None:
    got = view(
        NOTICE.format(body="1. Rà soát hộ nghèo.").replace(
            "- Các chi bộ,",
            "- Ban Thường vụ Tỉnh ủy (để B/cáo),\n- UBND xã,           } thực hiện\n- Công an xã,        }\n"
            "- Các chi bộ,",
        )
    )

    assert [(r["text"], r["purpose"]) for r in got["recipients"]] == [  # type: ignore[attr-defined]
        ("Ban Thường vụ Tỉnh ủy", "để B/cáo"),
        ("UBND xã", "thực hiện"),
        ("Công an xã", "thực hiện"),
        ("Các chi bộ", None),
        ("Lưu Văn phòng Đảng ủy", None),
    ]


# ------------------------------------------------------------------ directives


def test_who_acts_is_the_whole_name_and_never_a_verb() -> None:
    assert orders(
        "1. Đảng ủy UBND xã\n1.1. Lãnh đạo thực hiện công tác thu ngân sách.\n"
        "2. Các chi bộ tổ dân phố tổ chức sinh hoạt chuyên đề.\n"
        "3. Giao Ban Quản lý dự án đầu tư xây dựng các công trình giao thông rà soát hồ sơ.\n"
        "4. Trạm Y tế xã phối hợp khám tuyển.\n5. Bí thư các chi bộ quán triệt nội dung trên."
    ) == [
        ("1.1", ["Đảng ủy UBND xã"], None),
        ("2", ["Các chi bộ tổ dân phố"], None),
        ("3", ["Ban Quản lý dự án đầu tư xây dựng các công trình giao thông"], None),
        ("4", ["Trạm Y tế xã"], None),
        ("5", ["Bí thư các chi bộ"], None),
    ]


def test_an_assessment_behind_its_name_orders_nothing() -> None:
    assert orders("1. Đánh giá chung: Các chi bộ có nhiều cố gắng.\n2. Văn phòng chuẩn bị báo cáo.") == [
        ("2", ["Văn phòng"], None)
    ]


def test_deadlines_with_dashes_without_year_and_by_weekday() -> None:
    assert orders(
        "1. Công an xã rà soát phương tiện trước ngày 30-11-2025.\n2. Hội Nông dân báo cáo trước 15/11.\n"
        "3. UBND xã định kỳ thứ Sáu hằng tuần báo cáo tiến độ."
    ) == [
        ("1", ["Công an xã"], "2025-11-30"),
        ("2", ["Hội Nông dân"], "2025-11-15"),
        ("3", ["UBND xã"], "định kỳ thứ Sáu hằng tuần"),
    ]


# ------------------------------------------------------------------ citations


def test_an_issuer_behind_a_semicolon_holds_only_for_its_series() -> None:
    got = notice(
        "1. Thực hiện Nghị định số 11/2025/NĐ-CP; Công văn số 12/UBND-VX của UBND tỉnh.\n"
        "2. Thực hiện Chỉ thị số 13-CT/TU; Nghị quyết số 14-NQ/TU của Ban Thường vụ Tỉnh ủy."
    )

    assert [(c["number"], c["issuer"]) for c in got["citations"]] == [  # type: ignore[attr-defined]
        ("11/2025/NĐ-CP", None),
        ("12/UBND-VX", "UBND tỉnh"),
        ("13-CT/TU", "Ban Thường vụ Tỉnh ủy"),
        ("14-NQ/TU", "Ban Thường vụ Tỉnh ủy"),
    ]


# ------------------------------------------------------------------ meetings


def meetings(body: str) -> list[dict[str, object]]:
    got = view(
        "HUYỆN ỦY THẠCH BÀN\n*\nSố 9-CTr/HU\nĐẢNG CỘNG SẢN VIỆT NAM\nThạch Bàn, ngày 28 tháng 9 năm 2024\n"
        f"CHƯƠNG TRÌNH\ncông tác tháng 10 năm 2024\n-----\n{body}\n"
        "Nơi nhận:\n- Lưu Văn phòng Huyện ủy.\nT/M BAN THƯỜNG VỤ\nPHÓ BÍ THƯ\n\nLò Văn Pín\n"
    )
    found = got["meetings"]
    assert isinstance(found, list)
    return found


def test_days_numbered_below_one_name_are_meetings_of_that_name_with_the_bullets_as_agenda() -> None:
    first, second = meetings(
        "I. CÁC HỘI NGHỊ\n1. Hội nghị Ban Thường vụ Huyện ủy\n1.1. Ngày 03/10/2024 (sáng thứ Năm)\n"
        "- Cho ý kiến về nhân sự;\n- Nghe tiến độ đường vành đai;\n(UBND huyện chuẩn bị)\n"
        "1.2. Ngày 17/10/2024\n- Cho ý kiến về đề án chợ."
    )

    assert (first["label"], first["title"], first["date"]) == (
        "1.1.",
        "Hội nghị Ban Thường vụ Huyện ủy",
        "2024-10-03",
    )
    assert first["part_of_day"] == "morning"
    assert [i["lead"] for i in first["items"]] == [[], ["UBND huyện"]]  # type: ignore[attr-defined]
    assert (second["label"], second["date"]) == ("1.2.", "2024-10-17")


def test_of_several_days_the_first_counts_and_none_stays_in_the_title() -> None:
    found = meetings(
        "I. CÁC HỘI NGHỊ\n1. Hội nghị Ban Chấp hành Đảng bộ huyện (ngày 10, 11/10/2024).\n"
        "2. Tiếp công dân định kỳ: ngày 08/10/2024 và ngày 22/10/2024.\n"
        "3. Hội nghị tổng kết công tác năm, dự kiến cuối tháng 12/2024."
    )

    assert [(m["title"], m["date"], m["tentative"]) for m in found] == [
        ("Hội nghị Ban Chấp hành Đảng bộ huyện", "2024-10-10", False),
        ("Tiếp công dân định kỳ", "2024-10-08", False),
        ("Hội nghị tổng kết công tác năm", None, True),
    ]


def test_a_schedule_of_one_cell_a_line_keeps_day_and_hour() -> None:
    got = view(
        "LỊCH CÔNG TÁC TỪ NGÀY 10/11/2025 ĐẾN NGÀY 16/11/2025\n\nNgày\nThời gian\nNội dung\nĐịa điểm\n"
        "Thứ 2 (10/11/2025)\n07h30\nGiao ban lãnh đạo\nPhòng 1\n14h00\nHọp tổ thẩm định\nPhòng 2\n"
        "Chủ tịch xã, công chức địa chính và các hộ dân thôn Cầu\n"
        "Thứ 3 (11/11/2025)\n08h00\nTiếp công dân\nTrụ sở\nThời gian: 2 giờ\n"
    )

    assert got["subject"] == "TỪ NGÀY 10/11/2025 ĐẾN NGÀY 16/11/2025"
    found = [(m["title"], m["date"], m["time"]) for m in got["meetings"]]  # type: ignore[attr-defined]
    assert found == [
        ("Giao ban lãnh đạo", "2025-11-10", "07:30"),
        ("Họp tổ thẩm định", "2025-11-10", "14:00"),
        ("Tiếp công dân", "2025-11-11", "08:00"),
    ]


def test_a_group_of_meetings_is_none_and_turns_take_the_name_above() -> None:
    found = meetings(
        "I. Hội nghị, làm việc\n1. Hội nghị Ban Chấp hành (mở rộng): Ngày 08/10/2024.\n* Nội dung:\n"
        "- Tổng kết 9 tháng.\n- Thông qua đề án chợ. (Phòng Kinh tế chuẩn bị).\n2. Hội nghị Ban Thường vụ:\n"
        "+ Kỳ 1: Dự kiến ngày 12/10/2024.\n+ Kỳ 2: Dự kiến ngày 26/10/2024.\n"
        "3. Kỳ họp thứ 15 HĐND huyện (dự kiến trong 02 ngày 29, 30/10/2024)."
    )

    assert [(m["title"], m["date"], m["tentative"]) for m in found] == [
        ("Hội nghị Ban Chấp hành (mở rộng)", "2024-10-08", False),
        ("Hội nghị Ban Thường vụ", "2024-10-12", True),
        ("Hội nghị Ban Thường vụ", "2024-10-26", True),
        ("Kỳ họp thứ 15 HĐND huyện", "2024-10-29", True),
    ]
    assert [(i["text"], i["lead"]) for i in found[0]["items"]] == [  # type: ignore[attr-defined]
        ("Tổng kết 9 tháng.", []),
        ("Thông qua đề án chợ.", ["Phòng Kinh tế"]),
    ]


def test_an_order_behind_its_topic_and_a_group_with_its_names() -> None:
    found = notice(
        "1. Công tác tuyên truyền: Ban Tuyên giáo Đảng ủy chủ trì định hướng.\n"
        "2. Về mặt bằng: Chủ tịch UBND các xã, phường: Bản Hà, Cốc Lầu trực tiếp chỉ đạo di dời.\n"
        "3. Giao Phó Bí thư Nguyễn Văn Tám trực tiếp chỉ đạo.\n"
        "4. Về thủy lợi\nĐề nghị Đảng ủy UBND tỉnh lãnh đạo, chỉ đạo:\n- Rà soát hồ đập.\n"
        "- Phòng Kinh tế thống kê thiệt hại."
    )["directives"]

    assert [(d["assignees"], d["explicit"]) for d in found] == [  # type: ignore[attr-defined]
        (["Ban Tuyên giáo Đảng ủy"], False),
        (["Chủ tịch UBND các xã, phường: Bản Hà, Cốc Lầu"], False),
        (["Phó Bí thư Nguyễn Văn Tám"], True),
        (["Đảng ủy UBND tỉnh"], False),
        (["Phòng Kinh tế"], False),
    ]


def test_lost_letters_are_found_whatever_blanks_end_the_lines() -> None:
    lines = [
        "Côn  t c củ  UBND hu  n th n  4 năm 2023",
        "Về c n  t c hu  n ủ  th n  5",
        "Công tác của huyện ủy tháng 6",
    ]

    found = [lost.decode([line + " " * blanks for line in lines]) for blanks in (0, 1, 2)]

    assert [[guess.text.strip() for guess in guesses.values()] for guesses in found] == [
        ["Công tác của UBND huyện tháng 4 năm 2023", "Về công tác huyện ủy tháng 5"]
    ] * 3


def test_a_rule_of_underscores_beside_a_name_is_no_name() -> None:
    got = view(
        "  ĐẢNG BỘ TỈNH SÔNG MAI                 ĐẢNG CỘNG SẢN VIỆT NAM\n"
        " ĐẢNG ỦY PHƯỜNG TÂN AN               ________________________\n"
        "Số 8-KL/ĐU\n\nKẾT LUẬN\nvề bầu cử\n1. Yêu cầu:\n"
        "a) Công an phường: bảo đảm an ninh.\nb) Giữ gìn vệ sinh./.\n"
    )

    assert got["issuer"] == "ĐẢNG ỦY PHƯỜNG TÂN AN"
    assert [(d["assignees"], d["explicit"]) for d in got["directives"]][:1] == [  # type: ignore[attr-defined]
        (["Công an phường"], True)
    ]


def test_days_and_half_days_of_a_schedule_close_the_bullets_above() -> None:
    got = view(
        "LỊCH CÔNG TÁC\ncủa Thường trực (từ ngày 05 đến ngày 09/01/2026)\n-----\nThứ Hai (05/01):\n"
        "Sáng: - 7h30: Chào cờ đầu tuần.\n- 8h00: Họp giao ban (Phòng 1).\nChiều: - 14h00: Họp chi bộ.\n"
        "Thứ Ba (06/01):\nSáng: Dự hội nghị tổng kết.\n"
    )

    assert all(c["children"] == [] for c in got["body"])  # type: ignore[attr-defined]
    found = [(m["title"], m["date"], m["part_of_day"], m["time"]) for m in got["meetings"]]  # type: ignore[attr-defined]
    assert found == [
        ("Họp giao ban (Phòng 1)", "2026-01-05", None, "08:00"),
        ("Họp chi bộ", "2026-01-05", "afternoon", "14:00"),
        ("Dự hội nghị tổng kết", "2026-01-06", "morning", None),
    ]
