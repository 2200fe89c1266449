"""Papers that are no programmes: kept from a file, listed, read, printed."""

from __future__ import annotations

import uuid

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from agencies.models import Person
from documents.intake import receiving
from documents.models import Document, DocumentLog, Intake
from lucngan.demo.load import PAPERS
from tests.office import NOW, Office

NOTICE = (PAPERS / "thong-bao-huyen-uy-2023-05.txt").read_bytes()


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def intake(desk: Office) -> Intake:
    row = receiving.receive(
        upload=ContentFile(NOTICE, name="thong-bao.txt"),
        issuing_body=desk.body,
        actor=desk.yen,
        now=NOW,
        in_background=False,
    )
    receiving.read_intake(row.pk, now=timezone.now())
    return row


def accept(person: Person, intake: Intake) -> int:
    return signed_in(person).post(reverse("papers:accept", args=[intake.public_id])).status_code


def test_a_notice_is_kept_as_a_draft_of_its_kind(desk: Office, intake: Intake) -> None:
    assert accept(desk.yen, intake) == 302

    document = Document.objects.get()
    assert (document.kind, document.kind_code, document.notation, document.state) == (
        "THÔNG BÁO",
        "TB",
        "TB/ĐU",
        "draft",
    )
    assert document.clauses.count() == 20
    assert DocumentLog.objects.filter(document=document).count() == 1


def test_a_file_is_kept_once(desk: Office, intake: Intake) -> None:
    accept(desk.yen, intake)
    accept(desk.yen, intake)

    assert (Document.objects.count(), DocumentLog.objects.count()) == (1, 1)


@pytest.mark.parametrize("who", ["hoa", "son", "binh", "mai"])
def test_nobody_else_keeps_it(desk: Office, intake: Intake, who: str) -> None:
    assert accept(getattr(desk, who), intake) == 404
    assert not Document.objects.exists()


def test_asking_for_it_keeps_nothing(desk: Office, intake: Intake) -> None:
    assert signed_in(desk.yen).get(reverse("papers:accept", args=[intake.public_id])).status_code == 405


@pytest.mark.parametrize(("who", "status"), [("yen", 200), ("son", 200), ("binh", 404), ("mai", 404)])
@pytest.mark.parametrize("page", ["detail", "pdf", "docx"])
def test_a_draft_is_read_by_its_office_only(
    desk: Office, intake: Intake, who: str, status: int, page: str
) -> None:
    accept(desk.yen, intake)
    url = reverse(f"papers:{page}", args=[Document.objects.get().public_id])

    assert signed_in(getattr(desk, who)).get(url).status_code == status


def queries(person: Person) -> int:
    client = signed_in(person)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(reverse("papers:list")).status_code == 200
    return len(captured)


def test_the_list_costs_the_same_for_one_and_for_many(desk: Office, intake: Intake) -> None:
    accept(desk.yen, intake)
    few = queries(desk.yen)
    document = Document.objects.get()
    for _ in range(12):
        document.pk = None
        document.id = None
        document.public_id = uuid.uuid4()
        document.save(force_insert=True)

    assert queries(desk.yen) == few
    assert few <= 8
