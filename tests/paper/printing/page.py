"""What stands where on a printed page, measured by poppler's ``pdftotext -bbox-layout``."""

from __future__ import annotations

import subprocess
from dataclasses import dataclass
from xml.etree import ElementTree as ET

_MM = 25.4 / 72
_X = "{http://www.w3.org/1999/xhtml}"


@dataclass(frozen=True)
class Line:
    """A line of a page with its box in millimetres from the upper left corner."""

    text: str
    left: float
    top: float
    right: float
    bottom: float

    @property
    def middle(self) -> float:
        return (self.left + self.right) / 2


def pages(pdf: bytes) -> list[list[Line]]:
    """The lines of every page, from the top down."""
    done = subprocess.run(["pdftotext", "-bbox-layout", "-", "-"], input=pdf, capture_output=True, check=True)
    root = ET.fromstring(done.stdout)  # noqa: S314 - poppler's own output
    out = [[_line(line) for line in page.iter(f"{_X}line")] for page in root.iter(f"{_X}page")]
    return [sorted(page, key=lambda line: (round(line.top), line.left)) for page in out]


def _line(element: ET.Element) -> Line:
    text = " ".join(word.text or "" for word in element.iter(f"{_X}word"))
    return Line(text, *(float(element.attrib[side]) * _MM for side in ("xMin", "yMin", "xMax", "yMax")))


def find(lines: list[Line], start: str) -> Line:
    """The first line that begins with ``start``."""
    for line in lines:
        if line.text.startswith(start):
            return line
    raise AssertionError(f"no line begins with {start!r}: {[line.text for line in lines]}")
