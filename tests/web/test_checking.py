"""The page of findings: what it shows, what one click repairs, who lets what be, what an office turns off."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from documents.models import Clause, DisabledCheck, Document, DocumentLog, Silence
from programmes.models import Programme
from tests.factories import Town, draft, in_state, month
from tests.web.conftest import Enter

WRONG, RIGHT = "Kiểm tra công tác công tác dân vận.", "Kiểm tra công tác dân vận."
JSON = {"accept": "application/json"}


@pytest.fixture
def programme(town: Town) -> Programme:
    made = draft(town, month(12))
    made.clauses.filter(text="Triển khai kế hoạch.").update(text=WRONG)
    return made


def address(document: Document, part: str = "") -> str:
    return f"/van-ban/{document.public_id}/soat/{part}"


def found(client: Client, document: Document) -> list[dict[str, Any]]:
    return list(client.get(address(document, "du-lieu/")).json()["findings"])


def key_of(client: Client, document: Document, code: str = "words.doubled") -> str:
    return str(next(row["key"] for row in found(client, document) if row["code"] == code))


def test_a_finding_stands_at_its_clause_with_its_repair(enter: Enter, programme: Programme) -> None:
    row = next(row for row in found(enter("yen"), programme) if row["code"] == "words.doubled")
    clause = Clause.objects.get(text=WRONG)

    assert row["clause"] == str(clause.public_id)
    assert WRONG[row["start"] : row["end"]] == "công tác công tác"
    assert "Lặp từ: “công tác công tác”." in enter("yen").get(address(programme)).content.decode()


def test_one_click_repairs_as_an_operation_and_a_second_click_does_nothing(
    enter: Enter, programme: Programme
) -> None:
    client = enter("yen")
    key, before = key_of(client, programme), Document.objects.get(pk=programme.pk).revision

    first = client.post(address(programme, "sua/"), {"key": key}, headers=JSON)
    second = client.post(address(programme, "sua/"), {"key": key}, headers=JSON)

    assert (first.status_code, second.status_code) == (200, 422)
    assert second.json()["sentence"] == "Chỗ này đã đổi. Hãy soát lại."
    assert programme.clauses.filter(text=RIGHT).count() == 1
    assert Document.objects.get(pk=programme.pk).revision == before + 1


def test_without_a_script_the_page_comes_back_with_a_sentence(enter: Enter, programme: Programme) -> None:
    client = enter("yen")
    key = key_of(client, programme)

    page = client.post(address(programme, "sua/"), {"key": key}, follow=True)

    assert page.redirect_chain[-1][0] == address(programme)
    assert "Đã sửa 1 chỗ." in page.content.decode()


@pytest.mark.parametrize("state", ["review", "approved", "issued"])
def test_what_is_no_draft_is_not_repaired(enter: Enter, programme: Programme, state: str) -> None:
    client = enter("yen")
    key = key_of(client, programme)
    in_state(programme, state)

    assert client.post(address(programme, "sua/"), {"key": key}).status_code == 403
    assert programme.clauses.filter(text=WRONG).exists()


def test_keeping_needs_a_reason_and_is_logged_once(enter: Enter, programme: Programme) -> None:
    client = enter("yen")
    key = key_of(client, programme)

    refused = client.post(address(programme, "giu/"), {"key": key, "reason": "  "}, headers=JSON)
    kept = client.post(address(programme, "giu/"), {"key": key, "reason": "trích nguyên văn"}, headers=JSON)
    again = client.post(address(programme, "giu/"), {"key": key, "reason": "lần nữa"}, headers=JSON)

    assert [r.status_code for r in (refused, kept, again)] == [422, 200, 422]
    assert refused.json()["sentence"] == "Hãy ghi lý do giữ nguyên."
    assert Silence.objects.get().reason == "trích nguyên văn"
    assert DocumentLog.objects.filter(action="document.silence").count() == 1
    assert "words.doubled" not in {row["code"] for row in found(client, programme)}


def test_what_was_kept_is_asked_again(enter: Enter, programme: Programme) -> None:
    client = enter("yen")
    client.post(address(programme, "giu/"), {"key": key_of(client, programme), "reason": "trích nguyên văn"})
    row = Silence.objects.get()

    client.post(address(programme, f"giu/{row.pk}/bo/"))
    second = client.post(address(programme, f"giu/{row.pk}/bo/"))

    assert second.status_code == 404
    assert "words.doubled" in {each["code"] for each in found(client, programme)}
    assert DocumentLog.objects.filter(action="document.unsilence").count() == 1


@pytest.mark.parametrize(("name", "may"), [("yen", False), ("hoa", False), ("chung", True), ("son", True)])
def test_a_refusal_is_let_be_by_the_heads_alone(
    enter: Enter, programme: Programme, name: str, may: bool
) -> None:
    programme.clauses.filter(text=WRONG).update(text="Họp ngày 31/11/2026.")
    key = key_of(enter("chung"), programme, "date.impossible")

    response = enter(name).post(address(programme, "giu/"), {"key": key, "reason": "chờ sửa"}, headers=JSON)

    assert response.status_code == (200 if may else 403)
    assert Silence.objects.exists() is may


def test_an_office_turns_a_check_off_with_a_reason_and_on_again(
    town: Town, enter: Enter, programme: Programme
) -> None:
    client, here = enter("chung"), f"/van-ban/phep-soat/{town.party.pk}/"

    nothing = client.post(here, {"code": "words.doubled", "reason": ""})
    client.post(here, {"code": "words.doubled", "reason": "đã có người rà"})
    off = {row["code"] for row in found(client, programme)}
    client.post(here, {"code": "words.doubled", "bat": "1"})

    assert nothing.status_code == 422
    assert "Hãy ghi lý do tắt phép soát." in nothing.content.decode()
    assert "words.doubled" not in off
    assert "words.doubled" in {row["code"] for row in found(client, programme)}
    assert not DisabledCheck.objects.exists()


def test_cost_does_not_grow_with_clauses(enter: Enter, programme: Programme) -> None:
    client = enter("yen")
    client.get(address(programme))

    def cost() -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert client.get(address(programme)).status_code == 200
        return len(queries)

    small = cost()
    one = programme.clauses.filter(text=WRONG).get()
    for n in range(30):
        Clause.objects.create(
            document_id=programme.pk,
            parent=one.parent,
            position=one.position + 1000 + n,
            text=f"Kiểm tra kiểm tra việc thứ {n}.",
            style=one.style,
        )

    assert cost() == small <= 15
