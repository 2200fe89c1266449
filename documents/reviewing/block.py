"""The signature block when somebody else signs: K/T, KT., TUQ. (NĐ 30/2020, Điều 13; HD 36, HD 05)."""

from __future__ import annotations

from dataclasses import dataclass

from agencies.models import StandIn
from documents.models import Document
from documents.papers import lines_of
from documents.reviewing.people import Place
from lucngan.lib.text import fold
from paper.value import Regime

#: Positions of party committees: collective, their deputies sign "T/M", never "K/T" (product rule 4).
_COLLECTIVE = ("bi thu", "pho bi thu")


@dataclass(frozen=True, slots=True)
class Block:
    """Lines of authority, position and name as they print."""

    authority: tuple[str, ...]
    position: str
    name: str


def stood_in(regime: Regime, block: Block, deputy: str, title: str, manner: str) -> Block:
    """The block when ``deputy`` signs in place of the one it names. ``title`` is the deputy's own position,
    used where authority is delegated (TUQ., State only)."""
    head = block.position.strip()
    if regime is Regime.PARTY:
        if fold(head) in _COLLECTIVE:
            return Block(block.authority, below(head), deputy)
        return Block((*block.authority, f"K/T {head}"), below(head), deputy)
    if manner == StandIn.Manner.DELEGATED:
        kept = tuple(line for line in block.authority if not line.startswith("TM."))
        return Block((*kept, f"TUQ. {head}"), title.upper() or below(head), deputy)
    return Block((*block.authority, f"KT. {head}"), below(head), deputy)


def below(position: str) -> str:
    """ "CHỦ TỊCH" → "PHÓ CHỦ TỊCH"."""
    return position if fold(position).startswith("pho ") else f"PHÓ {position}"


def take_place(document: Document, place: Place) -> None:
    """Where the paper is signed by the one who is stood in for, the deputy's block stands on it."""
    principal = place.principal
    if principal is None or fold(str(principal)) != fold(document.signing_name):
        return
    before = Block(lines_of(document.signing_authority), document.signing_position, document.signing_name)
    regime = Regime(document.issuing_body.regime)
    block = stood_in(regime, before, str(place.person), place.person.position, place.manner)
    values = {
        "signing_authority": "\n".join(block.authority),
        "signing_position": block.position,
        "signing_name": block.name,
    }
    Document.objects.filter(pk=document.pk).update(**values)
    for name, value in values.items():
        setattr(document, name, value)
