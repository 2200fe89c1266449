"""Does a file still say what the Paper inside it says?

A PDF or DOCX of this house carries the exact Paper as data. Someone may have changed the visible
words since, so a reader uses that data only where these functions say that both are equal.
"""

from __future__ import annotations

import io
import re
import unicodedata
import zipfile
from collections.abc import Iterator
from html import unescape
from typing import Any

from paper.forms import Profile, forms_of
from paper.printing import completeness
from paper.printing import docx as word
from paper.printing.html import html
from paper.value import Clause, Paper, walk

_TAG = re.compile(r"<[^>]*>")
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
#: A text part of a Word file larger than this is no office paper.
_LARGEST = 60_000_000

#: A paragraph as compared: words, numbering instance by first use, level, shape of the label, start.
_Paragraph = tuple[str, int | None, int, str, str]


def pdf(paper: Paper, data: bytes) -> bool:
    """True where the visible words of the PDF are exactly those ``paper`` prints in one of its forms.

    Raises NoPoppler without poppler-utils and ValueError for bytes that are no readable PDF.
    """
    return any(
        _same(_squeeze(completeness.text(data, form)), spoken(paper, form), paper) for form in forms_of(paper)
    )


def _same(there: str, wanted: str, paper: Paper) -> bool:
    """Equal words; the header of a table may stand again on each page the table reaches."""
    if there == wanted:
        return True
    for clause in _clauses(paper):
        if clause.table is not None:
            head = _squeeze("".join(c for row in clause.table.rows[: clause.table.header_rows] for c in row))
            if head:
                there, wanted = there.replace(head, ""), wanted.replace(head, "")
    return there == wanted


def _clauses(paper: Paper) -> Iterator[Clause]:
    for body in (paper.body, *(appendix.body for appendix in paper.appendices)):
        yield from (clause for _, clause in walk(body))


def docx(paper: Paper, data: bytes) -> bool:
    """True where paragraphs and labels of the DOCX are exactly those of ``paper`` in one of its forms.

    Saving again in Word changes neither; editing a word, a label or the order does. Raises
    ValueError for bytes that are no readable DOCX.
    """
    there = list(_paragraphs(data))
    return any(there == list(_paragraphs(word.render(paper, form, source=False))) for form in forms_of(paper))


def spoken(paper: Paper, form: Profile) -> str:
    """All printed words of a paper in order, without blanks."""
    body = html(paper, form).partition("</head>")[2]
    return _squeeze(unescape(_TAG.sub("", body)))


def _squeeze(text: str) -> str:
    return "".join(unicodedata.normalize("NFC", text).split())


def _paragraphs(data: bytes) -> Iterator[_Paragraph]:
    """Every paragraph of the main text that has words or a label, in order."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            document, numbering = (
                _part(package, name) for name in ("word/document.xml", "word/numbering.xml")
            )
        body = etree.fromstring(document, parser)
        lists = _lists(etree.fromstring(numbering, parser)) if numbering else {}
    except (zipfile.BadZipFile, KeyError, etree.XMLSyntaxError) as error:
        raise ValueError("Tệp DOCX không đọc được.") from error
    seen: dict[str, int] = {}
    for paragraph in body.iter(f"{_W}p"):
        text = _squeeze("".join(t.text or "" for t in paragraph.iter(f"{_W}t")))
        number, level = _numbering(paragraph)
        if number is None:
            if text:
                yield text, None, 0, "", ""
            continue
        shape, start = lists.get((number, level), ("", ""))
        yield text, seen.setdefault(number, len(seen)), level, shape, start


def _part(package: zipfile.ZipFile, name: str) -> bytes:
    if name not in package.namelist():
        return b""
    if package.getinfo(name).file_size > _LARGEST:
        raise KeyError(name)
    return package.read(name)


def _numbering(paragraph: Any) -> tuple[str | None, int]:
    properties = paragraph.find(f"{_W}pPr/{_W}numPr")
    if properties is None or properties.find(f"{_W}numId") is None:
        return None, 0
    level = properties.find(f"{_W}ilvl")
    return properties.find(f"{_W}numId").get(f"{_W}val"), int(
        level.get(f"{_W}val")
    ) if level is not None else 0


def _lists(numbering: Any) -> dict[tuple[str, int], tuple[str, str]]:
    """Shape of the label and start of every level of every numbering instance."""
    shapes: dict[str, dict[int, str]] = {}
    for abstract in numbering.iter(f"{_W}abstractNum"):
        levels = {int(lvl.get(f"{_W}ilvl")): _shape(lvl) for lvl in abstract.iter(f"{_W}lvl")}
        shapes[abstract.get(f"{_W}abstractNumId")] = levels
    out: dict[tuple[str, int], tuple[str, str]] = {}
    for instance in numbering.iter(f"{_W}num"):
        starts = {
            int(o.get(f"{_W}ilvl")): o.find(f"{_W}startOverride").get(f"{_W}val")
            for o in instance.iter(f"{_W}lvlOverride")
            if o.find(f"{_W}startOverride") is not None
        }
        levels = shapes.get(instance.find(f"{_W}abstractNumId").get(f"{_W}val"), {})
        for level, shape in levels.items():
            out[instance.get(f"{_W}numId"), level] = (shape, starts.get(level, ""))
    return out


def _shape(level: Any) -> str:
    parts = (level.find(f"{_W}{name}") for name in ("numFmt", "lvlText"))
    return " ".join(part.get(f"{_W}val") if part is not None else "" for part in parts)
