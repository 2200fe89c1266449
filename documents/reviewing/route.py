"""The route of a paper: the steps that its issuing body set for its kind."""

from __future__ import annotations

from dataclasses import dataclass

from agencies.models import IssuingBody, Person
from documents.models import Document, ReviewRoute, ReviewStep

#: Kinds that need nobody's leave where the body set no route of its own: the registrar issues them.
WAIVED = frozenset({"GM"})


@dataclass(frozen=True, slots=True)
class Step:
    """One step: so many of those who hold ``role`` agree, or ``person`` by name."""

    role: str
    needed: int = 1
    person: Person | None = None

    @property
    def words(self) -> str:
        """Whose step it is."""
        return str(self.person or ReviewStep.Role(self.role).label)


#: Where a body set nothing: the chief of its office, then one leader.
USUAL = (Step(ReviewStep.Role.CHIEF), Step(ReviewStep.Role.LEADER))


def route_of(body: IssuingBody, kind_code: str) -> tuple[Step, ...]:
    """The steps for papers of the kind: its own route, else the route for all kinds, else the usual one."""
    routes = {
        route.kind_code: route
        for route in ReviewRoute.objects.filter(
            issuing_body=body, kind_code__in=(kind_code, "")
        ).prefetch_related("steps__person")
    }
    own = routes.get(kind_code)
    if own is None and kind_code in WAIVED:
        return ()
    route = own or routes.get("")
    if route is None:
        return USUAL
    return tuple(Step(step.role, step.needed, step.person) for step in route.steps.all())


def waived(document: Document) -> bool:
    """Whether the paper needs nobody's leave."""
    return not route_of(document.issuing_body, document.kind_code)
