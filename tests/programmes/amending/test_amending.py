"""Amendments: what may be planned, the words of the notice, the consolidated text, what follows an issue."""

from __future__ import annotations

import datetime as dt
import uuid
from pathlib import Path
from typing import Any

import pytest
from pytest_django.fixtures import Settings

from assignments.models import Notification
from documents.issuing import recalling
from documents.models import Clause, Document, DocumentLog
from documents.operations import OperationError
from documents.papers import paper_of
from meetings.models import Attendee, Meeting
from paper.difference import How, difference
from paper.value import Paper
from programmes.amending import drafting, planning, reading, texts
from programmes.models import AmendmentChange, AmendmentNotice, Programme
from tests import factories
from tests.amendments import WHY, amended, asked, drawn, issued_notice, key, planned
from tests.factories import NOW, Town, in_state, issued, month

MEETING = "Hội nghị Ban Thường vụ Đảng ủy"
FIRST, SECOND, THIRD = "Báo cáo tình hình", "Báo cáo tiến độ", "Những việc giữa"
CHEMICAL = [{"name": "Phòng Kinh tế", "agency": None, "lead": True}]


@pytest.fixture(autouse=True)
def own_files(settings: Settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def town(db: None) -> Town:
    return factories.town()


@pytest.fixture
def programme(town: Town) -> Programme:
    return issued(town, month(11))


def lines(paper: Paper) -> list[str]:
    return [f"{c.label or '·'} {c.text}" for _, c in paper.clauses()]


def force(programme: Programme) -> list[str]:
    """The text in force, line by line."""
    return lines(texts.consolidated(programme).consolidated())


def taken_back(town: Town, notice: AmendmentNotice, reason: str = "Ban hành nhầm.") -> None:
    recalling.recall(Document.objects.get(pk=notice.pk), reason=reason, actor=town.chung, now=NOW)


def words(notice: AmendmentNotice) -> list[str]:
    return [clause.text for clause in Clause.objects.filter(document=notice.pk).order_by("position")]


def day(on: dt.date, **more: Any) -> dict[str, Any]:
    return {"date": on.isoformat(), **more}


# ---------------------------------------------------------------- planning


def test_without_changes_the_text_in_force_is_the_text_that_was_issued(programme: Programme) -> None:
    assert texts.consolidated(programme).consolidated() == paper_of(programme)


def test_a_change_keeps_before_after_proposer_reason_and_approver(town: Town, programme: Programme) -> None:
    change = planned(town, programme, "edit", key(programme, SECOND), text="Báo cáo tiến độ ba dự án.")

    assert (change.before_text, change.after_text) == (
        "Báo cáo tiến độ các dự án.",
        "Báo cáo tiến độ ba dự án.",
    )
    assert change.proposer_agency == town.agency
    assert (change.approver, change.approved_on) == (WHY["approver"], WHY["approved_on"])
    assert DocumentLog.objects.filter(action="programme.change_planned").count() == 1
    assert force(programme) == lines(paper_of(programme))


def test_the_same_form_sent_twice_plans_once(town: Town, programme: Programme) -> None:
    op, what = uuid.uuid4(), asked("withdraw", key(programme, THIRD))

    for _turn in range(2):
        planning.plan(programme, what, actor=town.yen, now=NOW, op=op)

    assert AmendmentChange.objects.count() == 1
    assert DocumentLog.objects.filter(action="programme.change_planned").count() == 1


@pytest.mark.parametrize(
    ("kind", "values", "sentence"),
    [
        ("add", {"text": ""}, "Hãy ghi nội dung bổ sung."),
        ("edit", {"text": ""}, "Hãy ghi lời mới."),
        ("edit", {"text": "Báo cáo tiến độ các dự án."}, "Lời mới giống lời cũ"),
        ("bodies", {"bodies": []}, "Hãy ghi cơ quan chủ trì mới."),
        ("carry", {"to_period": " "}, "Hãy ghi kỳ sẽ chuyển sang."),
        ("postpone", {"parent": ""}, "Hãy chọn hội nghị sẽ xem xét"),
        ("withdraw", {"proposer": ""}, "Hãy ghi cơ quan đề nghị, lý do"),
        ("withdraw", {"reason": " "}, "Hãy ghi cơ quan đề nghị, lý do"),
        ("withdraw", {"approved_on": dt.date(2026, 12, 1)}, "Ngày đồng ý không thể sau hôm nay."),
        ("withdraw", {"clause": "khong-co"}, "Mục này không có trong chương trình."),
    ],
)
def test_what_cannot_be_gets_a_sentence_and_changes_nothing(
    town: Town, programme: Programme, kind: str, values: dict[str, Any], sentence: str
) -> None:
    clause = values.pop("clause", key(programme, SECOND))

    with pytest.raises(OperationError, match=sentence):
        planned(town, programme, kind, clause, **values)

    assert not AmendmentChange.objects.exists()
    assert not DocumentLog.objects.filter(action__startswith="programme.").exists()


@pytest.mark.parametrize(
    ("when", "sentence"),
    [
        ({}, "Hãy chọn ngày mới"),
        (day(dt.date(2026, 11, 19)), "đã qua"),
        ({"date": "2026-02-31"}, "không có thật"),
        (day(dt.date(2026, 11, 25), tentative=True), "đã ở ngày này"),
    ],
)
def test_a_meeting_is_postponed_to_a_day_that_can_be(
    town: Town, programme: Programme, when: dict[str, Any], sentence: str
) -> None:
    with pytest.raises(OperationError, match=sentence):
        planned(town, programme, "postpone", key(programme, MEETING), when=when)


@pytest.mark.parametrize("state", ["draft", "review", "approved", "revoked"])
def test_only_an_issued_programme_is_amended(town: Town, programme: Programme, state: str) -> None:
    clause = key(programme, THIRD)
    in_state(programme, state)

    with pytest.raises(OperationError, match="chỉ điều chỉnh chương trình đã ban hành"):
        planned(town, programme, "withdraw", clause)

    assert not AmendmentChange.objects.exists()


def test_a_clause_that_is_withdrawn_is_not_changed_again(town: Town, programme: Programme) -> None:
    planned(town, programme, "withdraw", key(programme, THIRD))

    with pytest.raises(OperationError, match="đã có một thay đổi đang soạn: rút"):
        planned(town, programme, "edit", key(programme, THIRD), text="Lời khác.")


def test_a_change_is_edited_and_removed_while_it_is_planned(town: Town, programme: Programme) -> None:
    change = planned(town, programme, "withdraw", key(programme, THIRD))

    again = asked("withdraw", key(programme, THIRD), reason="trùng nội dung")
    planning.edit(change, again, actor=town.chung, now=NOW)
    planning.edit(change, again, actor=town.chung, now=NOW)
    change.refresh_from_db()
    assert change.reason == "trùng nội dung"
    assert DocumentLog.objects.filter(action="programme.change_edited").count() == 1

    planning.remove(change, actor=town.chung, now=NOW)
    with pytest.raises(OperationError, match="không còn"):
        planning.remove(change, actor=town.chung, now=NOW)
    assert DocumentLog.objects.filter(action="programme.change_removed").count() == 1


# ---------------------------------------------------------------- the notice


def every_kind(town: Town, programme: Programme) -> None:
    meeting = key(programme, MEETING)
    planned(town, programme, "add", text="Báo cáo công tác chuyển đổi số.", bodies=CHEMICAL, parent=meeting)
    planned(town, programme, "edit", key(programme, "Triển khai"), text="Triển khai kế hoạch sản xuất.")
    planned(town, programme, "postpone", meeting, when=day(dt.date(2026, 11, 30)))
    planned(
        town, programme, "carry", key(programme, FIRST), to_period="Chương trình công tác tháng 12 năm 2026"
    )
    planned(town, programme, "withdraw", key(programme, THIRD))
    planned(
        town,
        programme,
        "bodies",
        key(programme, SECOND),
        bodies=[{"name": "Văn phòng", "agency": None, "lead": True}],
    )


def test_the_notice_says_the_changed_lines_alone(town: Town, programme: Programme) -> None:
    every_kind(town, programme)

    said = words(drawn(town, programme))

    why = "(theo đề nghị của Phòng Kinh tế xã Tân Sơn; lý do: chưa đủ số liệu)."
    assert said[0] == (
        "Căn cứ ý kiến đồng ý của Thường trực Đảng ủy, Đảng ủy xã Tân Sơn thông báo điều chỉnh, bổ sung "
        "Chương trình số 12-CTr/ĐU, ngày 30/10/2026 của Đảng ủy xã Tân Sơn về công tác tháng 11 năm 2026 "
        "như sau:"
    )
    assert [line.removesuffix(f" {why}") for line in said[1:-1]] == [
        (
            "Bổ sung nội dung “Báo cáo công tác chuyển đổi số” (Phòng Kinh tế chuẩn bị) vào mục II (Hội nghị "
            "Ban Thường vụ Đảng ủy)"
        ),
        "Điều chỉnh nội dung 2, mục I từ “Triển khai kế hoạch” thành “Triển khai kế hoạch sản xuất”",
        (
            "Lùi Hội nghị Ban Thường vụ Đảng ủy (mục II) từ dự kiến ngày 25/11/2026 (thứ Tư) sang ngày "
            "30/11/2026 (thứ Hai)"
        ),
        (
            "Chuyển nội dung “Báo cáo tình hình kinh tế - xã hội” (nội dung 1, mục II) sang Chương trình "
            "công tác tháng 12 năm 2026"
        ),
        "Rút nội dung “Những việc giữa hai kỳ họp” (nội dung 3, mục II) khỏi chương trình",
        (
            "Đổi cơ quan chuẩn bị nội dung “Báo cáo tiến độ các dự án” (nội dung 2, mục II) từ Phòng Kinh tế "
            "thành Văn phòng"
        ),
    ]
    assert said[-1].startswith("Các nội dung khác thực hiện theo Chương trình số 12-CTr/ĐU, ngày 30/10/2026.")


def test_the_notice_is_a_paper_of_its_body(town: Town, programme: Programme) -> None:
    planned(town, programme, "withdraw", key(programme, THIRD))

    notice = drawn(town, programme)
    paper = paper_of(notice)

    assert (paper.kind, paper.notation) == ("THÔNG BÁO", "TB/ĐU")
    assert paper.subject == ("về việc điều chỉnh Chương trình công tác tháng 11 năm 2026",)
    assert [r.text for r in paper.recipients] == [
        "Thường trực Tỉnh ủy",
        "Phòng Kinh tế xã Tân Sơn",
        "Lưu Văn phòng Đảng ủy",
    ]
    assert (notice.state, notice.number) == ("draft", None)
    assert DocumentLog.objects.filter(action="programme.notice_drawn").count() == 1


def test_nothing_is_drawn_without_changes_or_twice(town: Town, programme: Programme) -> None:
    with pytest.raises(OperationError, match="Chưa có thay đổi nào"):
        drawn(town, programme)
    planned(town, programme, "withdraw", key(programme, THIRD))
    drawn(town, programme)

    with pytest.raises(OperationError, match="đã có dự thảo thông báo"):
        drawn(town, programme)
    assert AmendmentNotice.objects.count() == 1


def test_the_draft_follows_its_changes_and_keeps_words_that_a_person_put(
    town: Town, programme: Programme
) -> None:
    planned(town, programme, "withdraw", key(programme, THIRD))
    notice = drawn(town, programme)
    first = Clause.objects.get(document=notice.pk, text__startswith="Rút")
    Clause.objects.filter(pk=first.pk).update(text="Rút nội dung số 3.")

    change = planned(town, programme, "edit", key(programme, "Triển khai"), text="Triển khai việc mới.")
    said = words(notice)

    assert change.notice == notice
    assert said[1] == "Rút nội dung số 3."
    assert said[2].startswith("Điều chỉnh nội dung 2, mục I")
    assert Clause.objects.get(document=notice.pk, text="Rút nội dung số 3.").public_id == first.public_id
    planning.remove(change, actor=town.yen, now=NOW)
    assert len(words(notice)) == 3


def test_the_last_change_goes_with_the_whole_draft(town: Town, programme: Programme) -> None:
    change = planned(town, programme, "withdraw", key(programme, THIRD))
    notice = drawn(town, programme)

    with pytest.raises(OperationError, match="thay đổi cuối cùng"):
        planning.remove(change, actor=town.yen, now=NOW)
    drafting.discard(notice, actor=town.yen, now=NOW)

    change.refresh_from_db()
    assert change.notice is None
    assert not AmendmentNotice.objects.exists()


@pytest.mark.parametrize("state", ["review", "approved"])
def test_a_notice_on_its_way_is_not_touched(town: Town, programme: Programme, state: str) -> None:
    change = planned(town, programme, "withdraw", key(programme, THIRD))
    notice = drawn(town, programme)
    Document.objects.filter(pk=notice.pk).update(state=state)
    notice.refresh_from_db()

    for attempt in (
        lambda: planned(town, programme, "withdraw", key(programme, FIRST)),
        lambda: planning.edit(change, asked("withdraw", key(programme, THIRD)), actor=town.yen, now=NOW),
        lambda: planning.remove(change, actor=town.yen, now=NOW),
        lambda: drafting.discard(notice, actor=town.yen, now=NOW),
    ):
        with pytest.raises(OperationError):
            attempt()
    assert AmendmentChange.objects.get().notice == notice


# ---------------------------------------------------------------- in force


def test_the_text_in_force_and_its_difference_are_what_was_planned(town: Town, programme: Programme) -> None:
    every_kind(town, programme)
    before = texts.consolidated(programme)
    amended(town, programme)
    after = texts.consolidated(programme)

    assert force(programme) == [
        "I. Nhiệm vụ trọng tâm",
        "1. Chỉ đạo sơ kết nghị quyết.",
        "2. Triển khai kế hoạch sản xuất.",
        "II. Hội nghị Ban Thường vụ Đảng ủy: Ngày 30/11/2026 (thứ Hai)",
        "2. Báo cáo tiến độ các dự án.",
        "· (Văn phòng chuẩn bị)",
        "4. Báo cáo công tác chuyển đổi số.",
        "· (Phòng Kinh tế chuẩn bị)",
    ]
    found = difference(
        before.consolidated(), after.consolidated(), keys_before=before.keys(), keys_after=after.keys()
    )
    clauses = [row for row in found.changes if row.line.name == "clause"]
    assert sorted(row.how for row in clauses) == sorted(
        [How.ADDED, How.CHANGED, How.CHANGED, How.REMOVED, How.REMOVED]
    )


def test_what_was_printed_never_changes(town: Town, programme: Programme) -> None:
    rows = list(Clause.objects.filter(document=programme.pk).order_by("pk").values())
    snapshot = Document.objects.get(pk=programme.pk).snapshot
    every_kind(town, programme)
    amended(town, programme)

    again = Document.objects.get(pk=programme.pk).snapshot
    assert list(Clause.objects.filter(document=programme.pk).order_by("pk").values()) == rows
    assert (again.paper, again.pdf_sha256) == (snapshot.paper, snapshot.pdf_sha256)


def test_the_programme_is_amended_with_one_entry(town: Town, programme: Programme) -> None:
    planned(town, programme, "withdraw", key(programme, THIRD))
    amended(town, programme)

    programme.refresh_from_db()
    assert programme.state == "amended"
    entry = DocumentLog.objects.get(action="document.amend")
    assert (entry.document_id, entry.note) == (programme.pk, "Thông báo số 15-TB/ĐU")


def test_two_amendments_one_after_another(town: Town, programme: Programme) -> None:
    meeting = key(programme, MEETING)
    added = planned(town, programme, "add", text="Báo cáo chuyển đổi số.", parent=meeting)
    amended(town, programme, 15)
    planned(
        town, programme, "edit", str(added.public_id), text="Báo cáo chuyển đổi số và cải cách hành chính."
    )
    planned(town, programme, "add", text="Báo cáo dân vận.", parent=meeting, after=key(programme, FIRST))
    second = amended(town, programme, 16)

    assert "4. Báo cáo chuyển đổi số và cải cách hành chính." in force(programme)
    assert "1a. Báo cáo dân vận." in force(programme)
    assert "Điều chỉnh nội dung 4, mục II từ “Báo cáo chuyển đổi số” thành" in words(second)[1]
    assert DocumentLog.objects.filter(action="document.amend").count() == 2
    programme.refresh_from_db()
    assert programme.state == "amended"


def test_a_clause_that_an_earlier_notice_withdrew_gets_a_sentence(town: Town, programme: Programme) -> None:
    planned(town, programme, "withdraw", key(programme, THIRD))
    amended(town, programme)

    with pytest.raises(OperationError, match="đã được rút theo Thông báo số 15-TB/ĐU"):
        planned(town, programme, "edit", key(programme, THIRD), text="Lời khác.")


def test_a_recalled_notice_is_no_longer_in_force(town: Town, programme: Programme) -> None:
    planned(town, programme, "withdraw", key(programme, THIRD))
    notice = amended(town, programme)

    taken_back(town, notice)

    assert force(programme) == lines(paper_of(programme))
    entry = DocumentLog.objects.get(action="programme.notice_recalled")
    assert (entry.document_id, entry.note) == (programme.pk, "Thông báo số 15-TB/ĐU")


def test_the_office_hears_which_meetings_still_follow_a_recalled_notice(
    town: Town, programme: Programme
) -> None:
    planned(town, programme, "postpone", key(programme, MEETING), when=day(dt.date(2026, 11, 30)))
    planned(town, programme, "withdraw", key(programme, THIRD))
    notice = amended(town, programme)

    taken_back(town, notice)

    rows = Notification.objects.filter(kind="programme.notice_recalled").select_related("person")
    assert {row.person.username for row in rows} == {"yen", "chung"}
    assert {row.text for row in rows} == {
        "Hãy sửa lại cho khớp với chương trình đang có hiệu lực:\n– Hội nghị Ban Thường vụ Đảng ủy"
    }


def test_a_recall_that_fails_leaves_the_programme_alone(town: Town, programme: Programme) -> None:
    planned(town, programme, "withdraw", key(programme, THIRD))
    notice = amended(town, programme)

    with pytest.raises(OperationError, match="lý do"):
        taken_back(town, notice, reason="")

    assert not DocumentLog.objects.filter(action="programme.notice_recalled").exists()


def test_a_notice_to_a_recalled_programme_is_not_issued(town: Town, programme: Programme) -> None:
    planned(town, programme, "withdraw", key(programme, THIRD))
    notice = drawn(town, programme)
    in_state(programme, "revoked")

    with pytest.raises(OperationError, match="Đã thu hồi"):
        issued_notice(town, notice)

    assert Document.objects.get(pk=notice.pk).state == "approved"


def test_an_item_goes_to_another_meeting(town: Town) -> None:
    here = factories.paper(month(11), number=12)
    second = here.body[1]
    other = type(second)(
        "Hội nghị giao ban: Ngày 27/11/2026", "III.", (type(second)("Nghe báo cáo.", "1."),), second.role
    )
    read = type(here)(
        **{f: getattr(here, f) for f in here.__dataclass_fields__} | {"body": (*here.body, other)}
    )
    from programmes import services

    programme = services.accept_intake(
        factories.intake(town.party, town.yen, reading=read),
        read,
        issuing_body=town.party,
        period=month(11),
        as_archive=True,
        actor=town.yen,
        now=NOW,
    )
    planned(town, programme, "postpone", key(programme, THIRD), parent=key(programme, "Hội nghị giao ban"))
    notice = amended(town, programme)

    assert "2. Những việc giữa hai kỳ họp." in force(programme)
    assert "3. Những việc giữa hai kỳ họp." not in force(programme)
    assert (
        "Lùi nội dung “Những việc giữa hai kỳ họp” (nội dung 3, mục II) sang Hội nghị giao ban (mục III)"
        in words(notice)[1]
    )
    there = Meeting.objects.get(title__startswith="Hội nghị giao ban")
    assert [i.text for i in there.items.accepted()] == ["Nghe báo cáo.", "Những việc giữa hai kỳ họp."]


# ---------------------------------------------------------------- what follows


def test_meetings_and_agenda_follow(town: Town, programme: Programme) -> None:
    every_kind(town, programme)
    amended(town, programme)

    meeting = Meeting.objects.get(section__document=programme.pk)
    items = {i.text: i for i in meeting.items.accepted().prefetch_related("preparing")}
    assert (meeting.on, meeting.tentative) == (dt.date(2026, 11, 30), False)
    assert list(items) == ["Báo cáo tiến độ các dự án.", "Báo cáo công tác chuyển đổi số."]
    assert [b.name for b in items["Báo cáo tiến độ các dự án."].preparing.all()] == ["Văn phòng"]


def test_a_withdrawn_meeting_is_cancelled(town: Town, programme: Programme) -> None:
    planned(town, programme, "withdraw", key(programme, MEETING))
    amended(town, programme)

    assert Meeting.objects.get(section__document=programme.pk).state == "cancelled"
    assert force(programme)[-1] == "2. Triển khai kế hoạch."


def test_a_meeting_that_cannot_follow_is_logged_and_the_notice_stands(
    town: Town, programme: Programme
) -> None:
    planned(town, programme, "postpone", key(programme, MEETING), when=day(dt.date(2026, 11, 30)))
    Meeting.objects.filter(section__document=programme.pk).update(state="concluded", tentative=False)
    notice = amended(town, programme)

    assert notice.state == "issued"
    assert "không đổi ngày được" in DocumentLog.objects.get(action="programme.meeting_behind").note


def test_only_those_concerned_are_told_and_once(town: Town, programme: Programme) -> None:
    """Anh Bình's office gets the notice itself; chị Lan comes to the meeting that moved; nobody else."""
    Attendee.objects.create(
        meeting=Meeting.objects.get(section__document=programme.pk), person=town.lan, position=1
    )
    planned(town, programme, "withdraw", key(programme, SECOND))
    planned(town, programme, "postpone", key(programme, MEETING), when=day(dt.date(2026, 11, 30)))
    amended(town, programme)

    told = {(n.person.username, n.kind) for n in Notification.objects.select_related("person")}
    assert told == {("binh", "document.received"), ("lan", "programme.amend")}
    assert Notification.objects.count() == 2
    lan = Notification.objects.get(person=town.lan)
    assert lan.title == "Điều chỉnh Chương trình công tác tháng 11 năm 2026"
    assert lan.text == "Thay đổi lịch: Hội nghị Ban Thường vụ Đảng ủy."


def test_a_body_that_does_not_get_the_notice_reads_its_own_lines(town: Town, programme: Programme) -> None:
    planned(town, programme, "withdraw", key(programme, SECOND), proposer="Văn phòng")
    notice = drawn(town, programme)
    notice.recipients.exclude(agency=None).delete()
    issued_notice(town, notice)

    only = Notification.objects.get()
    assert (only.person, only.kind) == (town.binh, "programme.amend")
    assert only.text == "Rút: Báo cáo tiến độ các dự án."


def test_nobody_is_told_of_a_change_that_concerns_nobody(town: Town, programme: Programme) -> None:
    planned(town, programme, "withdraw", key(programme, THIRD))
    amended(town, programme)

    assert not Notification.objects.filter(kind="programme.amend").exists()


def test_a_body_named_anew_sees_the_programme(town: Town, programme: Programme) -> None:
    bodies = [{"name": "Hội Nông dân xã", "agency": town.stranger.pk, "lead": True}]
    assert not Programme.objects.visible_to(town.mai).exists()
    planned(town, programme, "bodies", key(programme, THIRD), bodies=bodies)
    amended(town, programme)

    assert Programme.objects.visible_to(town.person("mai")).get() == programme


# ---------------------------------------------------------------- reading


def test_the_reading_view_shows_the_original_in_the_text_in_force(town: Town, programme: Programme) -> None:
    every_kind(town, programme)
    amended(town, programme)

    marked = {
        "".join(p.text for p in line.pieces): line
        for line in reading.marked(texts.consolidated(programme), programme.form)
    }

    gone = marked["Những việc giữa hai kỳ họp."]
    assert [p.kind for p in gone.pieces] == ["del"]
    assert [b.words for b in gone.badges] == ["Rút theo Thông báo số 15-TB/ĐU"]
    assert [p.kind for p in marked["Báo cáo công tác chuyển đổi số."].pieces] == ["ins"]
    assert [p.kind for p in marked["(Phòng Kinh tế chuẩn bị nội dung 1, 2)"].pieces] == ["del"]
    assert marked["Chỉ đạo sơ kết nghị quyết."].badges == ()


def test_the_print_of_the_text_in_force_says_that_it_is_no_original(town: Town, programme: Programme) -> None:
    every_kind(town, programme)
    amended(town, programme)

    paper = reading.printed(programme)
    said = lines(paper)

    assert paper.subject[-1] == "BẢN HỢP NHẤT - KHÔNG PHẢI BẢN GỐC"
    assert (paper.recipients, paper.signature.name) == ((), None)
    assert "Thông báo số 15-TB/ĐU, ngày 20/11/2026" in said[0]
    assert any(line.startswith("3. (đã rút) [") for line in said)
    assert sum(line.startswith("[") for line in said) == 6
