"""Thư đi: mails that a site without a mail server keeps in its outbox folder."""

from __future__ import annotations

import email
import email.policy
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from agencies.asking import asker
from agencies.rules import standing

#: Mails on the page, the newest first.
SHOWN = 30
#: The line that Django's file backend writes behind every mail.
BETWEEN = b"\n" + b"-" * 79 + b"\n"


@dataclass(frozen=True, slots=True)
class Mail:
    """One mail as it would have gone out."""

    to: str
    subject: str
    date: str
    body: str


def is_kept() -> bool:
    """Whether mails stay here: no mail server is named in the settings."""
    return not settings.EMAIL_HOST


def mails(folder: Path) -> list[Mail]:
    """The newest mails of the folder; an absent folder holds none."""
    if not folder.is_dir():
        return []
    files = sorted(folder.glob("*.log"), key=lambda path: path.name, reverse=True)[:SHOWN]
    parts = (part for path in files for part in reversed(path.read_bytes().split(BETWEEN)))
    return [mail_of(part) for part in parts if part.strip()][:SHOWN]


def mail_of(data: bytes) -> Mail:
    message = email.message_from_bytes(data, policy=email.policy.default)
    assert isinstance(message, EmailMessage)
    body = message.get_body(("plain",))
    return Mail(
        to=str(message.get("To", "")),
        subject=str(message.get("Subject", "")),
        date=str(message.get("Date", "")),
        body=body.get_content() if body else "",
    )


@require_safe
def outbox(request: HttpRequest) -> HttpResponse:
    """The mails that wait in the folder, for administrators; 404 where a server sends them."""
    if not is_kept():
        raise Http404
    if not standing(asker(request)).is_administrator:
        raise PermissionDenied(_("Thư đi chỉ dành cho người giữ vai trò quản trị."))
    return render(request, "desk/outbox.html", {"mails": mails(Path(settings.EMAIL_FILE_PATH))})
