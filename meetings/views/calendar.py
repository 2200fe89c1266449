"""Lịch hội nghị: the month and the week, with filters, clashes and ways out."""

from __future__ import annotations

import datetime as dt
import re
import uuid
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, OuterRef, Q, Subquery
from django.http import HttpRequest, HttpResponse
from django.http.request import QueryDict
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from agencies.asking import asker
from agencies.models import DayOff, Person
from agencies.rules import standing
from documents.models.document import DRAFTERS
from lucngan.lib import dates
from lucngan.lib.workdays import DAY, WorkCalendar
from meetings import clashes, moving, readiness, rules
from meetings.calendar import (
    Almanac,
    Day,
    Entry,
    Week,
    appointment_entries,
    mark_entries,
    meeting_entries,
    month_window,
    notes,
    span,
    week_window,
    weeks,
)
from meetings.clashes import LONGEST, OFF, Found, WayOut, survey
from meetings.holding import MeetingError
from meetings.kin import own_days
from meetings.milestones import REACH, calendar_for, due_on
from meetings.models import AgendaItem, Appointment, Meeting, Session
from meetings.readiness import Progress
from meetings.views.listing import asked_month, shifted

#: Meetings this far ahead may have a deadline in the window.
AHEAD = dt.timedelta(days=60)
#: So many clashes of one entry are said in the panel, the rest are counted.
SAID = 5
#: The layers beside the issuing bodies: the office's deadlines, leaders' other appointments.
MARKS, APPOINTMENTS = "moc", "lich"


@dataclass(frozen=True, slots=True)
class Filters:
    """What of the calendar is shown; ``layers`` None: all of them."""

    layers: frozenset[str] | None = None
    person: int | None = None
    room: int | None = None

    @classmethod
    def of(cls, asked: QueryDict) -> Filters:
        layers = frozenset(asked.getlist("lop")) if "loc" in asked else None
        return cls(layers, _number(asked.get("nguoi")), _number(asked.get("phong")))

    def layer(self, name: object) -> bool:
        return self.layers is None or str(name) in self.layers

    @property
    def query(self) -> str:
        """As part of an address, from "&" on, so that it goes along to other months."""
        pairs: list[tuple[str, object]] = []
        if self.layers is not None:
            pairs = [("loc", 1), *(("lop", layer) for layer in sorted(self.layers))]
        pairs += [(key, at) for key, at in (("nguoi", self.person), ("phong", self.room)) if at]
        return "&" + urlencode(pairs) if pairs else ""


@dataclass(slots=True)
class Loaded:
    """The rows of a window that a person sees, and what was found between them."""

    meetings: list[Meeting]
    appointments: list[Appointment]
    almanac: Almanac
    found: Found
    window: tuple[dt.date, dt.date]
    office: frozenset[int]
    entries: list[Entry] = field(default_factory=list)
    progress: dict[int, Progress] = field(default_factory=dict)


@require_GET
def month(request: HttpRequest) -> HttpResponse:
    """The month as a table of weeks, with the panel of the chosen day."""
    today = timezone.localdate()
    chosen = asked_day(request.GET.get("ngay", ""))
    first = asked_month(request.GET.get("thang", "") or (f"{chosen:%Y-%m}" if chosen else ""))
    window, filters = month_window(first), Filters.of(request.GET)
    loaded = load(asker(request), window, filters, today)
    grid = weeks(window, loaded.entries, loaded.almanac, today, first)
    day = _chosen(grid, chosen)
    context = {
        "month": first,
        "previous_key": f"{shifted(first, -1):%Y-%m}",
        "following_key": f"{shifted(first, 1):%Y-%m}",
        "today_key": f"{today:%Y-%m}",
        "day_names": [name[:1].upper() + name[1:] for name in map(dates.weekday, span(week_window(first)))],
        "weeks": grid,
        "notes": notes(loaded.almanac, window),
        "view": "month",
        **_shared(request, loaded, filters, day, today),
    }
    return _answer(request, "month", context)


@require_GET
def week(request: HttpRequest) -> HttpResponse:
    """The week of a day: seven columns of half-days with their times."""
    today = timezone.localdate()
    chosen = asked_day(request.GET.get("ngay", ""))
    window, filters = week_window(chosen or today), Filters.of(request.GET)
    loaded = load(asker(request), window, filters, today)
    [shown] = grid = weeks(window, loaded.entries, loaded.almanac, today)
    day = _chosen(grid, chosen)
    context = {
        "week": shown,
        "month": day.on.replace(day=1),
        "previous_key": f"{window[0] - DAY * 7:%Y-%m-%d}",
        "following_key": f"{window[0] + DAY * 7:%Y-%m-%d}",
        "today_key": f"{today:%Y-%m-%d}",
        "view": "week",
        **_shared(request, loaded, filters, day, today),
    }
    return _answer(request, "week", context)


@require_GET
def told(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """One sentence beside a way out: which deadlines it would move, and how many hear of it."""
    seen = Meeting.objects.visible_to(request.user).select_related(
        "issuing_body__agency", "section__document"
    )
    meeting = get_object_or_404(seen, public_id=public_id)
    actor, day = asker(request), asked_day(request.GET.get("ngay", ""))
    sentence = ""
    if day and rules.may_manage(actor, meeting):
        part = request.GET.get("buoi", "")
        sentence = consequences(meeting, day, part if part in Meeting.PartOfDay.values else "", actor)
    return render(request, "meetings/calendar/_told.html", {"sentence": sentence})


def consequences(meeting: Meeting, day: dt.date, part: str, actor: Person) -> str:
    """ "Dời sang 25/4 thì 3 hạn sớm hơn, 12 người nhận một thông báo."; nothing for a day that the
    meeting cannot have."""
    slot = moving.Slot.of(meeting)
    slot = moving.Slot(day, slot.tentative, part, room_id=slot.room_id, place=slot.place)
    try:
        move = moving.preview(meeting, slot, actor=actor, now=timezone.localtime())
    except MeetingError:
        return ""
    said = _moved([c for c in move.changes if c.kind != "meeting"], calendar_for(meeting.on, day))
    count = len(move.told)
    if count:
        form = ngettext("%(n)s người nhận một thông báo", "%(n)s người nhận một thông báo", count)
        said.append(form % {"n": count})
    else:
        said.append(_("chưa ai phải báo vì hội nghị chưa được báo cho các cơ quan"))
    words = {"day": dates.short(day).rpartition("/")[0], "what": ", ".join(said)}
    return _("Dời sang %(day)s thì %(what)s.") % words if day != meeting.on else f"{words['what']}."


def _moved(changes: list[moving.Change], work: WorkCalendar) -> list[str]:
    """ "3 hạn sớm hơn 1 ngày làm việc", or without the number where it is not the same for all."""
    shifts = [_shift(c.old, c.new, work) for c in changes if c.old and c.new and c.old != c.new]
    said = []
    for group, form in (
        ([n for n in shifts if n < 0], _("%(due)s sớm hơn%(by)s")),
        ([n for n in shifts if n > 0], _("%(due)s muộn hơn%(by)s")),
    ):
        if group:
            due = ngettext("%(n)s hạn", "%(n)s hạn", len(group)) % {"n": len(group)}
            by = abs(group[0])
            words = ngettext(" %(n)s ngày làm việc", " %(n)s ngày làm việc", by) % {"n": by}
            said.append(form % {"due": due, "by": words if len(set(group)) == 1 else ""})
    return said


def _shift(old: dt.date, new: dt.date, work: WorkCalendar) -> int:
    """Working days from one day to another, negative for an earlier one."""
    return work.between(old, new + DAY) if new > old else -work.between(new - DAY, old)


# --- loading --------------------------------------------------------------------------------------


def load(reader: Person, window: tuple[dt.date, dt.date], filters: Filters, today: dt.date) -> Loaded:
    """Everything in a window that the reader sees: the same number of queries however much it is."""
    office = standing(reader).office_of()
    rows = list(_meetings(reader, window, office))
    almanac = Almanac.of(
        DayOff.objects.filter(day__range=(window[0] - REACH, window[1] + REACH)).values_list(
            "day", "type", "name"
        )
    )
    appointments = list(
        Appointment.objects.visible_to(reader).filter(on__range=window).select_related("room")
    )
    shown = [m for m in rows if m.on is None or m.on <= window[1]]
    holidays = frozenset(almanac.off)
    found = survey(shown, appointments, window=window, reader=reader, off=holidays)
    loaded = Loaded(shown, appointments, almanac, found, window, office)
    if filters.layer(MARKS):
        ours = [m for m in rows if m.issuing_body_id in office and _wanted(m, filters, found)]
        due = [m for m in ours if _documents_due(m, almanac.work, window)]
        loaded.progress = readiness.of_meetings(due, now=timezone.now(), calendar=almanac.work)
        received = {pk: each.words for pk, each in loaded.progress.items() if each.needed}
        loaded.entries += mark_entries(ours, almanac.work, window, today, received)
    kept = [m for m in shown if _wanted(m, filters, found)]
    taken = own_days(kept, window, reader)
    loaded.entries += meeting_entries(kept, found, window, today, holidays, taken)
    if filters.layer(APPOINTMENTS):
        mine = [a for a in appointments if _needed("appointment", a.pk, filters, found)]
        keeps = standing(reader).office_of(*DRAFTERS)
        loaded.entries += appointment_entries(mine, found, today, keeps)
    return loaded


def _documents_due(meeting: Meeting, work: WorkCalendar, window: tuple[dt.date, dt.date]) -> bool:
    """Does the office await documents of the meeting on a day of the window?"""
    due = due_on(meeting, meeting.on, "documents", work) if meeting.is_open else None
    return due is not None and window[0] <= due <= window[1]


def _meetings(reader: Person, window: tuple[dt.date, dt.date], office: frozenset[int]) -> Any:
    """Live meetings of a window, those that reach into it by their sessions, and of one's own office
    those after it whose deadlines may fall into it."""
    first, last = window
    long = Session.objects.filter(days_after__gt=0).values("meeting")
    programme = "section__document__programme__period_year__in"
    weekly = Q(section=None) | Q(**{programme: (first.year, last.year)})
    which = (
        Q(on__range=window)
        | Q(on__range=(first - LONGEST, first), pk__in=long)
        | Q(weekly_on__isnull=False) & weekly
        | Q(issuing_body__in=office, on__range=(last, last + AHEAD))
    )
    accepted = AgendaItem.objects.accepted().filter(meeting=OuterRef("pk")).order_by().values("meeting")
    return (
        Meeting.objects.visible_to(reader)
        .filter(which)
        .exclude(state__in=OFF)
        .select_related("issuing_body__agency", "chair", "room", "series", "section__document__programme")
        .annotate(item_count=Subquery(accepted.annotate(n=Count("pk")).values("n")))
        .order_by("on", "starts_at", "pk")
    )


def _wanted(meeting: Meeting, filters: Filters, found: Found) -> bool:
    return filters.layer(meeting.issuing_body_id) and _needed("meeting", meeting.pk, filters, found, meeting)


def _needed(kind: str, pk: int, filters: Filters, found: Found, meeting: Meeting | None = None) -> bool:
    """Does the meeting or appointment need the person and the room that are asked for?"""
    needs = {(need.kind, need.pk) for need in found.needs(kind, pk)}
    if meeting is not None:
        needs |= {("person", meeting.chair_id or 0), ("room", meeting.room_id or 0)}
    return (filters.person is None or ("person", filters.person) in needs) and (
        filters.room is None or ("room", filters.room) in needs
    )


# --- what pages show ------------------------------------------------------------------------------


def _shared(
    request: HttpRequest, loaded: Loaded, filters: Filters, day: Day, today: dt.date
) -> dict[str, Any]:
    return {
        "day": day,
        "slots": slots(asker(request), loaded, day, today),
        "today": today,
        "filters": filters,
        "keep": filters.query,
        "layers": layers(loaded, filters),
        "people": _choices(loaded, "person", filters.person, _("Đồng chí đã chọn")),
        "rooms": _choices(loaded, "room", filters.room, _("Phòng đã chọn")),
        "may_create": bool(standing(request.user).office_of(*DRAFTERS)),
        "in_office": bool(standing(request.user).office_of()),
    }


def layers(loaded: Loaded, filters: Filters) -> list[dict[str, Any]]:
    """The layers that may be switched: bodies with meetings here, deadlines, appointments."""
    bodies = {m.issuing_body_id: m.issuing_body for m in loaded.meetings}
    found = [
        {"value": str(pk), "name": str(body.agency), "look": body.regime, "on": filters.layer(pk)}
        for pk, body in sorted(bodies.items(), key=lambda pair: str(pair[1].agency))
    ]
    if loaded.office:
        marks = _("Mốc việc của Văn phòng")
        found.append({"value": MARKS, "name": marks, "look": "office", "on": filters.layer(MARKS)})
    if loaded.office or loaded.appointments:
        name = _("Lịch riêng của lãnh đạo")
        look = {"value": APPOINTMENTS, "name": name, "look": "leader", "on": filters.layer(APPOINTMENTS)}
        found.append(look)
    shown = {layer["value"] for layer in found}
    # layers that other months have stay chosen, though this one has nothing of them
    hidden = sorted((filters.layers or frozenset()) - shown)
    return found + [{"value": value, "hidden": True} for value in hidden if value.isdecimal()]


def _choices(loaded: Loaded, kind: str, chosen: int | None, words: str) -> list[tuple[int, str]]:
    """The persons or rooms that what one sees here needs; the chosen one always among them."""
    found = {
        need.pk: need.name
        for event in loaded.found.events.values()
        if not event.hidden
        for need in event.needs
        if need.kind == kind
    }
    if chosen is not None:
        found.setdefault(chosen, words)
    return sorted(found.items(), key=lambda pair: pair[1])


@dataclass(frozen=True, slots=True)
class Slot:
    """An entry in the panel of a day: what may be done, what stands against it, the ways out."""

    entry: Entry
    people: int
    bodies: int
    sentences: tuple[str, ...]
    ways: tuple[WayOut, ...]
    manages: bool
    halves: str
    late: str = ""
    unsaid: int = 0


def slots(reader: Person, loaded: Loaded, day: Day, today: dt.date) -> list[Slot]:
    """The entries of a day with their clashes. Of two meetings that clash, the one that moves more
    easily (tentative, then not yet told) offers the ways out, and the clash is said once."""
    movable = sorted(day.entries, key=lambda e: (not e.tentative, bool(e.meeting and e.meeting.announced_at)))
    said: set[tuple[clashes.Key, clashes.Key, str]] = set()
    sentences: dict[int, list[clashes.Clash]] = {}
    for entry in movable:
        new = [c for c in entry.clashes if (c.with_key, entry.key, c.who) not in said]
        said |= {(entry.key, c.with_key, c.who) for c in new}
        sentences[id(entry)] = new
    return [_slot(reader, loaded, entry, sentences[id(entry)], today) for entry in day.entries]


def _slot(reader: Person, loaded: Loaded, entry: Entry, stands: list[clashes.Clash], today: dt.date) -> Slot:
    meeting = entry.meeting if entry.kind == "meeting" else None
    manages = meeting is not None and rules.may_manage(reader, meeting)
    ways: list[WayOut] = []
    serious = [clash for clash in stands if clash.serious]
    if meeting and manages and serious and meeting.is_open and meeting.on and entry.on >= today:
        board = loaded.found.board(meeting)
        ways = clashes.ways_out(meeting, meeting.on, loaded.almanac.work, today=today, board=board)
    needs = loaded.found.needs("meeting", meeting.pk) if meeting else ()
    halves = frozenset(half for clash in serious for half in clash.halves)
    return Slot(
        entry=entry,
        people=len({n.pk for n in needs if n.kind == "person" and n.role == "attends"}),
        bodies=len({n.pk for n in needs if n.kind == "agency"}),
        sentences=tuple(clash.sentence for clash in stands[:SAID]),
        unsaid=max(0, len(stands) - SAID),
        ways=tuple(ways),
        manages=manages and meeting is not None and meeting.is_open,
        halves=_clash_words(halves),
        late=_late_words(loaded.progress.get(meeting.pk) if meeting else None),
    )


def _late_words(progress: Progress | None) -> str:
    """ "Tài liệu quá hạn 1", nothing where nothing is late or nobody here may know."""
    late = len(progress.late) if progress else 0
    return _("Tài liệu quá hạn %(n)s") % {"n": late} if late else ""


def _clash_words(halves: frozenset[str]) -> str:
    """ "Trùng buổi chiều:", nothing where nothing serious clashes."""
    if not halves:
        return ""
    if len(halves) > 1:
        return _("Trùng lịch:")
    return _("Trùng %(half)s:") % {"half": clashes.half_words(halves)}


def _chosen(grid: list[Week], asked: dt.date | None) -> Day:
    """The day that is asked for, else today, else the first one of the month with a meeting."""
    days = [day for week in grid for day in week.days]
    by_date = {day.on: day for day in days}
    if asked in by_date:
        return by_date[asked]
    own = [day for day in days if day.inside]
    now = next((day for day in own if day.is_today), None)
    return now or next((day for day in own if day.meetings), own[0])


def _answer(request: HttpRequest, view: str, context: dict[str, Any]) -> HttpResponse:
    """The whole page, or for htmx the part that changes: the calendar, or the panel of the day."""
    template = f"meetings/calendar/{view}.html"
    if request.htmx and not request.htmx.boosted:  # type: ignore[attr-defined]
        only_day = request.htmx.target == "ngay"  # type: ignore[attr-defined]
        template = f"meetings/calendar/_{'day' if only_day else view}.html"
    return render(request, template, context)


def asked_day(text: str) -> dt.date | None:
    """The day of "2026-11-20", None for anything else."""
    if not re.fullmatch(r"(?:19|20)\d\d-\d\d-\d\d", text, re.ASCII):
        return None
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return None


def _number(text: str | None) -> int | None:
    """A key of the address, None for anything else."""
    return int(text) if text and re.fullmatch(r"[1-9]\d{0,9}", text, re.ASCII) else None
