"""Mails on meetings that a secret paper announces say nothing of them."""

from __future__ import annotations

from assignments import notices
from assignments.models import Notification
from assignments.papers import keys_in
from meetings.models import Meeting
from meetings.models.meeting import secret_q


@notices.discreet
def speaks_of_secret_meeting(notice: Notification) -> bool:
    """Whether the notice leads to a meeting that is announced or invited to by a secret paper."""
    return Meeting.objects.filter(secret_q(), public_id__in=keys_in(notice.url)).exists()
