"""Meeting packs (bộ tài liệu họp): asked for, made in the background, stopped, found again.

The row is the truth: who claims it makes it, tells how far it is after each document, and stops when
somebody stopped it. A worker that dies leaves a claim that grows old; the sweep gives it to another.
"""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.files import File as StoredFile
from django.core.files.storage import Storage
from django.db import IntegrityError, transaction
from django.db.models import F, Prefetch, QuerySet
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from agencies.models import Person
from agencies.rules import standing
from assignments import notices
from audit.actions import register
from lucngan.lib import dates
from lucngan.lib.text import fold, one_line
from meetings import history, packing, rules
from meetings.models import AgendaItem, Attendee, ItemDocument, ItemFile, Meeting, Pack
from meetings.packing.letters import NoFont

State = Pack.State
#: Waiting or being made.
OPEN = (State.WAITING, State.MAKING)
#: A claim that told nothing for so long was left by a worker that died.
LEASE = dt.timedelta(minutes=3)
#: After so many deaths the pack is given up.
ATTEMPTS = 3
#: A message is lost when nobody took the pack up for so long.
PATIENCE = dt.timedelta(seconds=10)

register(
    **{
        "meeting.pack": gettext_lazy("yêu cầu lập bộ tài liệu"),
        "meeting.pack_stop": gettext_lazy("dừng lập bộ tài liệu"),
        "meeting.pack_made": gettext_lazy("lập xong bộ tài liệu"),
    }
)


def may_fetch(person: Person | AnonymousUser, meeting: Meeting) -> bool:
    """The pack holds every item, so it is for those who may see them all: the office, and once the
    meeting is told its chair and those who attend the whole of it."""
    who = standing(person)
    if who.holds(meeting.issuing_body_id):
        return True
    if who.person_id is None or not rules.is_told(meeting):
        return False
    if meeting.chair_id == who.person_id:
        return True
    whole = Attendee.objects.filter(meeting=meeting, item=None, session=None)
    return whole.filter(person=who.person_id).exists() or whole.filter(agency__in=who.agencies).exists()


def may_request(person: Person | AnonymousUser, meeting: Meeting) -> bool:
    """Have a pack made or stopped: the office and the leaders of the meeting's body."""
    return standing(person).holds(meeting.issuing_body_id)


def request(meeting: Meeting, *, actor: Person, now: dt.datetime) -> Pack:
    """The pack of what is there now: the newest one where it holds just that, the one in the making
    where there is one, else a new one that a worker makes. Only a new one is logged."""
    from meetings.tasks import make_pack as task  # tasks import this module

    latest = newest(meeting)
    if latest is not None and latest.contents == content_of(meeting).digest:
        return latest
    try:
        with transaction.atomic():
            pack = Pack.objects.create(meeting=meeting, requested_by=actor, requested_at=now)
            history.log(meeting, "meeting.pack", actor=actor, now=now)
            task.delay_on_commit(pack.pk)  # type: ignore[attr-defined]
    except IntegrityError:  # one_pack_in_the_making
        running = Pack.objects.filter(meeting=meeting, state__in=OPEN).first()
        if running is None:
            raise
        return running
    return pack


def newest(meeting: Meeting) -> Pack | None:
    """The last pack that was made and is still kept."""
    made = Pack.objects.filter(meeting=meeting, state=State.MADE).exclude(file="")
    return made.order_by("-finished_at", "-pk").first()


def cancel(pack: Pack, *, actor: Person, now: dt.datetime) -> bool:
    """Stop the making; a worker that is at it stops before the next document. True when it was done."""
    with transaction.atomic():
        mine = Pack.objects.filter(pk=pack.pk, state__in=OPEN)
        if mine.update(state=State.CANCELLED, finished_at=now) != 1:
            return False
        history.log(pack.meeting, "meeting.pack_stop", actor=actor, now=now)
    return True


def make_pack(pk: int, *, now: dt.datetime) -> bool:
    """Claim a waiting pack and make it. False when somebody else has it or it is over.

    The number of the attempt is the claim's token: a worker that was thought dead and wakes up finds
    another number and leaves the row alone.
    """
    mine = Pack.objects.filter(pk=pk, state=State.WAITING)
    if mine.update(state=State.MAKING, claimed_at=now, attempts=F("attempts") + 1) != 1:
        return False
    pack = Pack.objects.select_related(*_MEETING).get(pk=pk)
    held = Pack.objects.filter(pk=pk, state=State.MAKING, attempts=pack.attempts)
    folder = Path(settings.VAR_DIR) / "packing" / str(pack.public_id)
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)

    def progress(done: int, total: int, step: str) -> bool:
        told = {"done": done, "total": total, "step": step[:300], "claimed_at": timezone.now()}
        return held.update(**told) == 1

    try:
        with translation.override("vi"):
            content = content_of(pack.meeting)
            made = packing.make(content, folder / "pack.pdf", progress)
        _keep(pack, folder / "pack.pdf", content, made)
    except packing.Stopped:
        return True
    except NoFont as error:
        _fail(held, pack, str(error)[:300])
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return True


def _keep(pack: Pack, path: Path, content: packing.Content, made: packing.Made) -> None:
    """Store the file and finish the row; files of packs made before are given back to the disk."""
    now = timezone.now()
    name = f"{pack.public_id}.pdf"
    left_behind = pack.file.storage
    left_behind.delete(pack.file.field.generate_filename(pack, name))
    with path.open("rb") as source:
        pack.file.save(name, StoredFile(source), save=False)
    values: dict[str, Any] = {
        "state": State.MADE,
        "file": pack.file.name,
        "pages": made.pages,
        "contents": content.digest,
        "problems": [
            {"item": p.item, "document": p.document, "title": p.title, "reason": p.reason, "url": p.url}
            for p in made.problems
        ],
        "listed": [
            {"item": f.item, "document": f.document, "title": f.title, "name": f.name, "url": f.url}
            for f in made.listed
        ],
        "step": "",
        "done": F("total"),
        "finished_at": now,
    }
    with transaction.atomic():
        held = Pack.objects.filter(pk=pack.pk, state=State.MAKING, attempts=pack.attempts)
        if held.update(**values) != 1:
            left_behind.delete(str(pack.file.name))
            return
        history.log(pack.meeting, "meeting.pack_made", actor=None, now=now, pages=made.pages)
        _tell(pack, _("Bộ tài liệu đã lập xong: %(meeting)s"), now, _problems(made))
        older = (
            Pack.objects.filter(meeting=pack.meeting_id, state=State.MADE)
            .exclude(pk=pack.pk)
            .exclude(file="")
        )
        names = list(older.values_list("file", flat=True))
        older.update(file="")
        transaction.on_commit(lambda: _delete(left_behind, names))


def _fail(held: QuerySet[Pack], pack: Pack, reason: str) -> None:
    now = timezone.now()
    with transaction.atomic():
        if held.update(state=State.FAILED, step=reason, finished_at=now) == 1:
            _tell(pack, _("Không lập được bộ tài liệu: %(meeting)s"), now, reason)


def _problems(made: packing.Made) -> str:
    """What the one who asked should look at."""
    if not made.problems:
        return ""
    return ngettext(
        "%(n)s tài liệu không đưa vào được, xem lý do trong trang bộ tài liệu.",
        "%(n)s tài liệu không đưa vào được, xem lý do trong trang bộ tài liệu.",
        len(made.problems),
    ) % {"n": len(made.problems)}


def _tell(pack: Pack, title: str, now: dt.datetime, text: str = "") -> None:
    """One notice to who asked for the pack: it is made in the background, and may take minutes."""
    if pack.requested_by is not None:
        notices.tell(
            [pack.requested_by],
            key=f"pack:{pack.public_id}",
            kind="meeting.pack",
            title=title % {"meeting": pack.meeting},
            text=text,
            url=reverse("meetings:pack", args=[pack.meeting.public_id]),
            now=now,
            mail=False,
        )


def _delete(storage: Storage, names: list[str]) -> None:
    for name in names:
        storage.delete(name)


def sweep(now: dt.datetime) -> int:
    """Make what the broker lost, and what workers that died left behind; gives how many were made.

    A pack that killed its worker three times is given up.
    """
    stale = Pack.objects.filter(state=State.MAKING, claimed_at__lt=now - LEASE)
    reason = _("Làm nhiều lần không xong. Hãy xem lại các tài liệu lớn hoặc lạ rồi lập lại.")
    for pack in list(stale.filter(attempts__gte=ATTEMPTS).select_related("meeting", "requested_by")):
        _fail(stale.filter(pk=pack.pk), pack, reason)
    stale.update(state=State.WAITING)
    waiting = Pack.objects.filter(state=State.WAITING, requested_at__lt=now - PATIENCE)
    found = list(waiting.order_by("requested_at").values_list("pk", flat=True))
    return sum(make_pack(pk, now=timezone.now()) for pk in found)


_MEETING = (
    "requested_by",
    "meeting__issuing_body__agency",
    "meeting__room",
    "meeting__chair",
    "meeting__section__document",
)


def content_of(meeting: Meeting, items: Iterable[AgendaItem] | None = None) -> packing.Content:
    """What a pack made now would hold: accepted items in order, of each document its newest version
    that was not returned. The number of queries does not depend on how many there are; none for
    ``items`` that are loaded with session, bodies and the documents ``filed`` for them."""
    body = meeting.issuing_body
    if items is None:
        documents = ItemDocument.objects.filter(removed_at=None).prefetch_related("versions")
        items = (
            meeting.items.all()
            .select_related("session")
            .prefetch_related("preparing", Prefetch("documents", queryset=documents, to_attr="filed"))
            .order_by("position", "pk")
        )
    accepted = [item for item in items if item.state == AgendaItem.State.ACCEPTED]
    return packing.Content(
        title=one_line(meeting.title),
        when=when_words(meeting),
        where=one_line(meeting.where),
        chair=one_line(meeting.chaired_by),
        form=body.profile(meeting.on or timezone.localdate()),
        superior=tuple(one_line(line) for line in body.superior_lines.splitlines() if line.strip()),
        issuer=tuple(one_line(line) for line in body.letterhead_lines.splitlines() if line.strip()),
        items=tuple(_item(n, item) for n, item in enumerate(accepted, 1)),
    )


def _item(number: int, item: Any) -> packing.Item:
    bodies = list(item.preparing.all())
    lead = ", ".join(body.name for body in bodies if body.lead)
    others = ", ".join(body.name for body in bodies if not body.lead)
    return packing.Item(
        number=number,
        text=one_line(item.text),
        bodies="; ".join(part for part in (lead, f"phối hợp: {others}" if others else "") if part),
        presenter=item.presenter,
        minutes=item.minutes,
        purpose=str(item.get_purpose_display()) if item.purpose else "",
        session=item.session.title if item.session else "",
        files=tuple(_file(document, offered) for document in item.filed for offered in _offered(document)),
    )


def _offered(document: ItemDocument) -> list[ItemFile]:
    """The newest version that was not returned, in a list of one or none."""
    return [v for v in document.versions.all() if v.state != ItemFile.State.RETURNED][:1]


def _file(document: ItemDocument, version: ItemFile) -> packing.File:
    return packing.File(
        title=one_line(document.title) or version.name,
        name=version.name,
        path=Path(version.file.path),
        content_type=version.content_type,
        sha256=version.sha256,
        url=settings.SITE_URL + reverse("meetings:file", args=[version.public_id]),
        accepted=version.state == ItemFile.State.ACCEPTED,
    )


def when_words(meeting: Meeting) -> str:
    """When the meeting is, as papers say it: "14 giờ 00, thứ Tư, 26/4/2023 (dự kiến)"."""
    with translation.override("vi"):
        at = meeting.starts_at
        time = f"{at:%H} giờ {at:%M}" if at else str(meeting.get_part_of_day_display()).lower()
        if meeting.weekly_on is not None:
            day = dates.weekday(dt.date(2024, 1, 1) + dt.timedelta(days=meeting.weekly_on))
            return f"{time}, {day} hằng tuần"
        if meeting.on is None:
            return meeting.schedule_note or "chưa có ngày"
        return f"{time}, {dates.full(meeting.on)}{' (dự kiến)' if meeting.tentative else ''}"


def file_name(meeting: Meeting) -> str:
    """ "bo-tai-lieu-hoi-nghi-ban-thuong-vu-2026-11-18.pdf"."""
    words = "".join(c if c.isascii() and c.isalnum() else " " for c in fold(meeting.title)).split()
    name = "-".join(words)[:80].strip("-")
    day = f"-{meeting.on.isoformat()}" if meeting.on else ""
    return f"bo-tai-lieu-{name or 'hoi-nghi'}{day}.pdf"
