"""Forms of programmes: filters, making one, its first and last parts."""

from __future__ import annotations

import datetime as dt
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Div, Field, Layout
from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.forms import BaseFormSet, formset_factory
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agencies.models import IssuingBody, Person
from agencies.rules import standing
from documents import secrecy
from documents.models import Document
from documents.operations import OperationError
from documents.papers import lines_of
from lucngan.lib.text import one_line
from paper.labels import roman
from paper.value import Recipient as PaperRecipient
from programmes.models import Programme
from programmes.periods import Period, PeriodType

ANY = ("", gettext_lazy("Tất cả"))


def helper(*rows: Any) -> FormHelper:
    """A crispy helper that draws fields only, in the 12-column grid of ``.formgrid``."""
    made = FormHelper()
    made.form_tag = False
    made.disable_csrf = True
    made.layout = Layout(Div(*rows, css_class="formgrid"))
    return made


def part(name: str, width: str = "") -> Div:
    """One field in the grid: ``w3``, ``w4``, ``w6``, ``w8`` of twelve, or the whole row."""
    return Div(Field(name), css_class=width)


class FilterForm(forms.Form):
    """Filters of the list; a value that does not exist filters nothing."""

    co_quan = forms.ModelChoiceField(
        IssuingBody.objects.none(),
        required=False,
        empty_label=gettext_lazy("Tất cả"),
        label=gettext_lazy("Cơ quan"),
    )
    loai = forms.ChoiceField(
        choices=[ANY, *PeriodType.choices], required=False, label=gettext_lazy("Loại kỳ")
    )
    trang_thai = forms.ChoiceField(required=False, label=gettext_lazy("Trạng thái"))

    def __init__(self, *args: Any, bodies: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["co_quan"].queryset = bodies  # type: ignore[attr-defined]
        self.fields["trang_thai"].choices = [ANY, *Document.State.choices]  # type: ignore[attr-defined]
        for field in self.fields.values():
            field.widget.attrs["class"] = "form-select"

    def chosen(self) -> dict[str, Any]:
        """What to filter by; unknown values are left out."""
        self.is_valid()
        data = getattr(self, "cleaned_data", {})
        return {"body": data.get("co_quan"), "type": data.get("loai"), "state": data.get("trang_thai")}


def period_choices() -> list[tuple[str, list[tuple[str, str]]]]:
    """Every period of a year, grouped by type: "month-4", "quarter-2", "half-1", "year-1"."""
    months = [(f"month-{n}", _("Tháng %(n)s") % {"n": n}) for n in range(1, 13)]
    quarters = [(f"quarter-{n}", _("Quý %(n)s") % {"n": roman(n)}) for n in range(1, 5)]
    halves = [("half-1", _("6 tháng đầu năm")), ("half-2", _("6 tháng cuối năm"))]
    return [
        (_("Tháng"), months),
        (_("Quý"), quarters),
        (_("6 tháng"), halves),
        (_("Năm"), [("year-1", _("Cả năm"))]),
    ]


def period_value(period: Period) -> str:
    """The choice that stands for a period."""
    return f"{period.type.value}-{period.index}"


class PeriodFields(forms.Form):
    """Issuing body, period and year; ``cleaned_data["whole_period"]`` is the Period."""

    issuing_body = forms.ModelChoiceField(
        IssuingBody.objects.none(), label=gettext_lazy("Cơ quan ban hành"), empty_label=None
    )
    period = forms.ChoiceField(label=gettext_lazy("Kỳ"))
    year = forms.IntegerField(label=gettext_lazy("Năm"), min_value=1990, max_value=2100)

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["issuing_body"].queryset = drafting_bodies(person)  # type: ignore[attr-defined]
        self.fields["period"].choices = period_choices()  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("period") and data.get("year"):
            kind, _sep, index = data["period"].partition("-")
            data["whole_period"] = Period(data["year"], PeriodType(kind), int(index))
        return data


def drafting_bodies(person: Person) -> Any:
    """The issuing bodies that the person drafts for today."""
    ids = standing(person).office_of("drafter", "chief")
    return IssuingBody.objects.filter(pk__in=ids).select_related("agency")


class CreateForm(PeriodFields):
    """A new programme: for whom, for when, and from what it starts."""

    STARTS = (
        (
            "empty",
            gettext_lazy("Bản trống"),
            gettext_lazy("Đầu văn bản, trích yếu, nơi nhận, người ký điền sẵn; nội dung để trống."),
        ),
        (
            "copy",
            gettext_lazy("Chép từ kỳ trước"),
            gettext_lazy("Giữ các mục, cơ quan chuẩn bị; ngày họp dời theo thứ trong tháng."),
        ),
        (
            "file",
            gettext_lazy("Tiếp nhận tệp"),
            gettext_lazy("Đọc từ tệp Word, PDF hoặc nội dung dán vào, soát lại rồi nhận."),
        ),
    )
    start = forms.ChoiceField(
        choices=[(value, label) for value, label, _help in STARTS],
        initial="empty",
        label=gettext_lazy("Bắt đầu từ"),
    )

    helper = helper(part("issuing_body"), part("period", "w8"), part("year", "w4"))

    @property
    def starts(self) -> list[dict[str, Any]]:
        """The choices of ``start`` for the page."""
        now = self["start"].value()
        return [
            {"value": v, "label": label, "help": text, "checked": v == now} for v, label, text in self.STARTS
        ]


URGENCIES = (
    ("", gettext_lazy("Không")),
    ("KHẨN", "KHẨN"),
    ("THƯỢNG KHẨN", "THƯỢNG KHẨN"),
    ("HỎA TỐC", "HỎA TỐC"),
)


#: Fields of several printed lines, and the letters that they hold together.
LINES = ("subject", "superior_lines", "letterhead_lines", "signing_authority")
LONGEST_LINES = 2_000


class DetailsForm(forms.ModelForm):  # type: ignore[type-arg]
    """Phần đầu văn bản: title, letterhead, place and date, signing block, urgency, end mark."""

    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1)
    urgency = forms.ChoiceField(choices=URGENCIES, required=False, label=gettext_lazy("Độ khẩn"))

    class Meta:
        model = Programme
        fields = (
            "subject",
            "superior_lines",
            "letterhead_lines",
            "place",
            "day",
            "month",
            "year",
            "urgency",
            "secrecy",
            "signing_manner",
            "signing_authority",
            "signing_position",
            "signing_name",
            "end_mark",
        )
        widgets = {
            "subject": forms.Textarea(attrs={"rows": 2}),
            "superior_lines": forms.Textarea(attrs={"rows": 2}),
            "letterhead_lines": forms.Textarea(attrs={"rows": 2}),
            "signing_authority": forms.Textarea(attrs={"rows": 2}),
        }

    helper = helper(
        "revision",
        part("subject"),
        part("superior_lines", "w6"),
        part("letterhead_lines", "w6"),
        part("place", "w4"),
        part("urgency", "w4"),
        part("secrecy", "w4"),
        part("day", "w4"),
        part("month", "w4"),
        part("year", "w4"),
        part("signing_authority"),
        part("signing_position", "w6"),
        part("signing_name", "w6"),
        part("signing_manner", "w6"),
        part("end_mark"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in LINES:
            self.fields[name].validators.append(MaxLengthValidator(LONGEST_LINES))
        self.fields["subject"].required = True
        self.fields["letterhead_lines"].required = True
        self.fields["day"].help_text = _("Để trống thì in khoảng trống để ghi tay.")
        optional = _("(không bắt buộc)")
        for name in ("superior_lines", "day", "signing_name"):
            self.fields[name].label = f"{self.fields[name].label} {optional}"
        self.fields["subject"].error_messages["required"] = _("Hãy nhập trích yếu.")
        self.fields["letterhead_lines"].error_messages["required"] = _("Hãy nhập tên cơ quan ban hành.")
        if not settings.SECRETS_ALLOWED:
            self.fields["secrecy"].help_text = secrecy.refusal()
        self.fields["signing_manner"].required = False
        shown = self.initial.get("urgency") or ""
        if shown and shown not in dict(URGENCIES):
            self.fields["urgency"].choices = [*URGENCIES, (shown, shown)]  # type: ignore[attr-defined]

    def clean_secrecy(self) -> str:
        degree = str(self.cleaned_data["secrecy"])
        try:
            secrecy.check(degree)
        except OperationError as error:
            raise ValidationError(str(error)) from None
        return degree

    def clean_signing_manner(self) -> str:
        """A form without the choice leaves the manner as it is."""
        return str(self.cleaned_data["signing_manner"] or self.instance.signing_manner)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        for name in LINES:
            if name in data:
                data[name] = "\n".join(lines_of(data[name] or ""))
        day, month, year = (data.get(name) for name in ("day", "month", "year"))
        if year is not None and not 1945 <= year <= 2100:
            self.add_error("year", _("Năm phải từ 1945 đến 2100."))
        elif month is not None and not 1 <= month <= 12:
            self.add_error("month", _("Tháng phải từ 1 đến 12."))
        elif day is not None:
            check_day(self, day, month, year)
        return data

    def _post_clean(self) -> None:
        """The service writes the row; the instance of the form is left as it is."""

    def values(self) -> dict[str, Any]:
        """The fields to write."""
        return {name: self.cleaned_data[name] for name in self.Meta.fields}


def check_day(form: forms.BaseForm, day: int, month: int | None, year: int | None) -> None:
    """Refuse a day that does not exist (31/4), with a sentence at the field."""
    try:
        dt.date(year or 2024, month or 1, day)
    except ValueError:
        if month:
            sentence = _("Tháng %(month)s không có ngày %(day)s.") % {"month": month, "day": day}
        else:
            sentence = _("Không có ngày %(day)s.") % {"day": day}
        form.add_error("day", ValidationError(sentence))


class RecipientForm(forms.Form):
    """One line of "Nơi nhận"; an empty line is left out."""

    mark = forms.ChoiceField(choices=(("-", "-"), ("+", "+")), required=False, label=gettext_lazy("Dấu"))
    text = forms.CharField(max_length=300, required=False, label=gettext_lazy("Nơi nhận"))
    purpose = forms.CharField(max_length=60, required=False, label=gettext_lazy("Để làm gì"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs |= {"class": "form-select" if name == "mark" else "form-control"}

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("purpose") and not one_line(data.get("text") or ""):
            self.add_error("text", _("Dòng này có mục đích nhưng chưa có nơi nhận."))
        return data


class RecipientRows(BaseFormSet):  # type: ignore[type-arg]
    """The lines in their order; without script, ORDER and DELETE are a number and a tick."""

    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        form.fields["ORDER"].label = _("Thứ tự")
        form.fields["ORDER"].widget.attrs["class"] = "form-control"
        form.fields["DELETE"].label = _("Bỏ")
        form.fields["DELETE"].widget.attrs["class"] = "form-check-input"

    def recipients(self) -> list[PaperRecipient]:
        """What was left, in order."""
        kept = [
            form.cleaned_data for form in self.ordered_forms if one_line(form.cleaned_data.get("text") or "")
        ]
        return [
            PaperRecipient(
                one_line(row["text"]), one_line(row.get("purpose") or "") or None, row.get("mark") or "-"
            )
            for row in kept
        ]


Recipients = formset_factory(
    RecipientForm, formset=RecipientRows, extra=2, can_order=True, can_delete=True, max_num=200
)


class AcceptForm(PeriodFields):
    """What becomes of a file that was read: a draft of a period, or the archive of an issued paper."""

    as_archive = forms.TypedChoiceField(
        label=gettext_lazy("Nhận thành"),
        choices=(
            ("draft", gettext_lazy("Dự thảo để soạn tiếp")),
            ("archive", gettext_lazy("Văn bản đã ban hành, lưu nguyên")),
        ),
        coerce=str,
    )

    helper = helper(part("issuing_body"), part("period", "w8"), part("year", "w4"))
