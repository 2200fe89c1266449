"""Collect the interface's sentences into the catalogues: new ones come in empty, unused ones go."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.catalog import Message as CatalogMessage
from babel.messages.extract import extract
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils.translation.template import templatize

ROOMS = ("agencies", "assignments", "audit", "documents", "lucngan", "meetings", "paper", "programmes")
KEYWORDS = {
    "N_": None,
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
Message = str | tuple[str, ...]


def used_messages(root: Path) -> Iterator[tuple[Message, str, int]]:
    """Every sentence of code and templates, with its file and line."""
    for room in ROOMS:
        for path in sorted((root / room).rglob("*.py")):
            if "migrations" not in path.parts:
                yield from _found(path.read_bytes(), str(path.relative_to(root)))
    for path in sorted((root / "templates").rglob("*")):
        if path.suffix in {".html", ".txt"}:
            text = templatize(path.read_text("utf-8"), origin=str(path))
            yield from _found(text.encode(), str(path.relative_to(root)))


def _found(source: bytes, name: str) -> Iterator[tuple[Message, str, int]]:
    for line, message, _comments, _context in extract("python", io.BytesIO(source), KEYWORDS):
        texts = message if isinstance(message, tuple) else (message,)
        if texts[0]:
            yield (message, name, line)


def catalogue(root: Path, code: str) -> tuple[Path, Catalog]:
    """The catalogue of a language as it is stored."""
    path = root / "locale" / code / "LC_MESSAGES" / "django.po"
    if not path.exists():
        return path, empty_catalogue(code, dt.datetime.now(dt.UTC))
    with path.open("rb") as stored:
        return path, read_po(stored, locale=code)


def empty_catalogue(code: str, made: dt.datetime) -> Catalog:
    """A catalogue without sentences; its dates are kept so that a run without news changes nothing."""
    return Catalog(
        locale=code,
        header_comment="# Texts of the interface; the ids are the Vietnamese sentences of code and pages.",
        project="lucngan",
        version="1",
        copyright_holder="",
        msgid_bugs_address="-",
        creation_date=made,
        revision_date=made,
        last_translator="-",
        language_team="-",
        charset="utf-8",
        fuzzy=False,
    )


def texts_of(message: CatalogMessage) -> list[str]:
    """What a sentence is translated to: one text, or one for each number; empty ones included."""
    given = message.string
    return [given] if isinstance(given, str) else list(given or [""])


class Command(BaseCommand):
    help = "Gom mọi câu của giao diện vào locale/*/LC_MESSAGES/django.po."

    def handle(self, *args: Any, **options: Any) -> None:
        root = Path(settings.BASE_DIR)
        for code, _name in settings.LANGUAGES:
            if code == settings.LANGUAGE_CODE:
                continue
            path, known = catalogue(root, code)
            made = known.creation_date
            fresh = empty_catalogue(code, made if isinstance(made, dt.datetime) else dt.datetime.now(dt.UTC))
            for sentence, _file, _line in used_messages(root):
                fresh.add(sentence)
            for message in fresh:
                old = known.get(message.id)
                if message.id and old is not None:
                    message.string = old.string
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("wb") as target:
                write_po(target, fresh, sort_output=True, omit_header=False, no_location=True, width=110)
            empty = sum(1 for message in fresh if message.id and not all(texts_of(message)))
            self.stdout.write(f"{path.relative_to(root)}: {len(fresh)} câu, {empty} câu chưa dịch")
