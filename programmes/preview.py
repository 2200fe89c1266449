"""The real PDF beside the text: rendered once per revision, kept until the next one."""

from __future__ import annotations

import hashlib
from typing import Any

from django.core.cache import cache

from documents.papers import paper_of
from documents.services import printed
from documents.tree import Tree
from paper.printing import completeness, docx, pages, pdf
from paper.value import Paper
from programmes.models import Programme

#: How long a rendered revision is kept, in seconds.
KEPT = 900
PAGE_HEIGHT = 297.0


def describe(programme: Programme) -> dict[str, Any]:
    """Number of pages, completeness, and the place of every clause (page, top, bottom as
    fractions of the page height)."""
    key = _key(programme, "about")
    about = cache.get(key)
    if about is None:
        about = _render(programme)
        cache.set(key, about, KEPT)
    return dict(about)


def _render(programme: Programme) -> dict[str, Any]:
    tree = Tree.load(programme.pk)
    paper = paper_of(programme, tree)
    profile = programme.form
    data, boxes = pdf.layout(paper, profile)
    cache.set(_key(programme, "pdf"), data, KEPT)
    missing = completeness.missing(paper, data)
    ids = _ids(paper, tree)
    total = len(tree.clauses)
    return {
        "revision": programme.revision,
        "pages": pages.count(data),
        "profile": profile.name,
        "complete": {"have": max(total - len(missing), 0), "all": total, "missing": missing[:20]},
        "boxes": {
            ids[path]: [[b.page, b.top / PAGE_HEIGHT, b.bottom / PAGE_HEIGHT] for b in places]
            for path, places in boxes.items()
            if path in ids
        },
    }


def _ids(paper: Paper, tree: Tree) -> dict[tuple[int, ...], str]:
    """Path in the printed paper → clause; notes on lines of their own belong to nobody."""
    lines = iter(tree.lines())
    return {
        path: str(next(lines).clause.public_id) for path, clause in paper.clauses() if clause.role != "note"
    }


def pdf_of(programme: Programme) -> bytes:
    """The PDF of the newest revision."""
    data: bytes | None = cache.get(_key(programme, "pdf"))
    if data is None:
        data = printed(programme)[1]
        cache.set(_key(programme, "pdf"), data, KEPT)
    return data


def docx_of(programme: Programme) -> bytes:
    return docx.render(paper_of(programme), programme.form)


def page(programme: Programme, revision: int, number: int) -> bytes | None:
    """A page as PNG, None where revision or page do not exist."""
    if revision != programme.revision:
        return None
    key = _key(programme, f"page-{number}")
    picture: bytes | None = cache.get(key)
    if picture is None:
        picture = pages.one(pdf_of(programme), number)
        if picture is not None:
            cache.set(key, picture, KEPT)
    return picture


def _key(programme: Programme, what: str) -> str:
    state = f"{programme.pk}:{programme.revision}:{programme.state}:{programme.updated_at.isoformat()}"
    return f"preview:{hashlib.sha256(state.encode()).hexdigest()[:24]}:{what}"
