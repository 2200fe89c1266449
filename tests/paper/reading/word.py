"""Small Word files for the tests, made with python-docx and plain XML."""

from __future__ import annotations

import io
from typing import Any

from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls


def document() -> Any:
    return Document()


def as_bytes(doc: Any) -> bytes:
    out = io.BytesIO()
    doc.save(out)
    return out.getvalue()


def numbering(doc: Any, xml: str) -> None:
    """Replace the numbering part's definitions."""
    element = doc.part.numbering_part.element
    for child in list(element):
        element.remove(child)
    for child in parse_xml(f"<w:numbering {nsdecls('w')}>{xml}</w:numbering>"):
        element.append(child)


def level(at: int, form: str, text: str, start: int = 1) -> str:
    return (
        f'<w:lvl w:ilvl="{at}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/>'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


def abstract(key: int, *levels: str) -> str:
    return f'<w:abstractNum w:abstractNumId="{key}">{"".join(levels)}</w:abstractNum>'


def num(key: int, target: int, start: int | None = None) -> str:
    override = (
        f'<w:lvlOverride w:ilvl="0"><w:startOverride w:val="{start}"/></w:lvlOverride>'
        if start is not None
        else ""
    )
    return f'<w:num w:numId="{key}"><w:abstractNumId w:val="{target}"/>{override}</w:num>'


def numbered(doc: Any, text: str, key: int, at: int = 0) -> Any:
    p = doc.add_paragraph(text)
    xml = f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{at}"/><w:numId w:val="{key}"/></w:numPr>'
    p._element.get_or_add_pPr().append(parse_xml(xml))
    return p


def styled_numbering(doc: Any, style: str, key: int) -> None:
    """Let a paragraph style bring a list."""
    xml = f'<w:numPr {nsdecls("w")}><w:numId w:val="{key}"/></w:numPr>'
    doc.styles[style].element.get_or_add_pPr().append(parse_xml(xml))
