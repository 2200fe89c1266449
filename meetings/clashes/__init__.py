"""Clashes (trùng lịch): one person, room or body needed by two meetings at one time.

The core (``events``) is pure: an :class:`Event` says whom it needs and when, :func:`find` compares
them. :class:`Board` and :func:`between` load events with a number of queries that does not depend on how
many there are. What the reader may not see counts as well, but is never named: only the office of a
meeting hears that its room or its people are taken by "cuộc họp khác".
"""

from meetings.clashes.board import Board, Found, between, clashes_of, need_of, survey
from meetings.clashes.days import days_of, period_of
from meetings.clashes.events import (
    AFTERNOON,
    BOTH,
    KEEP,
    LONGEST,
    MORNING,
    OFF,
    Clash,
    Event,
    Keep,
    Key,
    Need,
    Reader,
    Spell,
    Window,
    find,
    half_words,
)
from meetings.clashes.loading import Details, event_of
from meetings.clashes.ways import WayOut, free_days, ways_out

__all__ = [
    "AFTERNOON",
    "BOTH",
    "KEEP",
    "LONGEST",
    "MORNING",
    "OFF",
    "Board",
    "Clash",
    "Details",
    "Event",
    "Found",
    "Keep",
    "Key",
    "Need",
    "Reader",
    "Spell",
    "WayOut",
    "Window",
    "between",
    "clashes_of",
    "days_of",
    "event_of",
    "find",
    "free_days",
    "half_words",
    "need_of",
    "period_of",
    "survey",
    "ways_out",
]
