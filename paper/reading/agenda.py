"""Agenda items of a meeting and who prepares them."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from paper import notes
from paper.notes import Preparing
from paper.value import Clause


@dataclass(frozen=True, slots=True)
class AgendaItem:
    """One item of a meeting's agenda, without its preparing note."""

    label: str | None
    text: str
    preparing: Preparing
    path: tuple[int, ...]


_CONTENTS = re.compile(
    r"(?:các )?(?:nội dung|chương trình)(?: (?:cuộc )?(?:họp|hội nghị|làm việc))?(?: gồm)?\s?:?", re.I
)


def agenda(clause: Clause, path: tuple[int, ...]) -> list[AgendaItem]:
    """The labelled children of a meeting as agenda items, each with who prepares it.

    A note with a list of numbers holds for those items, a note without one for the item above.
    """
    items: list[AgendaItem] = []
    for i, child in enumerate(clause.children):
        if _CONTENTS.fullmatch(child.text) and any(c.label for c in child.children):
            items += agenda(child, (*path, i))
            continue
        if child.label is not None:
            cut = notes.cut_inline(child.text)
            text, who = cut if cut else (child.text, Preparing())
            text = text[:-1] if text.endswith("..") and not text.endswith("...") else text
            items.append(AgendaItem(child.label, text, who, (*path, i)))
            for below in child.children:
                if (found := notes.parse(below.text)) and not found[1]:
                    items[-1] = replace(items[-1], preparing=found[0])
        elif (note := notes.parse(child.text)) is not None:
            _give(items, note)
    return items


def _give(items: list[AgendaItem], note: tuple[Preparing, list[int]]) -> None:
    who, numbers = note
    if not numbers:
        if items:
            items[-1] = replace(items[-1], preparing=who)
        return
    wanted = set(numbers)
    for i, item in enumerate(items):
        m = re.search(r"(\d+)\D*$", item.label or "")
        if m and int(m[1]) in wanted:
            items[i] = replace(item, preparing=who)
