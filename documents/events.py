"""What happened to a paper, told to the rooms above that want to know, inside the same transaction."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from agencies.models import Person
from documents.models import Document

Handler = Callable[..., None]
_HANDLERS: dict[str, list[Handler]] = {}


def subscribe(name: str, handler: Handler) -> None:
    """Call ``handler(document, *, actor, now, **data)`` at every ``announce(name, …)``; once however
    often it is subscribed."""
    known = _HANDLERS.setdefault(name, [])
    if handler not in known:
        known.append(handler)


def announce(name: str, document: Document, *, actor: Person | None, now: dt.datetime, **data: Any) -> None:
    """Tell the subscribers; call inside the transaction of the change, so that a change that fails
    tells nobody."""
    for handler in _HANDLERS.get(name, ()):
        handler(document, actor=actor, now=now, **data)
