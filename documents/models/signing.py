"""Signing: keys, what is trusted, signed copies, papers that are signed together."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.core.files.storage import FileSystemStorage
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agencies.models import IssuingBody, Person
from documents.models.document import Document


def private() -> FileSystemStorage:
    """Files that only the program's own user may read."""
    return FileSystemStorage(file_permissions_mode=0o600, directory_permissions_mode=0o700)


class SigningKeyQuerySet(models.QuerySet["SigningKey"]):
    def usable(self) -> SigningKeyQuerySet:
        return self.filter(active=True, until__gt=timezone.now())

    def of_person(self, person: Person) -> SigningKeyQuerySet:
        return self.filter(owner=person)

    def of_body(self, body_id: int) -> SigningKeyQuerySet:
        return self.filter(issuing_body=body_id)


class SigningKey(models.Model):
    """Khóa ký: of one person, or the seal of one issuing body. Its passphrase is nowhere."""

    class Kind(models.TextChoices):
        FILE = "pkcs12", _("Tệp .p12 (PKCS#12)")
        TOKEN = "pkcs11", _("Thiết bị ký, HSM (PKCS#11)")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="signing_keys"
    )
    issuing_body = models.ForeignKey(
        IssuingBody,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="seals",
        verbose_name=_("con dấu của"),
    )
    kind = models.CharField(_("loại khóa"), max_length=6, choices=Kind.choices, default=Kind.FILE)
    file = models.FileField(_("tệp khóa"), upload_to="keys", storage=private, blank=True)
    module = models.CharField(_("thư viện PKCS#11"), max_length=300, blank=True)
    token = models.CharField(_("thiết bị"), max_length=100, blank=True)
    label = models.CharField(_("nhãn khóa"), max_length=100, blank=True)
    picture = models.FileField(_("ảnh"), upload_to="keys/pictures", storage=private, blank=True)
    diameter = models.PositiveSmallIntegerField(_("đường kính con dấu (mm)"), default=36)
    name = models.CharField(_("tên trong chứng thư"), max_length=200)
    organisation = models.CharField(_("tổ chức"), max_length=200, blank=True)
    issuer = models.CharField(_("tổ chức cấp"), max_length=200)
    serial = models.CharField(_("số chứng thư"), max_length=80)
    fingerprint = models.CharField(max_length=64)
    since = models.DateTimeField(_("có hiệu lực từ"))
    until = models.DateTimeField(_("đến"))
    active = models.BooleanField(_("đang dùng"), default=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(_("lúc"))

    objects = SigningKeyQuerySet.as_manager()

    class Meta:
        ordering = ("-active", "-until", "pk")
        verbose_name = _("khóa ký")
        verbose_name_plural = _("khóa ký")
        constraints = (
            models.CheckConstraint(
                condition=Q(owner__isnull=False, issuing_body__isnull=True)
                | Q(owner__isnull=True, issuing_body__isnull=False),
                name="signing_key_of_person_or_body",
            ),
            models.UniqueConstraint(
                fields=("owner", "fingerprint"), condition=Q(active=True), name="unique_key_of_person"
            ),
            models.UniqueConstraint(
                fields=("issuing_body", "fingerprint"), condition=Q(active=True), name="unique_key_of_body"
            ),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def is_seal(self) -> bool:
        return self.issuing_body_id is not None


class SigningPractice(models.Model):
    """How an issuing body signs, where it differs from the site."""

    issuing_body = models.OneToOneField(
        IssuingBody, models.CASCADE, related_name="signing_practice", verbose_name=_("cơ quan ban hành")
    )
    timestamp_url = models.URLField(
        _("máy chủ dấu thời gian"), blank=True, help_text=_("Để trống: dùng máy chủ chung của trang")
    )
    has_seal = models.BooleanField(
        _("có con dấu"), default=True, help_text=_("Chi bộ không có con dấu: chỉ cần chữ ký của người ký")
    )

    class Meta:
        verbose_name = _("cách ký của cơ quan")
        verbose_name_plural = _("cách ký của cơ quan")

    def __str__(self) -> str:
        return str(self.issuing_body)


class TrustAnchor(models.Model):
    """A root or intermediate certificate that this house trusts."""

    name = models.CharField(_("tên"), max_length=200)
    pem = models.TextField(_("chứng thư (PEM)"))
    fingerprint = models.CharField(_("dấu vân SHA-256"), max_length=64, unique=True, editable=False)
    until = models.DateTimeField(_("hiệu lực đến"), editable=False)
    active = models.BooleanField(_("đang tin cậy"), default=True)

    class Meta:
        ordering = ("-active", "name")
        verbose_name = _("chứng thư gốc tin cậy")
        verbose_name_plural = _("chứng thư gốc tin cậy")

    def __str__(self) -> str:
        return self.name


class SignedCopy(models.Model):
    """Bản ký: the issued file with signatures, or the scan of the paper signed by hand.

    ``position`` counts the filed copies of a paper; one that waits for a look at its differences has none.
    """

    class Kind(models.TextChoices):
        HERE = "here", _("Ký số tại đây")
        OUTSIDE = "outside", _("Ký số bằng công cụ khác")
        SCAN = "scan", _("Bản quét ký tay, đóng dấu")

    class State(models.TextChoices):
        PENDING = "pending", _("Chờ xem rồi lưu")
        FILED = "filed", _("Đã lưu")
        DISCARDED = "discarded", _("Đã bỏ")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    document = models.ForeignKey(
        Document, models.PROTECT, related_name="signed_copies", verbose_name=_("văn bản")
    )
    position = models.PositiveSmallIntegerField(_("thứ tự"), null=True)
    kind = models.CharField(_("cách ký"), max_length=8, choices=Kind.choices)
    state = models.CharField(_("trạng thái"), max_length=10, choices=State.choices, default=State.FILED)
    file = models.FileField(_("tệp"), upload_to="signed/%Y", storage=private)
    sha256 = models.CharField(max_length=64, db_index=True)
    size = models.PositiveBigIntegerField(_("cỡ tệp"))
    report = models.JSONField(default=dict)
    has_signer = models.BooleanField(_("có chữ ký của người ký"), default=True)
    complete = models.BooleanField(_("đủ chữ ký và dấu"), default=False)
    note = models.CharField(_("ghi chú"), max_length=300, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("người lưu")
    )
    at = models.DateTimeField(_("lúc"))

    class Meta:
        ordering = ("document", "-position", "-at")
        verbose_name = _("bản ký")
        verbose_name_plural = _("bản ký")
        constraints = (
            models.UniqueConstraint(fields=("document", "position"), name="unique_signed_copy_position"),
            models.CheckConstraint(
                condition=Q(state="filed", position__isnull=False)
                | (~Q(state="filed") & Q(position__isnull=True)),
                name="filed_copy_has_position",
            ),
            models.UniqueConstraint(
                fields=("document",), condition=Q(state="pending"), name="one_pending_copy"
            ),
        )

    def __str__(self) -> str:
        return f"{self.document} ({self.get_kind_display()})"


class CoSigner(models.Model):
    """Người cùng ký: signs before the person whose name is printed, in order and without a picture
    (decision 0014)."""

    document = models.ForeignKey(
        Document, models.CASCADE, related_name="cosigners", verbose_name=_("văn bản")
    )
    position = models.PositiveSmallIntegerField(_("thứ tự"))
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("người cùng ký")
    )
    signed_at = models.DateTimeField(_("ký lúc"), null=True, blank=True)

    class Meta:
        ordering = ("document", "position")
        verbose_name = _("người cùng ký")
        verbose_name_plural = _("người cùng ký")
        constraints = (
            models.UniqueConstraint(fields=("document", "position"), name="unique_cosigner_position"),
            models.UniqueConstraint(fields=("document", "person"), name="unique_cosigner"),
        )

    def __str__(self) -> str:
        return str(self.person)


class SigningRefusal(models.Model):
    """Từ chối ký: while it stands nobody signs the paper."""

    document = models.ForeignKey(
        Document, models.CASCADE, related_name="signing_refusals", verbose_name=_("văn bản")
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("người từ chối")
    )
    reason = models.CharField(_("lý do"), max_length=300)
    at = models.DateTimeField(_("lúc"))
    withdrawn_at = models.DateTimeField(_("rút lúc"), null=True, blank=True)

    class Meta:
        ordering = ("document", "-at", "-pk")
        verbose_name = _("lời từ chối ký")
        verbose_name_plural = _("lời từ chối ký")
        constraints = (
            models.UniqueConstraint(
                fields=("document",), condition=Q(withdrawn_at=None), name="one_open_refusal"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="refusal_has_reason"),
        )

    def __str__(self) -> str:
        return f"{self.person}: {self.reason}"


class SigningBatch(models.Model):
    """Ký hàng loạt: papers that are put before their signers together, then sealed."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    issuing_body = models.ForeignKey(
        IssuingBody, models.PROTECT, related_name="signing_batches", verbose_name=_("cơ quan ban hành")
    )
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(_("lúc"))

    class Meta:
        ordering = ("-created_at", "-pk")
        verbose_name = _("lô ký")
        verbose_name_plural = _("lô ký")

    def __str__(self) -> str:
        return f"{self.issuing_body} {timezone.localtime(self.created_at):%d/%m/%Y %H:%M}"


class SigningJobQuerySet(models.QuerySet["SigningJob"]):
    def unfinished(self) -> SigningJobQuerySet:
        """Neither signed nor refused."""
        return self.filter(state__in=(SigningJob.State.OPEN, SigningJob.State.FAILED))


class SigningJob(models.Model):
    """One paper of a batch; what stops it is written on it and stops no other."""

    class State(models.TextChoices):
        OPEN = "open", _("Chờ ký")
        FAILED = "failed", _("Chưa ký được")
        REFUSED = "refused", _("Từ chối ký")
        DONE = "done", _("Đã ký đủ")

    batch = models.ForeignKey(SigningBatch, models.CASCADE, related_name="jobs")
    document = models.ForeignKey(Document, models.PROTECT, related_name="signing_jobs")
    position = models.PositiveSmallIntegerField()
    state = models.CharField(_("trạng thái"), max_length=8, choices=State.choices, default=State.OPEN)
    reason = models.CharField(_("lý do"), max_length=300, blank=True)

    objects = SigningJobQuerySet.as_manager()

    class Meta:
        ordering = ("batch", "position")
        verbose_name = _("văn bản trong lô ký")
        verbose_name_plural = _("văn bản trong lô ký")
        constraints = (
            models.UniqueConstraint(
                fields=("document",), condition=Q(state__in=("open", "failed")), name="one_open_signing_job"
            ),
        )

    def __str__(self) -> str:
        return str(self.document)
