"""Sending an issued paper: onto desks at once, by mail in the background, on paper by hand."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agencies.models import Person
from agencies.rules import standing
from audit.actions import register
from documents import events, history, tasks
from documents.models import Delivery, Document, Recipient
from documents.operations import OperationError
from documents.sending import plan
from documents.services import locked

register(
    **{
        "document.send": gettext_lazy("gửi nơi nhận"),
        "document.resend": gettext_lazy("gửi lại"),
        "document.hand_over": gettext_lazy("chuyển bản giấy"),
        "document.open": gettext_lazy("mở văn bản lần đầu"),
    }
)


def at_issue(
    document: Document,
    *,
    actor: Person,
    now: dt.datetime,
    copies: Mapping[str, int] | None = None,
    **_data: Any,
) -> None:
    """What happens when a paper is issued: its sheets are noted, and one that is signed by hand is sent
    at once (the others when their signatures are complete)."""
    known = {str(row.pk): row for row in document.recipients.all()}
    rows = [
        Delivery(
            document=document,
            recipient=known[key],
            agency_id=known[key].agency_id,
            channel=Delivery.Channel.PAPER,
            copies=n,
            created_at=now,
        )
        for key, n in (copies or {}).items()
        if key in known and n > 0
    ]
    Delivery.objects.bulk_create(rows, ignore_conflicts=True)
    if document.signing_manner == Document.Manner.PAPER:
        send_new(document, actor=actor, now=now)


def at_signature(document: Document, *, actor: Person | None, now: dt.datetime, **_data: Any) -> None:
    """The needed signatures are complete: the paper goes out, once."""
    if document.is_in_force:
        send_new(document, actor=actor, now=now)


def at_recall(document: Document, *, actor: Person | None, now: dt.datetime, **_data: Any) -> None:
    """What has not left stays here."""
    waiting = document.deliveries.filter(state=Delivery.State.WAITING)
    waiting.update(state=Delivery.State.STOPPED, error=_("Văn bản đã bị thu hồi."))


@transaction.atomic
def send(document: Document, *, actor: Person, now: dt.datetime) -> int:
    """Gửi ngay: to everybody who does not have it yet. Returns how many receivers are new.

    Effects: see :func:`send_new`. Raises OperationError for a paper that does not hold, and where
    everybody has it.
    """
    row = locked(document)
    if not row.is_in_force:
        raise OperationError(_("Chỉ gửi được văn bản đã ban hành và còn hiệu lực."))
    sent = send_new(row, actor=actor, now=now)
    if not sent:
        raise OperationError(_("Mọi nơi nhận đã có văn bản này."))
    return sent


def send_new(document: Document, *, actor: Person | None, now: dt.datetime) -> int:
    """Deliver to the desks and officers that have nothing of it; call inside a transaction.

    Effects: a delivery to each desk, sent; one waiting mail to each officer with an address; one entry;
    the subscribers of "document.send" hear which agencies are new. Nothing happens where all have it.
    """
    to = plan.receiving(document)
    have = document.deliveries.filter(channel=Delivery.Channel.DESK).values_list("agency", flat=True)
    new = {agency: row for agency, row in to.items() if agency not in set(have)}
    people = plan.officers(set(to), timezone.localdate(now))
    mails = _mails(document, to, people, now)
    if not new and not mails:
        return 0
    desks = [_desk(document, agency, row, now) for agency, row in new.items()]
    Delivery.objects.bulk_create([*desks, *mails], ignore_conflicts=True)
    history.log(document, "document.send", actor=actor, now=now, desks=len(desks), mails=len(mails))
    events.announce("document.send", document, actor=actor, now=now, agencies=sorted(new))
    if mails:
        tasks.send_deliveries.delay_on_commit()  # type: ignore[attr-defined]
    return len(desks) or len(mails)


def _desk(document: Document, agency: int, row: Recipient | None, now: dt.datetime) -> Delivery:
    return Delivery(
        document=document,
        agency_id=agency,
        recipient=row,
        channel=Delivery.Channel.DESK,
        state=Delivery.State.SENT,
        created_at=now,
        sent_at=now,
    )


def _mails(
    document: Document,
    to: Mapping[int, Recipient | None],
    people: Mapping[int, list[Person]],
    now: dt.datetime,
) -> list[Delivery]:
    """One waiting mail for each officer that has none; who answers for two agencies gets one."""
    have = set(document.deliveries.filter(channel=Delivery.Channel.MAIL).values_list("person_id", flat=True))
    found: dict[int, Delivery] = {}
    for agency, row in to.items():
        for person in people.get(agency, ()):
            if person.email and person.pk not in have:
                found.setdefault(
                    person.pk,
                    Delivery(
                        document=document,
                        agency_id=agency,
                        recipient=row,
                        person=person,
                        channel=Delivery.Channel.MAIL,
                        created_at=now,
                    ),
                )
    return list(found.values())


@transaction.atomic
def resend(delivery: Delivery, *, actor: Person, now: dt.datetime) -> None:
    """Gửi lại one mail that left or could not leave. Effects: it waits again; one entry. Raises
    OperationError for what waits already, what is no mail, and a paper that does not hold."""
    if not delivery.document.is_in_force:
        raise OperationError(_("Chỉ gửi được văn bản đã ban hành và còn hiệu lực."))
    done = (Delivery.State.SENT, Delivery.State.FAILED)
    mine = Delivery.objects.filter(pk=delivery.pk, channel=Delivery.Channel.MAIL, state__in=done)
    if mine.update(state=Delivery.State.WAITING, error="", claimed_at=None, sent_at=None) != 1:
        raise OperationError(_("Thư này đang chờ gửi rồi."))
    history.log(delivery.document, "document.resend", actor=actor, now=now, note=delivery.receiver)
    tasks.send_deliveries.delay_on_commit()  # type: ignore[attr-defined]


@transaction.atomic
def hand_over(delivery: Delivery, *, actor: Person, now: dt.datetime) -> None:
    """Đã chuyển bản giấy. Effects: sent; one entry. Raises OperationError for what was handed over, and
    for what is no sheet of paper."""
    waiting = Delivery.objects.filter(
        pk=delivery.pk, channel=Delivery.Channel.PAPER, state=Delivery.State.WAITING
    )
    if waiting.update(state=Delivery.State.SENT, sent_at=now) != 1:
        raise OperationError(_("Bản giấy này đã chuyển hoặc không chuyển nữa."))
    history.log(delivery.document, "document.hand_over", actor=actor, now=now, note=delivery.receiver)


def opened(document: Document, person: Person | AnonymousUser, *, now: dt.datetime) -> bool:
    """Note that somebody of a receiving agency opened the paper, the first time alone.

    Effects: who and when on the desks of the person's agencies; one entry. Nothing for those who are
    no officers and for what was opened before.
    """
    agencies = standing(person).agencies
    if not agencies or not isinstance(person, Person) or not document.is_numbered:
        return False
    unread = Delivery.objects.filter(document=document.pk, channel=Delivery.Channel.DESK, agency__in=agencies)
    with transaction.atomic():
        if not unread.unread().update(opened_at=now, opened_by=person):
            return False
        history.log(document, "document.open", actor=person, now=now)
    return True


def log_of(document: Document) -> list[Delivery]:
    """Everything that was sent of the paper, by receiver: the desk, then its mails, then paper."""
    rows = document.deliveries.select_related("agency", "person", "recipient", "opened_by")
    return list(rows.order_by(F("recipient__position").asc(nulls_last=True), "agency__short_name", "pk"))
