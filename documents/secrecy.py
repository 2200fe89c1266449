"""State secrets: taken only where the operator says that the network may hold them."""

from __future__ import annotations

from django.conf import settings
from django.utils.translation import gettext as _

from documents.models import Document
from documents.operations import OperationError

#: What is printed for each degree, whatever the language of the reader.
MARKS = {"mat": "MẬT", "toi_mat": "TỐI MẬT", "tuyet_mat": "TUYỆT MẬT"}


def mark_of(document: Document) -> str | None:
    """The words of the paper's mark, None for a paper that is no secret."""
    return MARKS.get(document.secrecy)


def degree_of(mark: str | None) -> str:
    """The degree that a printed mark stands for, "" for none."""
    return next((degree for degree, words in MARKS.items() if words == mark), "")


def check(secrecy: str) -> None:
    """Raises OperationError for a secret paper where none may be."""
    if secrecy and not settings.SECRETS_ALLOWED:
        raise OperationError(refusal())


def refusal() -> str:
    """Why a secret paper is not taken here, as a sentence."""
    return _("Hệ thống này không được phép xử lý văn bản mật. Hãy làm trên hệ thống riêng.")
