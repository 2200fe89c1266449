"""The cover: letterhead, meeting, agenda with every document and its page; laid out in points.

The lines are made and broken first, then divided into pages; only then are the page numbers known,
and the lines are written with them. So one pass does, however long the agenda is.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from meetings.packing.content import Content, File, Item, Listed, Problem
from meetings.packing.letters import BOLD, ITALIC, PLAIN, Style, letters, printable
from meetings.packing.stamps import A4_LONG, A4_SHORT, ABOVE_EDGE, FROM_SIDE, SIZE
from paper.forms import Below, Face, Profile
from paper.printing import measure

MM = 72 / 25.4
FONTS: dict[Style, str] = {PLAIN: "/F0", BOLD: "/F1", ITALIC: "/F2"}
#: Letters of the agenda, of what stands below an item, and the height of their lines.
TEXT, SMALL = 12.0, 10.5
TALL, LOW = 16.0, 14.0
#: Where the agenda's columns begin, from the left margin; the column of page numbers.
NUMBER, INDENT, PAGES = 0.0, 22.0, 34.0
INK, LINK, ALARM, GREY = "0 0 0", ".09 .24 .42", ".63 .11 .11", ".35 .35 .35"

#: (item, document); document 0 is the item itself.
Key = tuple[int, int]
#: Key → page number, where there is a page.
Numbers = Mapping[Key, int]


@dataclass(frozen=True, slots=True)
class Run:
    """Words at a place of a line."""

    x: float
    text: str
    style: Style = PLAIN
    size: float = TEXT
    colour: str = INK


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the cover. ``page_of`` shows that page at the right; ``key`` is what the line opens
    (a document's first page), ``url`` an address; ``keep`` holds it with the line below."""

    height: float
    runs: tuple[Run, ...] = ()
    page_of: Key | None = None
    key: Key | None = None
    url: str = ""
    keep: bool = False
    rules: tuple[tuple[float, float, float], ...] = ()
    begins: Key | None = None
    """The item or document whose place on the cover this line is."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page of the cover: lines with their baselines."""

    lines: list[tuple[float, Line]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Link:
    """A place of a page that opens something."""

    box: tuple[float, float, float, float]
    key: Key | None
    url: str


def sheets(content: Content, problems: Mapping[Key, Problem], listed: Mapping[Key, Listed]) -> list[Sheet]:
    """The cover divided into pages."""
    form = content.form
    lines = [*_letterhead(content), *_meeting(content), *_agenda(content, problems, listed)]
    top, bottom = A4_LONG - form.margin_top * MM, max(form.margin_bottom * MM, 40.0)
    out, at = [Sheet()], top
    waiting: list[Line] = []
    for line in lines:
        waiting.append(line)
        if line.keep:
            continue
        tall = sum(one.height for one in waiting)
        if at - tall < bottom and out[-1].lines:
            out.append(Sheet())
            at = top
        for one in waiting:
            if at - one.height < bottom and out[-1].lines:
                out.append(Sheet())
                at = top
            at -= one.height
            out[-1].lines.append((at, one))
        waiting = []
    return out


def _letterhead(content: Content) -> Iterator[Line]:
    """Both columns of the head of a paper, in the faces of the body's form."""
    form = content.form
    left, right = list(_left(content)), list(_right(form))
    for n in range(max(len(left), len(right))):
        runs: list[Run] = []
        rules: list[tuple[float, float, float]] = []
        for column in (left, right):
            if n < len(column):
                runs += column[n][0]
                rules += column[n][1]
        yield Line(max(form.letterhead_line, 15.0), tuple(runs), rules=tuple(rules), keep=True)
    yield Line(26.0, keep=True)


_Cell = tuple[list[Run], list[tuple[float, float, float]]]


def _left(content: Content) -> Iterator[_Cell]:
    form = content.form
    x, room = form.margin_left * MM, form.letterhead_left * MM
    for lines, face in ((content.superior, form.superior), (content.issuer, form.issuer)):
        for text in lines:
            for part in measure.balanced(printable(text), face, form.letterhead_left - 1):
                yield [_centred(part, x, room, face)], []
    if content.issuer and form.issuer_below is Below.ASTERISK:
        yield [_centred("*", x, room, form.number.face)], []
    elif content.issuer:
        width = room * form.issuer_rule * 0.6
        yield [], [(x + (room - width) / 2, 10.0, width)]


def _right(form: Profile) -> Iterator[_Cell]:
    x = (form.margin_left + form.letterhead_left) * MM
    room = A4_SHORT - form.margin_right * MM - x
    last = ("", Face(12))
    for text, face in form.title.lines:
        yield [_centred(text, x, room, face)], []
        last = (text, face)
    width = measure.length(last[0], last[1]) * MM * form.title.rule
    yield [], [(x + (room - width) / 2, 10.0, width)]


def _centred(text: str, x: float, room: float, face: Face) -> Run:
    style = (face.bold, face.italic) if (face.bold, face.italic) in FONTS else PLAIN
    width = letters(style).width(text, face.size)
    return Run(x + (room - width) / 2, text, style, face.size)


def _meeting(content: Content) -> Iterator[Line]:
    form = content.form
    x, room = form.margin_left * MM, A4_SHORT - (form.margin_left + form.margin_right) * MM
    heads = (("BỘ TÀI LIỆU", form.kind, 19.0), (content.title, form.subject, 19.0))
    for text, face, height in heads:
        for part in measure.balanced(printable(text), face, room / MM):
            yield Line(height, (_centred(part, x, room, face),), keep=True)
    yield Line(12.0, keep=True)
    facts = (("Thời gian", content.when), ("Địa điểm", content.where), ("Chủ trì", content.chair))
    for name, words in facts:
        if words:
            label = Run(x, f"{name}:", BOLD)
            indent = 68.0
            parts = broken(words, PLAIN, TEXT, room - indent)
            for n, part in enumerate(parts):
                runs = (label, Run(x + indent, part)) if n == 0 else (Run(x + indent, part),)
                yield Line(TALL + 1, runs, keep=True)
    yield Line(10.0, keep=True)


def _agenda(
    content: Content, problems: Mapping[Key, Problem], listed: Mapping[Key, Listed]
) -> Iterator[Line]:
    form = content.form
    left, right = form.margin_left * MM, A4_SHORT - form.margin_right * MM
    head = (
        Run(left, "CHƯƠNG TRÌNH VÀ TÀI LIỆU", BOLD),
        Run(right - letters(ITALIC).width("Trang", SMALL), "Trang", ITALIC, SMALL),
    )
    yield Line(TALL, head, rules=((left, -5.0, right - left),), keep=True)
    yield Line(6.0, keep=True)
    counts = (len(problems), "tài liệu không ghép được"), (len(listed), "tài liệu chỉ mở được trên hệ thống")
    if said := "; ".join(f"{count} {words}" for count, words in counts if count):
        said = f"{said}: xem ghi chú dưới từng nội dung."
        yield Line(LOW, (Run(left, said, ITALIC, SMALL, ALARM),), keep=True)
    if not content.items:
        yield Line(TALL, (Run(left, "Hội nghị chưa có nội dung.", ITALIC),))
    session = ""
    for item in content.items:
        if item.session != session:
            session = item.session
            parts = broken(session, BOLD, TEXT, right - left)
            yield from (Line(TALL + 6, (Run(left, part, BOLD),), keep=True) for part in parts)
        yield from _item(item, left, right, problems, listed)


def _item(
    item: Item, left: float, right: float, problems: Mapping[Key, Problem], listed: Mapping[Key, Listed]
) -> Iterator[Line]:
    key = (item.number, 0)
    x, room = left + INDENT, right - left - INDENT
    parts = broken(item.text or "(chưa ghi nội dung)", BOLD, TEXT, room)
    lines = [
        Line(
            TALL + (5 if n == 0 else 0),
            ((Run(left, f"{item.number}.", BOLD), Run(x, part, BOLD)) if n == 0 else (Run(x, part, BOLD),)),
            key=key,
            keep=True,
            begins=key if n == 0 else None,
        )
        for n, part in enumerate(parts)
    ]
    said = [("Chuẩn bị", item.bodies), ("Báo cáo", item.presenter), ("", item.purpose)]
    words = [f"{name}: {text}" if name else text for name, text in said if text]
    if item.minutes:
        words.append(f"{item.minutes} phút")
    if words:
        notes = broken("; ".join(words), ITALIC, SMALL, room)
        lines += [Line(LOW, (Run(x, part, ITALIC, SMALL, GREY),), keep=True) for part in notes]
    if not item.files:
        lines.append(Line(LOW, (Run(x, "Không có tài liệu", ITALIC, SMALL, GREY),)))
    for n, file in enumerate(item.files, 1):
        lines += _document(n, file, (item.number, n), x, room - PAGES, problems, listed)
    lines[-1] = replace(lines[-1], keep=False)
    yield from lines


def _document(
    number: int,
    file: File,
    key: Key,
    x: float,
    room: float,
    problems: Mapping[Key, Problem],
    listed: Mapping[Key, Listed],
) -> list[Line]:
    """A document with its page, or why it has none and where it is instead."""
    url = file.url if key in listed or key in problems else ""
    step = 18.0
    parts = broken(file.title, PLAIN, SMALL + 0.5, room - step)
    lines = []
    for n, part in enumerate(parts):
        words = Run(x + step, part, PLAIN, SMALL + 0.5, LINK)
        runs = (Run(x, f"{number}.", PLAIN, SMALL + 0.5), words) if n == 0 else (words,)
        last = n == len(parts) - 1
        lines.append(
            Line(
                LOW + (1 if n == 0 else 0),
                runs,
                page_of=key if last else None,
                key=key,
                url=url,
                keep=not last,
                begins=key if n == 0 else None,
            )
        )
    notes = []
    if not file.accepted:
        notes.append(("Chưa được Văn phòng nhận.", GREY))
    if key in problems:
        where = " Mở tệp gốc trên hệ thống." if file.url else ""
        notes.append((problems[key].reason + where, ALARM))
    elif key in listed:
        notes.append((f"Mở trên hệ thống: {file.name}", LINK))
    for text, colour in notes:
        for part in broken(text, ITALIC, SMALL - 0.5, room - step):
            lines[-1] = replace(lines[-1], keep=True)
            lines.append(Line(LOW - 1, (Run(x + step, part, ITALIC, SMALL - 0.5, colour),), url=url))
    return lines


def broken(text: str, style: Style, size: float, room: float) -> list[str]:
    """The text in lines of ``room`` points; a word that is longer is cut."""
    face = letters(style)
    out: list[str] = []
    here, used = "", 0.0
    blank = face.width(" ", size)
    for word in printable(text).split():
        for part in _cut(word, style, size, room):
            width = face.width(part, size)
            if here and used + blank + width > room:
                out.append(here)
                here, used = part, width
            else:
                here, used = (f"{here} {part}", used + blank + width) if here else (part, width)
    return [*out, here] if here else (out or [""])


def _cut(word: str, style: Style, size: float, room: float) -> Iterator[str]:
    face = letters(style)
    if face.width(word, size) <= room:
        yield word
        return
    part, used = "", 0.0
    for character in word:
        width = face.width(character, size)
        if part and used + width > room:
            yield part
            part, used = "", 0.0
        part, used = part + character, used + width
    yield part


def written(sheet: Sheet, form: Profile, numbers: Numbers, page: int, total: int) -> tuple[bytes, list[Link]]:
    """What draws a page of the cover, and the places on it that open something."""
    left, right = form.margin_left * MM, A4_SHORT - form.margin_right * MM
    out: list[bytes] = []
    links: list[Link] = []
    for at, line in sheet.lines:
        out += [_drawn(run, at) for run in line.runs]
        out += [_ruled(x, at + y, width) for x, y, width in line.rules]
        number = numbers.get(line.page_of) if line.page_of else None
        if number is not None and line.runs:
            out.append(_leader(line.runs[-1], right, at, number))
        opens = line.key if line.key in numbers else None
        if (opens or line.url) and line.runs:
            end = right if number is not None else right - PAGES
            links.append(Link((left + INDENT, at - 3.5, end, at + line.height - 4), opens, line.url))
    foot = f"trang {page}/{total}"
    width = letters(PLAIN).width(foot, SIZE)
    out.append(_drawn(Run(A4_SHORT - FROM_SIDE - width, foot, PLAIN, SIZE, GREY), ABOVE_EDGE))
    return b"\n".join(out), links


def _ruled(x: float, y: float, width: float) -> bytes:
    return b"q .7 w 0 G %.2f %.2f m %.2f %.2f l S Q" % (x, y, x + width, y)


def _drawn(run: Run, at: float) -> bytes:
    words, font = letters(run.style).encoded(run.text), FONTS[run.style].encode()
    values = (run.colour.encode(), font, run.size, run.x, at, words)
    return b"BT %s rg %s %.2f Tf %.2f %.2f Td %s Tj ET" % values


def _leader(last: Run, right: float, at: float, number: int) -> bytes:
    """Dots from the end of the words to the page number."""
    face, words = letters(PLAIN), str(number)
    start = last.x + letters(last.style).width(last.text, last.size) + 4
    width = face.width(words, SMALL + 0.5)
    stop = right - width - 4
    parts = [_drawn(Run(right - width, words, PLAIN, SMALL + 0.5), at)]
    if stop > start:
        parts.append(b"q .6 w .5 G [.6 3] 0 d %.2f %.2f m %.2f %.2f l S Q" % (start, at, stop, at))
    return b"\n".join(parts)
