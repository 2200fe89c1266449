"""The journal as a file: CSV that Excel opens with its Vietnamese letters, or a workbook."""

from __future__ import annotations

import csv
import io
import itertools
import re
from collections.abc import Iterable, Iterator
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell

from audit.models import Entry

#: What a workbook holds at most; a longer journal is asked for by days, or as CSV.
MOST_ROWS = 50_000
#: Signs that XML, and so a workbook, cannot hold.
_UNWRITABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


class TooMuchError(ValueError):
    """The journal is longer than a workbook may be; the text is a sentence for the person."""


class _Line:
    """What csv writes into: it gives the line back."""

    def write(self, line: str) -> str:
        return line


def heads() -> list[str]:
    return [
        _("Lúc"),
        _("Người làm"),
        _("Làm thay"),
        _("Việc"),
        _("Đối tượng"),
        _("Trước"),
        _("Sau"),
        _("Ghi chú"),
        _("Cơ quan ban hành"),
        _("Mã yêu cầu"),
    ]


def row(entry: Entry, bodies: dict[int, str]) -> list[str]:
    """The words of an entry behind its time."""
    return [
        entry.actor_name or _("Hệ thống"),
        entry.acting_for_name,
        entry.sentence,
        entry.subject,
        entry.was,
        entry.became,
        entry.note,
        bodies.get(entry.issuing_body_id or 0, ""),
        entry.request_id,
    ]


def inert(text: str) -> str:
    """A cell that a spreadsheet would take for a formula is shown as the words that it is."""
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text


def lines_of_csv(entries: Iterable[Entry], bodies: dict[int, str]) -> Iterator[str]:
    """The file line by line, with the mark by which Excel knows UTF-8."""
    writer = csv.writer(_Line())
    yield "\ufeff" + writer.writerow(heads())
    for entry in entries:
        at = timezone.localtime(entry.at).strftime("%d/%m/%Y %H:%M:%S")
        yield writer.writerow([at, *(inert(text) for text in row(entry, bodies))])


def workbook(entries: Iterable[Entry], bodies: dict[int, str]) -> io.BytesIO:
    """The workbook as a file; raises TooMuchError where it would be too long."""
    rows = list(itertools.islice(entries, MOST_ROWS + 1))
    if len(rows) > MOST_ROWS:
        raise TooMuchError(
            _("Nhật ký dài hơn %(most)s dòng. Hãy chọn ít ngày hơn, hoặc tải CSV.") % {"most": MOST_ROWS}
        )
    book = Workbook(write_only=True)
    sheet = book.create_sheet(_("Nhật ký"))
    sheet.freeze_panes = "A2"
    for letter, width in zip("ABCDEFGHIJ", (19, 24, 24, 32, 60, 18, 18, 60, 32, 34), strict=True):
        sheet.column_dimensions[letter].width = width
    sheet.append(heads())
    for entry in rows:
        sheet.append([_time(sheet, entry), *(_words(sheet, text) for text in row(entry, bodies))])
    file = io.BytesIO()
    book.save(file)
    file.seek(0)
    return file


def _time(sheet: Any, entry: Entry) -> Any:
    cell = WriteOnlyCell(sheet, timezone.localtime(entry.at).replace(tzinfo=None, microsecond=0))
    cell.number_format = "dd/mm/yyyy hh:mm:ss"
    return cell


def _words(sheet: Any, text: str) -> Any:
    """Words, whatever they begin with."""
    cell = WriteOnlyCell(sheet, _UNWRITABLE.sub("", text))
    cell.data_type = "s"
    return cell
