"""Making a meeting and changing its head: title, chair, lead times, sessions, connecting points, people.

The day, the half-day, the times and the place of a meeting that exists change through
``meetings.moving`` alone.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agencies import daysoff
from agencies.models import Agency, IssuingBody, Person
from assignments import notices
from audit.actions import register
from lucngan.lib.dates import full, short
from lucngan.lib.text import fold
from meetings import agenda, announcing, audience, history, reminders
from meetings.clashes import clashes_of
from meetings.holding import MeetingError, held
from meetings.milestones import KINDS, calendar_for
from meetings.models import AgendaItem, Attendee, ConnectingPoint, Meeting, Series, Session
from meetings.moving import Slot, Stale, rooms_for

register(
    **{
        "meeting.create": gettext_lazy("lập hội nghị"),
        "meeting.change": gettext_lazy("sửa thông tin hội nghị"),
    }
)

#: A lead time beyond this many working days is a slip of the finger: a quarter has about as many.
LONGEST_LEAD = 60
#: Later days of one meeting, counted from the first.
LONGEST_MEETING = 30
LEADS = tuple(name for _kind, _label, name in KINDS)


@dataclass(frozen=True, slots=True)
class SessionPlan:
    """A session; ``pk`` where it exists already."""

    title: str
    days_after: int = 0
    part_of_day: str = ""
    starts_at: dt.time | None = None
    ends_at: dt.time | None = None
    pk: int | None = None

    @property
    def values(self) -> dict[str, Any]:
        return {
            "title": self.title,
            "days_after": self.days_after,
            "part_of_day": self.part_of_day,
            "starts_at": self.starts_at,
            "ends_at": self.ends_at,
        }


@dataclass(frozen=True, slots=True)
class PointPlan:
    """A connecting point."""

    name: str
    room_id: int | None = None
    agency_id: int | None = None


@dataclass(frozen=True, slots=True)
class AttendeePlan:
    """Who is asked: a person, an agency or words; ``session`` counts in the plan's sessions."""

    person_id: int | None = None
    agency_id: int | None = None
    text: str = ""
    part: str = Attendee.Part.MEMBER
    session: int | None = None
    item_id: int | None = None

    @property
    def who(self) -> tuple[Any, ...]:
        return (self.person_id, self.agency_id, fold(self.text), self.session, self.item_id)


@dataclass(frozen=True, slots=True)
class Plan:
    """The head of a meeting, without its day and place."""

    title: str
    series_id: int | None = None
    chair_id: int | None = None
    chair_text: str = ""
    registration_days: int | None = None
    appraisal_days: int | None = None
    documents_days: int | None = None
    invitation_days: int | None = None
    sessions: tuple[SessionPlan, ...] = ()
    points: tuple[PointPlan, ...] = ()
    attendees: tuple[AttendeePlan, ...] = ()

    #: Fields of the row itself, in the order of the form.
    FIELDS = ("title", "series_id", "chair_id", "chair_text", *LEADS)

    @classmethod
    def of(cls, meeting: Meeting) -> Plan:
        """The head as it is kept now: three queries."""
        sessions = list(meeting.sessions.order_by("position", "pk"))
        at = {session.pk: n for n, session in enumerate(sessions)}
        return cls(
            **{name: getattr(meeting, name) for name in cls.FIELDS},
            sessions=tuple(
                SessionPlan(s.title, s.days_after, s.part_of_day, s.starts_at, s.ends_at, s.pk)
                for s in sessions
            ),
            points=tuple(
                PointPlan(p.name, p.room_id, p.agency_id) for p in meeting.points.order_by("position", "pk")
            ),
            attendees=tuple(
                AttendeePlan(a.person_id, a.agency_id, a.text, a.part, at.get(a.session_id or 0), a.item_id)
                for a in meeting.attendees.order_by("position", "pk")
            ),
        )

    @property
    def row(self) -> dict[str, Any]:
        """The values of the row itself."""
        return {name: getattr(self, name) for name in self.FIELDS}

    @property
    def seen(self) -> str:
        """What a page remembers of the head that it showed: another value says that it was changed."""
        return hashlib.sha256(repr(self).encode()).hexdigest()[:32]


@dataclass(frozen=True, slots=True)
class Problem:
    """What forbids a plan: the sentence and its place, a field or a field in one of several rows."""

    field: str
    sentence: str
    rows: str = ""
    index: int = 0


class PlanError(MeetingError):
    """A plan that cannot be; ``problems`` says where."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__(" ".join(dict.fromkeys(problem.sentence for problem in problems)))
        self.problems = problems


@dataclass(frozen=True, slots=True)
class Warned:
    """Something that deserves a second look and does not forbid; ``serious`` asks for a confirmation."""

    kind: str
    sentence: str
    url: str = ""
    serious: bool = True


def problems(meeting: Meeting, slot: Slot | None, wanted: Plan, *, today: dt.date) -> list[Problem]:
    """Everything that forbids the plan for a meeting of ``meeting.issuing_body``; none when it can be.
    Without ``slot`` the meeting stays on its day."""
    found = list(_of_head(meeting, wanted))
    if slot is not None:
        found += _of_slot(meeting, slot, today)
    found += _of_sessions(wanted)
    found += [
        Problem("name", _("Hãy nhập tên điểm cầu."), "points", n)
        for n, point in enumerate(wanted.points)
        if not point.name
    ]
    return [*found, *_of_attendees(meeting, wanted, (slot.on if slot else meeting.on) or today)]


def _of_head(meeting: Meeting, wanted: Plan) -> Iterator[Problem]:
    if not wanted.title:
        yield Problem("title", _("Hãy nhập tên hội nghị."))
    if wanted.series_id is not None and wanted.series_id != meeting.series_id:
        theirs = Series.objects.filter(pk=wanted.series_id, issuing_body=meeting.issuing_body_id)
        if not theirs.exists():
            yield Problem("series", _("Loạt hội nghị này thuộc cơ quan khác. Hãy chọn lại."))
    for name in LEADS:
        days = getattr(wanted, name)
        if days is not None and not 0 <= days <= LONGEST_LEAD:
            sentence = _("Chỉ nhận từ 0 đến %(n)s ngày làm việc. Hãy xem lại số này.")
            yield Problem(name, sentence % {"n": LONGEST_LEAD})


def _of_slot(meeting: Meeting, slot: Slot, today: dt.date) -> Iterator[Problem]:
    if slot.starts_at and slot.ends_at and slot.ends_at <= slot.starts_at:
        yield Problem("ends_at", _("Giờ kết thúc phải sau giờ bắt đầu."))
    if slot.ends_at and not slot.starts_at:
        yield Problem("starts_at", _("Có giờ kết thúc thì cần giờ bắt đầu."))
    other = slot.room_id is not None and slot.room_id != meeting.room_id
    if other and not rooms_for(meeting).filter(pk=slot.room_id).exists():
        sentence = _("Phòng này thuộc cơ quan khác hoặc không còn dùng. Hãy chọn phòng khác.")
        yield Problem("room", sentence)
    if sentence := out_of_time(meeting.issuing_body.agency, slot.on or today):
        yield Problem("on" if slot.on else "issuing_body", sentence)


def out_of_time(agency: Agency, day: dt.date) -> str:
    """The sentence for an agency that is not there on ``day``; "" for one that is."""
    if agency.valid_to and day > agency.valid_to:
        words = _("%(agency)s chỉ hoạt động đến hết ngày %(day)s.")
        return words % {"agency": agency.name, "day": short(agency.valid_to)}
    if agency.valid_from and day < agency.valid_from:
        words = _("%(agency)s chỉ có từ ngày %(day)s.")
        return words % {"agency": agency.name, "day": short(agency.valid_from)}
    return ""


def _of_sessions(wanted: Plan) -> Iterator[Problem]:
    for n, session in enumerate(wanted.sessions):
        if not session.title:
            yield Problem("title", _("Hãy nhập tên phiên."), "sessions", n)
        if session.starts_at and session.ends_at and session.ends_at <= session.starts_at:
            yield Problem("ends_at", _("Giờ kết thúc phải sau giờ bắt đầu."), "sessions", n)
        if not 0 <= session.days_after <= LONGEST_MEETING:
            sentence = _("Phiên họp cách ngày khai mạc từ 0 đến %(n)s ngày.") % {"n": LONGEST_MEETING}
            yield Problem("days_after", sentence, "sessions", n)


def _of_attendees(meeting: Meeting, wanted: Plan, day: dt.date) -> Iterator[Problem]:
    ids = {each.agency_id for each in wanted.attendees} | {each.agency_id for each in wanted.points}
    agencies = Agency.objects.in_bulk(ids - {None})
    asked = {each.item_id for each in wanted.attendees if each.item_id is not None}
    items = AgendaItem.objects.filter(pk__in=asked, meeting=meeting.pk) if asked and meeting.pk else []
    own = {item.pk for item in items}
    before: set[tuple[Any, ...]] = set()
    for n, each in enumerate(wanted.attendees):
        if not (each.person_id or each.agency_id or each.text):
            yield Problem("who", _("Hãy ghi người, cơ quan hoặc thành phần dự."), "attendees", n)
        if each.agency_id and (sentence := out_of_time(agencies[each.agency_id], day)):
            yield Problem("who", sentence, "attendees", n)
        if each.item_id and each.item_id not in own:
            yield Problem("scope", _("Nội dung này không thuộc hội nghị."), "attendees", n)
        if each.session is not None and not 0 <= each.session < len(wanted.sessions):
            yield Problem("scope", _("Phiên này không còn. Hãy chọn lại."), "attendees", n)
        if each.who in before:
            yield Problem("who", _("Đã có ở dòng trên."), "attendees", n)
        before.add(each.who)
    for n, point in enumerate(wanted.points):
        if point.agency_id and (sentence := out_of_time(agencies[point.agency_id], day)):
            yield Problem("agency", sentence, "points", n)


def warnings(meeting: Meeting, slot: Slot, wanted: Plan, *, today: dt.date) -> list[Warned]:
    """What should be confirmed before it is saved: a day off, a past day, an odd order of days."""
    found = []
    if slot.on is not None and slot.on < today:
        found.append(Warned("past", _("%(day)s đã qua.") % {"day": full(slot.on)}))
    if slot.on is not None and (sentence := day_off(slot.on)):
        found.append(Warned("off", sentence))
    first, after = wanted.registration_days, (wanted.appraisal_days, wanted.documents_days)
    if first is not None and any(days is not None and days > first for days in after):
        sentence = _("Hạn gửi tài liệu hoặc thẩm định đến trước ngày chốt đăng ký nội dung.")
        found.append(Warned("order", sentence))
    return found


def clashing(meeting: Meeting, slot: Slot, wanted: Plan, *, reader: Person) -> list[Warned]:
    """What would stand against the meeting in this slot with this chair and these people."""
    if slot.on is None:
        return []
    people = Person.objects.in_bulk({each.person_id for each in wanted.attendees} - {None})
    agencies = Agency.objects.in_bulk({each.agency_id for each in wanted.attendees} - {None})
    asked = [
        Attendee(person=people.get(each.person_id or 0), agency=agencies.get(each.agency_id or 0))
        for each in wanted.attendees
        if each.person_id or each.agency_id
    ]
    timed = unplanned(meeting, slot, wanted)
    found = clashes_of(
        meeting,
        on=slot.on,
        halves=timed.halves,
        starts_at=slot.starts_at,
        ends_at=slot.ends_at,
        room_id=slot.room_id,
        chair_id=wanted.chair_id,
        attendees=asked,
        reader=reader,
    )
    return [Warned("clash", clash.sentence, clash.with_url, clash.serious) for clash in found]


def day_off(day: dt.date) -> str:
    """The sentence for a day that is not worked; "" for a working day."""
    if calendar_for(day).works(day):
        return ""
    if name := daysoff.names(day, day).get(day):
        return _("%(day)s là ngày nghỉ: %(name)s.") % {"day": full(day), "name": name}
    return _("%(day)s là ngày nghỉ cuối tuần.") % {"day": full(day)}


@transaction.atomic
def create_meeting(
    body: IssuingBody,
    slot: Slot,
    wanted: Plan,
    *,
    actor: Person,
    now: dt.datetime,
    weekly_on: int | None = None,
    key: uuid.UUID | None = None,
) -> Meeting:
    """A new meeting, known to its office alone until it is announced.

    ``key`` becomes its public id: the same form sent twice makes one meeting. A meeting of a series on
    a day takes that day's turn, and what earlier ones postponed comes to it as proposals. Effects: rows, one
    log entry. Raises PlanError with every problem at
    its place.
    """
    if made := _made(body, key):
        return made
    meeting = Meeting(issuing_body=body, public_id=key or uuid.uuid4(), changed_at=now)
    found = problems(meeting, slot, wanted, today=localdate(now))
    if sentence := _turn_taken(wanted.series_id, slot.on):
        found.append(Problem("series", sentence))
    if found:
        raise PlanError(found)
    values = wanted.row | _values(slot, weekly_on)
    if wanted.series_id is not None:
        values["slot"] = slot.on
    for name, value in values.items():
        setattr(meeting, name, value)
    try:
        with transaction.atomic():
            meeting.save(force_insert=True)
    except IntegrityError:  # somebody else saved between the look and the insert
        if made := _made(body, key):
            return made
        raise PlanError([Problem("series", _turn_taken(wanted.series_id, slot.on))]) from None
    _write_rows(meeting, Plan(wanted.title), wanted)
    history.log(meeting, "meeting.create", actor=actor, now=now)
    agenda.offer_postponed(meeting, actor=actor, now=now)
    reminders.refresh([meeting], now=now)
    return meeting


def _made(body: IssuingBody, key: uuid.UUID | None) -> Meeting | None:
    """The meeting that the form with this key made before."""
    made = Meeting.objects.filter(public_id=key).first() if key else None
    if made is not None and made.issuing_body_id != body.pk:
        raise MeetingError(_("Biểu mẫu này đã dùng rồi. Hãy mở lại trang lập hội nghị."))
    return made


def _values(slot: Slot, weekly_on: int | None) -> dict[str, Any]:
    on = None if weekly_on is not None else slot.on
    return {
        "on": on,
        "tentative": slot.tentative and on is not None,
        "weekly_on": weekly_on,
        "schedule_note": "" if on is not None or weekly_on is not None else slot.note[:200],
        "part_of_day": slot.part_of_day,
        "starts_at": slot.starts_at,
        "ends_at": slot.ends_at,
        "room_id": slot.room_id,
        "place": slot.place,
    }


def _turn_taken(series_id: int | None, day: dt.date | None) -> str:
    if series_id is None or day is None:
        return ""
    if not Meeting.objects.filter(series=series_id, slot=day).exists():
        return ""
    return _("Loạt này đã có hội nghị kỳ %(day)s. Mở hội nghị đó, hoặc không chọn loạt.") % {
        "day": short(day)
    }


@transaction.atomic
def change_meeting(meeting: Meeting, wanted: Plan, *, actor: Person, now: dt.datetime, seen: str) -> Meeting:
    """Give the meeting another head. ``seen`` is ``Plan.seen`` of the head that the person started from.

    Effects: rows, the sequence raised, the words of a draft that announces it, reminders, one log entry
    that names what changed; once the meeting is told, those who are asked anew or no more are told so.
    Nothing happens where the head is like that already. Raises Stale when somebody else changed it
    since, PlanError with every problem at its place, MeetingError for a meeting that is over.
    """
    meeting = held(meeting)
    before = Plan.of(meeting)
    if wanted == before:
        return meeting
    if seen != before.seen:
        raise Stale(_("Người khác vừa sửa hội nghị này. Chưa lưu; hãy xem chỗ khác nhau rồi lưu lại."))
    if meeting.state in (Meeting.State.CONCLUDED, Meeting.State.CANCELLED):
        raise MeetingError(_("Hội nghị đã kết thúc hoặc đã hủy, không sửa được."))
    if found := problems(meeting, None, wanted, today=localdate(now)):
        raise PlanError(found)
    heard = audience.of([meeting], localdate(now))[meeting.pk]
    values = wanted.row | {"sequence": meeting.sequence + 1, "changed_at": now}
    for name, value in values.items():
        setattr(meeting, name, value)
    meeting.save(update_fields=list(values))
    _write_rows(meeting, before, wanted)
    names = changed(before, wanted)
    history.log(
        meeting,
        "meeting.change",
        actor=actor,
        now=now,
        note=", ".join(str(name) for name in names),
        **_old_and_new(before, wanted),
    )
    announcing.mirror(meeting, actor=actor, now=now)
    reminders.refresh([meeting], now=now)
    _tell(meeting, heard, actor=actor, now=now)
    return meeting


#: What a change is called in the history and on the page: field or rows → words.
NAMES: dict[str, str | Promise] = {
    "title": gettext_lazy("tên hội nghị"),
    "series_id": gettext_lazy("loạt"),
    "chair_id": gettext_lazy("chủ trì"),
    "chair_text": gettext_lazy("chủ trì"),
    "registration_days": gettext_lazy("thời hạn chốt đăng ký"),
    "appraisal_days": gettext_lazy("thời hạn thẩm định"),
    "documents_days": gettext_lazy("thời hạn gửi tài liệu"),
    "invitation_days": gettext_lazy("thời hạn gửi giấy mời"),
    "sessions": gettext_lazy("phiên họp"),
    "points": gettext_lazy("điểm cầu"),
    "attendees": gettext_lazy("thành phần dự"),
}


def changed(before: Plan, after: Plan) -> list[str | Promise]:
    """What differs between two heads, in words, each once."""
    names = [NAMES[name] for name in NAMES if getattr(before, name) != getattr(after, name)]
    return list(dict.fromkeys(names))


def _old_and_new(before: Plan, after: Plan) -> dict[str, Any]:
    plain = [name for name in Plan.FIELDS if getattr(before, name) != getattr(after, name)]
    return {name: [getattr(before, name), getattr(after, name)] for name in plain}


def _write_rows(meeting: Meeting, before: Plan, wanted: Plan) -> None:
    """Sessions keep their rows, because items hang on them; points and attendees are written anew
    where they differ."""
    sessions = _write_sessions(meeting, before, wanted)
    if before.points != wanted.points:
        meeting.points.all().delete()
        ConnectingPoint.objects.bulk_create(
            ConnectingPoint(
                meeting=meeting, position=n, name=p.name, room_id=p.room_id, agency_id=p.agency_id
            )
            for n, p in enumerate(wanted.points, start=1)
        )
    if before.attendees != wanted.attendees or before.sessions != wanted.sessions:
        meeting.attendees.all().delete()
        Attendee.objects.bulk_create(
            Attendee(
                meeting=meeting,
                position=n,
                person_id=each.person_id,
                agency_id=each.agency_id,
                text=each.text,
                part=each.part,
                session=None if each.session is None else sessions[each.session],
                item_id=each.item_id,
            )
            for n, each in enumerate(wanted.attendees, start=1)
        )


def _write_sessions(meeting: Meeting, before: Plan, wanted: Plan) -> list[Session]:
    have = {session.pk: session for session in meeting.sessions.all()} if before.sessions else {}
    kept = {session.pk for session in wanted.sessions} & set(have)
    if gone := set(have) - kept:
        meeting.attendees.filter(session__in=gone).delete()
        Session.objects.filter(pk__in=gone).delete()
    written = []
    for n, session in enumerate(wanted.sessions, start=1):
        row = have.get(session.pk or 0) or Session(meeting=meeting)
        values = session.values | {"position": n}
        if row.pk is None or any(getattr(row, name) != value for name, value in values.items()):
            for name, value in values.items():
                setattr(row, name, value)
            row.save()
        written.append(row)
    return written


def _tell(meeting: Meeting, heard: list[Person], *, actor: Person, now: dt.datetime) -> None:
    """Who is asked anew hears of the meeting, who is asked no more hears of that; once each."""
    people = {person.pk: person for person in audience.of([meeting], localdate(now))[meeting.pk]}
    old = {person.pk: person for person in heard}
    day = full(meeting.on) if meeting.on else _("chưa có ngày")
    words = {"day": day, "meeting": meeting}
    for kind, group, title in (
        ("meeting.asked", people.keys() - old.keys(), _("Mời dự họp (%(day)s): %(meeting)s") % words),
        ("meeting.unasked", old.keys() - people.keys(), _("Thôi mời dự (%(day)s): %(meeting)s") % words),
    ):
        notices.tell(
            [(people | old)[pk] for pk in sorted(group) if pk != actor.pk],
            key=f"{kind}:{meeting.public_id}:{meeting.sequence}",
            kind=kind,
            title=title,
            url=reverse("meetings:detail", args=[meeting.public_id]) if kind == "meeting.asked" else "",
            now=now,
        )


def of_series(series: Series) -> tuple[Slot, Plan]:
    """What a meeting of the series starts from: usual time, place, chair, lead times and people."""
    slot = Slot(
        None,
        tentative=True,
        part_of_day=series.part_of_day,
        starts_at=series.starts_at,
        ends_at=series.ends_at,
        room_id=series.room_id,
        place=series.place,
    )
    people = tuple(AttendeePlan(a.person_id, a.agency_id) for a in series.attendees.all())
    leads = {name: getattr(series, name) for name in LEADS}
    return slot, Plan(series.title, series.pk, chair_id=series.chair_id, attendees=people, **leads)


def unplanned(meeting: Meeting, slot: Slot, wanted: Plan) -> Meeting:
    """An unsaved meeting as the plan would make it: for its days and clashes while one still plans."""
    shown = Meeting(issuing_body_id=meeting.issuing_body_id, public_id=meeting.public_id, pk=meeting.pk)
    for name, value in (wanted.row | _values(slot, None)).items():
        setattr(shown, name, value)
    return shown
