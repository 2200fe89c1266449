"""The pages of issuing, sending, taking back: who sees them, every refusal a sentence, all without script."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from lxml import etree

from documents import issuing
from documents.models import Delivery, Document, RegisterEntry
from programmes.models import Programme
from tests import factories
from tests.factories import NOW, Town, approved, month
from tests.web.conftest import Enter

DAY = {"day": "2026-11-20", "manner": "paper"}
#: More queries than this no page makes.
MOST = 15


def words(response: Any) -> str:
    return re.sub(r"\s+", " ", response.content.decode())


def page(paper: Document, rest: str) -> str:
    return f"/van-ban/{paper.public_id}/{rest}"


@pytest.fixture
def waiting(town: Town) -> Programme:
    return approved(town, month(12))


@pytest.fixture
def sent(town: Town, waiting: Programme) -> Programme:
    issuing.issue(waiting, day=NOW.date(), actor=town.hoa, now=NOW)
    return Programme.objects.get(pk=waiting.pk)


def test_the_page_shows_number_date_checks_and_where_it_goes(waiting: Programme, enter: Enter) -> None:
    client = enter("hoa")

    shown = words(client.get(page(waiting, "ban-hanh/")))

    assert "Số 01-CTr/ĐU" in shown
    assert "ngày 20 tháng 11 năm 2026" in shown
    assert "Cấp số 01, ký và ban hành" in shown
    assert "phép kiểm tra đạt" in shown
    assert "Phòng Kinh tế xã Tân Sơn" in shown
    assert "1 thư điện tử" in shown


def test_a_form_without_script_issues_once(waiting: Programme, enter: Enter) -> None:
    client = enter("hoa")

    first = client.post(page(waiting, "ban-hanh/"), DAY, follow=True)
    again = client.post(page(waiting, "ban-hanh/"), DAY, follow=True)

    assert "Đã ban hành văn bản số 01-CTr/ĐU." in words(first)
    assert "Văn bản này đã ban hành." in words(again)
    assert RegisterEntry.objects.count() == 1
    assert waiting.log.filter(action="document.issue").count() == 1


@pytest.mark.parametrize(
    ("who", "code"),
    [("yen", 403), ("son", 403), ("minh", 404), ("binh", 404), ("mai", 404), ("vinh", 404), ("lan", 404)],
)
def test_others_do_not_issue(waiting: Programme, enter: Enter, who: str, code: int) -> None:
    client = enter(who)

    assert client.get(page(waiting, "ban-hanh/")).status_code == code
    assert client.post(page(waiting, "ban-hanh/"), DAY).status_code == code
    assert Document.objects.get(pk=waiting.pk).state == "approved"


@pytest.mark.parametrize("state", ["draft", "review", "issued", "amended", "revoked"])
def test_other_states_get_a_sentence_and_change_nothing(waiting: Programme, enter: Enter, state: str) -> None:
    number = 7 if state in ("issued", "amended", "revoked") else None
    Document.objects.filter(pk=waiting.pk).update(state=state, number=number)
    client = enter("hoa")

    response = client.post(page(waiting, "ban-hanh/"), DAY)

    assert response.status_code == 302
    assert Document.objects.get(pk=waiting.pk).state == state
    assert not RegisterEntry.objects.exists()


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"day": "2026-11-01", "manner": "paper"}, "trước ngày soạn"),
        ({"day": "30/2/2026", "manner": "paper"}, "Ngày này không có"),
        ({"day": "", "manner": "paper"}, "Hãy ghi ngày văn bản"),
        ({"day": "2026-11-20", "manner": "kim"}, "kim"),
    ],
)
def test_what_cannot_be_is_refused_at_its_place(
    waiting: Programme, enter: Enter, typed: dict[str, str], sentence: str
) -> None:
    response = enter("hoa").post(page(waiting, "ban-hanh/"), typed)

    assert response.status_code == 422
    assert sentence in words(response)
    assert Document.objects.get(pk=waiting.pk).state == "approved"


def test_the_chief_overrules_on_the_page_and_the_registrar_is_told_who_may(
    waiting: Programme, enter: Enter
) -> None:
    clause = waiting.clauses.get(text="Triển khai kế hoạch.")
    clause.text = "Triển khai kế hoạch trước ngày 31/4/2026."
    clause.save(update_fields=["text"])

    refused = enter("hoa").get(page(waiting, "ban-hanh/"))
    without = enter("chung").post(page(waiting, "ban-hanh/"), DAY)
    done = enter("chung").post(page(waiting, "ban-hanh/"), {**DAY, "overrule": "Theo nguyên văn."})

    assert "chỉ Chánh Văn phòng hoặc lãnh đạo" in words(refused)
    assert (without.status_code, done.status_code) == (422, 302)
    assert waiting.log.get(action="document.issue").note == "Theo nguyên văn."


def test_the_wrong_methods_are_refused(sent: Programme, enter: Enter) -> None:
    client = enter("chung")

    assert client.put(page(sent, "ban-hanh/")).status_code == 405
    assert client.put(page(sent, "thu-hoi/")).status_code == 405
    assert client.get(page(sent, "gui/")).status_code == 405
    assert client.post(page(sent, "goi.edxml")).status_code == 405
    assert client.post("/van-ban/nhan/").status_code == 405


def queries(client: Client, address: str) -> int:
    with CaptureQueriesContext(
        connection,
    ) as found:
        assert client.get(address).status_code == 200
    return len(found)


def test_the_cost_of_the_pages_does_not_grow(town: Town, waiting: Programme, enter: Enter) -> None:
    hoa, binh = enter("hoa"), enter("binh")
    page_of_issue = page(waiting, "ban-hanh/")
    first = queries(hoa, page_of_issue)
    for n in range(3):
        agency = factories.AgencyFactory.create()
        person = factories.PersonFactory.create()
        factories.MembershipFactory.create(person=person, role="officer", agency=agency)
        waiting.recipients.create(position=20 + n, text=agency.name, agency=agency)
    assert queries(hoa, page_of_issue) == first <= MOST

    issuing.issue(waiting, day=NOW.date(), actor=town.chung, now=NOW, overrule="Thêm nơi nhận.")
    log = queries(hoa, page(waiting, "gui-nhan/"))
    assert log <= MOST
    inbox = queries(binh, "/van-ban/nhan/")
    for m in (10, 9):
        issuing.issue(approved(town, month(m)), day=NOW.date(), actor=town.hoa, now=NOW)
    assert queries(binh, "/van-ban/nhan/") == inbox <= MOST
    assert queries(binh, "/") <= 2 * MOST


def test_an_officer_finds_the_paper_on_the_desk_and_opens_it(
    town: Town, sent: Programme, enter: Enter
) -> None:
    client = enter("binh")
    assert "1 chưa mở" in words(client.get("/"))
    assert "Chưa mở" in words(client.get("/van-ban/nhan/?chua-doc=1"))

    client.get(page(sent, ""), follow=True)

    assert Delivery.objects.get(channel="desk").opened_by == town.binh
    assert "Không có văn bản chưa mở." in words(client.get("/van-ban/nhan/"))
    assert "Trần Văn Bình" in words(enter("hoa").get(page(sent, "gui-nhan/")))


@pytest.mark.parametrize("ending", ["pdf", "docx"])
def test_opening_a_file_is_an_opening(town: Town, sent: Programme, enter: Enter, ending: str) -> None:
    response = enter("binh").get(f"{sent.get_absolute_url()}ban-in.{ending}")

    assert response.status_code == 200
    assert Delivery.objects.get(channel="desk").opened_at == NOW


def test_a_file_is_served_from_the_snapshot_whatever_the_rows_say(
    town: Town, sent: Programme, enter: Enter
) -> None:
    sent.clauses.update(text="Lời khác.")

    response = enter("binh").get(f"{sent.get_absolute_url()}ban-in.pdf")

    with sent.snapshot.pdf.open("rb") as file:
        assert response.content == file.read()
    assert "Lời khác" not in words(enter("binh").get(sent.get_absolute_url()))


@pytest.mark.parametrize("who", ["yen", "hoa", "binh", "mai", "lan"])
def test_others_do_not_take_a_paper_back(sent: Programme, enter: Enter, who: str) -> None:
    code = 404 if who in ("mai", "lan") else 403

    assert enter(who).get(page(sent, "thu-hoi/")).status_code == code
    assert enter(who).post(page(sent, "thu-hoi/"), {"reason": "Sai căn cứ."}).status_code == code
    assert Document.objects.get(pk=sent.pk).state == "issued"


def test_a_paper_taken_back_shows_its_head_and_the_reason_alone(sent: Programme, enter: Enter) -> None:
    son, binh = enter("son"), enter("binh")
    assert "1 cơ quan đã nhận" in words(son.get(page(sent, "thu-hoi/")))
    assert son.post(page(sent, "thu-hoi/"), {"reason": ""}).status_code == 422
    son.post(page(sent, "thu-hoi/"), {"reason": "Sai căn cứ pháp lý."})
    again = son.post(page(sent, "thu-hoi/"), {"reason": "Sai căn cứ pháp lý."}, follow=True)
    assert "Chỉ thu hồi được văn bản đã ban hành" in words(again)

    theirs = words(binh.get(sent.get_absolute_url()))
    assert "Sai căn cứ pháp lý." in theirs
    assert "CTr/ĐU" in theirs
    assert "Chỉ đạo sơ kết" not in theirs
    assert "Chỉ đạo sơ kết" in words(enter("yen").get(sent.get_absolute_url()))
    for rest in ("ban-in.pdf", "ban-in.docx", "soan/", "xem-truoc/"):
        response = binh.get(f"{sent.get_absolute_url()}{rest}")
        assert response.status_code in (403, 404), rest
    assert "đã bị thu hồi" in words(binh.get(f"{sent.get_absolute_url()}ban-in.pdf"))
    assert enter("hoa").get(f"{sent.get_absolute_url()}ban-in.pdf").status_code == 200
    assert "Đã thu hồi" in words(binh.get("/van-ban/nhan/"))


def test_the_package_is_for_the_office_of_an_issued_paper(
    sent: Programme, waiting: Programme, enter: Enter, town: Town
) -> None:
    response = enter("hoa").get(page(sent, "goi.edxml"))

    root = etree.fromstring(response.content)
    assert str(root.tag).endswith("edXML")
    assert response["Content-Disposition"].endswith('.edxml"')
    assert enter("binh").get(page(sent, "goi.edxml")).status_code == 403
    assert enter("mai").get(page(sent, "goi.edxml")).status_code == 404
    other = approved(town, month(10))
    assert enter("hoa").get(page(other, "goi.edxml")).status_code == 302


def test_sending_again_by_hand(town: Town, sent: Programme, enter: Enter) -> None:
    client = enter("hoa")
    delivery = sent.deliveries.get(channel="mail")
    delivery.state, delivery.error = "failed", "no such user"
    delivery.save(update_fields=["state", "error"])

    assert "no such user" in words(client.get(page(sent, "gui-nhan/")))
    response = client.post(page(sent, f"gui-nhan/{delivery.pk}/gui-lai/"), follow=True)

    assert "Đã đưa thư vào hàng chờ gửi." in words(response)
    assert enter("yen").post(page(sent, f"gui-nhan/{delivery.pk}/gui-lai/")).status_code == 403
    assert client.post(page(sent, "gui-nhan/999999/gui-lai/")).status_code == 404
    assert "đã có văn bản này" in words(client.post(page(sent, "gui/"), follow=True))


@pytest.mark.parametrize("state", [state.value for state in Document.State])
@pytest.mark.parametrize("who", ["yen", "chung", "hoa", "son", "binh"])
def test_what_may_be_done_by_role_and_state(sent: Programme, town: Town, state: str, who: str) -> None:
    from documents.actions import available_actions

    Document.objects.filter(pk=sent.pk).update(state=state)
    document, person = Document.objects.get(pk=sent.pk), town.person(who)
    expected = set()
    if who in ("chung", "hoa"):
        expected |= {"issue"} if state == "approved" else set()
        expected |= {"send"} if state in ("issued", "amended") else set()
    if who in ("chung", "son") and state in ("issued", "amended"):
        expected |= {"recall"}

    offered = {action.name for action in available_actions(document, person)}

    assert offered & {"issue", "send", "recall"} == expected


def test_the_leader_reads_the_log_and_sends_nothing(sent: Programme, enter: Enter) -> None:
    shown = words(enter("son").get(page(sent, "gui-nhan/")))

    assert "Phòng Kinh tế" in shown
    assert "Gửi ngay" not in shown
    assert enter("son").post(page(sent, "gui/")).status_code == 403
    assert enter("binh").get(page(sent, "gui-nhan/")).status_code == 403


def test_people_without_an_agency_have_no_inbox(town: Town, enter: Enter) -> None:
    assert enter("yen").get("/van-ban/nhan/").status_code == 403
