"""Other appointments of leaders (lịch riêng): kept by the office, seen by the office and the leader."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agencies.models import IssuingBody, Person
from audit.actions import register
from documents.models.document import DRAFTERS
from lucngan.lib.dates import full
from meetings.clashes import LONGEST, Clash, survey
from meetings.history import log_on
from meetings.models import Appointment, Meeting
from meetings.rules import may_manage_for

register(
    **{
        "appointment.add": gettext_lazy("thêm lịch riêng của lãnh đạo"),
        "appointment.edit": gettext_lazy("sửa lịch riêng của lãnh đạo"),
        "appointment.remove": gettext_lazy("xóa lịch riêng của lãnh đạo"),
    }
)

#: Whose appointments the person keeps: the drafters and the chief of a body.
KEEPERS = DRAFTERS


class AppointmentError(ValueError):
    """The change cannot be made; the message is for the person who asked."""


@dataclass(frozen=True, slots=True)
class Values:
    """What an appointment says."""

    on: dt.date
    title: str
    part_of_day: str = ""
    starts_at: dt.time | None = None
    ends_at: dt.time | None = None
    chaired_by: str = ""
    attendees_text: str = ""
    room_id: int | None = None
    place: str = ""
    tentative: bool = False

    @classmethod
    def of(cls, appointment: Appointment) -> Values:
        return cls(**{name: getattr(appointment, name) for name in cls.__slots__})


def may_keep(person: Person | AnonymousUser, appointment: Appointment) -> bool:
    return may_manage_for(person, appointment.issuing_body_id)


@transaction.atomic
def add(
    body: IssuingBody, values: Values, people: Sequence[Person], *, actor: Person, now: dt.datetime
) -> Appointment:
    """A new appointment of one or more leaders. One log entry. Raises AppointmentError for values that
    cannot be."""
    _check(values, people)
    appointment = Appointment.objects.create(issuing_body=body, **asdict(values))
    appointment.people.set(people)
    log_on(appointment, "appointment.add", actor=actor, now=now, named=_named(appointment))
    return appointment


@transaction.atomic
def edit(
    appointment: Appointment,
    values: Values,
    people: Sequence[Person],
    *,
    seen: Values,
    actor: Person,
    now: dt.datetime,
) -> bool:
    """Make the appointment what the form says; gives whether anything changed, and logs then.

    ``seen`` is what it said when the form was opened: raises AppointmentError when somebody changed
    it since, or removed it, and changes nothing.
    """
    _check(values, people)
    row = Appointment.objects.select_for_update(of=("self",)).filter(pk=appointment.pk).first()
    if row is None or Values.of(row) != seen:
        raise AppointmentError(_("Người khác vừa sửa hoặc xóa lịch này. Hãy tải lại trang rồi sửa tiếp."))
    before = set(row.people.order_by().values_list("pk", flat=True))
    if values == seen and before == {person.pk for person in people}:
        return False
    for name, value in asdict(values).items():
        setattr(row, name, value)
    row.save(update_fields=list(asdict(values)))
    row.people.set(people)
    log_on(row, "appointment.edit", actor=actor, now=now, named=_named(row))
    return True


@transaction.atomic
def remove(appointment: Appointment, *, actor: Person, now: dt.datetime) -> bool:
    """Take it out; the log keeps that it was there. False where it was gone already."""
    name = _named(appointment)
    _gone, by_model = Appointment.objects.filter(pk=appointment.pk).delete()
    if not by_model.get(Appointment._meta.label):  # noqa: SLF001  Django's own name for it
        return False
    log_on(appointment, "appointment.remove", actor=actor, now=now, named=name)
    return True


def _named(appointment: Appointment) -> str:
    return f"{full(appointment.on)}: {appointment.title}"


def _check(values: Values, people: Sequence[Person]) -> None:
    if not people:
        raise AppointmentError(_("Hãy chọn ít nhất một lãnh đạo."))
    if not values.title:
        raise AppointmentError(_("Hãy ghi nội dung."))
    if values.ends_at and not values.starts_at:
        raise AppointmentError(_("Có giờ kết thúc thì ghi cả giờ bắt đầu."))
    if values.starts_at and values.ends_at and values.ends_at <= values.starts_at:
        raise AppointmentError(_("Giờ kết thúc phải sau giờ bắt đầu."))


def clashes_of(appointments: Sequence[Appointment], reader: Person | AnonymousUser) -> dict[int, list[Clash]]:
    """What stands against each appointment (by its primary key), with a constant number of queries."""
    if not appointments:
        return {}
    window = (min(a.on for a in appointments), max(a.on for a in appointments))
    around = (window[0] - LONGEST, window[1])
    near = Q(on__range=around) | Q(weekly_on__isnull=False)
    meetings = Meeting.objects.visible_to(reader).filter(near).order_by()
    others = Appointment.objects.visible_to(reader).filter(on__range=window).order_by()
    kept = {each.pk: each for each in (*others, *appointments)}
    found = survey(meetings, kept.values(), window=window, reader=reader).clashes
    return {pk: clashes for (kind, pk), clashes in found.items() if kind == "appointment"}
