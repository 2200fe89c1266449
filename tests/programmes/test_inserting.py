"""Planned meetings become sections of a draft: once, at their place, rows and words agreeing."""

from __future__ import annotations

import datetime as dt
import uuid
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django.fixtures import Settings

from documents.models import Document, Operation
from documents.operations import OperationError
from documents.services import NotEditable
from documents.tree import Tree
from meetings import services as meetings
from meetings.models import AgendaItem, Meeting, MeetingLog, PreparingBody, Series
from meetings.proposing import propose
from programmes import services
from programmes.inserting import candidates, insert
from programmes.models import Programme
from tests import factories
from tests.factories import NOW, Town, draft, issued, month
from tests.scribe import Scribe

#: Statements of the page's list, however many meetings there are.
QUERIES = 4
DECEMBER = dt.date(2026, 12, 1)


@pytest.fixture(autouse=True)
def own_folders(settings: Settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "files"


@pytest.fixture
def town(db: None) -> Town:
    return factories.town()


def meeting(here: Town, **values: Any) -> Meeting:
    title = "Hội nghị Ban Chấp hành Đảng bộ xã"
    return Meeting.objects.create(
        **{
            "issuing_body": here.party,
            "title": title,
            "on": dt.date(2026, 12, 29),
            "tentative": True,
            **values,
        }
    )


def weekly(here: Town) -> Series:
    return Series.objects.create(
        issuing_body=here.party,
        title="Giao ban Thường trực Đảng ủy",
        frequency="weekly",
        weekday=0,
        part_of_day="afternoon",
    )


def put(programme: Programme, here: Town, *keys: str, op: uuid.UUID | None = None) -> list[uuid.UUID]:
    chosen = keys or [each.key for each in candidates(programme)]
    return insert(programme, chosen, op=op or uuid.uuid4(), actor=here.yen, now=NOW)


def sheet(programme: Programme) -> list[str]:
    return [
        "  " * line.depth + f"{line.label or '·'} {line.clause.text}"
        for line in Tree.load(programme.pk).lines()
    ]


def facts(row: Meeting) -> dict[str, Any]:
    names = ("title", "on", "tentative", "part_of_day", "starts_at", "ends_at", "weekly_on", "schedule_note")
    return {name: getattr(row, name) for name in names}


SCHEDULES: dict[str, dict[str, Any]] = {
    "tentative": {},
    "confirmed": {"tentative": False},
    "morning": {"part_of_day": "morning"},
    "afternoon, confirmed": {"part_of_day": "afternoon", "tentative": False},
    "clock": {"starts_at": dt.time(7, 30), "ends_at": dt.time(11)},
    "clock, confirmed": {"starts_at": dt.time(14), "tentative": False},
    "half-day and clock": {"part_of_day": "afternoon", "starts_at": dt.time(14), "ends_at": dt.time(16, 30)},
    "weekly": {"on": None, "weekly_on": 0, "tentative": False},
    "weekly half-day": {"on": None, "weekly_on": 3, "part_of_day": "afternoon", "tentative": False},
    "weekly clock": {"on": None, "weekly_on": 5, "starts_at": dt.time(7, 30), "tentative": False},
    "weekly half-day and clock": {
        "on": None,
        "weekly_on": 6,
        "part_of_day": "morning",
        "starts_at": dt.time(8),
        "tentative": False,
    },
    "without a day": {"on": None, "tentative": False, "schedule_note": "lịch cụ thể sẽ thông báo sau"},
    "by rule": {"on": None, "tentative": False, "schedule_note": "theo quy định"},
    "February": {"on": dt.date(2026, 12, 1)},
}


@pytest.mark.parametrize("values", SCHEDULES.values(), ids=SCHEDULES.keys())
def test_the_words_say_what_the_row_says(town: Town, values: dict[str, Any]) -> None:
    programme = draft(town, month(12))
    row = meeting(town, **values)
    before = facts(row)

    (key,) = put(programme, town, str(row.public_id))
    meetings.follow(programme, Tree.load(programme.pk), 2026)

    row.refresh_from_db()
    assert facts(row) == before
    assert row.section is not None
    assert (row.section.public_id, row.section_key) == (key, key)
    assert Meeting.objects.count() == 2


def test_a_note_that_no_paper_uses_becomes_the_usual_one(town: Town) -> None:
    programme = draft(town, month(12))
    row = meeting(town, on=None, tentative=False, schedule_note="chờ ý kiến")

    put(programme, town, str(row.public_id))

    row.refresh_from_db()
    assert row.schedule_note == "lịch cụ thể sẽ thông báo sau"


def test_a_section_stands_behind_the_last_one_with_its_items_and_bodies(town: Town) -> None:
    programme = draft(town, month(12))
    Scribe(programme, town.yen).do(
        "insert", id=str(uuid.uuid4()), parent=None, text="Kết.", style="", after=None
    )
    last = Tree.load(programme.pk).children(None)
    closing = last[0]
    Scribe(programme, town.yen).do("move", clause=str(closing.public_id), after=str(last[-1].public_id))
    row = meeting(town)
    items = [AgendaItem.objects.create(meeting=row, position=n, text=f"Báo cáo {n}.") for n in (1, 2)]
    proposed = AgendaItem.objects.create(meeting=row, position=3, text="Đề xuất.", state="proposed")
    PreparingBody.objects.create(item=items[1], agency=town.agency, name="Phòng Kinh tế", lead=True)
    PreparingBody.objects.create(item=items[1], name="Công an xã", lead=False, position=1)
    revision = Document.objects.get(pk=programme.pk).revision

    put(programme, town)

    assert sheet(programme)[-6:] == [
        "  2. Báo cáo tiến độ các dự án.",
        "  3. Những việc giữa hai kỳ họp.",
        "III. Hội nghị Ban Chấp hành Đảng bộ xã: Dự kiến ngày 29/12/2026 (thứ Ba)",
        "  1. Báo cáo 1.",
        "  2. Báo cáo 2.",
        "· Kết.",
    ]
    assert list(row.items.values_list("pk", "state")) == [
        (items[0].pk, "accepted"),
        (items[1].pk, "accepted"),
        (proposed.pk, "proposed"),
    ]
    items[1].refresh_from_db()
    assert items[1].clause is not None
    assert [(b["name"], b["agency"], b["lead"]) for b in items[1].clause.bodies] == [
        ("Phòng Kinh tế", town.agency.pk, True),
        ("Công an xã", None, False),
    ]
    assert items[1].preparing.count() == 2
    assert Document.objects.get(pk=programme.pk).revision == revision + 1
    assert list(MeetingLog.objects.values_list("action", "meeting")) == [("meeting.placed", row.pk)]


def test_without_a_meeting_the_section_follows_the_last_numbered_part(town: Town) -> None:
    programme = services.create_programme(issuing_body=town.party, period=month(12), actor=town.yen, now=NOW)
    row = meeting(town)
    AgendaItem.objects.create(meeting=row, position=1, text="Báo cáo.")

    put(programme, town)

    assert sheet(programme) == [
        "I. ",
        "II. Hội nghị Ban Chấp hành Đảng bộ xã: Dự kiến ngày 29/12/2026 (thứ Ba)",
        "  1. Báo cáo.",
    ]


def test_a_section_is_not_put_under_the_day_of_another(town: Town) -> None:
    programme = draft(town, month(12))
    scribe = Scribe(programme, town.yen)
    parts = Tree.load(programme.pk).children(None)
    day = scribe.add("Ngày 28/12/2026 (thứ Hai):", parts[-1], role="heading")
    scribe.add("Buổi sáng: Hội nghị giao ban", under=day, role="meeting")
    meeting(town)

    put(programme, town)

    assert sheet(programme)[-1].startswith("IV. Hội nghị Ban Chấp hành")


def test_a_weekly_series_is_one_line_and_its_rows_stay_rows(town: Town) -> None:
    programme = draft(town, month(12))
    of = weekly(town)
    propose(town.party, DECEMBER, actor=town.yen, now=NOW)

    (line,) = candidates(programme)
    put(programme, town)

    assert line.words == "Giao ban Thường trực Đảng ủy chiều thứ Hai hằng tuần"
    assert [row.on.day for row in line.rows if row.on] == [7, 14, 21, 28]
    assert sheet(programme)[-1] == "III. Giao ban Thường trực Đảng ủy chiều thứ Hai hằng tuần"
    section = Meeting.objects.get(weekly_on=0)
    assert (section.series, section.slot, section.title) == (of, None, of.title)
    assert Meeting.objects.filter(series=of, section=None, on__isnull=False).count() == 4
    assert candidates(programme) == []


def test_a_weekly_series_that_a_clause_announces_is_not_offered_again(town: Town) -> None:
    programme = draft(town, month(12))
    of = weekly(town)
    scribe = Scribe(programme, town.yen)
    scribe.add(
        "Giao ban Thường trực Đảng ủy chiều thứ Hai hằng tuần",
        Tree.load(programme.pk).children(None)[-1],
        role="meeting",
    )

    propose(town.party, DECEMBER, actor=town.yen, now=NOW)

    assert candidates(programme) == []
    assert Meeting.objects.get(weekly_on=0).series == of


def test_a_draft_copied_after_the_proposal_announces_the_row_that_is_there(town: Town) -> None:
    november = draft(town, month(11))
    of = Series.objects.create(
        issuing_body=town.party,
        title="Hội nghị Ban Thường vụ Đảng ủy",
        frequency="monthly_weekday",
        weekday=2,
        nth=4,
    )
    (row,) = propose(town.party, DECEMBER, actor=town.yen, now=NOW)

    copy = services.copy_programme(november, period=month(12), actor=town.yen, now=NOW)

    row.refresh_from_db()
    assert row.section is not None
    assert row.section.document_id == copy.pk
    assert (row.series, row.on) == (of, dt.date(2026, 12, 23))
    assert row.items.count() == 3
    assert not Meeting.objects.filter(on=row.on).exclude(pk=row.pk).exists()


def test_the_same_name_on_the_same_day_is_said_and_not_ticked(town: Town) -> None:
    programme = draft(town, month(12))
    meeting(town, title="Hội nghị Ban thường vụ Đảng uỷ", on=dt.date(2026, 12, 25))

    (each,) = candidates(programme)

    assert each.twin is not None
    assert not each.suggested


def test_only_open_meetings_of_the_period_and_the_body_are_offered(town: Town) -> None:
    programme = draft(town, month(12))
    here = meeting(town)
    undated = meeting(town, on=None, tentative=False, title="Hội nghị chuyên đề")
    meeting(town, on=dt.date(2027, 1, 4))
    meeting(town, issuing_body=town.state)
    meeting(town, state="cancelled")
    meeting(town, state="postponed", on=None, tentative=False)
    meeting(town, state="held", tentative=False)

    found = candidates(programme)

    assert [(each.meeting, each.suggested) for each in found] == [(here, True), (undated, False)]


def test_doing_it_twice_does_nothing_more(town: Town) -> None:
    programme = draft(town, month(12))
    row = meeting(town)
    op = uuid.uuid4()

    first = put(programme, town, str(row.public_id), op=op)
    again = put(programme, town, str(row.public_id), op=op)
    other = put(programme, town, str(row.public_id))

    assert (len(first), again, other) == (1, [], [])
    assert Operation.objects.filter(kind="paste").count() == MeetingLog.objects.count() == 1


def test_undo_takes_the_section_back_and_the_row_stays(town: Town) -> None:
    programme = draft(town, month(12))
    row = meeting(town)
    item = AgendaItem.objects.create(meeting=row, position=1, text="Báo cáo.")
    op = uuid.uuid4()
    put(programme, town, str(row.public_id), op=op)
    scribe = Scribe(programme, town.yen)

    scribe.do("undo")

    row.refresh_from_db()
    assert (row.section, row.on) == (None, dt.date(2026, 12, 29))
    assert [each.meeting for each in candidates(programme)] == [row]
    put(programme, town, str(row.public_id))
    row.refresh_from_db()
    item.refresh_from_db()
    assert row.section is not None
    assert item.clause is not None
    assert item.clause.parent_id == row.section_id


def test_what_is_no_draft_is_left_alone(town: Town) -> None:
    programme = issued(town, month(12))
    row = meeting(town)

    with pytest.raises(NotEditable, match="không còn là dự thảo"):
        put(programme, town, str(row.public_id))

    row.refresh_from_db()
    assert (row.section, row.section_key) == (None, None)


def test_a_title_with_a_day_inside_is_refused_and_nothing_is_half_done(town: Town) -> None:
    programme = draft(town, month(12))
    good = meeting(town)
    bad = meeting(town, title="Sơ kết Nghị quyết số 03-NQ/ĐU, ngày 05/9/2025 về dân vận")

    with pytest.raises(OperationError, match="có lẫn ngày giờ"):
        put(programme, town, str(good.public_id), str(bad.public_id))

    good.refresh_from_db()
    assert (good.section, good.section_key) == (None, None)
    assert not Operation.objects.exists()


@pytest.mark.parametrize("count", [1, 12])
def test_the_list_costs_the_same_however_many_meetings(town: Town, count: int) -> None:
    programme = draft(town, month(12))
    for n in range(count):
        row = meeting(town, title=f"Hội nghị {n}")
        item = AgendaItem.objects.create(meeting=row, position=1, text="Báo cáo.")
        PreparingBody.objects.create(item=item, agency=town.agency, name="Phòng Kinh tế")

    with CaptureQueriesContext(connection) as counted:
        found = candidates(programme)

    assert len(found) == count
    assert len(counted) == QUERIES, [q["sql"][:90] for q in counted]
