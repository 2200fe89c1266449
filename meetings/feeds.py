"""Calendar feeds (địa chỉ lịch, RFC 5545): made, revoked, opened by their secret, written.

An address shows what its owner may see on the day it is asked for, and nothing once it is revoked
or its owner holds the role no more. The secret is kept as its hash: who reads the database cannot
read the calendars.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets
from collections.abc import Iterable
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, Prefetch, Q
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from icalendar import Calendar, Event, vDate, vDuration, vRecur

from agencies import daysoff
from agencies.models import Agency, IssuingBody, Person
from agencies.rules import Standing, standing
from audit.actions import register
from lucngan.lib import dates
from lucngan.lib.text import nfc, one_line
from meetings.clashes import period_of
from meetings.history import log_on
from meetings.kin import own_days
from meetings.models import AgendaItem, Attendee, Feed, Meeting, MeetingLog, MeetingQuerySet, PreparingBody
from meetings.models.meeting import concerns_q, told_q
from meetings.models.times import PartOfDay, Timed

register(
    **{
        "feed.make": gettext_lazy("lập địa chỉ lịch"),
        "feed.revoke": gettext_lazy("thu hồi địa chỉ lịch"),
    }
)

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
#: The second half of every UID; it never changes, wherever the site moves.
DOMAIN = "hoi-nghi.chuong-trinh-cong-tac"
#: When halves of a day begin and end for a meeting that gives no clock times.
HALVES = {
    PartOfDay.MORNING.value: (dt.time(8), dt.time(11, 30)),
    PartOfDay.AFTERNOON.value: (dt.time(14), dt.time(17)),
}
#: What a meeting with a beginning alone takes where it begins at or after the end of its half-day.
USUAL = dt.timedelta(hours=2)
#: Days before and after today that a feed shows; cancelled meetings are told for so long.
PAST, AHEAD, TOLD_FOR = dt.timedelta(days=60), dt.timedelta(days=400), dt.timedelta(days=180)
#: Addresses that one person may hold at a time.
LIMIT = 20
#: A use is written down at most this often.
TOUCH = dt.timedelta(minutes=10)
#: The states that end a meeting before it was held.
OFF = (Meeting.State.CANCELLED, Meeting.State.POSTPONED)


class FeedError(ValueError):
    """The address cannot be made; the message is for the person."""


def secret_hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


@transaction.atomic
def issue(
    owner: Person, *, agency: Agency | None = None, issuing_body: IssuingBody | None = None, now: dt.datetime
) -> tuple[Feed, str]:
    """A new address: of the owner's own meetings, or of an agency or a body that the owner works for.

    Gives the row and the secret, which nobody can read again; one log entry, without the secret. Raises
    FeedError for somebody else's agency or body, and for more addresses than one person needs.
    """
    who = standing(owner)
    if agency is not None and agency.pk not in who.agencies:
        raise FeedError(_("Bạn không còn là đầu mối của đơn vị này."))
    if issuing_body is not None and not who.holds(issuing_body.pk):
        raise FeedError(_("Bạn không còn vai trò ở cơ quan này."))
    if Feed.objects.filter(owner=owner, revoked_at=None).count() >= LIMIT:
        raise FeedError(_("Đã có %(n)s địa chỉ. Hãy thu hồi địa chỉ không dùng nữa.") % {"n": LIMIT})
    token = secrets.token_urlsafe(32)
    feed = Feed.objects.create(
        owner=owner,
        agency=agency,
        issuing_body=issuing_body,
        token_sha256=secret_hash(token),
        created_at=now,
    )
    log_on(feed, "feed.make", actor=owner, now=now, named=name_of(feed))
    return feed, token


@transaction.atomic
def revoke(feed: Feed, *, actor: Person, now: dt.datetime) -> bool:
    """The address answers no more. True when it was done, and logged then."""
    if Feed.objects.filter(pk=feed.pk, revoked_at=None).update(revoked_at=now) != 1:
        return False
    log_on(feed, "feed.revoke", actor=actor, now=now, named=name_of(feed))
    return True


def opened(token: str, *, now: dt.datetime) -> Feed | None:
    """The feed behind a secret; None for an unknown or revoked one, and where its owner has left or
    holds the role no more. The secret is compared by its hash, so the time tells nothing of it."""
    found = (
        Feed.objects.filter(token_sha256=secret_hash(token), revoked_at=None, owner__is_active=True)
        .select_related("owner", "agency", "issuing_body__agency")
        .first()
    )
    if found is None or not still_holds(found):
        return None
    unused = Q(last_used_at=None) | Q(last_used_at__lt=now - TOUCH)
    if found.last_used_at is None or found.last_used_at < now - TOUCH:
        Feed.objects.filter(unused, pk=found.pk).update(last_used_at=now)
    return found


def still_holds(feed: Feed) -> bool:
    """Does the owner still work for the agency or body of the address?"""
    who = standing(feed.owner)
    if feed.agency_id is not None:
        return feed.agency_id in who.agencies
    if feed.issuing_body_id is not None:
        return who.holds(feed.issuing_body_id)
    return who.person_id is not None


def calendar_of(feed: Feed, now: dt.datetime) -> bytes:
    """The feed as a file, in Vietnamese; the number of queries does not depend on what is in it."""
    today = now.astimezone(ZONE).date()
    meetings = list(_meetings(feed, now, today))
    lost = _lost_days(meetings)
    off = daysoff.off_days(today - PAST, today + AHEAD)
    taken = own_days(meetings, (today - PAST, today + AHEAD), feed.owner)
    with translation.override("vi"):
        calendar = _head(feed)
        for meeting in meetings:
            event = _event(meeting, lost, off | taken.get(meeting.pk, frozenset()))
            if event is not None:
                calendar.add_component(event)
        calendar.add_missing_timezones(first_date=today - PAST, last_date=today + AHEAD)
    return bytes(calendar.to_ical())


def name_of(feed: Feed) -> str:
    """What the calendar is called in a phone."""
    if feed.issuing_body:
        return _("Lịch họp %(body)s") % {"body": feed.issuing_body.agency.short_name}
    if feed.agency:
        return _("Lịch họp %(body)s") % {"body": feed.agency.short_name}
    return _("Lịch họp của %(person)s") % {"person": feed.owner}


def _head(feed: Feed) -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", "-//Chuong trinh cong tac//Hoi nghi//VI")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name_of(feed))
    calendar.add("name", name_of(feed))
    calendar.add("x-wr-timezone", str(ZONE))
    calendar.add("refresh-interval", vDuration(dt.timedelta(hours=1)), parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", vDuration(dt.timedelta(hours=1)))
    return calendar


def _meetings(feed: Feed, now: dt.datetime, today: dt.date) -> MeetingQuerySet:
    """The meetings of the feed that its owner may see, with everything an event says."""
    open_ = ~Q(state__in=OFF)
    year = "section__document__programme__period_year__gte"
    window = (
        open_ & Q(on__range=(today - PAST, today + AHEAD))
        | open_ & Q(weekly_on__isnull=False) & (Q(section=None) | Q(**{year: (today - PAST).year}))
        | Q(state__in=OFF, changed_at__gte=now - TOLD_FOR) & told_q()
    )
    items = AgendaItem.objects.accepted().visible_to(feed.owner).order_by("position", "pk")
    return (
        Meeting.objects.visible_to(feed.owner)
        .filter(_of(feed, standing(feed.owner)), window)
        .select_related("issuing_body__agency", "room", "chair", "series", "section__document__programme")
        .prefetch_related("sessions", "points", Prefetch("items", queryset=items, to_attr="seen"))
        .with_secrecy()
        .order_by("pk")
    )


def _of(feed: Feed, who: Standing) -> Q:
    """Which meetings the feed is of, before asking whether its owner may see them."""
    if feed.issuing_body_id is not None:
        return Q(issuing_body=feed.issuing_body_id)
    if feed.agency_id is None:
        return concerns_q(who)
    attends = Attendee.objects.filter(agency=feed.agency_id, meeting=OuterRef("pk"))
    prepares = PreparingBody.objects.filter(agency=feed.agency_id, item__meeting=OuterRef("pk"))
    return Q(Exists(attends)) | Q(Exists(prepares))


def _lost_days(meetings: Iterable[Meeting]) -> dict[int, dt.date]:
    """The days that postponed meetings had: the history remembers them."""
    ids = [meeting.pk for meeting in meetings if meeting.state == Meeting.State.POSTPONED]
    entries = MeetingLog.objects.filter(meeting__in=ids, action="meeting.postpone").order_by("at", "pk")
    return {
        pk: dt.date.fromisoformat(data["on"])
        for pk, data in entries.values_list("meeting_id", "data")
        if pk is not None and data.get("on")
    }


def _event(meeting: Any, lost: dict[int, dt.date], off: set[dt.date]) -> Event | None:
    """The meeting as an event; None for one that has no day."""
    on = meeting.on or lost.get(meeting.pk) or (meeting.slot if meeting.state in OFF else None)
    event = Event()
    if meeting.weekly_on is not None and meeting.state not in OFF:
        if not _weekly(event, meeting, off):
            return None
    elif on is not None:
        _span(event, meeting, on, max((s.days_after for s in meeting.sessions.all()), default=0))
    else:
        return None
    event.add("uid", f"{meeting.public_id}@{DOMAIN}")
    event.add("sequence", meeting.sequence)
    changed = meeting.changed_at.astimezone(dt.UTC).replace(microsecond=0)
    event.add("dtstamp", changed)
    event.add("last-modified", changed)
    event.add("status", status_of(meeting))
    event.add("transp", "TRANSPARENT" if meeting.state in OFF else "OPAQUE")
    event.add("summary", summary_of(meeting))
    event.add("description", description_of(meeting))
    if meeting.where and not meeting.secret:
        event.add("location", one_line(meeting.where))
    event.add("url", settings.SITE_URL + reverse("meetings:detail", args=[meeting.public_id]))
    return event


def status_of(meeting: Meeting) -> str:
    """RFC 5545, 3.8.1.11."""
    if meeting.state in OFF:
        return "CANCELLED"
    return "TENTATIVE" if meeting.tentative else "CONFIRMED"


def summary_of(meeting: Any) -> str:
    """The title, of a secret meeting only that there is one; few phones show the status, so it says
    whether the day holds."""
    title = "Hội nghị (nội dung mật)" if meeting.secret else one_line(meeting.title)
    if meeting.state == Meeting.State.POSTPONED:
        return f"Hoãn: {title}"
    if meeting.state == Meeting.State.CANCELLED:
        return f"Hủy: {title}"
    return f"{title} (dự kiến)" if meeting.tentative else title


def description_of(meeting: Any) -> str:
    """Body, chair, sessions, connecting points and the items that the owner of the feed may see; nothing
    of a secret meeting."""
    if meeting.secret:
        return ""
    lines = [f"Cơ quan tổ chức: {meeting.issuing_body}"]
    if meeting.chaired_by:
        lines.append(f"Chủ trì: {meeting.chaired_by}")
    for session in meeting.sessions.all():
        day = f"{dates.full(meeting.on + dt.timedelta(days=session.days_after))}, " if meeting.on else ""
        lines.append(f"Phiên {session.title}: {day}{time_words(session)}")
    points = [point.name for point in meeting.points.all()]
    if points:
        lines.append(f"Điểm cầu: {', '.join(points)}")
    if meeting.seen:
        lines.append("Nội dung:")
        lines += [f"{item.position}. {one_line(item.text)}" for item in meeting.seen]
    return nfc("\n".join(lines))


def time_words(timed: Timed) -> str:
    """ "08:00-11:30", "08:00", "buổi sáng" or "cả ngày"."""
    if timed.starts_at:
        end = f"-{timed.ends_at:%H:%M}" if timed.ends_at else ""
        return f"{timed.starts_at:%H:%M}{end}"
    return str(timed.get_part_of_day_display()).lower()


def times(timed: Timed) -> tuple[dt.time, dt.time] | None:
    """Beginning and end on the clock; None where the paper names the day alone: a whole day claims no
    hour, so that a phone shows it above the day and warns of no clash that nobody meant."""
    part = timed.part_of_day
    if timed.starts_at is None:
        return HALVES.get(part)
    if timed.ends_at is not None:
        return timed.starts_at, timed.ends_at
    half = part or (PartOfDay.MORNING.value if timed.starts_at < dt.time(12) else PartOfDay.AFTERNOON.value)
    end = HALVES[half][1]
    if timed.starts_at < end:
        return timed.starts_at, end
    later = dt.datetime.combine(dt.date.min, timed.starts_at) + USUAL
    return timed.starts_at, later.time() if later.day == 1 else dt.time(23, 59)


def _span(event: Event, meeting: Meeting, on: dt.date, more_days: int) -> None:
    """A day with its hours; whole days where no hour is known or the sessions go over several days."""
    clock = times(meeting)
    if clock is None or more_days:
        event.add("dtstart", on)
        event.add("dtend", on + dt.timedelta(days=more_days + 1))
        return
    event.add("dtstart", dt.datetime.combine(on, clock[0], ZONE))
    event.add("dtend", dt.datetime.combine(on, clock[1], ZONE))


def _weekly(event: Event, meeting: Meeting, off: set[dt.date]) -> bool:
    """Each week within the period of the programme that says so; days off, and days on which the series
    has a row of its own, left out; False where the period has no such day."""
    assert meeting.weekly_on is not None
    start, last = period_of(meeting)
    if start == dt.date.min:
        start = (meeting.announced_at or meeting.changed_at).astimezone(ZONE).date()
    end = last if last < dt.date.max else None
    first = start + dt.timedelta(days=(meeting.weekly_on - start.weekday()) % 7)
    if end is not None and first > end:
        return False
    clock = times(meeting)
    _span(event, meeting, first, 0)
    rule = vRecur({"freq": "WEEKLY"})
    if end is not None:
        until = dt.datetime.combine(end, dt.time(23, 59, 59), ZONE).astimezone(dt.UTC)
        rule["until"] = until if clock else end
    event.add("rrule", rule)
    left_out = sorted(
        day
        for day in off
        if day.weekday() == meeting.weekly_on and day >= first and (end is None or day <= end)
    )
    for day in left_out:
        if clock:
            event.add("exdate", dt.datetime.combine(day, clock[0], ZONE))
        else:
            event.add("exdate", vDate(day), parameters={"VALUE": "DATE"})
    return True
