"""The whole form of a meeting: its head (with day and place for a new one) and its rows."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from agencies.models import Agency, Person
from lucngan.lib.text import fold
from meetings.forms.meeting import (
    AttendeeRow,
    HeadForm,
    PlanForm,
    PointRow,
    Row,
    SessionRow,
    bodies_of,
    initial_of,
    rooms_of,
    rows_of,
)
from meetings.guests import Meant, meant, people_for, says
from meetings.models import Attendee, Meeting
from meetings.moving import Slot
from meetings.planning import LEADS, AttendeePlan, Plan, PointPlan, Problem, SessionPlan, problems

#: Kind of rows → (form, empty rows without script, most rows).
SETS: dict[str, tuple[type[Row], int, int]] = {
    "sessions": (SessionRow, 1, 20),
    "points": (PointRow, 1, 60),
    "attendees": (AttendeeRow, 3, 300),
}


class Sheet:
    """Head and rows, bound to ``data`` or showing ``initial`` and ``rows``."""

    def __init__(
        self,
        person: Person,
        *,
        today: dt.date,
        meeting: Meeting | None = None,
        data: QueryDict | None = None,
        initial: dict[str, Any] | None = None,
        rows: dict[str, list[dict[str, Any]]] | None = None,
        more: str = "",
    ) -> None:
        self.person, self.today, self.meeting = person, today, meeting
        self.body_id = meeting.issuing_body_id if meeting else _body(person, data, initial)
        self.items = list(meeting.items.order_by("position", "pk")) if meeting else []
        made: dict[str, Any] = {"body_id": self.body_id, "meeting": meeting, "today": today}
        if meeting is None:
            self.head: HeadForm = PlanForm(data, initial=initial, person=person, **made)
        else:
            self.head = HeadForm(data, initial=initial, **made)
        shown = rows or {}
        public = {item.pk: item.public_id for item in self.items}
        for row in shown.get("attendees", []):
            if row.get("item_id") in public:
                row["scope"] = f"i{public[row['item_id']]}"
        self.sets: dict[str, Any] = {}
        for name, (form, extra, most) in SETS.items():
            extra += 3 if more == name else 0
            kwargs = self._row_kwargs(name)
            kind = rows_of(form, extra, most)
            self.sets[name] = kind(data, initial=shown.get(name), prefix=name, form_kwargs=kwargs)
        self.slot = Slot.of(meeting) if meeting else Slot(None)
        self.weekly_on: int | None = meeting.weekly_on if meeting else None
        self.plan = Plan("")
        self.kept: dict[str, list[Any]] = {name: [] for name in SETS}

    def _row_kwargs(self, name: str) -> dict[str, Any]:
        if name == "points":
            return {"rooms": [(room.pk, str(room)) for room in rooms_of(self.body_id)]}
        if name == "attendees":
            return {"scopes": self._scopes()}
        return {}

    def _scopes(self) -> list[Any]:
        """The whole meeting, one of the sessions of this form, or one item."""
        found: list[Any] = [("", _("Cả hội nghị"))]
        rows = self.sets["sessions"]
        titles = [(rows[n]["title"].value() or "").strip() for n in range(min(rows.total_form_count(), 20))]
        sessions = [
            (f"s{n}", " ".join((_("Phiên %(n)s") % {"n": n + 1}, title[:60])))
            for n, title in enumerate(titles)
        ]
        found.append((_("Chỉ một phiên"), sessions))
        if self.items:
            items = [
                (f"i{i.public_id}", _("Nội dung %(n)s: %(text)s") % {"n": i.position, "text": i.text[:60]})
                for i in self.items
            ]
            found.append((_("Chỉ một nội dung"), items))
        return found

    def check(self) -> bool:
        """Read what was typed into ``slot`` and ``plan``; False after every problem stands at its place."""
        valid = self.head.is_valid()
        for rows in self.sets.values():
            valid = rows.is_valid() and valid
        self.kept = {name: rows.kept() for name, rows in self.sets.items()}
        if isinstance(self.head, PlanForm):
            self.slot, self.weekly_on = self.head.slot(), self.head.weekly()
        self.plan = self._plan()
        valid = valid and not any(form.errors for rows in self.kept.values() for form in rows)
        if self.body_id is None:
            return False
        row = self.meeting or Meeting(issuing_body_id=self.body_id)
        found = problems(row, None if self.meeting else self.slot, self.plan, today=self.today)
        self.put(found)
        return valid and not found

    def put(self, found: list[Problem]) -> None:
        """Show each problem at its place."""
        for problem in found:
            if problem.rows:
                form = self.kept[problem.rows][problem.index]
                name = form.place(problem.field)
                if not form.has_error(name):
                    form.add_error(name, problem.sentence)
            else:
                name = problem.field if problem.field in self.head.fields else None
                if name is None or not self.head.has_error(name):
                    self.head.add_error(name, problem.sentence)

    def _plan(self) -> Plan:
        data = getattr(self.head, "cleaned_data", {})
        series, chair = data.get("series"), data.get("chair")
        return Plan(
            data.get("title") or "",
            series.pk if series else None,
            chair.pk if chair else None,
            data.get("chair_text") or "",
            sessions=tuple(_session(form.cleaned_data) for form in self.kept["sessions"]),
            points=tuple(self._point(form) for form in self.kept["points"]),
            attendees=self._attendees(),
            **{name: data.get(name) for name in LEADS},
        )

    @property
    def day(self) -> dt.date:
        """The day for which agencies must be there."""
        return self.slot.on or self.today

    def _point(self, form: Any) -> PointPlan:
        data = form.cleaned_data
        words = data.get("agency") or ""
        named = meant(words, people=(), day=self.day) if words else []
        if words and not named:
            form.add_error("agency", _("Không có cơ quan nào tên này. Hãy chọn trong danh sách."))
        if len(named) > 1:
            form.add_error("agency", _("Có nhiều cơ quan tên này. Hãy ghi tên đầy đủ."))
        agency = int(named[0].ref[1:]) if len(named) == 1 else None
        return PointPlan(data.get("name") or "", data.get("room"), agency)

    def _attendees(self) -> tuple[AttendeePlan, ...]:
        forms = self.kept["attendees"]
        if not forms:
            return ()
        known = _Known(self.person, self.meeting, forms, self.today)
        at = {form.prefix.rpartition("-")[2]: n for n, form in enumerate(self.kept["sessions"])}
        items = {str(item.public_id): item.pk for item in self.items}
        found = []
        for form in forms:
            person, agency, text = self._who(form, known)
            scope = form.cleaned_data.get("scope") or ""
            session = at.get(scope[1:], -1) if scope.startswith("s") else None
            item = items.get(scope[1:]) if scope.startswith("i") else None
            part = form.cleaned_data.get("part") or Attendee.Part.MEMBER
            found.append(AttendeePlan(person, agency, text, part, session, item))
        return tuple(found)

    def _who(self, form: Any, known: _Known) -> tuple[int | None, int | None, str]:
        """The person, the agency or the words of a row."""
        words, ref = form.cleaned_data.get("who") or "", form.cleaned_data.get("ref") or ""
        named = known.by_ref(ref)
        if named is not None and says(words, named):
            return (named.pk, None, "") if isinstance(named, Person) else (None, named.pk, "")
        options = known.named(words, self.day)
        if len(options) > 1 and ref != "text":
            form.ask(options)
        if len(options) != 1:
            return None, None, words
        kind, pk = options[0].ref[0], int(options[0].ref[1:])
        return (pk, None, "") if kind == "p" else (None, pk, "")


class _Known:
    """The persons and agencies that rows can mean: those that the office may ask, and those asked already."""

    def __init__(self, person: Person, meeting: Meeting | None, forms: list[Any], today: dt.date) -> None:
        self.people = {p.pk: p for p in people_for(person, today)}
        if meeting is not None:
            self.people |= {p.pk: p for p in Person.objects.filter(attends__meeting=meeting)}
        refs = [form.cleaned_data.get("ref") or "" for form in forms]
        ids = [int(ref[1:]) for ref in refs if ref[:1] == "a" and ref[1:].isdecimal() and len(ref) < 12]
        self.agencies = Agency.objects.prefetch_related("aliases").in_bulk(ids)
        self._named: dict[str, list[Meant]] = {}

    def by_ref(self, ref: str) -> Person | Agency | None:
        if not ref[1:].isdecimal() or len(ref) > 12:
            return None
        rows: dict[int, Any] = {"p": self.people, "a": self.agencies}.get(ref[0], {})  # type: ignore[assignment]
        return rows.get(int(ref[1:]))

    def named(self, words: str, day: dt.date) -> list[Meant]:
        key = fold(words)
        if key not in self._named:
            self._named[key] = meant(words, people=self.people.values(), day=day)
        return self._named[key]


def _session(data: dict[str, Any]) -> SessionPlan:
    return SessionPlan(
        data.get("title") or "",
        data.get("days_after") or 0,
        data.get("part_of_day") or "",
        data.get("starts_at"),
        data.get("ends_at"),
        data.get("pk"),
    )


def _body(person: Person, data: QueryDict | None, initial: dict[str, Any] | None) -> int | None:
    """The body that the form is for: the one asked for, else the first of the person's."""
    bodies = list(bodies_of(person))
    asked = str((data or initial or {}).get("issuing_body") or "")
    return next((b.pk for b in bodies if str(b.pk) == asked), bodies[0].pk if bodies else None)


def typed(data: QueryDict) -> tuple[dict[str, Any], dict[str, list[dict[str, Any]]]]:
    """Head and rows as they were typed, to be shown again; rows that say nothing are left out."""
    head = {name: data[name] for name in data if "-" not in name}
    rows: dict[str, list[dict[str, Any]]] = {}
    for name, (form, _extra, most) in SETS.items():
        total = data.get(f"{name}-TOTAL_FORMS", "0")
        count = min(int(total) if total.isdecimal() and len(total) < 6 else 0, most)
        raw = [
            {field: data.get(f"{name}-{n}-{field}", "") for field in form.base_fields} for n in range(count)
        ]
        rows[name] = [row for row in raw if any(row[field] for field in form.SAYS)]
    return head, rows


def shown(slot: Slot, plan: Plan, weekly_on: int | None = None) -> tuple[dict[str, Any], dict[str, Any]]:
    """Head and rows of a meeting as a form shows them."""
    head = initial_of(slot, weekly_on) | {
        "title": plan.title,
        "series": plan.series_id,
        "chair": plan.chair_id,
        "chair_text": plan.chair_text,
        "seen": plan.seen,
        **{name: getattr(plan, name) for name in LEADS},
    }
    people = Person.objects.in_bulk({each.person_id for each in plan.attendees} - {None})
    asked = {each.agency_id for each in plan.attendees} | {each.agency_id for each in plan.points}
    agencies = Agency.objects.in_bulk(asked - {None})
    rows: dict[str, Any] = {
        "sessions": [session.values | {"pk": session.pk} for session in plan.sessions],
        "points": [
            {"name": p.name, "room": p.room_id, "agency": str(agencies.get(p.agency_id or 0) or "")}
            for p in plan.points
        ],
        "attendees": [_attendee(each, people, agencies) for each in plan.attendees],
    }
    return head, rows


def _attendee(each: AttendeePlan, people: dict[int, Person], agencies: dict[int, Agency]) -> dict[str, Any]:
    row: dict[str, Any] = {"part": each.part, "who": each.text, "ref": "text" if each.text else ""}
    if each.person_id:
        row |= {"who": str(people[each.person_id]), "ref": f"p{each.person_id}"}
    if each.agency_id:
        row |= {"who": str(agencies[each.agency_id]), "ref": f"a{each.agency_id}"}
    if each.session is not None:
        row["scope"] = f"s{each.session}"
    if each.item_id:
        row["item_id"] = each.item_id
    return row
