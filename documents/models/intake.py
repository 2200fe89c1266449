"""Files and pasted texts that are being read (tiếp nhận tệp)."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from agencies.models import IssuingBody, Person
from agencies.rules import standing
from documents.models.document import Document


class IntakeQuerySet(models.QuerySet["Intake"]):
    def visible_to(self, person: Person | AnonymousUser) -> IntakeQuerySet:
        """Files of the issuing bodies for which the person drafts."""
        return self.filter(issuing_body__in=standing(person).office_of("drafter", "chief"))


class Intake(models.Model):
    """One uploaded file or pasted text, from arrival to the document that came of it."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Chờ đọc")
        READING = "reading", _("Đang đọc")
        READ = "read", _("Đã đọc, chờ soát")
        FAILED = "failed", _("Không đọc được")
        ACCEPTED = "accepted", _("Đã nhận")
        DISCARDED = "discarded", _("Đã bỏ")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    issuing_body = models.ForeignKey(
        IssuingBody, models.PROTECT, related_name="intakes", verbose_name=_("cơ quan ban hành")
    )
    file = models.FileField(_("tệp"), upload_to="intakes/%Y/%m")
    name = models.CharField(_("tên tệp"), max_length=255)
    size = models.PositiveBigIntegerField(_("cỡ tệp"))
    sha256 = models.CharField(max_length=64)
    state = models.CharField(_("trạng thái"), max_length=10, choices=State.choices, default=State.WAITING)
    problem = models.TextField(_("lý do không đọc được"), blank=True)
    result = models.JSONField(null=True, blank=True, editable=False)
    claimed_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    document = models.ForeignKey(
        Document, models.SET_NULL, null=True, blank=True, related_name="intakes", verbose_name=_("văn bản")
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("người tải")
    )
    created_at = models.DateTimeField(_("lúc"))

    objects = IntakeQuerySet.as_manager()

    class Meta:
        ordering = ("-created_at", "-pk")
        verbose_name = _("tệp tiếp nhận")
        verbose_name_plural = _("tệp tiếp nhận")
        indexes = (
            models.Index(
                fields=("created_at",), condition=Q(state__in=("waiting", "reading")), name="intake_to_read"
            ),
        )

    def __str__(self) -> str:
        return self.name
