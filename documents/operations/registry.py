"""Which function does which kind of operation."""

from __future__ import annotations

from collections.abc import Callable

from documents.operations.work import Work

Handler = Callable[[Work], None]
HANDLERS: dict[str, Handler] = {}


def handler(kind: str) -> Callable[[Handler], Handler]:
    def add(function: Handler) -> Handler:
        HANDLERS[kind] = function
        return function

    return add
