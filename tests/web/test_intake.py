"""Tiếp nhận tệp: upload, paste, progress, review, correction, acceptance, putting aside."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django.fixtures import Settings

from documents.intake.correcting import paper_of
from documents.models import Document, Intake
from paper.value import PartialDate
from programmes.models import Programme
from tests import factories
from tests.factories import Town, draft, issued, month, paper
from tests.web.conftest import Enter

WORDS = (
    "CHƯƠNG TRÌNH\ncông tác tháng 12 năm 2026\n\n"
    "I. Nhiệm vụ trọng tâm\n1. Sơ kết nghị quyết.\n2. Tết Nguyên đán.\n"
)


def text(response: Any) -> str:
    return re.sub(r"\s+", " ", response.content.decode())


def send(
    client: Client, town: Town, name: str = "thang-12.txt", data: bytes = WORDS.encode(), **more: Any
) -> Any:
    upload = SimpleUploadedFile(name, data)
    return client.post("/tiep-nhan/", {"issuing_body": town.party.pk, "upload": upload, "text": "", **more})


def reading(town: Town, **values: Any) -> Intake:
    return factories.intake(town.party, town.yen, reading=paper(month(12)), **values)


def address(intake: Intake, part: str = "") -> str:
    return f"/tiep-nhan/{intake.public_id}/{part}"


# ---------------------------------------------------------------- upload and paste


@pytest.mark.django_db(transaction=True)
def test_an_uploaded_file_is_read_and_reviewed(settings: Settings) -> None:
    from lucngan.celery import app

    town = factories.town()
    client = Client()
    client.force_login(town.yen, backend="django.contrib.auth.backends.ModelBackend")
    app.conf.task_always_eager = True
    try:
        response = send(client, town)
    finally:
        app.conf.task_always_eager = False

    intake = Intake.objects.get()
    assert response["Location"] == address(intake)
    page = text(client.get(address(intake)))
    assert "Sơ kết nghị quyết." in page
    assert 'id="dong-4"' in page


def test_pasted_text_is_taken_like_a_file(town: Town, enter: Enter) -> None:
    enter("yen").post("/tiep-nhan/", {"issuing_body": town.party.pk, "text": WORDS})

    with Intake.objects.get().file.open("rb") as stored:
        assert stored.read().decode() == WORDS


@pytest.mark.parametrize(
    ("name", "data", "sentence"),
    [
        ("rong.txt", b"", "Tệp rỗng, không có gì để đọc."),
        ("anh.png", b"x", "Chỉ nhận tệp .docx, .pdf, .txt hoặc .doc."),
        ("lon.txt", b"x" * 2000, "Tệp lớn hơn"),
    ],
    ids=["empty", "picture", "large"],
)
def test_a_file_that_cannot_be_taken_gets_one_sentence(
    town: Town, enter: Enter, settings: Settings, name: str, data: bytes, sentence: str
) -> None:
    settings.UPLOAD_LIMIT = 1000

    response = send(enter("yen"), town, name, data)

    assert response.status_code == 422
    assert sentence in text(response)
    assert Intake.objects.count() == 0


def test_nothing_and_both_are_refused_and_the_paste_stays(town: Town, enter: Enter) -> None:
    client = enter("yen")

    nothing = client.post("/tiep-nhan/", {"issuing_body": town.party.pk, "text": "  "})
    both = send(client, town, text="Chữ đã dán")

    assert "Hãy chọn một tệp hoặc dán nội dung." in text(nothing)
    assert "Chỉ chọn một: tệp hoặc nội dung dán." in text(both)
    assert "Chữ đã dán</textarea>" in text(both)
    assert Intake.objects.count() == 0


@pytest.mark.parametrize("name", ["hoa", "son", "binh", "vinh", "lan"])
def test_only_drafters_take_files_in(town: Town, enter: Enter, name: str) -> None:
    assert send(enter(name), town).status_code == 403
    assert Intake.objects.count() == 0


def test_a_file_is_not_sent_to_a_body_of_others(town: Town, enter: Enter) -> None:
    send(enter("minh"), town)

    assert Intake.objects.count() == 0


@pytest.mark.parametrize("part", ["", "trang-thai/", "tep/", "nhan/"])
@pytest.mark.parametrize("name", ["hoa", "minh", "binh", "vinh"])
def test_files_of_others_do_not_exist(town: Town, enter: Enter, part: str, name: str) -> None:
    assert enter(name).get(address(reading(town), part)).status_code == 404


# ---------------------------------------------------------------- progress


@pytest.mark.parametrize("state", ["waiting", "reading"])
def test_progress_asks_again_until_the_reading_is_over(town: Town, enter: Enter, state: str) -> None:
    intake = reading(town, state=state)
    client = enter("yen")

    running = client.get(address(intake, "trang-thai/"))
    Intake.objects.update(state="read")
    done = client.get(address(intake, "trang-thai/"))

    assert "hx-trigger" in text(running)
    assert "HX-Redirect" not in running
    assert done["HX-Redirect"].endswith(address(intake))


def test_a_failure_says_what_happened_and_what_to_do(town: Town, enter: Enter) -> None:
    intake = reading(town)
    Intake.objects.update(state="failed", problem="Tệp PDF này là ảnh quét, không có chữ.")

    page = text(enter("yen").get(address(intake)))

    assert "Tệp PDF này là ảnh quét, không có chữ." in page
    assert "Tải tệp khác hoặc dán nội dung" in page


@pytest.mark.parametrize("state", ["waiting", "reading", "read", "failed"])
def test_a_file_is_put_aside_once(town: Town, enter: Enter, state: str) -> None:
    intake = reading(town, state=state)
    client = enter("yen")

    first = client.post(address(intake, "bo/"), follow=True)
    second = client.post(address(intake, "bo/"), follow=True)

    assert "Đã bỏ tệp chuong-trinh.txt." in text(first)
    assert "Tệp này đã được nhận hoặc đã bỏ." in text(second)
    assert client.get(address(intake, "bo/")).status_code == 405


# ---------------------------------------------------------------- review and correction


def fix(intake: Intake, at: int | str, revision: int = 0, **values: Any) -> dict[str, Any]:
    data = {"muc": at, "revision": revision, "text": "", "style": "1.", "level": "2", "role": "paragraph"}
    return {**data, "lead": "", "coordinate": "", **values}


def printed(intake: Intake) -> list[str]:
    now = paper_of(Intake.objects.get(pk=intake.pk))
    return [f"{c.label or ''} {c.text}".strip() for _, c in now.clauses()]


def test_warnings_stand_at_their_places_and_in_a_list(town: Town, enter: Enter) -> None:
    warning = {"code": "date.impossible", "message": "Ngày 31/4/2026 không có trên lịch.", "suggestion": None}
    intake = reading(
        town,
        source=["I. Nhiệm vụ trọng tâm", "1. Chỉ đạo", "Lời lạc"],
        spans=[[[0], 0, 0], [[0, 0], 1, 1]],
        warnings=[{**warning, "line": 1, "path": [0, 0]}],
        leftover=[{"line": 2, "text": "Lời lạc"}],
    )

    page = text(enter("yen").get(address(intake)))

    assert page.count("Ngày 31/4/2026 không có trên lịch.") == 4
    assert '<a href="#muc-1">Ngày 31/4/2026 không có trên lịch.</a>' in page
    assert "Chưa xếp được vào đâu</h2>" in page or "Chưa xếp được vào đâu (1)" in page
    assert '<q lang="vi">Lời lạc</q>' in page


def test_a_clause_is_corrected_without_touching_the_others(town: Town, enter: Enter) -> None:
    intake = reading(town)
    before = printed(intake)

    response = enter("yen").post(address(intake), fix(intake, 1, text="Chỉ đạo tổng kết nghị quyết."))

    assert response["Location"] == address(intake) + "#muc-1"
    assert printed(intake) == [before[0], "1. Chỉ đạo tổng kết nghị quyết.", *before[2:]]


def test_new_bodies_write_the_notes_of_the_row_anew(town: Town, enter: Enter) -> None:
    intake = reading(town)

    enter("yen").post(
        address(intake),
        fix(intake, 5, text="Báo cáo tiến độ các dự án.", lead="Phòng Kinh tế; Phòng Văn hóa"),
    )

    assert printed(intake)[3:] == [
        "II. Hội nghị Ban Thường vụ Đảng ủy: Dự kiến ngày 25/12/2026",
        "1. Báo cáo tình hình kinh tế - xã hội.",
        "(Phòng Kinh tế chuẩn bị)",
        "2. Báo cáo tiến độ các dự án.",
        "(Phòng Kinh tế, Phòng Văn hóa chuẩn bị)",
        "3. Những việc giữa hai kỳ họp.",
    ]


def test_another_level_takes_the_next_label_there(town: Town, enter: Enter) -> None:
    intake = reading(town)

    enter("yen").post(address(intake), fix(intake, 2, text="Triển khai kế hoạch.", level="3", style="a)"))

    assert printed(intake)[:3] == [
        "I. Nhiệm vụ trọng tâm",
        "1. Chỉ đạo sơ kết nghị quyết.",
        "a) Triển khai kế hoạch.",
    ]


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"text": "  "}, "Hãy nhập nội dung của mục."),
        ({"text": "Chữ mới", "level": "6"}, "không thể thấp hơn mục liền trên quá một bậc"),
        ({"text": "Chữ mới", "revision": 9}, "Người khác vừa sửa bản đọc này."),
    ],
)
def test_a_correction_that_cannot_be_made_keeps_what_was_typed(
    town: Town, enter: Enter, values: dict[str, Any], sentence: str
) -> None:
    intake = reading(town)
    before = printed(intake)

    response = enter("yen").post(address(intake), fix(intake, 1, **values))

    assert response.status_code == 422
    assert sentence in text(response)
    assert values["text"].strip() in text(response)
    assert printed(intake) == before


def test_head_and_recipients_are_corrected(town: Town, enter: Enter) -> None:
    intake = reading(town)
    data = {
        "muc": "dau",
        "revision": 0,
        "superior": "ĐẢNG BỘ TỈNH BẮC NINH",
        "issuer": "ĐẢNG ỦY XÃ TÂN SƠN",
        "number": "15",
        "notation": "CTr/ĐU",
        "place": "Tân Sơn",
        "day": "27",
        "month": "11",
        "year": "2026",
        "kind": "CHƯƠNG TRÌNH",
        "subject": "công tác tháng 12 năm 2026",
        "recipients": "Thường trực Tỉnh ủy [báo cáo]\n- Phòng Kinh tế;",
        "authority": "T/L BAN THƯỜNG VỤ",
        "position": "CHÁNH VĂN PHÒNG",
        "name": "Vi Văn Chung",
    }

    wrong = enter("yen").post(address(intake), {**data, "day": "31", "month": "4"})
    enter("yen").post(address(intake), data)

    assert "Tháng 4 không có ngày 31." in text(wrong)
    now = paper_of(Intake.objects.get())
    assert (now.number, now.dated.date and now.dated.date.isoformat()) == (15, "2026-11-27")
    assert [(r.text, r.purpose) for r in now.recipients] == [
        ("Thường trực Tỉnh ủy", "báo cáo"),
        ("Phòng Kinh tế;", None),
    ]


@pytest.mark.parametrize(
    ("choice", "last"), [("append", "Lời lạc"), ("drop", "3. Những việc giữa hai kỳ họp.")]
)
def test_words_without_a_place_get_one_or_are_said_to_have_none(
    town: Town, enter: Enter, choice: str, last: str
) -> None:
    intake = reading(town, source=["Lời lạc"], leftover=[{"line": 0, "text": "Lời lạc"}])

    enter("yen").post(address(intake), {"muc": "sot-0", "revision": 0, "choice": choice})
    page = text(enter("yen").get(address(intake)))

    assert printed(intake)[-1] == last
    assert "Chưa xếp được vào đâu" not in page


def test_repaired_letters_can_stay_as_they_were(town: Town, enter: Enter) -> None:
    damage = {"raw": "1. Chỉ đạo sơ kết nghị quyêt.", "repaired": "1. Chỉ đạo sơ kết nghị quyết.", "line": 0}
    intake = reading(town, source=["1. Chỉ đạo sơ kết nghị quyết."], spans=[[[0, 0], 0, 0]], damaged=[damage])
    client = enter("yen")

    client.post(address(intake), {"muc": "chu-0", "revision": 0, "choice": "raw"})
    raw = printed(intake)[1]
    client.post(address(intake), {"muc": "chu-0", "revision": 1, "choice": "repaired"})

    assert (raw, printed(intake)[1]) == ("1. Chỉ đạo sơ kết nghị quyêt.", "1. Chỉ đạo sơ kết nghị quyết.")


def test_htmx_gets_the_columns_without_the_frame(town: Town, enter: Enter) -> None:
    intake = reading(town)

    opened = text(enter("yen").get(address(intake, "?muc=1"), headers={"HX-Request": "true"}))

    assert "<html" not in opened
    assert "Chỉ đạo sơ kết nghị quyết.</textarea>" in opened


@pytest.mark.parametrize("place", ["999", "-1", "x", "sot-7", "chu-x", ""])
def test_a_place_that_does_not_exist_changes_nothing(town: Town, enter: Enter, place: str) -> None:
    intake = reading(town)
    before = printed(intake)

    response = enter("yen").post(address(intake), fix(intake, place, text="Chữ"))

    assert response.status_code in (302, 422)
    assert printed(intake) == before


# ---------------------------------------------------------------- acceptance


def accept(client: Client, town: Town, intake: Intake, **values: Any) -> Any:
    data = {
        "issuing_body": town.party.pk,
        "period": "month-12",
        "year": 2026,
        "as_archive": "draft",
        **values,
    }
    return client.post(address(intake, "nhan/"), data, follow=True)


def test_a_reading_becomes_a_draft_once(town: Town, enter: Enter) -> None:
    intake, client = reading(town), enter("yen")
    offered = text(client.get(address(intake, "nhan/")))

    first = accept(client, town, intake)
    second = accept(client, town, intake)

    assert '<option value="month-12" selected>' in offered
    programme = Programme.objects.get()
    assert first.redirect_chain[-1][0] == f"/chuong-trinh/{programme.public_id}/soan/"
    assert "Tệp này đã được nhận, đã bỏ hoặc chưa đọc xong." in text(second)
    assert programme.log.filter(action="document.accept").count() == 1
    assert f'href="{programme.get_absolute_url()}"' in text(client.get(address(intake)))


def test_an_archive_needs_number_and_date(town: Town, enter: Enter) -> None:
    response = accept(enter("yen"), town, reading(town), as_archive="archive")

    assert "Chưa có đủ số và ngày của văn bản." in text(response)
    assert Document.objects.count() == 0


def test_an_issued_paper_is_kept_as_it_is(town: Town, enter: Enter) -> None:
    intake = factories.intake(town.party, town.yen, reading=paper(month(12), number=15))

    accept(enter("yen"), town, intake, as_archive="archive")

    programme = Programme.objects.get()
    assert (programme.state, programme.number) == ("issued", 15)


def test_undecided_words_go_into_the_draft_and_block_the_archive(town: Town, enter: Enter) -> None:
    left = [{"line": 0, "text": "Lời lạc"}]
    for_archive = factories.intake(
        town.party, town.yen, reading=paper(month(12), number=15), source=["Lời lạc"], leftover=left
    )

    refused = accept(enter("yen"), town, for_archive, as_archive="archive")
    accept(enter("yen"), town, for_archive)

    assert "Còn chữ chưa xếp được vào đâu." in text(refused)
    assert Programme.objects.get().clauses.filter(text="Lời lạc").count() == 1


def test_a_taken_period_is_said_and_the_file_stays(town: Town, enter: Enter) -> None:
    existing = issued(town, month(12))
    intake = reading(town)

    response = accept(enter("yen"), town, intake)

    assert "Đã có chương trình công tác tháng 12 năm 2026." in text(response)
    assert f'href="{existing.get_absolute_url()}"' in text(response)
    intake.refresh_from_db()
    assert intake.state == "read"


def test_last_months_paper_is_offered_for_the_next_free_month_with_its_own_date_gap(
    town: Town, enter: Enter
) -> None:
    issued(town, month(12))
    draft(town, month(1, 2027))
    intake, client = reading(town), enter("yen")

    offered = text(client.get(address(intake, "nhan/")))
    accept(client, town, intake, period="month-2", year=2027)

    assert '<option value="month-2" selected>' in offered
    made = Programme.objects.get(period_year=2027, period_index=2)
    assert (made.day, made.month, made.year) == (None, 1, 2027)


def test_a_month_left_open_in_the_file_stays_open_in_the_draft(town: Town, enter: Enter) -> None:
    read = replace(paper(month(12)), dated=PartialDate(year=2026))
    intake = factories.intake(town.party, town.yen, reading=read)

    accept(enter("yen"), town, intake)

    made = Programme.objects.get()
    assert (made.day, made.month, made.year) == (None, None, 2026)


def test_the_file_can_be_had_again(town: Town, enter: Enter) -> None:
    client = enter("yen")
    client.post("/tiep-nhan/", {"issuing_body": town.party.pk, "text": WORDS})
    intake = Intake.objects.get()

    response = client.get(address(intake, "tep/"))

    assert response.getvalue().decode() == WORDS
    assert response["Content-Disposition"].startswith("attachment")
    assert response["X-Content-Type-Options"] == "nosniff"
