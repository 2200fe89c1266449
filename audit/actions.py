"""Registered action names, each with the sentence that people read in the history."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext as _

_SENTENCES: dict[str, str | Promise] = {}
_VALUES: dict[str, Mapping[str, str | Promise]] = {}


def register(**sentences: str | Promise) -> None:
    """Register actions: ``register(**{"document.create": _("lập dự thảo")})``; a name is taken once."""
    for name, sentence in sentences.items():
        if name in _SENTENCES and _SENTENCES[name] != sentence:
            raise ValueError(f"Tên việc {name} đã có câu khác.")
        _SENTENCES[name] = sentence


def call_values(words: Mapping[str, str | Promise], *names: str) -> None:
    """What the values before and after these actions are called, where they are no states of the subject:
    ``call_values(dict(Outcome.choices), "meeting.outcome")``."""
    for name in names:
        _VALUES[name] = words


def values(name: str) -> Mapping[str, str | Promise]:
    return _VALUES.get(name, {})


def names() -> list[str]:
    """Every registered action."""
    return sorted(_SENTENCES)


def is_registered(name: str) -> bool:
    return name in _SENTENCES


def sentence(name: str) -> str:
    """What the history shows for the action; an unknown one is shown by its name."""
    return str(_SENTENCES.get(name, _("việc %(name)s") % {"name": name}))
