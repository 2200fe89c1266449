"""``flush`` empties the whole database, the logs with it: the one command for which they are opened."""

from __future__ import annotations

from typing import Any

from django.core.management.commands.flush import Command as Flush
from django.db import connections

from audit import guards


class Command(Flush):
    def handle(self, **options: Any) -> None:
        """Django's own, with its own question before; the logs are closed again whatever happened."""
        connection = connections[options["database"]]
        guards.open_up(connection, guards.logs())
        try:
            super().handle(**options)
        finally:
            guards.close(connection, guards.logs())
