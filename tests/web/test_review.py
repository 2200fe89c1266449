"""The leader's review in a browser: pages, forms, the script's answers, the worker, and who sees what."""

from __future__ import annotations

import re
import uuid
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from meetings import reviewed, reviewing
from meetings.models import AgendaItem, ChangeRequest, Meeting, MeetingLog, Opinion, Remark
from tests.assembly import Assembly, assembly
from tests.factories import NOW, Town
from tests.web.conftest import Enter

#: Words that no other page of the world holds.
SECRET = "Bí mật riêng của anh Sơn 7391"
#: Statements of the page, however long the agenda.
PAGE_QUERIES = 12
JSON: dict[str, Any] = {"HTTP_ACCEPT": "application/json"}


@pytest.fixture
def made(town: Town) -> Assembly:
    return assembly(town)


def text(response: Any) -> str:
    return re.sub(r"\s+", " ", response.content.decode())


def home(made: Assembly) -> str:
    return f"/hoi-nghi/{made.meeting.public_id}/duyet/"


def posts(made: Assembly, remark: Remark) -> dict[str, tuple[str, dict[str, str]]]:
    """Every address that a reviewer posts to, with a form that is in order."""
    here = home(made)
    last = made.meeting.items.get(position=4)
    item = f"{here}{last.public_id}/"
    return {
        "note": (f"{item}ghi-chu/", {"text": "Xem.", "private": "1"}),
        "remark": (f"{item}ghi-chu/", {"text": "Xem.", "private": "0"}),
        "agree": (f"{item}y-kien/", {"choice": "agree"}),
        "revise": (f"{item}y-kien/", {"choice": "revise", "text": "Sửa."}),
        "defer": (f"{item}de-nghi/", {"kind": "defer", "text": "Chờ."}),
        "reorder": (f"{item}de-nghi/", {"kind": "reorder", "position": "1"}),
        "rest": (f"{here}con-lai/", {"item": str(last.public_id)}),
        "edit": (f"{here}ghi-chu/{remark.public_id}/", {"do": "edit", "text": "Khác."}),
        "remove": (f"{here}ghi-chu/{remark.public_id}/", {"do": "remove"}),
        "withdraw": (f"{here}de-nghi/{made.request.public_id}/rut/", {}),
    }


def rows() -> list[Any]:
    return [list(m.objects.order_by("pk").values()) for m in (Remark, Opinion, ChangeRequest, MeetingLog)]


def test_the_page_is_for_reviewers(town: Town, made: Assembly, enter: Enter) -> None:
    expected = dict.fromkeys(Town.PEOPLE, 404) | {"son": 200}
    expected |= dict.fromkeys(("yen", "chung", "hoa", "minh", "binh", "mai", "lan"), 403)
    for address in (home(made), f"{home(made)}{made.item.public_id}/"):
        got = {name: enter(name).get(address).status_code for name in Town.PEOPLE}
        assert got == expected

    refused = text(enter("yen").get(home(made)))
    assert "Trang này dành cho lãnh đạo và người chủ trì" in refused


def test_the_page_opens_at_the_first_item_that_waits(town: Town, made: Assembly, enter: Enter) -> None:
    page = text(enter("son").get(home(made)))

    assert "Đã cho ý kiến 1/4" in page
    assert "còn 3" in page
    assert "trước 17:00 thứ Năm 17/12" in page
    shown = re.findall(r'<article class="item" data-item="([^"]+)"[^>]*>', page)
    hidden = re.findall(r'<article class="item" data-item="([^"]+)"[^>]* hidden>', page)
    second = made.meeting.items.get(position=2)
    assert set(shown) - set(hidden) == {str(second.public_id)}


def test_an_item_has_its_own_page(town: Town, made: Assembly, enter: Enter) -> None:
    client = enter("son")

    page = text(client.get(f"{home(made)}{made.item.public_id}/"))

    assert re.search(rf'data-item="{made.item.public_id}"[^>]*aria-labelledby="t\d+">', page)
    assert client.get(f"{home(made)}{uuid.uuid4()}/").status_code == 404


def test_the_page_costs_the_same_however_long_the_agenda(town: Town, enter: Enter) -> None:
    counts = []
    for items in (3, 120):
        made = assembly(town, items)
        client = enter("son")
        client.get(home(made))
        with CaptureQueriesContext(connection) as counted:
            page = client.get(home(made)).content.decode()
        assert page.count('<article class="item"') == items
        counts.append(len(counted))
        Meeting.objects.all().delete()
        made.series.delete()
        made.room.delete()

    assert counts == [PAGE_QUERIES, PAGE_QUERIES]


def test_the_office_sees_the_same_number_of_queries_however_long(town: Town, enter: Enter) -> None:
    counts = []
    for items in (3, 120):
        made = assembly(town, items)
        for item in made.meeting.items.all():
            Remark.objects.create(item=item, person=town.son, text="Ý kiến.", private=False, at=NOW)
        with CaptureQueriesContext(connection) as counted:
            view = reviewed.view_of(made.meeting, NOW.date())
            assert [str(r.person) for each in view.items for r in each.remarks]
            assert [str(r.person) for r in view.asked]
        counts.append(len(counted))
        Meeting.objects.all().delete()
        made.series.delete()
        made.room.delete()

    assert counts[0] == counts[1]


def test_a_form_without_script_goes_on_to_the_next(town: Town, made: Assembly, enter: Enter) -> None:
    client = enter("son")
    second, third = made.meeting.items.filter(position__in=(2, 3)).order_by("position")

    response = client.post(f"{home(made)}{second.public_id}/y-kien/", {"choice": "agree"}, follow=True)

    page = text(response)
    assert "Đã đồng ý nội dung 2." in page
    assert re.search(rf'data-item="{third.public_id}"[^>]*aria-labelledby="t\d+">', page)


def test_what_cannot_be_done_is_said_at_its_place_and_the_words_stay(
    town: Town, made: Assembly, enter: Enter
) -> None:
    client = enter("son")
    words = "chữ " * 1300

    response = client.post(f"{home(made)}{made.item.public_id}/ghi-chu/", {"text": words, "private": "1"})

    page = text(response)
    assert response.status_code == 422
    assert "Ghi chú dài nhất 5.000 ký tự" in page
    assert "chữ chữ chữ" in page
    assert Remark.objects.count() == 2


def test_the_script_gets_sentences(town: Town, made: Assembly, enter: Enter) -> None:
    client = enter("son")
    address = f"{home(made)}{made.item.public_id}/y-kien/"

    done = client.post(address, {"choice": "revise"}, **JSON)
    refused = client.post(address, {"choice": "nonsense"}, **JSON)
    out = Client().post(address, {"choice": "agree"}, **JSON)

    assert (done.status_code, done.json()) == (200, {"said": "Đã yêu cầu sửa nội dung 1."})
    assert (refused.status_code, list(refused.json())) == (422, ["error"])
    assert (out.status_code, out.json()) == (401, {"login": "/dang-nhap/"})


def test_what_one_wrote_never_goes_out_as_another(town: Town, made: Assembly, enter: Enter) -> None:
    before = rows()
    form = {"choice": "agree", "person": reviewed.offline_key(town.lan)}

    plain: dict[str, Any] = {}
    for headers in (plain, JSON):
        response = enter("son").post(f"{home(made)}{made.item.public_id}/y-kien/", form, **headers)
        assert response.status_code == 403
    assert response.json()["stranger"] is True
    assert rows() == before


def test_every_act_works_for_a_reviewer_once(town: Town, made: Assembly, enter: Enter) -> None:
    remark = Remark.objects.get(private=True)
    client = enter("son")
    for act, (address, form) in posts(made, remark).items():
        assert client.get(address).status_code == 405, act
        before = rows()
        assert client.post(address, form, **JSON).status_code == 200, act
        if act != "rest":  # nothing is left: the item was spoken of above
            assert rows() != before, act
        if act not in ("note", "remark", "revise"):
            after = rows()
            client.post(address, form, **JSON)
            assert rows() == after, act


@pytest.mark.parametrize("name", ["yen", "chung", "hoa", "minh", "binh", "mai", "vinh", "lan"])
def test_nobody_else_acts(town: Town, made: Assembly, enter: Enter, name: str) -> None:
    remark = Remark.objects.get(private=True)
    client, before = enter(name), rows()
    wanted = 404 if name == "vinh" else 403

    for act, (address, form) in posts(made, remark).items():
        assert client.post(address, form).status_code == wanted, act

    assert rows() == before


@pytest.mark.parametrize("state", ["held", "concluded", "postponed", "cancelled"])
def test_a_meeting_that_is_not_open_is_read_only(
    town: Town, made: Assembly, enter: Enter, state: str
) -> None:
    Meeting.objects.filter(pk=made.meeting.pk).update(state=state, tentative=False)
    remark = Remark.objects.get(private=True)
    client, before = enter("son"), rows()

    page = client.get(home(made)).content.decode()
    answers = {
        act: client.post(address, form, **JSON) for act, (address, form) in posts(made, remark).items()
    }

    assert "chỉ xem" in page
    assert "<form" not in page
    assert {answer.status_code for answer in answers.values()} == {422}
    assert rows() == before


@pytest.mark.parametrize(
    "garbage", [{}, {"op": "x", "made": "y", "position": "-1"}, {"made": "9" * 13, "kind": "\x00"}]
)
def test_garbage_is_never_a_fault_of_the_server(
    town: Town, made: Assembly, enter: Enter, garbage: dict[str, str]
) -> None:
    client = enter("son")

    for act, (address, _form) in posts(made, Remark.objects.get(private=True)).items():
        assert client.post(address, garbage, **JSON).status_code in (200, 422), act


def test_removing_a_note_that_is_gone_is_done_already(town: Town, made: Assembly, enter: Enter) -> None:
    address = f"{home(made)}ghi-chu/{uuid.uuid4()}/"

    assert enter("son").post(address, {"do": "remove"}, **JSON).status_code == 200
    assert enter("son").post(address, {"do": "edit", "text": "x"}, **JSON).status_code == 404


# The office


def test_the_office_accepts_and_declines_on_the_page_of_the_meeting(
    town: Town, made: Assembly, enter: Enter
) -> None:
    here, client = f"/hoi-nghi/{made.meeting.public_id}/", enter("yen")
    second = made.meeting.items.get(position=2)
    defer = reviewing.request_change(second, "defer", actor=town.son, now=NOW, note="Chờ thẩm định.")

    page = text(client.get(here))
    assert "Rút ngắn còn 10 phút" in page
    assert "Chờ thẩm định." in page
    assert "đồng ý 1/1" in page
    assert "Bổ sung so sánh." in page
    accepted = text(client.post(f"{here}duyet/de-nghi/{defer.public_id}/nhan/", follow=True))
    again = text(client.post(f"{here}duyet/de-nghi/{defer.public_id}/nhan/", follow=True))
    no_reason = text(client.post(f"{here}duyet/de-nghi/{made.request.public_id}/khong-nhan/", follow=True))
    declined = text(
        client.post(
            f"{here}duyet/de-nghi/{made.request.public_id}/khong-nhan/",
            {"reason": "Cần đủ giờ."},
            follow=True,
        )
    )

    assert "nội dung rời chương trình, chờ kỳ họp sau" in accepted
    assert "vừa được xử lý" in again or "không còn trong chương trình" in again
    assert "Hãy ghi lý do không nhận" in no_reason
    assert "Đã trả lời không nhận" in declined
    assert set(ChangeRequest.objects.values_list("state", flat=True)) == {"accepted", "declined"}
    assert "Cần đủ giờ." in text(enter("son").get(home(made)))


@pytest.mark.parametrize("name", ["hoa", "son", "minh", "binh", "mai", "vinh", "lan"])
def test_only_the_office_has_the_buttons(town: Town, made: Assembly, enter: Enter, name: str) -> None:
    here, client = f"/hoi-nghi/{made.meeting.public_id}/", enter(name)
    before = rows()
    codes = {
        client.post(f"{here}duyet/de-nghi/{made.request.public_id}/{act}/", {"reason": "x"}).status_code
        for act in ("nhan", "khong-nhan")
    }

    assert codes == ({404} if name == "vinh" else {403})
    assert "Ý kiến lãnh đạo" not in client.get(here).content.decode()
    assert rows() == before


# Private notes


def test_a_private_note_is_seen_by_its_writer_alone(town: Town, made: Assembly, enter: Enter) -> None:
    """Every page, file and answer that anybody else can reach, by link and by address."""
    reviewing.note(made.item, SECRET, private=True, actor=town.son, now=NOW)
    note = Remark.objects.get(text=SECRET)
    here = f"/hoi-nghi/{made.meeting.public_id}/"
    known = [
        "/",
        here,
        home(made),
        f"{home(made)}{made.item.public_id}/",
        f"{home(made)}ghi-chu/{note.public_id}/",
        "/hoi-nghi/duyet/",
        f"{here}lich-su/",
        f"{here}bo-tai-lieu/",
        f"{here}giay-moi/",
        "/hoi-nghi/lich-tuan/",
        "/quan-tri/",
        "/thong-bao/",
    ]

    assert SECRET in enter("son").get(home(made)).content.decode()
    for name in Town.PEOPLE:
        if name != "son":
            assert SECRET not in "".join(everything_of(enter(name), known)), name
    logged = [f"{row.note}{row.data}" for row in MeetingLog.objects.all()]
    assert not [line for line in logged if SECRET in line]


def everything_of(client: Client, known: list[str]) -> list[str]:
    """The text of all that a person reaches from these addresses."""
    waiting, seen, found = list(known), set(known), []
    while waiting and len(seen) < 160:
        address = waiting.pop()
        response = client.get(address)
        body = b"".join(response.streaming_content) if response.streaming else response.content  # type: ignore[attr-defined]
        words = bytes(body).decode(errors="replace")
        found.append(words)
        for link in re.findall(r'(?:href|action|src|hx-get)="(/[^"#]*)"', words):
            if link not in seen and not link.startswith("/static/"):
                seen.add(link)
                waiting.append(link.replace("&amp;", "&"))
    return found


# The desk, the worker, the sign-out


def test_a_leader_s_desk_says_what_waits_until_when(town: Town, made: Assembly, enter: Enter) -> None:
    assert "Cho ý kiến về 3 nội dung trước 17:00 thứ Năm 17/12" in text(enter("son").get("/"))
    assert "Chờ đồng chí cho ý kiến" not in text(enter("yen").get("/"))
    for item in AgendaItem.objects.filter(meeting=made.meeting):
        reviewing.opine(item, "agree", actor=town.son, now=NOW)
    assert "Chờ đồng chí cho ý kiến" not in text(enter("son").get("/"))
    assert "Đã cho ý kiến cả 4 nội dung" in text(enter("son").get("/hoi-nghi/duyet/"))


def test_the_worker_answers_for_the_whole_site_and_holds_no_data(town: Town, made: Assembly) -> None:
    response = Client().get("/sw.js")

    assert response.status_code == 200
    assert response["Content-Type"] == "text/javascript; charset=utf-8"
    assert response["Service-Worker-Allowed"] == "/"
    assert response["Cache-Control"] == "no-cache"
    assert Client().post("/sw.js").status_code == 405


def test_every_page_names_whose_stores_it_leaves(town: Town, made: Assembly, enter: Enter) -> None:
    keys = {name: reviewed.offline_key(town.person(name)) for name in ("son", "yen")}

    for name, key in keys.items():
        page = enter(name).get("/").content.decode()
        assert f'data-person="{key}"' in page
        assert "data-sign-out" in page
    assert len(set(keys.values())) == 2
    door = Client().get("/dang-nhap/").content.decode()
    assert "js/tablet/leave.js" in door
    assert "data-person" not in door


def test_signing_out_clears_the_browser_s_memory_but_not_the_editor_s_words(town: Town, enter: Enter) -> None:
    response = enter("son").post("/dang-xuat/")

    assert response["Clear-Site-Data"] == '"cache"'
