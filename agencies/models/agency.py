"""Agencies (cơ quan, đơn vị), their names by date and what became of them."""

from __future__ import annotations

import datetime as dt

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lucngan.lib.text import fold, one_line


class AgencyQuerySet(models.QuerySet["Agency"]):
    def valid_on(self, day: dt.date) -> AgencyQuerySet:
        """Agencies that exist on ``day``."""
        return self.filter(
            Q(valid_from=None) | Q(valid_from__lte=day), Q(valid_to=None) | Q(valid_to__gte=day)
        )

    def matching(self, words: str) -> AgencyQuerySet:
        """Agencies whose name or alias contains the words, marks and case ignored."""
        needle = fold(words)
        return self.filter(Q(folded__contains=needle) | Q(aliases__folded__contains=needle)).distinct()


class Agency(models.Model):
    """Cơ quan, đơn vị. Levels are data (``parent``), never a fixed number of them."""

    class Kind(models.TextChoices):
        PARTY = "party", _("Cơ quan Đảng")
        STATE = "state", _("Cơ quan Nhà nước")
        FRONT = "front", _("Mặt trận và đoàn thể")
        JUSTICE = "justice", _("Nội chính, tư pháp")
        OTHER = "other", _("Khác")

    kind = models.CharField(_("khối"), max_length=10, choices=Kind.choices)
    name = models.CharField(_("tên đầy đủ"), max_length=200)
    short_name = models.CharField(
        _("tên trong văn bản"), max_length=120, help_text=_("Tên in trong chương trình, ví dụ: UBND huyện")
    )
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("cấp trên")
    )
    valid_from = models.DateField(_("có từ ngày"), null=True, blank=True)
    valid_to = models.DateField(_("đến hết ngày"), null=True, blank=True)
    identifier = models.CharField(
        _("mã định danh"), max_length=35, blank=True, help_text=_("Mã định danh điện tử, QĐ 20/2020/QĐ-TTg")
    )
    folded = models.CharField(max_length=320, editable=False, db_index=True)

    objects = AgencyQuerySet.as_manager()

    class Meta:
        ordering = ("short_name", "pk")
        verbose_name = _("cơ quan")
        verbose_name_plural = _("cơ quan")
        constraints = (
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_from=None) | Q(valid_to__gte=models.F("valid_from")),
                name="agency_valid_to_after_from",
                violation_error_message=_("Ngày kết thúc phải sau ngày bắt đầu."),
            ),
        )

    def __str__(self) -> str:
        return self.short_name

    def save(self, *args: object, **kwargs: object) -> None:
        self.name, self.short_name = one_line(self.name), one_line(self.short_name)
        self.folded = fold(f"{self.short_name} {self.name}")
        super().save(*args, **kwargs)  # type: ignore[arg-type]


class AgencyName(models.Model):
    """A former name, valid by date: papers of that time are printed and read with it."""

    agency = models.ForeignKey(Agency, models.CASCADE, related_name="former_names", verbose_name=_("cơ quan"))
    name = models.CharField(_("tên"), max_length=200)
    valid_from = models.DateField(_("từ ngày"), null=True, blank=True)
    valid_to = models.DateField(_("đến hết ngày"), null=True, blank=True)

    class Meta:
        ordering = ("agency", "valid_from")
        verbose_name = _("tên theo thời gian")
        verbose_name_plural = _("tên theo thời gian")

    def __str__(self) -> str:
        return self.name


class AgencyAlias(models.Model):
    """Another way papers write the name ("Phòng TC-KH", "Văn phòng Huyện uỷ")."""

    agency = models.ForeignKey(Agency, models.CASCADE, related_name="aliases", verbose_name=_("cơ quan"))
    text = models.CharField(_("cách viết khác"), max_length=200)
    folded = models.CharField(max_length=200, editable=False, db_index=True)

    class Meta:
        ordering = ("text",)
        verbose_name = _("cách viết khác")
        verbose_name_plural = _("cách viết khác")
        constraints = (models.UniqueConstraint(fields=("agency", "text"), name="unique_alias_per_agency"),)

    def __str__(self) -> str:
        return self.text

    def save(self, *args: object, **kwargs: object) -> None:
        self.text = one_line(self.text)
        self.folded = fold(self.text)
        super().save(*args, **kwargs)  # type: ignore[arg-type]


class AgencySuccession(models.Model):
    """What became of an agency: since 1 July 2025 there are no districts."""

    class Type(models.TextChoices):
        MERGED = "merged", _("sáp nhập vào")
        SPLIT = "split", _("tách ra")
        RENAMED = "renamed", _("đổi tên thành")
        ABOLISHED = "abolished", _("giải thể")

    old = models.ForeignKey(Agency, models.PROTECT, related_name="successors", verbose_name=_("cơ quan cũ"))
    new = models.ForeignKey(
        Agency,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="predecessors",
        verbose_name=_("cơ quan mới"),
    )
    type = models.CharField(_("hình thức"), max_length=10, choices=Type.choices)
    on = models.DateField(_("ngày"))
    act = models.CharField(_("căn cứ"), max_length=200, blank=True)

    class Meta:
        ordering = ("on", "pk")
        verbose_name = _("kế thừa")
        verbose_name_plural = _("kế thừa")

    def __str__(self) -> str:
        return f"{self.old} {self.get_type_display()} {self.new or ''}".strip()
