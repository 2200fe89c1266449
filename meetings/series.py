"""Writes on series of meetings (loạt hội nghị): made, changed, switched off, removed."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agencies.models import Agency, IssuingBody, Person
from audit import actions
from lucngan.lib import dates
from meetings.history import log_on
from meetings.models import Meeting, Series, SeriesAttendee

actions.register(
    **{
        "series.create": gettext_lazy("lập loạt hội nghị"),
        "series.edit": gettext_lazy("sửa loạt hội nghị"),
        "series.on": gettext_lazy("dùng lại loạt hội nghị"),
        "series.off": gettext_lazy("ngừng loạt hội nghị"),
        "series.remove": gettext_lazy("xóa loạt hội nghị"),
    }
)

#: Which day of a week, month or quarter.
DAY_FIELDS = ("weekday", "nth", "day_of_month", "month_of_quarter")

#: The fields of a series that a person fills in.
FIELDS = (
    "title",
    "chair",
    "room",
    "place",
    "frequency",
    "weekday",
    "nth",
    "day_of_month",
    "month_of_quarter",
    "day_off_policy",
    "on_days_off",
    "part_of_day",
    "starts_at",
    "ends_at",
    "registration_days",
    "appraisal_days",
    "documents_days",
    "invitation_days",
    "since",
    "until",
)


class SeriesError(ValueError):
    """The change cannot be made; the message is for the person who asked."""


@transaction.atomic
def create(
    body: IssuingBody,
    values: dict[str, Any],
    *,
    people: Iterable[Person],
    agencies: Iterable[Agency],
    actor: Person,
    now: dt.datetime,
) -> Series:
    """A new series with its regular attendees; one entry in the log. Raises SeriesError where the body
    has the very series already: the button was pressed twice."""
    list(IssuingBody.objects.select_for_update(of=("self",)).filter(pk=body.pk).order_by())
    same = {name: values[name] for name in ("title", "frequency", *DAY_FIELDS)}
    if Series.objects.filter(issuing_body=body, active=True, **same).exists():
        raise SeriesError(_("Đã có loạt cùng tên và cùng chu kỳ này."))
    made = Series.objects.create(issuing_body=body, **values)
    _attend(made, people, agencies)
    log_on(made, "series.create", actor=actor, now=now)
    return made


@transaction.atomic
def edit(
    series: Series,
    values: dict[str, Any],
    *,
    people: Iterable[Person],
    agencies: Iterable[Agency],
    seen: str,
    actor: Person,
    now: dt.datetime,
) -> Series:
    """Write what changed. Meetings that were made of the series before stay as they are.

    ``seen`` is the :func:`stamp` of what the person had before them; raises SeriesError when somebody
    changed the series since. Nothing is written or logged where nothing differs.
    """
    row = locked(series)
    before, was = stamp(row), {name: getattr(row, name) for name in values}
    people, agencies = list(people), list(agencies)
    if _stamp_of(values, people, agencies) == before:
        return row
    if seen != before:
        raise SeriesError(_("Người khác vừa sửa loạt này. Hãy tải lại trang rồi sửa tiếp."))
    for name, value in values.items():
        setattr(row, name, value)
    row.save(update_fields=list(values))
    _attend(row, people, agencies)
    log_on(row, "series.edit", actor=actor, now=now, note=_changed(was, values))
    return row


@transaction.atomic
def set_active(series: Series, active: bool, *, actor: Person, now: dt.datetime) -> bool:
    """Switch off or on; its meetings stay. False and no entry where it was so already."""
    if Series.objects.filter(pk=series.pk, active=not active).update(active=active) != 1:
        return False
    series.active = active
    log_on(series, "series.on" if active else "series.off", actor=actor, now=now)
    return True


@transaction.atomic
def remove(series: Series, *, actor: Person, now: dt.datetime) -> None:
    """Take out a series that no meeting came of; raises SeriesError for one with meetings."""
    row = locked(series)
    if Meeting.objects.filter(series=row).exists():
        raise SeriesError(_("Loạt này đã có hội nghị nên không xóa được. Ngừng dùng thay cho xóa."))
    log_on(row, "series.remove", actor=actor, now=now)
    row.delete()


def rhythm(series: Series) -> str:
    """The recurrence in words: "chiều thứ Hai hằng tuần", "thứ Tư tuần thứ 4 hằng tháng", "ngày 25 hằng
    tháng", "thứ Sáu tuần cuối của tháng cuối quý"."""
    match series.frequency:
        case Series.Frequency.WEEKLY:
            words = _("%(day)s hằng tuần") % {"day": _weekday(series)}
        case Series.Frequency.MONTHLY_WEEKDAY:
            words = _("%(day)s hằng tháng") % {"day": _of_week(series)}
        case Series.Frequency.MONTHLY_DAY:
            words = _("%(day)s hằng tháng") % {"day": _of_month(series)}
        case Series.Frequency.QUARTERLY:
            day = _of_month(series) if series.day_of_month else _of_week(series)
            month = {1: _("tháng đầu quý"), 2: _("tháng giữa quý"), 3: _("tháng cuối quý")}
            words = _("%(day)s của %(month)s") % {"day": day, "month": month[series.month_of_quarter or 1]}
        case _:
            return _("theo quy định, không có lịch cố định")
    half = {"morning": _("sáng %(words)s"), "afternoon": _("chiều %(words)s")}.get(series.part_of_day)
    words = half % {"words": words} if half else words
    if series.starts_at:
        words = _("%(time)s %(words)s") % {"time": f"{series.starts_at:%H:%M}", "words": words}
    return words


def _weekday(series: Series) -> str:
    return dates.weekday(dt.date(2024, 1, 1) + dt.timedelta(days=series.weekday or 0))


def _of_week(series: Series) -> str:
    if series.nth == -1:
        return _("%(day)s tuần cuối") % {"day": _weekday(series)}
    return _("%(day)s tuần thứ %(n)s") % {"day": _weekday(series), "n": series.nth}


def _of_month(series: Series) -> str:
    if series.day_of_month == 31:
        return _("ngày cuối tháng")
    return _("ngày %(n)s") % {"n": series.day_of_month}


def locked(series: Series) -> Series:
    """The row as it is now, held until the transaction ends; raises SeriesError when it is gone."""
    row = Series.objects.order_by().select_for_update(of=("self",)).filter(pk=series.pk).first()
    if row is None:
        raise SeriesError(_("Người khác vừa xóa loạt này."))
    return row


def stamp(series: Series) -> str:
    """What the series says, in a few letters: two forms that saw the same have the same."""
    asked = list(series.attendees.all())
    people = [a.person_id for a in asked if a.person_id]
    agencies = [a.agency_id for a in asked if a.agency_id]
    return _digest([_plain(getattr(series, _column(name))) for name in FIELDS], people, agencies)


def _stamp_of(values: dict[str, Any], people: list[Person], agencies: list[Agency]) -> str:
    return _digest(
        [_plain(values[name]) for name in FIELDS], [p.pk for p in people], [a.pk for a in agencies]
    )


def _digest(fields: list[Any], people: list[int], agencies: list[int]) -> str:
    words = repr((fields, sorted(people), sorted(agencies)))
    return hashlib.sha256(words.encode()).hexdigest()[:16]


def _changed(was: dict[str, Any], values: dict[str, Any]) -> str:
    """The names of the fields that differ: "Chu kỳ, phòng họp"; nothing where only attendees do."""
    fields = {field.name: field for field in Series._meta.fields}  # noqa: SLF001  Django's own name for it
    names = [str(fields[name].verbose_name) for name in values if was[name] != values[name]]
    return ", ".join(names).capitalize() if names else ""


def _column(name: str) -> str:
    return f"{name}_id" if name in ("chair", "room") else name


def _plain(value: Any) -> Any:
    return None if value is None else str(getattr(value, "pk", value))


def _attend(series: Series, people: Iterable[Person], agencies: Iterable[Agency]) -> None:
    """Make the regular attendees these; rows that stay keep their place."""
    wanted = [("person_id", p.pk) for p in people] + [("agency_id", a.pk) for a in agencies]
    have = {
        ("person_id", row.person_id) if row.person_id else ("agency_id", row.agency_id): row
        for row in series.attendees.all()
    }
    gone = [row.pk for key, row in have.items() if key not in wanted]
    if gone:
        SeriesAttendee.objects.filter(pk__in=gone).delete()
    SeriesAttendee.objects.bulk_create(
        [SeriesAttendee(series=series, **{name: pk}) for name, pk in wanted if (name, pk) not in have]
    )
