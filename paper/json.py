"""The Paper as exact JSON, both ways.

This is the exchange form that travels inside a PDF and lies in an issued snapshot: every field of
:class:`paper.value.Paper`, nothing derived. The reading view of ``paper-json.md`` is made from a
Paper by :func:`paper.reading.views.reading_view`.
"""

from __future__ import annotations

import json
import types
import typing
from dataclasses import fields, is_dataclass
from enum import StrEnum
from typing import Any

from paper.value import Clause, Paper

#: Written into every exchange, so that a later house can tell an old one.
FORM = "paper/1"


def to_data(paper: Paper) -> dict[str, Any]:
    """Plain dicts, lists, texts and numbers that say exactly what ``paper`` says.

    A paper that is no secret does not say so: houses that know no such mark read it as before.
    """
    data: dict[str, Any] = {"form": FORM}
    for f in fields(paper):
        data[f.name] = _out(getattr(paper, f.name))
    if paper.secrecy is None:
        del data["secrecy"]
    return data


def from_data(data: object) -> Paper:
    """The Paper that :func:`to_data` was given; ValueError with a sentence for anything else."""
    if not isinstance(data, dict):
        raise ValueError("Dữ liệu văn bản phải là một đối tượng JSON.")
    if data.get("form") != FORM:
        raise ValueError(f"Dữ liệu văn bản không mang dạng “{FORM}”.")
    said = {k: v for k, v in data.items() if k != "form"}
    value = _in(Paper, {"secrecy": None, **said}, "văn bản")
    assert isinstance(value, Paper)
    return value


def dumps(paper: Paper) -> str:
    """Deterministic JSON text: the same Paper gives the same text (law 3 of the design)."""
    return json.dumps(to_data(paper), ensure_ascii=False, sort_keys=True, indent=1)


def loads(text: str) -> Paper:
    """The Paper of a JSON text; ValueError where it is no JSON or no Paper."""
    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise ValueError("Dữ liệu văn bản không phải là JSON đọc được.") from error
    return from_data(data)


def _out(value: Any) -> Any:
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, tuple):
        if value and isinstance(value[0], Clause):
            return _clauses_out(value)
        return [_out(v) for v in value]
    if is_dataclass(value):
        return {f.name: _out(getattr(value, f.name)) for f in fields(value)}
    return value


def _clauses_out(clauses: tuple[Clause, ...]) -> list[dict[str, Any]]:
    """Clauses without recursion, so that depth is never a limit."""
    top: list[dict[str, Any]] = []
    stack = [(clauses, top)]
    while stack:
        some, into = stack.pop()
        for c in some:
            below: list[dict[str, Any]] = []
            into.append(
                {
                    "label": c.label,
                    "text": c.text,
                    "role": c.role.value,
                    "table": _out(c.table),
                    "children": below,
                }
            )
            if c.children:
                stack.append((c.children, below))
    return top


def _in(kind: Any, value: Any, where: str) -> Any:
    """``value`` as ``kind`` (an annotation of the Paper's fields), or ValueError naming the place."""
    origin = typing.get_origin(kind)
    args = typing.get_args(kind)
    if origin in (typing.Union, types.UnionType):
        if value is None:
            return None
        return _in(next(a for a in args if a is not type(None)), value, where)
    if origin is tuple:
        if not isinstance(value, list):
            raise ValueError(f"Mục “{where}” phải là một danh sách.")
        if args[0] is Clause:
            return _clauses_in(value, where)
        return tuple(_in(args[0], v, where) for v in value)
    if is_dataclass(kind) and isinstance(kind, type):
        return _dataclass_in(kind, value, where)
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        if value in {m.value for m in kind}:
            return kind(value)
        raise ValueError(f"Mục “{where}” có giá trị lạ.")
    if isinstance(value, bool) is not (kind is bool) or not isinstance(value, kind):
        raise ValueError(f"Mục “{where}” có kiểu dữ liệu không đúng.")
    return value


def _dataclass_in(kind: type, value: Any, where: str) -> Any:
    if not isinstance(value, dict):
        raise ValueError(f"Mục “{where}” phải là một đối tượng.")
    hints = typing.get_type_hints(kind)
    if unknown := set(value) - set(hints):
        raise ValueError(f"Mục “{where}” có khoá lạ: {', '.join(sorted(map(str, unknown)))}.")
    if missing := set(hints) - set(value):
        raise ValueError(f"Mục “{where}” thiếu khoá: {', '.join(sorted(missing))}.")
    return kind(**{k: _in(hints[k], v, k) for k, v in value.items()})


def _clauses_in(value: list[Any], where: str) -> tuple[Clause, ...]:
    """A list of clause dicts as clauses; built from the deepest upwards, without recursion."""
    order: list[tuple[dict[str, Any], list[Any]]] = []
    top: list[Any] = []
    stack: list[tuple[list[Any], list[Any]]] = [(value, top)]
    homes: list[tuple[list[Any], int]] = []
    while stack:
        some, into = stack.pop()
        if not isinstance(some, list):
            raise ValueError(f"Mục “{where}” phải là một danh sách.")
        for c in some:
            if not isinstance(c, dict):
                raise ValueError(f"Mục “{where}” có điều khoản không phải là đối tượng.")
            below: list[Any] = []
            order.append((c, below))
            homes.append((into, len(into)))
            into.append(None)
            stack.append((c.get("children", []), below))
    for (c, below), (into, at) in zip(reversed(order), reversed(homes), strict=True):
        flat = {k: v for k, v in c.items() if k != "children"}
        clause = _dataclass_in(Clause, {**flat, "children": []}, where)
        into[at] = Clause(clause.text, clause.label, tuple(below), clause.role, clause.table)
    return tuple(top)
