"""The life of a paper: one table of steps, one door through which every step goes."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agencies.models import Person
from audit.actions import register
from documents import events, history
from documents.models import Document
from documents.operations import OperationError

State = Document.State

#: (from, to): the steps that there are, each with the names under which it may be logged.
TRANSITIONS: dict[tuple[str, str], tuple[str, ...]] = {
    (State.DRAFT, State.REVIEW): ("document.submit",),
    (State.REVIEW, State.APPROVED): ("document.approve",),
    (State.REVIEW, State.DRAFT): ("document.return", "document.withdraw"),
    (State.APPROVED, State.DRAFT): ("document.reopen",),
    (State.DRAFT, State.APPROVED): ("document.waive",),
    (State.APPROVED, State.ISSUED): ("document.issue",),
    (State.DRAFT, State.ISSUED): ("document.archive",),
    (State.ISSUED, State.AMENDED): ("document.amend",),
    (State.ISSUED, State.REVOKED): ("document.recall",),
    (State.AMENDED, State.REVOKED): ("document.recall",),
}

register(
    **{
        "document.submit": gettext_lazy("trình duyệt"),
        "document.approve": gettext_lazy("duyệt xong"),
        "document.return": gettext_lazy("trả lại để sửa"),
        "document.withdraw": gettext_lazy("rút lại để sửa"),
        "document.reopen": gettext_lazy("mở lại để sửa sau khi duyệt"),
        "document.waive": gettext_lazy("không phải qua bước duyệt"),
        "document.issue": gettext_lazy("cấp số và ban hành"),
        "document.amend": gettext_lazy("ghi nhận thông báo điều chỉnh"),
        "document.recall": gettext_lazy("thu hồi văn bản"),
    }
)


class TransitionError(OperationError):
    """The paper cannot take this step now; the text is a sentence for the person."""


@transaction.atomic
def set_state(
    document: Document,
    to: str,
    *,
    action: str,
    actor: Person | None,
    now: dt.datetime,
    acting_for: Person | None = None,
    note: str = "",
    changes: dict[str, Any] | None = None,
    **data: Any,
) -> Document:
    """Move one step and log it, or raise; two clicks at once leave one log entry.

    Effects: state (and ``changes``, fields that go with it) by compare-and-set; one entry with ``note``
    and ``data``; the subscribers of ``action`` are told with ``data``. Raises TransitionError and changes
    nothing where there is no such step from the present state, or somebody else was faster.
    """
    before = document.state
    if action not in TRANSITIONS.get((before, to), ()):
        raise TransitionError(refusal(document, to))
    values = {**(changes or {}), "state": to, "updated_at": now}
    if Document.objects.filter(pk=document.pk, state=before).update(**values) != 1:
        raise TransitionError(_("Người khác vừa thay đổi văn bản này. Hãy tải lại trang."))
    for name, value in values.items():
        setattr(document, name, value)
    history.log(
        document,
        action,
        actor=actor,
        acting_for=acting_for,
        now=now,
        note=note,
        before=before,
        after=to,
        **data,
    )
    events.announce(action, document, actor=actor, now=now, note=note, **data)
    return document


def refusal(document: Document, to: str) -> str:
    """Why there is no step from the present state to ``to``, as a sentence."""
    return _("Văn bản đang ở trạng thái “%(state)s”, không chuyển sang “%(to)s” được.") % {
        "state": document.get_state_display(),
        "to": State(to).label,
    }
