"""What the editor does at once in the browser is what the server does to the rows."""

from __future__ import annotations

import random
import uuid
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page

from documents import operations
from documents.models import Document
from documents.tree import Tree
from paper.labels import LabelStyle, label
from programmes import editing
from programmes.models import Programme
from tests.e2e.conftest import SignIn
from tests.e2e.writer import Writer
from tests.office import Office

STYLES = ["I.", "I-", "A.", "1.", "1-", "(1).", "(1)", "1)", "1.1.", "1.1", "a)", "-", "+", "*", "[1]", ""]

LABELS = """async all => {
    const m = await import('/static/js/editor/labels.js');
    return all.map(a => m.label(...a));
}"""
START = """async () => {
    const tree = await import('/static/js/editor/tree.js');
    const {apply} = await import('/static/js/editor/apply.js');
    const read = id => JSON.parse(document.getElementById(id).textContent);
    const doc = tree.makeDoc(read('editor-lines'), read('editor-config').styles);
    window.step = op => {
        apply(doc, op);
        return doc.order.map(id => doc.lines.get(id)).map(
            l => [l.id, l.parent, l.depth, l.label, l.text, l.role, l.style]);
    };
}"""


@pytest.fixture
def page_there(programme: Programme, desk: Office, sign_in: SignIn) -> Page:
    return Writer(sign_in(desk.son)).open(programme).page


def test_labels_are_counted_in_the_browser_as_on_the_server(page_there: Page) -> None:
    asked: list[tuple[str, int, str | None]] = [
        (style, n, above)
        for style in STYLES
        for n in (1, 4, 9, 24, 49, 61)
        for above in (None, "2.", "1.3.", "IV.")
    ]
    got = page_there.evaluate(
        LABELS,
        asked,
    )
    assert got == [label(LabelStyle(style), n, above) for style, n, above in asked]


@pytest.mark.parametrize("seed", range(4))
def test_a_random_series_of_operations_ends_alike_in_browser_and_rows(
    page_there: Page, programme: Programme, desk: Office, seed: int
) -> None:
    """Sixty operations, refused ones included: the same tree, labels, words and kinds after each."""
    choose = random.Random(seed)
    mine = Document.objects.filter(pk=programme.pk)
    page_there.evaluate(START)
    for _ in range(60):
        asked = some_operation(choose, programme)
        try:
            editing.operate(mine, asked, actor=desk.yen, now=timezone.now())
        except operations.OperationError:
            continue
        assert page_there.evaluate("op => step(op)", asked) == rows(programme), asked


def rows(programme: Programme) -> list[list[Any]]:
    tree = Tree.load(programme.pk)
    ids = {c.pk: str(c.public_id) for c in tree.clauses.values()}
    return [
        [
            str(line.clause.public_id),
            ids.get(line.clause.parent_id) if line.clause.parent_id else None,
            line.depth,
            line.label,
            line.clause.text,
            line.clause.role,
            line.clause.style,
        ]
        for line in tree.lines()
    ]


def some_operation(choose: random.Random, programme: Programme) -> dict[str, Any]:
    """An operation on a clause of the document; words are short so that joins stay readable."""
    clauses = [line.clause for line in Tree.load(programme.pk).lines()]
    kinds = [
        "insert",
        "insert",
        "split",
        "split",
        "indent",
        "indent",
        "outdent",
        "up",
        "down",
        "role",
        "style",
        "start",
    ]
    kind = choose.choice([*kinds, *(["join", "move", "move", "remove"] if len(clauses) > 4 else [])])
    clause = choose.choice(clauses) if clauses else None
    op: dict[str, Any] = {"op": str(uuid.uuid4()), "kind": kind}
    if clause is None or kind == "insert":
        after = {"after": str(clause.public_id)} if clause and choose.random() < 0.7 else {}
        parent = {"parent": str(clause.public_id) if clause else None}
        return {
            **op,
            "kind": "insert",
            "id": str(uuid.uuid4()),
            "text": f"m{choose.randint(1, 99)}",
            **(after or parent),
        }
    op |= {"clause": str(clause.public_id), "version": clause.version}
    match kind:
        case "split":
            cut = choose.randint(0, len(clause.text))
            before, behind = clause.text[:cut].strip(), clause.text[cut:].strip()
            op |= {"before": before, "after": behind, "id": str(uuid.uuid4())}
        case "move":
            other = choose.choice(clauses)
            op |= {"parent": str(other.public_id), "after": None}
            if choose.random() < 0.6:
                op |= {"parent": None, "after": str(other.public_id)}
        case "role":
            op["role"] = choose.choice(["heading", "paragraph"])
        case "style":
            op |= {"style": choose.choice(["I.", "1.", "a)", "-", ""]), "row": choose.random() < 0.5}
        case "start":
            op["start"] = choose.choice([None, 3, 7])
    return op
