"""A meeting with everything that a meeting can have, for pages, counts and permissions."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.core.files.base import ContentFile

from meetings.models import (
    AgendaItem,
    Appointment,
    Attendee,
    ChangeRequest,
    ConnectingPoint,
    ItemDocument,
    ItemFile,
    Meeting,
    Opinion,
    Pack,
    PreparingBody,
    Remark,
    Room,
    Series,
    SeriesAttendee,
    Session,
)
from tests.factories import NOW, Town

DAY = dt.date(2026, 12, 23)
PDF = b"%PDF-1.4\n%%EOF\n"


@dataclass(frozen=True)
class Assembly:
    """One told meeting and what the addresses of its pages need."""

    meeting: Meeting
    series: Series
    room: Room
    item: AgendaItem
    file: ItemFile
    request: ChangeRequest
    pack: Pack
    appointment: Appointment


def assembly(town: Town, items: int = 4, **values: object) -> Assembly:
    """Anh Sơn chairs, anh Bình's agency leads every item and chị Mai's coordinates the second, chị Lan is
    asked for the third item only, anh Minh attends; documents in every state."""
    room = Room.objects.create(name="Phòng họp tầng 2", issuing_body=town.party, seats=40)
    series = Series.objects.create(
        issuing_body=town.party,
        title="Hội nghị Ban Thường vụ Đảng ủy",
        frequency=Series.Frequency.MONTHLY_WEEKDAY,
        weekday=2,
        nth=4,
        chair=town.son,
        room=room,
        documents_days=5,
        invitation_days=3,
    )
    SeriesAttendee.objects.create(series=series, person=town.minh)
    defaults: dict[str, object] = {
        "title": "Hội nghị Ban Thường vụ Đảng ủy",
        "on": DAY,
        "tentative": True,
        "starts_at": dt.time(8),
        "ends_at": dt.time(16, 30),
        "chair": town.son,
        "room": room,
        "registration_days": 10,
        "appraisal_days": 7,
        "documents_days": 5,
        "invitation_days": 3,
        "announced_at": NOW,
    }
    meeting = Meeting.objects.create(
        issuing_body=town.party, series=series, slot=DAY, **{**defaults, **values}
    )
    morning = Session.objects.create(meeting=meeting, position=1, title="Khối Đảng", part_of_day="morning")
    Session.objects.create(meeting=meeting, position=2, title="Khối chính quyền", part_of_day="afternoon")
    ConnectingPoint.objects.create(meeting=meeting, position=1, name="Điểm cầu UBND xã", agency=town.agency)
    rows = [_item(town, meeting, n, morning if n == 1 else None) for n in range(1, items + 1)]
    for n, who in enumerate(({"person": town.minh}, {"text": "Các đồng chí ủy viên Ban Thường vụ"}), start=1):
        Attendee.objects.create(meeting=meeting, position=n, **who)  # type: ignore[arg-type]
    Attendee.objects.create(meeting=meeting, position=3, person=town.lan, item=rows[min(2, items - 1)])
    files = [_file(town, item, n) for n, item in enumerate(rows)]
    Remark.objects.create(item=rows[0], person=town.son, text="Cần nêu rõ diện tích.", at=NOW)
    Remark.objects.create(item=rows[0], person=town.son, text="Bổ sung so sánh.", private=False, at=NOW)
    Opinion.objects.create(item=rows[0], person=town.son, choice=Opinion.Choice.AGREE, at=NOW)
    request = ChangeRequest.objects.create(
        item=rows[-1], person=town.son, kind=ChangeRequest.Kind.SHORTEN, minutes=10, note="Đã rõ.", at=NOW
    )
    pack = Pack.objects.create(
        meeting=meeting,
        state=Pack.State.MADE,
        pages=3,
        requested_by=town.yen,
        requested_at=NOW,
        finished_at=NOW,
    )
    pack.file.save("bo.pdf", ContentFile(PDF))
    appointment = Appointment.objects.create(
        issuing_body=town.party, on=DAY, part_of_day="afternoon", title="Hội nghị trực tuyến của Tỉnh ủy"
    )
    appointment.people.add(town.son)
    return Assembly(meeting, series, room, rows[0], files[0], request, pack, appointment)


def _item(town: Town, meeting: Meeting, n: int, session: Session | None) -> AgendaItem:
    item = AgendaItem.objects.create(
        meeting=meeting,
        position=n,
        session=session,
        text=f"Báo cáo tình hình thực hiện nhiệm vụ số {n}.",
        purpose=AgendaItem.Purpose.REPORT,
        minutes=20,
        presenter="Đồng chí Chủ tịch UBND xã",
    )
    PreparingBody.objects.create(item=item, agency=town.agency, name="Phòng Kinh tế")
    if n == 2:
        PreparingBody.objects.create(
            item=item, agency=town.stranger, name="Hội Nông dân xã", lead=False, position=1
        )
    return item


def _file(town: Town, item: AgendaItem, n: int) -> ItemFile:
    states = [ItemFile.State.ACCEPTED, ItemFile.State.SUBMITTED, ItemFile.State.RETURNED]
    state = states[n % 3]
    document = ItemDocument.objects.create(item=item, title=f"Báo cáo {item.position}", position=1)
    made = ItemFile(
        document=document,
        version=1,
        name=f"bao-cao-{item.position}.pdf",
        content_type="application/pdf",
        size=len(PDF),
        sha256="0" * 64,
        pages=1,
        agency=town.agency,
        uploaded_by=town.binh,
        uploaded_at=NOW,
        state=state,
        reason="Thiếu phụ lục." if state == ItemFile.State.RETURNED else "",
        decided_by=None if state == ItemFile.State.SUBMITTED else town.yen,
        decided_at=None if state == ItemFile.State.SUBMITTED else NOW,
    )
    made.file.save("bao-cao.pdf", ContentFile(PDF), save=False)
    made.save()
    return made
