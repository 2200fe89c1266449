"""Numbers: which series, in which order, none lost and none twice."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from agencies.models import IssuingBody, Term
from documents import register
from documents.models import Congress, Document, Numbering, NumberSeries, RegisterEntry, RegisterLog
from documents.register.series import of_document
from tests import factories
from tests.factories import NOW, Town

pytestmark = pytest.mark.django_db

DAY = NOW.date()
NEXT_YEAR = dt.date(2027, 1, 4)


@pytest.fixture
def town() -> Town:
    return factories.town()


def paper(body: IssuingBody, kind: str = "CTr", **values: object) -> Document:
    return Document.objects.create(
        issuing_body=body,
        kind_code=kind,
        kind="CHƯƠNG TRÌNH",
        subject="công tác tháng 12",
        notation=body.notation(kind),
        created_at=NOW,
        updated_at=NOW,
        **values,
    )


def drawn(document: Document, town: Town, day: dt.date = DAY) -> RegisterEntry:
    return register.draw(document, day=day, actor=town.hoa, now=NOW)


def test_state_numbers_run_from_01_by_kind_and_calendar_year(town: Town) -> None:
    numbers = [drawn(paper(town.state), town).number for _ in range(3)]
    other = drawn(paper(town.state, "KH"), town).number
    later = drawn(paper(town.state), town, NEXT_YEAR)

    assert (numbers, other, later.number) == ([1, 2, 3], 1, 1)
    assert str(later) == "01/CTr-UBND"


def test_party_numbers_run_by_kind_and_term_whatever_the_year(town: Town) -> None:
    Term.objects.create(issuing_body=town.party, name="2025-2030", since=dt.date(2025, 7, 1))

    first, second = drawn(paper(town.party), town), drawn(paper(town.party), town, NEXT_YEAR)

    assert [str(first), str(second)] == ["01-CTr/ĐU", "02-CTr/ĐU"]
    assert first.series.scope_name == "nhiệm kỳ 2025-2030"


def test_secret_papers_have_their_own_series_in_the_state_and_share_it_in_the_party(town: Town) -> None:
    pairs = [
        (body, drawn(paper(body), town), drawn(paper(body, secrecy="mat"), town))
        for body in (town.state, town.party)
    ]

    assert [(plain.number, secret.number) for _body, plain, secret in pairs] == [(1, 1), (1, 2)]


def test_papers_of_a_congress_run_in_one_series_for_all_kinds(town: Town) -> None:
    Congress.objects.create(issuing_body=town.party, name="Đại hội lần thứ I", since=DAY, until=DAY)

    numbers = [
        drawn(Document.objects.create(
            issuing_body=town.party, kind_code=kind, kind="VĂN BẢN", subject="đại hội", notation=f"{kind}/ĐH",
            created_at=NOW, updated_at=NOW), town).number
        for kind in ("NQ", "BC", "NQ")
    ]  # fmt: skip

    assert numbers == [1, 2, 3]


@pytest.mark.parametrize(
    ("grouping", "groups", "numbers"),
    [
        ("kind", {}, [1, 1, 1]),
        ("all", {}, [1, 2, 3]),
        ("groups", {"CTr": "Hành chính", "KH": "Hành chính"}, [1, 2, 1]),
    ],
)
def test_a_state_body_sets_what_shares_a_series(
    town: Town, grouping: str, groups: dict[str, str], numbers: list[int]
) -> None:
    Numbering.objects.create(issuing_body=town.state, grouping=grouping, groups=groups)

    assert [drawn(paper(town.state, kind), town).number for kind in ("CTr", "KH", "TB")] == numbers


def test_what_fails_gives_its_number_back(town: Town) -> None:
    drawn(paper(town.state), town)
    with transaction.atomic():
        drawn(paper(town.state), town)
        transaction.set_rollback(True)

    assert drawn(paper(town.state), town).number == 2
    assert register.proof(NumberSeries.objects.get()).whole


def test_a_paper_gets_one_number_only(town: Town) -> None:
    document = paper(town.state)
    drawn(document, town)

    with pytest.raises(register.RegisterError, match="đã có số"):
        drawn(document, town)

    assert RegisterEntry.objects.count() == 1


def test_the_database_holds_the_promises(town: Town) -> None:
    entry = drawn(paper(town.state), town)
    bad = (
        {"number": 1, "state": "reserved", "reason": "x"},
        {"number": 2, "state": "cancelled"},
        {"number": 3, "state": "used"},
        {"number": 4, "state": "reserved", "reason": "x", "document": paper(town.state)},
    )

    for values in bad:
        with pytest.raises(IntegrityError), transaction.atomic():
            RegisterEntry.objects.create(series=entry.series, at=NOW, **values)


def test_a_reserved_number_waits_for_its_paper_and_is_used_once(town: Town) -> None:
    kept = register.reserve(town.state, "CTr", day=DAY, reason="Chờ ký", actor=town.hoa, now=NOW)
    other = drawn(paper(town.state), town)
    document = paper(town.state)

    entry = register.draw(document, day=DAY, actor=town.hoa, now=NOW, reserved=kept)
    with pytest.raises(register.RegisterError, match="không còn"):
        register.draw(paper(town.state), day=DAY, actor=town.hoa, now=NOW, reserved=kept)

    assert (kept.number, other.number, entry.pk, entry.document) == (1, 2, kept.pk, document)
    assert RegisterLog.objects.filter(action="register.reserve").count() == 1


def test_a_reserved_number_of_another_series_is_refused(town: Town) -> None:
    kept = register.reserve(town.state, "KH", day=DAY, reason="Chờ ký", actor=town.hoa, now=NOW)

    with pytest.raises(register.RegisterError, match="dãy số khác"):
        register.draw(paper(town.state), day=DAY, actor=town.hoa, now=NOW, reserved=kept)


def test_a_cancelled_number_stays_with_its_reason_and_is_cancelled_once(town: Town) -> None:
    kept = register.reserve(town.state, "CTr", day=DAY, reason="Chờ ký", actor=town.hoa, now=NOW)

    register.cancel(kept, reason="Không làm nữa", actor=town.hoa, now=NOW)
    with pytest.raises(register.RegisterError):
        register.cancel(kept, reason="Nữa", actor=town.hoa, now=NOW)

    entry = RegisterEntry.objects.get()
    assert (entry.state, entry.reason) == ("cancelled", "Không làm nữa")
    assert drawn(paper(town.state), town).number == 2
    assert RegisterLog.objects.filter(action="register.cancel").count() == 1


def test_the_number_of_a_paper_is_not_cancelled(town: Town) -> None:
    entry = drawn(paper(town.state), town)

    with pytest.raises(register.RegisterError, match="thu hồi"):
        register.cancel(entry, reason="Nhầm", actor=town.hoa, now=NOW)

    assert RegisterEntry.objects.get().state == "used"


def test_an_office_goes_on_from_its_paper_book(town: Town) -> None:
    series = register.series_of(register.key_of(town.state, "CTr", DAY))
    register.set_start(series, 58, actor=town.hoa, now=NOW)

    assert register.expected(paper(town.state), DAY) == 58
    assert drawn(paper(town.state), town).number == 58
    with pytest.raises(register.RegisterError, match="đã cấp số"):
        register.set_start(NumberSeries.objects.get(), 1, actor=town.hoa, now=NOW)


def test_papers_of_before_are_entered_and_the_book_says_what_is_missing(town: Town) -> None:
    for number in (12, 15):
        register.enter(
            town.state, "CTr", number=number, day=DAY, title="Chương trình", actor=town.hoa, now=NOW
        )
    with pytest.raises(register.RegisterError, match="Số 12 đã có"):
        register.enter(town.state, "CTr", number=12, day=DAY, title="Khác", actor=town.hoa, now=NOW)

    proof = register.proof(NumberSeries.objects.get())
    assert (proof.first, proof.last, proof.missing, proof.whole) == (12, 15, (13, 14), False)
    assert drawn(paper(town.state), town).number == 16


def test_an_archived_paper_stands_in_the_register_with_its_own_number(town: Town) -> None:
    programme = factories.issued(town, factories.month(11), number=39)

    entry = RegisterEntry.objects.get()
    assert (entry.number, entry.document_id, entry.notation) == (39, programme.pk, "CTr/ĐU")
    assert entry.series == register.series_of(of_document(programme, programme.dated_on or DAY))


def test_a_day_out_of_order_is_warned_of(town: Town) -> None:
    drawn(paper(town.state), town, DAY)

    assert register.warnings(paper(town.state), DAY) == []
    assert "Số 01/CTr-UBND" in register.warnings(paper(town.state), DAY - dt.timedelta(days=3))[0]


def test_the_columns_that_come_later_are_logged_once_and_only_when_they_change(town: Town) -> None:
    entry = drawn(paper(town.state), town)

    first = register.note(entry, {"copies": 3, "note": "Gửi bưu điện"}, actor=town.hoa, now=NOW)
    second = register.note(entry, {"copies": 3, "note": "Gửi bưu điện"}, actor=town.hoa, now=NOW)

    assert (first, second) == (True, False)
    assert RegisterLog.objects.filter(action="register.note").count() == 1
