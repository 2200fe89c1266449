"""Issuing bodies (cơ quan ban hành) and their terms (nhiệm kỳ)."""

from __future__ import annotations

import datetime as dt

from django.db import models
from django.utils.translation import gettext_lazy as _

from agencies.models.agency import Agency
from paper.forms import PROFILES, Profile, profile_for
from paper.value import Regime

#: Office roles that see an issuing body's drafts.
OFFICE = ("drafter", "chief", "registrar", "leader")


def default_styles() -> list[str]:
    return ["I.", "1.", "a)", "-", "+"]


class IssuingBody(models.Model):
    """Cơ quan ban hành: an agency that issues papers, with its letterhead and habits."""

    class RegimeChoice(models.TextChoices):
        PARTY = "party", _("Thể thức văn bản của Đảng")
        STATE = "state", _("Thể thức văn bản hành chính Nhà nước")

    agency = models.OneToOneField(
        Agency, models.PROTECT, related_name="issuing_body", verbose_name=_("cơ quan")
    )
    regime = models.CharField(_("thể thức"), max_length=5, choices=RegimeChoice.choices)
    superior_lines = models.TextField(
        _("dòng cơ quan cấp trên"),
        blank=True,
        help_text=_("Mỗi dòng một dòng in, ví dụ: ĐẢNG BỘ TỈNH BẮC NINH"),
    )
    letterhead_lines = models.TextField(
        _("tên cơ quan trên đầu văn bản"), help_text=_("Mỗi dòng một dòng in")
    )
    symbol = models.CharField(_("ký hiệu"), max_length=20, help_text="HU, ĐU, UBND")
    place = models.CharField(_("địa danh"), max_length=80)
    deciding_body = models.CharField(_("tập thể quyết định"), max_length=80, blank=True)
    subject_phrase = models.CharField(
        _("cụm từ trong trích yếu"), max_length=80, blank=True, help_text=_("Ví dụ: của UBND huyện")
    )
    signing_authority = models.TextField(
        _("dòng thẩm quyền ký"), blank=True, help_text=_("Ví dụ: T/L BAN THƯỜNG VỤ")
    )
    signing_position = models.CharField(_("chức vụ người ký"), max_length=120, blank=True)
    signing_name = models.CharField(_("họ tên người ký"), max_length=80, blank=True)
    default_recipients = models.JSONField(_("nơi nhận mặc định"), default=list, blank=True)
    label_styles = models.JSONField(_("kiểu đánh số"), default=default_styles, blank=True)
    form_profile = models.CharField(
        _("mẫu thể thức"), max_length=30, blank=True, help_text=_("Để trống: chọn theo thể thức và ngày")
    )
    active = models.BooleanField(_("đang hoạt động"), default=True)

    class Meta:
        ordering = ("-active", "agency__short_name", "pk")
        verbose_name = _("cơ quan ban hành")
        verbose_name_plural = _("cơ quan ban hành")

    def __str__(self) -> str:
        return self.agency.name

    def profile(self, day: dt.date) -> Profile:
        """The form that holds for a paper of ``day``."""
        return PROFILES.get(self.form_profile) or profile_for(Regime(self.regime), day)

    def notation(self, kind_code: str) -> str:
        """Symbol after the number: "CTr/HU" (party), "CTr-UBND" (State)."""
        return f"{kind_code}{'/' if self.regime == Regime.PARTY else '-'}{self.symbol}"


class Term(models.Model):
    """Nhiệm kỳ: party numbers run from 01 per kind within it."""

    issuing_body = models.ForeignKey(
        IssuingBody, models.CASCADE, related_name="terms", verbose_name=_("cơ quan ban hành")
    )
    name = models.CharField(_("nhiệm kỳ"), max_length=20)
    since = models.DateField(_("từ ngày"))
    until = models.DateField(_("đến hết ngày"), null=True, blank=True)

    class Meta:
        ordering = ("issuing_body", "since")
        verbose_name = _("nhiệm kỳ")
        verbose_name_plural = _("nhiệm kỳ")
        constraints = (
            models.UniqueConstraint(fields=("issuing_body", "since"), name="unique_term_start_per_body"),
        )

    def __str__(self) -> str:
        return self.name
