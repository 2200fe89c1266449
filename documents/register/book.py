"""Keeping the book: reserved, cancelled and hand-entered numbers, the columns that are filled later,
and the proof that no number is missing."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agencies.models import IssuingBody, Person
from agencies.rules import standing
from audit.actions import register
from documents.models import NumberSeries, RegisterEntry, RegisterLog
from documents.register.numbers import RegisterError, advance, taken, widen
from documents.register.series import key_of, series_of
from lucngan.lib.text import fold

State = RegisterEntry.State
#: A number of an office has no more than five figures.
HIGHEST = 99_999
#: Columns that are filled after the paper has left.
LATER = {
    "holder": gettext_lazy("lưu"),
    "copies": gettext_lazy("số bản"),
    "sent_on": gettext_lazy("ngày chuyển"),
    "received_by": gettext_lazy("ký nhận"),
    "note": gettext_lazy("ghi chú"),
}

register(
    **{
        "register.reserve": gettext_lazy("giữ số"),
        "register.cancel": gettext_lazy("hủy số"),
        "register.enter": gettext_lazy("vào sổ văn bản làm ngoài chương trình"),
        "register.note": gettext_lazy("ghi các cột của sổ"),
        "register.start": gettext_lazy("đặt số bắt đầu"),
        "register.numbering": gettext_lazy("đặt cách đánh số"),
    }
)


def may_keep(person: Person, body_id: int) -> bool:
    """The registrar and the chief keep the book of their body."""
    return standing(person).holds(body_id, "registrar", "chief")


def log(
    action: str,
    *,
    body: IssuingBody,
    actor: Person,
    now: dt.datetime,
    entry: RegisterEntry | None = None,
    note: str = "",
) -> None:
    """One entry in the book's own history."""
    RegisterLog.objects.append(
        entry or body, action, actor=actor, now=now, entry=entry, issuing_body=body, note=note
    )


@transaction.atomic
def reserve(
    body: IssuingBody,
    kind_code: str,
    *,
    day: dt.date,
    reason: str,
    actor: Person,
    now: dt.datetime,
    secret: bool = False,
) -> RegisterEntry:
    """Keep the next number of a series for a paper to come. Effects: the entry with its reason, a log."""
    series = series_of(key_of(body, kind_code, day, secret=secret))
    notation = body.notation(kind_code)
    entry = RegisterEntry.objects.create(
        series=series,
        number=advance(series),
        state=State.RESERVED,
        notation=notation,
        reason=reason,
        folded=fold(f"{notation} {reason}"),
        by=actor,
        at=now,
    )
    log("register.reserve", body=body, actor=actor, now=now, entry=entry, note=reason)
    return entry


@transaction.atomic
def cancel(entry: RegisterEntry, *, reason: str, actor: Person, now: dt.datetime) -> RegisterEntry:
    """Hủy số: the number stays in the book with its reason and is never given again.

    Raises RegisterError for a number that a paper bears (that paper is recalled instead) and for one that
    was cancelled before.
    """
    free = RegisterEntry.objects.filter(pk=entry.pk, document=None).exclude(state=State.CANCELLED)
    if free.update(state=State.CANCELLED, reason=reason) != 1:
        raise RegisterError(
            _("Số này thuộc một văn bản hoặc đã hủy. Văn bản đã ban hành thì thu hồi, số vẫn ở trong sổ.")
        )
    entry.refresh_from_db()
    log("register.cancel", body=entry.series.issuing_body, actor=actor, now=now, entry=entry, note=reason)
    return entry


@transaction.atomic
def enter(
    body: IssuingBody,
    kind_code: str,
    *,
    number: int | None,
    day: dt.date,
    title: str,
    actor: Person,
    now: dt.datetime,
    signer: str = "",
    recipients: str = "",
) -> RegisterEntry:
    """Enter a paper that was made outside of this program: with the number it bears, or with the next one.

    Raises RegisterError where the number stands in the book.
    """
    series = series_of(key_of(body, kind_code, day))
    if number is None:
        number = advance(series)
    elif RegisterEntry.objects.filter(series=series, number=number).exists():
        raise RegisterError(taken(number))
    else:
        widen(series, number)
    notation = body.notation(kind_code)
    entry = RegisterEntry.objects.create(
        series=series,
        number=number,
        state=State.USED,
        notation=notation,
        dated_on=day,
        title=title,
        signer=signer,
        recipients=recipients,
        folded=fold(f"{notation} {title} {recipients}"),
        by=actor,
        at=now,
    )
    log("register.enter", body=body, actor=actor, now=now, entry=entry)
    return entry


@transaction.atomic
def note(entry: RegisterEntry, values: dict[str, Any], *, actor: Person, now: dt.datetime) -> bool:
    """Fill the columns that come later. Gives whether anything changed; logs once with what changed."""
    changed = {
        name: values[name] for name in LATER if name in values and getattr(entry, name) != values[name]
    }
    if not changed:
        return False
    RegisterEntry.objects.filter(pk=entry.pk).update(**changed)
    said = "; ".join(f"{LATER[name]}: {value or '—'}" for name, value in changed.items())
    for name, value in changed.items():
        setattr(entry, name, value)
    log("register.note", body=entry.series.issuing_body, actor=actor, now=now, entry=entry, note=said)
    return True


@transaction.atomic
def set_start(series: NumberSeries, first: int, *, actor: Person, now: dt.datetime) -> None:
    """Let an empty series begin at ``first`` (the paper book reached ``first - 1``).

    Raises RegisterError where numbers were given already.
    """
    if (
        series.entries.exists()
        or NumberSeries.objects.filter(pk=series.pk).exclude(last=series.last).exists()
    ):
        raise RegisterError(_("Dãy số này đã cấp số, không đổi số bắt đầu được."))
    NumberSeries.objects.filter(pk=series.pk).update(start=first, last=first - 1)
    series.refresh_from_db()
    words = _("%(series)s bắt đầu từ số %(n)s") % {"series": series, "n": f"{first:02d}"}
    log("register.start", body=series.issuing_body, actor=actor, now=now, note=words)


@dataclass(frozen=True, slots=True)
class Part:
    """The numbers that one volume of a book holds."""

    first: int
    last: int
    volume: int = 1


@dataclass(frozen=True, slots=True)
class Gap:
    """Numbers next to each other that never stood in the book."""

    first: int
    last: int

    def __str__(self) -> str:
        """ "07", "13-20"."""
        return f"{self.first:02d}" if self.first == self.last else f"{self.first:02d}-{self.last:02d}"


@dataclass(frozen=True, slots=True)
class Proof:
    """Whether every number of a series stands in the book."""

    first: int
    last: int
    used: int
    reserved: int
    cancelled: int
    missing: tuple[int, ...]

    @property
    def whole(self) -> bool:
        return not self.missing

    @property
    def gaps(self) -> tuple[Gap, ...]:
        """The missing numbers, those next to each other together."""
        found: list[Gap] = []
        for n in self.missing:
            if found and found[-1].last == n - 1:
                found[-1] = Gap(found[-1].first, n)
            else:
                found.append(Gap(n, n))
        return tuple(found)


def proof(series: NumberSeries, first: int | None = None, last: int | None = None) -> Proof:
    """Count the series through, or a part of it: what is used, reserved, cancelled, and what never stood
    in the book (numbers of papers from before, which nobody entered)."""
    first, last = max(first or 0, series.start), min(last or series.last, series.last)
    rows = dict(series.entries.filter(number__range=(first, last)).order_by().values_list("number", "state"))
    missing = tuple(n for n in range(first, last + 1) if n not in rows)
    states = list(rows.values())
    return Proof(
        first,
        last,
        states.count(State.USED),
        states.count(State.RESERVED),
        states.count(State.CANCELLED),
        missing,
    )
