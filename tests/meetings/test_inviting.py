"""Invitations drawn from the rows of a meeting, in the form of each regime."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from pytest_django.fixtures import Settings

from assignments.models import Notification
from documents import papers, services
from documents.models import Document, DocumentLog, RegisterEntry, Snapshot
from documents.operations import OperationError
from meetings import inviting, moving
from meetings.holding import MeetingError
from meetings.invitation_text import time_words
from meetings.models import (
    AgendaItem,
    Attendee,
    ConnectingPoint,
    Invitation,
    Meeting,
    MeetingLog,
    PreparingBody,
    Room,
    Session,
)
from meetings.moving import Slot
from paper.printing import completeness, docx, pdf
from paper.reading.files import read_file
from paper.reading.invitation import invitation as read_invitation
from paper.value import Recipient
from tests import factories
from tests.factories import NOW, AgencyFactory, Town
from tests.meetings.conftest import attends, told_meeting
from tests.numbering import issue_numbered

DAY = dt.date(2026, 12, 23)
MORNING = (
    "- Phiên buổi sáng: 08 giờ 00, thứ Tư, ngày 23 tháng 12 năm 2026 (kết thúc lúc 11 giờ 30); "
    "nội dung 1-3; thành phần: Phòng Kinh tế."
)


def party_meeting(town: Town, **values: Any) -> Meeting:
    """A meeting of the party body with an hour, a room, a chair, three items and three invited."""
    town.son.position = "Bí thư Đảng ủy xã"
    town.son.save()
    room = Room.objects.create(name="Phòng họp số 1, trụ sở Đảng ủy xã")
    given: dict[str, Any] = {"tentative": False, "starts_at": dt.time(7, 30), "room": room}
    meeting = told_meeting(town, DAY, **{**given, **values})
    attends(meeting, text="Các đồng chí Ủy viên Ban Thường vụ Đảng ủy")
    attends(meeting, person=town.son)
    attends(meeting, agency=town.stranger)
    return meeting


def state_meeting(town: Town, items: int = 4) -> Meeting:
    """A meeting of the State body with two sessions, connecting points and people for one item."""
    meeting = Meeting.objects.create(
        issuing_body=town.state,
        title="Phiên họp UBND xã thường kỳ tháng 12",
        on=DAY,
        starts_at=dt.time(8),
        ends_at=dt.time(16, 30),
        chair_text="Đồng chí Chu Văn Thịnh, Chủ tịch UBND xã",
        place="Hội trường UBND xã",
        announced_at=NOW,
        documents_days=3,
    )
    morning = Session.objects.create(
        meeting=meeting, position=1, title="Phiên buổi sáng", starts_at=dt.time(8), ends_at=dt.time(11, 30)
    )
    afternoon = Session.objects.create(
        meeting=meeting, position=2, title="Phiên buổi chiều", starts_at=dt.time(14)
    )
    for n in range(1, items + 1):
        item = AgendaItem.objects.create(
            meeting=meeting,
            position=n,
            text=f"Báo cáo kết quả thực hiện nhiệm vụ số {n}.",
            session=morning if n < items else afternoon,
            minutes=45,
        )
        if n < items:
            PreparingBody.objects.create(item=item, agency=town.agency, name="Phòng Kinh tế")
    ConnectingPoint.objects.create(meeting=meeting, position=1, name="Điểm cầu thôn Tân Thành")
    ConnectingPoint.objects.create(
        meeting=meeting, position=2, name="Điểm cầu Trạm Y tế xã", agency=town.stranger
    )
    attends(meeting, text="Các đồng chí thành viên UBND xã")
    attends(meeting, agency=town.agency, session=morning)
    second = meeting.items.get(position=2)
    police = AgencyFactory.create(name="Công an xã Tân Sơn", short_name="Công an xã")
    attends(meeting, agency=police, item=second)
    return meeting


@pytest.fixture(autouse=True)
def own_folder(settings: Settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


def drawn(town: Town, kind: str = "party", **values: Any) -> Invitation:
    """A draft to the meeting of one regime."""
    if kind == "party":
        return inviting.draw_invitation(party_meeting(town, **values), actor=town.yen, now=NOW)
    return inviting.draw_invitation(state_meeting(town, **values), actor=town.minh, now=NOW)


def printed(invitation: Invitation) -> list[str]:
    """The paragraphs of the text, with their labels."""
    paper = papers.paper_of(invitation)
    return [f"{clause.label or ''} {clause.text}".strip() for _path, clause in paper.clauses()]


def issued(town: Town, number: int = 5, **values: Any) -> Invitation:
    made = drawn(town, **values)
    return issue_numbered(made, number, actor=town.hoa)


# ---------------------------------------------------------------- words


def test_a_party_invitation_says_what_the_rows_say(town: Town) -> None:
    paper = papers.paper_of(drawn(town))

    assert (paper.kind, paper.subject) == ("GIẤY MỜI", ("dự Hội nghị Ban Thường vụ Đảng ủy",))
    assert (paper.number, paper.notation, paper.dated.day) == (None, "GM/ĐU", None)
    assert (paper.place, paper.end_mark) == ("Tân Sơn", False)
    assert paper.signature.authority == ("T/L BAN THƯỜNG VỤ",)
    assert [f"{c.label or ''} {c.text}".strip() for _p, c in paper.clauses()] == [
        "Kính mời:",
        "- Các đồng chí Ủy viên Ban Thường vụ Đảng ủy;",
        "- Đồng chí Giáp Văn Sơn, Bí thư Đảng ủy xã;",
        "- Hội Nông dân xã.",
        "Đảng ủy xã Tân Sơn tổ chức Hội nghị Ban Thường vụ Đảng ủy, cụ thể như sau:",
        "1. Thời gian: 07 giờ 30, ngày 23/12/2026 (thứ Tư).",
        "2. Địa điểm: Phòng họp số 1, trụ sở Đảng ủy xã.",
        "3. Chủ trì: Đồng chí Giáp Văn Sơn, Bí thư Đảng ủy xã.",
        "4. Nội dung:",
        "(1) Báo cáo số 1.",
        "(2) Báo cáo số 2.",
        "(3) Báo cáo số 3.",
        "(Phòng Kinh tế chuẩn bị nội dung 1-3)",
        "Đề nghị Phòng Kinh tế gửi tài liệu về Văn phòng Đảng ủy chậm nhất ngày 15/12/2026 (thứ Ba).",
        "Đề nghị các đồng chí, các cơ quan, đơn vị dự họp đúng thành phần, thời gian.",
    ]
    assert paper.recipients == (
        Recipient("Các đồng chí Ủy viên Ban Thường vụ Đảng ủy"),
        Recipient("Đ/c Giáp Văn Sơn, Bí thư Đảng ủy xã"),
        Recipient("Hội Nông dân xã"),
        Recipient("Phòng Kinh tế", "chuẩn bị nội dung"),
        Recipient("Lưu Văn phòng Đảng ủy"),
    )


def test_a_state_invitation_has_its_sessions_points_and_guests_of_one_item(town: Town) -> None:
    invitation = drawn(town, "state")
    paper = papers.paper_of(invitation)

    assert (paper.notation, paper.end_mark) == ("GM-UBND", True)
    assert paper.subject == ("Dự Phiên họp UBND xã thường kỳ tháng 12",)
    assert printed(invitation) == [
        "Ủy ban nhân dân xã Tân Sơn trân trọng kính mời:",
        "- Các đồng chí thành viên UBND xã.",
        "Tới dự Phiên họp UBND xã thường kỳ tháng 12, cụ thể như sau:",
        "1. Chủ trì: Đồng chí Chu Văn Thịnh, Chủ tịch UBND xã.",
        "2. Thời gian: 08 giờ 00, thứ Tư, ngày 23 tháng 12 năm 2026 (kết thúc lúc 16 giờ 30).",
        MORNING,
        "- Phiên buổi chiều: 14 giờ 00, thứ Tư, ngày 23 tháng 12 năm 2026; nội dung 4.",
        "3. Địa điểm: Hội trường UBND xã, trực tuyến đến các điểm cầu:",
        "- Điểm cầu thôn Tân Thành;",
        "- Điểm cầu Trạm Y tế xã (Hội Nông dân xã phụ trách).",
        "4. Nội dung:",
        "(1) Báo cáo kết quả thực hiện nhiệm vụ số 1.",
        "(2) Báo cáo kết quả thực hiện nhiệm vụ số 2.",
        "(3) Báo cáo kết quả thực hiện nhiệm vụ số 3.",
        "(Phòng Kinh tế chuẩn bị nội dung 1-3).",
        "(4) Báo cáo kết quả thực hiện nhiệm vụ số 4.",
        "5. Mời dự từng nội dung:",
        "- Nội dung 2 (khoảng 08 giờ 45): Công an xã.",
        "Đề nghị Phòng Kinh tế gửi tài liệu về Văn phòng chậm nhất ngày 17/12/2026 (thứ Năm).",
        "Đề nghị các đồng chí, các cơ quan, đơn vị dự họp đúng thành phần, thời gian.",
    ]
    assert [(r.text, r.purpose) for r in paper.recipients] == [
        ("Các đồng chí thành viên UBND xã", None),
        ("Phòng Kinh tế", "dự Phiên buổi sáng"),
        ("Công an xã", "dự nội dung 2"),
        ("Hội Nông dân xã", "chuẩn bị điểm cầu"),
        ("Lưu: VT", None),
    ]


def test_named_agencies_get_the_invitation(town: Town) -> None:
    invitation = drawn(town)

    assert set(invitation.recipients.exclude(agency=None).values_list("agency", flat=True)) == {
        town.stranger.pk,
        town.agency.pk,
    }


@pytest.mark.parametrize(
    ("values", "party", "state"),
    [
        ({"starts_at": dt.time(7, 30)}, "07 giờ 30, ngày 05/01/2027 (thứ Ba)",
         "07 giờ 30, thứ Ba, ngày 05 tháng 01 năm 2027"),
        ({"part_of_day": "morning"}, "sáng ngày 05/01/2027 (thứ Ba)",
         "sáng thứ Ba, ngày 05 tháng 01 năm 2027"),
        ({"part_of_day": "afternoon", "starts_at": dt.time(14)}, "14 giờ 00, chiều ngày 05/01/2027 (thứ Ba)",
         "14 giờ 00, chiều thứ Ba, ngày 05 tháng 01 năm 2027"),
        ({}, "ngày 05/01/2027 (thứ Ba), cả ngày", "thứ Ba, ngày 05 tháng 01 năm 2027, cả ngày"),
    ],
)  # fmt: skip
def test_each_regime_writes_the_time_in_its_own_words(values: dict[str, Any], party: str, state: str) -> None:
    meeting = Meeting(on=dt.date(2027, 1, 5), **values)

    assert time_words(meeting, meeting.on, party=True) == party
    assert time_words(meeting, meeting.on, party=False) == state


def test_many_invited_stand_in_the_recipients_alone(town: Town) -> None:
    meeting = party_meeting(town)
    for n in range(20):
        attends(meeting, text=f"Đồng chí Bí thư chi bộ thôn số {n}")

    invitation = inviting.draw_invitation(meeting, actor=town.yen, now=NOW)

    assert printed(invitation)[0] == "Kính mời: Các đồng chí, các cơ quan, đơn vị có tên tại Nơi nhận."
    assert invitation.recipients.filter(text__contains="chi bộ thôn số").count() == 20


def test_a_long_agenda_is_left_to_the_issued_programme(town: Town) -> None:
    programme = factories.issued(town, factories.month(12))
    meeting = Meeting.objects.get(section__document=programme)
    for n in range(4, 20):
        AgendaItem.objects.create(meeting=meeting, position=n, text=f"Báo cáo số {n}.")
    Meeting.objects.filter(pk=meeting.pk).update(tentative=False, starts_at=dt.time(8))
    attends(meeting, person=town.son)

    invitation = inviting.draw_invitation(meeting, actor=town.yen, now=NOW)

    assert "2. Nội dung: 19 nội dung theo Chương trình số 12-CTr/ĐU, ngày 29/11/2026." in printed(invitation)


def test_a_long_agenda_without_a_programme_is_printed_whole(town: Town) -> None:
    invitation = drawn(town, items=30)

    assert sum(line.startswith("(") and ") Báo cáo" in line for line in printed(invitation)) == 30


# ---------------------------------------------------------------- print


@pytest.mark.parametrize(("kind", "items"), [("party", 3), ("party", 40), ("state", 4), ("state", 40)])
def test_the_print_says_everything_and_reads_back_as_the_same_meeting(
    town: Town, kind: str, items: int
) -> None:
    invitation = drawn(town, kind, items=items)
    paper, data = services.printed(invitation)
    meeting = invitation.meeting

    assert completeness.missing(paper, data, invitation.form) == []
    for file, name in (
        (pdf.render(paper, invitation.form, source=False), "giay-moi.pdf"),
        (docx.render(paper, invitation.form, source=False), "giay-moi.docx"),
    ):
        (read,) = read_invitation(read_file(file, name).paper)
        assert (read.title, read.when.date, read.when.time) == (meeting.title, meeting.on, meeting.starts_at)
        assert [item.text for item in read.items] == [
            item.text for item in meeting.items.order_by("position")
        ]
        assert [item.preparing.lead for item in read.items] == [
            tuple(body.name for body in item.preparing.all()) for item in meeting.items.order_by("position")
        ]


@pytest.mark.parametrize("kind", ["party", "state"])
def test_words_of_those_invited_and_of_items_name_no_meeting(town: Town, kind: str) -> None:
    meeting = party_meeting(town) if kind == "party" else state_meeting(town)
    Meeting.objects.filter(pk=meeting.pk).update(title="Hội nghị về công tác tổ chức cán bộ")
    meeting.attendees.filter(position=1).update(text="Các tổ chức chính trị - xã hội xã")
    meeting.items.filter(position=1).update(text="Công tác tổ chức Đại hội Hội Nông dân xã.")

    invitation = inviting.draw_invitation(meeting, actor=town.yen, now=NOW)

    file = docx.render(papers.paper_of(invitation), invitation.form, source=False)
    (read,) = read_invitation(read_file(file, "giay-moi.docx").paper)
    assert read.title == "Hội nghị về công tác tổ chức cán bộ"


# ---------------------------------------------------------------- drawing


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"on": None}, "chưa có ngày họp"),
        ({"tentative": True}, "mới là dự kiến"),
        ({"on": dt.date(2026, 11, 19)}, "đã qua"),
        ({"state": "cancelled"}, "trạng thái “Hủy”"),
        ({"title": " "}, "chưa có tên"),
    ],
)
def test_what_is_missing_is_said_and_nothing_is_half_saved(
    town: Town, values: dict[str, Any], sentence: str
) -> None:
    meeting = party_meeting(town)
    Meeting.objects.filter(pk=meeting.pk).update(**values)

    with pytest.raises(MeetingError, match=sentence):
        inviting.draw_invitation(meeting, actor=town.yen, now=NOW)

    assert not Invitation.objects.exists()
    assert not MeetingLog.objects.exists()


def test_nobody_to_invite_is_no_invitation(town: Town) -> None:
    meeting = party_meeting(town)
    Attendee.objects.all().delete()

    with pytest.raises(MeetingError, match="Chưa có thành phần dự"):
        inviting.draw_invitation(meeting, actor=town.yen, now=NOW)

    assert not Document.objects.exists()


def test_a_meeting_has_one_draft_at_a_time(town: Town) -> None:
    invitation = drawn(town)

    with pytest.raises(MeetingError, match="đã có dự thảo"):
        inviting.draw_invitation(invitation.meeting, actor=town.chung, now=NOW)

    assert Invitation.objects.count() == 1
    assert MeetingLog.objects.filter(action="meeting.invitation_drawn").count() == 1


def test_a_moved_meeting_makes_the_draft_stale_until_it_is_drawn_again(town: Town) -> None:
    invitation = drawn(town)
    meeting = invitation.meeting
    slot = Slot(on=dt.date(2026, 12, 25), starts_at=dt.time(14), place="Hội trường")
    assert inviting.stale(invitation, meeting) == []

    moved = moving.move(meeting, slot, actor=town.yen, now=NOW, seen_sequence=meeting.sequence)
    found = {str(change.label): (change.before, change.after) for change in inviting.stale(invitation, moved)}

    assert found["Thời gian"] == (
        "07 giờ 30, ngày 23/12/2026 (thứ Tư)",
        "14 giờ 00, ngày 25/12/2026 (thứ Sáu)",
    )
    assert set(found) == {"Thời gian", "Địa điểm", "Tài liệu"}
    with pytest.raises(MeetingError, match="đã đổi sau khi soạn"):
        issue_numbered(invitation, 1, actor=town.hoa)

    inviting.redraw(invitation, actor=town.yen, now=NOW)

    assert "1. Thời gian: 14 giờ 00, ngày 25/12/2026 (thứ Sáu)." in printed(invitation)
    assert not any("23/12" in line for line in printed(invitation))
    assert inviting.stale(invitation, moved) == []
    entry = MeetingLog.objects.get(action="meeting.invitation_redrawn")
    assert "07 giờ 30, ngày 23/12/2026 (thứ Tư) → 14 giờ 00, ngày 25/12/2026 (thứ Sáu)" in entry.note


def test_a_draft_is_put_right_paragraph_by_paragraph(town: Town) -> None:
    invitation = drawn(town)
    clauses = {c.text: c for c in invitation.clauses.all()}
    last = clauses["Đề nghị các đồng chí, các cơ quan, đơn vị dự họp đúng thành phần, thời gian."]
    texts = {c.public_id: c.text for c in clauses.values()}
    texts[last.public_id] = "Trân trọng kính mời./."
    texts[clauses["Hội Nông dân xã."].public_id] = ""
    recipients = [Recipient("Hội Nông dân xã", "dự nội dung 1"), Recipient("Lưu Văn phòng Đảng ủy")]

    changed = inviting.correct(
        invitation,
        texts,
        subject="dự họp",
        recipients=recipients,
        signature={"signing_name": "Vi Văn Chung"},
        revision=invitation.revision,
        actor=town.yen,
        now=NOW,
    )

    paper = papers.paper_of(Invitation.objects.get())
    assert changed
    assert (paper.subject, paper.recipients) == (("dự họp",), tuple(recipients))
    assert paper.signature.name == "Vi Văn Chung"
    assert printed(invitation)[-1] == "Trân trọng kính mời./."
    assert "- Hội Nông dân xã." not in printed(invitation)
    with pytest.raises(OperationError, match="Người khác vừa sửa"):
        inviting.correct(
            invitation,
            texts,
            subject="khác",
            recipients=recipients,
            signature={},
            revision=invitation.revision,
            actor=town.chung,
            now=NOW,
        )
    assert Invitation.objects.get().subject == "dự họp"


def test_a_discarded_draft_leaves_its_trace_and_room_for_another(town: Town) -> None:
    invitation = drawn(town)

    inviting.discard(invitation, actor=town.yen, now=NOW)

    assert not Document.objects.exists()
    assert MeetingLog.objects.filter(action="meeting.invitation_discarded").count() == 1
    assert inviting.draw_invitation(invitation.meeting, actor=town.yen, now=NOW).pk


# ---------------------------------------------------------------- issuing


def test_issuing_writes_number_and_date_and_tells_those_invited_once(town: Town) -> None:
    invitation = issued(town)
    meeting = Meeting.objects.get()

    assert (invitation.number, invitation.dated_on, invitation.state) == (5, NOW.date(), "issued")
    assert (meeting.state, MeetingLog.objects.filter(action="meeting.invite").count()) == ("invited", 1)
    assert DocumentLog.objects.filter(document=invitation.pk, action="document.issue").count() == 1
    told = Notification.objects.filter(key=f"meeting.invitation:{invitation.public_id}")
    assert {notice.person for notice in told} == {town.son, town.binh, town.mai}
    assert {notice.title for notice in told} == {
        "Giấy mời số 05-GM/ĐU, ngày 20/11/2026: Hội nghị Ban Thường vụ Đảng ủy"
    }
    assert {notice.url for notice in told} == {
        f"/hoi-nghi/{meeting.public_id}/giay-moi/{invitation.public_id}/"
    }


def test_an_issued_invitation_is_served_from_what_was_kept(town: Town) -> None:
    invitation = issued(town)
    paper, data = services.printed(Invitation.objects.get())
    Meeting.objects.update(title="Tên khác", place="Nơi khác")

    again, same = services.printed(Invitation.objects.get())

    assert (again, same) == (paper, data)
    assert (paper.number, paper.dated.date) == (5, NOW.date())
    assert completeness.missing(paper, data, invitation.form) == []
    assert Snapshot.objects.count() == 1


def test_issuing_twice_changes_nothing_more(town: Town) -> None:
    invitation = issued(town)

    with pytest.raises(OperationError):
        issue_numbered(invitation, 6, actor=town.hoa)
    with pytest.raises(MeetingError, match="không đổi nữa"):
        inviting.redraw(invitation, actor=town.yen, now=NOW)
    with pytest.raises(MeetingError, match="không bỏ được"):
        inviting.discard(invitation, actor=town.yen, now=NOW)

    assert Invitation.objects.get().number == 5
    assert MeetingLog.objects.filter(action="meeting.invitation_issued").count() == 1
    assert Notification.objects.filter(kind="meeting.invite").count() == 3


@pytest.mark.parametrize(
    ("day", "sentence"),
    [
        (dt.date(2026, 11, 19), "trước ngày soạn"),
        (dt.date(2026, 11, 28), "quá xa"),
        (dt.date(2027, 3, 1), "sau ngày họp"),
    ],
)
def test_a_date_that_cannot_be_is_refused(town: Town, day: dt.date, sentence: str) -> None:
    invitation = drawn(town)

    with pytest.raises(OperationError, match=sentence):
        inviting.issue(invitation, day=day, actor=town.hoa, now=NOW)

    here = Invitation.objects.get()
    assert (here.state, here.number, here.day) == ("draft", None, None)
    assert Meeting.objects.get().state == "planned"
    assert not Snapshot.objects.exists()
    assert not Notification.objects.exists()


def test_a_second_paper_gets_the_next_number_and_no_number_is_lost_by_a_refusal(town: Town) -> None:
    issued(town, number=5)
    other = told_meeting(town, DAY, tentative=False, title="Hội nghị khác")
    attends(other, person=town.son)
    second = inviting.draw_invitation(other, actor=town.yen, now=NOW)
    with pytest.raises(OperationError, match="quá xa"):
        inviting.issue(second, day=dt.date(2026, 11, 28), actor=town.hoa, now=NOW)

    inviting.issue(second, day=NOW.date(), actor=town.hoa, now=NOW)

    assert Invitation.objects.get(pk=second.pk).number == 6
    assert list(RegisterEntry.objects.order_by("number").values_list("number", flat=True)) == [5, 6]


def test_a_meeting_that_moves_afterwards_gets_an_invitation_that_names_the_old_one(town: Town) -> None:
    first = issued(town)
    meeting = Meeting.objects.get()
    slot = Slot(on=dt.date(2026, 12, 25), starts_at=dt.time(14))
    moved = moving.move(meeting, slot, actor=town.yen, now=NOW, seen_sequence=meeting.sequence)
    assert inviting.stale(first, moved)

    second = inviting.draw_invitation(moved, actor=town.yen, now=NOW)

    assert "Giấy mời này thay thế Giấy mời số 05-GM/ĐU, ngày 20/11/2026." in printed(second)
    issue_numbered(second, 6, actor=town.hoa)
    assert "23/12/2026" in papers.paper_of(Invitation.objects.get(pk=first.pk)).body[2].text
    assert Notification.objects.filter(kind="meeting.invite", person=town.binh).count() == 2


# ---------------------------------------------------------------- who sees


@pytest.mark.parametrize(
    ("name", "draft", "after"),
    [
        ("yen", True, True),
        ("chung", True, True),
        ("hoa", True, True),
        ("son", True, True),
        ("minh", False, False),
        ("binh", False, True),
        ("mai", False, True),
        ("vinh", False, False),
        ("lan", False, True),
    ],
)
def test_who_sees_an_invitation(town: Town, name: str, draft: bool, after: bool) -> None:
    """The office always; once issued those it goes to, and those invited by name (chị Lan)."""
    meeting = party_meeting(town)
    attends(meeting, person=town.lan)
    invitation = inviting.draw_invitation(meeting, actor=town.yen, now=NOW)
    before = Invitation.objects.visible_to(town.person(name)).exists()

    issue_numbered(invitation, 5, actor=town.hoa)

    assert (before, Invitation.objects.visible_to(town.person(name)).exists()) == (draft, after)
