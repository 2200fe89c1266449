"""What a client sends, made into values; raises OperationError with a sentence."""

from __future__ import annotations

import uuid
from typing import Any

from django.utils.translation import gettext as _

from agencies.models import Agency
from documents.operations.errors import OperationError
from lucngan.lib.text import one_line

#: A clause longer than this is refused with a sentence (a page has about 3,000 characters).
LONGEST = 200_000
#: A word longer than this is no word; breaking it into lines takes a printer minutes.
LONGEST_WORD = 1_000
#: The highest number that a row of clauses starts with.
HIGHEST_START = 999


def as_uuid(value: Any) -> uuid.UUID:
    try:
        return uuid.UUID(str(value))
    except ValueError:
        raise OperationError(_("Mã mục không đúng.")) from None


def clean(text: Any) -> str:
    """One line of NFC text; raises OperationError for something else or something far too long."""
    if not isinstance(text, str):
        raise OperationError(_("Nội dung phải là chữ."))
    if len(text) > LONGEST:
        raise OperationError(
            _("Một mục dài nhất %(n)s ký tự. Hãy tách thành nhiều mục.")
            % {"n": f"{LONGEST:,}".replace(",", ".")}
        )
    line = one_line("".join(c for c in text if is_letter(c)))
    if any(len(word) > LONGEST_WORD for word in line.split(" ")):
        raise OperationError(_("Có chữ dài quá 1.000 ký tự liền nhau, không in được. Hãy tách ra."))
    return line


def is_letter(c: str) -> bool:
    """Whether a character can be stored: no control sign, no half of a pair of UTF-16."""
    return (c >= " " or c in "\n\t") and not "\ud800" <= c <= "\udfff"


def choice(options: Any, value: Any) -> Any:
    try:
        return options(value)
    except ValueError:
        raise OperationError(_("Giá trị không có trong danh sách.")) from None


def list_of(value: Any) -> list[Any]:
    """A list as it was sent, none for null; raises OperationError for anything else."""
    if not isinstance(value or [], list):
        raise OperationError(_("Giá trị không có trong danh sách."))
    return value or []


def start_of(value: Any) -> int | None:
    """The number that a row starts with, 1 … 999, or null for the count."""
    if value is None or (type(value) is int and 1 <= value <= HIGHEST_START):
        return value
    raise OperationError(_("Số bắt đầu phải từ 1 đến 999."))


def table_of(value: Any) -> dict[str, Any] | None:
    """A table as ``{"rows": [[text]], "header_rows": n}``, or null."""
    if value is None:
        return None
    if not isinstance(value, dict) or not isinstance(value.get("rows"), list):
        raise OperationError(_("Bảng không đúng dạng."))
    rows = [[clean(cell) for cell in list_of(row)] for row in value["rows"]]
    heads = value.get("header_rows", 1)
    if not rows or not all(rows) or type(heads) is not int or not 0 <= heads <= len(rows):
        raise OperationError(_("Bảng không đúng dạng."))
    return {"rows": rows, "header_rows": heads}


def bodies_of(value: Any) -> list[dict[str, Any]]:
    """The preparing bodies of a clause; the agencies that they name exist."""
    bodies = [body_of(each) for each in list_of(value)]
    ids = {body["agency"] for body in bodies} - {None}
    if ids and Agency.objects.filter(pk__in=ids).count() != len(ids):
        raise OperationError(_("Cơ quan này không có trong danh mục. Hãy chọn lại."))
    return bodies


def body_of(asked: Any) -> dict[str, Any]:
    if not isinstance(asked, dict) or not isinstance(asked.get("name"), str) or not clean(asked["name"]):
        raise OperationError(_("Cơ quan chuẩn bị phải có tên."))
    agency = asked.get("agency")
    if agency is not None and (type(agency) is not int or not 0 < agency < 1 << 63):
        raise OperationError(_("Cơ quan này không có trong danh mục. Hãy chọn lại."))
    return {"name": clean(asked["name"])[:200], "agency": agency, "lead": bool(asked.get("lead"))}
