"""Series of meetings (loại hội nghị họp theo kỳ) and rooms (phòng họp)."""

from __future__ import annotations

import uuid

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency, IssuingBody, Person
from agencies.rules import standing
from meetings.models.times import LeadTimes, Timed, ends_after_start


class Room(models.Model):
    """Phòng họp. A room without ``issuing_body`` is shared by the offices of the place."""

    name = models.CharField(_("tên phòng"), max_length=120)
    issuing_body = models.ForeignKey(
        IssuingBody,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="rooms",
        verbose_name=_("cơ quan quản lý"),
    )
    seats = models.PositiveSmallIntegerField(_("số chỗ"), null=True, blank=True)
    active = models.BooleanField(_("đang dùng"), default=True)

    class Meta:
        ordering = ("name", "pk")
        verbose_name = _("phòng họp")
        verbose_name_plural = _("phòng họp")
        constraints = (
            models.UniqueConstraint(
                fields=("name", "issuing_body"),
                condition=Q(issuing_body__isnull=False),
                name="unique_room_name_of_body",
            ),
            models.UniqueConstraint(
                fields=("name",), condition=Q(issuing_body=None), name="unique_shared_room_name"
            ),
        )

    def __str__(self) -> str:
        return self.name


class SeriesQuerySet(models.QuerySet["Series"]):
    def visible_to(self, person: Person | AnonymousUser) -> SeriesQuerySet:
        """Series of one's own office; agencies see the meetings, not the habit."""
        return self.filter(issuing_body__in=standing(person).office_of())


class Series(Timed, LeadTimes):
    """Loạt hội nghị: Hội nghị Ban Thường vụ, UBND thường kỳ, giao ban chiều thứ Hai …"""

    class Frequency(models.TextChoices):
        WEEKLY = "weekly", _("Hằng tuần")
        MONTHLY_WEEKDAY = "monthly_weekday", _("Hằng tháng, theo thứ trong tuần")
        MONTHLY_DAY = "monthly_day", _("Hằng tháng, theo ngày")
        QUARTERLY = "quarterly", _("Hằng quý")
        BY_RULE = "by_rule", _("Theo quy định, không có lịch cố định")

    class DayOffPolicy(models.TextChoices):
        LATER = "later", _("Chuyển sang ngày làm việc kế tiếp")
        EARLIER = "earlier", _("Chuyển lên ngày làm việc liền trước")
        SKIP = "skip", _("Bỏ kỳ đó")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    issuing_body = models.ForeignKey(
        IssuingBody, models.PROTECT, related_name="meeting_series", verbose_name=_("cơ quan tổ chức")
    )
    title = models.CharField(_("tên hội nghị"), max_length=300)
    chair = models.ForeignKey(
        Person,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="chaired_series",
        verbose_name=_("chủ trì"),
    )
    room = models.ForeignKey(
        Room, models.PROTECT, null=True, blank=True, related_name="series", verbose_name=_("phòng họp")
    )
    place = models.CharField(_("địa điểm khác"), max_length=200, blank=True)
    frequency = models.CharField(_("chu kỳ"), max_length=16, choices=Frequency.choices)
    weekday = models.PositiveSmallIntegerField(
        _("vào thứ"), null=True, blank=True, help_text=_("0 là thứ Hai, 6 là Chủ nhật")
    )
    nth = models.SmallIntegerField(
        _("tuần thứ"), null=True, blank=True, help_text=_("1 đến 4, hoặc -1 là tuần cuối")
    )
    day_of_month = models.PositiveSmallIntegerField(_("ngày trong tháng"), null=True, blank=True)
    month_of_quarter = models.PositiveSmallIntegerField(_("tháng thứ mấy của quý"), null=True, blank=True)
    day_off_policy = models.CharField(
        _("gặp ngày nghỉ thì"), max_length=8, choices=DayOffPolicy.choices, default=DayOffPolicy.LATER
    )
    on_days_off = models.BooleanField(
        _("họp cả ngày nghỉ"), default=False, help_text=_("Ví dụ: tiếp công dân sáng thứ Bảy")
    )
    since = models.DateField(_("từ ngày"), null=True, blank=True)
    until = models.DateField(_("đến hết ngày"), null=True, blank=True)
    active = models.BooleanField(_("đang dùng"), default=True)

    objects = SeriesQuerySet.as_manager()

    class Meta:
        ordering = ("issuing_body", "title", "pk")
        verbose_name = _("loạt hội nghị")
        verbose_name_plural = _("loạt hội nghị")
        constraints = (
            ends_after_start("series_ends_after_start"),
            models.CheckConstraint(
                name="series_frequency_has_its_day",
                condition=Q(frequency="weekly", weekday__isnull=False)
                | Q(frequency="monthly_weekday", weekday__isnull=False, nth__isnull=False)
                | Q(frequency="monthly_day", day_of_month__isnull=False)
                | Q(frequency="quarterly", month_of_quarter__isnull=False, day_of_month__isnull=False)
                | Q(
                    frequency="quarterly",
                    month_of_quarter__isnull=False,
                    weekday__isnull=False,
                    nth__isnull=False,
                )
                | Q(frequency="by_rule"),
            ),
            models.CheckConstraint(
                name="series_until_after_since",
                condition=Q(since=None) | Q(until=None) | Q(until__gte=models.F("since")),
            ),
        )

    def __str__(self) -> str:
        return self.title


class SeriesAttendee(models.Model):
    """Who is asked to every meeting of the series: a person, or an agency."""

    series = models.ForeignKey(Series, models.CASCADE, related_name="attendees", verbose_name=_("loạt"))
    person = models.ForeignKey(
        Person, models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("người dự")
    )
    agency = models.ForeignKey(
        Agency, models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("cơ quan dự")
    )

    class Meta:
        ordering = ("series", "pk")
        verbose_name = _("thành phần dự thường xuyên")
        verbose_name_plural = _("thành phần dự thường xuyên")
        constraints = (
            models.CheckConstraint(
                name="series_attendee_is_one",
                condition=Q(person__isnull=False, agency=None) | Q(person=None, agency__isnull=False),
            ),
            models.UniqueConstraint(
                fields=("series", "person"),
                condition=Q(person__isnull=False),
                name="unique_series_person",
            ),
            models.UniqueConstraint(
                fields=("series", "agency"),
                condition=Q(agency__isnull=False),
                name="unique_series_agency",
            ),
        )

    def __str__(self) -> str:
        return str(self.person or self.agency)
