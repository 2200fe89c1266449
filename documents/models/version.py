"""Versions (phiên bản): what was submitted each time."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from documents.models.document import Document


class Version(models.Model):
    """The text of a paper at one submission: the Paper as JSON, and which clause each path is.

    ``keys`` maps the path in the printed paper ("0.2.1") to the public id of its clause, so that two
    versions are compared clause by clause however they moved.
    """

    document = models.ForeignKey(Document, models.CASCADE, related_name="versions", verbose_name=_("văn bản"))
    number = models.PositiveIntegerField(_("phiên bản"))
    revision = models.PositiveIntegerField()
    paper = models.TextField(editable=False)
    keys = models.JSONField(default=dict, editable=False)
    sha256 = models.CharField(max_length=64)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("người trình")
    )
    at = models.DateTimeField(_("lúc"))
    note = models.TextField(_("ghi chú"), blank=True)

    class Meta:
        ordering = ("document", "-number")
        verbose_name = _("phiên bản")
        verbose_name_plural = _("phiên bản")
        constraints = (models.UniqueConstraint(fields=("document", "number"), name="one_version_per_number"),)

    def __str__(self) -> str:
        return f"{self.document_id} v{self.number}"
