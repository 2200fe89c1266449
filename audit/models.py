"""WHAT HAPPENED: an abstract log entry, and the log of the administration. Entries are appended, never
changed or removed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any, ClassVar, NoReturn

from django.conf import settings
from django.core.exceptions import ObjectDoesNotExist
from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from agencies.models import IssuingBody
from audit import actions
from lucngan.lib import requestid


class AppendOnlyError(TypeError):
    """Somebody tried to change or remove an entry of the log."""


def key_of(row: models.Model) -> str:
    """By what a row is found in the log: "meetings.series:12"."""
    return f"{row._meta.label_lower}:{row.pk}"  # noqa: SLF001  Django's own name for it


class EntryQuerySet(models.QuerySet[Any]):
    def append(
        self,
        subject: models.Model,
        action: str,
        *,
        actor: Any,
        now: dt.datetime,
        acting_for: Any = None,
        named: str = "",
        issuing_body: IssuingBody | None = None,
        **values: Any,
    ) -> Any:
        """Write one entry on ``subject``, named as it is called now (or as ``named`` says), for the body of
        the subject or ``issuing_body``; call inside the transaction of the change. ``acting_for``: whom the
        actor stands in for. ``values``: note, before, after, data, and the row that the entry belongs to."""
        return self.create(
            subject=(named or str(subject))[:300],
            about=key_of(subject),
            issuing_body_id=issuing_body.pk if issuing_body else getattr(subject, "issuing_body_id", None),
            action=action,
            at=now,
            actor=actor,
            actor_name=str(actor) if actor else "",
            acting_for=acting_for,
            acting_for_name=str(acting_for) if acting_for else "",
            request_id=requestid.current.get(),
            **values,
        )

    def on(self, subject: models.Model) -> EntryQuerySet:
        """What happened to this very row."""
        return self.filter(about=key_of(subject))

    def update(self, **kwargs: Any) -> NoReturn:
        raise AppendOnlyError("Nhật ký chỉ ghi thêm, không sửa.")

    def delete(self) -> NoReturn:
        raise AppendOnlyError("Nhật ký chỉ ghi thêm, không xóa.")


class Entry(models.Model):
    """One thing that somebody did, written in the transaction that did it.

    The names of people and things are stored beside their keys, so that the entry outlives them. The
    database refuses to change or remove an entry as well (``audit.guards``).
    """

    #: What the values of ``before`` and ``after`` are called, where the action has no words of its own.
    STATES: ClassVar[Mapping[str, str | Promise]] = {}

    #: The field that leads to what the entries belong to, where they belong to something.
    SUBJECT: ClassVar[str] = ""

    at = models.DateTimeField(_("lúc"), db_index=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.DO_NOTHING,
        null=True,
        db_constraint=False,
        related_name="+",
        verbose_name=_("người làm"),
    )
    actor_name = models.CharField(_("người làm"), max_length=80, blank=True)
    acting_for = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.DO_NOTHING,
        null=True,
        db_constraint=False,
        related_name="+",
        verbose_name=_("làm thay"),
    )
    acting_for_name = models.CharField(_("làm thay"), max_length=80, blank=True)
    action = models.CharField(_("việc"), max_length=40)
    subject = models.CharField(_("đối tượng"), max_length=300, blank=True)
    about = models.CharField(max_length=80, blank=True, db_index=True, editable=False)
    issuing_body = models.ForeignKey(
        IssuingBody,
        models.DO_NOTHING,
        null=True,
        db_constraint=False,
        db_index=False,
        related_name="+",
        verbose_name=_("cơ quan ban hành"),
    )
    before = models.CharField(_("trước"), max_length=20, blank=True)
    after = models.CharField(_("sau"), max_length=20, blank=True)
    note = models.TextField(_("ghi chú"), blank=True)
    data = models.JSONField(default=dict, blank=True)
    request_id = models.CharField(max_length=32, blank=True)

    objects = EntryQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ("-at", "-pk")
        indexes = (
            models.Index(fields=("issuing_body", "-at"), name="%(class)s_body"),
            models.Index(fields=("actor", "-at"), name="%(class)s_actor"),
            models.Index(fields=("action", "-at"), name="%(class)s_action"),
        )

    def __str__(self) -> str:
        return f"{self.who} {self.sentence}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is not None:
            raise AppendOnlyError("Nhật ký chỉ ghi thêm, không sửa.")
        if not actions.is_registered(self.action):
            raise ValueError(f"Việc {self.action} chưa đăng ký câu trong audit.actions.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise AppendOnlyError("Nhật ký chỉ ghi thêm, không xóa.")

    @property
    def sentence(self) -> str:
        return actions.sentence(self.action)

    @property
    def who(self) -> str:
        """Who did it, and in whose place: "Vi Văn Chung thay Giáp Văn Sơn"."""
        if not self.acting_for_name:
            return self.actor_name or gettext("Hệ thống")
        return gettext("%(actor)s thay %(principal)s") % {
            "actor": self.actor_name,
            "principal": self.acting_for_name,
        }

    @property
    def was(self) -> str:
        """``before`` in words."""
        return self._called(self.before)

    @property
    def became(self) -> str:
        """``after`` in words."""
        return self._called(self.after)

    @property
    def place(self) -> str:
        """The address of what the entry belongs to; nothing for what has no page, or is there no more."""
        try:
            row = getattr(self, self.SUBJECT) if self.SUBJECT else None
        except ObjectDoesNotExist:
            return ""
        return str(row.get_absolute_url()) if row is not None else ""

    @property
    def step(self) -> str:
        """From what to what, in words; nothing where neither was written."""
        if self.before and self.after:
            words = gettext("từ “%(was)s” sang “%(became)s”")
        elif self.before or self.after:
            words = gettext("trước đó “%(was)s”") if self.before else gettext("thành “%(became)s”")
        else:
            return ""
        return words % {"was": self.was, "became": self.became}

    def _called(self, value: str) -> str:
        words = actions.values(self.action) or self.STATES
        return str(words.get(value, value))


class AdministrationLog(Entry):
    """Nhật ký quản trị."""

    class Meta(Entry.Meta):
        verbose_name = _("nhật ký quản trị")
        verbose_name_plural = _("nhật ký quản trị")
