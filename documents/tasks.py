"""Background work of this room: thin, the services do it."""

from celery import shared_task
from django.utils import timezone

from documents.intake import receiving
from documents.issuing import files


@shared_task(time_limit=180, soft_time_limit=170)
def read(pk: int) -> None:
    """Read one file."""
    receiving.read_intake(pk, now=timezone.now())


@shared_task(time_limit=280)
def sweep_intakes() -> None:
    """Find files whose message was lost."""
    receiving.sweep(timezone.now())


@shared_task(ignore_result=True)
def send_deliveries() -> None:
    """Send the mails of issued papers that wait; every minute, and at once when one is sent."""
    from documents.sending import mailing  # sending orders this task

    mailing.send_waiting(timezone.now())


@shared_task(time_limit=280)
def sweep_issued() -> None:
    """Remove the files of issues that were broken off."""
    files.sweep(timezone.now())
