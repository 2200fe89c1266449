"""Mails that carry an issued paper: claimed, then sent; a wrong address stops nobody else."""

from __future__ import annotations

import datetime as dt
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from documents.models import Delivery, Document
from documents.papers import paper_of
from lucngan.lib.text import one_line
from paper.printing import words
from paper.value import Paper

#: A mail that was claimed so long ago and never marked: its worker died in between.
STUCK = dt.timedelta(minutes=10)


def send_waiting(now: dt.datetime) -> int:
    """Send the mails that wait; returns how many left.

    Claim, then send: a crash in between loses one mail rather than doubling it. The paper lies on the
    desk all the same, and a mail of which nobody knows whether it left is shown as failed, so that the
    registrar decides whether to send it again.
    """
    mails = Delivery.objects.filter(channel=Delivery.Channel.MAIL)
    mails.filter(state=Delivery.State.SENDING, claimed_at__lt=now - STUCK).update(
        state=Delivery.State.FAILED, error=_("Máy dừng giữa chừng, không rõ thư đã đi hay chưa.")
    )
    waiting = mails.filter(state=Delivery.State.WAITING).order_by("created_at", "pk")
    return sum(_send_one(pk, now) for pk in list(waiting.values_list("pk", flat=True)))


def _send_one(pk: int, now: dt.datetime) -> bool:
    mine = Delivery.objects.filter(pk=pk)
    waiting = mine.filter(state=Delivery.State.WAITING)
    if waiting.update(state=Delivery.State.SENDING, claimed_at=now) != 1:
        return False  # another worker got there first
    delivery = mine.select_related("person", "document__issuing_body__agency", "document__snapshot").get()
    try:
        message_of(delivery).send()
    except (OSError, ValueError, SMTPException) as reason:
        mine.update(state=Delivery.State.FAILED, error=one_line(str(reason))[:500])
        return False
    mine.update(state=Delivery.State.SENT, sent_at=now)
    return True


def message_of(delivery: Delivery) -> EmailMessage:
    """The mail: what the paper is, its text, the way to it. Of a secret paper it says only that there
    is one (no number, no title, no text)."""
    document, person = delivery.document, delivery.person
    assert person is not None
    with translation.override("vi"):
        context = {
            "person": person,
            "document": document,
            "site": settings.SITE_URL.rstrip("/"),
            "name": named(document),
            "text": text_of(paper_of(document)) if not document.secrecy else "",
        }
        subject = _("Một văn bản mật") if document.secrecy else context["name"]
        body = render_to_string("documents/mail/issued.txt", context)
    return EmailMessage(subject=one_line(str(subject))[:200], body=body, to=[person.email])


def named(document: Document) -> str:
    """The paper in a line: number, date, title."""
    if document.secrecy:
        return str(_("một văn bản mật"))
    number = words.number_line(paper_of(document), document.form)
    return one_line(f"{number} {document.dated_on:%d/%m/%Y}: {document.kind} {document.subject}")


def text_of(paper: Paper) -> str:
    """The words of the text, a paragraph to a line."""
    return "\n".join(words.labelled(clause) for _path, clause in paper.clauses())
