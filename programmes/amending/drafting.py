"""The amendment notice: drawn from the changes, drawn anew when they change, given up."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import replace
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from agencies.matching import Directory
from agencies.models import Agency, Person
from documents import history
from documents import services as documents
from documents.models import Clause
from documents.models.clause import STEP
from documents.operations import OperationError
from documents.papers import head, paper_of
from paper.difference import difference
from paper.labels import LabelStyle
from paper.value import Clause as PaperClause
from paper.value import Paper, Recipient
from programmes.amending import texts, wording
from programmes.models import AmendmentChange, AmendmentNotice, Programme

KIND = "THÔNG BÁO"
KIND_CODE = "TB"


@transaction.atomic
def draw(programme: Programme, *, actor: Person, now: dt.datetime) -> AmendmentNotice:
    """The draft of the notice with the changed lines alone, in the form of the programme's body.

    Effects: the paper with its clauses and recipients, the changes in it, one entry in each log. Raises
    OperationError and makes nothing without a change, or where a notice is on its way.
    """
    programme.state = documents.locked(programme).state
    if not programme.is_in_force:
        raise OperationError(_("Chỉ điều chỉnh chương trình đã ban hành."))
    changes = texts.being_written(programme)
    if not changes:
        raise OperationError(_("Chưa có thay đổi nào. Hãy thêm thay đổi rồi soạn thông báo."))
    before, after = texts.consolidated(programme), texts.intended(programme)
    found = difference(
        before.consolidated(), after.consolidated(), keys_before=before.keys(), keys_after=after.keys()
    )
    if found.is_empty:
        raise OperationError(_("Các thay đổi không làm chương trình khác đi. Hãy xem lại."))
    notice = _new(programme, changes, actor=actor, now=now)
    try:
        with transaction.atomic():
            notice.save(force_insert=True)
    except IntegrityError:
        raise OperationError(_("Chương trình này đã có dự thảo thông báo điều chỉnh.")) from None
    AmendmentChange.objects.filter(pk__in=[change.pk for change in changes]).update(notice=notice)
    _write(notice, programme, changes)
    history.log(notice, "document.drawn_from_changes", actor=actor, now=now, note=str(programme))
    history.log(programme, "programme.notice_drawn", actor=actor, now=now, changes=len(changes))
    return notice


def _new(
    programme: Programme, changes: list[AmendmentChange], *, actor: Person | None, now: dt.datetime
) -> AmendmentNotice:
    """An unsaved draft with letterhead, gaps and signature block of its body."""
    body, day = programme.issuing_body, timezone.localdate(now)
    return AmendmentNotice(
        amends=programme,
        issuing_body=body,
        kind=KIND,
        kind_code=KIND_CODE,
        notation=body.notation(KIND_CODE),
        subject=wording.subject_of(programme, changes),
        superior_lines=body.superior_lines,
        letterhead_lines=body.letterhead_lines,
        place=body.place,
        year=day.year,
        month=day.month,
        deciding_body=programme.deciding_body,
        signing_authority=programme.signing_authority,
        signing_position=programme.signing_position,
        signing_name=programme.signing_name,
        end_mark=body.profile(day).end_mark != ".",
        identity=f"TB:dieu-chinh:{programme.public_id}",
        created_by=actor,
        created_at=now,
        updated_at=now,
    )


def preview(programme: Programme, now: dt.datetime) -> Paper:
    """The notice as it would print now; nothing is stored. Raises NotThere."""
    changes = texts.being_written(programme)
    notice = texts.open_notice(programme)
    if notice is not None:
        return paper_of(notice)
    notice = _new(programme, changes, actor=None, now=now)
    rows = [values for _key, values in lines_of(programme, changes, marked=notice.end_mark)]
    numbers = iter(range(1, len(rows)))
    return replace(
        head(notice),
        body=tuple(
            PaperClause(row["text"], f"{next(numbers)}." if row.get("style") else None) for row in rows
        ),
        recipients=tuple(recipients_of(programme, changes)),
    )


def follow(programme: Programme, *, now: dt.datetime) -> None:
    """Write the draft notice anew after its changes changed; nothing where there is no draft. A draft
    without any change left is given up by :func:`discard`, never here."""
    notice = texts.open_notice(programme)
    if notice is None or not notice.is_draft:
        return
    changes = texts.being_written(programme)
    notice.subject = wording.subject_of(programme, changes)
    notice.revision += 1
    notice.updated_at = now
    notice.save(update_fields=["subject", "revision", "updated_at"])
    _write(notice, programme, changes)


@transaction.atomic
def discard(notice: AmendmentNotice, *, actor: Person, now: dt.datetime) -> None:
    """Give up a draft; its changes are planned again. Raises OperationError for anything but a draft."""
    if not documents.locked(notice).is_draft:
        raise OperationError(_("Chỉ bỏ được dự thảo thông báo."))
    programme = notice.amends
    history.log(notice, "document.delete", actor=actor, now=now, before=notice.state)
    history.log(programme, "programme.notice_discarded", actor=actor, now=now)
    AmendmentChange.objects.filter(notice=notice).update(notice=None)
    notice.delete()


def lines_of(
    programme: Programme, changes: list[AmendmentChange], *, marked: bool
) -> list[tuple[uuid.UUID, dict[str, Any]]]:
    """The clauses of the notice: opening, one numbered line for each change, closing, with lasting ids."""
    sheet, year = texts.consolidated(programme), programme.period_year
    rows = [(_id(programme, "opening"), {"text": wording.opening(programme, changes)})]
    for change in changes:
        text = wording.sentence(change, sheet, year)
        rows.append((_id(programme, str(change.public_id)), {"text": text, "style": LabelStyle.DECIMAL}))
        sheet.apply(change)
    rows.append((_id(programme, "closing"), {"text": wording.closing(programme, marked=marked)}))
    return rows


def _id(programme: Programme, name: str) -> uuid.UUID:
    """One id for one line of one notice: a line written anew is the same line in every version."""
    count = AmendmentNotice.objects.filter(amends=programme.pk, number__isnull=False).count()
    return uuid.uuid5(programme.public_id, f"{count}:{name}")


def _write(notice: AmendmentNotice, programme: Programme, changes: list[AmendmentChange]) -> None:
    """Make clauses and recipients of the draft what its changes say. What a person put into other words
    stays as long as the program would write the same as before."""
    wanted = lines_of(programme, changes, marked=notice.end_mark)
    rows = {row.public_id: row for row in Clause.objects.filter(document=notice.pk)}
    drawn = dict(notice.drawn)
    for n, (key, values) in enumerate(wanted, start=1):
        row = rows.pop(key, None)
        if row is None:
            Clause.objects.create(document=notice, public_id=key, position=n * STEP, **values)
        else:
            if drawn.get(str(key)) != values["text"] and row.text != values["text"]:
                row.text, row.version = values["text"], row.version + 1
            row.position = n * STEP
            row.save(update_fields=["text", "version", "position"])
    Clause.objects.filter(pk__in=[row.pk for row in rows.values()]).delete()
    notice.drawn = {str(key): values["text"] for key, values in wanted}
    notice.save(update_fields=["drawn"])
    documents.set_recipients(notice, recipients_of(programme, changes), Directory(notice.form_day))


def recipients_of(programme: Programme, changes: list[AmendmentChange]) -> list[Recipient]:
    """Those whom the programme reports to, the agencies that the changes concern, and the file."""
    own = [Recipient(r.text, r.purpose or None, r.mark) for r in programme.recipients.all()]
    above = [each for each in own if each.purpose and "báo cáo" in each.purpose]
    filed = [each for each in own if each.text.startswith("Lưu")]
    ids = {pk for change in changes for pk in change.agencies}
    ids |= {change.proposer_agency_id for change in changes if change.proposer_agency_id}
    names = Agency.objects.filter(pk__in=ids).exclude(pk=programme.issuing_body.agency_id).order_by("pk")
    known = {each.text for each in (*above, *filed)}
    return [*above, *(Recipient(a.name) for a in names if a.name not in known), *filed]
