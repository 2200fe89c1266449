"""The book on paper and as a spreadsheet, in cover and columns of NĐ 30/2020, Phụ lục IV.

The book is Vietnamese whatever the language of the person who prints it.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from documents.models import Document, NumberSeries, RegisterEntry
from documents.papers import lines_of
from documents.register.book import Gap, Part, Proof, proof
from documents.register.sent import Sent, sent_of
from documents.register.strays import Stray, strays
from documents.services import KIND_CODES
from lucngan.lib.dates import short
from paper.printing import register as print_of

State = RegisterEntry.State
#: Characters that stand in a millimetre of a column.
PER_MM = 0.62
#: Points that a line of words takes in a row.
LINE = 15
_SIDE = Side(style="thin", color="808080")
_FRAME = Border(left=_SIDE, right=_SIDE, top=_SIDE, bottom=_SIDE)
_FONT = "Times New Roman"


@dataclass(frozen=True, slots=True)
class Content:
    """A part of a book, loaded: its rows in order, what deliveries say, its proof, its strays."""

    series: NumberSeries
    part: Part
    entries: list[RegisterEntry]
    sent: dict[int, Sent]
    proof: Proof
    strays: list[Stray]

    def lines(self) -> Iterator[RegisterEntry | Gap]:
        """Entries and missing numbers in the order of the numbers."""
        gaps = list(self.proof.gaps)
        for entry in self.entries:
            while gaps and gaps[0].first < entry.number:
                yield gaps.pop(0)
            yield entry
        yield from gaps


def content(series: NumberSeries, part: Part) -> Content:
    """Load what a part of the book says."""
    rows = series.entries.filter(number__range=(part.first, part.last)).order_by("number")
    entries = list(
        rows.select_related("series__issuing_body", "document").prefetch_related("shared__document")
    )
    astray = [
        each
        for each in strays([series.issuing_body_id])
        if each.series == series and part.first <= (each.document.number or 0) <= part.last
    ]
    counted = proof(series, part.first, part.last)
    return Content(series, part, entries, sent_of(entries), counted, astray)


def remark(entry: RegisterEntry) -> str:
    """The last column: what became of the number, and the note."""
    said = []
    if entry.state == State.CANCELLED:
        said.append(f"Số đã hủy: {entry.reason}")
    elif entry.state == State.RESERVED:
        said.append(f"Số đang giữ: {entry.reason}")
    if entry.document and entry.document.state == Document.State.REVOKED:
        said.append("Văn bản đã thu hồi")
    said += [f"Trùng số: {each.document} ({each.reason})" for each in entry.shared.all()]
    return "; ".join([*said, *([entry.note] if entry.note else [])])


def row(entry: RegisterEntry, sent: Sent) -> tuple[str, ...]:
    """An entry in the ten columns, as words."""
    return (
        entry.full_number,
        short(entry.dated_on) if entry.dated_on else "",
        entry.title,
        entry.signer,
        entry.recipients,
        entry.holder,
        "" if sent.copies is None else str(sent.copies),
        short(sent.on) if sent.on else "",
        entry.received_by,
        remark(entry),
    )


def missing(gap: Gap) -> tuple[str, ...]:
    """The line of numbers that never stood in the book."""
    return (str(gap), *[""] * (len(print_of.COLUMNS) - 2), "Khuyết: chưa vào sổ")


def group_name(series: NumberSeries) -> str:
    """Which papers stand in the book, in words."""
    kinds = {code: name.capitalize() for name, code in KIND_CODES.items()}
    name = "Tất cả các loại" if series.group == "*" else kinds.get(series.group, series.group)
    return f"{name} (văn bản mật)" if series.secret else name


def facts(book: Content) -> tuple[str, ...]:
    """The lines of the cover below the title."""
    days = [entry.dated_on for entry in book.entries if entry.dated_on]
    since = f"Từ ngày {short(min(days))} đến ngày {short(max(days))}" if days else ""
    scope = book.series.scope_name
    lines = (
        scope[:1].upper() + scope[1:],
        f"Loại văn bản: {group_name(book.series)}",
        since,
        f"Từ số {book.part.first:02d} đến số {book.part.last:02d}",
    )
    return tuple(line for line in lines if line)


def closing(book: Content) -> tuple[str, ...]:
    """Whether a number is missing; the numbers that no paper bears, with their reasons."""
    counted = book.proof
    if counted.last < counted.first:
        return ("Kết sổ: chưa có số nào.",)
    span = f"Kết sổ: từ số {counted.first:02d} đến số {counted.last:02d} có "
    kinds = [f"{counted.used} số đã dùng"]
    kinds += [f"{counted.reserved} số đang giữ"] if counted.reserved else []
    kinds += [f"{counted.cancelled} số đã hủy"] if counted.cancelled else []
    gap = f"khuyết {len(counted.missing)} số" if counted.missing else "không khuyết số nào"
    said = [f"{span}{', '.join(kinds)}; {gap}."]
    if counted.missing:
        said.append(f"Số khuyết (chưa vào sổ): {', '.join(map(str, counted.gaps))}.")
    for state, words in ((State.CANCELLED, "Số đã hủy"), (State.RESERVED, "Số đang giữ")):
        rows = [f"{e.number:02d} ({e.reason.rstrip('.')})" for e in book.entries if e.state == state]
        said += [f"{words}: {', '.join(rows)}."] if rows else []
    if book.strays:
        papers = [f"{each.number} {each.document}".rstrip(".") for each in book.strays]
        said.append(f"Văn bản chưa vào sổ, cần xử lý: {'; '.join(papers)}.")
    return tuple(said)


def value(book: Content) -> print_of.Book:
    """The book as the printer takes it."""
    body = book.series.issuing_body
    rows = tuple(
        missing(line) if isinstance(line, Gap) else row(line, book.sent[line.pk]) for line in book.lines()
    )
    return print_of.Book(
        superior=lines_of(body.superior_lines),
        issuer=lines_of(body.letterhead_lines),
        facts=facts(book),
        volume=f"Quyển số: {book.part.volume:02d}",
        rows=rows,
        closing=closing(book),
    )


def as_pdf(series: NumberSeries, part: Part) -> bytes:
    """The book on lying A4: cover, table, closing."""
    return print_of.render(value(content(series, part)))


def as_xlsx(series: NumberSeries, part: Part) -> bytes:
    """The book as a spreadsheet: a cover, then real dates under a header that stays and repeats."""
    book = content(series, part)
    printed = value(book)
    made = Workbook()
    cover = made.active
    assert isinstance(cover, Worksheet)
    cover.title = "Bìa"
    write_cover(cover, printed)
    sheet = made.create_sheet("Sổ văn bản đi")
    write_table(sheet, book, printed)
    made.active = sheet
    cover.sheet_view.tabSelected = False
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def write_cover(sheet: Worksheet, printed: print_of.Book) -> None:
    """The cover: one wide column, centred on the page."""
    lines = [(line, 14, False) for line in printed.superior]
    lines += [(line, 14, True) for line in printed.issuer]
    lines += [("", 14, False)] * 4 + [(print_of.TITLE, 26, True), ("", 14, False)]
    lines += [(line, 15, False) for line in printed.facts]
    lines += [("", 14, False)] * 3 + [(printed.volume, 15, True)]
    for at, (words, size, bold) in enumerate(lines, start=1):
        cell = sheet.cell(at, 1, safe(words))
        cell.font = Font(name=_FONT, size=size, bold=bold)
        cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
        sheet.row_dimensions[at].height = size * 1.6
    sheet.column_dimensions["A"].width = 118
    lay(sheet)
    sheet.print_options.horizontalCentered = sheet.print_options.verticalCentered = True


def write_table(sheet: Worksheet, book: Content, printed: print_of.Book) -> None:
    """The ten columns, the rows, and below them what the closing says."""
    for at, (name, width) in enumerate(print_of.COLUMNS, start=1):
        head(sheet.cell(1, at, name), bold=True)
        head(sheet.cell(2, at, f"({at})"), bold=False)
        sheet.column_dimensions[get_column_letter(at)].width = width * PER_MM
    sheet.row_dimensions[1].height = 3 * LINE
    for at, (line, words) in enumerate(zip(book.lines(), printed.rows, strict=True), start=3):
        cells: list[object] = [safe(word) or None for word in words]
        if isinstance(line, RegisterEntry):
            sent = book.sent[line.pk]
            cells[1], cells[6], cells[7] = line.dated_on, sent.copies, sent.on
        for column, cell in enumerate(cells, start=1):
            fill(sheet.cell(at, column, cell))
        sheet.row_dimensions[at].height = LINE * height(words)
    below = 4 + len(printed.rows)
    for at, sentence in enumerate(printed.closing, start=below):
        cell = sheet.cell(at, 1, safe(sentence))
        cell.font = Font(name=_FONT, size=12, bold=at == below)
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        sheet.merge_cells(start_row=at, end_row=at, start_column=1, end_column=len(print_of.COLUMNS))
        sheet.row_dimensions[at].height = 1.1 * LINE * (1 + len(sentence) // 140)
    sheet.freeze_panes = "A3"
    sheet.print_title_rows = "1:2"
    sheet.oddFooter.center.text = "&P/&N"
    lay(sheet)


def head(cell: Cell, *, bold: bool) -> None:
    """A cell of the header."""
    cell.font = Font(name=_FONT, size=11, bold=bold, italic=not bold)
    cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
    cell.border = _FRAME


def fill(cell: Cell) -> None:
    """A cell of a row: dates as days, the number of sheets in the middle."""
    cell.font = Font(name=_FONT, size=11)
    cell.alignment = Alignment(
        wrap_text=True, vertical="top", horizontal="center" if cell.column == 7 else "left"
    )
    cell.border = _FRAME
    if cell.column in (2, 8):
        cell.number_format = "dd/mm/yyyy"


def height(words: Iterable[str]) -> int:
    """Lines that the fullest cell of a row needs; a spreadsheet that is made does not measure."""
    widths = [width * PER_MM for _name, width in print_of.COLUMNS]
    return max(1 + int(len(word) / room) for word, room in zip(words, widths, strict=True))


def lay(sheet: Worksheet) -> None:
    """Lying A4, as wide as the page."""
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.page_margins.left, sheet.page_margins.right = 0.7, 0.5
    sheet.page_margins.top = sheet.page_margins.bottom = 0.6


def safe(word: str) -> str:
    """Words that a spreadsheet would take for a formula are kept as words."""
    return f"'{word}" if word.startswith(("=", "+", "-", "@", "\t")) else word
