"""Changes to an issued programme, and the notice that makes them known (thông báo điều chỉnh)."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency, Person
from agencies.rules import standing
from documents.models import Document
from documents.models.document import visible_q
from programmes.models.programme import Programme


class AmendmentNoticeQuerySet(models.QuerySet["AmendmentNotice"]):
    def visible_to(self, person: Person | AnonymousUser) -> AmendmentNoticeQuerySet:
        """The notices among the papers that the person may see."""
        who = standing(person)
        return self.filter(visible_q(who.office_of(), who.agencies))


class AmendmentNotice(Document):
    """Thông báo điều chỉnh, bổ sung chương trình: a paper of its own, in force once it is issued.

    ``drawn`` keeps what the program wrote into each clause (by public id), so that writing it anew leaves
    alone what a person put into other words.
    """

    amends = models.ForeignKey(
        Programme, models.PROTECT, related_name="amendments", verbose_name=_("chương trình được điều chỉnh")
    )
    drawn = models.JSONField(default=dict, editable=False)

    objects = AmendmentNoticeQuerySet.as_manager()  # type: ignore[assignment,misc]

    class Meta:
        verbose_name = _("thông báo điều chỉnh chương trình")
        verbose_name_plural = _("thông báo điều chỉnh chương trình")


class AmendmentChange(models.Model):
    """One change: of which clause, from what to what, asked by whom, why, by whose leave.

    Without a notice it is planned. ``clause_key`` is the public id of a clause of the issued programme, or
    of the change that added it. ``when`` is the new time of a meeting as the editor writes it
    (``meetings.facts.as_data``). The clauses of the issued programme themselves never change.
    """

    class Kind(models.TextChoices):
        ADD = "add", _("Bổ sung")
        EDIT = "edit", _("Điều chỉnh nội dung")
        POSTPONE = "postpone", _("Lùi thời gian")
        CARRY = "carry", _("Chuyển kỳ")
        WITHDRAW = "withdraw", _("Rút")
        BODIES = "bodies", _("Đổi cơ quan chuẩn bị")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    programme = models.ForeignKey(
        Programme, models.PROTECT, related_name="changes", verbose_name=_("chương trình")
    )
    notice = models.ForeignKey(
        AmendmentNotice,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="changes",
        verbose_name=_("thông báo"),
    )
    kind = models.CharField(_("loại thay đổi"), max_length=10, choices=Kind.choices)
    clause_key = models.CharField(_("mục"), max_length=36, blank=True)
    before_text = models.TextField(_("lời cũ"), blank=True)
    after_text = models.TextField(_("lời mới"), blank=True)
    before_bodies = models.JSONField(_("cơ quan chuẩn bị cũ"), default=list, blank=True)
    after_bodies = models.JSONField(_("cơ quan chuẩn bị mới"), default=list, blank=True)
    place_parent = models.CharField(_("đặt dưới mục"), max_length=36, blank=True)
    place_after = models.CharField(_("đặt sau"), max_length=36, blank=True)
    when = models.JSONField(_("thời gian mới"), null=True, blank=True)
    to_period = models.CharField(_("chuyển sang"), max_length=60, blank=True)
    proposer = models.CharField(_("đề nghị của"), max_length=200)
    proposer_agency = models.ForeignKey(
        Agency, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("cơ quan đề nghị")
    )
    reason = models.TextField(_("lý do"))
    approver = models.CharField(_("người, cấp đồng ý"), max_length=200)
    approved_on = models.DateField(_("ngày đồng ý"))
    document_ref = models.CharField(_("văn bản kèm theo"), max_length=200, blank=True)
    position = models.PositiveSmallIntegerField(_("thứ tự"))
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("người ghi")
    )
    created_at = models.DateTimeField(_("ghi lúc"))

    class Meta:
        ordering = ("programme", "position", "pk")
        verbose_name = _("thay đổi")
        verbose_name_plural = _("thay đổi")

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {(self.after_text or self.before_text)[:80]}"

    @property
    def agencies(self) -> set[int]:
        """Who leads or coordinates, before or after."""
        rows = [*self.before_bodies, *self.after_bodies]
        return {row["agency"] for row in rows if row.get("agency")}
