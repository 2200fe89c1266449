"""Documents of an agenda item (tài liệu họp) and their versions."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency, Person
from agencies.rules import standing
from meetings.models.agenda import AgendaItem


class ItemDocument(models.Model):
    """Tài liệu of an item: a title and the versions of its file. The newest accepted version is the
    valid one; a newer one that waits or was returned stands beside it until it is accepted."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    item = models.ForeignKey(AgendaItem, models.CASCADE, related_name="documents", verbose_name=_("nội dung"))
    title = models.CharField(_("tên tài liệu"), max_length=255)
    position = models.PositiveSmallIntegerField(_("thứ tự"))
    removed_at = models.DateTimeField(_("gỡ lúc"), null=True, blank=True)

    class Meta:
        ordering = ("item", "position", "pk")
        verbose_name = _("tài liệu họp")
        verbose_name_plural = _("tài liệu họp")

    def __str__(self) -> str:
        return self.title


class ItemFileQuerySet(models.QuerySet["ItemFile"]):
    def valid(self) -> ItemFileQuerySet:
        """What a meeting reads: of every document that was not taken off, the newest accepted version."""
        newer = ItemFile.objects.filter(
            document=OuterRef("document"), state=ItemFile.State.ACCEPTED, version__gt=OuterRef("version")
        )
        return self.filter(~Exists(newer), state=ItemFile.State.ACCEPTED, document__removed_at=None)

    def visible_to(self, person: Person | AnonymousUser) -> ItemFileQuerySet:
        """The list form of ``meetings.rules.may_see_file``: of the items one may see, the valid versions;
        all others are for the office and for the agency that sent them."""
        who = standing(person)
        seen = self.filter(document__item__in=AgendaItem.objects.visible_to(person).order_by().values("pk"))
        own = Q(document__item__meeting__issuing_body__in=who.office_of()) | Q(agency__in=who.agencies)
        return seen.filter(own | Q(pk__in=ItemFile.objects.valid().order_by().values("pk")))


class ItemFile(models.Model):
    """One version of a document: a file that was uploaded, and what the office said of it."""

    class State(models.TextChoices):
        SUBMITTED = "submitted", _("Chờ Văn phòng xem")
        ACCEPTED = "accepted", _("Đã nhận")
        RETURNED = "returned", _("Trả lại")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    document = models.ForeignKey(
        ItemDocument, models.CASCADE, related_name="versions", verbose_name=_("tài liệu")
    )
    version = models.PositiveSmallIntegerField(_("lần gửi"))
    file = models.FileField(_("tệp"), upload_to="meetings/%Y/%m")
    name = models.CharField(_("tên tệp"), max_length=255)
    content_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField(_("cỡ tệp"))
    sha256 = models.CharField(max_length=64)
    pages = models.PositiveIntegerField(_("số trang"), null=True, blank=True)
    agency = models.ForeignKey(
        Agency, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("cơ quan gửi")
    )
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("người gửi")
    )
    uploaded_at = models.DateTimeField(_("gửi lúc"))
    state = models.CharField(_("trạng thái"), max_length=10, choices=State.choices, default=State.SUBMITTED)
    reason = models.TextField(_("lý do trả lại"), blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("người xem"),
    )
    decided_at = models.DateTimeField(_("xem lúc"), null=True, blank=True)

    objects = ItemFileQuerySet.as_manager()

    class Meta:
        ordering = ("document", "-version")
        verbose_name = _("bản tài liệu")
        verbose_name_plural = _("bản tài liệu")
        constraints = (
            models.UniqueConstraint(fields=("document", "version"), name="unique_document_version"),
            models.CheckConstraint(
                condition=~Q(state="returned") | ~Q(reason=""), name="returned_file_has_reason"
            ),
            models.CheckConstraint(
                condition=Q(state="submitted", decided_at=None)
                | ~Q(state="submitted") & Q(decided_at__isnull=False),
                name="decided_file_has_its_time",
            ),
        )

    def __str__(self) -> str:
        return f"{self.name} ({self.version})"
