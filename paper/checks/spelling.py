"""Two ways of spelling mixed within one paper: uỷ and ủy, quý and quí, hằng and hàng."""

from __future__ import annotations

import re
from collections.abc import Iterator

from paper.checks.dates import gathered
from paper.checks.finding import N_, Finding, Severity
from paper.checks.material import Material, Passage
from paper.checks.registry import checks

_PLAIN = {"à": "a", "á": "a", "ả": "a", "ã": "a", "ạ": "a", "è": "e", "é": "e", "ẻ": "e", "ẽ": "e", "ẹ": "e"}
_PLAIN |= {"ỳ": "y", "ý": "y", "ỷ": "y", "ỹ": "y", "ỵ": "y"}
_TONES = {"o": "òóỏõọ", "u": "ùúủũụ"}
_ORDER = {"a": "àáảãạ", "e": "èéẻẽẹ", "y": "ỳýỷỹỵ"}
OLD_TONE = re.compile(r"(?<![\w])([bcdđghklmnpqrstvx]*)(o[àáảãạ]|o[èéẻẽẹ]|(?<![qQ])u[ỳýỷỹỵ])(?!\w)", re.I)
_NEW = re.compile(r"(?<![\w])([bcdđghklmnpqrstvx]*)([òóỏõọ][ae]|(?<![qQ])[ùúủũụ]y)(?!\w)", re.I)
_QUI = re.compile(r"(?<!\w)(q)(uí|uý)(?!\w)", re.I)
_EVERY = re.compile(r"(?<!\w)(h)(ằng|àng)(?=\s(?:ngày|tuần|tháng|quý|quí|năm)(?!\w))", re.I)

Place = tuple[Passage, tuple[int, int], str]


def _cased(pattern: str, word: str) -> str:
    """``word`` with the capitals of ``pattern``."""
    if len(pattern) > 1 and pattern.isupper():
        return word.upper()
    return word[:1].upper() + word[1:] if pattern[:1].isupper() else word


def to_new(pair: str) -> str:
    """ "uỷ" → "ủy", "oà" → "òa"."""
    first, second = pair[0].lower(), pair[1].lower()
    plain = _PLAIN[second]
    return _cased(pair, _TONES[first][_ORDER[plain].index(second)] + plain)


def to_old(pair: str) -> str:
    """ "ủy" → "uỷ", "òa" → "oà"."""
    first, second = pair[0].lower(), pair[1].lower()
    base = next(c for c, marked in _TONES.items() if first in marked)
    return _cased(pair, base + _ORDER[second][_TONES[base].index(first)])


def _minority(here: list[Place], there: list[Place]) -> list[Place]:
    """The rarer way of the two, () where only one occurs; of equal ones the second."""
    if not here or not there:
        return []
    return here if len(here) < len(there) else there


@checks("spelling.tone", N_("Đặt dấu thanh thống nhất"), Severity.HINT)
def tone(m: Material) -> Iterator[Finding]:
    """Both placements are in use; one paper keeps to one."""
    old: list[Place] = []
    new: list[Place] = []
    for passage in (*m.words, *m.recipients):
        for found, pattern, put in ((old, OLD_TONE, to_new), (new, _NEW, to_old)):
            for match in pattern.finditer(passage.text):
                found.append((passage, match.span(), match[1] + put(match[2])))
    if wrong := _minority(old, new):
        yield gathered(
            wrong,
            N_(
                "Dấu thanh đặt hai kiểu trong một văn bản: “%(said)s” (%(n)s chỗ), phần lớn viết “%(right)s”."
            ),
        )


def _mixed(m: Material, pattern: re.Pattern[str], forms: tuple[str, str]) -> list[Place]:
    found: dict[str, list[Place]] = {form: [] for form in forms}
    for passage in (*m.words, *m.recipients):
        for match in pattern.finditer(passage.text):
            form = match[2].lower()
            other = forms[1] if form == forms[0] else forms[0]
            found[form].append((passage, match.span(), match[1] + _cased(match[2], other)))
    return _minority(found[forms[0]], found[forms[1]])


@checks("spelling.quy", N_("“quý” viết thống nhất"), Severity.HINT)
def quarter(m: Material) -> Iterator[Finding]:
    if wrong := _mixed(m, _QUI, ("uý", "uí")):
        yield gathered(wrong, N_("Viết lẫn “%(said)s” và “%(right)s” (%(n)s chỗ)."))


@checks("spelling.hang", N_("“hằng” viết thống nhất"), Severity.HINT)
def every(m: Material) -> Iterator[Finding]:
    if wrong := _mixed(m, _EVERY, ("ằng", "àng")):
        yield gathered(wrong, N_("Viết lẫn “%(said)s” và “%(right)s” (%(n)s chỗ)."))
