"""People, their dated roles, and who stands in for whom."""

from __future__ import annotations

import datetime as dt

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from agencies.models.agency import Agency
from agencies.models.issuing import IssuingBody


class Person(AbstractUser):
    """Người dùng. ``full_name`` is written as the office writes it: "Nguyễn Thị Hải Yến"."""

    first_name = None  # type: ignore[assignment]
    last_name = None  # type: ignore[assignment]
    full_name = models.CharField(_("họ và tên"), max_length=80)
    position = models.CharField(_("chức vụ"), max_length=120, blank=True)

    REQUIRED_FIELDS = ["full_name", "email"]

    class Meta:
        ordering = ("full_name", "pk")
        verbose_name = _("người dùng")
        verbose_name_plural = _("người dùng")

    def __str__(self) -> str:
        return self.full_name or self.username

    def get_full_name(self) -> str:
        return self.full_name

    def get_short_name(self) -> str:
        """The last two words: "Hải Yến"."""
        return " ".join(str(self).split()[-2:])

    @property
    def initials(self) -> str:
        """First letters of the last two words, for the small badge."""
        return "".join(word[0] for word in self.get_short_name().split()).upper()


class MembershipQuerySet(models.QuerySet["Membership"]):
    def on(self, day: dt.date) -> MembershipQuerySet:
        """Memberships that hold on ``day``."""
        return self.filter(Q(until=None) | Q(until__gte=day), since__lte=day)


class Membership(models.Model):
    """A dated role of a person at an issuing body or an agency."""

    class Role(models.TextChoices):
        DRAFTER = "drafter", _("Chuyên viên văn phòng")
        CHIEF = "chief", _("Chánh Văn phòng")
        REGISTRAR = "registrar", _("Văn thư")
        LEADER = "leader", _("Lãnh đạo")
        OFFICER = "officer", _("Đầu mối đơn vị")
        ADMINISTRATOR = "administrator", _("Quản trị")

    person = models.ForeignKey(
        Person, models.CASCADE, related_name="memberships", verbose_name=_("người dùng")
    )
    role = models.CharField(_("vai trò"), max_length=15, choices=Role.choices)
    issuing_body = models.ForeignKey(
        IssuingBody,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="memberships",
        verbose_name=_("cơ quan ban hành"),
    )
    agency = models.ForeignKey(
        Agency, models.CASCADE, null=True, blank=True, related_name="memberships", verbose_name=_("đơn vị")
    )
    since = models.DateField(_("từ ngày"))
    until = models.DateField(_("đến hết ngày"), null=True, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        ordering = ("person", "-since", "pk")
        verbose_name = _("vai trò")
        verbose_name_plural = _("vai trò")
        constraints = (
            models.CheckConstraint(
                name="membership_role_has_its_place",
                condition=(
                    Q(
                        role__in=("drafter", "chief", "registrar", "leader"),
                        issuing_body__isnull=False,
                        agency=None,
                    )
                    | Q(role="officer", agency__isnull=False, issuing_body=None)
                    | Q(role="administrator", agency=None, issuing_body=None)
                ),
                violation_error_message=_(
                    "Vai trò của văn phòng cần cơ quan ban hành, đầu mối cần đơn vị, "
                    "quản trị không cần cả hai."
                ),
            ),
            models.UniqueConstraint(
                fields=("person", "role", "issuing_body"),
                condition=Q(until=None, issuing_body__isnull=False),
                name="one_open_role_per_body",
            ),
            models.UniqueConstraint(
                fields=("person", "role", "agency"),
                condition=Q(until=None, agency__isnull=False),
                name="one_open_role_per_agency",
            ),
        )

    def __str__(self) -> str:
        return f"{self.person}: {self.get_role_display()}"


class StandIn(models.Model):
    """Ký thay, ủy quyền có thời hạn: the deputy acts for the principal, and both names are recorded."""

    class Manner(models.TextChoices):
        DEPUTY = "deputy", _("Cấp phó ký thay (KT., K/T)")
        DELEGATED = "delegated", _("Thừa ủy quyền (TUQ., chỉ cơ quan Nhà nước)")

    principal = models.ForeignKey(
        Person, models.CASCADE, related_name="stand_ins", verbose_name=_("người ủy quyền")
    )
    deputy = models.ForeignKey(
        Person, models.CASCADE, related_name="standing_in", verbose_name=_("người được ủy quyền")
    )
    since = models.DateField(_("từ ngày"))
    until = models.DateField(_("đến hết ngày"))
    reason = models.CharField(_("lý do"), max_length=200, blank=True)
    manner = models.CharField(_("hình thức"), max_length=9, choices=Manner.choices, default=Manner.DEPUTY)

    class Meta:
        ordering = ("-since", "pk")
        verbose_name = _("ủy quyền")
        verbose_name_plural = _("ủy quyền")
        constraints = (
            models.CheckConstraint(
                condition=Q(until__gte=models.F("since")), name="stand_in_until_after_since"
            ),
            models.CheckConstraint(
                condition=~Q(principal=models.F("deputy")), name="stand_in_is_somebody_else"
            ),
        )

    def __str__(self) -> str:
        return f"{self.deputy} → {self.principal}"
