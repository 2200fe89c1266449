"""Compile locale/*/LC_MESSAGES/*.po to .mo with Babel: no gettext package is needed."""

from __future__ import annotations

import tempfile
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parent.parent


def compile_all(root: Path = ROOT) -> list[Path]:
    """Write the .mo beside each newer .po, whole or not at all; returns those written."""
    return [compile_one(po) for po in sorted(root.glob("locale/*/LC_MESSAGES/*.po")) if is_stale(po)]


def is_stale(po: Path) -> bool:
    """Whether the compiled file is absent or older than its source."""
    mo = po.with_suffix(".mo")
    return not mo.exists() or mo.stat().st_mtime_ns < po.stat().st_mtime_ns


def compile_one(po: Path) -> Path:
    """Compile one catalogue; raises babel.messages.pofile.PoFileError on a broken one."""
    with po.open("rb") as source:
        catalog = read_po(source, locale=po.parts[-3], abort_invalid=True)
    with tempfile.NamedTemporaryFile(dir=po.parent, delete=False) as target:
        write_mo(target, catalog)
    mo = po.with_suffix(".mo")
    Path(target.name).chmod(0o644)
    Path(target.name).replace(mo)
    return mo


if __name__ == "__main__":
    compile_all()
