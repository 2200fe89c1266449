"""Word files (.docx): paragraphs, tables and text boxes in order, automatic labels resolved.

Every paragraph is a whole line; the table of the letterhead and the one of the signature give their
cells as lines; any other table becomes a :class:`paper.value.Table`. Headers and footers are left
out. A file of this house carries its Paper as data; that is used only where the visible words agree
with it (law 1 of the design).
"""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from typing import Any

from lxml import etree

from paper import json as paper_json
from paper.reading.numbering import Numbering, W
from paper.reading.result import Notice, Reading, Unreadable
from paper.reading.text import read_lines
from paper.reading.word import Walk, is_on
from paper.value import Paper

_SOURCE = "urn:van-ban:paper:1"
_LARGEST = 120 * 1024 * 1024


def read(data: bytes) -> Reading:
    """The Reading of a .docx; :class:`Unreadable` where its parts are no Word document."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as pack:
            document = _part(pack, "word/document.xml")
            styles = _part(pack, "word/styles.xml", needed=False)
            numbers = _part(pack, "word/numbering.xml", needed=False)
            footnotes = _part(pack, "word/footnotes.xml", needed=False)
            embedded = _embedded(pack)
    except (
        zipfile.BadZipFile,
        KeyError,
        OSError,
        NotImplementedError,
        RuntimeError,
        etree.XMLSyntaxError,
    ) as error:
        raise Unreadable("broken", "Tệp Word bị hỏng hoặc tải lên chưa đủ, không mở được.") from error
    walk = Walk(Numbering(numbers, styles), _capital_styles(styles), footnotes)
    body = document.find(f"{W}body")
    if body is None:
        raise Unreadable("broken", "Tệp Word không có phần nội dung.")
    walk.blocks(body)
    got = walk.got
    if not any(any(c.isalnum() for c in line.text) for line in got.lines):
        raise Unreadable("empty", "Tệp Word không có chữ nào để đọc.")
    for text in got.notes:
        got.add(text)
    reading = read_lines(got.lines, got.source, got.furniture, (), got.notices)
    return _with_embedded(reading, embedded, data)


def _part(pack: zipfile.ZipFile, name: str, *, needed: bool = True) -> Any:
    if not needed and name not in pack.namelist():
        return None
    if pack.getinfo(name).file_size > _LARGEST:
        raise KeyError(name)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True, recover=False)
    return etree.fromstring(pack.read(name), parser)


def _embedded(pack: zipfile.ZipFile) -> str | None:
    """The Paper's JSON that this house puts into its files."""
    for name in pack.namelist():
        if re.fullmatch(r"customXml/item\d+\.xml", name) and pack.getinfo(name).file_size < 20 * 1024 * 1024:
            root = _part(pack, name)
            if root.tag == f"{{{_SOURCE}}}paper":
                return "".join(root.itertext())
    return None


def _with_embedded(reading: Reading, data: str | None, file: bytes) -> Reading:
    if data is None:
        return reading
    paper = agreed(data, lambda paper: _agrees(paper, file))
    if isinstance(paper, Notice):
        return replace(reading, warnings=(paper, *reading.warnings))
    return exactly(reading, paper)


def _agrees(paper: Paper, file: bytes) -> bool:
    from paper.printing import agreement  # printing is heavy and only needed for our own files

    return agreement.docx(paper, file)


def agreed(data: str, agrees: Any) -> Paper | Notice:
    """The Paper of embedded data where the visible words agree with it, else a notice that says so."""
    try:
        paper = paper_json.loads(data)
    except ValueError:
        return Notice(
            "embedded.unreadable", "Dữ liệu kèm trong tệp không đọc được; đã đọc phần chữ nhìn thấy."
        )
    try:
        same = bool(agrees(paper))
    except (ValueError, RuntimeError, OSError):
        same = False
    if same:
        return paper
    return Notice(
        "embedded.differs",
        "Dữ liệu kèm trong tệp khác với phần chữ nhìn thấy; đã đọc phần chữ nhìn thấy.",
    )


def exactly(reading: Reading, paper: Paper) -> Reading:
    """A Reading with the embedded Paper; spans stay where the clauses are the same ones."""
    paths = [path for path, _ in paper.clauses()]
    spans = reading.spans if [s.path for s in reading.spans] == paths else ()
    return Reading(paper, reading.source, (), (), (), spans, exact=True)


def _capital_styles(styles: Any) -> set[str]:
    """Paragraph styles that print capitals."""
    if styles is None:
        return set()
    return {
        style.get(f"{W}styleId") for style in styles.iter(f"{W}style") if is_on(style.find(f"{W}rPr/{W}caps"))
    }
