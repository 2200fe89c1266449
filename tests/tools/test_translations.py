"""Catalogues are compiled without gettext, and only when they changed."""

from __future__ import annotations

import gettext
from pathlib import Path

import pytest
from babel.messages.pofile import PoFileError

from tools.translations import compile_all

PO = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\nmsgid "Chương trình"\nmsgstr "{}"\n'


@pytest.fixture
def po(tmp_path: Path) -> Path:
    path = tmp_path / "locale" / "en" / "LC_MESSAGES" / "django.po"
    path.parent.mkdir(parents=True)
    path.write_text(PO.format("Programme"), encoding="utf-8")
    return path


def test_a_catalogue_is_compiled_and_read_by_gettext(tmp_path: Path, po: Path) -> None:
    written = compile_all(tmp_path)

    assert written == [po.with_suffix(".mo")]
    with written[0].open("rb") as source:
        assert gettext.GNUTranslations(source).gettext("Chương trình") == "Programme"
    assert compile_all(tmp_path) == []


def test_a_broken_catalogue_stops_and_leaves_the_old_one(tmp_path: Path, po: Path) -> None:
    compile_all(tmp_path)
    before = po.with_suffix(".mo").read_bytes()
    po.write_text(PO.format('Programme"\nnonsense "'), encoding="utf-8")

    with pytest.raises(PoFileError):
        compile_all(tmp_path)

    assert po.with_suffix(".mo").read_bytes() == before
    assert sorted(path.name for path in po.parent.iterdir()) == ["django.mo", "django.po"]
