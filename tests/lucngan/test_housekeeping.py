"""The sweep of files: what no row knows goes after its grace, nothing else does."""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from pytest_django.fixtures import Settings

from lucngan import housekeeping
from meetings.models import ItemFile
from tests import factories
from tests.assembly import assembly
from tests.factories import NOW

OLD, YOUNG = NOW - dt.timedelta(days=3), NOW - dt.timedelta(hours=1)


@pytest.fixture(autouse=True)
def own_folder(settings: Settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


def put(name: str, at: dt.datetime) -> str:
    stored = default_storage.save(name, ContentFile(b"x"))
    age(stored, at)
    return stored


def age(name: str, at: dt.datetime) -> None:
    os.utime(default_storage.path(name), (at.timestamp(), at.timestamp()))


@pytest.mark.django_db
def test_only_old_files_that_no_row_knows_go() -> None:
    assembly(factories.town())
    known = list(ItemFile.objects.values_list("file", flat=True))
    for name in known:
        age(name, OLD)
    orphan = put("meetings/2026/11/bo-lai.pdf", OLD)
    stay = [put("meetings/2026/11/dang-gui.pdf", YOUNG), put("rieng/ghi-chu.txt", OLD)]

    first, second = housekeeping.sweep_files(NOW), housekeeping.sweep_files(NOW)

    assert (first, second) == (1, 0)
    assert not default_storage.exists(orphan)
    assert all(default_storage.exists(name) for name in [*known, *stay])


@pytest.mark.django_db
def test_many_files_are_asked_for_in_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(housekeeping, "SOME", 2)
    for n in range(5):
        put(f"intakes/2026/1{n % 2}/{n}.pdf", OLD)

    assert housekeeping.sweep_files(NOW) == 5


@pytest.mark.django_db
def test_a_house_without_files_is_swept_too() -> None:
    assert housekeeping.sweep_files(NOW) == 0


def test_the_folders_that_are_swept_are_known() -> None:
    """A new folder is thought about here: whoever puts a file there without a row loses it after a while."""
    assert set(housekeeping.kept()) == {"intakes", "issued", "keys", "meetings", "packs", "signed"}
