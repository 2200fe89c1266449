"""Programmes: made, copied, edited with their meetings following, removed."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from agencies.models import DayOff
from documents.models import Clause, Document, DocumentLog
from documents.operations import OperationError
from meetings.models import AgendaItem, Meeting
from programmes import services
from programmes.models import Programme
from programmes.periods import Period, PeriodType
from tests.office import NOW, Office
from tests.scribe import Scribe

MONTH = Period(2026, PeriodType.MONTH, 11)


@pytest.mark.parametrize(
    ("period", "party", "state"),
    [
        (MONTH, "công tác tháng 11 năm 2026", "Công tác của UBND xã tháng 11 năm 2026"),
        (
            Period(2026, PeriodType.QUARTER, 4),
            "công tác quý IV năm 2026",
            "Công tác của UBND xã quý IV năm 2026",
        ),
        (
            Period(2027, PeriodType.HALF, 1),
            "công tác 6 tháng đầu năm 2027",
            "Công tác của UBND xã 6 tháng đầu năm 2027",
        ),
        (Period(2027, PeriodType.YEAR), "công tác năm 2027", "Công tác của UBND xã năm 2027"),
    ],
)
def test_the_title_follows_period_and_regime(desk: Office, period: Period, party: str, state: str) -> None:
    ours = services.create_programme(issuing_body=desk.body, period=period, actor=desk.yen, now=NOW)
    theirs = services.create_programme(issuing_body=desk.other, period=period, actor=desk.yen, now=NOW)

    assert (ours.subject, ours.notation, ours.number) == (party, "CTr/ĐU", None)
    assert (theirs.subject, theirs.notation, theirs.number) == (state, "CTr-UBND", None)


def test_a_new_programme_has_letterhead_gap_recipients_and_signer(programme: Programme) -> None:
    assert (programme.superior_lines, programme.letterhead_lines) == (
        "ĐẢNG BỘ TỈNH BẮC NINH",
        "ĐẢNG ỦY XÃ TÂN SƠN",
    )
    assert (programme.place, programme.year, programme.month, programme.day) == ("Tân Sơn", 2026, 10, None)
    assert programme.signing_authority == "T/L BAN THƯỜNG VỤ"
    assert [(r.text, r.purpose) for r in programme.recipients.all()] == [
        ("Thường trực Tỉnh ủy", "báo cáo"),
        ("Lưu Văn phòng Đảng ủy", ""),
    ]


def test_a_period_has_one_programme(programme: Programme, desk: Office) -> None:
    with pytest.raises(services.PeriodTaken) as taken:
        services.create_programme(issuing_body=desk.body, period=MONTH, actor=desk.yen, now=NOW)

    assert taken.value.existing == programme
    assert Programme.objects.count() == 1


def test_making_a_programme_is_logged_once(programme: Programme, desk: Office) -> None:
    entries = DocumentLog.objects.filter(document=programme)

    assert [(e.action, e.actor_id, e.actor_name) for e in entries] == [
        ("document.create", desk.yen.pk, "Nguyễn Thị Hải Yến")
    ]


@pytest.fixture
def scribe(programme: Programme, desk: Office) -> Scribe:
    """II. is a meeting with four items; UBND prepares 1-3, the farmers 4."""
    scribe = Scribe(programme, desk.yen)
    one = scribe.first()
    scribe.on("text", one, text="Nhiệm vụ trọng tâm")
    meeting = scribe.add(
        "Hội nghị Ban Thường vụ: Dự kiến ngày 25/11/2026 (thứ Tư)", after=one, role="meeting"
    )
    items = [scribe.add("Báo cáo kinh tế.", under=meeting)]
    for text in ("Báo cáo dự án.", "Báo cáo cải cách hành chính.", "Báo cáo Đại hội."):
        items.append(scribe.add(text, after=items[-1]))
    bodies = [{"name": "UBND xã", "agency": desk.agency.pk, "lead": True}]
    scribe.do("bodies", clauses=[str(i.public_id) for i in items[:3]], bodies=bodies)
    farmers = [{"name": "Hội Nông dân xã", "agency": desk.stranger.pk, "lead": True}]
    scribe.do("bodies", clauses=[str(items[3].public_id)], bodies=farmers)
    return scribe


def clause(scribe: Scribe, text: str) -> Clause:
    return Clause.objects.get(document=scribe.programme, text__startswith=text)


def test_preparing_notes_are_computed(scribe: Scribe) -> None:
    assert scribe.printed()[2:] == [
        "1. Báo cáo kinh tế.",
        "2. Báo cáo dự án.",
        "3. Báo cáo cải cách hành chính.",
        "(UBND xã chuẩn bị nội dung 1-3)",
        "4. Báo cáo Đại hội.",
        "(Hội Nông dân xã chuẩn bị)",
    ]


def test_preparing_notes_follow_a_move(scribe: Scribe) -> None:
    scribe.on("up", clause(scribe, "Báo cáo Đại hội"))

    assert scribe.printed()[2:] == [
        "1. Báo cáo kinh tế.",
        "2. Báo cáo dự án.",
        "(UBND xã chuẩn bị nội dung 1, 2)",
        "3. Báo cáo Đại hội.",
        "(Hội Nông dân xã chuẩn bị)",
        "4. Báo cáo cải cách hành chính.",
        "(UBND xã chuẩn bị)",
    ]


def test_a_meeting_is_a_row_with_its_facts(scribe: Scribe) -> None:
    meeting = Meeting.objects.get()

    assert (meeting.title, meeting.on, meeting.tentative) == (
        "Hội nghị Ban Thường vụ",
        dt.date(2026, 11, 25),
        True,
    )
    assert [(i.position, i.text, [b.name for b in i.preparing.all()]) for i in meeting.items.all()] == [
        (1, "Báo cáo kinh tế.", ["UBND xã"]),
        (2, "Báo cáo dự án.", ["UBND xã"]),
        (3, "Báo cáo cải cách hành chính.", ["UBND xã"]),
        (4, "Báo cáo Đại hội.", ["Hội Nông dân xã"]),
    ]


def test_the_weekday_of_a_typed_date_is_put_right(scribe: Scribe) -> None:
    heading = clause(scribe, "Hội nghị Ban Thường vụ")

    scribe.on("text", heading, text="Hội nghị Ban Thường vụ: Dự kiến ngày 26/11/2026 (thứ Tư)")

    assert scribe.again(heading).text == "Hội nghị Ban Thường vụ: Dự kiến ngày 26/11/2026 (thứ Năm)"
    assert Meeting.objects.get().on == dt.date(2026, 11, 26)


def test_moving_a_meeting_rewrites_its_words(scribe: Scribe, desk: Office) -> None:
    heading = clause(scribe, "Hội nghị Ban Thường vụ")
    asked: dict[str, Any] = {
        "clause": str(heading.public_id),
        "version": heading.version,
        "when": {"date": "2026-11-27", "tentative": False, "part_of_day": "morning"},
    }

    scribe.do("schedule", **asked)

    assert scribe.again(heading).text == "Hội nghị Ban Thường vụ: Sáng ngày 27/11/2026 (thứ Sáu)"
    meeting = Meeting.objects.get()
    assert (meeting.on, meeting.tentative, meeting.part_of_day) == (dt.date(2026, 11, 27), False, "morning")


def test_a_day_that_does_not_exist_is_refused(scribe: Scribe, desk: Office) -> None:
    heading = clause(scribe, "Hội nghị Ban Thường vụ")
    asked: dict[str, Any] = {
        "clause": str(heading.public_id),
        "version": heading.version,
        "when": {"date": "2026-04-31"},
    }

    with pytest.raises(OperationError, match="không có thật"):
        scribe.do("schedule", **asked)

    assert Meeting.objects.get().on == dt.date(2026, 11, 25)


def test_a_meeting_that_is_taken_out_takes_its_items_along(scribe: Scribe) -> None:
    scribe.on("remove", clause(scribe, "Hội nghị Ban Thường vụ"))

    assert (Meeting.objects.count(), AgendaItem.objects.count()) == (0, 0)

    scribe.do("undo")

    assert (Meeting.objects.count(), AgendaItem.objects.count()) == (1, 4)


def test_a_copy_keeps_the_place_in_the_month_and_becomes_tentative(scribe: Scribe, desk: Office) -> None:
    programme = scribe.programme

    copy = services.copy_programme(programme, period=MONTH.next, actor=desk.yen, now=NOW)

    meeting = Meeting.objects.get(section__document=copy)
    assert (meeting.on, meeting.tentative) == (dt.date(2026, 12, 23), True)
    assert copy.subject == "công tác tháng 12 năm 2026"
    assert [c.origin for c in copy.clauses.all()] == ["carried"] * 6
    assert [i.text for i in meeting.items.all()] == [
        "Báo cáo kinh tế.",
        "Báo cáo dự án.",
        "Báo cáo cải cách hành chính.",
        "Báo cáo Đại hội.",
    ]


def test_a_copied_meeting_avoids_a_day_off(scribe: Scribe, desk: Office) -> None:
    DayOff.objects.create(day=dt.date(2026, 12, 23), name="Nghỉ")

    copy = services.copy_programme(scribe.programme, period=MONTH.next, actor=desk.yen, now=NOW)

    assert Meeting.objects.get(section__document=copy).on == dt.date(2026, 12, 24)


def test_a_draft_is_removed_and_its_log_stays(scribe: Scribe, desk: Office) -> None:
    programme = scribe.programme

    services.delete_draft(programme, actor=desk.yen, now=NOW)

    assert (Document.objects.count(), Clause.objects.count(), Meeting.objects.count()) == (0, 0, 0)
    assert DocumentLog.objects.filter(action="document.delete").count() == 1


def test_an_issued_programme_is_not_removed(programme: Programme, desk: Office) -> None:
    Document.objects.filter(pk=programme.pk).update(state="review")

    with pytest.raises(OperationError):
        services.delete_draft(programme, actor=desk.yen, now=NOW)

    assert Programme.objects.filter(pk=programme.pk).exists()


def test_a_heading_that_is_no_meeting_any_more_leaves_none_behind(scribe: Scribe) -> None:
    scribe.on("role", clause(scribe, "Hội nghị Ban Thường vụ"), role="heading")

    assert (Meeting.objects.count(), AgendaItem.objects.count()) == (0, 0)
