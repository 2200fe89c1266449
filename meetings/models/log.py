"""The history of meetings."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from audit.models import Entry
from meetings.models.meeting import Meeting


class MeetingLog(Entry):
    """Nhật ký hội nghị."""

    STATES = dict(Meeting.State.choices)
    SUBJECT = "meeting"

    meeting = models.ForeignKey(
        Meeting,
        models.DO_NOTHING,
        null=True,
        db_constraint=False,
        related_name="log",
        verbose_name=_("hội nghị"),
    )

    class Meta(Entry.Meta):
        verbose_name = _("nhật ký hội nghị")
        verbose_name_plural = _("nhật ký hội nghị")
        indexes = (  # type: ignore[assignment]
            *Entry.Meta.indexes,
            models.Index(fields=("meeting", "-at"), name="meeting_log_recent"),
        )
