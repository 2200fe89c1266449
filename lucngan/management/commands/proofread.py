"""``manage.py proofread FILE``: what a registrar would send a paper back for."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from paper.checks import Finding, Severity, World, check
from paper.checks.places import words_of
from paper.reading import Unreadable, read_file

#: How severities are called.
NAMES = {Severity.REFUSE: "từ chối", Severity.WARN: "cảnh báo", Severity.HINT: "gợi ý"}


class Command(BaseCommand):
    """Exits 0 where nothing is refused, 1 where something is, 2 on a file that cannot be read."""

    help = "Soát lỗi một văn bản (.docx, .pdf có lớp chữ, .txt), chỉ bằng chính văn bản ấy."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="tệp cần soát")
        parser.add_argument("--json", action="store_true", help="in kết quả dạng JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        try:
            reading = read_file(path.read_bytes(), path.name)
        except (OSError, Unreadable) as error:
            unread = error.message if isinstance(error, Unreadable) else f"Không mở được tệp {path.name}."
            self.stderr.write(unread)
            sys.exit(2)
        found = check(reading.paper, World(today=timezone.localdate()))
        if options["json"]:
            self.stdout.write(json.dumps([data(each) for each in found], ensure_ascii=False, indent=1))
        else:
            for each in found:
                where = words_of(reading.paper, each.place)
                self.stdout.write(f"{NAMES[each.severity]:9} {where}: {each.text} [{each.code}]")
            self.stdout.write(f"{len(found)} chỗ cần xem.")
        if any(each.severity is Severity.REFUSE for each in found):
            sys.exit(1)


def data(finding: Finding) -> dict[str, Any]:
    """A finding as JSON: stable keys; paths count from 0."""
    return {
        "code": finding.code,
        "severity": finding.severity.value,
        "place": asdict(finding.place),
        "message": finding.text,
        "quote": finding.quote,
        "repairs": [{"place": asdict(place), "text": text} for place, text in finding.repairs],
    }
