"""Programmes: list, making one, reading, first and last parts, copying, removal, history."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django.fixtures import Settings

from documents.models import DocumentLog
from programmes.models import Programme
from programmes.periods import Period, PeriodType
from tests import factories
from tests.factories import Town, draft, issued, month
from tests.web.conftest import Enter

#: Statements of the list, whatever its length.
LIST_QUERIES = 5


def text(response: Any) -> str:
    return re.sub(r"\s+", " ", response.content.decode())


def address(programme: Programme, part: str = "") -> str:
    return f"{programme.get_absolute_url()}{part}"


# ---------------------------------------------------------------- list


@pytest.mark.parametrize("count", [1, 30])
def test_list_costs_the_same_at_any_length(town: Town, enter: Enter, count: int) -> None:
    for n in range(count):
        draft(town, month(n % 12 + 1, 2024 + n // 12))
    client = enter("yen")
    client.get("/chuong-trinh/")

    with CaptureQueriesContext(connection) as counted:
        client.get("/chuong-trinh/")

    assert len(counted) == LIST_QUERIES, [q["sql"][:90] for q in counted]


def test_list_shows_what_is_ready_and_the_next_action(town: Town, enter: Enter) -> None:
    draft(town, month(12))
    issued(town, month(11))

    page = text(enter("yen").get("/chuong-trinh/"))

    assert "Tháng 12/2026" in page
    assert "2/3 nội dung họp có cơ quan chuẩn bị" in page
    assert "Soạn tiếp Tháng 12/2026" in page
    assert "Xem PDF Tháng 11/2026" in page


def test_filters_are_a_plain_form(town: Town, enter: Enter) -> None:
    draft(town, month(12))
    issued(town, month(11))
    client = enter("yen")

    only = text(client.get("/chuong-trinh/?trang_thai=issued"))
    none = text(client.get("/chuong-trinh/?loai=year"))
    odd = text(client.get("/chuong-trinh/?loai=khong-co&co_quan=999&trang=abc"))

    assert ("Tháng 11/2026" in only, "Tháng 12/2026" in only) == (True, False)
    assert "Không có chương trình nào khớp bộ lọc" in none
    assert "Tháng 12/2026" in odd


def test_htmx_gets_the_rows_alone(town: Town, enter: Enter) -> None:
    draft(town, month(12))

    response = enter("yen").get("/chuong-trinh/", headers={"HX-Request": "true"})

    assert "Tháng 12/2026" in text(response)
    assert "<html" not in text(response)
    assert "HX-Request" in response["Vary"]


def test_list_goes_on_to_a_second_page(town: Town, enter: Enter) -> None:
    for n in range(21):
        draft(town, month(n % 12 + 1, 2024 + n // 12))

    page = text(enter("yen").get("/chuong-trinh/?trang=2"))

    assert "Trang 2/2" in page
    assert "Tháng 1/2024" in page


# ---------------------------------------------------------------- making one


def create(client: Any, town: Town, **values: Any) -> Any:
    data = {"issuing_body": town.party.pk, "period": "month-12", "year": 2026, "start": "empty", **values}
    return client.post("/chuong-trinh/lap/", data)


@pytest.mark.parametrize(
    ("period", "expected"),
    [
        ("month-12", Period(2026, PeriodType.MONTH, 12)),
        ("quarter-4", Period(2026, PeriodType.QUARTER, 4)),
        ("half-2", Period(2026, PeriodType.HALF, 2)),
        ("year-1", Period(2026, PeriodType.YEAR, 1)),
    ],
)
def test_a_programme_of_each_type_is_made(town: Town, enter: Enter, period: str, expected: Period) -> None:
    response = create(enter("yen"), town, period=period)

    programme = Programme.objects.get()
    assert programme.period == expected
    assert programme.subject == f"công tác {expected.words}"
    assert response["Location"] == address(programme, "soan/")
    assert [e.action for e in DocumentLog.objects.all()] == ["document.create"]


def test_a_taken_period_gets_a_sentence_a_link_and_keeps_what_was_typed(town: Town, enter: Enter) -> None:
    existing = draft(town, month(12))

    response = create(enter("yen"), town, start="copy")

    assert "Đã có chương trình công tác tháng 12 năm 2026." in text(response)
    assert f'href="{existing.get_absolute_url()}"' in text(response)
    assert 'value="copy" checked' in text(response)
    assert Programme.objects.count() == 1


def test_copying_the_period_before(town: Town, enter: Enter) -> None:
    issued(town, month(11))

    create(enter("yen"), town, start="copy")

    made = Programme.objects.get(period_index=12)
    assert made.clauses.filter(text__startswith="Hội nghị Ban Thường vụ").get().text.endswith("(thứ Tư)")
    assert made.recipients.count() == 2


def test_nothing_to_copy_is_said_at_the_choice(town: Town, enter: Enter) -> None:
    response = create(enter("yen"), town, start="copy")

    assert "Chưa có chương trình tháng 11 năm 2026 để chép." in text(response)
    assert Programme.objects.count() == 0


def test_a_file_leads_to_the_intake(town: Town, enter: Enter) -> None:
    response = create(enter("yen"), town, start="file")

    assert response["Location"] == f"/tiep-nhan/?co-quan={town.party.pk}"


def test_only_the_bodies_that_one_drafts_for_are_offered(town: Town, enter: Enter) -> None:
    response = create(enter("yen"), town, issuing_body=town.state.pk)

    assert response.status_code == 200
    assert Programme.objects.count() == 0
    assert "Ủy ban nhân dân xã Tân Sơn" not in text(enter("yen").get("/chuong-trinh/lap/"))


@pytest.mark.parametrize("name", ["hoa", "son", "binh", "vinh", "lan"])
def test_others_are_told_who_makes_programmes(town: Town, enter: Enter, name: str) -> None:
    response = enter(name).get("/chuong-trinh/lap/")

    assert response.status_code == 403
    assert "Chỉ chuyên viên và Chánh Văn phòng" in text(response)


# ---------------------------------------------------------------- reading


def test_the_form_offers_the_next_month_without_a_programme(town: Town, enter: Enter) -> None:
    coming = Period.month_of(timezone.localdate()).next
    draft(town, coming)

    page = text(enter("yen").get("/chuong-trinh/lap/"))

    assert f'<option value="month-{coming.next.index}" selected>' in page
    assert f'value="{coming.next.year}"' in page


def test_the_sheet_has_the_letters_of_its_form(town: Town, enter: Enter) -> None:
    page = text(enter("yen").get(address(draft(town, month(12)))))

    assert '<p class="under">Nơi nhận:</p>' in page
    assert "<p>CHÁNH VĂN PHÒNG</p>" in page
    assert 'class="vb-p vb-note i"' in page


def test_reading_view_shows_the_sheet_meetings_and_recipients(town: Town, enter: Enter) -> None:
    programme = draft(town, month(12))

    page = text(enter("yen").get(address(programme)))

    for words in (
        "CHƯƠNG TRÌNH",
        "công tác tháng 12 năm 2026",
        "(Phòng Kinh tế chuẩn bị nội dung 1, 2)",
        "Dự kiến ngày 25/12/2026",
        "2/3",
        "Thường trực Tỉnh ủy",
        "Soạn tiếp",
        "Xóa dự thảo…",
    ):
        assert words in page


def test_what_may_be_done_depends_on_the_role_and_the_state(town: Town, enter: Enter) -> None:
    a_draft, an_issued = draft(town, month(12)), issued(town, month(11))
    reading = {"docx", "pdf"}
    expected = {
        ("yen", "draft"): reading
        | {"history", "check", "compare", "copy", "delete", "edit", "insert", "submit"},
        ("yen", "issued"): reading | {"history", "compare", "copy", "amend"},
        ("hoa", "draft"): reading | {"history", "check", "compare"},
        ("son", "issued"): reading | {"history", "compare", "recall", "sign"},
        ("binh", "issued"): reading,
    }
    got = {}
    for name, state in expected:
        response = enter(name).get(address(a_draft if state == "draft" else an_issued))
        got[name, state] = {action.name for action in response.context["actions"]}

    assert got == expected


@pytest.mark.parametrize(
    "part", ["", "phan-dau/", "xoa/", "lich-su/", "soan/", "ban-in.pdf", "ban-in.docx", "ban-in/"]
)
@pytest.mark.parametrize("name", ["minh", "binh", "mai", "vinh", "lan"])
def test_a_draft_of_another_office_does_not_exist(town: Town, enter: Enter, part: str, name: str) -> None:
    programme = draft(town, month(12))

    assert enter(name).get(address(programme, part)).status_code == 404


def test_a_named_agency_reads_what_was_issued_and_a_stranger_does_not(town: Town, enter: Enter) -> None:
    programme = issued(town, month(11))

    assert enter("binh").get(address(programme)).status_code == 200
    assert enter("mai").get(address(programme)).status_code == 404


# ---------------------------------------------------------------- first and last parts


def details(programme: Programme, **values: Any) -> dict[str, Any]:
    data = {
        "revision": programme.revision,
        "subject": "công tác tháng 12 năm 2026",
        "superior_lines": "ĐẢNG BỘ TỈNH BẮC NINH",
        "letterhead_lines": "ĐẢNG ỦY XÃ TÂN SƠN",
        "place": "Tân Sơn",
        "day": "",
        "month": "11",
        "year": "2026",
        "urgency": "",
        "signing_authority": "T/L BAN THƯỜNG VỤ",
        "signing_position": "CHÁNH VĂN PHÒNG",
        "signing_name": "Vi Văn Chung",
        "end_mark": "on",
        "noi-nhan-TOTAL_FORMS": "3",
        "noi-nhan-INITIAL_FORMS": "2",
        "noi-nhan-0-mark": "-",
        "noi-nhan-0-text": "Thường trực Tỉnh ủy",
        "noi-nhan-0-purpose": "báo cáo",
        "noi-nhan-0-ORDER": "1",
        "noi-nhan-1-mark": "-",
        "noi-nhan-1-text": "Lưu Văn phòng Đảng ủy",
        "noi-nhan-1-purpose": "",
        "noi-nhan-1-ORDER": "3",
        "noi-nhan-2-mark": "-",
        "noi-nhan-2-text": "Phòng Kinh tế",
        "noi-nhan-2-purpose": "thực hiện",
        "noi-nhan-2-ORDER": "2",
    }
    return {**data, **values}


def test_details_are_saved_with_recipients_in_their_order(town: Town, enter: Enter) -> None:
    programme = draft(town, month(12))

    response = enter("yen").post(
        address(programme, "phan-dau/"), details(programme, urgency="KHẨN", place="Lục Ngạn")
    )

    programme.refresh_from_db()
    assert response["Location"] == address(programme, "soan/")
    assert (programme.urgency, programme.place) == ("KHẨN", "Lục Ngạn")
    assert [(r.text, r.purpose) for r in programme.recipients.all()] == [
        ("Thường trực Tỉnh ủy", "báo cáo"),
        ("Phòng Kinh tế", "thực hiện"),
        ("Lưu Văn phòng Đảng ủy", ""),
    ]
    assert programme.log.filter(action="document.details").count() == 1


def test_an_empty_or_dropped_line_of_recipients_is_left_out(town: Town, enter: Enter) -> None:
    programme = draft(town, month(12))
    data = details(programme, **{"noi-nhan-0-DELETE": "on", "noi-nhan-1-text": ""})

    enter("yen").post(address(programme, "phan-dau/"), data)

    assert [r.text for r in programme.recipients.all()] == ["Phòng Kinh tế"]


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"day": "31", "month": "4"}, "Tháng 4 không có ngày 31."),
        ({"day": "30", "month": "2"}, "Tháng 2 không có ngày 30."),
        ({"month": "13"}, "Tháng phải từ 1 đến 12."),
        ({"month": "0"}, "Tháng phải từ 1 đến 12."),
        ({"day": "0"}, "không có ngày 0."),
        ({"year": "0"}, "Năm phải từ 1945 đến 2100."),
        ({"year": "99999"}, "Năm phải từ 1945 đến 2100."),
        ({"year": "9" * 30}, "Năm phải từ 1945 đến 2100."),
        ({"subject": "a" * 100_000}, "tối đa 2000"),
        ({"subject": " "}, "Hãy nhập trích yếu."),
        ({"noi-nhan-2-text": ""}, "Dòng này có mục đích nhưng chưa có nơi nhận."),
    ],
)
def test_a_wrong_value_is_said_at_its_field_and_nothing_is_saved(
    town: Town, enter: Enter, values: dict[str, str], sentence: str
) -> None:
    programme = draft(town, month(12))

    response = enter("yen").post(
        address(programme, "phan-dau/"), details(programme, place="Nơi khác", **values)
    )

    assert response.status_code == 422
    assert sentence in text(response)
    assert 'value="Nơi khác"' in text(response)
    programme.refresh_from_db()
    assert programme.place == "Tân Sơn"
    assert programme.log.filter(action="document.details").count() == 0


def test_a_stale_page_keeps_what_was_typed(town: Town, enter: Enter) -> None:
    programme = draft(town, month(12))
    enter("chung").post(address(programme, "phan-dau/"), details(programme, place="Của anh Chung"))

    response = enter("yen").post(address(programme, "phan-dau/"), details(programme, place="Của chị Yến"))

    assert "Người khác vừa sửa phần này." in text(response)
    assert 'value="Của chị Yến"' in text(response)
    programme.refresh_from_db()
    assert programme.place == "Của anh Chung"


def test_the_editor_gets_the_form_alone_and_loads_itself_anew(town: Town, enter: Enter) -> None:
    programme = draft(town, month(12))
    client = enter("yen")

    opened = client.get(address(programme, "phan-dau/"), headers={"HX-Request": "true"})
    saved = client.post(address(programme, "phan-dau/"), details(programme), headers={"HX-Request": "true"})

    assert "<html" not in text(opened)
    assert "hx-post" in text(opened)
    assert (saved.status_code, saved["HX-Redirect"]) == (204, address(programme, "soan/"))


@pytest.mark.parametrize(("name", "state"), [("hoa", "draft"), ("son", "draft"), ("yen", "issued")])
def test_who_may_not_edit_gets_a_sentence(town: Town, enter: Enter, name: str, state: str) -> None:
    programme = draft(town, month(12)) if state == "draft" else issued(town, month(12))

    response = enter(name).post(address(programme, "phan-dau/"), details(programme))

    assert response.status_code == 403
    assert "khi văn bản còn là dự thảo" in text(response)


# ---------------------------------------------------------------- next period, removal, history


def test_the_next_period_is_made_once(town: Town, enter: Enter) -> None:
    programme = issued(town, month(11))
    client = enter("chung")

    first = client.post(address(programme, "lap-ky-sau/"))
    second = client.post(address(programme, "lap-ky-sau/"), follow=True)

    made = Programme.objects.get(period_index=12)
    assert first["Location"] == address(made, "soan/")
    assert "Đã có chương trình công tác tháng 12 năm 2026." in text(second)
    assert Programme.objects.count() == 2
    assert made.log.filter(action="document.copy").count() == 1


@pytest.mark.parametrize(
    ("name", "status"), [("hoa", 403), ("son", 403), ("binh", 403), ("mai", 404), ("minh", 404)]
)
def test_the_next_period_is_for_drafters(town: Town, enter: Enter, name: str, status: int) -> None:
    programme = issued(town, month(11))

    assert enter(name).post(address(programme, "lap-ky-sau/")).status_code == status
    assert Programme.objects.count() == 1


def test_the_next_period_is_a_post(town: Town, enter: Enter) -> None:
    assert enter("yen").get(address(issued(town, month(11)), "lap-ky-sau/")).status_code == 405


def test_a_draft_is_removed_after_a_page_that_says_what_goes(town: Town, enter: Enter) -> None:
    programme = draft(town, month(12))
    client = enter("yen")

    asked = text(client.get(address(programme, "xoa/")))
    assert "7 mục và 1 hội nghị" in asked
    assert Programme.objects.count() == 1

    gone = client.post(address(programme, "xoa/"), follow=True)
    assert "Đã xóa dự thảo Tháng 12/2026." in text(gone)
    assert Programme.objects.count() == 0
    assert DocumentLog.objects.filter(action="document.delete").count() == 1
    assert client.post(address(programme, "xoa/")).status_code == 404


@pytest.mark.parametrize(("name", "status"), [("yen", 403), ("hoa", 403), ("mai", 404)])
def test_an_issued_programme_is_not_removed(town: Town, enter: Enter, name: str, status: int) -> None:
    programme = issued(town, month(11))

    response = enter(name).post(address(programme, "xoa/"))

    assert response.status_code == status
    assert Programme.objects.count() == 1


def test_history_tells_who_did_what(town: Town, enter: Enter) -> None:
    programme = draft(town, month(12))
    enter("chung").post(address(programme, "phan-dau/"), details(programme))

    page = text(enter("son").get(address(programme, "lich-su/")))

    assert "Vi Văn Chung sửa phần đầu, nơi nhận, người ký" in page
    assert "Nguyễn Thị Hải Yến nhận từ tệp đã đọc" in page
    assert "Chưa có thao tác soạn nào." in page


def test_printed_files_are_what_they_say(town: Town, enter: Enter) -> None:
    programme = draft(town, month(12))
    client = enter("yen")

    assert client.get(address(programme, "ban-in.pdf")).content.startswith(b"%PDF-")
    assert client.get(address(programme, "ban-in.docx")).content.startswith(b"PK")


def test_names_of_factories_are_those_of_the_town(town: Town) -> None:
    assert {town.person(name).username for name in factories.Town.PEOPLE} == set(factories.Town.PEOPLE)


def test_a_mark_of_secrecy_is_refused_where_the_operator_did_not_allow_it(
    town: Town, enter: Enter, settings: Settings
) -> None:
    programme = draft(town, month(12))
    client = enter("yen")

    refused = client.post(address(programme, "phan-dau/"), details(programme, secrecy="mat"))
    programme.refresh_from_db()
    assert refused.status_code == 422
    assert "không được phép xử lý văn bản mật" in refused.content.decode()
    assert programme.secrecy == ""

    settings.SECRETS_ALLOWED = True
    client.post(address(programme, "phan-dau/"), details(programme, secrecy="mat", signing_manner="here"))
    programme.refresh_from_db()
    assert (programme.secrecy, programme.signing_manner) == ("mat", "here")
    assert "MẬT" in client.get(address(programme)).content.decode()
