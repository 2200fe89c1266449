"""Who is needed when, and what clashes: pure, without a database."""

from __future__ import annotations

import datetime as dt
import enum
import uuid
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import combinations

from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext as _

from agencies.models import Person
from meetings.models import (
    Meeting,
)
from meetings.models.times import NOON, PartOfDay, Timed

MORNING, AFTERNOON = PartOfDay.MORNING.value, PartOfDay.AFTERNOON.value
BOTH = frozenset((MORNING, AFTERNOON))

#: Meetings in these states take nobody's time.
OFF = (Meeting.State.POSTPONED, Meeting.State.CANCELLED)
#: No meeting goes on longer than this many days after its first.
LONGEST = dt.timedelta(days=31)
#: How far ways out are looked for, in days on either side.
REACH = 14

Reader = Person | AnonymousUser
Key = tuple[str, int]
Window = tuple[dt.date, dt.date]


class Keep(enum.Enum):
    """Not said: what the meeting has stays."""

    KEEP = enum.auto()


KEEP = Keep.KEEP


@dataclass(frozen=True, slots=True)
class Spell:
    """A time of one day: halves, and clock times where they are known."""

    on: dt.date
    halves: frozenset[str]
    starts_at: dt.time | None = None
    ends_at: dt.time | None = None

    @classmethod
    def of(cls, timed: Timed, on: dt.date) -> Spell:
        return cls(on, timed.halves, timed.starts_at, timed.ends_at)

    @property
    def end(self) -> dt.time:
        """The end of a spell that has a start: said, or the end of its last half-day."""
        assert self.starts_at is not None
        if self.ends_at is not None:
            return self.ends_at
        return NOON if self.starts_at < NOON and AFTERNOON not in self.halves else dt.time.max

    def shared(self, other: Spell) -> frozenset[str]:
        """The half-days that both take, empty when they do not meet: with clock times on both sides
        only a real overlap counts, else a common half-day."""
        if self.on != other.on:
            return frozenset()
        common = self.halves & other.halves
        if self.starts_at is None or other.starts_at is None:
            return common
        if self.starts_at < other.end and other.starts_at < self.end:
            return common or BOTH
        return frozenset()


@dataclass(frozen=True, slots=True)
class Need:
    """Whom or what an event needs: kind "person", "agency", "room" or "prepares", in which role."""

    kind: str
    pk: int
    name: str
    role: str
    spells: tuple[Spell, ...]


@dataclass(frozen=True, slots=True)
class Event:
    """A meeting or an appointment as far as clashes go. ``hidden``: the reader may not see it;
    ``own``: the reader's office keeps it, and hears of hidden ones too."""

    key: Key
    title: str = ""
    public_id: uuid.UUID | None = None
    url: str = ""
    hidden: bool = False
    own: bool = True
    needs: tuple[Need, ...] = ()


@dataclass(frozen=True, slots=True)
class Clash:
    """What stands against a meeting at its time.

    ``kind``: "chair", "attendee", "room", "body" (it prepares for two meetings on one day) or
    "appointment" (a leader's). ``sentence`` says it all; ``with_…`` is the other side, empty where
    the reader may not see it; ``who`` the person, room or body that is needed twice.
    """

    kind: str
    who: str
    on: dt.date
    halves: frozenset[str]
    with_key: Key
    with_id: uuid.UUID | None = None
    with_url: str = ""
    with_title: str = ""
    serious: bool = True
    need: str = "person"
    their_role: str = ""
    hidden: bool = False

    @property
    def sentence(self) -> str:
        """Who or what, where else, in which half of the day: one sentence."""
        return _sentence(self)

    @property
    def when(self) -> str:
        """ "buổi chiều", "cả ngày"."""
        return half_words(self.halves)


def half_words(halves: frozenset[str]) -> str:
    """ "buổi sáng", "buổi chiều", "cả ngày"."""
    if halves == {MORNING}:
        return _("buổi sáng")
    return _("buổi chiều") if halves == {AFTERNOON} else _("cả ngày")


@dataclass(slots=True)
class _Meet:
    """Two events that need the same: what each needs, and the half-days in common."""

    mine: Need
    theirs: Need
    halves: frozenset[str]


#: The role of a need that is no chair.
ROLES = {"person": "attends", "agency": "attends", "prepares": "prepares"}
#: Where one person is needed twice in one event, the stronger role speaks.
_ROLES = ("chair", "attends", "listed", "", "prepares")


Uses = dict[tuple[dt.date, str, int], list[tuple[Event, Need, Spell]]]


def find(events: Iterable[Event]) -> dict[Key, list[Clash]]:
    """The clashes of each event that is not hidden, in order of day and weight. Symmetric: when one
    has a clash with another that the reader sees, the other has one with it."""
    met = _Met()
    for (day, kind, pk), uses in uses_of(events).items():
        for one, other in combinations(uses, 2):
            met.note((day, kind, pk), one, other)
            met.note((day, kind, pk), other, one)
    return met.clashes()


def against(event: Event, others: Uses) -> list[Clash]:
    """The clashes of one event with those others, at a cost that follows what it meets."""
    met = _Met()
    for what, uses in uses_of([event]).items():
        for one in uses:
            for other in others.get(what, ()):
                met.note(what, one, other)
    return met.clashes().get(event.key, [])


def uses_of(events: Iterable[Event]) -> Uses:
    """Who is needed on which day, and by whom."""
    taken: Uses = defaultdict(list)
    for event in events:
        for need in event.needs:
            for spell in need.spells:
                taken[spell.on, need.kind, need.pk].append((event, need, spell))
    return taken


@dataclass(slots=True)
class _Met:
    """What was found to meet so far: one line for each who, other side and day."""

    pairs: dict[tuple[Key, Key, dt.date, str, int], _Meet] = field(default_factory=dict)
    events: dict[Key, Event] = field(default_factory=dict)

    def note(
        self,
        what: tuple[dt.date, str, int],
        one: tuple[Event, Need, Spell],
        other: tuple[Event, Need, Spell],
    ) -> None:
        (a, need_a, spell_a), (b, need_b, spell_b) = one, other
        if a.key == b.key or a.hidden or (b.hidden and not a.own):
            return
        halves = _common(what[1], spell_a, spell_b)
        if not halves:
            return
        self.events[a.key], self.events[b.key] = a, b
        meet = self.pairs.setdefault((a.key, b.key, *what), _Meet(need_a, need_b, frozenset()))
        meet.halves |= halves
        meet.mine = _stronger(meet.mine, need_a)
        meet.theirs = _stronger(meet.theirs, need_b)

    def clashes(self) -> dict[Key, list[Clash]]:
        found: dict[Key, list[Clash]] = defaultdict(list)
        for (one, other, day, *_what), meet in self.pairs.items():
            found[one].append(_clash(meet, self.events[other], day))
        for clashes in found.values():
            clashes.sort(
                key=lambda clash: (clash.on, not clash.serious, clash.kind, clash.who, clash.with_title)
            )
        return dict(found)


def _stronger(one: Need, other: Need) -> Need:
    return other if _ROLES.index(other.role) < _ROLES.index(one.role) else one


def _common(kind: str, a: Spell, b: Spell) -> frozenset[str]:
    """Preparing for two meetings is a matter of the day, everything else of the hour."""
    if kind == "prepares":
        return a.halves | b.halves
    return a.shared(b)


def _clash(meet: _Meet, other: Event, day: dt.date) -> Clash:
    kind = _kind(meet.mine, other)
    return Clash(
        kind=kind,
        who=meet.mine.name,
        on=day,
        halves=meet.halves,
        with_key=other.key,
        with_id=None if other.hidden else other.public_id,
        with_url="" if other.hidden else other.url,
        with_title="" if other.hidden else other.title,
        serious=kind != "body" and meet.mine.kind != "agency",
        need=meet.mine.kind,
        their_role=meet.theirs.role,
        hidden=other.hidden,
    )


def _kind(mine: Need, other: Event) -> str:
    if mine.kind == "room":
        return "room"
    if mine.kind == "prepares":
        return "body"
    if other.key[0] == "appointment":
        return "appointment"
    return "chair" if mine.role == "chair" else "attendee"


def _sentence(clash: Clash) -> str:
    who, title = clash.who, clash.with_title or _("hội nghị chưa có tên")
    whole = len(clash.halves) > 1
    same = _("cùng ngày") if whole else _("cùng %(half)s") % {"half": half_words(clash.halves)}
    words, kind = {"who": who, "title": title, "same": same}, clash.need
    if clash.hidden:
        if kind == "room":
            return _("%(who)s: phòng đã có cuộc họp khác %(same)s.") % words
        if kind == "prepares":
            return _("%(who)s còn chuẩn bị nội dung cho một cuộc họp khác cùng ngày.") % words
        if kind == "agency":
            return _("%(who)s đã có cuộc họp khác %(same)s.") % words
        return _("Đồng chí %(who)s đã có lịch khác %(same)s.") % words
    if kind == "room":
        return _("%(who)s đã có %(title)s %(same)s.") % words
    if kind == "prepares":
        return _("%(who)s còn chuẩn bị nội dung cho %(title)s cùng ngày.") % words
    if kind == "agency":
        return _("%(who)s dự %(title)s %(same)s.") % words
    if clash.their_role == "chair":
        return _("Đồng chí %(who)s chủ trì %(title)s %(same)s.") % words
    if clash.their_role == "listed":
        return _("Đồng chí %(who)s có lịch %(title)s %(same)s.") % words
    return _("Đồng chí %(who)s dự %(title)s %(same)s.") % words
