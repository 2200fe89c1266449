"""The demonstration: loaded once, its accounts shown at each start."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from agencies.models import Person
from lucngan.demo import load, people


class Command(BaseCommand):
    help = "Nạp dữ liệu dùng thử vào cơ sở dữ liệu trống; --show chỉ in các tài khoản dùng thử."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--show", action="store_true", help="chỉ in tài khoản, không nạp gì")

    def handle(self, *args: Any, **options: Any) -> None:
        if not options["show"]:
            if not load.is_empty():
                self.stdout.write("Cơ sở dữ liệu đã có người dùng, không nạp dữ liệu dùng thử.")
            else:
                now, today = load.now_and_today()
                made = load.load(today, now)
                self.stdout.write(
                    f"Đã nạp {made['programmes']} chương trình công tác và {made['people']} người dùng."
                )
        self.show()

    def show(self) -> None:
        """The accounts that exist, each once, with the password of the demonstration."""
        known = set(Person.objects.values_list("username", flat=True))
        rows = {a.username: a for a in reversed(people.ACCOUNTS) if a.username in known}
        if not rows:
            return
        self.stdout.write(f"Tài khoản dùng thử (mật khẩu: {people.PASSWORD}):")
        for username in dict.fromkeys(a.username for a in people.ACCOUNTS):
            if account := next(
                (a for a in people.ACCOUNTS if a.username == username and username in rows), None
            ):
                self.stdout.write(f"  {account.username:<10} {account.name} - {account.position}")
