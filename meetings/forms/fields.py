"""Fields that the forms of meetings share: clock times as people type them, days, words on one line."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from documents.operations import OperationError
from documents.operations.values import clean
from meetings.facts import YEARS

#: "07h30", "7g30", "14 giờ 00", "14 giờ", "14:00", "14.00", "1400", "8 giờ 5 phút".
_CLOCK = re.compile(
    r"(?P<hour>\d{1,2})\s?(?:(?:giờ|gio|h|g|:|\.)\s?(?:(?P<minute>\d{1,2})\s?(?:phút|phut|p|’|')?)?)?", re.I
)
_PLAIN = re.compile(r"(?P<hour>\d{1,2})(?P<minute>\d{2})")


def clock(text: str) -> dt.time | None:
    """The time that the words say, None for an empty text; raises ValueError for anything else."""
    words = " ".join(text.split())
    if not words:
        return None
    found = _PLAIN.fullmatch(words) if len(words) > 2 else None
    found = found or _CLOCK.fullmatch(words)
    if found is None:
        raise ValueError(text)
    return dt.time(int(found["hour"]), int(found["minute"] or 0))


class ClockField(forms.Field):
    """A clock time as it is typed ("07h30", "14 giờ 00", "14:00"); gives ``datetime.time`` or None."""

    widget = forms.TextInput

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"required": False, **kwargs})
        self.widget.attrs |= {"autocomplete": "off", "placeholder": "07h30", "maxlength": 20}

    def to_python(self, value: Any) -> dt.time | None:
        if value is None or isinstance(value, dt.time):
            return value
        try:
            return clock(str(value)[:40])
        except ValueError:
            raise ValidationError(
                _("Chưa hiểu giờ này. Hãy ghi như 07h30, 14 giờ 00 hoặc 14:00."), code="clock"
            ) from None

    def prepare_value(self, value: Any) -> Any:
        return value.strftime("%Hh%M") if isinstance(value, dt.time) else value


class DayField(forms.DateField):
    """A day, from the browser's calendar or typed ("26/4/2026")."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
        formats = ["%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y"]
        super().__init__(**{"required": False, "widget": widget, "input_formats": formats, **kwargs})
        self.error_messages["invalid"] = gettext_lazy("Ngày này không có. Hãy ghi như 26/4/2026.")

    def to_python(self, value: Any) -> dt.date | None:
        day = super().to_python(value)
        if day is not None and day.year not in YEARS:
            raise ValidationError(_("Năm phải từ 1945 đến 2100."), code="year")
        return day


class WordsField(forms.CharField):
    """Words on one line, NFC, without control signs."""

    def to_python(self, value: Any) -> str:
        try:
            return clean(super().to_python(value) or "")
        except OperationError as error:
            raise ValidationError(str(error), code="words") from None
