"""Writing the history of meetings: one entry per thing done, in its transaction."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import Model

from agencies.models import Person
from meetings.models import Meeting, MeetingLog


def log(
    meeting: Meeting,
    action: str,
    *,
    actor: Person | None,
    now: dt.datetime,
    acting_for: Person | None = None,
    note: str = "",
    before: str = "",
    after: str = "",
    **data: Any,
) -> MeetingLog:
    """Append one entry; call inside the transaction of the change. A room registers its actions
    with ``audit.actions.register`` in the module that does them."""
    entry: MeetingLog = MeetingLog.objects.append(
        meeting,
        action,
        actor=actor,
        now=now,
        acting_for=acting_for,
        meeting=meeting,
        note=note,
        before=before,
        after=after,
        data=data,
    )
    return entry


def log_on(
    subject: Model, action: str, *, actor: Person | None, now: dt.datetime, note: str = "", named: str = ""
) -> MeetingLog:
    """An entry on something that is no meeting: a series, a room, an appointment, an address of a feed."""
    entry: MeetingLog = MeetingLog.objects.append(
        subject, action, actor=actor, now=now, note=note, named=named
    )
    return entry
