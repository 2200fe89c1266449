"""Tài liệu của một nội dung họp: gửi, nhận, trả lại, gỡ, gia hạn, nhắc, phục vụ tệp."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from django.conf import settings as django_settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django.fixtures import Settings

from assignments.models import Notification
from meetings.models import AgendaItem, ItemDocument, ItemFile, Meeting, MeetingLog, PreparingBody
from tests.factories import Town
from tests.meetings import files
from tests.meetings.conftest import told_meeting
from tests.meetings.test_readiness import version
from tests.web.conftest import Enter

#: Statements of the page of an item, and of the page of a meeting beside its other panels.
PAGE_QUERIES = {"yen": 9, "binh": 9}


@pytest.fixture
def item(town: Town) -> AgendaItem:
    return told_meeting(town).items.all()[0]


def text(response: Any) -> str:
    return re.sub(r"\s+", " ", response.content.decode())


def page(item: AgendaItem) -> str:
    return f"/hoi-nghi/noi-dung/{item.public_id}/tai-lieu/"


def send(
    client: Client, item: AgendaItem, *uploads: tuple[str, bytes], htmx: bool = False, **more: Any
) -> Any:
    files_ = [SimpleUploadedFile(name, data) for name, data in uploads]
    headers = {"HX-Request": "true"} if htmx else {}
    return client.post(page(item), {"upload": files_, **more}, headers=headers, follow=not htmx)


def on_disk() -> list[Path]:
    return [path for path in Path(django_settings.MEDIA_ROOT).rglob("*") if path.is_file()]


def submitted(town: Town, item: AgendaItem, **values: Any) -> ItemFile:
    return version(item, "submitted", agency=town.agency, uploaded_by=town.binh, **values)


# ---------------------------------------------------------------- the page and sending


def test_an_officer_sends_several_files_at_once(town: Town, item: AgendaItem, enter: Enter) -> None:
    client = enter("binh")

    shown = send(client, item, ("Báo cáo.pdf", files.pdf(2)), ("Ảnh chụp.jpg", files.jpeg()), title="Bỏ qua")

    body = text(shown)
    assert shown.status_code == 200
    assert "Đã gửi Báo cáo.pdf." in body
    assert "Đã gửi Ảnh chụp.jpg." in body
    assert [d.title for d in item.documents.all()] == ["Báo cáo", "Ảnh chụp"]
    assert set(ItemFile.objects.values_list("agency", flat=True)) == {town.agency.pk}
    assert "Chờ Văn phòng xem" in body
    assert set(Notification.objects.values_list("person__username", flat=True)) == {"yen", "chung"}


def test_one_file_takes_the_title_that_was_typed(item: AgendaItem, enter: Enter) -> None:
    send(enter("binh"), item, ("a.pdf", files.pdf()), title=" Báo  cáo quý ")

    assert item.documents.get().title == "Báo cáo quý"


def test_what_is_refused_is_named_and_the_others_are_kept(item: AgendaItem, enter: Enter) -> None:
    shown = send(enter("binh"), item, ("tot.pdf", files.pdf()), ("gia.docx", files.pdf(3)), title="Chữ đã gõ")

    assert shown.status_code == 422
    assert "<b>gia.docx</b>: Tệp tên .docx nhưng nội dung là PDF." in text(shown)
    assert 'value="Chữ đã gõ"' in text(shown)
    assert [d.title for d in item.documents.all()] == ["tot"]
    assert len(on_disk()) == 1


def test_nothing_chosen_is_said(item: AgendaItem, enter: Enter) -> None:
    shown = enter("binh").post(page(item), {"title": "x"})

    assert shown.status_code == 422
    assert "Hãy chọn ít nhất một tệp." in text(shown)


def test_htmx_gets_the_body_alone(item: AgendaItem, enter: Enter) -> None:
    good = send(enter("binh"), item, ("a.pdf", files.pdf()), htmx=True)
    bad = send(enter("binh"), item, ("a.exe", b"MZ" * 9), htmx=True)

    assert (good.status_code, bad.status_code) == (200, 422)
    assert "<html" not in text(good)
    assert 'id="tai-lieu"' in text(good)
    assert "Đã gửi a.pdf." in text(good)
    assert "Không nhận loại tệp này." in text(bad)


def test_sending_the_same_file_twice_adds_nothing(item: AgendaItem, enter: Enter) -> None:
    data = files.pdf()
    send(enter("binh"), item, ("a.pdf", data))

    again = send(enter("binh"), item, ("b.pdf", data))

    assert "a.pdf giống hệt bản đã có (lần 1), không gửi thêm." in text(again)
    assert (ItemFile.objects.count(), MeetingLog.objects.count()) == (1, 1)


def test_a_new_version_goes_to_its_document(town: Town, item: AgendaItem, enter: Enter) -> None:
    first = submitted(town, item)

    send(enter("binh"), item, ("b.pdf", files.pdf()), document=str(first.document.public_id))
    two = send(
        enter("binh"),
        item,
        ("c.pdf", files.pdf(3)),
        ("d.pdf", files.pdf(4)),
        document=first.document.public_id,
    )

    assert [v.version for v in first.document.versions.all()] == [2, 1]
    assert two.status_code == 422
    assert "Bản mới của một tài liệu chỉ là một tệp." in text(two)


@pytest.mark.parametrize("document", ["x", "00000000-0000-4000-8000-000000000000"])
def test_a_version_of_what_is_not_there_is_refused(item: AgendaItem, enter: Enter, document: str) -> None:
    answer = send(enter("binh"), item, ("b.pdf", files.pdf()), document=document)

    assert answer.status_code in (403, 404)
    assert ItemFile.objects.count() == 0


def test_another_body_does_not_replace_a_document(town: Town, item: AgendaItem, enter: Enter) -> None:
    PreparingBody.objects.create(item=item, agency=town.stranger, name="Hội Nông dân xã", lead=False)
    waiting = submitted(town, item)
    valid = version(item, "accepted", agency=town.agency)

    hidden = send(enter("mai"), item, ("b.pdf", files.pdf()), document=waiting.document.public_id)
    seen = send(enter("mai"), item, ("b.pdf", files.pdf()), document=valid.document.public_id)
    own = send(enter("mai"), item, ("b.pdf", files.pdf()))

    assert (hidden.status_code, seen.status_code, own.status_code) == (404, 403, 200)
    assert ItemFile.objects.get(sha256=own.context["documents"][-1].newest.sha256).agency == town.stranger


def test_the_office_sends_for_itself_and_it_counts_at_once(item: AgendaItem, enter: Enter) -> None:
    shown = send(enter("yen"), item, ("a.pdf", files.pdf()))

    assert ItemFile.objects.get().agency is None
    assert "Nhận hôm nay" in text(shown)


def test_who_belongs_to_both_chooses(town: Town, item: AgendaItem, enter: Enter) -> None:
    town.yen.memberships.create(role="officer", agency=town.agency, since="2020-01-01")
    client = enter("yen")

    assert "Gửi với tư cách" in text(client.get(page(item)))
    send(client, item, ("a.pdf", files.pdf(1)), agency=str(town.agency.pk))
    send(client, item, ("b.pdf", files.pdf(2)), agency="van-phong")
    send(client, item, ("c.pdf", files.pdf(3)), agency="999")

    assert [f.agency for f in ItemFile.objects.order_by("pk")] == [town.agency, None, None]


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("yen", 200),
        ("chung", 200),
        ("hoa", 403),
        ("son", 403),
        ("binh", 200),
        ("mai", 404),
        ("lan", 404),
        ("minh", 404),
        ("vinh", 404),
    ],
)
def test_only_those_who_prepare_and_the_office_send(
    item: AgendaItem, enter: Enter, name: str, code: int
) -> None:
    assert send(enter(name), item, ("a.pdf", files.pdf())).status_code == code
    assert ItemFile.objects.count() == (1 if code == 200 else 0)


def test_after_the_meeting_a_sentence_says_why_nothing_is_sent(item: AgendaItem, enter: Enter) -> None:
    Meeting.objects.update(state="held", tentative=False)

    shown = send(enter("binh"), item, ("a.pdf", files.pdf()))

    assert shown.status_code == 422
    assert "tài liệu được giữ nguyên" in text(shown)
    assert "data-filing" not in text(shown)
    assert (ItemFile.objects.count(), on_disk()) == (0, [])


def test_an_untold_meeting_does_not_exist_for_a_body(item: AgendaItem, enter: Enter) -> None:
    Meeting.objects.update(announced_at=None)

    assert enter("binh").get(page(item)).status_code == 404


@pytest.mark.parametrize("name", PAGE_QUERIES)
@pytest.mark.parametrize("count", [1, 12])
def test_the_page_costs_the_same_however_many_versions(
    town: Town, item: AgendaItem, enter: Enter, name: str, count: int
) -> None:
    for _n in range(count):
        document = version(item, "returned", agency=town.agency).document
        for _k in range(count):
            version(item, "accepted", document=document, agency=town.agency, decided_by=town.yen)
    client = enter(name)
    client.get(page(item))

    with CaptureQueriesContext(connection) as counted:
        shown = client.get(page(item))

    assert text(shown).count("Bản đang dùng") == count
    assert len(counted) == PAGE_QUERIES[name], [q["sql"][:110] for q in counted]


# ---------------------------------------------------------------- large uploads


class Zeros(io.RawIOBase):
    """A file of zeros that takes no room."""

    def __init__(self, size: int) -> None:
        self.left = size
        self.name = "lon.pdf"

    def read(self, size: int = -1) -> bytes:
        size = self.left if size < 0 else min(size, self.left)
        self.left -= size
        return b"\x00" * size


class Multipart(io.RawIOBase):
    """The body of a form with one large file, made while it is read; counts what is taken."""

    def __init__(self, size: int) -> None:
        head = '--x\r\nContent-Disposition: form-data; name="upload"; filename="lon.pdf"\r\n\r\n'
        tail = '\r\n--x\r\nContent-Disposition: form-data; name="title"\r\n\r\nLớn\r\n--x--\r\n'
        self.parts = [io.BytesIO(head.encode()), Zeros(size), io.BytesIO(tail.encode())]
        self.length = len(head) + size + len(tail.encode())

    def __len__(self) -> int:
        return self.length

    def read(self, size: int = -1) -> bytes:
        out = b""
        while self.parts and len(out) < size:
            piece = self.parts[0].read(size - len(out))
            if not piece:
                self.parts.pop(0)
            out += piece
        return out


def answer_to(client: Client, item: AgendaItem, body: Multipart) -> Any:
    sent = {
        "wsgi.input": body,
        "CONTENT_TYPE": "multipart/form-data; boundary=x",
        "CONTENT_LENGTH": str(len(body)),
    }
    return client.generic("POST", page(item), **sent)  # type: ignore[arg-type]


@pytest.fixture
def temporary(tmp_path: Path, settings: Settings) -> Iterator[Path]:
    """Where files lie while they come in."""
    folder = tmp_path / "dang-nhan"
    folder.mkdir()
    settings.FILE_UPLOAD_TEMP_DIR = str(folder)
    yield folder
    assert list(folder.iterdir()) == []


def test_two_hundred_megabytes_get_a_sentence_and_leave_nothing(
    item: AgendaItem, enter: Enter, temporary: Path
) -> None:
    shown = answer_to(enter("binh"), item, Multipart(200 * 1024 * 1024))

    assert shown.status_code == 422
    assert "<b>lon.pdf</b>: Tệp lớn hơn 100 MB." in text(shown)
    assert 'value="Lớn"' in text(shown)
    assert (ItemFile.objects.count(), ItemDocument.objects.count(), on_disk()) == (0, 0, [])


def test_files_that_are_too_large_together_are_dropped(
    item: AgendaItem, enter: Enter, settings: Settings, temporary: Path
) -> None:
    settings.DOCUMENT_LIMIT = settings.UPLOAD_LIMIT = 300_000
    noise = [files.pdf(n) + b"%" + b"x" * 250_000 + b"\n%%EOF" for n in (1, 2, 3)]

    shown = send(enter("binh"), item, *((f"{n}.pdf", data) for n, data in enumerate(noise)))

    assert shown.status_code == 422
    assert "<b>2.pdf</b>: Các tệp gửi một lần lớn hơn" in text(shown)
    assert ItemFile.objects.count() == len(on_disk()) == 2


# ---------------------------------------------------------------- the office decides


def act(client: Client, file: ItemFile, word: str, **data: Any) -> Any:
    return client.post(f"/hoi-nghi/tai-lieu/{file.public_id}/{word}/", data, follow=True)


def test_the_office_accepts_in_place(town: Town, item: AgendaItem, enter: Enter) -> None:
    file, client = submitted(town, item), enter("yen")

    first = act(client, file, "nhan")
    second = act(client, file, "nhan")

    assert "Đã nhận “Báo cáo”." in text(first)
    assert "Bản đang dùng" in text(first)
    assert second.status_code == 409
    assert "Bản này đã được xem xét: đã nhận." in text(second)
    assert MeetingLog.objects.filter(action="meeting.document_accept").count() == 1
    assert client.get(f"/hoi-nghi/tai-lieu/{file.public_id}/nhan/").status_code == 405


def test_the_office_returns_with_a_reason(town: Town, item: AgendaItem, enter: Enter) -> None:
    file, client = submitted(town, item), enter("chung")

    empty = act(client, file, "tra-lai", reason=" ")
    done = act(client, file, "tra-lai", reason="Thiếu chữ ký.")

    assert empty.status_code == 409
    assert "Hãy ghi lý do trả lại" in text(empty)
    assert "Đã trả lại “Báo cáo”." in text(done)
    assert "Thiếu chữ ký." in text(enter("binh").get(page(item)))
    assert client.get(f"/hoi-nghi/tai-lieu/{file.public_id}/tra-lai/").status_code == 405


@pytest.mark.parametrize("word", ["nhan", "tra-lai"])
@pytest.mark.parametrize(
    ("name", "code"), [("hoa", 403), ("son", 403), ("binh", 403), ("mai", 404), ("lan", 404), ("minh", 404)]
)
def test_only_the_office_decides(
    town: Town, item: AgendaItem, enter: Enter, word: str, name: str, code: int
) -> None:
    file = submitted(town, item)

    assert act(enter(name), file, word, reason="Vì").status_code == code
    file.refresh_from_db()
    assert (file.state, MeetingLog.objects.count()) == ("submitted", 0)


def test_what_was_typed_stays_when_it_cannot_be_returned(town: Town, item: AgendaItem, enter: Enter) -> None:
    old = submitted(town, item)
    submitted(town, item, document=old.document)

    answer = act(enter("yen"), old, "tra-lai", reason="Lời dài đã gõ")

    assert answer.status_code == 409
    assert old.__class__.objects.filter(state="submitted").count() == 2


# ---------------------------------------------------------------- taking off, extending, needing


def test_a_document_is_taken_off_once(town: Town, item: AgendaItem, enter: Enter) -> None:
    file = submitted(town, item)
    address = f"{page(item)}{file.document.public_id}/go/"

    done = enter("binh").post(address, follow=True)
    again = enter("binh").post(address)

    assert "Đã gỡ “Báo cáo”." in text(done)
    assert "Tài liệu đã gỡ (1)" in text(done)
    assert again.status_code == 409
    assert MeetingLog.objects.filter(action="meeting.document_remove").count() == 1
    assert enter("binh").get(address).status_code == 405


def test_a_body_does_not_take_off_what_was_accepted(town: Town, item: AgendaItem, enter: Enter) -> None:
    file = version(item, "accepted", agency=town.agency)
    address = f"{page(item)}{file.document.public_id}/go/"

    assert enter("binh").post(address).status_code == 403
    assert enter("yen").post(address).status_code == 302


def test_the_office_extends_and_what_was_typed_stays(item: AgendaItem, enter: Enter) -> None:
    client, address = enter("yen"), f"/hoi-nghi/noi-dung/{item.public_id}/gia-han/"

    wrong = client.post(address, {"to": "2026-12-30", "reason": "Chờ số liệu"})
    garbage = client.post(address, {"to": "2026-02-31", "reason": "Chờ"})
    done = client.post(address, {"to": "2026-12-18", "reason": "Chờ số liệu"}, follow=True)

    assert (wrong.status_code, garbage.status_code) == (409, 409)
    assert "trước hoặc đúng ngày họp" in text(wrong)
    assert 'value="Chờ số liệu"' in text(wrong)
    assert "Hãy chọn ngày gia hạn." in text(garbage)
    assert "Gia hạn 18/12" in text(done)


def test_the_office_says_that_no_document_is_needed(item: AgendaItem, enter: Enter) -> None:
    address = f"/hoi-nghi/noi-dung/{item.public_id}/can-tai-lieu/"

    assert "Nội dung này không cần tài liệu." in text(
        enter("yen").post(address, {"needed": "0"}, follow=True)
    )
    item.refresh_from_db()
    assert item.needs_documents is False


@pytest.mark.parametrize("word", ["gia-han", "can-tai-lieu"])
@pytest.mark.parametrize(("name", "code"), [("binh", 403), ("son", 403), ("mai", 404)])
def test_only_the_office_sets_the_day(
    item: AgendaItem, enter: Enter, word: str, name: str, code: int
) -> None:
    address = f"/hoi-nghi/noi-dung/{item.public_id}/{word}/"

    assert enter(name).post(address, {"to": "2026-12-18", "reason": "Vì"}).status_code == code
    assert enter("yen").get(address).status_code == 405
    assert MeetingLog.objects.count() == 0


# ---------------------------------------------------------------- the panel of the meeting


def test_the_meeting_shows_what_waits_and_who_owes(town: Town, item: AgendaItem, enter: Enter) -> None:
    submitted(town, item)
    Meeting.objects.update(documents_days=24)

    body = panel(enter("yen"), item.meeting)

    assert "Chờ Văn phòng xem" in body
    assert "Nội dung 1, lần 1, Phòng Kinh tế" in body
    assert "Còn nợ tài liệu" in body
    assert "Quá 2 ngày" in body
    assert "0/3" in body


def panel(client: Client, meeting: Meeting) -> str:
    """The panel as it answers a press; nothing is owed by an agency that is not there."""
    answer = client.post(
        f"/hoi-nghi/{meeting.public_id}/nhac-tai-lieu/", {"agency": "0"}, headers={"HX-Request": "true"}
    )
    assert answer.status_code == 409
    return text(answer)


def test_a_body_is_reminded_from_the_meeting_once_a_day(town: Town, item: AgendaItem, enter: Enter) -> None:
    client, address = enter("yen"), f"/hoi-nghi/{item.meeting.public_id}/nhac-tai-lieu/"
    Meeting.objects.update(documents_days=24)

    first = client.post(address, {"agency": town.agency.pk}, headers={"HX-Request": "true"})
    second = client.post(address, {"agency": town.agency.pk}, headers={"HX-Request": "true"})

    assert "Đã nhắc Phòng Kinh tế." in text(first)
    assert "Đã nhắc lần 1, 09:30" in text(first)
    assert 'aria-label="Nhắc Phòng Kinh tế"' not in text(first)
    assert second.status_code == 409
    assert "Hôm nay đã nhắc Phòng Kinh tế rồi." in text(second)
    assert MeetingLog.objects.filter(action="meeting.document_remind").count() == 1
    assert Notification.objects.filter(person=town.binh).count() == 1
    plain = client.post(address, {"agency": "x"})
    assert plain["Location"] == f"/hoi-nghi/{item.meeting.public_id}/"


@pytest.mark.parametrize(("name", "code"), [("binh", 403), ("son", 403), ("mai", 404)])
def test_only_the_office_reminds(town: Town, item: AgendaItem, enter: Enter, name: str, code: int) -> None:
    address = f"/hoi-nghi/{item.meeting.public_id}/nhac-tai-lieu/"

    assert enter(name).post(address, {"agency": town.agency.pk}).status_code == code
    assert enter("yen").get(address).status_code == 405
    assert Notification.objects.count() == 0


def test_accepting_from_the_meeting_answers_with_its_panel(
    town: Town, item: AgendaItem, enter: Enter
) -> None:
    file = submitted(town, item)

    answer = enter("yen").post(
        f"/hoi-nghi/tai-lieu/{file.public_id}/nhan/", {"from": "meeting"}, headers={"HX-Request": "true"}
    )

    assert 'id="can-xu-ly"' in text(answer)
    assert "Đã nhận “Báo cáo”." in text(answer)
    assert "1/3" in text(answer)


# ---------------------------------------------------------------- serving


def real(town: Town, item: AgendaItem, name: str, data: bytes, content_type: str) -> ItemFile:
    file = version(item, "accepted", agency=town.agency)
    stored = Path(django_settings.MEDIA_ROOT) / str(file.file.name)
    stored.write_bytes(data)
    ItemFile.objects.filter(pk=file.pk).update(
        name=name, size=len(data), content_type=content_type, sha256=f"{len(data):064d}"
    )
    return ItemFile.objects.get(pk=file.pk)


def whole(response: Any) -> bytes:
    return b"".join(response.streaming_content)


def test_a_file_is_served_with_safe_headers(town: Town, item: AgendaItem, enter: Enter) -> None:
    file = real(town, item, "Báo cáo quý.pdf", b"%PDF-data", "application/pdf")

    answer = enter("binh").get(f"/hoi-nghi/tai-lieu/{file.public_id}/")

    assert whole(answer) == b"%PDF-data"
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == f"inline; filename*=utf-8''{quote('Báo cáo quý.pdf')}"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Cache-Control"] == "private, no-cache"
    assert answer["Content-Security-Policy"].startswith("default-src 'none'")
    assert answer["Content-Length"] == "9"
    assert str(file.file.name) not in str(answer.headers)


@pytest.mark.parametrize(
    ("content_type", "way"),
    [
        ("image/png", "inline"),
        ("image/tiff", "attachment"),
        ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", "attachment"),
    ],
)
def test_what_browsers_do_not_show_is_saved(
    town: Town, item: AgendaItem, enter: Enter, content_type: str, way: str
) -> None:
    file = real(town, item, "tep.bin", b"data", content_type)

    opened = enter("binh").get(f"/hoi-nghi/tai-lieu/{file.public_id}/")
    saved = enter("binh").get(f"/hoi-nghi/tai-lieu/{file.public_id}/?tai-ve=1")

    assert opened["Content-Disposition"].startswith(way)
    assert "sandbox" in opened["Content-Security-Policy"]
    assert saved["Content-Disposition"].startswith("attachment")
    assert (whole(opened), whole(saved)) == (b"data", b"data")


def test_what_the_browser_has_is_not_sent_again(town: Town, item: AgendaItem, enter: Enter) -> None:
    file, client = real(town, item, "a.pdf", b"%PDF-data", "application/pdf"), enter("binh")
    address = f"/hoi-nghi/tai-lieu/{file.public_id}/"
    first = client.get(address)
    whole(first)

    assert client.get(address, headers={"If-None-Match": first["ETag"]}).status_code == 304
    changed = client.get(address, headers={"If-None-Match": '"x"'})
    assert changed.status_code == 200
    whole(changed)


@pytest.mark.parametrize(
    ("asked", "code", "data", "said"),
    [
        ("bytes=0-3", 206, b"0123", "bytes 0-3/10"),
        ("bytes=4-", 206, b"456789", "bytes 4-9/10"),
        ("bytes=-3", 206, b"789", "bytes 7-9/10"),
        ("bytes=5-99", 206, b"56789", "bytes 5-9/10"),
        ("bytes=-99", 206, b"0123456789", "bytes 0-9/10"),
        ("bytes=10-", 416, b"", "bytes */10"),
        ("bytes=-0", 416, b"", "bytes */10"),
        ("bytes=5-2", 200, b"0123456789", None),
        ("bytes=0-1,3-4", 200, b"0123456789", None),
        ("bytes=-", 200, b"0123456789", None),
        ("lines=1-2", 200, b"0123456789", None),
    ],
)
def test_parts_of_a_file(
    town: Town, item: AgendaItem, enter: Enter, asked: str, code: int, data: bytes, said: str | None
) -> None:
    file = real(town, item, "a.pdf", b"0123456789", "application/pdf")

    answer = enter("binh").get(f"/hoi-nghi/tai-lieu/{file.public_id}/", headers={"Range": asked})

    got = answer.content if code == 416 else whole(answer)
    assert (answer.status_code, got, answer.get("Content-Range")) == (code, data, said)


def test_a_part_of_an_older_file_is_not_mixed_in(town: Town, item: AgendaItem, enter: Enter) -> None:
    file = real(town, item, "a.pdf", b"0123456789", "application/pdf")

    answer = enter("binh").get(
        f"/hoi-nghi/tai-lieu/{file.public_id}/", headers={"Range": "bytes=0-3", "If-Range": '"khac"'}
    )

    assert (answer.status_code, whole(answer)) == (200, b"0123456789")


def test_a_file_that_is_lost_is_not_found(town: Town, item: AgendaItem, enter: Enter) -> None:
    file = real(town, item, "a.pdf", b"x", "application/pdf")
    (Path(django_settings.MEDIA_ROOT) / str(file.file.name)).unlink()

    assert enter("binh").get(f"/hoi-nghi/tai-lieu/{file.public_id}/").status_code == 404


@pytest.mark.parametrize(
    ("state", "people"),
    [
        ("accepted", {"yen", "chung", "hoa", "son", "binh", "lan"}),
        ("submitted", {"yen", "chung", "hoa", "son", "binh"}),
        ("returned", {"yen", "chung", "hoa", "son", "binh"}),
    ],
)
def test_a_file_exists_for_those_who_may_read_it(
    town: Town, item: AgendaItem, enter: Enter, state: str, people: set[str]
) -> None:
    item.meeting.attendees.create(position=1, person=town.lan)
    file = version(item, state, agency=town.agency)

    got = {}
    for name in Town.PEOPLE:
        answer = enter(name).get(f"/hoi-nghi/tai-lieu/{file.public_id}/")
        got[name] = answer.status_code
        if answer.status_code == 200:
            whole(answer)

    assert {name for name, code in got.items() if code == 200} == people
    assert set(got.values()) == {200, 404}


def test_a_stranger_at_the_door_gets_nothing(town: Town, item: AgendaItem) -> None:
    file = version(item, "accepted", agency=town.agency)

    answer = Client().get(f"/hoi-nghi/tai-lieu/{file.public_id}/")

    assert answer.status_code == 302
    assert answer["Location"].startswith("/dang-nhap/")


def test_no_address_leads_to_the_folder_of_files(town: Town, item: AgendaItem, enter: Enter) -> None:
    file = version(item, "accepted", agency=town.agency)

    for prefix in ("/media/", "/files/", "/static/", "/"):
        assert enter("yen").get(f"{prefix}{file.file.name}").status_code == 404
