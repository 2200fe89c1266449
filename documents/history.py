"""Writing the history of documents: one entry per thing done, in its transaction."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils.translation import gettext_lazy as _

from agencies.models import Person
from audit.actions import register
from documents.models import Document, DocumentLog

register(
    **{
        "document.create": _("lập dự thảo"),
        "document.copy": _("lập từ kỳ trước"),
        "document.accept": _("nhận từ tệp đã đọc"),
        "document.archive": _("đưa vào lưu trữ văn bản đã ban hành"),
        "document.details": _("sửa phần đầu, nơi nhận, người ký"),
        "document.delete": _("xóa dự thảo"),
    }
)


def log(
    document: Document,
    action: str,
    *,
    actor: Person | None,
    now: dt.datetime,
    acting_for: Person | None = None,
    note: str = "",
    before: str = "",
    after: str = "",
    **data: Any,
) -> DocumentLog:
    """Append one entry; call inside the transaction of the change."""
    entry: DocumentLog = DocumentLog.objects.append(
        document,
        action,
        actor=actor,
        now=now,
        acting_for=acting_for,
        document=document,
        note=note,
        before=before,
        after=after,
        data=data,
    )
    return entry
