"""Entry point for the web server."""

import os

from django.core.wsgi import get_wsgi_application

from lucngan.lib.whole import whole_bodies

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lucngan.settings")

application = whole_bodies(get_wsgi_application())
