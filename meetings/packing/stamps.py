"""Stamps: a strip at the lower edge of each attached page says which document and page it is.

The page keeps its size, so that a printer asks for no odd paper; what it shows is drawn 3 per cent
smaller towards its upper edge, and the stamp stands in the strip that becomes free. Nothing is ever
covered, and "lower" is what the reader sees: rotated pages and crop boxes are turned with it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pikepdf

from meetings.packing.letters import PLAIN, letters

#: Short side of A4 in points: strip and letters are drawn for it and grow with the page.
A4_SHORT, A4_LONG = 595.276, 841.89
STRIP, SIZE, ABOVE_EDGE, FROM_SIDE = 26.0, 8.0, 12.5, 42.5
#: The name of the font in the pages' resources; no producer uses it.
FONT = "/LNgan0"
_FONT = FONT.encode()
_FRAME = ("/MediaBox", "/CropBox", "/Rotate")
_RIGID = {
    0: (1, 0, 0, 1),
    90: (0, 1, -1, 0),
    180: (-1, 0, 0, -1),
    270: (0, -1, 1, 0),
}


@dataclass(frozen=True, slots=True)
class Frame:
    """A page as it is seen: ``turn`` and ``origin`` lead from what the reader sees (lower left corner,
    right, up) to the page's own coordinates; ``box`` is what is shown, in these."""

    turn: tuple[int, int, int, int]
    origin: tuple[float, float]
    width: float
    height: float
    box: tuple[float, float, float, float]

    def at(self, right: float, up: float) -> tuple[float, float]:
        """Page coordinates of a point as seen."""
        a, b, c, d = self.turn
        return self.origin[0] + a * right + c * up, self.origin[1] + b * right + d * up


def frame_of(page: Any) -> Frame:
    """How the page is seen; a page with an impossible box is an A4."""
    media = _box(page.get("/MediaBox")) or (0.0, 0.0, A4_SHORT, A4_LONG)
    crop = _box(page.get("/CropBox"))
    x0, y0, x1, y1 = _common(media, crop) if crop else media
    try:
        rotate = int(page.get("/Rotate", 0)) % 360
    except (TypeError, ValueError):
        rotate = 0
    turn = _RIGID.get(rotate, _RIGID[0])
    width, height = x1 - x0, y1 - y0
    origin = {90: (x1, y0), 180: (x1, y1), 270: (x0, y1)}.get(rotate, (x0, y0))
    if rotate in (90, 270):
        width, height = height, width
    return Frame(turn, origin, width, height, (x0, y0, x1, y1))


def _box(given: Any) -> tuple[float, float, float, float] | None:
    if given is None:
        return None
    try:
        ax, ay, bx, by = (float(value) for value in given)
    except (TypeError, ValueError):
        return None
    x0, x1, y0, y1 = min(ax, bx), max(ax, bx), min(ay, by), max(ay, by)
    return (x0, y0, x1, y1) if x1 - x0 >= 1 and y1 - y0 >= 1 else None


def _common(
    media: tuple[float, float, float, float], crop: tuple[float, float, float, float]
) -> tuple[float, float, float, float]:
    """What is shown: the crop box within the media box, the media box where they do not meet."""
    x0, y0 = max(media[0], crop[0]), max(media[1], crop[1])
    x1, y1 = min(media[2], crop[2]), min(media[3], crop[3])
    return (x0, y0, x1, y1) if x1 - x0 >= 1 and y1 - y0 >= 1 else media


@dataclass(frozen=True, slots=True)
class Shrink:
    """What is drawn moves to ``scale`` × itself + (``right``, ``up``)."""

    scale: float
    right: float
    up: float


def shrink_of(frame: Frame) -> tuple[Shrink, float]:
    """How the page makes room, and how large the stamp is against one on A4."""
    unit = min(min(frame.width, frame.height) / A4_SHORT, frame.height * 0.1 / STRIP)
    scale = 1 - STRIP * unit / frame.height
    x, y = frame.at(frame.width / 2, frame.height)
    return Shrink(scale, (1 - scale) * x, (1 - scale) * y), unit


@dataclass(frozen=True, slots=True)
class Place:
    """Where the stamp of pages of one size stands, and what makes room for it."""

    frame: Frame
    shrink: Shrink
    unit: float
    room: bytes
    """The operators that draw the page smaller, within its own edges."""

    @classmethod
    def of(cls, page: Any) -> Place:
        """The place on this page."""
        frame = frame_of(page)
        shrink, unit = shrink_of(frame)
        x0, y0, x1, y1 = frame.box
        room = b"q %.5f 0 0 %.5f %.3f %.3f cm %.3f %.3f %.3f %.3f re W n\n" % (
            shrink.scale, shrink.scale, shrink.right, shrink.up, x0, y0, x1 - x0, y1 - y0,
        )  # fmt: skip
        return cls(frame, shrink, unit, room)

    def drawn(self, glyphs: bytes, ems: float) -> bytes:
        """The stamp at the lower right as seen; ``ems`` is its length at size 1."""
        frame, unit = self.frame, self.unit
        size = min(SIZE * unit, (frame.width - 12 * unit) / ems)
        width = ems * size
        from_side = min(FROM_SIDE * unit, (frame.width - width) / 2)
        x, y = frame.at(frame.width - from_side - width, ABOVE_EDGE * unit)
        return b"q BT .25 g %s %.2f Tf %d %d %d %d %.2f %.2f Tm %s Tj ET Q " % (
            _FONT, size, *frame.turn, x, y, glyphs,
        )  # fmt: skip


class Stamper:
    """Stamps the pages of one file, which share their font and the closing of what they draw."""

    def __init__(self, pdf: pikepdf.Pdf, font: pikepdf.Object) -> None:
        self.pdf, self.font = pdf, font
        self.letters = letters(PLAIN)
        self.end = pdf.make_stream(b"\nQ")
        self.lent: set[tuple[int, int]] = set()
        self.places: dict[tuple[bytes, ...], Place] = {}
        self.label, self.glyphs, self.ems = "", b"", 0.0

    def stamp(self, page: Any, label: str, where: str) -> None:
        """Draw the page a little smaller and "label · where" below it."""
        if label != self.label:
            self.label = label
            self.glyphs, self.ems = self._measured(f"{label} · ")
        glyphs, ems = self._measured(where)
        keys = page.keys()
        place = self._place(page, keys)
        words = place.drawn(self.glyphs[:-1] + glyphs[1:], self.ems + ems)
        start = pikepdf.Stream(self.pdf, words + place.room)
        drawn = page["/Contents"] if "/Contents" in keys else None
        if isinstance(drawn, pikepdf.Array):
            page["/Contents"] = pikepdf.Array([start, *drawn, self.end])
        elif drawn is None:
            page["/Contents"] = pikepdf.Array([start, self.end])
        else:
            page["/Contents"] = pikepdf.Array([start, drawn, self.end])
        self._lend_font(page)
        if "/Annots" in keys:
            page["/Annots"] = kept(page["/Annots"], place.shrink)
        if "/AA" in keys:
            del page["/AA"]

    def _measured(self, text: str) -> tuple[bytes, float]:
        return self.letters.encoded(text), self.letters.width(text, 1)

    def _place(self, page: Any, keys: set[str]) -> Place:
        """Pages of one document are of one size: measured once."""
        key = tuple(_key(page[name]) if name in keys else b"" for name in _FRAME)
        place = self.places.get(key)
        if place is None:
            place = self.places[key] = Place.of(page)
        return place

    def _lend_font(self, page: Any) -> None:
        resources = page.get("/Resources")
        if not isinstance(resources, pikepdf.Dictionary):
            page["/Resources"] = pikepdf.Dictionary(Font=pikepdf.Dictionary({FONT: self.font}))
            return
        key = resources.objgen
        if key in self.lent:
            return
        if key != (0, 0):
            self.lent.add(key)
        fonts: Any = resources.get("/Font")
        if isinstance(fonts, pikepdf.Dictionary):
            fonts[FONT] = self.font
        else:
            resources["/Font"] = pikepdf.Dictionary({FONT: self.font})


def _key(value: Any) -> bytes:
    return bytes(value.unparse(resolved=True)) if isinstance(value, pikepdf.Object) else repr(value).encode()


#: Notes on a page that stay: what a reader sees or follows. Films, scripts, files inside do not.
_KEPT = {
    "/Link", "/Text", "/FreeText", "/Line", "/Square", "/Circle", "/Polygon", "/PolyLine", "/Highlight",
    "/Underline", "/Squiggly", "/StrikeOut", "/Stamp", "/Caret", "/Ink", "/Popup", "/Widget", "/Redact",
}  # fmt: skip
_KEPT_ACTIONS = {"/URI", "/GoTo", "/Named"}
_POINTS = ("/QuadPoints", "/Vertices", "/L", "/CL")


def kept(notes: Any, shrink: Shrink) -> pikepdf.Array:
    """The notes of a page that may stay, moved with what they stand on; nothing in them runs."""
    out = []
    for note in notes if isinstance(notes, pikepdf.Array) else ():
        if not isinstance(note, pikepdf.Dictionary) or str(note.get("/Subtype")) not in _KEPT:
            continue
        action: Any = note.get("/A")
        if action is not None and (
            not isinstance(action, pikepdf.Dictionary) or str(action.get("/S")) not in _KEPT_ACTIONS
        ):
            del note["/A"]
        if "/AA" in note:
            del note["/AA"]
        _move(note, shrink)
        out.append(note)
    return pikepdf.Array(out)


def _move(note: Any, shrink: Shrink) -> None:
    for name in ("/Rect", *_POINTS):
        if name in note and (points := _moved(note[name], shrink)) is not None:
            note[name] = points
    ink = note.get("/InkList")
    if isinstance(ink, pikepdf.Array):
        strokes = [_moved(stroke, shrink) for stroke in ink]
        note["/InkList"] = pikepdf.Array([stroke for stroke in strokes if stroke is not None])


def _moved(points: Any, shrink: Shrink) -> pikepdf.Array | None:
    try:
        values: Sequence[float] = [float(value) for value in points]
    except (TypeError, ValueError):
        return None
    by = (shrink.right, shrink.up)
    return pikepdf.Array([round(shrink.scale * v + by[n % 2], 3) for n, v in enumerate(values)])
