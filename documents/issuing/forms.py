"""The forms of issuing and of taking back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from documents.issuing import work
from documents.models import Document, Recipient, RegisterEntry
from documents.sending.plan import Line
from lucngan.lib.text import one_line

#: No office prints more sheets for one receiver.
MOST_COPIES = 999
LONGEST_REASON = 1_000


def position() -> forms.CharField:
    return forms.CharField(label=gettext_lazy("Chức vụ"), required=False, max_length=120)


def name() -> forms.CharField:
    return forms.CharField(label=gettext_lazy("Họ và tên"), required=False, max_length=80)


#: The fields for the parts of the signature block that a paper may leave open.
OPEN_FIELDS = {"signing_position": position, "signing_name": name}


class IssueForm(forms.Form):
    """Day, manner of signing, what the signature block left open, sheets of paper, and the reason for
    issuing against a check."""

    day = forms.DateField(
        label=gettext_lazy("Ngày văn bản"),
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        input_formats=["%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y"],
        error_messages={
            "required": gettext_lazy("Hãy ghi ngày văn bản."),
            "invalid": gettext_lazy("Ngày này không có. Hãy ghi như 26/4/2026."),
        },
    )
    manner = forms.ChoiceField(
        label=gettext_lazy("Cách ký"), choices=Document.Manner.choices, widget=forms.RadioSelect
    )
    overrule = forms.CharField(
        label=gettext_lazy("Lý do vẫn ban hành"),
        required=False,
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(
        self,
        *args: Any,
        document: Document,
        lines: list[Line],
        reserved: Sequence[RegisterEntry] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.document = document
        for name in work.OPEN:
            if not getattr(document, name):
                self.fields[name] = OPEN_FIELDS[name]()
        if reserved:
            kept = {str(entry.pk): entry for entry in reserved}
            self.fields["reserved"] = forms.TypedChoiceField(
                choices=[("", _("Không, lấy số kế tiếp")), *((key, str(row)) for key, row in kept.items())],
                coerce=kept.get,
                empty_value=None,
                required=False,
                label=_("Dùng số đã giữ"),
            )
        for line in lines:
            self.fields[sheets(line.recipient)] = forms.IntegerField(
                label=_("Số bản giấy gửi %(to)s") % {"to": line.recipient.text},
                required=False,
                min_value=0,
                max_value=MOST_COPIES,
                initial=line.copies,
            )
        for field in self.fields.values():
            if not isinstance(field.widget, forms.RadioSelect):
                kind = "form-select" if isinstance(field.widget, forms.Select) else "form-control"
                field.widget.attrs["class"] = kind

    def clean_overrule(self) -> str:
        return one_line(self.cleaned_data["overrule"])

    @property
    def choices(self) -> work.Choices:
        """What was chosen, for the service."""
        data = self.cleaned_data
        return work.Choices(
            manner=data["manner"],
            signer={name: one_line(data[name]) for name in work.OPEN if data.get(name)},
            copies={int(name[6:]): n for name, n in data.items() if name.startswith("sheets") and n},
        )


class RecallForm(forms.Form):
    """Why the paper is taken back."""

    reason = forms.CharField(
        label=gettext_lazy("Lý do thu hồi"),
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 3, "class": "form-control"}),
        error_messages={"required": gettext_lazy("Hãy ghi lý do thu hồi.")},
    )


def sheets(recipient: Recipient) -> str:
    """The field with the number of sheets for a line."""
    return f"sheets{recipient.pk}"


def initial(document: Document, today: dt.date) -> dict[str, Any]:
    """What the form shows first: the day that the paper bears, never a day that is over."""
    day = document.dated_on
    return {"day": day if day and day >= today else today, "manner": document.signing_manner}
