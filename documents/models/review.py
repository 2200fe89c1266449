"""Review (trình duyệt): the route of a body, its steps for one submission, decisions, remarks."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from agencies.models import IssuingBody, Person
from documents.models.document import Document
from documents.models.version import Version


class ReviewRoute(models.Model):
    """Who looks at the papers of one kind (or of all kinds, ""), in which order. A route without steps:
    papers of the kind need nobody's leave."""

    issuing_body = models.ForeignKey(
        IssuingBody, models.CASCADE, related_name="review_routes", verbose_name=_("cơ quan ban hành")
    )
    kind_code = models.CharField(_("loại văn bản"), max_length=10, blank=True)

    class Meta:
        ordering = ("issuing_body", "kind_code")
        verbose_name = _("đường duyệt")
        verbose_name_plural = _("đường duyệt")
        constraints = (
            models.UniqueConstraint(fields=("issuing_body", "kind_code"), name="one_route_per_kind"),
        )

    def __str__(self) -> str:
        return f"{self.issuing_body}: {self.kind_code or _('mọi loại')}"


class ReviewStep(models.Model):
    """One step of a route: so many of those who hold the role must agree, or one named person."""

    class Role(models.TextChoices):
        CHIEF = "chief", _("Chánh Văn phòng")
        LEADER = "leader", _("Lãnh đạo")

    route = models.ForeignKey(
        ReviewRoute, models.CASCADE, related_name="steps", verbose_name=_("đường duyệt")
    )
    position = models.PositiveSmallIntegerField(_("thứ tự"))
    role = models.CharField(_("vai trò"), max_length=10, choices=Role.choices)
    person = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("đích danh")
    )
    needed = models.PositiveSmallIntegerField(_("số người đồng ý"), default=1)

    class Meta:
        ordering = ("route", "position")
        verbose_name = _("bước duyệt")
        verbose_name_plural = _("bước duyệt")
        constraints = (
            models.UniqueConstraint(fields=("route", "position"), name="one_step_per_position"),
            models.CheckConstraint(condition=Q(needed__gte=1), name="step_needs_somebody"),
        )

    def __str__(self) -> str:
        return str(self.person or self.get_role_display())


class ReviewTurn(models.Model):
    """A step within one submission. Open turns say on whose desk the paper is, and since when."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Chưa đến lượt")
        OPEN = "open", _("Đang duyệt")
        PASSED = "passed", _("Đã duyệt")
        RETURNED = "returned", _("Đã trả lại")
        WITHDRAWN = "withdrawn", _("Đã rút")

    document = models.ForeignKey(Document, models.CASCADE, related_name="turns", verbose_name=_("văn bản"))
    version = models.ForeignKey(Version, models.CASCADE, related_name="turns", verbose_name=_("phiên bản"))
    position = models.PositiveSmallIntegerField(_("thứ tự"))
    role = models.CharField(_("vai trò"), max_length=10, choices=ReviewStep.Role.choices)
    person = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("đích danh")
    )
    needed = models.PositiveSmallIntegerField(_("số người đồng ý"), default=1)
    state = models.CharField(_("trạng thái"), max_length=10, choices=State.choices, default=State.WAITING)
    opened_at = models.DateTimeField(_("đến lượt lúc"), null=True, blank=True)
    closed_at = models.DateTimeField(_("xong lúc"), null=True, blank=True)

    class Meta:
        ordering = ("document", "version", "position")
        verbose_name = _("lượt duyệt")
        verbose_name_plural = _("lượt duyệt")
        constraints = (
            models.UniqueConstraint(fields=("version", "position"), name="one_turn_per_step_of_version"),
            models.UniqueConstraint(
                fields=("document",), condition=Q(state="open"), name="one_open_turn_per_document"
            ),
            models.CheckConstraint(
                condition=Q(state="waiting", opened_at=None)
                | Q(state="withdrawn")
                | Q(opened_at__isnull=False),
                name="turn_that_came_has_its_time",
            ),
        )
        indexes = (models.Index(fields=("role",), condition=Q(state="open"), name="turn_open"),)

    def __str__(self) -> str:
        return f"{self.document_id}.{self.position}"


class Decision(models.Model):
    """What one person said on a turn; ``principal`` is whose place a stand-in took."""

    class Choice(models.TextChoices):
        APPROVE = "approve", _("Đồng ý")
        RETURN = "return", _("Trả lại")

    turn = models.ForeignKey(
        ReviewTurn, models.CASCADE, related_name="decisions", verbose_name=_("lượt duyệt")
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="decisions", verbose_name=_("người duyệt")
    )
    principal = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("thay cho"),
    )
    choice = models.CharField(_("ý kiến"), max_length=8, choices=Choice.choices)
    note = models.TextField(_("ghi chú"), blank=True)
    sha256 = models.CharField(max_length=64, editable=False)
    carried = models.BooleanField(_("chữ không đổi từ lần duyệt trước"), default=False)
    at = models.DateTimeField(_("lúc"))

    class Meta:
        ordering = ("turn", "at", "pk")
        verbose_name = _("ý kiến duyệt")
        verbose_name_plural = _("ý kiến duyệt")
        constraints = (
            models.UniqueConstraint(fields=("turn", "person"), name="one_decision_per_person_and_turn"),
            models.CheckConstraint(
                condition=Q(choice="approve") | ~Q(note=""), name="returned_with_its_reason"
            ),
        )

    def __str__(self) -> str:
        return f"{self.person}: {self.get_choice_display()}"


class ClauseRemark(models.Model):
    """What a reviewer says of one clause: a comment, and perhaps another text for it.

    ``base`` is the text that was proposed against; both names stay: who proposed, who decided.
    """

    class State(models.TextChoices):
        OPEN = "open", _("Chờ chuyên viên")
        ACCEPTED = "accepted", _("Đã nhận")
        DECLINED = "declined", _("Không nhận")
        DONE = "done", _("Đã xử lý")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    document = models.ForeignKey(
        Document, models.CASCADE, related_name="clause_remarks", verbose_name=_("văn bản")
    )
    clause = models.UUIDField(_("mục"))
    place = models.CharField(_("chỗ"), max_length=40, blank=True)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("người góp ý")
    )
    principal = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("thay cho"),
    )
    text = models.TextField(_("ý kiến"), blank=True)
    base = models.TextField(_("chữ lúc góp ý"), blank=True)
    proposal = models.TextField(_("đề nghị sửa thành"), blank=True)
    state = models.CharField(_("trạng thái"), max_length=8, choices=State.choices, default=State.OPEN)
    at = models.DateTimeField(_("lúc"))
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("người xử lý"),
    )
    decided_at = models.DateTimeField(_("xử lý lúc"), null=True, blank=True)
    decision_note = models.CharField(_("lý do không nhận"), max_length=300, blank=True)

    class Meta:
        ordering = ("document", "at", "pk")
        verbose_name = _("góp ý")
        verbose_name_plural = _("góp ý")
        constraints = (
            models.CheckConstraint(condition=~Q(text="") | ~Q(proposal=""), name="remark_says_something"),
            models.CheckConstraint(
                condition=Q(state="open", decided_at=None) | Q(~Q(state="open"), decided_at__isnull=False),
                name="decided_remark_has_its_time",
            ),
        )
        indexes = (models.Index(fields=("document",), condition=Q(state="open"), name="remark_open"),)

    def __str__(self) -> str:
        return self.text or self.proposal
