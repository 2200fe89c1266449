"""Notices on papers: a paper that came to one's agency, a paper that was taken back."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from agencies.models import Person
from assignments import notices
from assignments.models import Notification
from documents.models import Delivery, Document
from documents.sending import plan
from documents.sending.mailing import named

#: The keys that stand in the addresses of the site.
_KEY = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def keys_in(url: str) -> list[str]:
    """The public keys of rows in an address."""
    return _KEY.findall(url)


@notices.discreet
def speaks_of_secret_paper(notice: Notification) -> bool:
    """Whether the notice leads to a secret paper."""
    return Document.objects.filter(public_id__in=keys_in(notice.url)).exclude(secrecy="").exists()


def came(
    document: Document, *, actor: Person | None, now: dt.datetime, agencies: Iterable[int] = (), **_data: Any
) -> None:
    """Tell the officers of the agencies that the paper went to, once; its mail is sent by the sending
    itself."""
    notices.tell(
        _officers(agencies, now),
        key=f"document.send:{document.public_id}",
        kind="document.received",
        title=_("Văn bản mới: %(paper)s") % {"paper": named(document)},
        url=document.get_absolute_url(),
        now=now,
        mail=False,
    )


def taken_back(
    document: Document, *, actor: Person | None, now: dt.datetime, note: str = "", **_data: Any
) -> None:
    """Tell the officers of every agency that has the paper on its desk, by notice and by mail."""
    desks = Delivery.objects.filter(document=document.pk, channel=Delivery.Channel.DESK)
    notices.tell(
        _officers(desks.values_list("agency", flat=True), now),
        key=f"document.recall:{document.public_id}",
        kind="document.recalled",
        title=_("Thu hồi: %(paper)s") % {"paper": named(document)},
        text="" if document.secrecy else _("Lý do: %(why)s") % {"why": note},
        url=document.get_absolute_url(),
        now=now,
    )


def _officers(agencies: Iterable[Any], now: dt.datetime) -> list[Person]:
    found = plan.officers(set(agencies), timezone.localdate(now))
    return [person for people in found.values() for person in people]
