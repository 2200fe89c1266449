"""Mail goes out through a real SMTP conversation, in Vietnamese, with a link that works once."""

from __future__ import annotations

import email
import re
import socketserver
import threading
from collections.abc import Iterator
from email.message import Message
from email.policy import default as policy
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.office import Office, office


class Conversation(socketserver.StreamRequestHandler):
    """As much of RFC 5321 as a sender needs."""

    server: Sink

    def handle(self) -> None:
        self.say("220 sink")
        while line := self.rfile.readline().decode().strip():
            word = line.split(" ")[0].upper()
            if word == "DATA":
                self.say("354 go on")
                self.server.mails.append(email.message_from_bytes(self.data(), policy=policy))
            self.say("221 bye" if word == "QUIT" else "250 ok")
            if word == "QUIT":
                return

    def data(self) -> bytes:
        lines = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line.removeprefix(b".") if line.startswith(b"..") else line)
        return b"".join(lines)

    def say(self, words: str) -> None:
        self.wfile.write(words.encode() + b"\r\n")


class Sink(socketserver.ThreadingTCPServer):
    """A mail server on a free port that keeps what it gets."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Conversation)
        self.mails: list[Message[str, str]] = []


@pytest.fixture
def sink(settings: Any) -> Iterator[Sink]:
    with Sink() as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = server.server_address[:2]
        yield server
        server.shutdown()
        thread.join()


@pytest.fixture
def desk(db: None) -> Office:
    desk = office()
    desk.yen.set_password("mat-khau-cu-2026")
    desk.yen.save()
    return desk


def ask(address: str) -> None:
    assert Client().post(reverse("password_reset"), {"email": address}).status_code == 302


def link_of(mail: Message[str, str]) -> str:
    part = mail.get_body(preferencelist=("plain",))  # type: ignore[attr-defined]
    found = re.search(r"https?://[^/\s]+(/\S+)", part.get_content())
    assert found
    return found[1]


def test_a_forgotten_password_is_set_anew_by_mail(desk: Office, sink: Sink) -> None:
    ask(desk.yen.email)

    (mail,) = sink.mails
    assert mail["To"] == desk.yen.email
    assert "mật khẩu" in str(mail["Subject"]).lower()
    client = Client()
    form = client.get(link_of(mail), follow=True)
    new = {"new_password1": "Luc-Ngan-2026-moi", "new_password2": "Luc-Ngan-2026-moi"}
    client.post(form.redirect_chain[-1][0], new)
    desk.yen.refresh_from_db()
    assert desk.yen.check_password("Luc-Ngan-2026-moi")
    assert "new_password1" not in Client().get(link_of(mail), follow=True).content.decode()


def test_an_address_that_nobody_has_gets_no_mail_and_the_same_answer(desk: Office, sink: Sink) -> None:
    ask("khong-co@example.vn")

    assert sink.mails == []
