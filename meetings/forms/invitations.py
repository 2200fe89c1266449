"""Forms of invitations: correcting the words of a draft, writing number and date."""

from __future__ import annotations

import re
import uuid
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from documents.models import RegisterEntry
from documents.operations import OperationError
from documents.operations.values import clean
from documents.tree import Line
from meetings.forms.fields import DayField, WordsField
from meetings.models import Invitation
from paper.value import Recipient

#: "Phòng Kinh tế (dự nội dung 2)": the purpose stands in the last bracket.
_PURPOSE = re.compile(r"(?P<text>.+?)\s*\((?P<purpose>[^()]{1,60})\)")
#: No paper of an office has more lines in "Nơi nhận".
MOST_RECIPIENTS = 200


class IssueForm(forms.Form):
    """Ngày, và số giữ nếu có; số khác thì sổ văn bản cấp."""

    day = DayField(required=True, label=gettext_lazy("Ngày văn bản"))
    reserved = forms.ModelChoiceField(
        RegisterEntry.objects.none(),
        required=False,
        label=gettext_lazy("Dùng số giữ"),
        empty_label=gettext_lazy("Không, lấy số kế tiếp"),
    )

    def __init__(self, *args: Any, kept: QuerySet[RegisterEntry], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["day"].widget.attrs["class"] = "form-control"
        self.fields["day"].error_messages["required"] = _("Hãy ghi ngày văn bản.")
        self.fields["reserved"].queryset = kept  # type: ignore[attr-defined]
        self.fields["reserved"].widget.attrs["class"] = "form-select"


class CorrectForm(forms.Form):
    """Every paragraph of a draft as a field of its own; an emptied one is taken out."""

    revision = forms.IntegerField(widget=forms.HiddenInput)
    subject = WordsField(max_length=500, label=gettext_lazy("Trích yếu"))
    recipients = forms.CharField(
        label=gettext_lazy("Nơi nhận"),
        help_text=gettext_lazy("Mỗi dòng một nơi nhận; để làm gì thì ghi trong ngoặc ở cuối dòng."),
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    signing_authority = forms.CharField(
        required=False, label=gettext_lazy("Thẩm quyền ký"), widget=forms.Textarea(attrs={"rows": 2})
    )
    signing_position = WordsField(required=False, max_length=120, label=gettext_lazy("Chức vụ"))
    signing_name = WordsField(required=False, max_length=80, label=gettext_lazy("Họ tên người ký"))

    def __init__(self, *args: Any, invitation: Invitation, lines: list[Line], **kwargs: Any) -> None:
        kwargs["initial"] = {
            "revision": invitation.revision,
            "subject": invitation.subject,
            "recipients": "\n".join(shown(r.text, r.purpose) for r in invitation.recipients.all()),
            "signing_authority": invitation.signing_authority,
            "signing_position": invitation.signing_position,
            "signing_name": invitation.signing_name,
        }
        super().__init__(*args, **kwargs)
        for line in lines:
            self.fields[name_of(line.clause.public_id)] = WordsField(
                required=False,
                strip=True,
                initial=line.clause.text,
                label=_("Đoạn %(label)s") % {"label": line.label or "—"},
                widget=forms.Textarea(attrs={"rows": 2, "lang": "vi"}),
            )
        for field in self.fields.values():
            field.widget.attrs["class"] = "form-control"
        self.lines = [(line, self[name_of(line.clause.public_id)]) for line in lines]

    def clean_recipients(self) -> list[Recipient]:
        lines = [line for line in self.cleaned_data["recipients"].splitlines() if line.strip()]
        if len(lines) > MOST_RECIPIENTS:
            raise ValidationError(_("Nhiều nhất %(n)s nơi nhận.") % {"n": MOST_RECIPIENTS})
        return [recipient(one_line(line)) for line in lines]

    def clean_signing_authority(self) -> str:
        lines = self.cleaned_data["signing_authority"].splitlines()
        return "\n".join(line for line in map(one_line, lines) if line)

    @property
    def texts(self) -> dict[uuid.UUID, str]:
        """The words of each clause, as they were typed."""
        return {line.clause.public_id: self.cleaned_data[field.name] for line, field in self.lines}

    @property
    def signature(self) -> dict[str, str]:
        names = ("signing_authority", "signing_position", "signing_name")
        return {name: self.cleaned_data[name] for name in names}


def name_of(key: uuid.UUID) -> str:
    return f"doan-{key}"


def one_line(text: str) -> str:
    try:
        return clean(text)
    except OperationError as error:
        raise ValidationError(str(error)) from None


def shown(text: str, purpose: str) -> str:
    return f"{text} ({purpose})" if purpose else text


def recipient(line: str) -> Recipient:
    """A line as it is typed, with or without its dash and end sign."""
    line = line.removeprefix("- ").rstrip(" ;.,")[:300]
    found = _PURPOSE.fullmatch(line)
    return Recipient(found["text"], found["purpose"]) if found else Recipient(line)
