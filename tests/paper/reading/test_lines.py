"""Lines, paragraphs, labels and letters: one rule a test, on a few lines."""

from __future__ import annotations

import pytest

from paper.reading import Reading, read_text
from paper.value import Role

TAIL = "\nNơi nhận:\n- Lưu: VT.\nCHỦ TỊCH\n"


def outline(text: str) -> list[tuple[int, str | None, str]]:
    return [(len(path), c.label, c.text) for path, c in read_text(text).paper.clauses()]


def codes(reading: Reading) -> list[str]:
    return [n.code for n in reading.warnings if not n.code.startswith("missing.")]


LONG = "Tăng cường lãnh đạo, chỉ đạo công tác tuyên truyền, vận động Nhân dân thực hiện quy"


def test_a_page_break_and_a_page_number_end_no_paragraph() -> None:
    text = f"1. {LONG}\nhoạch xây dựng nông\n\n\f 2\n\nthôn mới.\n{TAIL}"

    assert outline(text) == [(1, "1.", f"{LONG} hoạch xây dựng nông thôn mới.")]


def test_a_break_after_a_hyphen_is_joined_without_a_blank() -> None:
    text = f"1. {LONG} Chỉ thị số 19-\nCT/TU của Tỉnh ủy về kinh tế -\nxã hội.\n{TAIL}"

    assert outline(text) == [(1, "1.", f"{LONG} Chỉ thị số 19-CT/TU của Tỉnh ủy về kinh tế - xã hội.")]


def test_a_dash_inside_a_broken_name_is_running_text() -> None:
    text = (
        f"1. {LONG} các Tập đoàn Công nghiệp\n- Viễn thông Quân đội và các doanh nghiệp trên địa bàn.\n{TAIL}"
    )

    assert len(outline(text)) == 1


def test_a_number_that_the_line_break_brought_to_the_start_is_no_label() -> None:
    text = f"1. {LONG} trong tháng\n4. Các cơ quan thực hiện nghiêm túc.\n2. Việc hai.\n{TAIL}"

    assert [label for _, label, _ in outline(text)] == ["1.", "2."]


@pytest.mark.parametrize(
    "text", ["(i) Phân cấp; (ii) Đơn giản.", "Thứ nhất, rà soát.", "V.I. Lênin nói.", "2023. Năm của"]
)
def test_what_only_looks_like_a_label_is_text(text: str) -> None:
    assert outline(text + "\n" + TAIL) == [(1, None, text)]


@pytest.mark.parametrize(
    "label",
    [
        "I.",
        "I-",
        "A.",
        "1.",
        "1-",
        "(1).",
        "(1)",
        "1)",
        "1.1.",
        "1.1",
        "a)",
        "đ)",
        "-",
        "+",
        "*",
        "–",
        "II.1.",
    ],
)
def test_every_label_is_kept_as_printed(label: str) -> None:
    assert outline(f"{label} Nội dung của mục.\n{TAIL}") == [(1, label, "Nội dung của mục.")]


def test_blanks_inside_a_label_go() -> None:
    assert outline(f"II - Nội dung\n{TAIL}") == [(1, "II-", "Nội dung")]


def test_letters_run_from_a_to_k_with_romans_below() -> None:
    letters = [f"{c}. PHẦN {n}\n1. Việc một.\n2. Việc hai." for n, c in enumerate("ABCDĐEGHIK")]
    found = [x for x in outline("\n".join(letters) + TAIL) if x[0] == 1]

    assert [label for _, label, _ in found] == [f"{c}." for c in "ABCDĐEGHIK"]


def test_roman_five_stays_roman() -> None:
    text = "\n".join(f"{r}. Hội nghị {r}" for r in ("I", "II", "III", "IV", "V", "VI", "IX", "X"))

    assert [label for _, label, _ in outline(text + TAIL)] == [
        "I.",
        "II.",
        "III.",
        "IV.",
        "V.",
        "VI.",
        "IX.",
        "X.",
    ]


def test_bullets_close_with_the_next_unlabelled_paragraph() -> None:
    text = (
        "1. Mục một\nThành phần:\n- Lãnh đạo Sở;\n- Các phòng.\nĐịa điểm: Hội trường.\n- Lưu ý khác." + TAIL
    )

    assert [(depth, label) for depth, label, _ in outline(text)] == [
        (1, "1."), (2, None), (3, "-"), (3, "-"), (2, None), (2, "-"),
    ]  # fmt: skip


def test_a_preparing_note_stands_at_the_level_of_the_items() -> None:
    text = (
        "I. Hội nghị: Ngày 26/4/2023\n1. Báo cáo một.\n2. Báo cáo hai.\n(UBND huyện chuẩn bị nội dung "
        "1, 2)\n3. Báo cáo ba."
    ) + TAIL
    paper = read_text(text).paper

    assert [(c.label, c.role) for c in paper.body[0].children][2] == (None, Role.NOTE)


@pytest.mark.parametrize(
    ("title", "children", "role"),
    [
        ("1. Về công tác Đảng", "Chỉ đạo tổ chức lễ trao tặng.", Role.HEADING),
        ("1. VỀ KINH TẾ", "a) Chỉ đạo sản xuất.", Role.HEADING),
        ("I. Nhiệm vụ", "", Role.HEADING),
        ("1. Chỉ đạo sản xuất vụ Xuân, chăm sóc cây trồng.", "Chủ động nguồn nước.", Role.PARAGRAPH),
        ("1. Rà soát nguồn thu", "", Role.PARAGRAPH),
    ],
)
def test_titles_are_headings(title: str, children: str, role: Role) -> None:
    assert read_text(f"{title}\n{children}{TAIL}").paper.body[0].role is role


def test_slips_of_the_author_stay_as_printed() -> None:
    assert outline(f"1. Phòng Nông ngiệp công tác công tác “mở ngoặc.\n{TAIL}")[0][2].endswith(
        "công tác công tác “mở ngoặc."
    )


@pytest.mark.parametrize("mark", ["./.", " ./.", ". /.", "./. "])
def test_the_end_mark_is_taken_out_and_remembered(mark: str) -> None:
    paper = read_text(f"1. Thực hiện{mark}\n{TAIL}").paper

    assert (paper.body[0].text, paper.end_mark) == ("Thực hiện", True)


def test_paragraphs_one_a_line_are_never_joined() -> None:
    long = LONG * 3

    assert [t for _, _, t in outline(f"{long}.\n{long};\n{long}.\n{TAIL}")] == [
        f"{long}.",
        f"{long};",
        f"{long}.",
    ]


# ------------------------------------------------------------------ letters


def test_decomposed_letters_and_odd_blanks_are_put_right_silently() -> None:
    reading = read_text(
        "1. U\u0309y ban\u00a0nh\u00e2n da\u0302n hu\u00adye\u0302\u0323n\u200b NÐ-CP." + TAIL
    )

    assert reading.paper.body[0].text == "Ủy ban nhân dân huyện NĐ-CP."
    assert reading.damaged == ()


def test_wrong_horns_are_damage_with_a_suggestion() -> None:
    reading = read_text("1. Thƣờng trực chƣơng trình.\n" + TAIL)

    assert reading.paper.body[0].text == "Thường trực chương trình."
    assert (reading.damaged[0].raw, reading.damaged[0].repaired) == (
        "1. Thƣờng trực chƣơng trình.",
        "1. Thường trực chương trình.",
    )
    assert reading.warnings[0].code == "letters.repaired"
    assert reading.warnings[0].suggestion == "1. Thường trực chương trình."


def test_letters_lost_in_bold_are_restored_from_the_document_itself() -> None:
    healthy = "1. Công tác của huyện: các hội nghị giao ban, phát triển kinh tế; thông báo kết luận.\n"
    reading = read_text(
        "II. C c hội n hị  i o b n củ  hu  n; côn  t c ph t triển kinh tế\n" + healthy * 3 + TAIL
    )

    assert reading.paper.body[0].text.startswith(
        "Các hội nghị giao ban của huyện; công tác phát triển kinh tế"
    )
    assert len(reading.damaged) == 1


def test_what_could_be_two_words_stays_as_it_is_and_is_said() -> None:
    reading = read_text("1. th n  b n\n2. bàn bạn bán thàng thang thạng tháng\n" + TAIL)

    assert reading.paper.body[0].text == "th n b n"
    assert "letters.unsure" in codes(reading)


# ------------------------------------------------------------------ findings


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("1. Một.\n3. Ba.", "label.gap"),
        ("1. Một.\n1. Một nữa.", "label.repeat"),
        ("1. Họp ngày 26/4/2023 (thứ Hai).", "weekday.wrong"),
        ("1. Họp ngày 31/4/2023.", "date.impossible"),
        ("1. Một.\n(UBND huyện chuẩn bị nội dung 1-3)", "note.unknown"),
    ],
)
def test_a_slip_is_said_at_its_line(text: str, code: str) -> None:
    reading = read_text(text + TAIL)
    notice = next(n for n in reading.warnings if n.code == code)

    assert notice.line == len(text.splitlines()) - 1
    assert notice.path is not None
    assert notice.message.endswith(".")


def test_a_clean_text_has_no_warnings() -> None:
    assert codes(read_text("1. Họp ngày 26/4/2023 (thứ Tư).\n2. Hai.\na) Một.\nb) Hai." + TAIL)) == []


def test_missing_parts_of_the_form_are_said() -> None:
    found = {n.code for n in read_text("1. Nội dung.").warnings}

    assert {"missing.issuer", "missing.kind", "missing.recipients", "missing.signature"} <= found


def test_spans_lead_from_every_clause_to_its_lines() -> None:
    reading = read_text(f"Mở đầu như sau:\n1. {LONG}\nhoạch.\n2. Hai." + TAIL)

    assert [(s.path, s.first, s.last) for s in reading.spans] == [((0,), 0, 0), ((1,), 1, 2), ((2,), 3, 3)]
