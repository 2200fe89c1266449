"""TCVN3 and VNI, the old Vietnamese code pages, to Unicode by table (``formats.md`` §7.3)."""

from __future__ import annotations

import re
import unicodedata

_TCVN3 = {
    "µ": "à",
    "¸": "á",
    "¶": "ả",
    "·": "ã",
    "¹": "ạ",
    "¨": "ă",
    "»": "ằ",
    "¾": "ắ",
    "¼": "ẳ",
    "½": "ẵ",
    "Æ": "ặ",
    "©": "â",
    "Ç": "ầ",
    "Ê": "ấ",
    "È": "ẩ",
    "É": "ẫ",
    "Ë": "ậ",
    "®": "đ",
    "Ì": "è",
    "Ð": "é",
    "Î": "ẻ",
    "Ï": "ẽ",
    "Ñ": "ẹ",
    "ª": "ê",
    "Ò": "ề",
    "Õ": "ế",
    "Ó": "ể",
    "Ô": "ễ",
    "Ö": "ệ",
    "×": "ì",
    "Ý": "í",
    "Ø": "ỉ",
    "Ü": "ĩ",
    "Þ": "ị",
    "ß": "ò",
    "ã": "ó",
    "á": "ỏ",
    "â": "õ",
    "ä": "ọ",
    "«": "ô",
    "å": "ồ",
    "è": "ố",
    "æ": "ổ",
    "ç": "ỗ",
    "é": "ộ",
    "¬": "ơ",
    "ê": "ờ",
    "í": "ớ",
    "ë": "ở",
    "ì": "ỡ",
    "î": "ợ",
    "ï": "ù",
    "ó": "ú",
    "ñ": "ủ",
    "ò": "ũ",
    "ô": "ụ",
    "­": "ư",
    "õ": "ừ",
    "ø": "ứ",
    "ö": "ử",
    "÷": "ữ",
    "ù": "ự",
    "ú": "ỳ",
    "ý": "ý",
    "û": "ỷ",
    "ü": "ỹ",
    "þ": "ỵ",
    "¡": "Ă",
    "¢": "Â",
    "§": "Đ",
    "£": "Ê",
    "¤": "Ô",
    "¥": "Ơ",
    "¦": "Ư",
}


_VNI_MARKS = {
    "ø": "\u0300",
    "ù": "\u0301",
    "û": "\u0309",
    "õ": "\u0303",
    "ï": "\u0323",
    "â": "\u0302",
    "à": "\u0302\u0300",
    "á": "\u0302\u0301",
    "å": "\u0302\u0309",
    "ã": "\u0302\u0303",
    "ä": "\u0302\u0323",
    "ê": "\u0306",
    "è": "\u0306\u0300",
    "é": "\u0306\u0301",
    "ú": "\u0306\u0309",
    "ü": "\u0306\u0303",
    "ë": "\u0306\u0323",
}


_VNI_ALONE = {
    "ñ": "đ",
    "Ñ": "Đ",
    "ô": "ơ",
    "Ô": "Ơ",
    "ö": "ư",
    "Ö": "Ư",
    "ì": "ì",
    "í": "í",
    "æ": "ỉ",
    "ó": "ĩ",
    "ò": "ị",
    "Ì": "Ì",
    "Í": "Í",
    "Æ": "Ỉ",
    "Ó": "Ĩ",
    "Ò": "Ị",
    "î": "ỵ",
    "Î": "Ỵ",
}


_VNI_PAIR = re.compile(
    "([aeouyAEOUYôöÔÖ])([" + "".join(_VNI_MARKS) + "".join(m.upper() for m in _VNI_MARKS) + "])"
)


def from_tcvn3(text: str) -> str:
    """TCVN3 letters as Unicode; the case of accented capitals lies in the font and is taken from the word."""
    out = re.sub("[" + re.escape("".join(_TCVN3)) + "]", lambda m: _TCVN3[m[0]], text)
    return re.sub(r"[^\W\d_]{2,}", _capitals, out)


def _capitals(m: re.Match[str]) -> str:
    """ "Uû BAN": a word whose plain letters are all capitals gets capital accents."""
    word = m[0]
    plain = [c for c in word if c.isascii()]
    if (
        len(plain) >= 1
        and all(c.isupper() for c in plain)
        and len(word) > 1
        and (len(plain) > 1 or len(word) == 2)
    ):
        return word.upper() if len(plain) > 1 else word
    return word


def from_vni(text: str) -> str:
    """VNI letters (a base letter and a mark letter behind it) as Unicode."""

    def pair(m: re.Match[str]) -> str:
        base = _VNI_ALONE.get(m[1], m[1])
        mark = _VNI_MARKS.get(m[2].lower())
        return unicodedata.normalize("NFC", base + mark) if mark else m[0]

    out: list[str] = []
    last = 0
    for m in _VNI_PAIR.finditer(text):
        out.append(_alone(text[last : m.start()]))
        out.append(pair(m))
        last = m.end()
    out.append(_alone(text[last:]))
    return "".join(out)


def _alone(text: str) -> str:
    return "".join(_VNI_ALONE.get(c, c) for c in text)
