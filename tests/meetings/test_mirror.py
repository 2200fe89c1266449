"""Rows and words of a meeting in a draft agree, whichever side was changed."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import transaction
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from documents.models import Clause, Document, Operation
from documents.tree import Tree
from meetings import announcing
from meetings.facts import facts_of
from meetings.models import AgendaItem, Meeting, PreparingBody
from meetings.services import agenda
from programmes import editing, services
from programmes.models import Programme
from tests import factories
from tests.factories import NOW, Town, draft, issued, month


def mirror(meeting: Meeting, town: Town) -> None:
    with transaction.atomic():
        announcing.mirror(meeting, actor=town.yen, now=NOW)


def words(programme: Programme) -> list[tuple[str, list[dict[str, Any]]]]:
    tree = Tree.load(programme.pk)
    section = next(c for c in tree.clauses.values() if c.role == Clause.Role.MEETING)
    return [(c.text, c.bodies) for c in agenda(tree, section)]


def rows(meeting: Meeting) -> list[tuple[str, list[dict[str, Any]]]]:
    return [
        (
            item.text,
            [
                {"name": b.name, "agency": b.agency_id, "lead": b.lead}
                for b in item.preparing.order_by("position")
            ],
        )
        for item in meeting.items.accepted().order_by("position")
    ]


class RowsToWords(TestCase):
    """Any change of the rows is what the draft says afterwards, in one operation."""

    def setUp(self) -> None:
        self.town = factories.town()
        self.programme = draft(self.town, month(12))

    @given(
        order=st.permutations(range(5)),
        kept=st.sets(st.integers(0, 4)),
        texts=st.lists(st.sampled_from(["Báo cáo A.", "Tờ trình B.", "Đề án C."]), min_size=5, max_size=5),
        led=st.sets(st.integers(0, 4)),
        day=st.dates(dt.date(2026, 12, 1), dt.date(2026, 12, 31)) | st.none(),
        tentative=st.booleans(),
    )
    def test_any_agenda(
        self,
        order: list[int],
        kept: set[int],
        texts: list[str],
        led: set[int],
        day: dt.date | None,
        tentative: bool,
    ) -> None:
        meeting = Meeting.objects.get(section__document=self.programme)
        have = list(meeting.items.all())
        items = have + [AgendaItem.objects.create(meeting=meeting, position=9) for _ in range(5 - len(have))]
        for place, n in enumerate(order, start=1):
            item = items[n]
            if n not in kept:
                item.delete()
                continue
            AgendaItem.objects.filter(pk=item.pk).update(position=place, text=texts[n])
            item.preparing.all().delete()
            if n in led:
                PreparingBody.objects.create(item=item, agency=self.town.agency, name="Phòng Kinh tế")
        meeting.on, meeting.tentative = day, tentative and day is not None
        meeting.save()
        before = Operation.objects.count()

        mirror(meeting, self.town)

        meeting = Meeting.objects.get(pk=meeting.pk)
        assert words(self.programme) == rows(meeting)
        assert (meeting.on, meeting.tentative) == (day, tentative and day is not None)
        tree = Tree.load(self.programme.pk)
        section = next(c for c in tree.clauses.values() if c.pk == meeting.section_id)
        said = facts_of(tree, section, 2026)
        assert (said.title, said.when.date) == (meeting.title, day)
        assert Operation.objects.count() - before <= 1
        mirror(meeting, self.town)
        assert Operation.objects.count() - before <= 1


@pytest.fixture
def town(db: None) -> Town:
    return factories.town()


def test_an_issued_programme_keeps_what_was_printed(town: Town) -> None:
    programme = issued(town, month(12))
    meeting = Meeting.objects.get(section__document=programme)
    before = words(programme)
    Meeting.objects.filter(pk=meeting.pk).update(on=dt.date(2026, 12, 30), title="Tên khác")
    AgendaItem.objects.filter(meeting=meeting).update(text="Nội dung khác")

    mirror(Meeting.objects.get(pk=meeting.pk), town)

    assert words(programme) == before
    assert Meeting.objects.get(pk=meeting.pk).on == dt.date(2026, 12, 30)


def test_a_meeting_with_a_life_of_its_own_outlives_its_clause_and_finds_it_again(town: Town) -> None:
    programme = draft(town, month(12))
    meeting = Meeting.objects.get()
    AgendaItem.objects.filter(meeting=meeting, position=1).update(purpose="decide")
    section = meeting.section
    assert section is not None
    remove: dict[str, Any] = {"op": "7d444840-9dc0-11d1-b245-5ffdce74fad2", "kind": "remove"}
    remove |= {"clause": str(section.public_id), "version": section.version}

    operate(programme, remove, town)
    alone = Meeting.objects.get()
    left = {(i.text, i.state) for i in alone.items.all()}
    operate(programme, {"op": "7d444840-9dc0-11d1-b245-5ffdce74fad3", "kind": "undo"}, town)

    assert alone.section is None
    assert len(left) == 3
    again = Meeting.objects.get()
    assert (again.pk, again.section is not None) == (meeting.pk, True)
    assert [i.purpose for i in again.items.all()] == ["decide", "", ""]
    assert words(programme) == rows(again)


def operate(programme: Programme, asked: dict[str, Any], town: Town) -> None:
    mine = Document.objects.filter(pk=programme.pk)
    editing.operate(mine, asked, actor=town.yen, now=NOW)


def test_removing_a_draft_removes_meetings_that_live_by_it_alone(town: Town) -> None:
    first, second = draft(town, month(12)), draft(town, month(11))
    Meeting.objects.filter(section__document=second).update(state="cancelled")

    services.delete_draft(first, actor=town.yen, now=NOW)
    services.delete_draft(second, actor=town.yen, now=NOW)

    assert [m.state for m in Meeting.objects.all()] == ["cancelled"]
    assert AgendaItem.objects.count() == 3


def test_a_told_meeting_keeps_its_day_when_the_words_change(town: Town) -> None:
    programme = draft(town, month(12))
    meeting = Meeting.objects.get()
    Meeting.objects.filter(pk=meeting.pk).update(announced_at=NOW)
    section = meeting.section
    assert section is not None
    asked: dict[str, Any] = {"op": "7d444840-9dc0-11d1-b245-5ffdce74fad2", "kind": "text"}
    text = "Hội nghị Ban Thường vụ mở rộng: Dự kiến ngày 28/12/2026"

    asked |= {"clause": str(section.public_id), "version": section.version, "text": text}
    operate(programme, asked, town)

    meeting = Meeting.objects.get()
    assert (meeting.on, meeting.title) == (dt.date(2026, 12, 25), "Hội nghị Ban Thường vụ mở rộng")


def test_the_first_item_of_a_meeting_without_any_reaches_the_draft(town: Town) -> None:
    programme = draft(town, month(12))
    meeting = Meeting.objects.get()
    AgendaItem.objects.all().delete()
    mirror(meeting, town)
    AgendaItem.objects.create(meeting=meeting, position=1, text="Báo cáo đầu tiên.")

    mirror(meeting, town)

    assert words(programme) == rows(meeting) == [("Báo cáo đầu tiên.", [])]
