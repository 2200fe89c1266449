"""Pages of amendments: who may, what they say, what a second click does, how much they cost."""

from __future__ import annotations

import re
import uuid
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from documents.models import Clause, DocumentLog
from meetings.models import Meeting
from programmes.models import AmendmentChange, AmendmentNotice, Programme
from tests.amendments import amended, drawn, key, planned
from tests.factories import Town, in_state, issued, month
from tests.web.conftest import Enter

OFFICE = ("yen", "chung", "hoa", "son")
NOWHERE = "5d1f6f0c-0d4e-4c5b-9d59-3f7a0c1f9e11"
"""An identity that nothing has."""
THIRD = "Những việc giữa"
WHY = {
    "proposer": "Phòng Kinh tế",
    "reason": "chưa đủ số liệu",
    "approver": "Thường trực Đảng ủy",
    "approved_on": "2026-11-19",
}


@pytest.fixture
def programme(town: Town) -> Programme:
    return issued(town, month(11))


def text(response: Any) -> str:
    return re.sub(r"\s+", " ", response.content.decode())


def address(programme: Programme, part: str = "") -> str:
    return f"{programme.get_absolute_url()}dieu-chinh/{part}"


def adding(programme: Programme, kind: str, clause: str) -> str:
    return address(programme, f"them/?loai={kind}&muc={clause}")


# ---------------------------------------------------------------- who


def test_the_table_of_roles(town: Town, enter: Enter, programme: Programme) -> None:
    planned(town, programme, "withdraw", key(programme, THIRD))
    pages = {
        "changes": (address(programme), set(OFFICE)),
        "preview": (address(programme, "xem-truoc/"), set(OFFICE)),
        "add": (adding(programme, "edit", key(programme, "Triển khai")), {"yen", "chung"}),
        "edit": (address(programme, f"{AmendmentChange.objects.get().public_id}/"), {"yen", "chung"}),
    }
    for name in Town.PEOPLE:
        client = enter(name)
        got = {page: client.get(url).status_code for page, (url, _) in pages.items()}
        assert {page for page, code in got.items() if code == 200} == {
            page for page, (_, people) in pages.items() if name in people
        }, name
        assert set(got.values()) <= ({200, 403} if name in (*OFFICE, "binh") else {404}), name


@pytest.mark.parametrize("state", ["draft", "review", "approved", "issued", "amended", "revoked"])
@pytest.mark.parametrize("name", ["yen", "chung", "hoa", "son", "binh", "mai"])
def test_who_plans_in_which_state(
    town: Town, enter: Enter, programme: Programme, state: str, name: str
) -> None:
    clause = key(programme, THIRD)
    in_state(programme, state)

    response = enter(name).post(adding(programme, "withdraw", clause), WHY)

    allowed = name in ("yen", "chung") and state in ("issued", "amended")
    hidden = name == "mai" or (name == "binh" and state in ("draft", "review", "approved"))
    assert response.status_code == (302 if allowed else 404 if hidden else 403)
    assert (
        AmendmentChange.objects.count()
        == DocumentLog.objects.filter(action="programme.change_planned").count()
        == int(allowed)
    )


@pytest.mark.parametrize("part", ["soan/", "bo-thong-bao/", f"{NOWHERE}/bo/"])
def test_what_writes_is_a_post(enter: Enter, programme: Programme, part: str) -> None:
    assert enter("yen").get(address(programme, part)).status_code == 405


def test_the_action_is_offered_to_those_who_may(enter: Enter, programme: Programme) -> None:
    page = programme.get_absolute_url()

    assert address(programme) in text(enter("yen").get(page))
    assert address(programme) not in text(enter("son").get(page))


# ---------------------------------------------------------------- the way


def test_from_a_change_to_a_notice(town: Town, enter: Enter, programme: Programme) -> None:
    client, form = enter("yen"), {**WHY, "op": str(uuid.uuid4())}
    url = adding(programme, "withdraw", key(programme, THIRD))

    assert "Những việc giữa hai kỳ họp." in text(client.get(url))
    for _turn in range(2):
        page = text(client.post(url, form, follow=True))
    assert "Theo đề nghị của Phòng Kinh tế; lý do: chưa đủ số liệu." in page
    assert AmendmentChange.objects.count() == 1

    assert "khỏi chương trình" in text(client.get(address(programme, "xem-truoc/")))
    assert "<del>Những việc giữa hai kỳ họp.</del>" in text(
        client.get(address(programme, "xem-truoc/?xem=hop-nhat"))
    )

    notice = text(client.post(address(programme, "soan/"), follow=True))
    again = text(client.post(address(programme, "soan/"), follow=True))
    assert "về việc điều chỉnh Chương trình công tác tháng 11 năm 2026" in notice
    assert "Rút nội dung “Những việc giữa hai kỳ họp” (nội dung 3, mục II)" in notice
    assert "đã có dự thảo thông báo điều chỉnh" in again
    assert AmendmentNotice.objects.count() == 1

    client.post(address(programme, "bo-thong-bao/"))
    assert "Không có dự thảo thông báo nào." in text(
        client.post(address(programme, "bo-thong-bao/"), follow=True)
    )
    assert not AmendmentNotice.objects.exists()


def test_what_is_wrong_keeps_what_was_typed(enter: Enter, programme: Programme) -> None:
    url = adding(programme, "edit", key(programme, "Triển khai"))

    response = enter("yen").post(url, {**WHY, "text": "Lời mới hoàn toàn.", "approver": ""})

    page = text(response)
    assert response.status_code == 422
    assert "Hãy ghi cơ quan đề nghị, lý do, người đồng ý và ngày đồng ý." in page
    assert "Lời mới hoàn toàn." in page
    assert not AmendmentChange.objects.exists()


@pytest.mark.parametrize(
    ("kind", "start", "values", "field", "expected"),
    [
        ("edit", "Triển khai", {"text": "Triển khai  việc mới."}, "after_text", "Triển khai việc mới."),
        (
            "postpone",
            "Hội nghị Ban",
            {"on": "2026-11-30", "starts_at": "08h00"},
            "after_text",
            "Hội nghị Ban Thường vụ Đảng ủy: 08 giờ 00 ngày 30/11/2026 (thứ Hai)",
        ),
        (
            "carry",
            THIRD,
            {"to_period": "Chương trình công tác quý I"},
            "to_period",
            "Chương trình công tác quý I",
        ),
        ("bodies", THIRD, {"lead": "phong kinh te"}, "after_bodies", None),
    ],
)
def test_each_kind_has_its_form(
    town: Town,
    enter: Enter,
    programme: Programme,
    kind: str,
    start: str,
    values: dict[str, str],
    field: str,
    expected: Any,
) -> None:
    url = adding(programme, kind, key(programme, start))
    client = enter("yen")

    assert client.get(url).status_code == 200
    assert client.post(url, {**WHY, **values}).status_code == 302
    change = AmendmentChange.objects.get()
    if expected is None:
        assert [(b["agency"], b["lead"]) for b in change.after_bodies] == [(town.agency.pk, True)]
    else:
        assert getattr(change, field).lower() == expected.lower()
    opened = text(client.get(address(programme, f"{change.public_id}/")))
    assert "chưa đủ số liệu" in opened


def test_an_addition_stands_where_it_is_put(enter: Enter, programme: Programme) -> None:
    values = {**WHY, "text": "Báo cáo dân vận.", "place": f"a:{key(programme, 'Báo cáo tình hình')}"}

    enter("yen").post(address(programme, "them/?loai=add"), values)

    page = text(enter("yen").get(address(programme, "xem-truoc/?xem=hop-nhat")))
    assert "1a. <ins>Báo cáo dân vận.</ins>" in page


def test_a_change_is_edited_and_removed(town: Town, enter: Enter, programme: Programme) -> None:
    change, client = planned(town, programme, "withdraw", key(programme, THIRD)), enter("chung")
    url = address(programme, f"{change.public_id}/")

    client.post(url, {**WHY, "reason": "trùng nội dung"})
    change.refresh_from_db()
    assert change.reason == "trùng nội dung"
    client.post(f"{url}bo/")
    assert not AmendmentChange.objects.exists()
    assert client.post(f"{url}bo/").status_code == 404


def test_an_unknown_kind_or_clause_leads_back(enter: Enter, programme: Programme) -> None:
    client = enter("yen")

    assert client.get(address(programme, "them/?loai=khac")).status_code == 302
    page = text(client.get(address(programme, "them/?loai=edit&muc=khong"), follow=True))
    assert "Mục này không có trong chương trình." in page


def test_a_meeting_that_was_moved_since_is_offered(enter: Enter, programme: Programme) -> None:
    Meeting.objects.filter(section__document=programme.pk).update(on="2026-11-27")
    client = enter("yen")

    page = text(client.get(address(programme)))
    (link,) = re.findall(r'href="([^"]*ngay=2026-11-27)"', page)

    assert "đã chuyển sang thứ Sáu, 27/11/2026." in page
    assert 'value="2026-11-27"' in text(client.get(link.replace("&amp;", "&")))


# ---------------------------------------------------------------- reading


def test_readers_see_the_text_in_force_and_the_original(
    town: Town, enter: Enter, programme: Programme
) -> None:
    planned(town, programme, "withdraw", key(programme, THIRD))
    before = enter("binh").get(f"{programme.get_absolute_url()}ban-in.pdf").content
    notice = amended(town, programme)
    client, page = enter("binh"), programme.get_absolute_url()

    now, original = text(client.get(page)), text(client.get(f"{page}?ban=goc"))

    assert "<del>Những việc giữa hai kỳ họp.</del>" in now
    assert "Rút theo Thông báo số 15-TB/ĐU" in now
    assert ("Những việc giữa hai kỳ họp." in original, "<del>" in original) == (True, False)
    for name in ("binh", "son"):
        there = f"{page}dieu-chinh/thong-bao/{notice.public_id}/"
        assert "Rút nội dung" in text(enter(name).get(there))
        assert enter(name).get(f"{there}ban-in.pdf").content.startswith(b"%PDF-")
    assert enter("mai").get(f"{page}dieu-chinh/thong-bao/{notice.public_id}/").status_code == 404
    assert client.get(f"{page}ban-in.pdf").content == before
    consolidated = client.get(f"{page}hop-nhat.pdf").content
    assert consolidated.startswith(b"%PDF-")
    assert consolidated == client.get(f"{page}hop-nhat.pdf").content


@pytest.mark.parametrize(("name", "status"), [("binh", 404), ("mai", 404)])
def test_there_is_no_consolidated_text_before_a_notice(
    enter: Enter, programme: Programme, name: str, status: int
) -> None:
    assert enter(name).get(f"{programme.get_absolute_url()}hop-nhat.pdf").status_code == status


def test_a_draft_notice_is_nobody_elses(town: Town, enter: Enter, programme: Programme) -> None:
    planned(town, programme, "withdraw", key(programme, THIRD))
    notice = drawn(town, programme)

    for name in ("binh", "yen"):
        there = f"{programme.get_absolute_url()}dieu-chinh/thong-bao/{notice.public_id}/"
        assert enter(name).get(there).status_code == 404


def test_texts_in_force_can_be_compared(town: Town, enter: Enter, programme: Programme) -> None:
    planned(town, programme, "withdraw", key(programme, THIRD))
    amended(town, programme)

    page = text(enter("yen").get(f"/van-ban/{programme.public_id}/so-sanh/?tu=goc&den=hop-nhat-1"))

    assert "1 chỗ thay đổi" in page
    assert "<del>Những việc giữa hai kỳ họp.</del>" in page


@pytest.mark.parametrize("part", ["dieu-chinh/", "dieu-chinh/xem-truoc/?xem=hop-nhat", ""])
def test_cost_does_not_grow(town: Town, enter: Enter, programme: Programme, part: str) -> None:
    planned(town, programme, "withdraw", key(programme, THIRD))
    amended(town, programme, 15)
    planned(town, programme, "edit", key(programme, "Triển khai"), text="Triển khai việc mới.")
    client, counts = enter("yen"), []
    for n in range(2):
        with CaptureQueriesContext(connection) as counted:
            assert client.get(f"{programme.get_absolute_url()}{part}").status_code == 200
        counts.append(len(counted))
        for m in range(6):
            planned(town, programme, "add", text=f"Nội dung {n}.{m}.", parent=key(programme, "Nhiệm vụ"))

    assert counts[0] == counts[1] <= 15, [q["sql"][:120] for q in counted]
    assert Clause.objects.filter(document=programme.pk).count() == 7
