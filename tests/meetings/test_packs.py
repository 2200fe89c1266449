"""Packs as rows: asked for once, claimed once, stopped, taken over from a dead worker, out of date."""

from __future__ import annotations

import datetime as dt
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from meetings import packs
from meetings.models import AgendaItem, Attendee, ItemDocument, ItemFile, Meeting, MeetingLog, Pack
from meetings.packing import Made
from tests.assembly import assembly
from tests.factories import NOW, PersonFactory, Town
from tests.meetings.conftest import attends, told_meeting
from tools.machine import ROOT
from tools.services import start, wait_until

State = Pack.State


def pdf(pages: int) -> bytes:
    from io import BytesIO

    made, out = pikepdf.new(), BytesIO()
    for _ in range(pages):
        made.add_blank_page(page_size=(595, 842))
    made.save(out)
    return out.getvalue()


def document(item: AgendaItem, title: str, data: bytes = b"", version: int = 1, **values: Any) -> ItemFile:
    """A version of a document of an item, the document itself where it is new."""
    data = data or pdf(1)
    position = item.documents.count() + 1
    row, _ = ItemDocument.objects.get_or_create(item=item, title=title, defaults={"position": position})
    given = {
        "content_type": "application/pdf",
        "state": ItemFile.State.ACCEPTED,
        "name": f"{title}.pdf",
        **values,
    }
    decided = None if given["state"] == ItemFile.State.SUBMITTED else NOW
    made = ItemFile(
        document=row,
        version=version,
        size=len(data),
        sha256=f"{len(data):064x}",
        uploaded_at=NOW,
        **{"decided_at": decided, **given},
    )
    made.file.save("tep.pdf", ContentFile(data), save=False)
    made.save()
    return made


def fresh(pack: Pack) -> Pack:
    return Pack.objects.select_related("meeting").get(pk=pack.pk)


@pytest.fixture
def meeting(town: Town) -> Meeting:
    """Three items, the first with two documents."""
    made = told_meeting(town)
    first = made.items.order_by("position")[0]
    document(first, "Tờ trình", pdf(2))
    document(first, "Báo cáo", pdf(3), state=ItemFile.State.SUBMITTED)
    return made


def test_a_pack_is_asked_for_made_and_kept(town: Town, meeting: Meeting) -> None:
    pack = packs.request(meeting, actor=town.yen, now=NOW)

    assert (pack.state, packs.make_pack(pack.pk, now=timezone.now())) == (State.WAITING, True)

    done = fresh(pack)
    assert (done.state, done.pages, done.done, done.total, done.step) == (State.MADE, 6, 2, 2, "")
    with pikepdf.open(done.file.path) as opened:
        assert len(opened.pages) == 6
    actions = list(MeetingLog.objects.filter(meeting=meeting).order_by("pk").values_list("action", flat=True))
    assert actions == ["meeting.pack", "meeting.pack_made"]
    assert not list((Path(settings.VAR_DIR) / "packing").iterdir())


def test_asking_twice_gives_the_one_in_the_making(town: Town, meeting: Meeting) -> None:
    first = packs.request(meeting, actor=town.yen, now=NOW)
    second = packs.request(meeting, actor=town.chung, now=NOW)

    assert first.pk == second.pk
    assert MeetingLog.objects.filter(meeting=meeting, action="meeting.pack").count() == 1


def test_a_pack_of_what_is_there_is_offered_at_once_until_something_changes(
    town: Town, meeting: Meeting
) -> None:
    first = packs.request(meeting, actor=town.yen, now=NOW)
    packs.make_pack(first.pk, now=timezone.now())

    again = packs.request(meeting, actor=town.yen, now=NOW)
    AgendaItem.objects.filter(meeting=meeting, position=1).update(text="Báo cáo khác.")
    changed = packs.request(meeting, actor=town.yen, now=NOW)

    assert again.pk == first.pk
    assert changed.pk != first.pk
    packs.make_pack(changed.pk, now=timezone.now())
    assert packs.newest(meeting) == changed
    assert not fresh(first).file


def test_an_older_file_leaves_the_disk(
    town: Town, meeting: Meeting, django_capture_on_commit_callbacks: Any
) -> None:
    first = packs.request(meeting, actor=town.yen, now=NOW)
    packs.make_pack(first.pk, now=timezone.now())
    path = Path(fresh(first).file.path)
    Meeting.objects.filter(pk=meeting.pk).update(place="Hội trường")

    second = packs.request(Meeting.objects.get(pk=meeting.pk), actor=town.yen, now=NOW)
    with django_capture_on_commit_callbacks(execute=True):
        packs.make_pack(second.pk, now=timezone.now())

    assert not path.exists()
    assert Path(fresh(second).file.path).exists()


@pytest.mark.parametrize(
    "change",
    [
        lambda meeting: Meeting.objects.filter(pk=meeting.pk).update(on=dt.date(2026, 12, 24)),
        lambda meeting: Meeting.objects.filter(pk=meeting.pk).update(title="Hội nghị khác"),
        lambda meeting: AgendaItem.objects.filter(meeting=meeting, position=2).update(position=9),
        lambda meeting: AgendaItem.objects.filter(meeting=meeting, position=2).update(state="proposed"),
        lambda meeting: ItemDocument.objects.filter(title="Tờ trình").update(removed_at=NOW),
        lambda meeting: ItemFile.objects.filter(document__title="Báo cáo").update(
            state="accepted", decided_at=NOW
        ),
        lambda meeting: document(meeting.items.order_by("position")[0], "Tờ trình", pdf(4), version=2),
        lambda meeting: document(meeting.items.order_by("position")[2], "Mới"),
    ],
    ids=["ngày", "tên", "thứ tự", "rút", "gỡ", "nhận", "bản mới", "tài liệu mới"],
)
def test_what_changes_the_pack_makes_the_old_one_stale(town: Town, meeting: Meeting, change: Any) -> None:
    before = packs.content_of(meeting).digest

    change(meeting)

    assert packs.content_of(Meeting.objects.get(pk=meeting.pk)).digest != before


def test_of_versions_the_newest_that_was_not_returned_goes_in(meeting: Meeting) -> None:
    item = meeting.items.order_by("position")[1]
    document(item, "A", pdf(1), name="a1.pdf")
    document(item, "A", pdf(2), version=2, name="a2.pdf", state=ItemFile.State.RETURNED, reason="Thiếu.")
    document(item, "B", pdf(1), name="b1.pdf")
    document(item, "B", pdf(2), version=2, name="b2.pdf", state=ItemFile.State.SUBMITTED)
    document(item, "C", pdf(1), name="c1.pdf", state=ItemFile.State.RETURNED, reason="Sai.")

    files = packs.content_of(meeting).items[1].files

    assert [(f.name, f.accepted) for f in files] == [("a1.pdf", True), ("b2.pdf", False)]


def test_what_a_pack_holds_costs_the_same_however_long_the_agenda(town: Town) -> None:
    counts = []
    for items in (3, 40):
        made = told_meeting(town, items=items)
        for item in made.items.all():
            document(item, "Báo cáo")
        row = Meeting.objects.select_related("issuing_body__agency", "room", "chair").get(pk=made.pk)
        with CaptureQueriesContext(connection) as counted:
            packs.content_of(row)
        counts.append(len(counted))

    assert counts == [4, 4]


def test_a_pack_is_claimed_once(town: Town, meeting: Meeting) -> None:
    pack = packs.request(meeting, actor=town.yen, now=NOW)

    assert packs.make_pack(pack.pk, now=timezone.now()) is True
    assert packs.make_pack(pack.pk, now=timezone.now()) is False


def test_a_waiting_pack_that_was_stopped_is_not_made(town: Town, meeting: Meeting) -> None:
    pack = packs.request(meeting, actor=town.yen, now=NOW)

    assert packs.cancel(pack, actor=town.yen, now=NOW) is True
    assert packs.cancel(pack, actor=town.yen, now=NOW) is False
    assert packs.make_pack(pack.pk, now=timezone.now()) is False
    assert fresh(pack).state == State.CANCELLED
    assert MeetingLog.objects.filter(meeting=meeting, action="meeting.pack_stop").count() == 1


@pytest.mark.django_db(transaction=True)
class TestAnotherProcess:
    """A worker that is a process of its own, stuck at a document that it waits for."""

    SCRIPT = (
        "import sys, django; django.setup(); from django.utils import timezone; from meetings import packs;"
        "print(packs.make_pack(int(sys.argv[1]), now=timezone.now()), flush=True)"
    )

    @pytest.fixture
    def stuck(self, transactional_db: None, tmp_path: Path) -> tuple[Town, Pack, Path]:
        """A pack whose second document is a pipe: who opens it waits."""
        from tests.factories import town

        here = town()
        made = told_meeting(here)
        first = made.items.order_by("position")[0]
        document(first, "Tờ trình", pdf(2))
        pipe = Path(document(first, "Báo cáo", pdf(3)).file.path)
        pipe.unlink()
        os.mkfifo(pipe)
        return here, packs.request(made, actor=here.yen, now=timezone.now()), pipe

    def worker(self, pack: Pack, tmp_path: Path) -> subprocess.Popen[bytes]:
        db, address = connection.settings_dict, ""
        if connection.vendor == "sqlite":
            (tmp_path / "db.sqlite3").symlink_to(db["NAME"])
        else:
            address = f"postgres://{db['USER']}:{db['PASSWORD']}@{db['HOST']}:{db['PORT']}/{db['NAME']}"
        environment = os.environ | {
            "DJANGO_SETTINGS_MODULE": "lucngan.settings",
            "DATABASE_URL": address,
            "VAR_DIR": str(tmp_path),
            "SECRET_KEY": "chi-de-kiem-thu-" * 4,
            "PYTHONPATH": str(ROOT),
        }
        with (tmp_path / "log").open("ab") as log:
            process = start([sys.executable, "-c", self.SCRIPT, str(pack.pk)], env=environment, output=log)
        reached = wait_until(lambda: fresh(pack).done == 1, process, 60)
        assert reached, (tmp_path / "log").read_text()
        return process

    def test_a_worker_that_is_killed_leaves_work_that_a_later_sweep_finishes(
        self, stuck: tuple[Town, Pack, Path], tmp_path: Path
    ) -> None:
        _town, pack, pipe = stuck
        process = self.worker(pack, tmp_path)

        process.send_signal(signal.SIGKILL)
        process.wait()
        claimed = fresh(pack)
        pipe.unlink()
        pipe.write_bytes(pdf(3))
        too_early = packs.sweep(timezone.now())
        made = packs.sweep(timezone.now() + packs.LEASE * 2)

        assert (claimed.state, claimed.attempts, too_early, made) == (State.MAKING, 1, 0, 1)
        done = fresh(pack)
        assert (done.state, done.attempts, done.pages) == (State.MADE, 2, 6)

    def test_stopping_reaches_a_worker_that_is_at_it(
        self, stuck: tuple[Town, Pack, Path], tmp_path: Path
    ) -> None:
        here, pack, pipe = stuck
        process = self.worker(pack, tmp_path)

        assert packs.cancel(fresh(pack), actor=here.yen, now=timezone.now()) is True
        end = os.open(pipe, os.O_WRONLY)
        pipe.unlink()
        pipe.write_bytes(pdf(3))
        os.close(end)
        process.wait(timeout=60)

        done = fresh(pack)
        assert (done.state, bool(done.file), done.done) == (State.CANCELLED, False, 1)


def test_a_pack_that_kills_its_workers_is_given_up(town: Town, meeting: Meeting) -> None:
    pack = packs.request(meeting, actor=town.yen, now=NOW)
    long_ago = timezone.now() - packs.LEASE * 2
    Pack.objects.filter(pk=pack.pk).update(state=State.MAKING, claimed_at=long_ago, attempts=packs.ATTEMPTS)

    assert packs.sweep(timezone.now()) == 0

    done = fresh(pack)
    assert (done.state, done.step.endswith(".")) == (State.FAILED, True)
    assert packs.request(meeting, actor=town.yen, now=timezone.now()).pk != pack.pk


def test_the_sweep_makes_what_the_broker_lost(town: Town, meeting: Meeting) -> None:
    pack = packs.request(meeting, actor=town.yen, now=timezone.now() - packs.PATIENCE * 2)

    assert packs.sweep(timezone.now()) == 1
    assert packs.sweep(timezone.now()) == 0
    assert fresh(pack).state == State.MADE


def test_a_worker_that_was_thought_dead_does_not_write_over_its_successor(
    town: Town, meeting: Meeting
) -> None:
    pack = packs.request(meeting, actor=town.yen, now=NOW)
    Pack.objects.filter(pk=pack.pk).update(state=State.MAKING, attempts=2, claimed_at=timezone.now())
    late = fresh(pack)
    late.attempts = 1
    path = Path(settings.VAR_DIR) / "late.pdf"
    path.write_bytes(b"%PDF-late")

    packs._keep(late, path, packs.content_of(meeting), Made(1, (), ()))

    assert (fresh(pack).state, bool(fresh(pack).file)) == (State.MAKING, False)


#: Who may fetch the pack of `assembly`, told and not.
FETCH = {
    True: {"yen", "chung", "hoa", "son", "minh"},
    False: {"yen", "chung", "hoa", "son"},
}


@pytest.mark.parametrize("told", [True, False])
def test_the_pack_is_for_those_who_see_all_of_it(town: Town, told: bool) -> None:
    made = assembly(town, announced_at=NOW if told else None).meeting
    row = Meeting.objects.select_related("section__document").get(pk=made.pk)

    assert {name for name in Town.PEOPLE if packs.may_fetch(town.person(name), row)} == FETCH[told]
    assert {name for name in Town.PEOPLE if packs.may_request(town.person(name), row)} == FETCH[False]


def test_an_agency_that_attends_the_whole_may_fetch_one_of_a_session_may_not(town: Town) -> None:
    made = assembly(town).meeting
    attends(made, agency=town.stranger)
    part = PersonFactory.create(username="phien")
    session = made.sessions.first()
    Attendee.objects.create(meeting=made, position=9, person=part, session=session)

    assert packs.may_fetch(town.person("mai"), made)
    assert not packs.may_fetch(part, made)


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"starts_at": dt.time(14)}, "14 giờ 00, thứ Tư, 23/12/2026 (dự kiến)"),
        ({"part_of_day": "morning", "tentative": False}, "buổi sáng, thứ Tư, 23/12/2026"),
        ({"on": None, "weekly_on": 0, "part_of_day": "afternoon"}, "buổi chiều, thứ Hai hằng tuần"),
        ({"on": None, "schedule_note": "lịch cụ thể sẽ thông báo sau"}, "lịch cụ thể sẽ thông báo sau"),
    ],
)
def test_the_time_is_said_as_papers_say_it(town: Town, values: dict[str, Any], words: str) -> None:
    assert packs.when_words(told_meeting(town, **{"on": dt.date(2026, 12, 23), **values})) == words


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Hội nghị Ban Thường vụ Đảng ủy", "bo-tai-lieu-hoi-nghi-ban-thuong-vu-dang-uy-2026-12-23.pdf"),
        ("../../etc\r\nX: 1", "bo-tai-lieu-etc-x-1-2026-12-23.pdf"),
        ("会议", "bo-tai-lieu-hoi-nghi-2026-12-23.pdf"),
    ],
)
def test_the_file_is_named_for_its_meeting(town: Town, title: str, name: str) -> None:
    assert packs.file_name(told_meeting(town, title=title)) == name
