"""Fill the calendar of days off."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from agencies import daysoff


class Command(BaseCommand):
    help = "Ghi các ngày nghỉ lễ, nghỉ bù đã biết vào lịch; ngày đã có trong bảng giữ nguyên."

    def add_arguments(self, parser: CommandParser) -> None:
        this = timezone.localdate().year
        parser.add_argument("--from", dest="first", type=int, default=this - 1, help="năm đầu")
        parser.add_argument("--to", dest="last", type=int, default=this + 1, help="năm cuối")

    def handle(self, *args: Any, **options: Any) -> None:
        added = daysoff.seed(range(options["first"], options["last"] + 1))
        self.stdout.write(f"Đã ghi {added} ngày nghỉ.")
