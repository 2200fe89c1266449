"""Work programmes (chương trình công tác)."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from agencies.models import Person
from agencies.rules import standing
from documents.models import Document
from documents.models.document import visible_q
from programmes.periods import Period, PeriodType


class ProgrammeQuerySet(models.QuerySet["Programme"]):
    def visible_to(self, person: Person | AnonymousUser) -> ProgrammeQuerySet:
        """The programmes among the documents that the person may see."""
        who = standing(person)
        return self.filter(visible_q(who.office_of(), who.agencies))

    def with_body(self) -> ProgrammeQuerySet:
        """Loads what lists and pages show of the issuing body."""
        return self.select_related("issuing_body__agency")


class Programme(Document):
    """Chương trình công tác of one issuing body for one period; there is one for each period."""

    period_type = models.CharField(_("loại kỳ"), max_length=7, choices=PeriodType.choices)
    period_year = models.PositiveSmallIntegerField(_("năm"))
    period_index = models.PositiveSmallIntegerField(_("kỳ"), default=1)
    copied_from = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("lập từ")
    )

    objects = ProgrammeQuerySet.as_manager()  # type: ignore[assignment,misc]

    class Meta:
        ordering = ("-period_year", "-period_index", "-pk")
        verbose_name = _("chương trình công tác")
        verbose_name_plural = _("chương trình công tác")
        indexes = (models.Index(fields=("-period_year", "-period_index"), name="programme_period"),)

    def __str__(self) -> str:
        return _("Chương trình công tác %(period)s") % {"period": self.period.words}

    @property
    def period(self) -> Period:
        return Period(self.period_year, PeriodType(self.period_type), self.period_index)

    def get_absolute_url(self) -> str:
        return reverse("programmes:detail", args=[self.public_id])
