"""Bytes of a text file to text: Unicode forms first, then the old Vietnamese code pages.

TCVN3 ("Uû ban nh©n d©n", fonts .Vn*) and VNI ("UÛy ban nhaân daân", fonts VNI-*) put Vietnamese
letters into Latin code places; they are told by letter statistics and converted by table
(``formats.md`` §7.3). Converted text carries a notice.
"""

from __future__ import annotations

import re
import unicodedata

from paper.reading.codepages import from_tcvn3, from_vni
from paper.reading.result import Notice, Unreadable

_VIETNAMESE = re.compile("[àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ]", re.I)
_ONLY_VIETNAMESE = re.compile("[ảạăằắẳẵặầấẩẫậẻẽẹềếểễệỉịỏọồốổỗộơờớởỡợủụưừứửữựỳỷỹỵđ]", re.I)
_TCVN3_SIGNS = re.compile("[µ¸¶·¹¨»¾¼½Æ©ÇÊÈÉË®ÌÐÎÏÑªÒÕÓÔÖ×ÝØÜÞß«åæç¬îïñ÷øûþ§¦]")
_WORDS_TEXT = (
    "và của các công tác ủy uỷ ban nhân dân huyện tỉnh xã thực hiện năm tháng ngày nội dung cơ quan đơn vị"
)
_WORDS = frozenset(_WORDS_TEXT.split())


def decode(data: bytes) -> tuple[str, list[Notice]]:
    """The text of ``data`` and notices on conversions; :class:`Unreadable` where it is no text."""
    for bom, codec in ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")):
        if data.startswith(bom):
            return modern(_strictly(data[len(bom) :], codec))
    if (wide := _wide(data)) is not None:
        return modern(_strictly(data, wide))
    if b"\x00" in data[:8192]:
        raise _noise()
    try:
        return modern(data.decode("utf-8"))
    except UnicodeDecodeError:
        pass
    return _single_byte(data)


def _strictly(data: bytes, codec: str) -> str:
    try:
        return data.decode(codec)
    except UnicodeDecodeError as error:
        raise Unreadable("broken", "Tệp văn bản bị hỏng hoặc tải lên chưa đủ, không giải mã được.") from error


def _wide(data: bytes) -> str | None:
    """UTF-16 without a mark: every other byte of Latin text is small."""
    head = data[:4096]
    if len(head) < 8 or len(data) % 2:
        return None
    even = sum(1 for b in head[0::2] if b in (0, 1, 0x1E))
    odd = sum(1 for b in head[1::2] if b in (0, 1, 0x1E))
    half = len(head) // 2
    if odd > half * 0.9 and even < half * 0.2:
        return "utf-16-le"
    if even > half * 0.9 and odd < half * 0.2:
        return "utf-16-be"
    return None


def _noise() -> Unreadable:
    return Unreadable("binary", "Tệp không phải văn bản đọc được (dữ liệu nhị phân).")


def _single_byte(data: bytes) -> tuple[str, list[Notice]]:
    """An 8-bit text: the code page whose reading looks most Vietnamese."""
    control = sum(1 for b in data[:65536] if b < 32 and b not in (9, 10, 11, 12, 13, 27))
    if control > len(data[:65536]) * 0.02:
        raise _noise()
    latin = data.decode("latin-1")
    choices = [
        ("TCVN3", from_tcvn3(latin)),
        ("VNI", from_vni(latin)),
        ("Windows-1258", unicodedata.normalize("NFC", data.decode("cp1258", errors="replace"))),
    ]
    name, text = max(choices, key=lambda c: _score(c[1]))
    if _score(text) <= 0:
        if sum(1 for b in data[:65536] if b >= 128) > len(data[:65536]) * 0.3:
            raise _noise()
        return latin, [_converted("Latin-1")]
    return text, [_converted(name)]


def modern(text: str) -> tuple[str, list[Notice]]:
    """Unicode text that in truth holds TCVN3 or VNI letters (pasted from an old font)."""
    sample = text[:50_000]
    if len(_ONLY_VIETNAMESE.findall(sample)) > len(sample) * 0.005:
        return text, []
    here = _score(sample)
    for name, convert in (("TCVN3", from_tcvn3), ("VNI", from_vni)):
        if (name == "VNI" or len(_TCVN3_SIGNS.findall(sample)) > len(sample) * 0.02) and _score(
            convert(sample)
        ) > here + 6:
            return convert(text), [_converted(name)]
    return text, []


def _score(text: str) -> float:
    """How Vietnamese a text looks: common words, and letters no other language has."""
    sample = text[:50_000]
    words = re.findall(r"[^\W\d_]+", sample.lower())
    if not words:
        return 0.0
    common = sum(1 for w in words if w in _WORDS)
    strange = len(re.findall("[^\\w\\s.,;:!?()\\[\\]\"'“”‘’/%&+*=–—…-]", sample))
    return (
        100 * common / len(words)
        + 20 * len(_ONLY_VIETNAMESE.findall(sample)) / len(sample)
        - 60 * strange / len(sample)
    )


def _converted(name: str) -> Notice:
    return Notice(
        "encoding.converted",
        f"Văn bản dùng bảng mã {name} đã được chuyển sang Unicode; hãy kiểm tra lại dấu.",
    )
