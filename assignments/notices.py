"""Telling people: one notice each, once, in the program and by e-mail."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from agencies.models import Person
from assignments import tasks
from assignments.models import Notification

#: A mail that was claimed so long ago and never marked: its worker died in between.
STUCK = dt.timedelta(minutes=10)


Discreet = Callable[[Notification], bool]
_DISCREET: list[Discreet] = []


def discreet(speaks_of_secret: Discreet) -> Discreet:
    """Register what tells whether a notice speaks of a secret paper: its mail then says nothing of it."""
    if speaks_of_secret not in _DISCREET:
        _DISCREET.append(speaks_of_secret)
    return speaks_of_secret


def tell(
    people: Iterable[Person],
    *,
    key: str,
    kind: str,
    title: str,
    now: dt.datetime,
    text: str = "",
    url: str = "",
    mail: bool = True,
) -> None:
    """Give each person a notice; who was told under this ``key`` before hears nothing more.

    Call inside the transaction of what is told: a change that fails tells nobody. ``url`` is a path of
    the site. The e-mail leaves in the background, once (at most once: see :func:`send_mail`).
    """
    rows = [
        Notification(
            person=person,
            key=key[:120],
            kind=kind,
            title=title[:300],
            text=text,
            url=url,
            at=now,
            mail=Notification.Mail.WAITING if mail and person.email else Notification.Mail.NONE,
        )
        for person in {person.pk: person for person in people}.values()
        if person.is_active
    ]
    Notification.objects.bulk_create(rows, ignore_conflicts=True)
    if any(row.mail for row in rows):
        tasks.send_mail.delay_on_commit()  # type: ignore[attr-defined]


def read(person: Person, *, now: dt.datetime, only: int | None = None) -> int:
    """Mark one's notices as read, one of them with ``only``. Returns how many were marked."""
    mine = Notification.objects.visible_to(person).unread()
    return (mine.filter(pk=only) if only else mine).update(read_at=now)


def send_mail(now: dt.datetime) -> int:
    """Send the mails that wait; returns how many left.

    Claim, then send: a crash in between loses one mail rather than doubling it, because a notice that
    comes twice makes people distrust the next one; it stands in the program all the same. What was
    claimed and never marked becomes failed with a reason that an administrator reads.
    """
    claimed = Notification.objects.filter(mail=Notification.Mail.SENDING, mail_claimed_at__lt=now - STUCK)
    claimed.update(
        mail=Notification.Mail.FAILED, mail_error=_("Máy dừng giữa chừng, không rõ thư đã đi hay chưa.")
    )
    waiting = Notification.objects.filter(mail=Notification.Mail.WAITING).order_by("at", "pk")
    return sum(_send_one(pk, now) for pk in list(waiting.values_list("pk", flat=True)))


def _send_one(pk: int, now: dt.datetime) -> bool:
    mine = Notification.objects.filter(pk=pk)
    waiting = mine.filter(mail=Notification.Mail.WAITING)
    if waiting.update(mail=Notification.Mail.SENDING, mail_claimed_at=now) != 1:
        return False  # another worker got there first
    notice = mine.select_related("person").get()
    secret = settings.SECRETS_ALLOWED and any(ask(notice) for ask in _DISCREET)
    subject = _("Một thông báo về văn bản mật") if secret else notice.title
    about = {"notice": notice, "site": settings.SITE_URL.rstrip("/"), "secret": secret, "subject": subject}
    body = render_to_string("notices/mail.txt", about)
    try:
        EmailMessage(subject=subject, body=body, to=[notice.person.email]).send()
    except (OSError, ValueError) as reason:
        mine.update(mail=Notification.Mail.FAILED, mail_error=str(reason)[:500])
        return False
    mine.update(mail=Notification.Mail.SENT)
    return True
