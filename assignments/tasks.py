"""Background work of notices and reminders: thin; a lost message is made good by the next sweep."""

from __future__ import annotations

from celery import shared_task
from django.utils import timezone


@shared_task(ignore_result=True)
def send_mail() -> None:
    """Send the mails that wait."""
    from assignments import notices  # notices order this task

    notices.send_mail(timezone.now())


@shared_task(ignore_result=True)
def remind() -> None:
    """Give the reminders that are due, then send what waits; every minute."""
    from assignments import notices, reminding  # reminding tells by notices

    now = timezone.now()
    reminding.send_due(now)
    notices.send_mail(now)
