"""What was issued, unchangeable."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from documents.models.document import Document


class Snapshot(models.Model):
    """The Paper of an issued document as JSON, its PDF and the SHA-256 of both (law 2).

    Screen, PDF, DOCX and feeds of an issued document are served from here.
    """

    document = models.OneToOneField(
        Document, models.PROTECT, related_name="snapshot", verbose_name=_("văn bản")
    )
    paper = models.TextField(editable=False)
    pdf = models.FileField(upload_to="issued/%Y")
    paper_sha256 = models.CharField(max_length=64)
    pdf_sha256 = models.CharField(max_length=64)
    profile = models.CharField(max_length=30)
    at = models.DateTimeField(_("lúc"))

    class Meta:
        verbose_name = _("bản đã ban hành")
        verbose_name_plural = _("bản đã ban hành")

    def __str__(self) -> str:
        return self.paper_sha256[:12]
