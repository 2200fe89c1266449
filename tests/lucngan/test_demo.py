"""The demonstration: the example papers as real rows, and an office of today whenever it starts."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from agencies.models import Person
from documents import papers, register
from documents.models import Document, NumberSeries
from documents.tree import Tree
from lucngan.demo import load, people
from meetings import milestones, proposing, recurrence, rules
from meetings.models import AgendaItem, Meeting, Series
from paper import json as paper_json
from paper.value import Regime
from programmes.models import Programme

ZONE = dt.timezone(dt.timedelta(hours=7))


@pytest.fixture
def start(db: None, settings: Any, tmp_path: Path) -> Any:
    settings.MEDIA_ROOT = tmp_path
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

    def on(day: dt.date) -> dict[str, int]:
        return load.load(day, dt.datetime.combine(day, dt.time(8), ZONE))

    return on


def test_the_examples_are_rows_that_print_word_for_word(start: Any) -> None:
    start(dt.date(2026, 11, 20))

    april = Programme.objects.filter(period_year=2023).order_by("pk")
    assert [(p.number, p.state) for p in april] == [(39, "issued"), (None, "draft")]
    assert [Meeting.objects.filter(section__document=p).count() for p in april] == [7, 3]
    assert [AgendaItem.objects.filter(meeting__section__document=p).count() for p in april] == [9, 6]
    notice = Document.objects.get(programme=None, amendmentnotice=None)
    for document in [*april, notice]:
        intake = document.intakes.get()
        assert intake.result is not None
        read = paper_json.from_data(intake.result["paper"])
        regime = Regime(document.issuing_body.regime)
        assert papers.body(Tree.load(document.pk), regime) == read.body


@pytest.mark.parametrize("today", [dt.date(2026, 1, 2), dt.date(2027, 2, 8), dt.date(2026, 12, 31)])
def test_the_office_lives_last_this_and_next_month(start: Any, today: dt.date) -> None:
    start(today)

    for body, states in (
        ("Đảng ủy xã Lục Ngạn", ["amended", "issued", "draft"]),
        ("Ủy ban nhân dân xã Lục Ngạn", ["issued", "issued", "review"]),
    ):
        rows = Programme.objects.filter(issuing_body__agency__name=body).order_by(
            "period_year", "period_index"
        )
        months = [(p.period.start - today.replace(day=1)).days // 28 for p in rows]
        assert [p.state for p in rows] == states
        assert months == sorted(months)
        assert rows[1].period.start == today.replace(day=1)
        days = Meeting.objects.filter(section__document__in=[p.pk for p in rows], on__isnull=False)
        assert all(day and day.weekday() < 5 for day in days.values_list("on", flat=True))


def test_somebody_sends_what_the_other_body_prepares(start: Any) -> None:
    start(dt.date(2026, 11, 20))
    bich = Person.objects.get(username="ngocbich")

    prepared = AgendaItem.objects.filter(
        meeting__issuing_body__agency__short_name="Đảng ủy xã", preparing__agency__short_name="UBND xã"
    )

    assert prepared.exists()
    assert any(rules.may_upload(bich, item) for item in prepared)


def test_the_books_show_a_kept_and_a_cancelled_number_with_reasons(start: Any) -> None:
    start(dt.date(2027, 1, 2))

    for body in ("Đảng ủy xã Lục Ngạn", "Ủy ban nhân dân xã Lục Ngạn"):
        series = NumberSeries.objects.get(issuing_body__agency__name=body, group="TB")
        rows = list(series.entries.order_by("number"))
        assert [row.state for row in rows][:4] == ["used", "cancelled", "used", "reserved"]
        assert all(bool(row.reason) == (row.state != "used") for row in rows)
        assert register.proof(series).whole


def test_there_is_an_account_for_every_role_and_nothing_is_loaded_twice(start: Any) -> None:
    assert load.is_empty()
    start(dt.date(2026, 11, 20))

    assert not load.is_empty()
    assert {a.role for a in people.ACCOUNTS} == {
        "drafter",
        "chief",
        "registrar",
        "leader",
        "officer",
        "administrator",
    }
    assert all(load.person(a.username).check_password(people.PASSWORD) for a in people.ACCOUNTS)


@pytest.mark.parametrize("today", [dt.date(2026, 11, 20), dt.date(2027, 2, 8)])
def test_both_offices_have_series_that_propose_a_month(start: Any, today: dt.date) -> None:
    start(today)

    month = (today.replace(day=1) + dt.timedelta(days=31)).replace(day=1)
    for name, count in (("Đảng ủy xã Lục Ngạn", 4), ("Ủy ban nhân dân xã Lục Ngạn", 2)):
        body = Series.objects.filter(issuing_body__agency__name=name)[0].issuing_body
        rows = Series.objects.filter(issuing_body=body)
        shown = proposing.preview(body, month, today=today)
        assert rows.count() == count
        assert all(each.chair and each.attendees.exists() for each in rows)
        assert all(recurrence.problem(each, milestones.calendar_for(today), today) is None for each in rows)
        assert {p.series for p in shown} == set(rows)
        assert not any(p.refusal or p.left_out for p in shown)
    weekly = Meeting.objects.filter(weekly_on__isnull=False, issuing_body__active=True)
    assert {m.series and m.series.title for m in weekly} == {
        "Giao ban Thường trực Đảng ủy",
        "Chủ tịch và các Phó Chủ tịch UBND xã giao ban",
    }
