"""Forms of review."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agencies.models import Person
from documents.models import Decision, ReviewStep
from documents.register.forms import Styled

#: A route has no more steps.
MOST_STEPS = 6


class SubmitForm(Styled):
    """Lời trình."""

    note = forms.CharField(
        required=False,
        max_length=2000,
        label=gettext_lazy("Lời trình (không bắt buộc)"),
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class DecideForm(Styled):
    """Đồng ý hoặc trả lại."""

    choice = forms.ChoiceField(choices=Decision.Choice.choices)
    note = forms.CharField(
        required=False,
        max_length=2000,
        label=gettext_lazy("Ý kiến chung"),
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Trả lại thì phải ghi lý do."),
    )

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or {}
        if values.get("choice") == Decision.Choice.RETURN and not values.get("note", "").strip():
            self.add_error("note", _("Hãy ghi lý do trả lại."))
        return values


class RemarkForm(Styled):
    """Góp ý vào một mục: a comment, another text, or both."""

    clause = forms.UUIDField(widget=forms.HiddenInput)
    text = forms.CharField(
        required=False,
        max_length=2000,
        label=gettext_lazy("Ý kiến"),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    proposal = forms.CharField(
        required=False,
        max_length=20_000,
        label=gettext_lazy("Đề nghị sửa thành"),
        widget=forms.Textarea(attrs={"rows": 4, "lang": "vi"}),
        help_text=gettext_lazy("Sửa ngay trong ô này; để nguyên thì chỉ gửi ý kiến."),
    )


class ReasonForm(Styled):
    """A reason, for opening again and for declining."""

    reason = forms.CharField(
        max_length=300,
        label=gettext_lazy("Lý do"),
        error_messages={"required": gettext_lazy("Hãy ghi lý do.")},
    )


class StepForm(forms.Form):
    """One step of a route; an empty role is no step."""

    role = forms.ChoiceField(
        required=False,
        label=gettext_lazy("Ai duyệt"),
        choices=[("", gettext_lazy("Không có bước này")), *ReviewStep.Role.choices],
    )
    needed = forms.IntegerField(min_value=1, max_value=20, initial=1, label=gettext_lazy("Số người đồng ý"))
    person = forms.ModelChoiceField(
        Person.objects.none(),
        required=False,
        label=gettext_lazy("Đích danh"),
        empty_label=gettext_lazy("Ai giữ vai trò cũng được"),
    )

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = people  # type: ignore[attr-defined]
        for field in self.fields.values():
            select = isinstance(field.widget, forms.Select)
            field.widget.attrs["class"] = "form-select" if select else "form-control"

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or {}
        if values.get("person") and values.get("needed", 1) > 1:
            raise ValidationError(_("Bước đích danh một người thì chỉ cần một người đồng ý."))
        return values


StepForms = forms.formset_factory(StepForm, extra=0, min_num=MOST_STEPS, max_num=MOST_STEPS)
