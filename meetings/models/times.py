"""What series, meetings, sessions and appointments share: half-days, clock times, lead times."""

from __future__ import annotations

import datetime as dt

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class PartOfDay(models.TextChoices):
    ALL_DAY = "", _("Cả ngày")
    MORNING = "morning", _("Buổi sáng")
    AFTERNOON = "afternoon", _("Buổi chiều")


#: The afternoon begins here for a meeting that has a clock time and no half-day of its own.
NOON = dt.time(12)


class Timed(models.Model):
    """Half a day, a whole one, or clock times."""

    part_of_day = models.CharField(
        _("buổi"), max_length=10, choices=PartOfDay.choices, default=PartOfDay.ALL_DAY, blank=True
    )
    starts_at = models.TimeField(_("giờ bắt đầu"), null=True, blank=True)
    ends_at = models.TimeField(_("giờ kết thúc"), null=True, blank=True)

    class Meta:
        abstract = True

    @property
    def halves(self) -> frozenset[str]:
        """Which halves of the day are taken: "morning", "afternoon" or both."""
        if self.part_of_day:
            return frozenset((self.part_of_day,))
        if self.starts_at is None:
            return frozenset((PartOfDay.MORNING.value, PartOfDay.AFTERNOON.value))
        taken = {PartOfDay.MORNING.value if self.starts_at < NOON else PartOfDay.AFTERNOON.value}
        if self.ends_at and self.starts_at < NOON < self.ends_at:
            taken.add(PartOfDay.AFTERNOON.value)
        return frozenset(taken)


def ends_after_start(name: str) -> models.CheckConstraint:
    """An end before its start is refused by the database too."""
    return models.CheckConstraint(
        name=name,
        condition=Q(starts_at=None) | Q(ends_at=None) | Q(ends_at__gt=F("starts_at")),
        violation_error_message=_("Giờ kết thúc phải sau giờ bắt đầu."),
    )


class LeadTimes(models.Model):
    """Lead times in working days before the meeting, its day not counted; empty: no such day
    (quy chế làm việc; NĐ 191/2026/NĐ-CP for the State side)."""

    registration_days = models.PositiveSmallIntegerField(
        _("chốt đăng ký nội dung trước"), null=True, blank=True
    )
    appraisal_days = models.PositiveSmallIntegerField(_("thẩm định nội dung trước"), null=True, blank=True)
    documents_days = models.PositiveSmallIntegerField(_("gửi tài liệu trước"), null=True, blank=True)
    invitation_days = models.PositiveSmallIntegerField(_("gửi giấy mời trước"), null=True, blank=True)

    class Meta:
        abstract = True
