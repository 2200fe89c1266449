"""The filters of the journal."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agencies.models import IssuingBody, Person
from audit import actions
from lucngan.journal import Question

#: What the beginning of an action's name is called.
ROOMS = {
    "document": gettext_lazy("Văn bản"),
    "meeting": gettext_lazy("Hội nghị"),
    "series": gettext_lazy("Loạt hội nghị"),
    "register": gettext_lazy("Sổ văn bản"),
    "room": gettext_lazy("Phòng họp"),
    "appointment": gettext_lazy("Lịch riêng"),
    "feed": gettext_lazy("Địa chỉ lịch"),
    "check": gettext_lazy("Phép soát"),
    "administration": gettext_lazy("Quản trị"),
    "journal": gettext_lazy("Nhật ký"),
}


class JournalForm(forms.Form):
    """Days, person, action, body; what is left empty narrows nothing."""

    tu_ngay = forms.DateField(required=False, label=gettext_lazy("Từ ngày"))
    den_ngay = forms.DateField(required=False, label=gettext_lazy("Đến hết ngày"))
    nguoi = forms.ModelChoiceField(
        Person.objects.none(), required=False, empty_label=gettext_lazy("Tất cả"), label=gettext_lazy("Người")
    )
    viec = forms.ChoiceField(required=False, label=gettext_lazy("Việc"))
    co_quan = forms.ModelChoiceField(
        IssuingBody.objects.none(),
        required=False,
        empty_label=gettext_lazy("Tất cả"),
        label=gettext_lazy("Cơ quan"),
    )

    def __init__(self, *args: Any, bodies: frozenset[int] | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.bodies = bodies
        seen = IssuingBody.objects.select_related("agency")
        self.fields["co_quan"].queryset = seen if bodies is None else seen.filter(pk__in=bodies)  # type: ignore[attr-defined]
        self.fields["nguoi"].queryset = Person.objects.order_by("full_name", "pk")  # type: ignore[attr-defined]
        self.fields["viec"].choices = [("", _("Tất cả")), *grouped()]  # type: ignore[attr-defined]
        for field in self.fields.values():
            day = isinstance(field, forms.DateField)
            field.widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}) if day else field.widget
            field.widget.attrs["class"] = "form-control" if day else "form-select"

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if data.get("tu_ngay") and data.get("den_ngay") and data["den_ngay"] < data["tu_ngay"]:
            self.add_error("den_ngay", _("Ngày cuối phải sau ngày đầu."))
        return data

    def question(self) -> Question | None:
        """What is asked; None where a field says what cannot be."""
        if not self.is_valid():
            return None
        data = self.cleaned_data
        body, person = data["co_quan"], data["nguoi"]
        return Question(
            bodies=frozenset((body.pk,)) if body else self.bodies,
            since=data["tu_ngay"],
            until=data["den_ngay"],
            person=person.pk if person else None,
            action=data["viec"],
        )


def grouped() -> list[tuple[str, list[tuple[str, str]]]]:
    """Every action by room, in the order of their sentences."""
    rooms: dict[str, list[tuple[str, str]]] = {}
    for name in actions.names():
        room = name.partition(".")[0]
        rooms.setdefault(str(ROOMS.get(room, room)), []).append((name, actions.sentence(name)))
    return [(room, sorted(choices, key=lambda choice: choice[1])) for room, choices in rooms.items()]
