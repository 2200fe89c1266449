"""Forms of files that are being read: upload or paste, and corrections of what was read."""

from __future__ import annotations

import datetime as dt
from pathlib import PurePath
from typing import Any

from django import forms
from django.conf import settings
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agencies.models import IssuingBody
from documents.intake.correcting import Correction
from lucngan.lib.text import one_line
from paper.labels import LabelStyle
from paper.value import Paper, PartialDate, Recipient, Role, Signature

#: File names that the reader knows.
ENDINGS = (".docx", ".pdf", ".txt", ".doc")


class IntakeForm(forms.Form):
    """A file, or pasted text, for one issuing body."""

    issuing_body = forms.ModelChoiceField(
        IssuingBody.objects.none(), label=gettext_lazy("Cơ quan ban hành"), empty_label=None
    )
    upload = forms.FileField(label=gettext_lazy("Tệp"), required=False, allow_empty_file=True)
    text = forms.CharField(
        label=gettext_lazy("Hoặc dán nội dung"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 7}),
    )

    def __init__(self, *args: Any, bodies: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["issuing_body"].queryset = bodies  # type: ignore[attr-defined]
        self.fields["issuing_body"].widget.attrs["class"] = "form-select"
        self.fields["text"].widget.attrs["class"] = "form-control"
        self.fields["upload"].widget.attrs |= {"class": "form-control", "accept": ",".join(ENDINGS)}

    def clean_upload(self) -> Any:
        upload = self.cleaned_data["upload"]
        if upload is None:
            return None
        ending = PurePath(upload.name or "").suffix.lower()
        if ending not in ENDINGS:
            raise forms.ValidationError(
                _("Chỉ nhận tệp .docx, .pdf, .txt hoặc .doc. Hãy lưu lại tệp theo một trong các dạng đó.")
            )
        if upload.size > settings.UPLOAD_LIMIT:
            limit = settings.UPLOAD_LIMIT // (1024 * 1024)
            raise forms.ValidationError(
                _("Tệp lớn hơn %(mb)s MB. Hãy tách tệp hoặc bỏ bớt ảnh rồi tải lại.") % {"mb": limit}
            )
        return upload

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        upload, text = data.get("upload"), (data.get("text") or "").strip()
        if upload is not None and text:
            self.add_error("text", _("Chỉ chọn một: tệp hoặc nội dung dán. Hãy bỏ bớt một phần."))
        elif upload is None and not text and "upload" not in self.errors:
            self.add_error("upload", _("Hãy chọn một tệp hoặc dán nội dung."))
        return data


def style_choices() -> list[tuple[str, str]]:
    return [(s.value, s.value or _("không đánh số")) for s in LabelStyle if s is not LabelStyle.FOOTNOTE]


def names(text: str) -> tuple[str, ...]:
    """Names between semicolons."""
    return tuple(name for part in text.split(";") if (name := one_line(part)))


class ClauseForm(forms.Form):
    """One clause of what was read."""

    text = forms.CharField(
        label=gettext_lazy("Nội dung"), widget=forms.Textarea(attrs={"rows": 4}), required=False
    )
    style = forms.ChoiceField(label=gettext_lazy("Đánh số"), required=False)
    level = forms.TypedChoiceField(
        label=gettext_lazy("Bậc"), coerce=int, choices=[(n, str(n)) for n in range(1, 8)]
    )
    role = forms.ChoiceField(label=gettext_lazy("Loại mục"))
    lead = forms.CharField(label=gettext_lazy("Cơ quan chuẩn bị, chủ trì"), required=False, max_length=600)
    coordinate = forms.CharField(label=gettext_lazy("Phối hợp"), required=False, max_length=600)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["style"].choices = style_choices()  # type: ignore[attr-defined]
        self.fields["role"].choices = [  # type: ignore[attr-defined]
            (Role.HEADING.value, _("Đề mục")),
            (Role.PARAGRAPH.value, _("Đoạn, nội dung")),
            (Role.NOTE.value, _("Ghi chú chuẩn bị")),
        ]
        for name, field in self.fields.items():
            field.widget.attrs["class"] = (
                "form-select" if name in {"style", "level", "role"} else "form-control"
            )

    def correction(self) -> Correction:
        """What to write."""
        data = self.cleaned_data
        return Correction(
            text=data["text"],
            style=data["style"],
            level=data["level"],
            role=Role(data["role"]),
            lead=names(data["lead"]),
            coordinate=names(data["coordinate"]),
        )


class HeadForm(forms.Form):
    """The parts around the text: letterhead, number, date, title, recipients, signature block."""

    superior = forms.CharField(label=gettext_lazy("Cơ quan cấp trên"), required=False)
    issuer = forms.CharField(label=gettext_lazy("Cơ quan ban hành"), required=False)
    number = forms.IntegerField(label=gettext_lazy("Số"), required=False, min_value=1, max_value=999_999)
    notation = forms.CharField(label=gettext_lazy("Ký hiệu"), required=False, max_length=40)
    place = forms.CharField(label=gettext_lazy("Địa danh"), required=False, max_length=80)
    day = forms.IntegerField(label=gettext_lazy("Ngày"), required=False, min_value=1, max_value=31)
    month = forms.IntegerField(label=gettext_lazy("Tháng"), required=False, min_value=1, max_value=12)
    year = forms.IntegerField(label=gettext_lazy("Năm"), required=False, min_value=1945, max_value=2100)
    kind = forms.CharField(label=gettext_lazy("Tên loại"), required=False, max_length=60)
    subject = forms.CharField(label=gettext_lazy("Trích yếu"), required=False)
    recipients = forms.CharField(
        label=gettext_lazy("Nơi nhận, mỗi dòng một nơi; mục đích trong ngoặc vuông [báo cáo]"), required=False
    )
    authority = forms.CharField(label=gettext_lazy("Thẩm quyền ký"), required=False)
    position = forms.CharField(label=gettext_lazy("Chức vụ"), required=False, max_length=120)
    name = forms.CharField(label=gettext_lazy("Họ và tên"), required=False, max_length=80)

    LINES = ("superior", "issuer", "subject", "authority")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in self.LINES:
            self.fields[name].widget = forms.Textarea(attrs={"rows": 2})
            self.fields[name].validators.append(MaxLengthValidator(2_000))
        self.fields["recipients"].widget = forms.Textarea(attrs={"rows": 6})
        for field in self.fields.values():
            field.widget.attrs["class"] = "form-control"

    @classmethod
    def initial_of(cls, paper: Paper) -> dict[str, Any]:
        """What was read, for the fields."""
        rows = [
            f"{'+ ' if r.mark == '+' else ''}{r.text}{f' [{r.purpose}]' if r.purpose else ''}"
            for r in paper.recipients
        ]
        return {
            "superior": "\n".join(paper.superior),
            "issuer": "\n".join(paper.issuer),
            "number": paper.number,
            "notation": paper.notation,
            "place": paper.place,
            "day": paper.dated.day,
            "month": paper.dated.month,
            "year": paper.dated.year,
            "kind": paper.kind,
            "subject": "\n".join(paper.subject),
            "recipients": "\n".join(rows),
            "authority": "\n".join(paper.signature.authority),
            "position": paper.signature.position,
            "name": paper.signature.name,
        }

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        day, month, year = (data.get(name) for name in ("day", "month", "year"))
        if day and month:
            try:
                dt.date(year or 2024, month, day)
            except ValueError:
                self.add_error(
                    "day", _("Tháng %(month)s không có ngày %(day)s.") % {"month": month, "day": day}
                )
        return data

    def values(self) -> dict[str, Any]:
        """The fields of the Paper to write."""
        data = self.cleaned_data
        lines = {
            name: tuple(one_line(line) for line in data[name].splitlines() if line.strip())
            for name in self.LINES
        }
        return {
            "superior": lines["superior"],
            "issuer": lines["issuer"],
            "number": data["number"],
            "notation": one_line(data["notation"]) or None,
            "place": one_line(data["place"]) or None,
            "dated": PartialDate(data["year"], data["month"], data["day"]),
            "kind": one_line(data["kind"]) or None,
            "subject": lines["subject"],
            "recipients": tuple(
                recipient(line) for line in data["recipients"].splitlines() if line.strip(" -+;.")
            ),
            "signature": Signature(
                lines["authority"], one_line(data["position"]) or None, one_line(data["name"]) or None
            ),
        }


def recipient(line: str) -> Recipient:
    """ "+ Thường trực Tỉnh ủy [báo cáo]" as a line of recipients."""
    text = one_line(line)
    mark = "+" if text.startswith("+") else "-"
    text = text.lstrip("-+ ")
    purpose = None
    if text.endswith("]") and "[" in text:
        text, _sep, rest = text[:-1].rpartition("[")
        purpose = one_line(rest) or None
    return Recipient(one_line(text), purpose, mark)
