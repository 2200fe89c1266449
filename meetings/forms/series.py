"""Forms of series and rooms."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Div, Field, Fieldset, Layout
from django import forms
from django.core.validators import MaxLengthValidator, MaxValueValidator, MinValueValidator
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agencies.models import Agency, IssuingBody, Membership, Person
from agencies.models.issuing import OFFICE
from lucngan.lib import dates
from meetings import recurrence, rooms
from meetings.forms.fields import ClockField, DayField, WordsField
from meetings.milestones import calendar_for
from meetings.models import Room, Series
from meetings.models.times import NOON, PartOfDay
from meetings.series import FIELDS

Frequency = Series.Frequency

#: No regulation asks for more; a quarter has about as many working days.
LONGEST_LEAD = 60

#: Which of the fields of the day belong to which frequency; the others are emptied.
DAY_FIELDS = {
    Frequency.WEEKLY: ("weekday",),
    Frequency.MONTHLY_WEEKDAY: ("weekday", "nth"),
    Frequency.MONTHLY_DAY: ("day_of_month",),
    Frequency.QUARTERLY: ("month_of_quarter", "day_of_month", "weekday", "nth"),
    Frequency.BY_RULE: (),
}
ALL_DAY_FIELDS = ("weekday", "nth", "day_of_month", "month_of_quarter")

#: Lead times from the earliest day to the latest: none may be shorter than one behind it.
LEADS = ("registration_days", "appraisal_days", "documents_days")


def weekdays() -> list[tuple[str, str]]:
    """The days of a week, Monday first, as a choice; the first is none."""
    monday = dt.date(2024, 1, 1)
    names = [dates.weekday(monday + dt.timedelta(days=n)) for n in range(7)]
    return [("", "—"), *((str(n), name[0].upper() + name[1:]) for n, name in enumerate(names))]


NTHS = (
    ("", "—"),
    ("1", gettext_lazy("Tuần thứ nhất")),
    ("2", gettext_lazy("Tuần thứ hai")),
    ("3", gettext_lazy("Tuần thứ ba")),
    ("4", gettext_lazy("Tuần thứ tư")),
    ("-1", gettext_lazy("Tuần cuối")),
)
MONTHS_OF_QUARTER = (
    ("", "—"),
    ("1", gettext_lazy("Tháng đầu quý")),
    ("2", gettext_lazy("Tháng giữa quý")),
    ("3", gettext_lazy("Tháng cuối quý")),
)


def people_of(body: IssuingBody, day: dt.date, *also: int) -> QuerySet[Person]:
    """Who chairs or attends: the office and leaders of the body, leaders of the other bodies; and those
    whom the series has already."""
    office = Q(issuing_body=body, role__in=OFFICE) | Q(role=Membership.Role.LEADER, issuing_body__active=True)
    here = Membership.objects.on(day).filter(office).order_by().values("person")
    return Person.objects.filter(Q(pk__in=here, is_active=True) | Q(pk__in=also)).order_by("full_name", "pk")


def agencies_of(day: dt.date, *also: int) -> QuerySet[Agency]:
    """Agencies that exist on the day; and those that the series has already."""
    today = Agency.objects.valid_on(day).order_by().values("pk")
    return Agency.objects.filter(Q(pk__in=today) | Q(pk__in=also)).order_by("short_name", "pk")


def speak(form: forms.Form) -> None:
    """Sentences of the office in place of the framework's."""
    for field in form.fields.values():
        messages = field.error_messages
        messages["required"] = _("Ô này chưa ghi.")
        messages["invalid_choice"] = messages["invalid_pk_value"] = _("Chọn một mục có trong danh sách.")
        if isinstance(field, forms.IntegerField):
            messages["invalid"] = _("Ghi bằng chữ số.")
        if isinstance(field, forms.CharField) and field.max_length:
            sentence = _("Dài nhất %(most)s ký tự.") % {"most": field.max_length}
            field.validators = [v for v in field.validators if not isinstance(v, MaxLengthValidator)]
            field.validators.append(MaxLengthValidator(field.max_length, sentence))


class SeriesForm(forms.Form):
    """A series of one body. All fields are there and checked without script; those that the frequency does
    not use are emptied."""

    title = WordsField(label=gettext_lazy("Tên hội nghị"), max_length=300)
    chair = forms.ModelChoiceField(
        Person.objects.none(),
        required=False,
        label=gettext_lazy("Chủ trì"),
        empty_label=gettext_lazy("Chưa định"),
    )
    frequency = forms.ChoiceField(choices=Frequency.choices, label=gettext_lazy("Chu kỳ"))
    weekday = forms.TypedChoiceField(
        coerce=int, empty_value=None, required=False, label=gettext_lazy("Vào thứ")
    )
    nth = forms.TypedChoiceField(
        choices=NTHS, coerce=int, empty_value=None, required=False, label=gettext_lazy("Tuần trong tháng")
    )
    day_of_month = forms.IntegerField(
        required=False,
        widget=forms.NumberInput(attrs={"min": 1, "max": 31}),
        validators=[
            MinValueValidator(1, gettext_lazy("Ghi ngày trong tháng, từ 1 đến 31.")),
            MaxValueValidator(31, gettext_lazy("Ghi ngày trong tháng, từ 1 đến 31.")),
        ],
        label=gettext_lazy("Ngày trong tháng"),
        help_text=gettext_lazy("31 là ngày cuối tháng."),
    )
    month_of_quarter = forms.TypedChoiceField(
        choices=MONTHS_OF_QUARTER,
        coerce=int,
        empty_value=None,
        required=False,
        label=gettext_lazy("Tháng của quý"),
    )
    day_off_policy = forms.ChoiceField(
        choices=Series.DayOffPolicy.choices, label=gettext_lazy("Gặp ngày nghỉ thì")
    )
    on_days_off = forms.BooleanField(
        required=False,
        label=gettext_lazy("Họp cả ngày nghỉ"),
        help_text=gettext_lazy("Ví dụ: tiếp công dân sáng thứ Bảy."),
    )
    part_of_day = forms.ChoiceField(choices=PartOfDay.choices, required=False, label=gettext_lazy("Buổi"))
    starts_at = ClockField(label=gettext_lazy("Bắt đầu lúc"))
    ends_at = ClockField(label=gettext_lazy("Kết thúc lúc"))
    room = forms.ModelChoiceField(
        Room.objects.none(),
        required=False,
        label=gettext_lazy("Phòng họp"),
        empty_label=gettext_lazy("Không chọn"),
    )
    place = WordsField(label=gettext_lazy("Địa điểm khác"), max_length=200, required=False)
    registration_days = forms.IntegerField(label=gettext_lazy("Chốt đăng ký"))
    appraisal_days = forms.IntegerField(label=gettext_lazy("Thẩm định nội dung"))
    documents_days = forms.IntegerField(label=gettext_lazy("Gửi tài liệu"))
    invitation_days = forms.IntegerField(label=gettext_lazy("Gửi giấy mời"))
    since = DayField(label=gettext_lazy("Áp dụng từ ngày (không bắt buộc)"))
    until = DayField(label=gettext_lazy("Đến hết ngày (không bắt buộc)"))
    people = forms.ModelMultipleChoiceField(
        Person.objects.none(),
        required=False,
        label=gettext_lazy("Cá nhân"),
        widget=forms.CheckboxSelectMultiple,
    )
    agencies = forms.ModelMultipleChoiceField(
        Agency.objects.none(),
        required=False,
        label=gettext_lazy("Cơ quan, đơn vị"),
        widget=forms.CheckboxSelectMultiple,
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput, max_length=40)

    def __init__(
        self, *args: Any, body: IssuingBody, today: dt.date, series: Series | None = None, **kwargs: Any
    ) -> None:
        self.body, self.today = body, today
        super().__init__(*args, **kwargs)
        had = list(series.attendees.all()) if series else []
        people = {row.person_id for row in had if row.person_id}
        chair = {series.chair_id} if series and series.chair_id else set()
        room = Q(pk=series.room_id) if series and series.room_id else Q(pk__in=())
        self._choose("chair", people_of(body, today, *chair))
        self._choose("people", people_of(body, today, *people))
        self._choose("agencies", agencies_of(today, *(row.agency_id for row in had if row.agency_id)))
        usable = rooms.usable_by(body).order_by().values("pk")
        self._choose("room", Room.objects.filter(Q(pk__in=usable) | room))
        self.fields["weekday"].choices = weekdays()  # type: ignore[attr-defined]
        for name in (*LEADS, "invitation_days"):
            self._lead(self.fields[name])
        speak(self)
        self.fields["title"].error_messages["required"] = _("Hãy nhập tên hội nghị.")
        self.helper = _helper()

    def _choose(self, name: str, rows: QuerySet[Any]) -> None:
        self.fields[name].queryset = rows  # type: ignore[attr-defined]

    @staticmethod
    def _lead(field: Any) -> None:
        field.required = False
        field.min_value, field.max_value = 0, LONGEST_LEAD
        field.widget.attrs |= {"min": 0, "max": LONGEST_LEAD, "inputmode": "numeric"}
        field.help_text = _("ngày làm việc trước ngày họp")

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        for name in ALL_DAY_FIELDS:
            if name not in DAY_FIELDS.get(data.get("frequency", ""), ALL_DAY_FIELDS):
                data[name] = None
                self.errors.pop(name, None)
        self._check_day(data)
        self._check_time(data)
        self._check_leads(data)
        self._check_bounds(data)
        if not self.errors and (sentence := self._never(data)):
            self.add_error("frequency", sentence)
        return data

    def _check_day(self, data: dict[str, Any]) -> None:
        """The day that the frequency needs; of a quarter one of the two ways to say it."""
        wanted = {
            "weekday": _("Chọn thứ trong tuần."),
            "nth": _("Chọn tuần trong tháng."),
            "day_of_month": _("Ghi ngày trong tháng, từ 1 đến 31."),
            "month_of_quarter": _("Chọn tháng của quý."),
        }
        needed = list(DAY_FIELDS.get(data.get("frequency", ""), ()))
        if data.get("frequency") == Frequency.QUARTERLY:
            by_weekday = data.get("weekday") is not None or data.get("nth") is not None
            if by_weekday and data.get("day_of_month") is not None:
                sentence = _("Chọn một cách: ngày trong tháng, hoặc thứ và tuần. Bỏ trống cách kia.")
                self.add_error("day_of_month", sentence)
            unused = ("day_of_month",) if by_weekday else ("weekday", "nth")
            needed = [name for name in needed if name not in unused]
        for name in needed:
            if data.get(name) is None and name not in self.errors:
                self.add_error(name, wanted[name])

    def _check_time(self, data: dict[str, Any]) -> None:
        start, end, part = data.get("starts_at"), data.get("ends_at"), data.get("part_of_day")
        if end and not start and "starts_at" not in self.errors:
            self.add_error("starts_at", _("Có giờ kết thúc thì ghi cả giờ bắt đầu."))
        if start and end and end <= start:
            self.add_error("ends_at", _("Giờ kết thúc phải sau giờ bắt đầu."))
        if start and part and (start < NOON) != (part == PartOfDay.MORNING):
            words = {"time": f"{start:%H:%M}", "part": str(PartOfDay(part).label).lower()}
            self.add_error("part_of_day", _("%(time)s không thuộc %(part)s.") % words)

    def _check_leads(self, data: dict[str, Any]) -> None:
        """Each within reason, and in the order of the trade: registration closes, appraisal, documents."""
        for name in (*LEADS, "invitation_days"):
            days = data.get(name)
            if days is not None and not 0 <= days <= LONGEST_LEAD:
                sentence = _("Ghi từ 0 đến %(most)s ngày làm việc.") % {"most": LONGEST_LEAD}
                self.add_error(name, sentence)
        given = [(name, data[name]) for name in LEADS if data.get(name) is not None]
        for (earlier, more), (later, fewer) in pairwise(given):
            if more < fewer:
                words = {"earlier": self.fields[earlier].label, "later": self.fields[later].label}
                sentence = _("“%(earlier)s” phải sớm hơn hoặc cùng ngày với “%(later)s”.") % words
                self.add_error(earlier, sentence)

    def _check_bounds(self, data: dict[str, Any]) -> None:
        since, until, ended = data.get("since"), data.get("until"), self.body.agency.valid_to
        if since and until and until < since:
            self.add_error("until", _("Ngày cuối phải từ ngày đầu trở đi."))
        if ended and (since or self.today) > ended:
            words = {"body": self.body.agency.name, "end": dates.short(ended)}
            self.add_error("since", _("%(body)s chỉ hoạt động đến hết ngày %(end)s.") % words)

    def _never(self, data: dict[str, Any]) -> str | None:
        series = self.series(data)
        start = max(self.today, series.since) if series.since else self.today
        calendar = calendar_for(self.today, start + recurrence.TWO_YEARS)
        return recurrence.problem(series, calendar, self.today)

    def fixes_days(self) -> bool:
        """Do the fields that say the days hold together, whatever else is still missing?"""
        told = ("frequency", "day_off_policy", "since", "until", *ALL_DAY_FIELDS)
        return not any(name in self.errors for name in told)

    def series(self, data: dict[str, Any] | None = None) -> Series:
        """The unsaved series of a form that is valid."""
        return Series(issuing_body=self.body, **self.values(data))

    def values(self, data: dict[str, Any] | None = None) -> dict[str, Any]:
        """The fields to write."""
        data = self.cleaned_data if data is None else data
        return {name: data.get(name) for name in FIELDS}


def initial_of(series: Series) -> dict[str, Any]:
    """What the form shows of a series."""
    asked = list(series.attendees.all())
    return {name: getattr(series, name) for name in FIELDS} | {
        "chair": series.chair_id,
        "room": series.room_id,
        "people": [row.person_id for row in asked if row.person_id],
        "agencies": [row.agency_id for row in asked if row.agency_id],
    }


def _helper() -> FormHelper:
    """Sections of the form; ``data-for`` names the frequencies that a field belongs to."""
    made = FormHelper()
    made.form_tag = False
    made.disable_csrf = True
    made.layout = Layout(
        "seen",
        Fieldset(
            _("Hội nghị"),
            Div(_part("title"), _part("chair", "w6"), css_class="formgrid"),
        ),
        Fieldset(
            _("Chu kỳ"),
            Div(
                _part("frequency", "w6"),
                _part("weekday", "w3", "weekly monthly_weekday quarterly"),
                _part("nth", "w3", "monthly_weekday quarterly"),
                _part("month_of_quarter", "w3", "quarterly"),
                _part("day_of_month", "w3", "monthly_day quarterly"),
                _part("day_off_policy", "w6", "weekly monthly_weekday monthly_day quarterly"),
                _part("on_days_off", "w6", "weekly monthly_weekday monthly_day quarterly"),
                css_class="formgrid",
            ),
            Div(_part("since", "w6"), _part("until", "w6"), css_class="formgrid"),
        ),
        Fieldset(
            _("Giờ và nơi họp (không bắt buộc)"),
            Div(
                _part("part_of_day", "w4"),
                _part("starts_at", "w4"),
                _part("ends_at", "w4"),
                _part("room", "w6"),
                _part("place", "w6"),
                css_class="formgrid",
            ),
        ),
        Fieldset(
            _("Chuẩn bị (không bắt buộc)"),
            Div(
                _part("registration_days", "w3"),
                _part("appraisal_days", "w3"),
                _part("documents_days", "w3"),
                _part("invitation_days", "w3"),
                css_class="formgrid leads",
            ),
        ),
        Fieldset(
            _("Thành phần dự thường xuyên (không bắt buộc)"),
            Div(_part("people", "w6 ticks"), _part("agencies", "w6 ticks"), css_class="formgrid"),
        ),
    )
    return made


def _part(name: str, width: str = "", frequencies: str = "") -> Div:
    more = {"data_for": frequencies} if frequencies else {}
    return Div(Field(name), css_class=width, **more)


class RoomForm(forms.Form):
    """A room: name, seats, and whether other offices of the place use it too."""

    name = WordsField(label=gettext_lazy("Tên phòng"), max_length=120)
    seats = forms.IntegerField(
        required=False,
        label=gettext_lazy("Số chỗ (không bắt buộc)"),
        widget=forms.NumberInput(attrs={"min": 1, "max": 9999}),
        validators=[
            MinValueValidator(1, gettext_lazy("Ghi từ 1 đến 9.999 chỗ.")),
            MaxValueValidator(9999, gettext_lazy("Ghi từ 1 đến 9.999 chỗ.")),
        ],
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs["class"] = "form-control"
        speak(self)
        self.fields["name"].error_messages["required"] = _("Hãy nhập tên phòng.")


class NewRoomForm(RoomForm):
    """A new room of one of the bodies that the person drafts for, or shared."""

    owner = forms.ChoiceField(label=gettext_lazy("Của"))

    def __init__(self, *args: Any, bodies: list[IssuingBody], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.bodies = {str(body.pk): body for body in bodies}
        self.fields["owner"].initial = next(iter(self.bodies), "")
        own = [(key, body.agency.name) for key, body in self.bodies.items()]
        self.fields["owner"].choices = [*own, ("", _("Dùng chung cho các cơ quan"))]  # type: ignore[attr-defined]
        self.fields["owner"].required = False
        speak(self)
        self.fields["name"].error_messages["required"] = _("Hãy nhập tên phòng.")
        self.fields["owner"].widget.attrs["class"] = "form-select"

    @property
    def body(self) -> IssuingBody | None:
        """Whose room it is, None for a shared one."""
        return self.bodies.get(self.cleaned_data.get("owner") or "")
