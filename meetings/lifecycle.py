"""The life of a meeting: planned (tentative → confirmed) → invited → held → concluded, or off."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agencies.models import Person
from assignments import notices
from audit.actions import register
from lucngan.lib.dates import full
from meetings import announcing, audience, history, reminders, rules
from meetings.holding import MeetingError, held
from meetings.models import AgendaItem, Meeting

State = Meeting.State

#: (from, to): name of the audit action. The whole life is this table; a new day is given by
#: ``meetings.moving``, which takes a postponed meeting back to planned.
TRANSITIONS = {
    (State.PLANNED, State.INVITED): "meeting.invite",
    (State.PLANNED, State.HELD): "meeting.hold",
    (State.INVITED, State.HELD): "meeting.hold",
    (State.HELD, State.CONCLUDED): "meeting.conclude",
    (State.CONCLUDED, State.HELD): "meeting.reopen",
    (State.PLANNED, State.POSTPONED): "meeting.postpone",
    (State.INVITED, State.POSTPONED): "meeting.postpone",
    (State.PLANNED, State.CANCELLED): "meeting.cancel",
    (State.INVITED, State.CANCELLED): "meeting.cancel",
    (State.POSTPONED, State.CANCELLED): "meeting.cancel",
}

register(
    **{
        "meeting.confirm": gettext_lazy("chốt ngày họp chính thức"),
        "meeting.announce": gettext_lazy("báo các cơ quan, người liên quan"),
        "meeting.invite": gettext_lazy("ghi nhận đã gửi giấy mời"),
        "meeting.hold": gettext_lazy("ghi nhận đã họp"),
        "meeting.conclude": gettext_lazy("kết thúc hội nghị"),
        "meeting.reopen": gettext_lazy("mở lại để sửa kết quả"),
        "meeting.postpone": gettext_lazy("hoãn hội nghị"),
        "meeting.cancel": gettext_lazy("hủy hội nghị"),
    }
)


@transaction.atomic
def set_state(
    meeting: Meeting, to: str, *, actor: Person | None, now: dt.datetime, note: str = "", tell: bool = True
) -> Meeting:
    """Move one step, or raise MeetingError with the sentence and change nothing. Without ``tell`` the
    caller tells those concerned, together with what else changed.

    Effects: state (a postponed meeting loses its day), one log entry, the words of a draft that
    announces it, reminders; those concerned are told of a postponement and of a cancellation, and
    what is invited to is told. Two clicks at once leave one log entry.
    """
    meeting = held(meeting)
    before = State(meeting.state)
    action = TRANSITIONS.get((before, State(to)))
    if action is None:
        raise MeetingError(
            _("Hội nghị đang ở trạng thái “%(state)s”, không làm việc này được.")
            % {"state": meeting.get_state_display()}
        )
    _guard(meeting, action, now)
    day = meeting.on.isoformat() if meeting.on else ""  # a feed still has to say which day is off
    changes: dict[str, object] = {"state": to, "changed_at": now, "sequence": meeting.sequence + 1}
    if to == State.POSTPONED:
        changes |= {"on": None, "tentative": False, "schedule_note": ""}
    if to == State.INVITED and meeting.announced_at is None:
        changes["announced_at"] = now
    _set(meeting, changes)
    history.log(meeting, action, actor=actor, now=now, note=note, before=before, after=to, on=day)
    if to == State.POSTPONED and actor is not None:
        announcing.mirror(meeting, actor=actor, now=now)
    reminders.refresh([meeting], now=now)
    if tell and to in (State.POSTPONED, State.CANCELLED):
        title = _("Hoãn: %(meeting)s") if to == State.POSTPONED else _("Hủy: %(meeting)s")
        _tell(meeting, action, title % {"meeting": meeting}, note, actor=actor, now=now)
    return meeting


@transaction.atomic
def confirm(meeting: Meeting, *, actor: Person, now: dt.datetime) -> Meeting:
    """The tentative day becomes the day. Effects: row, log, words of the draft, those concerned are
    told. Raises MeetingError for a meeting without a day, or one that is confirmed already."""
    meeting = held(meeting)
    if meeting.state != State.PLANNED or meeting.on is None:
        raise MeetingError(_("Hội nghị chưa có ngày, chưa chốt được."))
    if not meeting.tentative:
        raise MeetingError(_("Ngày họp đã được chốt."))
    _set(meeting, {"tentative": False, "changed_at": now, "sequence": meeting.sequence + 1})
    history.log(meeting, "meeting.confirm", actor=actor, now=now, on=meeting.on.isoformat())
    announcing.mirror(meeting, actor=actor, now=now)
    reminders.refresh([meeting], now=now)
    title = _("Chốt ngày họp %(day)s: %(meeting)s") % {"day": full(meeting.on), "meeting": meeting}
    _tell(meeting, "meeting.confirm", title, "", actor=actor, now=now)
    return meeting


@transaction.atomic
def announce(meeting: Meeting, *, actor: Person, now: dt.datetime) -> Meeting:
    """Let those concerned know of the meeting: from now on they see it and send documents.

    Effects: row, log, reminders, one notice each. Raises MeetingError when it was told before.
    """
    meeting = held(meeting)
    if meeting.announced_at is not None or not meeting.is_open:
        raise MeetingError(_("Hội nghị này đã báo cho các cơ quan, hoặc không còn chờ họp."))
    _set(meeting, {"announced_at": now})
    history.log(meeting, "meeting.announce", actor=actor, now=now)
    reminders.refresh([meeting], now=now)
    day = full(meeting.on) if meeting.on else _("chưa có ngày")
    title = _("Hội nghị sắp tới (%(day)s): %(meeting)s") % {"day": day, "meeting": meeting}
    _tell(meeting, "meeting.announce", title, "", actor=actor, now=now)
    return meeting


def missing_outcomes(meeting: Meeting) -> list[AgendaItem]:
    """Items of the agenda that have no outcome yet: with one of them a meeting cannot be concluded."""
    return list(meeting.items.accepted().filter(outcome=""))


def _guard(meeting: Meeting, action: str, now: dt.datetime) -> None:
    """Raise MeetingError where the step is in the table and not possible now."""
    if action in ("meeting.invite", "meeting.hold") and (meeting.on is None or meeting.tentative):
        raise MeetingError(_("Hãy chốt ngày họp trước."))
    if action == "meeting.hold" and meeting.on and meeting.on > localdate(now):
        raise MeetingError(_("Chưa đến ngày họp (%(day)s).") % {"day": full(meeting.on)})
    if action == "meeting.conclude" and (missing := missing_outcomes(meeting)):
        numbers = ", ".join(str(item.position) for item in missing)
        raise MeetingError(_("Chưa kết thúc được: nội dung %(items)s chưa có kết quả.") % {"items": numbers})


def _set(meeting: Meeting, changes: dict[str, object]) -> None:
    """Compare and set; raises MeetingError when somebody else was faster."""
    mine = Meeting.objects.filter(pk=meeting.pk, state=meeting.state, sequence=meeting.sequence)
    if mine.update(**changes) != 1:
        raise MeetingError(_("Người khác vừa thay đổi hội nghị này. Hãy tải lại trang."))
    for name, value in changes.items():
        setattr(meeting, name, value)


def _tell(
    meeting: Meeting, kind: str, title: str, text: str, *, actor: Person | None, now: dt.datetime
) -> None:
    """One notice to each person concerned but the one who did it."""
    people = audience.of([meeting], localdate(now))[meeting.pk]
    notices.tell(
        [person for person in people if actor is None or person.pk != actor.pk],
        key=f"{kind}:{meeting.public_id}:{meeting.sequence}",
        kind=kind,
        title=title,
        text=text,
        url=reverse("meetings:detail", args=[meeting.public_id]),
        now=now,
    )


@dataclass(frozen=True, slots=True)
class Action:
    """Something that the person may do now: it draws the button and guards the POST."""

    name: str
    label: str | Promise
    icon: str
    style: str = "outline-secondary"
    needs_note: bool = False
    ask: str | Promise = ""


#: Every step as an action: target state (None: another door), states and condition in which it is offered.
ACTIONS: tuple[tuple[Action, str | None], ...] = (
    (Action("confirm", gettext_lazy("Chốt chính thức"), "check"), None),
    (
        Action(
            "announce",
            gettext_lazy("Báo các cơ quan…"),
            "send",
            ask=gettext_lazy("Người dự và cơ quan chuẩn bị sẽ thấy hội nghị này và nhận một thông báo."),
        ),
        None,
    ),
    (Action("invite", gettext_lazy("Ghi nhận đã mời"), "mail"), State.INVITED),
    (Action("hold", gettext_lazy("Đã họp"), "check-circle"), State.HELD),
    (Action("conclude", gettext_lazy("Kết thúc hội nghị"), "lock", "primary"), State.CONCLUDED),
    (Action("reopen", gettext_lazy("Mở lại để sửa kết quả…"), "undo", needs_note=True), State.HELD),
    (
        Action(
            "postpone",
            gettext_lazy("Hoãn…"),
            "history",
            needs_note=True,
            ask=gettext_lazy("Hội nghị mất ngày họp; người liên quan nhận một thông báo."),
        ),
        State.POSTPONED,
    ),
    (
        Action(
            "cancel",
            gettext_lazy("Hủy hội nghị…"),
            "ban",
            needs_note=True,
            ask=gettext_lazy("Hội nghị bị hủy; người liên quan nhận một thông báo."),
        ),
        State.CANCELLED,
    ),
)


def available_actions(meeting: Meeting, person: Person | AnonymousUser, today: dt.date) -> list[Action]:
    """What the person may do with the meeting now; "move" and "edit" are pages of their own."""
    if not rules.may_manage(person, meeting):
        return []
    return [action for action, to in ACTIONS if _offered(meeting, action.name, to, today)]


def _offered(meeting: Meeting, name: str, to: str | None, today: dt.date) -> bool:
    ready = meeting.on is not None and not meeting.tentative
    if name == "confirm":
        return meeting.state == State.PLANNED and meeting.on is not None and meeting.tentative
    if name == "announce":
        return meeting.is_open and not rules.is_told(meeting)
    if TRANSITIONS.get((State(meeting.state), State(to or ""))) != f"meeting.{name}":
        return False
    if name == "hold":
        return ready and meeting.on is not None and meeting.on <= today
    return ready if name == "invite" else True


def act(meeting: Meeting, name: str, *, actor: Person, now: dt.datetime, note: str = "") -> Meeting:
    """Do an action by its name; raises MeetingError with the sentence, KeyError for no such action."""
    action, to = {action.name: (action, to) for action, to in ACTIONS}[name]
    if action.needs_note and not note.strip():
        raise MeetingError(_("Hãy ghi lý do."))
    if name == "confirm":
        return confirm(meeting, actor=actor, now=now)
    if name == "announce":
        return announce(meeting, actor=actor, now=now)
    return set_state(meeting, to or "", actor=actor, now=now, note=note.strip())
