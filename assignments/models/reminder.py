"""Reminders (nhắc việc): rows computed when a day is set or moved, claimed by UPDATE when due."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Reminder(models.Model):
    """One reminder of one deadline to one person.

    ``source`` names what the deadline hangs on ("meeting:<public id>"), ``kind`` which deadline of it.
    """

    class State(models.TextChoices):
        SCHEDULED = "scheduled", _("Chờ đến hạn")
        SENT = "sent", _("Đã nhắc")
        MISSED = "missed", _("Đã lỡ")

    source = models.CharField(max_length=80)
    kind = models.CharField(_("mốc"), max_length=20)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="reminders", verbose_name=_("người được nhắc")
    )
    due_on = models.DateField(_("hạn"))
    send_at = models.DateTimeField(_("nhắc lúc"))
    title = models.CharField(_("tiêu đề"), max_length=300)
    text = models.TextField(_("nội dung"), blank=True)
    url = models.CharField(_("địa chỉ"), max_length=300, blank=True)
    state = models.CharField(_("trạng thái"), max_length=10, choices=State.choices, default=State.SCHEDULED)
    sent_at = models.DateTimeField(_("đã nhắc lúc"), null=True, blank=True)

    class Meta:
        ordering = ("send_at", "pk")
        verbose_name = _("nhắc việc")
        verbose_name_plural = _("nhắc việc")
        constraints = (
            models.UniqueConstraint(fields=("source", "kind", "person"), name="one_reminder_per_deadline"),
            models.CheckConstraint(
                condition=Q(state="sent", sent_at__isnull=False) | ~Q(state="sent") & Q(sent_at=None),
                name="sent_reminder_has_its_time",
            ),
        )
        indexes = (models.Index(fields=("send_at",), condition=Q(state="scheduled"), name="reminder_due"),)

    def __str__(self) -> str:
        return self.title
