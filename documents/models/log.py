"""The history of documents."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from audit.models import Entry
from documents.models.document import Document


class DocumentLog(Entry):
    """Nhật ký văn bản."""

    STATES = dict(Document.State.choices)
    SUBJECT = "document"

    document = models.ForeignKey(
        Document,
        models.DO_NOTHING,
        null=True,
        db_constraint=False,
        related_name="log",
        verbose_name=_("văn bản"),
    )

    class Meta(Entry.Meta):
        verbose_name = _("nhật ký văn bản")
        verbose_name_plural = _("nhật ký văn bản")
        indexes = (  # type: ignore[assignment]
            *Entry.Meta.indexes,
            models.Index(fields=("document", "-at"), name="document_log_recent"),
        )
