"""Lines whose letters were lost in bold runs: each lost letter left exactly one blank.

``formats.md`` §7.3: "Côn  t c củ  UBND hu  n th n  4" is "Công tác của UBND huyện tháng 4" (a font
subset without its letter table). A damaged line is decoded as a whole: every blank is either a
blank or a lost letter, and the cheapest sequence of known words wins. Known words come from the
rest of the same document and from a list of common office words; the letters that one document
loses are learnt from its clearest lines first. What stays unclear stays as it is.
"""

from __future__ import annotations

import itertools
import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from paper.reading.syllables import is_fragment, is_syllable

#: Common words of official papers (each syllable once), for what the document itself does not say.
_OFFICE_TEXT = (
    "công tác của ủy uỷ ban nhân dân huyện tỉnh xã phường tháng năm quý quí ngày và các về phát triển "
    "kinh tế văn hóa hoá xã hội nội chính hội nghị thường kỳ dự kiến chuyên đề sẽ có lịch cụ thể riêng "
    "chủ tịch phó tổ chức giao vào sáng chiều thứ hai ba tư sáu bảy hằng hàng tuần chương trình làm "
    "việc với cơ quan địa phương đơn vị nhiệm vụ trọng tâm lãnh đạo chỉ đạo một số thông báo kết luận ý "
    "kiến tại phiên họp đảng bộ đoàn thể quốc phòng an ninh trật tự nông nghiệp tài nguyên môi trường "
    "giáo dục đào tạo y tế khoa học công nghệ thương mại du lịch tài chính ngân sách đầu tư xây dựng "
    "giao thông đô thị quản lý đất đai khoáng sản cải cách hành chính chuyển đổi số thanh tra kiểm tra "
    "giám sát tiếp dân khiếu nại tố cáo phòng chống tham nhũng lãng phí tiêu cực tuyên truyền vận động "
    "dân vận mặt trận tổ quốc thực hiện nghị quyết quyết định kế hoạch báo cáo đề án trong thời gian "
    "tới những giải pháp khác tình hình kết quả đánh giá chung kính gửi nơi nhận trên đây là căn cứ yêu "
    "cầu đề nghị giao phối hợp chuẩn bị nội dung thời địa điểm thành phần đồng chí văn bí thư trưởng "
    "chánh ký lưu để biết cho theo dõi quyền hạn lập tự do hạnh phúc độc cộng hòa nghĩa việt nam mạnh "
    "hùng dũng tuấn thắng quang hoàng nguyễn trần phạm vũ vương phan đặng bùi đỗ ngô dương lý chung hải "
    "sơn minh thành trung cường tiến thị hương hồng lan hạnh mai giang bình long khánh phong"
)
OFFICE = tuple(_OFFICE_TEXT.split())

_TOKEN = re.compile(r"[^\W\d_]+")
_LONE = re.compile(r"(?:^|(?<=\s))[b-df-hj-np-tv-xđ](?=\s|$|[,;.:](?:\s|$))")
_NAMED = re.compile(
    r"(?:(?<!\w)(?:điểm|khoản|mục|ý|nhóm|loại|hạng|khối|lớp|khu|lô|tổ|vitamin|bảng|biểu|phụ lục)|[\d,;]|"
    r"(?<!\w)[a-zđ] (?:và|đến|hoặc|-))\s?$",
    re.I,
)
_MAX_LINE = 220
_MAX_LINES = 120
_LOOKUPS = 6_000


@dataclass(frozen=True, slots=True)
class Guess:
    """A decoded line; ``sure`` is False where a blank might hold another letter."""

    text: str
    sure: bool


def suspicious(line: str) -> bool:
    """Whether the line shows fragments that no text has: lone consonants, or syllables cut apart."""
    body = re.sub(r"^\s*(?:[\dIVXLC]{1,4}[.)-]|[^\W\d_][.)]|[-+*])+\s", "", line[:_MAX_LINE])
    if "  " not in body and not _LONE.search(body):
        return False
    bad = sum(1 for m in _LONE.finditer(body) if not _NAMED.search(body, max(0, m.start() - 12), m.start()))
    for m in _TOKEN.finditer(body):
        word = m[0]
        if len(word) > 1 and word.islower() and not is_syllable(word) and is_fragment(word):
            bad += 1
    gaps = len(re.findall(r"[^\W\d_] {2}(?=[^\W\d_])", body))
    return bad >= 2 or (bad >= 1 and (gaps >= 1 or len(body) < 60))


def decode(lines: Sequence[str]) -> dict[int, Guess]:
    """Guesses for the damaged ones of ``lines``, by position.

    At most 120 lines of at most 220 characters and a fixed number of look-ups are tried, so the cost
    is bounded whatever the text.
    """
    marked = [i for i, line in enumerate(lines) if suspicious(line)][:_MAX_LINES]
    if not marked:
        return {}
    lines = _evened([line.lstrip(" ") for line in lines])
    tried = set(marked)
    gapped = [i for i, line in enumerate(lines) if i not in tried and _gapped(line)]
    apart = tried.union(gapped)
    lexicon = _Lexicon(line for i, line in enumerate(lines) if i not in apart)
    price = _prices([lines[i] for i in marked], lexicon)
    lexicon.budget = _LOOKUPS
    out: dict[int, Guess] = {}
    for i in marked:
        text, used, sure = _decode(lines[i], lexicon, price)
        if used and text != lines[i]:
            out[i] = Guess(text, sure)
    for i in gapped[:_MAX_LINES]:
        text, used, sure = _decode(lines[i], lexicon, price)
        if used and sure and set(used) <= set(price):
            out[i] = Guess(text, sure)
    return out


def _evened(lines: Sequence[str]) -> list[str]:
    """The lines with one blank at their ends, as extracted text has; what a line has beyond the others'
    usual number may be a lost letter and stays."""
    ends = [len(line) - len(line.rstrip(" ")) for line in lines]
    usual = Counter(end for line, end in zip(lines, ends, strict=True) if line.strip()).most_common(1)
    most = usual[0][0] if usual else 0
    return [line.rstrip(" ") + " " * max(0, end - most + 1) for line, end in zip(lines, ends, strict=True)]


def _prices(lines: Sequence[str], lexicon: _Lexicon) -> dict[str, float]:
    """What each letter costs to restore: cheap for those the clear lines have lost most often."""
    sure: Counter[str] = Counter()
    every: Counter[str] = Counter()
    for line in lines:
        _, used, clear = _decode(line, lexicon, {})
        every.update(used)
        if clear:
            sure.update(used)
    losses = sure or every
    total = sum(losses.values()) or 1
    return {c: min(4.0, -math.log(n / total)) for c, n in losses.items()}


def _gapped(line: str) -> bool:
    """A short line with a double blank beside a word: a letter may be lost there ("Về văn hó  - xã hội")."""
    return len(line) < 90 and bool(re.search(r"[^\W\d_] {2}(?! )", line)) and "   " not in line


class _Lexicon:
    """Words with their costs, found by a pattern of letters and blanks."""

    def __init__(self, healthy: Iterable[str]) -> None:
        words: Counter[str] = Counter()
        self.pairs: set[tuple[str, str]] = set()
        for line in healthy:
            found = [w.lower() for w in _TOKEN.findall(line)]
            words.update(found)
            self.pairs.update(itertools.pairwise(found))
        words = Counter(dict(words.most_common(4_000)))
        total = sum(words.values()) + 1_000
        self.cost = {w: math.log(total / n) for w, n in words.items() if len(w) <= 8 and is_syllable(w)}
        for w in OFFICE:
            self.cost.setdefault(w, math.log(total / 0.8))
        self.pairs.update(itertools.pairwise(OFFICE))
        self.by_length: dict[tuple[int, str], list[str]] = {}
        for w in self.cost:
            self.by_length.setdefault((len(w), ""), []).append(w)
            self.by_length.setdefault((len(w), w[0]), []).append(w)
        self.found: dict[str, list[str]] = {}
        self.budget = _LOOKUPS

    def match(self, pattern: str) -> list[str]:
        """Known words that fit ``pattern``, whose blanks stand for any letter."""
        if pattern in self.found:
            return self.found[pattern]
        if self.budget <= 0:
            return []
        self.budget -= 1
        low = pattern.lower()
        bucket = self.by_length.get((len(low), "" if low[0] == " " else low[0]), [])
        shown = [(i, c) for i, c in enumerate(low) if c != " "]
        hits = [w for w in bucket if all(w[i] == c for i, c in shown)]
        self.found[pattern] = hits
        return hits


_State = tuple[float, str, str, tuple[str, ...]]
_BEAM = 5


def _decode(line: str, lexicon: _Lexicon, price: dict[str, float]) -> tuple[str, tuple[str, ...], bool]:
    """The cheapest reading of a line, the letters it restores, and whether no other came near."""
    text = line[:_MAX_LINE]
    rest = line[_MAX_LINE:]
    beams: list[list[_State]] = [[] for _ in range(len(text) + 1)]
    beams[0] = [(0.0, "", "", ())]
    for at in range(len(text)):
        states = sorted(_best(beams[at]))[:_BEAM]
        if not states:
            continue
        for length, piece, cost, used, word in _steps(text, at, lexicon, price):
            for c, out, last, lost in states:
                joined = cost
                if word and last and (last, word) in lexicon.pairs:
                    joined -= 2.5
                beams[at + length].append((c + joined, out + piece, word or last, lost + used))
    final = sorted(_best(beams[len(text)]))
    if not final:
        return line, (), False
    best = final[0]
    near = [f for f in final[1:] if f[1].split() != best[1].split() and f[0] - best[0] < 0.7]
    return best[1] + rest, best[3], not near


def _best(states: list[_State]) -> list[_State]:
    """The cheapest state for each written text."""
    best: dict[tuple[str, str], _State] = {}
    for s in states:
        key = (s[1].rstrip(), s[2])
        if key not in best or s[0] < best[key][0]:
            best[key] = s
    return list(best.values())


def _steps(
    text: str, at: int, lexicon: _Lexicon, price: dict[str, float]
) -> list[tuple[int, str, float, tuple[str, ...], str]]:
    """What may be read at ``at``: (length, text, cost, restored letters, word)."""
    out: list[tuple[int, str, float, tuple[str, ...], str]] = []
    c = text[at]
    inside = at > 0 and text[at - 1].isalpha()
    if c == " ":
        doubled = at > 0 and text[at - 1] == " "
        at_edge = at == 0 or at == len(text) - 1
        out.append((1, " ", 0.0 if at_edge else 2.5 if doubled else 0.0, (), ""))
    elif not c.isalpha():
        out.append((1, c, 0.0, (), ""))
    if not (c.isalpha() or c == " ") or (inside and c.isalpha()):
        return out
    whole = _TOKEN.match(text, at)
    if whole:
        word = whole[0]
        low = word.lower()
        if word.isupper():
            cost = 1.0 if len(word) == 1 else 3.0
        elif low in lexicon.cost:
            cost = lexicon.cost[low]
        elif is_syllable(word):
            cost = 11.0
        else:
            cost = 16.0
        out.append((len(word), word, cost, (), low))
    if (c == " " and inside) or text[at - 1 : at] == "/":
        return out
    for length in range(1, 8):
        piece = text[at : at + length]
        if len(piece) < length or not _fillable(piece):
            break
        after = text[at + length : at + length + 1]
        if after.isalpha() or " " not in piece or not piece.strip():
            continue
        for w in lexicon.match(piece):
            lost = tuple(x for x, shown in zip(w, piece, strict=True) if shown == " ")
            if not all(x.isalpha() for x in lost):
                continue
            cost = lexicon.cost[w] + sum(price.get(x, 7.0) if price else 1.0 for x in lost)
            shaped = w.capitalize() if piece.strip()[0].isupper() and piece[0] != " " else w
            out.append((length, shaped, cost, lost, w))
    return out


def _fillable(piece: str) -> bool:
    return all(c.isalpha() or c == " " for c in piece) and "    " not in piece
