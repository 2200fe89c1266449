"""A real mail server gets the mail of an issued paper; one that refuses an address stops nobody else."""

from __future__ import annotations

import socketserver
import threading
from collections.abc import Iterator
from email import message_from_bytes
from email.policy import default

import pytest
from pytest_django.fixtures import Settings

from documents import issuing
from documents.models import Document
from documents.sending import mailing
from programmes.models import Programme
from tests.factories import NOW, MembershipFactory, PersonFactory, Town


class Sink(socketserver.StreamRequestHandler):
    """As much of RFC 5321 as a client needs; "khong@" is an address that it does not know."""

    def handle(self) -> None:
        self.say("220 sink")
        while line := self.rfile.readline().decode().strip():
            word = line.split()[0].upper()
            if word == "DATA":
                self.say("354 go on")
                self.server.received.append(self.data())  # type: ignore[attr-defined]
                self.say("250 taken")
            elif word == "QUIT":
                self.say("221 bye")
                return
            elif word == "RCPT" and "khong@" in line:
                self.say("550 no such user")
            else:
                self.say("250 ok")

    def say(self, words: str) -> None:
        self.wfile.write(f"{words}\r\n".encode())

    def data(self) -> bytes:
        lines = []
        while (line := self.rfile.readline()) != b".\r\n":
            lines.append(line)
        return b"".join(lines)


@pytest.fixture
def sink(settings: Settings) -> Iterator[list[bytes]]:
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Sink) as server:
        server.received = []  # type: ignore[attr-defined]
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.server_address[1]
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield server.received  # type: ignore[attr-defined]
        server.shutdown()
        thread.join()


def test_the_server_gets_one_mail_and_refuses_another(
    waiting: Programme, town: Town, sink: list[bytes]
) -> None:
    wrong = PersonFactory.create(username="sai", full_name="An Thị Sai", email="khong@example.vn")
    MembershipFactory.create(person=wrong, role="officer", agency=town.agency)
    issuing.issue(waiting, day=NOW.date(), actor=town.hoa, now=NOW)

    assert mailing.send_waiting(NOW) == 1

    [data] = sink
    got = message_from_bytes(data, policy=default)
    assert got["To"] == town.binh.email
    assert "Số 01-CTr/ĐU" in str(got["Subject"])
    document = Document.objects.get(pk=waiting.pk)
    failed = document.deliveries.get(channel="mail", state="failed")
    assert (failed.person, "no such user" in failed.error) == (wrong, True)
    assert document.deliveries.get(channel="mail", state="sent").person == town.binh
