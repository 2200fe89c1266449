"""Print a paper file: ``python manage.py print_paper FILE -o out.pdf|out.docx [--profile CODE]``."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from paper.forms import PROFILES, Profile
from paper.reading import Unreadable, read_file
from paper.value import Paper


class Command(BaseCommand):
    """Reads a .docx, .pdf or .txt and prints it in the form of its regime; one line and exit 2 on error."""

    help = "Đọc một tệp văn bản (.docx, .pdf, .txt) và in ra PDF/A hoặc DOCX đúng thể thức."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", help="tệp cần in")
        parser.add_argument("-o", "--output", required=True, help="tệp kết quả, đuôi .pdf hoặc .docx")
        parser.add_argument("--profile", help=f"mẫu thể thức: {', '.join(PROFILES)}")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            self._print(Path(options["file"]), Path(options["output"]), options["profile"])
        except Refused as refused:
            self.stderr.write(str(refused))
            sys.exit(2)

    def _print(self, source: Path, target: Path, code: str | None) -> None:
        profile = _profile(code)
        if target.suffix.lower() not in (".pdf", ".docx"):
            raise Refused(_("Tệp kết quả phải có đuôi .pdf hoặc .docx."))
        paper = _read(source)
        try:
            data = _render(paper, profile, target.suffix.lower())
        except ValueError as error:
            raise Refused(str(error)) from error
        try:
            target.write_bytes(data)
        except OSError as error:
            raise Refused(_("Không ghi được tệp kết quả %s.") % target) from error
        for line in _warnings(paper, data, profile, target.suffix.lower()):
            self.stderr.write(line)


class Refused(Exception):
    """One Vietnamese line that says why nothing was printed."""


def _profile(code: str | None) -> Profile | None:
    if code is None:
        return None
    if code not in PROFILES:
        known = ", ".join(PROFILES)
        sentence = _("Không có mẫu thể thức “%(code)s”; các mẫu: %(known)s.")
        raise Refused(sentence % {"code": code, "known": known})
    return PROFILES[code]


def _read(source: Path) -> Paper:
    try:
        data = source.read_bytes()
    except OSError as error:
        raise Refused(_("Không đọc được tệp %s.") % source.name) from error
    try:
        return read_file(data, source.name).paper
    except Unreadable as error:
        raise Refused(error.message) from error


def _render(paper: Paper, profile: Profile | None, suffix: str) -> bytes:
    """The printed file; the printers are imported only when something is printed."""
    if suffix == ".pdf":
        from paper.printing import fonts, pdf

        if problem := fonts.problem():
            raise Refused(problem)
        return pdf.render(paper, profile)
    from paper.printing import docx

    return docx.render(paper, profile)


def _warnings(paper: Paper, data: bytes, profile: Profile | None, suffix: str) -> list[str]:
    """What the printed page replaces, and what a PDF lost; empty for a whole print."""
    from paper.printing import completeness, glyphs, pages

    if suffix != ".pdf":
        return []
    out = [finding.message for finding in glyphs.unprintable(paper)]
    try:
        lost = completeness.missing(paper, data, profile)
    except pages.NoPoppler as error:
        return [*out, str(error)]
    return [*out, *(_("Bản in thiếu: %s") % part for part in lost)]
