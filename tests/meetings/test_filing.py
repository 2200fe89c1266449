"""Filing documents: sent in versions, accepted or returned, told to those concerned, never half-saved."""

from __future__ import annotations

import datetime as dt
import hashlib
import unicodedata
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from pytest_django.fixtures import Settings

from agencies.models import Agency, Person
from assignments.models import Notification, Reminder
from meetings import content, filing
from meetings.holding import MeetingError
from meetings.models import AgendaItem, ItemDocument, ItemFile, Meeting, MeetingLog
from tests.factories import NOW, MembershipFactory, PersonFactory, Town
from tests.meetings import files
from tests.meetings.conftest import told_meeting

LATER = NOW + dt.timedelta(hours=1)


@pytest.fixture
def item(town: Town) -> AgendaItem:
    return told_meeting(town).items.all()[0]


def send(
    item: AgendaItem,
    actor: Person,
    agency: Agency | None,
    data: bytes | None = None,
    name: str = "Báo cáo.pdf",
    **more: Any,
) -> filing.Sent:
    upload = SimpleUploadedFile(name, files.pdf(2) if data is None else data)
    return filing.submit(item, upload, actor=actor, agency=agency, now=NOW, **more)


def on_disk() -> list[Path]:
    return [path for path in Path(django_settings.MEDIA_ROOT).rglob("*") if path.is_file()]


def told(word: str) -> dict[str, str]:
    rows = Notification.objects.filter(key__startswith=f"meeting.document_{word}:")
    return {row.person.username: row.title for row in rows.select_related("person")}


def actions() -> list[str]:
    return list(MeetingLog.objects.order_by("pk").values_list("action", flat=True))


# ---------------------------------------------------------------- sending


def test_a_document_is_kept_whole_under_a_name_nobody_guesses(town: Town, item: AgendaItem) -> None:
    data = files.pdf(3)

    sent = send(item, town.binh, town.agency, data, title="  Báo cáo   quý IV ")

    file = sent.file
    assert sent.added
    assert (file.document.title, file.version, file.state) == ("Báo cáo quý IV", 1, "submitted")
    assert (file.pages, file.size, file.sha256) == (3, len(data), hashlib.sha256(data).hexdigest())
    assert (file.agency, file.uploaded_by, file.uploaded_at) == (town.agency, town.binh, NOW)
    [stored] = on_disk()
    assert stored.read_bytes() == data
    assert len(stored.stem) == 32
    assert "cáo" not in str(stored)


def test_the_office_hears_of_it_and_nobody_else(town: Town, item: AgendaItem) -> None:
    send(item, town.binh, town.agency)

    assert told("submitted") == dict.fromkeys(("yen", "chung"), "Tài liệu chờ xem: Báo cáo (lần 1)")
    assert Notification.objects.count() == 2
    assert actions() == ["meeting.document_submit"]
    assert MeetingLog.objects.get().data["item"] == str(item.public_id)


def test_what_the_office_files_itself_is_valid_at_once(town: Town, item: AgendaItem) -> None:
    file = send(item, town.yen, None).file

    assert (file.state, file.decided_by, file.decided_at) == ("accepted", town.yen, NOW)
    assert Notification.objects.count() == 0


def test_versions_follow_each_other_and_stay(town: Town, item: AgendaItem) -> None:
    first = send(item, town.binh, town.agency).file
    second = send(item, town.binh, town.agency, files.pdf(4), document=first.document).file

    assert [(v.version, v.pages) for v in first.document.versions.all()] == [(2, 4), (1, 2)]
    assert second.document == first.document
    assert len(on_disk()) == 2
    assert Notification.objects.filter(person=town.yen).count() == 2


def test_two_documents_of_an_item_stand_beside_each_other(town: Town, item: AgendaItem) -> None:
    send(item, town.binh, town.agency)
    send(item, town.binh, town.agency, files.word(), "Phụ lục.docx")

    assert [(d.position, d.title) for d in item.documents.all()] == [(1, "Báo cáo"), (2, "Phụ lục")]


@pytest.mark.parametrize("again", ["new", "version"])
def test_the_same_bytes_add_nothing(town: Town, item: AgendaItem, again: str) -> None:
    data = files.pdf(2)
    first = send(item, town.binh, town.agency, data).file

    second = send(
        item,
        town.binh,
        town.agency,
        data,
        "Tên khác.pdf",
        document=first.document if again == "version" else None,
    )

    assert (second.added, second.file) == (False, first)
    assert ItemFile.objects.count() == len(on_disk()) == 1
    assert actions() == ["meeting.document_submit"]


def test_bytes_of_an_older_version_may_come_back(town: Town, item: AgendaItem) -> None:
    old = files.pdf(2)
    document = send(item, town.binh, town.agency, old).file.document
    send(item, town.binh, town.agency, files.pdf(3), document=document)

    assert send(item, town.binh, town.agency, old, document=document).file.version == 3


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        (unicodedata.normalize("NFD", "Tờ trình về đất đai.pdf"), "Tờ trình về đất đai.pdf"),
        ("C:\\Users\\Bình\\Báo cáo.pdf", "Báo cáo.pdf"),
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("Báo\u202e cáo\x00\x07 \n quý.pdf", "Báo cáo quý.pdf"),
        ("  .Báo cáo.pdf. ", "Báo cáo.pdf"),
        ("Ảnh " + "ố" * 400 + ".pdf", "Ảnh " + "ố" * 247 + ".pdf"),
        ("", "tài liệu"),
        ("...", "tài liệu"),
        ("\u200b\u202e", "tài liệu"),
    ],
)
def test_names_are_kept_as_people_write_them(given: str, kept: str) -> None:
    assert filing.clean_name(given) == kept


def test_a_name_without_an_ending_gets_the_right_one(town: Town, item: AgendaItem) -> None:
    assert send(item, town.binh, town.agency, files.jpeg(), "IMG_0012").file.name == "IMG_0012.jpg"


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("rong.pdf", b"", "Tệp rỗng"),
        ("a.docx", files.pdf(), "nội dung là PDF"),
        ("a.exe", b"MZ" + b"\x00" * 99, "Không nhận loại tệp này"),
        ("a.pdf", b"%PDF-1.7", "bị hỏng"),
    ],
)
def test_what_cannot_be_taken_leaves_nothing(
    town: Town, item: AgendaItem, name: str, data: bytes, words: str
) -> None:
    with pytest.raises(content.Refused, match=words):
        send(item, town.binh, town.agency, data, name)

    assert (ItemFile.objects.count(), ItemDocument.objects.count(), on_disk(), actions()) == (0, 0, [], [])


def test_a_file_above_the_limit_leaves_nothing(town: Town, item: AgendaItem, settings: Settings) -> None:
    settings.DOCUMENT_LIMIT = 1024 * 1024

    with pytest.raises(MeetingError, match="Tệp lớn hơn 1 MB"):
        send(item, town.binh, town.agency, b"%PDF-" + b"\x00" * 1024 * 1024)

    assert on_disk() == []


@pytest.mark.parametrize("state", Meeting.State.values)
def test_documents_change_until_the_meeting_is_held(town: Town, item: AgendaItem, state: str) -> None:
    file = send(item, town.binh, town.agency).file
    Meeting.objects.update(state=state, tentative=False)
    doing: dict[str, Any] = {
        "submit": lambda: send(item, town.binh, town.agency, files.pdf(9)),
        "return": lambda: filing.return_(file, "Thiếu số liệu.", actor=town.yen, now=LATER),
        "extend": lambda: filing.extend(
            item, dt.date(2026, 12, 20), "Chờ số liệu", actor=town.yen, now=LATER
        ),
        "needed": lambda: filing.set_needed(item, False, actor=town.yen, now=LATER),
        "remove": lambda: filing.remove(file.document, actor=town.yen, now=LATER),
    }

    done = set()
    for word, do in doing.items():
        try:
            do()
        except MeetingError as error:
            assert "nên tài liệu được giữ nguyên" in str(error)  # noqa: PT017  both ways are asserted
        else:
            done.add(word)

    assert done == (set(doing) if state in ("planned", "invited", "postponed") else set())
    assert len(on_disk()) == ItemFile.objects.count()


def test_a_failed_transaction_leaves_no_file(
    town: Town, item: AgendaItem, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_args: object, **_more: object) -> None:
        raise IntegrityError

    monkeypatch.setattr(MeetingLog, "save", broken)

    with pytest.raises(IntegrityError), transaction.atomic():
        send(item, town.binh, town.agency)

    assert (ItemFile.objects.count(), ItemDocument.objects.count(), on_disk()) == (0, 0, [])


def test_an_item_that_is_gone_is_said_to_be(town: Town, item: AgendaItem) -> None:
    row = AgendaItem.objects.select_related("meeting").get(pk=item.pk)
    item.delete()

    with pytest.raises(MeetingError, match="vừa được bỏ"):
        send(row, town.binh, town.agency)

    assert on_disk() == []


# ---------------------------------------------------------------- deciding


def test_the_office_accepts_once(town: Town, item: AgendaItem) -> None:
    file = send(item, town.binh, town.agency).file

    filing.accept(file, actor=town.yen, now=LATER)
    with pytest.raises(MeetingError, match="Bản này đã được xem xét: đã nhận"):
        filing.accept(file, actor=town.chung, now=LATER)

    file.refresh_from_db()
    assert (file.state, file.decided_by, file.decided_at) == ("accepted", town.yen, LATER)
    assert actions() == ["meeting.document_submit", "meeting.document_accept"]
    assert told("accepted") == {"binh": "Đã nhận: Báo cáo (lần 1)"}


def test_the_office_returns_with_a_reason_once(town: Town, item: AgendaItem) -> None:
    file = send(item, town.binh, town.agency).file

    with pytest.raises(MeetingError, match="Hãy ghi lý do"):
        filing.return_(file, "  ", actor=town.yen, now=LATER)
    filing.return_(file, "Thiếu số liệu tháng 11.", actor=town.yen, now=LATER)
    with pytest.raises(MeetingError, match="đã được xem xét: trả lại"):
        filing.return_(file, "Lần nữa.", actor=town.yen, now=LATER)

    file.refresh_from_db()
    assert (file.state, file.reason) == ("returned", "Thiếu số liệu tháng 11.")
    assert actions()[1:] == ["meeting.document_return"]
    assert told("returned") == {"binh": "Trả lại: Báo cáo (lần 1)"}
    assert Notification.objects.get(person=town.binh).text == "Thiếu số liệu tháng 11."


def test_an_accepted_version_stays_valid_until_a_newer_one_is(town: Town, item: AgendaItem) -> None:
    first = send(item, town.binh, town.agency).file
    filing.accept(first, actor=town.yen, now=LATER)
    second = send(item, town.binh, town.agency, files.pdf(5), document=first.document).file

    assert list(ItemFile.objects.valid()) == [first]
    filing.return_(second, "Sai mẫu.", actor=town.yen, now=LATER)
    assert list(ItemFile.objects.valid()) == [first]
    third = send(item, town.binh, town.agency, files.pdf(6), document=first.document).file
    filing.accept(third, actor=town.yen, now=LATER)
    assert list(ItemFile.objects.valid()) == [third]


def test_an_acceptance_can_be_taken_back(town: Town, item: AgendaItem) -> None:
    file = send(item, town.binh, town.agency).file
    filing.accept(file, actor=town.yen, now=LATER)

    filing.return_(file, "Nhận nhầm.", actor=town.yen, now=LATER)

    assert list(ItemFile.objects.valid()) == []
    assert told("returned") == {"binh": "Trả lại: Báo cáo (lần 1)"}


@pytest.mark.parametrize("word", ["accept", "return"])
def test_only_the_newest_version_is_decided(town: Town, item: AgendaItem, word: str) -> None:
    old = send(item, town.binh, town.agency).file
    send(item, town.binh, town.agency, files.pdf(5), document=old.document)

    decide = filing.accept if word == "accept" else partial(filing.return_, reason="Cũ.")

    with pytest.raises(MeetingError, match="Đã có bản mới hơn"):
        decide(old, actor=town.yen, now=LATER)

    old.refresh_from_db()
    assert old.state == "submitted"


def test_colleagues_of_the_sender_hear_and_other_bodies_do_not(town: Town, item: AgendaItem) -> None:
    hue = PersonFactory.create(username="hue", full_name="Đào Thị Huệ")
    MembershipFactory.create(person=hue, role="officer", agency=town.agency)
    item.preparing.create(agency=town.stranger, name="Hội Nông dân xã", lead=False)
    file = send(item, town.binh, town.agency).file

    filing.return_(file, "Sai mẫu.", actor=town.yen, now=LATER)

    assert set(told("returned")) == {"binh", "hue"}


# ---------------------------------------------------------------- removing, extending, needing, reminding


def test_a_document_is_taken_off_and_its_versions_stay(town: Town, item: AgendaItem) -> None:
    document = send(item, town.binh, town.agency).file.document

    filing.remove(document, actor=town.yen, now=LATER)
    with pytest.raises(MeetingError, match="đã được gỡ rồi"):
        filing.remove(document, actor=town.yen, now=LATER)
    with pytest.raises(MeetingError, match="đã được gỡ"):
        send(item, town.binh, town.agency, files.pdf(7), document=document)
    with pytest.raises(MeetingError, match="đã được gỡ"):
        filing.accept(document.versions.get(), actor=town.yen, now=LATER)

    assert ItemFile.objects.count() == len(on_disk()) == 1
    assert actions() == ["meeting.document_submit", "meeting.document_remove"]


def test_an_extension_is_told_to_the_bodies_and_moves_the_reminder(town: Town, item: AgendaItem) -> None:
    others = AgendaItem.objects.exclude(pk=item.pk)
    others.update(needs_documents=False)

    filing.extend(item, dt.date(2026, 12, 18), "Chờ số liệu thuế.", actor=town.yen, now=NOW)

    item.refresh_from_db()
    assert item.extended_to == dt.date(2026, 12, 18)
    assert set(told("extended")) == {"binh"}
    reminder = Reminder.objects.get(kind="documents", person=town.binh)
    assert reminder.due_on == dt.date(2026, 12, 18)
    assert actions() == ["meeting.document_extend"]


@pytest.mark.parametrize(
    ("day", "reason", "words"),
    [
        (dt.date(2026, 12, 18), " ", "Hãy ghi lý do gia hạn"),
        (dt.date(2026, 11, 19), "Vì", "đã qua"),
        (dt.date(2026, 12, 24), "Vì", "trước hoặc đúng ngày họp"),
        (dt.date(2026, 12, 17), "Vì", "đã được gia hạn đến"),
    ],
)
def test_an_extension_that_cannot_be_changes_nothing(
    town: Town, item: AgendaItem, day: dt.date, reason: str, words: str
) -> None:
    AgendaItem.objects.update(extended_to=dt.date(2026, 12, 17))
    item.refresh_from_db()

    with pytest.raises(MeetingError, match=words):
        filing.extend(item, day, reason, actor=town.yen, now=NOW)

    item.refresh_from_db()
    assert (item.extended_to, actions()) == (dt.date(2026, 12, 17), [])


def test_nobody_hears_of_an_extension_for_a_meeting_they_do_not_know(town: Town, item: AgendaItem) -> None:
    Meeting.objects.update(announced_at=None)

    filing.extend(item, dt.date(2026, 12, 18), "Chờ.", actor=town.yen, now=NOW)

    assert Notification.objects.count() == 0


def test_an_item_that_needs_none_is_said_to_once(town: Town, item: AgendaItem) -> None:
    filing.set_needed(item, False, actor=town.yen, now=NOW)
    filing.set_needed(item, False, actor=town.yen, now=NOW)
    filing.set_needed(item, True, actor=town.yen, now=NOW)

    assert actions() == ["meeting.document_not_needed", "meeting.document_needed"]


def test_a_body_is_reminded_once_a_day_of_all_that_it_owes(town: Town, item: AgendaItem) -> None:
    file = send(item, town.binh, town.agency).file
    filing.accept(file, actor=town.yen, now=NOW)
    meeting, tomorrow = item.meeting, NOW + dt.timedelta(days=1)

    assert filing.remind(meeting, town.agency, actor=town.yen, now=NOW) == 1
    with pytest.raises(MeetingError, match="Hôm nay đã nhắc Phòng Kinh tế rồi"):
        filing.remind(meeting, town.agency, actor=town.chung, now=LATER)
    filing.remind(meeting, town.agency, actor=town.yen, now=tomorrow)

    notes = Notification.objects.filter(key__startswith="meeting.document_chase:").order_by("at")
    assert [n.person for n in notes] == [town.binh, town.binh]
    assert notes[0].text == "2. Báo cáo số 2. (Hạn 15/12)\n3. Báo cáo số 3. (Hạn 15/12)"
    assert actions().count("meeting.document_remind") == 2


@pytest.mark.parametrize("why", ["untold", "nothing owed", "nobody there"])
def test_a_reminder_that_reaches_nobody_is_refused(town: Town, item: AgendaItem, why: str) -> None:
    agency, words = (
        town.agency,
        {"untold": "chưa báo", "nothing owed": "không còn nợ", "nobody there": "chưa có tài khoản"},
    )
    if why == "untold":
        Meeting.objects.update(announced_at=None)
    if why == "nothing owed":
        agency = town.stranger
    if why == "nobody there":
        town.binh.memberships.all().delete()

    with pytest.raises(MeetingError, match=words[why]):
        filing.remind(item.meeting, agency, actor=town.yen, now=NOW)

    assert (actions(), Notification.objects.count()) == ([], 0)
