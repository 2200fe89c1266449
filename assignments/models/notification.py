"""Notices to people (thông báo cho người dùng): in the program, and by e-mail."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from agencies.models import Person


class NotificationQuerySet(models.QuerySet["Notification"]):
    def visible_to(self, person: Person | AnonymousUser) -> NotificationQuerySet:
        """One's own alone."""
        return self.filter(person_id=person.pk) if person.pk else self.none()

    def unread(self) -> NotificationQuerySet:
        return self.filter(read_at=None)


class Notification(models.Model):
    """One notice to one person, once: ``key`` says of what ("meeting.moved:<id>:<sequence>").

    Its words are stored as they were told. The e-mail is claimed by UPDATE before it leaves; a
    crash between claim and mark leaves it failed with a reason, never sent twice.
    """

    class Mail(models.TextChoices):
        NONE = "", _("Không gửi thư")
        WAITING = "waiting", _("Chờ gửi")
        SENDING = "sending", _("Đang gửi")
        SENT = "sent", _("Đã gửi")
        FAILED = "failed", _("Không gửi được")

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="notifications", verbose_name=_("người nhận")
    )
    key = models.CharField(max_length=120)
    kind = models.CharField(_("loại"), max_length=40)
    title = models.CharField(_("tiêu đề"), max_length=300)
    text = models.TextField(_("nội dung"), blank=True)
    url = models.CharField(_("địa chỉ"), max_length=300, blank=True)
    at = models.DateTimeField(_("lúc"))
    read_at = models.DateTimeField(_("đọc lúc"), null=True, blank=True)
    mail = models.CharField(_("thư"), max_length=8, choices=Mail.choices, default=Mail.NONE, blank=True)
    mail_claimed_at = models.DateTimeField(null=True, blank=True)
    mail_error = models.TextField(_("lý do không gửi được"), blank=True)

    objects = NotificationQuerySet.as_manager()

    class Meta:
        ordering = ("-at", "-pk")
        verbose_name = _("thông báo")
        verbose_name_plural = _("thông báo")
        constraints = (models.UniqueConstraint(fields=("person", "key"), name="told_once"),)
        indexes = (
            models.Index(fields=("person", "-at"), name="notification_newest"),
            models.Index(fields=("at",), condition=Q(mail="waiting"), name="notification_mail_due"),
        )

    def __str__(self) -> str:
        return self.title
