"""Documents of agenda items: sent in versions, accepted or returned, never lost.

The newest accepted version is the valid one: it is what attendees read and what goes into the pack,
until a newer one is accepted. A newer version that waits, or was returned, is seen by the office and by
the agency that sent it. What the office files itself is accepted at once.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import re
import unicodedata
import uuid
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import PurePath, PureWindowsPath
from typing import IO, Any, cast

from django.conf import settings
from django.core.files.base import File
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agencies.models import Agency, Membership, Person
from assignments import notices
from audit.actions import call_values, register
from documents.models.document import DRAFTERS
from documents.operations.values import clean
from lucngan.lib.dates import full
from lucngan.lib.text import nfc
from lucngan.lib.uploads import was_dropped
from meetings import content, history, readiness, reminders, rules
from meetings.holding import MeetingError, held
from meetings.models import AgendaItem, ItemDocument, ItemFile, Meeting

State = ItemFile.State

register(
    **{
        "meeting.document_submit": gettext_lazy("gửi tài liệu"),
        "meeting.document_accept": gettext_lazy("nhận tài liệu"),
        "meeting.document_return": gettext_lazy("trả lại tài liệu"),
        "meeting.document_remove": gettext_lazy("gỡ tài liệu"),
        "meeting.document_extend": gettext_lazy("gia hạn tài liệu"),
        "meeting.document_needed": gettext_lazy("ghi nội dung cần tài liệu"),
        "meeting.document_not_needed": gettext_lazy("ghi nội dung không cần tài liệu"),
        "meeting.document_remind": gettext_lazy("nhắc gửi tài liệu"),
    }
)
call_values(
    dict(ItemFile.State.choices),
    "meeting.document_submit",
    "meeting.document_accept",
    "meeting.document_return",
)


@dataclass(frozen=True, slots=True)
class Sent:
    """A version, and whether it was added now or had been there before."""

    file: ItemFile
    added: bool


def submit(
    item: AgendaItem,
    upload: File[bytes],
    *,
    title: str = "",
    actor: Person,
    agency: Agency | None,
    now: dt.datetime,
    document: ItemDocument | None = None,
) -> Sent:
    """File a document of the item, or with ``document`` its next version, for an agency or (None) for
    the office.

    Effects: the stored file, document and version, one log entry, reminders; the office's drafters are
    told of what an agency sends. Raises Refused or MeetingError with the sentence; nothing is kept then,
    neither row nor file. The same bytes as the newest version of a document of the item add nothing.
    """
    name = clean_name(upload.name or "")
    _check_size(upload)
    found = content.examine(cast(IO[bytes], upload), name)
    if not PurePath(name).suffix:
        name = f"{name[:240]}{found.ending}"
    row = ItemFile(
        name=name,
        content_type=found.content_type,
        size=upload.size,
        sha256=digest(upload),
        pages=found.pages,
        agency=agency,
        uploaded_by=actor,
        uploaded_at=now,
    )
    if agency is None:
        row.state, row.decided_by, row.decided_at = State.ACCEPTED, actor, now
    with _stored(row, upload, found.ending), transaction.atomic():
        return _filed(item, row, document, clean(title)[:255], actor=actor, now=now)


def _filed(
    item: AgendaItem,
    row: ItemFile,
    document: ItemDocument | None,
    title: str,
    *,
    actor: Person,
    now: dt.datetime,
) -> Sent:
    """The rows of a stored file, in the running transaction."""
    meeting = held(item.meeting)
    _guard_open(meeting)
    if not AgendaItem.objects.filter(pk=item.pk).exists():
        raise MeetingError(_("Nội dung này vừa được bỏ khỏi hội nghị."))
    live = {d.pk: d for d in ItemDocument.objects.filter(item=item, removed_at=None)}
    if document is not None and document.pk not in live:
        raise MeetingError(_("Tài liệu này đã được gỡ. Hãy gửi thành tài liệu mới."))
    newest = _newest([document] if document is not None else live.values())
    same = next((file for file in newest if file.sha256 == row.sha256), None)
    if same is not None:
        return Sent(same, added=False)
    if document is None:
        last = ItemDocument.objects.filter(item=item).order_by("-position").first()
        document = ItemDocument.objects.create(
            item=item,
            title=title or PurePath(row.name).stem[:255],
            position=last.position + 1 if last else 1,
        )
    row.document = document
    row.version = newest[0].version + 1 if newest and newest[0].document_id == document.pk else 1
    row.save(force_insert=True)
    _log(row, "submit", actor=actor, now=now, after=row.state)
    if row.agency is not None:
        text = _("%(agency)s gửi cho nội dung %(n)s, %(meeting)s.")
        _tell(
            office_of(meeting, timezone.localdate(now)),
            row,
            "submitted",
            _("Tài liệu chờ xem: %(title)s") % {"title": _called(row)},
            text % {"agency": row.agency, "n": item.position, "meeting": meeting},
            actor=actor,
            now=now,
        )
    reminders.refresh([meeting], now=now)
    return Sent(row, added=True)


def accept(file: ItemFile, *, actor: Person, now: dt.datetime) -> ItemFile:
    """The office takes a version: from now on it is the valid one.

    Effects: state, one log entry, reminders; the officers of the agency that sent it are told. Raises
    MeetingError when it was decided before or a newer version is there."""
    return _decide(file, State.ACCEPTED, "", actor=actor, now=now)


def return_(file: ItemFile, reason: str, *, actor: Person, now: dt.datetime) -> ItemFile:
    """The office sends a version back with a reason; an accepted one too, while nothing newer came.

    Effects as for :func:`accept`; the version accepted before, if any, stays the valid one."""
    reason = clean(reason)
    if not reason:
        raise MeetingError(_("Hãy ghi lý do trả lại để cơ quan gửi biết cần sửa gì."))
    return _decide(file, State.RETURNED, reason, actor=actor, now=now)


@transaction.atomic
def _decide(file: ItemFile, to: str, reason: str, *, actor: Person, now: dt.datetime) -> ItemFile:
    item = file.document.item
    meeting = held(item.meeting)
    if to == State.RETURNED:
        _guard_open(meeting)
    file = ItemFile.objects.select_related("document__item", "agency").get(pk=file.pk)
    file.document.item.meeting = meeting
    _guard_newest(file)
    before = file.state
    allowed = (State.SUBMITTED,) if to == State.ACCEPTED else (State.SUBMITTED, State.ACCEPTED)
    mine = ItemFile.objects.filter(pk=file.pk, state__in=allowed)
    changes = {"state": to, "reason": reason, "decided_by": actor, "decided_at": now}
    if mine.update(**changes) != 1:
        raise MeetingError(
            _("Bản này đã được xem xét: %(state)s.") % {"state": file.get_state_display().lower()}
        )
    for name, value in changes.items():
        setattr(file, name, value)
    word = "accept" if to == State.ACCEPTED else "return"
    _log(file, word, actor=actor, now=now, before=before, after=to, note=reason)
    if file.agency_id is not None:
        title = _("Đã nhận: %(title)s") if to == State.ACCEPTED else _("Trả lại: %(title)s")
        text = reason or _("Nội dung %(n)s, %(meeting)s.") % {"n": item.position, "meeting": meeting}
        _tell(
            officers_of([file.agency_id], timezone.localdate(now)),
            file,
            f"{word}ed",
            title % {"title": _called(file)},
            text,
            actor=actor,
            now=now,
            mail=to == State.RETURNED,
        )
    reminders.refresh([meeting], now=now)
    return file


@transaction.atomic
def remove(document: ItemDocument, *, actor: Person, now: dt.datetime) -> None:
    """Take a document off the item; its versions and their files stay for the office and the sender.

    Effects: row, one log entry, reminders. Raises MeetingError when it is off, or the meeting over."""
    meeting = held(document.item.meeting)
    _guard_open(meeting)
    if ItemDocument.objects.filter(pk=document.pk, removed_at=None).update(removed_at=now) != 1:
        raise MeetingError(_("Tài liệu này đã được gỡ rồi."))
    document.removed_at = now
    history.log(
        meeting,
        "meeting.document_remove",
        actor=actor,
        now=now,
        note=document.title,
        item=str(document.item.public_id),
        document=str(document.public_id),
    )
    reminders.refresh([meeting], now=now)


@transaction.atomic
def extend(item: AgendaItem, to: dt.date, reason: str, *, actor: Person, now: dt.datetime) -> None:
    """Give the bodies of an item until another day for its documents.

    Effects: row, one log entry, reminders; once the meeting is told, their officers hear of it. Raises
    MeetingError without a reason, for a day that is over or after the meeting, and for the same day."""
    reason = clean(reason)
    meeting = held(item.meeting)
    _guard_open(meeting)
    if not reason:
        raise MeetingError(_("Hãy ghi lý do gia hạn."))
    if to < timezone.localdate(now):
        raise MeetingError(_("Ngày gia hạn đã qua. Hãy chọn từ hôm nay trở đi."))
    if meeting.on is not None and to > meeting.on:
        raise MeetingError(
            _("Ngày gia hạn phải trước hoặc đúng ngày họp (%(day)s).") % {"day": full(meeting.on)}
        )
    before = item.extended_to
    if before == to:
        raise MeetingError(_("Nội dung này đã được gia hạn đến %(day)s.") % {"day": full(to)})
    if AgendaItem.objects.filter(pk=item.pk, extended_to=before).update(extended_to=to) != 1:
        raise MeetingError(_("Người khác vừa gia hạn nội dung này. Hãy tải lại trang."))
    item.extended_to = to
    _log_item(item, meeting, "extend", actor=actor, now=now, note=reason, to=to.isoformat())
    if rules.is_told(meeting):
        bodies = item.preparing.exclude(agency=None).values_list("agency_id", flat=True)
        notices.tell(
            _others(officers_of(bodies, timezone.localdate(now)), actor),
            key=f"meeting.document_extended:{item.public_id}:{to.isoformat()}:{now.timestamp():.0f}",
            kind="meeting.document",
            title=_("Gia hạn tài liệu đến %(day)s: %(text)s") % {"day": full(to), "text": item},
            text=reason,
            url=page_of(item),
            now=now,
        )
    reminders.refresh([meeting], now=now)


@transaction.atomic
def set_needed(item: AgendaItem, needed: bool, *, actor: Person, now: dt.datetime) -> None:
    """Say whether the item needs documents at all. Effects: row, one log entry, reminders; nothing where
    it says so already. Raises MeetingError once the meeting is over."""
    meeting = held(item.meeting)
    _guard_open(meeting)
    mine = AgendaItem.objects.filter(pk=item.pk, needs_documents=not needed)
    if mine.update(needs_documents=needed) != 1:
        return
    item.needs_documents = needed
    _log_item(item, meeting, "needed" if needed else "not_needed", actor=actor, now=now)
    reminders.refresh([meeting], now=now)


@transaction.atomic
def remind(meeting: Meeting, agency: Agency, *, actor: Person, now: dt.datetime) -> int:
    """Remind an agency of the documents it still owes for the meeting; once a day. Returns how many
    people hear of it.

    Effects: one notice each, one log entry. Raises MeetingError when it owes nothing, was reminded
    today, has nobody to hear it, or does not know of the meeting."""
    meeting = held(meeting)
    if not rules.is_told(meeting):
        raise MeetingError(_("Hội nghị chưa báo cho các cơ quan. Hãy báo trước rồi nhắc."))
    today = timezone.localdate(now)
    owed = owed_by(meeting, agency, now=now)
    if not owed:
        raise MeetingError(_("%(agency)s không còn nợ tài liệu.") % {"agency": agency})
    people = officers_of([agency.pk], today)
    if not people:
        raise MeetingError(_("%(agency)s chưa có tài khoản đầu mối để nhắc.") % {"agency": agency})
    done = meeting.log.filter(action="meeting.document_remind", data__agency=agency.pk)
    if any(timezone.localdate(entry.at) == today for entry in done):
        raise MeetingError(_("Hôm nay đã nhắc %(agency)s rồi.") % {"agency": agency})
    history.log(meeting, "meeting.document_remind", actor=actor, now=now, note=str(agency), agency=agency.pk)
    lines = [f"{each.item.position}. {each.item} ({each.words})" for each in owed]
    notices.tell(
        people,
        key=f"meeting.document_chase:{meeting.public_id}:{agency.pk}:{today.isoformat()}",
        kind="meeting.document",
        title=_("Nhắc gửi tài liệu: %(meeting)s") % {"meeting": meeting},
        text="\n".join(lines),
        url=page_of(owed[0].item) if len(owed) == 1 else reverse("meetings:detail", args=[meeting.public_id]),
        now=now,
    )
    return len(people)


def owed_by(meeting: Meeting, agency: Agency, *, now: dt.datetime) -> list[readiness.Readiness]:
    """The items of the meeting that the agency prepares and whose documents are still owed."""
    items = AgendaItem.objects.accepted().filter(meeting=meeting, preparing__agency=agency).distinct()
    items = items.select_related("meeting").prefetch_related("preparing").order_by("position", "pk")
    owed = readiness.of(items, now=now).values()
    return [each for each in owed if each.state in ("late", "due", "returned")]


# What the services share.


def clean_name(name: str) -> str:
    """The last part of a path in NFC, without control signs and signs that turn the text around, at
    most 255 characters with the ending kept; "tài liệu" where nothing is left."""
    base = PureWindowsPath(nfc(name)).name
    base = "".join(
        " " if c.isspace() else c for c in base if unicodedata.category(c)[0] != "C" or c.isspace()
    )
    base = re.sub(r"\s+", " ", base).strip(" .")
    if not base:
        return _("tài liệu")
    ending = PurePath(base).suffix[:20]
    stem = base[: -len(ending)] if ending else base
    return stem[: 255 - len(ending)] + ending


def digest(upload: File[bytes]) -> str:
    """SHA-256 of the bytes, read piece by piece."""
    total = hashlib.sha256()
    for piece in upload.chunks():
        total.update(piece)
    upload.seek(0)
    return total.hexdigest()


def too_large() -> str:
    """The sentence for a file above the limit, here and before it travels."""
    mb = settings.DOCUMENT_LIMIT // (1024 * 1024)
    return _("Tệp lớn hơn %(mb)s MB. Hãy nén ảnh trong tệp hoặc tách thành nhiều tệp rồi gửi lại.") % {
        "mb": mb
    }


def office_of(meeting: Meeting, today: dt.date) -> list[Person]:
    """Who decides on the documents of a meeting: the drafters and the chief of its office."""
    held_today = Membership.objects.on(today).filter(issuing_body=meeting.issuing_body_id, role__in=DRAFTERS)
    return list(Person.objects.filter(pk__in=held_today.order_by().values("person")).order_by("pk"))


def officers_of(agencies: Iterable[int | None], today: dt.date) -> list[Person]:
    """Who answers for the agencies."""
    ids = [pk for pk in agencies if pk is not None]
    held_today = Membership.objects.on(today).filter(agency__in=ids, role=Membership.Role.OFFICER)
    people = Person.objects.filter(pk__in=held_today.order_by().values("person"), is_active=True)
    return list(people.order_by("pk"))


def page_of(item: AgendaItem) -> str:
    return reverse("meetings:item_documents", args=[item.public_id])


def _check_size(upload: File[bytes]) -> None:
    if upload.size > settings.DOCUMENT_LIMIT:
        raise MeetingError(too_large())
    if was_dropped(upload):
        mb = 2 * settings.DOCUMENT_LIMIT // (1024 * 1024)
        raise MeetingError(_("Các tệp gửi một lần lớn hơn %(mb)s MB. Hãy gửi làm nhiều lần.") % {"mb": mb})


@contextmanager
def _stored(row: ItemFile, upload: File[bytes], ending: str) -> Iterator[None]:
    """The file in its place under a name that nobody guesses; gone again unless its row was kept."""
    row.file.save(f"{uuid.uuid4().hex}{ending}", upload, save=False)
    storage, path = row.file.storage, row.file.name
    kept = False
    try:
        yield
        kept = row.pk is not None
    finally:
        if not kept:
            storage.delete(path or "")


def _newest(documents: Iterable[ItemDocument]) -> list[ItemFile]:
    """The newest version of each document."""
    seen: dict[int, ItemFile] = {}
    for file in ItemFile.objects.filter(document__in=list(documents)).order_by("document", "-version"):
        seen.setdefault(file.document_id, file)
    return list(seen.values())


def _guard_open(meeting: Meeting) -> None:
    """Documents change until the meeting is held; a postponed one still awaits them."""
    if not meeting.is_open and meeting.state != Meeting.State.POSTPONED:
        raise MeetingError(
            _("Hội nghị đang ở trạng thái “%(state)s” nên tài liệu được giữ nguyên.")
            % {"state": meeting.get_state_display()}
        )


def _guard_newest(file: ItemFile) -> None:
    if file.document.removed_at is not None:
        raise MeetingError(_("Tài liệu này đã được gỡ, không xem xét nữa."))
    newer = file.document.versions.filter(version__gt=file.version).first()
    if newer is not None:
        raise MeetingError(_("Đã có bản mới hơn (lần %(n)s). Hãy xem bản đó.") % {"n": newer.version})


def _called(file: ItemFile) -> str:
    """Title and version in a sentence."""
    return _("%(title)s (lần %(n)s)") % {"title": file.document.title, "n": file.version}


def _log(file: ItemFile, word: str, *, actor: Person, now: dt.datetime, note: str = "", **more: Any) -> None:
    document = file.document
    history.log(
        document.item.meeting,
        f"meeting.document_{word}",
        actor=actor,
        now=now,
        note=": ".join(part for part in (_called(file), note) if part),
        item=str(document.item.public_id),
        file=str(file.public_id),
        **more,
    )


def _log_item(
    item: AgendaItem,
    meeting: Meeting,
    word: str,
    *,
    actor: Person,
    now: dt.datetime,
    note: str = "",
    **more: Any,
) -> None:
    text = f"{item.position}. {item}"
    history.log(
        meeting,
        f"meeting.document_{word}",
        actor=actor,
        now=now,
        note=": ".join(part for part in (text, note) if part),
        item=str(item.public_id),
        **more,
    )


def _others(people: Iterable[Person], actor: Person) -> list[Person]:
    return [person for person in people if person.pk != actor.pk]


def _tell(
    people: Iterable[Person],
    file: ItemFile,
    word: str,
    title: str,
    text: str,
    *,
    actor: Person,
    now: dt.datetime,
    mail: bool = True,
) -> None:
    """One notice per person and version, never to who did it."""
    notices.tell(
        _others(people, actor),
        key=f"meeting.document_{word}:{file.public_id}",
        kind="meeting.document",
        title=title,
        text=text,
        url=page_of(file.document.item),
        now=now,
        mail=mail,
    )
