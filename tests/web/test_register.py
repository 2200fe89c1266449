"""Pages of the register: numbers reserved, entered, cancelled; the book, its print and its spreadsheet."""

from __future__ import annotations

import datetime as dt
import io
import subprocess
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from documents.models import Document, NumberSeries, RegisterEntry, SharedNumber
from documents.sending import posting
from tests.factories import NOW, Town, issued, month
from tests.web.conftest import Enter

RESERVED = {"kind": "CTr", "day": "2026-11-20", "reason": "chương trình quý"}
ENTERED = {"kind": "CTr", "day": "2026-11-20", "title": "Chương trình làm ngoài", "signer": "Vi Văn Chung"}


def words(response: Any) -> str:
    return str(response.content.decode())


def states() -> list[tuple[int, str]]:
    return list(RegisterEntry.objects.order_by("number").values_list("number", "state"))


def test_numbers_are_reserved_and_entered_without_a_gap(enter: Enter, town: Town) -> None:
    client = enter("hoa")

    assert client.post("/so-van-ban/giu-so/", RESERVED).status_code == 302
    assert client.post("/so-van-ban/vao-so/", ENTERED).status_code == 302

    assert [number for number, _state in states()] == [1, 2]
    book = words(client.get("/so-van-ban/"))
    assert "Chương trình làm ngoài" in book
    assert "chương trình quý" in book


@pytest.mark.parametrize("wrong", [{"reason": ""}, {"day": "31/11/2026"}, {"kind": "khong"}])
def test_what_is_wrong_reserves_nothing(enter: Enter, town: Town, wrong: dict[str, str]) -> None:
    response = enter("hoa").post("/so-van-ban/giu-so/", RESERVED | wrong)

    assert response.status_code == 422
    assert not RegisterEntry.objects.exists()


def test_a_number_is_not_given_twice(enter: Enter, town: Town) -> None:
    client = enter("hoa")
    client.post("/so-van-ban/vao-so/", ENTERED | {"number": "1"})

    response = client.post("/so-van-ban/vao-so/", ENTERED | {"number": "1", "title": "Tên khác"})

    assert response.status_code == 422
    assert "Tên khác" in words(response)
    assert RegisterEntry.objects.count() == 1


def test_a_cancelled_number_stays_in_the_book(enter: Enter, town: Town) -> None:
    client = enter("hoa")
    client.post("/so-van-ban/giu-so/", RESERVED)
    entry = RegisterEntry.objects.get()
    here = f"/so-van-ban/so/{entry.pk}/huy/"

    refused = client.post(here, {"reason": ""})
    client.post(here, {"reason": "không ban hành"})
    client.post(here, {"reason": "không ban hành"})
    client.post("/so-van-ban/giu-so/", RESERVED)

    assert refused.status_code == 422
    assert "Hãy ghi lý do hủy số." in words(refused)
    assert states() == [(1, "cancelled"), (2, "reserved")]
    assert entry.log.filter(action="register.cancel").count() == 1


@pytest.mark.parametrize("name", ["yen", "son", "binh", "mai", "minh", "lan"])
def test_only_those_who_keep_the_book_write_in_it(enter: Enter, town: Town, name: str) -> None:
    assert enter(name).post("/so-van-ban/giu-so/", RESERVED).status_code == 403
    assert enter(name).post("/so-van-ban/vao-so/", ENTERED).status_code == 403
    assert not RegisterEntry.objects.exists()


def test_the_columns_that_come_later_are_filled(enter: Enter, town: Town) -> None:
    client = enter("hoa")
    client.post("/so-van-ban/vao-so/", ENTERED)
    entry = RegisterEntry.objects.get()
    later = {"holder": "Văn thư", "copies": "12", "sent_on": "2026-11-21", "received_by": "Đ/c Bình"}

    client.post(f"/so-van-ban/so/{entry.pk}/", later)
    client.post(f"/so-van-ban/so/{entry.pk}/", later)

    entry.refresh_from_db()
    assert (entry.holder, entry.copies, entry.received_by) == ("Văn thư", 12, "Đ/c Bình")
    assert entry.log.filter(action="register.note").count() == 1


def text_of(pdf: bytes) -> list[str]:
    """The pages of a PDF as running text."""
    shown = subprocess.run(["pdftotext", "-layout", "-", "-"], input=pdf, capture_output=True, check=True)
    return [" ".join(page.split()) for page in shown.stdout.decode().split("\f")]


def cells_of(sheet: bytes, name: str) -> list[list[Any]]:
    return [[cell.value for cell in row] for row in load_workbook(io.BytesIO(sheet))[name]]


def test_the_print_has_its_cover_its_rows_and_its_closing(enter: Enter, town: Town) -> None:
    client = enter("hoa")
    client.post("/so-van-ban/vao-so/", ENTERED | {"number": "3", "day": "2026-11-02"})
    client.post("/so-van-ban/vao-so/", ENTERED | {"number": "6", "title": "Chương trình sau"})
    client.post("/so-van-ban/giu-so/", RESERVED)
    client.post("/so-van-ban/giu-so/", RESERVED | {"reason": "kế hoạch riêng"})
    client.post(f"/so-van-ban/so/{RegisterEntry.objects.get(number=8).pk}/huy/", {"reason": "không làm"})
    here = f"/so-van-ban/day-so/{NumberSeries.objects.get().pk}"

    cover, table, *_rest = text_of(client.get(f"{here}/so-van-ban.pdf").content)
    sheet = client.get(f"{here}/so-van-ban.xlsx").content

    for said in ("ĐẢNG ỦY XÃ TÂN SƠN", "SỔ ĐĂNG KÝ VĂN BẢN ĐI", "Năm 2026", "Loại văn bản: Chương trình",
                 "Từ ngày 02/11/2026 đến ngày 20/11/2026", "Từ số 03 đến số 08", "Quyển số: 01"):  # fmt: skip
        assert said in cover
        assert [said] in cells_of(sheet, "Bìa")
    proof = (
        "Kết sổ: từ số 03 đến số 08 có 2 số đã dùng, 1 số đang giữ, 1 số đã hủy; khuyết 2 số.",
        "Số khuyết (chưa vào sổ): 04-05.",
        "Số đã hủy: 08 (không làm).",
        "Số đang giữ: 07 (chương trình quý).",
    )
    rows = cells_of(sheet, "Sổ văn bản đi")
    for sentence in proof:
        assert sentence in table
        assert sentence in [row[0] for row in rows]
    assert [row[0] for row in rows[2:7]] == ["03-CTr/ĐU", "04-05", "06-CTr/ĐU", "07-CTr/ĐU", "08-CTr/ĐU"]
    assert rows[3] == ["04-05", *[None] * 8, "Khuyết: chưa vào sổ"]


def test_a_volume_holds_its_part_of_the_book(enter: Enter, town: Town) -> None:
    client = enter("hoa")
    for n in range(1, 5):
        client.post("/so-van-ban/vao-so/", ENTERED | {"title": f"Chương trình thứ {n}"})
    here = f"/so-van-ban/day-so/{NumberSeries.objects.get().pk}"

    pdf = client.get(f"{here}/so-van-ban.pdf", {"tu": "2", "den": "3", "quyen": "2"}).content
    refused = client.get(f"{here}/so-van-ban.pdf", {"tu": "3", "den": "2"})
    beyond = client.get(f"{here}/so-van-ban.xlsx", {"den": "5"})

    cover, table, *_rest = text_of(pdf)
    assert "Từ số 02 đến số 03 Quyển số: 02" in cover
    assert "thứ 2" in table
    assert "thứ 4" not in table
    assert "Kết sổ: từ số 02 đến số 03 có 2 số đã dùng; không khuyết số nào." in table
    assert (refused.status_code, beyond.status_code) == (422, 422)
    assert "Sổ này có từ số 01 đến số 04." in words(beyond)
    assert client.get(f"{here}/in/").status_code == 200


def test_words_stay_words_in_the_spreadsheet(enter: Enter, town: Town) -> None:
    client = enter("hoa")
    client.post("/so-van-ban/vao-so/", ENTERED | {"title": "=HYPERLINK(1)"})

    sheet = client.get(f"/so-van-ban/day-so/{NumberSeries.objects.get().pk}/so-van-ban.xlsx")

    cells = [cell for each in load_workbook(io.BytesIO(sheet.content)) for row in each for cell in row]
    assert any("HYPERLINK" in str(cell.value) for cell in cells)
    assert not [cell for cell in cells if cell.data_type == "f"]


def test_sheets_and_day_come_from_the_sending_until_the_registrar_writes_others(
    enter: Enter, town: Town
) -> None:
    programme = issued(town, month(11), number=5)
    copies = {str(row.pk): n for row, n in zip(programme.recipients.all(), (3, 2), strict=False)}
    posting.at_issue(programme, actor=town.hoa, now=NOW, copies=copies)
    posting.hand_over(programme.deliveries.filter(channel="paper")[0], actor=town.hoa, now=NOW)
    client, entry = enter("hoa"), RegisterEntry.objects.get()
    here = f"/so-van-ban/so/{entry.pk}/"
    file = f"/so-van-ban/day-so/{entry.series_id}/so-van-ban.xlsx"

    page = words(client.get(here))
    before = cells_of(client.get(file).content, "Sổ văn bản đi")[2]
    client.post(here, {"copies": "", "sent_on": "", "note": "Gửi bưu điện"})
    entry.refresh_from_db()
    untouched = (entry.copies, entry.sent_on)
    client.post(here, {"copies": "9", "sent_on": "2026-11-23", "note": "Gửi bưu điện"})
    after = cells_of(client.get(file).content, "Sổ văn bản đi")[2]

    assert "Để trống: 5 bản, theo nơi nhận." in page
    assert "Để trống: 20/11/2026, ngày gửi." in page
    assert (before[6], before[7].date()) == (5, NOW.date())
    assert untouched == (None, None)
    assert (after[6], after[7].date()) == (9, dt.date(2026, 11, 23))


def test_missing_numbers_have_their_line_in_the_book(enter: Enter, town: Town) -> None:
    client = enter("hoa")
    for number in ("2", "6", "7"):
        client.post("/so-van-ban/vao-so/", ENTERED | {"number": number})

    page = words(client.get("/so-van-ban/"))
    found = words(client.get("/so-van-ban/", {"q": "chương trình"}))

    assert page.count('class="gap"') == 1
    assert "03-05" in page
    assert "Khuyết 3 số chưa vào sổ:" in page
    assert 'class="gap"' not in found


def twice(town: Town) -> tuple[RegisterEntry, Document]:
    """A number in the book, and an old paper of the same number beside it."""
    first = issued(town, month(10), number=7)
    second = issued(town, month(11), number=8)
    RegisterEntry.objects.filter(document=second).delete()
    Document.objects.filter(pk=second.pk).update(number=7)
    return RegisterEntry.objects.get(document=first), Document.objects.get(pk=second.pk)


def test_two_papers_of_one_number_are_shown_until_they_are_settled(enter: Enter, town: Town) -> None:
    entry, second = twice(town)
    client = enter("hoa")
    here = f"/so-van-ban/chua-vao-so/{second.public_id}/"
    file = f"/so-van-ban/day-so/{entry.series_id}/so-van-ban.xlsx"

    shown = words(client.get("/so-van-ban/"))
    printed = cells_of(client.get(file).content, "Sổ văn bản đi")[-1][0]
    client.post(here, {"reason": " "})
    unsettled = words(client.get("/so-van-ban/"))
    client.post(here, {"reason": "cấp nhầm"})
    again = client.post(here, {"reason": "lần nữa"}, follow=True)

    for page in (shown, unsettled):
        assert "Văn bản đã ban hành mà chưa đứng trong sổ" in page
        assert "Trùng số với" in page
    assert printed.startswith("Văn bản chưa vào sổ, cần xử lý: 07-CTr/ĐU")
    assert "Văn bản này đã đứng trong sổ." in words(again)
    assert "Văn bản đã ban hành mà chưa đứng trong sổ" not in words(client.get("/so-van-ban/"))
    assert entry.log.filter(action="register.share").count() == 1
    remarks = cells_of(client.get(file).content, "Sổ văn bản đi")[2][9]
    assert remarks == f"Trùng số: {second} (cấp nhầm)"


def test_an_old_paper_whose_number_is_free_goes_into_the_book(enter: Enter, town: Town) -> None:
    entry, second = twice(town)
    Document.objects.filter(pk=second.pk).update(number=9)

    enter("hoa").post(f"/so-van-ban/chua-vao-so/{second.public_id}/")

    own = RegisterEntry.objects.get(document=second)
    assert (own.number, own.series_id) == (9, entry.series_id)


@pytest.mark.parametrize(("name", "status"), [("yen", 403), ("son", 403), ("mai", 404), ("minh", 404)])
def test_only_those_who_keep_the_book_settle(enter: Enter, town: Town, name: str, status: int) -> None:
    _entry, second = twice(town)
    client = enter(name)

    assert client.post(f"/so-van-ban/chua-vao-so/{second.public_id}/", {"reason": "x"}).status_code == status
    assert not SharedNumber.objects.exists()
    if name in ("yen", "son"):
        assert "chưa đứng trong sổ" not in words(client.get("/so-van-ban/"))


@pytest.mark.parametrize(("name", "status"), [("hoa", 302), ("chung", 302), ("yen", 403), ("mai", 404)])
def test_where_a_series_begins_is_set_by_its_keepers(
    enter: Enter, town: Town, name: str, status: int
) -> None:
    response = enter(name).post(f"/so-van-ban/danh-so/{town.party.pk}/", {"kind": "CTr", "first": "41"})

    assert response.status_code == status
    enter("hoa").post("/so-van-ban/giu-so/", RESERVED)
    assert RegisterEntry.objects.get().number == (41 if status == 302 else 1)


def test_cost_does_not_grow_with_the_book(enter: Enter, town: Town) -> None:
    client = enter("hoa")

    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get("/so-van-ban/").status_code == 200
        return len(queries)

    client.post("/so-van-ban/giu-so/", RESERVED)
    cost()
    small = cost()
    for _n in range(20):
        client.post("/so-van-ban/giu-so/", RESERVED)

    assert cost() == small <= 15
