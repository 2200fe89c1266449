"""The papers of the commune that were issued went out; last month's was opened."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from agencies.models import Person
from documents.models import Delivery, Document
from documents.sending import plan, posting
from programmes.models import Programme


def build(programmes: Iterable[Programme], now: dt.datetime) -> None:
    """Send every issued programme; who got the oldest one has read it."""
    issued = [programme for programme in programmes if programme.state == Document.State.ISSUED]
    for programme in issued:
        registrar = Person.objects.filter(
            memberships__issuing_body=programme.issuing_body, memberships__role="registrar"
        ).first()
        posting.send_new(programme, actor=registrar or programme.created_by, now=now)
    desks = Delivery.objects.filter(document__in=issued[:1], channel=Delivery.Channel.DESK)
    people = plan.officers(set(desks.values_list("agency", flat=True)), now.date())
    for some in people.values():
        posting.opened(issued[0], some[0], now=now)
