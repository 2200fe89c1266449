"""Every action has a sentence in both languages, is done somewhere, and nothing else is written."""

from __future__ import annotations

import ast
import importlib
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import override

from audit import actions

importlib.import_module("lucngan.urls")  # the site as it runs: every module that does something is loaded

ROOT = Path(settings.BASE_DIR)
ROOMS = ("agencies", "audit", "documents", "assignments", "meetings", "programmes", "lucngan")
ACTION = re.compile(r"^[a-z]+\.[a-z_]+$")
#: Beginnings of actions whose last word is put together where they are done.
COMPOSED = ("administration.", "meeting.document_")


def trees() -> Iterator[tuple[str, ast.Module]]:
    for room in ROOMS:
        for path in sorted((ROOT / room).rglob("*.py")):
            if "migrations" not in path.parts:
                yield str(path.relative_to(ROOT)), ast.parse(path.read_text())


def is_registration(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and ast.unparse(node.func) in ("register", "actions.register")


def literals(tree: ast.Module) -> Iterator[str]:
    """Every string of a module that stands outside a registration."""
    waiting: list[ast.AST] = [tree]
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value
        if not is_registration(node):
            waiting += ast.iter_child_nodes(node)


def written(tree: ast.Module) -> Iterator[str]:
    """Actions that a module hands to a log."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and re.search(r"(^|[._])(log|log_on|append)$", ast.unparse(node.func)):
            for argument in node.args[1:2]:
                for part in ast.walk(argument):
                    if isinstance(part, ast.Constant) and ACTION.match(str(part.value)):
                        yield str(part.value)


def test_what_is_written_is_registered() -> None:
    known = set(actions.names())

    unknown = {
        f"{name}: {a}" for name, tree in trees() for a in written(tree) if a not in (*known, *COMPOSED)
    }

    assert unknown == set()


def test_what_is_registered_is_done_somewhere() -> None:
    done = {text for _name, tree in trees() for text in literals(tree)}

    idle = [a for a in actions.names() if a not in done and not a.startswith(COMPOSED)]

    assert idle == []


@pytest.mark.parametrize("name", actions.names())
def test_every_action_is_told_in_both_languages(name: str) -> None:
    with override("vi"):
        vietnamese = actions.sentence(name)
    with override("en"):
        english = actions.sentence(name)

    assert isinstance(actions._SENTENCES[name], Promise), "dùng gettext_lazy"
    assert len(name) <= 40
    assert vietnamese[:1].islower(), "câu đứng sau tên người"
    assert english != vietnamese


def test_a_name_is_taken_once() -> None:
    with pytest.raises(ValueError, match="đã có câu khác"):
        actions.register(**{"document.submit": "khác"})
