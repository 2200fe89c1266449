"""MEETINGS: series, meetings, agenda items, their documents, reviews, packs, feeds."""

from meetings.models.agenda import AgendaItem, PreparingBody, on_agenda
from meetings.models.appointments import Appointment
from meetings.models.feeds import Feed
from meetings.models.files import ItemDocument, ItemFile
from meetings.models.invitation import Invitation
from meetings.models.log import MeetingLog
from meetings.models.meeting import Attendee, ConnectingPoint, Meeting, MeetingQuerySet, Session
from meetings.models.packs import Pack
from meetings.models.review import ChangeRequest, Opinion, Remark
from meetings.models.series import Room, Series, SeriesAttendee

__all__ = [
    "AgendaItem",
    "Appointment",
    "Attendee",
    "ChangeRequest",
    "ConnectingPoint",
    "Feed",
    "Invitation",
    "ItemDocument",
    "ItemFile",
    "Meeting",
    "MeetingLog",
    "MeetingQuerySet",
    "Opinion",
    "Pack",
    "PreparingBody",
    "Remark",
    "Room",
    "Series",
    "SeriesAttendee",
    "Session",
    "on_agenda",
]
