"""What a person may do with a paper now, as data: it draws the buttons and guards the requests."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser

from agencies.models import Person
from documents.models import Document


@dataclass(frozen=True, slots=True)
class Action:
    """One thing to do. ``post`` needs a form; ``style`` is the class of its button; ``order`` its place
    in the bar (small ones first; the primary one stands last). What is ``lesser`` stands in the menu
    behind the bar; ``late``: it takes something away."""

    name: str
    label: str
    url: str
    icon: str
    style: str = "btn-outline-secondary"
    post: bool = False
    order: int = 50
    lesser: bool = False
    late: bool = False


Provider = Callable[[Document, Person | AnonymousUser], Iterable[Action]]
_PROVIDERS: list[Provider] = []


def provider(function: Provider) -> Provider:
    """Register what a part of the house offers for every paper."""
    if function not in _PROVIDERS:
        _PROVIDERS.append(function)
    return function


def available_actions(document: Document, person: Person | AnonymousUser) -> list[Action]:
    """Everything that the person may do with the paper now, in the order of the buttons. The paper is
    one that the person may see."""
    found = [action for ask in _PROVIDERS for action in ask(document, person)]
    return sorted(found, key=lambda action: action.order)


def may(name: str, document: Document, person: Person | AnonymousUser) -> bool:
    """Whether the action is among those of the person now."""
    return any(action.name == name for action in available_actions(document, person))
