"""Clauses (mục, đoạn): the text of a document, piece by piece."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from documents.models.document import Document
from paper.labels import LabelStyle

#: Room between two neighbours, so that an insertion touches one row.
STEP = 1 << 20


class Clause(models.Model):
    """One numbered or unnumbered piece of a document's text.

    Labels are computed from ``style`` and place, never stored; ``start`` makes a row begin at
    another number than the count gives (a source that starts at 3). ``bodies`` are the preparing
    bodies as printed: ``[{"name": …, "agency": id or null, "lead": bool}]``. ``version`` counts
    the changes of the words; a save names the version it started from.
    """

    class Role(models.TextChoices):
        HEADING = "heading", _("Đề mục")
        PARAGRAPH = "paragraph", _("Đoạn, nội dung")
        MEETING = "meeting", _("Hội nghị")

    class Origin(models.TextChoices):
        TYPED = "typed", _("Soạn trực tiếp")
        READ = "read", _("Đọc từ tệp")
        PASTED = "pasted", _("Dán vào")
        CARRIED = "carried", _("Chuyển từ kỳ trước")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True)
    document = models.ForeignKey(Document, models.CASCADE, related_name="clauses", verbose_name=_("văn bản"))
    parent = models.ForeignKey(
        "self", models.CASCADE, null=True, blank=True, related_name="children", verbose_name=_("mục trên")
    )
    position = models.BigIntegerField(_("thứ tự"))
    role = models.CharField(_("loại mục"), max_length=10, choices=Role.choices, default=Role.PARAGRAPH)
    style = models.CharField(
        _("kiểu đánh số"), max_length=5, blank=True, choices=[(s.value, s.value or "—") for s in LabelStyle]
    )
    start = models.PositiveSmallIntegerField(_("bắt đầu từ số"), null=True, blank=True)
    text = models.TextField(_("nội dung"), blank=True)
    bodies = models.JSONField(_("cơ quan chuẩn bị"), default=list, blank=True)
    table = models.JSONField(_("bảng"), null=True, blank=True)
    origin = models.CharField(max_length=10, choices=Origin.choices, default=Origin.TYPED)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ("document", "position", "pk")
        verbose_name = _("mục")
        verbose_name_plural = _("mục")
        indexes = (models.Index(fields=("document", "parent", "position"), name="clause_order"),)

    def __str__(self) -> str:
        return self.text[:60]
