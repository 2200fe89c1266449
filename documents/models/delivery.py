"""Deliveries (gửi, nhận): to whom an issued paper went, how, and when it was first opened."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency, Person
from agencies.rules import standing
from documents.models.document import Document, Recipient


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    def received_by(self, person: Person | AnonymousUser) -> DeliveryQuerySet:
        """What lies on the desk of the agencies for which the person answers."""
        agencies = standing(person).agencies
        return self.filter(channel=Delivery.Channel.DESK, state=Delivery.State.SENT, agency__in=agencies)

    def unread(self) -> DeliveryQuerySet:
        return self.filter(opened_at=None)


class Delivery(models.Model):
    """One paper to one receiver by one way: an agency's desk, an officer's e-mail, a sheet of paper.

    A desk has it at once; a mail waits, is claimed and sent; paper waits until the registrar says that
    it has left. ``opened_at`` is when somebody of the agency first opened the paper.
    """

    class Channel(models.TextChoices):
        DESK = "desk", _("Trên bàn làm việc")
        MAIL = "mail", _("Thư điện tử")
        PAPER = "paper", _("Bản giấy")

    class State(models.TextChoices):
        WAITING = "waiting", _("Chờ gửi")
        SENDING = "sending", _("Đang gửi")
        SENT = "sent", _("Đã gửi")
        FAILED = "failed", _("Không gửi được")
        STOPPED = "stopped", _("Không gửi nữa")

    document = models.ForeignKey(
        Document, models.CASCADE, related_name="deliveries", verbose_name=_("văn bản")
    )
    recipient = models.ForeignKey(
        Recipient, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("dòng nơi nhận")
    )
    agency = models.ForeignKey(
        Agency, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("cơ quan")
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("người nhận"),
    )
    channel = models.CharField(_("cách gửi"), max_length=5, choices=Channel.choices)
    copies = models.PositiveSmallIntegerField(_("số bản"), default=1)
    state = models.CharField(_("trạng thái"), max_length=7, choices=State.choices, default=State.WAITING)
    error = models.CharField(_("lý do"), max_length=500, blank=True)
    created_at = models.DateTimeField(_("lập lúc"))
    claimed_at = models.DateTimeField(null=True, blank=True, editable=False)
    sent_at = models.DateTimeField(_("gửi lúc"), null=True, blank=True)
    opened_at = models.DateTimeField(_("mở lần đầu lúc"), null=True, blank=True)
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("người mở đầu tiên"),
    )

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        ordering = ("-created_at", "-pk")
        verbose_name = _("lượt gửi")
        verbose_name_plural = _("lượt gửi")
        constraints = (
            models.UniqueConstraint(
                fields=("document", "agency"), condition=Q(channel="desk"), name="unique_delivery_to_desk"
            ),
            models.UniqueConstraint(
                fields=("document", "person"), condition=Q(channel="mail"), name="unique_delivery_by_mail"
            ),
            models.UniqueConstraint(
                fields=("document", "recipient"),
                condition=Q(channel="paper"),
                name="unique_delivery_on_paper",
            ),
            models.CheckConstraint(
                condition=Q(channel="desk", agency__isnull=False)
                | Q(channel="mail", person__isnull=False)
                | Q(channel="paper"),
                name="delivery_has_its_receiver",
            ),
            models.CheckConstraint(
                condition=Q(opened_at=None, opened_by=None)
                | Q(opened_at__isnull=False, opened_by__isnull=False),
                name="delivery_opened_by_somebody",
            ),
        )
        indexes = (
            models.Index(fields=("agency", "-sent_at"), condition=Q(channel="desk"), name="delivery_inbox"),
            models.Index(
                fields=("created_at",),
                condition=Q(channel="mail", state__in=("waiting", "sending")),
                name="delivery_mail_to_send",
            ),
        )

    def __str__(self) -> str:
        return f"{self.document_id} → {self.receiver}"

    @property
    def receiver(self) -> str:
        """Who receives it, in words."""
        return str(self.person or self.agency or self.recipient or "")
