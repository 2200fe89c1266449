"""Private addresses of calendar feeds (lịch đăng ký, RFC 5545)."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency, IssuingBody


class Feed(models.Model):
    """One private address: of its owner's own meetings, of an agency, or of an issuing body.

    The secret of the address is kept as its hash alone: it is shown once, when it is made. A feed
    shows what its owner may see on the day it is asked for, and nothing once it is revoked.
    """

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="feeds", verbose_name=_("người dùng")
    )
    agency = models.ForeignKey(
        Agency, models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("đơn vị")
    )
    issuing_body = models.ForeignKey(
        IssuingBody,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("cơ quan ban hành"),
    )
    token_sha256 = models.CharField(max_length=64, unique=True, editable=False)
    created_at = models.DateTimeField(_("lập lúc"))
    revoked_at = models.DateTimeField(_("thu hồi lúc"), null=True, blank=True)
    last_used_at = models.DateTimeField(_("dùng lần cuối"), null=True, blank=True)

    class Meta:
        ordering = ("owner", "-created_at", "-pk")
        verbose_name = _("địa chỉ lịch")
        verbose_name_plural = _("địa chỉ lịch")
        constraints = (
            models.CheckConstraint(condition=Q(agency=None) | Q(issuing_body=None), name="feed_is_of_one"),
        )

    def __str__(self) -> str:
        return str(self.issuing_body or self.agency or self.owner)
