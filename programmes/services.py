"""Writes on programmes: made, copied, edited, accepted from a file, removed."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from agencies import daysoff
from agencies.matching import Directory
from agencies.models import IssuingBody, Person
from documents import history
from documents import services as documents
from documents.intake.fromfile import clause_rows, head_values
from documents.models import Clause, Intake
from documents.operations import OperationError
from documents.tree import Tree
from lucngan.lib.dates import nth_weekday
from lucngan.lib.files import stem
from meetings import reminders
from meetings import services as meetings
from paper import when as phrases
from paper.labels import LabelStyle
from paper.reading import views
from paper.value import Paper, Regime
from paper.value import Recipient as PaperRecipient
from programmes.models import Programme
from programmes.periods import Period, PeriodType

KIND = "CHƯƠNG TRÌNH"
KIND_CODE = "CTr"


class PeriodTaken(ValueError):
    """The body has a programme for this period already."""

    def __init__(self, existing: Programme | None, period: Period) -> None:
        super().__init__(_("Đã có chương trình công tác %(period)s.") % {"period": period.words})
        self.existing = existing


def identity(body: IssuingBody, period: Period) -> str:
    """What may exist only once: one programme of a body for a period."""
    return f"{KIND_CODE}:{body.pk}:{period.key}"


def subject_for(body: IssuingBody, period: Period) -> str:
    """Party papers start in lower case, State papers with a capital (``formats.md`` §3.1)."""
    words = ["công tác", body.subject_phrase, period.words]
    text = " ".join(word for word in words if word)
    return text if body.regime == Regime.PARTY else text[0].upper() + text[1:]


def dateline(period: Period, now: dt.datetime) -> dt.date:
    """The day whose month and year a draft prints: a programme is issued before its period begins,
    or today when that is past."""
    return max(period.start - dt.timedelta(days=1), localdate(now))


def free_period(body: IssuingBody | int, period: Period) -> Period:
    """``period``, or the first one after it that has no programme of ``body`` yet."""
    start = f"{KIND_CODE}:{getattr(body, 'pk', body)}:"
    taken = set(Programme.objects.filter(identity__startswith=start).values_list("identity", flat=True))
    while f"{start}{period.key}" in taken:
        period = period.next
    return period


def _new(body: IssuingBody, period: Period, *, actor: Person | None, now: dt.datetime) -> Programme:
    """An unsaved draft with letterhead, gaps, signature and title of its body."""
    day = dateline(period, now)
    return Programme(
        issuing_body=body,
        kind=KIND,
        kind_code=KIND_CODE,
        notation=body.notation(KIND_CODE),
        subject=subject_for(body, period),
        superior_lines=body.superior_lines,
        letterhead_lines=body.letterhead_lines,
        place=body.place,
        year=day.year,
        month=day.month,
        deciding_body=body.deciding_body,
        signing_authority=body.signing_authority,
        signing_position=body.signing_position,
        signing_name=body.signing_name,
        end_mark=body.profile(day).end_mark != ".",
        identity=identity(body, period),
        period_type=period.type,
        period_year=period.year,
        period_index=period.index,
        created_by=actor,
        created_at=now,
        updated_at=now,
    )


def _save(programme: Programme, period: Period) -> None:
    """Insert, or raise PeriodTaken when the period has its programme."""
    try:
        with transaction.atomic():
            programme.save(force_insert=True)
    except IntegrityError:
        existing = Programme.objects.filter(identity=programme.identity).first()
        if existing is None:
            raise
        raise PeriodTaken(existing, period) from None


@transaction.atomic
def create_programme(
    *, issuing_body: IssuingBody, period: Period, actor: Person | None, now: dt.datetime
) -> Programme:
    """A draft with one empty part, its title, gaps, recipients and signature block filled in.

    Logs once. Raises PeriodTaken and makes nothing when the period has its programme.
    """
    programme = _new(issuing_body, period, actor=actor, now=now)
    _save(programme, period)
    style = issuing_body.label_styles[0] if issuing_body.label_styles else LabelStyle.ROMAN
    documents.fill(programme, [{"parent": None, "text": "", "style": style, "role": Clause.Role.HEADING}])
    documents.set_recipients(programme, default_recipients(issuing_body), Directory(programme.form_day))
    history.log(programme, "document.create", actor=actor, now=now)
    return programme


def default_recipients(body: IssuingBody) -> list[PaperRecipient]:
    return [
        PaperRecipient(r["text"], r.get("purpose") or None, r.get("mark", "-"))
        for r in body.default_recipients
    ]


@transaction.atomic
def copy_programme(
    programme: Programme, *, period: Period, actor: Person | None, now: dt.datetime
) -> Programme:
    """A draft for another period with the clauses, recipients and signature of this one.

    Meetings keep their place in the month (the fourth Wednesday stays the fourth Wednesday) and
    become tentative; weekly ones stay. Logs once. Raises PeriodTaken.
    """
    body = programme.issuing_body
    copy = _new(body, period, actor=actor, now=now)
    copy.copied_from = programme
    for name in (
        "superior_lines",
        "letterhead_lines",
        "signing_authority",
        "signing_position",
        "signing_name",
    ):
        setattr(copy, name, getattr(programme, name))
    _save(copy, period)
    tree = Tree.load(programme.pk)
    documents.fill(copy, _carried(tree, programme.period, period))
    documents.set_recipients(
        copy,
        [PaperRecipient(r.text, r.purpose or None, r.mark) for r in programme.recipients.all()],
        Directory(copy.form_day),
    )
    meetings.follow(copy, Tree.load(copy.pk), period.year)
    history.log(copy, "document.copy", actor=actor, now=now, note=str(programme))
    return copy


def _carried(tree: Tree, old: Period, new: Period) -> list[dict[str, Any]]:
    """The rows of a copy: same words, dates moved."""
    lines = list(tree.lines())
    at = {line.clause.pk: n for n, line in enumerate(lines)}
    rows = [
        {
            "parent": at[line.clause.parent_id] if line.clause.parent_id else None,
            "text": line.clause.text,
            "role": line.clause.role,
            "style": line.clause.style,
            "start": line.clause.start,
            "bodies": line.clause.bodies,
            "table": line.clause.table,
            "origin": Clause.Origin.CARRIED,
        }
        for line in lines
    ]
    return move_dates(rows, old, new)


def move_dates(rows: list[dict[str, Any]], old: Period, new: Period) -> list[dict[str, Any]]:
    """Move the days of the meetings among the rows, and of what stands above them ("Ngày 05/4/2023
    (thứ Tư):" over "Buổi sáng: …"), to the same place of the new period."""
    off = daysoff.off_days(new.start, new.end)
    dated: set[int] = set()
    for n, row in enumerate(rows):
        at: int | None = n if row["role"] == Clause.Role.MEETING else None
        while at is not None and at not in dated:
            dated.add(at)
            at = rows[at]["parent"]
    for n in dated:
        rows[n]["text"] = moved(rows[n]["text"], old, new, off)
    return rows


def moved(text: str, old: Period, new: Period, off: set[dt.date]) -> str:
    """The words of a meeting heading with its day moved to the same place of the new period."""
    found = phrases.find(text, old.year)
    if found is None or found.when.date is None:
        return text
    day = found.when.date
    months = (new.start.year - old.start.year) * 12 + new.start.month - old.start.month
    month = day.year * 12 + day.month - 1 + months
    target = nth_weekday(month // 12, month % 12 + 1, day.weekday(), (day.day - 1) // 7 + 1)
    while target in off or (target.weekday() >= 5 and day.weekday() < 5):
        target += dt.timedelta(days=1)
    return phrases.rephrase(text, replace(found.when, date=target, tentative=True), old.year)


def file_stem(period: Period) -> str:
    """An ASCII name for files: "chuong-trinh-cong-tac-thang-4-nam-2023"."""
    return stem(f"chương trình công tác {period.words}")


@transaction.atomic
def delete_draft(programme: Programme, *, actor: Person, now: dt.datetime) -> None:
    """Remove a draft with everything that hangs on it; its log stays. Raises OperationError for
    anything that is no draft."""
    document = documents.locked(programme)
    if not document.is_draft:
        raise OperationError(_("Chỉ xóa được dự thảo."))
    history.log(document, "document.delete", actor=actor, now=now, before=document.state)
    announced = meetings.announced_by(document)
    programme.delete()
    meetings.let_go(announced)


# ---------------------------------------------------------------- from a file


@transaction.atomic
def accept_intake(
    intake: Intake,
    paper: Paper,
    *,
    issuing_body: IssuingBody,
    period: Period,
    as_archive: bool,
    actor: Person | None,
    now: dt.datetime,
) -> Programme:
    """Make a programme of a paper that was read and corrected.

    As archive: issued, with number and date, its words kept exactly in the snapshot. Otherwise a
    draft, with the dates moved when ``period`` is not the one that was read. Effects: programme,
    clauses, recipients, meetings, intake accepted, one log entry (two for an archive).
    Raises PeriodTaken, or OperationError when the intake was accepted before.
    """
    documents.claim(intake)
    programme = _new(issuing_body, period, actor=actor, now=now)
    read_period = period_of(paper)
    for name, value in head_values(paper, as_archive=as_archive).items():
        setattr(programme, name, value)
    if read_period != period:
        programme.subject = subject_for(issuing_body, period)
        if not as_archive:
            day = dateline(period, now)
            programme.year, programme.month = day.year, day.month
    _save(programme, period)
    directory = Directory(programme.form_day)
    rows = clause_rows(paper, directory)
    if read_period and read_period != period and not as_archive:
        rows = move_dates(rows, read_period, period)
    documents.fill(programme, rows)
    documents.set_recipients(programme, paper.recipients or default_recipients(issuing_body), directory)
    meetings.follow(programme, Tree.load(programme.pk), period.year)
    Intake.objects.filter(pk=intake.pk).update(document=programme)
    history.log(programme, "document.accept", actor=actor, now=now, note=intake.name)
    if as_archive:
        documents.archive(programme, paper, actor=actor, now=now)
        reminders.refresh(meetings.announced_by(programme), now=now)
    return programme


def period_of(paper: Paper) -> Period | None:
    """The period that a paper's title names, None where it is none of a programme."""
    if half := re.search(r"\b0?6 tháng (đầu|cuối) năm (\d{4})", " ".join(paper.subject)):
        return Period(int(half[2]), PeriodType.HALF, 1 if half[1] == "đầu" else 2)
    found = views.period(paper)
    return Period.of_reading(found.data()) if found else None


def suggested_period(paper: Paper, today: dt.date) -> Period:
    """What the acceptance form offers: the period read, else the next month."""
    return period_of(paper) or Period.month_of(today).next


__all__ = [
    "PeriodTaken",
    "PeriodType",
    "accept_intake",
    "copy_programme",
    "create_programme",
    "delete_draft",
]
