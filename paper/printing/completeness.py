"""Proof that a PDF says everything its Paper says (design, law 1: nothing is lost).

The text of the PDF is taken out again by poppler's ``pdftotext`` and searched, in order, for every
part of the paper: a part counts as printed only after the part before it, so a clause that occurs
twice must be there twice. Blanks do not count, for lines break where they must.
"""

from __future__ import annotations

import shutil
import subprocess
import tempfile
import unicodedata
from collections.abc import Iterator
from typing import Any

from paper.forms import Profile, forms_of
from paper.printing import words
from paper.printing.glyphs import visible
from paper.printing.html import checked
from paper.printing.pages import NoPoppler
from paper.value import Clause, Paper, walk

#: Characters of a part that a message shows.
_SHOWN = 60
_POINTS = 72 / 25.4


def missing(paper: Paper, pdf: bytes, profile: Profile | None = None) -> list[str]:
    """One line for every part of the paper that the PDF's text does not contain; [] when whole.

    Without ``profile`` the PDF may be in any form of the paper's regime. Raises NoPoppler without
    poppler-utils and ValueError for bytes that are no readable PDF.
    """
    with begin(paper, pdf, profile) as reading:
        return reading.missing()


def begin(paper: Paper, pdf: bytes, profile: Profile | None = None) -> Reading:
    """The same in two steps: poppler reads while the caller does something else, :meth:`Reading.missing`
    waits for it."""
    forms = [checked(paper, profile)] if profile else forms_of(paper)
    return Reading(paper, forms, _reader(pdf, forms[0]))


class Reading:
    """A PDF that is being read again; leaving the block ends the reader."""

    def __init__(self, paper: Paper, forms: list[Profile], reader: subprocess.Popen[bytes]) -> None:
        self._paper, self._forms, self._reader = paper, forms, reader

    def __enter__(self) -> Reading:
        return self

    def __exit__(self, *left: Any) -> None:
        self._reader.kill()
        self._reader.__exit__(*left)

    def missing(self) -> list[str]:
        """As :func:`missing` says."""
        there = _squeeze(_words(self._reader))
        shortest: list[str] | None = None
        for form in self._forms:
            lost = _lost(self._paper, form, there)
            if not lost:
                return []
            if shortest is None or len(lost) < len(shortest):
                shortest = lost
        return shortest or []


def _lost(paper: Paper, form: Profile, there: str) -> list[str]:
    """The parts that do not stand in the squeezed text ``there``, each looked for after the one before."""
    lost: list[str] = []
    at = 0
    for place, part in parts(paper, form):
        wanted = _squeeze(visible(part))
        found = there.find(wanted, at)
        if found < 0:
            lost.append(f"{place}: “{part if len(part) <= _SHOWN else part[: _SHOWN - 1] + '…'}”")
        else:
            at = found + len(wanted)
    return lost


def text(pdf: bytes, form: Profile) -> str:
    """The text of the PDF in the order it is drawn, without the page numbers in the top margin."""
    with _reader(pdf, form) as reader:
        return _words(reader)


def _reader(pdf: bytes, form: Profile) -> subprocess.Popen[bytes]:
    """A process that reads the text; it has the whole PDF when this returns, so it waits for nobody."""
    program = shutil.which("pdftotext")
    if program is None:
        raise NoPoppler("Máy chưa có poppler-utils nên không kiểm tra được văn bản trong tệp PDF.")
    top = round(form.margin_top * _POINTS) - 2
    area = ["-x", "0", "-y", str(top), "-W", "1000", "-H", "2000"]
    command = [program, "-raw", "-nopgbrk", "-enc", "UTF-8", *area, "-", "-"]
    with tempfile.TemporaryFile() as source:
        source.write(pdf)
        source.seek(0)
        return subprocess.Popen(command, stdin=source, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)


def _words(reader: subprocess.Popen[bytes]) -> str:
    out, _ = reader.communicate()
    if reader.returncode:
        raise ValueError("Tệp PDF không đọc được.")
    return out.decode("utf-8", "replace")


def _squeeze(text: str) -> str:
    return "".join(unicodedata.normalize("NFC", text).split())


def parts(paper: Paper, form: Profile) -> Iterator[tuple[str, str]]:
    """Place and words of everything that must stand in the PDF, in the order of printing."""
    yield from (("Cơ quan chủ quản", line) for line in paper.superior)
    yield from (("Cơ quan ban hành", line) for line in paper.issuer)
    if words.has_number(paper):
        yield "Số, ký hiệu", words.number_line(paper, form)
    if not paper.kind:
        yield from (("Trích yếu", line) for line in paper.subject)
    if paper.secrecy:
        yield "Độ mật", paper.secrecy
    if paper.urgency:
        yield "Độ khẩn", paper.urgency
    if words.has_date(paper):
        yield "Địa danh, ngày tháng", words.date_line(paper, form)
    if paper.kind:
        yield "Tên loại", paper.kind
        yield from (("Trích yếu", line) for line in paper.subject)
    yield from (("Kính gửi", line) for line in paper.addressees)
    body, notes = words.split_footnotes(paper.body)
    yield from _clauses(body, form if paper.end_mark else None)
    yield from _recipients(paper)
    sign = paper.signature
    yield from (("Chữ ký", line) for line in (*sign.authority, sign.position, sign.name) if line)
    yield from _clauses(notes)
    for appendix in paper.appendices:
        yield "Phụ lục", f"{appendix.label or ''} {appendix.title}"
        yield from _clauses(appendix.body)


def _clauses(body: tuple[Clause, ...], mark: Profile | None = None) -> Iterator[tuple[str, str]]:
    """Every clause; the last one closed by the end mark of ``mark``."""
    clauses = [clause for _, clause in walk(body)]
    if mark and not clauses:
        yield "Dấu kết thúc", mark.end_mark
    for i, clause in enumerate(clauses):
        text = words.labelled(clause)
        closes = mark is not None and i == len(clauses) - 1
        if mark is not None and closes and clause.table is None:
            text = words.with_end_mark(text, mark)
        yield (f"Mục {clause.label}" if clause.label else "Đoạn"), text
        if clause.table:
            yield from (("Bảng", cell) for row in clause.table.rows for cell in row if cell)
            if mark is not None and closes:
                yield "Dấu kết thúc", words.mark_after_table(mark)


def _recipients(paper: Paper) -> Iterator[tuple[str, str]]:
    for group in words.groups(paper.recipients):
        for recipient in group.recipients:
            yield "Nơi nhận", f"{recipient.mark} {recipient.text}"
        if group.purpose is not None:
            yield "Nơi nhận", f"({group.purpose})"
