"""The form of a leader's appointment."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agencies.models import IssuingBody, Person
from meetings import rooms
from meetings.appointments import Values
from meetings.forms.fields import ClockField, DayField, WordsField
from meetings.models import Appointment, Room
from meetings.models.times import NOON, PartOfDay
from meetings.weekly import leaders_of


class AppointmentForm(forms.Form):
    """Who, when, what, where. A new one may be for any leader of the body; an old one keeps its people."""

    people = forms.ModelMultipleChoiceField(
        Person.objects.none(), label=gettext_lazy("Lãnh đạo"), widget=forms.CheckboxSelectMultiple
    )
    on = DayField(required=True, label=gettext_lazy("Ngày"))
    part_of_day = forms.ChoiceField(choices=PartOfDay.choices, required=False, label=gettext_lazy("Buổi"))
    starts_at = ClockField(label=gettext_lazy("Bắt đầu lúc"))
    ends_at = ClockField(label=gettext_lazy("Kết thúc lúc"))
    title = WordsField(max_length=300, label=gettext_lazy("Nội dung"))
    chaired_by = WordsField(required=False, max_length=200, label=gettext_lazy("Chủ trì"))
    attendees_text = WordsField(required=False, max_length=300, label=gettext_lazy("Thành phần cùng dự"))
    room = forms.ModelChoiceField(
        Room.objects.none(),
        required=False,
        label=gettext_lazy("Phòng họp"),
        empty_label=gettext_lazy("Không chọn"),
    )
    place = WordsField(required=False, max_length=200, label=gettext_lazy("Địa điểm khác"))
    tentative = forms.BooleanField(required=False, label=gettext_lazy("Dự kiến"))

    def __init__(
        self,
        *args: Any,
        body: IssuingBody,
        today: dt.date,
        appointment: Appointment | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        had = set(appointment.people.values_list("pk", flat=True)) if appointment else set()
        leaders = {person.pk for person in leaders_of(body, today)} | had
        people = Person.objects.filter(pk__in=leaders).order_by("full_name", "pk")
        self.fields["people"].queryset = people  # type: ignore[attr-defined]
        self.fields["people"].label_from_instance = described  # type: ignore[attr-defined]
        usable = rooms.usable_by(body).order_by().values("pk")
        kept = Q(pk=appointment.room_id) if appointment and appointment.room_id else Q(pk__in=())
        self.fields["room"].queryset = Room.objects.filter(Q(pk__in=usable) | kept)  # type: ignore[attr-defined]
        for name, field in self.fields.items():
            if name in ("part_of_day", "room"):
                field.widget.attrs["class"] = "form-select"
            elif name == "people" or name == "tentative":
                field.widget.attrs["class"] = "form-check-input"
            else:
                field.widget.attrs["class"] = "form-control"
        self.fields["people"].error_messages["required"] = _("Hãy chọn ít nhất một lãnh đạo.")
        self.fields["on"].error_messages["required"] = _("Hãy ghi ngày.")
        self.fields["title"].error_messages["required"] = _("Hãy ghi nội dung.")

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        start, end, part = data.get("starts_at"), data.get("ends_at"), data.get("part_of_day")
        if end and not start and "starts_at" not in self.errors:
            self.add_error("starts_at", _("Có giờ kết thúc thì ghi cả giờ bắt đầu."))
        if start and end and end <= start:
            self.add_error("ends_at", _("Giờ kết thúc phải sau giờ bắt đầu."))
        if start and part and (start < NOON) != (part == PartOfDay.MORNING):
            words = {"time": f"{start:%H:%M}", "part": str(PartOfDay(part).label).lower()}
            self.add_error("part_of_day", _("%(time)s không thuộc %(part)s.") % words)
        return data

    @property
    def values(self) -> Values:
        data = dict(self.cleaned_data)
        room = data.pop("room")
        data.pop("people")
        return Values(room_id=room.pk if room else None, **data)


def described(person: Person) -> str:
    return f"{person}, {person.position}" if person.position else str(person)


def initial_of(appointment: Appointment) -> dict[str, Any]:
    """The fields as they stand."""
    names = ("on", "part_of_day", "starts_at", "ends_at", "title", "chaired_by", "attendees_text")
    values = {name: getattr(appointment, name) for name in (*names, "place", "tentative")}
    return {**values, "room": appointment.room_id, "people": [p.pk for p in appointment.people.all()]}
