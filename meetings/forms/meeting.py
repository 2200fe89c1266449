"""Forms of one meeting: its head, its day and place, and the rows of sessions, points and people."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Div, Field, Layout
from django import forms
from django.db.models import Q
from django.forms import BaseFormSet, formset_factory
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agencies.models import IssuingBody, Person
from agencies.rules import standing
from documents.models.document import DRAFTERS
from lucngan.lib.dates import weekday
from meetings.forms.fields import ClockField, DayField, WordsField
from meetings.guests import office_of
from meetings.models import Attendee, Meeting, Room, Series
from meetings.models.times import NOON, PartOfDay
from meetings.moving import Slot

NONE = ("", "–")
#: What is printed for a meeting whose day is not known yet.
UNKNOWN = gettext_lazy("lịch cụ thể sẽ thông báo sau")


def helper(*rows: Any) -> FormHelper:
    """Fields only, in the 12-column grid of ``.formgrid``; the page draws the form."""
    made = FormHelper()
    made.form_tag = False
    made.disable_csrf = True
    made.layout = Layout(Div(*rows, css_class="formgrid"))
    return made


def cell(name: str, width: str = "", **attributes: Any) -> Div:
    """One field in the grid; ``width`` is of twelve ("w4") and may say when it is shown ("for-day")."""
    return Div(Field(name, **attributes), css_class=width)


def bodies_of(person: Person) -> Any:
    """The issuing bodies for which the person plans meetings today."""
    ids = standing(person).office_of(*DRAFTERS)
    return IssuingBody.objects.filter(pk__in=ids, active=True).select_related("agency")


def rooms_of(body_id: int | None, keep: int | None = None) -> Any:
    """Rooms of the body and shared ones, and the one that the meeting has."""
    usable = Q(active=True) & (Q(issuing_body=body_id) | Q(issuing_body=None))
    return Room.objects.filter(usable | Q(pk=keep))


class PersonChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A person with the position."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj} ({obj.position})" if obj.position else str(obj)


class SlotForm(forms.Form):
    """Day, half-day, times and place. ``slot()`` gives the value."""

    TENTATIVE, CONFIRMED, WEEKLY, UNKNOWN_DAY, POSTPONED = (
        "tentative",
        "confirmed",
        "weekly",
        "unknown",
        "postponed",
    )
    KINDS = (
        (TENTATIVE, gettext_lazy("Dự kiến một ngày"), gettext_lazy("Trong văn bản ghi “Dự kiến ngày …”.")),
        (CONFIRMED, gettext_lazy("Chốt một ngày"), gettext_lazy("Ngày họp chính thức.")),
        (WEEKLY, gettext_lazy("Hằng tuần"), gettext_lazy("Ví dụ: chiều thứ Hai hằng tuần.")),
        (UNKNOWN_DAY, gettext_lazy("Chưa có ngày"), gettext_lazy("Ghi “lịch cụ thể sẽ thông báo sau”.")),
        (POSTPONED, gettext_lazy("Hoãn"), gettext_lazy("Hội nghị mất ngày họp cho đến khi chọn ngày mới.")),
    )
    #: Which of them this form offers.
    OFFERED: tuple[str, ...] = (TENTATIVE, CONFIRMED, WEEKLY, UNKNOWN_DAY)

    when = forms.ChoiceField(label=gettext_lazy("Ngày họp"), widget=forms.RadioSelect, initial=TENTATIVE)
    on = DayField(label=gettext_lazy("Ngày"))
    weekly_on = forms.TypedChoiceField(
        label=gettext_lazy("Vào thứ"), required=False, coerce=int, empty_value=None
    )
    note = WordsField(label=gettext_lazy("Ghi là"), required=False, max_length=200)
    part_of_day = forms.ChoiceField(label=gettext_lazy("Buổi"), choices=PartOfDay.choices, required=False)
    starts_at = ClockField(label=gettext_lazy("Từ giờ"))
    ends_at = ClockField(label=gettext_lazy("Đến giờ"))
    room = forms.ModelChoiceField(
        Room.objects.none(), label=gettext_lazy("Phòng họp"), required=False, empty_label="–"
    )
    place = WordsField(label=gettext_lazy("Địa điểm khác"), required=False, max_length=200)

    def __init__(self, *args: Any, body_id: int | None, room_id: int | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "when", [(value, label) for value, label, _h in self.KINDS if value in self.OFFERED])
        choose(self, "weekly_on", [NONE, *weekdays()])
        self.fields["room"].queryset = rooms_of(body_id, room_id)  # type: ignore[attr-defined]
        self.fields["room"].error_messages["invalid_choice"] = _(
            "Phòng này thuộc cơ quan khác hoặc không còn dùng. Hãy chọn phòng khác."
        )
        self.fields["note"].widget.attrs["placeholder"] = str(UNKNOWN)

    slot_helper = helper(
        cell("on", "w4 for-day"),
        cell("weekly_on", "w4 for-weekly"),
        cell("note", "w4 for-unknown"),
        cell("part_of_day", "w4 for-time"),
        cell("starts_at", "w2 for-time"),
        cell("ends_at", "w2 for-time"),
        cell("room", "w6 for-time"),
        cell("place", "w6 for-time"),
    )

    @property
    def kinds(self) -> list[dict[str, Any]]:
        """The choices of ``when`` for the page, with their explanation."""
        now = self["when"].value()
        return [
            {"value": value, "label": label, "help": text, "checked": value == now}
            for value, label, text in self.KINDS
            if value in self.OFFERED
        ]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        when = data.get("when")
        if when in (self.TENTATIVE, self.CONFIRMED) and not data.get("on") and "on" not in self.errors:
            self.add_error("on", _("Hãy chọn ngày, hoặc chọn “Chưa có ngày”."))
        if when == self.WEEKLY and data.get("weekly_on") is None and "weekly_on" not in self.errors:
            self.add_error("weekly_on", _("Hãy chọn thứ trong tuần."))
        if sentence := other_half(data.get("part_of_day") or "", data.get("starts_at")):
            self.add_error("starts_at", sentence)
        return data

    def slot(self) -> Slot:
        """The day and place that the form says; what could not be read is left out."""
        data = getattr(self, "cleaned_data", {})
        when = data.get("when")
        dated = when in (self.TENTATIVE, self.CONFIRMED)
        room = data.get("room")
        return Slot(
            data.get("on") if dated else None,
            tentative=when == self.TENTATIVE,
            part_of_day=data.get("part_of_day") or "",
            starts_at=data.get("starts_at"),
            ends_at=data.get("ends_at"),
            room_id=room.pk if room else None,
            place=data.get("place") or "",
            note=(data.get("note") or str(UNKNOWN)) if when == self.UNKNOWN_DAY else "",
        )

    def weekly(self) -> int | None:
        """The weekday of a weekly meeting, None for any other."""
        data = getattr(self, "cleaned_data", {})
        return data.get("weekly_on") if data.get("when") == self.WEEKLY else None


def other_half(part: str, starts_at: dt.time | None) -> str:
    """The sentence for a time that is not in the half-day that was chosen; "" where it is."""
    if starts_at is None or not part or (part == PartOfDay.MORNING) == (starts_at < NOON):
        return ""
    if part == PartOfDay.MORNING:
        return _("Giờ này thuộc buổi chiều. Hãy sửa giờ hoặc chọn lại buổi.")
    return _("Giờ này thuộc buổi sáng. Hãy sửa giờ hoặc chọn lại buổi.")


def weekdays() -> list[tuple[int, str]]:
    """Numbers and names of the week, 0 for Monday."""
    return [(n, weekday(dt.date(2024, 1, 1) + dt.timedelta(days=n))) for n in range(7)]


def choose(form: forms.BaseForm, name: str, choices: Iterable[Any]) -> None:
    """Give a choice field its choices."""
    form.fields[name].choices = list(choices)  # type: ignore[attr-defined]


def initial_of(slot: Slot, weekly_on: int | None = None) -> dict[str, Any]:
    """What a form shows for a slot."""
    when = SlotForm.TENTATIVE if slot.tentative or slot.on is None else SlotForm.CONFIRMED
    if slot.on is None and slot.note:
        when = SlotForm.UNKNOWN_DAY
    if weekly_on is not None:
        when = SlotForm.WEEKLY
    return {
        "when": when,
        "on": slot.on,
        "weekly_on": weekly_on,
        "note": slot.note,
        "part_of_day": slot.part_of_day,
        "starts_at": slot.starts_at,
        "ends_at": slot.ends_at,
        "room": slot.room_id,
        "place": slot.place,
    }


class HeadForm(forms.Form):
    """Title, series, chair, lead times."""

    title = WordsField(label=gettext_lazy("Tên hội nghị"), max_length=1000, required=False)
    series = forms.ModelChoiceField(
        Series.objects.none(), label=gettext_lazy("Thuộc loạt"), required=False, empty_label="–"
    )
    chair = PersonChoice(
        Person.objects.none(), label=gettext_lazy("Người chủ trì"), required=False, empty_label="–"
    )
    chair_text = WordsField(label=gettext_lazy("Hoặc ghi tay"), required=False, max_length=200)
    registration_days = forms.IntegerField(label=gettext_lazy("Chốt đăng ký nội dung"), required=False)
    appraisal_days = forms.IntegerField(label=gettext_lazy("Thẩm định nội dung"), required=False)
    documents_days = forms.IntegerField(label=gettext_lazy("Gửi tài liệu"), required=False)
    invitation_days = forms.IntegerField(label=gettext_lazy("Gửi giấy mời"), required=False)
    #: What the page showed of the head when it was opened (``Plan.seen``).
    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)

    def __init__(
        self, *args: Any, body_id: int | None, meeting: Meeting | None, today: dt.date, **kw: Any
    ) -> None:
        if isinstance(self, SlotForm):
            kw["body_id"] = body_id
        super().__init__(*args, **kw)
        keep_series = meeting.series_id if meeting else None
        usable = Q(active=True, issuing_body=body_id) | Q(pk=keep_series)
        self.fields["series"].queryset = Series.objects.filter(usable)  # type: ignore[attr-defined]
        chairs = office_of(body_id or 0, today) | Person.objects.filter(
            pk=(meeting.chair_id if meeting else None) or 0
        )
        self.fields["chair"].queryset = chairs.order_by("full_name", "pk")  # type: ignore[attr-defined]
        self.fields["chair_text"].help_text = _("Khi người chủ trì không có tài khoản.")
        for name in ("registration_days", "appraisal_days", "documents_days", "invitation_days"):
            self.fields[name].widget.attrs |= {"min": 0, "max": 60, "inputmode": "numeric"}
            self.fields[name].error_messages["invalid"] = _("Hãy ghi số ngày làm việc, ví dụ: 3.")

    title_helper = helper(cell("title"))
    chair_helper = helper(cell("chair", "w6"), cell("chair_text", "w6"))
    lead_helper = helper(
        cell("registration_days", "w3"),
        cell("appraisal_days", "w3"),
        cell("documents_days", "w3"),
        cell("invitation_days", "w3"),
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("chair") and data.get("chair_text"):
            self.add_error("chair_text", _("Chọn người chủ trì hoặc ghi tay, không cả hai."))
        return data


class PlanForm(HeadForm, SlotForm):
    """A new meeting: head, day and place."""

    issuing_body = forms.ModelChoiceField(
        IssuingBody.objects.none(), label=gettext_lazy("Cơ quan tổ chức"), empty_label=None
    )
    #: Becomes the public id of the meeting, so that the form sent twice makes one.
    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    field_order = ("issuing_body", "series", "title")

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["issuing_body"].queryset = bodies_of(person)  # type: ignore[attr-defined]


class Row(forms.Form):
    """One of several rows; a row that says nothing is left out."""

    #: Fields that make a row worth keeping.
    SAYS: tuple[str, ...] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            select = isinstance(field.widget, forms.Select)
            field.widget.attrs["class"] = "form-select" if select else "form-control"

    @property
    def is_empty(self) -> bool:
        data = getattr(self, "cleaned_data", {})
        return not any(data.get(name) not in (None, "", 0) for name in self.SAYS) and not self.errors

    def place(self, name: str) -> str:
        """The field where an error is shown."""
        return name if name in self.fields else next(iter(self.fields))


class SessionRow(Row):
    """One session."""

    SAYS = ("title", "part_of_day", "starts_at", "ends_at", "days_after")

    pk = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0, max_value=2**31 - 1)
    title = WordsField(label=gettext_lazy("Tên phiên"), required=False, max_length=200)
    days_after = forms.IntegerField(
        label=gettext_lazy("Sau mấy ngày"), required=False, max_value=2**15 - 1, min_value=0
    )
    part_of_day = forms.ChoiceField(label=gettext_lazy("Buổi"), choices=PartOfDay.choices, required=False)
    starts_at = ClockField(label=gettext_lazy("Từ giờ"))
    ends_at = ClockField(label=gettext_lazy("Đến giờ"))

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if sentence := other_half(data.get("part_of_day") or "", data.get("starts_at")):
            self.add_error("starts_at", sentence)
        return data


class PointRow(Row):
    """One connecting point."""

    SAYS = ("name", "room", "agency")

    name = WordsField(label=gettext_lazy("Điểm cầu"), required=False, max_length=200)
    room = forms.TypedChoiceField(label=gettext_lazy("Phòng"), required=False, coerce=int, empty_value=None)
    agency = WordsField(label=gettext_lazy("Cơ quan phụ trách"), required=False, max_length=200)

    def __init__(self, *args: Any, rooms: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "room", [NONE, *rooms])
        self.fields["agency"].widget.attrs |= {"data-pick": "agencies", "autocomplete": "off"}


class AttendeeRow(Row):
    """Who is asked, as typed; ``ref`` is what was chosen from the suggestions ("p12", "a7", "text")."""

    SAYS = ("who",)

    who = WordsField(label=gettext_lazy("Người, cơ quan hoặc thành phần"), required=False, max_length=200)
    ref = forms.CharField(widget=forms.HiddenInput, required=False, max_length=20)
    part = forms.ChoiceField(label=gettext_lazy("Tư cách"), choices=Attendee.Part.choices, required=False)
    scope = forms.ChoiceField(label=gettext_lazy("Dự"), required=False)

    def __init__(self, *args: Any, scopes: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "scope", scopes)
        self.fields["who"].widget.attrs |= {"data-pick": "people agencies", "autocomplete": "off"}
        self.fields["scope"].error_messages["invalid_choice"] = _("Phiên này không còn. Hãy chọn lại.")

    def ask(self, options: list[Any]) -> None:
        """Several bear the name: let the person choose one of ``options``, or the words alone."""
        rows = [(each.ref, f"{each.name} ({each.more})" if each.more else each.name) for each in options]
        choices = [("", _("Chọn…")), *rows, ("text", _("Chỉ ghi tên này"))]
        self.fields["ref"].widget = forms.Select(choices=choices, attrs={"class": "form-select"})
        self.fields["ref"].label = _("Là ai")
        self.add_error("who", _("Có nhiều người, cơ quan cùng tên này. Hãy chọn ở ô bên dưới."))
        self.asked = True

    asked = False


class Rows(BaseFormSet):  # type: ignore[type-arg]
    """Rows in their order; without script, ORDER and DELETE are a number and a tick."""

    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        form.fields["ORDER"].label = _("Thứ tự")
        form.fields["ORDER"].widget.attrs["class"] = "form-control"
        form.fields["DELETE"].label = _("Bỏ")
        form.fields["DELETE"].widget.attrs["class"] = "form-check-input"

    def kept(self) -> list[Any]:
        """The rows that say something and stay, in their order."""
        rows = [
            form
            for form in self.forms
            if hasattr(form, "cleaned_data") and not form.is_empty and not form.cleaned_data.get("DELETE")
        ]
        rows.sort(key=lambda form: form.cleaned_data.get("ORDER") or 10_000)
        return rows


def rows_of(form: type[Row], extra: int, most: int) -> Any:
    """A set of rows with ``extra`` empty ones at its end."""
    return formset_factory(
        form, formset=Rows, extra=extra, can_order=True, can_delete=True, max_num=most, absolute_max=most
    )
