"""Forms of amendments: which clause and what to do with it, then what that needs."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agencies.matching import Directory
from lucngan.lib.text import one_line
from meetings.agenda_lines import bodies_of
from meetings.facts import UNKNOWN, from_data
from meetings.forms.fields import ClockField
from meetings.models.times import PartOfDay
from paper import when as phrases
from paper.notes import Preparing
from paper.reading.bodies import split
from programmes.amending import wording
from programmes.amending.planning import Plan
from programmes.amending.sheet import Node, Sheet
from programmes.models import AmendmentChange, Programme

Kind = AmendmentChange.Kind
#: A clause is one paragraph; longer texts belong into an appendix.
LONGEST = 4000


def short(node: Node) -> str:
    """A clause in a list of choices: its place and the start of its words."""
    words = node.text if len(node.text) <= 90 else f"{node.text[:88]}…"
    place = wording.place_of(node)
    return f"{place}: {words}" if place else words


def choices_of(sheet: Sheet, *, meetings: bool = False) -> list[tuple[str, str]]:
    """The clauses in force that a change can be about."""
    return [
        (node.key, short(node))
        for node in sheet.walk(gone=False)
        if node.key and (node.is_meeting or not meetings)
    ]


def places_of(sheet: Sheet) -> list[tuple[str, str]]:
    """Where something can be added: at the end of a part, or behind a clause."""
    found: list[tuple[str, str]] = []
    for node in sheet.walk(gone=False):
        if not node.key:
            continue
        if node.children or node.is_meeting:
            found.append((f"p:{node.key}", _("Cuối %(place)s") % {"place": short(node)}))
        if node.parent is not None and node.label:
            found.append((f"a:{node.key}", _("Sau %(place)s") % {"place": short(node)}))
    return [*found, ("p:", _("Thành một mục mới, cuối chương trình"))]


class ChooseForm(forms.Form):
    """Which clause, and what to do with it."""

    loai = forms.ChoiceField(label=gettext_lazy("Loại thay đổi"), choices=Kind.choices)
    muc = forms.ChoiceField(label=gettext_lazy("Mục của chương trình"), required=False)

    def __init__(self, *args: Any, sheet: Sheet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["muc"].choices = choices_of(sheet)  # type: ignore[attr-defined]
        for field in self.fields.values():
            field.widget.attrs["class"] = "form-select"


class ChangeForm(forms.Form):
    """One change of a kind to a clause; only the fields that the kind needs."""

    text = forms.CharField(label=gettext_lazy("Lời mới"), required=False, max_length=LONGEST)
    place = forms.ChoiceField(label=gettext_lazy("Đặt ở"), required=False)
    on = forms.DateField(label=gettext_lazy("Ngày mới"), required=False)
    tentative = forms.BooleanField(label=gettext_lazy("Ngày dự kiến"), required=False)
    unknown = forms.BooleanField(label=gettext_lazy("Chưa có ngày, sẽ thông báo sau"), required=False)
    part_of_day = forms.ChoiceField(label=gettext_lazy("Buổi"), required=False)
    starts_at = ClockField(label=gettext_lazy("Giờ"))
    target = forms.ChoiceField(label=gettext_lazy("Hội nghị sẽ xem xét"), required=False)
    to_period = forms.CharField(label=gettext_lazy("Chuyển sang"), required=False, max_length=60)
    lead = forms.CharField(label=gettext_lazy("Cơ quan chủ trì, chuẩn bị"), required=False, max_length=200)
    coordinate = forms.CharField(
        label=gettext_lazy("Cơ quan phối hợp"),
        required=False,
        max_length=400,
        help_text=gettext_lazy("Nhiều cơ quan thì cách nhau bằng dấu phẩy."),
    )
    proposer = forms.CharField(
        label=gettext_lazy("Theo đề nghị của"),
        required=False,
        max_length=200,
        help_text=gettext_lazy("Cơ quan hoặc người đề nghị."),
    )
    reason = forms.CharField(label=gettext_lazy("Lý do"), required=False, max_length=1000)
    approver = forms.CharField(
        label=gettext_lazy("Người, cấp đồng ý"),
        required=False,
        max_length=200,
        help_text=gettext_lazy("Ví dụ: Thường trực Đảng ủy."),
    )
    approved_on = forms.DateField(label=gettext_lazy("Ngày đồng ý"), required=False)
    document_ref = forms.CharField(
        label=gettext_lazy("Văn bản kèm theo"),
        required=False,
        max_length=200,
        help_text=gettext_lazy("Số, ký hiệu tờ trình, công văn đề nghị (nếu có)."),
    )

    #: Fields by kind, before those that every change has.
    OWN: dict[str, tuple[str, ...]] = {
        Kind.ADD: ("text", "place", "lead", "coordinate"),
        Kind.EDIT: ("text",),
        Kind.CARRY: ("to_period",),
        Kind.WITHDRAW: (),
        Kind.BODIES: ("lead", "coordinate"),
    }
    COMMON = ("proposer", "reason", "approver", "approved_on", "document_ref")

    def __init__(
        self, *args: Any, programme: Programme, kind: str, node: Node | None, sheet: Sheet, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.kind, self.node, self.sheet = kind, node, sheet
        own = self._own()
        for name in list(self.fields):
            if name not in (*own, *self.COMMON):
                del self.fields[name]
        if "place" in self.fields:
            self.fields["place"].choices = places_of(sheet)  # type: ignore[attr-defined]
            self.fields["text"].label = _("Nội dung bổ sung")
        if "target" in self.fields:
            self.fields["target"].choices = choices_of(sheet, meetings=True)  # type: ignore[attr-defined]
        if "part_of_day" in self.fields:
            self.fields["part_of_day"].choices = [("", "–"), *PartOfDay.choices]  # type: ignore[attr-defined]
        self._dress()

    def _own(self) -> tuple[str, ...]:
        if self.kind == Kind.POSTPONE:
            moved = self.node is not None and self.node.is_meeting
            return ("on", "tentative", "part_of_day", "starts_at", "unknown") if moved else ("target",)
        return self.OWN[self.kind]

    def _dress(self) -> None:
        """Widgets of the house: long texts grow, days are picked."""
        for name, field in self.fields.items():
            if name in ("text", "reason"):
                rows = {"class": "form-control", "rows": 3 if name == "text" else 2, "lang": "vi"}
                field.widget = forms.Textarea(attrs=rows)
            elif isinstance(field, forms.DateField):
                field.widget = forms.DateInput(
                    format="%Y-%m-%d", attrs={"type": "date", "class": "form-control"}
                )
            elif isinstance(field, forms.BooleanField):
                field.widget.attrs["class"] = "form-check-input"
            else:
                is_choice = isinstance(field, forms.ChoiceField)
                field.widget.attrs["class"] = "form-select" if is_choice else "form-control"

    @property
    def own_fields(self) -> list[Any]:
        return [self[name] for name in self._own()]

    @property
    def common_fields(self) -> list[Any]:
        return [self[name] for name in self.COMMON]

    def plan(self) -> Plan:
        """What is asked for, of a valid form."""
        data = self.cleaned_data
        return Plan(
            kind=self.kind,
            clause=self.node.key if self.node else "",
            text=one_line(data.get("text") or ""),
            bodies=self._bodies(data),
            when=self._when(data),
            to_period=one_line(data.get("to_period") or ""),
            approved_on=data.get("approved_on"),
            **{
                name: one_line(data.get(name) or "")
                for name in ("proposer", "reason", "approver", "document_ref")
            },
            **self._place(data),
        )

    def _bodies(self, data: dict[str, Any]) -> list[dict[str, Any]]:
        who = Preparing(split(data.get("lead") or ""), split(data.get("coordinate") or ""))
        if not (who.lead or who.coordinate):
            return []
        return bodies_of(who, Directory(timezone.localdate()))

    def _place(self, data: dict[str, Any]) -> dict[str, str]:
        if "target" in self.fields:
            return {"parent": data.get("target") or ""}
        how, _sep, key = (data.get("place") or "p:").partition(":")
        if how != "a":
            return {"parent": key}
        before = self.sheet.keyed.get(key)
        return {"parent": before.parent.key if before and before.parent else "", "after": key}

    def _when(self, data: dict[str, Any]) -> dict[str, Any] | None:
        if "on" not in self.fields:
            return None
        if data.get("unknown"):
            return {"unknown": UNKNOWN}
        if not data.get("on"):
            return None
        time = data.get("starts_at")
        return {
            "date": data["on"].isoformat(),
            "tentative": data.get("tentative"),
            "part_of_day": data.get("part_of_day") or None,
            "time": time.strftime("%H:%M") if time else None,
        }


def first_values(
    programme: Programme, kind: str, node: Node | None, last: AmendmentChange | None
) -> dict[str, Any]:
    """What a new form shows: the words and time as they are, and who asked and agreed last."""
    found: dict[str, Any] = {
        "approved_on": timezone.localdate(),
        "to_period": f"Chương trình công tác {programme.period.next.words}",
    }
    if last is not None:
        found |= {name: getattr(last, name) for name in ("proposer", "approver", "approved_on")}
    if node is None:
        return found
    found |= _names(node.bodies)
    if kind == Kind.EDIT:
        found["text"] = node.text
    if node.is_meeting and (said := phrases.find(node.text, programme.period_year)):
        found |= {"part_of_day": said.when.part_of_day or "", "starts_at": said.when.time}
    return found


def values_of(change: AmendmentChange) -> dict[str, Any]:
    """What the form of a change that was planned shows."""
    found = {name: getattr(change, name) for name in (*ChangeForm.COMMON, "to_period")}
    found |= {"text": change.after_text, "target": change.place_parent} | _names(change.after_bodies)
    found["place"] = f"a:{change.place_after}" if change.place_after else f"p:{change.place_parent}"
    if change.when:
        when = from_data(change.when)
        found |= {"on": when.date, "tentative": when.tentative, "unknown": when.date is None}
        found |= {"part_of_day": when.part_of_day or "", "starts_at": when.time}
    return found


def _names(bodies: list[dict[str, Any]]) -> dict[str, str]:
    return {
        "lead": ", ".join(b["name"] for b in bodies if b["lead"]),
        "coordinate": ", ".join(b["name"] for b in bodies if not b["lead"]),
    }


def day_of(text: str | None) -> dt.date | None:
    """A day in an address, None for anything else."""
    try:
        return dt.date.fromisoformat(text or "")
    except ValueError:
        return None
