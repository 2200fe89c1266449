"""Writes on rooms (phòng họp): added, changed, retired."""

from __future__ import annotations

import datetime as dt

from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agencies.models import IssuingBody, Person
from agencies.rules import standing
from audit import actions
from documents.models.document import DRAFTERS
from meetings.history import log_on
from meetings.models import Room

actions.register(
    **{
        "room.add": gettext_lazy("thêm phòng họp"),
        "room.edit": gettext_lazy("sửa phòng họp"),
        "room.on": gettext_lazy("dùng lại phòng họp"),
        "room.off": gettext_lazy("ngừng dùng phòng họp"),
    }
)


class RoomError(ValueError):
    """The change cannot be made; the message is for the person who asked."""


def visible_to(person: Person | AnonymousUser) -> QuerySet[Room]:
    """Rooms of one's own office and the shared ones."""
    mine = standing(person).office_of()
    return (
        Room.objects.filter(Q(issuing_body__in=mine) | Q(issuing_body=None)) if mine else Room.objects.none()
    )


def usable_by(body: IssuingBody) -> QuerySet[Room]:
    """Rooms in which a body may meet: its own and the shared ones that are in use."""
    return Room.objects.filter(Q(issuing_body=body) | Q(issuing_body=None), active=True)


def may_manage(person: Person | AnonymousUser, room: Room) -> bool:
    """A room belongs to the drafters and the chief of its body; a shared one to those of every body."""
    who = standing(person)
    if room.issuing_body_id is None:
        return bool(who.office_of(*DRAFTERS))
    return who.holds(room.issuing_body_id, *DRAFTERS)


@transaction.atomic
def add(
    name: str, *, issuing_body: IssuingBody | None, seats: int | None, actor: Person, now: dt.datetime
) -> Room:
    """A new room; raises RoomError where the name is taken."""
    try:
        with transaction.atomic():
            room = Room.objects.create(name=name, issuing_body=issuing_body, seats=seats)
    except IntegrityError:
        raise RoomError(taken(name)) from None
    log_on(room, "room.add", actor=actor, now=now)
    return room


@transaction.atomic
def edit(room: Room, *, name: str, seats: int | None, actor: Person, now: dt.datetime) -> Room:
    """Another name or number of seats; raises RoomError where the name is taken. Nothing is logged where
    nothing differs."""
    if (room.name, room.seats) == (name, seats):
        return room
    was = str(room)
    try:
        with transaction.atomic():
            Room.objects.filter(pk=room.pk).update(name=name, seats=seats)
    except IntegrityError:
        raise RoomError(taken(name)) from None
    room.name, room.seats = name, seats
    log_on(room, "room.edit", actor=actor, now=now, note=f"{was} → {room}" if was != str(room) else "")
    return room


@transaction.atomic
def set_active(room: Room, active: bool, *, actor: Person, now: dt.datetime) -> bool:
    """Retire a room or use it again; meetings that have it keep it. False where it was so already."""
    if Room.objects.filter(pk=room.pk, active=not active).update(active=active) != 1:
        return False
    room.active = active
    log_on(room, "room.on" if active else "room.off", actor=actor, now=now)
    return True


def taken(name: str) -> str:
    return _("Đã có phòng “%(name)s”.") % {"name": name}
