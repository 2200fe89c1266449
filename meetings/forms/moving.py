"""The form that gives a meeting another day, time or place."""

from __future__ import annotations

import hashlib
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from meetings.forms.fields import WordsField
from meetings.forms.meeting import SlotForm, cell, helper
from meetings.models import Meeting


class MoveForm(SlotForm):
    """A day (tentative or confirmed), no day yet, or postponed with its reason."""

    OFFERED: tuple[str, ...] = (
        SlotForm.TENTATIVE,
        SlotForm.CONFIRMED,
        SlotForm.UNKNOWN_DAY,
        SlotForm.POSTPONED,
    )

    reason = WordsField(label=gettext_lazy("Lý do hoãn"), required=False, max_length=500)
    #: The sequence of the meeting that the page showed.
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1)

    slot_helper = helper(
        cell("on", "w4 for-day"),
        cell("note", "w8 for-unknown"),
        cell("reason", "for-postponed"),
        cell("part_of_day", "w4 for-time"),
        cell("starts_at", "w2 for-time"),
        cell("ends_at", "w2 for-time"),
        cell("room", "w6 for-time"),
        cell("place", "w6 for-time"),
    )

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        super().__init__(*args, body_id=meeting.issuing_body_id, room_id=meeting.room_id, **kwargs)
        if meeting.state == Meeting.State.POSTPONED:
            kinds = [(v, label) for v, label, _h in self.KINDS if v in self.OFFERED and v != self.POSTPONED]
            self.fields["when"].choices = kinds  # type: ignore[attr-defined]
            self.OFFERED = tuple(value for value, _label in kinds)
        del self.fields["weekly_on"]

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if self.postpones and not data.get("reason") and "reason" not in self.errors:
            self.add_error("reason", _("Hãy ghi lý do hoãn; người liên quan đọc được lý do này."))
        starts, ends = data.get("starts_at"), data.get("ends_at")
        if starts and ends and ends <= starts:
            self.add_error("ends_at", _("Giờ kết thúc phải sau giờ bắt đầu."))
        if ends and not starts and "starts_at" not in self.errors:
            self.add_error("starts_at", _("Có giờ kết thúc thì cần giờ bắt đầu."))
        return data

    @property
    def postpones(self) -> bool:
        return bool(getattr(self, "cleaned_data", {}).get("when") == self.POSTPONED)

    def previewed(self) -> str:
        """What a save says that was seen in the preview: another slot needs another look."""
        said = (self.cleaned_data["when"], self.slot(), self.cleaned_data.get("reason"))
        return hashlib.sha256(repr(said).encode()).hexdigest()[:16]
