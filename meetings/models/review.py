"""What leaders say of an agenda before the meeting: notes, remarks, opinions, requested changes."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from meetings.models.agenda import AgendaItem


class Remark(models.Model):
    """Ghi chú (private: its writer alone) or ý kiến (shared with the office and the other leaders)."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    item = models.ForeignKey(AgendaItem, models.CASCADE, related_name="remarks", verbose_name=_("nội dung"))
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("người viết")
    )
    private = models.BooleanField(_("chỉ tôi xem"), default=True)
    text = models.TextField(_("nội dung ghi"))
    at = models.DateTimeField(_("lúc"))

    class Meta:
        ordering = ("item", "at", "pk")
        verbose_name = _("ghi chú, ý kiến")
        verbose_name_plural = _("ghi chú, ý kiến")

    def __str__(self) -> str:
        return self.text[:60]


class Opinion(models.Model):
    """A leader's opinion of an item, one per person; the newest choice stands."""

    class Choice(models.TextChoices):
        AGREE = "agree", _("Đồng ý")
        REVISE = "revise", _("Yêu cầu sửa")

    item = models.ForeignKey(AgendaItem, models.CASCADE, related_name="opinions", verbose_name=_("nội dung"))
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("lãnh đạo")
    )
    choice = models.CharField(_("ý kiến"), max_length=10, choices=Choice.choices)
    at = models.DateTimeField(_("lúc"))

    class Meta:
        ordering = ("item", "at", "pk")
        verbose_name = _("ý kiến lãnh đạo")
        verbose_name_plural = _("ý kiến lãnh đạo")
        constraints = (models.UniqueConstraint(fields=("item", "person"), name="one_opinion_per_person"),)

    def __str__(self) -> str:
        return self.get_choice_display()


class ChangeRequest(models.Model):
    """Đề nghị của lãnh đạo on the agenda: the office accepts or declines it with one action; it stays."""

    class Kind(models.TextChoices):
        DEFER = "defer", _("Lùi sang kỳ sau")
        SHORTEN = "shorten", _("Rút ngắn thời gian")
        REORDER = "reorder", _("Đổi thứ tự")

    class State(models.TextChoices):
        OPEN = "open", _("Chờ Văn phòng")
        ACCEPTED = "accepted", _("Đã nhận")
        DECLINED = "declined", _("Không nhận")
        WITHDRAWN = "withdrawn", _("Đã rút")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    item = models.ForeignKey(AgendaItem, models.CASCADE, related_name="changes", verbose_name=_("nội dung"))
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("lãnh đạo")
    )
    kind = models.CharField(_("đề nghị"), max_length=10, choices=Kind.choices)
    minutes = models.PositiveSmallIntegerField(_("còn số phút"), null=True, blank=True)
    position = models.PositiveSmallIntegerField(_("đưa lên thứ"), null=True, blank=True)
    note = models.TextField(_("lý do"), blank=True)
    state = models.CharField(_("trạng thái"), max_length=10, choices=State.choices, default=State.OPEN)
    at = models.DateTimeField(_("lúc"))
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("người xử lý"),
    )
    decided_at = models.DateTimeField(_("xử lý lúc"), null=True, blank=True)
    decision_note = models.TextField(_("ghi chú xử lý"), blank=True)

    class Meta:
        ordering = ("item", "at", "pk")
        verbose_name = _("đề nghị đổi chương trình họp")
        verbose_name_plural = _("đề nghị đổi chương trình họp")
        constraints = (
            models.UniqueConstraint(
                fields=("item", "person", "kind"), condition=Q(state="open"), name="one_open_request_per_kind"
            ),
            models.CheckConstraint(
                name="request_has_its_value",
                condition=Q(kind="defer")
                | Q(kind="shorten", minutes__isnull=False)
                | Q(kind="reorder", position__isnull=False),
            ),
        )

    def __str__(self) -> str:
        return self.get_kind_display()
