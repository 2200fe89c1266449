"""Pages of review: from submitting to approval, for the right person, in the right state, once."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from agencies.models import Membership
from documents.models import ClauseRemark, Decision, Document, DocumentLog, ReviewRoute
from programmes.models import Programme
from tests.factories import Town, draft, in_state, month
from tests.web.conftest import Enter

TASK, BETTER = "Triển khai kế hoạch.", "Triển khai kế hoạch phát triển kinh tế - xã hội."


@pytest.fixture
def programme(town: Town) -> Programme:
    return draft(town, month(12))


@pytest.fixture
def submitted(programme: Programme, enter: Enter) -> Programme:
    assert enter("yen").post(address(programme, "trinh/"), {"note": "Kính trình."}).status_code == 302
    return programme


def address(document: Document, part: str) -> str:
    return f"/van-ban/{document.public_id}/{part}"


def state(document: Document) -> str:
    return str(Document.objects.values_list("state", flat=True).get(pk=document.pk))


def logged(document: Document, action: str) -> int:
    return DocumentLog.objects.filter(document=document.pk, action=action).count()


def words(response: Any) -> str:
    return str(response.content.decode())


def agree(enter: Enter, document: Document, name: str) -> Any:
    return enter(name).post(address(document, "duyet/y-kien/"), {"choice": "approve"})


def test_the_way_from_draft_to_approval(enter: Enter, submitted: Programme) -> None:
    assert state(submitted) == "review"
    assert agree(enter, submitted, "chung").status_code == 302
    assert state(submitted) == "review"
    assert agree(enter, submitted, "son").status_code == 302
    assert state(submitted) == "approved"
    assert list(Decision.objects.order_by("pk").values_list("person__username", flat=True)) == [
        "chung",
        "son",
    ]


def test_submitting_twice_does_nothing_more(enter: Enter, submitted: Programme) -> None:
    page = enter("yen").post(address(submitted, "trinh/"), {}, follow=True)

    assert "Văn bản này không còn là dự thảo." in words(page)
    assert logged(submitted, "document.submit") == 1
    assert submitted.versions.count() == 1


@pytest.mark.parametrize("name", ["yen", "hoa", "son"])
def test_nobody_decides_out_of_turn(enter: Enter, submitted: Programme, name: str) -> None:
    assert agree(enter, submitted, name).status_code == 403
    assert not Decision.objects.exists()


def test_returning_needs_a_reason_and_what_was_typed_stays(enter: Enter, submitted: Programme) -> None:
    client, here = enter("chung"), address(submitted, "duyet/y-kien/")

    refused = client.post(here, {"choice": "return", "note": " "})
    client.post(here, {"choice": "return", "note": "Bổ sung mục II."})
    again = client.post(here, {"choice": "return", "note": "Bổ sung mục II."}, follow=True)

    assert refused.status_code == 422
    assert "Hãy ghi lý do trả lại." in words(refused)
    assert state(submitted) == "draft"
    assert "Văn bản này không còn ở bước duyệt." in words(again)
    assert Decision.objects.count() == 1
    assert "Bổ sung mục II." in words(enter("yen").get("/"))


def test_a_proposal_is_taken_with_one_click(enter: Enter, submitted: Programme) -> None:
    clause = submitted.clauses.get(text=TASK)
    enter("chung").post(
        address(submitted, "gop-y/"), {"clause": clause.public_id, "text": "Nói rõ.", "proposal": BETTER}
    )
    remark = ClauseRemark.objects.get()
    take = address(submitted, f"gop-y/{remark.public_id}/nhan/")

    first = enter("yen").post(take)
    second = enter("yen").post(take, follow=True)

    assert first.status_code == 302
    clause.refresh_from_db()
    assert clause.text == BETTER
    assert "Góp ý này đã được xử lý." in words(second)
    assert logged(submitted, "document.proposal_accepted") == 1


def test_a_proposal_for_other_words_is_a_conflict(enter: Enter, submitted: Programme) -> None:
    clause = submitted.clauses.get(text=TASK)
    enter("chung").post(
        address(submitted, "gop-y/"), {"clause": clause.public_id, "text": "", "proposal": BETTER}
    )
    submitted.clauses.filter(pk=clause.pk).update(text="Chữ khác.", version=9)

    response = enter("yen").post(address(submitted, f"gop-y/{ClauseRemark.objects.get().public_id}/nhan/"))

    assert response.status_code == 409
    assert "Chữ khác." in words(response)
    assert submitted.clauses.get(pk=clause.pk).text == "Chữ khác."


def test_an_empty_remark_is_refused_at_its_place(enter: Enter, submitted: Programme) -> None:
    clause = submitted.clauses.get(text=TASK)

    response = enter("chung").post(
        address(submitted, "gop-y/"), {"clause": clause.public_id, "text": " ", "proposal": ""}
    )

    assert response.status_code == 422
    assert not ClauseRemark.objects.exists()


@pytest.mark.parametrize("name", ["yen", "chung", "son", "binh", "mai", "lan"])
def test_withdrawing_is_for_those_who_draft(enter: Enter, submitted: Programme, name: str) -> None:
    enter(name).post(address(submitted, "duyet/rut/"))

    assert (state(submitted) == "draft") is (name in ("yen", "chung"))


def test_opening_again_needs_a_reason(enter: Enter, submitted: Programme) -> None:
    in_state(submitted, "approved")
    client, here = enter("hoa"), address(submitted, "duyet/mo-lai/")

    refused = client.post(here, {"reason": ""})
    client.post(here, {"reason": "Sai nơi nhận."})
    again = client.post(here, {"reason": "Sai nơi nhận."}, follow=True)

    assert refused.status_code == 422
    assert "Hãy ghi lý do." in words(refused)
    assert state(submitted) == "draft"
    assert "Chỉ văn bản đã duyệt, chưa ban hành mới mở lại được." in words(again)
    assert logged(submitted, "document.reopen") == 1


def test_the_route_of_a_body_is_set_by_its_chief(town: Town, enter: Enter, programme: Programme) -> None:
    form = {"form-TOTAL_FORMS": "6", "form-INITIAL_FORMS": "0", "form-0-role": "leader"}
    form |= {f"form-{n}-needed": "1" for n in range(6)}
    here = f"/van-ban/duong-duyet/{town.party.pk}/"

    assert enter("yen").post(here, form).status_code == 403
    assert enter("chung").post(here, form).status_code == 302
    assert [step.role for step in ReviewRoute.objects.get().steps.all()] == ["leader"]

    enter("yen").post(address(programme, "trinh/"), {})
    agree(enter, programme, "son")
    assert state(programme) == "approved"


def test_the_reading_page_says_on_whose_desk_the_paper_is(enter: Enter, submitted: Programme) -> None:
    page = words(enter("yen").get(submitted.get_absolute_url()))

    assert "Đang ở đâu" in page
    assert "Chánh Văn phòng" in page[page.index("Đang ở đâu") :][:600]


def test_cost_does_not_grow_with_remarks(enter: Enter, submitted: Programme) -> None:
    client, clause = enter("chung"), submitted.clauses.get(text=TASK)
    here = address(submitted, "duyet/")

    def say(count: int) -> None:
        for n in range(count):
            client.post(address(submitted, "gop-y/"), {"clause": clause.public_id, "text": f"Ý kiến {n}."})

    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(here).status_code == 200
        return len(queries)

    say(1)
    cost()
    small = cost()
    say(9)

    assert cost() == small


def test_the_form_names_who_decides_and_where_nobody_can(
    town: Town, enter: Enter, programme: Programme
) -> None:
    Membership.objects.filter(role="leader", issuing_body=town.party).delete()

    page = enter("yen").get(address(programme, "trinh/")).content.decode()

    assert '<p class="d">Vi Văn Chung</p>' in page
    assert page.count("Chưa có ai giữ vai trò này") == 1
