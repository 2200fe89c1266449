"""Operations: every change to a document's text, in order."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from documents.models.document import Document


class Operation(models.Model):
    """One change that the editor made: the undo, the history, and what other windows ask for.

    ``changes`` lists ``{"id": clause, "before": row or null, "after": row or null}``; undoing is
    writing the befores back. ``op_id`` is made by the client: repeating it does nothing twice.
    """

    document = models.ForeignKey(
        Document, models.CASCADE, related_name="operations", verbose_name=_("văn bản")
    )
    revision = models.PositiveIntegerField()
    op_id = models.UUIDField()
    kind = models.CharField(_("thao tác"), max_length=16)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("người sửa")
    )
    at = models.DateTimeField(_("lúc"))
    changes = models.JSONField(default=list)
    undoes = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("hoàn tác của")
    )
    undone = models.BooleanField(_("đã hoàn tác"), default=False)

    class Meta:
        ordering = ("document", "revision")
        verbose_name = _("thao tác")
        verbose_name_plural = _("thao tác")
        constraints = (
            models.UniqueConstraint(fields=("document", "revision"), name="unique_operation_revision"),
            models.UniqueConstraint(fields=("document", "op_id"), name="unique_operation_id"),
        )

    def __str__(self) -> str:
        return f"{self.document_id}@{self.revision} {self.kind}"
