"""Background work of this room: thin, the services do it."""

from celery import shared_task
from django.utils import timezone

from meetings import packs


@shared_task(time_limit=1200, soft_time_limit=1180)
def make_pack(pk: int) -> None:
    """Make one pack."""
    packs.make_pack(pk, now=timezone.now())


@shared_task(time_limit=1200, soft_time_limit=1180)
def sweep_packs() -> None:
    """Make packs whose message was lost or whose worker died."""
    packs.sweep(timezone.now())
