"""What leaders say of an agenda, who may say it when, and what the office does with it."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext

from agencies.models import Person
from assignments.models import Notification
from lucngan.lib.workdays import WorkCalendar
from meetings import reviewed, reviewing, rules
from meetings.holding import MeetingError
from meetings.models import AgendaItem, ChangeRequest, Meeting, MeetingLog, Opinion, Remark
from tests.assembly import Assembly, assembly
from tests.factories import NOW, MembershipFactory, Town

LATER = NOW + dt.timedelta(hours=1)


@pytest.fixture
def made(town: Town) -> Assembly:
    """A told meeting; nobody has said anything of it yet."""
    made = assembly(town)
    for rows in (Remark, Opinion, ChangeRequest):
        rows.objects.all().delete()
    return made


def logged(action: str) -> int:
    return MeetingLog.objects.filter(action=action).count()


def everything() -> dict[str, Any]:
    """All rows that a refusal must leave as they are."""
    return {
        model.__name__: list(model.objects.order_by("pk").values())
        for model in (Remark, Opinion, ChangeRequest, AgendaItem, Meeting, MeetingLog)
    }


def in_state(made: Assembly, state: str) -> None:
    Meeting.objects.filter(pk=made.meeting.pk).update(state=state, tentative=False)


# Who speaks when

STATES = {
    "planned": True,
    "invited": True,
    "held": False,
    "concluded": False,
    "postponed": False,
    "cancelled": False,
}
SPEAKERS = {"son"}

ACTS: dict[str, Callable[[AgendaItem, Person], object]] = {
    "note": lambda item, who: reviewing.note(item, "Xem lại.", private=True, actor=who, now=NOW),
    "remark": lambda item, who: reviewing.note(item, "Xem lại.", private=False, actor=who, now=NOW),
    "agree": lambda item, who: reviewing.opine(item, "agree", actor=who, now=NOW),
    "revise": lambda item, who: reviewing.opine(item, "revise", actor=who, now=NOW),
    "take back": lambda item, who: reviewing.take_back(item, actor=who, now=NOW),
    "defer": lambda item, who: reviewing.request_change(item, "defer", actor=who, now=NOW),
}


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("state", STATES)
def test_reviewers_speak_of_open_meetings_alone(town: Town, made: Assembly, state: str, act: str) -> None:
    in_state(made, state)
    item = AgendaItem.objects.select_related("meeting__section").get(pk=made.item.pk)
    before = everything()

    for name in Town.PEOPLE:
        if name not in SPEAKERS:
            with pytest.raises(PermissionDenied):
                ACTS[act](item, town.person(name))
    if not STATES[state]:
        with pytest.raises(MeetingError, match="chỉ xem"):
            ACTS[act](item, town.son)

    assert everything() == before
    if STATES[state]:
        ACTS[act](item, town.son)
        assert (everything() != before) == (act != "take back")


def test_the_list_form_agrees_with_the_predicate(town: Town, made: Assembly) -> None:
    untold = Meeting.objects.create(issuing_body=town.party, title="Chưa báo", chair=town.lan)
    chaired = Meeting.objects.create(
        issuing_body=town.state, title="Họp UBND", chair=town.lan, announced_at=NOW
    )

    for name in Town.PEOPLE:
        person = town.person(name)
        found = set(Meeting.objects.filter(reviewed.may_review_q(person)))
        said = {m for m in Meeting.objects.all() if rules.may_review(person, m)}
        assert found == said, name
    assert set(Meeting.objects.filter(reviewed.may_review_q(town.lan))) == {chaired}
    assert untold in Meeting.objects.filter(reviewed.may_review_q(town.son))


def test_a_proposal_is_not_spoken_of(town: Town, made: Assembly) -> None:
    AgendaItem.objects.filter(pk=made.item.pk).update(state="proposed")

    with pytest.raises(MeetingError, match="không còn trong chương trình"):
        reviewing.opine(made.item, "agree", actor=town.son, now=NOW)


# Notes and remarks


def test_a_note_is_kept_and_not_logged_a_remark_is(town: Town, made: Assembly) -> None:
    private = reviewing.note(made.item, " Nêu rõ\r\ndiện tích. ", private=True, actor=town.son, now=NOW)
    shared = reviewing.note(made.item, "Bổ sung so sánh.", private=False, actor=town.son, now=NOW)

    assert private.text == "Nêu rõ\ndiện tích."
    entry = MeetingLog.objects.get()
    assert (entry.action, entry.note, entry.actor) == ("meeting.remark", "Bổ sung so sánh.", town.son)
    readers = {"yen": [shared], "chung": [shared], "son": [private, shared]}
    for name, expected in readers.items():
        rows = Remark.objects.filter(reviewed.readable(town.person(name))).order_by("pk")
        assert list(rows) == expected


def test_the_same_note_sent_again_is_one_note(town: Town, made: Assembly) -> None:
    op = uuid.uuid4()

    first = reviewing.note(made.item, "Một.", private=False, actor=town.son, now=NOW, public_id=op)
    again = reviewing.note(made.item, "Một.", private=False, actor=town.son, now=LATER, public_id=op)

    assert first == again
    assert Remark.objects.count() == logged("meeting.remark") == 1


def test_an_id_of_somebody_else_is_refused(town: Town, made: Assembly) -> None:
    MembershipFactory.create(person=town.lan, role="leader", issuing_body=town.party)
    note = reviewing.note(made.item, "Riêng.", private=True, actor=town.son, now=NOW)

    with pytest.raises(MeetingError) as refused:
        reviewing.note(made.item, "Khác.", private=True, actor=town.lan, now=NOW, public_id=note.public_id)

    assert "Riêng" not in str(refused.value)
    assert Remark.objects.get() == note


@pytest.mark.parametrize("text", ["", "  \n ", "\x00", "x" * 5001])
def test_no_note_of_nothing_or_of_far_too_much(town: Town, made: Assembly, text: str) -> None:
    with pytest.raises(MeetingError):
        reviewing.note(made.item, text, private=True, actor=town.son, now=NOW)

    assert not Remark.objects.exists()


def test_ones_own_note_is_edited_shared_and_removed(town: Town, made: Assembly) -> None:
    note = reviewing.note(made.item, "Một.", private=True, actor=town.son, now=NOW)

    reviewing.edit(note, "Hai.", actor=town.son, now=NOW)
    assert not MeetingLog.objects.exists()
    reviewing.share(note, actor=town.son, now=NOW)
    reviewing.share(note, actor=town.son, now=NOW)
    reviewing.edit(note, "Ba.", actor=town.son, now=NOW)
    reviewing.edit(note, "Ba.", actor=town.son, now=NOW)
    reviewing.remove(note, actor=town.son, now=NOW)

    assert not Remark.objects.exists()
    entries = MeetingLog.objects.order_by("pk").values_list("action", "note")
    assert list(entries) == [
        ("meeting.remark", "Hai."),
        ("meeting.remark_edited", "Ba."),
        ("meeting.remark_removed", "Ba."),
    ]


@pytest.mark.parametrize("private", [True, False])
def test_nobody_else_changes_a_note(town: Town, made: Assembly, private: bool) -> None:
    MembershipFactory.create(person=town.lan, role="leader", issuing_body=town.party)
    note = reviewing.note(made.item, "Một.", private=private, actor=town.son, now=NOW)
    before = everything()

    for name in ("lan", "yen", "chung", "vinh"):
        person = town.person(name)
        with pytest.raises(PermissionDenied):
            reviewing.edit(note, "Khác.", actor=person, now=NOW)
        with pytest.raises(PermissionDenied):
            reviewing.share(note, actor=person, now=NOW)
        with pytest.raises(PermissionDenied):
            reviewing.remove(note, actor=person, now=NOW)

    assert everything() == before


# Opinions


def test_the_newest_choice_stands_and_a_repeat_does_nothing(town: Town, made: Assembly) -> None:
    for choice in ("agree", "agree", "revise", "revise"):
        reviewing.opine(made.item, choice, actor=town.son, now=NOW)

    assert Opinion.objects.get().choice == "revise"
    entries = MeetingLog.objects.filter(action="meeting.opinion").order_by("pk")
    assert list(entries.values_list("before", "after")) == [("", "agree"), ("agree", "revise")]
    assert reviewing.take_back(made.item, actor=town.son, now=NOW)
    assert not reviewing.take_back(made.item, actor=town.son, now=NOW)
    assert logged("meeting.opinion_taken_back") == 1


def test_a_revision_says_what_to_revise_to_the_office(town: Town, made: Assembly) -> None:
    op = uuid.uuid4()
    for _ in range(2):
        reviewing.opine(made.item, "revise", actor=town.son, now=NOW, text="Rà lại số liệu.", remark_id=op)

    remark = Remark.objects.get()
    assert (remark.text, remark.private, remark.public_id) == ("Rà lại số liệu.", False, op)


def test_an_old_choice_from_a_tablet_does_not_undo_a_newer_one(town: Town, made: Assembly) -> None:
    reviewing.opine(made.item, "revise", actor=town.son, now=LATER)

    with pytest.raises(reviewing.Outdated, match="mới hơn"):
        reviewing.opine(made.item, "agree", actor=town.son, now=LATER, made_at=NOW)
    with pytest.raises(reviewing.Outdated):
        reviewing.take_back(made.item, actor=town.son, now=LATER, made_at=NOW)

    assert Opinion.objects.get().choice == "revise"


def test_no_choice_but_those_of_the_list(town: Town, made: Assembly) -> None:
    with pytest.raises(MeetingError):
        reviewing.opine(made.item, "defer", actor=town.son, now=NOW)


def test_agreeing_to_the_rest_leaves_what_was_said_and_what_was_not_shown(town: Town, made: Assembly) -> None:
    first, second, third, fourth = made.meeting.items.order_by("position")
    reviewing.opine(first, "revise", actor=town.son, now=NOW)
    reviewing.request_change(second, "defer", actor=town.son, now=NOW)

    done = reviewing.agree_to([first, second, third], actor=town.son, now=NOW)
    again = reviewing.agree_to([first, second, third], actor=town.son, now=NOW)

    assert (done, again) == (1, 0)
    said = dict(Opinion.objects.values_list("item", "choice"))
    assert said == {first.pk: "revise", third.pk: "agree"}
    assert fourth.pk not in said


# Requests


def test_a_request_is_kept_once_and_a_newer_one_takes_its_place(town: Town, made: Assembly) -> None:
    def ask(minutes: int) -> ChangeRequest:
        return reviewing.request_change(made.item, "shorten", minutes=minutes, actor=town.son, now=NOW)

    first, same, other = ask(15), ask(15), ask(10)

    assert first == same
    first.refresh_from_db()
    assert (first.state, other.state, other.minutes) == ("withdrawn", "open", 10)
    assert (logged("meeting.change_asked"), logged("meeting.change_withdrawn")) == (2, 1)


@pytest.mark.parametrize(
    "asked",
    [
        {"kind": "shorten"},
        {"kind": "shorten", "minutes": 0},
        {"kind": "shorten", "minutes": 20},
        {"kind": "reorder"},
        {"kind": "reorder", "position": 1},
        {"kind": "reorder", "position": 5},
        {"kind": "cancel"},
        {"kind": "defer", "note": "x" * 5001},
    ],
)
def test_a_request_that_says_nothing_possible_is_refused(
    town: Town, made: Assembly, asked: dict[str, Any]
) -> None:
    before = everything()

    with pytest.raises(MeetingError):
        reviewing.request_change(made.item, actor=town.son, now=NOW, **asked)

    assert everything() == before


def test_one_cannot_agree_and_ask_to_wait(town: Town, made: Assembly) -> None:
    reviewing.opine(made.item, "agree", actor=town.son, now=NOW)
    request = reviewing.request_change(made.item, "defer", actor=town.son, now=NOW)
    assert not Opinion.objects.exists()

    reviewing.opine(made.item, "agree", actor=town.son, now=NOW)

    request.refresh_from_db()
    assert request.state == "withdrawn"


def test_withdrawing_is_for_who_asked_and_once(town: Town, made: Assembly) -> None:
    request = reviewing.request_change(made.item, "defer", actor=town.son, now=NOW)

    with pytest.raises(PermissionDenied):
        reviewing.withdraw(request, actor=town.yen, now=NOW)
    assert reviewing.withdraw(request, actor=town.son, now=NOW)
    assert not reviewing.withdraw(request, actor=town.son, now=NOW)
    assert logged("meeting.change_withdrawn") == 1


def test_the_office_defers_with_one_action(town: Town, made: Assembly) -> None:
    following = Meeting.objects.create(
        issuing_body=town.party, title="Kỳ sau", series=made.series, on=dt.date(2027, 1, 27)
    )
    MembershipFactory.create(person=town.lan, role="leader", issuing_body=town.party)
    request = reviewing.request_change(made.item, "defer", actor=town.son, now=NOW, note="Chờ thẩm định.")
    also = reviewing.request_change(made.item, "defer", actor=town.lan, now=NOW)

    carried = reviewing.accept_change(request, actor=town.yen, now=LATER)

    made.item.refresh_from_db()
    assert (made.item.state, made.item.outcome) == ("proposed", "postponed")
    assert carried is not None
    assert (carried.meeting, carried.state, carried.carried_from) == (following, "proposed", made.item)
    for row in (request, also):
        row.refresh_from_db()
        assert (row.state, row.decided_by, row.decided_at) == ("accepted", town.yen, LATER)
    assert logged("meeting.change_accepted") == 1
    told = Notification.objects.filter(kind="meeting.change_accepted").values_list("person", flat=True)
    assert set(told) == {town.son.pk, town.lan.pk}
    assert list(made.meeting.items.accepted().values_list("position", flat=True)) == [1, 2, 3]


def test_deferred_without_a_next_meeting_it_waits(town: Town, made: Assembly) -> None:
    request = reviewing.request_change(made.item, "defer", actor=town.son, now=NOW)

    assert reviewing.accept_change(request, actor=town.chung, now=NOW) is None

    made.item.refresh_from_db()
    assert (made.item.state, made.item.outcome) == ("proposed", "postponed")


def test_the_office_shortens_and_moves(town: Town, made: Assembly) -> None:
    second = made.meeting.items.get(position=2)
    shorten = reviewing.request_change(second, "shorten", minutes=5, actor=town.son, now=NOW)
    reorder = reviewing.request_change(second, "reorder", position=4, actor=town.son, now=NOW)

    reviewing.accept_change(shorten, actor=town.yen, now=NOW)
    reviewing.accept_change(reorder, actor=town.yen, now=NOW)

    second.refresh_from_db()
    assert (second.minutes, second.position) == (5, 4)


def test_deciding_twice_changes_nothing_more(town: Town, made: Assembly) -> None:
    request = reviewing.request_change(made.item, "shorten", minutes=5, actor=town.son, now=NOW)
    reviewing.accept_change(request, actor=town.yen, now=NOW)
    before = everything()

    with pytest.raises(MeetingError, match="vừa được xử lý"):
        reviewing.accept_change(request, actor=town.chung, now=LATER)
    with pytest.raises(MeetingError, match="vừa được xử lý"):
        reviewing.decline(request, "Không.", actor=town.chung, now=LATER)

    assert everything() == before


def test_declining_needs_a_reason_that_the_leader_hears(town: Town, made: Assembly) -> None:
    request = reviewing.request_change(made.item, "defer", actor=town.son, now=NOW)

    with pytest.raises(MeetingError, match="lý do"):
        reviewing.decline(request, " ", actor=town.yen, now=NOW)
    reviewing.decline(request, "Tỉnh ủy yêu cầu trong tháng.", actor=town.yen, now=NOW)

    request.refresh_from_db()
    assert (request.state, request.decision_note) == ("declined", "Tỉnh ủy yêu cầu trong tháng.")
    notice = Notification.objects.get(person=town.son)
    assert "Tỉnh ủy yêu cầu trong tháng." in notice.text
    assert not AgendaItem.objects.filter(reviewed.spoken_q(town.son)).exists()


@pytest.mark.parametrize("name", ["hoa", "son", "minh", "binh", "mai", "vinh", "lan"])
def test_only_the_office_decides(town: Town, made: Assembly, name: str) -> None:
    request = reviewing.request_change(made.item, "defer", actor=town.son, now=NOW)
    before = everything()

    with pytest.raises(PermissionDenied):
        reviewing.accept_change(request, actor=town.person(name), now=NOW)
    with pytest.raises(PermissionDenied):
        reviewing.decline(request, "Không.", actor=town.person(name), now=NOW)

    assert everything() == before


@pytest.mark.parametrize("state", ["held", "concluded", "cancelled", "postponed"])
def test_nothing_is_decided_of_a_meeting_that_is_not_open(town: Town, made: Assembly, state: str) -> None:
    request = reviewing.request_change(made.item, "defer", actor=town.son, now=NOW)
    in_state(made, state)
    before = everything()

    with pytest.raises(MeetingError):
        reviewing.accept_change(request, actor=town.yen, now=NOW)
    with pytest.raises(MeetingError):
        reviewing.decline(request, "Không.", actor=town.yen, now=NOW)

    assert everything() == before


# Until when, and what waits


@pytest.mark.parametrize(
    ("today", "lead", "due"),
    [
        (dt.date(2026, 11, 20), 3, dt.date(2026, 12, 17)),
        (dt.date(2026, 12, 17), 3, dt.date(2026, 12, 17)),
        (dt.date(2026, 12, 18), 3, dt.date(2026, 12, 22)),
        (dt.date(2026, 11, 20), None, dt.date(2026, 12, 22)),
    ],
)
def test_opinions_are_wanted_before_invitations_go_out(
    town: Town, made: Assembly, today: dt.date, lead: int | None, due: dt.date
) -> None:
    made.meeting.invitation_days = lead

    at = reviewed.opinions_due(made.meeting, today, WorkCalendar())

    assert at is not None
    assert (at.date(), at.hour) == (due, 17)


def test_a_meeting_without_a_day_has_no_deadline(town: Town) -> None:
    meeting = Meeting(issuing_body=town.party, title="Chưa có ngày")

    assert reviewed.opinions_due(meeting, NOW.date(), WorkCalendar()) is None


def test_what_awaits_a_leader_is_counted_next_first(town: Town, made: Assembly) -> None:
    sooner = Meeting.objects.create(issuing_body=town.party, title="Giao ban", on=dt.date(2026, 11, 23))
    AgendaItem.objects.create(meeting=sooner, position=1, text="Một.")
    AgendaItem.objects.create(meeting=sooner, position=2, text="Đề xuất.", state="proposed")
    Meeting.objects.create(issuing_body=town.party, title="Trống", on=dt.date(2026, 11, 24))
    reviewing.opine(made.item, "agree", actor=town.son, now=NOW)
    reviewing.request_change(made.meeting.items.get(position=2), "defer", actor=town.son, now=NOW)

    found = reviewed.awaiting(town.person("son"), NOW.date())

    assert [(each.meeting, each.total, each.left) for each in found] == [(sooner, 1, 1), (made.meeting, 4, 2)]
    reviewing.agree_to(AgendaItem.objects.filter(meeting=sooner), actor=town.son, now=NOW)
    assert [each.meeting for each in reviewed.awaiting(town.person("son"), NOW.date())] == [made.meeting]
    for name in ("yen", "hoa", "binh", "vinh", "lan"):
        assert reviewed.awaiting(town.person(name), NOW.date()) == []


@pytest.mark.parametrize("count", [1, 6])
def test_what_awaits_costs_the_same_however_much(town: Town, count: int) -> None:
    for n in range(count):
        meeting = Meeting.objects.create(
            issuing_body=town.party, title=f"Họp {n}", on=dt.date(2026, 12, 1 + n)
        )
        AgendaItem.objects.create(meeting=meeting, position=1, text="Một.")
    person = town.person("son")

    with CaptureQueriesContext(connection) as counted:
        assert len(reviewed.awaiting(person, NOW.date())) == count

    assert len(counted) == 3  # standing, meetings, days off
