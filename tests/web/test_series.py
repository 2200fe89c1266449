"""Series, their proposals, rooms, and meetings put into a draft: pages by role, forms, what is refused."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from agencies.models import Agency
from documents.models import Operation
from meetings.models import Meeting, MeetingLog, Room, Series, SeriesAttendee
from tests.factories import Town, draft, issued, month
from tests.web.conftest import Enter

LIST = "/hoi-nghi/loat/"
CREATE = f"{LIST}lap/"
PROPOSE = f"{LIST}de-xuat/"
ROOMS = "/hoi-nghi/phong/"
HTMX: dict[str, Any] = {"HTTP_HX_REQUEST": "true"}
#: Statements of the list of series, whatever its length.
LIST_QUERIES = 5

FILLED: dict[str, Any] = {
    "title": "Giao ban Thường trực Đảng ủy",
    "frequency": "weekly",
    "weekday": "0",
    "day_off_policy": "later",
    "part_of_day": "afternoon",
    "starts_at": "14h00",
    "ends_at": "16 giờ 30",
    "place": "Trụ sở Đảng ủy",
}


def text(response: Any) -> str:
    return re.sub(r"\s+", " ", response.content.decode())


def series(here: Town, **values: Any) -> Series:
    return Series.objects.create(
        **{
            "issuing_body": here.party,
            "title": "Giao ban Thường trực Đảng ủy",
            "frequency": "weekly",
            "weekday": 0,
            "part_of_day": "afternoon",
            **values,
        }
    )


def actions() -> list[str]:
    return list(MeetingLog.objects.order_by("pk").values_list("action", flat=True))


def form_of(page: Any) -> dict[str, Any]:
    """What a browser would send of the form as it stands."""
    form = page.context["form"]
    sent = {name: form[name].value() for name in form.fields}
    return {
        name: form[name].field.prepare_value(value) if hasattr(value, "strftime") else value
        for name, value in sent.items()
        if value is not None and value is not False and value != ""
    }


# ---------------------------------------------------------------- who


@pytest.mark.parametrize(
    ("address", "people"),
    [
        (LIST, {"yen", "chung", "hoa", "son", "minh"}),
        (CREATE, {"yen", "chung", "minh"}),
        (PROPOSE, {"yen", "chung", "minh"}),
        (ROOMS, {"yen", "chung", "hoa", "son", "minh"}),
    ],
)
def test_pages_are_for_the_office_and_their_forms_for_drafters(
    town: Town, enter: Enter, address: str, people: set[str]
) -> None:
    series(town)

    codes = {name: enter(name).get(address).status_code for name in Town.PEOPLE}

    assert {name for name, code in codes.items() if code == 200} == people
    assert set(codes.values()) == {200, 403}


@pytest.mark.parametrize("action", ["ngung", "dung-lai", "xoa"])
@pytest.mark.parametrize(
    ("name", "code"), [("yen", 302), ("chung", 302), ("hoa", 403), ("son", 403), ("minh", 404), ("binh", 404)]
)
def test_only_the_office_of_the_body_acts_on_a_series(
    town: Town, enter: Enter, action: str, name: str, code: int
) -> None:
    of = series(town, active=action != "dung-lai")
    address = f"{LIST}{of.public_id}/viec/{action}/"

    assert enter(name).get(address).status_code == 405
    assert enter(name).post(address).status_code == code
    assert (actions() != []) == (code == 302)


@pytest.mark.parametrize(("name", "code"), [("yen", 200), ("hoa", 403), ("minh", 404), ("mai", 404)])
def test_a_series_is_changed_by_its_own_office(town: Town, enter: Enter, name: str, code: int) -> None:
    of = series(town)

    page = enter(name).get(f"{LIST}{of.public_id}/")

    assert page.status_code == code
    if code == 403:
        assert "Chỉ chuyên viên và Chánh Văn phòng" in text(page)


@pytest.mark.parametrize("address", [CREATE, PROPOSE])
def test_another_body_is_not_ones_own(town: Town, enter: Enter, address: str) -> None:
    state = f"{address}?co-quan={town.state.pk}"

    assert enter("yen").get(state).status_code == 404
    assert enter("hoa").get(f"{address}?co-quan={town.party.pk}").status_code == 403
    assert enter("minh").get(state).status_code == 200
    for garbage in ("x", "-1", "9" * 30, "²"):
        assert enter("yen").get(f"{address}?co-quan={garbage}").status_code == 404


# ---------------------------------------------------------------- the list


@pytest.mark.parametrize("count", [1, 15])
def test_the_list_costs_the_same_at_any_length(town: Town, enter: Enter, count: int) -> None:
    room = Room.objects.create(name="Phòng họp", issuing_body=town.party)
    for n in range(count):
        of = series(town, title=f"Loạt {n}", chair=town.son, room=room)
        SeriesAttendee.objects.create(series=of, person=town.chung)
    client = enter("yen")
    client.get(LIST)

    with CaptureQueriesContext(connection) as counted:
        page = text(client.get(LIST))

    assert page.count("Chiều thứ Hai hằng tuần") == count
    assert len(counted) == LIST_QUERIES, [q["sql"][:90] for q in counted]


def test_the_list_says_rhythm_chair_and_next_day(town: Town, enter: Enter) -> None:
    series(town, chair=town.son, starts_at=dt.time(14))
    series(town, title="Họp quý", frequency="quarterly", month_of_quarter=3, weekday=4, nth=-1)

    page = text(enter("hoa").get(LIST))

    assert "14:00 chiều thứ Hai hằng tuần; chủ trì: Giáp Văn Sơn" in page
    assert "Kỳ tới: thứ Hai, 23/11/2026" in page
    assert "thứ Sáu tuần cuối của tháng cuối quý" in page
    assert "Lập loạt" not in page


# ---------------------------------------------------------------- making one


def test_a_series_is_made_with_its_attendees(town: Town, enter: Enter) -> None:
    room = Room.objects.create(name="Phòng họp", issuing_body=town.party)
    sent = FILLED | {
        "chair": town.son.pk,
        "room": room.pk,
        "documents_days": "3",
        "registration_days": "7",
        "people": [town.chung.pk, town.hoa.pk],
        "agencies": [town.agency.pk],
    }

    answer = enter("yen").post(CREATE, sent)

    assert answer.status_code == 302
    of = Series.objects.get()
    assert (of.issuing_body, of.chair, of.room) == (town.party, town.son, room)
    assert (of.starts_at, of.ends_at) == (dt.time(14), dt.time(16, 30))
    assert (of.registration_days, of.appraisal_days, of.documents_days) == (7, None, 3)
    assert {str(each) for each in of.attendees.all()} == {"Vi Văn Chung", "Lê Thị Hoa", "Phòng Kinh tế"}
    assert actions() == ["series.create"]


def test_sending_it_twice_makes_one(town: Town, enter: Enter) -> None:
    client = enter("yen")
    client.post(CREATE, FILLED)

    again = client.post(CREATE, FILLED)

    assert again.status_code == 422
    assert "Đã có loạt cùng tên và cùng chu kỳ này." in text(again)
    assert Series.objects.count() == 1
    assert actions() == ["series.create"]


def test_fields_that_the_frequency_does_not_use_are_emptied(town: Town, enter: Enter) -> None:
    more = {"nth": "2", "day_of_month": "99", "month_of_quarter": "3"}

    assert enter("yen").post(CREATE, FILLED | more).status_code == 302

    of = Series.objects.get()
    assert (of.weekday, of.nth, of.day_of_month, of.month_of_quarter) == (0, None, None, None)


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"title": " "}, "Hãy nhập tên hội nghị."),
        ({"weekday": ""}, "Chọn thứ trong tuần."),
        ({"weekday": "5"}, "Thứ Bảy không phải ngày làm việc"),
        ({"weekday": "9"}, "Chọn một mục có trong danh sách."),
        ({"frequency": "yearly"}, "Chọn một mục có trong danh sách."),
        ({"frequency": "monthly_weekday"}, "Chọn tuần trong tháng."),
        ({"frequency": "monthly_day"}, "Ghi ngày trong tháng, từ 1 đến 31."),
        ({"frequency": "monthly_day", "day_of_month": "32"}, "Ghi ngày trong tháng, từ 1 đến 31."),
        ({"frequency": "quarterly", "weekday": "", "day_of_month": "5"}, "Chọn tháng của quý."),
        (
            {"frequency": "quarterly", "month_of_quarter": "1", "nth": "1", "day_of_month": "5"},
            "Chọn một cách: ngày trong tháng, hoặc thứ và tuần.",
        ),
        ({"ends_at": "13h"}, "Giờ kết thúc phải sau giờ bắt đầu."),
        ({"starts_at": ""}, "Có giờ kết thúc thì ghi cả giờ bắt đầu."),
        ({"starts_at": "08h00"}, "08:00 không thuộc buổi chiều."),
        ({"starts_at": "lúc nào"}, "Chưa hiểu giờ này."),
        ({"registration_days": "61"}, "Ghi từ 0 đến 60 ngày làm việc."),
        ({"invitation_days": "-1"}, "Ghi từ 0 đến 60 ngày làm việc."),
        ({"registration_days": "9" * 40}, "Ghi từ 0 đến 60 ngày làm việc."),
        (
            {"registration_days": "3", "documents_days": "5"},
            "“Chốt đăng ký” phải sớm hơn hoặc cùng ngày với “Gửi tài liệu”.",
        ),
        ({"appraisal_days": "2", "documents_days": "5"}, "“Thẩm định nội dung” phải sớm hơn"),
        ({"since": "2026-12-31", "until": "2026-12-01"}, "Ngày cuối phải từ ngày đầu trở đi."),
        ({"since": "2026-12-01", "until": "2026-12-06"}, "không có ngày nào đúng chu kỳ này"),
        ({"since": "2026-02-31"}, "Ngày này không có."),
    ],
)
def test_what_cannot_be_is_refused_with_a_sentence_and_stays_typed(
    town: Town, enter: Enter, wrong: dict[str, str], sentence: str
) -> None:
    answer = enter("yen").post(CREATE, FILLED | wrong)

    assert answer.status_code == 422
    page = text(answer).replace("&quot;", '"')
    assert sentence in page
    assert 'value="Trụ sở Đảng ủy"' in page
    assert not Series.objects.exists()
    assert actions() == []


def test_a_body_that_is_abolished_makes_no_series(town: Town, enter: Enter) -> None:
    Agency.objects.filter(pk=town.party.agency_id).update(valid_to=dt.date(2026, 11, 30))

    answer = enter("yen").post(CREATE, FILLED | {"since": "2026-12-01"})

    assert "Đảng ủy xã Tân Sơn chỉ hoạt động đến hết ngày 30/11/2026." in text(answer)
    assert not Series.objects.exists()


def test_choices_are_of_the_office_and_of_today(town: Town, enter: Enter) -> None:
    Agency.objects.filter(pk=town.stranger.pk).update(valid_to=dt.date(2026, 1, 1))
    Room.objects.create(name="Phòng của UBND", issuing_body=town.state)
    Room.objects.create(name="Hội trường cũ", active=False)
    Room.objects.create(name="Hội trường")

    page = text(enter("yen").get(CREATE))

    assert all(name in page for name in ("Giáp Văn Sơn", "Phòng Kinh tế", "Hội trường"))
    for name in ("Trần Văn Bình", "Hội Nông dân xã", "Phòng của UBND", "Hội trường cũ"):
        assert name not in page
    for wrong in ({"chair": town.binh.pk}, {"agencies": [town.stranger.pk]}, {"people": ["x"]}):
        assert enter("yen").post(CREATE, FILLED | wrong).status_code == 422


# ---------------------------------------------------------------- the effect


def test_the_next_days_are_shown_without_saving(town: Town, enter: Enter) -> None:
    sent = FILLED | {"title": "", "weekday": "3", "documents_days": "2", "xem": "1"}

    whole = enter("yen").post(CREATE, sent)
    part = enter("yen").post(CREATE, sent, **HTMX)

    for page in (text(whole), text(part)):
        assert "thứ Năm, 26/11/2026" in page
        assert "thứ Năm, 03/12/2026" in page
        assert "Nhận tài liệu" in page
        assert "thứ Hai, 23/11/2026" in page
    assert "<html" in text(whole)
    assert "<html" not in text(part)
    assert not Series.objects.exists()


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"weekday": "6"}, "Chủ nhật không phải ngày làm việc"),
        ({"frequency": "by_rule"}, "không có lịch cố định"),
        ({"weekday": ""}, "Chọn chu kỳ và ngày"),
        ({"frequency": "x"}, "Chọn một mục có trong danh sách."),
    ],
)
def test_the_effect_says_why_there_are_no_days(
    town: Town, enter: Enter, more: dict[str, str], words: str
) -> None:
    part = enter("yen").post(CREATE, FILLED | more | {"xem": "1"}, **HTMX)

    assert part.status_code == 200
    assert words in text(part)


# ---------------------------------------------------------------- changing


def test_a_change_is_saved_logged_once_and_leaves_meetings_alone(town: Town, enter: Enter) -> None:
    of = series(town)
    SeriesAttendee.objects.create(series=of, person=town.chung)
    SeriesAttendee.objects.create(series=of, agency=town.agency)
    held = Meeting.objects.create(issuing_body=town.party, series=of, slot="2026-11-23", on="2026-11-23")
    client = enter("yen")
    address = f"{LIST}{of.public_id}/"
    sent = form_of(client.get(address)) | {"weekday": "2", "people": [town.hoa.pk]}

    first, second = client.post(address, sent), client.post(address, sent)

    assert (first.status_code, second.status_code) == (302, 302)
    of.refresh_from_db()
    held.refresh_from_db()
    assert (of.weekday, held.on) == (2, dt.date(2026, 11, 23))
    assert {str(each) for each in of.attendees.all()} == {"Lê Thị Hoa", "Phòng Kinh tế"}
    assert actions() == ["series.edit"]


def test_two_writers_do_not_overwrite_each_other(town: Town, enter: Enter) -> None:
    of = series(town)
    address = f"{LIST}{of.public_id}/"
    seen = form_of(enter("yen").get(address))
    enter("chung").post(address, seen | {"title": "Giao ban Thường trực"})

    late = enter("yen").post(address, seen | {"weekday": "3"})

    assert late.status_code == 422
    assert "Người khác vừa sửa loạt này." in text(late)
    of.refresh_from_db()
    assert (of.title, of.weekday) == ("Giao ban Thường trực", 0)
    assert actions() == ["series.edit"]


def test_opening_and_saving_changes_nothing(town: Town, enter: Enter) -> None:
    of = series(
        town,
        starts_at=dt.time(14),
        ends_at=dt.time(16),
        chair=town.son,
        since=dt.date(2026, 1, 1),
        documents_days=3,
        on_days_off=True,
    )
    address = f"{LIST}{of.public_id}/"
    client = enter("yen")

    answer = client.post(address, form_of(client.get(address)))

    assert answer.status_code == 302
    assert actions() == []


def test_switching_off_and_on_is_done_once_each(town: Town, enter: Enter) -> None:
    of = series(town)
    client = enter("yen")

    for action in ("ngung", "ngung", "dung-lai", "dung-lai"):
        client.post(f"{LIST}{of.public_id}/viec/{action}/")

    assert actions() == ["series.off", "series.on"]


def test_a_series_with_meetings_is_switched_off_not_removed(town: Town, enter: Enter) -> None:
    of, empty = series(town), series(town, title="Loạt trống")
    Meeting.objects.create(issuing_body=town.party, series=of, slot="2026-11-23", on="2026-11-23")
    client = enter("yen")

    kept = client.post(f"{LIST}{of.public_id}/viec/xoa/", follow=True)
    gone = client.post(f"{LIST}{empty.public_id}/viec/xoa/", follow=True)

    assert "Ngừng dùng thay cho xóa." in text(kept)
    assert "Đã xóa loạt “Loạt trống”." in text(gone)
    assert list(Series.objects.all()) == [of]
    assert actions() == ["series.remove"]
    assert client.post(f"{LIST}{of.public_id}/viec/khac/").status_code == 404


# ---------------------------------------------------------------- proposing


def keys(page: Any) -> list[str]:
    return re.findall(r'name="ky" value="([^"]+)"', page.content.decode())


def test_next_month_is_seen_then_made_once(town: Town, enter: Enter) -> None:
    series(town)
    client = enter("yen")
    page = client.get(PROPOSE)
    wanted = keys(page)

    first = client.post(PROPOSE, {"ky": wanted[1:]}, follow=True)
    again = client.post(PROPOSE, {"ky": wanted[1:]}, follow=True)

    assert "Đề xuất lịch tháng 12/2026" in text(page)
    assert len(wanted) == text(page).count(" checked") == 4
    assert "Đã lập 3 hội nghị dự kiến tháng 12/2026." in text(first)
    assert "Không có hội nghị nào mới" in text(again)
    assert first.redirect_chain[-1][0] == "/hoi-nghi/?thang=2026-12"
    assert Meeting.objects.count() == 3
    assert actions() == ["meeting.propose"] * 3
    assert len(keys(client.get(PROPOSE))) == 1


def test_a_meeting_of_the_programme_is_joined_and_said(town: Town, enter: Enter) -> None:
    draft(town, month(12))
    series(town, title="Hội nghị Ban Thường vụ Đảng ủy", frequency="monthly_weekday", weekday=3, nth=4)
    client = enter("yen")
    page = client.get(PROPOSE)

    done = client.post(PROPOSE, {"ky": keys(page)}, follow=True)

    assert "Chương trình đã có hội nghị cùng tên (thứ Sáu, 25/12/2026)" in text(page)
    assert "Đã gắn 1 hội nghị có sẵn vào loạt." in text(done)
    assert actions() == ["meeting.adopt"]


def test_nothing_chosen_or_garbage_makes_nothing(town: Town, enter: Enter) -> None:
    series(town)
    client = enter("yen")

    none = client.post(PROPOSE)

    assert none.status_code == 422
    assert "Chưa chọn kỳ nào." in text(none)
    assert client.post(PROPOSE, {"ky": ["x", "\0", "9" * 400]}).status_code == 302
    assert client.get(f"{PROPOSE}?thang=2026-13").status_code == 200
    assert not Meeting.objects.exists()


def test_a_body_abolished_before_the_month_is_told_so(town: Town, enter: Enter) -> None:
    series(town)
    Agency.objects.filter(pk=town.party.agency_id).update(valid_to=dt.date(2026, 12, 20))
    client = enter("yen")

    page = client.get(f"{PROPOSE}?thang=2026-12")
    late = client.get(f"{PROPOSE}?thang=2027-01")
    key = f"{Series.objects.get().public_id}.2027-01-04"
    refused = client.post(f"{PROPOSE}?thang=2027-01", {"ky": [key]})

    assert [key[-2:] for key in keys(page)] == ["07", "14"]
    assert "chỉ hoạt động đến hết ngày 20/12/2026, không lập được hội nghị ngày 21/12/2026" in text(page)
    assert keys(late) == []
    assert refused.status_code == 422
    assert not Meeting.objects.exists()


def test_a_month_without_series_says_so(town: Town, enter: Enter) -> None:
    assert "Tháng này không có kỳ nào" in text(enter("yen").get(PROPOSE))


# ---------------------------------------------------------------- rooms


def test_a_room_is_added_renamed_retired_and_used_again(town: Town, enter: Enter) -> None:
    client = enter("yen")

    client.post(ROOMS, {"name": "Phòng họp  tầng 2", "seats": "40", "owner": town.party.pk})
    room = Room.objects.get()
    client.post(f"{ROOMS}{room.pk}/", {"name": "Phòng họp số 2", "seats": ""})
    for use in ("0", "0", "1"):
        client.post(f"{ROOMS}{room.pk}/trang-thai/", {"dung": use})

    room.refresh_from_db()
    assert (room.name, room.seats, room.issuing_body, room.active) == (
        "Phòng họp số 2",
        None,
        town.party,
        True,
    )
    assert actions() == ["room.add", "room.edit", "room.off", "room.on"]
    assert client.get(f"{ROOMS}{room.pk}/trang-thai/").status_code == 405


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"name": "Phòng họp", "owner": "{party}"}, "Đã có phòng “Phòng họp”."),
        ({"name": " "}, "Hãy nhập tên phòng."),
        ({"name": "Phòng lớn", "seats": "0"}, "Ghi từ 1 đến 9.999 chỗ."),
        ({"name": "Phòng lớn", "owner": "{state}"}, "Chọn một mục có trong danh sách."),
        ({"name": "x" * 130}, "Dài nhất 120 ký tự."),
    ],
)
def test_a_room_that_cannot_be_is_refused(
    town: Town, enter: Enter, sent: dict[str, str], sentence: str
) -> None:
    Room.objects.create(name="Phòng họp", issuing_body=town.party)
    ids = {"party": town.party.pk, "state": town.state.pk}

    answer = enter("yen").post(ROOMS, {key: value.format(**ids) for key, value in sent.items()})

    assert answer.status_code == 422
    assert sentence in text(answer)
    assert Room.objects.count() == 1
    assert actions() == []


@pytest.mark.parametrize("name", ["yen", "hoa", "minh", "binh"])
def test_rooms_are_changed_by_their_own_office_shared_ones_by_every_office(
    town: Town, enter: Enter, name: str
) -> None:
    own = Room.objects.create(name="Phòng của Đảng ủy", issuing_body=town.party)
    shared = Room.objects.create(name="Hội trường")
    client = enter(name)

    codes = [client.get(f"{ROOMS}{room.pk}/").status_code for room in (own, shared)]
    posted = [
        client.post(f"{ROOMS}{room.pk}/trang-thai/", {"dung": "0"}).status_code for room in (own, shared)
    ]

    expected = {"yen": [200, 200], "hoa": [403, 403], "minh": [404, 200], "binh": [404, 404]}[name]
    assert codes == expected
    assert posted == [302 if code == 200 else code for code in expected]
    assert client.post(ROOMS, {"name": "Phòng mới"}).status_code == (302 if name in ("yen", "minh") else 403)


# ---------------------------------------------------------------- into the programme


def test_meetings_are_put_into_a_draft_by_its_office(town: Town, enter: Enter) -> None:
    programme = draft(town, month(12))
    row = Meeting.objects.create(
        issuing_body=town.party, title="Hội nghị Đảng ủy", on="2026-12-29", tentative=True
    )
    address = f"{programme.get_absolute_url()}hoi-nghi/"
    client = enter("yen")
    page = client.get(address)
    sent = {"op": str(page.context["op"]), "hoi-nghi": [str(row.public_id)]}

    first, again = client.post(address, sent), client.post(address, sent, follow=True)

    assert "Hội nghị Đảng ủy: Dự kiến ngày 29/12/2026 (thứ Ba)" in text(page)
    row.refresh_from_db()
    assert row.section is not None
    assert first["Location"] == f"{programme.get_absolute_url()}soan/#{row.section.public_id}"
    assert "Không có hội nghị nào mới" in text(again)
    assert Operation.objects.count() == 1
    assert actions() == ["meeting.placed"]
    assert "Không còn hội nghị nào để đưa vào" in text(client.get(address))


@pytest.mark.parametrize(("name", "code"), [("chung", 200), ("hoa", 403), ("son", 403), ("minh", 404)])
def test_others_do_not_put_meetings_into_a_draft(town: Town, enter: Enter, name: str, code: int) -> None:
    address = f"{draft(town, month(12)).get_absolute_url()}hoi-nghi/"

    assert enter(name).get(address).status_code == code
    assert enter(name).post(address, {"op": "x"}).status_code == (422 if code == 200 else code)


def test_an_issued_programme_takes_no_more_meetings(town: Town, enter: Enter) -> None:
    programme = issued(town, month(12))
    row = Meeting.objects.create(issuing_body=town.party, title="Hội nghị Đảng ủy", on="2026-12-29")

    answer = enter("yen").post(f"{programme.get_absolute_url()}hoi-nghi/", {"hoi-nghi": [str(row.public_id)]})

    assert answer.status_code == 403
    assert not Operation.objects.exists()


@pytest.mark.parametrize("sent", [{}, {"op": "x", "hoi-nghi": ["x"]}, {"hoi-nghi": ["x"] * 500}])
def test_garbage_puts_nothing_in(town: Town, enter: Enter, sent: dict[str, Any]) -> None:
    programme = draft(town, month(12))

    answer = enter("yen").post(f"{programme.get_absolute_url()}hoi-nghi/", sent)

    assert answer.status_code == 422
    assert not Operation.objects.exists()
