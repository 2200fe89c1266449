"""The background worker's application."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lucngan.settings")

app = Celery("lucngan")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
