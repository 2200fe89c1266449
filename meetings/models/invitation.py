"""Invitations (giấy mời): papers of their own, drawn from a meeting."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from agencies.models import Person
from agencies.rules import standing
from documents.models import Document
from documents.models.document import visible_q
from meetings.models.meeting import Meeting, concerns_q


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def visible_to(self, person: Person | AnonymousUser) -> InvitationQuerySet:
        """Those of one's own office; issued ones that one's agency gets, and issued ones to a meeting
        that one chairs, attends or prepares for."""
        who = standing(person)
        invited = Q(
            state__in=Document.IN_FORCE, meeting__in=Meeting.objects.filter(concerns_q(who)).values("pk")
        )
        return self.filter(visible_q(who.office_of(), who.agencies) | invited)


class Invitation(Document):
    """Giấy mời họp (NĐ 30/2020, Phụ lục III; HD 05-HD/VPTW)."""

    meeting = models.ForeignKey(
        Meeting, models.PROTECT, related_name="invitations", verbose_name=_("hội nghị")
    )

    objects = InvitationQuerySet.as_manager()  # type: ignore[assignment,misc]

    class Meta:
        verbose_name = _("giấy mời")
        verbose_name_plural = _("giấy mời")
