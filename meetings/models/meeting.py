"""Meetings (hội nghị, cuộc họp), their sessions, connecting points and attendees."""

from __future__ import annotations

import uuid

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency, IssuingBody, Person
from agencies.rules import Standing, standing
from documents.models import Clause, Document
from documents.models.document import visible_q
from meetings.models.series import Room, Series
from meetings.models.times import LeadTimes, PartOfDay, Timed, ends_after_start


def told_q(prefix: str = "") -> Q:
    """Meetings that those concerned know of; ``prefix`` leads to the meeting ("meeting__")."""
    return Q(**{f"{prefix}announced_at__isnull": False}) | Q(
        **{f"{prefix}section__document__state__in": Document.IN_FORCE}
    )


def secret_q() -> Q:
    """Meetings that a secret paper announces or invites to: nothing of them leaves by mail or feed."""
    # asked through the papers themselves: the invitation's module imports this one
    invited = Document.objects.exclude(secrecy="").filter(invitation__meeting=OuterRef("pk"))
    announced = Document.objects.exclude(secrecy="").filter(clauses=OuterRef("section"))
    return Q(Exists(announced)) | Q(Exists(invited))


class MeetingQuerySet(models.QuerySet["Meeting"]):
    def visible_to(self, person: Person | AnonymousUser) -> MeetingQuerySet:
        """The list form of ``meetings.rules.may_see``: meetings of one's own office; those that an
        issued paper one may see announces; and, once told, those that concern oneself: chair,
        attendees, those who prepare."""
        who = standing(person)
        announced = visible_q(who.office_of(), who.agencies, prefix="section__document__")
        # the office part of a paper adds nothing: the paper's body is the meeting's; a recalled paper can
        # still be read and announces nothing
        announced &= Q(section__document__state__in=Document.IN_FORCE)
        return self.filter(Q(issuing_body__in=who.office_of()) | announced | told_q() & concerns_q(who))

    def with_secrecy(self) -> MeetingQuerySet:
        """``secret`` tells whether a secret paper announces the meeting or invites to it."""
        return self.annotate(secret=secret_q())

    def dated(self) -> MeetingQuerySet:
        """Meetings that take a day of the calendar."""
        return self.filter(on__isnull=False).exclude(state__in=("cancelled", "postponed"))


def concerns_q(who: Standing) -> Q:
    """Meetings that a person chairs, attends or prepares for."""
    if who.person_id is None:
        return Q(pk__in=())
    from meetings.models.agenda import PreparingBody  # the agenda stands on meetings

    attends = Attendee.objects.filter(
        Q(person=who.person_id) | Q(agency__in=who.agencies), meeting=OuterRef("pk")
    )
    prepares = PreparingBody.objects.filter(agency__in=who.agencies, item__meeting=OuterRef("pk"))
    return Q(chair=who.person_id) | Q(Exists(attends)) | Q(Exists(prepares))


class Meeting(Timed, LeadTimes):
    """Hội nghị. ``section`` is the clause of a programme that announces it.

    While that programme is a draft, the words of the clause and the day, half-day, title, items and
    bodies here say the same (``meetings.services.follow`` and ``meetings.announcing.mirror``); once it is
    issued its words stand and the meeting lives on. ``section_key`` remembers the clause by its public
    id, so that a clause brought back by "undo" finds its meeting again.
    """

    PartOfDay = PartOfDay

    class State(models.TextChoices):
        PLANNED = "planned", _("Đã lên lịch")
        INVITED = "invited", _("Đã mời")
        HELD = "held", _("Đã họp")
        CONCLUDED = "concluded", _("Đã kết thúc")
        POSTPONED = "postponed", _("Hoãn")
        CANCELLED = "cancelled", _("Hủy")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    issuing_body = models.ForeignKey(
        IssuingBody, models.PROTECT, related_name="meetings", verbose_name=_("cơ quan tổ chức")
    )
    series = models.ForeignKey(
        Series, models.PROTECT, null=True, blank=True, related_name="meetings", verbose_name=_("loạt")
    )
    slot = models.DateField(
        _("kỳ"),
        null=True,
        blank=True,
        help_text="The day that the series gave; it stays when the meeting moves.",
    )
    section = models.OneToOneField(
        Clause,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="meeting",
        verbose_name=_("mục công bố"),
    )
    section_key = models.UUIDField(null=True, blank=True, editable=False, db_index=True)
    title = models.TextField(_("tên hội nghị"))
    on = models.DateField(_("ngày"), null=True, blank=True)
    tentative = models.BooleanField(_("dự kiến"), default=False)
    weekly_on = models.PositiveSmallIntegerField(
        _("hằng tuần vào"), null=True, blank=True, help_text=_("0 là thứ Hai, 6 là Chủ nhật")
    )
    schedule_note = models.CharField(
        _("lịch chưa rõ"), max_length=200, blank=True, help_text=_("Ví dụ: lịch cụ thể sẽ thông báo sau")
    )
    state = models.CharField(_("trạng thái"), max_length=10, choices=State.choices, default=State.PLANNED)
    chair = models.ForeignKey(
        Person,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="chaired_meetings",
        verbose_name=_("chủ trì"),
    )
    chair_text = models.CharField(
        _("chủ trì (ghi tay)"),
        max_length=200,
        blank=True,
        help_text=_("Khi người chủ trì không có tài khoản"),
    )
    room = models.ForeignKey(
        Room, models.PROTECT, null=True, blank=True, related_name="meetings", verbose_name=_("phòng họp")
    )
    place = models.CharField(_("địa điểm khác"), max_length=200, blank=True)
    announced_at = models.DateTimeField(
        _("báo các cơ quan lúc"),
        null=True,
        blank=True,
        help_text=_("Từ lúc này người có liên quan được xem."),
    )
    sequence = models.PositiveIntegerField(default=0, editable=False, help_text="RFC 5545, 3.8.7.4")
    changed_at = models.DateTimeField(_("đổi lúc"), default=timezone.now, editable=False)

    objects = MeetingQuerySet.as_manager()

    class Meta:
        ordering = ("on", "starts_at", "pk")
        verbose_name = _("hội nghị")
        verbose_name_plural = _("hội nghị")
        indexes = (models.Index(fields=("issuing_body", "on"), name="meeting_calendar"),)
        constraints = (
            ends_after_start("meeting_ends_after_start"),
            models.CheckConstraint(
                condition=Q(weekly_on=None) | Q(on=None), name="weekly_meeting_has_no_single_day"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=("invited", "held", "concluded"))
                | Q(on__isnull=False) & Q(tentative=False),
                name="invited_meeting_has_its_day",
            ),
            models.UniqueConstraint(
                fields=("series", "slot"), condition=Q(series__isnull=False), name="one_meeting_per_slot"
            ),
        )

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("meetings:detail", args=[self.public_id])

    @property
    def where(self) -> str:
        """Room and place in words, "" where neither is known."""
        return ", ".join(part for part in (str(self.room) if self.room else "", self.place) if part)

    @property
    def chaired_by(self) -> str:
        """Who chairs, in words; "" where nobody is named."""
        return self.chair_text or (str(self.chair) if self.chair else "")

    @property
    def is_over(self) -> bool:
        return self.state in (self.State.HELD, self.State.CONCLUDED)

    @property
    def is_open(self) -> bool:
        """Still to come: it is planned, or invited to."""
        return self.state in (self.State.PLANNED, self.State.INVITED)


class Session(Timed):
    """Phiên: part of a meeting with its own time and people (sáng: khối A; chiều: khối B)."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="sessions", verbose_name=_("hội nghị"))
    position = models.PositiveSmallIntegerField(_("thứ tự"))
    title = models.CharField(_("tên phiên"), max_length=200)
    days_after = models.PositiveSmallIntegerField(
        _("sau ngày khai mạc"), default=0, help_text=_("0 là cùng ngày; phiên dời theo ngày họp")
    )

    class Meta:
        ordering = ("meeting", "position")
        verbose_name = _("phiên")
        verbose_name_plural = _("phiên")
        constraints = (ends_after_start("session_ends_after_start"),)

    def __str__(self) -> str:
        return self.title


class ConnectingPoint(models.Model):
    """Điểm cầu of an online meeting."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="points", verbose_name=_("hội nghị"))
    position = models.PositiveSmallIntegerField(_("thứ tự"))
    name = models.CharField(_("điểm cầu"), max_length=200)
    room = models.ForeignKey(
        Room, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("phòng họp")
    )
    agency = models.ForeignKey(
        Agency, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("cơ quan phụ trách")
    )

    class Meta:
        ordering = ("meeting", "position")
        verbose_name = _("điểm cầu")
        verbose_name_plural = _("điểm cầu")

    def __str__(self) -> str:
        return self.name


class Attendee(models.Model):
    """Thành phần: a person, an agency, or words ("Các đồng chí ủy viên Ban Thường vụ").

    With ``item`` they are invited for that item only, with ``session`` for that session only.
    """

    class Part(models.TextChoices):
        MEMBER = "member", _("Thành viên")
        GUEST = "guest", _("Mời dự")
        SECRETARY = "secretary", _("Thư ký")

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="attendees", verbose_name=_("hội nghị"))
    position = models.PositiveSmallIntegerField(_("thứ tự"))
    person = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="attends", verbose_name=_("người dự")
    )
    agency = models.ForeignKey(
        Agency, models.PROTECT, null=True, blank=True, related_name="attends", verbose_name=_("cơ quan dự")
    )
    text = models.CharField(_("thành phần (ghi tay)"), max_length=200, blank=True)
    part = models.CharField(_("tư cách"), max_length=10, choices=Part.choices, default=Part.MEMBER)
    session = models.ForeignKey(
        Session, models.CASCADE, null=True, blank=True, related_name="attendees", verbose_name=_("phiên")
    )
    item = models.ForeignKey(
        "meetings.AgendaItem",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="attendees",
        verbose_name=_("chỉ dự nội dung"),
    )

    class Meta:
        ordering = ("meeting", "position", "pk")
        verbose_name = _("thành phần dự")
        verbose_name_plural = _("thành phần dự")
        constraints = (
            models.CheckConstraint(
                name="attendee_is_one",
                condition=Q(person__isnull=False, agency=None, text="")
                | Q(person=None, agency__isnull=False, text="")
                | Q(person=None, agency=None) & ~Q(text=""),
            ),
        )

    def __str__(self) -> str:
        return self.text or str(self.person or self.agency)
