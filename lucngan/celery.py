"""The background worker's application."""

import os

from celery import Celery

from lucngan import filequeue

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lucngan.settings")

filequeue.register()

app = Celery("lucngan")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
