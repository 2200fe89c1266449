"""Files and pasted texts: received, read once, given up, found again."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.utils import timezone

from documents.intake import receiving
from documents.models import DocumentLog, Intake
from documents.operations import OperationError
from lucngan.demo.load import PAPERS
from meetings.models import AgendaItem, Meeting
from paper import json as paper_json
from programmes import services
from programmes.models import Programme
from programmes.periods import Period, PeriodType
from tests.office import NOW, Office

PARTY = (PAPERS / "huyen-uy-luc-ngan-2023-04.txt").read_text(encoding="utf-8")


def arrived(desk: Office, data: bytes, name: str = "chuong-trinh.txt") -> Intake:
    """A file that has arrived and waits."""
    return receiving.receive(
        upload=ContentFile(data, name=name),
        issuing_body=desk.body,
        actor=desk.yen,
        now=NOW,
        in_background=False,
    )


def read(intake: Intake) -> Intake:
    receiving.read_intake(intake.pk, now=timezone.now())
    intake.refresh_from_db()
    return intake


def test_a_file_is_read_and_waits_for_review(desk: Office) -> None:
    intake = read(arrived(desk, PARTY.encode()))

    assert intake.state == Intake.State.READ
    assert intake.result is not None
    assert intake.result["view"]["number"] == 39
    assert intake.result["leftover"] == []


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"\x00\xff\xfe\x9a" * 4000, "nhieu.txt"),
        (b"PK\x03\x04 not a zip at all", "gia.docx"),
        (b"%PDF-1.7\n%broken", "hong.pdf"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "cu.doc"),
    ],
)
def test_what_cannot_be_read_gets_one_sentence(desk: Office, data: bytes, name: str) -> None:
    intake = read(arrived(desk, data, name))

    assert intake.state == Intake.State.FAILED
    assert intake.problem.endswith(".")
    assert intake.result is None


def test_an_empty_file_is_refused_and_nothing_is_kept(desk: Office) -> None:
    with pytest.raises(receiving.UploadError, match="rỗng"):
        arrived(desk, b"")

    assert not Intake.objects.exists()


def test_a_file_over_the_limit_is_refused(desk: Office, settings: Any) -> None:
    settings.UPLOAD_LIMIT = 1024 * 1024

    with pytest.raises(receiving.UploadError, match="1 MB"):
        arrived(desk, b"a" * (1024 * 1024 + 1))

    assert not Intake.objects.exists()


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../etc/passwd.txt", "passwd.txt"),
        ("C:\\Van ban\\Chương trình.txt", "Chương trình.txt"),
        ("a" * 300 + ".txt", "a" * 251 + ".txt"),
    ],
)
def test_only_the_last_part_of_a_name_is_kept(desk: Office, name: str, kept: str) -> None:
    assert receiving.clean_name(name) == kept


def test_two_workers_read_a_file_once(desk: Office) -> None:
    intake = arrived(desk, PARTY.encode())

    assert receiving.read_intake(intake.pk, now=timezone.now()) is True
    assert receiving.read_intake(intake.pk, now=timezone.now()) is False


def test_the_sweep_finds_a_file_whose_message_was_lost(desk: Office) -> None:
    intake = arrived(desk, PARTY.encode())

    assert receiving.sweep(timezone.now()) == 1

    intake.refresh_from_db()
    assert intake.state == Intake.State.READ
    assert receiving.sweep(timezone.now()) == 0


def test_a_file_whose_worker_died_is_read_again_and_given_up_at_last(desk: Office) -> None:
    intake = arrived(desk, PARTY.encode())
    long_ago = timezone.now() - receiving.LEASE * 2

    def die() -> None:
        Intake.objects.filter(pk=intake.pk).update(
            state=Intake.State.READING, claimed_at=long_ago, result=None
        )

    die()
    assert receiving.sweep(timezone.now()) == 1
    die()
    assert receiving.sweep(timezone.now()) == 1
    die()
    assert receiving.sweep(timezone.now()) == 0
    intake.refresh_from_db()
    assert (intake.state, bool(intake.problem)) == (Intake.State.FAILED, True)


def test_a_discarded_file_is_not_read(desk: Office) -> None:
    intake = arrived(desk, PARTY.encode())

    assert receiving.discard(intake, actor=desk.yen, now=NOW) is True
    assert receiving.discard(intake, actor=desk.yen, now=NOW) is False
    assert receiving.read_intake(intake.pk, now=timezone.now()) is False


def accept(intake: Intake, desk: Office, *, as_archive: bool, **more: Any) -> Programme:
    assert intake.result is not None
    paper = paper_json.from_data(intake.result["paper"])
    period = services.period_of(paper)
    assert period is not None
    given = {"period": period, **more}
    return services.accept_intake(
        intake, paper, issuing_body=desk.body, as_archive=as_archive, actor=desk.yen, now=NOW, **given
    )


def test_accepting_makes_a_draft_with_its_meetings(desk: Office) -> None:
    programme = accept(read(arrived(desk, PARTY.encode())), desk, as_archive=False)

    assert (programme.state, programme.number) == ("draft", None)
    assert Meeting.objects.filter(section__document=programme).count() == 7
    items = AgendaItem.objects.filter(meeting__section__document=programme)
    assert [b.name for item in items for b in item.preparing.all()] == [
        *["UBND huyện"] * 6,
        "Hội Nông dân huyện",
        "Ban Dân vận Huyện ủy",
        "Văn phòng Huyện uỷ",
    ]


def test_accepting_as_archive_keeps_the_words_in_a_snapshot(desk: Office) -> None:
    intake = read(arrived(desk, PARTY.encode()))
    assert intake.result is not None

    programme = accept(intake, desk, as_archive=True)

    assert (programme.number, programme.dated_on) == (39, dt.date(2023, 3, 27))
    stored = Programme.objects.get(pk=programme.pk)
    assert stored.state == "issued"
    assert paper_json.loads(stored.snapshot.paper) == paper_json.from_data(intake.result["paper"])
    with stored.snapshot.pdf.open("rb") as pdf:
        assert pdf.read(5) == b"%PDF-"
    actions = DocumentLog.objects.filter(document=programme).order_by("pk").values_list("action", flat=True)
    assert list(actions) == ["document.accept", "document.archive"]


def test_last_months_paper_becomes_this_months_with_its_dates_moved(desk: Office) -> None:
    intake = read(arrived(desk, PARTY.encode()))

    programme = accept(intake, desk, as_archive=False, period=Period(2026, PeriodType.MONTH, 12))

    meeting = Meeting.objects.get(section__document=programme, title__startswith="Hội nghị Ban Thường vụ")
    assert (meeting.on, meeting.tentative) == (dt.date(2026, 12, 23), True)
    halves = Meeting.objects.filter(section__document=programme, part_of_day__in=("morning", "afternoon"))
    assert [m.on for m in halves.filter(weekly_on=None)] == [dt.date(2026, 12, 2)] * 2
    assert programme.subject == "công tác tháng 12 năm 2026"


def test_a_reading_is_accepted_once(desk: Office) -> None:
    intake = read(arrived(desk, PARTY.encode()))
    accept(intake, desk, as_archive=False)

    with pytest.raises(OperationError):
        accept(intake, desk, as_archive=False)

    assert Programme.objects.count() == 1


def test_a_period_that_is_taken_leaves_the_reading_open(desk: Office) -> None:
    accept(read(arrived(desk, PARTY.encode())), desk, as_archive=False)
    again = read(arrived(desk, PARTY.encode()))

    with pytest.raises(services.PeriodTaken):
        accept(again, desk, as_archive=False)

    again.refresh_from_db()
    assert (again.state, Programme.objects.count()) == (Intake.State.READ, 1)


def test_files_are_kept_apart_from_public_ones(desk: Office, settings: Any) -> None:
    intake = arrived(desk, PARTY.encode())

    assert Path(intake.file.path).is_relative_to(settings.MEDIA_ROOT)
    assert settings.MEDIA_ROOT != settings.STATIC_ROOT
    assert str(intake.public_id) in str(intake.file.name)
