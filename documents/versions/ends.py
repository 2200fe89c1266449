"""What of a paper can be compared: its versions, what was issued, what stands there now."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from documents.models import Document, Version
from documents.papers import paper_of
from documents.tree import Tree
from documents.versions.keeping import keys_of
from paper import json as paper_json
from paper.difference import Path
from paper.value import Paper

Text = tuple[Paper, dict[Path, str]]

#: The text as it stands in the rows, and the text that was issued.
NOW, ISSUED = "nay", "goc"


@dataclass(frozen=True, slots=True)
class End:
    """One comparable text; ``load`` reads it when it is compared."""

    key: str
    label: str
    load: Callable[[], Text]
    by: str = ""
    at: dt.datetime | None = None
    note: str = ""


Provider = Callable[[Document], Iterable[End]]
_PROVIDERS: list[Provider] = []


def provider(function: Provider) -> Provider:
    """Register further texts of a paper (the consolidated text of a programme)."""
    if function not in _PROVIDERS:
        _PROVIDERS.append(function)
    return function


def ends_of(document: Document) -> list[End]:
    """Every comparable text of a paper, the oldest first."""
    rows = Version.objects.filter(document=document.pk).select_related("by").order_by("number")
    found = [_of_version(row) for row in rows]
    if document.is_numbered:
        found.append(End(ISSUED, _("Bản đã ban hành"), lambda: current(document)))
    else:
        found.append(End(NOW, _("Bản hiện tại"), lambda: current(document), at=document.updated_at))
    return [*found, *(end for ask in _PROVIDERS for end in ask(document))]


def _of_version(row: Version) -> End:
    return End(
        str(row.number),
        _("Phiên bản %(n)s") % {"n": row.number},
        lambda: (paper_json.loads(row.paper), paths(row.keys)),
        by=str(row.by) if row.by else "",
        at=row.at,
        note=row.note,
    )


def current(document: Document) -> Text:
    """What the paper prints: its snapshot where it was issued, else its rows."""
    tree = Tree.load(document.pk)
    paper = paper_of(document, tree)
    return paper, paths(keys_of(paper, tree))


def paths(keys: dict[str, str]) -> dict[Path, str]:
    """Stored keys ("0.2.1" → clause) as the library takes them."""
    return {tuple(int(part) for part in path.split(".")): key for path, key in keys.items()}
