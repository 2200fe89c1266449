"""Forms of the register."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from documents.models import Numbering, NumberSeries, RegisterEntry
from documents.register.book import HIGHEST, Part
from documents.register.sent import Sent
from documents.services import KIND_CODES
from lucngan.lib.dates import short


def kinds() -> list[tuple[str, str]]:
    """Kinds of papers by their abbreviation."""
    return [(code, f"{name.capitalize()} ({code})") for name, code in KIND_CODES.items()]


class Styled(forms.Form):
    """Bootstrap's classes on every field, and the errors where screen readers look for them."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            kind = "form-select" if isinstance(field.widget, forms.Select) else "form-control"
            if isinstance(field.widget, forms.CheckboxInput):
                kind = "form-check-input"
            field.widget.attrs["class"] = kind
            if self.is_bound and name in self.errors:
                field.widget.attrs |= {"class": f"{kind} is-invalid", "aria-invalid": "true"}


class DayField(forms.DateField):
    """A day, from the browser's calendar or typed ("26/4/2026")."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
        super().__init__(**{"widget": widget, "input_formats": ["%Y-%m-%d", "%d/%m/%Y"], **kwargs})
        self.error_messages["invalid"] = gettext_lazy("Ngày này không có. Hãy ghi như 26/4/2026.")


class FilterForm(Styled):
    """Which book, and words to look for."""

    so = forms.ModelChoiceField(
        NumberSeries.objects.none(), required=False, label=gettext_lazy("Dãy số"), empty_label=None
    )
    q = forms.CharField(required=False, max_length=80, label=gettext_lazy("Tìm trong sổ"))
    tinh_trang = forms.ChoiceField(
        required=False,
        label=gettext_lazy("Tình trạng"),
        choices=[("", gettext_lazy("Mọi số")), *RegisterEntry.State.choices],
    )


class ReserveForm(Styled):
    """Giữ số."""

    kind = forms.ChoiceField(choices=kinds, label=gettext_lazy("Loại văn bản"))
    day = DayField(label=gettext_lazy("Cho văn bản ngày"))
    reason = forms.CharField(max_length=300, label=gettext_lazy("Giữ cho việc gì"))


class EnterForm(Styled):
    """Vào sổ một văn bản làm ngoài chương trình."""

    kind = forms.ChoiceField(choices=kinds, label=gettext_lazy("Loại văn bản"))
    number = forms.IntegerField(
        required=False,
        min_value=1,
        max_value=HIGHEST,
        label=gettext_lazy("Số"),
        help_text=gettext_lazy("Để trống: lấy số kế tiếp."),
    )
    day = DayField(label=gettext_lazy("Ngày văn bản"))
    title = forms.CharField(max_length=500, label=gettext_lazy("Tên loại và trích yếu"))
    signer = forms.CharField(required=False, max_length=120, label=gettext_lazy("Người ký"))
    recipients = forms.CharField(required=False, max_length=2000, label=gettext_lazy("Nơi nhận"))


class CancelForm(Styled):
    """Hủy số, with its reason."""

    reason = forms.CharField(
        max_length=300,
        label=gettext_lazy("Lý do hủy số"),
        error_messages={"required": gettext_lazy("Hãy ghi lý do hủy số.")},
    )


class NoteForm(Styled):
    """The columns that are filled later."""

    holder = forms.CharField(required=False, max_length=120, label=gettext_lazy("Đơn vị, người nhận bản lưu"))
    copies = forms.IntegerField(
        required=False, min_value=0, max_value=9999, label=gettext_lazy("Số lượng bản")
    )
    sent_on = DayField(required=False, label=gettext_lazy("Ngày chuyển"))
    received_by = forms.CharField(required=False, max_length=120, label=gettext_lazy("Ký nhận"))
    note = forms.CharField(required=False, max_length=1000, label=gettext_lazy("Ghi chú"))

    def __init__(self, *args: Any, sent: Sent | None = None, **kwargs: Any) -> None:
        """``sent``: what the deliveries say for the columns that are left empty."""
        super().__init__(*args, **kwargs)
        if sent and sent.copies is not None:
            self.fields["copies"].help_text = _("Để trống: %(n)s bản, theo nơi nhận.") % {"n": sent.copies}
        if sent and sent.on:
            self.fields["sent_on"].help_text = _("Để trống: %(day)s, ngày gửi.") % {"day": short(sent.on)}


class VolumeForm(Styled):
    """Quyển sổ để in: từ số, đến số, quyển số."""

    tu = forms.IntegerField(required=False, min_value=1, max_value=HIGHEST, label=gettext_lazy("Từ số"))
    den = forms.IntegerField(required=False, min_value=1, max_value=HIGHEST, label=gettext_lazy("Đến số"))
    quyen = forms.IntegerField(required=False, min_value=1, max_value=999, label=gettext_lazy("Quyển số"))

    def __init__(self, *args: Any, series: NumberSeries, **kwargs: Any) -> None:
        self.whole = Part(series.start, max(series.last, series.start))
        initial = {"tu": self.whole.first, "den": self.whole.last, "quyen": 1}
        super().__init__(*args, initial=initial, **kwargs)

    def part(self) -> Part:
        """The volume that is asked for; what was left empty is the whole book, volume 1."""
        values = self.cleaned_data
        return Part(values["tu"] or self.whole.first, values["den"] or self.whole.last, values["quyen"] or 1)

    def clean(self) -> dict[str, Any]:
        """The last number is not before the first; both lie in the book."""
        values = super().clean() or {}
        if not self.errors:
            part = Part(values["tu"] or self.whole.first, values["den"] or self.whole.last)
            if part.first > part.last:
                self.add_error("den", _("Số cuối phải từ số đầu trở đi."))
            elif part.first < self.whole.first or part.last > self.whole.last:
                span = {"first": f"{self.whole.first:02d}", "last": f"{self.whole.last:02d}"}
                self.add_error("den", _("Sổ này có từ số %(first)s đến số %(last)s.") % span)
        return values


class NumberingForm(Styled):
    """Cách đánh số của một cơ quan Nhà nước."""

    grouping = forms.ChoiceField(choices=Numbering.Grouping.choices, label=gettext_lazy("Dãy số"))
    groups = forms.CharField(
        required=False,
        label=gettext_lazy("Các nhóm"),
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy(
            "Mỗi dòng một nhóm: “Hành chính: CTr, KH, BC”. Loại không nêu có dãy số riêng."
        ),
    )
    holder = forms.CharField(required=False, max_length=120, label=gettext_lazy("Nơi giữ bản lưu"))

    def clean_groups(self) -> dict[str, str]:
        """Kind → name of its group."""
        found: dict[str, str] = {}
        known = set(KIND_CODES.values())
        for line in self.cleaned_data["groups"].splitlines():
            name, sep, rest = line.partition(":")
            codes = [code.strip() for code in rest.split(",") if code.strip()]
            if not line.strip():
                continue
            if not sep or not name.strip() or not codes:
                raise ValidationError(
                    _("Dòng “%(line)s” chưa đúng: hãy ghi như “Hành chính: CTr, KH”.") % {"line": line}
                )
            for code in codes:
                if code not in known:
                    raise ValidationError(_("“%(code)s” không phải ký hiệu loại văn bản.") % {"code": code})
                if code in found:
                    raise ValidationError(_("“%(code)s” đứng ở hai nhóm.") % {"code": code})
                found[code] = name.strip()[:60]
        return found


class StartForm(Styled):
    """Số bắt đầu của một dãy số chưa dùng."""

    kind = forms.ChoiceField(choices=kinds, label=gettext_lazy("Loại văn bản"))
    first = forms.IntegerField(min_value=1, max_value=HIGHEST, label=gettext_lazy("Bắt đầu từ số"))
