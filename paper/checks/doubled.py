"""Words typed twice: "công tác công tác", but not the lawful doublings of Vietnamese."""

from __future__ import annotations

import re
from collections.abc import Iterator

from paper.checks.finding import N_, Finding, Severity
from paper.checks.material import Material
from paper.checks.registry import checks

#: Single words that never stand twice in a row. Others may: from reduplication ("luôn luôn", "ngày ngày")
#: or because one compound ends as the next begins ("quy định định kỳ", "tổ chức chức năng").
NEVER = frozenset(
    re.findall(
        r"\w+",
        "các những và của trong cho với về tại theo là được bị do để đã đang sẽ đến này khi nếu thì mà như "
        "cũng có không mọi mỗi hoặc hay nhưng vì nên trên dưới giữa bằng qua số nội ban huyện tỉnh xã phường "
        "ủy uỷ cấp đồng chí phòng sở bộ việc nhiệm tháng quý kế hoạch hội nghị công",
    )
)
#: Two-syllable words that are lawfully said twice.
LAWFUL = frozenset({"từng bước", "lần lượt", "dần dần", "đời đời", "mãi mãi", "từng ngày"})
#: Compounds whose second part opens another one: "Hội hội viên" is wrong, "Ban ban hành" is not.
_JOINS = frozenset(
    {
        "ban ban hành",
        "có có",
        "số số",
        "hội hội viên",
        "công công an",
        "công công trình",
        "bộ bộ đội",
        "bộ bộ máy",
        "xã xã hội",
        "cấp cấp ủy",
        "cấp cấp uỷ",
        "cấp cấp phép",
        "đồng đồng bộ",
        "chí chí công",
        "nội nội dung",
        "nội nội vụ",
        "kế kế hoạch",
        "việc việc làm",
        "quý quý",
        "nhiệm nhiệm kỳ",
        "nhiệm nhiệm vụ",
        "hoạch hoạch định",
    }
)
_WORD = re.compile(r"[^\W\d_]+")
_LONGEST = 4


@checks("words.doubled", N_("Không lặp từ"), Severity.WARN)
def doubled(m: Material) -> Iterator[Finding]:
    """One to four syllables that stand twice with nothing but a blank between them."""
    for passage in m.words:
        words = list(_WORD.finditer(passage.text))
        said = [word[0].lower() for word in words]
        at = 0
        while at < len(words):
            size = _repeat(passage.text, words, said, at)
            if size:
                start, end = words[at].start(), words[at + 2 * size - 1].end()
                once = passage.text[start : words[at + size - 1].end()]
                yield passage.finding(
                    N_("Lặp từ: “%(said)s”."), start, end, repair=once, said=passage.text[start:end]
                )
            at += 2 * size if size else 1


def _repeat(text: str, words: list[re.Match[str]], said: list[str], at: int) -> int:
    """How many syllables from ``at`` stand twice, 0 for none; the longest first."""
    for size in range(_LONGEST, 0, -1):
        stop = at + 2 * size
        if stop > len(words) or said[at : at + size] != said[at + size : stop]:
            continue
        if any(text[words[n].end() : words[n + 1].start()] != " " for n in range(at, stop - 1)):
            continue
        if not _lawful(words, said, at, size):
            return size
    return 0


def _lawful(words: list[re.Match[str]], said: list[str], at: int, size: int) -> bool:
    once = " ".join(said[at : at + size])
    if size > 1:
        return once in LAWFUL or len(set(said[at : at + size])) == 1
    if once not in NEVER:
        return True
    if words[at][0].islower() and words[at + 1][0][0].isupper():
        return True  # "đại hội Hội Nông dân": a name begins
    following = said[at + 2] if at + 2 < len(said) else ""
    return f"{once} {once} {following}" in _JOINS or f"{once} {once}" in _JOINS
