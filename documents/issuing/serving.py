"""What is handed out of a paper, and to whom no more: a paper taken back is read by its own office alone."""

from __future__ import annotations

from dataclasses import replace

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from agencies.models import Person
from documents import signing
from documents.issuing import rules
from documents.models import Document
from documents.services import printed
from paper.printing import docx
from paper.value import Paper, Signature


def is_withheld(person: Person | AnonymousUser, document: Document) -> bool:
    """Whether the person no longer reads the text: the paper was taken back, and is another body's."""
    return document.state == Document.State.REVOKED and not rules.is_ours(person, document)


def check_open(person: Person | AnonymousUser, document: Document) -> None:
    """403 with a sentence for the text and the files of a paper that was taken back."""
    if is_withheld(person, document):
        raise PermissionDenied(_("Văn bản này đã bị thu hồi, không xem nội dung và tải về được nữa."))


def shown(person: Person | AnonymousUser, document: Document, paper: Paper) -> Paper:
    """What the person may read of the paper on screen."""
    return header_of(paper) if is_withheld(person, document) else paper


def header_of(paper: Paper) -> Paper:
    """What is left to see of a paper that was taken back: letterhead, number, date, title."""
    return replace(
        paper,
        addressees=(),
        body=(),
        end_mark=False,
        recipients=(),
        signature=Signature(),
        appendices=(),
    )


def pdf_of(document: Document) -> bytes:
    """The bytes of the paper: the newest signed copy, else what was issued, else a fresh print."""
    if document.is_numbered:
        return signing.current_pdf(document)
    return printed(document)[1]


def docx_of(document: Document, paper: Paper) -> bytes:
    """The paper for a word processor; an issued one in the words and the form of its snapshot."""
    return docx.render(paper, document.form)
