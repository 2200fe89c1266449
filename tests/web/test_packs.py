"""Bộ tài liệu: asked for by the office, followed, stopped, fetched by those who see all of the meeting."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from meetings import packs
from meetings.models import AgendaItem, ItemDocument, ItemFile, Meeting, MeetingLog, Pack
from tests.assembly import assembly
from tests.factories import NOW, Town
from tests.web.conftest import Enter

State = Pack.State
#: Statements of the page of a pack, whatever the meeting holds.
PAGE_QUERIES = 8


def text(response: Any) -> str:
    return re.sub(r"\s+", " ", response.content.decode())


@pytest.fixture
def meeting(town: Town) -> Meeting:
    """The meeting with everything, without the pack that it comes with."""
    made = assembly(town).meeting
    Pack.objects.all().delete()
    return made


def address(meeting: Meeting, *parts: object) -> str:
    return "/".join(("/hoi-nghi", str(meeting.public_id), "bo-tai-lieu", *map(str, parts))) + "/"


def asked(meeting: Meeting, town: Town) -> Pack:
    return packs.request(meeting, actor=town.yen, now=timezone.now())


def made(meeting: Meeting, town: Town) -> Pack:
    """A pack that was made."""
    pack = asked(meeting, town)
    packs.make_pack(pack.pk, now=timezone.now())
    return Pack.objects.get(pk=pack.pk)


def test_the_office_asks_follows_and_fetches(town: Town, meeting: Meeting, enter: Enter) -> None:
    client = enter("yen")

    answer = client.post(address(meeting, "lap"))
    waiting = text(client.get(address(meeting)))
    pack = Pack.objects.get()
    packs.make_pack(pack.pk, now=timezone.now())
    ready = text(client.get(address(meeting)))
    file = client.get(address(meeting, "tep"))

    assert (answer.status_code, answer["Location"]) == (302, address(meeting))
    assert "Đang chờ tới lượt" in waiting
    assert "Dừng lập" in waiting
    assert "<progress" in waiting
    assert "Bộ đã lập" in ready
    assert file["Content-Type"] == "application/pdf"
    assert file["X-Content-Type-Options"] == "nosniff"
    assert file["Cache-Control"] == "private, no-cache"
    name = "bo-tai-lieu-hoi-nghi-ban-thuong-vu-dang-uy-2026-12-23.pdf"
    assert file["Content-Disposition"] == f'inline; filename="{name}"'
    assert b"".join(file.streaming_content).startswith(b"%PDF-")  # type: ignore[attr-defined]
    download = client.get(address(meeting, "tep") + "?tai")
    assert download["Content-Disposition"] == f'attachment; filename="{name}"'
    b"".join(download.streaming_content)  # type: ignore[attr-defined]


def test_what_could_not_be_put_in_is_named_with_the_way_to_it(
    town: Town, meeting: Meeting, enter: Enter
) -> None:
    made(meeting, town)

    page = text(enter("yen").get(address(meeting)))

    broken = ItemFile.objects.filter(document__title="Báo cáo 1").get()
    assert "Không ghép được" in page
    assert f'href="/hoi-nghi/tai-lieu/{broken.public_id}/"' in page
    assert "Nội dung 1, tài liệu 1." in page
    assert "nên không" in page


def test_asking_again_while_it_is_made_changes_nothing(town: Town, meeting: Meeting, enter: Enter) -> None:
    client = enter("chung")

    client.post(address(meeting, "lap"))
    client.post(address(meeting, "lap"))

    assert Pack.objects.count() == 1
    assert MeetingLog.objects.filter(action="meeting.pack").count() == 1


def test_an_unchanged_pack_is_offered_and_a_changed_one_is_called_old(
    town: Town, meeting: Meeting, enter: Enter
) -> None:
    made(meeting, town)
    Pack.objects.update(requested_at=NOW - dt.timedelta(hours=1))
    client = enter("yen")

    same = client.post(address(meeting, "lap"), follow=True)
    AgendaItem.objects.filter(meeting=meeting, position=1).update(text="Nội dung đã đổi.")
    old = text(client.get(address(meeting)))

    assert "bộ đã lập vẫn dùng được" in text(same)
    assert Pack.objects.count() == 1
    assert "Đã cũ" in old
    assert "Lập lại" in old


def test_stopping_is_done_once(town: Town, meeting: Meeting, enter: Enter) -> None:
    pack = asked(meeting, town)
    client = enter("yen")

    first = text(client.post(address(meeting, pack.public_id, "dung"), follow=True))
    second = text(client.post(address(meeting, pack.public_id, "dung"), follow=True))

    assert "Đã dừng lập bộ tài liệu." in first
    assert "đã lập xong hoặc đã dừng trước đó" in second
    assert Pack.objects.get().state == State.CANCELLED
    assert MeetingLog.objects.filter(action="meeting.pack_stop").count() == 1


def test_a_failed_making_says_why_and_can_be_asked_for_again(
    town: Town, meeting: Meeting, enter: Enter
) -> None:
    pack = asked(meeting, town)
    Pack.objects.filter(pk=pack.pk).update(
        state=State.FAILED, step="Làm nhiều lần không xong.", finished_at=NOW
    )

    page = text(enter("yen").get(address(meeting)))

    assert "Lần lập gần nhất không xong." in page
    assert "Làm nhiều lần không xong." in page
    assert "Lập bộ tài liệu" in page


#: Person → answers of page, file, make, stop. Chị Lan is asked for one item, anh Bình prepares.
LADDER = {
    "yen": (200, 200, 302, 302),
    "chung": (200, 200, 302, 302),
    "hoa": (200, 200, 302, 302),
    "son": (200, 200, 302, 302),
    "minh": (200, 200, 403, 403),
    "binh": (404, 404, 404, 404),
    "lan": (404, 404, 404, 404),
    "mai": (404, 404, 404, 404),
    "vinh": (404, 404, 404, 404),
}


@pytest.mark.parametrize("name", list(LADDER))
def test_who_may_do_what(town: Town, meeting: Meeting, enter: Enter, name: str) -> None:
    done = made(meeting, town)
    client = enter(name)

    page = client.get(address(meeting))
    file = client.get(address(meeting, "tep"))
    make = client.post(address(meeting, "lap"))
    stop = client.post(address(meeting, done.public_id, "dung"))
    for close in file._resource_closers:  # type: ignore[attr-defined]
        close()

    assert (page.status_code, file.status_code, make.status_code, stop.status_code) == LADDER[name]
    assert Pack.objects.get().state == State.MADE


def test_one_who_attends_reads_why_the_office_alone_makes_it(
    town: Town, meeting: Meeting, enter: Enter
) -> None:
    page = text(enter("minh").post(address(meeting, "lap")))

    assert "Bộ tài liệu do Văn phòng lập" in page
    assert not Pack.objects.exists()


@pytest.mark.parametrize("part", ["lap", "00000000-0000-0000-0000-000000000000/dung"])
def test_changes_are_posts(town: Town, meeting: Meeting, enter: Enter, part: str) -> None:
    assert enter("yen").get(address(meeting, part)).status_code == 405


def test_the_pack_of_another_meeting_is_not_stopped_here(town: Town, meeting: Meeting, enter: Enter) -> None:
    other = Meeting.objects.create(issuing_body=town.party, title="Khác", on="2026-12-24")
    pack = asked(other, town)

    assert enter("yen").post(address(meeting, pack.public_id, "dung")).status_code == 404
    assert Pack.objects.get().state == State.WAITING


def test_progress_is_a_part_that_asks_again_and_then_leads_to_the_page(
    town: Town, meeting: Meeting, enter: Enter
) -> None:
    pack = asked(meeting, town)
    Pack.objects.filter(pk=pack.pk).update(state=State.MAKING, done=1, total=3, step="Báo cáo <1>")
    client = enter("son")
    htmx = {"HTTP_HX_REQUEST": "true"}

    part = text(client.get(address(meeting, "tien-do"), **htmx))  # type: ignore[arg-type]
    Pack.objects.update(state=State.CANCELLED)
    over = client.get(address(meeting, "tien-do"), **htmx)  # type: ignore[arg-type]
    plain = client.get(address(meeting, "tien-do"))

    assert 'max="3" value="1"' in part
    assert "Báo cáo &lt;1&gt;" in part
    assert "<html" not in part
    assert over["HX-Redirect"] == address(meeting)
    assert plain["Location"] == address(meeting)


def test_a_file_that_is_lost_is_not_found(town: Town, meeting: Meeting, enter: Enter) -> None:
    pack = made(meeting, town)
    pack.file.storage.delete(str(pack.file.name))

    assert enter("yen").get(address(meeting, "tep")).status_code == 404
    assert enter("yen").get(address(meeting)).status_code == 200


def test_without_a_pack_there_is_nothing_to_fetch(town: Town, meeting: Meeting, enter: Enter) -> None:
    client = enter("yen")

    assert client.get(address(meeting, "tep")).status_code == 404
    assert "Chưa có bộ tài liệu" in text(client.get(address(meeting)))


def test_the_page_of_the_meeting_leads_to_the_pack(town: Town, meeting: Meeting, enter: Enter) -> None:
    made(meeting, town)

    for name, shown in {"yen": True, "minh": True, "binh": False, "lan": False}.items():
        page = text(enter(name).get(f"/hoi-nghi/{meeting.public_id}/"))
        assert (address(meeting, "tep") in page) is shown, name


@pytest.mark.parametrize("items", [3, 40])
def test_the_page_costs_the_same_however_long_the_agenda(town: Town, enter: Enter, items: int) -> None:
    long = assembly(town, items=items).meeting
    for item in long.items.all():
        document = ItemDocument.objects.create(item=item, title="Thêm", position=2)
        row = ItemFile(document=document, version=1, name="a.pdf", content_type="x", size=1, uploaded_at=NOW)
        row.file.save("a.pdf", ContentFile(b"a"), save=False)
        row.save()
    client = enter("yen")
    client.get("/hoi-nghi/")

    with CaptureQueriesContext(connection) as counted:
        client.get(address(long))

    assert len(counted) == PAGE_QUERIES, [query["sql"][:90] for query in counted]
