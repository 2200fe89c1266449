"""The weekly schedule: from meetings and appointments, by day and half-day, and its print."""

from __future__ import annotations

import datetime as dt
import io
from dataclasses import replace
from typing import Any

import pikepdf
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from docx import Document as Word

from agencies.models import DayOff
from meetings import weekly
from meetings.models import Appointment, ConnectingPoint, Meeting, Session
from paper.printing import completeness, docx, pdf
from paper.reading import views
from paper.reading.files import read_file
from tests import factories
from tests.factories import NOW, Town
from tests.meetings.conftest import attends, told_meeting

MONDAY = dt.date(2026, 11, 23)
#: Statements of a week, whatever is in it: the reader's standing and the appointments' people among them.
QUERIES = 9


def appointment(town: Town, day: int, title: str = "Dự hội nghị của Tỉnh ủy", **values: Any) -> Appointment:
    made = Appointment.objects.create(
        issuing_body=town.party, on=MONDAY + dt.timedelta(days=day), title=title, **values
    )
    made.people.add(town.son)
    return made


def week(town: Town, who: str = "yen", **values: Any) -> weekly.Week:
    return weekly.week_of(town.party, MONDAY, reader=town.person(who), **values)


def lines(found: weekly.Week) -> list[tuple[int, str, str, str]]:
    """(weekday, half, time, title) of every entry."""
    return [
        (day.on.weekday(), half.key, entry.time, entry.title)
        for day in found.days
        for half in day.halves
        for entry in half.entries
    ]


@pytest.fixture
def full(town: Town) -> Town:
    """A week with a meeting, a day off, a tentative meeting of two sessions, an appointment."""
    DayOff.objects.create(day=dt.date(2026, 11, 24), name="Ngày Văn hóa Việt Nam")
    told_meeting(town, MONDAY, items=0, tentative=False, starts_at=dt.time(7, 30), place="Phòng họp số 1")
    two = told_meeting(town, dt.date(2026, 11, 25), items=0, title="Hội nghị Ban Chấp hành", chair=None)
    for n, (name, start) in enumerate((("khối A", 8), ("khối B", 14)), start=1):
        Session.objects.create(meeting=two, position=n, title=name, starts_at=dt.time(start))
    ConnectingPoint.objects.create(meeting=two, position=1, name="Điểm cầu thôn Tân Thành")
    attends(two, text="Các đồng chí Ủy viên Ban Chấp hành")
    attends(two, agency=town.agency, session=two.sessions.get(position=1))
    appointment(town, 3, starts_at=dt.time(14), ends_at=dt.time(16, 30), place="Tỉnh ủy")
    return town


def test_a_week_lists_meetings_sessions_and_appointments_by_half_day(full: Town) -> None:
    found = week(full)

    assert lines(found) == [
        (0, "morning", "07 giờ 30", "Hội nghị Ban Thường vụ Đảng ủy"),
        (2, "morning", "08 giờ 00", "Hội nghị Ban Chấp hành - khối A"),
        (2, "afternoon", "14 giờ 00", "Hội nghị Ban Chấp hành - khối B"),
        (3, "afternoon", "14 giờ 00 đến 16 giờ 30", "Dự hội nghị của Tỉnh ủy"),
    ]
    morning = found.days[2].halves[0].entries[0]
    assert morning.attendees == "Các đồng chí Ủy viên Ban Chấp hành; Phòng Kinh tế"
    assert found.days[2].halves[1].entries[0].attendees == "Các đồng chí Ủy viên Ban Chấp hành"
    assert (morning.place, morning.tentative) == ("trực tuyến: Điểm cầu thôn Tân Thành", True)
    assert [day.off for day in found.days] == [
        "", "Nghỉ: Ngày Văn hóa Việt Nam", "", "", "", "Nghỉ cuối tuần", "Nghỉ cuối tuần",
    ]  # fmt: skip


def test_a_week_is_named_as_offices_head_it(full: Town) -> None:
    found = week(full)
    turn = weekly.week_of(full.state, dt.date(2026, 12, 28), reader=full.minh)

    assert (found.title, found.span) == (
        "của Thường trực Đảng ủy xã Tân Sơn",
        "Tuần 48: từ ngày 23/11 đến ngày 29/11/2026",
    )
    assert (turn.title, turn.span) == (
        "của lãnh đạo Ủy ban nhân dân xã Tân Sơn",
        "Tuần 53: từ ngày 28/12/2026 đến ngày 03/01/2027",
    )
    assert (found.key, found.previous, turn.following) == ("2026-W48", "2026-W47", "2027-W01")


@pytest.mark.parametrize(
    ("text", "monday"),
    [
        ("2026-W48", MONDAY),
        ("2027-W01", dt.date(2027, 1, 4)),
        ("2026-W54", dt.date(2026, 11, 16)),
        ("2026-W00", dt.date(2026, 11, 16)),
        ("9999-W52", dt.date(2026, 11, 16)),
        ("", dt.date(2026, 11, 16)),
        ("<script>", dt.date(2026, 11, 16)),
    ],
)
def test_a_week_that_does_not_exist_is_this_one(text: str, monday: dt.date) -> None:
    assert weekly.asked_week(text, NOW.date()) == monday


def test_an_entry_of_a_whole_day_goes_on_after_noon(town: Town) -> None:
    appointment(town, 4, title="Dự lớp bồi dưỡng")

    assert lines(week(town)) == [
        (4, "morning", "cả ngày", "Dự lớp bồi dưỡng"),
        (4, "afternoon", "", "Dự lớp bồi dưỡng (tiếp)"),
    ]


@pytest.mark.parametrize(
    ("state", "shown"), [("planned", 1), ("held", 1), ("postponed", 0), ("cancelled", 0)]
)
def test_what_is_off_takes_no_place(town: Town, state: str, shown: int) -> None:
    told_meeting(town, MONDAY, items=0, tentative=False, starts_at=dt.time(8), state=state)

    assert len(lines(week(town))) == shown


def test_a_weekly_meeting_comes_every_week_of_its_programme_but_not_on_days_off(town: Town) -> None:
    programme = factories.issued(town, factories.month(11))
    meeting = Meeting.objects.get(section__document=programme)
    Meeting.objects.filter(pk=meeting.pk).update(
        on=None, tentative=False, weekly_on=0, part_of_day="afternoon"
    )

    assert lines(week(town)) == [(0, "afternoon", "", "Hội nghị Ban Thường vụ Đảng ủy")]
    DayOff.objects.create(day=MONDAY, name="Nghỉ bù")
    assert lines(week(town)) == []
    december = weekly.week_of(town.party, dt.date(2026, 12, 7), reader=town.yen)
    assert lines(december) == []


def test_a_leader_filters_the_week(full: Town) -> None:
    chair = week(full, leader=full.son)
    other = week(full, leader=full.chung)

    assert [title for *_rest, title in lines(chair)] == [
        "Hội nghị Ban Thường vụ Đảng ủy",
        "Dự hội nghị của Tỉnh ủy",
    ]
    assert lines(other) == []
    assert chair.title == "của đồng chí Giáp Văn Sơn"


@pytest.mark.parametrize(
    ("name", "seen"),
    [("yen", 4), ("hoa", 4), ("son", 4), ("binh", 2), ("mai", 0), ("minh", 0), ("vinh", 0), ("lan", 0)],
)
def test_each_sees_what_one_may_see(full: Town, name: str, seen: int) -> None:
    """The office all; a body the meetings it attends, never a leader's appointments."""
    assert len(lines(week(full, name))) == seen


@pytest.mark.parametrize("count", [3, 60])
def test_a_week_costs_the_same_however_full(town: Town, count: int) -> None:
    for n in range(count):
        if n % 3:
            appointment(town, n % 5, title=f"Việc {n}", starts_at=dt.time(8))
        else:
            meeting = told_meeting(town, MONDAY, items=1, title=f"Họp {n}", starts_at=dt.time(8))
            attends(meeting, person=town.son)
            Session.objects.create(meeting=meeting, position=1, title="sáng", starts_at=dt.time(8))
    reader = town.person("yen")

    with CaptureQueriesContext(connection) as counted:
        found = weekly.week_of(town.party, MONDAY, reader=reader)

    assert found.entries == count
    assert len(counted) == QUERIES, [q["sql"][:80] for q in counted]


# ---------------------------------------------------------------- print


def printed(town: Town, state: bool = False) -> tuple[Any, Any]:
    """The paper of the full week and its form, for either body."""
    found = week(town)
    if state:
        found = replace(found, body=town.state)
    return weekly.paper_of(found, NOW.date()), weekly.form_of(found.body, NOW.date())


@pytest.mark.parametrize("state", [False, True])
def test_the_print_says_every_entry_on_a_lying_page(full: Town, state: bool) -> None:
    paper, form = printed(full, state)
    data = pdf.render(paper, form)

    with pikepdf.open(io.BytesIO(data)) as file:
        width, height = (float(n) for n in file.pages[0].mediabox[2:])
    assert round(width) > round(height)
    assert completeness.missing(paper, data, form) == []


def test_the_table_has_the_columns_and_rows_of_an_office(full: Town) -> None:
    paper, _form = printed(full)

    table = paper.body[0].table
    assert table is not None
    assert table.rows[0] == ("Ngày", "Thời gian", "Nội dung", "Chủ trì", "Thành phần", "Địa điểm")
    assert table.header_rows == 1
    monday = "Thứ Hai, ngày 23/11/2026"
    first = (
        monday,
        "Sáng, 07 giờ 30",
        "Hội nghị Ban Thường vụ Đảng ủy",
        "Đ/c Giáp Văn Sơn",
        "",
        "Phòng họp số 1",
    )
    assert table.rows[1:4] == (
        first,
        ("", "Chiều", "", "", "", ""),
        ("Thứ Ba, ngày 24/11/2026", "", "Nghỉ: Ngày Văn hóa Việt Nam", "", "", ""),
    )
    assert table.rows[4][2] == "Hội nghị Ban Chấp hành - khối A (dự kiến)"
    assert (paper.kind, paper.notation, paper.number) == ("LỊCH CÔNG TÁC TUẦN", "LCT/ĐU", None)


def test_the_docx_lies_repeats_its_head_and_splits_no_row(full: Town) -> None:
    paper, form = printed(full)
    word = Word(io.BytesIO(docx.render(paper, form)))
    section, table = word.sections[0], word.tables[1]

    assert (section.page_width or 0) > (section.page_height or 0)
    assert [cell.text for cell in table.rows[1].cells] == list(paper.body[0].table.rows[1])
    xml = table._element.xml
    assert xml.count("w:cantSplit") == len(table.rows)
    assert xml.count("w:tblHeader") == 1


def test_the_print_is_read_back_as_the_same_meetings(full: Town) -> None:
    paper, form = printed(full)
    read = read_file(docx.render(paper, form, source=False), "lich.docx").paper

    found = [(m.title.removesuffix(" (dự kiến)"), m.date, m.when.time) for m in views.meetings(read)]

    assert found == [
        ("Hội nghị Ban Thường vụ Đảng ủy", MONDAY, dt.time(7, 30)),
        ("Hội nghị Ban Chấp hành - khối A", dt.date(2026, 11, 25), dt.time(8)),
        ("Hội nghị Ban Chấp hành - khối B", dt.date(2026, 11, 25), dt.time(14)),
        ("Dự hội nghị của Tỉnh ủy", dt.date(2026, 11, 26), dt.time(14)),
    ]
