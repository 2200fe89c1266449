"""Series of numbers in tests: the next number is said by the test."""

from __future__ import annotations

import datetime as dt

from agencies.models import IssuingBody, Person
from documents.models import NumberSeries
from documents.register import key_of, series_of
from meetings import inviting
from meetings.models import Invitation
from tests.factories import NOW

TODAY = NOW.date()


def next_is(body: IssuingBody, kind_code: str, number: int, day: dt.date = TODAY) -> NumberSeries:
    """Let the series of the kind go on at ``number``, as after a paper book that reached the one before."""
    series = series_of(key_of(body, kind_code, day))
    first = series.start if series.entries.exists() else number
    NumberSeries.objects.filter(pk=series.pk).update(start=first, last=number - 1)
    return series


def issue_numbered(invitation: Invitation, number: int, *, actor: Person, day: dt.date = TODAY) -> Invitation:
    """Issue an invitation that gets ``number``."""
    next_is(invitation.issuing_body, "GM", number, day)
    return inviting.issue(invitation, day=day, actor=actor, now=NOW)
