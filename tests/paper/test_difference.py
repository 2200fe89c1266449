"""How two papers differ: nothing is lost, nothing is told twice, moving is not removing and adding."""

from __future__ import annotations

import time
from collections import Counter
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from paper.difference import Difference, How, after_of, before_of, difference, pieces_of
from paper.difference.compare import text_of
from paper.value import Appendix, Clause, Paper, Recipient, Role, Signature
from tests.paper.strategies import papers, sentences

TASKS = (
    Clause("Chỉ đạo sơ kết Nghị quyết số 03-NQ/ĐU về công tác dân vận.", "1."),
    Clause("Triển khai kế hoạch thu hoạch vải thiều vụ mùa năm nay.", "2."),
    Clause("Kiểm tra việc giải ngân vốn đầu tư công trên địa bàn.", "3."),
)
BASE = Paper(
    kind="CHƯƠNG TRÌNH",
    subject=("công tác tháng 11 năm 2026",),
    body=(
        Clause("Nhiệm vụ trọng tâm", "I.", TASKS, Role.HEADING),
        Clause(
            "Hội nghị Ban Thường vụ: Ngày 25/11/2026",
            "II.",
            (Clause("Báo cáo kinh tế.", "1."),),
            Role.HEADING,
        ),
    ),
    recipients=(Recipient("Thường trực Tỉnh ủy", "báo cáo"), Recipient("Lưu Văn phòng")),
    signature=Signature(("T/L BAN THƯỜNG VỤ",), "CHÁNH VĂN PHÒNG", "Vi Văn Chung"),
)


def with_tasks(*tasks: Clause) -> Paper:
    first, second = BASE.body
    return replace(BASE, body=(replace(first, children=tasks), second))


def said(found: Difference) -> list[tuple[str, str]]:
    return [(row.how.value, row.line.text) for row in found.changes]


def lines_of(paper: Paper) -> Counter[str]:
    """Everything that a difference may show of one paper's clauses."""
    rows = [text_of(clause) for _, clause in paper.clauses()]
    for appendix in paper.appendices:
        rows += [appendix.title, *(text_of(c) for _, c in replace(paper, body=appendix.body).clauses())]
    return Counter(rows)


# ---------------------------------------------------------------- laws


@given(papers())
def test_a_paper_does_not_differ_from_itself(paper: Paper) -> None:
    assert difference(paper, paper).is_empty


@given(papers(), papers())
def test_the_pieces_read_back_as_both_texts(one: Paper, other: Paper) -> None:
    for row in difference(one, other).rows():
        assert before_of(row.pieces) == (row.before.text if row.before else "")
        assert after_of(row.pieces) == (row.after.text if row.after else "")


@given(papers(), papers())
def test_every_clause_of_both_stands_there_exactly_once(one: Paper, other: Paper) -> None:
    parts = [part for part in difference(one, other).parts if part.name in ("body", "appendices")]

    assert Counter(r.before.text for p in parts for r in p.rows if r.before) == lines_of(one)
    assert Counter(r.after.text for p in parts for r in p.rows if r.after) == lines_of(other)
    for part in parts:
        after = [row.after.path for row in part.rows if row.after]
        assert after == sorted(after)


@given(papers(), papers())
def test_what_is_added_one_way_is_removed_the_other_way(one: Paper, other: Paper) -> None:
    assert difference(one, other).is_empty == difference(other, one).is_empty


@given(st.text(max_size=200), st.text(max_size=200))
def test_any_two_texts_come_back(before: str, after: str) -> None:
    pieces = pieces_of(before, after)

    assert (before_of(pieces), after_of(pieces)) == (before, after)
    assert all(piece.text for piece in pieces)


@given(st.lists(sentences(), min_size=2, max_size=12, unique=True), st.data())
def test_moving_is_one_move_and_never_removal_and_addition(texts: list[str], data: st.DataObject) -> None:
    body = [Clause(text, f"{n}.") for n, text in enumerate(texts, 1)]
    at = data.draw(st.integers(0, len(body) - 1))
    to = data.draw(st.integers(0, len(body) - 1))
    other = body[:at] + body[at + 1 :]
    other.insert(to, body[at])

    found = difference(Paper(body=tuple(body)), Paper(body=tuple(other)))

    assert [row.how for row in found.changes] == ([] if at == to else [How.MOVED])


# ---------------------------------------------------------------- examples


def test_a_word_that_changed_is_marked_alone() -> None:
    second = replace(TASKS[1], text="Triển khai kế hoạch tiêu thụ vải thiều vụ mùa năm nay.")

    found = difference(BASE, with_tasks(TASKS[0], second, TASKS[2]))

    (row,) = found.changes
    assert row.how is How.CHANGED
    assert [(p.kind, p.text) for p in row.pieces] == [
        ("equal", "Triển khai kế hoạch"),
        ("del", " thu hoạch"),
        ("ins", " tiêu thụ"),
        ("equal", " vải thiều vụ mùa năm nay."),
    ]


def test_a_date_is_one_word() -> None:
    pieces = pieces_of("Ngày 25/11/2026 (thứ Tư)", "Ngày 30/11/2026 (thứ Hai)")

    assert [p.text for p in pieces if p.kind == "del"] == [" 25/11/2026", " Tư"]


def test_a_removed_clause_stands_where_it_stood_and_renumbering_is_no_change() -> None:
    found = difference(BASE, with_tasks(TASKS[0], replace(TASKS[2], label="2.")))

    assert said(found) == [("removed", TASKS[1].text)]
    rows = [row.line.text for row in found.part("body").rows]
    assert rows[1:4] == [TASKS[0].text, TASKS[1].text, TASKS[2].text]
    assert found.part("body").rows[3].relabelled


def test_a_clause_in_another_part_moved_there() -> None:
    first, second = BASE.body
    other = replace(
        BASE,
        body=(replace(first, children=TASKS[:2]), replace(second, children=(*second.children, TASKS[2]))),
    )

    assert said(difference(BASE, other)) == [("moved", TASKS[2].text)]


def test_a_part_moves_with_everything_under_it() -> None:
    first, second = BASE.body
    other = replace(BASE, body=(replace(second, label="I."), replace(first, label="II.")))

    assert len(difference(BASE, other).changes) == 1


def test_keys_keep_a_clause_itself_whatever_it_says() -> None:
    other = with_tasks(replace(TASKS[0], text="Một nội dung hoàn toàn khác."), *TASKS[1:])
    keys: dict[tuple[int, ...], str] = {(0, 0): "a", (0, 1): "b", (0, 2): "c"}

    assert [r.how for r in difference(BASE, other, keys_before=keys, keys_after=keys).changes] == [
        How.CHANGED
    ]
    assert {r.how for r in difference(BASE, other).changes} == {How.ADDED, How.REMOVED}


def test_moved_and_changed_counts_as_both() -> None:
    first = replace(TASKS[0], text="Chỉ đạo tổng kết Nghị quyết số 03-NQ/ĐU về công tác dân vận.")

    found = difference(BASE, with_tasks(TASKS[1], TASKS[2], first))

    assert [(r.how, r.moved) for r in found.changes] == [(How.CHANGED, True)]
    assert (found.counts["changed"], found.counts["moved"], found.counts["added"]) == (1, 1, 0)


def test_head_recipients_signature_and_appendices_are_compared_too() -> None:
    other = replace(
        BASE,
        number=12,
        subject=("công tác tháng 12 năm 2026",),
        recipients=(Recipient("Thường trực Tỉnh ủy"), Recipient("Lưu Văn phòng")),
        signature=replace(BASE.signature, name="Giáp Văn Sơn"),
        appendices=(Appendix("DANH MỤC", (Clause("Xã Tân Sơn."),), "Phụ lục I"),),
    )

    found = difference(BASE, other)

    assert [(r.how.value, r.line.name) for r in found.part("head").changes] == [
        ("added", "number"),
        ("changed", "subject"),
    ]
    assert [r.how.value for r in found.part("recipients").changes] == ["changed"]
    assert [r.line.name for r in found.part("signature").changes] == ["signer"]
    assert [r.how.value for r in found.part("appendices").changes] == ["added", "added"]


def test_the_same_note_many_times_is_told_apart_by_its_place() -> None:
    note = Clause("(Văn phòng chuẩn bị)", role=Role.NOTE)
    rows = [
        Clause(f"Báo cáo chuyên đề {word} của quý.", f"{n}.")
        for n, word in enumerate(["một", "hai", "ba"], 1)
    ]
    one = Paper(body=tuple(c for row in rows for c in (row, note)))
    other = replace(one, body=one.body[2:])

    found = difference(one, other)

    assert sorted(how for how, _ in said(found)) == ["removed", "removed"]


# ---------------------------------------------------------------- cost


def many(n: int, word: str) -> Paper:
    """A paper of ``n`` clauses; ``word`` makes each of them differ from those of another word."""
    rows = (
        f"Nội dung số {i} giao đơn vị {i % 37} báo cáo {word} kết quả trước ngày {i % 28 + 1}."
        for i in range(n)
    )
    return Paper(body=tuple(Clause(text, f"{i}.") for i, text in enumerate(rows, 1)))


def cost(n: int) -> float:
    one, other = many(n, "tiến độ"), many(n, "chi tiết")
    started = time.process_time()
    found = difference(one, other)
    assert found.counts["changed"] == n
    return time.process_time() - started


def test_four_times_the_clauses_cost_about_four_times_as_much() -> None:
    cost(100)
    small, large = min(cost(250) for _ in range(3)), min(cost(1000) for _ in range(3))

    assert large < 10 * small
