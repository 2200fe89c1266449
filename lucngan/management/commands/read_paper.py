"""Read a paper file and print its structure: ``python manage.py read_paper FILE``."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from paper.reading import Unreadable, read_file
from paper.reading.detect import MAX_BYTES
from paper.reading.views import reading_view


class Command(BaseCommand):
    """Prints the JSON structure of a .docx, .pdf or .txt; one clear line on stderr and exit 2 on error."""

    help = "Đọc một tệp văn bản (.docx, .pdf, .txt) và in cấu trúc của nó ở dạng JSON."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", help="tệp cần đọc")

    def handle(self, *args: Any, **options: Any) -> None:
        source = Path(options["file"])
        try:
            reading = read_file(_bytes(source), source.name)
        except Unreadable as error:
            self.stderr.write(error.message)
            sys.exit(2)
        view = reading_view(reading.paper, reading.damaged)
        sys.stdout.reconfigure(encoding="utf-8") if hasattr(sys.stdout, "reconfigure") else None
        self.stdout.write(json.dumps(view, ensure_ascii=False, indent=1))


def _bytes(source: Path) -> bytes:
    try:
        if source.stat().st_size > MAX_BYTES:
            raise Unreadable("too-large", _("Tệp lớn hơn 50 MB nên không đọc được."))
        return source.read_bytes()
    except OSError as error:
        raise Unreadable("no-file", _("Không mở được tệp “%(name)s”.") % {"name": source.name}) from error
