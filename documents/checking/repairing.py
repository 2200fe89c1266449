"""One-click repairs: the letters of a finding put right, wherever it stands."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from agencies.models import Person
from documents.models import Document
from documents.onscreen import keys_of
from documents.operations import OperationError, as_uuid
from documents.papers import paper_of
from documents.services import locked, set_details
from documents.tree import Tree
from documents.writing import set_text
from paper.checks import Finding, Part, Place
from paper.value import Paper, Recipient


@transaction.atomic
def repair(document: Document, finding: Finding, *, actor: Person, now: dt.datetime) -> int:
    """Put right every place of the finding. Gives how many.

    Effects: an operation of the editor for each clause (undo and other windows know it), one change of the
    first and last parts for subject and recipients. Raises OperationError where there is no safe repair, or
    the paper is no draft; nothing is changed then.
    """
    if not finding.repairs:
        raise OperationError(_("Chỗ này cần người sửa, không tự sửa được."))
    row = locked(document)
    tree = Tree.load(row.pk)
    paper = paper_of(row, tree)
    keys = {path: key.removeprefix("m-") for path, key in keys_of(paper, tree).items()}
    clauses: dict[tuple[int, ...], list[tuple[Place, str]]] = {}
    others: list[tuple[Place, str]] = []
    for place, text in finding.repairs:
        if place.part is Part.BODY:
            clauses.setdefault(place.path, []).append((place, text))
        else:
            others.append((place, text))
    texts = {path: clause.text for path, clause in paper.clauses()}
    for path, places in clauses.items():
        if path not in keys:
            raise OperationError(_("Dòng này tự ghép từ phân công; hãy sửa ở phân công."))
        set_text(row, as_uuid(keys[path]), mended(texts[path], places), actor=actor, now=now)
    if others:
        mend_ends(locked(document), paper, others, actor=actor, now=now)
    return len(finding.repairs)


def mended(text: str, places: list[tuple[Place, str]]) -> str:
    """The text with every place put right, the last first."""
    for place, put in sorted(places, key=lambda each: -each[0].start):
        text = text[: place.start] + put + text[place.end :]
    return text


def mend_ends(
    document: Document, paper: Paper, places: list[tuple[Place, str]], *, actor: Person, now: dt.datetime
) -> None:
    """Subject and recipients."""
    subject, recipients = list(paper.subject), list(paper.recipients)
    for place, put in sorted(places, key=lambda each: -each[0].start):
        if place.part is Part.SUBJECT:
            subject[place.index] = mended(subject[place.index], [(place, put)])
        elif place.part is Part.RECIPIENTS:
            old = recipients[place.index]
            recipients[place.index] = Recipient(mended(old.text, [(place, put)]), old.purpose, old.mark)
    values = {"subject": "\n".join(subject)} if subject != list(paper.subject) else {}
    set_details(document, values, recipients, revision=document.revision, actor=actor, now=now)
