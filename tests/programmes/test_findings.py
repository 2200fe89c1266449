"""What the editor marks: certain findings at their clause, and nothing on sound text."""

from __future__ import annotations

import datetime as dt

import pytest

from agencies.models import DayOff
from meetings.models import Meeting
from programmes.findings import of_words
from programmes.models import Programme
from programmes.sheet import Sheet
from tests.office import NOW, Office
from tests.scribe import Scribe


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Họp ngày 31/4/2026 tại hội trường.", ["date.impossible"]),
        ("Họp ngày 26/11/2026 (thứ Tư).", ["weekday.wrong"]),
        ("Họp ngày 26/11/2026 (thứ Năm).", []),
        ("Chúc mừng 🎉 ngày thành lập.", ["glyph.missing"]),
        ("Tỷ lệ 3/4 hộ dân; Nghị quyết số 35-NQ/HU, ngày 01/4/2021.", []),
        ("Nhân kỷ niệm Ngày giải phóng miền Nam (30/4), ngày Quốc tế lao động (01/5).", []),
    ],
)
def test_the_words_of_a_clause(text: str, codes: list[str]) -> None:
    assert [f["code"] for f in of_words(text)] == codes


def codes_of(programme: Programme) -> dict[str, list[str]]:
    return {line["text"]: [f["code"] for f in line["findings"]] for line in Sheet.of(programme).data()}


def test_a_meeting_outside_its_period_or_on_a_day_off_is_marked(programme: Programme, desk: Office) -> None:
    DayOff.objects.create(day=dt.date(2026, 11, 24), name="Ngày Văn hóa Việt Nam")
    scribe = Scribe(programme, desk.yen)
    for text in (
        "Giao ban: Ngày 24/11/2026 (thứ Ba)",
        "Sơ kết: Ngày 02/12/2026 (thứ Tư)",
        "Tập huấn: Ngày 21/11/2026 (thứ Bảy)",
        "Họp báo: Ngày 25/11/2026 (thứ Tư)",
    ):
        scribe.add(text, after=scribe.first(), role="meeting")

    found = codes_of(programme)

    assert found["Giao ban: Ngày 24/11/2026 (thứ Ba)"] == ["date.off"]
    assert found["Sơ kết: Ngày 02/12/2026 (thứ Tư)"] == ["date.outside"]
    assert found["Tập huấn: Ngày 21/11/2026 (thứ Bảy)"] == ["date.weekend"]
    assert found["Họp báo: Ngày 25/11/2026 (thứ Tư)"] == []


def test_an_agenda_item_without_lead_body_is_marked_until_it_has_one(
    programme: Programme, desk: Office
) -> None:
    scribe = Scribe(programme, desk.yen)
    meeting = scribe.add("Hội nghị: Ngày 25/11/2026 (thứ Tư)", after=scribe.first(), role="meeting")
    item = scribe.add("Báo cáo kinh tế.", under=meeting)
    assert codes_of(programme)["Báo cáo kinh tế."] == ["body.missing"]

    bodies = [{"name": "UBND xã", "agency": None, "lead": True}]
    scribe.do("bodies", clauses=[str(item.public_id)], bodies=bodies)

    assert codes_of(programme)["Báo cáo kinh tế."] == []


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Hội nghị Ban Thường vụ: Dự kiến ngày 25/11/2026", ["meeting.unmarked"]),
        ("Giao ban Thường trực chiều thứ Hai hằng tuần", ["meeting.unmarked"]),
        ("Triển khai Nghị quyết số 03-NQ/ĐU, ngày 05/9/2025", []),
        ("Lãnh đạo, chỉ đạo một số nhiệm vụ trọng tâm", []),
    ],
)
def test_a_heading_that_announces_a_day_of_the_period_is_offered_as_meeting(
    programme: Programme, desk: Office, text: str, codes: list[str]
) -> None:
    scribe = Scribe(programme, desk.yen)
    scribe.add(text, after=scribe.first(), role="heading")

    assert codes_of(programme)[text] == codes


def test_words_that_name_another_day_than_was_told_are_marked(programme: Programme, desk: Office) -> None:
    scribe = Scribe(programme, desk.yen)
    meeting = scribe.add("Hội nghị: Ngày 25/11/2026 (thứ Tư)", after=scribe.first(), role="meeting")
    Meeting.objects.update(announced_at=NOW)
    before = codes_of(programme)["Hội nghị: Ngày 25/11/2026 (thứ Tư)"]

    scribe.on("text", scribe.again(meeting), text="Hội nghị: Ngày 26/11/2026 (thứ Năm)")

    assert before == []
    assert codes_of(programme)["Hội nghị: Ngày 26/11/2026 (thứ Năm)"] == ["meeting.told"]
