"""Other appointments of leaders (lịch riêng của lãnh đạo) for the weekly schedule."""

from __future__ import annotations

import uuid

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.utils.translation import gettext_lazy as _

from agencies.models import IssuingBody, Person
from agencies.rules import standing
from meetings.models.series import Room
from meetings.models.times import Timed, ends_after_start


class AppointmentQuerySet(models.QuerySet["Appointment"]):
    def visible_to(self, person: Person | AnonymousUser) -> AppointmentQuerySet:
        """Appointments kept by one's own office, and those that are one's own."""
        who = standing(person)
        return self.filter(
            models.Q(issuing_body__in=who.office_of()) | models.Q(people=who.person_id)
        ).distinct()


class Appointment(Timed):
    """What a leader does that is no meeting of this house: meetings above, field trips, receptions."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    issuing_body = models.ForeignKey(
        IssuingBody, models.PROTECT, related_name="appointments", verbose_name=_("cơ quan")
    )
    people = models.ManyToManyField(Person, related_name="appointments", verbose_name=_("lãnh đạo"))
    on = models.DateField(_("ngày"))
    title = models.CharField(_("nội dung"), max_length=300)
    chaired_by = models.CharField(_("chủ trì"), max_length=200, blank=True)
    attendees_text = models.CharField(_("thành phần"), max_length=300, blank=True)
    room = models.ForeignKey(
        Room, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("phòng họp")
    )
    place = models.CharField(_("địa điểm"), max_length=200, blank=True)
    tentative = models.BooleanField(_("dự kiến"), default=False)

    objects = AppointmentQuerySet.as_manager()

    class Meta:
        ordering = ("on", "starts_at", "pk")
        verbose_name = _("lịch riêng của lãnh đạo")
        verbose_name_plural = _("lịch riêng của lãnh đạo")
        indexes = (models.Index(fields=("issuing_body", "on"), name="appointment_calendar"),)
        constraints = (ends_after_start("appointment_ends_after_start"),)

    def __str__(self) -> str:
        return self.title
