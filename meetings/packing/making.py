"""Making a pack: attached files page by page, then the cover before them, stamps and bookmarks.

The cover is written last, for only then is known what could be put in and on which page it begins.
Pages are copied by reference: the sources stay open until the file is written, and no page's
content passes through memory.
"""

from __future__ import annotations

import errno
import logging
import os
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

import pikepdf

from meetings.packing import attached, cover, pictures
from meetings.packing.attached import Unusable
from meetings.packing.content import Content, File, Listed, Made, Problem
from meetings.packing.cover import Key
from meetings.packing.letters import PLAIN, embed, letters
from meetings.packing.outline import Mark, outline
from meetings.packing.stamps import A4_LONG, A4_SHORT, Stamper

#: Told before each document and at the end: done, total, what is done now; False stops the making.
Progress = Callable[[int, int, str], bool]

PDF = "application/pdf"


class Stopped(Exception):
    """Somebody wants no pack any more."""


@dataclass
class _Work:
    """A pack in the making: the file, what is in it, what is not."""

    content: Content
    pdf: pikepdf.Pdf
    sources: list[pikepdf.Pdf]
    careful: Path | None
    """A folder where each PDF is first written anew, so that one that breaks in writing is found."""
    font: pikepdf.Object
    """Of the stamps."""
    labels: list[str] = field(default_factory=list)
    first: dict[Key, int] = field(default_factory=dict)
    """Key → index of its first page among the attached ones."""
    problems: dict[Key, Problem] = field(default_factory=dict)
    listed: dict[Key, Listed] = field(default_factory=dict)


def make(content: Content, out_path: Path, progress: Progress = lambda done, total, step: True) -> Made:
    """Write the pack. Equal contents with equal files give equal bytes.

    Raises Stopped when ``progress`` says so, letters.NoFont where the machine cannot print at all.
    """
    letters(PLAIN)
    with attached.bounded():
        try:
            return _made(content, out_path, progress, careful=None)
        except attached.BROKEN as error:
            if isinstance(error, OSError) and error.errno == errno.ENOSPC:
                raise
            logging.getLogger(__name__).warning("a source broke the pack, each is tried alone", exc_info=True)
        with TemporaryDirectory(prefix="lucngan-pack-") as folder:
            return _made(content, out_path, progress, careful=Path(folder))


def _made(content: Content, out_path: Path, progress: Progress, *, careful: Path | None) -> Made:
    sources: list[pikepdf.Pdf] = []
    try:
        # The written file must be gone before its sources: closing these first costs twice the time.
        return _written(content, out_path, progress, careful, sources)
    finally:
        for source in sources:
            source.close()


def _written(
    content: Content, out_path: Path, progress: Progress, careful: Path | None, sources: list[pikepdf.Pdf]
) -> Made:
    pdf = pikepdf.new()
    work = _Work(content, pdf, sources, careful, embed(pdf, PLAIN))
    total = sum(len(item.files) for item in content.items)
    done = 0
    for item in content.items:
        for n, file in enumerate(item.files, 1):
            if not progress(done, total, file.title):
                raise Stopped
            _attach(work, (item.number, n), file)
            done += 1
    if not progress(done, total, "Trang bìa và đánh số trang"):
        raise Stopped
    pages = _finish(work)
    # What is packed stays as it is, what is not is short.
    pdf.save(
        out_path,
        static_id=True,
        compress_streams=False,
        stream_decode_level=pikepdf.StreamDecodeLevel.none,
    )
    _identify(out_path, content.digest[:32])
    return Made(pages, tuple(work.problems.values()), tuple(work.listed.values()))


#: What qpdf writes for an id that is to be the same each time.
_STATIC = b"<31415926535897932384626433832795>"


def _identify(path: Path, key: str) -> None:
    """Give the file the id of its contents. qpdf's own way to a lasting id reads every byte again."""
    with path.open("r+b") as file:
        start = max(0, file.seek(0, os.SEEK_END) - 2048)
        file.seek(start)
        tail = file.read()
        at = tail.rfind(_STATIC * 2)
        assert at >= 0, "qpdf wrote another id"
        file.seek(start + at)
        file.write(f"<{key}>".encode() * 2)


def _attach(work: _Work, key: Key, file: File) -> None:
    """Append the pages of a document, or say why there are none."""
    before = len(work.labels)
    try:
        if file.content_type == PDF:
            count, note = _pages_of(work, file.path)
        elif file.content_type in pictures.TYPES:
            count, note = pictures.add(work.pdf, file.path), ""
        else:
            work.listed[key] = Listed(*key, file.title, file.name, file.url)
            return
    except Unusable as error:
        work.problems[key] = Problem(*key, file.title, str(error), file.url)
        return
    if note:
        work.problems[key] = Problem(*key, file.title, note, file.url)
    work.first[key] = before
    waits = "" if file.accepted else " (chưa được Văn phòng nhận)"
    work.labels += [f"Nội dung {key[0]}, tài liệu {key[1]}{waits}"] * count


def _pages_of(work: _Work, path: Path) -> tuple[int, str]:
    source, note = attached.opened(path)
    work.sources.append(source)
    if work.careful is not None:
        source = _written_anew(work, source)
    before = len(work.pdf.pages)
    try:
        work.pdf.pages.extend(source.pages)
    except attached.BROKEN:
        while len(work.pdf.pages) > before:
            del work.pdf.pages[-1]
        raise Unusable("Tệp hỏng nên không ghép được.") from None
    return len(work.pdf.pages) - before, note


def _written_anew(work: _Work, source: pikepdf.Pdf) -> pikepdf.Pdf:
    assert work.careful is not None
    copy = work.careful / f"{len(work.labels)}.pdf"
    try:
        source.save(
            copy,
            stream_decode_level=pikepdf.StreamDecodeLevel.none,
            compress_streams=False,
            encryption=False,
        )
        again = pikepdf.open(copy)
    except attached.BROKEN:
        raise Unusable("Tệp hỏng nên không ghép được.") from None
    work.sources.append(again)
    return again


def _finish(work: _Work) -> int:
    """Cover, stamps, bookmarks, name of the file; gives the number of pages."""
    pdf, content = work.pdf, work.content
    sheets = cover.sheets(content, work.problems, work.listed)
    total = len(sheets) + len(work.labels)
    _stamp(work, len(sheets), total)
    numbers = {key: index + len(sheets) + 1 for key, index in work.first.items()}
    _cover(work, sheets, numbers, total)
    _bookmarks(work, sheets, numbers)
    pdf.docinfo["/Title"] = pikepdf.String(f"Bộ tài liệu {content.title}")
    pdf.Root.Lang = pikepdf.String("vi-VN")
    pdf.Root.PageMode = pikepdf.Name.UseOutlines
    pdf.Root.ViewerPreferences = pikepdf.Dictionary(DisplayDocTitle=True)
    return total


def _stamp(work: _Work, before: int, total: int) -> None:
    if not work.labels:
        return
    stamper = Stamper(work.pdf, work.font)
    for n, (page, label) in enumerate(zip(work.pdf.pages, work.labels, strict=True), before + 1):
        stamper.stamp(page.obj, label, f"trang {n}/{total}")


def _cover(work: _Work, sheets: list[cover.Sheet], numbers: dict[Key, int], total: int) -> None:
    """Write the cover's pages and put them before the others."""
    pdf = work.pdf
    fonts = {name: work.font if style == PLAIN else embed(pdf, style) for style, name in cover.FONTS.items()}
    resources = pdf.make_indirect(pikepdf.Dictionary(Font=pikepdf.Dictionary(fonts)))
    # an item is opened where its first document begins
    opens = {(number, 0): page for (number, _), page in reversed(numbers.items())} | numbers
    attached_pages = list(pdf.pages)
    for n, sheet in enumerate(sheets):
        drawn, links = cover.written(sheet, work.content.form, opens, n + 1, total)
        page = pikepdf.Dictionary(
            Type=pikepdf.Name.Page,
            MediaBox=[0, 0, A4_SHORT, A4_LONG],
            Resources=resources,
            Contents=pdf.make_stream(zlib.compress(drawn), Filter=pikepdf.Name.FlateDecode),
        )
        if links:
            first = len(sheets) + 1
            page.Annots = pikepdf.Array(
                [_link(link, attached_pages[opens[link.key] - first] if link.key else None) for link in links]
            )
        pdf.pages.insert(n, pikepdf.Page(pdf.make_indirect(page)))


def _link(link: cover.Link, target: pikepdf.Page | None) -> pikepdf.Dictionary:
    note = pikepdf.Dictionary(
        Type=pikepdf.Name.Annot,
        Subtype=pikepdf.Name.Link,
        Rect=[round(value, 2) for value in link.box],
        Border=[0, 0, 0],
        F=4,
    )
    if target is not None:
        note.Dest = pikepdf.Array([target.obj, pikepdf.Name.Fit])
    else:
        note.A = pikepdf.Dictionary(S=pikepdf.Name.URI, URI=pikepdf.String(link.url))
    return note


def _bookmarks(work: _Work, sheets: list[cover.Sheet], numbers: dict[Key, int]) -> None:
    """The agenda, then each item with its documents; what has no pages leads to its line on the cover."""
    pages = work.pdf.pages
    lines = {
        line.begins: (n, at + line.height)
        for n, sheet in enumerate(sheets)
        for at, line in sheet.lines
        if line.begins
    }

    def destination(key: Key) -> pikepdf.Array:
        if key in numbers:
            return pikepdf.Array([pages[numbers[key] - 1].obj, pikepdf.Name.Fit])
        sheet, top = lines[key]
        return pikepdf.Array([pages[sheet].obj, pikepdf.Name.XYZ, None, round(top, 2), None])

    marks = [Mark("Chương trình hội nghị", pikepdf.Array([pages[0].obj, pikepdf.Name.Fit]))]
    for item in work.content.items:
        keys = [(item.number, n) for n in range(1, len(item.files) + 1)]
        below = tuple(
            Mark(f"Tài liệu {n}: {file.title}{_missing(work, key)}", destination(key))
            for (n, file), key in zip(enumerate(item.files, 1), keys, strict=True)
        )
        first = next((key for key in keys if key in numbers), (item.number, 0))
        marks.append(Mark(f"Nội dung {item.number}: {item.text}", destination(first), below))
    work.pdf.Root.Outlines = outline(work.pdf, marks)


def _missing(work: _Work, key: Key) -> str:
    if key in work.listed:
        return " (mở trên hệ thống)"
    return " (không ghép được)" if key in work.problems and key not in work.first else ""
