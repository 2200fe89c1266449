"""The named styles of the Word file, made from a form profile.

Each part of a paper has a style of its own, so a person restyles it in one place in Word and a
reader finds it by name whatever it says.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from paper.forms import Below, Face, Profile

FONT = "Times New Roman"


class Part(StrEnum):
    """The style name of each part of a paper."""

    SUPERIOR = "VB Cơ quan chủ quản"
    ISSUER = "VB Cơ quan ban hành"
    STAR = "VB Dấu sao"
    TITLE = "VB Quốc hiệu"
    MOTTO = "VB Tiêu ngữ"
    RULE = "VB Đường kẻ"
    NUMBER = "VB Số ký hiệu"
    DATE = "VB Địa danh ngày tháng"
    URGENCY = "VB Độ khẩn"
    KIND = "VB Tên loại"
    SUBJECT = "VB Trích yếu"
    ABOUT = "VB Trích yếu công văn"
    DASHES = "VB Gạch dưới trích yếu"
    TO = "VB Kính gửi"
    ADDRESSEE = "VB Nơi kính gửi"
    TEXT = "VB Nội dung"
    HEADING = "VB Đề mục"
    """Followed by the level: "VB Đề mục 1" … "VB Đề mục 6"."""
    BASIS = "VB Căn cứ"
    NOTE = "VB Chú dẫn"
    CELL = "VB Ô bảng"
    CELL_HEAD = "VB Đầu bảng"
    RECIPIENTS = "VB Nơi nhận"
    RECIPIENT = "VB Dòng nơi nhận"
    PURPOSE = "VB Mục đích nhận"
    AUTHORITY = "VB Thẩm quyền ký"
    POSITION = "VB Chức vụ"
    SIGNER = "VB Họ tên người ký"
    FOOTNOTE = "VB Chú thích cuối"
    APPENDIX = "VB Phụ lục"
    APPENDIX_TITLE = "VB Tên phụ lục"
    END = "VB Chỗ nối"
    END_MARK = "VB Dấu kết thúc"
    """A character style."""


HEADING_LEVELS = 6


def heading(depth: int) -> str:
    """Style name of a heading at a depth counted from 1."""
    return f"{Part.HEADING} {min(depth, HEADING_LEVELS)}"


@dataclass(frozen=True, slots=True)
class _Look:
    part: str
    face: Face
    align: Any = WD_ALIGN_PARAGRAPH.CENTER
    line: float | None = None
    """Exact height of a line in points; None for single spacing."""
    before: float = 0
    keep: bool = False
    hanging: float = 0
    """Indent in mm of every line but the first."""


def install(document: Any, form: Profile) -> None:
    """Replace the template's styles by those of papers."""
    styles = document.styles
    kept = {"Normal", "Default Paragraph Font", "Normal Table", "No List", "Header"}
    for style in list(styles.element.findall(qn("w:style"))):
        if style.find(qn("w:name")).get(qn("w:val")) not in {*kept, "header"}:
            styles.element.remove(style)
    for link in styles.element.findall(f"{qn('w:style')}/{qn('w:link')}"):
        link.getparent().remove(link)
    _defaults(styles)
    normal = styles["Normal"]
    _letters(normal, form.body)
    normal.paragraph_format.space_after = Pt(0)
    for look in _looks(form):
        _add(styles, look)
    _text(styles, form)
    mark = styles.add_style(Part.END_MARK, WD_STYLE_TYPE.CHARACTER)
    mark.quick_style = True


def _defaults(styles: Any) -> None:
    """Language and font of everything; no theme font may come before them."""
    element = styles.element
    old = element.find(qn("w:docDefaults"))
    if old is not None:
        element.remove(old)
    defaults, rpr_default, rpr = (OxmlElement(n) for n in ("w:docDefaults", "w:rPrDefault", "w:rPr"))
    fonts, lang = OxmlElement("w:rFonts"), OxmlElement("w:lang")
    for where in ("ascii", "hAnsi", "cs", "eastAsia"):
        fonts.set(qn(f"w:{where}"), FONT)
    for where in ("val", "eastAsia", "bidi"):
        lang.set(qn(f"w:{where}"), "vi-VN")
    rpr.append(fonts)
    rpr.append(lang)
    rpr_default.append(rpr)
    defaults.append(rpr_default)
    defaults.append(OxmlElement("w:pPrDefault"))
    element.insert(0, defaults)


def _letters(style: Any, face: Face) -> None:
    font = style.font
    font.name, font.size = FONT, Pt(face.size)
    font.bold, font.italic, font.underline = face.bold, face.italic, face.underline
    fonts = style.element.rPr.rFonts
    for key in list(fonts.attrib):
        if "Theme" in key:
            del fonts.attrib[key]
    for where in ("cs", "eastAsia"):
        fonts.set(qn(f"w:{where}"), FONT)


def _looks(p: Profile) -> list[_Look]:
    left, line = WD_ALIGN_PARAGRAPH.LEFT, p.letterhead_line
    first, last = p.title.lines[0][1], p.title.lines[-1][1]
    small = Face(1)
    apart = 4 if p.issuer_below is Below.RULE else 0
    return [
        _Look(Part.SUPERIOR, p.superior, line=line),
        _Look(Part.ISSUER, p.issuer, line=line),
        _Look(Part.STAR, p.number.face, line=13),
        _Look(Part.TITLE, first, line=line),
        _Look(Part.MOTTO, last, line=line),
        _Look(Part.RULE, small, line=3, before=2),
        _Look(Part.NUMBER, p.number.face, line=line, before=apart),
        _Look(Part.DATE, p.date.face, line=line, before=apart),
        _Look(Part.URGENCY, p.urgency, before=4),
        _Look(Part.KIND, p.kind, before=16 if apart else 13, keep=True),
        _Look(Part.SUBJECT, p.subject, keep=True),
        _Look(Part.ABOUT, p.subject_of_letter, before=6),
        _Look(Part.DASHES, p.body, line=15, keep=True),
        _Look(Part.TO, p.addressees, align=left, before=12),
        _Look(Part.ADDRESSEE, p.addressees, align=left),
        _Look(Part.CELL, p.body, align=left, before=1),
        _Look(Part.CELL_HEAD, Face(p.body.size, bold=True), before=1),
        _Look(Part.RECIPIENTS, p.recipients_title, align=left),
        _Look(Part.RECIPIENT, p.recipients, align=left, hanging=2.2),
        _Look(Part.PURPOSE, p.recipients, align=left),
        _Look(Part.AUTHORITY, p.authority),
        _Look(Part.POSITION, p.position),
        _Look(Part.SIGNER, p.signer),
        _Look(Part.FOOTNOTE, p.footnote, align=WD_ALIGN_PARAGRAPH.JUSTIFY, before=4),
        _Look(Part.APPENDIX, p.appendix_label, keep=True),
        _Look(Part.APPENDIX_TITLE, p.appendix_title, keep=True),
        _Look(Part.END, small, align=left, line=1),
    ]


def _add(styles: Any, look: _Look) -> Any:
    style = styles.add_style(str(look.part), WD_STYLE_TYPE.PARAGRAPH)
    style.base_style = styles["Normal"]
    style.quick_style = True
    _letters(style, look.face)
    form = style.paragraph_format
    form.alignment = look.align
    form.space_before, form.space_after = Pt(look.before), Pt(0)
    form.keep_with_next = look.keep
    if look.hanging:
        form.left_indent, form.first_line_indent = Mm(look.hanging), Mm(-look.hanging)
    if look.line is not None:
        form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(look.line)
    return style


def _text(styles: Any, p: Profile) -> None:
    """The styles of the text: paragraphs, headings by level, preparing notes."""
    looks = [
        _Look(Part.TEXT, p.body, align=WD_ALIGN_PARAGRAPH.JUSTIFY, before=p.gap),
        _Look(Part.BASIS, p.basis, align=WD_ALIGN_PARAGRAPH.JUSTIFY, before=p.gap),
    ]
    looks += [
        _Look(heading(n), Face(p.body.size, bold=True), WD_ALIGN_PARAGRAPH.JUSTIFY, before=p.gap, keep=True)
        for n in range(1, HEADING_LEVELS + 1)
    ]
    looks.append(_Look(Part.NOTE, p.note, align=WD_ALIGN_PARAGRAPH.RIGHT, before=p.gap))
    for look in looks:
        style = _add(styles, look)
        form = style.paragraph_format
        form.widow_control = True
        form.first_line_indent = Mm(0 if look.part == Part.NOTE else p.indent)
        if p.exact_line:
            form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(p.line)
        else:
            form.line_spacing = round(p.line / (1.15 * p.body.size), 3)
        if look.part.startswith(f"{Part.HEADING} "):
            _outline(style, int(look.part.rsplit(" ", 1)[1]) - 1)


def _outline(style: Any, level: int) -> None:
    """Headings appear in Word's navigation pane."""
    outline = OxmlElement("w:outlineLvl")
    outline.set(qn("w:val"), str(level))
    style.element.get_or_add_pPr().append(outline)


def coloured(style: Any, colour: str) -> None:
    """Colour of a style's letters from a profile's "#rrggbb"."""
    style.font.color.rgb = RGBColor.from_string(colour.lstrip("#").upper())
