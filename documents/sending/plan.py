"""To whom a paper goes: the lines of "Nơi nhận" with their agencies, and the agencies that it names."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Count, OuterRef, Prefetch, QuerySet, Subquery
from django.db.models.functions import Coalesce

from agencies.models import Membership, Person
from documents.models import Document, Recipient
from documents.models.document import DocumentAgency


@dataclass(frozen=True, slots=True)
class Line:
    """One line of "Nơi nhận": how many officers have it on their desk, and how many by e-mail."""

    recipient: Recipient
    officers: int
    mails: int

    @property
    def copies(self) -> int:
        """Sheets that are usual: one where nobody has it on a desk."""
        return 0 if self.recipient.agency_id and self.officers else 1


def with_officers(today: dt.date) -> Prefetch[str]:
    """Loads the lines of papers with their agencies and how many people receive there."""
    held = Membership.objects.on(today).filter(
        agency=OuterRef("agency"), role="officer", person__is_active=True
    )
    return Prefetch(
        "recipients",
        Recipient.objects.select_related("agency").annotate(
            officers=_counted(held), mails=_counted(held.exclude(person__email=""))
        ),
    )


def _counted(held: QuerySet[Membership]) -> Coalesce:
    people = held.order_by().values("agency").annotate(n=Count("person", distinct=True)).values("n")
    return Coalesce(Subquery(people), 0)


def lines(document: Document) -> list[Line]:
    """The lines of a paper that was loaded ``with_officers``, in order."""
    return [Line(row, row.officers, row.mails) for row in document.recipients.all()]  # type: ignore[attr-defined]


def officers(agencies: set[int], today: dt.date) -> Mapping[int, list[Person]]:
    """Who answers for each agency on the day, active people alone."""
    found: dict[int, list[Person]] = {}
    held = Membership.objects.on(today).filter(agency__in=agencies, role="officer", person__is_active=True)
    for membership in held.select_related("person").order_by("person__full_name", "pk"):
        assert membership.agency_id is not None
        found.setdefault(membership.agency_id, []).append(membership.person)
    return found


def receiving(document: Document) -> dict[int, Recipient | None]:
    """Agency → the line that names it (None: named in the text alone); the body's own is left out."""
    found: dict[int, Recipient | None] = {}
    for row in document.recipients.exclude(agency=None):
        found.setdefault(row.agency_id or 0, row)
    for agency in DocumentAgency.objects.filter(document=document).values_list("agency", flat=True):
        found.setdefault(agency, None)
    found.pop(document.issuing_body.agency_id, None)
    return found
