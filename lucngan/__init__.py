"""The site: settings, addresses, background worker, and the pages that look across rooms."""

from lucngan.celery import app as celery_app

__all__ = ["celery_app"]
