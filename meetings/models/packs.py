"""Meeting packs (bộ tài liệu họp): one PDF of agenda and documents, made in the background."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from meetings.models.meeting import Meeting


class Pack(models.Model):
    """One making of a pack, from the request to the file. ``problems`` names what could not be put in:
    ``[{"item": n, "title": …, "reason": …}]``; ``listed`` what is listed with a link only."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Chờ làm")
        MAKING = "making", _("Đang làm")
        MADE = "made", _("Đã xong")
        FAILED = "failed", _("Không làm được")
        CANCELLED = "cancelled", _("Đã dừng")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="packs", verbose_name=_("hội nghị"))
    state = models.CharField(_("trạng thái"), max_length=10, choices=State.choices, default=State.WAITING)
    done = models.PositiveIntegerField(_("đã xong"), default=0)
    total = models.PositiveIntegerField(_("tất cả"), default=0)
    step = models.CharField(_("đang làm"), max_length=300, blank=True)
    file = models.FileField(_("tệp"), upload_to="packs/%Y/%m", blank=True)
    pages = models.PositiveIntegerField(_("số trang"), null=True, blank=True)
    contents = models.CharField(max_length=64, blank=True, help_text="SHA-256 of what went in.")
    problems = models.JSONField(default=list, blank=True)
    listed = models.JSONField(default=list, blank=True)
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("người yêu cầu"),
    )
    requested_at = models.DateTimeField(_("yêu cầu lúc"))
    claimed_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(_("xong lúc"), null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ("meeting", "-requested_at", "-pk")
        verbose_name = _("bộ tài liệu họp")
        verbose_name_plural = _("bộ tài liệu họp")
        constraints = (
            models.UniqueConstraint(
                fields=("meeting",),
                condition=Q(state__in=("waiting", "making")),
                name="one_pack_in_the_making",
            ),
        )

    def __str__(self) -> str:
        return f"{self.meeting} {self.get_state_display()}"
