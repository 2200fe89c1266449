"""Invitations on their pages: who may draw, correct, number; every refusal is a sentence."""

from __future__ import annotations

import datetime as dt
import re
import uuid
from typing import Any

import pytest
from django.db import connection
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext

from meetings import inviting
from meetings.models import Attendee, Invitation, Meeting, MeetingLog
from meetings.views import invitations
from tests.factories import NOW, Town
from tests.meetings.conftest import attends, told_meeting
from tests.numbering import issue_numbered, next_is
from tests.web.conftest import Enter

DAY = dt.date(2026, 12, 23)


def text(response: Any) -> str:
    return re.sub(r"\s+", " ", response.content.decode())


@pytest.fixture
def meeting(town: Town) -> Meeting:
    made = told_meeting(town, DAY, tentative=False, starts_at=dt.time(7, 30), place="Phòng họp số 1")
    attends(made, person=town.lan)
    attends(made, agency=town.agency)
    return made


@pytest.fixture
def draft(town: Town, meeting: Meeting) -> Invitation:
    next_is(town.party, "GM", 5)
    return inviting.draw_invitation(meeting, actor=town.yen, now=NOW)


def root(meeting: Meeting) -> str:
    return f"/hoi-nghi/{meeting.public_id}/giay-moi/"


def page(invitation: Invitation, rest: str = "") -> str:
    return f"{root(invitation.meeting)}{invitation.public_id}/{rest}"


NUMBERED = {"day": "2026-11-20"}


# ---------------------------------------------------------------- drawing


def test_drawing_leads_to_the_paper(meeting: Meeting, enter: Enter) -> None:
    client = enter("yen")

    response = client.post(root(meeting))

    invitation = Invitation.objects.get()
    assert response.headers["Location"] == page(invitation)
    shown = text(client.get(page(invitation)))
    assert "Thời gian: 07 giờ 30, ngày 23/12/2026 (thứ Tư)." in shown
    assert "Đỗ Thị Lan" in shown
    assert "Ghi số và phát hành" not in shown


@pytest.mark.parametrize(
    ("name", "status"),
    [("yen", 302), ("chung", 302), ("hoa", 403), ("son", 403), ("binh", 403), ("minh", 404), ("mai", 404)],
)
def test_only_those_who_write_its_papers_draw(meeting: Meeting, enter: Enter, name: str, status: int) -> None:
    response = enter(name).post(root(meeting))

    assert response.status_code == status
    assert Invitation.objects.exists() == (status == 302)
    assert MeetingLog.objects.exists() == (status == 302)


def test_drawing_is_a_post_and_twice_makes_one(meeting: Meeting, enter: Enter) -> None:
    client = enter("yen")
    assert client.get(root(meeting)).status_code == 405

    client.post(root(meeting))
    again = text(client.post(root(meeting), follow=True))

    assert "đã có dự thảo giấy mời" in again
    assert Invitation.objects.count() == 1


def test_what_is_missing_is_said_on_the_page_of_the_meeting(meeting: Meeting, enter: Enter) -> None:
    Attendee.objects.all().delete()
    Meeting.objects.update(tentative=True)

    shown = text(enter("yen").post(root(meeting), follow=True))

    assert "mới là dự kiến" in shown
    assert "Chưa có thành phần dự" in shown
    assert not Invitation.objects.exists()


# ---------------------------------------------------------------- reading


@pytest.mark.parametrize(
    ("name", "draft_status", "issued_status"),
    [
        ("yen", 200, 200),
        ("hoa", 200, 200),
        ("son", 200, 200),
        ("binh", 404, 200),
        ("lan", 404, 200),
        ("minh", 404, 404),
        ("mai", 404, 404),
        ("vinh", 404, 404),
    ],
)
def test_who_reads_it_and_its_prints(
    town: Town, draft: Invitation, enter: Enter, name: str, draft_status: int, issued_status: int
) -> None:
    client, addresses = enter(name), ("", "ban-in.pdf", "ban-in.docx")
    before = [client.get(page(draft, rest)).status_code for rest in addresses]
    issue_numbered(draft, 5, actor=town.hoa)

    after = [client.get(page(draft, rest)).status_code for rest in addresses]

    assert (before, after) == ([draft_status] * 3, [issued_status] * 3)


def test_the_address_names_the_meeting_of_the_paper(town: Town, draft: Invitation, enter: Enter) -> None:
    other = told_meeting(town, DAY)

    assert enter("yen").get(f"{root(other)}{draft.public_id}/").status_code == 404
    assert enter("yen").get(f"{root(draft.meeting)}{uuid.uuid4()}/").status_code == 404


def test_the_pdf_opens_and_the_docx_is_saved(draft: Invitation, enter: Enter) -> None:
    client = enter("yen")

    pdf, docx = client.get(page(draft, "ban-in.pdf")), client.get(page(draft, "ban-in.docx"))

    assert pdf.content.startswith(b"%PDF")
    assert pdf.headers["Content-Disposition"].startswith('inline; filename="giay-moi-du-hoi-nghi')
    assert docx.headers["Content-Disposition"].startswith("attachment")
    assert pdf.headers["X-Content-Type-Options"] == "nosniff"


# ---------------------------------------------------------------- number and issue


@pytest.mark.parametrize(
    ("name", "status"),
    [("hoa", 302), ("chung", 302), ("yen", 403), ("son", 403), ("binh", 404), ("minh", 404)],
)
def test_the_registrar_and_the_chief_write_the_number(
    draft: Invitation, enter: Enter, name: str, status: int
) -> None:
    response = enter(name).post(page(draft, "phat-hanh/"), NUMBERED)

    draft.refresh_from_db()
    assert response.status_code == status
    assert (draft.state, draft.number) == (("issued", 5) if status == 302 else ("draft", None))
    assert MeetingLog.objects.filter(action="meeting.invitation_issued").exists() == (status == 302)


def test_issuing_is_a_post_and_twice_changes_nothing_more(draft: Invitation, enter: Enter) -> None:
    client = enter("hoa")
    assert client.get(page(draft, "phat-hanh/")).status_code == 405

    first = text(client.post(page(draft, "phat-hanh/"), NUMBERED, follow=True))
    again = text(client.post(page(draft, "phat-hanh/"), NUMBERED, follow=True))

    assert "Đã phát hành giấy mời" in first
    assert "Giấy mời này đã phát hành." in again
    assert Invitation.objects.get().number == 5
    assert MeetingLog.objects.filter(action="meeting.invitation_issued").count() == 1


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"day": ""}, "Hãy ghi ngày văn bản."),
        ({"day": "31/2/2026"}, "Ngày này không có"),
        ({"day": "2026-11-01"}, "trước ngày soạn"),
        ({"day": "2031-01-01"}, "sau ngày họp"),
        ({"day": "2026-11-20", "reserved": "999999"}, "invalid-feedback"),
        ({}, "Hãy ghi ngày văn bản."),
    ],
)
def test_a_day_that_cannot_be_is_said_at_its_place_and_stays(
    draft: Invitation, enter: Enter, given: dict[str, str], sentence: str
) -> None:
    response = enter("hoa").post(page(draft, "phat-hanh/"), given)

    shown = text(response)
    assert (response.status_code, sentence in shown) == (422, True)
    if given.get("day"):
        assert f'value="{given["day"]}"' in shown
    draft.refresh_from_db()
    assert (draft.state, draft.number, Meeting.objects.get().state) == ("draft", None, "planned")


def test_the_next_number_and_today_are_offered(town: Town, draft: Invitation, enter: Enter) -> None:
    issue_numbered(draft, 11, actor=town.hoa)
    other = told_meeting(town, DAY, tentative=False)
    attends(other, person=town.son)
    second = inviting.draw_invitation(other, actor=town.yen, now=NOW)

    shown = text(enter("hoa").get(page(second)))

    assert "<b>12-GM/ĐU</b>" in shown
    assert 'value="2026-11-20"' in shown


# ---------------------------------------------------------------- changed meetings


def test_a_moved_meeting_shows_what_changed_and_one_button(draft: Invitation, enter: Enter) -> None:
    Meeting.objects.update(on=dt.date(2026, 12, 25))
    client = enter("yen")

    shown = text(client.get(page(draft)))
    refused = client.post(page(draft, "phat-hanh/"), NUMBERED)
    as_chief = text(enter("chung").post(page(draft, "phat-hanh/"), NUMBERED))

    assert "<del>07 giờ 30, ngày 23/12/2026 (thứ Tư)</del> <ins>07 giờ 30, ngày 25/12/2026" in shown
    assert shown.count("Soạn lại theo hội nghị") == 1
    assert refused.status_code == 403
    assert "Hãy soạn lại rồi phát hành" in as_chief
    again = text(client.post(page(draft, "lai/"), follow=True))
    assert "Đã soạn lại giấy mời" in again
    assert "Soạn lại theo hội nghị" not in again
    assert "23/12/2026" not in again


@pytest.mark.parametrize("rest", ["lai/", "bo/"])
@pytest.mark.parametrize(
    ("name", "status"),
    [("yen", 302), ("chung", 302), ("hoa", 403), ("son", 403), ("binh", 404), ("minh", 404)],
)
def test_who_draws_again_and_discards(
    draft: Invitation, enter: Enter, rest: str, name: str, status: int
) -> None:
    client = enter(name)

    assert client.get(page(draft, rest)).status_code == 405
    assert client.post(page(draft, rest)).status_code == status
    kept = not (rest == "bo/" and status == 302)
    assert Invitation.objects.exists() == kept


@pytest.mark.parametrize("rest", ["lai/", "bo/", "sua/"])
def test_an_issued_invitation_answers_with_a_sentence(
    town: Town, draft: Invitation, enter: Enter, rest: str
) -> None:
    issue_numbered(draft, 5, actor=town.hoa)

    shown = text(enter("yen").post(page(draft, rest), follow=True))

    assert "Giấy mời đã phát hành" in shown
    assert Invitation.objects.get().state == "issued"


def test_after_the_issue_a_moved_meeting_offers_another_invitation(
    town: Town, draft: Invitation, enter: Enter
) -> None:
    issue_numbered(draft, 5, actor=town.hoa)
    Meeting.objects.update(on=dt.date(2026, 12, 25))
    client = enter("yen")

    shown = text(client.get(page(draft)))
    second = text(client.post(root(draft.meeting), follow=True))

    assert "Soạn giấy mời thay thế" in shown
    assert "Giấy mời này thay thế Giấy mời số 05-GM/ĐU, ngày 20/11/2026." in second
    newer = Invitation.objects.get(state="draft")
    issue_numbered(newer, 6, actor=town.hoa)
    assert "Soạn giấy mời thay thế" not in text(client.get(page(draft)))


# ---------------------------------------------------------------- correcting


def fields(client: Any, invitation: Invitation) -> dict[str, str]:
    """The form of the words as a browser would send it back."""
    form = client.get(page(invitation, "sua/")).context["form"]
    return {name: str(form[name].value()) for name in form.fields}


def test_words_are_corrected_and_what_was_typed_stays_when_refused(draft: Invitation, enter: Enter) -> None:
    client = enter("yen")
    given = fields(client, draft)
    name = next(key for key, value in given.items() if value.startswith("Đề nghị các đồng chí"))

    bad = client.post(page(draft, "sua/"), {**given, name: "Trân trọng kính mời.", "subject": ""})
    good = text(client.post(page(draft, "sua/"), {**given, name: "Trân trọng kính mời."}, follow=True))
    late = client.post(page(draft, "sua/"), {**given, name: "Muộn rồi."})

    assert (bad.status_code, "Trân trọng kính mời." in text(bad)) == (422, True)
    assert "Đã lưu lời văn" in good
    assert "Trân trọng kính mời." in good
    assert (late.status_code, "Người khác vừa sửa" in text(late), "Muộn rồi." in text(late)) == (
        422,
        True,
        True,
    )


def test_garbage_is_no_error_page(draft: Invitation, enter: Enter) -> None:
    client = enter("yen")

    answers = [
        client.post(page(draft, "sua/"), {"revision": "x" * 50}),
        client.post(page(draft, "sua/"), {**fields(client, draft), "recipients": "a\n" * 900}),
        client.post(page(draft, "sua/"), {**fields(client, draft), "revision": "99999"}),
    ]

    assert [answer.status_code for answer in answers] == [422, 422, 422]
    assert MeetingLog.objects.count() == 1


@pytest.mark.parametrize(("name", "status"), [("hoa", 403), ("son", 403), ("binh", 404), ("minh", 404)])
def test_others_do_not_correct(draft: Invitation, enter: Enter, name: str, status: int) -> None:
    client = enter(name)

    assert client.get(page(draft, "sua/")).status_code == status
    assert client.post(page(draft, "sua/"), {"subject": "x"}).status_code == status


# ---------------------------------------------------------------- panel


def panel(town: Town, meeting: Meeting, name: str) -> str:
    request = RequestFactory().get("/")
    request.user = town.person(name)
    context = {"meeting": meeting, **invitations.panel(request, meeting)}
    return re.sub(r"\s+", " ", render_to_string("meetings/invitations/_panel.html", context, request))


def test_the_panel_offers_what_comes_next(town: Town, meeting: Meeting) -> None:
    assert "Soạn giấy mời" in panel(town, meeting, "yen")
    assert panel(town, meeting, "binh").strip() == ""

    draft = inviting.draw_invitation(meeting, actor=town.yen, now=NOW)
    drafted = panel(town, meeting, "yen")
    assert "Dự thảo giấy mời" in drafted
    assert "<button" not in drafted
    assert panel(town, meeting, "binh").strip() == ""

    issue_numbered(draft, 5, actor=town.hoa)
    assert "Giấy mời số 05-GM/ĐU" in panel(town, meeting, "binh")


def test_the_panel_says_why_nothing_can_be_drawn(town: Town, meeting: Meeting) -> None:
    Attendee.objects.all().delete()

    shown = panel(town, meeting, "yen")

    assert "Chưa soạn được giấy mời" in shown
    assert "Chưa có thành phần dự" in shown
    assert "<button" not in shown


@pytest.mark.parametrize("count", [3, 60])
def test_the_page_costs_the_same_however_many_are_invited(
    town: Town, meeting: Meeting, enter: Enter, count: int
) -> None:
    for n in range(count):
        attends(meeting, text=f"Đồng chí Bí thư chi bộ số {n}")
    draft = inviting.draw_invitation(meeting, actor=town.yen, now=NOW)
    client = enter("chung")
    client.get(page(draft))

    with CaptureQueriesContext(connection) as counted:
        client.get(page(draft))

    assert len(counted) == PAGE_QUERIES, [q["sql"][:90] for q in counted]


#: Statements of an invitation's page.
PAGE_QUERIES = 19
