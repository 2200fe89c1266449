"""Meetings of the living commune as they stand around today: the last ones concluded, the next ones with
people, minutes, documents and what the leader says of them."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from django.core.files.base import ContentFile

from agencies.models import IssuingBody, Person
from meetings import agenda, filing, lifecycle, planning, reviewing
from meetings.models import AgendaItem, ChangeRequest, Meeting, Opinion, PreparingBody, Series
from meetings.planning import AttendeePlan, Plan
from paper.forms import profile_for
from paper.printing import pdf
from paper.value import Clause, Paper, PartialDate, Regime, Role, Signature

#: body, start of the title of its regular meeting, drafter, officer who sends documents.
REGULAR = (
    ("du-xa", "Hội nghị Ban Thường vụ", "thuha", "kinhte"),
    ("ub-xa", "Phiên họp UBND xã thường kỳ", "ngocbich", "kinhte"),
)
#: Who attends besides the members of the series, in the words of an invitation.
ALSO = {
    "du-xa": "Các đồng chí ủy viên Ban Thường vụ Đảng ủy",
    "ub-xa": "Các đồng chí ủy viên UBND xã",
}
MINUTES = (30, 25, 20, 25, 15, 10)


def build(bodies: dict[str, IssuingBody], today: dt.date, now: dt.datetime) -> None:
    """Plan, hold and conclude through the services that the office uses."""
    for key, title, username, officer in REGULAR:
        actor = Person.objects.get(username=username)
        rows = Meeting.objects.filter(
            issuing_body=bodies[key], title__startswith=title, on__isnull=False
        ).order_by("on")
        series = Series.objects.filter(issuing_body=bodies[key], title__startswith=title[:12]).first()
        for meeting in rows:
            head(meeting, series, ALSO[key], actor=actor, now=now)
            times(meeting, actor=actor, now=now)
        for meeting in rows.filter(on__lt=today):
            conclude(meeting, actor=actor, now=now)
        coming = rows.filter(on__gte=today).first()
        if coming is not None:
            documents(coming, Person.objects.get(username=officer), actor=actor, now=now)
            opinions(coming, now=now)


def head(meeting: Meeting, series: Series | None, words: str, *, actor: Person, now: dt.datetime) -> None:
    """Chair, lead times and attendees of the series, and words for the members."""
    before = Plan.of(meeting)
    wanted = replace(before, attendees=(AttendeePlan(text=words),))
    if series is not None:
        asked = [AttendeePlan(person_id=a.person_id, agency_id=a.agency_id) for a in series.attendees.all()]
        wanted = replace(
            wanted,
            chair_id=series.chair_id,
            registration_days=series.registration_days,
            appraisal_days=series.appraisal_days,
            documents_days=series.documents_days,
            invitation_days=series.invitation_days,
            attendees=(*wanted.attendees, *asked),
        )
        Meeting.objects.filter(pk=meeting.pk).update(series=series, slot=meeting.on)
        wanted = replace(wanted, series_id=series.pk)
        before = Plan.of(Meeting.objects.get(pk=meeting.pk))
    planning.change_meeting(meeting, wanted, actor=actor, now=now, seen=before.seen)


def times(meeting: Meeting, *, actor: Person, now: dt.datetime) -> None:
    """Minutes and purpose of each item."""
    for n, item in enumerate(meeting.items.accepted()):
        purpose = AgendaItem.Purpose.DECIDE if "Sơ kết" in item.text else AgendaItem.Purpose.REPORT
        agenda.set_many([item], minutes=MINUTES[n % len(MINUTES)], purpose=purpose, actor=actor, now=now)


def conclude(meeting: Meeting, *, actor: Person, now: dt.datetime) -> None:
    """It was held; one item goes to the next meeting, the others were approved."""
    meeting = Meeting.objects.get(pk=meeting.pk)
    meeting = lifecycle.set_state(meeting, Meeting.State.HELD, actor=actor, now=now)
    items = list(meeting.items.accepted())
    outcomes = dict.fromkeys(items, (AgendaItem.Outcome.APPROVED.value, ""))
    if len(items) > 2:
        outcomes[items[1]] = (AgendaItem.Outcome.POSTPONED.value, "Bổ sung số liệu giải ngân.")
    agenda.set_outcomes(meeting, outcomes, actor=actor, now=now)
    lifecycle.set_state(meeting, Meeting.State.CONCLUDED, actor=actor, now=now)


def documents(meeting: Meeting, officer: Person, *, actor: Person, now: dt.datetime) -> None:
    """The officer's agency sends what it prepares, the office files the first items itself; one version
    waits for the office."""
    items = list(meeting.items.accepted())
    mine = set(officer.memberships.values_list("agency", flat=True)) - {None}
    theirs = [
        item for item in items if PreparingBody.objects.filter(item=item, agency__in=mine, lead=True).exists()
    ]
    for n, item in enumerate(theirs):
        agency = item.preparing.get(agency__in=mine, lead=True).agency
        sent = filing.submit(
            item, report(item, meeting), title=title(item), actor=officer, agency=agency, now=now
        )
        if n:
            filing.accept(sent.file, actor=actor, now=now)
    for item in [item for item in items if item not in theirs][:2]:
        filing.submit(item, report(item, meeting), title=title(item), actor=actor, agency=None, now=now)


def title(item: AgendaItem) -> str:
    """What the document of an item is called: the first part of its words."""
    return item.text.partition(";")[0].rstrip(".")


def opinions(meeting: Meeting, *, now: dt.datetime) -> None:
    """What the chair says of the first items, and one request that waits for the office."""
    chair = Meeting.objects.get(pk=meeting.pk).chair
    items = list(meeting.items.accepted())
    if chair is None or len(items) < 3:
        return
    reviewing.opine(items[0], Opinion.Choice.AGREE, actor=chair, now=now)
    text = "Đề nghị bổ sung so sánh với cùng kỳ năm trước."
    reviewing.note(items[1], text, private=False, actor=chair, now=now)
    reviewing.request_change(
        items[2],
        ChangeRequest.Kind.SHORTEN,
        minutes=10,
        note="Đã có báo cáo gửi trước.",
        actor=chair,
        now=now,
    )


def report(item: AgendaItem, meeting: Meeting) -> ContentFile[bytes]:
    """A report of one page as a real PDF."""
    day = meeting.on
    assert day is not None
    words = item.text.rstrip(".")
    paper = Paper(
        regime=Regime.STATE,
        issuer=("ỦY BAN NHÂN DÂN", "XÃ LỤC NGẠN"),
        notation="BC-UBND",
        place="Lục Ngạn",
        dated=PartialDate(day.year, day.month),
        kind="BÁO CÁO",
        subject=(words.removeprefix("Báo cáo ").capitalize(),),
        body=(
            Clause(
                "KẾT QUẢ THỰC HIỆN", "I.", (Clause(f"{words}: cơ bản đạt kế hoạch.", "1."),), Role.HEADING
            ),
            Clause(
                "NHIỆM VỤ THỜI GIAN TỚI", "II.", (Clause("Tiếp tục đôn đốc các đơn vị.", "1."),), Role.HEADING
            ),
        ),
        end_mark=True,
        signature=Signature(("TM. ỦY BAN NHÂN DÂN",), "CHỦ TỊCH", "Chu Văn Thịnh"),
    )
    return ContentFile(pdf.render(paper, profile_for(Regime.STATE, day)), name=f"bao-cao-{item.position}.pdf")
