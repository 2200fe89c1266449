"""Pages of the register: numbers reserved, entered, cancelled; the book, its print and its spreadsheet."""

from __future__ import annotations

import io
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from documents.models import NumberSeries, RegisterEntry
from tests.factories import Town
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


def test_the_book_is_printed_and_calculated_with(enter: Enter, town: Town) -> None:
    client = enter("hoa")
    client.post("/so-van-ban/vao-so/", ENTERED | {"title": "=HYPERLINK(1)"})
    series = NumberSeries.objects.get()

    pdf = client.get(f"/so-van-ban/day-so/{series.pk}/so-van-ban.pdf")
    sheet = client.get(f"/so-van-ban/day-so/{series.pk}/so-van-ban.xlsx")

    assert pdf.content.startswith(b"%PDF")
    cells = [cell for row in load_workbook(io.BytesIO(sheet.content)).active for cell in row]
    assert any("HYPERLINK" in str(cell.value) for cell in cells)
    assert not [cell for cell in cells if cell.data_type == "f"]


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
