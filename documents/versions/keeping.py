"""Keeping a version."""

from __future__ import annotations

import datetime as dt
import hashlib

from django.db.models import Max

from agencies.models import Person
from documents.models import Document, Version
from documents.onscreen import keys_of as screen_keys
from documents.papers import paper_of
from documents.tree import Tree
from paper import json as paper_json
from paper.value import Paper


def keys_of(paper: Paper, tree: Tree) -> dict[str, str]:
    """Path in the printed paper ("0.2.1") → public id of the clause."""
    return {
        ".".join(map(str, path)): key.removeprefix("m-") for path, key in screen_keys(paper, tree).items()
    }


def keep(document: Document, *, actor: Person | None, now: dt.datetime, note: str = "") -> Version:
    """Keep the text as it is now as the next version. Call inside the transaction that submits it, with
    the document locked."""
    tree = Tree.load(document.pk)
    paper = paper_of(document, tree)
    text = paper_json.dumps(paper)
    last = Version.objects.filter(document=document).aggregate(top=Max("number"))["top"] or 0
    return Version.objects.create(
        document=document,
        number=last + 1,
        revision=document.revision,
        paper=text,
        keys=keys_of(paper, tree),
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        by=actor,
        at=now,
        note=note,
    )
