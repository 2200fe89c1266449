"""The printing font inside a pack: embedded once for each style, written by glyph numbers.

A page engine for 300 stamps and a cover costs more than copying the 300 pages. So the pack writes its
few lines itself: the letters of Vietnamese offices as one subset for each style, cut once in a process.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from io import BytesIO
from typing import Any

import pikepdf

from paper.printing import fonts
from paper.printing.glyphs import visible

#: (bold, italic)
Style = tuple[bool, bool]
PLAIN: Style = (False, False)
BOLD: Style = (True, False)
ITALIC: Style = (False, True)

#: Latin with the letters of Vietnamese, punctuation, currency, letter-like signs, arrows, mathematics.
_RANGES = (
    (0x20, 0x250), (0x300, 0x324), (0x1E00, 0x1F00), (0x2000, 0x2070), (0x20A0, 0x20C0), (0x2100, 0x2150),
    (0x2190, 0x2194), (0x2200, 0x2266), (0x25A0, 0x25D0),
)  # fmt: skip


class NoFont(RuntimeError):
    """The machine lacks the printing font; the message says what to install."""


@dataclass(frozen=True, slots=True)
class Letters:
    """One style: the cut font file, and number and width of every character's glyph."""

    program: bytes
    size: int
    name: str
    glyphs: dict[str, str]
    widths: dict[str, float]
    described: bytes
    advances: bytes
    unicode: bytes

    def encoded(self, text: str) -> bytes:
        """The text as the operand of a Tj; characters that the font lacks print as their code."""
        get = self.glyphs.get
        return f"<{''.join([get(c) or get('?', '0000') for c in text])}>".encode()

    def width(self, text: str, size: float) -> float:
        """Length in points."""
        get = self.widths.get
        return size * sum([get(c, 0.5) for c in text])


def printable(text: str) -> str:
    """The text with what no stamp can show replaced by its code."""
    known = letters(PLAIN).glyphs
    shown = visible(text)
    return shown if all(c in known for c in shown) else "".join(c if c in known else "?" for c in shown)


@cache
def letters(style: Style) -> Letters:
    """The cut font of a style. Raises NoFont where the machine has none that shows Vietnamese."""
    if problem := fonts.problem():
        raise NoFont(problem)
    subset: Any = import_module("fontTools.subset")
    font_tools: Any = import_module("fontTools.ttLib")
    with font_tools.TTFont(fonts.file(style), recalcTimestamp=False) as font:
        wanted = [code for low, high in _RANGES for code in range(low, high)]
        options = subset.Options(
            layout_features=[], hinting=False, notdef_outline=True, name_IDs=[1, 2, 3, 4, 6]
        )
        cutter = subset.Subsetter(options)
        cutter.populate(unicodes=wanted)
        cutter.subset(font)
        target = BytesIO()
        font.save(target)
        return _described(font, target.getvalue())


def _described(font: Any, program: bytes) -> Letters:
    units = font["head"].unitsPerEm
    number = {name: gid for gid, name in enumerate(font.getGlyphOrder())}
    cmap: dict[int, str] = font.getBestCmap()
    advances = [font["hmtx"].metrics[name][0] for name in font.getGlyphOrder()]
    name = font["name"].getDebugName(6)
    scale = 1000 / units
    box = [font["head"].xMin, font["head"].yMin, font["head"].xMax, font["head"].yMax]
    described = (
        f"<< /Type /FontDescriptor /FontName /LUCNGA+{name} /Flags 4 "
        f"/FontBBox [{' '.join(str(round(v * scale)) for v in box)}] "
        f"/ItalicAngle {font['post'].italicAngle:g} /Ascent {round(font['hhea'].ascent * scale)} "
        f"/Descent {round(font['hhea'].descent * scale)} /CapHeight 662 /StemV 80 >>"
    )
    glyphs = {chr(code): f"{number[glyph]:04x}" for code, glyph in cmap.items()}
    return Letters(
        program=zlib.compress(program, 9),
        size=len(program),
        name=name,
        glyphs=glyphs,
        widths={chr(code): advances[number[glyph]] / units for code, glyph in cmap.items()},
        described=described.encode(),
        advances=f"[0 [{' '.join(str(round(a * scale)) for a in advances)}]]".encode(),
        unicode=zlib.compress(_to_unicode(glyphs), 9),
    )


def _to_unicode(glyphs: dict[str, str]) -> bytes:
    """The table by which readers copy and search the text."""
    pairs = sorted({glyph: char for char, glyph in sorted(glyphs.items(), reverse=True)}.items())
    rows = [f"<{glyph}> <{char.encode('utf-16-be').hex()}>" for glyph, char in pairs]
    parts = [rows[at : at + 100] for at in range(0, len(rows), 100)]
    body = "\n".join(f"{len(part)} beginbfchar\n" + "\n".join(part) + "\nendbfchar" for part in parts)
    return (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n"
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
        "/CMapName /Adobe-Identity-UCS def /CMapType 2 def\n"
        f"1 begincodespacerange <0000> <ffff> endcodespacerange\n{body}\n"
        "endcmap CMapName currentdict /CMap defineresource pop end end"
    ).encode()


def embed(pdf: pikepdf.Pdf, style: Style) -> pikepdf.Object:
    """The style as a font of this file."""
    cut = letters(style)
    program = pikepdf.Stream(pdf, cut.program, Filter=pikepdf.Name.FlateDecode, Length1=cut.size)
    descriptor = pikepdf.Object.parse(cut.described)
    descriptor.FontFile2 = pdf.make_indirect(program)
    name = pikepdf.Name(f"/LUCNGA+{cut.name}")
    child = pikepdf.Dictionary(
        Type=pikepdf.Name.Font,
        Subtype=pikepdf.Name.CIDFontType2,
        BaseFont=name,
        CIDSystemInfo=pikepdf.Dictionary(Registry=b"Adobe", Ordering=b"Identity", Supplement=0),
        FontDescriptor=pdf.make_indirect(descriptor),
        DW=500,
        W=pikepdf.Object.parse(cut.advances),
        CIDToGIDMap=pikepdf.Name.Identity,
    )
    unicode = pikepdf.Stream(pdf, cut.unicode, Filter=pikepdf.Name.FlateDecode)
    return pdf.make_indirect(
        pikepdf.Dictionary(
            Type=pikepdf.Name.Font,
            Subtype=pikepdf.Name.Type0,
            BaseFont=name,
            Encoding=pikepdf.Name("/Identity-H"),
            DescendantFonts=[pdf.make_indirect(child)],
            ToUnicode=pdf.make_indirect(unicode),
        )
    )
