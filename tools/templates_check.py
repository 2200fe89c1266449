"""Templates hold no inline script, style or handler (the content policy blocks them), and all compile."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import django
from django.template import TemplateSyntaxError
from django.template.loader import get_template

from tools.machine import ROOT

_INLINE = (
    (
        re.compile(r"<script(?![^>]*\bsrc=)(?![^>]*type=\"application/json\")", re.I),
        "script viết liền trong trang",
    ),
    (re.compile(r"<style\b", re.I), "thẻ style"),
    (re.compile(r"\sstyle\s*=", re.I), "thuộc tính style"),
    (re.compile(r"<[^>]*\son[a-z]+\s*=", re.I), "hàm xử lý sự kiện viết liền (on…=)"),
    (re.compile(r"javascript:", re.I), "địa chỉ javascript:"),
)
_COMMENT = re.compile(r"\{%\s*comment\b.*?\{%\s*endcomment\s*%\}|\{#.*?#\}|<!--.*?-->", re.S)


def inline(text: str) -> Iterator[tuple[int, str]]:
    """Line and kind of everything inline in a template's text; comments do not count."""
    bare = _COMMENT.sub(lambda found: "\n" * found[0].count("\n"), text)
    for form, what in _INLINE:
        for found in form.finditer(bare):
            yield bare.count("\n", 0, found.start()) + 1, what


def findings(folder: Path) -> Iterator[str]:
    """One line per mistake in the templates of a folder."""
    for path in sorted(folder.rglob("*")):
        if path.suffix not in {".html", ".txt"}:
            continue
        name = path.relative_to(folder)
        try:
            get_template(str(name))
        except TemplateSyntaxError as error:
            yield f"templates/{name}: {error}"
        if path.suffix == ".html":
            yield from (f"templates/{name}:{line}: {what}" for line, what in inline(path.read_text("utf-8")))


def main() -> int:
    """Print every finding; exit code 1 when there is one."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lucngan.settings")
    django.setup()
    found = list(findings(ROOT / "templates"))
    print("\n".join(found))
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
