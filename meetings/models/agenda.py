"""Agenda items (nội dung họp) and who prepares them (cơ quan chuẩn bị)."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Exists, OuterRef, Prefetch, Q
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency, Person
from agencies.rules import standing
from documents.models import Clause
from meetings.models.meeting import Attendee, Meeting, Session, told_q


class AgendaItemQuerySet(models.QuerySet["AgendaItem"]):
    def visible_to(self, person: Person | AnonymousUser) -> AgendaItemQuerySet:
        """The list form of ``meetings.rules.may_see_item``: whose documents and remarks one may see.
        The office sees all; once the meeting is told: the chair all of it, attendees of the whole
        meeting (or of the item's session) what stands on the agenda, those asked for one item that one,
        a body what it prepares. A proposal is nobody else's yet."""
        who = standing(person)
        mine = Q(meeting__issuing_body__in=who.office_of())
        if who.person_id is None:
            return self.none()
        asked = Attendee.objects.filter(
            Q(person=who.person_id) | Q(agency__in=who.agencies), meeting=OuterRef("meeting")
        ).filter(
            Q(item=None, session=None) | Q(item=OuterRef("pk")) | Q(item=None, session=OuterRef("session"))
        )
        prepares = PreparingBody.objects.filter(agency__in=who.agencies, item=OuterRef("pk"))
        on_agenda = Q(state=AgendaItem.State.ACCEPTED)
        concerned = Q(meeting__chair=who.person_id) | on_agenda & Q(Exists(asked)) | Q(Exists(prepares))
        return self.filter(mine | told_q("meeting__") & concerned)

    def accepted(self) -> AgendaItemQuerySet:
        """Items that stand on the agenda; proposals do not yet."""
        return self.filter(state=AgendaItem.State.ACCEPTED)


def on_agenda() -> Prefetch[Any]:
    """For ``prefetch_related`` on meetings: the items that stand on the agenda, with their bodies."""
    return Prefetch("items", AgendaItem.objects.accepted().prefetch_related("preparing"))


class AgendaItem(models.Model):
    """Nội dung họp: one lead body at most, any number of coordinating bodies.

    ``text`` says what the clause in the draft programme says; see ``Meeting``. Whether its documents
    are there is derived from ``documents``; the outcome is always explicit.
    """

    class State(models.TextChoices):
        PROPOSED = "proposed", _("Đề xuất")
        ACCEPTED = "accepted", _("Trong chương trình họp")

    class Purpose(models.TextChoices):
        REPORT = "report", _("Báo cáo")
        OPINION = "opinion", _("Cho ý kiến")
        DECIDE = "decide", _("Quyết định")

    class Outcome(models.TextChoices):
        APPROVED = "approved", _("Thông qua")
        POSTPONED = "postponed", _("Lùi sang kỳ sau")
        WITHDRAWN = "withdrawn", _("Rút khỏi chương trình")
        RETURNED = "returned", _("Trả lại để hoàn thiện")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="items", verbose_name=_("hội nghị"))
    session = models.ForeignKey(
        Session, models.SET_NULL, null=True, blank=True, related_name="items", verbose_name=_("phiên")
    )
    clause = models.OneToOneField(
        Clause, models.SET_NULL, null=True, blank=True, related_name="agenda_item", verbose_name=_("mục")
    )
    clause_key = models.UUIDField(null=True, blank=True, editable=False, db_index=True)
    position = models.PositiveSmallIntegerField(_("thứ tự"))
    text = models.TextField(_("nội dung"), blank=True)
    state = models.CharField(_("trạng thái"), max_length=10, choices=State.choices, default=State.ACCEPTED)
    purpose = models.CharField(_("để"), max_length=10, choices=Purpose.choices, blank=True)
    presenter = models.CharField(_("người báo cáo"), max_length=200, blank=True)
    minutes = models.PositiveSmallIntegerField(_("số phút"), null=True, blank=True)
    needs_documents = models.BooleanField(_("cần tài liệu"), default=True)
    extended_to = models.DateField(_("gia hạn tài liệu đến"), null=True, blank=True)
    outcome = models.CharField(_("kết quả"), max_length=10, choices=Outcome.choices, blank=True)
    outcome_note = models.TextField(_("ghi chú kết quả"), blank=True)
    carried_from = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="carried_to",
        verbose_name=_("chuyển từ kỳ trước"),
    )

    objects = AgendaItemQuerySet.as_manager()

    class Meta:
        ordering = ("meeting", "position", "pk")
        verbose_name = _("nội dung họp")
        verbose_name_plural = _("nội dung họp")
        constraints = (
            models.UniqueConstraint(
                fields=("carried_from", "meeting"),
                condition=Q(carried_from__isnull=False),
                name="carried_once_into_a_meeting",
            ),
        )

    def __str__(self) -> str:
        return self.text[:80]


class PreparingBody(models.Model):
    """Cơ quan chuẩn bị of an item: as named on paper, and the agency where it is known."""

    item = models.ForeignKey(AgendaItem, models.CASCADE, related_name="preparing", verbose_name=_("nội dung"))
    agency = models.ForeignKey(
        Agency, models.PROTECT, null=True, blank=True, related_name="preparing", verbose_name=_("cơ quan")
    )
    name = models.CharField(_("tên trong văn bản"), max_length=200)
    lead = models.BooleanField(_("chủ trì"), default=True)
    position = models.PositiveSmallIntegerField(_("thứ tự"), default=0)

    class Meta:
        ordering = ("item", "-lead", "position")
        verbose_name = _("cơ quan chuẩn bị")
        verbose_name_plural = _("cơ quan chuẩn bị")

    def __str__(self) -> str:
        return self.name
