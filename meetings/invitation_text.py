"""What an invitation says: facts taken from the rows of a meeting, and the clauses made of them.

Wording: the printed form "Giấy mời" of NĐ 30/2020 (Phụ lục III: who "trân trọng kính mời", "Tới dự",
"Chủ trì", "Thời gian", "Địa điểm", what to heed) and the usage of party offices ("Kính mời", "Thời
gian", "Địa điểm", "Nội dung"); see ``tests/paper/reading/papers/giay-moi-*.txt``. These words
are printed, so they are Vietnamese in every language of the interface.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, fields
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from agencies.models import IssuingBody
from documents.models import Clause
from lucngan.lib.dates import WEEKDAYS, short
from meetings.milestones import calendar_for, due_on
from meetings.models import AgendaItem, Attendee, Meeting, Session
from meetings.models.times import Timed
from paper.labels import LabelStyle
from paper.notes import spread
from paper.value import Recipient, Regime

#: A list of invited longer than this stands in "Nơi nhận" alone.
SHORT_LIST = 10
#: An agenda longer than this is left to the programme that announces it, where one was issued.
LONG_AGENDA = 15

#: The facts that go stale when the meeting changes, with the words that name them.
LABELS: dict[str, str | Promise] = {
    "title": _("Tên hội nghị"),
    "when": _("Thời gian"),
    "where": _("Địa điểm"),
    "points": _("Điểm cầu"),
    "chair": _("Chủ trì"),
    "invited": _("Thành phần mời"),
    "sessions": _("Các phiên"),
    "items": _("Nội dung"),
    "singles": _("Mời dự từng nội dung"),
    "documents": _("Tài liệu"),
}


@dataclass(frozen=True, slots=True)
class Facts:
    """A meeting in the words of its invitation."""

    title: str
    when: str
    where: str
    points: tuple[str, ...]
    chair: str
    invited: tuple[str, ...]
    sessions: tuple[str, ...]
    items: tuple[str, ...]
    singles: tuple[str, ...]
    documents: str

    def data(self) -> dict[str, Any]:
        """As the log keeps them, to be compared later."""
        return {name: list(v) if isinstance(v, tuple) else v for name, v in asdict(self).items()}


@dataclass(frozen=True, slots=True)
class Change:
    """A fact that is not what it was."""

    label: str | Promise
    before: str
    after: str


def changes(before: dict[str, Any], after: Facts) -> list[Change]:
    """What changed since the facts of a log entry were written down."""
    now = after.data()
    return [
        Change(LABELS[field.name], _flat(before.get(field.name)), _flat(now[field.name]))
        for field in fields(Facts)
        if before.get(field.name, "") != now[field.name]
    ]


def _flat(value: Any) -> str:
    return "; ".join(str(each) for each in value) if isinstance(value, list) else str(value or "")


@dataclass(frozen=True)
class Rows:
    """The rows of a meeting that its invitation speaks of, read once (five queries)."""

    meeting: Meeting
    items: list[AgendaItem]
    attendees: list[Attendee]
    sessions: list[Session]
    points: list[Any]

    @classmethod
    def of(cls, meeting: Meeting) -> Rows:
        return cls(
            meeting,
            list(meeting.items.accepted().prefetch_related("preparing")),
            list(meeting.attendees.select_related("person", "agency", "session", "item")),
            list(meeting.sessions.all()),
            list(meeting.points.select_related("room", "agency")),
        )

    def number_of(self, item_id: int | None) -> int | None:
        """The number under which an item stands on the agenda."""
        return next((n for n, item in enumerate(self.items, start=1) if item.pk == item_id), None)

    @property
    def whole(self) -> list[Attendee]:
        """Those invited to the whole meeting, in their order."""
        return [a for a in self.attendees if a.item_id is None and a.session_id is None]


def facts_of(rows: Rows) -> Facts:
    """What the invitation of this meeting would say."""
    meeting, party = rows.meeting, is_party(rows.meeting.issuing_body)
    return Facts(
        title=meeting.title,
        when=time_words(meeting, meeting.on, party=party),
        where=meeting.where,
        points=tuple(_point(point) for point in rows.points),
        chair=_chair(meeting),
        invited=tuple(invited(a) for a in rows.whole),
        sessions=tuple(_session(rows, session, party=party) for session in rows.sessions),
        items=tuple(_item(item) for item in rows.items),
        singles=tuple(_singles(rows)),
        documents=_documents(rows),
    )


def is_party(body: IssuingBody) -> bool:
    return body.regime == Regime.PARTY


def host(body: IssuingBody) -> str:
    """Who invites: "Ban Thường vụ Đảng ủy xã Tân Sơn", "Ủy ban nhân dân xã Tân Sơn"."""
    name = body.agency.name
    if is_party(body) and body.deciding_body and body.deciding_body not in name:
        return body.deciding_body if name in body.deciding_body else f"{body.deciding_body} {name}"
    return name


def clock(time: dt.time) -> str:
    """ "07 giờ 30", "14 giờ 00"."""
    return f"{time.hour:02d} giờ {time.minute:02d}"


def day_words(day: dt.date, *, party: bool, part: str = "") -> str:
    """Party: "sáng ngày 26/4/2023 (thứ Tư)"; State: "sáng thứ Tư, ngày 26 tháng 4 năm 2023"."""
    half = {"morning": "sáng ", "afternoon": "chiều "}.get(part, "")
    if party:
        return f"{half}ngày {short(day)} ({WEEKDAYS[day.weekday()]})"
    month = f"{day.month:02d}" if day.month < 3 else str(day.month)
    return f"{half}{WEEKDAYS[day.weekday()]}, ngày {day.day:02d} tháng {month} năm {day.year}"


def time_words(timed: Timed, day: dt.date | None, *, party: bool) -> str:
    """ "07 giờ 30, thứ Tư, ngày 26 tháng 4 năm 2023 (kết thúc lúc 11 giờ 30)"; "" without a day."""
    if day is None:
        return ""
    start = f"{clock(timed.starts_at)}, " if timed.starts_at else ""
    words = start + day_words(day, party=party, part=timed.part_of_day)
    if timed.ends_at:
        words += f" (kết thúc lúc {clock(timed.ends_at)})"
    elif not timed.starts_at and not timed.part_of_day:
        words += ", cả ngày"
    return words


def invited(attendee: Attendee) -> str:
    """ "Đồng chí Chu Văn Thịnh, Chủ tịch UBND xã", "Phòng Kinh tế", or the words that were typed."""
    if attendee.person is None:
        return str(attendee)
    position = f", {attendee.person.position}" if attendee.person.position else ""
    return f"Đồng chí {attendee.person}{position}"


def _chair(meeting: Meeting) -> str:
    if meeting.chair_text or meeting.chair is None:
        return meeting.chair_text
    position = f", {meeting.chair.position}" if meeting.chair.position else ""
    return f"Đồng chí {meeting.chair}{position}"


def _point(point: Any) -> str:
    room = f", {point.room}" if point.room else ""
    who = f" ({point.agency} phụ trách)" if point.agency and str(point.agency) not in point.name else ""
    return f"{point.name}{room}{who}"


def _item(item: AgendaItem) -> str:
    names = ", ".join(body.name for body in item.preparing.all())
    return f"{item.text} ({names})" if names else item.text


def _session(rows: Rows, session: Session, *, party: bool) -> str:
    """ "Phiên buổi sáng: 08 giờ 00, thứ Tư, …; nội dung 1-3; thành phần: …"."""
    on = rows.meeting.on
    day = on + dt.timedelta(days=session.days_after) if on else None
    parts = [f"{session.title}: {time_words(session, day, party=party)}"]
    numbers = [n for n, item in enumerate(rows.items, start=1) if item.session_id == session.pk]
    if numbers:
        parts.append(f"nội dung {spread(numbers)}")
    people = [invited(a) for a in rows.attendees if a.session_id == session.pk and a.item_id is None]
    if people:
        parts.append("thành phần: " + ", ".join(people))
    return "; ".join(parts)


def _singles(rows: Rows) -> Iterator[str]:
    """ "Nội dung 2 (khoảng 08 giờ 15): Phòng Kinh tế, …" for those asked for one item alone."""
    starts = expected(rows)
    for n, item in enumerate(rows.items, start=1):
        people = [invited(a) for a in rows.attendees if a.item_id == item.pk]
        if people:
            at = f" (khoảng {clock(starts[item.pk])})" if item.pk in starts else ""
            yield f"Nội dung {n}{at}: {', '.join(people)}"


def expected(rows: Rows) -> dict[int, dt.time]:
    """When each item is expected to come: the start of its session (or of the meeting) and the minutes
    of the items before it; nothing behind an item whose minutes are not known."""
    sessions = {session.pk: session for session in rows.sessions}
    at: dict[int | None, dt.datetime | None] = {}
    found: dict[int, dt.time] = {}
    for item in rows.items:
        place: Timed = sessions.get(item.session_id or 0, rows.meeting)
        here = at.get(item.session_id, _begin(place.starts_at))
        if here is not None:
            found[item.pk] = here.time()
            here = here + dt.timedelta(minutes=item.minutes) if item.minutes else None
        at[item.session_id] = here
    return found


def _begin(time: dt.time | None) -> dt.datetime | None:
    return dt.datetime.combine(dt.date(2000, 1, 1), time) if time else None


def documents_due(meeting: Meeting) -> dt.date | None:
    """Until when documents are to be sent; None where the meeting has no such day."""
    return due_on(meeting, meeting.on, "documents", calendar_for(meeting.on))


def _documents(rows: Rows) -> str:
    """Who sends documents and until when; "" where nobody has to."""
    due = documents_due(rows.meeting)
    names = [
        body.name for item in rows.items if item.needs_documents for body in item.preparing.all() if body.lead
    ]
    if due is None or not names:
        return ""
    who = ", ".join(dict.fromkeys(names))
    return (
        f"Đề nghị {who} gửi tài liệu về {office(rows.meeting.issuing_body)} chậm nhất ngày {short(due)} "
        f"({WEEKDAYS[due.weekday()]})"
    )


def office(body: IssuingBody) -> str:
    """Where papers are sent: the office that files them ("Lưu Văn phòng Đảng ủy")."""
    line = filing_line(body).text.removeprefix("Lưu").strip(" :")
    return line if line.startswith("Văn phòng") else "Văn phòng"


def filing_line(body: IssuingBody) -> Recipient:
    """The last line of "Nơi nhận": the body's own, else what its form asks for."""
    for row in body.default_recipients:
        if str(row.get("text", "")).startswith("Lưu"):
            return Recipient(row["text"])
    return Recipient("Lưu Văn phòng" if is_party(body) else "Lưu: VT")


def recipients_of(rows: Rows) -> list[Recipient]:
    """Nơi nhận: all who are invited (to the whole, a session, an item), those who prepare or look after
    a connecting point and are not among them, and the file."""
    found: dict[str, str | None] = {}
    for attendee in rows.whole:
        found.setdefault(_addressee(attendee), None)
    partly: dict[str, list[str]] = {}
    for attendee in rows.attendees:
        if attendee.session is not None and attendee.item_id is None:
            partly.setdefault(_addressee(attendee), []).append(attendee.session.title)
    numbers: dict[str, list[int]] = {}
    for attendee in rows.attendees:
        n = rows.number_of(attendee.item_id)
        if n is not None and n not in numbers.setdefault(_addressee(attendee), []):
            numbers[_addressee(attendee)].append(n)
    for name, titles in partly.items():
        found.setdefault(name, f"dự {', '.join(titles)}"[:60])
    for name, which in numbers.items():
        found.setdefault(name, f"dự nội dung {spread(sorted(which))}"[:60])
    for item in rows.items:
        for body in item.preparing.all():
            found.setdefault(body.name, "chuẩn bị nội dung")
    for point in rows.points:
        if point.agency:
            found.setdefault(str(point.agency), "chuẩn bị điểm cầu")
    rows_of = [Recipient(name, purpose) for name, purpose in found.items()]
    return [*rows_of, filing_line(rows.meeting.issuing_body)]


def _addressee(attendee: Attendee) -> str:
    if attendee.person is None:
        return str(attendee)
    return f"Đ/c {attendee.person}" + (f", {attendee.person.position}" if attendee.person.position else "")


def subject_of(meeting: Meeting) -> str:
    """Party papers begin in lower case ("dự Hội nghị …"), State papers with a capital."""
    return f"{'dự' if is_party(meeting.issuing_body) else 'Dự'} {meeting.title}"


# ---------------------------------------------------------------- clauses


class Text:
    """Clause rows in reading order, as ``documents.services.fill`` takes them."""

    def __init__(self) -> None:
        self.rows: list[dict[str, Any]] = []

    def add(self, text: str, style: str = "", parent: int | None = None, **values: Any) -> int:
        """One more clause; gives its place, for its children."""
        row = {"parent": parent, "text": text, "style": style, "role": Clause.Role.PARAGRAPH}
        self.rows.append(row | values)
        return len(self.rows) - 1

    def listed(self, head: str, lines: Iterable[str], style: str, under: str, **values: Any) -> None:
        """A clause with lines below it, each closed by ";", the last by a full stop."""
        here, below = self.add(head, style, **values), list(lines)
        for n, line in enumerate(below):
            self.add(closed(line, "." if n == len(below) - 1 else ";"), under, here)


def closed(text: str, sign: str = ".") -> str:
    """``text`` with its end sign, never doubled."""
    return text.rstrip(" .;,") + sign


def clauses_of(rows: Rows, facts: Facts, today: dt.date, replaces: str = "") -> list[dict[str, Any]]:
    """The text of the invitation; ``replaces`` names the one that it takes the place of. A day for
    documents that has gone by is asked of nobody."""
    text, party = Text(), is_party(rows.meeting.issuing_body)
    _opening(text, rows, facts, party=party)
    if party:
        _time(text, facts)
        _place(text, facts)
    _chair_line(text, facts)
    if not party:
        _time(text, facts)
        _place(text, facts)
    _agenda(text, rows)
    if facts.singles:
        text.listed("Mời dự từng nội dung:", facts.singles, LabelStyle.DECIMAL, LabelStyle.DASH)
    due = documents_due(rows.meeting)
    if facts.documents and due is not None and due >= today:
        text.add(closed(facts.documents))
    if replaces:
        text.add(closed(f"Giấy mời này thay thế {replaces}"))
    text.add("Đề nghị các đồng chí, các cơ quan, đơn vị dự họp đúng thành phần, thời gian.")
    return text.rows


def _opening(text: Text, rows: Rows, facts: Facts, *, party: bool) -> None:
    who = host(rows.meeting.issuing_body)
    invites = "Kính mời" if party else f"{who} trân trọng kính mời"
    if 0 < len(facts.invited) <= SHORT_LIST:
        text.listed(f"{invites}:", facts.invited, "", LabelStyle.DASH)
    else:
        text.add(f"{invites}: Các đồng chí, các cơ quan, đơn vị có tên tại Nơi nhận.")
    if party:
        text.add(f"{who} tổ chức {facts.title}, cụ thể như sau:")
    else:
        text.add(f"Tới dự {facts.title}, cụ thể như sau:")


def _time(text: Text, facts: Facts) -> None:
    here = text.add(closed(f"Thời gian: {facts.when}"), LabelStyle.DECIMAL)
    for session in facts.sessions:
        text.add(closed(session), LabelStyle.DASH, here)


def _place(text: Text, facts: Facts) -> None:
    if not facts.where and not facts.points:
        return
    where = facts.where or "trực tuyến"
    if not facts.points:
        text.add(closed(f"Địa điểm: {where}"), LabelStyle.DECIMAL)
        return
    joined = f"Địa điểm: {where}, trực tuyến đến các điểm cầu:" if facts.where else "Địa điểm: các điểm cầu:"
    text.listed(joined, facts.points, LabelStyle.DECIMAL, LabelStyle.DASH)


def _agenda(text: Text, rows: Rows) -> None:
    """The items with their preparing bodies (the notes are computed from ``bodies``)."""
    if not rows.items:
        return
    if len(rows.items) > LONG_AGENDA and (announced := announcing_paper(rows.meeting)):
        text.add(f"Nội dung: {len(rows.items)} nội dung theo {announced}.", LabelStyle.DECIMAL)
        return
    here = text.add("Nội dung:", LabelStyle.DECIMAL)
    for item in rows.items:
        bodies = [
            {"name": body.name, "agency": body.agency_id, "lead": body.lead} for body in item.preparing.all()
        ]
        text.add(item.text, LabelStyle.PAREN, here, bodies=bodies)


def _chair_line(text: Text, facts: Facts) -> None:
    if facts.chair:
        text.add(closed(f"Chủ trì: {facts.chair}"), LabelStyle.DECIMAL)


def announcing_paper(meeting: Meeting) -> str:
    """ "Chương trình số 12-CTr/ĐU, ngày 27/3/2023", "" where no issued paper announces the meeting."""
    section = meeting.section
    document = section.document if section else None
    return named(document) if document is not None and document.number else ""


def named(document: Any) -> str:
    """A paper by kind, number and date: "Giấy mời số 05-GM/ĐU, ngày 26/4/2023" (State: no comma)."""
    party = is_party(document.issuing_body)
    sign, comma = ("-", ",") if party else ("/", "")
    day = f"{comma} ngày {short(document.dated_on)}" if document.dated_on else ""
    return f"{document.kind.capitalize()} số {document.number:02d}{sign}{document.notation}{day}"
