"""DOCX of a Paper that stays editable: real styles, automatic numbering, a page field in the header.

A reader finds the parts by their paragraph styles (:class:`paper.printing.word_styles.Part`):

==========================  ==================================================================
style                       holds
==========================  ==================================================================
VB Cơ quan chủ quản         one line of the superior body, one paragraph a line
VB Cơ quan ban hành         one line of the issuing body, one paragraph a line
VB Quốc hiệu, VB Tiêu ngữ   the national title or the party title: never part of the Paper
VB Dấu sao, VB Đường kẻ     asterisk and drawn rules: never part of the Paper
VB Số ký hiệu               number and symbol as printed, with the gap of a draft
VB Địa danh ngày tháng      place and date as printed, with the gaps of a draft
VB Độ khẩn                  urgency
VB Tên loại                 kind
VB Trích yếu                one line of the subject; VB Trích yếu công văn where there is no kind
VB Gạch dưới trích yếu      "-----": never part of the Paper
VB Kính gửi                 "Kính gửi: X", or "Kính gửi:" alone before several addressees
VB Nơi kính gửi             one addressee, "- X;"
VB Nội dung                 a clause; its label is automatic numbering (w:numPr)
VB Căn cứ                   a legal basis before the text
VB Đề mục 1 … 6             a heading, by depth
VB Chú dẫn                  a preparing note on a line of its own
VB Ô bảng, VB Đầu bảng      cells of a table in the text
VB Nơi nhận                 "Nơi nhận:"
VB Dòng nơi nhận            one recipient with its sign, end sign and, alone, "(purpose)"
VB Mục đích nhận            "(purpose)" beside the brace of the recipients in the same inner table
VB Thẩm quyền ký            one line of authority; VB Chức vụ, VB Họ tên người ký
VB Phụ lục, VB Tên phụ lục  label and title of an appendix
VB Chú thích cuối           a footnote after the signature, numbered "[1]"
VB Chỗ nối                  an empty paragraph that Word needs after a table
VB Dấu kết thúc             character style of the end mark inside the last clause
==========================  ==================================================================

The Paper's JSON travels as a custom XML part (:data:`SOURCE_PART`), to be used only where the file
agrees with it (:func:`paper.printing.agreement.docx`). The same Paper gives the same bytes.
"""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from collections.abc import Iterable
from typing import Any
from xml.sax.saxutils import escape

from docx import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.opc.constants import RELATIONSHIP_TYPE as REL
from docx.opc.packuri import PackURI
from docx.opc.part import Part as PackagePart
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt

from paper import json as paper_json
from paper.forms import Below, Face, Profile
from paper.printing import measure, words
from paper.printing import word_parts as parts
from paper.printing.html import checked
from paper.printing.word_numbering import Number, Numbering
from paper.printing.word_styles import Part, coloured, heading, install
from paper.value import Appendix, Clause, Paper, Role

SOURCE_PART = "/customXml/item1.xml"
SOURCE_NAMESPACE = "urn:van-ban:paper:1"
_NO_DAY = dt.date(2000, 1, 1)
#: What XML cannot hold: control characters, lone surrogates, non-characters.
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def render(paper: Paper, profile: Profile | None = None, *, source: bool = True) -> bytes:
    """The paper as DOCX; ``source=False`` leaves the custom XML part out.

    Raises ValueError when the profile is of the other regime.
    """
    return _Writer(paper, checked(paper, profile)).write(source=source)


def plain(text: str) -> str:
    """Text as XML can hold it: a control character stands as its code, "[U+0000]"."""
    return _NO_XML.sub(lambda m: f"[U+{ord(m[0]):04X}]", text)


class _Writer:
    """Builds one document from top to bottom."""

    def __init__(self, paper: Paper, form: Profile) -> None:
        self.paper, self.form = paper, form
        self.document: Any = Document()
        self.numbering = Numbering(form.indent)
        self.braces = 0
        self.width = form.text_width

    def write(self, *, source: bool) -> bytes:
        self._empty_template()
        install(self.document, self.form)
        coloured(self.document.styles[Part.URGENCY], self.form.urgency_colour)
        self._page(self.document.sections[0])
        self._letterhead()
        self._name()
        self._addressees()
        body, notes = words.split_footnotes(self.paper.body)
        self._body(body, end_mark=self.paper.end_mark)
        self._closing()
        self._clauses(notes, Part.FOOTNOTE)
        for appendix in self.paper.appendices:
            self._appendix(appendix)
        self._numbering_part()
        for part in (self.document.element, self.document.styles.element):
            parts.in_order(part)
        self._properties()
        if source:
            self._source()
        return _same_bytes(self.document)

    # -- the package ------------------------------------------------------------------------

    def _empty_template(self) -> None:
        """Keep of python-docx's template only what a paper needs."""
        part = self.document.part
        keep = {REL.STYLES, REL.SETTINGS, REL.NUMBERING, REL.FONT_TABLE}
        for key in [k for k, r in part.rels.items() if r.reltype not in keep]:
            del part.rels[key]
        package = part.package
        for key in [k for k, r in package.rels.items() if "thumbnail" in r.reltype]:
            del package.rels[key]
        settings = self.document.settings.element
        for child in list(settings):
            settings.remove(child)
        settings.append(parse_xml(parts.SETTINGS))

    def _page(self, section: Any) -> None:
        form = self.form
        section.page_width, section.page_height = Mm(form.page_width), Mm(form.page_height)
        if form.page_width > form.page_height:
            section.orientation = WD_ORIENT.LANDSCAPE
        section.top_margin, section.bottom_margin = Mm(form.margin_top), Mm(form.margin_bottom)
        section.left_margin, section.right_margin = Mm(form.margin_left), Mm(form.margin_right)
        section.header_distance, section.footer_distance = Mm(form.page_number_from_edge), Mm(10)
        section.different_first_page_header_footer = True
        if section.header.is_linked_to_previous:
            section.header.is_linked_to_previous = False
            header = section.header.paragraphs[0]
            header.style = self.document.styles["Header"]
            parts.xml(header).append(parse_xml(parts.page_field(form.page_number.size)))
            header.alignment = 1
            section.first_page_header.is_linked_to_previous = False

    def _numbering_part(self) -> None:
        element = self.document.part.numbering_part.element
        for child in list(element):
            element.remove(child)
        for child in parse_xml(f"<w:numbering {nsdecls('w')}>{self.numbering.xml()}</w:numbering>"):
            element.append(child)

    def _properties(self) -> None:
        core = self.document.core_properties
        day = dt.datetime.combine(self.paper.dated.date or _NO_DAY, dt.time())
        core.title, core.author = plain(words.title(self.paper))[:255], plain(words.author(self.paper))[:255]
        core.language, core.created, core.modified = "vi-VN", day, day
        core.last_modified_by, core.comments, core.revision = core.author, "", 1

    def _source(self) -> None:
        data = paper_json.dumps(self.paper)
        data = _NO_XML.sub(lambda m: f"\\u{ord(m[0]):04x}", data)
        blob = '<?xml version="1.0" encoding="UTF-8"?>\n'
        blob += f'<paper xmlns="{SOURCE_NAMESPACE}">{escape(data)}</paper>'
        package = self.document.part.package
        part = PackagePart(PackURI(SOURCE_PART), "application/xml", blob.encode(), package)
        self.document.part.relate_to(part, REL.CUSTOM_XML)

    # -- paragraphs -------------------------------------------------------------------------

    def add(self, text: str, style: str, into: Any = None) -> Any:
        paragraph = (into or self.document).add_paragraph(style=self.document.styles[style])
        if text:
            paragraph.add_run(plain(text))
        return paragraph

    def fill(self, cell: Any, lines: Iterable[tuple[str, str]]) -> None:
        """Put paragraphs into a cell in place of the empty one it is born with."""
        parts.xml(cell).remove(parts.xml(cell.paragraphs[0]))
        for text, style in lines:
            self.add(text, style, cell)
        if not cell.paragraphs:
            self.add("", Part.END, cell)

    def _rule(self, cell: Any, texts: Iterable[str], face: Face, share: float, room: float) -> Any:
        """A drawn rule below a text: an empty paragraph with a border, drawn in to the length."""
        longest = max((measure.length(t, face) for t in texts), default=0)
        margin = (room - min(longest, room) * share) / 2
        rule = self.add("", Part.RULE, cell)
        rule.paragraph_format.left_indent = rule.paragraph_format.right_indent = Mm(margin)
        parts.xml(rule).get_or_add_pPr().append(parse_xml(parts.TOP_BORDER))
        return rule

    # -- the parts of the paper ---------------------------------------------------------------

    def _letterhead(self) -> None:
        paper, form = self.paper, self.form
        rows = 2 if self._has_second_row() else 1
        table = self.document.add_table(rows=rows, cols=2)
        left_width, right_width = form.letterhead_left, self.width - form.letterhead_left
        parts.borderless(table, [left_width, right_width])
        left, right = table.rows[0].cells
        self.fill(
            left,
            [
                *((line, Part.SUPERIOR) for line in paper.superior),
                *((line, Part.ISSUER) for line in paper.issuer),
            ],
        )
        self._balance(left, left_width)
        if paper.issuer and form.issuer_below is Below.RULE:
            self._rule(left, paper.issuer, form.issuer, form.issuer_rule, left_width)
        elif paper.issuer and form.issuer_below is Below.ASTERISK:
            self.add("*", Part.STAR, left)
        titles = form.title.lines if paper.regime is not None else ()
        self.fill(right, [(t, Part.MOTTO if i else Part.TITLE) for i, (t, _) in enumerate(titles)])
        if titles:
            text, face = titles[-1]
            self._rule(right, [text], face, form.title.rule, right_width)
        if rows > 1:
            self._second_row(table.rows[1].cells)

    def _balance(self, cell: Any, room: float) -> None:
        """Draw in a name that takes several lines, so that they are about equally long."""
        faces = {Part.SUPERIOR: self.form.superior, Part.ISSUER: self.form.issuer}
        for paragraph in cell.paragraphs:
            face = faces.get(paragraph.style.name)
            if face is not None and measure.length(paragraph.text, face) > room:
                margin = (room - measure.block_width([paragraph.text], face, room)) / 2 - 0.5
                paragraph.paragraph_format.left_indent = Mm(max(margin, 0))
                paragraph.paragraph_format.right_indent = Mm(max(margin, 0))

    def _has_second_row(self) -> bool:
        paper = self.paper
        letter = bool(paper.subject) and not paper.kind
        return letter or words.has_number(paper) or words.has_date(paper) or bool(paper.marks)

    def _second_row(self, cells: Any) -> None:
        paper, form = self.paper, self.form
        left: list[tuple[str, str]] = []
        if words.has_number(paper):
            left.append((words.number_line(paper, form), Part.NUMBER))
        if not paper.kind:
            left += [(line, Part.ABOUT) for line in paper.subject]
        left += [(mark, Part.URGENCY) for mark in paper.marks]
        self.fill(cells[0], left)
        for n, mark in enumerate(reversed(paper.marks), start=1):
            parts.framed(cells[0].paragraphs[-n], mark, form)
        self.fill(cells[1], [(words.date_line(paper, form), Part.DATE)] if words.has_date(paper) else [])

    def _name(self) -> None:
        paper, form = self.paper, self.form
        if not paper.kind:
            self.add("", Part.END)
            return
        last = self.add(paper.kind, Part.KIND)
        for line in paper.subject:
            last = self.add(line, Part.SUBJECT)
        if form.subject_below is Below.RULE and paper.subject:
            last = self._rule(None, paper.subject, form.subject, form.subject_rule, self.width)
        elif form.subject_below is Below.DASHES:
            last = self.add(form.subject_below.value, Part.DASHES)
        last.paragraph_format.space_after = Pt(3)

    def _addressees(self) -> None:
        lines = self.paper.addressees
        if not lines:
            return
        word = self.form.addressees_word
        first = self.add(f"{word} {lines[0]}" if len(lines) == 1 else word, Part.TO)
        first.paragraph_format.left_indent = Mm(25)
        for i, line in enumerate(lines if len(lines) > 1 else ()):
            here = self.add(f"- {line}{'.' if i == len(lines) - 1 else ';'}", Part.ADDRESSEE)
            here.paragraph_format.left_indent = Mm(45)

    def _body(self, body: tuple[Clause, ...], *, end_mark: bool = False) -> None:
        last = self._clauses(body, Part.TEXT)
        if not end_mark:
            return
        if last is None:
            if body and not words.mark_after_table(self.form):
                return
            last = self.add("", Part.TEXT)
        closed = words.with_end_mark(last.text, self.form)
        last.add_run(closed[len(last.text) :], style=self.document.styles[Part.END_MARK])
        last.paragraph_format.keep_with_next = True

    def _clauses(self, body: tuple[Clause, ...], style: str) -> Any:
        """Clauses as paragraphs; gives the paragraph of the last one."""
        last, bases = None, words.bases(body)
        for path, clause, number in self.numbering.labels(body):
            if clause.label or clause.text or clause.table is None:
                basis = style == Part.TEXT and len(path) == 1 and path[0] in bases
                last = self._clause(clause, number, Part.BASIS if basis else style, len(path))
                last.paragraph_format.keep_with_next = clause.table is not None or None
            if clause.table is not None:
                parts.text_table(self, clause.table)
                last = None
        return last

    def _clause(self, clause: Clause, number: Number | None, style: str, depth: int) -> Any:
        if clause.role is Role.HEADING:
            style = heading(depth)
        elif clause.role is Role.NOTE:
            style = Part.NOTE
        paragraph = self.add(clause.text if number else words.labelled(clause), style)
        if number is not None:
            parts.numbered(paragraph, number)
        return paragraph

    def _closing(self) -> None:
        paper, form, sign = self.paper, self.form, self.paper.signature
        if not (paper.recipients or sign.authority or sign.position or sign.name):
            return
        before = self.add("", Part.END)
        before.paragraph_format.space_before, before.paragraph_format.keep_with_next = Pt(9), True
        table = self.document.add_table(rows=1, cols=2)
        parts.borderless(table, [form.recipients_width, self.width - form.recipients_width], together=True)
        left, right = table.rows[0].cells
        self._recipients(left)
        lines = [(line, Part.AUTHORITY) for line in sign.authority]
        lines += [(sign.position, Part.POSITION)] if sign.position else []
        lines += [(sign.name, Part.SIGNER)] if sign.name else []
        self.fill(right, [(text, str(style)) for text, style in lines])
        if sign.name:
            right.paragraphs[-1].paragraph_format.space_before = Mm(form.signature_space)
        self.add("", Part.END)

    def _recipients(self, cell: Any) -> None:
        paper, form = self.paper, self.form
        self.fill(cell, [(form.recipients_word, Part.RECIPIENTS)] if paper.recipients else [])
        for group in words.groups(paper.recipients):
            lines = [
                words.recipient_line(r, form, last=last, purpose=not group.braced)
                for i, r in enumerate(group.recipients)
                for last in (group.first + i == len(paper.recipients) - 1,)
            ]
            if group.braced:
                self._braced(cell, lines, f"({group.purpose})")
            else:
                for line in lines:
                    self.add(line, Part.RECIPIENT, cell)
        if parts.xml(cell)[-1].tag == qn("w:tbl"):
            self.add("", Part.END, cell)

    def _braced(self, cell: Any, lines: list[str], why: str) -> None:
        """Recipients of one purpose: an inner table of lines, a drawn brace and the purpose."""
        face, brace = self.form.recipients, 4.0
        why_width = measure.length(why, face) + 2
        room = self.form.recipients_width - why_width - brace - 1
        width = measure.block_width(lines, face, max(room, 30)) + 1
        height = sum(len(measure.lines(line, face, width)) for line in lines) * 1.15 * face.size
        table = cell.add_table(rows=1, cols=3)
        parts.borderless(table, [width, brace, why_width], middle=True)
        self.braces += 1
        who, drawing, purpose = table.rows[0].cells
        self.fill(who, [(line, str(Part.RECIPIENT)) for line in lines])
        self.fill(drawing, [("", Part.RECIPIENT)])
        parts.xml(drawing.paragraphs[0]).append(parse_xml(parts.brace(height, self.braces)))
        self.fill(purpose, [(why, Part.PURPOSE)])
        extra = cell.paragraphs[-1]
        if parts.xml(cell)[-1] is parts.xml(extra) and not extra.text:
            parts.xml(cell).remove(parts.xml(extra))

    def _appendix(self, appendix: Appendix) -> None:
        section = self.document.add_section(WD_SECTION.NEW_PAGE)
        section.different_first_page_header_footer = True
        properties = self.document.element.body.sectPr
        for old in properties.findall(qn("w:pgNumType")):
            properties.remove(old)
        properties.append(parse_xml(parts.START_AT_ONE))
        if appendix.label:
            self.add(appendix.label, Part.APPENDIX)
        self.add(appendix.title, Part.APPENDIX_TITLE)
        self._clauses(appendix.body, Part.TEXT)


def _same_bytes(document: Any) -> bytes:
    """The saved package with fixed times in its archive."""
    raw = io.BytesIO()
    document.save(raw)
    out = io.BytesIO()
    with zipfile.ZipFile(raw) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            info = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
            info.compress_type, info.external_attr = zipfile.ZIP_DEFLATED, 0o600 << 16
            new.writestr(info, old.read(name))
    return out.getvalue()
