"""The page of a meeting, its form, its move and its steps: who may, what is said, what changes."""

from __future__ import annotations

import datetime as dt
import html
import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from assignments.models import Notification
from meetings.models import AgendaItem, Attendee, Meeting, MeetingLog, PreparingBody, Room, Series
from meetings.planning import Plan
from tests.factories import NOW, AgencyFactory, PersonFactory, Town, issued, month
from tests.factories import draft as a_draft
from tests.meetings.conftest import attends, told_meeting
from tests.web.conftest import Enter

#: Statements of a meeting's page for its drafter, whatever is in it.
PAGE_QUERIES = 14
OFFICE = {"yen", "chung", "hoa", "son"}
DRAFTERS = {"yen", "chung"}
ALL = set(Town.PEOPLE)


def text(response: Any) -> str:
    return html.unescape(re.sub(r"\s+", " ", response.content.decode()))


def said(client: Client, response: Any) -> str:
    """What the page after a redirect says."""
    assert response.status_code == 302, text(response)[:400]
    return text(client.get(response["Location"]))


@pytest.fixture
def meeting(town: Town) -> Meeting:
    """Told, tentative, on a Wednesday; anh Bình's agency prepares, anh Sơn chairs."""
    return told_meeting(town)


def at(meeting: Meeting, rest: str = "") -> str:
    return f"/hoi-nghi/{meeting.public_id}/{rest}"


# Who reaches which page, by state of being told.
PAGES: dict[str, tuple[str, set[str], set[str]]] = {
    "page": ("", OFFICE | {"binh"}, OFFICE),
    "edit": ("sua/", DRAFTERS, DRAFTERS),
    "move": ("doi-ngay/", DRAFTERS, DRAFTERS),
    "step": ("viec/postpone/", DRAFTERS, DRAFTERS),
    "history": ("lich-su/", OFFICE, OFFICE),
    "clashes": ("trung-lich/", OFFICE, OFFICE),
}


@pytest.mark.parametrize("told", [True, False])
def test_who_reaches_which_page(town: Town, enter: Enter, meeting: Meeting, told: bool) -> None:
    Meeting.objects.update(announced_at=NOW if told else None)
    seen = PAGES["page"][1 if told else 2]

    for name in Town.PEOPLE:
        client = enter(name)
        for page, (rest, of_told, of_untold) in PAGES.items():
            allowed = of_told if told else of_untold
            expected = 200 if name in allowed else 403 if name in seen else 404
            assert client.get(at(meeting, rest)).status_code == expected, (name, page)


def test_only_planners_open_the_form_of_a_new_one(town: Town, enter: Enter) -> None:
    for name in Town.PEOPLE:
        expected = 200 if name in DRAFTERS | {"minh"} else 403
        assert enter(name).get("/hoi-nghi/lap/").status_code == expected, name
        assert enter(name).get("/hoi-nghi/lap/tim-nguoi/?q=binh").status_code == expected, name


@pytest.mark.parametrize(
    ("rest", "method"),
    [
        ("sua/", "put"),
        ("doi-ngay/", "delete"),
        ("viec/confirm/", "put"),
        ("lich-su/", "post"),
        ("trung-lich/", "post"),
        ("", "post"),
    ],
)
def test_other_methods_are_refused(enter: Enter, meeting: Meeting, rest: str, method: str) -> None:
    assert getattr(enter("yen"), method)(at(meeting, rest)).status_code == 405


def test_the_page_says_day_place_people_and_plan(town: Town, enter: Enter, meeting: Meeting) -> None:
    room = Room.objects.create(name="Phòng họp tầng 2", issuing_body=town.party)
    Meeting.objects.update(room=room, starts_at="08:00", ends_at="11:30")
    attends(meeting, text="Các đồng chí ủy viên Ban Thường vụ")
    attends(meeting, person=town.chung, part="secretary")

    page = text(enter("yen").get(at(meeting)))

    assert (
        "thứ Tư, 23/12/2026, 08:00 đến 11:30. Phòng họp tầng 2. 2 thành phần dự, 1 cơ quan chuẩn bị" in page
    )
    assert "Giáp Văn Sơn" in page
    assert "Các đồng chí ủy viên Ban Thường vụ" in page
    assert "Nhận tài liệu" in page
    assert "trước 5 ngày làm việc" in page
    assert "Đã trừ:" in page
    assert "thứ Bảy 12/12, Chủ nhật 13/12" in page
    assert "Chốt chính thức" in page
    assert "Đổi ngày…" in page


def test_outsiders_read_and_do_nothing(town: Town, enter: Enter, meeting: Meeting) -> None:
    page = text(enter("binh").get(at(meeting)))

    assert "Báo cáo số 1." in page
    assert "Nhận tài liệu" in page
    for word in ("Đổi ngày…", "Việc khác", "Chốt chính thức", "lich-su", "sua/", "trung-lich"):
        assert word not in page, word


def test_who_is_asked_for_one_item_reads_the_head_and_that_item(
    town: Town, enter: Enter, meeting: Meeting
) -> None:
    second = meeting.items.all()[1]
    attends(meeting, person=town.lan, item=second)
    attends(meeting, person=town.chung)

    page = text(enter("lan").get(at(meeting)))

    assert "Hội nghị Ban Thường vụ Đảng ủy" in page
    assert "Báo cáo số 2." in page
    assert "Báo cáo số 1." not in page
    assert "Báo cáo số 3." not in page
    assert "Vi Văn Chung" not in page
    assert "Kế hoạch tính lùi" not in page


def test_the_agenda_of_an_issued_programme_stays_readable_for_its_readers(town: Town, enter: Enter) -> None:
    issued(town, month(12))
    meeting = Meeting.objects.get()

    page = text(enter("binh").get(at(meeting)))

    assert "Những việc giữa hai kỳ họp." in page


def test_proposals_are_the_office_s_alone(town: Town, enter: Enter, meeting: Meeting) -> None:
    AgendaItem.objects.create(meeting=meeting, position=9, text="Đề xuất kín", state="proposed")

    assert "Đề xuất kín" not in text(enter("binh").get(at(meeting)))


def many(meeting: Meeting, town: Town, items: int, people: int) -> None:
    rows = AgendaItem.objects.bulk_create(
        AgendaItem(meeting=meeting, position=n, text=f"Nội dung {n}", minutes=10)
        for n in range(10, 10 + items)
    )
    PreparingBody.objects.bulk_create(
        PreparingBody(item=row, agency=town.agency, name="Phòng Kinh tế") for row in rows
    )
    Attendee.objects.bulk_create(
        Attendee(meeting=meeting, position=n, person=PersonFactory.create()) for n in range(people)
    )
    for n in range(people):
        Attendee.objects.create(meeting=meeting, position=n, agency=AgencyFactory.create())
        MeetingLog.objects.create(meeting=meeting, at=NOW, action="meeting.confirm")


@pytest.mark.parametrize(("items", "people"), [(0, 0), (117, 20)])
def test_a_page_costs_the_same_however_full(
    town: Town, enter: Enter, meeting: Meeting, items: int, people: int
) -> None:
    many(meeting, town, items, people)
    client = enter("yen")
    client.get(at(meeting))

    with CaptureQueriesContext(connection) as counted:
        assert client.get(at(meeting)).status_code == 200

    assert len(counted) == PAGE_QUERIES, [q["sql"][:100] for q in counted]


# -- steps


def arranged(meeting: Meeting, action: str) -> None:
    """Bring the meeting where the action is possible."""
    needs: dict[str, dict[str, Any]] = {
        "confirm": {},
        "announce": {"announced_at": None},
        "invite": {"tentative": False},
        "hold": {"tentative": False, "on": NOW.date()},
        "conclude": {"tentative": False, "state": "held", "on": NOW.date()},
        "reopen": {"tentative": False, "state": "concluded", "on": NOW.date()},
        "postpone": {},
        "cancel": {},
    }
    Meeting.objects.filter(pk=meeting.pk).update(**needs[action])
    if action == "conclude":
        meeting.items.update(outcome="approved")


#: action → a state where it is not offered, what the state is called
WRONG: dict[str, tuple[str, str]] = {
    "confirm": ("cancelled", "Hủy"),
    "announce": ("cancelled", "Hủy"),
    "invite": ("postponed", "Hoãn"),
    "hold": ("cancelled", "Hủy"),
    "conclude": ("planned", "Đã lên lịch"),
    "reopen": ("planned", "Đã lên lịch"),
    "postpone": ("cancelled", "Hủy"),
    "cancel": ("cancelled", "Hủy"),
}


@pytest.mark.parametrize("action", WRONG)
def test_a_step_is_done_once_and_logged_once(enter: Enter, meeting: Meeting, action: str) -> None:
    arranged(meeting, action)
    client = enter("yen")

    first = client.post(at(meeting, f"viec/{action}/"), {"note": "Theo ý kiến Thường trực"})
    second = client.post(at(meeting, f"viec/{action}/"), {"note": "Theo ý kiến Thường trực"})

    assert first.status_code == 302
    assert "không làm việc này được" in said(client, second)
    assert [entry.action for entry in meeting.log.all()] == [f"meeting.{action}"]


@pytest.mark.parametrize("action", WRONG)
def test_a_step_in_a_wrong_state_says_so_and_changes_nothing(
    enter: Enter, meeting: Meeting, action: str
) -> None:
    state, words = WRONG[action]
    certain = state == "planned"
    Meeting.objects.update(state=state, tentative=not certain, **({} if certain else {"on": None}))
    before = Meeting.objects.values().get()
    client = enter("chung")

    page = said(client, client.post(at(meeting, f"viec/{action}/"), {"note": "x"}))

    assert f"Hội nghị đang ở trạng thái “{words}”, không làm việc này được." in page
    assert Meeting.objects.values().get() == before
    assert not meeting.log.exists()


@pytest.mark.parametrize("action", WRONG)
@pytest.mark.parametrize(
    ("name", "code"), [("mai", 404), ("minh", 404), ("hoa", 403), ("son", 403), ("binh", 403)]
)
def test_a_step_is_the_planners_alone(
    enter: Enter, meeting: Meeting, action: str, name: str, code: int
) -> None:
    arranged(meeting, action)
    Meeting.objects.update(announced_at=NOW)

    assert enter(name).post(at(meeting, f"viec/{action}/"), {"note": "x"}).status_code == code
    assert not meeting.log.exists()


@pytest.mark.parametrize("action", ["reopen", "postpone", "cancel"])
def test_a_step_that_needs_a_reason_asks_for_it(enter: Enter, meeting: Meeting, action: str) -> None:
    arranged(meeting, action)

    response = enter("yen").post(at(meeting, f"viec/{action}/"), {"note": "  "})

    assert response.status_code == 409
    assert "Hãy ghi lý do." in text(response)
    assert not meeting.log.exists()


def test_an_unknown_step_is_not_found(enter: Enter, meeting: Meeting) -> None:
    assert enter("yen").post(at(meeting, "viec/bay/")).status_code == 404


def test_what_has_no_outcome_is_named_before_the_end(enter: Enter, meeting: Meeting) -> None:
    arranged(meeting, "conclude")
    meeting.items.filter(position__in=(2, 3)).update(outcome="")

    response = enter("yen").post(at(meeting, "viec/conclude/"))

    assert response.status_code == 409
    assert "nội dung 2, 3 chưa có kết quả" in text(response)


def test_the_reason_and_what_was_done_stand_in_the_history(enter: Enter, meeting: Meeting) -> None:
    client = enter("yen")
    client.post(at(meeting, "viec/postpone/"), {"note": "Trùng kỳ họp Hội đồng nhân dân"})

    part = text(client.get(at(meeting, "lich-su/"), headers={"HX-Request": "true"}))
    assert "<html" not in part
    for page in (part, text(client.get(at(meeting, "lich-su/")))):
        assert "Nguyễn Thị Hải Yến hoãn hội nghị" in page
        assert "Trùng kỳ họp Hội đồng nhân dân" in page


# -- making and changing


def form(**values: Any) -> dict[str, Any]:
    """What a browser sends for a small meeting."""
    sent: dict[str, Any] = {
        "title": "Hội nghị giao ban",
        "when": "tentative",
        "on": "2026-12-24",
        "part_of_day": "morning",
        "starts_at": "07h30",
        "key": "7c2f4a0e-5f0e-4f3e-9d25-0a3b1c5d7e9f",
    }
    for rows in ("sessions", "points", "attendees"):
        sent |= {f"{rows}-TOTAL_FORMS": "0", f"{rows}-INITIAL_FORMS": "0"}
    return sent | values


def rows(name: str, *given: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {f"{name}-TOTAL_FORMS": str(len(given)), f"{name}-INITIAL_FORMS": "0"}
    for n, row in enumerate(given):
        found |= {f"{name}-{n}-{field}": value for field, value in row.items()}
    return found


def for_party(town: Town, **values: Any) -> dict[str, Any]:
    return form(issuing_body=str(town.party.pk), **values)


def test_a_meeting_is_made_from_the_form(town: Town, enter: Enter) -> None:
    client = enter("yen")
    sent = for_party(
        town,
        chair=str(town.son.pk),
        documents_days="3",
        **rows("sessions", {"title": "Khối A"}, {}, {"title": "Khối B", "starts_at": "14 giờ 00"}),
        **rows("points", {"name": "Điểm cầu xã", "agency": "phong kinh te"}),
        **rows(
            "attendees",
            {"who": "Các đồng chí ủy viên", "part": "member"},
            {"who": "phòng kinh tế", "part": "guest", "scope": "s2"},
            {"who": "Trần Văn Bình", "ref": f"p{town.binh.pk}", "part": "guest"},
            {"who": ""},
        ),
    )

    response = client.post("/hoi-nghi/lap/", sent)
    again = client.post("/hoi-nghi/lap/", sent)

    meeting = Meeting.objects.get()
    assert response["Location"] == again["Location"] == at(meeting)
    assert (meeting.on, meeting.starts_at, meeting.tentative) == (dt.date(2026, 12, 24), dt.time(7, 30), True)
    assert [(str(a), a.part, str(a.session or "")) for a in meeting.attendees.all()] == [
        ("Các đồng chí ủy viên", "member", ""),
        ("Phòng Kinh tế", "guest", "Khối B"),
        ("Trần Văn Bình", "guest", ""),
    ]
    assert [(p.name, p.agency) for p in meeting.points.all()] == [("Điểm cầu xã", town.agency)]
    assert meeting.log.count() == 1


def test_rows_keep_the_order_of_their_numbers(town: Town, enter: Enter) -> None:
    people = rows(
        "attendees", {"who": "Hai", "ORDER": "2"}, {"who": "Một", "ORDER": "1"}, {"who": "Bỏ", "DELETE": "on"}
    )

    enter("yen").post("/hoi-nghi/lap/", for_party(town, **people))

    assert [a.text for a in Meeting.objects.get().attendees.all()] == ["Một", "Hai"]


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"title": ""}, "Hãy nhập tên hội nghị."),
        ({"on": ""}, "Hãy chọn ngày, hoặc chọn “Chưa có ngày”."),
        ({"on": "31/4/2026"}, "Ngày này không có."),
        ({"on": "0026-12-24"}, "Năm phải từ 1945 đến 2100."),
        ({"when": "weekly"}, "Hãy chọn thứ trong tuần."),
        ({"when": "nonsense"}, "nonsense"),
        ({"starts_at": "sáng sớm"}, "Chưa hiểu giờ này."),
        ({"starts_at": "9h", "ends_at": "8h"}, "Giờ kết thúc phải sau giờ bắt đầu."),
        ({"part_of_day": "afternoon"}, "Giờ này thuộc buổi sáng."),
        ({"documents_days": "1000"}, "Chỉ nhận từ 0 đến 60 ngày làm việc."),
        ({"documents_days": "ba"}, "Hãy ghi số ngày làm việc"),
        ({"chair_text": "Đồng chí Bí thư", "chair": "SON"}, "không cả hai"),
        ({"room": "9999"}, "Phòng này thuộc cơ quan khác"),
        ({"series": "9999"}, "series"),
        ({"issuing_body": "abc", "title": ""}, "tên hội nghị"),
        (rows("sessions", {"title": "A", "starts_at": "10h", "ends_at": "9h"}), "Giờ kết thúc phải sau"),
        (rows("points", {"name": "A", "agency": "Không có ai"}), "Không có cơ quan nào tên này."),
        (rows("attendees", {"who": "A", "scope": "s7"}), "Phiên này không còn."),
        (rows("attendees", {"who": "A"}, {"who": "a"}), "Đã có ở dòng trên."),
    ],
)
def test_a_mistake_is_said_and_the_words_stay(
    town: Town, enter: Enter, values: dict[str, Any], sentence: str
) -> None:
    sent = for_party(town, place="Hội trường lớn") | values
    sent = {key: str(town.son.pk) if value == "SON" else value for key, value in sent.items()}

    response = enter("yen").post("/hoi-nghi/lap/", sent)

    assert response.status_code == 422
    assert sentence in text(response)
    assert "Hội trường lớn" in text(response)
    assert not Meeting.objects.exists()


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"sessions-TOTAL_FORMS": "x"},
        {"attendees-TOTAL_FORMS": "999999", "attendees-INITIAL_FORMS": "0"},
        {"key": "x", "title": "\0"},
        {"more": "x"},
        {"fill": "1", "series": "x"},
    ],
)
def test_garbage_is_no_error_of_the_server(town: Town, enter: Enter, sent: dict[str, Any]) -> None:
    for data in (sent, for_party(town) | sent):
        client = enter("yen")
        assert client.post("/hoi-nghi/lap/", data).status_code in (200, 302, 422)
        assert client.post("/hoi-nghi/lap/xem-truoc/", data).status_code == 200


def test_a_day_off_is_saved_only_when_it_was_accepted(town: Town, enter: Enter) -> None:
    client, sent = enter("yen"), for_party(town, on="2026-12-26")

    asked = client.post("/hoi-nghi/lap/", sent)
    wrong = client.post("/hoi-nghi/lap/", sent | {"accept": "0000"})
    tick = re.search(r'name="accept" value="(\w+)"', text(asked))
    assert tick
    kept = client.post("/hoi-nghi/lap/xem-truoc/", sent | {"accept": tick[1]})
    saved = client.post("/hoi-nghi/lap/", sent | {"accept": tick[1]})

    assert (asked.status_code, wrong.status_code, saved.status_code) == (422, 422, 302)
    assert "thứ Bảy, 26/12/2026 là ngày nghỉ cuối tuần." in text(asked)
    assert f'value="{tick[1]}" checked' in text(kept)
    assert Meeting.objects.get().on == dt.date(2026, 12, 26)


def test_clashes_show_while_the_form_is_filled(town: Town, enter: Enter) -> None:
    told_meeting(town, dt.date(2026, 12, 24), part_of_day="morning")
    sent = for_party(town, chair=str(town.son.pk), documents_days="2")

    ahead = text(enter("yen").post("/hoi-nghi/lap/xem-truoc/", sent))

    assert "Đồng chí Giáp Văn Sơn chủ trì Hội nghị Ban Thường vụ Đảng ủy cùng buổi sáng." in ahead
    assert "Nhận tài liệu" in ahead
    assert "thứ Hai, 21/12/2026" in ahead
    assert 'name="accept"' in ahead
    assert Meeting.objects.count() == 1


def test_a_series_fills_in_what_was_not_typed(town: Town, enter: Enter) -> None:
    series = Series.objects.create(
        issuing_body=town.party, title="Hội nghị BTV", frequency="by_rule", chair=town.son, documents_days=5
    )
    series.attendees.create(agency=town.agency)

    page = text(
        enter("yen").post(
            "/hoi-nghi/lap/", for_party(town, series=str(series.pk), title="Tên tôi ghi", fill="1")
        )
    )
    opened = text(enter("yen").get(f"/hoi-nghi/lap/?loat={series.public_id}&ngay=2026-12-24&buoi=afternoon"))

    assert 'value="Tên tôi ghi"' in page
    assert 'value="Phòng Kinh tế"' in page
    assert 'name="documents_days" value="5"' in page
    assert 'value="Hội nghị BTV"' in opened
    assert 'value="2026-12-24"' in opened
    assert not Meeting.objects.exists()


def test_more_rows_come_without_script_and_keep_the_words(town: Town, enter: Enter) -> None:
    people = rows("attendees", {"who": "Các đồng chí ủy viên"})

    page = text(enter("yen").post("/hoi-nghi/lap/", for_party(town, more="attendees", **people)))

    assert 'value="Các đồng chí ủy viên"' in page
    assert 'name="attendees-TOTAL_FORMS" value="7"' in page


def test_a_name_that_two_bear_is_asked_about(town: Town, enter: Enter) -> None:
    twin = PersonFactory.create(full_name="Trần Văn Bình", position="Trưởng Công an xã")
    twin.memberships.create(role="officer", agency=town.stranger, since="2020-01-01")
    client = enter("yen")

    asked = text(
        client.post("/hoi-nghi/lap/", for_party(town, **rows("attendees", {"who": "Trần Văn Bình"})))
    )
    sent = rows("attendees", {"who": "Trần Văn Bình", "ref": f"p{twin.pk}"})
    client.post("/hoi-nghi/lap/", for_party(town, **sent))

    assert "Có nhiều người, cơ quan cùng tên này." in asked
    assert "Trần Văn Bình (Trưởng Công an xã)" in asked
    assert Meeting.objects.get().attendees.get().person == twin


def test_persons_are_searched_without_marks(town: Town, enter: Enter) -> None:
    answer = enter("yen").get("/hoi-nghi/lap/tim-nguoi/?q=tran van binh").json()

    assert [each["name"] for each in answer["people"]] == ["Trần Văn Bình"]
    assert enter("yen").get("/hoi-nghi/lap/tim-nguoi/?q=").json() == {"people": []}


def head_of(meeting: Meeting, **values: Any) -> dict[str, Any]:
    """What the form of an existing meeting sends."""
    sent = form(title=meeting.title, seen=Plan.of(meeting).seen, chair=str(meeting.chair_id))
    for name in ("registration_days", "appraisal_days", "documents_days", "invitation_days"):
        sent[name] = str(getattr(meeting, name))
    return sent | values


def test_the_head_is_changed_and_the_day_is_not(enter: Enter, meeting: Meeting) -> None:
    client = enter("yen")
    sent = head_of(meeting, title="Hội nghị mở rộng", on="2027-01-01")

    first, second = client.post(at(meeting, "sua/"), sent), client.post(at(meeting, "sua/"), sent)

    assert (first.status_code, second.status_code) == (302, 302)
    now = Meeting.objects.get()
    assert (now.title, now.on) == ("Hội nghị mở rộng", dt.date(2026, 12, 23))
    assert [entry.action for entry in meeting.log.all()] == ["meeting.change"]


def test_the_second_to_save_keeps_the_words_and_sees_the_difference(enter: Enter, meeting: Meeting) -> None:
    mine, other = head_of(meeting, title="Tên của chị Yến"), head_of(meeting, title="Tên của anh Chung")
    enter("chung").post(at(meeting, "sua/"), other)
    client = enter("yen")

    stale = client.post(at(meeting, "sua/"), mine)
    page = text(stale)
    seen = re.search(r'name="seen" value="(\w+)"', page)
    assert seen
    after = client.post(at(meeting, "sua/"), mine | {"seen": seen[1]})

    assert stale.status_code == 409
    assert "Người khác vừa sửa hội nghị này." in page
    assert "<dt>tên hội nghị</dt><dd>Tên của anh Chung</dd>" in page
    assert 'value="Tên của chị Yến"' in page
    assert after.status_code == 302
    assert Meeting.objects.get().title == "Tên của chị Yến"


@pytest.mark.parametrize("name", ["hoa", "son", "binh", "mai"])
def test_others_change_nothing(enter: Enter, meeting: Meeting, name: str) -> None:
    client = enter(name)

    for rest in ("sua/", "doi-ngay/"):
        assert client.post(at(meeting, rest), head_of(meeting, title="x")).status_code in (403, 404)

    assert not meeting.log.exists()


def test_the_page_of_an_issued_meeting_says_that_the_paper_stays(town: Town, enter: Enter) -> None:
    issued(town, month(12))

    assert "văn bản giữ nguyên như đã in" in text(enter("yen").get(at(Meeting.objects.get(), "sua/")))


def test_a_meeting_of_a_draft_is_changed_here_too(town: Town, enter: Enter) -> None:
    programme = a_draft(town, month(12))
    meeting = Meeting.objects.get()
    sent = head_of(meeting, title="Hội nghị Ban Thường vụ mở rộng", chair="")
    sent |= dict.fromkeys(("registration_days", "appraisal_days", "documents_days", "invitation_days"), "")

    assert enter("yen").post(at(meeting, "sua/"), sent).status_code == 302
    assert programme.clauses.filter(text__startswith="Hội nghị Ban Thường vụ mở rộng").exists()


# -- moving


def slot(meeting: Meeting, **values: Any) -> dict[str, Any]:
    return {"when": "confirmed", "on": "2026-12-29", "seen": str(meeting.sequence), **values}


def previewed(page: str) -> str:
    found = re.search(r'name="previewed" value="(\w+)"', page)
    assert found, page[:2000]
    return found[1]


def test_a_move_shows_what_follows_before_it_is_saved(town: Town, enter: Enter, meeting: Meeting) -> None:
    attends(meeting, person=town.chung)
    client = enter("yen")

    page = text(client.post(at(meeting, "doi-ngay/"), slot(meeting) | {"step": "preview"}))

    assert "thứ Ba 15/12/2026" in page  # documents on the day that stands now
    assert "thứ Hai 21/12/2026" in page  # and on the new one
    assert "thứ Ba 29/12/2026" in page
    assert "3 người, mỗi người một thông báo" in page
    assert 'Trần Văn Bình <span class="muted">Phòng Kinh tế</span>' in page
    assert "Lưu lịch mới, báo 3 người" in page
    assert Meeting.objects.get().on == dt.date(2026, 12, 23)
    assert not Notification.objects.exists()


def test_a_move_is_saved_after_its_preview_and_tells_once(enter: Enter, meeting: Meeting) -> None:
    client, sent = enter("yen"), slot(meeting)
    key = previewed(text(client.post(at(meeting, "doi-ngay/"), sent)))

    for _ in range(2):
        response = client.post(at(meeting, "doi-ngay/"), sent | {"step": "save", "previewed": key})
        assert response.status_code == 302

    assert Meeting.objects.get().on == dt.date(2026, 12, 29)
    assert [entry.action for entry in meeting.log.all()] == ["meeting.move"]
    assert sorted(Notification.objects.values_list("person__username", flat=True)) == ["binh", "son"]


def test_another_slot_than_the_previewed_one_is_previewed_again(enter: Enter, meeting: Meeting) -> None:
    client = enter("yen")
    key = previewed(text(client.post(at(meeting, "doi-ngay/"), slot(meeting))))

    sent = slot(meeting, on="2026-12-30", step="save", previewed=key)
    page = text(client.post(at(meeting, "doi-ngay/"), sent))

    assert "thứ Tư 30/12/2026" in page
    assert Meeting.objects.get().on == dt.date(2026, 12, 23)


def test_the_second_to_move_sees_where_it_stands_now(enter: Enter, meeting: Meeting) -> None:
    mine, other = enter("yen"), enter("chung")
    sent, theirs = slot(meeting), slot(meeting, on="2026-12-28")
    key = previewed(text(mine.post(at(meeting, "doi-ngay/"), sent)))
    their_key = previewed(text(other.post(at(meeting, "doi-ngay/"), theirs)))
    other.post(at(meeting, "doi-ngay/"), theirs | {"step": "save", "previewed": their_key})

    lost = mine.post(at(meeting, "doi-ngay/"), sent | {"step": "save", "previewed": key})
    page = text(lost)
    seen = re.search(r'name="seen" value="(\d+)"', page)
    assert seen
    won = mine.post(
        at(meeting, "doi-ngay/"), sent | {"step": "save", "previewed": previewed(page), "seen": seen[1]}
    )

    assert lost.status_code == 409
    assert "Người khác vừa đổi hội nghị này." in page
    assert "thứ Hai 28/12/2026" in page
    assert won.status_code == 302
    assert Meeting.objects.get().on == dt.date(2026, 12, 29)


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"on": "2026-11-02"}, "đã qua"),
        ({"on": ""}, "Hãy chọn ngày"),
        ({"on": "x"}, "Ngày này không có."),
        ({"starts_at": "9h", "ends_at": "8h"}, "Giờ kết thúc phải sau giờ bắt đầu."),
        ({"when": "postponed"}, "Hãy ghi lý do hoãn"),
        ({"when": "x"}, "x"),
        ({"room": "999"}, "Phòng này thuộc cơ quan khác"),
    ],
)
def test_a_slot_that_cannot_be_is_said_at_its_place(
    enter: Enter, meeting: Meeting, values: dict[str, str], sentence: str
) -> None:
    response = enter("yen").post(at(meeting, "doi-ngay/"), slot(meeting, place="Hội trường", **values))

    assert response.status_code == 422
    assert sentence in text(response)
    assert "Hội trường" in text(response)
    assert not meeting.log.exists()


def test_the_day_may_become_unknown(enter: Enter, meeting: Meeting) -> None:
    client, sent = enter("yen"), slot(meeting, when="unknown", on="")
    page = text(client.post(at(meeting, "doi-ngay/"), sent))
    client.post(at(meeting, "doi-ngay/"), sent | {"step": "save", "previewed": previewed(page)})

    now = Meeting.objects.get()
    assert (now.on, now.schedule_note) == (None, "lịch cụ thể sẽ thông báo sau")
    assert "Chưa có ngày họp nên chưa tính được các mốc." in text(client.get(at(meeting)))


def test_a_meeting_is_postponed_and_takes_a_new_day_later(enter: Enter, meeting: Meeting) -> None:
    client, sent = enter("yen"), slot(meeting, when="postponed", reason="Chờ ý kiến cấp trên")
    page = text(client.post(at(meeting, "doi-ngay/"), sent))
    key = previewed(page)
    for _ in range(2):
        client.post(at(meeting, "doi-ngay/"), sent | {"step": "save", "previewed": key})

    assert "Hoãn hội nghị, báo 2 người" in page
    assert Meeting.objects.get().state == "postponed"
    assert [(e.action, e.note) for e in meeting.log.all()] == [("meeting.postpone", "Chờ ý kiến cấp trên")]
    later = slot(Meeting.objects.get())
    again = previewed(text(client.post(at(meeting, "doi-ngay/"), later)))
    client.post(at(meeting, "doi-ngay/"), later | {"step": "save", "previewed": again})
    assert (Meeting.objects.get().state, Meeting.objects.get().on) == ("planned", dt.date(2026, 12, 29))


@pytest.mark.parametrize("state", ["held", "concluded", "cancelled"])
def test_what_is_over_does_not_move(enter: Enter, meeting: Meeting, state: str) -> None:
    Meeting.objects.update(state=state, tentative=False)
    client = enter("yen")

    assert "không đổi ngày được" in said(client, client.get(at(meeting, "doi-ngay/")))
    assert "không đổi ngày được" in said(client, client.post(at(meeting, "doi-ngay/"), slot(meeting)))
    assert not meeting.log.exists()


def test_the_address_fills_the_form(enter: Enter, meeting: Meeting) -> None:
    Meeting.objects.update(starts_at="08:00")

    page = text(enter("yen").get(at(meeting, "doi-ngay/?ngay=2026-12-24&buoi=afternoon")))
    odd = enter("yen").get(at(meeting, "doi-ngay/?ngay=hom-nay&buoi=x&phong=1e9"))

    assert 'value="2026-12-24"' in page
    assert '<option value="afternoon" selected>' in page
    assert "08h00" not in page
    assert odd.status_code == 200


def test_clashes_of_the_day_come_with_ways_out(town: Town, enter: Enter, meeting: Meeting) -> None:
    told_meeting(town, title="Họp chuyên đề", items=0)

    planner, leader = (text(enter(name).get(at(meeting, "trung-lich/"))) for name in ("yen", "son"))

    assert "chủ trì Họp chuyên đề" in planner
    assert "doi-ngay/?ngay=2026-12-22" in planner
    assert "chủ trì Họp chuyên đề" in leader
    assert "doi-ngay/" not in leader
    assert "Trùng lịch" not in text(
        enter("yen").get(at(told_meeting(town, dt.date(2027, 1, 12)), "trung-lich/"))
    )
