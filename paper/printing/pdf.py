"""PDF/A-3a of a Paper: tagged, in Vietnamese, fonts embedded, the Paper's JSON attached as its source.

The same Paper gives the same bytes: no clock, no random identifier, no order of a set goes in.
WeasyPrint is imported on first use, for its import takes a second.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import warnings
from dataclasses import dataclass
from typing import Any

from paper import json as paper_json
from paper.forms import Profile
from paper.printing.assets import fetcher
from paper.printing.html import SIGNED_HERE, anchor, checked, html
from paper.value import Paper, walk

#: Name of the attached source; a reader looks for it.
SOURCE_NAME = "paper.json"
VARIANT = "pdf/a-3a"
#: The day written into the attachment of an undated paper.
_NO_DAY = dt.date(2000, 1, 1)
_MM = 25.4 / 96
_POINT = 72 / 96


@dataclass(frozen=True, slots=True)
class Box:
    """A part of a clause on a page: page number from 1, upper and lower edge in mm from the top."""

    page: int
    top: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Space:
    """The free space between position and name: page from 1, edges in points from the lower left corner."""

    page: int
    left: float
    bottom: float
    right: float
    top: float


def render(paper: Paper, profile: Profile | None = None, *, source: bool = True) -> bytes:
    """The paper as PDF/A-3a; ``source=False`` leaves the attached JSON out.

    Raises ValueError when the profile is of the other regime.
    """
    return _write(_document(paper, profile), paper, profile, source=source)


def layout(
    paper: Paper, profile: Profile | None = None, *, source: bool = True
) -> tuple[bytes, dict[tuple[int, ...], tuple[Box, ...]]]:
    """The PDF and where each clause of the body stands in it, so that a view can follow the edited one."""
    document = _document(paper, profile)
    places: dict[tuple[int, ...], tuple[Box, ...]] = {}
    pages = [page.anchors for page in document.pages]
    for path, _ in walk(paper.body):
        name = anchor(path)
        boxes = [Box(n, a[name][1] * _MM, a[name][3] * _MM) for n, a in enumerate(pages, 1) if name in a]
        if boxes:
            places[path] = tuple(boxes)
    return _write(document, paper, profile, source=source), places


def signature_space(paper: Paper, profile: Profile | None = None) -> tuple[Space | None, int]:
    """Where the signature stands when the paper is printed, None without a signature block; and the
    number of pages. The same paper prints the same way, so this is also the place in a stored print."""
    pages = _document(paper, profile).pages
    for number, page in enumerate(pages, 1):
        if SIGNED_HERE in page.anchors:
            left, top, right, bottom = page.anchors[SIGNED_HERE]
            height = page.height
            edges = (left, height - bottom, right, height - top)
            return Space(number, *(edge * _POINT for edge in edges)), len(pages)
    return None, len(pages)


def _document(paper: Paper, profile: Profile | None) -> Any:
    from weasyprint import HTML

    page = HTML(string=html(paper, profile), base_url=None, url_fetcher=fetcher())
    return page.render(pdf_variant=VARIANT, presentational_hints=False)


def _write(document: Any, paper: Paper, profile: Profile | None, *, source: bool) -> bytes:
    data = paper_json.dumps(paper).encode("utf-8", "backslashreplace")
    key = hashlib.sha256(checked(paper, profile).code.encode() + b"\0" + data).digest()[:16]
    attachments = [_attachment(paper, data)] if source else []
    with warnings.catch_warnings():
        # 2026-11: WeasyPrint 70 leaves the closing of its own colour profile to the garbage collector.
        warnings.simplefilter("ignore", ResourceWarning)
        out: bytes = document.write_pdf(
            finisher=_plain_drawings, pdf_variant=VARIANT, pdf_identifier=key, attachments=attachments
        )
    return out


def _plain_drawings(_: Any, pdf: Any) -> None:
    """Take the transparency group from the drawings of a brace: they are plain black strokes."""
    for thing in pdf.objects:
        extra = getattr(thing, "extra", None)
        if isinstance(extra, dict):
            extra.pop("Group", None)


def _attachment(paper: Paper, data: bytes) -> Any:
    from weasyprint import Attachment

    day = dt.datetime.combine(paper.dated.date or _NO_DAY, dt.time())
    return Attachment(
        string=data,
        name=SOURCE_NAME,
        description="Nội dung văn bản ở dạng dữ liệu",
        created=day,
        modified=day,
        relationship="Source",
    )
