"""Findings that an office lives with: for one paper, or a whole check for itself."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from agencies.models import IssuingBody
from documents.models.document import Document


class Silence(models.Model):
    """One finding of one paper that a named person lets be, with the reason. ``fingerprint`` is of the
    words: another text asks again."""

    document = models.ForeignKey(Document, models.CASCADE, related_name="silences", verbose_name=_("văn bản"))
    code = models.CharField(_("phép soát"), max_length=40)
    fingerprint = models.CharField(max_length=32)
    reason = models.CharField(_("lý do"), max_length=300)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("người cho qua")
    )
    at = models.DateTimeField(_("lúc"))

    class Meta:
        ordering = ("-at", "-pk")
        verbose_name = _("chỗ giữ nguyên")
        verbose_name_plural = _("chỗ giữ nguyên")
        constraints = (
            models.UniqueConstraint(fields=("document", "fingerprint"), name="finding_silenced_once"),
            models.CheckConstraint(condition=~Q(reason=""), name="silence_has_its_reason"),
        )

    def __str__(self) -> str:
        return self.code


class DisabledCheck(models.Model):
    """A check that an office turned off for its papers, with the reason."""

    issuing_body = models.ForeignKey(
        IssuingBody, models.CASCADE, related_name="disabled_checks", verbose_name=_("cơ quan ban hành")
    )
    code = models.CharField(_("phép soát"), max_length=40)
    reason = models.CharField(_("lý do"), max_length=300)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("người tắt")
    )
    at = models.DateTimeField(_("lúc"))

    class Meta:
        ordering = ("issuing_body", "code")
        verbose_name = _("phép soát đã tắt")
        verbose_name_plural = _("phép soát đã tắt")
        constraints = (
            models.UniqueConstraint(fields=("issuing_body", "code"), name="check_turned_off_once"),
            models.CheckConstraint(condition=~Q(reason=""), name="disabled_check_has_its_reason"),
        )

    def __str__(self) -> str:
        return self.code
