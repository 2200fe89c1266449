"""Submitting, agreeing, returning, proposals: each works, for the right person, in the right state, once."""

from __future__ import annotations

import datetime as dt

import pytest

from agencies.models import Person, StandIn
from documents import reviewing
from documents.models import (
    ClauseRemark,
    Decision,
    Document,
    DocumentLog,
    ReviewRoute,
    ReviewStep,
    ReviewTurn,
    Version,
)
from documents.operations import OperationError
from documents.reviewing.block import Block, stood_in
from documents.reviewing.remarks import TextChanged
from documents.writing import set_text
from paper.value import Regime
from programmes.models import Programme
from tests import factories
from tests.factories import NOW, MembershipFactory, PersonFactory, Town

pytestmark = pytest.mark.django_db

LATER = NOW + dt.timedelta(hours=1)


@pytest.fixture
def town() -> Town:
    return factories.town()


@pytest.fixture
def draft(town: Town) -> Programme:
    return factories.draft(town, factories.month(12))


def submit(draft: Programme, town: Town) -> Version:
    return reviewing.submit(Document.objects.get(pk=draft.pk), actor=town.yen, now=NOW)


def agree(draft: Programme, person: Person, now: dt.datetime = NOW) -> Decision:
    return reviewing.decide(Document.objects.get(pk=draft.pk), "approve", actor=person, now=now)


def give_back(draft: Programme, person: Person, note: str = "Sửa mục II.") -> Decision:
    return reviewing.decide(Document.objects.get(pk=draft.pk), "return", actor=person, now=NOW, note=note)


def state(draft: Programme) -> str:
    return str(Document.objects.values_list("state", flat=True).get(pk=draft.pk))


def logged(draft: Programme, action: str) -> int:
    return DocumentLog.objects.filter(document=draft.pk, action=action).count()


def test_the_usual_way_is_chief_then_leader(town: Town, draft: Programme) -> None:
    version = submit(draft, town)
    first = reviewing.desk_of(Document.objects.get(pk=draft.pk))
    agree(draft, town.chung)
    second = reviewing.desk_of(Document.objects.get(pk=draft.pk))
    agree(draft, town.son, LATER)

    assert (first.who, first.since) == ("Chánh Văn phòng", NOW)
    assert second.who == "Lãnh đạo"
    assert state(draft) == "approved"
    assert reviewing.desk_of(Document.objects.get(pk=draft.pk)).who == "Văn thư"
    assert (version.number, version.turns.count()) == (1, 2)
    assert [logged(draft, name) for name in ("document.submit", "document.agree", "document.approve")] == [
        1,
        2,
        1,
    ]


@pytest.mark.parametrize("name", ["yen", "hoa", "son", "minh", "binh", "mai", "vinh", "lan"])
def test_nobody_else_decides_on_the_chiefs_turn(town: Town, draft: Programme, name: str) -> None:
    submit(draft, town)

    with pytest.raises(reviewing.ReviewError, match="không chờ ý kiến"):
        agree(draft, town.person(name))

    assert (state(draft), Decision.objects.count(), logged(draft, "document.agree")) == ("review", 0, 0)


@pytest.mark.parametrize("wrong", ["review", "approved", "issued", "amended", "revoked"])
def test_only_a_draft_is_submitted(town: Town, draft: Programme, wrong: str) -> None:
    factories.in_state(draft, wrong)

    with pytest.raises(OperationError):
        submit(draft, town)

    assert (state(draft), Version.objects.count(), logged(draft, "document.submit")) == (wrong, 0, 0)


def test_submitting_and_agreeing_twice_changes_nothing_more(town: Town, draft: Programme) -> None:
    submit(draft, town)
    with pytest.raises(OperationError):
        submit(draft, town)
    agree(draft, town.chung)
    with pytest.raises(reviewing.ReviewError):
        agree(draft, town.chung)

    assert (Version.objects.count(), Decision.objects.count(), logged(draft, "document.agree")) == (1, 1, 1)


def test_a_paper_that_a_check_refuses_is_not_submitted(town: Town, draft: Programme) -> None:
    Document.objects.filter(pk=draft.pk).update(signing_authority="TL. BAN THƯỜNG VỤ")

    with pytest.raises(reviewing.ReviewError, match="Còn 1 lỗi phải sửa"):
        submit(draft, town)

    assert (state(draft), Version.objects.count()) == ("draft", 0)


def test_returning_needs_a_reason_and_ends_the_other_turns(town: Town, draft: Programme) -> None:
    submit(draft, town)
    with pytest.raises(reviewing.ReviewError, match="lý do trả lại"):
        give_back(draft, town.chung, "  ")

    give_back(draft, town.chung)

    assert state(draft) == "draft"
    assert list(ReviewTurn.objects.order_by("position").values_list("state", flat=True)) == [
        "returned",
        "withdrawn",
    ]
    assert DocumentLog.objects.get(action="document.return").note == "Sửa mục II."


def test_the_route_of_the_body_says_who_and_how_many(town: Town, draft: Programme) -> None:
    other = PersonFactory.create(username="phu", full_name="Lê Văn Phú")
    MembershipFactory.create(person=other, role="leader", issuing_body=town.party)
    route = ReviewRoute.objects.create(issuing_body=town.party, kind_code="CTr")
    ReviewStep.objects.create(route=route, position=1, role="leader", needed=2)
    submit(draft, town)

    agree(draft, town.son)
    waiting = state(draft)
    agree(draft, other)

    assert (waiting, state(draft)) == ("review", "approved")


def test_a_named_step_waits_for_that_person(town: Town, draft: Programme) -> None:
    route = ReviewRoute.objects.create(issuing_body=town.party)
    ReviewStep.objects.create(route=route, position=1, role="leader", person=town.son)
    submit(draft, town)

    with pytest.raises(reviewing.ReviewError):
        agree(draft, town.chung)
    agree(draft, town.son)

    assert state(draft) == "approved"


def test_a_step_that_nobody_can_take_is_said_before_anything_is_done(town: Town, draft: Programme) -> None:
    route = ReviewRoute.objects.create(issuing_body=town.party)
    ReviewStep.objects.create(route=route, position=1, role="leader", needed=3)

    with pytest.raises(reviewing.ReviewError, match="chưa đủ người"):
        submit(draft, town)

    assert (state(draft), Version.objects.count()) == ("draft", 0)


def test_what_is_changed_after_approval_is_asked_for_again_and_what_is_not_is_not(
    town: Town, draft: Programme
) -> None:
    submit(draft, town)
    agree(draft, town.chung)
    agree(draft, town.son)
    reviewing.reopen(Document.objects.get(pk=draft.pk), reason="Sửa số liệu", actor=town.yen, now=NOW)
    submit(draft, town)
    unchanged = state(draft)

    reviewing.reopen(Document.objects.get(pk=draft.pk), reason="Sửa tiếp", actor=town.yen, now=NOW)
    set_text(
        draft, draft.clauses.get(text="Triển khai kế hoạch.").public_id, "Khác.", actor=town.yen, now=NOW
    )
    submit(draft, town)

    assert unchanged == "approved"
    assert Decision.objects.filter(carried=True).count() == 2
    assert state(draft) == "review"
    assert ReviewTurn.objects.get(state="open").role == "chief"


def test_opening_again_needs_a_reason_and_an_approved_paper(town: Town, draft: Programme) -> None:
    with pytest.raises(OperationError):
        reviewing.reopen(draft, reason="Vì vậy", actor=town.yen, now=NOW)
    with pytest.raises(reviewing.ReviewError, match="lý do"):
        reviewing.reopen(factories.in_state(draft, "approved"), reason=" ", actor=town.yen, now=NOW)

    assert (state(draft), logged(draft, "document.reopen")) == ("approved", 0)


# ---------------------------------------------------------------- remarks and proposals


def remark(draft: Programme, person: Person, *, text: str = "", proposal: str = "") -> ClauseRemark:
    row = draft.clauses.get(text="Triển khai kế hoạch.")
    return reviewing.remark(
        Document.objects.get(pk=draft.pk), row.public_id, text=text, proposal=proposal, actor=person, now=NOW
    )


def test_a_proposal_is_taken_with_one_action_and_both_names_stay(town: Town, draft: Programme) -> None:
    submit(draft, town)
    row = remark(draft, town.chung, proposal="Triển khai kế hoạch năm 2027.")
    give_back(draft, town.chung)

    reviewing.accept(row, actor=town.yen, now=LATER)

    row.refresh_from_db()
    assert draft.clauses.filter(text="Triển khai kế hoạch năm 2027.").exists()
    assert (row.author, row.decided_by, row.state) == (town.chung, town.yen, "accepted")
    assert draft.operations.latest("revision").kind == "text"
    assert DocumentLog.objects.get(action="document.proposal_accepted").data["author"] == str(town.chung)


def test_a_proposal_taken_in_review_asks_again_for_what_changed(town: Town, draft: Programme) -> None:
    submit(draft, town)
    agree(draft, town.chung)
    row = remark(draft, town.son, proposal="Triển khai kế hoạch năm 2027.")

    reviewing.accept(row, actor=town.yen, now=LATER)

    assert state(draft) == "review"
    assert Version.objects.count() == 2
    assert ReviewTurn.objects.get(state="open").role == "chief"


def test_a_clause_written_anew_shows_both_texts_and_is_written_over_only_when_chosen(
    town: Town, draft: Programme
) -> None:
    submit(draft, town)
    row = remark(draft, town.chung, proposal="Bản của anh Chung.")
    give_back(draft, town.chung)
    set_text(draft, row.clause, "Bản của chị Yến.", actor=town.yen, now=NOW)

    with pytest.raises(TextChanged) as changed:
        reviewing.accept(row, actor=town.yen, now=LATER)
    kept = draft.clauses.get(public_id=row.clause).text
    reviewing.accept(ClauseRemark.objects.get(), actor=town.yen, now=LATER, over=True)

    assert (changed.value.now, kept) == ("Bản của chị Yến.", "Bản của chị Yến.")
    assert draft.clauses.get(public_id=row.clause).text == "Bản của anh Chung."


def test_declining_needs_a_reason_and_a_settled_remark_is_settled_once(town: Town, draft: Programme) -> None:
    submit(draft, town)
    row = remark(draft, town.chung, text="Xem lại.", proposal="Khác.")
    with pytest.raises(reviewing.ReviewError, match="lý do"):
        reviewing.decline(row, reason="", actor=town.yen, now=NOW)

    reviewing.decline(row, reason="Đã đúng", actor=town.yen, now=NOW)
    with pytest.raises(reviewing.ReviewError, match="đã được xử lý"):
        reviewing.decline(row, reason="Nữa", actor=town.yen, now=NOW)
    with pytest.raises(reviewing.ReviewError, match="đã được xử lý"):
        reviewing.settle(row, actor=town.yen, now=NOW)
    with pytest.raises(reviewing.ReviewError, match="đã được xử lý"):
        reviewing.accept(row, actor=town.yen, now=NOW)

    assert ClauseRemark.objects.get().decision_note == "Đã đúng"
    assert logged(draft, "document.proposal_declined") == 1


@pytest.mark.parametrize("name", ["yen", "hoa", "minh", "binh", "vinh", "lan"])
def test_only_reviewers_remark(town: Town, draft: Programme, name: str) -> None:
    submit(draft, town)

    with pytest.raises(reviewing.ReviewError):
        remark(draft, town.person(name), text="Tôi nghĩ")

    assert not ClauseRemark.objects.exists()


@pytest.mark.parametrize("name", ["son", "hoa", "minh", "binh", "vinh"])
def test_only_drafters_and_the_chief_settle(town: Town, draft: Programme, name: str) -> None:
    submit(draft, town)
    row = remark(draft, town.chung, proposal="Khác.")

    with pytest.raises(reviewing.ReviewError):
        reviewing.accept(row, actor=town.person(name), now=NOW)
    with pytest.raises(reviewing.ReviewError):
        reviewing.decline(row, reason="Không", actor=town.person(name), now=NOW)

    assert ClauseRemark.objects.get().state == "open"


def test_a_remark_that_says_nothing_is_refused(town: Town, draft: Programme) -> None:
    submit(draft, town)

    with pytest.raises(reviewing.ReviewError, match="ghi ý kiến"):
        remark(draft, town.chung, proposal="Triển khai kế hoạch.")


# ---------------------------------------------------------------- stand-ins


def stand_in(principal: Person, deputy: Person, manner: str = "deputy", days: int = 3) -> StandIn:
    today = NOW.date()
    return StandIn.objects.create(
        principal=principal, deputy=deputy, since=today, until=today + dt.timedelta(days=days), manner=manner
    )


def test_a_stand_in_decides_both_names_stay_and_the_signature_block_changes(
    town: Town, draft: Programme
) -> None:
    stand_in(town.chung, town.lan)
    submit(draft, town)

    decision = agree(draft, town.person("lan"))

    entry = DocumentLog.objects.get(action="document.agree")
    document = Document.objects.get(pk=draft.pk)
    assert (decision.person, decision.principal) == (town.lan, town.chung)
    assert (entry.actor, entry.acting_for) == (town.lan, town.chung)
    assert document.signing_authority.splitlines() == ["T/L BAN THƯỜNG VỤ", "K/T CHÁNH VĂN PHÒNG"]
    assert (document.signing_position, document.signing_name) == ("PHÓ CHÁNH VĂN PHÒNG", "Đỗ Thị Lan")
    with pytest.raises(reviewing.ReviewError):
        agree(draft, town.chung)


def test_a_stand_in_of_another_time_decides_nothing(town: Town, draft: Programme) -> None:
    row = stand_in(town.chung, town.lan)
    StandIn.objects.filter(pk=row.pk).update(
        since=NOW.date() - dt.timedelta(days=9), until=NOW.date() - dt.timedelta(days=1)
    )
    submit(draft, town)

    with pytest.raises(reviewing.ReviewError):
        agree(draft, town.person("lan"))


@pytest.mark.parametrize(
    ("regime", "before", "manner", "after"),
    [
        (
            Regime.STATE,
            Block(("TM. ỦY BAN NHÂN DÂN",), "CHỦ TỊCH", "A"),
            "deputy",
            Block(("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH"), "PHÓ CHỦ TỊCH", "B"),
        ),
        (
            Regime.STATE,
            Block(("TM. ỦY BAN NHÂN DÂN",), "CHỦ TỊCH", "A"),
            "delegated",
            Block(("TUQ. CHỦ TỊCH",), "CHÁNH VĂN PHÒNG", "B"),
        ),
        (
            Regime.STATE,
            Block(("TL. CHỦ TỊCH",), "CHÁNH VĂN PHÒNG", "A"),
            "deputy",
            Block(("TL. CHỦ TỊCH", "KT. CHÁNH VĂN PHÒNG"), "PHÓ CHÁNH VĂN PHÒNG", "B"),
        ),
        (
            Regime.PARTY,
            Block(("T/M BAN THƯỜNG VỤ",), "BÍ THƯ", "A"),
            "deputy",
            Block(("T/M BAN THƯỜNG VỤ",), "PHÓ BÍ THƯ", "B"),
        ),
        (
            Regime.PARTY,
            Block(("T/M BAN THƯỜNG VỤ",), "BÍ THƯ", "A"),
            "delegated",
            Block(("T/M BAN THƯỜNG VỤ",), "PHÓ BÍ THƯ", "B"),
        ),
    ],
)
def test_the_block_of_a_stand_in(regime: Regime, before: Block, manner: str, after: Block) -> None:
    assert stood_in(regime, before, "B", "Chánh Văn phòng", manner) == after


def test_what_waits_for_a_person_costs_the_same_for_one_and_for_many(
    town: Town, django_assert_num_queries: object
) -> None:
    counts = []
    for months in ((1,), (2, 3, 4)):
        for n in months:
            submit(factories.draft(town, factories.month(n, 2027)), town)
        with django_assert_num_queries(2):  # type: ignore[operator]
            counts.append(len(reviewing.waiting_for(town.person("chung"), NOW.date())))

    assert counts == [1, 4]
