"""What stands between an approved paper and its number."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone
from django.utils.translation import gettext as _

from agencies.models import Person
from documents import checking
from documents.issuing import rules
from documents.models import Document
from documents.operations import OperationError
from lucngan.lib.dates import short
from paper.checks import Finding

#: A paper may bear the date of a day so far ahead: it is signed before a holiday and sent after it.
AHEAD = dt.timedelta(days=7)


class Refused(OperationError):
    """Checks refuse the paper and nobody overruled them."""


class WrongDay(OperationError):
    """The paper cannot bear this date."""


def refusals(document: Document, today: dt.date) -> list[Finding]:
    """The findings for which a registrar sends the paper back."""
    return checking.report_of(document, today=today).refusing


def check_day(document: Document, day: dt.date, now: dt.datetime) -> None:
    """Refuse a date before the paper was drawn up, or far ahead."""
    drawn, today = timezone.localdate(document.created_at), timezone.localdate(now)
    if day < drawn:
        raise WrongDay(_("Ngày văn bản không thể trước ngày soạn (%(day)s).") % {"day": short(drawn)})
    if day > today + AHEAD:
        raise WrongDay(_("Ngày văn bản quá xa: muộn nhất %(day)s.") % {"day": short(today + AHEAD)})


def check_words(document: Document, *, actor: Person, now: dt.datetime, overrule: str) -> list[str]:
    """The codes of refusals that the actor answers for, with a reason; [] where nothing refuses.

    Raises Refused with the findings where nobody overrules them, or somebody who may not.
    """
    found = refusals(document, timezone.localdate(now))
    if not found:
        return []
    said = "; ".join(checking.sentence(each) for each in found[:5])
    if not overrule.strip():
        raise Refused(_("Soát lỗi từ chối: %(said)s") % {"said": said})
    if not rules.may_overrule(actor, document):
        raise Refused(
            _("Chỉ Chánh Văn phòng và lãnh đạo được cho qua lỗi mà phép soát từ chối: %(said)s")
            % {"said": said}
        )
    return sorted({each.code for each in found})
