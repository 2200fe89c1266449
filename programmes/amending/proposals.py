"""Changes that the rows already show: meetings of an issued programme that were moved or called off since."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from lucngan.lib.dates import full
from meetings.models import Meeting
from paper import when as phrases
from programmes.amending.sheet import Sheet
from programmes.models import AmendmentChange, Programme

Kind = AmendmentChange.Kind


@dataclass(frozen=True, slots=True)
class Proposal:
    """A sentence, and the address of the form that is filled in with it."""

    words: str
    url: str


def proposals(programme: Programme, sheet: Sheet) -> list[Proposal]:
    """Meetings whose day is another than the text in force says, one query for all."""
    found = []
    rows = Meeting.objects.filter(section__document=programme.pk).select_related("section")
    for meeting in rows.order_by("on", "pk"):
        node = sheet.keyed.get(str(meeting.section.public_id)) if meeting.section else None
        if node is None or node.gone:
            continue
        said = phrases.find(node.text, programme.period_year)
        if proposal := _proposal(programme, meeting, node.key, said.when.date if said else None):
            found.append(proposal)
    return found


def _proposal(programme: Programme, meeting: Meeting, key: str, said: object) -> Proposal | None:
    address = reverse("amending:add", args=[programme.public_id])
    if meeting.state == Meeting.State.CANCELLED:
        words = _("%(meeting)s đã hủy.") % {"meeting": meeting}
        return Proposal(words, f"{address}?loai={Kind.WITHDRAW}&muc={key}")
    if meeting.state == Meeting.State.POSTPONED:
        words = _("%(meeting)s đã hoãn, chưa có ngày mới.") % {"meeting": meeting}
        return Proposal(words, f"{address}?loai={Kind.CARRY}&muc={key}")
    if meeting.on is None or said is None or meeting.on == said:
        return None
    words = _("%(meeting)s đã chuyển sang %(day)s.") % {"meeting": meeting, "day": full(meeting.on)}
    return Proposal(words, f"{address}?loai={Kind.POSTPONE}&muc={key}&ngay={meeting.on.isoformat()}")
