"""The agenda's services: items, order, bodies, proposals, outcomes; rows and words always agree."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from documents.models import Clause
from documents.tree import Tree
from meetings import agenda
from meetings.holding import MeetingError
from meetings.models import AgendaItem, Meeting, MeetingLog, Remark, Series, Session
from meetings.services import agenda as clauses_of
from tests import factories
from tests.factories import NOW, Town, draft, month
from tests.meetings.conftest import told_meeting


def texts(meeting: Meeting) -> list[str]:
    return [item.text for item in meeting.items.accepted().order_by("position")]


def positions(meeting: Meeting) -> list[int]:
    rows = meeting.items.accepted().order_by("position", "pk")
    return list(rows.values_list("position", flat=True))


def rows(meeting: Meeting) -> list[AgendaItem]:
    return list(meeting.items.accepted().order_by("position"))


def logged(action: str) -> int:
    return MeetingLog.objects.filter(action=action).count()


def series_of(town: Town) -> Series:
    return Series.objects.create(issuing_body=town.party, title="Hội nghị BTV", frequency="by_rule")


# ---------------------------------------------------------------- items


def test_pasted_lines_become_items_with_their_bodies_once(town: Town) -> None:
    meeting = told_meeting(town, items=1)

    agenda.add(
        meeting,
        ["1. Báo cáo A @phong kinh te @Tổ công tác 20p", "", "2. Tờ trình B #qd"],
        actor=town.yen,
        now=NOW,
    )

    first, a, b = rows(meeting)
    assert (first.position, a.position, b.position) == (1, 2, 3)
    assert (a.text, a.minutes, b.text, b.purpose) == ("Báo cáo A", 20, "Tờ trình B", "decide")
    bodies = [(p.name, p.agency_id, p.lead) for p in a.preparing.order_by("position")]
    assert bodies == [("Phòng Kinh tế", town.agency.pk, True), ("Tổ công tác", None, False)]
    assert logged("meeting.agenda_add") == 1


@pytest.mark.parametrize(
    ("lines", "sentence"),
    [
        ([], "Hãy viết nội dung"),
        (["", "  "], "Hãy viết nội dung"),
        (["x"] * 301, "nhiều nhất 300"),
        (["a" * 1500], "1.000 ký tự"),
    ],
)
def test_what_cannot_be_added_says_why_and_adds_nothing(town: Town, lines: list[str], sentence: str) -> None:
    meeting = told_meeting(town)

    with pytest.raises(MeetingError, match=sentence):
        agenda.add(meeting, lines, actor=town.yen, now=NOW)

    assert positions(meeting) == [1, 2, 3]
    assert logged("meeting.agenda_add") == 0


def test_values_of_many_items_are_set_at_once_and_twice_is_once(town: Town) -> None:
    meeting = told_meeting(town)
    session = Session.objects.create(meeting=meeting, position=1, title="Sáng")
    values: dict[str, Any] = {
        "purpose": "opinion",
        "minutes": 25,
        "presenter": "Anh Bình",
        "session": session,
        "needs_documents": False,
        "lead": {"name": "UBND xã", "agency": None},
        "coordinating": [{"name": "Phòng Kinh tế", "agency": town.agency.pk}],
    }

    first = agenda.set_many(rows(meeting)[:2], actor=town.yen, now=NOW, **values)
    again = agenda.set_many(rows(meeting)[:2], actor=town.yen, now=NOW, **values)

    assert (first, again, logged("meeting.agenda_edit")) == (2, 0, 1)
    one = rows(meeting)[0]
    assert (one.purpose, one.minutes, one.presenter, one.session, one.needs_documents) == (
        "opinion",
        25,
        "Anh Bình",
        session,
        False,
    )
    assert [(b.name, b.agency_id, b.lead) for b in one.preparing.order_by("position")] == [
        ("UBND xã", None, True),
        ("Phòng Kinh tế", town.agency.pk, False),
    ]
    assert [b.name for b in rows(meeting)[2].preparing.all()] == ["Phòng Kinh tế"]


def test_who_coordinates_is_set_without_losing_who_leads(town: Town) -> None:
    meeting = told_meeting(town, items=1)

    agenda.set_many(
        rows(meeting), coordinating=[{"name": "Văn phòng", "agency": None}], actor=town.yen, now=NOW
    )

    found = [(b.name, b.lead) for b in rows(meeting)[0].preparing.order_by("position")]
    assert found == [("Phòng Kinh tế", True), ("Văn phòng", False)]


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"text": "  "}, "không được trống"),
        ({"purpose": "vui"}, "không có trong danh sách"),
        ({"minutes": 0}, "từ 1 đến 480"),
        ({"minutes": 481}, "từ 1 đến 480"),
        ({"presenter": "x" * 201}, "200 ký tự"),
        ({"bodies": [{"name": "", "agency": None, "lead": True}]}, "phải có tên"),
        ({"bodies": [{"name": "A", "agency": 10**9, "lead": True}]}, "không có trong danh mục"),
        (
            {"bodies": [{"name": "A", "agency": None, "lead": True}, {"name": "B", "lead": True}]},
            "chỉ có một cơ quan chủ trì",
        ),
    ],
)
def test_a_value_that_is_not_possible_changes_nothing(
    town: Town, values: dict[str, Any], sentence: str
) -> None:
    meeting = told_meeting(town)
    before = list(AgendaItem.objects.order_by("pk").values())

    with pytest.raises(MeetingError, match=sentence):
        agenda.set_many(rows(meeting), actor=town.yen, now=NOW, **values)

    assert list(AgendaItem.objects.order_by("pk").values()) == before
    assert logged("meeting.agenda_edit") == 0


def test_a_session_of_another_meeting_is_refused(town: Town) -> None:
    meeting, other = told_meeting(town), told_meeting(town)
    session = Session.objects.create(meeting=other, position=1, title="Sáng")

    with pytest.raises(MeetingError, match="không thuộc hội nghị"):
        agenda.set_many(rows(meeting), session=session, actor=town.yen, now=NOW)


def test_items_stand_in_the_order_of_their_sessions(town: Town) -> None:
    meeting = told_meeting(town, items=4)
    morning = Session.objects.create(meeting=meeting, position=1, title="Sáng")
    later = Session.objects.create(meeting=meeting, position=2, title="Chiều")

    agenda.set_many(rows(meeting)[:2], session=later, actor=town.yen, now=NOW)
    agenda.set_many(
        [i for i in rows(meeting) if i.session is None][:1], session=morning, actor=town.yen, now=NOW
    )

    assert texts(meeting) == ["Báo cáo số 3.", "Báo cáo số 1.", "Báo cáo số 2.", "Báo cáo số 4."]
    moved = agenda.move(rows(meeting)[0], 2, actor=town.yen, now=NOW)
    assert moved.session == later


# ---------------------------------------------------------------- order


def test_moving_keeps_the_numbers_whole_and_to_the_same_place_does_nothing(town: Town) -> None:
    meeting = told_meeting(town, items=4)

    agenda.move(rows(meeting)[3], 2, actor=town.yen, now=NOW)
    agenda.move(rows(meeting)[1], 2, actor=town.yen, now=NOW)
    agenda.move(rows(meeting)[0], 99, actor=town.yen, now=NOW)

    assert texts(meeting) == ["Báo cáo số 4.", "Báo cáo số 2.", "Báo cáo số 3.", "Báo cáo số 1."]
    assert positions(meeting) == [1, 2, 3, 4]
    assert logged("meeting.agenda_order") == 2


def test_an_order_from_an_old_page_loses_nobodys_item(town: Town) -> None:
    meeting = told_meeting(town, items=3)
    seen = [item.pk for item in rows(meeting)]
    agenda.add(meeting, ["Mới của người khác"], actor=town.chung, now=NOW)

    assert agenda.reorder(meeting, [seen[2], seen[0], seen[1]], actor=town.yen, now=NOW)
    assert not agenda.reorder(meeting, [seen[2], seen[0], seen[1]], actor=town.yen, now=NOW)

    assert texts(meeting) == ["Báo cáo số 3.", "Báo cáo số 1.", "Báo cáo số 2.", "Mới của người khác"]
    assert logged("meeting.agenda_order") == 1


STALE: dict[str, Callable[[AgendaItem, Town], object]] = {
    "text": lambda item, town: agenda.set_text(item, "Khác", actor=town.yen, now=NOW),
    "bodies": lambda item, town: agenda.set_bodies([item], [], actor=town.yen, now=NOW),
    "move": lambda item, town: agenda.move(item, 1, actor=town.yen, now=NOW),
    "reorder": lambda item, town: agenda.reorder(item.meeting, [item.pk], actor=town.yen, now=NOW),
    "remove": lambda item, town: agenda.remove([item], actor=town.yen, now=NOW),
    "accept": lambda item, town: agenda.accept_proposal([item], actor=town.yen, now=NOW),
    "decline": lambda item, town: agenda.decline([item], actor=town.yen, now=NOW),
    "defer": lambda item, town: agenda.defer(item, actor=town.yen, now=NOW),
    "outcome": lambda item, town: agenda.set_outcomes(
        item.meeting, {item: ("approved", "")}, actor=town.yen, now=NOW
    ),
}


@pytest.mark.parametrize("what", STALE)
def test_an_item_that_somebody_removed_meanwhile_gives_a_sentence(town: Town, what: str) -> None:
    meeting = told_meeting(town)
    gone = rows(meeting)[1]
    agenda.remove([gone], actor=town.chung, now=NOW)
    before = MeetingLog.objects.count()

    with pytest.raises(MeetingError, match="không còn"):
        STALE[what](gone, town)

    assert texts(meeting) == ["Báo cáo số 1.", "Báo cáo số 3."]
    assert MeetingLog.objects.count() == before


@pytest.mark.parametrize("state", ["concluded", "cancelled"])
@pytest.mark.parametrize("what", STALE)
def test_a_closed_meeting_keeps_its_agenda(town: Town, what: str, state: str) -> None:
    meeting = told_meeting(town, tentative=False)
    item = rows(meeting)[2]
    Meeting.objects.filter(pk=meeting.pk).update(state=state)
    before = list(AgendaItem.objects.order_by("pk").values())

    with pytest.raises(MeetingError, match="không đổi được nữa"):
        STALE[what](item, town)
    with pytest.raises(MeetingError, match="không đổi được nữa"):
        agenda.add(meeting, ["Thêm"], actor=town.yen, now=NOW)

    assert list(AgendaItem.objects.order_by("pk").values()) == before
    assert MeetingLog.objects.count() == 0


def test_removing_keeps_what_others_worked_on_as_a_proposal(town: Town) -> None:
    meeting = told_meeting(town)
    first, second, _third = rows(meeting)
    Remark.objects.create(item=second, person=town.son, text="Xem lại", at=NOW)

    assert agenda.remove([first, second], actor=town.yen, now=NOW) == (1, 1)

    assert texts(meeting) == ["Báo cáo số 3."]
    assert positions(meeting) == [1]
    second = AgendaItem.objects.get(pk=second.pk)
    assert (second.state, second.outcome) == ("proposed", "")
    with pytest.raises(MeetingError, match="không xóa được"):
        agenda.remove([second], actor=town.yen, now=NOW)


# ---------------------------------------------------------------- proposals and outcomes


def test_what_is_postponed_comes_back_with_its_history(town: Town) -> None:
    series = series_of(town)
    days = [dt.date(2026, 10, 29), dt.date(2026, 11, 26), dt.date(2026, 12, 24)]
    first, second, third = (told_meeting(town, day, items=2, series=series, tentative=False) for day in days)
    Meeting.objects.filter(pk=first.pk).update(state="held")

    agenda.set_outcomes(
        rows(first)[0].meeting, {rows(first)[0]: ("postponed", "chờ số liệu")}, actor=town.yen, now=NOW
    )
    agenda.set_outcomes(
        rows(first)[0].meeting, {rows(first)[0]: ("postponed", "chờ số liệu")}, actor=town.yen, now=NOW
    )

    offered = second.items.get(state="proposed")
    assert (offered.text, offered.carried_from) == ("Báo cáo số 1.", rows(first)[0])
    assert [b.agency for b in offered.preparing.all()] == [town.agency]
    assert logged("meeting.outcome") == 1
    assert agenda.offer_postponed(second, actor=town.yen, now=NOW) == []

    assert agenda.accept_proposal([offered], actor=town.yen, now=NOW) == 1
    assert agenda.accept_proposal([offered], actor=town.yen, now=NOW) == 0
    assert positions(second) == [1, 2, 3]
    Meeting.objects.filter(pk=second.pk).update(state="held")
    agenda.set_outcomes(
        rows(second)[2].meeting, {rows(second)[2]: ("postponed", "")}, actor=town.yen, now=NOW
    )
    last = third.items.get(state="proposed")
    assert [source.meeting for source in agenda.history(last)] == [second, first]
    assert agenda.history(rows(first)[0]) == []
    assert agenda.offer_postponed(third, actor=town.yen, now=NOW) == []


def test_a_new_meeting_of_the_series_gets_what_nobody_took(town: Town) -> None:
    series = series_of(town)
    first = told_meeting(town, dt.date(2026, 11, 5), series=series, tentative=False, state="held")
    agenda.set_outcomes(first, dict.fromkeys(rows(first), ("postponed", "")), actor=town.yen, now=NOW)
    second = told_meeting(town, dt.date(2026, 11, 26), items=0, series=series, tentative=False)

    made = agenda.offer_postponed(second, actor=town.yen, now=NOW)
    agenda.decline(made[:1], actor=town.yen, now=NOW)
    Meeting.objects.filter(pk=second.pk).update(state="held")
    third = told_meeting(town, dt.date(2026, 12, 24), items=0, series=series)
    again = agenda.offer_postponed(third, actor=town.yen, now=NOW)

    assert len(made) == 3
    assert sorted(item.text for item in again) == ["Báo cáo số 2.", "Báo cáo số 3."]
    assert agenda.offer_postponed(third, actor=town.yen, now=NOW) == []
    assert agenda.accept_proposal(made[:1], actor=town.yen, now=NOW) == 1


def test_another_outcome_takes_back_an_offer_that_nobody_took(town: Town) -> None:
    series = series_of(town)
    first = told_meeting(town, dt.date(2026, 11, 5), series=series, tentative=False, state="held")
    second = told_meeting(town, dt.date(2026, 11, 26), items=0, series=series)

    agenda.set_outcomes(rows(first)[0].meeting, {rows(first)[0]: ("postponed", "")}, actor=town.yen, now=NOW)
    agenda.set_outcomes(rows(first)[0].meeting, {rows(first)[0]: ("approved", "")}, actor=town.yen, now=NOW)

    assert second.items.count() == 0


def test_deferring_before_the_meeting_offers_it_to_the_next_one(town: Town) -> None:
    series = series_of(town)
    first = told_meeting(town, dt.date(2026, 11, 26), series=series)
    second = told_meeting(town, dt.date(2026, 12, 24), items=0, series=series)
    item = rows(first)[1]

    offered = agenda.defer(item, actor=town.yen, now=NOW, note="Chờ ý kiến")
    again = agenda.defer(item, actor=town.yen, now=NOW)

    assert offered is not None
    assert (offered.meeting, again) == (second, offered)
    assert texts(first) == ["Báo cáo số 1.", "Báo cáo số 3."]
    assert logged("meeting.agenda_defer") == 1
    agenda.accept_proposal([item], actor=town.yen, now=NOW)
    assert texts(first) == ["Báo cáo số 1.", "Báo cáo số 3.", "Báo cáo số 2."]
    assert second.items.count() == 0


def test_deferring_without_a_next_meeting_waits_for_it(town: Town) -> None:
    series = series_of(town)
    first = told_meeting(town, dt.date(2026, 11, 26), series=series)

    assert agenda.defer(rows(first)[0], actor=town.yen, now=NOW) is None
    second = told_meeting(town, dt.date(2026, 12, 24), items=0, series=series)

    assert [i.text for i in agenda.offer_postponed(second, actor=town.yen, now=NOW)] == ["Báo cáo số 1."]


@pytest.mark.parametrize("state", ["planned", "invited", "postponed"])
def test_outcomes_wait_until_the_meeting_was_held(town: Town, state: str) -> None:
    meeting = told_meeting(town, tentative=False)
    Meeting.objects.filter(pk=meeting.pk).update(state=state)

    with pytest.raises(MeetingError, match="sau khi hội nghị đã họp"):
        agenda.set_outcomes(
            rows(meeting)[0].meeting, {rows(meeting)[0]: ("approved", "")}, actor=town.yen, now=NOW
        )
    with pytest.raises(MeetingError, match="sau khi hội nghị đã họp"):
        agenda.set_many(rows(meeting), outcome="approved", actor=town.yen, now=NOW)

    assert set(meeting.items.values_list("outcome", flat=True)) == {""}


def test_outcomes_of_many_are_one_entry_each(town: Town) -> None:
    meeting = told_meeting(town, tentative=False, state="held")

    assert agenda.set_many(rows(meeting)[:2], outcome="approved", actor=town.yen, now=NOW) == 2
    assert agenda.set_many(rows(meeting)[:2], outcome="approved", actor=town.yen, now=NOW) == 0
    with pytest.raises(MeetingError, match="không có trong danh sách"):
        agenda.set_outcomes(
            rows(meeting)[2].meeting, {rows(meeting)[2]: ("maybe", "")}, actor=town.yen, now=NOW
        )

    entry = MeetingLog.objects.get(action="meeting.outcome")
    assert entry.note == "nội dung 1, 2: Thông qua"
    assert list(meeting.items.order_by("position").values_list("outcome", flat=True)) == [
        "approved",
        "approved",
        "",
    ]


# ---------------------------------------------------------------- words and numbers


class AnySequence(TestCase):
    """Whatever is done in whatever order: positions are 1 … n, and the draft says what the rows say."""

    def setUp(self) -> None:
        self.town = factories.town()
        self.programme = draft(self.town, month(12))

    @given(
        steps=st.lists(
            st.tuples(
                st.sampled_from(("add", "move", "remove", "text", "bodies", "defer", "accept")),
                st.integers(0, 9),
                st.integers(1, 9),
            ),
            max_size=8,
        )
    )
    def test_steps(self, steps: list[tuple[str, int, int]]) -> None:
        meeting = Meeting.objects.get(section__document=self.programme)
        for name, which, value in steps:
            self.step(meeting, name, which, value)

            found = positions(meeting)
            assert found == list(range(1, len(found) + 1))
        assert self.words() == [
            (i.text, [(b.name, b.lead) for b in i.preparing.order_by("position")]) for i in rows(meeting)
        ]

    def step(self, meeting: Meeting, name: str, which: int, value: int) -> None:
        how: dict[str, Any] = {"actor": self.town.yen, "now": NOW}
        if name == "add":
            agenda.add(meeting, [f"Việc {n}" for n in range(value % 3 + 1)], **how)
            return
        state = "proposed" if name == "accept" else "accepted"
        items = list(meeting.items.filter(state=state).order_by("position"))
        if not items:
            return
        item = items[which % len(items)]
        if name == "move":
            agenda.move(item, value, **how)
        elif name == "remove":
            agenda.remove([item], **how)
        elif name == "text":
            agenda.set_text(item, f"Nội dung sửa {value}.", **how)
        elif name == "bodies":
            agenda.set_many([item], lead={"name": f"Phòng {value}", "agency": None}, **how)
        elif name == "defer":
            agenda.defer(item, **how)
        else:
            agenda.accept_proposal([item], **how)

    def words(self) -> list[tuple[str, list[tuple[str, bool]]]]:
        tree = Tree.load(self.programme.pk)
        section = next(c for c in tree.clauses.values() if c.role == Clause.Role.MEETING)
        return [(c.text, [(b["name"], b["lead"]) for b in c.bodies]) for c in clauses_of(tree, section)]


#: Statements of each action, for 3 and for 120 items alike.
COSTS = {"add": 26, "set_many": 26, "move": 26, "reorder": 23, "remove": 33, "approve": 10, "postpone": 19}


@pytest.mark.parametrize("count", [3, 120])
@pytest.mark.parametrize("what", COSTS)
def test_actions_cost_the_same_for_any_number_of_items(town: Town, what: str, count: int) -> None:
    series = series_of(town)
    state = "held" if what in ("approve", "postpone") else "planned"
    meeting = told_meeting(town, items=count, series=series, tentative=False, state=state)
    told_meeting(town, dt.date(2026, 12, 30), items=0, series=series)
    items = rows(meeting)
    how: dict[str, Any] = {"actor": town.yen, "now": NOW}
    lead = {"name": "Văn phòng", "agency": town.stranger.pk}
    act: dict[str, Callable[[], object]] = {
        "add": lambda: agenda.add(meeting, ["Việc @Phòng Kinh tế"] * 2, **how),
        "set_many": lambda: agenda.set_many(items, purpose="report", minutes=5, lead=lead, **how),
        "move": lambda: agenda.move(items[0], len(items), **how),
        "reorder": lambda: agenda.reorder(meeting, [i.pk for i in reversed(items)], **how),
        "remove": lambda: agenda.remove(items[:2], **how),
        "approve": lambda: agenda.set_outcomes(meeting, dict.fromkeys(items, ("approved", "")), **how),
        "postpone": lambda: agenda.set_outcomes(meeting, dict.fromkeys(items[:2], ("postponed", "")), **how),
    }

    with CaptureQueriesContext(connection) as counted:
        act[what]()

    assert len(counted) == COSTS[what], "\n".join(q["sql"][:90] for q in counted)
