"""Vietnamese syllables: whether a word is spelt as one (onset + rime), tones aside.

The rules of the national orthography as one small grammar; it decides only whether a token can be
a word at all, so that the fragments of a damaged line ("hu", "n", "th n") are told from text.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

_TONES = {"\u0300", "\u0301", "\u0303", "\u0309", "\u0323"}
_ONSETS_TEXT = "ngh ng nh ch gh gi kh ph qu th tr b c d đ g h k l m n p r s t v x"
_ONSETS = tuple(_ONSETS_TEXT.split())
_RIMES_TEXT = (
    "a ac ach ai am an ang anh ao ap at au ay ă ăc ăm ăn ăng ăp ăt â âc âm ân âng âp ât âu ây e ec em "
    "en eng eo ep et ê êch êm ên ênh êp êt êu i ia ich iêc iêm iên iêng iêp iêt iêu im in inh ip it iu "
    "o oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oc oe oen oeo oet oi om "
    "on ong ooc oong op ot ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt u ua uân uâng uât uây uc uê uêch "
    "uênh ui um un ung uôc uôi uôm uôn uông uôt up uơ ut uy uya uych uyên uyêt uynh uyt uyu uyn uô ư ưa "
    "ưc ưi ưm ưn ưng ươc ươi ươm ươn ương ươp ươt ươu ưt ưu y yêm yên yêng yêt yêu uyp"
)
_RIMES = frozenset(_RIMES_TEXT.split())


def plain(word: str) -> str:
    """``word`` in lower case without its tone mark; the letters ă â ê ô ơ ư đ keep theirs."""
    parts = unicodedata.normalize("NFD", word.lower())
    return unicodedata.normalize("NFC", "".join(c for c in parts if c not in _TONES))


@lru_cache(maxsize=20_000)
def is_syllable(word: str) -> bool:
    """Whether ``word`` can be one Vietnamese syllable ("huyện" yes, "hu" yes, "th" no, "Côn" yes)."""
    if len(word) > 8:
        return False
    low = plain(word)
    if low in _RIMES:
        return True
    for onset in _ONSETS:
        if low.startswith(onset):
            rest = low[len(onset) :]
            if rest in _RIMES or (onset == "gi" and ("i" + rest) in _RIMES):
                return True
    return False


_STARTS = frozenset(rime[:n] for rime in _RIMES for n in range(1, len(rime)))


@lru_cache(maxsize=20_000)
def is_fragment(word: str) -> bool:
    """Whether ``word`` can be a piece of a syllable cut apart ("th", "khuyê"; "km", "online" not)."""
    if len(word) > 7:
        return False
    low = plain(word)
    if low in _STARTS or low in _ONSETS:
        return True
    return any(low.startswith(onset) and low[len(onset) :] in _STARTS for onset in _ONSETS)
