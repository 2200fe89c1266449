"""The letters papers are printed in: which font is here, what it can show, how wide it is.

Papers are set in Times New Roman (NĐ 30, Phụ lục I, I.4; HD 36). Its free metric twins are Tinos
(Debian package ``fonts-croscore``) and Liberation Serif 2 (``fonts-liberation2``). Version 1 of
Liberation Serif, packaged as plain ``fonts-liberation``, lacks 92 Vietnamese letters under the
same family name; it is refused here.
"""

from __future__ import annotations

import ctypes
import ctypes.util
import unicodedata
from functools import cache, lru_cache
from importlib import import_module
from typing import Any

FAMILIES = ("Tinos", "Liberation Serif")

#: (bold, italic)
Style = tuple[bool, bool]
STYLES: tuple[Style, ...] = ((False, False), (True, False), (False, True), (True, True))

_MODIFIERS = {"a": "̂̆", "e": "̂", "o": "̛̂", "u": "̛"}
_TONES = "̣̀́̃̉"


def _letters() -> frozenset[str]:
    """The 134 letters with marks and Đ, đ and the six vowels' tone rows of Vietnamese, both cases."""
    bases = list("aeiouy")
    bases += [unicodedata.normalize("NFC", v + m) for v, marks in _MODIFIERS.items() for m in marks]
    small = {unicodedata.normalize("NFC", b + t) for b in bases for t in ("", *_TONES)} | {"đ"}
    small |= {unicodedata.normalize("NFC", b) for b in bases}
    return frozenset(small | {c.upper() for c in small})


#: The 146 letters of Vietnamese that carry vowels or đ, in both cases.
VIETNAMESE = _letters()


def problem() -> str | None:
    """None when a fitting font is installed, else one sentence that says what to install."""
    for family in FAMILIES:
        if not _lacking(family):
            return None
    found = [f for f in FAMILIES if _file(f, (False, False)) is not None]
    if found:
        lacking = max(len(_lacking(f)) for f in found)
        return (
            f"Phông chữ {found[0]} trên máy thiếu {lacking} chữ cái tiếng Việt (gói fonts-liberation bản 1). "
            "Cài gói fonts-croscore (Tinos) hoặc fonts-liberation2."
        )
    return (
        "Máy chưa có phông chữ Tinos hoặc Liberation Serif 2. Cài gói fonts-croscore hoặc fonts-liberation2."
    )


@cache
def family() -> str:
    """The family papers are printed in; Tinos where nothing fits, so that the check speaks of it."""
    return next((f for f in FAMILIES if not _lacking(f)), FAMILIES[0])


def file(style: Style) -> str | None:
    """The font file of a style of the printing family; None where nothing fits."""
    return _file(family(), style)


def _lacking(name: str) -> frozenset[str]:
    """Vietnamese letters that at least one of the four styles of a family cannot show."""
    have = _characters(name)
    return frozenset(c for c in VIETNAMESE if c not in have)


@cache
def characters() -> frozenset[str]:
    """Every character that the printing family shows in all four styles."""
    return _characters(family())


@cache
def _characters(name: str) -> frozenset[str]:
    sets = []
    for style in STYLES:
        path = _file(name, style)
        if path is None:
            return frozenset()
        sets.append(frozenset(_widths(path)))
    return frozenset.intersection(*sets)


@lru_cache(maxsize=16)
def _widths(path: str) -> dict[str, float]:
    """Advance width of each character of a font file, in shares of the size."""
    font_tools: Any = import_module("fontTools.ttLib")
    with font_tools.TTFont(path, lazy=True, fontNumber=0) as font:
        units = float(font["head"].unitsPerEm)
        advances = font["hmtx"].metrics
        return {chr(code): advances[glyph][0] / units for code, glyph in font.getBestCmap().items()}


def width(text: str, size: float, *, bold: bool = False, italic: bool = False) -> float:
    """Length in points of ``text`` set on one line without kerning; unknown characters count as 1 em."""
    path = _file(family(), (bold, italic))
    widths = _widths(path) if path else {}
    return size * sum(widths.get(c, 1.0) for c in text)


class _Fontconfig:
    """The three calls of libfontconfig that name the file behind a family and style."""

    REGULAR, BOLD = 80, 200
    ROMAN, ITALIC = 0, 100

    def __init__(self) -> None:
        lib = ctypes.CDLL(ctypes.util.find_library("fontconfig") or "libfontconfig.so.1")
        for call in ("FcPatternCreate", "FcFontMatch"):
            getattr(lib, call).restype = ctypes.c_void_p
        lib.FcFontMatch.argtypes = [ctypes.c_void_p, ctypes.c_void_p, ctypes.POINTER(ctypes.c_int)]
        lib.FcPatternAddString.argtypes = [ctypes.c_void_p, ctypes.c_char_p, ctypes.c_char_p]
        lib.FcPatternAddInteger.argtypes = [ctypes.c_void_p, ctypes.c_char_p, ctypes.c_int]
        lib.FcConfigSubstitute.argtypes = [ctypes.c_void_p, ctypes.c_void_p, ctypes.c_int]
        lib.FcDefaultSubstitute.argtypes = [ctypes.c_void_p]
        lib.FcPatternGetString.argtypes = [
            ctypes.c_void_p,
            ctypes.c_char_p,
            ctypes.c_int,
            ctypes.POINTER(ctypes.c_char_p),
        ]
        lib.FcPatternDestroy.argtypes = [ctypes.c_void_p]
        self.lib = lib

    def match(self, name: str, style: Style) -> str | None:
        """File of the font that fontconfig gives for a family and style; None for another family."""
        lib = self.lib
        pattern = lib.FcPatternCreate()
        lib.FcPatternAddString(pattern, b"family", name.encode())
        lib.FcPatternAddInteger(pattern, b"weight", self.BOLD if style[0] else self.REGULAR)
        lib.FcPatternAddInteger(pattern, b"slant", self.ITALIC if style[1] else self.ROMAN)
        lib.FcConfigSubstitute(None, pattern, 0)
        lib.FcDefaultSubstitute(pattern)
        found = lib.FcFontMatch(None, pattern, ctypes.byref(ctypes.c_int()))
        lib.FcPatternDestroy(pattern)
        if not found:
            return None
        try:
            return self._string(found, b"file") if self._string(found, b"family") == name else None
        finally:
            lib.FcPatternDestroy(found)

    def _string(self, pattern: int, key: bytes) -> str | None:
        value = ctypes.c_char_p()
        if self.lib.FcPatternGetString(pattern, key, 0, ctypes.byref(value)) or value.value is None:
            return None
        return value.value.decode()


@cache
def _fontconfig() -> _Fontconfig | None:
    try:
        return _Fontconfig()
    except OSError:
        return None


@cache
def _file(name: str, style: Style) -> str | None:
    engine = _fontconfig()
    return engine.match(name, style) if engine else None
