"""Sổ văn bản đi: series of numbers, and the book in which every number stands."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from agencies.models import IssuingBody, Person
from agencies.rules import standing
from audit.models import Entry
from documents.models.document import Document
from lucngan.lib.text import fold


class Numbering(models.Model):
    """How an issuing body numbers its papers. The head of a State agency decides what shares a series
    (NĐ 30/2020, Điều 15.1.c); a party body always numbers by kind (HD 36, HD 05)."""

    class Grouping(models.TextChoices):
        KIND = "kind", _("Mỗi loại văn bản một dãy số")
        ALL = "all", _("Mọi loại văn bản chung một dãy số")
        GROUPS = "groups", _("Theo nhóm loại văn bản")

    issuing_body = models.OneToOneField(
        IssuingBody, models.CASCADE, related_name="numbering", verbose_name=_("cơ quan ban hành")
    )
    grouping = models.CharField(_("dãy số"), max_length=6, choices=Grouping.choices, default=Grouping.KIND)
    groups = models.JSONField(
        _("nhóm"), default=dict, blank=True, help_text=_("Ký hiệu loại → tên nhóm; loại khác có dãy riêng.")
    )
    holder = models.CharField(_("nơi giữ bản lưu"), max_length=120, blank=True)

    class Meta:
        verbose_name = _("cách đánh số")
        verbose_name_plural = _("cách đánh số")

    def __str__(self) -> str:
        return str(self.issuing_body)


class Congress(models.Model):
    """Đại hội: papers of a congress run in one series for all kinds (HD 36, HD 05)."""

    issuing_body = models.ForeignKey(
        IssuingBody, models.CASCADE, related_name="congresses", verbose_name=_("cơ quan ban hành")
    )
    name = models.CharField(_("đại hội"), max_length=120)
    since = models.DateField(_("từ ngày"))
    until = models.DateField(_("đến hết ngày"))

    class Meta:
        ordering = ("issuing_body", "since")
        verbose_name = _("đại hội")
        verbose_name_plural = _("đại hội")
        constraints = (
            models.CheckConstraint(
                condition=Q(until__gte=models.F("since")), name="congress_ends_after_start"
            ),
        )

    def __str__(self) -> str:
        return self.name


class NumberSeriesQuerySet(models.QuerySet["NumberSeries"]):
    def visible_to(self, person: Person | AnonymousUser) -> NumberSeriesQuerySet:
        """The books of the offices where one works or leads."""
        return self.filter(issuing_body__in=standing(person).office_of())


class NumberSeries(models.Model):
    """Dãy số: numbers of one group of kinds of one body within a year, a term or a congress.

    ``scope`` is "2026", "t<term>" or "c<congress>"; ``group`` a kind's abbreviation, a group's name, or
    "*" for all. ``last`` is the last number that was given, ``start`` the first one (an office that moves
    here in the middle of a year goes on from its paper book).
    """

    issuing_body = models.ForeignKey(
        IssuingBody, models.PROTECT, related_name="number_series", verbose_name=_("cơ quan ban hành")
    )
    scope = models.CharField(_("kỳ"), max_length=20)
    scope_name = models.CharField(_("kỳ"), max_length=120)
    group = models.CharField(_("nhóm"), max_length=60)
    secret = models.BooleanField(_("dãy số mật"), default=False)
    start = models.PositiveIntegerField(_("bắt đầu từ số"), default=1)
    last = models.PositiveIntegerField(_("số cuối đã cấp"), default=0)

    objects = NumberSeriesQuerySet.as_manager()

    class Meta:
        ordering = ("issuing_body", "-scope", "secret", "group")
        verbose_name = _("dãy số")
        verbose_name_plural = _("dãy số")
        constraints = (
            models.UniqueConstraint(
                fields=("issuing_body", "scope", "group", "secret"), name="one_series_per_scope_and_group"
            ),
            models.CheckConstraint(condition=Q(start__gte=1), name="series_starts_at_one_or_more"),
            models.CheckConstraint(
                condition=Q(last__gte=models.F("start") - 1), name="series_last_not_before_start"
            ),
        )

    def __str__(self) -> str:
        return f"{self.label}, {self.scope_name}"

    @property
    def label(self) -> str:
        """ "CTr", "Tất cả các loại", "CTr (mật)"."""
        name = str(_("Tất cả các loại")) if self.group == "*" else self.group
        return f"{name} ({_('mật')})" if self.secret else name

    @property
    def next(self) -> int:
        """The number that would come next; no promise."""
        return max(self.last + 1, self.start)


class RegisterQuerySet(models.QuerySet["RegisterEntry"]):
    def visible_to(self, person: Person | AnonymousUser) -> RegisterQuerySet:
        return self.filter(series__issuing_body__in=standing(person).office_of())

    def matching(self, words: str) -> RegisterQuerySet:
        """Entries whose number, symbol, title or recipients hold the words, marks and case ignored."""
        return self.filter(folded__contains=fold(words))


class RegisterEntry(models.Model):
    """One number of the book: used by a paper, reserved, or cancelled with its reason; it never goes.

    The columns are those of NĐ 30/2020, Phụ lục IV. ``document`` is null for papers that were made
    outside of this program, for reserved numbers, and for cancelled ones that no paper had.
    """

    class State(models.TextChoices):
        USED = "used", _("Đã dùng")
        RESERVED = "reserved", _("Giữ số")
        CANCELLED = "cancelled", _("Đã hủy số")

    series = models.ForeignKey(NumberSeries, models.PROTECT, related_name="entries", verbose_name=_("dãy số"))
    number = models.PositiveIntegerField(_("số"))
    state = models.CharField(_("tình trạng"), max_length=9, choices=State.choices)
    document = models.OneToOneField(
        Document,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="register_entry",
        verbose_name=_("văn bản"),
    )
    notation = models.CharField(_("ký hiệu"), max_length=40, blank=True)
    dated_on = models.DateField(_("ngày văn bản"), null=True, blank=True)
    title = models.TextField(_("tên loại và trích yếu"), blank=True)
    signer = models.CharField(_("người ký"), max_length=120, blank=True)
    recipients = models.TextField(_("nơi nhận"), blank=True)
    holder = models.CharField(_("đơn vị, người nhận bản lưu"), max_length=120, blank=True)
    copies = models.PositiveSmallIntegerField(_("số lượng bản"), null=True, blank=True)
    sent_on = models.DateField(_("ngày chuyển"), null=True, blank=True)
    received_by = models.CharField(_("ký nhận"), max_length=120, blank=True)
    note = models.TextField(_("ghi chú"), blank=True)
    reason = models.CharField(_("lý do giữ hoặc hủy"), max_length=300, blank=True)
    folded = models.TextField(editable=False, default="")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("người vào sổ")
    )
    at = models.DateTimeField(_("vào sổ lúc"))

    objects = RegisterQuerySet.as_manager()

    class Meta:
        ordering = ("series", "-number")
        verbose_name = _("số trong sổ văn bản đi")
        verbose_name_plural = _("sổ văn bản đi")
        constraints = (
            models.UniqueConstraint(fields=("series", "number"), name="one_entry_per_number"),
            models.CheckConstraint(
                condition=Q(state="used") | ~Q(reason=""), name="unused_number_has_its_reason"
            ),
            models.CheckConstraint(
                condition=~Q(state="used") | (Q(dated_on__isnull=False) & ~Q(title="")),
                name="used_number_has_day_and_title",
            ),
            models.CheckConstraint(
                condition=~Q(state="reserved") | Q(document=None), name="reserved_number_has_no_paper"
            ),
        )

    def __str__(self) -> str:
        return self.full_number

    @property
    def full_number(self) -> str:
        """ "12-CTr/ĐU", "05/CTr-UBND" (NĐ 30/2020: a zero before numbers below 10)."""
        sign = "-" if self.series.issuing_body.regime == "party" else "/"
        return f"{self.number:02d}{sign}{self.notation}" if self.notation else f"{self.number:02d}"


class SharedNumber(models.Model):
    """Văn bản trùng số: a paper of before that bears the number under which another one stands in the
    book. The registrar settled it: it is named in the remarks of that number, with the reason."""

    document = models.OneToOneField(
        Document, models.PROTECT, related_name="shared_number", verbose_name=_("văn bản")
    )
    entry = models.ForeignKey(
        RegisterEntry, models.PROTECT, related_name="shared", verbose_name=_("số trong sổ")
    )
    reason = models.CharField(_("lý do"), max_length=300)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("người ghi")
    )
    at = models.DateTimeField(_("ghi lúc"))

    class Meta:
        ordering = ("entry", "pk")
        verbose_name = _("văn bản trùng số")
        verbose_name_plural = _("văn bản trùng số")
        constraints = (models.CheckConstraint(condition=~Q(reason=""), name="shared_number_has_its_reason"),)

    def __str__(self) -> str:
        return f"{self.entry_id} = {self.document_id}"


class RegisterLog(Entry):
    """Nhật ký sổ văn bản: what was done with the book beside the numbers that papers drew."""

    entry = models.ForeignKey(
        RegisterEntry,
        models.DO_NOTHING,
        null=True,
        db_constraint=False,
        related_name="log",
        verbose_name=_("số"),
    )

    class Meta(Entry.Meta):
        verbose_name = _("nhật ký sổ văn bản")
        verbose_name_plural = _("nhật ký sổ văn bản")
