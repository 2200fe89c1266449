"""Pieces of WordprocessingML that python-docx has no call for."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm

from paper.forms import Profile
from paper.printing import measure
from paper.printing.word_numbering import Number
from paper.printing.word_styles import Part
from paper.value import Table

_EMU_POINT = 12700

#: Word 2013 and later, no compatibility mode.
SETTINGS = (
    f"<w:compat {nsdecls('w')}>"
    '<w:compatSetting w:name="compatibilityMode" w:val="15"'
    ' w:uri="http://schemas.microsoft.com/office/word"/>'
    "</w:compat>"
)
TOP_BORDER = f'<w:pBdr {nsdecls("w")}><w:top w:val="single" w:sz="6" w:space="0" w:color="000000"/></w:pBdr>'
START_AT_ONE = f'<w:pgNumType {nsdecls("w")} w:start="1"/>'


def xml(thing: Any) -> Any:
    """The XML element behind an object of python-docx, which gives it no public name."""
    return thing._element  # noqa: SLF001


def page_field(size: float) -> str:
    """A run with the page number as a field."""
    letters = f'<w:rPr><w:sz w:val="{round(size * 2)}"/></w:rPr>'
    return f'<w:fldSimple {nsdecls("w")} w:instr=" PAGE "><w:r>{letters}<w:t>2</w:t></w:r></w:fldSimple>'


def numbered(paragraph: Any, number: Number) -> None:
    """Let a paragraph take its label from a numbering instance."""
    numbering = xml(paragraph).get_or_add_pPr().get_or_add_numPr()
    numbering.get_or_add_ilvl().val = number.level
    numbering.get_or_add_numId().val = number.num


def borderless(table: Any, widths: list[float], *, together: bool = False, middle: bool = False) -> None:
    """A table of fixed columns (mm) without borders and cell margins; ``together`` keeps rows whole."""
    properties = xml(table).tblPr
    style = properties.find(qn("w:tblStyle"))
    if style is not None:
        properties.remove(style)
    table.autofit = False
    table.alignment = WD_TABLE_ALIGNMENT.LEFT
    properties.append(parse_xml(_no_margins()))
    for row in table.rows:
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = Mm(width)
            if middle:
                cell.vertical_alignment = 1
        if together:
            xml(row).get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)


def _no_margins() -> str:
    sides = "".join(f'<w:{side} w:w="0" w:type="dxa"/>' for side in ("top", "left", "bottom", "right"))
    return f"<w:tblCellMar {nsdecls('w')}>{sides}</w:tblCellMar>"


def framed(paragraph: Any, text: str, form: Profile) -> None:
    """A frame around an urgency mark, as long as its text."""
    sides = "".join(
        f'<w:{side} w:val="single" w:sz="8" w:space="3" w:color="{form.urgency_colour.lstrip("#")}"/>'
        for side in ("top", "left", "bottom", "right")
    )
    xml(paragraph).get_or_add_pPr().append(parse_xml(f"<w:pBdr {nsdecls('w')}>{sides}</w:pBdr>"))
    margin = max(0.0, (form.letterhead_left - measure.length(text, form.urgency) - 6) / 2)
    paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = Mm(margin)


def text_table(writer: Any, table: Table) -> None:
    """A table of the text: thin borders, header rows repeated on every page, rows never split."""
    columns = max((len(row) for row in table.rows), default=0)
    if not columns:
        return
    form = writer.form
    widths = measure.columns(table.rows, replace(form.body, bold=True), form.text_width, padding=5)
    drawn = writer.document.add_table(rows=0, cols=columns)
    drawn.autofit = False
    for column, width in zip(drawn.columns, widths, strict=True):
        column.width = Mm(width)
    xml(drawn).tblPr.append(parse_xml(_grid()))
    for i, row in enumerate(table.rows):
        here = drawn.add_row()
        properties = xml(here).get_or_add_trPr()
        properties.append(OxmlElement("w:cantSplit"))
        head = i < table.header_rows
        if head:
            properties.append(OxmlElement("w:tblHeader"))
        full = (*row, *[""] * (columns - len(row)))
        for cell, text, width in zip(here.cells, full, widths, strict=True):
            cell.width = Mm(width)
            writer.fill(cell, [(text, Part.CELL_HEAD if head else Part.CELL)])
        if form.joined and not head:
            goes_on = i + 1 < len(table.rows) and not table.rows[i + 1][0]
            _join(here.cells[0], not row[0], goes_on)
            for paragraph in (p for cell in here.cells for p in cell.paragraphs if goes_on):
                paragraph.paragraph_format.keep_with_next = True
    # The last row stays with what follows, so that no signature has a page of its own.
    below = writer.add("", Part.END)
    last = (p for cell in drawn.rows[-1].cells for p in cell.paragraphs)
    for paragraph in (*last, below):
        paragraph.paragraph_format.keep_with_next = True


def _join(cell: Any, above: bool, below: bool) -> None:
    """Take the lines between a cell and the empty ones of its group."""
    sides = [side for side, off in (("top", above), ("bottom", below)) if off]
    if sides:
        lines = "".join(f'<w:{side} w:val="nil"/>' for side in sides)
        xml(cell).get_or_add_tcPr().append(parse_xml(f"<w:tcBorders {nsdecls('w')}>{lines}</w:tcBorders>"))


def _grid() -> str:
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    lines = "".join(f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>' for side in sides)
    return f"<w:tblBorders {nsdecls('w')}>{lines}</w:tblBorders>"


def brace(height: float, number: int) -> str:
    """A run with a drawn right brace, ``height`` points tall: a shape that a person can still stretch."""
    size = f'cx="{round(7 * _EMU_POINT)}" cy="{round(height * _EMU_POINT)}"'
    spaces = (
        'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
        'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
        'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
        'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    )
    shape = (
        "<wps:wsp><wps:cNvSpPr/><wps:spPr>"
        f'<a:xfrm><a:off x="0" y="0"/><a:ext {size}/></a:xfrm>'
        '<a:prstGeom prst="rightBrace"><a:avLst><a:gd name="adj1" fmla="val 60000"/>'
        '<a:gd name="adj2" fmla="val 50000"/></a:avLst></a:prstGeom><a:noFill/>'
        '<a:ln w="9525"><a:solidFill><a:srgbClr val="000000"/></a:solidFill></a:ln>'
        "</wps:spPr><wps:bodyPr/></wps:wsp>"
    )
    return (
        f'<w:r {nsdecls("w")} {spaces}><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing>'
        f'<wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent {size}/>'
        f'<wp:docPr id="{number}" name="Dấu ngoặc" descr="Dấu ngoặc gộp nơi nhận cùng mục đích"/>'
        f'<a:graphic><a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape">'
        f"{shape}</a:graphicData></a:graphic></wp:inline></w:drawing></mc:Choice></mc:AlternateContent></w:r>"
    )


#: The order the schema asks for; python-docx appends what it does not know.
_ORDER = {
    "pPr": "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr "
    "shd tabs suppressAutoHyphens spacing ind contextualSpacing jc textAlignment outlineLvl rPr sectPr",
    "tblPr": "tblStyle tblW jc tblCellSpacing tblInd tblBorders shd tblLayout tblCellMar tblLook",
    "sectPr": "headerReference footerReference type pgSz pgMar paperSrc pgBorders lnNumType pgNumType cols "
    "titlePg docGrid",
}


def in_order(element: Any) -> None:
    """Sort the children of property elements as the schema orders them."""
    for name, order in _ORDER.items():
        ranks = {qn(f"w:{child}"): i for i, child in enumerate(order.split())}
        for properties in element.iter(qn(f"w:{name}")):
            children = sorted(properties, key=lambda child: ranks.get(child.tag, len(ranks)))
            for child in children:
                properties.append(child)
