"""The book on paper and as a spreadsheet, in the ten columns of NĐ 30/2020, Phụ lục IV."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterable

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter

from documents.models import NumberSeries, RegisterEntry
from documents.papers import lines_of
from lucngan.lib.dates import short
from paper.printing import pdf
from paper.value import Clause, Paper, Regime, Table

#: The legal columns, and their widths in a spreadsheet.
COLUMNS = (
    ("Số, ký hiệu văn bản", 16),
    ("Ngày tháng văn bản", 12),
    ("Tên loại và trích yếu nội dung văn bản", 48),
    ("Người ký", 20),
    ("Nơi nhận văn bản", 36),
    ("Đơn vị, người nhận bản lưu", 20),
    ("Số lượng bản", 9),
    ("Ngày chuyển", 12),
    ("Ký nhận", 16),
    ("Ghi chú", 28),
)
_SIDE = Side(style="thin", color="808080")


def remark(entry: RegisterEntry) -> str:
    """The last column: what became of the number, and the note."""
    said = []
    if entry.state == RegisterEntry.State.CANCELLED:
        said.append(f"Số đã hủy: {entry.reason}")
    elif entry.state == RegisterEntry.State.RESERVED:
        said.append(f"Số giữ: {entry.reason}")
    return "; ".join([*said, *([entry.note] if entry.note else [])])


def row(entry: RegisterEntry) -> tuple[str, ...]:
    """An entry in the ten columns, as words."""
    return (
        entry.full_number,
        short(entry.dated_on) if entry.dated_on else "",
        entry.title,
        entry.signer,
        entry.recipients,
        entry.holder,
        str(entry.copies or ""),
        short(entry.sent_on) if entry.sent_on else "",
        entry.received_by,
        remark(entry),
    )


def book(series: NumberSeries, entries: Iterable[RegisterEntry]) -> Paper:
    """The book as a paper: a title and one table whose header repeats on every page."""
    heads = tuple(name for name, _width in COLUMNS)
    numbers = tuple(f"({n})" for n in range(1, len(COLUMNS) + 1))
    rows = (heads, numbers, *(row(entry) for entry in entries))
    body = series.issuing_body
    return Paper(
        regime=Regime(body.regime),
        superior=lines_of(body.superior_lines),
        issuer=lines_of(body.letterhead_lines),
        place=body.place,
        kind="SỔ ĐĂNG KÝ VĂN BẢN ĐI",
        subject=(f"{series.label}, {series.scope_name}",),
        body=(Clause("", table=Table(rows, 2)),),
    )


def as_pdf(series: NumberSeries, entries: Iterable[RegisterEntry], today: dt.date) -> bytes:
    """The book on lying A4, in the form that held for its last paper."""
    paper = book(series, entries)
    days = series.entries.exclude(dated_on=None).order_by("-dated_on").values_list("dated_on", flat=True)
    profile = series.issuing_body.profile(days.first() or today)
    return pdf.render(paper, profile.turned(), source=False)


def as_xlsx(series: NumberSeries, entries: Iterable[RegisterEntry]) -> bytes:
    """The book as a spreadsheet: real dates, a header that stays and repeats, lying A4."""
    made = Workbook()
    sheet = made.active
    assert sheet is not None
    sheet.title = "Sổ văn bản đi"
    sheet.append([f"SỔ ĐĂNG KÝ VĂN BẢN ĐI: {series.issuing_body}, {series.label}, {series.scope_name}"])
    sheet["A1"].font = Font(bold=True, size=13)
    sheet.merge_cells(start_row=1, end_row=1, start_column=1, end_column=len(COLUMNS))
    sheet.append([name for name, _width in COLUMNS])
    sheet.append([f"({n})" for n in range(1, len(COLUMNS) + 1)])
    for entry in entries:
        words = list(row(entry))
        cells: list[object] = [safe(word) for word in words]
        cells[1], cells[6], cells[7] = entry.dated_on, entry.copies, entry.sent_on
        sheet.append(cells)
    for at, (_name, width) in enumerate(COLUMNS, start=1):
        sheet.column_dimensions[get_column_letter(at)].width = width
    for line in sheet.iter_rows(min_row=2):
        for cell in line:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            cell.border = Border(left=_SIDE, right=_SIDE, top=_SIDE, bottom=_SIDE)
            if cell.row <= 3:
                cell.font = Font(bold=cell.row == 2, italic=cell.row == 3)
            elif cell.column in (2, 8):
                cell.number_format = "dd/mm/yyyy"
    sheet.freeze_panes = "A4"
    sheet.print_title_rows = "2:3"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def safe(word: str) -> str:
    """Words that a spreadsheet would take for a formula are kept as words."""
    return f"'{word}" if word[:1] in "=+-@\t" else word
