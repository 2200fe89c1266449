"""Text as people compare it: without marks, without case."""

import re
import unicodedata


def nfc(text: str) -> str:
    """NFC with plain blanks, outer blanks removed."""
    return unicodedata.normalize("NFC", text).replace("\u00a0", " ").strip()


def one_line(text: str) -> str:
    """NFC on one line with single blanks."""
    return re.sub(r"\s+", " ", nfc(text)).strip()


def fold(text: str) -> str:
    """Lower case without diacritics, "đ" as "d": "Huyện uỷ" and "HUYỆN ỦY" give "huyen uy"."""
    flat = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    return re.sub(r"\s+", " ", "".join(c for c in flat if not unicodedata.combining(c))).strip()
