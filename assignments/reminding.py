"""Reminders: made equal to what hangs on a thing, and given when they are due."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction

from assignments import notices
from assignments.models import Reminder

#: A reminder that could not be given for so long (the machine was off) is missed, not given late.
WINDOW = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Wanted:
    """One reminder as it ought to be. ``due_on`` is the day it speaks of, ``send_at`` when it comes."""

    source: str
    kind: str
    person_id: int
    due_on: dt.date
    send_at: dt.datetime
    title: str
    text: str = ""
    url: str = ""


def agree(sources: Iterable[str], wanted: Iterable[Wanted], *, now: dt.datetime) -> None:
    """Make the reminders of ``sources`` what is wanted: rows made, moved or removed.

    A reminder that was given stays given for its day and comes again only for another day. What would
    have come in the past is not wanted. Nothing is written where the rows agree already.
    """
    rows = Reminder.objects.filter(source__in=list(sources))
    have = {(r.source, r.kind, r.person_id): r for r in rows}
    new, changed, kept = [], [], set()
    for want in wanted:
        row = have.get((want.source, want.kind, want.person_id))
        if row is not None and row.state != Reminder.State.SCHEDULED and row.due_on == want.due_on:
            kept.add(row.pk)
        elif want.send_at > now:
            values = {name: getattr(want, name) for name in ("due_on", "send_at", "title", "text", "url")}
            values["title"] = values["title"][:300]
            if row is None:
                new.append(Reminder(source=want.source, kind=want.kind, person_id=want.person_id, **values))
                continue
            kept.add(row.pk)
            values |= {"state": Reminder.State.SCHEDULED, "sent_at": None}
            if any(getattr(row, name) != value for name, value in values.items()):
                for name, value in values.items():
                    setattr(row, name, value)
                changed.append(row)
    stale = [r.pk for r in have.values() if r.pk not in kept and r.state == Reminder.State.SCHEDULED]
    if stale:
        Reminder.objects.filter(pk__in=stale).delete()
    Reminder.objects.bulk_create(new)
    if changed:
        Reminder.objects.bulk_update(
            changed, ["due_on", "send_at", "title", "text", "url", "state", "sent_at"]
        )


def send_due(now: dt.datetime) -> int:
    """Give every reminder that is due, once; returns how many were given.

    Claim and notice are one transaction, so a crash gives it later, never twice. A second worker
    finds nothing to claim.
    """
    due = Reminder.objects.filter(state=Reminder.State.SCHEDULED, send_at__lte=now)
    due.filter(send_at__lt=now - WINDOW).update(state=Reminder.State.MISSED)
    rows = due.select_related("person").order_by("send_at", "pk")
    return sum(_give(row, now) for row in list(rows))


@transaction.atomic
def _give(row: Reminder, now: dt.datetime) -> bool:
    mine = Reminder.objects.filter(pk=row.pk, state=Reminder.State.SCHEDULED, send_at=row.send_at)
    if mine.update(state=Reminder.State.SENT, sent_at=now) != 1:
        return False
    notices.tell(
        [row.person],
        key=f"reminder:{row.source}:{row.kind}:{row.due_on}",
        kind=f"reminder.{row.kind}",
        title=row.title,
        text=row.text,
        url=row.url,
        now=now,
    )
    return True
