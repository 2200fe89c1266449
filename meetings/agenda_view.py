"""What the page of a meeting shows of its agenda, read in a number of queries that does not depend on
how many items there are."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agencies.models import Person
from agencies.rules import standing
from lucngan.lib.dates import short
from meetings import agenda, agenda_times, rules
from meetings.agenda_times import Part
from meetings.models import AgendaItem, Meeting, PreparingBody, Session
from paper import notes

#: Names of notes that are shown under the items that they hold for: those of more than one item.
ITEMS = 2


@dataclass(slots=True)
class Row:
    """An item with its bodies apart, the heading above it and the note below it."""

    item: AgendaItem
    lead: list[PreparingBody] = field(default_factory=list)
    coordinate: list[PreparingBody] = field(default_factory=list)
    past: str = ""
    heading: Session | None = None
    note: str = ""

    @property
    def bodies(self) -> str:
        """ "UBND xã; Phòng Nội vụ": what the field of the coordinating bodies holds."""
        return "; ".join(body.name for body in self.coordinate)


@dataclass(slots=True)
class Agenda:
    """The agenda as one person sees it."""

    meeting: Meeting
    rows: list[Row]
    proposals: list[Row]
    refused: list[Row]
    sessions: list[Session]
    parts: list[Part]
    office: bool
    may_edit: bool
    held: bool

    @property
    def count(self) -> int:
        return len(self.rows)

    @property
    def columns(self) -> int:
        """How many columns its table has."""
        return 5 + 2 * self.may_edit - self.awaits

    @property
    def awaits(self) -> bool:
        """Are outcomes to be recorded: it was held and is not concluded?"""
        return self.meeting.state == Meeting.State.HELD

    @property
    def prepared(self) -> int:
        return sum(1 for row in self.rows if row.lead or row.coordinate)

    @property
    def left(self) -> int:
        """How many items have no outcome yet."""
        return sum(1 for row in self.rows if not row.item.outcome)

    @property
    def duration(self) -> str:
        """ "3 giờ 40 phút", "" where no item has its minutes."""
        minutes = sum(row.item.minutes or 0 for row in self.rows)
        return agenda_times.words(minutes) if minutes else ""

    @property
    def untimed(self) -> int:
        return sum(1 for row in self.rows if not row.item.minutes)

    @property
    def warnings(self) -> list[str]:
        """Half days and sessions that are too full."""
        return [
            _("%(part)s: quá %(minutes)s so với thời gian của buổi.")
            % {"part": part.label, "minutes": agenda_times.words(part.over)}
            for part in self.parts
            if part.over
        ]


def of(meeting: Meeting, person: Person | AnonymousUser) -> Agenda:
    """The agenda for a person who sees the meeting; its items are those that the person reads
    (``meetings.reading``), loaded with their bodies. Proposals are for its office alone."""
    office = standing(person).holds(meeting.issuing_body_id)
    shown = list(meeting.items.all())
    manages = rules.may_manage(person, meeting)
    accepted = [item for item in shown if item.state == AgendaItem.State.ACCEPTED]
    proposed = [item for item in shown if item.state == AgendaItem.State.PROPOSED] if office else []
    sessions = list(meeting.sessions.all())
    past = _past(accepted + proposed) if office else {}
    rows = [_row(item, past) for item in accepted]
    _notes(rows, meeting)
    _headings(rows, sessions)
    return Agenda(
        meeting=meeting,
        rows=rows,
        proposals=[_row(item, past) for item in proposed if not item.outcome],
        refused=[_row(item, past) for item in proposed if item.outcome],
        sessions=sessions,
        parts=agenda_times.parts_of(meeting, accepted, sessions),
        office=office,
        may_edit=manages and agenda.may_change(meeting),
        held=meeting.is_over,
    )


def _row(item: AgendaItem, past: dict[int, str]) -> Row:
    bodies = list(item.preparing.all())
    return Row(
        item,
        lead=[body for body in bodies if body.lead],
        coordinate=[body for body in bodies if not body.lead],
        past=past.get(item.pk, ""),
    )


def _past(items: list[AgendaItem]) -> dict[int, str]:
    """ "Lùi từ hội nghị ngày 26/11/2026; trước đó 29/10/2026"."""
    said = {}
    for pk, chain in agenda.histories(items).items():
        days = [short(source.meeting.on) if source.meeting.on else _("chưa rõ ngày") for source in chain]
        if not days:
            continue
        said[pk] = _("Lùi từ hội nghị ngày %(day)s") % {"day": days[0]}
        if days[1:]:
            said[pk] += _("; trước đó %(days)s") % {"days": ", ".join(days[1:])}
    return said


def _notes(rows: list[Row], meeting: Meeting) -> None:
    """The notes of ranges, as the paper of this body prints them."""
    who = [
        (
            f"{row.item.position}.",
            notes.Preparing(
                tuple(body.name for body in row.lead), tuple(body.name for body in row.coordinate)
            ),
        )
        for row in rows
    ]
    form = notes.NoteForm(meeting.issuing_body.regime)
    for line in notes.compute(who, form):
        parsed = notes.parse(line.text)
        if not line.inline and parsed and len(parsed[1]) >= ITEMS:
            rows[line.after].note = line.text


def _headings(rows: list[Row], sessions: list[Session]) -> None:
    """The session above the first of its items, wherever it changes."""
    known = {session.pk: session for session in sessions}
    before: int | None = None
    for row in rows:
        if row.item.session_id != before:
            row.heading = known.get(row.item.session_id or 0)
        before = row.item.session_id


def said(count: int) -> str:
    """ "3 nội dung"."""
    return ngettext("%(n)s nội dung", "%(n)s nội dung", count) % {"n": count}
