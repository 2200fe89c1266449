"""Issuing: everything or nothing, once; what is kept is what was printed."""

from __future__ import annotations

import datetime as dt
import hashlib
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from pytest_django.fixtures import Settings

from documents import issuing, register
from documents.issuing import files, rules, work
from documents.models import Document, RegisterEntry, Snapshot
from documents.operations import OperationError
from documents.papers import paper_of
from paper import json as paper_json
from paper.printing import completeness
from programmes.models import Programme
from tests.factories import NOW, Town

DAY = NOW.date()


def stored() -> list[str]:
    """Every file of an issue that lies on the disk."""
    root = Path(settings.MEDIA_ROOT)
    return sorted(str(path.relative_to(root)) for path in root.rglob("*.pdf"))


def untouched(document: Document) -> bool:
    """Nothing of an issue is there: the row, the book, the snapshot, the files, the history."""
    row = Document.objects.get(pk=document.pk)
    return (
        (row.state, row.number, row.day) == ("approved", None, None)
        and not RegisterEntry.objects.exists()
        and not Snapshot.objects.exists()
        and not stored()
        and not row.log.filter(action="document.issue").exists()
    )


def refuse(document: Document, town: Town) -> None:
    """Something that the checks refuse: a date that no calendar has."""
    clause = document.clauses.filter(text__contains="kế hoạch").get()
    clause.text = "Triển khai kế hoạch trước ngày 31/4/2026."
    clause.save(update_fields=["text"])


def test_an_approved_paper_gets_number_date_snapshot_and_files(waiting: Programme, town: Town) -> None:
    snapshot = issuing.issue(waiting, day=DAY, actor=town.hoa, now=NOW)

    row = Document.objects.get(pk=waiting.pk)
    with snapshot.pdf.open("rb") as file:
        data = file.read()
    assert (row.state, row.number, row.dated_on) == ("issued", 1, DAY)
    assert row.identity == waiting.identity
    assert paper_json.loads(snapshot.paper) == paper_of(row)
    assert paper_of(row).number == 1
    assert hashlib.sha256(data).hexdigest() == snapshot.pdf_sha256
    assert hashlib.sha256(snapshot.paper.encode()).hexdigest() == snapshot.paper_sha256
    assert RegisterEntry.objects.get().document_id == row.pk
    assert [entry.actor_name for entry in row.log.filter(action="document.issue")] == [str(town.hoa)]


def test_the_agencies_that_text_and_recipients_name_may_read_it(waiting: Programme, town: Town) -> None:
    clause = waiting.clauses.filter(text__contains="kế hoạch").get()
    clause.text = f"Giao {town.stranger.name} triển khai kế hoạch."
    clause.save(update_fields=["text"])

    issuing.issue(waiting, day=DAY, actor=town.hoa, now=NOW)

    named = set(waiting.named_agencies.values_list("agency__name", flat=True))
    assert named == {town.agency.name, town.stranger.name}


def test_a_second_click_finds_the_paper_issued(waiting: Programme, town: Town) -> None:
    issuing.issue(waiting, day=DAY, actor=town.hoa, now=NOW)

    with pytest.raises(OperationError, match="Đã ban hành"):
        issuing.issue(waiting, day=DAY, actor=town.hoa, now=NOW)

    assert RegisterEntry.objects.count() == 1
    assert len(stored()) == 1
    assert waiting.log.filter(action="document.issue").count() == 1


@pytest.mark.parametrize("state", ["draft", "review", "issued", "amended", "revoked"])
def test_only_an_approved_paper_is_issued(waiting: Programme, town: Town, state: str) -> None:
    numbered = state in ("issued", "amended", "revoked")
    Document.objects.filter(pk=waiting.pk).update(state=state, number=3 if numbered else None)

    with pytest.raises(OperationError):
        issuing.issue(waiting, day=DAY, actor=town.hoa, now=NOW)

    assert Document.objects.get(pk=waiting.pk).state == state
    assert not Snapshot.objects.exists()
    assert not stored()


@pytest.mark.parametrize(
    ("day", "sentence"),
    [(DAY - dt.timedelta(days=1), "trước ngày soạn"), (DAY + dt.timedelta(days=8), "quá xa")],
)
def test_a_date_that_cannot_be_changes_nothing(
    waiting: Programme, town: Town, day: dt.date, sentence: str
) -> None:
    with pytest.raises(OperationError, match=sentence):
        issuing.issue(waiting, day=day, actor=town.hoa, now=NOW)

    assert untouched(waiting)


def test_a_refusal_stops_the_issue_and_says_why(waiting: Programme, town: Town) -> None:
    refuse(waiting, town)

    with pytest.raises(issuing.Refused, match="31/4"):
        issuing.issue(waiting, day=DAY, actor=town.chung, now=NOW)

    assert untouched(waiting)


def test_the_registrar_cannot_overrule_a_refusal(waiting: Programme, town: Town) -> None:
    refuse(waiting, town)

    with pytest.raises(issuing.Refused, match="Chánh Văn phòng"):
        issuing.issue(waiting, day=DAY, actor=town.hoa, now=NOW, overrule="Đã hỏi.")

    assert untouched(waiting)


def test_the_chief_overrules_with_a_reason_that_stays(waiting: Programme, town: Town) -> None:
    refuse(waiting, town)

    issuing.issue(waiting, day=DAY, actor=town.chung, now=NOW, overrule="Nguyên văn của cấp trên.")

    entry = waiting.log.get(action="document.issue")
    assert (entry.actor, entry.note) == (town.chung, "Nguyên văn của cấp trên.")
    assert entry.data["overruled"]


def test_a_print_that_lacks_a_part_stops_the_issue(
    waiting: Programme, town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    lost = ["Mục 2.: “Triển khai kế hoạch.”"]
    monkeypatch.setattr(completeness.Reading, "missing", lambda _: lost)

    with pytest.raises(OperationError, match="Bản in thiếu: Mục 2"):
        issuing.issue(waiting, day=DAY, actor=town.hoa, now=NOW)

    assert untouched(waiting)


def test_a_failure_after_the_file_was_written_takes_it_away_again(
    waiting: Programme, town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_document: Document) -> None:
        assert len(stored()) == 1
        raise RuntimeError

    monkeypatch.setattr(work, "name_agencies", fail)

    with pytest.raises(RuntimeError):
        issuing.issue(waiting, day=DAY, actor=town.hoa, now=NOW)

    assert untouched(waiting)


def test_a_secret_paper_is_refused_unless_the_operator_allows_it(
    waiting: Programme, town: Town, settings: Settings
) -> None:
    Document.objects.filter(pk=waiting.pk).update(secrecy="mat")
    with pytest.raises(OperationError, match="văn bản mật"):
        issuing.issue(waiting, day=DAY, actor=town.hoa, now=NOW)
    assert untouched(waiting)

    settings.SECRETS_ALLOWED = True
    issuing.issue(waiting, day=DAY, actor=town.hoa, now=NOW)

    assert paper_of(Document.objects.get(pk=waiting.pk)).secrecy == "MẬT"


def test_only_what_was_left_open_is_filled_in(waiting: Programme, town: Town) -> None:
    Document.objects.filter(pk=waiting.pk).update(signing_name="")
    chosen = issuing.Choices(
        manner="outside", signer={"signing_name": "Vi Văn Chung", "signing_position": "BÍ THƯ"}
    )

    issuing.issue(waiting, day=DAY, actor=town.hoa, now=NOW, choices=chosen)

    row = Document.objects.get(pk=waiting.pk)
    assert (row.signing_name, row.signing_position) == ("Vi Văn Chung", "CHÁNH VĂN PHÒNG")
    assert row.signing_manner == "outside"
    assert paper_of(row).signature.name == "Vi Văn Chung"


def test_a_reserved_number_is_used(waiting: Programme, town: Town) -> None:
    kept = register.reserve(town.party, "CTr", day=DAY, reason="Quý IV", actor=town.hoa, now=NOW)

    issuing.issue(waiting, day=DAY, actor=town.hoa, now=NOW, reserved=kept)

    assert Document.objects.get(pk=waiting.pk).number == kept.number
    assert RegisterEntry.objects.count() == 1


def test_files_that_no_row_names_are_swept_when_they_are_a_day_old(waiting: Programme, town: Town) -> None:
    issuing.issue(waiting, day=DAY, actor=town.hoa, now=NOW)
    for name in ("issued/2026/la.pdf", "issued/2026/x/y.pdf"):
        default_storage.save(name, ContentFile(b"%PDF-1.7"))
    written = default_storage.get_modified_time("issued/2026/la.pdf")

    assert files.sweep(written + dt.timedelta(hours=1)) == 0
    assert files.sweep(written + dt.timedelta(hours=25)) == 2

    assert stored() == [Snapshot.objects.get().pdf.name]


def test_nothing_is_swept_where_nothing_was_issued(town: Town) -> None:
    assert files.sweep(NOW) == 0


@pytest.mark.parametrize("who", ["yen", "chung", "hoa", "son", "minh", "binh", "mai", "vinh", "lan"])
def test_who_issues_and_who_takes_back(waiting: Programme, town: Town, who: str) -> None:
    person = town.person(who)

    assert rules.may_issue(person, waiting) is (who in ("chung", "hoa"))
    assert rules.may_overrule(person, waiting) is (who in ("chung", "son"))
    assert rules.may_recall(person, waiting) is (who in ("chung", "son"))
