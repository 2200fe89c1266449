"""Why an operation cannot be done."""

from __future__ import annotations

from django.utils.translation import gettext as _

from documents.models import Clause


class OperationError(ValueError):
    """The operation cannot be done; the message is for the person who typed."""


class Conflict(OperationError):
    """Somebody else changed the clause since: both texts are kept, the person chooses."""

    def __init__(self, clause: Clause) -> None:
        super().__init__(_("Người khác vừa sửa mục này. Hãy chọn bản giữ lại."))
        self.clause = clause


class Gone(OperationError):
    """The clause was removed by somebody else; the typed text is still with the person."""
