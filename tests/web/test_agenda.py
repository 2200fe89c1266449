"""The agenda on the page of a meeting: forms with and without script, who may, what it costs."""

from __future__ import annotations

import datetime as dt
import re
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from meetings.models import AgendaItem, Attendee, Meeting, MeetingLog, Series, Session
from tests.factories import Town, draft, month
from tests.meetings.conftest import told_meeting
from tests.web.conftest import Enter

#: Statements of the answer to an action that changes nothing, for any number of items.
PART_QUERIES = 17

HTMX = {"HX-Request": "true"}


def text(response: Any) -> str:
    return re.sub(r"\s+", " ", response.content.decode())


def url(meeting: Meeting, *rest: str) -> str:
    return "/".join([f"/hoi-nghi/{meeting.public_id}", *rest, ""])


def rows(meeting: Meeting) -> list[AgendaItem]:
    return list(meeting.items.accepted().order_by("position"))


def ids(meeting: Meeting) -> list[str]:
    return [str(item.public_id) for item in rows(meeting)]


def held(town: Town, items: int = 3) -> Meeting:
    return told_meeting(town, dt.date(2026, 11, 19), items=items, tentative=False, state="held")


# ---------------------------------------------------------------- who may, and how

POSTS: dict[str, Callable[[Meeting], tuple[str, dict[str, object]]]] = {
    "add": lambda m: (url(m, "noi-dung", "them"), {"noi_dung": "Việc mới"}),
    "set": lambda m: (
        url(m, "noi-dung", "viec"),
        {"viec": "dat", "muc": ids(m)[:2], "muc_dich": "report", "phut": "15", "chu_tri": "UBND xã"},
    ),
    "move": lambda m: (url(m, "noi-dung", "viec"), {"viec": f"len:{ids(m)[1]}"}),
    "remove": lambda m: (url(m, "noi-dung", "viec"), {"viec": f"go:{ids(m)[1]}"}),
    "defer": lambda m: (url(m, "noi-dung", "viec"), {"viec": f"lui:{ids(m)[1]}"}),
    "item": lambda m: (url(m, "noi-dung", ids(m)[0]), {"noi_dung": "Sửa", "phut": "10"}),
    "outcome": lambda m: (url(m, "noi-dung", "ket-qua"), {f"kq-{ids(m)[0]}": "approved"}),
}


def meeting_for(town: Town, what: str) -> Meeting:
    return held(town) if what == "outcome" else told_meeting(town)


@pytest.mark.parametrize("what", POSTS)
def test_who_may_change_an_agenda(town: Town, enter: Enter, what: str) -> None:
    meeting = meeting_for(town, what)
    address, sent = POSTS[what](meeting)
    before = list(AgendaItem.objects.order_by("pk").values())

    got = {
        name: enter(name).post(address, sent).status_code
        for name in ("hoa", "son", "minh", "binh", "mai", "vinh", "lan")
    }

    assert got == {"hoa": 403, "son": 403, "minh": 404, "binh": 403, "mai": 404, "vinh": 404, "lan": 404}
    assert list(AgendaItem.objects.order_by("pk").values()) == before
    assert not MeetingLog.objects.exists()


@pytest.mark.parametrize("name", ["yen", "chung"])
@pytest.mark.parametrize("what", POSTS)
def test_the_office_changes_it_once_by_a_plain_form(town: Town, enter: Enter, what: str, name: str) -> None:
    meeting = meeting_for(town, what)
    address, sent = POSTS[what](meeting)

    answer = enter(name).post(address, sent)

    assert (answer.status_code, answer.headers["Location"]) == (302, url(meeting) + "#noi-dung-hop")
    assert MeetingLog.objects.count() == 1


@pytest.mark.parametrize("what", [what for what in POSTS if what not in ("add", "item")])
def test_an_action_is_no_page(town: Town, enter: Enter, what: str) -> None:
    meeting = meeting_for(town, what)

    assert enter("yen").get(POSTS[what](meeting)[0]).status_code == 405


@pytest.mark.parametrize("what", POSTS)
def test_a_concluded_meeting_answers_with_a_sentence(town: Town, enter: Enter, what: str) -> None:
    meeting = meeting_for(town, what)
    address, sent = POSTS[what](meeting)
    Meeting.objects.filter(pk=meeting.pk).update(state="concluded", tentative=False)
    before = list(AgendaItem.objects.order_by("pk").values())

    answer = enter("yen").post(address, sent, headers=HTMX)

    assert answer.status_code == 409
    assert "chương trình họp không đổi được nữa" in text(answer)
    assert list(AgendaItem.objects.order_by("pk").values()) == before


def test_the_script_gets_the_agenda_and_what_was_done(town: Town, enter: Enter) -> None:
    meeting = told_meeting(town)
    address, sent = POSTS["set"](meeting)

    page = text(enter("yen").post(address, sent, headers=HTMX))

    assert "<html" not in page
    assert 'data-said="Đã đặt cho 2 nội dung."' in page
    assert page.count("Báo cáo</span>") == 2
    assert MeetingLog.objects.count() == 1
    assert [(i.purpose, i.minutes) for i in rows(meeting)] == [("report", 15), ("report", 15), ("", None)]


@pytest.mark.parametrize(
    ("where", "sent", "sentence"),
    [
        ("viec", {"viec": "dat", "phut": "5"}, "Hãy chọn ít nhất một nội dung"),
        ("viec", {"viec": "dat", "muc": ["x"], "phut": "5"}, "Hãy chọn ít nhất một nội dung"),
        ("viec", {"viec": "dat", "muc": [str(uuid.uuid4())], "phut": "5"}, "không còn"),
        ("viec", {"viec": "dat", "muc": "*"}, "Hãy chọn cơ quan, mục đích"),
        ("viec", {"viec": "dat", "muc": "*", "phut": "năm"}, "Số phút phải là số"),
        ("viec", {"viec": "dat", "muc": "*", "phut": "999"}, "từ 1 đến 480"),
        ("viec", {"viec": "dat", "muc": "*", "phien": "77"}, "Phiên này không còn"),
        ("viec", {"viec": "dat", "muc": "*", "phien": "\0"}, "Phiên này không còn"),
        ("viec", {"viec": "dat", "muc": "*", "muc_dich": "x"}, "không có trong danh sách"),
        ("viec", {"viec": "dat", "muc": "*", "ket_qua": "approved"}, "sau khi hội nghị đã họp"),
        ("viec", {"viec": "nhảy", "muc": "*"}, "không có trong danh sách"),
        ("viec", {}, "Hãy chọn ít nhất một nội dung"),
        ("them", {"noi_dung": " \n "}, "Hãy viết nội dung"),
        ("them", {}, "Hãy viết nội dung"),
        ("ket-qua", {f"kq-{uuid.uuid4()}": "approved"}, "không còn trong chương trình họp"),
    ],
)
def test_what_makes_no_sense_gets_a_sentence_and_changes_nothing(
    town: Town, enter: Enter, where: str, sent: dict[str, Any], sentence: str
) -> None:
    meeting = told_meeting(town)
    sent = {name: ids(meeting) if value == "*" else value for name, value in sent.items()}
    before = list(AgendaItem.objects.order_by("pk").values())

    answer = enter("yen").post(url(meeting, "noi-dung", where), sent, headers=HTMX)

    assert answer.status_code == 409
    assert sentence in text(answer)
    assert list(AgendaItem.objects.order_by("pk").values()) == before
    assert not MeetingLog.objects.exists()


def test_a_text_that_was_refused_stays_in_its_field(town: Town, enter: Enter) -> None:
    meeting = told_meeting(town)
    long = "a" * 1200

    added = enter("yen").post(url(meeting, "noi-dung", "them"), {"noi_dung": f"Việc\n{long}"})
    item = enter("yen").post(
        url(meeting, "noi-dung", ids(meeting)[0]), {"noi_dung": "Sửa dở", "phut": "abc", "chu_tri": "Phòng X"}
    )

    assert (added.status_code, item.status_code) == (409, 409)
    assert long in text(added)
    assert 'value="abc"' in text(item)
    assert "Sửa dở</textarea>" in text(item)
    assert not MeetingLog.objects.exists()


def test_one_item_has_a_page_with_everything_of_it(town: Town, enter: Enter) -> None:
    meeting = told_meeting(town)
    session = Session.objects.create(meeting=meeting, position=1, title="Phiên sáng")
    address = url(meeting, "noi-dung", ids(meeting)[0])
    sent = {
        "noi_dung": "Đề án C",
        "chu_tri": "phòng kinh tế",
        "phoi_hop": "UBND xã; Sở Văn hóa, Thể thao và Du lịch",
        "muc_dich": "decide",
        "phut": "30",
        "phien": str(session.pk),
        "nguoi_bao_cao": "Anh Bình",
        "tai_lieu": ["0"],
    }

    shown = text(enter("yen").get(address))
    answer = enter("yen").post(address, sent)
    enter("yen").post(address, sent)

    assert "Phiên sáng" in shown
    assert answer.status_code == 302
    item = rows(meeting)[0]
    assert (item.text, item.purpose, item.minutes, item.session, item.presenter, item.needs_documents) == (
        "Đề án C",
        "decide",
        30,
        session,
        "Anh Bình",
        False,
    )
    assert [(b.name, b.agency_id is not None, b.lead) for b in item.preparing.order_by("position")] == [
        ("Phòng Kinh tế", True, True),
        ("UBND xã", True, False),
        ("Sở Văn hóa, Thể thao và Du lịch", False, False),
    ]
    assert MeetingLog.objects.count() == 1


def test_a_picked_agency_is_that_one_and_no_other(town: Town, enter: Enter) -> None:
    meeting = told_meeting(town, items=1)
    sent = {
        "viec": "dat",
        "muc": ids(meeting),
        "chu_tri": "Hội Nông dân xã",
        "chu_tri_id": str(town.stranger.pk),
    }

    enter("yen").post(url(meeting, "noi-dung", "viec"), sent)

    assert [b.agency for b in rows(meeting)[0].preparing.all()] == [town.stranger]


def test_no_item_of_another_meeting_is_reached(town: Town, enter: Enter) -> None:
    meeting, other = told_meeting(town), told_meeting(town)
    client = enter("yen")

    page = client.post(url(meeting, "noi-dung", ids(other)[0]), {"noi_dung": "Sửa"})
    action = client.post(url(meeting, "noi-dung", "viec"), {"viec": f"go:{ids(other)[0]}"}, headers=HTMX)

    assert (page.status_code, action.status_code) == (404, 409)
    assert len(rows(other)) == 3


# ---------------------------------------------------------------- what is shown


def test_ranges_sessions_times_and_warnings_are_shown(town: Town, enter: Enter) -> None:
    meeting = told_meeting(town, items=4)
    morning = Session.objects.create(
        meeting=meeting, position=1, title="Phiên sáng", starts_at=dt.time(8), ends_at=dt.time(9)
    )
    later = Session.objects.create(meeting=meeting, position=2, title="Phiên chiều", part_of_day="afternoon")
    for n, item in enumerate(rows(meeting)):
        AgendaItem.objects.filter(pk=item.pk).update(minutes=40, session=morning if n < 2 else later)

    page = text(enter("yen").get(url(meeting)))

    assert "(Phòng Kinh tế chuẩn bị nội dung 1-4)" in page
    assert page.index("Phiên sáng <span") < page.index("Báo cáo số 1.") < page.index("Báo cáo số 3.")
    assert "2 giờ 40 phút" in page
    assert "Phiên sáng: quá 20 phút so với thời gian của buổi." in page
    assert "nội dung 3, 4" in page


def test_half_days_fill_one_after_the_other(town: Town, enter: Enter) -> None:
    meeting = told_meeting(town, items=4, starts_at=dt.time(8))
    AgendaItem.objects.filter(meeting=meeting).update(minutes=100)

    page = text(enter("yen").get(url(meeting)))

    assert "Sáng 08:00-11:30" in page
    assert "nội dung 1, 2" in page
    assert "Chiều 14:00-17:00" in page
    assert "Chiều 14:00-17:00: quá 20 phút" in page


def test_an_agency_reads_the_agenda_without_proposals_and_fields(town: Town, enter: Enter) -> None:
    meeting = told_meeting(town, chair=None)
    Attendee.objects.create(meeting=meeting, position=1, agency=town.agency)
    AgendaItem.objects.create(meeting=meeting, position=4, text="Đề xuất kín", state="proposed")

    page, office = text(enter("binh").get(url(meeting))), text(enter("yen").get(url(meeting)))

    assert "Báo cáo số 1." in page
    assert "Đề xuất kín" not in page
    assert "ag-them" not in page
    assert "agenda.js" not in page
    assert "Đề xuất kín" in office
    assert "ag-them" in office


def test_the_past_of_a_carried_item_is_shown_to_the_office(town: Town, enter: Enter) -> None:
    series = Series.objects.create(issuing_body=town.party, title="BTV", frequency="by_rule")
    first = told_meeting(town, dt.date(2026, 10, 29), items=1, series=series)
    second = told_meeting(town, dt.date(2026, 11, 26), items=0, series=series)
    third = told_meeting(town, dt.date(2026, 12, 24), items=0, series=series)
    one = rows(first)[0]
    two = AgendaItem.objects.create(meeting=second, position=1, text="B", carried_from=one)
    AgendaItem.objects.create(meeting=third, position=1, text="B", carried_from=two, state="proposed")

    page = text(enter("yen").get(url(third)))

    assert "Lùi từ hội nghị ngày 26/11/2026; trước đó 29/10/2026" in page


def test_proposals_are_taken_or_refused(town: Town, enter: Enter) -> None:
    meeting = told_meeting(town)
    one, two = (
        AgendaItem.objects.create(meeting=meeting, position=n, text=f"Đề xuất {n}", state="proposed")
        for n in (4, 5)
    )
    client = enter("yen")

    client.post(url(meeting, "noi-dung", "viec"), {"viec": f"nhan:{one.public_id}"})
    client.post(url(meeting, "noi-dung", "viec"), {"viec": f"khong-nhan:{two.public_id}"})
    page = text(client.get(url(meeting)))

    assert [item.text for item in rows(meeting)][-1] == "Đề xuất 4"
    assert "1 nội dung đã lùi hoặc không nhận" in page
    assert set(MeetingLog.objects.values_list("action", flat=True)) == {
        "meeting.agenda_accept",
        "meeting.agenda_decline",
    }


def test_outcomes_are_counted_down_until_the_meeting_can_be_concluded(town: Town, enter: Enter) -> None:
    meeting = held(town)
    client = enter("yen")
    first = ids(meeting)[0]
    address = url(meeting, "noi-dung", "ket-qua")

    before = text(client.get(url(meeting)))
    client.post(url(meeting, "viec", "conclude"))
    one = text(
        client.post(address, {f"kq-{first}": "returned", f"gc-{first}": "Bổ sung số liệu"}, headers=HTMX)
    )
    rest = text(client.post(address, {"con_lai": "approved"}, headers=HTMX))
    client.post(url(meeting, "viec", "conclude"))
    after = text(client.get(url(meeting)))

    assert "còn 3 nội dung chưa có kết quả" in before
    assert "còn 2 nội dung chưa có kết quả" in one
    assert "mọi nội dung đã có kết quả" in rest
    assert [(i.outcome, i.outcome_note) for i in rows(meeting)] == [
        ("returned", "Bổ sung số liệu"),
        ("approved", ""),
        ("approved", ""),
    ]
    assert Meeting.objects.get(pk=meeting.pk).state == "concluded"
    assert MeetingLog.objects.filter(action="meeting.conclude").count() == 1
    assert "ag-them" not in after
    assert "Bổ sung số liệu" in after


def test_the_office_reads_where_a_postponed_item_goes(town: Town, enter: Enter) -> None:
    series = Series.objects.create(issuing_body=town.party, title="BTV", frequency="by_rule")
    alone, last = held(town, items=1), held(town, items=2)
    Meeting.objects.filter(pk=last.pk).update(series=series)
    client = enter("yen")

    def postpone(meeting: Meeting, n: int) -> str:
        sent = {f"kq-{ids(meeting)[n]}": "postponed"}
        return text(client.post(url(meeting, "noi-dung", "ket-qua"), sent, headers=HTMX))

    nowhere, later = postpone(alone, 0), postpone(last, 0)
    following = told_meeting(town, dt.date(2026, 12, 24), items=0, series=series)
    there = postpone(last, 1)

    assert "không thuộc loạt nào" in nowhere
    assert "khi lập hội nghị kỳ sau" in later
    assert "đề xuất của hội nghị ngày 24/12/2026" in there
    assert [item.text for item in following.items.all()] == ["Báo cáo số 2."]


def test_the_draft_says_what_the_page_changed(town: Town, enter: Enter) -> None:
    programme = draft(town, month(12))
    meeting = Meeting.objects.get()
    client = enter("yen")

    client.post(url(meeting, "noi-dung", "viec"), {"viec": f"xuong:{ids(meeting)[0]}"})
    client.post(url(meeting, "noi-dung", "them"), {"noi_dung": "Việc bổ sung"})

    page = text(client.get(programme.get_absolute_url()))
    places = [page.index(words) for words in ("tiến độ các dự án", "tình hình kinh tế", "Việc bổ sung")]
    assert places == sorted(places)


# ---------------------------------------------------------------- what it costs


def cost(client: Client, do: Callable[[], Any]) -> int:
    do()
    with CaptureQueriesContext(connection) as counted:
        answer = do()
    assert answer.status_code == 200
    return len(counted)


@pytest.mark.parametrize("count", [3, 120])
def test_the_agenda_costs_the_same_for_any_number_of_items(town: Town, enter: Enter, count: int) -> None:
    series = Series.objects.create(issuing_body=town.party, title="BTV", frequency="by_rule")
    before = told_meeting(town, dt.date(2026, 11, 19), items=count, series=series)
    meeting = told_meeting(town, items=count, series=series)
    for item, source in zip(rows(meeting), rows(before), strict=True):
        AgendaItem.objects.filter(pk=item.pk).update(carried_from=source, purpose="report", minutes=5)
    client = enter("yen")
    sent = {"viec": "dat", "muc": ids(meeting), "muc_dich": "report"}

    part = cost(client, lambda: client.post(url(meeting, "noi-dung", "viec"), sent, headers=HTMX))

    assert part == PART_QUERIES
