"""The one door through which a text changes."""

from __future__ import annotations

import random
import uuid
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from documents.models import Clause, Document, Operation
from documents.operations import Conflict, Gone, OperationError
from documents.services import NotEditable
from documents.tree import Tree
from programmes.models import Programme
from tests.office import Office
from tests.scribe import Scribe


@pytest.fixture
def scribe(programme: Programme, desk: Office) -> Scribe:
    scribe = Scribe(programme, desk.yen)
    one = scribe.first()
    scribe.on("text", one, text="Nhiệm vụ trọng tâm")
    two = scribe.add("Hội nghị Ban Thường vụ", after=one)
    scribe.add("Báo cáo kinh tế", under=two)
    three = scribe.add("Giao ban", after=two)
    scribe.add("Chiều thứ Hai", under=three, style="-")
    return scribe


def find(scribe: Scribe, text: str) -> Clause:
    return Clause.objects.get(document=scribe.programme, text=text)


def test_labels_are_counted_and_follow_the_place(scribe: Scribe) -> None:
    assert scribe.read() == [
        "I. Nhiệm vụ trọng tâm",
        "II. Hội nghị Ban Thường vụ",
        "  1. Báo cáo kinh tế",
        "III. Giao ban",
        "  - Chiều thứ Hai",
    ]


def test_the_same_operation_twice_does_nothing_more(scribe: Scribe) -> None:
    clause, op = find(scribe, "Giao ban"), uuid.uuid4()
    asked = {"clause": str(clause.public_id), "version": clause.version, "text": "Giao ban tuần"}

    first = scribe.do("text", op, **asked)
    again = scribe.do("text", op, **asked)

    assert (first.repeated, again.repeated) == (False, True)
    assert Operation.objects.filter(document=scribe.programme, op_id=op).count() == 1
    assert scribe.again(clause).version == clause.version + 1


def test_an_insertion_sent_twice_makes_one_clause(scribe: Scribe) -> None:
    op, new = uuid.uuid4(), str(uuid.uuid4())
    asked = {"id": new, "text": "Mới", "after": str(find(scribe, "Giao ban").public_id)}

    scribe.do("insert", op, **asked)
    scribe.do("insert", op, **asked)

    assert Clause.objects.filter(document=scribe.programme, text="Mới").count() == 1


def test_a_save_from_an_old_version_keeps_both_texts(scribe: Scribe) -> None:
    clause = find(scribe, "Báo cáo kinh tế")
    scribe.on("text", clause, text="Báo cáo kinh tế - xã hội")

    with pytest.raises(Conflict) as conflict:
        scribe.do("text", clause=str(clause.public_id), version=clause.version, text="Báo cáo ngân sách")

    assert conflict.value.clause.text == "Báo cáo kinh tế - xã hội"
    assert scribe.again(clause).text == "Báo cáo kinh tế - xã hội"


def test_a_clause_that_is_gone_says_so(scribe: Scribe) -> None:
    clause = find(scribe, "Giao ban")
    scribe.on("remove", clause)

    with pytest.raises(Gone):
        scribe.do("text", clause=str(clause.public_id), version=1, text="Giao ban")


def test_two_people_edit_two_clauses(scribe: Scribe, desk: Office) -> None:
    other = Scribe(scribe.programme, desk.chung)
    one, two = find(scribe, "Giao ban"), find(scribe, "Báo cáo kinh tế")

    scribe.on("text", one, text="Giao ban tháng")
    other.on("text", two, text="Báo cáo văn hóa")

    assert {scribe.again(one).text, scribe.again(two).text} == {"Giao ban tháng", "Báo cáo văn hóa"}


def test_an_issued_paper_is_not_edited(scribe: Scribe) -> None:
    Document.objects.filter(pk=scribe.programme.pk).update(state="review")

    with pytest.raises(NotEditable):
        scribe.on("text", find(scribe, "Giao ban"), text="Khác")

    assert find(scribe, "Giao ban").version == 1


def test_splitting_at_the_end_of_a_part_opens_its_first_place(scribe: Scribe) -> None:
    two = find(scribe, "Hội nghị Ban Thường vụ")

    scribe.on("split", two, before=two.text, after="", id=str(uuid.uuid4()))

    assert scribe.read()[1:4] == ["II. Hội nghị Ban Thường vụ", "  1. ", "  2. Báo cáo kinh tế"]


def test_splitting_inside_gives_what_is_below_to_the_second_half(scribe: Scribe) -> None:
    two = find(scribe, "Hội nghị Ban Thường vụ")

    scribe.on("split", two, before="Hội nghị", after="Ban Thường vụ", id=str(uuid.uuid4()))

    assert scribe.read()[1:4] == ["II. Hội nghị", "III. Ban Thường vụ", "  1. Báo cáo kinh tế"]


def test_joining_takes_the_words_up_and_keeps_what_is_below(scribe: Scribe) -> None:
    scribe.on("join", find(scribe, "Giao ban"))

    assert scribe.read() == [
        "I. Nhiệm vụ trọng tâm",
        "II. Hội nghị Ban Thường vụ",
        "  1. Báo cáo kinh tế Giao ban",
        "    - Chiều thứ Hai",
    ]


def test_joining_with_the_part_above_keeps_its_other_items_in_order(scribe: Scribe) -> None:
    item = find(scribe, "Báo cáo kinh tế")
    scribe.add("Báo cáo văn hóa", after=item)
    scribe.add("phần một", under=item)

    scribe.on("join", item)

    assert scribe.read()[1:4] == [
        "II. Hội nghị Ban Thường vụ Báo cáo kinh tế",
        "  a) phần một",
        "  1. Báo cáo văn hóa",
    ]


def test_one_level_down_and_up_again(scribe: Scribe) -> None:
    three = find(scribe, "Giao ban")

    scribe.on("indent", three)
    assert scribe.read()[3:] == ["  2. Giao ban", "    - Chiều thứ Hai"]

    scribe.on("outdent", three)
    assert scribe.read()[3:] == ["III. Giao ban", "  - Chiều thứ Hai"]


def test_the_first_clause_goes_no_deeper(scribe: Scribe) -> None:
    with pytest.raises(OperationError):
        scribe.on("indent", find(scribe, "Nhiệm vụ trọng tâm"))


def test_moving_takes_everything_below_along(scribe: Scribe) -> None:
    scribe.on("up", find(scribe, "Giao ban"))

    assert scribe.read() == [
        "I. Nhiệm vụ trọng tâm",
        "II. Giao ban",
        "  - Chiều thứ Hai",
        "III. Hội nghị Ban Thường vụ",
        "  1. Báo cáo kinh tế",
    ]


def test_nothing_moves_into_itself(scribe: Scribe) -> None:
    two = find(scribe, "Hội nghị Ban Thường vụ")
    inside = find(scribe, "Báo cáo kinh tế")

    with pytest.raises(OperationError):
        scribe.on("move", two, after=str(inside.public_id))


def test_a_crowded_place_makes_room(scribe: Scribe) -> None:
    one = find(scribe, "Nhiệm vụ trọng tâm")

    for n in range(30):
        scribe.add(f"mục {n}", after=one)

    texts = [line.clause.text for line in Tree.load(scribe.programme.pk).lines() if line.depth == 0]
    assert texts == [
        "Nhiệm vụ trọng tâm",
        *(f"mục {n}" for n in reversed(range(30))),
        "Hội nghị Ban Thường vụ",
        "Giao ban",
    ]


def test_the_label_style_of_a_whole_row(scribe: Scribe) -> None:
    scribe.on("style", find(scribe, "Giao ban"), style="I-", row=True)

    assert [line.split(" ")[0] for line in scribe.read() if not line.startswith(" ")] == ["I-", "II-", "III-"]


def test_counting_from_another_number(scribe: Scribe) -> None:
    scribe.on("start", find(scribe, "Hội nghị Ban Thường vụ"), start=4)

    assert [line.split(" ")[0] for line in scribe.read() if not line.startswith(" ")] == ["I.", "IV.", "V."]


@pytest.mark.parametrize("start", [0, 1000, "2", 1.5])
def test_a_number_out_of_range_is_refused(scribe: Scribe, start: Any) -> None:
    with pytest.raises(OperationError):
        scribe.on("start", find(scribe, "Giao ban"), start=start)


@pytest.mark.parametrize("kind", ["nothing", "", None, "__class__"])
def test_an_unknown_operation_is_refused(scribe: Scribe, kind: Any) -> None:
    with pytest.raises(OperationError):
        scribe.do(kind, clause=str(find(scribe, "Giao ban").public_id))


def test_undo_takes_back_a_move_and_redo_does_it_again(scribe: Scribe) -> None:
    before = scribe.read()
    scribe.on("up", find(scribe, "Giao ban"))
    after = scribe.read()

    scribe.do("undo")
    assert scribe.read() == before
    scribe.do("redo")
    assert scribe.read() == after


def test_undo_brings_back_a_removed_part_with_everything_below(scribe: Scribe) -> None:
    before = scribe.read()
    scribe.on("remove", find(scribe, "Hội nghị Ban Thường vụ"))

    scribe.do("undo")

    assert scribe.read() == before


def test_undo_never_undoes_what_somebody_else_changed_since(scribe: Scribe, desk: Office) -> None:
    clause = find(scribe, "Giao ban")
    scribe.on("text", clause, text="Giao ban tháng")
    Scribe(scribe.programme, desk.chung).on("text", clause, text="Giao ban quý")

    with pytest.raises(OperationError):
        scribe.do("undo")

    assert scribe.again(clause).text == "Giao ban quý"


def test_undo_is_for_the_own_operations_only(scribe: Scribe, desk: Office) -> None:
    with pytest.raises(OperationError):
        Scribe(scribe.programme, desk.chung).do("undo")


def test_any_sequence_of_operations_can_be_taken_back_and_done_again(scribe: Scribe) -> None:
    """Random work, then undo to the start, then redo to the end: both are met exactly."""
    rng = random.Random(20261120)
    states = [scribe.read()]
    for _ in range(60):
        random_step(scribe, rng)
        if scribe.read() != states[-1]:
            states.append(scribe.read())
    steps = 0
    while scribe.read() != states[0]:
        scribe.do("undo")
        steps += 1
        assert steps < 100
    for _ in range(steps):
        scribe.do("redo")
    assert scribe.read() == states[-1]


def random_step(scribe: Scribe, rng: random.Random) -> None:
    clauses = list(Clause.objects.filter(document=scribe.programme).order_by("pk"))
    clause = rng.choice(clauses)
    kind = rng.choice(
        ["text", "insert", "remove", "split", "join", "indent", "outdent", "up", "down", "style"]
    )
    more: dict[str, Any] = {}
    if kind == "text":
        more["text"] = f"chữ {rng.randrange(10**6)}"
    if kind == "insert":
        scribe.add(f"mới {rng.randrange(10**6)}", after=clause)
        return
    if kind == "remove" and len(clauses) < 4:
        return
    if kind == "split":
        cut = rng.randrange(len(clause.text) + 1)
        more = {
            "before": clause.text[:cut],
            "after": clause.text[cut:],
            "id": str(uuid.UUID(int=rng.getrandbits(128))),
        }
    if kind == "style":
        more = {"style": rng.choice(["I.", "1.", "a)", "-"]), "row": rng.random() < 0.5}
    try:
        scribe.on(kind, clause, **more)
    except OperationError:
        return


def test_the_text_is_nfc_on_one_line(scribe: Scribe) -> None:
    clause = find(scribe, "Giao ban")

    scribe.on("text", clause, text="  Giao\u0020ba\u0301o\n cáo\t\u00a0tuần ")

    assert scribe.again(clause).text == "Giao báo cáo tuần"


def test_saving_one_clause_costs_the_same_in_a_long_paper(scribe: Scribe) -> None:
    clause = find(scribe, "Báo cáo kinh tế")
    few = statements(scribe, clause, "một")
    for n in range(40):
        scribe.add(f"mục {n}", after=clause)

    assert statements(scribe, clause, "hai") == few == 5


def statements(scribe: Scribe, clause: Clause, text: str) -> int:
    """How many statements on tables one save costs, apart from the request's own."""
    with CaptureQueriesContext(connection) as captured:
        scribe.do("text", clause=str(clause.public_id), version=scribe.again(clause).version, text=text)
    tables = [q["sql"] for q in captured.captured_queries if "SAVEPOINT" not in q["sql"]]
    return len(tables) - 1  # the version is asked for by the test
