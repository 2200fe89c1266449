"""The base row of every official paper (văn bản) and its recipients (nơi nhận)."""

from __future__ import annotations

import datetime as dt
import uuid

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency, IssuingBody, Person
from agencies.rules import standing
from paper.forms import PROFILES, Profile

#: Roles that write the papers of their issuing body.
DRAFTERS = ("drafter", "chief")


class DocumentQuerySet(models.QuerySet["Document"]):
    def drafted_by(self, person: Person | AnonymousUser) -> DocumentQuerySet:
        """The list form of ``documents.rules.may_draft_for``."""
        return self.filter(issuing_body__in=standing(person).office_of(*DRAFTERS))

    def for_writing(self) -> DocumentQuerySet:
        """The rows held until the running transaction ends (SQLite holds the whole file)."""
        return self.order_by().select_for_update(of=("self",))

    def visible_to(self, person: Person | AnonymousUser) -> DocumentQuerySet:
        """The list form of ``documents.rules.may_see``: a draft belongs to its issuing body's
        office and leaders, an issued paper also to its recipients and the bodies it names."""
        who = standing(person)
        return self.filter(visible_q(who.office_of(), who.agencies))


def visible_q(bodies: frozenset[int], agencies: frozenset[int], prefix: str = "") -> Q:
    """Who sees a document, as a filter; ``prefix`` leads to the document ("document__")."""
    mine = Q(**{f"{prefix}issuing_body__in": bodies})
    if not agencies:
        return mine
    addressed = Recipient.objects.filter(agency__in=agencies).values("document")
    named = DocumentAgency.objects.filter(agency__in=agencies).values("document")
    issued = Q(**{f"{prefix}state__in": Document.NUMBERED})
    return mine | issued & (Q(**{f"{prefix}pk__in": addressed}) | Q(**{f"{prefix}pk__in": named}))


class Document(models.Model):
    """Văn bản. Programme, notice, invitation extend it (multi-table inheritance):
    one register, one life cycle, one search."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Dự thảo")
        REVIEW = "review", _("Đang duyệt")
        APPROVED = "approved", _("Đã duyệt")
        ISSUED = "issued", _("Đã ban hành")
        AMENDED = "amended", _("Đã điều chỉnh")
        REVOKED = "revoked", _("Đã thu hồi")

    class Secrecy(models.TextChoices):
        NONE = "", _("Không mật")
        CONFIDENTIAL = "mat", _("MẬT")
        SECRET = "toi_mat", _("TỐI MẬT")
        TOP_SECRET = "tuyet_mat", _("TUYỆT MẬT")

    class Manner(models.TextChoices):
        HERE = "here", _("Ký số tại đây")
        OUTSIDE = "outside", _("Ký số bằng công cụ khác, tải bản ký lên")
        PAPER = "paper", _("In ra, ký tay và đóng dấu")

    #: States in which a paper bears its number and stands in the register.
    NUMBERED = (State.ISSUED, State.AMENDED, State.REVOKED)
    #: States in which what a paper says holds: it is sent, signed and read.
    IN_FORCE = (State.ISSUED, State.AMENDED)

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    issuing_body = models.ForeignKey(
        IssuingBody, models.PROTECT, related_name="documents", verbose_name=_("cơ quan ban hành")
    )
    kind_code = models.CharField(_("loại"), max_length=10, help_text="CTr, TB, GM (NĐ 30/2020, Phụ lục III)")
    kind = models.CharField(_("tên loại"), max_length=60)
    subject = models.TextField(_("trích yếu"), blank=True)
    number = models.PositiveIntegerField(_("số"), null=True, blank=True)
    notation = models.CharField(_("ký hiệu"), max_length=40)
    superior_lines = models.TextField(_("dòng cơ quan cấp trên"), blank=True)
    letterhead_lines = models.TextField(_("tên cơ quan"), blank=True)
    place = models.CharField(_("địa danh"), max_length=80, blank=True)
    year = models.PositiveSmallIntegerField(_("năm"), null=True, blank=True)
    month = models.PositiveSmallIntegerField(_("tháng"), null=True, blank=True)
    day = models.PositiveSmallIntegerField(_("ngày"), null=True, blank=True)
    state = models.CharField(_("trạng thái"), max_length=10, choices=State.choices, default=State.DRAFT)
    deciding_body = models.CharField(_("tập thể quyết định"), max_length=80, blank=True)
    signing_authority = models.TextField(_("thẩm quyền ký"), blank=True)
    signing_position = models.CharField(_("chức vụ"), max_length=120, blank=True)
    signing_name = models.CharField(_("người ký"), max_length=80, blank=True)
    urgency = models.CharField(_("độ khẩn"), max_length=20, blank=True)
    secrecy = models.CharField(
        _("độ mật"), max_length=10, choices=Secrecy.choices, default=Secrecy.NONE, blank=True
    )
    signing_manner = models.CharField(
        _("cách ký"), max_length=8, choices=Manner.choices, default=Manner.PAPER
    )
    end_mark = models.BooleanField(_("dấu kết thúc ./."), default=True)
    form_profile = models.CharField(_("mẫu thể thức"), max_length=30, blank=True)
    identity = models.CharField(  # noqa: DJ001  null is what may stand many times in a unique column
        max_length=80, null=True, unique=True, editable=False, help_text="What may exist only once."
    )
    revision = models.PositiveIntegerField(default=0, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("người soạn")
    )
    created_at = models.DateTimeField(_("lập lúc"))
    updated_at = models.DateTimeField(_("sửa lúc"))

    objects = DocumentQuerySet.as_manager()

    class Meta:
        ordering = ("-updated_at", "-pk")
        verbose_name = _("văn bản")
        verbose_name_plural = _("văn bản")
        indexes = (models.Index(fields=("issuing_body", "state", "-updated_at"), name="document_desk"),)
        constraints = (
            models.CheckConstraint(
                condition=~Q(state__in=("issued", "amended", "revoked")) | Q(number__isnull=False),
                name="issued_document_has_number",
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.subject}".strip()

    def get_absolute_url(self) -> str:
        """The page of any paper; it leads on to the programme's own."""
        return reverse("papers:detail", args=[self.public_id])

    @property
    def is_draft(self) -> bool:
        return self.state == self.State.DRAFT

    @property
    def is_numbered(self) -> bool:
        """Whether the paper was issued, whatever became of it since."""
        return self.state in self.NUMBERED

    @property
    def is_in_force(self) -> bool:
        """Issued, and not taken back."""
        return self.state in self.IN_FORCE

    @property
    def dated_on(self) -> dt.date | None:
        """The date of the paper, None while it has a gap."""
        if self.year and self.month and self.day:
            return dt.date(self.year, self.month, self.day)
        return None

    @property
    def form(self) -> Profile:
        """The form that the paper prints in: the one set for it, else the one of its body and day."""
        return PROFILES.get(self.form_profile) or self.issuing_body.profile(self.form_day)

    @property
    def form_day(self) -> dt.date:
        """The day that decides which form holds: its own date, else the first of its month."""
        if self.dated_on:
            return self.dated_on
        if self.year:
            return dt.date(self.year, self.month or 1, 1)
        return self.created_at.date()


class Recipient(models.Model):
    """One line of "Nơi nhận"; neighbours with the same purpose share a brace."""

    document = models.ForeignKey(
        Document, models.CASCADE, related_name="recipients", verbose_name=_("văn bản")
    )
    position = models.PositiveSmallIntegerField(_("thứ tự"))
    text = models.CharField(_("nơi nhận"), max_length=300)
    purpose = models.CharField(_("để làm gì"), max_length=60, blank=True)
    mark = models.CharField(max_length=1, default="-")
    agency = models.ForeignKey(
        Agency, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("cơ quan")
    )

    class Meta:
        ordering = ("document", "position")
        verbose_name = _("nơi nhận")
        verbose_name_plural = _("nơi nhận")
        constraints = (models.CheckConstraint(condition=~Q(text=""), name="recipient_has_text"),)

    def __str__(self) -> str:
        return self.text


class DocumentAgency(models.Model):
    """An agency that an issued document names: it may read it."""

    document = models.ForeignKey(Document, models.CASCADE, related_name="named_agencies")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")

    class Meta:
        constraints = (models.UniqueConstraint(fields=("document", "agency"), name="unique_named_agency"),)

    def __str__(self) -> str:
        return f"{self.document_id} → {self.agency_id}"
